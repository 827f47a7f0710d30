"""The command as a user meets it: exit status, what goes where, and that nothing is written when anything is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from handmade import screening, verdict

import menscreen
from menscreen import cli
from menscreen.cli.screening import _reaches
from menscreen.rules.loading import shipped
from menscreen.screening.verdict import Outcome

CARRIER = {
    "schema": "menscreen-pedigree/1",
    "id": "family-a",
    "proband": {"sex": "female", "age": 34},
    "relatives": [{"relation": "mother", "findings": [{"finding": "medullary thyroid carcinoma", "age": 44}]}],
}
QUIET = {
    "id": "family-b",
    "proband": {"sex": "male", "age": 50},
    "relatives": [{"relation": "brother", "findings": [{"finding": "goiter"}]}],
}
BROKEN = {"proband": {"sex": "female", "age": -3, "agee": 4}}


@pytest.fixture
def families(tmp_path: Path) -> dict[str, str]:
    paths = {}
    for name, document in {"carrier": CARRIER, "quiet": QUIET, "broken": BROKEN}.items():
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(document))
        paths[name] = str(path)
    return paths


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit:
        cli.run(words)
    out, err = capfd.readouterr()
    return int(exit.value.code or 0), out, err


def process(*words: str, input: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "menscreen", *words], input=input, capture_output=True, env={**os.environ, **environment}
    )


Capture = pytest.CaptureFixture[str]
Families = dict[str, str]


def test_a_screening_goes_to_standard_output_with_status_0(families: Families, capfd: Capture) -> None:
    status, out, err = run(capfd, "screen", families["carrier"])
    assert (status, err) == (0, "")
    assert "warranted" in out
    assert "Mother (r1)" in out


def test_json_is_one_line_a_file_and_the_library_gives_the_same(families: Families, capfd: Capture) -> None:
    status, out, err = run(capfd, "screen", "--format", "json", families["carrier"], families["quiet"])
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert [json.loads(line)["pedigree"]["id"] for line in lines] == ["family-a", "family-b"]
    assert lines[0].encode() == menscreen.screen_json(Path(families["carrier"]).read_bytes())


def test_several_texts_are_separated_by_a_rule(families: Families, capfd: Capture) -> None:
    _, out, _ = run(capfd, "screen", families["carrier"], families["quiet"])
    first, second = out.split(f"\n{'=' * 80}\n\n")
    assert first.startswith("family-a")
    assert second.startswith("family-b")


def test_a_dash_is_standard_input(families: Families) -> None:
    done = process("screen", "-", "--format", "json", input=json.dumps(CARRIER).encode())
    assert done.returncode == 0
    assert json.loads(done.stdout)["pedigree"]["id"] == "family-a"


def test_every_problem_of_every_file_goes_to_standard_error_with_status_2(families: Families, capfd: Capture) -> None:
    words = ("screen", families["carrier"], families["broken"], "no-such-file.json", "--guideline", "no-such-guideline")
    status, out, err = run(capfd, *words)
    assert (status, out) == (2, "")
    places = [line for line in err.splitlines() if not line.startswith("  ")]
    assert sum(line.startswith(f"{families['broken']}: ") for line in places) == 2
    assert sum(line.startswith("no-such-file.json: ") for line in places) == 1
    assert "no-such-guideline: " in err
    assert "proband.age" in err
    assert "(D004)" in err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[]",
        b"null",
        b'"text"',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"proband": {"age": NaN}}',
        b'{"proband": {"age": -1}}',
        b'{"proband": "p1", "people": [{"id": "p1", "mother": "p1"}]}',
        b'{"proband": {"sex": "\xff"}}',
        b'{"proband": {"findings": [{"finding": "' + b"x" * 10_000_000 + b'"}], "wrong": 1}}',
        b"<html></html>",
        b"\xff\xfe{}",
        b'{"proband": 5}',
    ],
    ids=lambda content: repr(content[:20]),
)
def test_bad_input_is_a_problem_and_never_a_traceback(content: bytes, tmp_path: Path, capfd: Capture) -> None:
    path, output = tmp_path / "bad.json", tmp_path / "out.txt"
    path.write_bytes(content)
    status, out, err = run(capfd, "screen", str(path), "-o", str(output))
    assert (status, out, output.exists()) == (2, "", False)
    assert err.startswith(f"{path}: ")
    assert "needed: " in err
    assert "Traceback" not in err
    assert len(err) < 10_000


def test_a_folder_and_an_unreadable_name_are_problems(tmp_path: Path, capfd: Capture) -> None:
    for bad in (str(tmp_path), "a\0b", str(tmp_path / "none" / "x.json")):
        status, out, err = run(capfd, "screen", bad)
        assert (status, out) == (2, "")
        assert "(D010)" in err


@pytest.mark.parametrize("words", [(), ("--everyone",)])
def test_fail_on_gives_status_1_and_still_writes(words: tuple[str, ...], families: Families, capfd: Capture) -> None:
    status, out, _ = run(capfd, "screen", families["carrier"], "--fail-on", "warranted", *words)
    assert status == 1
    assert "warranted" in out


def test_fail_on_is_reached_by_the_outcome_or_a_stronger_one_only(families: Families, capfd: Capture) -> None:
    assert run(capfd, "screen", families["carrier"], "--fail-on", "consider")[0] == 1
    assert run(capfd, "screen", families["quiet"], "--fail-on", "clarify")[0] == 0
    assert run(capfd, "screen", families["quiet"], "--fail-on", "not-indicated")[0] == 1


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("also_outcome", list(Outcome))
@pytest.mark.parametrize("limit", list(Outcome))
def test_fail_on_reads_other_syndromes_unless_men_only(outcome: Outcome, also_outcome: Outcome, limit: Outcome) -> None:
    strength = list(Outcome).index
    made = screening(verdict(outcome=outcome, also_outcome=also_outcome))
    assert _reaches(made, limit, men_only=True) is (strength(outcome) >= strength(limit))
    assert _reaches(made, limit, men_only=False) is (max(map(strength, (outcome, also_outcome))) >= strength(limit))


def test_another_person_or_everyone_can_be_screened(families: Families, capfd: Capture) -> None:
    def people(*words: str) -> list[str]:
        _, out, _ = run(capfd, "screen", families["carrier"], "--format", "json", *words)
        return [result["person"] for result in json.loads(out)["results"]]

    assert people() == ["self"]
    assert people("--person", "r1") == ["r1"]
    assert {"self", "r1"} <= set(people("--everyone"))


def test_a_person_who_is_not_there_is_a_problem_that_does_not_name_them(families: Families, capfd: Capture) -> None:
    status, out, err = run(capfd, "screen", families["carrier"], "--person", "Jane")
    assert (status, out) == (2, "")
    assert "(U001)" in err
    assert "Jane" not in err


def test_strict_refuses_unknown_words_and_offers_the_nearest(tmp_path: Path, capfd: Capture) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"proband": {"findings": [{"finding": "medulary thyroid cancer"}]}}')
    status, out, err = run(capfd, "screen", str(path), "--strict")
    assert (status, out) == (2, "")
    assert "medullary thyroid carcinoma" in err


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (("screen", "f.json", "--format", "jsn"), "Did you mean json?"),
        (("screen", "f.json", "--fail-on", "warrant"), "Did you mean warranted?"),
        (("schema", "pedigre"), "Did you mean pedigree?"),
        (("scren",), "screen"),
        (("screen",), "FILE"),
        (("screen", "f.json", "--forma", "json"), "--format"),
        (("vocabulary", "insulinom"), "insulinoma"),
    ],
)
def test_wrong_usage_is_status_2_with_help_and_nothing_on_standard_output(
    words: tuple[str, ...], offer: str, capfd: Capture
) -> None:
    status, out, err = run(capfd, *words)
    assert (status, out) == (2, "")
    assert offer in err


def test_output_is_written_whole_and_keeps_its_mode(families: Families, tmp_path: Path, capfd: Capture) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    target.chmod(0o600)
    status, out, err = run(capfd, "screen", families["carrier"], "--format", "json", "-o", str(target))
    assert (status, out, err) == (0, "", "")
    assert json.loads(target.read_bytes())["schema"] == "menscreen-result/1"
    assert target.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.partial"))


def test_output_that_cannot_be_written_is_a_problem(families: Families, tmp_path: Path, capfd: Capture) -> None:
    for target in (tmp_path / "none" / "out.txt", tmp_path):
        status, out, err = run(capfd, "screen", families["carrier"], "-o", str(target))
        assert (status, out) == (2, "")
        assert f"{target}: the output cannot be written" in err
        assert "(U003)" in err


def test_a_failed_screening_leaves_the_output_as_it_was(families: Families, tmp_path: Path, capfd: Capture) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    assert run(capfd, "screen", families["carrier"], families["broken"], "-o", str(target))[0] == 2
    assert target.read_text() == "old"


def test_text_is_at_most_80_columns_and_without_color_in_a_pipe(families: Families) -> None:
    done = process("screen", families["carrier"], COLUMNS="200")
    assert max(map(len, done.stdout.decode().splitlines())) <= 80
    assert b"\x1b" not in done.stdout


def on_a_terminal(path: str, **environment: str) -> str:
    pty = pytest.importorskip("pty")
    reader, writer = pty.openpty()
    ours = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
    with subprocess.Popen(
        [sys.executable, "-m", "menscreen", "screen", path], stdout=writer, env={**ours, "TERM": "xterm", **environment}
    ) as child:
        os.close(writer)
        seen = b""
        while True:
            try:
                more = os.read(reader, 65536)
            except OSError:
                break
            if not more:
                break
            seen += more
        child.wait()
    os.close(reader)
    return seen.decode()


def test_color_is_for_terminals_that_want_it(families: Families) -> None:
    assert "\x1b[" in on_a_terminal(families["carrier"])
    assert "\x1b" not in on_a_terminal(families["carrier"], NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(families["carrier"], TERM="dumb")


def test_the_width_of_a_terminal_is_used_up_to_100(families: Families) -> None:
    for columns, most in (("60", 60), ("100", 100), ("300", 100)):
        text = on_a_terminal(families["carrier"], COLUMNS=columns, NO_COLOR="1")
        assert most - 15 < max(len(line) for line in text.splitlines()) <= most


def test_a_reader_who_leaves_early_is_no_error(families: Families) -> None:
    files = [families["carrier"]] * 300
    child = subprocess.Popen(
        [sys.executable, "-m", "menscreen", "screen", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert child.stdout is not None
    child.stdout.read(10)
    child.stdout.close()
    _, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_a_problem(families: Families) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "menscreen", "screen", families["carrier"]], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert b"the output cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close a stream")
def test_closed_streams_are_no_fault(families: Families) -> None:
    for redirection, file, status in ((">&-", families["carrier"], 0), ("<&-", "-", 2)):
        line = f'"{sys.executable}" -m menscreen screen "{file}" {redirection}'
        done = subprocess.run(["sh", "-c", line], capture_output=True)
        assert done.returncode == status
        assert b"menscreen failed" not in done.stderr


def test_text_goes_to_a_terminal_of_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps({**QUIET, "id": "Familie Müller"}))
    done = process("screen", str(path), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.startswith(b"Familie M\\xfcller")


def test_an_interrupt_ends_quietly(families: Families, monkeypatch: pytest.MonkeyPatch, capfd: Capture) -> None:
    def interrupted(*words: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("menscreen.formats.reading.read", interrupted)
    assert run(capfd, "screen", families["carrier"]) == (130, "", "")


def test_a_fault_of_the_program_is_said_without_a_traceback_or_a_value(
    families: Families, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    def faulty(*words: Any, **options: Any) -> None:
        raise KeyError("Jane Doe")

    monkeypatch.setattr("menscreen.formats.reading.read", faulty)
    status, out, err = run(capfd, "screen", families["carrier"])
    assert (status, out) == (2, "")
    assert err.startswith("menscreen failed: KeyError in test_cli.py, line ")
    assert "Jane" not in err
    assert "Traceback" not in err


def test_control_characters_of_the_input_never_reach_the_terminal(tmp_path: Path, capfd: Capture) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps({**CARRIER, "id": "\x1b]0;title\x07\x1b[2J", "x": 1}))
    assert "\x1b" not in run(capfd, "screen", str(path))[2]
    path.write_text(json.dumps({**CARRIER, "id": "\x1b]0;title\x07\x1b[2J"}))
    assert "\x1b" not in run(capfd, "screen", str(path))[1]


def test_check_prints_problems_only(families: Families, tmp_path: Path, capfd: Capture) -> None:
    assert run(capfd, "check", families["quiet"]) == (0, f"{families['quiet']}: no problems\n", "")
    status, out, err = run(capfd, "check", families["quiet"], families["broken"])
    assert (status, out) == (2, "")
    assert err.count(families["broken"]) == 2
    warned = tmp_path / "warned.json"
    warned.write_text('{"proband": {"findings": [{"finding": "green hair"}]}}')
    status, out, err = run(capfd, "check", str(warned))
    assert (status, err) == (0, "")
    assert out.startswith(f"{warned}: proband.findings[0]")
    assert run(capfd, "check", str(warned), "--strict")[0] == 2


def test_rules_are_listed_shown_and_checked(tmp_path: Path, capfd: Capture) -> None:
    status, listed, _ = run(capfd, "rules", "list")
    assert status == 0
    assert any(line.startswith("* eviq-1428 ") for line in listed.splitlines())
    status, shown, _ = run(capfd, "rules", "show", "eviq-1428")
    assert status == 0
    assert shown.startswith("eviq-1428: ")
    status, out, err = run(capfd, "rules", "show", "eviq-1429")
    assert (status, out) == (2, "")
    assert "eviq-1428" in err
    bad = tmp_path / "bad.toml"
    bad.write_text("this is not TOML")
    status, out, err = run(capfd, "rules", "check", str(bad))
    assert (status, out) == (2, "")
    assert "(R001)" in err
    good = Path(menscreen.rules.__file__).parents[1] / "rulebooks" / "eviq-1428.toml"
    assert run(capfd, "rules", "check", str(good)) == (0, f"{good}: no problems\n", "")


def test_a_rulebook_of_ones_own_runs_alone(families: Families, capfd: Capture) -> None:
    book = Path(menscreen.rules.__file__).parents[1] / "rulebooks" / "eviq-1428.toml"
    for named in ("eviq-1428", str(book)):
        _, out, _ = run(capfd, "screen", families["carrier"], "--guideline", named, "--format", "json")
        assert [one["id"] for one in json.loads(out)["rulebooks"]] == ["eviq-1428"]


def test_a_word_that_means_different_things_is_shown_with_them(capfd: Capture) -> None:
    status, out, _ = run(capfd, "vocabulary", "PNET")
    assert status == 0
    assert "may mean      pancreatic neuroendocrine tumor; primitive neuroectodermal tumor" in out
    assert "source        https://" in out


def test_a_word_of_the_vocabulary_is_shown(capfd: Capture) -> None:
    status, out, err = run(capfd, "vocabulary", "Phaeochromocytomas")
    assert (status, err) == (0, "")
    assert "pheochromocytoma" in out
    assert "is a" in out
    assert "codes" in out
    status, out, _ = run(capfd, "vocabulary")
    assert status == 0
    assert len(out.splitlines()) > 100


@pytest.mark.parametrize("kind", ["pedigree", "result", "rulebook"])
def test_schemas_are_printed(kind: str, capfd: Capture) -> None:
    status, out, err = run(capfd, "schema", kind)
    assert (status, err) == (0, "")
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/")


def test_the_version_is_that_of_the_package(capfd: Capture) -> None:
    assert run(capfd, "--version") == (0, f"menscreen {menscreen.__version__}\n", "")


@pytest.mark.parametrize("words", [("--help",), ("screen", "--help"), ("rules", "--help"), ("rules", "show", "-h")])
def test_help_is_on_standard_output(words: tuple[str, ...], capfd: Capture) -> None:
    status, out, err = run(capfd, *words)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: menscreen")


def test_completion_knows_every_command() -> None:
    done = process(_MENSCREEN_COMPLETE="complete_bash", COMP_WORDS="menscreen ", COMP_CWORD="1")
    assert {"screen", "check", "rules", "vocabulary", "schema"} <= set(done.stdout.decode().split())


def test_guidelines_are_compared_side_by_side(families: Families, capfd: Capture) -> None:
    words = ("rules", "compare", families["carrier"], "--guideline", "eta-2012", "--guideline", "eviq-1428")
    status, out, err = run(capfd, *words)
    assert (status, err) == (0, "")
    assert "  eta-2012   warranted      medullary-carcinoma\n" in out
    assert "  eviq-1428  not-indicated  speaks of MEN1 and MEN4 only\n" in out


def test_all_rulebooks_but_drafts_are_compared_by_default(families: Families, capfd: Capture) -> None:
    from menscreen.rules.loading import profile

    _, out, _ = run(capfd, "rules", "compare", families["carrier"])
    rows = {line.split()[0] for line in out.splitlines()[3:] if line[2:3].strip()}
    assert rows >= set(profile("everything"))


def test_two_rulebooks_show_the_families_on_which_they_differ(capfd: Capture) -> None:
    status, out, err = run(capfd, "rules", "diff", "eviq-1428", "genotes-men1")
    assert (status, err) == (0, "")
    assert "warranted      not-indicated  bronchial neuroendocrine tumor\n" in out
    assert run(capfd, "rules", "diff", "men5", "men5")[1] == "men5 and men5 flag the same families\n"


def test_the_list_of_rulebooks_tells_status_statements_and_provenance(capfd: Capture) -> None:
    _, out, _ = run(capfd, "rules", "list")
    assert re.search(r"^\* eviq-1428 +active; \d+ rules, \d+ actions?; verbatim$", out, re.MULTILINE)
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("id", shipped())
def test_a_rulebook_is_shown_in_80_columns(id: str, capfd: Capture) -> None:
    from menscreen.rules.loading import load

    _, out, _ = run(capfd, "rules", "show", id)
    assert max(map(len, out.splitlines())) <= 80
    assert all(rule.id in out for rule in load(id).rules)


def test_a_profile_names_the_rulebooks_that_run(families: Families, capfd: Capture) -> None:
    _, out, _ = run(capfd, "screen", families["carrier"], "--profile", "australia", "--format", "json")
    family = menscreen.read(families["carrier"])
    assert [book["id"] for book in json.loads(out)["rulebooks"]] == [
        book.id for book in menscreen.screen(family, profile="australia").rulebooks
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--profile", "austria"), "R010"),
        (("--profile", "australia", "--guideline", "eta-2012"), "U002"),
        (("--guideline", "no-such"), "R010"),
    ],
)
def test_rulebooks_that_cannot_run_are_refused(
    words: tuple[str, ...], code: str, families: Families, capfd: Capture
) -> None:
    status, out, err = run(capfd, "screen", families["carrier"], *words)
    assert (status, out) == (2, "")
    assert f"({code})" in err


def test_a_draft_runs_only_on_demand(families: Families, tmp_path: Path, capfd: Capture) -> None:
    from menscreen.rules.loading import FOLDER

    path = tmp_path / "own.toml"
    text = (FOLDER / "nhs-r218-swt.toml").read_text()
    path.write_text(text.replace('status = "active"', 'status = "draft"', 1))
    status, out, err = run(capfd, "screen", families["carrier"], "--guideline", str(path))
    assert (status, out) == (2, "")
    assert "say --drafts" in err
    _, out, _ = run(capfd, "screen", families["carrier"], "--guideline", str(path), "--drafts")
    assert "(Wording not confirmed.)" in out

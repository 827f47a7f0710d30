"""``menscreen.batch``: a line for a line, nothing lost, the same bytes however it was come by."""

from __future__ import annotations

import gzip
import io
import json
import multiprocessing
import pickle
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import msgspec
import pytest
from population import BROKEN, family, found, population

import menscreen
from menscreen.formats import fhir, phenopackets
from menscreen.problems import Problem
from menscreen.streaming import lines as lines_module, screener as screener_module

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def one_line(document: bytes) -> bytes:
    return json.dumps(json.loads(document)).encode()


@cache
def mixed() -> tuple[bytes, ...]:
    """Families in three formats, and after each tenth a line that is none."""
    families = [menscreen.read(path) for path in EXAMPLES]
    good = [
        *(one_line(path.read_bytes()) for path in EXAMPLES),
        *(one_line(fhir.write(one)) for one in families),
        *(one_line(phenopackets.write(one)) for one in families),
        *population(200),
        family({"mother": found("green hair")}),
    ]
    made: list[bytes] = []
    for number, line in enumerate(good):
        made.append(line)
        if number % 10 == 9:
            made.append(BROKEN[number // 10 % len(BROKEN)])
    return tuple(made)


def batched(lines: tuple[bytes, ...] | list[bytes], **options: Any) -> tuple[list[bytes], menscreen.Summary]:
    """The lines that come out, and the summary."""
    written = io.BytesIO()
    summary = menscreen.batch(io.BytesIO(b"".join(line + b"\n" for line in lines)), written, **options)
    return written.getvalue().splitlines(), summary


def test_one_record_of_fhir_on_a_line_is_no_whole_family() -> None:
    """A bulk export has a record, not a family, on each line."""
    record = {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "patient": {"reference": "Patient/p"},
        "relationship": {"text": "maternal cousin"},
        "condition": [{"code": {"text": "goiter"}}],
    }
    own = {"resourceType": "Condition", "subject": {"reference": "Patient/p"}, "code": {"text": "goiter"}}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": record}, {"resource": own}]}
    answers = [json.loads(line) for line in batched([json.dumps(one).encode() for one in (record, own, bundle)])[0]]
    assert [[one["code"] for one in answer["problems"]] for answer in answers] == [["D021"], ["D021"], []]
    outcomes = [answer["results"][0]["outcome"] for answer in answers]
    assert outcomes == ["clarify", "clarify", "not-indicated"]


def test_each_line_is_what_the_document_by_itself_gives() -> None:
    answers, summary = batched(mixed())
    assert len(answers) == len(mixed()) == summary.families
    rejected = 0
    for document, answer in zip(mixed(), answers, strict=True):
        if json.loads(answer)["results"]:
            assert answer == menscreen.screen_json(document)
        else:
            rejected += 1
            with pytest.raises(menscreen.PedigreeError) as told:
                menscreen.screen_json(document)
            assert json.loads(answer)["problems"] == [json.loads(as_json(one)) for one in told.value.problems]
    assert rejected == summary.rejected > 20
    assert {json.loads(answer)["pedigree"]["format"] for answer in answers} == {
        "menscreen", "fhir", "phenopackets", "unknown",
    }  # fmt: skip


def as_json(problem: Problem) -> str:
    names = ("code", "severity", "where", "found", "needed", "fix")
    return json.dumps({name: getattr(problem, name) for name in names})


def test_every_line_is_a_valid_result() -> None:
    check = jsonschema.Draft202012Validator(menscreen.schema("result"))
    for answer in batched([*mixed()[:30], *BROKEN])[0]:
        check.validate(json.loads(answer))


def test_broken_lines_of_every_kind_are_counted_and_explained_and_none_is_lost() -> None:
    good = list(population(99 * len(BROKEN), sizes=(12,)))
    made: list[bytes] = []
    for kind, line in enumerate(BROKEN):
        made += [*good[99 * kind : 99 * kind + 99], line]
    answers, summary = batched(made, rulebooks=["eta-2012"])
    assert len(answers) == len(made)
    assert summary.rejected == len(BROKEN) == len(made) // 100
    for number, answer in enumerate(answers):
        result = json.loads(answer)
        assert bool(result["results"]) == ((number + 1) % 100 != 0)
        if not result["results"]:
            assert all(one["needed"] and one["fix"] for one in result["problems"])
            assert any(one["severity"] == "error" for one in result["problems"])
        else:
            assert result["pedigree"]["id"] == json.loads(made[number])["id"]
    assert {code: one.first % 100 for code, one in summary.rejects.items()} == dict.fromkeys(summary.rejects, 0)


def test_a_rejected_family_is_found_again_by_its_id_and_digest() -> None:
    [answer], _ = batched([b'{"id": "f-17", "proband": {"age": 300}}'])
    used = json.loads(answer)["pedigree"]
    assert used["id"] == "f-17"
    assert used["digest"].startswith("sha256:")


def test_windows_line_ends_and_a_missing_last_one_change_nothing() -> None:
    plain, _ = batched(mixed()[:9])
    written = io.BytesIO()
    menscreen.batch(io.BytesIO(b"\r\n".join(mixed()[:9])), written)
    assert written.getvalue().splitlines() == plain


def test_an_empty_input_gives_an_empty_output(tmp_path: Path) -> None:
    (tmp_path / "in").touch()
    summary = menscreen.batch(tmp_path / "in", tmp_path / "out", summary=tmp_path / "summary.html")
    assert summary == menscreen.Summary()
    assert (tmp_path / "out").read_bytes() == b""
    assert "0 families" in (tmp_path / "summary.html").read_text()


def test_two_workers_write_what_one_writes(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"\n".join(mixed()))
    one = menscreen.batch(tmp_path / "in", tmp_path / "one", summary=tmp_path / "one.json")
    two = menscreen.batch(tmp_path / "in", tmp_path / "two", workers=2, summary=tmp_path / "two.json")
    assert one == two
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05])
def test_a_worker_that_dies_is_told_in_words_and_the_run_can_be_gone_on_with(tmp_path: Path, after: float) -> None:
    """Also one that dies while it hands its answer over."""
    (tmp_path / "in").write_bytes(b"\n".join(population(2000, sizes=(12,))))

    def kill(_: object) -> None:
        time.sleep(after)
        for worker in multiprocessing.active_children():
            worker.kill()

    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(tmp_path / "in", tmp_path / "out", workers=2, rulebooks=["eta-2012"], progress=kill)
    assert [one.code for one in told.value.problems] == ["B002"]
    assert not multiprocessing.active_children()
    assert not (tmp_path / "out").exists()
    menscreen.batch(tmp_path / "in", tmp_path / "out", rulebooks=["eta-2012"], resume=True)
    menscreen.batch(tmp_path / "in", tmp_path / "whole", rulebooks=["eta-2012"])
    assert (tmp_path / "out").read_bytes() == (tmp_path / "whole").read_bytes()


def test_an_error_keeps_its_problems_on_the_way_from_another_process() -> None:
    with pytest.raises(menscreen.PedigreeError) as told:
        menscreen.read(b"{")
    sent = pickle.loads(pickle.dumps(told.value))
    assert type(sent) is menscreen.PedigreeError
    assert sent.problems == told.value.problems


def test_a_fault_of_the_program_rejects_one_family_and_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    read = menscreen.read

    def failing(document: bytes, **options: Any) -> menscreen.Pedigree:
        if b"Jane Roe" in document:
            raise KeyError("Jane Roe, born 1980-01-01")
        return read(document, **options)

    monkeypatch.setattr(screener_module, "read", failing)
    answers, summary = batched([b'{"proband": {}}', b'{"proband": {"label": "Jane Roe"}}', b'{"proband": {}}'])
    assert summary.rejected == 1
    assert [one["code"] for one in json.loads(answers[1])["problems"]] == ["B001"]
    assert b"Jane" not in answers[1]
    assert b"1980" not in answers[1]


# ---- what is written


def words(result: dict[str, Any], *names: str) -> set[str]:
    return {verdict[name] for verdict in result["results"] for name in names}


@pytest.mark.parametrize("men_only", [False, True])
@pytest.mark.parametrize("only", [("warranted", "consider"), ("clarify",), ("not-indicated",)])
def test_only_keeps_whom_an_outcome_is_or_could_become_and_who_was_rejected(
    only: tuple[str, ...], men_only: bool
) -> None:
    names = ("outcome", "could_become") if men_only else ("outcome", "could_become", "also_outcome")
    everything, _ = batched(mixed())
    kept = [one for one in everything if not (read := words(json.loads(one), *names)) or read & set(only)]
    answers, summary = batched(mixed(), only=only, men_only=men_only)
    assert answers == kept
    assert (summary.kept, summary.families) == (len(kept), len(everything))
    assert len(kept) < len(everything)


def test_of_everyone_any_person_can_keep_the_family() -> None:
    line = family({"mother": found("medullary thyroid carcinoma", 50)})
    answers, summary = batched([line], everyone=True, only=["warranted"])
    assert summary.people == len(json.loads(answers[0])["results"]) > 5


def test_a_word_that_is_no_outcome_is_refused() -> None:
    with pytest.raises(menscreen.UsageError, match="one of not-indicated"):
        batched([], only=["likely"])


# ---- what is counted


def counted(answers: list[bytes], men_only: bool) -> dict[str, Any]:
    """The summary made from the lines that were written, the slow way."""
    results = [json.loads(answer) for answer in answers]
    verdicts = [verdict for result in results for verdict in result["results"]]
    screened = [result for result in results if result["results"]]
    flags = ("flags",) if men_only else ("flags", "also")
    guidelines: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for row in verdict["guidelines"]:
            guidelines.setdefault(row["id"], Counter())[row["outcome"]] += 1
    rejects: dict[str, menscreen.Rejects] = {}
    for number, result in enumerate(results, 1):
        for code in {one["code"] for one in result["problems"]} if not result["results"] else ():
            known = rejects.get(code, menscreen.Rejects(0, number))
            rejects[code] = menscreen.Rejects(known.families + 1, known.first)
    return {
        "families": len(results),
        "rejected": len(results) - len(screened),
        "kept": len(results),
        "people": len(verdicts),
        "outcomes": Counter(one["outcome"] for one in verdicts),
        "could_become": Counter(one["could_become"] for one in verdicts),
        "also_outcomes": {} if men_only else Counter(one["also_outcome"] for one in verdicts),
        "urgency": Counter(one["urgency"] for one in verdicts if "urgency" in one),
        "flags": Counter(rule for one in verdicts for rule in {flag["rule"] for key in flags for flag in one[key]}),
        "questions": Counter(question["kind"] for one in verdicts for question in one["questions"]),
        "guidelines": guidelines,
        "rejects": rejects,
        "warnings": Counter(code for one in screened for code in {problem["code"] for problem in one["problems"]}),
    }


@pytest.mark.parametrize("men_only", [False, True])
def test_the_summary_is_what_counting_the_written_lines_gives(men_only: bool) -> None:
    answers, summary = batched(mixed(), men_only=men_only, everyone=True)
    expected = counted(answers, men_only)
    assert {name: getattr(summary, name) for name in expected} == expected
    assert summary.flags
    assert summary.questions
    assert summary.urgency
    assert summary.warnings


def test_summaries_of_parts_add_up_to_that_of_the_whole() -> None:
    _, whole = batched(mixed())
    for at in (0, 1, 10, 64, len(mixed()) - 1):
        assert batched(mixed()[:at])[1] + batched(mixed()[at:])[1] == whole
    assert menscreen.Summary() + whole == whole + menscreen.Summary() == whole


def test_the_summary_as_json_has_the_strongest_and_most_frequent_first(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"\n".join(mixed()))
    summary = menscreen.batch(tmp_path / "in", tmp_path / "out", summary=tmp_path / "summary.json")
    written = json.loads((tmp_path / "summary.json").read_bytes())
    assert written["schema"] == "menscreen-summary/1"
    assert list(written["outcomes"]) == ["warranted", "consider", "clarify", "not-indicated"]
    assert written["flags"] == dict(summary.flags)
    assert list(written["flags"].values()) == sorted(summary.flags.values(), reverse=True)
    assert written["rejects"]["D001"]["first"] == summary.rejects["D001"].first


# ---- how it comes in


def test_what_a_file_is_its_content_tells(tmp_path: Path) -> None:
    plain, _ = batched(mixed())
    content = b"\n".join(mixed())
    (tmp_path / "two-members").write_bytes(gzip.compress(content[:5000]) + gzip.compress(content[5000:]))
    menscreen.batch(tmp_path / "two-members", tmp_path / "out")
    assert (tmp_path / "out").read_bytes().splitlines() == plain


def test_an_output_that_ends_in_gz_is_compressed(tmp_path: Path) -> None:
    plain, _ = batched(mixed())
    (tmp_path / "in").write_bytes(b"\n".join(mixed()))
    menscreen.batch(tmp_path / "in", tmp_path / "out.gz")
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()).splitlines() == plain


def test_zstandard_in_and_out(tmp_path: Path) -> None:
    zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    plain, _ = batched(mixed())
    (tmp_path / "in").write_bytes(zstd.compress(b"\n".join(mixed())))
    menscreen.batch(tmp_path / "in", tmp_path / "out.zst")
    with zstd.open(tmp_path / "out.zst") as file:
        assert file.read().splitlines() == plain
    (tmp_path / "in").write_bytes((tmp_path / "in").read_bytes()[:-20])
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(tmp_path / "in", tmp_path / "out")
    assert told.value.problems[0].code == "B004"


def test_zstandard_without_the_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from menscreen.streaming import zstandard

    monkeypatch.setattr(zstandard, "_found", lambda: None)
    (tmp_path / "in").write_bytes(zstandard.MAGIC + b"...")
    with pytest.raises(menscreen.UsageError, match=r"menscreen\[zstd\]"):
        menscreen.batch(tmp_path / "in", tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_a_damaged_file_stops_the_run_and_once_mended_it_is_gone_on_with(tmp_path: Path) -> None:
    content = b"\n".join(population(3000, sizes=(12,)))
    whole = gzip.compress(content)
    (tmp_path / "in").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(tmp_path / "in", tmp_path / "out", rulebooks=["eta-2012"])
    problem = told.value.problems[0]
    assert problem.code == "B004"
    assert int(problem.where.removeprefix("line ")) > 500
    assert not (tmp_path / "out").exists()
    assert (tmp_path / "out.partial").stat().st_size
    (tmp_path / "in").write_bytes(whole)
    summary = menscreen.batch(tmp_path / "in", tmp_path / "out", rulebooks=["eta-2012"], resume=True)
    assert summary.families == 3000
    assert (tmp_path / "out").read_bytes().count(b"\n") == 3000
    assert [one.name for one in tmp_path.glob("out*")] == ["out"]


def test_a_line_that_is_too_long_is_rejected_and_never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_BYTES", 1000)
    good = b'{"proband": {}}'
    for size in (1002, 1003, 300_000, 600_000):
        for end in (b"\n", b""):
            held = lines_module._lines(io.BufferedReader(io.BytesIO(good + b"\n" + b"x" * size + b"\n" + good + end)))
            first, long, last = held
            assert (first, last) == (good, good)
            assert isinstance(long, tuple)
            assert long[0].code == "D008"
    [edge] = lines_module._lines(io.BufferedReader(io.BytesIO(b"x" * 1000 + b"\r\n")))
    assert edge == b"x" * 1000


def test_parquet_needs_to_know_the_column(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pip install 'menscreen[arrow]'")
    parquet = pytest.importorskip("pyarrow.parquet")
    lines = [line for line in mixed() if line.isascii()]
    plain, _ = batched(lines)
    texts = [line.decode() for line in lines]
    table = {"mrn": [str(number) for number in range(len(texts))], "family": texts, "age": [1] * len(texts)}
    parquet.write_table(arrow.table(table), tmp_path / "in.parquet", row_group_size=50)
    menscreen.batch(tmp_path / "in.parquet", tmp_path / "out", column="family")
    assert (tmp_path / "out").read_bytes().splitlines() == plain
    for column, found_ in ((None, "2 columns"), ("age", "another type"), ("famly", "no such column")):
        with pytest.raises(menscreen.UsageError, match=found_):
            menscreen.batch(tmp_path / "in.parquet", tmp_path / "out", column=column)
    parquet.write_table(arrow.table({"x": [*lines, None]}), tmp_path / "bytes.parquet")
    summary = menscreen.batch(tmp_path / "bytes.parquet", tmp_path / "out")
    assert (tmp_path / "out").read_bytes().splitlines()[:-1] == plain
    assert summary.rejects["D002"].families >= 1
    (tmp_path / "bytes.parquet").write_bytes((tmp_path / "bytes.parquet").read_bytes()[:-100])
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(tmp_path / "bytes.parquet", tmp_path / "out")
    assert told.value.problems[0].code == "B004"


def test_parquet_without_the_library_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "in").write_bytes(b"PAR1....PAR1")
    with pytest.raises(menscreen.UsageError, match=r"menscreen\[arrow\]"):
        menscreen.batch(tmp_path / "in", tmp_path / "out")


def test_an_input_that_is_not_there_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(tmp_path / "in", tmp_path / "out")
    assert told.value.problems[0].code == "D010"
    assert not list(tmp_path.iterdir())


def test_progress_tells_how_much_of_the_file_was_read(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"\n".join(mixed()))
    seen: list[menscreen.Progress] = []
    menscreen.batch(tmp_path / "in", tmp_path / "out", progress=seen.append)
    assert [one.families for one in seen][:-1] == list(range(64, len(mixed()), 64))
    assert seen[-1].share == 1.0
    assert seen[-1].families == len(mixed())


def test_a_manner_that_was_sent_is_known_again_and_one_that_screens_otherwise_is_another() -> None:
    manner = screener_module.manner_of(rulebooks=["eta-2012", "eviq-1428"])
    sent = pickle.loads(pickle.dumps(manner))
    assert sent == manner
    assert hash(sent) == hash(manner)
    first, second = manner.books
    part = msgspec.structs.replace(second, rules=second.rules[1:])
    others = [
        attrs.evolve(manner, strict=True),
        attrs.evolve(manner, everyone=True),
        attrs.evolve(manner, format="ped"),
    ]
    others += [attrs.evolve(manner, books=books) for books in ((first,), (second, first), (first, part))]
    assert len({manner, *others}) == 7

"""``menscreen batch`` as a user meets it: exit status, what is told while it runs, and how much memory it takes."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from population import population
from terminal import Terminal

import menscreen
from menscreen import cli
from menscreen.cli import progress
from menscreen.reports.summary import Rejects, Summary
from menscreen.reports.summary_page import write_summary_page

ROOT = Path(__file__).parents[1]
ONE = ("--guideline", "eta-2012")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").write_bytes(b"\n".join(population(300, sizes=(12,))) + b"\n")
    (tmp_path / "one-bad").write_bytes(
        (tmp_path / "in").read_bytes() + b'{"proband": {"label": "Jane Roe", "age": 300}}\n'
    )
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit:
        cli.run(["batch", *words])
    out, err = capfd.readouterr()
    return int(exit.value.code or 0), out, err


def process(*words: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "menscreen", "batch", *words], input=input, capture_output=True)


def test_it_ends_with_0_and_tells_what_was_found(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, "in", "-o", "out", *ONE)
    assert (status, out) == (0, "")
    assert re.fullmatch(
        r"300 families\n  outcome for MEN: \d+ warranted, 0 consider, \d+ clarify, \d+ not-indicated\n"
        r"  other syndromes: 0 warranted, 0 consider, \d+ clarify, \d+ not-indicated\n",
        err,
    )
    assert (folder / "out").read_bytes().count(b"\n") == 300


def test_it_ends_with_3_when_a_family_was_rejected_and_names_nobody(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capfd, "one-bad", "-o", "out", *ONE)
    assert status == 3
    assert err.startswith("301 families, 1 rejected\n")
    assert "  rejected, an impossible age (A001): 1, first in line 301\n" in err
    assert "Jane" not in err + (folder / "out").read_text()


def test_a_file_that_is_one_family_in_many_lines_is_told_where_it_belongs(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run(capfd, str(ROOT / "examples" / "twelve-people.json"), "-o", "out")
    assert status == 3
    assert err.endswith("a file that is one family is for menscreen screen\n")
    assert "menscreen screen" not in run(capfd, "one-bad", "-o", "out", *ONE)[2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere", "-o", "out"), "no such file or directory (D010)"),
        (("in", "-o", "nowhere/out"), "(U003)"),
        (("in", "-o", "out.parquet"), "a Parquet file to write"),
        (("in", "-o", "out", "--only", "warrantd"), "Did you mean warranted?"),
        (("in", "-o", "out", "--only", ","), "at least one outcome"),
        (("in", "-o", "out", "--workers", "0"), "not a number of processes"),
        (("in", "-o", "out", "--workers", "two"), "not a number of processes"),
        (("in", "-o", "out", "--workers", "9" * 5000), "not a number of processes"),
        (("in", "--resume"), "a stream to be gone on with"),
        (("in", "-o", "out", "--profile", "nowhere"), "R010"),
        (("in", "-o", "out", "--from", "csw"), "csv"),
        (("in", "-o", "out", "--summary", "nowhere/out"), "(U003)"),
    ],
)
def test_what_is_wrong_with_the_usage_ends_with_2_and_leaves_no_output(
    folder: Path, capfd: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    status, _, err = run(capfd, *words)
    assert status == 2
    assert said in err
    assert not (folder / "out").exists()


def test_it_reads_standard_input_and_writes_standard_output(folder: Path) -> None:
    done = process("-", *ONE, "--only", "warranted", input=(folder / "in").read_bytes())
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert 0 < len(lines) < 100
    assert {json.loads(line)["results"][0]["outcome"] for line in lines} <= {"warranted", "clarify"}
    assert b"300 families, " + str(len(lines)).encode() + b" written\n" in done.stderr


def test_a_reader_who_leaves_early_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "menscreen", "batch", "in", *ONE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.readline()
        started.stdout.close()
        assert started.stderr.read() == b""
    assert started.returncode == 0


def test_a_device_takes_the_lines_as_they_come(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "in", "-o", "/dev/null", *ONE)[0] == 0
    assert sorted(one.name for one in folder.iterdir()) == ["in", "one-bad"]


def test_without_a_terminal_a_line_now_and_then_tells_how_far_it_is(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PAUSE", 0.0)
    _, _, err = run(capfd, "one-bad", "-o", "out", "--workers", "1", *ONE)
    assert re.match(r"64 families, \d+% of the input\n128 families, \d+% of the input\n", err)
    assert "\n301 families, 1 rejected, 100% of the input\n301 families, 1 rejected\n" in err


def test_on_a_terminal_a_bar_moves_and_is_gone_in_the_end(folder: Path) -> None:
    pytest.importorskip("rich")
    terminal = Terminal(["batch", "in", "-o", "out", *ONE], folder, {"TERM": "xterm"})
    assert terminal.status() == 0
    bar, _, rest = terminal.shown.rpartition("\x1b[2K")
    assert "━" in bar
    assert rest.replace("\r", "").startswith("300 families\n")


def test_an_interrupt_ends_with_130_and_what_was_done_is_kept(folder: Path) -> None:
    (folder / "many").write_bytes((folder / "in").read_bytes() * 100)
    terminal = Terminal(["batch", "many", "-o", "out", "--workers", "2"], folder)
    while not (folder / "out.partial").exists() or not (folder / "out.partial").stat().st_size:
        pass
    terminal.press(b"\x03")
    assert terminal.status() == 130
    assert "interrupted; what was done is kept, and --resume goes on from there" in terminal.shown
    assert "Traceback" not in terminal.shown
    assert not (folder / "out").exists()
    assert (folder / "out.partial").read_bytes().endswith(b"}\n")


def peak(source: str, *words: str) -> int:
    """The most memory that a run holds at a time, in kilobytes; `getrusage` would tell that of the tests as well."""
    code = (
        "import sys\n"
        "from menscreen.cli import run\n"
        "try: run(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    words = ("batch", source, "-o", "/dev/null", "--workers", "1", *ONE, *words)
    done = subprocess.run([sys.executable, "-c", code, *words], stdout=subprocess.PIPE, check=True)
    return int(done.stdout.split()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux tells it")
def test_memory_does_not_grow_with_the_number_of_families(folder: Path) -> None:
    families: Iterable[bytes] = [*population(500, sizes=(12,))]
    (folder / "few").write_bytes(b"\n".join(families) + b"\n")
    (folder / "many").write_bytes((folder / "few").read_bytes() * 20)
    few, many = peak("few"), peak("many")
    assert many < 1.1 * few, (few, many)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory as Linux tells it")
def test_a_small_file_that_expands_to_a_huge_line_takes_no_more_than_the_limit(folder: Path) -> None:
    with gzip.open(folder / "bomb", "wb", 1) as file:
        for _ in range(400):
            file.write(b" " * 2**20)
        file.write(b'\n{"proband": {}}\n')
    assert (folder / "bomb").stat().st_size < 4 * 2**20
    assert peak("bomb") < 64 * 2**10 * 3 + 60 * 2**10
    done = process("bomb", *ONE)
    assert done.returncode == 3
    assert b"2 families, 1 rejected" in done.stderr
    assert b"(D008): 1, first in line 1" in done.stderr


def test_a_page_of_a_summary_holds_its_numbers_and_escapes_what_came_from_a_rulebook() -> None:
    summary = Summary(
        families=1234,
        rejected=34,
        people=1200,
        outcomes={"warranted": 12, "not-indicated": 1188},
        flags={"mine/<script>": 12},
        rejects={"A001": Rejects(34, 17)},
    )
    page = write_summary_page(summary)
    for part in ("1,234 families", "mine/&lt;script&gt;", "1.0%", "first in line 17", "an impossible age (A001)"):
        assert part in page
    assert "<script" not in page
    assert " style=" not in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_the_command_and_the_function_have_the_same_options() -> None:
    import inspect

    from menscreen.cli.batching import batch

    renamed = {"guideline": "rulebooks", "from_": "format"}
    words = {renamed.get(name, name) for name in inspect.signature(batch).parameters}
    assert words == set(inspect.signature(menscreen.batch).parameters) - {"progress"}

"""``--resume``: whatever interrupted a run, the end is byte for byte that of an undisturbed one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings, strategies as st
from population import BROKEN, population

import menscreen
from menscreen.rules.loading import load

ROOT = Path(__file__).parents[1]
ONE = {"rulebooks": ["eta-2012"]}
posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX does")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an input, and what an undisturbed run makes of it."""
    made = tmp_path_factory.mktemp("batch")
    chance = random.Random(3)
    lines = [one if chance.random() > 0.01 else chance.choice(BROKEN) for one in population(2500, sizes=(12,))]
    (made / "in").write_bytes(b"\n".join(lines) + b"\n")
    menscreen.batch(made / "in", made / "whole", summary=made / "whole.json", **ONE)
    menscreen.batch(made / "in", made / "whole-only", summary=made / "whole-only.json", only=["warranted"], **ONE)
    return made


def command(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "menscreen", "batch", "in", "--guideline", "eta-2012", *words],
        cwd=folder,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def session(leader: int) -> Iterator[int]:
    """The processes of a session that are alive."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, of = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == leader and state != "Z":
            yield int(entry.name)


@posix
@pytest.mark.parametrize(("name", "words"), [("whole", ()), ("whole-only", ("--only", "warranted"))])
def test_killed_at_random_moments_it_ends_as_if_it_had_not_been(
    folder: Path, name: str, words: tuple[str, ...]
) -> None:
    chance = random.Random(name)
    out, summary = f"out-{name}", f"out-{name}.json"
    journal = folder / f"{out}.journal"
    ended_at: list[int] = []
    while len(ended_at) < 10:
        started = command(folder, "-o", out, "--summary", summary, "--workers", "2", "--resume", *words)
        if len(ended_at) % 5 == 4:  # at any time, most likely while the workers start
            time.sleep(chance.uniform(0, 0.4))
        else:  # a little after some more was written, be it in the middle of writing
            wanted = (ended_at[-1] if ended_at else 0) + chance.randint(1, 3000)
            while started.poll() is None and (not journal.exists() or journal.stat().st_size < wanted):
                time.sleep(0.0005)
            time.sleep(chance.uniform(0, 0.02))
        started.kill()
        if started.wait() == 3:  # it came to its end before: once more from the beginning
            assert (folder / out).read_bytes() == (folder / name).read_bytes()
            ended_at.append(0)
            continue
        ended_at.append(journal.stat().st_size if journal.exists() else 0)
        until = time.monotonic() + 10
        while list(session(started.pid)):
            assert time.monotonic() < until, "workers outlive the process that started them"
            time.sleep(0.01)
    assert len(set(ended_at)) > 5, "the kills came too early or too late to tell"
    assert command(folder, "-o", out, "--summary", summary, "--resume", *words).wait() == 3
    assert (folder / out).read_bytes() == (folder / name).read_bytes()
    assert (folder / summary).read_bytes() == (folder / f"{name}.json").read_bytes()
    assert not (folder / f"{out}.partial").exists()
    assert not journal.exists()


class Stop(BaseException):
    pass


def interrupted(source: Path, output: Path, after: int, **options: object) -> None:
    """Run until so many families are done, then be interrupted."""

    def stop(now: menscreen.Progress) -> None:
        if now.families >= after:
            raise Stop

    with pytest.raises(Stop):
        menscreen.batch(source, output, progress=stop, **ONE, **options)  # type: ignore[arg-type]


@settings(max_examples=15)
@given(st.data())
def test_whatever_the_power_cut_left_of_the_two_files_it_goes_on(folder: Path, data: st.DataObject) -> None:
    small = folder / "small"
    if not small.exists():
        small.write_bytes(b"".join((folder / "in").read_bytes().splitlines(keepends=True)[:700]))
        menscreen.batch(small, folder / "small-whole", **ONE)
        interrupted(small, folder / "cut", 400)
    whole = (folder / "small-whole").read_bytes()
    partial, journal = (folder / f"cut{end}" for end in (".partial", ".journal"))
    kept = {one: one.read_bytes() for one in (partial, journal)}
    for file, content in kept.items():
        file.write_bytes(content[: data.draw(st.integers(0, len(content)), label=file.suffix)])
    menscreen.batch(small, folder / "cut", resume=True, **ONE)
    assert (folder / "cut").read_bytes() == whole
    for file, content in kept.items():
        file.write_bytes(content)


def test_it_goes_on_where_the_output_ended_and_does_nothing_twice(folder: Path) -> None:
    interrupted(folder / "in", folder / "on", 1000)
    seen: list[int] = []
    menscreen.batch(folder / "in", folder / "on", resume=True, progress=lambda now: seen.append(now.families), **ONE)
    assert seen[0] == 1024 + 64
    assert (folder / "on").read_bytes() == (folder / "whole").read_bytes()


def test_without_resume_it_begins_anew(folder: Path) -> None:
    interrupted(folder / "in", folder / "anew", 1000)
    seen: list[int] = []
    menscreen.batch(folder / "in", folder / "anew", progress=lambda now: seen.append(now.families), **ONE)
    assert seen[0] == 64
    assert (folder / "anew").read_bytes() == (folder / "whole").read_bytes()


def test_a_compressed_output_is_gone_on_with(folder: Path) -> None:
    menscreen.batch(folder / "in", folder / "whole.gz", **ONE)
    interrupted(folder / "in", folder / "cut.gz", 2000)
    menscreen.batch(folder / "in", folder / "cut.gz", resume=True, **ONE)
    assert (folder / "cut.gz").read_bytes() == (folder / "whole.gz").read_bytes()


def test_nothing_to_be_gone_on_with_is_a_run_from_the_beginning(folder: Path) -> None:
    menscreen.batch(folder / "in", folder / "fresh", resume=True, **ONE)
    assert (folder / "fresh").read_bytes() == (folder / "whole").read_bytes()


def part_of_one() -> menscreen.Rulebook:
    """The rulebook without its last statement, as a profile may run it."""
    book = load("eta-2012")
    return msgspec.structs.replace(book, rules=book.rules[:-1])


@pytest.mark.parametrize(
    "options",
    [
        {"strict": True},
        {"everyone": True},
        {"only": ["clarify"]},
        {"rulebooks": ["eviq-1428"]},
        {"rulebooks": [part_of_one()]},
    ],
    ids=["strict", "everyone", "only", "another rulebook", "a part of the rulebook"],
)
def test_other_options_are_refused_and_what_is_there_is_kept(folder: Path, options: dict[str, object]) -> None:
    interrupted(folder / "in", folder / "other", 1000)
    kept = (folder / "other.partial").read_bytes()
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(folder / "in", folder / "other", resume=True, **{**ONE, **options})  # type: ignore[arg-type]
    assert told.value.problems[0].code == "B003"
    assert (folder / "other.partial").read_bytes() == kept


@pytest.mark.parametrize("change", ["a line more", "a line less", "another word", "half of it"])
def test_another_input_is_refused_and_what_is_there_is_kept(folder: Path, change: str) -> None:
    interrupted(folder / "in", folder / "input", 1000)
    lines = (folder / "in").read_bytes().splitlines(keepends=True)
    changed = {
        "a line more": [lines[0], *lines],
        "a line less": lines[1:],
        "another word": [lines[0].replace(b"female", b"male"), *lines[1:]],
        "half of it": lines[:700],
    }[change]
    (folder / "changed").write_bytes(b"".join(changed))
    kept = (folder / "input.partial").read_bytes()
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(folder / "changed", folder / "input", resume=True, **ONE)
    assert told.value.problems[0].code == "B003"
    assert (folder / "input.partial").read_bytes() == kept


def test_lines_that_came_later_are_screened_too(folder: Path) -> None:
    interrupted(folder / "in", folder / "grown", 1000)
    more = (folder / "in").read_bytes() + (folder / "in").read_bytes()
    (folder / "grown-in").write_bytes(more)
    summary = menscreen.batch(folder / "grown-in", folder / "grown", resume=True, **ONE)
    assert summary.families == 5000
    assert (folder / "grown").read_bytes() == (folder / "whole").read_bytes() * 2


def test_two_runs_do_not_write_one_output(folder: Path) -> None:
    pytest.importorskip("fcntl")
    refused: list[menscreen.Problem] = []

    def again(_: object) -> None:
        with pytest.raises(menscreen.UsageError) as told:
            menscreen.batch(folder / "in", folder / "both", **ONE)
        refused.extend(told.value.problems)

    menscreen.batch(folder / "in", folder / "both", progress=again, **ONE)
    assert {one.code for one in refused} == {"U003"}
    assert (folder / "both").read_bytes() == (folder / "whole").read_bytes()


def test_a_stream_cannot_be_gone_on_with(folder: Path) -> None:
    with open(folder / "stream", "wb") as stream, pytest.raises(menscreen.UsageError, match="a stream"):
        menscreen.batch(folder / "in", stream, resume=True, **ONE)


def test_a_file_that_stood_there_stays_until_the_new_one_is_whole(folder: Path) -> None:
    (folder / "old").write_bytes(b"old\n")
    (folder / "old").chmod(0o600)
    interrupted(folder / "in", folder / "old", 1000)
    assert (folder / "old").read_bytes() == b"old\n"
    menscreen.batch(folder / "in", folder / "old", resume=True, **ONE)
    assert (folder / "old").read_bytes() == (folder / "whole").read_bytes()
    assert (folder / "old").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(menscreen.UsageError) as told:
        menscreen.batch(folder / "in", folder / "nowhere" / "out", **ONE)
    assert told.value.problems[0].code == "U003"

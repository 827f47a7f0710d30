"""Commands that are killed while they write, at random moments and bytes: the old file stays, or the new one."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from histories import EFFORT
from test_asking_at_a_terminal import TALK
from test_large_families import village

from menscreen.cli import run
from menscreen.reports.writing import save

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="killing by the byte needs Linux")

OLD = b"old\n" * 5_000


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("family") / "village.json"
    path.write_text(json.dumps({"proband": "p39", "people": village(40)}))
    return path


COMMANDS = {
    "screen": ("screen", "FAMILY", "--format", "html"),
    "convert": ("convert", "FAMILY", "--to", "fhir"),
    "draw": ("draw", "FAMILY"),
    "ask": ("ask",),
}


def words(command: str, family: Path, target: Path) -> list[str]:
    return [str(family) if word == "FAMILY" else word for word in COMMANDS[command]] + ["-o", str(target)]


def started(command: list[str], limit: int | None = None) -> int:
    """The id of a process that runs a command, quietly; the system kills it when it writes more than the limit."""
    child = os.fork()
    if child:
        return child
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        told = os.memfd_create("told")
        os.write(told, "".join(f"{line}\n" for line in [*TALK, *[""] * 99]).encode())
        os.lseek(told, 0, os.SEEK_SET)
        os.dup2(told, 0)
        sys.stdin, sys.stdout, sys.stderr = (open(stream, mode) for stream, mode in ((0, "r"), (1, "w"), (2, "w")))  # noqa: SIM115
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        with suppress(SystemExit):
            run(command)
        os._exit(0)
    finally:
        os._exit(1)


def has_ended(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def ended(child: int) -> bool:
    """Wait for a process; whether it was killed."""
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def prepared(command: str, target: Path) -> bytes | None:
    """What stands at the target before; `ask` writes a new file only."""
    for path in target.parent.iterdir():
        path.unlink()
    if command == "ask":
        return None
    target.write_bytes(OLD)
    return OLD


def standing(target: Path) -> bytes | None:
    return target.read_bytes() if target.exists() else None


@pytest.fixture(scope="module")
def whole(family: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, float]]:
    """What each command writes, and how many seconds it takes, when nobody disturbs it."""
    made = {}
    for command in COMMANDS:
        target = tmp_path_factory.mktemp(command) / "out"
        ended(started(words(command, family, target)))
        began = time.perf_counter()
        prepared(command, target)
        assert not ended(started(words(command, family, target)))
        made[command] = (target.read_bytes(), time.perf_counter() - began)
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_at_a_random_moment_leaves_the_old_file_or_the_new_one(
    command: str, family: Path, whole: dict[str, tuple[bytes, float]], tmp_path: Path
) -> None:
    chance, target, (new, seconds) = random.Random(f"killed {command}"), tmp_path / "out", whole[command]
    for _ in range(8 * EFFORT):
        old = prepared(command, target)
        child = started(words(command, family, target))
        time.sleep(chance.uniform(0, 1.2 * seconds))
        os.kill(child, signal.SIGKILL)
        ended(child)
        assert standing(target) in (old, new)
        assert_the_interview_is_whole(target)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_when_it_begins_to_write_leaves_the_old_file_or_the_new_one(
    command: str, family: Path, whole: dict[str, tuple[bytes, float]], tmp_path: Path
) -> None:
    chance, target, (new, _) = random.Random(f"writing {command}"), tmp_path / "out", whole[command]
    for _ in range(8 * EFFORT):
        old = prepared(command, target)
        before = os.stat(tmp_path).st_mtime_ns
        child = started(words(command, family, target))
        while os.stat(tmp_path).st_mtime_ns == before and not has_ended(child):
            time.sleep(0)
        time.sleep(chance.choice((0, chance.uniform(0, 0.002))))
        os.kill(child, signal.SIGKILL)
        ended(child)
        assert standing(target) in (old, new)
        assert_the_interview_is_whole(target)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_at_a_random_byte_leaves_the_old_file(
    command: str, family: Path, whole: dict[str, tuple[bytes, float]], tmp_path: Path
) -> None:
    chance, target, (new, _) = random.Random(f"byte {command}"), tmp_path / "out", whole[command]
    for limit in (0, 1, len(new) - 1, *(chance.randrange(len(new)) for _ in range(4 * EFFORT))):
        old = prepared(command, target)
        assert ended(started(words(command, family, target), limit))
        assert standing(target) == old
        assert_the_interview_is_whole(target)


def assert_the_interview_is_whole(target: Path) -> None:
    kept = target.with_name("out.interview")
    if kept.exists() and kept.stat().st_size:
        assert json.loads(kept.read_bytes())["answers"] is not None


def test_an_interview_that_was_killed_goes_on_and_ends_as_if_nothing_had_been(
    family: Path, whole: dict[str, tuple[bytes, float]], tmp_path: Path
) -> None:
    new, seconds = whole["ask"]
    chance, target = random.Random("going on"), tmp_path / "out"
    kept = target.with_name("out.interview")
    times = 0
    for _ in range(30):
        if times == 3:
            break
        prepared("ask", target)
        child = started(words("ask", family, target))
        time.sleep(chance.uniform(0.3, 0.9) * seconds)
        os.kill(child, signal.SIGKILL)
        if not ended(child):  # it was quicker this time than when it was measured
            assert target.read_bytes() == new
            continue
        times += 1
        known = json.loads(kept.read_bytes())["answers"] if kept.exists() and kept.stat().st_size else []
        lines = ["yes"] * bool(known) + TALK[len(known) :] + [""] * 99
        subprocess.run(
            [sys.executable, "-m", "menscreen", *words("ask", family, target)],
            input="".join(f"{line}\n" for line in lines).encode(),
            capture_output=True,
            check=True,
        )
        assert target.read_bytes() == new
        assert not kept.exists()
    assert times


def test_what_a_killed_command_left_does_not_stop_the_next_of_the_same_process_id(tmp_path: Path) -> None:
    for name in partials(lambda: save(b"new", tmp_path / "out"), tmp_path):
        (tmp_path / name).write_bytes(b"half")
    save(b"newer", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"newer"


def test_a_file_that_only_its_owner_reads_is_never_readable_by_others_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"old")
    target.chmod(0o600)
    modes = list(partials(lambda: save(b"new", target), tmp_path).values())
    assert modes == [0o600]


def partials(act: Callable[[], None], folder: Path) -> dict[str, int]:
    """The files that are made beside a target while it is written, with the modes they are made with."""
    found: dict[str, int] = {}

    def noted(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("os.chmod", "os.rename") and watching and str(arguments[0]).startswith(str(folder)):
            found.setdefault(os.path.basename(str(arguments[0])), os.stat(str(arguments[0])).st_mode & 0o777)

    watching = True
    sys.addaudithook(noted)
    try:
        act()
    finally:
        watching = False
    return found

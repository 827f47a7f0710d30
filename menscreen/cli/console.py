"""Standard input, output and error of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO, TypeVar

import typer

from menscreen.problems import MenscreenError

R = TypeVar("R")
S = TypeVar("S")


class Failures:
    """What went wrong with each source, so that every problem of a run is printed at once."""

    def __init__(self) -> None:
        self._problems: list[str] = []

    @contextmanager
    def of(self, source: str) -> Iterator[None]:
        """Note the problems that are raised inside under the name of their source."""
        try:
            yield
        except MenscreenError as error:
            from menscreen.reports.text import write_problems

            self._problems.append(write_problems(error.problems, named(source)))

    def stop_if_any(self) -> None:
        """Print what was noted and leave with exit status 2, or go on if nothing was."""
        if self._problems:
            typer.echo("".join(self._problems), err=True, nl=False)
            raise typer.Exit(2)


def each(sources: Iterable[tuple[str, S]], make: Callable[[S], R]) -> list[R]:
    """What is made of each of some named sources; every problem of any of them is printed before the command ends."""
    failures = Failures()
    made: list[R] = []
    for name, one in sources:
        with failures.of(name):
            made.append(make(one))
    failures.stop_if_any()
    return made


def named(file: str) -> str:
    """The name of a source in messages."""
    return "standard input" if file == "-" else file


def source(file: str) -> str | bytes:
    """What a reader is given for an argument: the path, or for ``-`` the bytes of standard input (none if closed).

    Of an input that does not end they are enough to be refused.
    """
    if file != "-":
        return file
    from menscreen.formats.wire import MAX_BYTES

    return b"" if sys.stdin is None else sys.stdin.buffer.read(MAX_BYTES + 1)


def emit(content: str | bytes, output: str | None = None) -> None:
    """Write to a file, or to standard output, where a reader who has left early is no error.

    Bytes go out as they are; text in UTF-8 to a file, and to a terminal in its encoding.
    """
    if output is not None and output != "-":
        from menscreen.reports.writing import save

        failures = Failures()
        with failures.of(output):
            save(content.encode() if isinstance(content, str) else content, output)
        failures.stop_if_any()
        return
    stream = sys.stdout
    if stream is None:
        return
    encoding = stream.encoding or "utf-8"
    try:
        stream.buffer.write(content.encode(encoding, "backslashreplace") if isinstance(content, str) else content)
        stream.buffer.flush()
    except BrokenPipeError:
        _abandon(stream)
    except OSError as error:
        from menscreen.reports.writing import unwritable

        _abandon(stream)
        raise unwritable(error) from None


@contextmanager
def abandoned() -> Iterator[None]:
    """End a command quietly whose reader has left early."""
    try:
        yield
    except BrokenPipeError:
        if sys.stdout is not None:
            _abandon(sys.stdout)


def _abandon(stream: TextIO) -> None:
    """Lead a stream that takes no more to nowhere, so that the end of the process does not complain about it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def width() -> int:
    """The columns of the terminal, at most 100; 80 where there is none."""
    if not _is_terminal():
        return 80
    from shutil import get_terminal_size

    return min(get_terminal_size().columns, 100)


def wants_color() -> bool:
    """Whether standard output is a terminal that color is welcome on (`NO_COLOR`, ``TERM=dumb``)."""
    return _is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def one_of(value: str, words: Sequence[str], option: str) -> str:
    """Give back the word if it is one of these; else say which are, and which is near."""
    if value in words:
        return value
    from difflib import get_close_matches

    near = get_close_matches(value.lower(), words, 1)
    offer = f" Did you mean {near[0]}?" if near else ""
    raise typer.BadParameter(f"{value!r} is not one of {', '.join(words)}.{offer}", param_hint=option)

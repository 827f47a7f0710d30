"""Where the lines of a batch go: into a stream, or into a file that can be gone on with after any interruption.

A file grows beside its name (``OUT.partial``), with a journal (``OUT.journal``) that has an entry for each part: how
long the output was after it, where in the input that was, and what was counted. The file takes its name when it is
complete.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

import attrs
import msgspec

from menscreen.problems import UsageError
from menscreen.reports.summary import Summary
from menscreen.reports.writing import unwritable
from menscreen.streaming.answering import Part


@attrs.frozen
class Entry:
    """One part in the journal: the size of the output after it, the mark of its chunk, what it adds up to."""

    size: int
    mark: int
    summary: Summary


class Output(Protocol):
    """What a batch writes into.

    Attributes:
        begun: the summary of what an interrupted run has written.
        mark: that of the last chunk of it.
    """

    begun: Summary
    mark: int

    def write(self, part: Part) -> None:
        """Add a part."""

    def finish(self) -> None:
        """Say that all is written."""


class Stream:
    """An output that takes what it gets, such as a pipe; it cannot be gone on with."""

    begun = Summary()
    mark = 0

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, part: Part) -> None:
        """Add a part; `BrokenPipeError` when the reader has left."""
        with _writing():
            self._file.write(part.lines)
            self._file.flush()

    def finish(self) -> None:
        """Nothing is left to be done."""


class Resumable:
    """A file that grows beside its name, with its journal."""

    def __init__(self, target: str, partial: BinaryIO, journal: BinaryIO, identity: bytes, resume: bool) -> None:
        self._target = target
        self._partial, self._journal = partial, journal
        self._size = 0
        self.begun, self.mark = Summary(), 0
        kept = self._taken_up(identity) if resume else 0
        partial.truncate(self._size)
        partial.seek(self._size)
        journal.truncate(kept)
        journal.seek(kept)
        if not kept:
            journal.write(identity)
            journal.flush()

    def _taken_up(self, identity: bytes) -> int:
        """Find what was written to its end; gives the size of the journal up to there."""
        self._journal.seek(0)
        known = self._journal.readline()
        if not known.endswith(b"\n"):
            return 0
        if known != identity:
            found = "an interrupted run with other options, rulebooks or another version"
            raise UsageError.of("B003", found, "the same ones", "leave --resume out to begin anew")
        kept = len(known)
        room = self._partial.seek(0, os.SEEK_END)
        decoder = msgspec.json.Decoder(Entry)
        for line in self._journal:
            try:
                entry = decoder.decode(line)
            except msgspec.MsgspecError:
                break
            if entry.size > room or not line.endswith(b"\n"):
                break
            kept += len(line)
            self._size, self.mark = entry.size, entry.mark
            self.begun += entry.summary
        return kept

    def write(self, part: Part) -> None:
        """Add a part, and then its entry."""
        self._size += len(part.lines)
        with _writing():
            self._partial.write(part.lines)
            self._partial.flush()
            self._journal.write(msgspec.json.encode(Entry(self._size, part.mark, part.summary)) + b"\n")
            self._journal.flush()

    def finish(self) -> None:
        """Give the file its name; the journal goes first, so that it never stands beside a file that it is not of."""
        with _writing():
            os.fsync(self._partial.fileno())
            if os.path.exists(self._target):
                os.chmod(self._partial.name, os.stat(self._target).st_mode & 0o7777)
            os.unlink(self._journal.name)
            os.replace(self._partial.name, self._target)

    def leave(self) -> None:
        """Take away what holds nothing: a run that failed before its first part is not gone on with."""
        if not self._size and not self.begun.families:
            for file in (self._journal, self._partial):
                with suppress(OSError):
                    os.unlink(file.name)


@contextmanager
def destination(output: str | Path | BinaryIO, identity: bytes, *, resume: bool) -> Iterator[Output]:
    """Open an output.

    Args:
        output: a path, or a file open for bytes.
        identity: one line that says which run this is; only the same one can be gone on with.
        resume: go on with an interrupted run, if there is one.

    Raises:
        UsageError: it cannot be opened or written, another run is at it, or the interrupted run was another one.
    """
    if not isinstance(output, (str, os.PathLike)):
        if resume:
            raise UsageError.of("U002", "a stream to be gone on with", "a file", "name one (-o OUT)")
        yield Stream(output)
        return
    target = os.path.realpath(output)
    with ExitStack() as open_files:
        with _writing():
            if os.path.exists(target) and not os.path.isfile(target):
                made: Stream | Resumable = Stream(open_files.enter_context(open(target, "wb")))
            else:
                journal = open_files.enter_context(_updating(f"{target}.journal"))
                _lock(journal)
                partial = open_files.enter_context(_updating(f"{target}.partial"))
                made = Resumable(target, partial, journal, identity, resume)
                open_files.callback(made.leave)
        yield made


def _updating(path: str) -> BinaryIO:
    return open(path, "r+b", opener=lambda path, _: os.open(path, os.O_RDWR | os.O_CREAT | _BINARY, 0o666))


_BINARY: int = getattr(os, "O_BINARY", 0)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(error) from None


def _lock(journal: BinaryIO) -> None:
    """Keep other runs away from the file, where the system can; the lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        found, needed = "an output that another run is writing", "an output of its own for each run"
        raise UsageError.of("U003", found, needed, "name another file, or wait for the other run") from None
    except OSError:
        return

"""The documents of a file: a line each, or the rows of a column; expanded on the way, and never the whole file at once.

What a file is, its first bytes tell: gzip, Zstandard, Parquet, else lines as they are.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from menscreen.formats.content import GZIP, too_large
from menscreen.formats.wire import MAX_BYTES
from menscreen.problems import UsageError
from menscreen.streaming import columns, zstandard
from menscreen.streaming.screener import Document

_BUFFER = 2**18
#: A chunk is what a worker gets at a time: so many documents, or fewer that have so many bytes together.
CHUNK = 64
CHUNK_BYTES = 2**18


class Chunk(NamedTuple):
    """Some documents that follow one another.

    Attributes:
        mark: a checksum over all documents of the input up to the end of this chunk.
    """

    documents: tuple[Document, ...]
    mark: int


class Input:
    """An open input, cut into chunks: the same input always at the same places.

    Attributes:
        documents: each in its order.
    """

    def __init__(self, documents: Iterator[Document], file: BinaryIO | None) -> None:
        self.documents = documents
        self._file = file
        self._size = os.fstat(file.fileno()).st_size if file is not None else 0

    @property
    def share(self) -> float | None:
        """How much of the file has been read, from 0 to 1; not known of a pipe."""
        return None if self._file is None or not self._size else min(1.0, self._file.tell() / self._size)

    def chunks(self) -> Iterator[Chunk]:
        """Cut the documents into chunks.

        Raises:
            UsageError: the input is damaged, or cannot be read any farther.
        """
        held: list[Document] = []
        size = mark = 0
        for document in self.documents:
            held.append(document)
            seen = document if isinstance(document, bytes) else document[0].code.encode()
            size += len(seen)
            mark = zlib.crc32(b"\n", zlib.crc32(seen, mark))
            if len(held) == CHUNK or size >= CHUNK_BYTES:
                yield Chunk(tuple(held), mark)
                held, size = [], 0
        if held:
            yield Chunk(tuple(held), mark)


@contextmanager
def opened(source: str | Path | BinaryIO, column: str | None = None) -> Iterator[Input]:
    """Open an input.

    Args:
        source: a path, or a file open for bytes.
        column: of a Parquet file, the column with the documents; needed where more than one could be it.

    Raises:
        UsageError: it cannot be opened or read, or needs a library that is not here.
    """
    if isinstance(source, (str, os.PathLike)):
        try:
            file: BinaryIO = open(source, "rb", buffering=_BUFFER)  # noqa: SIM115
        except (OSError, ValueError) as error:
            raise _unreadable(error) from None
        with file:
            yield _input(cast(io.BufferedReader, file), file, column)
    else:
        buffered = source if isinstance(source, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, source))
        yield _input(buffered, None, column)


def _input(file: io.BufferedReader, sized: BinaryIO | None, column: str | None) -> Input:
    try:
        head = file.peek(4)[:4]
    except OSError as error:
        raise _unreadable(error) from None
    if head == columns.PARQUET:
        return Input(_guarded(columns.documents(file, column)), None)
    if head[:2] == GZIP:
        file = io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=file)), _BUFFER)
    elif head == zstandard.MAGIC:
        file = io.BufferedReader(cast(io.RawIOBase, zstandard.codec().ZstdFile(file)), _BUFFER)
    return Input(_guarded(_lines(file)), sized)


def _lines(file: io.BufferedReader) -> Iterator[Document]:
    """Each line without its end; of one that is too long no more is held than the limit."""
    while line := file.readline(MAX_BYTES + 2):
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(_BUFFER)
            yield too_large().problems
        else:
            yield line.removesuffix(b"\n").removesuffix(b"\r")


def _guarded(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents, until the system or the file itself allows no more."""
    number = 0
    damages: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error, *zstandard.errors())
    try:
        for number, document in enumerate(documents, 1):  # noqa: B007
            yield document
    except damages as error:
        raise _unreadable(error, number + 1) from None


def _unreadable(error: Exception, line: int = 0) -> UsageError:
    reason = (error.strerror or "").lower() if isinstance(error, OSError) else ""
    found = reason or ("not the name of a file" if isinstance(error, ValueError) else "a damaged compressed file")
    needed = "a file that can be read to its end"
    if not line:
        return UsageError.of("D010", found, needed, "correct the path", "file")
    fix = "copy or compress it again, then go on with --resume"
    return UsageError.of("B004", found, needed, fix, f"line {line}")

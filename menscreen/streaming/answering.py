"""One chunk of documents answered: the lines that are written, and what they add up to."""

from __future__ import annotations

import gzip
from typing import Literal, NamedTuple, TypeAlias

import attrs

from menscreen.reports.json import write_json
from menscreen.reports.summary import Summary, summary_of
from menscreen.screening.verdict import Outcome, Screening
from menscreen.streaming import zstandard
from menscreen.streaming.lines import Chunk
from menscreen.streaming.screener import Manner, Screener

Compression: TypeAlias = Literal["", "gzip", "zstd"]


@attrs.frozen
class Task:
    """What is done with every chunk of a batch.

    Attributes:
        only: the outcomes whose families are written; none for all families. A rejected family is always written.
        men_only: of the outcomes, read those for MEN only.
        compression: of the output; each chunk is compressed by itself, so that any of them can be the last.
    """

    manner: Manner
    only: frozenset[Outcome] = frozenset()
    men_only: bool = False
    compression: Compression = ""


class Part(NamedTuple):
    """The part of an output that a chunk gives: its lines, what they add up to, and the mark of the chunk."""

    lines: bytes
    summary: Summary
    mark: int


class Answering:
    r"""Answers chunks, with everything made ready once.

    >>> from menscreen.streaming.screener import manner_of
    >>> chunk = Chunk((b'{"proband": {"age": 34}}', b"{"), 0)
    >>> part = Answering(Task(manner_of())).part(chunk)
    >>> part.lines.count(b"\n"), part.summary.rejected
    (2, 1)
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._screener = Screener(task.manner)

    def part(self, chunk: Chunk) -> Part:
        """Screen each document of a chunk."""
        screenings = [self._screener.screening(document) for document in chunk.documents]
        kept = [write_json(screening) + b"\n" for screening in screenings if self._is_kept(screening)]
        summary = summary_of(screenings, kept=len(kept), men_only=self._task.men_only)
        return Part(compressed(b"".join(kept), self._task.compression), summary, chunk.mark)

    def _is_kept(self, screening: Screening) -> bool:
        only, men_only = self._task.only, self._task.men_only
        if not only or not screening.results:
            return True
        return any(
            verdict.outcome in only or verdict.could_become in only or (not men_only and verdict.also_outcome in only)
            for verdict in screening.results
        )


def compressed(lines: bytes, compression: Compression) -> bytes:
    """Some lines, compressed by themselves; equal lines give equal bytes."""
    if not compression or not lines:
        return lines
    if compression == "gzip":
        return gzip.compress(lines, 6, mtime=0)
    made: bytes = zstandard.codec().compress(lines)
    return made

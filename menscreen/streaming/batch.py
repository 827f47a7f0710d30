"""``batch``: a file of many families in, a file of as many results out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import attrs
import msgspec

from menscreen.problems import UsageError
from menscreen.reports.summary import Summary
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.screen import VERSION
from menscreen.screening.verdict import Outcome
from menscreen.streaming import lines, zstandard
from menscreen.streaming.answering import Compression, Task
from menscreen.streaming.lines import Chunk
from menscreen.streaming.output import Output, destination
from menscreen.streaming.screener import contents, manner_of
from menscreen.streaming.workers import answered, cores


class Progress(NamedTuple):
    """How far a batch has come: families done, those rejected, the share of the input that was read, if known."""

    families: int
    rejected: int
    share: float | None


def batch(
    source: str | Path | BinaryIO,
    output: str | Path | BinaryIO,
    *,
    everyone: bool = False,
    profile: str | None = None,
    rulebooks: Sequence[Rulebook | str | Path] | None = None,
    drafts: bool = False,
    strict: bool = False,
    format: str | None = None,
    column: str | None = None,
    only: Iterable[Outcome | str] = (),
    men_only: bool = False,
    workers: int | None = 1,
    resume: bool = False,
    summary: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    r"""Screen a file of families, a line each, into a file of results, a line each in the same order.

    A family that cannot be screened becomes a result without `results`, with its `problems`.

    Args:
        source: lines of JSON, also compressed (gzip, Zstandard), or a Parquet file; a path, or a file open for bytes.
        output: a path, or a file open for bytes. A path that ends in ``.gz`` or ``.zst`` is compressed. A file appears
            when it is complete; until then it grows as ``.partial`` beside its name.
        everyone: screen every person of each family, not the proband alone.
        profile: name of the set of rulebooks to run; by default ``default``.
        rulebooks: those to run instead of a profile: loaded ones, ids, or paths that end in ``.toml``.
        drafts: run rulebooks whose wording nobody has seen too.
        strict: words that the vocabulary does not know are errors.
        format: the id of the format; not given, the content of each line tells.
        column: of a Parquet file, the column with the families; needed where several have text or bytes.
        only: write only families of whom anybody's outcome is or could become one of these, and rejected ones.
        men_only: `only` and the summary read the outcomes for MEN only.
        workers: processes; `None` is one for each core. More than one needs the usual
            ``if __name__ == "__main__":`` around the script that calls this.
        resume: go on where an interrupted run with the same input and options stopped, if there was one.
        summary: a file for the summary, a page if its name ends in ``.html``, else JSON.
        progress: called whenever some families are done.

    Raises:
        RulebookError: there is no such profile or rulebook, or a file is wrong.
        UsageError: the options do not go together, the input cannot be read to its end, the output cannot be written,
            or there is nothing of this input to be gone on with.

    >>> from io import BytesIO
    >>> written = BytesIO()
    >>> families = BytesIO(b'{"proband": {"age": 34, "findings": [{"finding": "MTC"}]}}\n{}\n')
    >>> found = batch(families, written)
    >>> found.families, found.rejected, found.outcomes["warranted"]
    (2, 1, 1)
    """
    manner = manner_of(
        profile=profile, rulebooks=rulebooks, drafts=drafts, everyone=everyone, strict=strict, format=format
    )
    task = Task(manner, frozenset(map(_outcome, only)), men_only, _compression(output))
    number = cores() if workers is None else workers
    if number < 1:
        raise UsageError.of("U002", "less than one worker", "at least one", "leave it out for one on each core")
    with lines.opened(source, column) as read, destination(output, _identity(task), resume=resume) as out:
        total = out.begun
        for part in answered(task, _left(read.chunks(), out), number):
            out.write(part)
            total += part.summary
            if progress is not None:
                progress(Progress(total.families, total.rejected, read.share))
        if summary is not None:
            _save(total, summary)
        out.finish()
    return total


def _outcome(word: Outcome | str) -> Outcome:
    try:
        return Outcome(word)
    except ValueError:
        raise UsageError.of(
            "U002", "an outcome that is not known", f"one of {', '.join(Outcome)}", "correct the word"
        ) from None


def _compression(output: str | Path | BinaryIO) -> Compression:
    name = os.fspath(output).lower() if isinstance(output, (str, os.PathLike)) else ""
    if name.endswith(".parquet"):
        raise UsageError.of(
            "U002", "a Parquet file to write", "a file of lines", "end its name in .ndjson, or use menscreen.arrow"
        )
    if name.endswith(".zst"):
        zstandard.codec()
        return "zstd"
    return "gzip" if name.endswith(".gz") else ""


def _identity(task: Task) -> bytes:
    """What must be the same for a run to be gone on with, in one line."""
    manner = task.manner
    said = {
        "menscreen": VERSION,
        "rulebooks": contents(manner.books),
        **attrs.asdict(manner, filter=lambda field, _: field.name != "books"),
        **attrs.asdict(task, filter=lambda field, _: field.name not in ("manner", "only")),
        "only": sorted(task.only),
        "chunk": (lines.CHUNK, lines.CHUNK_BYTES),
    }
    return msgspec.json.encode(said) + b"\n"


def _left(chunks: Iterator[Chunk], out: Output) -> Iterator[Chunk]:
    """The chunks that an interrupted run has not answered; what it has, must be the same again."""
    families = 0
    mark = 0
    while families < out.begun.families:
        chunk = next(chunks, None)
        if chunk is None:
            break
        families += len(chunk.documents)
        mark = chunk.mark
    if (families, mark) != (out.begun.families, out.mark):
        found = "an interrupted run that had read something else up to there"
        raise UsageError.of("B003", found, "the same input as then", "leave --resume out to begin anew")
    yield from chunks


def _save(summary: Summary, path: str | Path) -> None:
    from menscreen.reports.summary import write_summary
    from menscreen.reports.writing import save

    if os.fspath(path).lower().endswith((".html", ".htm")):
        from menscreen.reports.summary_page import write_summary_page

        save(write_summary_page(summary).encode(), path)
    else:
        save(write_summary(summary), path)

"""From one format to another, and families and screenings into files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from menscreen.formats.reading import read
from menscreen.formats.table import to_write
from menscreen.pedigree.family import Pedigree
from menscreen.problems import Problem
from menscreen.reports.writing import save, write as write_report
from menscreen.screening.verdict import Screening


class Conversion(NamedTuple):
    """A family in another format.

    Attributes:
        content: the bytes of the new document.
        losses: what the format cannot carry, in words, with how often.
        problems: warnings of the reader.
    """

    content: bytes
    losses: tuple[str, ...]
    problems: tuple[Problem, ...]


def convert(
    source: str | Path | bytes | Mapping[str, Any] | Pedigree,
    to: str,
    *,
    format: str | None = None,
    strict: bool = False,
) -> Conversion:
    """Write a family in another format, and name everything that this format cannot carry.

    Args:
        source: whatever `read` takes, or a family.
        to: the id of the format to write.
        format: the id of the format to read; not given, the content tells.
        strict: words that the vocabulary does not know are errors.

    Raises:
        PedigreeError: the source cannot be read.
        UsageError: there is no such format, or it is read only.

    >>> done = convert({"proband": {"findings": [{"finding": "MTC", "age": 31}]}}, "menscreen")
    >>> done.losses, b'"medullary thyroid carcinoma"' in done.content
    ((), True)
    """
    target = to_write(to)
    family = source if isinstance(source, Pedigree) else read(source, strict=strict, format=format)
    return Conversion(target.write(family), tuple(target.losses(family)), family.problems)


def write(what: Screening | Pedigree, path: str | os.PathLike[str], *, format: str | None = None) -> None:
    """Write a screening as a report, or a family in one of its formats, to a file, whole or not at all.

    Without `format` the ending of the file name decides. What a format cannot carry of a family is left out;
    `convert` names it.

    Raises:
        UsageError: the format is not known, or the file cannot be written; what stood there before still does.
    """
    if isinstance(what, Pedigree):
        save(to_write(format, os.fspath(path)).write(what), path)
    else:
        write_report(what, path, format=format)

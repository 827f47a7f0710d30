"""Read a family from a path, bytes or a mapping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from menscreen.formats.native import read_native
from menscreen.formats.wire import MAX_BYTES
from menscreen.pedigree.family import Pedigree
from menscreen.problems import PedigreeError, Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path


def read(source: str | Path | bytes | Mapping[str, Any], *, strict: bool = False) -> Pedigree:
    """Read a family.

    Args:
        source: the path of a file, or the document itself as bytes or as a mapping.
        strict: words that the vocabulary does not know are errors, not warnings.

    Raises:
        PedigreeError: with every problem, when the document cannot be screened.

    >>> read({"proband": {"sex": "female", "age": 34}, "relatives": [{"relation": "brother", "count": 3}]}).proband
    'self'
    """
    data = _content(source) if isinstance(source, (str, os.PathLike)) else source
    if isinstance(data, bytes) and data.lstrip()[:1] == b"<":
        raise PedigreeError(
            [
                Problem(
                    "D011",
                    Severity.ERROR,
                    "document",
                    "a document in XML or HTML",
                    "a pedigree in JSON",
                    "export the family as JSON, or write it in the format of docs/format.md",
                )
            ]
        )
    return read_native(data, strict=strict)


def _content(path: str | Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "not the name of a file"
    raise PedigreeError(
        [
            Problem(
                "D010",
                Severity.ERROR,
                "file",
                reason,
                "a file that can be read",
                "correct the path; to read a document that is no file, pass its bytes",
            )
        ]
    )

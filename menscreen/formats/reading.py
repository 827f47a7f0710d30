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


#: A document of fewer bytes needs no look whether it is too large.
_LARGE = 1_000_000


def read(
    source: str | Path | bytes | Mapping[str, Any], *, strict: bool = False, format: str | None = None
) -> Pedigree:
    """Read a family, in whatever format.

    Args:
        source: the path of a file, or the document itself as bytes or as a mapping. Bytes may be compressed with gzip.
        strict: words that the vocabulary does not know are errors, not warnings.
        format: the id of the format; not given, the content tells it, never the name of the file.

    Raises:
        PedigreeError: with every problem, when the document cannot be screened.
        UsageError: there is no such format.

    >>> read({"proband": {"sex": "female", "age": 34}, "relatives": [{"relation": "brother", "count": 3}]}).proband
    'self'
    """
    data: bytes | Mapping[str, Any]
    if isinstance(source, bytes):
        data = source
    else:
        data = _content(source) if isinstance(source, (str, os.PathLike)) else source
    if isinstance(data, bytes) and data[:2] == b"\x1f\x8b":
        from menscreen.formats.content import expanded

        data = expanded(data)
    if isinstance(data, bytes) and len(data) > _LARGE:
        from menscreen.formats.content import refuse_too_large

        refuse_too_large(data)
    if format is None and isinstance(data, bytes) and b'"resourceType"' in data[:512]:
        return _read_other(data, strict) or read_native(data, strict=strict)
    if format is None or format == "menscreen":
        otherwise = None if format else _read_other
        return read_native(data, strict=strict, otherwise=otherwise)
    from menscreen.formats.content import Content
    from menscreen.formats.table import named

    return named(format).read(Content(_bytes(data)), strict=strict)


def _read_other(data: bytes | Mapping[str, Any], strict: bool) -> Pedigree | None:
    """Read what is no native document in order; ``None`` if it is one in disorder, or in no format at all."""
    from menscreen.formats.content import Content, refusal
    from menscreen.formats.table import FORMATS, recognized

    if isinstance(data, Mapping) and not _may_be_other(data):
        return None
    content = Content(_bytes(data))
    format = recognized(content)
    if format is not None:
        return None if format.id == "menscreen" else format.read(content, strict=strict)
    if content.head[:1] in (b"{", b"[", b"") or _bytes(data)[:2] in _UTF_16:
        return None
    raise refusal(
        "D011",
        "a document in XML or HTML" if content.head[:1] == b"<" else "a document in no format that is known",
        f"one of {', '.join(one.name for one in FORMATS.values())}",
        "export the family in one of these, or name the format (--from)",
    )


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _may_be_other(data: Mapping[str, Any]) -> bool:
    """Whether a mapping may be in another format; a Family of Phenopackets has `relatives`, too."""
    return bool(data) and "people" not in data and ("relatives" not in data or "pedigree" in data)


def _bytes(data: bytes | Mapping[str, Any]) -> bytes:
    if isinstance(data, bytes):
        return data
    import msgspec

    from menscreen.formats.content import refusal

    try:
        return msgspec.json.encode(data)
    except (TypeError, ValueError, RecursionError, msgspec.MsgspecError):
        raise refusal("D002", "values that JSON does not have", "a document of JSON", "give its bytes") from None


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

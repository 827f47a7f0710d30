"""What a file holds: its bytes, expanded if they were compressed, and the JSON document in them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from menscreen.formats.wire import MAX_BYTES, MOST_VALUES
from menscreen.problems import PedigreeError, Problem, Severity

GZIP = b"\x1f\x8b"
_HEAD = 65536
_BOM = b"\xef\xbb\xbf"


class Content:
    """The bytes of a file, without a byte order mark, and what can be seen in them.

    Attributes:
        data: the bytes, expanded if they were compressed with gzip.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data.removeprefix(_BOM)

    @cached_property
    def head(self) -> bytes:
        """The first 64 kilobytes, from the first character that is no space."""
        return self.data[: 2 * _HEAD].lstrip()[:_HEAD]

    @cached_property
    def document(self) -> Any:
        """The JSON document, untyped; ``None`` where there is none. Of keys that stand twice the last one counts."""
        if self.head[:1] not in (b"{", b"["):
            return None
        import msgspec

        try:
            return msgspec.json.decode(self.data)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return None


def has_every_key(document: Any, data: bytes) -> bool:
    """Whether decoding lost no key: as many colons are written again. No, where escaped ones could spoil the count."""
    import msgspec

    # most documents have no escape at all; to look for one from the end takes half the time
    return (b"\\" not in data or data.rfind(b"\\u003") < 0) and msgspec.json.encode(document).count(b":") == data.count(
        b":"
    )


def keys_counted(text: str) -> tuple[Any, int]:
    """A JSON document, and how many of its keys stand once more in the same object.

    Raises:
        ValueError: it is not JSON, or has a number with thousands of digits.
        RecursionError: it is too deep.

    >>> keys_counted('{"a": 1, "a": 2}')
    ({'a': 2}, 1)
    """
    import json

    twice = 0

    def counted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal twice
        made = dict(pairs)
        twice += len(pairs) - len(made)
        return made

    return json.loads(text, object_pairs_hook=counted), twice


def expanded(data: bytes) -> bytes:
    """Expand bytes compressed with gzip; others stay as they are.

    Raises:
        PedigreeError: they are damaged, or expand to more than a document may have.
    """
    if not data.startswith(GZIP):
        return data
    import gzip
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            whole = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise refusal("D001", "a damaged gzip file", "a whole gzip file", "compress or copy the file again") from None
    if len(whole) > MAX_BYTES:
        raise too_large(how="expanded, ")
    if whole.startswith(GZIP):
        raise refusal("D011", "gzip inside gzip", "a document compressed once", "expand the file once")
    return whole


def refuse_too_large(data: bytes) -> None:
    """Refuse a document of too many bytes or values; these are counted by what stands between them, in any format.

    Raises:
        PedigreeError: it is too large.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    if len(data) > MOST_VALUES and any(data.count(sign) > MOST_VALUES for sign in (b",", b"\n", b"\r", b"\t", b";")):
        raise too_large(f"{MOST_VALUES:,} values")


def too_large(most: str = f"{MAX_BYTES // 2**20} megabytes", how: str = "") -> PedigreeError:
    """The refusal of a document that is too large."""
    return refusal("D008", f"{how}more than {most}", f"at most {most}", "give each family a document of its own")


def refusal(code: str, found: str, needed: str, fix: str, where: str = "document") -> PedigreeError:
    """The refusal of a whole document, for one reason."""
    return PedigreeError([Problem(code, Severity.ERROR, where, found, needed, fix)])

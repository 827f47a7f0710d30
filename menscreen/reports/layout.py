"""Lines of plain text for a terminal: harmless characters, wrapped to a width, colored where that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["bold", "dim", "red", "yellow", "green"]

_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31;1", "yellow": "33;1", "green": "32;1"}


def harmless(text: str) -> str:
    r"""Replace every character that a terminal would act on, or show out of order, by its escape.

    >>> print(harmless("p1\x1b[2J"))
    p1\x1b[2J
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Wrap at spaces, after a first and a later indent; a word too long for a line is broken.

    >>> wrapped("what is known of the family", 16, "- ")
    ['- what is known', '  of the family']
    """
    rest = " " * len(first) if rest is None else rest
    room = width - max(len(first), len(rest))
    lines: list[str] = []
    line: list[str] = []
    taken = 0
    for word in harmless(text).split():
        for piece in _pieces(word, room):
            size = columns(piece)
            if line and taken + 1 + size > room:
                lines.append(" ".join(line))
                line, taken = [], 0
            taken += size + bool(line)
            line.append(piece)
    lines.append(" ".join(line))
    return [(rest if at else first) + line for at, line in enumerate(lines)]


def _pieces(word: str, room: int) -> list[str]:
    if columns(word) <= room:
        return [word]
    step = room if word.isascii() else room // 2
    return [word[at : at + step] for at in range(0, len(word), step)]


def columns(text: str) -> int:
    """Count the columns that the text takes on a terminal (East Asian characters take two).

    >>> columns("p1"), columns("家族")
    (2, 4)
    """
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def painter(color: bool) -> Callable[[str, Style], str]:
    """Give the function that paints a line, or leaves it as it is where color is not wanted."""
    return _painted if color else _plain


def _painted(text: str, style: Style) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def _plain(text: str, style: Style) -> str:
    return text

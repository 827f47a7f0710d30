"""Ages in words, in the spellings that people use."""

from __future__ import annotations

import re

from menscreen.pedigree.person import MAX_AGE, Age

_UNITS = {"m": 12.0, "mo": 12.0, "month": 12.0, "months": 12.0, "w": 52.18, "week": 52.18, "weeks": 52.18,
          "d": 365.25, "day": 365.25, "days": 365.25}  # fmt: skip
_NUMBER = r"(?:aged?\s*)?(\d{1,3})(?:[.,]\d+)?"
_YEARS = r"(?:\s*(?:y|yo|yr|yrs|year|years)\.?(?:\s*old)?)?"
_ONE = re.compile(rf"{_NUMBER}{_YEARS}")
_BAND = re.compile(rf"\[?\s*{_NUMBER}{_YEARS}\s*(?:-|–|—|to|,|\.\.)\s*{_NUMBER}{_YEARS}\s*\]?")
_DECADE = re.compile(r"(?:in\s+)?(?:(?:his|her|their|the)\s+)?(early\s+|mid\s*-?\s*|middle\s+|late\s+)?(\d{1,2}0)'?s")
_ABOVE = re.compile(
    rf"(?:>=|≥|from|at least)\s*{_NUMBER}{_YEARS}"
    rf"|{_NUMBER}{_YEARS}\s*(?:\+|(?:or|and) (?:older|more|over|above))"
)
_OVER = re.compile(rf"(?:>|over|above|older than|after)\s*{_NUMBER}{_YEARS}")
_UNDER = re.compile(rf"(?:<|under|below|younger than|before)\s*{_NUMBER}{_YEARS}")
_UP_TO = re.compile(rf"(?:<=|≤|up to|at most|by)\s*{_NUMBER}{_YEARS}|{_NUMBER}{_YEARS}\s*or (?:younger|less|under)")
_ABOUT = re.compile(rf"(?:~|≈|c\.|ca\.?|circa|about|around|approx\.?|approximately|roughly)\s*{_NUMBER}{_YEARS}")
_SMALL = re.compile(r"(\d{1,4})\s*(m|mo|months?|w|weeks?|d|days?)\.?(?:\s*old)?")
#: How far to each side "about 40" reaches.
ROUGHLY = 5
#: Parts of a decade, which overlap: nobody is exact who says this.
THIRDS = {"early": (0, 4), "mid": (3, 7), "middle": (3, 7), "late": (6, 9)}
_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_SPELLED = {word: f"{number}0s" for number, word in enumerate(_TENS, start=2)}


class NoAgeError(ValueError):
    """The text is no age."""


def _folded(text: str) -> str:
    """A text in small letters with single spaces and decades in numbers."""
    return " ".join(_SPELLED.get(word, word) for word in text.lower().replace("’", "'").split())


def age_told(text: str) -> tuple[Age, bool]:
    """The age or band that a text says and nothing else, and whether it was said roughly.

    Raises:
        NoAgeError: it is none.

    >>> [str(age_told(cell)[0]) for cell in ("41", "40-49", "in her 40s", "60+", "<20", "18 months", "about 50")]
    ['41', '40-49', '40-49', '60 or older', '0-19', '1', '45-55']
    """
    words = _folded(text)
    if match := _ONE.fullmatch(words):
        return _band(match[1], match[1]), False
    if match := _SMALL.fullmatch(words):
        years = int(int(match[1]) / _UNITS[match[2]])
        return _band(years, years), False
    if match := _BAND.fullmatch(words):
        return _band(match[1], match[2]), False
    if match := _DECADE.fullmatch(words):
        return _decade(int(match[2]), (match[1] or "").strip(" -")), False
    if match := _ABOUT.fullmatch(words):
        middle = int(match[1])
        return _band(max(0, middle - ROUGHLY), min(MAX_AGE, middle + ROUGHLY)), True
    return _open_band(words), False


def _open_band(words: str) -> Age:
    if match := _ABOVE.fullmatch(words):
        return _band(match[1] or match[2], None)
    if match := _OVER.fullmatch(words):
        return _band(int(match[1]) + 1, None)
    if match := _UNDER.fullmatch(words):
        return _band(0, int(match[1]) - 1)
    if match := _UP_TO.fullmatch(words):
        return _band(0, match[1] or match[2])
    raise NoAgeError


def _decade(low: int, part: str) -> Age:
    """A decade or a third of it, the thirds overlapping."""
    first, last = THIRDS.get(part, (0, 9))
    return _band(low + first, low + last)


def _band(low: str | int, high: str | int | None) -> Age:
    bottom, top = int(low), None if high is None else int(high)
    if not 0 <= bottom <= (MAX_AGE if top is None else top) <= MAX_AGE:
        raise NoAgeError
    return Age(bottom, top)

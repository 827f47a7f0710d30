"""What a cell says, in the spellings that people use."""

from __future__ import annotations

import re

from menscreen.formats.gathering import Gathering
from menscreen.pedigree.person import MAX_AGE, Age, Sex
from menscreen.problems import of_length

#: As good as an empty cell.
BLANK = {"", "-", "--", ".", "na", "n/a", "nan", "null", "none recorded", "#n/a"}
#: Says that nobody knows.
NOT_KNOWN = {
    "?",
    "??",
    "unknown",
    "unk",
    "not known",
    "n/k",
    "nk",
    "don't know",
    "dont know",
    "do not know",
    "uncertain",
}
#: In a cell for findings: there are none.
NOTHING = {"none", "no", "nil", "nothing", "healthy", "well", "unaffected", "negative", "no cancer", "no findings", "0"}
YES = {"yes", "y", "true", "t", "1", "x", "present", "affected", "+", "positive"}
NO = {"no", "n", "false", "f", "0", "absent", "unaffected", "negative", "never"}
ALIVE = {"alive", "living", "a"}
DEAD = {"dead", "deceased", "died", "d"}
_FEMALE = {"f", "female", "w", "woman", "girl", "fem"}
_MALE = {"m", "male", "man", "boy"}
_UNITS = {"m": 12.0, "mo": 12.0, "month": 12.0, "months": 12.0, "w": 52.18, "week": 52.18, "weeks": 52.18,
          "d": 365.25, "day": 365.25, "days": 365.25}  # fmt: skip
_NUMBER = r"(\d{1,3})(?:[.,]\d+)?"
_YEARS = r"(?:\s*(?:y|yo|yr|yrs|year|years)\.?(?:\s*old)?)?"
_ONE = re.compile(rf"(?:age[d]?\s*)?{_NUMBER}{_YEARS}")
_BAND = re.compile(rf"\[?\s*{_NUMBER}{_YEARS}\s*(?:-|–|—|to|,|\.\.)\s*{_NUMBER}{_YEARS}\s*\]?")
_DECADE = re.compile(r"(?:in\s+)?(?:(?:his|her|their|the)\s+)?(early\s+|mid\s*-?\s*|late\s+)?(\d{1,2}0)'?s")
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
_ROUGHLY = 5


class NoAgeError(ValueError):
    """The cell is no age."""


def folded(cell: str) -> str:
    """A cell in small letters with single spaces."""
    return " ".join(cell.lower().replace("’", "'").split())


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing at all."""
    return folded(cell) in BLANK


def is_not_known(cell: str) -> bool:
    """Whether a cell says that nobody knows."""
    return folded(cell) in NOT_KNOWN


def is_silent(cell: str) -> bool:
    """Whether a cell is blank, or says that nobody knows."""
    return is_blank(cell) or is_not_known(cell)


def flag(cell: str) -> bool | None:
    """Yes or no; ``None`` for anything else."""
    word = folded(cell)
    return True if word in YES else False if word in NO else None


def sex(cell: str) -> Sex | None:
    """A sex; ``None`` for anything else, numbers among it: they mean one thing here and another there."""
    word = folded(cell)
    return Sex.FEMALE if word in _FEMALE else Sex.MALE if word in _MALE else None


def age_told(cell: str) -> tuple[Age, bool]:
    """An age or band, and whether it was said roughly.

    Raises:
        NoAgeError: it is none.

    >>> [str(age_told(cell)[0]) for cell in ("41", "40-49", "in her 40s", "60+", "<20", "18 months", "about 50")]
    ['41', '40-49', '40-49', '60 or older', '0-19', '1', '45-55']
    """
    words = folded(cell)
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
        return _band(max(0, middle - _ROUGHLY), min(MAX_AGE, middle + _ROUGHLY)), True
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
    first, last = {"early": (0, 4), "mid": (3, 7), "late": (6, 9)}.get(part, (0, 9))
    return _band(low + first, low + last)


def _band(low: str | int, high: str | int | None) -> Age:
    bottom, top = int(low), None if high is None else int(high)
    if not 0 <= bottom <= (MAX_AGE if top is None else top) <= MAX_AGE:
        raise NoAgeError
    return Age(bottom, top)


def written(age: Age) -> str:
    """An age as our writer writes it: "40 to 49", since a spreadsheet makes a date of 10-12.

    >>> written(Age(40, 49)), written(Age(60, None))
    ('40 to 49', '60 or older')
    """
    if age.high is None:
        return f"{age.low} or older"
    return str(age.low) if age.low == age.high else f"{age.low} to {age.high}"


_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """A text that a spreadsheet takes for no formula: an apostrophe stands before = + - @.

    >>> guarded("=1+1"), unguarded(guarded("'=1+1"))
    ("'=1+1", "'=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text without the apostrophe of `guarded`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def refuse(gathering: Gathering, code: str, text: str, at: str, needed: str, warning: bool = False) -> None:
    """Report a cell that says something else than is needed; it is not quoted."""
    found = of_length("a text", text.strip())
    gathering.complain(code, at, found, needed, "correct the cell, or leave it empty", warning=warning)


def age_in(gathering: Gathering, text: str, at: str) -> Age | None:
    """The age in a cell; what is no age is reported."""
    if is_silent(text):
        return None
    try:
        age, is_rough = age_told(text)
    except NoAgeError:
        gathering.complain(
            "A001",
            at,
            of_length("a text", text.strip()),
            "an age in years from 0 to 125, or a range such as 40 to 49",
            "correct the cell, or leave it empty; a spreadsheet may have made a date of a range",
        )
        return None
    if is_rough:
        gathering.complain(
            "A001", at, "an age said roughly", "an age or a range", f"write a range; it was read as {age}", warning=True
        )
    return age

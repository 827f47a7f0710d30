"""What a cell says, in the spellings that people use."""

from __future__ import annotations

import re

from menscreen.formats.ages import NoAgeError, age_told
from menscreen.formats.gathering import Gathering
from menscreen.pedigree.person import Age, Sex
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

"""Plain values of the wire: text, ages, numbers and lists of words, and the complaints about them."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import UNSET

from menscreen.formats.wire import NOT_KNOWN
from menscreen.pedigree.person import MAX_AGE, Age
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR
from menscreen.problems import MOST_OFFERS, Problem, Severity

_AGES = range(MAX_AGE + 1)
_BIRTH_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
_COUNTS = range(101)


def known_text(value: Any) -> str | None:
    """The text, or None where it is absent or says that it is not known.

    >>> known_text("31 mm"), known_text(" Unknown "), known_text(None)
    ('31 mm', None, None)
    """
    return value if value.__class__ is str and value.strip().lower() not in NOT_KNOWN else None


@cache
def _age(years: int) -> Age:
    return Age(years, years)


class Values:
    """Reads plain values, and collects in `problems` what is wrong or worth saying."""

    def __init__(self, strict: bool = False) -> None:
        self.strict = strict
        self.problems: list[Problem] = []

    @property
    def offering(self) -> bool:
        """Whether to look for the nearest known word, which takes a while: not for hundreds of unknown ones."""
        return len(self.problems) < MOST_OFFERS

    def complain(self, code: str, where: str, found: str, needed: str, fix: str, *, warning: bool = False) -> None:
        """Collect a problem."""
        severity = Severity.WARNING if warning else Severity.ERROR
        self.problems.append(Problem(code, severity, where, found, needed, fix))

    def age(self, value: Any, at: str) -> Age | None:
        """An age or a band of ages; a band with an open end at the bottom begins at 0."""
        if value.__class__ is int and 0 <= value <= MAX_AGE:
            return _age(value)
        if value.__class__ is not list:
            years = self._years(value, at)
            return None if years is None else _age(years)
        if len(value) != 2:
            self.complain(
                "D005",
                at,
                f"a list of {len(value)}",
                "a list of two ages",
                "write the lowest and the highest age: `[40, 49]`",
            )
            return None
        low, high = self._years(value[0], f"{at}[0]"), self._years(value[1], f"{at}[1]")
        if low is not None and high is not None and low > high:
            self.complain("A003", at, f"[{low}, {high}]", "the lower age first", f"write `[{high}, {low}]`")
            return None
        return None if low is None and high is None else Age(low or 0, high)

    def _years(self, value: Any, at: str) -> int | None:
        return self._whole(value, at, _AGES, "A001", "completed years")

    def year(self, value: Any, at: str) -> int | None:
        """A year of birth."""
        return self._whole(value, at, _BIRTH_YEARS, "A004", "a year")

    def _whole(self, value: Any, at: str, within: range, code: str, what: str) -> int | None:
        if value.__class__ is not int and value.__class__ is not float:
            return None
        if value in within:
            return int(value)
        self.complain(
            code,
            at,
            _number(value),
            f"{what}, a whole number from {within[0]} to {within[-1]}",
            "correct the number, or leave it out if it is not known",
        )
        return None

    def count(self, value: Any, at: str) -> int:
        """How many relatives one entry of the short form stands for; not known is one."""
        if value is UNSET:
            return 1
        whole = self._whole(value, at, _COUNTS, "D012", "a count")
        return 1 if whole is None else whole

    def size(self, value: Any, at: str) -> float | None:
        """A size in millimeters."""
        if value.__class__ is not int and value.__class__ is not float:
            return None
        if 0 < value <= 5000:
            return float(value)
        self.complain(
            "F021",
            at,
            _number(value),
            "a size in millimeters above 0",
            "correct it, or leave it out if it is not known",
        )
        return None

    def words(self, value: Any) -> tuple[str, ...]:
        """The known words of a list."""
        return tuple(filter(None, map(known_text, value))) if value.__class__ is list else ()


def _number(value: float) -> str:
    """A number of up to three digits as it is; a longer one may be a year or a date of birth."""
    return f"{value:g}" if -1000 < value < 1000 else "a number of more than three digits"

"""Dates of files, and the ages between two of them. No clock is read."""

from __future__ import annotations

import re

from menscreen.pedigree.person import MAX_AGE, Age

Date = tuple[int, ...]

_AMERICAN = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_OTHER = re.compile(r"(\d{4})(?:[-/]?(\d{2})(?:[-/]?(\d{2}))?)?(?:[T ]?[\d:.+\-Z]*)")


def date_of(text: str | None) -> Date | None:
    """The year, and as far as they are written the month and day, of a date; ``None`` where it cannot be read.

    Month, day and year apart by slashes are read in the American order.

    >>> date_of("01/31/1950"), date_of("1950"), date_of("195001311200"), date_of("soon")
    ((1950, 1, 31), (1950,), (1950, 1, 31), None)
    """
    words = (text or "").strip()
    if american := _AMERICAN.fullmatch(words):
        month, day, year = map(int, american.groups())
        parts: Date = (year, month, day)
    elif other := _OTHER.fullmatch(words):
        parts = tuple(int(part) for part in other.groups() if part is not None)
    else:
        return None
    return parts if all(0 < part <= most for part, most in zip(parts[1:], (12, 31), strict=False)) else parts[:1]


def age_between(birth: Date | None, then: Date | None) -> Age | None:
    """The completed years from one date to another; a band of two years where day or month are not known.

    >>> str(age_between((1950, 6, 2), (2010, 6, 1))), str(age_between((1950,), (2010, 6, 1)))
    ('59', '59-60')
    """
    if birth is None or then is None:
        return None
    years = then[0] - birth[0]
    known = min(len(birth), len(then))
    if birth[1:known] == then[1:known] and known < 3:
        low, high = years - 1, years
    else:
        low = high = years - (then[1:known] < birth[1:known])
    return Age(max(low, 0), high) if 0 <= high <= MAX_AGE else None

"""Times of Phenopackets: durations, ranges, classes of onset and dates, as ages in completed years, and back."""

from __future__ import annotations

import re
from typing import Any

from menscreen.formats.dates import Date, age_between, date_of
from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part
from menscreen.pedigree.person import MAX_AGE, Age

#: Ages that the onset classes of the HPO stand for, both ends included: "adult onset" is no age, and never 16.
ONSETS = {
    **dict.fromkeys(
        ("0030674", "0011460", "0011461", "0034199", "0034198", "0034197", "0003577", "0003623", "0003593"), (0, 0)
    ),
    "0011463": (1, 5),
    "0003621": (5, 15),
    "0410280": (0, 15),
    "0003581": (16, None),
    "0011462": (16, 40),
    "0025708": (16, 19),
    "0025709": (19, 25),
    "0025710": (25, 40),
    "0003596": (40, 60),
    "0003584": (60, None),
}
_ONSET_ID = re.compile(r"HPO?[:_]?(\d{7})$", re.IGNORECASE)
_DURATION = re.compile(
    r"P(?:(?P<Y>\d+)(?:[.,]\d+)?Y)?(?:(?P<M>\d+)(?:[.,]\d+)?M)?(?:(?P<W>\d+)(?:[.,]\d+)?W)?(?:(?P<D>\d+)(?:[.,]\d+)?D)?"
    r"(?:T[\d.,HMS]*)?$",
    re.IGNORECASE,
)
_DAYS_OF_YEAR = 365.2425


def years_of(duration: str) -> int | None:
    """Completed years of an ISO 8601 duration; ``None`` where it is none, or impossibly long.

    >>> years_of("P9Y11M"), years_of("P600M"), years_of("P20D"), years_of("9 years")
    (9, 50, 0, None)
    """
    found = _DURATION.match(duration.strip()[:40])
    parts = {unit: int(number) for unit, number in found.groupdict().items() if number} if found else {}
    if not parts and not (found and found[0].upper().startswith("PT")):
        return None
    months, days = parts.get("M", 0), 7 * parts.get("W", 0) + parts.get("D", 0)
    years = parts.get("Y", 0) + int(months / 12 + days / _DAYS_OF_YEAR)
    return years if years <= MAX_AGE else None


class Times:
    """Reads the times of one person, whose date of birth turns dates into ages."""

    def __init__(self, born: str | None, gathering: Gathering) -> None:
        self._born: Date | None = date_of(born)
        self._gathering = gathering

    def age(self, owner: Part, key: str) -> Age | None:
        """The age that a time element stands for; one that is not understood is reported."""
        value = owner.get(key)
        if value is None or value in ({}, ""):
            return None
        age = self._age(value)
        if age is None and not self._may_be_without_age(value):
            self._gathering.complain(
                "A001",
                owner.place(key),
                "a time that is not understood",
                "an age such as P34Y, a range of ages, or a class of onset of the HPO",
                "correct it; until then the age is not known",
                warning=True,
            )
        return age

    def _age(self, value: Any) -> Age | None:
        if isinstance(value, str):
            return _single(years_of(value))
        if not isinstance(value, dict):
            return None
        if "gestationalAge" in value or "gestational_age" in value:
            return Age(0, 0)
        band = value.get("ageRange", value.get("age_range"))
        if isinstance(band, dict):
            return _band(_duration(band.get("start")), _duration(band.get("end")))
        onset = value.get("ontologyClass", value.get("ontology_class"))
        if isinstance(onset, dict):
            return onset_of(str(onset.get("id", "")))
        if "timestamp" in value or isinstance(value.get("interval"), dict):
            return self._dated(value)
        return _single(_duration(value.get("age", value)))

    def _dated(self, value: dict[str, Any]) -> Age | None:
        interval = value.get("interval") or {"start": value.get("timestamp"), "end": value.get("timestamp")}
        start, end = (age_between(self._born, date_of(str(interval.get(side, "")))) for side in ("start", "end"))
        return _band(start.low if start else None, end.high if end else None) if start and end else None

    def _may_be_without_age(self, value: Any) -> bool:
        """Whether it is a date, of somebody whose date of birth is not recorded."""
        return self._born is None and isinstance(value, dict) and ("timestamp" in value or "interval" in value)


def onset_of(id: str) -> Age | None:
    """The band of ages of a class of onset.

    >>> str(onset_of("HP:0003581")), onset_of("HP:0000001")
    ('16 or older', None)
    """
    found = _ONSET_ID.match(id.strip().rpartition("/")[2])
    band = ONSETS.get(found[1]) if found else None
    return Age(*band) if band else None


def _duration(value: Any) -> int | None:
    if isinstance(value, dict):
        value = value.get("iso8601duration", value.get("iso8601Duration", value.get("age")))
    return years_of(value) if isinstance(value, str) else None


def _single(years: int | None) -> Age | None:
    return None if years is None else Age(years, years)


def _band(low: int | None, high: int | None) -> Age | None:
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return Age(low or 0, None if high is None or high >= MAX_AGE else high)


def written(age: Age) -> dict[str, Any]:
    """The time element of an age; an open end ends at the highest possible age.

    >>> written(Age(41, 41))
    {'age': {'iso8601duration': 'P41Y'}}
    """
    if age.low == age.high:
        return {"age": {"iso8601duration": f"P{age.low}Y"}}
    return {"ageRange": {"start": {"iso8601duration": f"P{age.low}Y"}, "end": {"iso8601duration": f"P{age.top}Y"}}}

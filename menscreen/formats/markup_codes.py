"""Codes, sexes and ages as HL7 v3 and C-CDA write them in XML."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from menscreen.formats.gathering import Gathering
from menscreen.formats.markup import Element
from menscreen.formats.naming import Codes
from menscreen.formats.values import known_text
from menscreen.pedigree.person import MAX_AGE, Age, Sex
from menscreen.pedigree.relations import parse

_FEMALE = {"F", "FEMALE", "248152002", "WOMAN"}
_MALE = {"M", "MALE", "248153007", "MAN"}
_SYSTEMS = {"SNOMED COMPLETE": "SNOMED CT", "ICD": "ICD-9", "ICD9": "ICD-9"}
#: How many of a unit make a year.
_UNITS = {
    "a": 1.0, "year": 1.0, "years": 1.0, "yr": 1.0, "y": 1.0, "mo": 12.0, "month": 12.0, "months": 12.0,
    "wk": 52.18, "week": 52.18, "weeks": 52.18, "d": 365.25, "day": 365.25, "days": 365.25, "h": 8766.0,
}  # fmt: skip


def sex_of(code: Element | None) -> Sex:
    """The sex that the code of an element names, or else its display."""
    for said in (code.get("code"), code.get("displayName")) if code is not None else ():
        word = (said or "").upper()
        if word in _FEMALE | _MALE:
            return Sex.FEMALE if word in _FEMALE else Sex.MALE
    return Sex.UNKNOWN


def relation_in(said: Iterable[str | None], at: str, gathering: Gathering) -> str:
    """The first words of relation that are understood; where none are, a relative of unknown degree, and a problem."""
    for words in filter(None, said):
        if parse(words) is not None:
            return words
    gathering.complain(
        "P010",
        at,
        "a relation that is not understood",
        "a code of the HL7 list of family members, such as MAUNT",
        "correct the code; until then the degree is not known",
        warning=not gathering.strict,
    )
    return "relative"


def codes_of(element: Element) -> Codes:
    """The code of an element, then its translations, as pairs of terminology and code."""
    found = []
    for one in (element, *element.all("translation")):
        code = one.get("code")
        system = one.get("codeSystem") or one.get("codeSystemName")
        if code and system:
            name = one.get("codeSystemName") or ""
            spelled = _SYSTEMS.get(name.upper(), name) if not one.get("codeSystem") else f"urn:oid:{system}"
            found.append((spelled, code))
    return tuple(dict.fromkeys(found))


def words_of(*said: str | None) -> tuple[str, ...]:
    """The different words of a finding, without those that say that it is not known.

    >>> words_of("Thyroid Cancer", None, "Unknown Disease", "Thyroid Cancer")
    ('Thyroid Cancer',)
    """
    known = (words for text in said if (words := known_text(text)) is not None)
    return tuple(dict.fromkeys(words for words in known if words.lower() != "unknown disease"))


def age_of(gathering: Gathering, value: Element | None) -> Age | None:
    """The age in a value, a number or a band, in completed years; without `high` it has an open end.

    A unit or number that is not understood is reported, and the age not known.
    """
    if value is None:
        return None
    low, high = value.first("low"), value.first("high")
    ends = [one.get("value") if one is not None else None for one in (low, high)]
    units = [one.get("unit") for one in (value, low, high) if one is not None]
    if low is None and high is None:
        ends = [value.get("value")] * 2
    if not any(ends):
        return None
    unit = next(filter(None, units), "a")
    years, numbers = _UNITS.get(unit.lower()), [_number(end) for end in ends]
    if years is None or any(number is None for number, end in zip(numbers, ends, strict=True) if end is not None):
        found = "a unit of time that is not understood" if years is None else "an age that is no number"
        gathering.complain("A001", value.at, found, "years, months, weeks or days", "correct the age", warning=True)
        return None
    bottom, top = (None if number is None else int(number / years) for number in numbers)
    if not 0 <= (bottom or 0) <= (MAX_AGE if top is None else top) <= MAX_AGE:
        needed = f"completed years from 0 to {MAX_AGE}, the lower first"
        gathering.complain("A001", value.at, "an impossible age", needed, "correct the age")
        return None
    return Age(bottom or 0, top)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None

"""The data types of FHIR: concepts, references, extensions, ages and dates, read without trust in their shape."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Any, NamedTuple

from menscreen.formats.ages import ROUGHLY, THIRDS, NoAgeError, age_told
from menscreen.formats.dates import Date, age_between, date_of
from menscreen.formats.values import known_text
from menscreen.formats.wire import NOT_KNOWN
from menscreen.pedigree.person import MAX_AGE, Age, Sex

Json = dict[str, Any]

#: Extensions of our own, for what FHIR has no element for.
OWN = "urn:menscreen:"


class Concept(NamedTuple):
    """A CodeableConcept: its codes with their systems, and its words, the text before the displays."""

    codes: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


NO_CONCEPT = Concept()


def objects(value: Any) -> list[Json]:
    """The objects of a list; one that stands alone is a list of itself."""
    if value.__class__ is dict:
        return [value]
    return [one for one in value if one.__class__ is dict] if value.__class__ is list else []


def concept(value: Any) -> Concept:
    """A CodeableConcept, a Coding, or a CodeableReference of R5."""
    if value.__class__ is not dict:
        return Concept((), (value,)) if known_text(value) else NO_CONCEPT
    coding = value.get("coding")
    try:
        if coding is None and "text" in value and len(value) == 1:
            return _concept(value["text"], ())
        if coding.__class__ is list and len(coding) == 1:
            get = coding[0].get
            return _concept(value.get("text"), ((get("system"), get("code"), get("display")),))
        if coding.__class__ is list:
            parts = [(one.get("system"), one.get("code"), one.get("display")) for one in coding]
            return _concept(value.get("text"), tuple(parts))
    except (TypeError, AttributeError):  # a part of the wrong kind has no hash, or no keys
        return _read_concept(value)
    if "concept" in value:
        value = value["concept"]
        if value.__class__ is not dict:
            return NO_CONCEPT
    return _read_concept(value)


#: What is added to a name: by SNOMED CT what it is a name of, by programs of hospitals that it has to do with payment.
_TAG = re.compile(
    r"(?<!\s)(?:\s*\((?:disorder|finding|situation|qualifier value|person|procedure|morphologic abnormality"
    r"|body structure|observable entity|(?:CMS/|HHS/)?HCC)\))+\s*$"
)


@lru_cache(maxsize=4096)
def _concept(text: Any, coding: tuple[tuple[Any, Any, Any], ...]) -> Concept:
    keys = ("system", "code", "display")
    return _read_concept({"text": text, "coding": [dict(zip(keys, one, strict=True)) for one in coding]})


def _read_concept(value: Json) -> Concept:
    codes: list[tuple[str, str]] = []
    words: list[str] = []
    text = value.get("text")
    if text.__class__ is str and (text := _TAG.sub("", text).strip()).lower() not in NOT_KNOWN:
        words.append(text)
    for coding in objects(value["coding"]) if "coding" in value else (value,):
        get = coding.get
        code, display, system = get("code"), get("display"), get("system")
        if code.__class__ is str and (code := code.strip()).lower() not in NOT_KNOWN:
            codes.append((system if system.__class__ is str else "", code))
        shown = _TAG.sub("", display).strip() if display.__class__ is str else ""
        if shown.lower() not in NOT_KNOWN and shown not in words:
            words.append(shown)
    return Concept(tuple(codes), tuple(words))


def code_of(value: Any) -> str:
    """The one code of a concept or a plain code in lower case; empty where there is none."""
    if value.__class__ is str:
        return str(value).strip().lower()
    codes, words = concept(value)
    return (codes[0][1] if codes else words[0] if words else "").lower()


def reference(value: Any) -> str:
    """Where a Reference points: a relative or absolute address, or an identifier; empty where it says neither."""
    if value.__class__ is not dict:
        return ""
    address = known_text(value.get("reference"))
    if address:
        return address.strip().partition("/_history/")[0]
    identifier = value.get("identifier")
    named = known_text(identifier.get("value")) if identifier.__class__ is dict else None
    return f"identifier {named}" if named else ""


#: Extensions, each with the last part of its address; our own with all of it.
Extensions = list[tuple[str, Json]]


def extensions(body: Json) -> Extensions:
    """The extensions of an element."""
    return [
        (url if url.startswith(OWN) else url.rpartition("/")[2], one)
        for one in objects(body.get("extension"))
        if (url := one.get("url")).__class__ is str
    ]


def value_of(extension: Json) -> Any:
    """The value of an extension, of whatever type."""
    for key in extension:
        if key.startswith("value"):
            return extension[key]
    return None


_SEXES = {
    **dict.fromkeys(("female", "f", "248152002", "la3-6", "woman", "girl"), Sex.FEMALE),
    **dict.fromkeys(("male", "m", "248153007", "la2-8", "man", "boy"), Sex.MALE),
}


def sex_of(value: Any) -> Sex:
    """The sex that a code, display or text says."""
    if value.__class__ is str:
        return _SEXES.get(value.strip().lower(), Sex.UNKNOWN)
    return _sex_of(concept(value))


@lru_cache(maxsize=256)
def _sex_of(said_of: Concept) -> Sex:
    codes, words = said_of
    for said in (*(code for _, code in codes), *words):
        if (found := _SEXES.get(said.strip().lower())) is not None:
            return found
    return Sex.UNKNOWN


# Ages and dates

_YEAR = {"a", "y", "yr", "yrs", "year", "years", "y/o", "yo", "ann", "a_j", "a_g", "a_t", "yr(s)", "year(s)"}
_PARTS = {
    **dict.fromkeys(("mo", "mos", "month", "months", "mo_j", "mo_g", "mo_s"), 12),
    **dict.fromkeys(("wk", "w", "week", "weeks"), 52),
    **dict.fromkeys(("d", "day", "days"), 365),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 8766),
    **dict.fromkeys(("min", "minute", "minutes"), 525_960),
}


def years_of(quantity: Any) -> float | None:
    """The years of a Quantity of time; ``None`` where value or unit are not understood. No unit at all is years."""
    if quantity.__class__ is not dict:
        return None
    value = quantity.get("value")
    if value.__class__ is str and re.fullmatch(r"\d{1,3}(\.\d+)?", value.strip()):
        value = float(value)
    if value.__class__ not in (int, float) or not 0 <= value < 1_000_000:
        return None
    given = [str(quantity[key]).strip().lower() for key in ("code", "unit") if quantity.get(key)]
    if not given:
        return float(value)
    for unit in given[:1]:
        if unit in _YEAR:
            return float(value)
        if unit in _PARTS:
            return float(value) / _PARTS[unit]
    return None


_FINE_PRINT = {"comparator", "extension"}


def age_of_quantity(quantity: Any) -> Age | None:
    """The completed years of an Age; one with a comparator is a band."""
    if quantity.__class__ is dict and quantity.get("code") == "a" and _FINE_PRINT.isdisjoint(quantity):
        value = quantity.get("value")
        if value.__class__ is int and 0 <= value <= MAX_AGE:
            return _AGES[value]
    years = years_of(quantity)
    if years is None or years > MAX_AGE:
        return None
    whole = int(years)
    comparator = quantity.get("comparator")
    if comparator in (">", ">="):
        return Age(whole, None)
    if comparator in ("<", "<="):
        return Age(0, max(whole - (comparator == "<" and years == whole), 0))
    return _with_precision(_AGES[whole], quantity)


def _with_precision(age: Age, quantity: Json) -> Age:
    """The age as exact as an extension of Oracle Health says that it is."""
    for key, one in extensions(quantity):
        if key == "precision":
            said = " ".join(concept(value_of(one)).words).lower()
            codes = {code for _, code in concept(value_of(one)).codes}
            if "26175008" in codes or _ROUGHLY.search(said):
                return roughly(age)
            if re.search(r"\b(before|less|under)\b", said):
                return Age(0, age.high)
            if re.search(r"\b(after|greater|over)\b", said):
                return Age(age.low, None)
    return age


_AGES = tuple(Age(years, years) for years in range(MAX_AGE + 1))


def age_of_range(value: Any) -> Age | None:
    """The band of a Range; one without an upper end is open."""
    if value.__class__ is not dict:
        return None
    low, high = years_of(value.get("low")), years_of(value.get("high"))
    if (low is None and high is None) or (low or 0) > MAX_AGE:
        return None
    if high is None:
        return Age(int(low or 0), None)
    return Age(int(low or 0), int(high)) if (low or 0) <= high <= MAX_AGE else None


def age_at(birth: Date | None, moment: Any) -> Age | None:
    """The age at a date or a Period (from its start to its end), for somebody born then."""
    if birth is None:
        return None
    if moment.__class__ is str:
        return age_between(birth, date_of(moment))
    if moment.__class__ is not dict:
        return None
    first = age_between(birth, date_of(known_text(moment.get("start"))))
    last = age_between(birth, date_of(known_text(moment.get("end"))))
    if first is not None and last is not None:
        return Age(first.low, last.high) if first.low <= last.top else None
    if first is not None:
        return Age(first.low, None)
    return None if last is None else Age(0, last.high)


_NUMBER = re.compile(
    r"(?:age[d]?|at|was|died|c\.?|ca\.?|about|around|approx(?:imately)?\.?|~|\s)*(\d{1,3})(.*)", re.IGNORECASE
)
_BAND = re.compile(r"\D*?(\d{1,3})\s*(?:-|–|to|and)\s*(\d{1,3})\b(?!\s*(?:mo|day|week|wk))", re.IGNORECASE)
_DECADE = re.compile(r"\b(?:(early|mid|middle|late)[\s-]*)?(\d{1,2})0\s*'?s\b", re.IGNORECASE)
_UNITS = re.compile(r"^\s*(y|a\b|yo\b|\.|,|;|$|at\b|old|of\b|from\b)", re.IGNORECASE)
_SHORT = re.compile(r"^\s*(mo|wk|week|day|hour|d\b|m\b|w\b)", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:about|around|approx\w*|circa|ca)\b|\bc\.|~", re.IGNORECASE)
_WORDS = {"birth": (0, 0), "at birth": (0, 0), "congenital": (0, 0), "neonatal": (0, 0), "infancy": (0, 1)}


@lru_cache(maxsize=512)
def age_in_words(words: str) -> Age | None:
    """Read an age in words, others beside it; ``None`` where they say none.

    >>> str(age_in_words("about 45 years")), str(age_in_words("in her late 40s")), age_in_words("as a teacher")
    ('40-50', '46-49', None)
    """
    text = words.strip()
    with suppress(NoAgeError):
        return age_told(text)[0]
    if text.lower() in _WORDS:
        return Age(*_WORDS[text.lower()])
    if decade := _DECADE.search(text):
        first, last = THIRDS.get((decade[1] or "").lower(), (0, 9))
        tens = int(decade[2]) * 10
        return Age(tens + first, tens + last) if tens < MAX_AGE else None
    if band := _BAND.match(text):
        low, high = int(band[1]), int(band[2])
        return Age(low, high) if low <= high <= MAX_AGE else None
    number = _NUMBER.fullmatch(text)
    if number is None:
        return None
    years = int(number[1])
    if _SHORT.match(number[2]):
        return Age(years // 12, years // 12) if number[2].lstrip()[:1].lower() == "m" else Age(0, years // 52)
    if not _UNITS.match(number[2]) or years > MAX_AGE:
        return None
    return roughly(_AGES[years]) if _ROUGHLY.search(text) else _AGES[years]


def roughly(age: Age) -> Age:
    """An age that somebody estimated, as a band."""
    return Age(max(age.low - ROUGHLY, 0), None if age.high is None else min(age.high + ROUGHLY, MAX_AGE))

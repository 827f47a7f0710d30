"""Laws of documents: what is written comes back, and every spelling of "not known" gives one answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import attrs

from menscreen.formats.native_json import write as write_native
from menscreen.laws.breaking import Broken
from menscreen.laws.changing import as_recorded, in_one_order
from menscreen.pedigree.family import Pedigree

#: How people write that something is not known.
NOT_KNOWN: tuple[str | None, ...] = (None, "", "unknown", "?")
#: The keys whose absence means not known: of a person, of a finding, of a test.
OPEN_OF_PERSON = ("sex", "gender", "age", "mother", "father", "label", "birth_year")
OPEN_OF_FINDING = ("age", "multiple", "bilateral", "size_mm", "stage", "grade", "sstr", "note")
OPEN_OF_TEST = ("scope", "variant")

Document: TypeAlias = dict[str, Any]


def round_trip(
    write: Callable[[Pedigree], bytes],
    read: Callable[[bytes], Pedigree],
    family: Pedigree,
    *,
    ordered: bool = True,
) -> None:
    """What is written comes back: the same people, ties, findings and tests.

    Args:
        write: makes a document of a family.
        read: reads it.
        family: any family that the format can carry whole.
        ordered: people and records must also keep their order.

    Raises:
        AssertionError: something of somebody is lost, added or changed.

    >>> import menscreen
    >>> family = Pedigree((menscreen.Person("Ann"),), "Ann")
    >>> round_trip(lambda one: menscreen.convert(one, "menscreen").content, menscreen.read, family)
    """
    plain = as_recorded if ordered else in_one_order
    before, after = plain(family), plain(read(write(family)))
    if after == before:
        return
    for what in _lost(before, after):
        raise Broken(f"what was written comes back otherwise: {what}", family)


def _lost(before: Pedigree, after: Pedigree) -> Iterator[str]:
    for one, other in zip(before.people, after.people, strict=False):
        if one.id != other.id:
            yield f"{other.id} stands where {one.id} stood"
        for field in attrs.fields(type(one)):
            old, new = getattr(one, field.name), getattr(other, field.name)
            if old != new:
                yield f"{field.name} of {one.id} was {old!r} and is {new!r}"
    if len(before.people) != len(after.people):
        yield f"{len(before.people)} people are {len(after.people)}"
    for name in ("proband", "id", "twins", "family_history"):
        if getattr(before, name) != getattr(after, name):
            yield f"{name} was {getattr(before, name)!r} and is {getattr(after, name)!r}"


def spellings(screen_json: Callable[[bytes], bytes], family: Pedigree) -> None:
    """Every spelling of *not known* gives one answer, that of the absent key where a key may be absent.

    Each fact that is not recorded is spelled ``null``, ``""``, ``"unknown"`` and ``"?"``; and so are statuses,
    histories and lists of findings, where an absent key means something else.

    Args:
        screen_json: from a pedigree document to a result, such as `menscreen.screen_json`.
        family: any family.

    Raises:
        AssertionError: a spelling gives another answer.

    >>> import menscreen
    >>> spellings(menscreen.screen_json, Pedigree((menscreen.Person("Ann"),), "Ann"))
    """

    def screened(changed: Document) -> Document:
        result: Document = json.loads(screen_json(json.dumps(changed).encode()))
        result.pop("pedigree", None)
        return result

    def as_written() -> Document:
        document: Document = json.loads(write_native(family))
        return document

    absent = screened(as_written())
    missing = [place for place, key, record in _open(as_written()) if key not in record]
    for spelling in NOT_KNOWN:
        if screened(_spelled(as_written(), missing, spelling)) != absent:
            for place in missing:
                if screened(_spelled(as_written(), [place], spelling)) != absent:
                    raise Broken(f"{_words(spelling)} at {place} says something else than an absent key", family)
            raise Broken(f"{_words(spelling)} at several places says something else than absent keys", family)
    for key in ("status", "history", "findings"):
        places = [place for place, one, record in _meaning(as_written()) if one == key and record.get(key) != "absent"]
        answers = [screened(_spelled(as_written(), places, spelling)) for spelling in NOT_KNOWN] if places else []
        for spelling, answer in zip(NOT_KNOWN, answers, strict=False):
            if answer != answers[0]:
                raise Broken(f"{key} {_words(spelling)} says something else than {key} null", family)


def _open(document: Document) -> Iterator[tuple[str, str, Document]]:
    """The place and name of every key whose absence means not known, and the record in which it may stand."""
    for place, record, keys in _records(document):
        yield from ((f"{place}.{key}", key, record) for key in keys)


def _meaning(document: Document) -> Iterator[tuple[str, str, Document]]:
    """The same of the keys whose absence means something."""
    for place, record, keys in _records(document):
        own = ("status",) if keys is OPEN_OF_FINDING else ("history", "findings") if keys is OPEN_OF_PERSON else ()
        yield from ((f"{place}.{key}", key, record) for key in own)


def _records(document: Document) -> Iterator[tuple[str, Document, tuple[str, ...]]]:
    for number, person in enumerate(document["people"]):
        place = f"people[{number}]"
        yield place, person, OPEN_OF_PERSON
        for at, finding in enumerate(person.get("findings", ())):
            yield f"{place}.findings[{at}]", finding, OPEN_OF_FINDING
        for at, test in enumerate(person.get("tests", ())):
            yield f"{place}.tests[{at}]", test, OPEN_OF_TEST


def _spelled(document: Document, places: list[str], spelling: str | None) -> Document:
    wanted = set(places)
    for place, key, record in [*_open(document), *_meaning(document)]:
        if place in wanted:
            record[key] = spelling
    return document


def _words(spelling: str | None) -> str:
    return json.dumps(spelling)

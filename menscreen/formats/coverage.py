"""What a family can say, fact by fact: the words for it, and how the family looks without it.

A format lists the facts that it can carry (`menscreen.formats.table`). From the others follow the losses that are
announced before a family is written, and the family that comes back when it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import attrs

from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Finding, GeneticTest, History, Origin, Person, Result, Sex, Status


class Fact(NamedTuple):
    """A kind of fact.

    Attributes:
        of: what it is recorded of: a `Pedigree`, `Person`, `Finding` or `GeneticTest`.
        words: what a message calls it, in the plural.
        without: the value without it, ``None`` where the whole value goes.
    """

    of: type
    words: str
    without: Callable[[Any], Any]


def _plain(**values: Any) -> Callable[[Any], Any]:
    """Take the values that stand for nothing recorded."""
    return lambda one: attrs.evolve(one, **values)


def _exact(one: Any) -> Any:
    """Leave a band of ages away; one age stays."""
    return attrs.evolve(one, age=None) if one.age is not None and one.age.low != one.age.high else one


def _unless(gone: Callable[[Any], bool]) -> Callable[[Any], Any]:
    return lambda one: None if gone(one) else one


def _some_zygosity(family: Pedigree) -> Pedigree:
    return attrs.evolve(family, twins=tuple(Twins(twins.people, Zygosity.UNKNOWN) for twins in family.twins))


#: Every kind of fact; the order is that of messages.
FACTS: dict[str, Fact] = {
    "family id": Fact(Pedigree, "the id of the family", _plain(id=None)),
    "not asked": Fact(Pedigree, "that nobody asked about relatives", _plain(family_history=FamilyHistory.ASKED)),
    "twins": Fact(Pedigree, "twins", _plain(twins=())),
    "zygosity": Fact(Pedigree, "whether twins are identical", _some_zygosity),
    "label": Fact(Person, "labels", _plain(label=None)),
    "sex": Fact(Person, "sexes", _plain(sex=Sex.UNKNOWN)),
    "gender": Fact(Person, "genders", _plain(gender=None)),
    "parents": Fact(Person, "parents", _plain(mother=None, father=None)),
    "relation": Fact(Person, "relations in words", _plain(relation=None)),
    "adoption": Fact(Person, "adoptions", _plain(adopted=None, adoptive_parents=())),
    "age": Fact(Person, "ages", _plain(age=None)),
    "age band": Fact(Person, "ages known as a range", _exact),
    "deceased": Fact(Person, "deaths", _plain(deceased=False)),
    "birth year": Fact(Person, "years of birth", _plain(birth_year=None)),
    "history unknown": Fact(Person, "that a history is unknown", _plain(history=History.KNOWN)),
    "asked": Fact(Person, "which sites were asked about", _plain(asked=None)),
    "placeholder": Fact(Person, "that nothing is recorded of linking people", _plain(placeholder=False)),
    "findings": Fact(Finding, "findings", lambda _: None),
    "absent": Fact(Finding, "findings that were excluded", _unless(lambda one: one.status is Status.ABSENT)),
    "suspected": Fact(Finding, "suspected findings", _unless(lambda one: one.status is Status.SUSPECTED)),
    "text": Fact(
        Finding, "words beside a finding", lambda one: one if one.term is None else attrs.evolve(one, text=None)
    ),
    "unrecognized": Fact(Finding, "findings in words that are not recognized", _unless(lambda one: one.term is None)),
    "age at diagnosis": Fact(Finding, "ages at diagnosis", _plain(age=None)),
    "age band at diagnosis": Fact(Finding, "ages at diagnosis known as a range", _exact),
    "multiple": Fact(Finding, "whether there were several tumors", _plain(multiple=None)),
    "bilateral": Fact(Finding, "whether both sides were affected", _plain(bilateral=None)),
    "recurrent": Fact(Finding, "recurrences", _plain(recurrent=False)),
    "metastatic": Fact(Finding, "metastases", _plain(metastatic=False)),
    "confirmed": Fact(Finding, "whether a finding was confirmed", _plain(confirmed=None)),
    "declined": Fact(Finding, "what nobody could answer", _plain(declined=())),
    "size": Fact(Finding, "sizes", _plain(size_mm=None)),
    "stage": Fact(Finding, "stages", _plain(stage=None)),
    "grade": Fact(Finding, "grades", _plain(grade=None)),
    "sstr": Fact(Finding, "somatostatin receptor states", _plain(sstr=None)),
    "note": Fact(Finding, "notes", _plain(note=None)),
    "tests": Fact(GeneticTest, "genetic tests", lambda _: None),
    "negative test": Fact(GeneticTest, "negative genetic tests", _unless(lambda one: one.result is Result.NEGATIVE)),
    "somatic": Fact(GeneticTest, "tests of a tumor", _unless(lambda one: one.origin is Origin.SOMATIC)),
    "variant": Fact(GeneticTest, "variants", _plain(variant=None)),
    "scope": Fact(GeneticTest, "the scope of tests", _plain(scope=None)),
}


def losses_of(family: Pedigree, facts: Collection[str]) -> list[str]:
    """Name, with how often, what a format that carries these facts only leaves out of a family.

    >>> from menscreen import Age
    >>> family = Pedigree((Person("p1", label="Ann", age=Age(40, 49)),), "p1")
    >>> losses_of(family, {"age"})
    ['labels (1)', 'ages known as a range (1)']
    """
    named = []
    for name, fact in FACTS.items():
        if name not in facts:
            lost = sum(fact.without(one) != one for one in _all_of(family, fact.of))
            family = _without(family, fact)
            if lost:
                named.append(fact.words if fact.of is Pedigree else f"{fact.words} ({lost})")
    return named


def reduced(family: Pedigree, facts: Collection[str]) -> Pedigree:
    """Give the family as it is with these facts only."""
    for name, fact in FACTS.items():
        if name not in facts:
            family = _without(family, fact)
    return family


def _all_of(family: Pedigree, of: type) -> list[Any]:
    if of is Pedigree:
        return [family]
    if of is Person:
        return list(family.people)
    if of is Finding:
        return [finding for person in family.people for finding in person.findings]
    return [test for person in family.people for test in person.tests]


def _evolved(person: Person, changes: dict[str, Any]) -> Person:
    return attrs.evolve(person, **changes)


def _without(family: Pedigree, fact: Fact) -> Pedigree:
    if fact.of is Pedigree:
        changed: Pedigree = fact.without(family)
        return changed
    part = {Finding: "findings", GeneticTest: "tests"}.get(fact.of)
    if part is None:
        return attrs.evolve(family, people=tuple(fact.without(person) for person in family.people))
    people = []
    for person in family.people:
        kept = tuple(left for one in getattr(person, part) if (left := fact.without(one)) is not None)
        people.append(_evolved(person, {part: kept}))
    return attrs.evolve(family, people=tuple(people))

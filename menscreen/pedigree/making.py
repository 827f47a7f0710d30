"""Make people and findings in a third of the time that their constructors take.

The constructor of a frozen class sets each attribute through `object.__setattr__`; for a dozen people this was a third
of what reading a family costs. Here a plain object of the same slots is filled and then becomes the frozen one, which
Python allows for classes without a slot for weak references.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import attrs

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import (
    Adoption,
    Age,
    Finding,
    Gender,
    GeneticTest,
    History,
    Person,
    Sex,
    Status,
    UnplacedRelation,
)


class Draft:
    """A person who is still put together; a parent may be another draft, or an id."""

    __slots__ = Person.__slots__  # type: ignore[attr-defined]  # attrs makes it
    id: str
    label: str | None
    sex: Sex
    gender: Gender | None
    mother: Draft | str | None
    father: Draft | str | None
    adoptive_parents: tuple[str, ...]
    adopted: Adoption | None
    age: Age | None
    deceased: bool
    birth_year: int | None
    history: History
    asked: tuple[str, ...] | None
    findings: tuple[Finding, ...]
    tests: tuple[GeneticTest, ...]
    relation: UnplacedRelation | None
    placeholder: bool
    at: str


class _Finding:
    __slots__ = Finding.__slots__  # type: ignore[attr-defined]


def make_person(
    id: str,
    label: str | None,
    sex: Sex,
    gender: Gender | None,
    mother: str | None,
    father: str | None,
    adoptive_parents: tuple[str, ...],
    adopted: Adoption | None,
    age: Age | None,
    deceased: bool,
    birth_year: int | None,
    history: History,
    asked: tuple[str, ...] | None,
    findings: tuple[Finding, ...],
    tests: tuple[GeneticTest, ...],
    relation: UnplacedRelation | None,
    placeholder: bool,
    at: str,
) -> Person:
    """Make a `Person`."""
    made: Any = Draft()
    made.id = id
    made.label = label
    made.sex = sex
    made.gender = gender
    made.mother = mother
    made.father = father
    made.adoptive_parents = adoptive_parents
    made.adopted = adopted
    made.age = age
    made.deceased = deceased
    made.birth_year = birth_year
    made.history = history
    made.asked = asked
    made.findings = findings
    made.tests = tests
    made.relation = relation
    made.placeholder = placeholder
    made.at = at
    made.__class__ = Person
    return made  # type: ignore[no-any-return]


def opened(person: Person) -> Draft:
    """Make a draft of whom all is as it is of a person."""
    made = Draft()
    made.id = person.id
    made.label = person.label
    made.sex = person.sex
    made.gender = person.gender
    made.mother = person.mother
    made.father = person.father
    made.adoptive_parents = person.adoptive_parents
    made.adopted = person.adopted
    made.age = person.age
    made.deceased = person.deceased
    made.birth_year = person.birth_year
    made.history = person.history
    made.asked = person.asked
    made.findings = person.findings
    made.tests = person.tests
    made.relation = person.relation
    made.placeholder = person.placeholder
    made.at = person.at
    return made


def reopened(person: Person | Draft) -> Draft:
    """Make a person a draft again, in place: one that was just made, and whom nobody else has."""
    if person.__class__ is not Draft:
        object.__setattr__(person, "__class__", Draft)
    return person  # type: ignore[return-value]


def closed(draft: Draft) -> Person:
    """Make a draft the person, in place; who stands there as mother or father becomes an id."""
    parent = draft.mother
    if parent is not None and parent.__class__ is not str:
        draft.mother = parent.id  # type: ignore[union-attr]
    parent = draft.father
    if parent is not None and parent.__class__ is not str:
        draft.father = parent.id  # type: ignore[union-attr]
    draft.__class__ = Person  # type: ignore[assignment]
    return draft  # type: ignore[return-value]


def make_finding(
    term: str | None,
    age: Age | None,
    status: Status,
    multiple: bool | None,
    bilateral: bool | None,
    recurrent: bool,
    metastatic: bool,
    confirmed: bool | None,
    declined: tuple[str, ...],
    size_mm: float | None,
    stage: str | None,
    grade: str | None,
    sstr: str | None,
    text: str | None,
    note: str | None,
    at: str,
) -> Finding:
    """Make a `Finding`."""
    made: Any = _Finding()
    made.term = term
    made.age = age
    made.status = status
    made.multiple = multiple
    made.bilateral = bilateral
    made.recurrent = recurrent
    made.metastatic = metastatic
    made.confirmed = confirmed
    made.declined = declined
    made.size_mm = size_mm
    made.stage = stage
    made.grade = grade
    made.sstr = sstr
    made.text = text
    made.note = note
    made.at = at
    made.__class__ = Finding
    return made  # type: ignore[no-any-return]


def make_plain_finding(term: str | None, age: Age | None, status: Status, at: str, text: str | None = None) -> Finding:
    """Make a `Finding` of which nothing else is recorded."""
    made: Any = _Finding()
    made.term = term
    made.age = age
    made.status = status
    made.multiple = None
    made.bilateral = None
    made.recurrent = False
    made.metastatic = False
    made.confirmed = None
    made.declined = ()
    made.size_mm = None
    made.stage = None
    made.grade = None
    made.sstr = None
    made.text = text
    made.note = None
    made.at = at
    made.__class__ = Finding
    return made  # type: ignore[no-any-return]


def changed_person(person: Person, **changes: Any) -> Person:
    """Make the person with some attributes otherwise.

    >>> changed_person(Person("a", deceased=True), id="b").deceased
    True
    """
    return make_person(**(dict(zip(_OF_PERSON, _values_of_person(person), strict=True)) | changes))


def changed_finding(finding: Finding, **changes: Any) -> Finding:
    """Make the finding with some attributes otherwise.

    >>> changed_finding(Finding("insulinoma", multiple=True), term="gastrinoma").multiple
    True
    """
    return make_finding(**(dict(zip(_OF_FINDING, _values_of_finding(finding), strict=True)) | changes))


def with_person(family: Pedigree, position: int, person: Person) -> Pedigree:
    """Make the family with other records of one person, whose id and parents are the same as before.

    >>> with_person(Pedigree((Person("a"),), "a"), 0, Person("a", deceased=True)).people[0].deceased
    True
    """
    made, keep = object.__new__(Pedigree), object.__setattr__
    for name in _OF_FAMILY:
        keep(made, name, getattr(family, name))
    keep(made, "people", (*family.people[:position], person, *family.people[position + 1 :]))
    return made


def described(family: Pedigree, **facts: Any) -> Pedigree:
    """Make the family of the same people with other facts of the whole; who is whose parent is not found again.

    >>> described(Pedigree((Person("a"),), "a"), id="family-1").id
    'family-1'
    """
    made, keep = object.__new__(Pedigree), object.__setattr__
    for name in _OF_FAMILY[:-1]:
        keep(made, name, facts.get(name) if name in facts else getattr(family, name))
    return made


#: Who is whose parent need not be found again; who is the same twin last.
_OF_FAMILY = (*(field.name for field in attrs.fields(Pedigree)), "position", "descent", "identical")
_OF_PERSON, _OF_FINDING = Draft.__slots__, _Finding.__slots__
_values_of_person, _values_of_finding = attrgetter(*_OF_PERSON), attrgetter(*_OF_FINDING)

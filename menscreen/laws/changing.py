"""Changes of a family that may change nothing but names, places and the order of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from menscreen.laws.completing import with_places
from menscreen.pedigree.family import Pedigree, Twins
from menscreen.pedigree.person import Person, UnplacedRelation


def renamed(family: Pedigree, ids: Mapping[str, str]) -> Pedigree:
    """The family with other ids; places stay as they are."""

    def new(id: str | None) -> str | None:
        return None if id is None else ids.get(id, id)

    def known(id: str) -> str:
        return ids.get(id, id)

    def person(one: Person) -> Person:
        return attrs.evolve(
            one,
            id=known(one.id),
            mother=new(one.mother),
            father=new(one.father),
            adoptive_parents=tuple(map(known, one.adoptive_parents)),
            relation=None if one.relation is None else UnplacedRelation(known(one.relation.to), one.relation.as_),
        )

    return attrs.evolve(
        family,
        people=tuple(map(person, family.people)),
        proband=known(family.proband),
        twins=tuple(Twins(tuple(map(known, each.people)), each.zygosity) for each in family.twins),
    )


def reordered(family: Pedigree, order: Sequence[int] | None = None) -> Pedigree:
    """The family with its people in another order, by default the other way round, with places to match."""
    people = family.people[::-1] if order is None else tuple(family.people[at] for at in order)
    return with_places(attrs.evolve(family, people=people))


def records_reordered(family: Pedigree) -> Pedigree:
    """The family with everybody's findings and tests the other way round, with places to match."""
    people = tuple(attrs.evolve(one, findings=one.findings[::-1], tests=one.tests[::-1]) for one in family.people)
    return with_places(attrs.evolve(family, people=people))


def as_recorded(family: Pedigree) -> Pedigree:
    """The family without what only tells where it was read: places, digest, format, warnings."""
    people = tuple(
        attrs.evolve(
            person,
            at="",
            findings=tuple(attrs.evolve(one, at="") for one in person.findings),
            tests=tuple(attrs.evolve(one, at="") for one in person.tests),
        )
        for person in family.people
    )
    return attrs.evolve(family, people=people, format="", digest="", problems=())


def in_one_order(family: Pedigree) -> Pedigree:
    """The family as recorded, with everything in one order: some formats have an order of their own."""
    plain = as_recorded(family)
    people = tuple(
        attrs.evolve(
            one,
            adoptive_parents=tuple(sorted(one.adoptive_parents)),
            findings=tuple(sorted(one.findings, key=str)),
            tests=tuple(sorted(one.tests, key=str)),
        )
        for one in sorted(plain.people, key=lambda person: person.id)
    )
    twins = tuple(sorted((attrs.evolve(one, people=tuple(sorted(one.people))) for one in family.twins), key=str))
    return attrs.evolve(plain, people=people, twins=twins)

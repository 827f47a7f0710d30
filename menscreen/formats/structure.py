"""Ties as other programs write them: parents without a record of their own, twins by a mark, adopted children."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from menscreen.formats.gathering import Gathering
from menscreen.pedigree.family import Twins, Zygosity
from menscreen.pedigree.person import Person, Sex

#: What stands for a parent who is not recorded.
NO_PARENT = frozenset({None, "", "0", "-9", ".", "-", "NA", "N/A", "na", "unknown"})


def with_missing_parents(people: Sequence[Person], gathering: Gathering) -> list[Person]:
    """Add the parents whom others name and of whom there is no record, as placeholders.

    >>> gathering = Gathering("ped", strict=False)
    >>> [one.placeholder for one in with_missing_parents([Person("a", mother="b")], gathering)]
    [False, True]
    """
    known = {person.id for person in people}
    missing: dict[str, Person] = {}
    where = ""
    for person in people:
        for id, sex in ((person.mother, Sex.FEMALE), (person.father, Sex.MALE)):
            if id is not None and id not in known and id not in missing:
                missing[id] = Person(id, sex=sex, placeholder=True, at=person.at)
                where = where or person.at
    if missing:
        gathering.complain(
            "P002",
            where,
            f"{_people(len(missing))} named as parent, without a record",
            "a record of each parent",
            "add the parents, or leave them out; nothing is known of them",
            warning=True,
        )
    return [*people, *missing.values()]


def twins_by_mark(marks: Iterable[tuple[str, str]], zygosity: Zygosity) -> list[Twins]:
    """The sets of twins of pairs of mark and id; a mark that one person bears makes no twin.

    >>> twins_by_mark([("1", "a"), ("2", "b"), ("1", "c")], Zygosity.MONOZYGOTIC)[0].people
    ('a', 'c')
    """
    sets: dict[str, list[str]] = {}
    for mark, id in marks:
        sets.setdefault(mark, []).append(id)
    return [Twins(tuple(ids), zygosity) for ids in sets.values() if len(ids) > 1]


def as_adopted(person: Person) -> Person:
    """Somebody adopted in, of whom the file knows parents of one kind only: they are the adoptive ones."""
    adoptive = tuple(filter(None, (person.mother, person.father)))
    return attrs.evolve(person, mother=None, father=None, adoptive_parents=adoptive) if adoptive else person


def report_affected(count: int, at: str, gathering: Gathering) -> None:
    """Say that people are marked as affected, by what the file does not tell."""
    if count:
        gathering.complain(
            "P018",
            at,
            f"{_people(count)} marked as affected",
            "what they are affected by",
            "record the findings: the mark is of whatever the file was made for, and was not read",
            warning=True,
        )


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"

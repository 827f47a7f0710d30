"""Ties as other programs write them: parents without a record of their own, twins by a mark, adopted children."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count

import attrs

from menscreen.formats.gathering import Gathering
from menscreen.formats.values import known_text
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Adoption, Person, Sex

#: The id that is written for a family without one, where a format demands an id.
UNNAMED = "unnamed-family"
#: What stands for a parent who is not recorded.
NO_PARENT = frozenset({None, "", "0", "-9", ".", "-", "NA", "N/A", "na", "unknown"})


def named(id: str | None) -> str | None:
    """The id of a family; ``None`` for the one that a writer gives to a family without."""
    return None if id == UNNAMED else id


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


def shared_parents(
    siblings: Iterable[tuple[str, str]], known: Mapping[str, str], make: Callable[[str], str] | None
) -> dict[str, str]:
    """One parent, the mother or the father, of everybody in pairs of siblings, from the ones who are recorded.

    Who has none gets that of the nearest sibling; where none of them has one, `make` makes it for the first of them.

    >>> shared_parents([("a", "b"), ("c", "b"), ("d", "e")], {"c": "mum"}, lambda id: f"mother of {id}")
    {'c': 'mum', 'b': 'mum', 'a': 'mum', 'd': 'mother of d', 'e': 'mother of d'}
    """
    near: dict[str, list[str]] = {}
    for one, other in siblings:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    found = {id: known[id] for id in near if id in known}
    waiting = deque(found)
    for first in [None, *near]:
        if first is not None and first not in found and make is not None:
            found[first] = make(first)
            waiting.append(first)
        while waiting:
            id = waiting.popleft()
            for other in near[id]:
                if other not in found and other != found[id]:
                    found[other] = found[id]
                    waiting.append(other)
    return found


def is_known_id(id: str) -> bool:
    """Whether an id is one, and not a word for *not known*."""
    return known_text(id) is not None


def is_plain_id(id: str) -> bool:
    """Whether an id is also read as it is written where words stand for a parent who is not recorded, or no family.

    >>> is_plain_id("p1"), is_plain_id("0"), is_plain_id(" p1")
    (True, False, False)
    """
    return is_known_id(id) and id == id.strip() and id not in NO_PARENT and id != UNNAMED


def with_ids(
    family: Pedigree, is_allowed: Callable[[str], bool], is_allowed_of_family: Callable[[str], bool]
) -> Pedigree:
    """The people with other ids where these are not allowed, and the family without its own if that is not.

    >>> [one.id for one in with_ids(Pedigree((Person("a b"), Person("c")), "c"), str.isalnum, str.isalnum).people]
    ['P1', 'c']
    """
    if family.id is not None and not is_allowed_of_family(family.id):
        family = attrs.evolve(family, id=None)
    fine = {one.id for one in family.people if is_allowed(one.id)}
    numbers = count(1)
    new: dict[str, str] = {}
    for person in family.people:
        if person.id in fine:
            new[person.id] = person.id
        else:
            new[person.id] = next(id for number in numbers if (id := f"P{number}") not in fine)
    if len(fine) == len(family.people):
        return family
    people = tuple(
        attrs.evolve(
            one,
            id=new[one.id],
            mother=None if one.mother is None else new.get(one.mother),
            father=None if one.father is None else new.get(one.father),
            adoptive_parents=tuple(new[id] for id in one.adoptive_parents),
            relation=one.relation and one.relation._replace(to=new[one.relation.to]),
        )
        for one in family.people
    )
    twins = tuple(Twins(tuple(new[id] for id in one.people), one.zygosity) for one in family.twins)
    return attrs.evolve(family, people=people, proband=new[family.proband], twins=twins)


def replaced_ids(before: Pedigree, after: Pedigree) -> list[str]:
    """Name how many ids `with_ids` replaced, and whether it left out that of the family."""
    changed = sum(one.id != other.id for one, other in zip(before.people, after.people, strict=True))
    named = [f"ids that the format does not allow, which are replaced ({changed})"] if changed else []
    return ["the id of the family, which the format does not allow", *named] if before.id != after.id else named


def adopted_child(person: Person) -> Person:
    """Read the parents of somebody adopted in, of whom no adoptive parents are recorded, as adoptive."""
    parents = tuple(filter(None, (person.mother, person.father)))
    if person.adopted is not Adoption.IN or person.adoptive_parents or not parents:
        return person
    return attrs.evolve(person, mother=None, father=None, adoptive_parents=parents)


def report_affected(number: int, at: str, gathering: Gathering) -> None:
    """Say that people are marked as affected, by what the file does not tell."""
    if number:
        gathering.complain(
            "P018",
            at,
            f"{_people(number)} marked as affected",
            "what they are affected by",
            "record the findings: the mark is of whatever the file was made for, and was not read",
            warning=True,
        )


def _people(number: int) -> str:
    return "one person" if number == 1 else f"{number} people"

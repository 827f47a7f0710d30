"""Families of which the source gives relations in words, ids of parents, or both: each person is placed once.

Ids of parents that lead to the proband count before words; words place the others, and what the two say is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
from msgspec.structs import replace

from menscreen.formats.structure import adopted_child
from menscreen.pedigree.blood import Kin, Side
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import changed_person, closed, reopened
from menscreen.pedigree.person import Adoption, Person, Sex
from menscreen.pedigree.relations import Relation, Tie, parse, plain_words
from menscreen.pedigree.relatives import kin
from menscreen.problems import Problem, Severity, within

_ANCESTORS = {"mother", "father"}
_SIBLINGS = {("brother",), ("sister",), ("sibling",)}
_HALF_SIBLINGS = {("half-brother",), ("half-sister",), ("half-sibling",)}
_OF_PLACED = (Tie.BLOOD, Tie.ADOPTIVE)


def place(proband: Person, relatives: Sequence[Relative], *, taking: bool = False) -> tuple[Pedigree, list[Problem]]:
    """Place relatives around the proband by the parents in `Person.mother` and `father`, and by words of relation.

    A relative without words stays as recorded. Ids may be missing (`build` gives them), but none may stand twice.
    The problems are those of the relations; those of the tree are found by `problems_of`. With `taking`, the people
    given, who were made for this call alone, become those of the family.

    >>> aunt = Relative("maternal aunt", Person("aunt"))
    >>> family, problems = place(Person("me"), [aunt, Relative("cousin", Person("cousin", mother="aunt"))])
    >>> family.person("cousin").mother, family.person("cousin").relation, problems
    ('aunt', None, [])
    """
    entries = [_without_adoptive_blood(one) if one.person.adopted else one for one in relatives]
    relations = [parse(one.relation) if one.relation else None for one in entries]
    parents = {role: _parent_of(proband, role, entries, relations) for role in _ROLES}
    for number, relation in enumerate(relations):
        if relation is not None and relation.steps in _HALF_SIBLINGS:
            entries[number] = _with_shared_parent(entries[number], relation, parents)
            relations[number] = parse(entries[number].relation)
    by_ids = _placed_by_ids(proband, parents, entries, relations)
    told = [
        (one.at, one.id, one.mother, one.father)
        for one in (proband, *[entry.person for entry in entries])
        if one.mother is not None or one.father is not None
    ]
    spoken = [
        Relative(None, _sexed(one.person, relations[number]), one.count, one.at) if number in by_ids else one
        for number, one in enumerate(entries)
    ]
    family, problems = build(proband, spoken, taking=taking)
    for number in sorted(by_ids):
        problems += _contradicted(entries[number].person, relations[number], entries[number].at)
    family, conflicts = _joined(family, told)
    problems += conflicts
    is_tree = len(family.position) == len(family.people) and family.descent.is_sound
    if is_tree and not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _compared(family, entries, relations)
    # Behind the proband the people stand in the order of the entries.
    owners = [entry for entry in entries for _ in range(entry.count)]
    if any(person.adopted for person in family.people[1:]):
        people = list(family.people)
        for at, entry in enumerate(owners, start=1):
            if entry.relation:
                people[at] = adopted_child(people[at])
        family = attrs.evolve(family, people=tuple(people))
    return family, problems


def _change(person: Person, **facts: Any) -> None:
    """Change one of the people who were just made, whom nobody else has."""
    draft = reopened(person)
    for name, value in facts.items():
        setattr(draft, name, value)
    closed(draft)


def _sexed(person: Person, told: Relation | None) -> Person:
    """The person whom the ids place, with the sex that the words tell where none is recorded."""
    if told is None or person.sex is not Sex.UNKNOWN or told.sex is Sex.UNKNOWN:
        return person
    return changed_person(person, sex=told.sex)


def _contradicted(person: Person, told: Relation | None, at: str) -> Iterator[Problem]:
    """Report that the recorded sex of somebody whom the ids place is not that of the words."""
    if told is None or Sex.UNKNOWN in (told.sex, person.sex) or told.sex is person.sex or person.gender is not None:
        return
    found, needed = f"a {told.sex} relative, recorded as {person.sex}", "the sex assigned at birth"
    fix = "correct the sex or the relation, or record the gender"
    yield Problem("P016", Severity.WARNING, within(at, "relation") if at else "", found, needed, fix)


_ROLES = ("mother", "father")


#: The place and id of somebody, and the ids of mother and father that the source gives.
_Told = tuple[str, str, str | None, str | None]


def _without_adoptive_blood(entry: Relative) -> Relative:
    """Somebody adopted into the family is tied to the recorded parents by adoption, and so are the words."""
    person, said = entry.person, entry.relation or ""
    relation = parse(said)
    if (
        person.adopted is not Adoption.IN
        or relation is None
        or relation.tie is not Tie.BLOOD
        or person.adoptive_parents
    ):
        return entry
    if _is_ancestor(relation):
        return entry
    words = plain_words(said).removeprefix("natural ")
    return replace(entry, relation=f"adopted {words}", person=adopted_child(person))


def _is_ancestor(relation: Relation) -> bool:
    return bool(relation.steps) and _ANCESTORS.issuperset(relation.steps)


_Parents = Mapping[str, str | None]


def _with_shared_parent(entry: Relative, relation: Relation, parents: _Parents) -> Relative:
    """Let the ids say through which parent somebody is a half sibling."""
    person = entry.person
    shared = {
        "maternal": person.mother is not None and person.mother == parents["mother"],
        "paternal": person.father is not None and person.father == parents["father"],
    }
    sides = [side for side, is_shared in shared.items() if is_shared]
    return replace(entry, relation=f"{sides[0]} {relation.steps[0]}") if len(sides) == 1 else entry


_Relations = Sequence[Relation | None]


def _parent_of(proband: Person, role: str, entries: Sequence[Relative], relations: _Relations) -> str | None:
    given: str | None = getattr(proband, role)
    told = zip(entries, relations, strict=True)
    return given or next((one.person.id for one, said in told if said is not None and said.steps == (role,)), None)


def _placed_by_ids(proband: Person, parents: _Parents, entries: Sequence[Relative], relations: _Relations) -> set[int]:
    """The entries whose words are not needed: they have none, or their parents lead to somebody who is placed."""
    waiting = {
        number: (person.mother, person.father)
        for number, (relation, entry) in enumerate(zip(relations, entries, strict=True))
        if relation is not None
        for person in (entry.person,)
        if (person.mother is not None or person.father is not None)
        if relation.tie is Tie.BLOOD and not _is_ancestor(relation)
        if not (len(relation.steps) == 1 and relation.steps[0].startswith(("maternal", "paternal")))
        if not (relation.steps in _SIBLINGS and _are_shared(person, parents))
    }
    found = {number for number, one in enumerate(entries) if not one.relation}
    if not waiting:
        return found
    placed: set[str | None] = {proband.id}
    placed |= {
        entries[number].person.id
        for number, relation in enumerate(relations)
        if relation is not None and number not in waiting and relation.tie in _OF_PLACED
    }
    below: dict[str | None, list[int]] = {}
    for number, above in waiting.items():
        for id in set(above) - {None}:
            below.setdefault(id, []).append(number)
    ready = list(placed)
    for id in ready:
        for number in below.get(id, ()):
            if number not in found:
                found.add(number)
                ready.append(entries[number].person.id)
    return found


def _are_shared(person: Person, parents: _Parents) -> bool:
    """Whether no recorded parent is somebody else than the parent of the proband."""
    return person.mother in (None, parents["mother"]) and person.father in (None, parents["father"])


def _joined(family: Pedigree, told: Sequence[_Told]) -> tuple[Pedigree, list[Problem]]:
    """Give everybody the parents of the source, who take the place of placeholders; against others the words count."""
    people = {person.id: person for person in family.people}
    instead: dict[str | None, str] = {}
    problems: list[Problem] = []
    for at, id, mother, father in told:
        child = people.get(id)
        for role, given in zip(_ROLES, (mother, father), strict=True):
            placed = getattr(child, role, None)
            if given is None or placed is None or given == placed:
                continue
            if placed in people and people[placed].placeholder and instead.get(placed, given) == given:
                instead[placed] = given
            else:
                problems.append(_contradiction(within(at, role), f"a {role} other than the relation says"))
    if not instead:
        return family, problems
    kept = tuple([person for person in family.people if person.id not in instead])
    for person in kept:
        mother, father = person.mother, person.father
        if mother in instead or father in instead:
            _change(person, mother=instead.get(mother, mother), father=instead.get(father, father))
    return attrs.evolve(family, people=kept), problems


def _compared(family: Pedigree, entries: Sequence[Relative], relations: _Relations) -> list[Problem]:
    """Forget words of relation where parents place a person, and report where the two do not agree."""
    problems: list[Problem] = []
    related = kin(family, family.position[family.proband])
    people, position = family.people, family.position
    for entry, told in zip(entries, relations, strict=True):
        if told is None or told.tie is not Tie.BLOOD:
            continue
        at = position.get(entry.person.id, -1)
        tie = related.get(at)
        if tie is None:
            continue
        if people[at].relation is not None:
            _change(people[at], relation=None)
        if told.kin is not None and not _agree(told.kin, tie):
            problems.append(
                _contradiction(within(entry.at, "relation"), "a relation that is not the one of the parents")
            )
    return problems


_OPEN_SIDES = (Side.UNKNOWN, Side.OWN, Side.BOTH)


def _agree(told: Kin, placed: Kin) -> bool:
    """Whether words go with a place in the tree; few words say that somebody is half a nephew."""
    if told.up < 0:
        return told.degree == placed.degree
    if told.up != placed.up or told.down != placed.down:
        return False
    if told.side is not placed.side and told.side not in _OPEN_SIDES and placed.side not in _OPEN_SIDES:
        return False
    is_sibling = told.up == told.down == 1
    return placed.is_half == told.is_half if is_sibling else placed.is_half or not told.is_half


def _contradiction(where: str, found: str) -> Problem:
    return Problem(
        "P012",
        Severity.WARNING,
        where,
        found,
        "a relation and parents that go together",
        "correct one of the two",
    )

"""Families of which the source gives relations in words, ids of parents, or both: each person is placed once.

Ids of parents that lead to the proband count before words; words place the others, and what the two say is compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import attrs
from msgspec.structs import replace

from menscreen.formats.structure import adopted_child
from menscreen.pedigree.blood import Kin, Side
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import Draft, closed, reopened
from menscreen.pedigree.person import Adoption, Person
from menscreen.pedigree.relations import Relation, Tie, parse, plain_words
from menscreen.pedigree.relatives import kin
from menscreen.problems import Problem, Severity, within

_ANCESTORS = {"mother", "father"}
_SIBLINGS = {("brother",), ("sister",), ("sibling",)}
#: Stands for the words of somebody whom the ids place, or who has none.
_NO_WORDS = "relative"


def place(proband: Person, relatives: Sequence[Relative], *, taking: bool = False) -> tuple[Pedigree, list[Problem]]:
    """Place relatives around the proband by the parents in `Person.mother` and `father`, and by words of relation.

    A relative with empty words stays as recorded. Ids may be missing (`build` gives them), but none may stand twice.
    The problems are those of the relations; those of the tree are found by `problems_of`. With `taking`, the people
    given, who were made for this call alone, become those of the family.

    >>> aunt = Relative("maternal aunt", Person("aunt"))
    >>> family, problems = place(Person("me"), [aunt, Relative("cousin", Person("cousin", mother="aunt"))])
    >>> family.person("cousin").mother, family.person("cousin").relation, problems
    ('aunt', None, [])
    """
    entries = [_without_adoptive_blood(one) for one in relatives]
    parents = {role: _parent_of(proband, role, entries) for role in _ROLES}
    entries = [_with_shared_parent(one, parents) for one in entries]
    by_ids = _placed_by_ids(proband, parents, entries)
    ties = [
        _Tie(one.at, one.id, role, parent)
        for one in (proband, *[entry.person for entry in entries])
        for role in _ROLES
        if (parent := getattr(one, role)) is not None
    ]
    unplaced = {number: entries[number].person.relation for number in by_ids}
    spoken = [replace(one, relation=_NO_WORDS) if number in by_ids else one for number, one in enumerate(entries)]
    family, problems = build(proband, spoken, taking=taking)
    drafts = list(map(reopened, family.people))
    # Behind the proband the people stand in the order of the entries.
    owners = [number for number, entry in enumerate(entries) for _ in range(entry.count)]
    for draft, number in zip(drafts[1:], owners, strict=False):
        if number in by_ids:
            draft.relation = unplaced[number]
    people, conflicts = _joined(drafts, ties)
    problems += conflicts
    family = attrs.evolve(family, people=tuple(map(closed, people)))
    is_tree = len(family.position) == len(family.people) and family.descent.is_sound
    if is_tree and not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _compared(family, entries)
    adopted = [at for at, number in enumerate(owners, start=1) if entries[number].relation and people[at].adopted]
    if adopted:
        grown = list(family.people)
        for at in adopted:
            grown[at] = adopted_child(grown[at])
        family = attrs.evolve(family, people=tuple(grown))
    return family, problems


_ROLES = ("mother", "father")


class _Tie(NamedTuple):
    """A parent of whom the source gives the id."""

    at: str
    child: str
    role: str
    parent: str


def _without_adoptive_blood(entry: Relative) -> Relative:
    """Somebody adopted into the family is tied to the recorded parents by adoption, and so are the words."""
    person, relation = entry.person, parse(entry.relation)
    if (
        person.adopted is not Adoption.IN
        or relation is None
        or relation.tie is not Tie.BLOOD
        or person.adoptive_parents
    ):
        return entry
    if _is_ancestor(relation):
        return entry
    words = plain_words(entry.relation).removeprefix("natural ")
    return replace(entry, relation=f"adopted {words}", person=adopted_child(person))


def _is_ancestor(relation: Relation) -> bool:
    return bool(relation.steps) and _ANCESTORS.issuperset(relation.steps)


_Parents = Mapping[str, str | None]


def _with_shared_parent(entry: Relative, parents: _Parents) -> Relative:
    """Let the ids say through which parent somebody is a half sibling."""
    relation, person = parse(entry.relation), entry.person
    if relation is None or relation.steps not in (("half-brother",), ("half-sister",), ("half-sibling",)):
        return entry
    shared = {
        "maternal": person.mother is not None and person.mother == parents["mother"],
        "paternal": person.father is not None and person.father == parents["father"],
    }
    sides = [side for side, is_shared in shared.items() if is_shared]
    return replace(entry, relation=f"{sides[0]} {relation.steps[0]}") if len(sides) == 1 else entry


def _parent_of(proband: Person, role: str, entries: Sequence[Relative]) -> str | None:
    given: str | None = getattr(proband, role)
    named = (one.person.id for one in entries if (told := parse(one.relation)) is not None and told.steps == (role,))
    return given or next(named, None)


def _placed_by_ids(proband: Person, parents: _Parents, entries: Sequence[Relative]) -> set[int]:
    """The entries whose words are not needed: they have none, or their parents lead to somebody who is placed."""
    relations = [parse(one.relation) if one.relation else None for one in entries]
    waiting = {
        number: {entries[number].person.mother, entries[number].person.father} - {None}
        for number, relation in enumerate(relations)
        if relation is not None and relation.tie is Tie.BLOOD and not _is_ancestor(relation)
        if not (len(relation.steps) == 1 and relation.steps[0].startswith(("maternal", "paternal")))
        if not (relation.steps in _SIBLINGS and _are_shared(entries[number].person, parents))
    }
    placed: set[str | None] = {proband.id}
    placed |= {
        entries[number].person.id
        for number, relation in enumerate(relations)
        if relation is not None and not waiting.get(number) and relation.tie in (Tie.BLOOD, Tie.ADOPTIVE)
    }
    found = {number for number, one in enumerate(entries) if not one.relation}
    below: dict[str | None, list[int]] = {}
    for number, above in waiting.items():
        for id in above:
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


def _joined(drafts: list[Draft], ties: Sequence[_Tie]) -> tuple[list[Draft], list[Problem]]:
    """Give everybody the parents of the source, who take the place of placeholders; against others the words count."""
    people = {draft.id: draft for draft in drafts}
    instead: dict[str, str] = {}
    problems: list[Problem] = []
    for at, child, role, told in ties:
        placed = getattr(people.get(child), role, None)
        if placed is None or told == placed:
            continue
        if placed in people and people[placed].placeholder and instead.get(placed, told) == told:
            instead[placed] = told
        else:
            problems.append(_contradiction(within(at, role), f"a {role} other than the relation says"))
    if not instead:
        return drafts, problems
    get: Any = instead.get
    kept = [draft for draft in drafts if draft.id not in instead]
    for draft in kept:
        draft.mother, draft.father = get(draft.mother, draft.mother), get(draft.father, draft.father)
    return kept, problems


def _compared(family: Pedigree, entries: Sequence[Relative]) -> list[Problem]:
    """Forget words of relation where parents place a person, and report where the two do not agree.

    The people are those just made; nothing that the family has worked out of them rests on words.
    """
    problems: list[Problem] = []
    related = kin(family, family.position[family.proband])
    people, position = family.people, family.position
    for entry in entries:
        told, at = parse(entry.relation) if entry.relation else None, position.get(entry.person.id, -1)
        tie = related.get(at)
        if told is None or tie is None or told.tie is not Tie.BLOOD:
            continue
        if people[at].relation is not None:
            draft = reopened(people[at])
            draft.relation = None
            closed(draft)
        if told.kin is not None and not _agree(told.kin, tie):
            problems.append(
                _contradiction(within(entry.at, "relation"), "a relation that is not the one of the parents")
            )
    return problems


def _agree(told: Kin, placed: Kin) -> bool:
    """Whether words go with a place in the tree; few words say that somebody is half a nephew."""
    if told.up < 0:
        return told.degree == placed.degree
    open_sides = {Side.UNKNOWN, Side.OWN, Side.BOTH}
    same_side = told.side is placed.side or told.side in open_sides or placed.side in open_sides
    is_sibling = (told.up, told.down) == (1, 1)
    same_sibship = placed.is_half == told.is_half if is_sibling else placed.is_half or not told.is_half
    return (told.up, told.down) == (placed.up, placed.down) and same_side and same_sibship


def _contradiction(where: str, found: str) -> Problem:
    return Problem(
        "P012",
        Severity.WARNING,
        where,
        found,
        "a relation and parents that go together",
        "correct one of the two",
    )

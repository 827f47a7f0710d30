"""Add one person at a time to a family, by words of relation."""

from __future__ import annotations

from typing import Any

import attrs

from menscreen.pedigree.blood import Kin, Side
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Person, Sex, UnplacedRelation
from menscreen.pedigree.relations import Relation, Tie, fold, parse
from menscreen.pedigree.relatives import kin

_ANCESTORS = {"mother": Sex.FEMALE, "father": Sex.MALE}


def resembling(family: Pedigree, words: str, anchor: int | None = None) -> tuple[int, ...]:
    """Find the people whom words of relation may mean, placeholders apart unless the words name an ancestor.

    >>> from menscreen.pedigree.builder import Relative, build
    >>> family, _ = build(Person("a"), [Relative("sister", Person("b")), Relative("maternal aunt", Person("c"))])
    >>> [family.people[at].id for at in resembling(family, "my sister")]
    ['b']
    """
    start = family.position[family.proband] if anchor is None else anchor
    relation = parse(words)
    if relation is None or relation.tie is not Tie.BLOOD:
        return ()
    if is_ancestor(relation):
        return _ancestor(family, start, relation.steps)
    related = kin(family, start)
    found = []
    for at, person in enumerate(family.people):
        if person.placeholder:
            continue
        if person.relation is not None and at not in related:
            is_meant = person.relation.to == family.people[start].id and fold(person.relation.as_) == fold(words)
        else:
            tie = related.get(at)
            is_meant = tie is not None and relation.kin is not None and _agree(relation.kin, tie)
        if is_meant and (relation.sex is person.sex or Sex.UNKNOWN in (relation.sex, person.sex)):
            found.append(at)
    return tuple(found)


def _ancestor(family: Pedigree, start: int, steps: tuple[str, ...]) -> tuple[int, ...]:
    here = start
    for step in steps:
        here = family.parents[here][step == "father"]
        if here < 0:
            return ()
    return (here,)


def _agree(told: Kin, placed: Kin) -> bool:
    if (told.up, told.down) != (placed.up, placed.down) or told.is_half != placed.is_half:
        return False
    open_sides = {Side.UNKNOWN, Side.OWN, Side.BOTH}
    return told.side is placed.side or told.side in open_sides or placed.side in open_sides


def is_ancestor(relation: Relation) -> bool:
    """Tell whether words name one ancestor, of whom there is only one."""
    return relation.is_placed and _ANCESTORS.keys() >= set(relation.steps)


def added(family: Pedigree, words: str, anchor: int | None = None) -> tuple[Pedigree, int]:
    """Add a relative of the proband, or of the person at `anchor`, and give back the position of the new person.

    An ancestor who is there already, or stands there as a placeholder, is that person. Who cannot be placed without
    guessing keeps the words.

    >>> family, aunt = added(Pedigree((Person("a"),), "a"), "mother's sister")
    >>> [(person.id, person.mother) for person in family.people if not person.placeholder]
    [('a', 'a-mother'), ('r1', 'a-mother-mother')]

    Raises:
        ValueError: the words are not understood, or speak of nobody related by blood.
    """
    relation = parse(words)
    if relation is None or relation.tie is not Tie.BLOOD:
        raise ValueError("words of relation by blood are needed")
    start = family.position[family.proband] if anchor is None else anchor
    if is_ancestor(relation):
        tree = _Growing(family)
        at = start
        for step in relation.steps:
            at = tree.parent(at, step)
        tree.people[at] = attrs.evolve(tree.people[at], placeholder=False)
        return tree.family(), at
    person = Person(_fresh(family), sex=relation.sex)
    together = attrs.evolve(family, people=(*family.people, person))
    return placed(together, len(family.people), words, start), len(family.people)


def placed(family: Pedigree, position: int, words: str, anchor: int | None = None) -> Pedigree:
    """Give somebody in the family the place that words say; words that leave it open are kept as they are.

    Who is an ancestor takes the place of a placeholder. Where somebody recorded has that place nothing changes.
    """
    start = family.position[family.proband] if anchor is None else anchor
    relation = parse(words)
    person = family.people[position]
    if relation is None or not relation.is_placed or relation.kin is None:
        spoken = UnplacedRelation(family.people[start].id, words)
        return _with(family, position, attrs.evolve(person, relation=spoken))
    tree = _Growing(family)
    tree.people[position] = attrs.evolve(person, relation=None)
    here = start
    for index, step in enumerate(relation.steps[:-1]):
        here = tree.parent(here, step) if step in _ANCESTORS else tree.link(here, relation.steps[: index + 1], start)
    if relation.steps[-1] not in _ANCESTORS:
        tree.attach(here, relation.steps[-1], position)
    elif not tree.make_parent(here, relation.steps[-1], position):
        return family
    if relation.twin is not None:
        tree.bear_together(tree.people[here].id, person.id, relation.twin)
    return tree.family()


def _with(family: Pedigree, position: int, person: Person) -> Pedigree:
    return attrs.evolve(family, people=(*family.people[:position], person, *family.people[position + 1 :]))


def _fresh(family: Pedigree) -> str:
    number = 1
    while f"r{number}" in family.position:
        number += 1
    return f"r{number}"


class _Growing:
    """A family while somebody is being placed in it."""

    def __init__(self, family: Pedigree) -> None:
        self._before = family
        self.people = list(family.people)
        self.twins = family.twins
        self._at = dict(family.position)
        self._needless: set[str] = set()

    def family(self) -> Pedigree:
        people = tuple(person for person in self.people if person.id not in self._needless)
        return attrs.evolve(self._before, people=people, twins=self.twins)

    def _placeholder(self, id: str, sex: Sex) -> int:
        while id in self._at:
            id += "_"
        self._at[id] = len(self.people)
        self.people.append(Person(id, sex=sex, placeholder=True))
        return self._at[id]

    def parent(self, child: int, role: str) -> int:
        """The recorded mother or father, else a placeholder."""
        known: str | None = getattr(self.people[child], role)
        if known is not None and known in self._at:
            return self._at[known]
        parent = self._placeholder(f"{self.people[child].id}-{role}", _ANCESTORS[role])
        self._set(child, role, parent)
        return parent

    def _set(self, child: int, role: str, parent: int) -> None:
        tie: dict[str, Any] = {role: self.people[parent].id}
        self.people[child] = attrs.evolve(self.people[child], **tie)

    def make_parent(self, child: int, role: str, position: int) -> bool:
        """Make somebody the mother or father of a child, in the place of a placeholder; whether that can be."""
        person = self.people[position]
        sex = _ANCESTORS[role]
        known: str | None = getattr(self.people[child], role)
        stand_in = self.people[self._at[known]] if known in self._at else None
        is_free = stand_in is None or stand_in.placeholder
        if person.sex not in (sex, Sex.UNKNOWN) or not is_free or any(known in twins.people for twins in self.twins):
            return False
        self.people[position] = attrs.evolve(person, sex=sex)
        if stand_in is None:
            self._set(child, role, position)
            return True
        self._needless.add(stand_in.id)
        self.people[position] = attrs.evolve(
            self.people[position], mother=person.mother or stand_in.mother, father=person.father or stand_in.father
        )
        for at, one in enumerate(self.people):
            if stand_in.id in (one.mother, one.father):
                self._set(at, role, position)
        return True

    def link(self, here: int, steps: tuple[str, ...], start: int) -> int:
        """The sibling or child through whom a relative descends: the one recorded, if there is exactly one."""
        words = "'s ".join(steps)
        known = resembling(self.family(), words, start) if steps[-1] not in ("sibling", "child") else ()
        if len(known) == 1:
            return known[0]
        sex = {"sister": Sex.FEMALE, "daughter": Sex.FEMALE, "brother": Sex.MALE, "son": Sex.MALE}
        between = self._placeholder(
            f"{self.people[here].id}-{steps[-1].replace(' ', '-')}",
            sex.get(steps[-1].rpartition("-")[2], Sex.UNKNOWN),
        )
        self.attach(here, steps[-1], between)
        return between

    def attach(self, here: int, step: str, position: int) -> None:
        """Make somebody the sibling, half sibling or child of another that the step says."""
        kind = step.rpartition("-")[2]
        if kind in ("son", "daughter", "child"):
            self._set(position, "father" if self.people[here].sex is Sex.MALE else "mother", here)
            return
        mother, father = self.parent(here, "mother"), self.parent(here, "father")
        self._set(position, "mother", self.parent(position, "mother") if step.startswith("paternal half") else mother)
        self._set(position, "father", self.parent(position, "father") if step.startswith("maternal half") else father)

    def bear_together(self, one: str, other: str, zygosity: Zygosity) -> None:
        """Make two people twins, or a third one of a set; identical twins are a set of their own."""
        for number, twins in enumerate(self.twins):
            is_same_kind = (twins.zygosity is Zygosity.MONOZYGOTIC) == (zygosity is Zygosity.MONOZYGOTIC)
            if one in twins.people and is_same_kind:
                joined = zygosity if twins.zygosity is zygosity else Zygosity.UNKNOWN
                larger = Twins((*twins.people, other), joined)
                self.twins = (*self.twins[:number], larger, *self.twins[number + 1 :])
                return
        self.twins += (Twins((one, other), zygosity),)

"""Strategies for whole families. A family grows from one person: each step ties one more to somebody who is there."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import NamedTuple

import attrs
from hypothesis import strategies as st

from menscreen.laws.completing import with_places
from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Adoption, Person, Sex, UnplacedRelation
from menscreen.strategies.arguments import check_strategies, check_switches, sizes
from menscreen.strategies.records import people as people_of_any_kind

#: Words for relatives that cannot be placed without guessing, with the sex that they tell.
WORDS = {"aunt": Sex.FEMALE, "half-brother": Sex.MALE, "second cousin": Sex.UNKNOWN, "relative": Sex.UNKNOWN}


class Tie(IntEnum):
    """How somebody new is tied to those who are there; one that is not possible becomes the tie before it."""

    CHILD = 0
    PARENT = 1
    STRANGER = 2
    TWIN = 3
    ADOPTED = 4
    WORDS = 5


class Step(NamedTuple):
    """One more person: the tie, two people of those who are there, two choices, and what is recorded."""

    tie: Tie
    one: int
    other: int
    choice: bool
    second: bool
    person: Person


@st.composite
def pedigrees(
    draw: st.DrawFn,
    people: st.SearchStrategy[Person] | None = None,
    *,
    min_people: int = 1,
    max_people: int | None = None,
    loops: bool = True,
    twins: bool = True,
    adoption: bool = True,
    unknowns: bool = True,
    carried: bool = True,
    everyone_connected: bool = False,
) -> Pedigree:
    """Valid families: several founders, half siblings, one known parent, twins, adoptions, marriages of relatives.

    Shrinks towards fewer people, of whom less is recorded, who are children of the first; then the proband is the first
    person and the order is that of growth. A counterexample seldom keeps more people than the fault needs.

    Args:
        draw: given by Hypothesis.
        people: what is recorded of each; ids, ties and what these ask of a sex are not taken from it. By default
            `people` with the same `unknowns` and `carried`.
        min_people: at least so many people.
        max_people: at most so many; by default 8, or two more than the fewest.
        loops: relatives may have children together, and two families may be joined twice.
        twins: twins and triplets of every zygosity.
        adoption: people who were adopted in or out.
        unknowns: facts may not be known, and relatives may be known by words only, such as an aunt of unstated side.
        carried: also what is carried and shown only, such as labels and notes.
        everyone_connected: everybody is tied to everybody else by parents, children, twins, adoption or words.

    >>> from hypothesis import find
    >>> family = find(pedigrees(twins=True), lambda family: family.twins)
    >>> len(family.people)
    2
    """
    check_switches(loops=loops, twins=twins, adoption=adoption, unknowns=unknowns, carried=carried)
    check_switches(everyone_connected=everyone_connected)
    check_strategies(people=people)
    least, most = sizes(min_people, max_people, 8, "people", least=1)
    recorded = _people(unknowns, carried) if people is None else people
    ties = tuple(
        tie for tie in Tie
        if (tie is not Tie.TWIN or twins) and (tie is not Tie.ADOPTED or adoption)
        and (tie is not Tie.WORDS or unknowns) and (tie is not Tie.STRANGER or not everyone_connected)
    )  # fmt: skip
    growing = Growing(draw(recorded), loops=loops, placeholders=unknowns)
    for step in draw(st.lists(_steps(ties, most, recorded), min_size=least - 1, max_size=most - 1)):
        growing.add(step)
    if draw(_rarely()):
        growing.order = list(draw(st.permutations(growing.order)))
    proband = draw(st.integers(0, most - 1))
    family = growing.family(min(proband, len(growing.rows) - 1))  # so that the last stays it when others are left out
    if carried and draw(_rarely()):
        family = attrs.evolve(family, id="family-1")
    if len(family.people) > 1 or not unknowns:
        return family
    return attrs.evolve(family, family_history=draw(st.sampled_from(FamilyHistory)))


@cache
def _people(unknowns: bool, carried: bool) -> st.SearchStrategy[Person]:
    return people_of_any_kind(unknowns=unknowns, carried=carried)


@cache
def _rarely() -> st.SearchStrategy[bool]:
    return st.integers(1, 3).map((3).__eq__)


@st.composite
def _steps(draw: st.DrawFn, ties: tuple[Tie, ...], most: int, people: st.SearchStrategy[Person]) -> Step:
    """Few draws each, since those of a person who is not needed are best deleted together."""
    tie, choice, second = draw(_choices(ties))
    one = draw(st.integers(0, most - 1))
    has_other = tie in (Tie.TWIN, Tie.ADOPTED, Tie.WORDS) or choice
    return Step(tie, one, draw(st.integers(0, most - 1)) if has_other else 0, choice, second, draw(people))


@cache
def _choices(ties: tuple[Tie, ...]) -> st.SearchStrategy[tuple[Tie, bool, bool]]:
    weighted = [tie for tie in ties for _ in range(3 if tie in (Tie.CHILD, Tie.PARENT) else 1)]
    return st.sampled_from([(tie, bool(n % 2), n > 1) for tie in weighted for n in range(4)])


class _Row:
    """A person as the family grows, with ties by number."""

    __slots__ = ("adopted", "adoptive", "born_with", "father", "mother", "person", "role", "words")

    def __init__(self, person: Person) -> None:
        self.person = person
        self.role = person.sex  # of somebody of unknown sex, what being a mother or a father makes of it
        self.mother: int | None = None
        self.father: int | None = None
        self.adoptive: tuple[int, ...] = ()
        self.adopted: Adoption | None = None
        self.born_with: list[int] | None = None  # the set of twins, this person among them
        self.words: str | None = None

    def parent(self, role: Sex) -> int | None:
        return self.mother if role is Sex.FEMALE else self.father

    def set_parent(self, role: Sex, at: int) -> None:
        if role is Sex.FEMALE:
            self.mother = at
        else:
            self.father = at


class Growing:
    """A family as it grows; whatever the steps are, it is valid."""

    def __init__(self, first: Person, *, loops: bool, placeholders: bool) -> None:
        self.rows = [_Row(first)]
        self.order = [0]
        self._loops = loops
        self._placeholders = placeholders
        self._group = [0]  # people joined by blood, marriage or birth share a number
        self._zygosity: list[tuple[list[int], Zygosity]] = []

    def add(self, step: Step) -> None:
        """Take a step; one that cannot be taken becomes another."""
        at, one = len(self.rows), step.one % len(self.rows)
        row = _Row(step.person)
        self.rows.append(row)
        self.order.append(at)
        self._group.append(at)
        match step.tie:
            case Tie.STRANGER:
                return
            case Tie.WORDS:
                row.words = list(WORDS)[step.other % len(WORDS)]
                row.person = attrs.evolve(row.person, sex=WORDS[row.words])
            case Tie.ADOPTED if not step.choice:
                self._adopted(at, one, step.other % at)
            case Tie.TWIN if self._can_have_a_twin(one):
                self._twin(at, one, step)
            case Tie.PARENT if (role := self._missing_parent(one, step)) is not None:
                self._parent(at, one, role, self._placeholders and step.choice and step.second)
            case _:
                self._child(at, one, step.other % at, step)

    def _adopted(self, at: int, one: int, other: int) -> None:
        row = self.rows[at]
        both = other != one and self._may_be_joined(one, other)
        row.adopted, row.adoptive = Adoption.IN, (one, other) if both else (one,)
        for parent in row.adoptive:
            self._join(at, parent)

    def _can_have_a_twin(self, one: int) -> bool:
        return self.rows[one].words is None and self.rows[one].adopted is not Adoption.IN

    def _twin(self, at: int, one: int, step: Step) -> None:
        """A twin of somebody; now and then without the parents that the other has on record."""
        other, row = self.rows[one], self.rows[at]
        if other.born_with is None:
            other.born_with = [one]
            self._zygosity.append((other.born_with, list(Zygosity)[step.other % len(Zygosity)]))
        row.born_with = other.born_with
        row.born_with.append(at)
        zygosity = next(zygosity for born, zygosity in self._zygosity if born is row.born_with)
        if zygosity is Zygosity.MONOZYGOTIC:
            row.person, row.role = attrs.evolve(row.person, sex=other.person.sex), other.person.sex
        if not (step.choice and step.second):
            row.mother, row.father = other.mother, other.father
        self._join(at, one)

    def _missing_parent(self, one: int, step: Step) -> Sex | None:
        """A parent whom somebody, and everybody born with them, has not on record."""
        if self.rows[one].adopted is Adoption.IN or self.rows[one].words is not None:
            return None
        born = self.rows[one].born_with or [one]
        roles = [Sex.FEMALE, Sex.MALE][:: -1 if step.choice else 1]
        return next((role for role in roles if all(self.rows[each].parent(role) is None for each in born)), None)

    def _parent(self, at: int, one: int, role: Sex, is_placeholder: bool) -> None:
        row = self.rows[at]
        if is_placeholder:
            row.person = Person("", sex=role, placeholder=True)
        elif row.person.sex is not Sex.UNKNOWN:
            row.person = attrs.evolve(row.person, sex=role)
        row.role = role
        self.rows[one].set_parent(role, at)
        self._join(at, one)

    def _child(self, at: int, one: int, other: int, step: Step) -> None:
        child, parent = self.rows[at], self.rows[one]
        if parent.words is not None:  # nobody knows where this person stands
            parent, one = self.rows[0], 0
        if parent.role is Sex.UNKNOWN:
            parent.role = Sex.FEMALE
        child.set_parent(parent.role, one)
        opposite = Sex.MALE if parent.role is Sex.FEMALE else Sex.FEMALE
        spouse = self.rows[other]
        can_be_a_parent = spouse.words is None and spouse.role in (opposite, Sex.UNKNOWN)
        if step.choice and other != one and can_be_a_parent and self._may_be_joined(one, other):
            spouse.role = opposite
            child.set_parent(opposite, other)
            self._join(other, one)
        if step.tie is Tie.ADOPTED:
            child.adopted = Adoption.OUT
        self._join(at, one)

    def _may_be_joined(self, one: int, other: int) -> bool:
        are_mates = any({row.mother, row.father} == {one, other} for row in self.rows)
        return self._loops or are_mates or self._group[other] != self._group[one]

    def _join(self, one: int, other: int) -> None:
        old, new = self._group[one], self._group[other]
        self._group = [new if group == old else group for group in self._group]

    def family(self, proband: int) -> Pedigree:
        """The family in its order, about one of its people; they are called p0, p1 ... in that order."""
        names = {row: f"p{at}" for at, row in enumerate(self.order)}
        of = names[proband] if self.rows[proband].words is None else names[0]
        people = tuple(self._person(row, names) for row in self.order)
        sets = [
            Twins(tuple(names[row] for row in sorted(born, key=self.order.index)), zygosity)
            for born, zygosity in self._zygosity
        ]
        return with_places(Pedigree(people, of, twins=tuple(sets)))

    def _person(self, at: int, names: dict[int, str]) -> Person:
        row = self.rows[at]
        has_children = any(at in (other.mother, other.father) for other in self.rows)
        return attrs.evolve(
            row.person,
            id=names[at],
            mother=None if row.mother is None else names[row.mother],
            father=None if row.father is None else names[row.father],
            adoptive_parents=tuple(names[each] for each in row.adoptive),
            adopted=row.adopted,
            birth_year=None if has_children else row.person.birth_year,  # a parent is older
            relation=None if row.words is None else UnplacedRelation(names[0], row.words),
        )

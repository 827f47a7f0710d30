"""Relations between pairs of people become a tree: parents first, then siblings, then words for those left over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs

from menscreen.formats.gathering import Gathering
from menscreen.formats.kin import ZYGOSITY, Kin, Tie
from menscreen.formats.structure import shared_parents
from menscreen.pedigree.family import Twins, Zygosity
from menscreen.pedigree.person import Adoption, Person, Sex, UnplacedRelation

_ROLES = ("mother", "father")
_OF_BOTH = {*ZYGOSITY, Tie.FULL_SIBLING, Tie.SIBLING}
#: The ties of siblings who have this parent in common.
_SHARING = {"mother": _OF_BOTH | {Tie.MATERNAL_HALF}, "father": _OF_BOTH | {Tie.PATERNAL_HALF}}


class Relationship(NamedTuple):
    """`individual` is what `kin` says of `relative`."""

    individual: str
    kin: Kin
    relative: str
    at: str


class Tree:
    """People and what their relationships say of their parents."""

    def __init__(self, people: Sequence[Person], gathering: Gathering) -> None:
        self._people = {person.id: person for person in people}
        self._gathering = gathering
        self._parents: dict[str, dict[str, str]] = {id: {} for id in self._people}
        self._unsexed: dict[str, list[tuple[str, str]]] = {}

    def built(self, relationships: Sequence[Relationship]) -> tuple[list[Person], list[Twins]]:
        """The people with their ties, placeholders for shared parents who are not recorded, and the twins."""
        for one in relationships:
            self._add_parent(one)
        self._add_unsexed()
        for role in _ROLES:
            self._share(role, [one for one in relationships if one.kin.tie in _SHARING[role]])
        for one in relationships:
            if one.kin.tie is Tie.ADOPTIVE:
                self._adopt(one)
        people = [
            attrs.evolve(one, mother=self._parents[id].get("mother"), father=self._parents[id].get("father"))
            for id, one in self._people.items()
        ]
        return self._spoken(people, relationships), self._twins(relationships)

    def _add_parent(self, one: Relationship) -> None:
        tie, parent, child = one.kin.tie, one.individual, one.relative
        if tie is Tie.PARENT:
            sex = self._people[parent].sex
            if sex is Sex.UNKNOWN:
                self._unsexed.setdefault(child, []).append((parent, one.at))
                return
            tie = Tie.MOTHER if sex is Sex.FEMALE else Tie.FATHER
        if tie in (Tie.MOTHER, Tie.FATHER):
            self._set(child, tie.value, parent, one.at)

    def _set(self, child: str, role: str, parent: str, at: str) -> None:
        known = self._parents[child].setdefault(role, parent)
        if known != parent:
            self._gathering.complain(
                "P011", at, f"a second {role}", f"one {role} by birth", "leave out the one who is not by birth"
            )

    def _add_unsexed(self) -> None:
        """Parents of unknown sex take the place that is left; of two, one is the mother everywhere."""
        role_of: dict[str, str] = {}
        guessed = 0
        for child, parents in self._unsexed.items():
            for parent, at in parents:
                free = [role for role in _ROLES if role not in self._parents[child]]
                known = self._parents[child].values()
                if parent in known:
                    continue
                if not free:
                    self._set(child, role_of.get(parent, "mother"), parent, at)
                    continue
                role = role_of.get(parent) or free[0]
                guessed += len(free) == 2 and parent not in role_of
                role_of[parent] = role if role in free else free[0]
                self._parents[child][role_of[parent]] = parent
        if guessed:
            self._gathering.complain(
                "P016",
                next(iter(self._unsexed.values()))[0][1],
                "parents whose sex is not recorded",
                "the sex, or which of the two is the mother",
                "record the sex; until then which side is maternal is not sure",
                warning=True,
            )

    def _share(self, role: str, siblings: Sequence[Relationship]) -> None:
        """Give siblings the mother or father of each other; where none has one, a placeholder."""
        known = {id: parents[role] for id, parents in self._parents.items() if role in parents}
        pairs = [(one.relative, one.individual) for one in siblings]
        found = shared_parents(pairs, known, lambda id: self._placeholder(f"{id}-{role}", role))
        for id, parent in found.items():
            self._parents[id][role] = parent
        for one in siblings:
            if found.get(one.individual) != found.get(one.relative) and one.kin.tie is not Tie.SIBLING:
                self._gathering.complain(
                    "P012",
                    one.at,
                    f"siblings with two {role}s",
                    "a relation that goes with the parents",
                    "correct the relation or the parent; the parents were read",
                    warning=True,
                )

    def _placeholder(self, id: str, role: str) -> str:
        while id in self._people:
            id += "_"
        self._people[id] = Person(id, sex=Sex.FEMALE if role == "mother" else Sex.MALE, placeholder=True)
        self._parents[id] = {}
        return id

    def _adopt(self, one: Relationship) -> None:
        child = self._people[one.relative]
        parents = dict.fromkeys((*child.adoptive_parents, one.individual))
        if one.individual in self._parents[one.relative].values():
            return
        self._people[one.relative] = attrs.evolve(
            child, adoptive_parents=tuple(parents), adopted=child.adopted or Adoption.IN
        )

    def _spoken(self, people: list[Person], relationships: Sequence[Relationship]) -> list[Person]:
        """Keep the words of relation of those whom no parents or children connect with the other person."""
        at = {person.id: number for number, person in enumerate(people)}
        group = connected(people)
        for one in relationships:
            person = people[at[one.individual]]
            if one.kin.tie is Tie.WORDS and group[one.individual] != group[one.relative] and person.relation is None:
                words = UnplacedRelation(one.relative, one.kin.words_for(person.sex))
                people[at[one.individual]] = attrs.evolve(person, relation=words)
        return people

    def _twins(self, relationships: Sequence[Relationship]) -> list[Twins]:
        sets: list[tuple[set[str], list[str], Zygosity]] = []
        for one in relationships:
            zygosity = ZYGOSITY.get(one.kin.tie)
            if zygosity is None:
                continue
            pair = [one.relative, one.individual]
            for members, order, kind in sets:
                if kind is zygosity and not members.isdisjoint(pair):
                    order += [id for id in pair if id not in members]
                    members.update(pair)
                    break
            else:
                sets.append((set(pair), pair, zygosity))
        return [Twins(tuple(order), zygosity) for _, order, zygosity in sets]


def connected(people: Sequence[Person]) -> dict[str, str]:
    """For each person, one and the same member of those whom parents and children connect."""
    leader = {person.id: person.id for person in people}

    def find(id: str) -> str:
        while leader[id] != id:
            leader[id] = leader[leader[id]]
            id = leader[id]
        return id

    for person in people:
        for parent in (person.mother, person.father):
            if parent is not None and parent in leader:
                leader[find(parent)] = find(person.id)
    return {id: find(id) for id in leader}

"""The graph of descent on which kinship is reckoned, and `Kin`, what is said of two people in it.

Monozygotic twins are one node.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import NamedTuple

from menscreen.pedigree.family import Pedigree, Zygosity

#: Stands for a parent who is not recorded.
NOBODY = -1


class Side(StrEnum):
    """The side of the family; `OWN` is descendants, full siblings and their descendants, who belong to both sides."""

    OWN = "own"
    MATERNAL = "maternal"
    PATERNAL = "paternal"
    BOTH = "both"
    UNKNOWN = "unknown"


class Kin(NamedTuple):
    """How somebody is related by blood.

    Attributes:
        degree: meioses on the shortest blood path, full siblings counting one.
        assumed: the degree rests on siblings taken as full because a parent is not recorded.
        up, down: generations up to, and down from, the nearest common ancestor; -1 where words leave it open.
    """

    degree: int
    side: Side
    assumed: bool
    up: int
    down: int

    @property
    def is_half(self) -> bool:
        """Whether the lines meet in one common ancestor rather than in a couple."""
        return self.up > 0 and self.down > 0 and self.degree == self.up + self.down


class Blood(NamedTuple):
    """The graph of descent with monozygotic twins as one node; nodes beyond the people are parents nobody recorded."""

    node: Sequence[int]
    parents: Sequence[tuple[int, int]]
    children: Sequence[Sequence[int]]


def blood_of(family: Pedigree) -> Blood:
    """Build the graph; twins share their recorded parents, twins who are not monozygotic always have two."""
    if not family.twins:
        return Blood(range(len(family.people)), family.parents, family.children)
    node = list(range(len(family.people)))
    for one, others in family.identical.items():
        node[one] = min(one, *others)
    parents: list[tuple[int, int]] = [
        (node[mother] if mother >= 0 else NOBODY, node[father] if father >= 0 else NOBODY)
        for mother, father in family.parents
    ]
    for twins in sorted(family.twins, key=lambda twins: twins.zygosity is not Zygosity.MONOZYGOTIC):
        together = [family.position[id] for id in twins.people if id in family.position]
        shared = [max((parents[one][role] for one in together), default=NOBODY) for role in (0, 1)]
        if twins.zygosity is not Zygosity.MONOZYGOTIC:
            for role in (0, 1):
                if shared[role] < 0:
                    shared[role] = len(parents)
                    parents.append((NOBODY, NOBODY))
        for one in together:
            mother, father = parents[one]
            parents[one] = (mother if mother >= 0 else shared[0], father if father >= 0 else shared[1])
            parents[node[one]] = parents[one]
    children: list[list[int]] = [[] for _ in parents]
    for child, (mother, father) in enumerate(parents):
        if child < len(node) and node[child] != child:
            continue
        if mother >= 0:
            children[mother].append(child)
        if father >= 0 and father != mother:
            children[father].append(child)
    return Blood(node, parents, children)


def siblings_of(blood: Blood, node: int) -> tuple[list[int], list[int]]:
    """The full siblings of a node, and those taken as full because a parent is not recorded."""
    pair = blood.parents[node]
    full: list[int] = []
    assumed: list[int] = []
    for parent, mate in (pair, pair[::-1]):
        if parent < 0:
            continue
        for child in blood.children[parent]:
            mother, father = blood.parents[child]
            other = father if mother == parent else mother
            if child == node:
                continue
            if other < 0 or mate < 0:
                assumed.append(child)
            elif other == mate and parent == pair[0]:
                full.append(child)
    return full, assumed


def people_of(blood: Blood, nodes: Collection[int]) -> frozenset[int]:
    """The people who stand at these nodes."""
    if isinstance(blood.node, range):
        return frozenset(nodes)
    wanted = frozenset(nodes)
    return frozenset(one for one, node in enumerate(blood.node) if node in wanted)


def above(blood: Blood, node: int) -> set[int]:
    """The node and everything above it."""
    found = {node}
    queue = [node]
    for one in queue:
        for parent in blood.parents[one]:
            if parent >= 0 and parent not in found:
                found.add(parent)
                queue.append(parent)
    return found

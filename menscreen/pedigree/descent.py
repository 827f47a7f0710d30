"""Who descends from whom, by position: worked out once for all families of one shape, of which there are many."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

#: Positions of mother and father of each person, -1 where not recorded.
Parents: TypeAlias = tuple[tuple[int, int], ...]

#: Families of more people are worked out each time: hardly two are of one shape, and they would take much memory.
MOST_REMEMBERED = 60


class Descent:
    """The ties of child and parent in a family.

    Two of them are equal only when they are one object: they serve as a key of what else depends on the shape alone.

    Attributes:
        children: positions of the biological children of each person, in the order of the source.
        is_sound: nobody is their own ancestor, or mother of one person and father of another.
    """

    __slots__ = ("children", "is_sound", "parents")

    def __init__(self, parents: Parents) -> None:
        self.parents = parents
        found: list[list[int]] = [[] for _ in parents]
        for child, (mother, father) in enumerate(parents):
            if mother >= 0:
                found[mother].append(child)
            if father >= 0 and father != mother:
                found[father].append(child)
        self.children: Sequence[Sequence[int]] = tuple(map(tuple, found))
        self.is_sound = self._is_of_one_role_each() and self._is_without_cycles()

    def _is_of_one_role_each(self) -> bool:
        mothers = {mother for mother, _ in self.parents if mother >= 0}
        return mothers.isdisjoint([father for _, father in self.parents])

    def _is_without_cycles(self) -> bool:
        """Only people with parents and children could be in a cycle; each must be reached after both parents."""
        children = self.children
        between = [at for at, (one, other) in enumerate(self.parents) if children[at] and (one >= 0 or other >= 0)]
        waiting = dict.fromkeys(between, 0)
        for at in between:
            for child in children[at]:
                if child in waiting:
                    waiting[child] += 1
        clear = [at for at in between if not waiting[at]]
        for at in clear:
            for child in children[at]:
                if child in waiting:
                    waiting[child] -= 1
                    if not waiting[child]:
                        clear.append(child)
        return len(clear) == len(between)


def descent_of(parents: Parents) -> Descent:
    """The ties of a family with these parents.

    >>> descent_of(((1, -1), (-1, -1))).children
    ((), (0,))
    """
    return _remembered(parents) if len(parents) <= MOST_REMEMBERED else Descent(parents)


_remembered = lru_cache(maxsize=1_000)(Descent)

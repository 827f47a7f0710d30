"""Who is drawn: everybody, or in a large family the relatives that matter and those who connect them."""

from __future__ import annotations

import re
from collections.abc import Collection

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Person

#: No more people than about this many are drawn; the parents of the last ones may come on top.
MOST_PEOPLE = 60


def people_to_draw(family: Pedigree, matter: Collection[str]) -> list[Person]:
    """Choose whom to draw, sorted by id; `matter` are the ids of people that the answer rests on.

    Of a large family come first the proband and whom the answer rests on, then the nearest, people of whom a finding or
    a test is recorded before the others; each with the relatives that lead there.

    >>> people = tuple(Person(f"p{at}", mother=f"p{at + 1}") for at in range(500))
    >>> len(people_to_draw(Pedigree(people, "p7"), ()))
    60
    """
    if len(family.people) <= MOST_PEOPLE:
        return sorted(family.people, key=_rank)
    came_from, steps = _walk(family)
    wanted = set(matter)

    def weight(at: int) -> tuple[bool, int, str]:
        person = family.people[at]
        is_bare = not (person.findings or person.tests)
        return person.id not in wanted, steps[at] + 2 * is_bare, person.id

    chosen: set[int] = set()
    for at in sorted(steps, key=weight):
        line = [at]
        while (before := came_from[line[-1]]) >= 0 and before not in chosen:
            line.append(before)
        fresh = {*line, *(one for child in line for one in _known_parents(family, child, chosen | {*line}))}
        if len(chosen | fresh) <= MOST_PEOPLE:
            chosen |= fresh
        if len(chosen) >= MOST_PEOPLE:
            break
    return sorted((family.people[at] for at in chosen), key=_rank)


def _rank(person: Person) -> tuple[list[tuple[bool, int, str]], str]:
    """The place of an id in a list: numbers by their size, so that p10 comes after p9."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", person.id)
    return [(not one.isdigit(), len(one) if one.isdigit() else 0, one) for one in pieces], person.id


def _known_parents(family: Pedigree, child: int, shown: Collection[int]) -> list[int]:
    """Both recorded parents of a child of whom one is drawn, so that nobody seems to be missing from the record."""
    both = [parent for parent in family.parents[child] if parent >= 0]
    return both if any(parent in shown for parent in both) else []


def _walk(family: Pedigree) -> tuple[dict[int, int], dict[int, int]]:
    """From whom each person is reached on the way from the proband, and in how many steps of parent and child."""
    rank = {id: number for number, id in enumerate(sorted(family.position))}
    start = family.position[family.proband]
    came_from, steps = {start: -1}, {start: 0}
    queue = [start]
    for at in queue:
        children = sorted(family.children[at], key=lambda child: rank[family.people[child].id])
        for other in [*(parent for parent in family.parents[at] if parent >= 0), *children]:
            if other not in steps:
                came_from[other], steps[other] = at, steps[at] + 1
                queue.append(other)
    return came_from, steps

"""Lines of descent between two people: kinship coefficient, paths, obligate carriers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from menscreen.pedigree.blood import Blood, above, blood_of, people_of, siblings_of
from menscreen.pedigree.family import Pedigree

if TYPE_CHECKING:
    from fractions import Fraction

#: No more paths than this are listed between two people.
MOST_PATHS = 64
_MOST_STEPS = 200_000


def kinship_coefficient(family: Pedigree, a: int, b: int) -> Fraction:
    """Compute the chance that one allele drawn from each of two people is the same by descent.

    A parent who is not recorded is taken as related to nobody, also where `kin` takes siblings as full. Of one person,
    and of monozygotic twins, it is (1 + inbreeding) / 2.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b")), "a")
    >>> kinship_coefficient(family, 0, 1)
    Fraction(1, 4)
    """
    from fractions import Fraction
    from heapq import heappop, heappush

    blood = blood_of(family)
    first, second = blood.node[a], blood.node[b]
    rank = _ranks(blood, {first, second})
    # Pairs wait with a weight of numerator / 2**exponent, the youngest first, so that each is expanded once.
    weights: dict[tuple[int, int], tuple[int, int]] = {}
    waiting: list[tuple[int, int, tuple[int, int]]] = []

    def wait(one: int, other: int, weight: tuple[int, int]) -> None:
        if one < 0 or other < 0:
            return
        pair = (one, other) if rank[one] >= rank[other] else (other, one)
        if pair in weights:
            weights[pair] = _plus(weights[pair], weight)
        else:
            weights[pair] = weight
            heappush(waiting, (-rank[pair[0]], -rank[pair[1]], pair))

    total = (0, 0)
    wait(first, second, (1, 0))
    while waiting:
        young, old = pair = heappop(waiting)[2]
        numerator, exponent = weights.pop(pair)
        half = (numerator, exponent + 1)
        mother, father = blood.parents[young]
        if young == old:
            total = _plus(total, half)
            wait(mother, father, half)
        else:
            wait(mother, old, half)
            wait(father, old, half)
    return Fraction(total[0], 1 << total[1])


def shares(family: Pedigree, person: int, blocked: Collection[tuple[int, int]]) -> dict[int, Fraction]:
    """Reckon for each relative the chance to share a rare variant of a person, by inheritance alone.

    Nobody brought it into the family twice. `blocked` holds ties (child, parent) along which it has not passed: where
    one parent of a carrier is left, it came from that one. Siblings who share one recorded parent count as full, as in
    `kin`.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="c")), "a")
    >>> {one: str(share) for one, share in shares(family, 0, ()).items()}
    {1: '1/2', 2: '1/4', 3: '1/4'}
    """
    from fractions import Fraction

    blood = blood_of(family)
    cut = {(blood.node[child], blood.node[parent]) for child, parent in blocked}
    me = blood.node[person]
    up = {me: Fraction(1)}
    passed: list[tuple[int, int, Fraction]] = []  # a child, the parent from whom it may have come, how likely
    for child in _in_order([me], lambda one: [p for p in blood.parents[one] if p >= 0 and (one, p) not in cut]):
        pair = blood.parents[child]
        is_open = [parent < 0 or (child, parent) not in cut for parent in pair]
        for parent, is_so in zip(pair, is_open, strict=True):
            if parent >= 0 and is_so:
                share = up[child] / sum(is_open)
                up[parent] = up.get(parent, Fraction(0)) + share
                passed.append((child, parent, share))
    down: dict[int, Fraction] = {}

    def give(child: int, share: Fraction) -> None:
        if child not in up:
            down[child] = down.get(child, Fraction(0)) + share

    for child, parent, share in passed:
        assumed = siblings_of(blood, child)[1]
        for sibling in blood.children[parent]:
            if (sibling, parent) not in cut:
                give(sibling, up[child] / 2 if sibling in assumed else share / 2)
    for child in blood.children[me]:
        if (child, me) not in cut:
            give(child, Fraction(1, 2))
    for one in _in_order(list(down), lambda one: [c for c in blood.children[one] if (c, one) not in cut]):
        for child in blood.children[one]:
            if one in down and (child, one) not in cut:
                give(child, down[one] / 2)
    found = {**up, **down}
    return {at: found[node] for at, node in enumerate(blood.node) if node in found and at != person}


def _in_order(start: Sequence[int], onward: Callable[[int], Sequence[int]]) -> list[int]:
    """Everything that is reached, nobody before all through whom they are reached."""
    waiting = dict.fromkeys(start, 0)
    seen = list(waiting)
    for one in seen:
        for other in onward(one):
            if other not in waiting:
                waiting[other] = 0
                seen.append(other)
            waiting[other] += 1
    ready = [one for one in seen if not waiting[one]]
    for one in ready:
        for other in onward(one):
            waiting[other] -= 1
            if not waiting[other]:
                ready.append(other)
    return ready


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    exponent = max(one[1], other[1])
    return (one[0] << exponent - one[1]) + (other[0] << exponent - other[1]), exponent


def _ranks(blood: Blood, nodes: Collection[int]) -> dict[int, int]:
    """Number the nodes and their ancestors, ancestors before descendants."""
    rank: dict[int, int] = {}
    stack = [(node, False) for node in nodes]
    while stack:
        node, ready = stack.pop()
        if node in rank:
            continue
        if ready:
            rank[node] = len(rank)
        else:
            stack.append((node, True))
            stack += [(parent, False) for parent in blood.parents[node] if parent >= 0 and parent not in rank]
    return rank


def paths(family: Pedigree, a: int, b: int) -> list[tuple[int, ...]]:
    """List the lines from one person up to a common ancestor and down to the other, the shortest first.

    At most `MOST_PATHS`. No person stands twice in a line; of monozygotic twins the first stands for both. Where
    siblings marry for a dozen generations there are too many lines to look at, and the long ones are left out.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> paths(family, 0, 3)
    [(0, 1, 3)]
    """
    blood = blood_of(family)
    start, goal = blood.node[a], blood.node[b]
    if a != b and start == goal:
        return [(a, b)]
    over = above(blood, goal)
    lines: list[tuple[int, ...]] = []
    for up in _climbs(blood, start, goal, _with_descent(blood, start, over)):
        if up[-1] in over:
            lines += _descents(blood, up, goal, over, MOST_PATHS - len(lines))
        if len(lines) >= MOST_PATHS:
            break
    ends = {start: a, goal: b}
    return sorted((tuple(ends.get(node, node) for node in line) for line in lines), key=lambda line: (len(line), line))


def _with_descent(blood: Blood, start: int, over: Collection[int]) -> set[int]:
    """The ancestors of `start` that are, or are below, one of `over`."""
    mine = above(blood, start)
    useful = mine & set(over)
    queue = list(useful)
    for node in queue:
        fresh = [child for child in blood.children[node] if child in mine and child not in useful]
        useful.update(fresh)
        queue += fresh
    return useful


def _climbs(blood: Blood, start: int, goal: int, allowed: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Lines upwards from `start` through `allowed`, the shortest first, until their lengths come to a bound."""
    lines: list[tuple[int, ...]] = [(start,)] if start in allowed else []
    steps = 0
    for line in lines:
        yield line
        steps += len(line)
        if steps < _MOST_STEPS and line[-1] != goal:
            lines += [(*line, parent) for parent in dict.fromkeys(blood.parents[line[-1]]) if parent in allowed]


def _descents(blood: Blood, up: tuple[int, ...], goal: int, over: Collection[int], most: int) -> list[tuple[int, ...]]:
    """The line `up` continued down to `goal`, the shortest first, until the lengths come to a bound."""
    lines = [up]
    done: list[tuple[int, ...]] = []
    steps = 0
    for line in lines:
        steps += len(line)
        if line[-1] == goal:
            done.append(line)
        elif steps < _MOST_STEPS:
            lines += [(*line, child) for child in blood.children[line[-1]] if child in over and child not in line]
        if len(done) == most:
            break
    return done


def obligate_carriers(family: Pedigree, carriers: Collection[int]) -> frozenset[int]:
    """Find who must carry a variant because every blood path between two carriers of it passes through them.

    A parent between a grandparent and a child who carry it does; neither parent of two siblings does, when both are
    recorded or one is not. The monozygotic twin of a carrier does. The carriers themselves are left out.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(obligate_carriers(family, (0, 2)))
    [1]
    """
    blood = blood_of(family)
    nodes = sorted({blood.node[carrier] for carrier in carriers})
    found = set(nodes)
    for index, start in enumerate(nodes):
        for goal in nodes[index + 1 :]:
            found |= _between(blood, start, goal)
    return people_of(blood, found) - frozenset(carriers)


_Stop = tuple[int, bool]  # a node, and whether the path may still rise from it


def _between(blood: Blood, start: int, goal: int) -> set[int]:
    """The nodes without which no path up and down leads from `start` to `goal`."""
    over = above(blood, goal)
    line = _shortest(blood, start, goal, over)
    place = {node: index for index, node in enumerate(line)}
    shared = above(blood, start) & over
    needed: set[int] = set()
    seen: set[_Stop] = set()
    farthest = 0
    for index, node in enumerate(line[:-1]):
        # Whoever stands above both ends may be passed rising or falling, which one sweep cannot tell apart.
        if not _is_reached(blood, start, goal, over, node) if node in shared else farthest == index:
            needed.add(node)
        stack = [(node, node in shared or node not in over)]
        while stack:
            for stop in _onward(blood, stack.pop(), over):
                if stop[0] in place:
                    farthest = max(farthest, place[stop[0]])
                elif stop not in seen:
                    seen.add(stop)
                    stack.append(stop)
    return needed


def _onward(blood: Blood, stop: _Stop, over: Collection[int]) -> list[_Stop]:
    """Where a path may go on: up, down to those above the goal, and across to siblings taken as full."""
    node, rising = stop
    onward = [(child, False) for child in blood.children[node] if child in over]
    if rising:
        onward += [(parent, True) for parent in blood.parents[node] if parent >= 0]
        onward += [(sibling, False) for sibling in siblings_of(blood, node)[1] if sibling in over]
    return onward


def _shortest(blood: Blood, start: int, goal: int, over: Collection[int]) -> list[int]:
    came: dict[_Stop, _Stop | None] = {(start, True): None}
    queue = list(came)
    for stop in queue:
        if stop[0] == goal:
            line = []
            back: _Stop | None = stop
            while back is not None:
                line.append(back[0])
                back = came[back]
            return line[::-1]
        for onward in _onward(blood, stop, over):
            if onward not in came:
                came[onward] = stop
                queue.append(onward)
    return []


def _is_reached(blood: Blood, start: int, goal: int, over: Collection[int], without: int) -> bool:
    seen = {(start, True)}
    queue = list(seen)
    for stop in queue:
        for onward in _onward(blood, stop, over):
            if onward[0] == goal:
                return True
            if onward not in seen and onward[0] != without:
                seen.add(onward)
                queue.append(onward)
    return False

"""Who stands beside whom: the order of each row, with mates and twins side by side and few crossing lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from menscreen.reports.drawing.tree import Tree

#: Clusters of spots, from left to right, row by row.
Rows = list[list[list[int]]]


class Edge(NamedTuple):
    """A child, and the mates of the couple that it hangs under, by spot."""

    mates: tuple[int, int]
    child: int


class Order:
    """An order of the rows that can be changed and counted."""

    def __init__(self, tree: Tree, rows: Rows) -> None:
        self.rows = rows
        self._edges: list[list[Edge]] = [[] for _ in rows]
        self.mates = [0] * len(tree.spots)
        for union in tree.unions:
            for mate in union.mates:
                self.mates[mate] += 1
            row = tree.spots[union.mates[0]].row
            self._edges[row] += [Edge(union.mates, child) for child in union.children]
        self.place = [0] * len(tree.spots)
        for row in range(len(rows)):
            self.settle(row)

    def settle(self, row: int) -> None:
        """Number the spots of a row after its order was changed."""
        at = 0
        for cluster in self.rows[row]:
            for spot in cluster:
                self.place[spot] = at
                at += 1

    def crossings(self) -> int:
        """Count the pairs of a line of descent that cross."""
        return sum(self.crossings_below(row) for row in range(len(self.rows)))

    def crossings_below(self, row: int) -> int:
        """Count the crossings between a row and the next."""
        place = self.place
        ends = sorted((place[mates[0]] + place[mates[1]], place[child]) for mates, child in self._edges[row])
        count = 0
        for at, (upper, lower) in enumerate(ends):
            for other, below in ends[at + 1 :]:
                if below < lower and other > upper:
                    count += 1
        return count

    def cost_around(self, row: int) -> int:
        """What an order of the row costs: crossings, then how far siblings are spread."""
        self.settle(row)
        crossings = self.crossings_below(row) + (self.crossings_below(row - 1) if row else 0)
        return crossings * 1000 + (self._spread(row - 1) if row else 0)

    def _spread(self, row: int) -> int:
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        for mates, child in self._edges[row]:
            at = self.place[child]
            low, high = ends.get(mates, (at, at))
            ends[mates] = (min(low, at), max(high, at))
        return sum(high - low for low, high in ends.values())


def ordered(tree: Tree) -> Order:
    """Find an order of the rows: one that a walk through the family gives, then mended as long as that helps."""
    clusters = clusters_of(tree)
    order = Order(tree, _walked(tree, clusters))
    _mend(order)
    return order


def clusters_of(tree: Tree) -> list[list[int]]:
    """Gather mates, and twins, into clusters whose members stand side by side."""
    near: list[list[int]] = [[] for _ in tree.spots]
    for union in tree.unions:
        one, other = union.mates
        if other not in near[one] and one != other:
            near[one].append(other)
            near[other].append(one)
    for twins in tree.twins:
        for one, other in zip(twins.spots, twins.spots[1:], strict=False):
            if tree.spots[one].row == tree.spots[other].row and other not in near[one]:
                near[one].append(other)
                near[other].append(one)
    seen: set[int] = set()
    clusters = []
    for spot in range(len(tree.spots)):
        if spot not in seen:
            members = _connected(near, spot)
            seen.update(members)
            middle = min(members, key=lambda one: (-len(near[one]), not tree.spots[one].is_man, one))
            clusters.append(_side_by_side(near, middle))
    return clusters


def _connected(near: Sequence[Sequence[int]], start: int) -> list[int]:
    found = [start]
    seen = {start}
    for spot in found:
        fresh = [other for other in near[spot] if other not in seen]
        seen.update(fresh)
        found += fresh
    return found


def _side_by_side(near: Sequence[Sequence[int]], middle: int) -> list[int]:
    """Line up a cluster: one in the middle, mates left and right by turns, each with the further mates outwards."""
    sides: tuple[list[int], list[int]] = ([], [])
    seen = {middle}
    turns = sorted(near[middle])
    first = 1 if len(turns) == 1 else 0
    for turn, mate in enumerate(turns):
        stack = [mate]
        while stack:
            spot = stack.pop()
            if spot not in seen:
                seen.add(spot)
                sides[(turn + first) % 2].append(spot)
                stack += sorted(near[spot], reverse=True)
    return [*reversed(sides[0]), middle, *sides[1]]


def _walked(tree: Tree, clusters: list[list[int]]) -> Rows:
    """The order in which a walk from the proband's parents meets the clusters: fathers' families first."""
    of = {spot: number for number, cluster in enumerate(clusters) for spot in cluster}
    above: dict[int, int] = {}
    below: list[list[tuple[int, int]]] = [[] for _ in clusters]
    for union in tree.unions:
        over = of[union.mates[0]]
        for child in union.children:
            if child not in union.adopted or child not in above:
                above[child] = over
            below[over].append((union.mates[0], of[child]))
    start = of[tree.proband]
    start = above.get(tree.proband, start)
    rows: Rows = [[] for _ in range(1 + max(spot.row for spot in tree.spots))]
    met: set[int] = set()
    for first in [start, *range(len(clusters))]:
        for number in _walk(first, clusters, above, below, met):
            rows[tree.spots[clusters[number][0]].row].append(clusters[number])
    return rows


def _walk(
    start: int, clusters: list[list[int]], above: dict[int, int], below: list[list[tuple[int, int]]], met: set[int]
) -> Iterator[int]:
    """Meet a cluster after the families of its left half and before its children and those of its right half."""
    stack = [(start, False)]
    while stack:
        number, is_ready = stack.pop()
        if is_ready:
            yield number
            continue
        if number in met:
            continue
        met.add(number)
        cluster = clusters[number]
        half = len(cluster) // 2
        left = [above[spot] for spot in cluster[:half] if spot in above]
        right = [above[spot] for spot in cluster[half:] if spot in above]
        children = [child for spot in cluster for mate, child in below[number] if mate == spot]
        after = [*children, *right]
        stack += [(one, False) for one in reversed(after)]
        stack.append((number, True))
        stack += [(one, False) for one in reversed(left)]


def _mend(order: Order) -> None:
    """Move and turn clusters as long as lines cross and that makes fewer of them cross."""
    for _ in range(6):
        if not order.crossings():
            return
        before = [[list(cluster) for cluster in row] for row in order.rows]
        for row in range(len(order.rows)):
            _mend_row(order, row)
        if before == order.rows:
            return


def _mend_row(order: Order, row: int) -> None:
    line = order.rows[row]
    best = order.cost_around(row)
    for cluster in list(line):
        if len(cluster) > 1:
            cluster.reverse()
            cost = order.cost_around(row)
            if cost < best:
                best = cost
            else:
                cluster.reverse()
        at = next(place for place, one in enumerate(line) if one is cluster)
        for to in range(len(line)):
            line.insert(to, line.pop(at))
            cost = order.cost_around(row)
            if cost < best:
                best, at = cost, to
            else:
                line.insert(at, line.pop(to))
    order.settle(row)

"""Who stands beside whom: the order of each row, with mates and twins side by side and few crossing lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from menscreen.reports.drawing.tree import Tree

#: From no more clusters than this a walk is begun; the fewer spots there are, the more of the best walks are mended.
_MOST_STARTS = 16
_EFFORT = 100

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
        self._couples = {frozenset(union.mates) for union in tree.unions}
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

    def has_couple_before(self, spot: int) -> bool:
        """Whether somebody is a mate of the one who stands on the left."""
        return any(
            spot in couple and any(self.place[mate] == self.place[spot] - 1 for mate in couple)
            for couple in self._couples
        )

    def crossings(self) -> int:
        """Count the pairs of lines of descent that cross."""
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
    """Find an order of the rows in which few lines cross.

    A walk through the family gives an order, which is mended as long as that helps; where lines cross, walks that begin
    elsewhere are tried, too.
    """
    clusters = clusters_of(tree)
    first = _walked(tree, clusters, None)
    if not first.crossings():
        return first
    others = [_walked(tree, clusters, start) for start in range(min(len(clusters), _MOST_STARTS))]
    tried = sorted([first, *others], key=Order.crossings)[: max(2, _EFFORT // len(tree.spots))]
    for order in tried:
        _mend(order)
        if not order.crossings():
            return order
    return min(tried, key=Order.crossings)


def _walked(tree: Tree, clusters: list[list[int]], start: int | None) -> Order:
    return Order(tree, _Walk(tree, [list(cluster) for cluster in clusters]).rows(start))


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
    """Line up a cluster: one in the middle, the mates with their further mates on the emptier side by turns."""
    chains = []
    seen = {middle}
    for mate in sorted(near[middle]):
        chain: list[int] = []
        stack = [mate]
        while stack:
            spot = stack.pop()
            if spot not in seen:
                seen.add(spot)
                chain.append(spot)
                stack += sorted(near[spot], reverse=True)
        chains.append(chain)
    chains.sort(key=len, reverse=True)
    left: list[int] = []
    right: list[int] = []
    for chain in chains:
        side = left if len(left) <= len(right) and len(chains) > 1 else right
        side += chain
    return [*reversed(left), middle, *right]


class _Walk:
    """A walk through the family that meets the clusters of each row from left to right."""

    def __init__(self, tree: Tree, clusters: list[list[int]]) -> None:
        self._tree = tree
        self._clusters = clusters
        self._of = {spot: number for number, cluster in enumerate(clusters) for spot in cluster}
        self._above: dict[int, int] = {}
        #: The clusters of the children below each, from the couple on the left to that on the right.
        self._below: list[list[int]] = [[] for _ in clusters]
        place = {spot: at for cluster in clusters for at, spot in enumerate(cluster)}
        for union in sorted(tree.unions, key=lambda union: place[union.mates[0]] + place[union.mates[1]]):
            over = self._of[union.mates[0]]
            for child in union.children:
                if child not in union.adopted or child not in self._above:
                    self._above[child] = over
                self._below[over].append(self._of[child])
        self._met: set[int] = set()

    def rows(self, start: int | None = None) -> Rows:
        """The clusters in the order of a walk from one of them, by default from where the proband's ancestors part."""
        rows: Rows = [[] for _ in range(1 + max(spot.row for spot in self._tree.spots))]
        for first in [self._start() if start is None else start, *range(len(self._clusters))]:
            for number in self._from(first):
                cluster = self._clusters[number]
                rows[self._tree.spots[cluster[0]].row].append(cluster)
        return rows

    def _start(self) -> int:
        at = self._of[self._tree.proband]
        seen = {at}
        while True:
            over = {self._above[spot] for spot in self._clusters[at] if spot in self._above} - seen
            if len(over) != 1:
                return at
            at = over.pop()
            seen.add(at)

    def _from(self, start: int) -> Iterator[int]:
        """Meet families of left mates, the cluster, its children, families of right mates.

        A family that is reached from below stands wholly on one side of whom it was reached from.
        """
        stack: list[tuple[int, str]] = [(start, "down")]
        while stack:
            number, way = stack.pop()
            if way == "now":
                yield number
                continue
            if number in self._met:
                continue
            self._met.add(number)
            cluster = self._clusters[number]
            half = {"down": len(cluster) // 2, "left": len(cluster), "right": 0}[way]
            left = [(self._above[spot], "left") for spot in cluster[:half] if spot in self._above]
            right = [(self._above[spot], "right") for spot in cluster[half:] if spot in self._above]
            children = [(child, "down") for child in self._below[number]]
            middle = [*children, (number, "now")] if way == "left" else [(number, "now"), *children]
            stack += reversed([*left, *middle, *right])


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

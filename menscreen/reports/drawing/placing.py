"""Where everybody stands: left to right in units of the picture, siblings centered under their parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from menscreen.reports.drawing.ordering import Order
from menscreen.reports.drawing.tree import Tree, Union

#: The free room between the people of a row, and between clusters of it.
GAP = 8
GAP_OF_CLUSTERS = 16
#: Free room from which on a sibling stands far off.
_LOOSE = 80
#: Times that the rows are put under and over each other; more moves nothing that an eye would see.
_TIMES = 24


def place(tree: Tree, order: Order) -> None:
    """Set `x` of each spot, which has its width, so that no two of a row come too near."""
    rows = [_Row(tree, row) for row in order.rows]
    below: list[list[Union]] = [[] for _ in rows]
    for union in tree.unions:
        below[tree.spots[union.mates[0]].row].append(union)
    for _ in range(_TIMES):
        for row in range(len(rows) - 2, -1, -1):
            rows[row].pull(_pulls_from_below(tree, order, below[row]))
        for row in range(1, len(rows)):
            rows[row].pull(_pulls_from_above(tree, order, below[row - 1]))
    for row in range(1, len(rows)):
        rows[row].gather(_edges_to_gather(tree, order, below[row - 1]))
    least = min(spot.x - spot.width / 2 for spot in tree.spots)
    for spot in tree.spots:
        spot.x = round(spot.x - least)


class _Row:
    """A row of spots that can be pulled, and keep their distances."""

    def __init__(self, tree: Tree, clusters: Sequence[Sequence[int]]) -> None:
        self._spots = tree.spots
        self._clusters = clusters
        self._line = [spot for cluster in clusters for spot in cluster]
        #: How far each is from the one before it, at least.
        self._distances: list[float] = []
        for cluster in clusters:
            for number, spot in enumerate(cluster):
                gap = GAP if number else GAP_OF_CLUSTERS
                before = self._spots[self._line[len(self._distances) - 1]].width if self._distances else 0
                self._distances.append((before + self._spots[spot].width) / 2 + gap)
        self._settle(_sums(self._distances))

    def _settle(self, places: Sequence[float]) -> None:
        for spot, x in zip(self._line, places, strict=True):
            self._spots[spot].x = x

    def pull(self, pulls: Mapping[int, Sequence[float]]) -> None:
        """Move everybody who is pulled by the mean of the pulls; mates who are not pulled come along."""
        wanted: list[float] = []
        start = 0
        for cluster in self._clusters:
            near = self._distances[start : start + len(cluster)]
            wanted += self._wanted(cluster, near, pulls)
            start += len(cluster)
        self._settle(apart(wanted, self._distances))

    def gather(self, drops: Mapping[int, float]) -> None:
        """Bring childless siblings who stand far off nearer to the others, not past the line from their parents."""
        places = [self._spots[spot].x for spot in self._line]
        last = len(places) - 1
        for number in range(last - 1, -1, -1):
            drop = drops.get(self._line[number], places[number])
            near = places[number + 1] - self._distances[number + 1] - _LOOSE
            places[number] = max(places[number], min(drop, near))
        for number in range(1, last + 1):
            drop = drops.get(self._line[number], places[number])
            near = places[number - 1] + self._distances[number] + _LOOSE
            places[number] = min(places[number], max(drop, near))
        self._settle(places)

    def _wanted(
        self, cluster: Sequence[int], distances: Sequence[float], pulls: Mapping[int, Sequence[float]]
    ) -> list[float]:
        places = _sums([0.0, *distances[1:]])
        to: dict[int, float] = {}
        for number, spot in enumerate(cluster):
            if spot in pulls:
                to[number] = self._spots[spot].x + sum(pulls[spot]) / len(pulls[spot])
        if not to:
            return [self._spots[spot].x for spot in cluster]
        found = []
        for number in range(len(cluster)):
            nearest = min(to, key=lambda one: (abs(one - number), one))
            found.append(to[nearest] + places[number] - places[nearest])
        return found


def _pulls_from_above(tree: Tree, order: Order, unions: Sequence[Union]) -> dict[int, list[float]]:
    pulls: dict[int, list[float]] = {}
    for union in unions:
        pull = _pull(tree, order, union)
        for child in union.children:
            pulls.setdefault(child, []).append(pull)
    return pulls


def _pulls_from_below(tree: Tree, order: Order, unions: Sequence[Union]) -> dict[int, list[float]]:
    pulls: dict[int, list[float]] = {}
    for union in unions:
        pull = _pull(tree, order, union)
        for mate in set(union.mates):
            pulls.setdefault(mate, []).append(-pull)
    return pulls


def _edges_to_gather(tree: Tree, order: Order, unions: Sequence[Union]) -> dict[int, float]:
    """The line above each child of several who has neither mates nor a twin, and so can be moved alone."""
    twins = {spot for twins in tree.twins for spot in twins.spots}
    return {
        child: drop_of(tree, order, union)
        for union in unions
        for child in union.children
        if len(union.children) > 1 and not order.mates[child] and child not in twins
    }


def _pull(tree: Tree, order: Order, union: Union) -> float:
    """How far the children would have to move to hang evenly under their parents."""
    children = [tree.spots[child].x for child in union.children]
    return drop_of(tree, order, union) - (min(children) + max(children)) / 2


def drop_of(tree: Tree, order: Order, union: Union) -> float:
    """Where the line to the children leaves that between the mates.

    Half way between mates who stand side by side. Where others stand between them, beside one of the two, if possible
    where no other couple has its line.
    """
    left, right = sorted(union.mates, key=order.place.__getitem__)
    one, other = tree.spots[left], tree.spots[right]
    if left == right:
        return one.x + one.width / 2 + GAP / 2
    if order.place[right] - order.place[left] == 1:
        return ((one.x + one.width / 2) + (other.x - other.width / 2)) / 2
    if order.has_couple_before(right):
        return one.x + one.width / 2 + GAP / 2
    return other.x - other.width / 2 - GAP / 2


def _sums(distances: Sequence[float]) -> list[float]:
    return list(accumulate(distances))


def apart(wanted: Sequence[float], distances: Sequence[float]) -> list[float]:
    """Find the places nearest to those wanted (least squares) at which each is far enough from the one before it.

    >>> apart([0.0, 5.0, 100.0], [0.0, 20.0, 20.0])
    [-7.5, 12.5, 100.0]
    """
    blocks: list[tuple[float, int]] = []
    shift = _sums(distances)
    for want, left in zip(wanted, shift, strict=True):
        mean, count = want - left, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [mean + left for mean, left in zip(flat, shift, strict=True)]

"""Where everybody stands: left to right in units of the picture, siblings centered under their parents."""

from __future__ import annotations

from collections.abc import Sequence

from menscreen.reports.drawing.ordering import Order
from menscreen.reports.drawing.tree import Tree, Union

#: The free room between the people of a row, and between clusters of it.
GAP = 8
GAP_OF_CLUSTERS = 16
#: Times that the rows are put under and over each other; more moves nothing that an eye would see.
_TIMES = 16


def place(tree: Tree, order: Order) -> None:
    """Set `x` of each spot, which has its width, so that no two of a row come too near."""
    spots = tree.spots
    offsets: dict[int, float] = {}
    widths: list[list[float]] = []
    for row in order.rows:
        line = []
        for cluster in row:
            width = 0.0
            for spot in cluster:
                offsets[spot] = width + spots[spot].width / 2
                width += spots[spot].width + GAP
            line.append(width - GAP + GAP_OF_CLUSTERS)
        widths.append(line)
    lefts = [_packed(line) for line in widths]

    def settle(row: int) -> None:
        for left, cluster in zip(lefts[row], order.rows[row], strict=True):
            for spot in cluster:
                spots[spot].x = left + offsets[spot]

    by_row: list[list[Union]] = [[] for _ in order.rows]
    for union in tree.unions:
        by_row[spots[union.mates[0]].row].append(union)
    for row in range(len(order.rows)):
        settle(row)
    last = len(order.rows) - 1
    for time in range(_TIMES):
        is_down = time % 2 == 0
        for row in range(1, last + 1) if is_down else range(last - 1, -1, -1):
            pulls: dict[int, list[float]] = {}
            if is_down or time >= _TIMES - 2:
                for union in by_row[row - 1] if row else ():
                    pull = _pull(tree, order, union)
                    for child in union.children:
                        pulls.setdefault(child, []).append(pull)
            if not is_down:
                for union in by_row[row]:
                    for mate in set(union.mates):
                        pulls.setdefault(mate, []).append(-_pull(tree, order, union))
            wanted = [left + _mean(cluster, pulls) for left, cluster in zip(lefts[row], order.rows[row], strict=True)]
            lefts[row] = apart(wanted, widths[row])
            settle(row)
    least = min(spot.x - spot.width / 2 for spot in spots)
    for spot in spots:
        spot.x = round(spot.x - least)


def _mean(cluster: Sequence[int], pulls: dict[int, list[float]]) -> float:
    all_ = [pull for spot in cluster for pull in pulls.get(spot, ())]
    return sum(all_) / len(all_) if all_ else 0.0


def _pull(tree: Tree, order: Order, union: Union) -> float:
    """How far the children would have to move to hang evenly under their parents."""
    children = [tree.spots[child].x for child in union.children]
    return drop_of(tree, order, union) - (min(children) + max(children)) / 2


def drop_of(tree: Tree, order: Order, union: Union) -> float:
    """Where the line to the children leaves that between the mates.

    Half way between mates who stand side by side; beside the one with fewer mates where others stand between them.
    """
    left, right = sorted(union.mates, key=order.place.__getitem__)
    one, other = tree.spots[left], tree.spots[right]
    if left == right:
        return one.x + one.width / 2 + GAP / 2
    if order.place[right] - order.place[left] > 1:
        if order.mates[left] < order.mates[right]:
            return one.x + one.width / 2 + GAP / 2
        return other.x - other.width / 2 - GAP / 2
    return ((one.x + one.width / 2) + (other.x - other.width / 2)) / 2


def _packed(widths: Sequence[float]) -> list[float]:
    lefts = []
    left = 0.0
    for width in widths:
        lefts.append(left)
        left += width
    return lefts


def apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Find the places nearest to those wanted (least squares) at which each is at least its width before the next.

    >>> apart([0.0, 5.0, 100.0], [20.0, 20.0, 20.0])
    [-7.5, 12.5, 100.0]
    """
    blocks: list[tuple[float, int]] = []
    shift = _packed(widths)
    for want, left in zip(wanted, shift, strict=True):
        mean, count = want - left, 1
        while blocks and blocks[-1][0] > mean:
            before, size = blocks.pop()
            mean, count = (before * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [mean + left for mean, left in zip(flat, shift, strict=True)]

"""The lines between people: couples, the bars of sibships, and at which height each runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from menscreen.reports.drawing.ordering import Order
from menscreen.reports.drawing.placing import drop_of
from menscreen.reports.drawing.tree import Tree, Union


class Descent(NamedTuple):
    """The line from a couple to its children.

    Attributes:
        union: the couple.
        drop: where it leaves the line between the mates.
        tops: for each child (by spot) where its own line begins on the bar: twins begin in one point.
        left, right: the ends of the bar.
        track: which of the bars one above the other it is, 0 the uppermost.
    """

    union: Union
    drop: float
    tops: dict[int, float]
    left: float
    right: float
    track: int


def descents(tree: Tree, order: Order) -> list[Descent]:
    """Find the lines of descent; bars that would touch run at different heights."""
    by_row: list[list[Descent]] = [[] for _ in order.rows]
    twin_of = {spot: twins.spots for twins in tree.twins for spot in twins.spots}
    for union in tree.unions:
        drop = drop_of(tree, order, union)
        tops = {}
        for child in union.children:
            together = [one for one in twin_of.get(child, (child,)) if one in union.children]
            tops[child] = sum(tree.spots[one].x for one in together) / len(together)
        ends = [drop, *tops.values()]
        row = tree.spots[union.mates[0]].row
        by_row[row].append(Descent(union, drop, tops, min(ends), max(ends), 0))
    return [one for row in by_row for one in _on_tracks(row)]


#: Bars nearer to each other than this would look like one.
_APART = 8


def _on_tracks(bars: Sequence[Descent]) -> list[Descent]:
    """Give each bar the uppermost track on which it is free, bars that fall to the left or right first come first."""
    placed: list[Descent] = []
    for bar in sorted(bars, key=_steepness):
        taken = {other.track for other in placed if other.left - _APART < bar.right and bar.left - _APART < other.right}
        track = next(number for number in range(len(placed) + 1) if number not in taken)
        placed.append(bar._replace(track=track))
    return placed


def _steepness(bar: Descent) -> tuple[float, float]:
    """Bars that run to the right from their drop lie lower the farther left they begin, as steps of a stair do."""
    leans_right = bar.drop - bar.left <= bar.right - bar.drop
    return (-bar.drop if leans_right else bar.drop), bar.left

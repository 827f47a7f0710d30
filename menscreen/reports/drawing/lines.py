"""The lines between people: couples, the bars of sibships, and at which height each runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
        feet: for each child where its own line ends; beside the middle where another line ends there.
        left, right: the ends of the bar.
        track: which of the bars one above the other it is, 0 the uppermost.
    """

    union: Union
    drop: int
    tops: dict[int, int]
    feet: dict[int, int]
    left: int
    right: int
    track: int


#: A drop this near to its only child is drawn straight, and bars nearer to each other would look like one.
_STRAIGHT = 6
_APART = 8
#: How far beside the middle of a symbol a second line ends, and how near two lines would look like one.
BESIDE = 8
_SAME = 4


def descents(tree: Tree, order: Order) -> list[Descent]:
    """Find the lines of descent; bars that would touch run at different heights, lines down side by side."""
    by_row: list[list[Descent]] = [[] for _ in order.rows]
    twin_of = {spot: twins.spots for twins in tree.twins for spot in twins.spots}
    born = {child for union in tree.unions for child in union.children if child not in union.adopted}
    last = [-_APART] * len(order.rows)
    for drop, number in sorted((drop_of(tree, order, union), number) for number, union in enumerate(tree.unions)):
        union = tree.unions[number]
        row = tree.spots[union.mates[0]].row
        tops, feet = _ends(tree, union, drop, twin_of, born)
        middle = min(tops.values())
        if len(set(tops.values())) == 1 and abs(drop - middle) <= _STRAIGHT and middle >= last[row] + _SAME:
            drop = middle
        drop = last[row] = max(round(drop), last[row] + _SAME)
        ends = [drop, *tops.values()]
        by_row[row].append(Descent(union, drop, tops, feet, min(ends), max(ends), 0))
    return [one for row in by_row for one in _on_tracks(row)]


def _ends(
    tree: Tree, union: Union, drop: float, twin_of: Mapping[int, Sequence[int]], born: Collection[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Where the line of each child begins and ends."""
    tops, feet = {}, {}
    for child in union.children:
        x = feet[child] = tops[child] = int(tree.spots[child].x)
        together = [one for one in twin_of.get(child, ()) if one in union.children]
        if child in union.adopted and child in born:
            feet[child] = tops[child] = x + BESIDE if drop > x else x - BESIDE
        elif len(together) > 1:
            tops[child] = round(sum(tree.spots[one].x for one in together) / len(together))
    return tops, feet


def _on_tracks(bars: Sequence[Descent]) -> list[Descent]:
    """Give each bar the uppermost track on which it is free and no line runs on one of another couple."""
    waiting = sorted(bars, key=_steepness)
    placed: list[Descent] = []
    while waiting:
        number = next((at for at, bar in enumerate(waiting) if not any(_runs_on(one, bar) for one in waiting)), 0)
        bar = waiting.pop(number)
        lines = [*placed, bar, *waiting]
        waiting = [_beside(other, [*placed, bar], lines) for other in waiting]
        taken = {other.track for other in placed if other.left - _APART < bar.right and bar.left - _APART < other.right}
        track = max((other.track + 1 for other in placed if _runs_on(other, bar)), default=0)
        placed.append(bar._replace(track=next(one for one in range(track, track + len(bars)) if one not in taken)))
    return placed


def _runs_on(upper: Descent, lower: Descent, near: int = _APART) -> bool:
    """Whether the line down from a couple would run on or near that to a child of another, were its bar the lower."""
    if upper.union is lower.union:
        return False
    return any(abs(upper.drop - end) < near for ends in (lower.tops, lower.feet) for end in ends.values())


def _beside(bar: Descent, higher: Sequence[Descent], all_: Sequence[Descent]) -> Descent:
    """The bar with its line down moved aside, if it would run on lines to the children of those that are higher."""
    if not any(_runs_on(bar, one, _SAME) for one in higher):
        return bar
    lines = [one.drop for one in all_ if one.union is not bar.union]
    lines += [end for one in higher if one.union is not bar.union for end in (*one.tops.values(), *one.feet.values())]
    drop = bar.drop
    while any(abs(drop - line) < _SAME for line in lines):
        drop += 1
    return bar._replace(drop=drop, right=max(bar.right, drop))


def _steepness(bar: Descent) -> tuple[int, int]:
    """Bars that run to the right from their drop lie lower the farther left they begin, as steps of a stair do."""
    leans_right = bar.drop - bar.left <= bar.right - bar.drop
    return (-bar.drop if leans_right else bar.drop), bar.left

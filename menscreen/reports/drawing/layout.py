"""The layout of a family: who stands where, what is written there, and where the lines run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from menscreen.pedigree.family import Pedigree
from menscreen.reports.drawing.captions import Line
from menscreen.reports.drawing.facts import Facts
from menscreen.reports.drawing.lines import Descent, descents
from menscreen.reports.drawing.ordering import Order, ordered
from menscreen.reports.drawing.placing import place
from menscreen.reports.drawing.symbols import HALF
from menscreen.reports.drawing.tree import Spot, Tree, tree_of
from menscreen.reports.layout import columns

if TYPE_CHECKING:
    from menscreen.screening.verdict import Screening

#: The margin around, the room for the Roman numerals, the height of a line of text.
MARGIN = 16
_NUMERALS = 40
LINE = 13
#: From the texts of a row down to the first bar, between bars, and from the last bar to the next symbols.
_ABOVE_BARS = 12
_BETWEEN_BARS = 10
_BELOW_BARS = 24
#: The room of a symbol without words, of one with brackets, and of the proband's with the arrow.
_ROOM = 2 * HALF + 16
_ROOM_OF_ADOPTED = 2 * HALF + 34
_ROOM_OF_PROBAND = 2 * HALF + 56


class Layout:
    """Where everything of a family stands.

    Attributes:
        names: the number of each spot, such as II-3.
        texts: what is written beneath each spot, the number first.
        heights: the middle of the symbols of each row; the last is where the key begins.
        left_out: how many people of the family are not drawn.
    """

    def __init__(self, family: Pedigree, screening: Screening | None = None) -> None:
        self.facts = Facts(family, screening)
        self.left_out = len(family.people) - len(self.facts.people)
        self.tree: Tree = tree_of(family, self.facts.people)
        self.order: Order = ordered(self.tree)
        self.names, self._number_of = _numbers(self.tree, self.order)
        self.texts = [self._texts(at, spot) for at, spot in enumerate(self.tree.spots)]
        for spot, lines in zip(self.tree.spots, self.texts, strict=True):
            is_adopted = spot.person is not None and spot.person.adopted is not None
            spot.width = max([_ROOM_OF_ADOPTED if is_adopted else _ROOM, *map(_width, lines)])
        proband = self.tree.spots[self.tree.proband]
        proband.width = max(proband.width, _ROOM_OF_PROBAND)
        place(self.tree, self.order)
        for spot in self.tree.spots:
            spot.x += _NUMERALS + MARGIN
        self.descents: list[Descent] = descents(self.tree, self.order)
        self._tracks = [0] * len(self.order.rows)
        for bar in self.descents:
            self._tracks[self.row(bar)] = max(self._tracks[self.row(bar)], bar.track)
        self.heights = self._heights()

    @property
    def width(self) -> int:
        """How wide the family is, margins included."""
        return max(int(spot.x + spot.width / 2) for spot in self.tree.spots) + MARGIN

    def row(self, bar: Descent) -> int:
        """The row of the couple."""
        return self.tree.spots[bar.union.mates[0]].row

    def height_of(self, bar: Descent) -> int:
        """The height at which the bar of the siblings runs."""
        row = self.row(bar)
        return self.heights[row + 1] - HALF - _BELOW_BARS - _BETWEEN_BARS * (self._tracks[row] - bar.track)

    def spots_in_order(self) -> list[int]:
        """Everybody, row by row from left to right."""
        return [spot for row in self.order.rows for cluster in row for spot in cluster]

    def _texts(self, at: int, spot: Spot) -> list[Line]:
        if spot.person is None:
            return []
        if spot.is_repeat:
            return [Line(f"= {self.names[at]}")]
        relation = spot.person.relation
        to = self._number_of.get(relation.to) if relation is not None else None
        words = f"{relation.as_} of {to}" if relation is not None and to is not None else ""
        return [Line(self.names[at]), *self.facts.lines(spot.person, words)]

    def _heights(self) -> list[int]:
        heights = [MARGIN + HALF + 12]
        for row, clusters in enumerate(self.order.rows):
            most = max(len(self.texts[spot]) for cluster in clusters for spot in cluster)
            below = _ABOVE_BARS + self._tracks[row] * _BETWEEN_BARS + _BELOW_BARS
            heights.append(heights[-1] + 2 * HALF + 10 + most * LINE + below)
        return heights


def _numbers(tree: Tree, order: Order) -> tuple[list[str], dict[str, str]]:
    """The number of each spot and of each id, such as II-3; a person drawn again has the number of the first time."""
    names = [""] * len(tree.spots)
    number_of: dict[str, str] = {}
    for row, clusters in enumerate(order.rows):
        number = 0
        for spot in (spot for cluster in clusters for spot in cluster):
            person = tree.spots[spot].person
            if person is not None and not tree.spots[spot].is_repeat:
                number += 1
                names[spot] = number_of[person.id] = f"{roman(row + 1)}-{number}"
    for at, one in enumerate(tree.spots):
        if one.is_repeat and one.person is not None:
            names[at] = number_of[one.person.id]
    return names, number_of


def roman(number: int) -> str:
    """Write a number in Roman numerals.

    >>> roman(4), roman(9), roman(14)
    ('IV', 'IX', 'XIV')
    """
    written = ""
    for value, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (number // value)
        number %= value
    return written


def _width(line: Line) -> int:
    """About how wide a line is in a wide typeface; East Asian characters are counted twice."""
    return round(columns(line.text) * (7.4 if line.is_strong else 6.4)) + 4

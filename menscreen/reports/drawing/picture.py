"""The pedigree as a picture: `draw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.reports.drawing.captions import Line, harmless
from menscreen.reports.drawing.facts import Facts
from menscreen.reports.drawing.legend import legend
from menscreen.reports.drawing.lines import Descent, descents
from menscreen.reports.drawing.marks import marks
from menscreen.reports.drawing.ordering import Order, ordered
from menscreen.reports.drawing.placing import place
from menscreen.reports.drawing.selection import people_to_draw
from menscreen.reports.drawing.symbols import HALF, STYLE, path, text
from menscreen.reports.drawing.tree import Spot, Tree, tree_of

if TYPE_CHECKING:
    from menscreen.screening.verdict import Screening

#: The left margin with the Roman numerals, the margin around, the height of a line of text.
_NUMERALS = 40
_MARGIN = 16
_LINE = 13
#: From the texts of a row down to the first bar, between bars, and from the last bar to the next symbols.
_ABOVE_BARS = 12
_BETWEEN_BARS = 10
_BELOW_BARS = 24


def draw(family: Pedigree, screening: Screening | None = None, *, title: str = "Family pedigree") -> str:
    """Draw a family as an SVG picture in the standardized nomenclature of genetic counselors.

    The facts that the answer of `screening` for its first person rests on are marked. Of a large family the relatives
    that matter are drawn, and the picture says so. Equal families give equal bytes, whatever the order of the people.

    >>> from menscreen.pedigree.person import Person
    >>> draw(Pedigree((Person("a"),), "a"))[:4]
    '<svg'
    """
    return _Picture(family, screening).svg(title)


class _Picture:
    """The layout of one family, and the writing of it."""

    def __init__(self, family: Pedigree, screening: Screening | None) -> None:
        self.facts = Facts(family, screening)
        self.left_out = 0
        people = people_to_draw(family, self.facts.evidence)
        self.left_out = len(family.people) - len(people)
        self.tree: Tree = tree_of(family, people)
        self.order: Order = ordered(self.tree)
        self.names = _numbers(self.tree, self.order)
        self.texts = [self._texts(at, spot) for at, spot in enumerate(self.tree.spots)]
        for spot, lines in zip(self.tree.spots, self.texts, strict=True):
            spot.width = max(2 * HALF + 22, *(_width(line) for line in lines)) if lines else 2 * HALF + 22
        proband = self.tree.spots[self.tree.proband]
        proband.width = max(proband.width, 2 * HALF + 56)
        place(self.tree, self.order)
        for spot in self.tree.spots:
            spot.x += _NUMERALS + _MARGIN
        self.descents: list[Descent] = descents(self.tree, self.order)
        self.heights = self._heights()

    def _texts(self, at: int, spot: Spot) -> list[Line]:
        if spot.person is None:
            return []
        if spot.is_repeat:
            return [Line(f"= {self.names[at]}")]
        return [Line(self.names[at]), *self.facts.lines(spot.person)]

    def _heights(self) -> list[int]:
        """The middle of the symbols of each row; the last is where the legend begins."""
        heights = [_MARGIN + HALF + 12]
        for row in range(len(self.order.rows)):
            most = max(len(self.texts[spot]) for cluster in self.order.rows[row] for spot in cluster)
            tracks = 1 + max((bar.track for bar in self.descents if self._row(bar) == row), default=0)
            below = _ABOVE_BARS + (tracks - 1) * _BETWEEN_BARS + _BELOW_BARS
            heights.append(heights[-1] + 2 * HALF + 10 + most * _LINE + below)
        return heights

    def _row(self, bar: Descent) -> int:
        return self.tree.spots[bar.union.mates[0]].row

    def svg(self, title: str) -> str:
        """Write the picture."""
        body: list[str] = []
        for row in range(len(self.order.rows)):
            body.append(text(_MARGIN, self.heights[row] + 5, roman(row + 1), "big"))
        for bar in self.descents:
            body += self._couple(bar)
            body += self._sibship(bar)
        for at, spot in enumerate(self.tree.spots):
            body.append("<g>")
            if spot.person is not None:
                body.append(f"<title>{_escaped(self._told(at))}</title>")
            body += marks(spot, self.heights[spot.row], self.facts)
            body += self._written(at, spot)
            body.append("</g>")
        width = max(int(spot.x + spot.width / 2) for spot in self.tree.spots) + _MARGIN
        drawn = [spot.person for spot in self.tree.spots if spot.person is not None]
        key, width, bottom = legend(self.tree, self.facts, drawn, self.left_out, _MARGIN, width, self.heights[-1])
        described = " ".join(f"{self._told(at)}." for at in self._in_order())
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" class="menscreen-pedigree" role="img" width="{width}"'
                f' height="{bottom}" viewBox="0 0 {width} {bottom}">',
                f"<title>{_escaped(harmless(title))}</title>",
                f"<desc>{_escaped(described)}</desc>",
                f"<style>{STYLE}</style>",
                f'<rect width="{width}" height="{bottom}" class="ground"/>',
                *body,
                *key,
                "</svg>\n",
            ]
        )

    def _in_order(self) -> list[int]:
        spots = [spot for row in self.order.rows for cluster in row for spot in cluster]
        return [at for at in spots if self.tree.spots[at].person is not None and not self.tree.spots[at].is_repeat]

    def _told(self, at: int) -> str:
        """Everything that is written of somebody, in one sentence."""
        lines = [line.text for line in self.texts[at]]
        return ", ".join([lines[0], *([" ".join(lines[1:])] if lines[1:] else [])])

    def _written(self, at: int, spot: Spot) -> list[str]:
        y = self.heights[spot.row] + HALF + 17
        classes = ["middle strong" if line.is_strong else "middle" for line in self.texts[at]]
        return [
            text(spot.x, y + number * _LINE, line.text, kind)
            for number, (line, kind) in enumerate(zip(self.texts[at], classes, strict=True))
        ]

    def _couple(self, bar: Descent) -> list[str]:
        """The line between mates, twice where they are related by blood, down to the bar of their children."""
        y = self.heights[self._row(bar)]
        places = sorted(bar.union.mates, key=self.order.place.__getitem__)
        one, other = (self.tree.spots[mate] for mate in places)
        drop = int(bar.drop)
        left, right = int(one.x) + HALF, int(other.x) - HALF
        if places[0] == places[1]:
            between = [f"M{left} {y}H{drop}"]
        elif places[1] - places[0] != 0 and self.order.place[places[1]] - self.order.place[places[0]] == 1:
            between = [f"M{left} {y}H{right}"]
            if bar.union.is_consanguineous:
                between = [f"M{left} {y - 3}H{right}M{left} {y + 3}H{right}"]
        else:
            between = [self._around(int(one.x), int(other.x), drop, y)]
        return [path(between[0]), path(f"M{drop} {y}V{self._bar_y(bar)}")]

    def _around(self, one: int, other: int, drop: int, y: int) -> str:
        """A line over those who stand between two mates."""
        top = y - HALF - 12
        if abs(drop - other) < abs(drop - one):
            return f"M{one + 9} {y - HALF}V{top}H{drop}V{y}H{other - HALF}"
        return f"M{other - 9} {y - HALF}V{top}H{drop}V{y}H{one + HALF}"

    def _bar_y(self, bar: Descent) -> int:
        return self.heights[self._row(bar) + 1] - HALF - _BELOW_BARS - _BETWEEN_BARS * self._lower_tracks(bar)

    def _lower_tracks(self, bar: Descent) -> int:
        row = self._row(bar)
        return max(other.track for other in self.descents if self._row(other) == row) - bar.track

    def _sibship(self, bar: Descent) -> list[str]:
        """The bar of the siblings and the line to each, dashed to those who came by adoption."""
        spots = self.tree.spots
        y, below = self._bar_y(bar), self.heights[self._row(bar) + 1] - HALF
        drawn = [path(f"M{int(bar.left)} {y}H{int(bar.right)}")] if bar.left != bar.right else []
        for child, top in bar.tops.items():
            kind = "line dashed" if child in bar.union.adopted else "line"
            drawn.append(path(f"M{int(top)} {y}L{int(spots[child].x)} {below}", kind))
        for twins in self.tree.twins:
            together = [spots[one].x for one in twins.spots if one in bar.tops]
            if len(together) > 1:
                drawn += _twin_sign(
                    sum(together) / len(together), min(together), max(together), y, below, twins.zygosity
                )
        return drawn


def _twin_sign(point: float, left: float, right: float, y: int, below: int, zygosity: Zygosity) -> list[str]:
    """A bar between the lines of monozygotic twins, a question mark where nobody knows."""
    middle = (y + below) / 2
    if zygosity is Zygosity.MONOZYGOTIC:
        return [path(f"M{(point + left) / 2:.0f} {middle:.0f}H{(point + right) / 2:.0f}")]
    return [text(point, below - 1, "?")] if zygosity is Zygosity.UNKNOWN else []


def _numbers(tree: Tree, order: Order) -> list[str]:
    """The number of each spot, such as II-3; a person drawn again has the number of the first time."""
    names = [""] * len(tree.spots)
    number_of: dict[str, str] = {}
    for row, clusters in enumerate(order.rows):
        number = 0
        for spot in (spot for cluster in clusters for spot in cluster):
            person = tree.spots[spot].person
            if person is not None and not tree.spots[spot].is_repeat:
                number += 1
                names[spot] = number_of[person.id] = f"{roman(row + 1)}-{number}"
    for at, spot_ in enumerate(tree.spots):
        if spot_.is_repeat and spot_.person is not None:
            names[at] = number_of[spot_.person.id]
    return names


def roman(number: int) -> str:
    """Write a number in Roman numerals.

    >>> roman(4), roman(9), roman(14)
    ('IV', 'IX', 'XIV')
    """
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        written += sign * (number // value)
        number %= value
    return written


def _width(line: Line) -> int:
    """About how wide a line is; wide characters are counted twice."""
    from menscreen.reports.layout import columns

    return round(columns(line.text) * (7.4 if line.is_strong else 6.4)) + 4


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

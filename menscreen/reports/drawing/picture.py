"""The pedigree as a picture: `draw`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.reports.drawing.captions import harmless
from menscreen.reports.drawing.layout import LINE, MARGIN, Layout, roman
from menscreen.reports.drawing.legend import legend
from menscreen.reports.drawing.lines import Descent
from menscreen.reports.drawing.marks import marks
from menscreen.reports.drawing.symbols import HALF, STYLE, escaped, path, rim_below_top, shape_of, text

if TYPE_CHECKING:
    from menscreen.screening.verdict import Screening


def draw(family: Pedigree, screening: Screening | None = None, *, title: str = "Family pedigree") -> str:
    """Draw a family as an SVG picture in the standardized nomenclature of genetic counselors.

    The facts that the answer of `screening` for its first person rests on are marked; where nothing is met, those that
    its questions are about. Of a large family the relatives that matter are drawn, and the picture says so. Equal
    families give equal bytes, whatever the order of the people.

    >>> from menscreen.pedigree.person import Person
    >>> draw(Pedigree((Person("a"),), "a"))[:4]
    '<svg'
    """
    layout = Layout(family, screening)
    key, width, height = legend(layout.tree, layout.facts, layout.left_out, MARGIN, layout.width, layout.heights[-1])
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="menscreen-pedigree" role="img" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}">',
        f"<title>{escaped(harmless(title))}</title>",
        f"<desc>{escaped(_described(layout))}</desc>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{height}" class="ground"/>',
        *(text(MARGIN, layout.heights[row] + 5, roman(row + 1), "big") for row in range(len(layout.order.rows))),
        *(line for bar in layout.descents for line in _couple(layout, bar) + _sibship(layout, bar)),
        *(line for at in layout.spots_in_order() for line in _person(layout, at)),
        *key,
        "</svg>\n",
    ]
    return "\n".join(lines)


def _described(layout: Layout) -> str:
    """Everything that is written in the picture, person by person."""
    said = [
        f"{_told(layout, at)}."
        for at in layout.spots_in_order()
        if layout.tree.spots[at].person is not None and not layout.tree.spots[at].is_repeat
    ]
    left_out = [f"{layout.left_out} more people are not drawn."] if layout.left_out else []
    return " ".join(said + left_out)


def _told(layout: Layout, at: int) -> str:
    number, *rest = (line.text for line in layout.texts[at])
    return ": ".join([number, *([" ".join(rest)] if rest else [])])


def _person(layout: Layout, at: int) -> list[str]:
    """The symbol with what is written beneath it."""
    spot = layout.tree.spots[at]
    y = layout.heights[spot.row]
    drawn = ["<g>"]
    if spot.person is not None:
        drawn.append(f"<title>{escaped(_told(layout, at))}</title>")
    drawn += marks(spot, y, layout.facts)
    for number, line in enumerate(layout.texts[at]):
        kind = "middle strong" if line.is_strong else "middle"
        drawn.append(text(spot.x, y + HALF + 17 + number * LINE, line.text, kind))
    return [*drawn, "</g>"]


def _couple(layout: Layout, bar: Descent) -> list[str]:
    """The line between mates, double where they are related by blood, and down to the bar of their children."""
    y = layout.heights[layout.row(bar)]
    place = layout.order.place
    left, right = sorted(bar.union.mates, key=place.__getitem__)
    one, other, drop = int(layout.tree.spots[left].x), int(layout.tree.spots[right].x), bar.drop
    if left == right:
        between = f"M{one + HALF} {y}H{drop}"
    elif place[right] - place[left] > 1:
        between = _around(one, other, drop, y, bar.union.is_consanguineous)
    elif bar.union.is_consanguineous:
        between = "".join(f"M{one + HALF} {y + beside}H{other - HALF}" for beside in (-3, 3))
    else:
        between = f"M{one + HALF} {y}H{other - HALF}"
    return [path(between), path(f"M{drop} {y}V{layout.height_of(bar)}", _kind(bar))]


def _kind(bar: Descent) -> str:
    """Dashed where nobody was born to the couple."""
    return "line" if len(bar.union.adopted) < len(bar.union.children) else "line dashed"


def _around(one: int, other: int, drop: int, y: int, is_double: bool) -> str:
    """A line over those who stand between two mates; of two related by blood its end is double."""
    top = y - HALF - 12
    start, end = (one + 9, other - HALF) if abs(drop - other) < abs(drop - one) else (other - 9, one + HALF)
    return f"M{start} {y - HALF}V{top}H{drop}V{y}H{end}" + (f"M{drop} {y + 5}H{end}" if is_double else "")


def _sibship(layout: Layout, bar: Descent) -> list[str]:
    """The bar of the siblings and the line to each, dashed to those who came by adoption."""
    y, below = layout.height_of(bar), layout.heights[layout.row(bar) + 1] - HALF
    drawn = [path(f"M{bar.left} {y}H{bar.right}", _kind(bar))] if bar.left != bar.right else []
    for child, top in bar.tops.items():
        spot, foot = layout.tree.spots[child], bar.feet[child]
        kind = "line dashed" if child in bar.union.adopted else "line"
        inset = rim_below_top(shape_of(spot.person, spot.sex), foot - int(spot.x))
        drawn.append(path(f"M{top} {y}L{foot} {below + inset}", kind))
    for twins in layout.tree.twins:
        halfway = [(bar.tops[one] + bar.feet[one]) / 2 for one in twins.spots if one in bar.feet]
        if len(halfway) > 1:
            drawn += _twin_sign(halfway, y, below, twins.zygosity)
    return drawn


def _twin_sign(halfway: list[float], y: int, below: int, zygosity: Zygosity) -> list[str]:
    """A bar between the lines of monozygotic twins, a question mark where nobody knows."""
    if zygosity is Zygosity.MONOZYGOTIC:
        return [path(f"M{min(halfway):.0f} {(y + below) / 2:.0f}H{max(halfway):.0f}")]
    return [text(sum(halfway) / len(halfway), below - 1, "?")] if zygosity is Zygosity.UNKNOWN else []

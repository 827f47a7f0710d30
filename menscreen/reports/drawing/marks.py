"""One person drawn: the symbol, what fills it, and the signs on and around it."""

from __future__ import annotations

from collections.abc import Sequence

from menscreen.pedigree.person import History
from menscreen.reports.drawing.facts import Facts
from menscreen.reports.drawing.symbols import HALF, fill, outline, path, shape_of, text, wedge
from menscreen.reports.drawing.tree import Spot


def marks(spot: Spot, y: int, facts: Facts) -> list[str]:
    """Draw the symbol of a spot at its height."""
    x = int(spot.x)
    person = spot.person
    shape = shape_of(person, spot.sex)
    if person is None:
        return [outline(shape, x, y, "symbol faint")]
    drawn = []
    is_framed = person.id in facts.marked and not spot.is_repeat
    if is_framed:
        drawn.append(outline("square", x, y, "ring", HALF + 6))
    drawn.append(outline(shape, x, y, "symbol faint" if spot.is_repeat else "symbol"))
    drawn += _filled(shape, x, y, facts.paints(person))
    if not person.findings and facts.carries(person):
        drawn.append(path(f"M{x} {y - HALF}V{y + HALF}"))
    if person.history is History.UNKNOWN:
        is_clear = not person.deceased and not facts.paints(person)
        drawn.append(text(x if is_clear else x - HALF - 9, y + 5 if is_clear else y - HALF + 6, "?", "middle big"))
    if person.deceased:
        far = HALF + (12 if is_framed else 6)
        drawn.append(path(f"M{x - far} {y + far}L{x + far} {y - far}"))
    if person.adopted is not None:
        drawn.append(_brackets(x, y, HALF + 3 + (5 if is_framed else 0)))
    if not spot.is_repeat and person.id in (facts.proband, facts.screened):
        beside = (7 if is_framed else 0) + (5 if person.adopted is not None else 0)
        drawn += _arrow(x - beside, y + beside, "P" if person.id == facts.proband else "")
    return drawn


def _filled(shape: str, x: int, y: int, paints: Sequence[int]) -> list[str]:
    """The parts of a symbol, one for each group of findings, and the outline again over them."""
    if not paints:
        return []
    parts = [f'<path d="{wedge(shape, x, y, part, len(paints))}" {fill(paint)}/>' for part, paint in enumerate(paints)]
    if len(paints) > 1:
        borders = [wedge(shape, x, y, part, len(paints)) for part in range(len(paints))]
        parts.append(path("".join(borders), "line thin"))
    return parts


def _brackets(x: int, y: int, up: int) -> str:
    far, near = up + 6, up + 1
    return path(f"M{x - near} {y - up}H{x - far}V{y + up}H{x - near}M{x + near} {y - up}H{x + far}V{y + up}H{x + near}")


def _arrow(x: int, y: int, letter: str) -> list[str]:
    """An arrow from below on the left; with P it is the proband, without the person asked about."""
    tip_x, tip_y = x - HALF - 2, y + HALF - 1
    drawn = [
        path(f"M{tip_x - 16} {tip_y + 13}L{tip_x - 4} {tip_y + 3}"),
        path(f"M{tip_x} {tip_y}l-9 2 5 6z", "solid"),
    ]
    if letter:
        drawn.append(text(tip_x - 20, tip_y + 12, letter, "end strong-letter"))
    return drawn

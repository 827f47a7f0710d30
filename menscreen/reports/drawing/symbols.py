"""Symbols of the standardized pedigree nomenclature, and the patterns and colors of the picture."""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import NamedTuple

from menscreen.pedigree.person import Gender, Person, Sex

#: Half the side of a symbol.
HALF = 17


#: The steps that a rim is drawn in.
_TURN = 48


class Paint(NamedTuple):
    """How a group of findings is filled: a pattern that tells without its color, and the color on light and dark."""

    name: str
    light: str
    dark: str
    pattern: str


#: The patterns, by the names of `captions.NAMES`.
PAINTS = (
    Paint("thyroid-medullary", "#9b2226", "#ff8f8f", ""),
    Paint("thyroid", "#b5541c", "#ffb27a", "M-1 1 1-1M0 6 6 0M5 7 7 5"),
    Paint("parathyroid", "#005f8f", "#7cc7f2", "M0 3H6"),
    Paint("pituitary", "#5a3d9a", "#c3aef5", "M0 0 6 6M-1 5 1 7M5-1 7 1M-1 1 1-1M0 6 6 0M5 7 7 5"),
    Paint("pheochromocytoma", "#1f6f43", "#86d9a8", "M3 0V6"),
    Paint("adrenal", "#6b5b00", "#dcc95a", "M0 0 6 6M-1 5 1 7M5-1 7 1"),
    Paint("neuroendocrine", "#8a1c6b", "#f29bd8", "M0 3H6M3 0V6"),
    Paint("other-tumor", "#444444", "#c8c8c8", "M1.5 1.5h.1M4.5 4.5h.1"),
    Paint("feature", "#00665e", "#74d3ca", "M0 1.5H6M0 4.5H6"),
    Paint("syndrome", "#333333", "#dddddd", "M0 1.5H3M3 4.5H6"),
)
NUMBER_OF_PAINT = {paint.name: number for number, paint in enumerate(PAINTS)}


def _style() -> str:
    root = ".menscreen-pedigree"
    light = [
        f"{root}{{font:11px/1.2 'DejaVu Sans',Verdana,Arial,sans-serif}}",
        f"{root} text{{fill:#1a1a1a;stroke:none}}",
        f"{root} .ground{{fill:#fff}}",
        f"{root} .symbol{{fill:#fff;stroke:#1a1a1a;stroke-width:1.6}}",
        f"{root} .line{{fill:none;stroke:#1a1a1a;stroke-width:1.4}}",
        f"{root} .dashed{{stroke-dasharray:5 4}}",
        f"{root} .faint{{stroke-dasharray:2 3}}",
        f"{root} .solid{{fill:#1a1a1a;stroke:none}}",
        f"{root} .ring{{fill:none;stroke:#b00020;stroke-width:2.4}}",
        f"{root} .soft{{fill:#595959}}",
        f"{root} .strong{{font-weight:bold;text-decoration:underline}}",
        f"{root} .middle{{text-anchor:middle}}",
        f"{root} .end{{text-anchor:end}}",
        f"{root} .strong-letter{{font-weight:bold}}",
        f"{root} .thin{{stroke-width:0.9}}",
        f"{root} .big{{font-size:15px;font-weight:bold}}",
    ]
    dark = [
        f"{root} text{{fill:#f0f0f0}}",
        f"{root} .ground{{fill:#16181c}}",
        f"{root} .symbol{{fill:#16181c;stroke:#f0f0f0}}",
        f"{root} .line{{stroke:#f0f0f0}}",
        f"{root} .solid{{fill:#f0f0f0}}",
        f"{root} .ring{{stroke:#ff6b81}}",
        f"{root} .soft{{fill:#b8b8b8}}",
    ]
    for number, paint in enumerate(PAINTS):
        light.append(f"{root} .ink{number}{{stroke:{paint.light};stroke-width:2;stroke-linecap:square;fill:none}}")
        light.append(f"{root} .full{number}{{fill:{paint.light}}}")
        dark.append(f"{root} .ink{number}{{stroke:{paint.dark}}}")
        dark.append(f"{root} .full{number}{{fill:{paint.dark}}}")
    fit = f"@media all{{{root}{{max-width:100%;height:auto}}}}"  # apart: converters that read sizes stumble over auto
    return f"{''.join(light)}{fit}@media screen and (prefers-color-scheme:dark){{{''.join(dark)}}}"


#: The style sheet, the same in every picture, so that a page can allow it by its digest.
STYLE = _style()


def pattern(number: int) -> str:
    """Write the definition of a pattern; a plain color needs none."""
    paint = PAINTS[number]
    if not paint.pattern:
        return ""
    return (
        f'<pattern id="menscreen-fill-{number}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<path d="{paint.pattern}" class="ink{number}"/></pattern>'
    )


def fill(number: int) -> str:
    """Write the attributes that fill a shape."""
    return f'fill="url(#menscreen-fill-{number})"' if PAINTS[number].pattern else f'class="full{number}"'


def shape_of(person: Person | None, sex: Sex) -> str:
    """Choose square, circle or diamond: by gender, else by sex."""
    gender = person.gender if person is not None else None
    if gender is Gender.NONBINARY:
        return "diamond"
    if gender is not None:
        return "square" if gender is Gender.MAN else "circle"
    return {Sex.MALE: "square", Sex.FEMALE: "circle", Sex.UNKNOWN: "diamond"}[sex]


def outline(shape: str, x: float, y: float, classes: str, half: float = HALF) -> str:
    """Write a symbol."""
    if shape == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}" class="{classes}"/>'
    if shape == "square":
        side = _n(2 * half)
        return f'<rect x="{_n(x - half)}" y="{_n(y - half)}" width="{side}" height="{side}" class="{classes}"/>'
    corners = f"M{_n(x)} {_n(y - half)}L{_n(x + half)} {_n(y)} {_n(x)} {_n(y + half)} {_n(x - half)} {_n(y)}z"
    return path(corners, classes)


def wedge(shape: str, x: float, y: float, part: int, parts: int) -> str:
    """Write the path of one of several equal parts of a symbol, clockwise from the top."""
    start, end = part * _TURN // parts, (part + 1) * _TURN // parts
    rim = [_rim(shape, step) for step in range(start, end + 1)]
    half = HALF - 0.8
    corners = [(0.0, 0.0), *rim] if parts > 1 else rim
    return "M" + "L".join(f"{_n(x + half * a)} {_n(y + half * b)}" for a, b in corners) + "z"


def _rim(shape: str, step: int) -> tuple[float, float]:
    """The point of the rim at a step of the turn."""
    a, b = sin(2 * pi * step / _TURN), -cos(2 * pi * step / _TURN)
    if shape == "circle":
        return a, b
    size = max(abs(a), abs(b)) if shape == "square" else abs(a) + abs(b)
    return a / size, b / size


def rim_below_top(shape: str, beside: int) -> int:
    """How far below the height of its top the rim of a symbol is, so far beside the middle."""
    return {"square": 0, "circle": HALF - round(sqrt(HALF**2 - beside**2)), "diamond": abs(beside)}[shape]


def _n(value: float) -> str:
    """A number as short as it can be written to a tenth."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def text(x: float, y: float, words: str, classes: str = "middle") -> str:
    """Write a line of text, escaped."""
    return f'<text x="{_n(x)}" y="{_n(y)}" class="{classes}">{escaped(words)}</text>'


def escaped(words: str) -> str:
    """Escape what has a meaning in markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def path(d: str, classes: str = "line") -> str:
    """Write a line."""
    return f'<path d="{d}" class="{classes}"/>'

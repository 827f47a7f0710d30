"""Bars with whiskers as SVG, and the page of the docs."""

from __future__ import annotations

from html import escape

from benchmarks.cases import Case

_WIDTH, _ROW, _NAMES = 720, 26, 330


def plot(case: Case) -> str:
    """A bar for each row, as long as its median, with the middle half of what was seen as a whisker."""
    longest = max(one.high for one in case.rows.values())
    scale = (_WIDTH - _NAMES - 130) / longest
    height = _ROW * len(case.rows) + 34
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" '
        f'font-size="13" role="img" aria-label="{escape(case.title)}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{_NAMES}" y="18" fill="#444">times {escape(case.unit)}</text>',
    ]
    for number, (name, one) in enumerate(case.rows.items()):
        top = 30 + number * _ROW
        middle = top + _ROW / 2 - 3
        low, end, high = (_NAMES + value * scale for value in one)
        lines += [
            f'<text x="{_NAMES - 8}" y="{middle + 4}" text-anchor="end" fill="#1b1f24">{escape(name)}</text>',
            f'<rect x="{_NAMES}" y="{top}" width="{end - _NAMES:.1f}" height="{_ROW - 8}" fill="#0a4fa3"/>',
            f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="#e08a00" stroke-width="3"/>',
            f'<text x="{max(end, high) + 6:.1f}" y="{middle + 4}" fill="#1b1f24">{one}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"


def table(case: Case) -> str:
    """The rows as Markdown."""
    rows = "".join(f"| {name} | {one} |\n" for name, one in case.rows.items())
    return f"| | times {case.unit} |\n|---|---|\n{rows}"

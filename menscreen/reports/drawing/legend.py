"""The key beneath the picture: what the patterns and signs in it mean, and who is not drawn."""

from __future__ import annotations

from menscreen.pedigree.person import History
from menscreen.reports.drawing.captions import NAMES, sex_at_birth
from menscreen.reports.drawing.facts import Facts
from menscreen.reports.drawing.symbols import PAINTS, fill, pattern, text
from menscreen.reports.drawing.tree import Tree

_LINE = 18
_COLUMN = 316


def legend(tree: Tree, facts: Facts, left_out: int, left: int, width: int, top: int) -> tuple[list[str], int, int]:
    """Write the key from `top` down; give it back with the width and the height of the whole picture."""
    paints = sorted({paint for person in facts.people for paint in facts.paints(person)})
    drawn = [pattern(paint) for paint in paints if PAINTS[paint].pattern]
    written = [f"<defs>{''.join(drawn)}</defs>"] if drawn else []
    entries: list[tuple[int | None, str]] = [(paint, NAMES[PAINTS[paint].name]) for paint in paints]
    entries += [(None, words) for words in _signs(tree, facts)]
    if left_out:
        entries.append((None, f"{left_out} more people of the family are not drawn"))
    columns = max(1, (width - left) // _COLUMN)
    per_column = -(-len(entries) // columns)
    for number, (paint, words) in enumerate(entries):
        x, y = left + number // per_column * _COLUMN, top + number % per_column * _LINE
        if paint is not None:
            written.append(f'<rect x="{x}" y="{y - 10}" width="14" height="12" {fill(paint)}/>')
            written.append(f'<rect x="{x}" y="{y - 10}" width="14" height="12" class="line"/>')
            written.append(text(x + 21, y, words, "key"))
        else:
            written.append(text(x, y, words, "key"))
    return written, max(width, left + _COLUMN), top + per_column * _LINE + 4


def _signs(tree: Tree, facts: Facts) -> list[str]:
    """The signs that are drawn, in words."""
    people = facts.people
    told = [
        (True, "arrow with P: proband"),
        (facts.screened != facts.proband, "arrow without P: the person asked about"),
        (bool(facts.evidence), "framed, bold: what the answer rests on"),
        (bool(facts.asked_about), "framed, bold: what a question is about"),
        (any(person.deceased for person in people), "slash: deceased (d.)"),
        (
            any(facts.carries(person) and not person.findings for person in people),
            "line in the middle: carries the variant, no finding",
        ),
        (any(sex_at_birth(person) for person in people), "AFAB, AMAB: female, male at birth"),
        (any(person.history is History.UNKNOWN for person in people), "?: nothing is known of the history"),
        (any(person.adopted is not None for person in people), "brackets: adopted; dashed line: adoptive parents"),
        (any(spot.is_repeat for spot in tree.spots), "= II-1: the same person, drawn again"),
        (any(spot.person is None for spot in tree.spots), "dotted, no number: parent not recorded"),
        (bool(tree.twins), "lines from one point: twins; bar: identical; ?: not known"),
        (any(union.is_consanguineous for union in tree.unions), "double line: related by blood"),
    ]
    return [words for holds, words in told if holds]

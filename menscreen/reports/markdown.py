"""The result as Markdown, for notes and mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from menscreen.reports.layout import harmless
from menscreen.reports.outline import Item, Part, Section, Table, outline
from menscreen.reports.phrases import CLOSING
from menscreen.screening.verdict import Outcome, Screening

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
#: What would make a list, a heading, a quotation or a rule of a line that begins with it.
_AT_START = re.compile(r"^(?:([-+#=:])|(\d+)([.)]))")


def write_markdown(screening: Screening) -> str:
    """Write the result as Markdown (CommonMark with tables), in the order of the HTML page, without the picture.

    Whatever came from the input is escaped and stays text.

    >>> from menscreen.screening.verdict import PedigreeUsed, Screening
    >>> print(write_markdown(Screening("0.1.0", (), PedigreeUsed("family 1", "menscreen", ""), (), ())).splitlines()[0])
    # family 1
    """
    told = outline(screening)
    lines = [f"# {_text(told.family)}"]
    if len(told.parts) != 1:
        rows = [
            (part.person, "; ".join(f"{lead.subject}: {lead.outcome}" for lead in part.leads)) for part in told.parts
        ]
        lines += ["", "## Everyone asked about", "", *_table(Table(("Person", "Outcome"), rows))]
    for part in told.parts:
        lines += _person(part, is_alone=len(told.parts) == 1)
    for section in told.sections:
        lines += _section(section, 2)
    return "\n".join([*lines, "", f"*{_text(CLOSING)}*"]) + "\n"


def _person(part: Part, *, is_alone: bool) -> Iterator[str]:
    if not is_alone:
        yield from ("", f"## {_text(part.person)}")
    for lead in part.leads:
        yield from ("", f"**{_text(lead.subject)}: {lead.outcome}.** {_text(lead.sentence)}")
    for detail in part.details:
        yield from ("", _text(detail))
    for section in part.sections:
        yield from _section(section, 2 if is_alone else 3)


def _section(section: Section, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {_text(section.title)}")
    if section.table:
        yield ""
        yield from _table(section.table)
    if section.items:
        yield ""
        yield from _list(section.items, is_numbered=section.numbered)
    if section.closing:
        yield from ("", _text(section.closing))


def _list(items: Iterable[Item], indent: str = "", *, is_numbered: bool = False) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        mark = f"{number}. " if is_numbered else "- "
        yield f"{indent}{mark}{' '.join(_inside(item))}"
        yield from _list(item.below, indent + " " * len(mark))


def _inside(item: Item) -> Iterator[str]:
    if item.outcome is not None:
        yield f"**{item.outcome}**:"
    if item.text:
        yield _text(item.text)
    if item.about:
        yield f"({_text(item.about)})" if item.text else _text(item.about)
    if item.cited is not None:
        yield f"\\[{_text(', '.join(filter(None, item.cited)))}\\]"
    for address in item.links:
        yield f"<{address}>" if re.fullmatch(r"https://[^\s<>]+", address) else _text(address)


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(_text, table.heads))} |"
    yield f"|{'---|' * len(table.heads)}"
    for row in table.rows:
        cells = (f"**{cell}**" if isinstance(cell, Outcome) else _text(cell) for cell in row)
        yield f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """The text as text, on one line."""
    return _AT_START.sub(_escaped_start, _SPECIAL.sub(r"\\\g<0>", " ".join(harmless(text).split())))


def _escaped_start(match: re.Match[str]) -> str:
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}"

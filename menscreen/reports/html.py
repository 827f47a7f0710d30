"""The result as a page of its own: one file, no script, no network, nothing of the input but as text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from menscreen.reports.layout import harmless
from menscreen.reports.outline import Item, Lead, Part, Section, Table, outline
from menscreen.reports.phrases import CLOSING
from menscreen.screening.verdict import Outcome, Screening

#: A shape beside each outcome, so that it is never told by color alone.
_SHAPES = {
    Outcome.WARRANTED: "&#9650;",
    Outcome.CONSIDER: "&#9670;",
    Outcome.CLARIFY: "?",
    Outcome.NOT_INDICATED: "&#9675;",
}
_STYLE_ELEMENT = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def write_html(screening: Screening) -> str:
    """Write the result as an HTML page that reads well on a phone, on paper and aloud.

    The family is drawn when the screening has it. Whatever came from the input is escaped; a content security policy
    in the page allows its own style and nothing else.

    >>> from menscreen.screening.verdict import PedigreeUsed, Screening
    >>> print(write_html(Screening("0.1.0", (), PedigreeUsed("family-1", "menscreen", ""), (), ())).splitlines()[0])
    <!DOCTYPE html>
    """
    told = outline(screening, _labels(screening))
    picture = _picture(screening)
    lines = [
        *_head(_title(told.family, told.parts), picture),
        f"<header><p>{_text(told.family)}</p></header>",
        "<main>",
    ]
    if len(told.parts) == 1:
        lines += _person(told.parts[0], 1, 1, picture)
    else:
        lines += [f"<h1>{_text(_title(told.family, told.parts))}</h1>", *_summary(told.parts), *picture]
        for number, part in enumerate(told.parts, 1):
            lines += ["<section>", *_person(part, 2, number, []), "</section>"]
    for number, section in enumerate(told.sections, 1):
        lines += _section(section, 2, f"all-{number}")
    lines += ["</main>", f"<footer><p>{_text(CLOSING)}</p></footer>", "</body>", "</html>"]
    return "\n".join(lines) + "\n"


def _labels(screening: Screening) -> dict[str, str]:
    """The labels of people, as in the picture; with the id where several have the same."""
    labeled = () if screening.family is None else [one for one in screening.family.people if one.label]
    times = Counter(one.label for one in labeled)
    return {one.id: one.label if times[one.label] == 1 else f"{one.label}, {one.id}" for one in labeled if one.label}


def _title(family: str, parts: Sequence[Part]) -> str:
    if len(parts) == 1:
        lead = parts[0].leads[0]
        return f"{lead.subject}: {lead.outcome}. {family}"
    return f"Everyone asked about in {family}"


def _head(title: str, picture: Iterable[str]) -> Iterator[str]:
    styles = [_style(), *(style for line in picture for style in _STYLE_ELEMENT.findall(line))]
    hashes = " ".join(dict.fromkeys(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in styles))
    policy = f"default-src 'none'; style-src {hashes}; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(title)}</title>"
    yield f"<style>{_style()}</style>"
    yield "</head>"
    yield "<body>"


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text("utf-8")


def _picture(screening: Screening) -> list[str]:
    if screening.family is None or not screening.results:
        return []
    from menscreen.reports.drawing import svg

    drawn = svg(screening.family, screening)
    return [f'<figure><div class="picture" tabindex="0" role="group" aria-label="Pedigree">{drawn}</div></figure>']


def _person(part: Part, level: int, number: int, picture: Iterable[str]) -> Iterator[str]:
    first, *others = part.leads
    urgent = ' class="urgent"' if part.is_urgent else ""
    yield f'<div class="leads" id="person-{number}">'
    yield _lead(first, f"h{level}")
    for lead in others:
        yield _lead(lead, "p")
    for detail in part.details:
        yield f"<p{urgent if detail == part.details[-1] else ''}>{_text(detail)}</p>"
    yield "</div>"
    yield from picture
    for section in part.sections:
        yield from _section(section, level + 1, f"{section.key}-{number}")


def _lead(lead: Lead, element: str) -> str:
    badge = f"{_text(lead.subject)}: {_outcome(lead.outcome)}"
    return f'<{element} class="lead {lead.outcome}"><span>{badge}</span> {_text(lead.sentence)}</{element}>'


def _summary(parts: Iterable[Part]) -> Iterator[str]:
    yield '<table class="summary"><thead><tr><th scope="col">Person</th><th scope="col">Outcome</th></tr></thead>'
    yield "<tbody>"
    for number, part in enumerate(parts, 1):
        outcomes = "<br>".join(f"{_text(lead.subject)}: {_outcome(lead.outcome)}" for lead in part.leads)
        yield f'<tr><td><a href="#person-{number}">{_text(part.person)}</a></td><td>{outcomes}</td></tr>'
    yield "</tbody></table>"


def _section(section: Section, level: int, id: str) -> Iterator[str]:
    labeled = f' aria-labelledby="{id}"' if level == 2 else ""  # a landmark; inside a person's section none is needed
    yield f'<section class="{section.key}"{labeled}>'
    yield f'<h{level} id="{id}">{_text(section.title)}</h{level}>'
    if section.table:
        yield from _table(section.table)
    if section.items:
        yield from _list(section.items, "ol" if section.numbered else "ul", section.key == "sources")
    if section.closing:
        yield f"<p>{_text(section.closing)}</p>"
    yield "</section>"


def _list(items: Iterable[Item], element: str = "ul", are_sources: bool = False) -> Iterator[str]:
    yield f"<{element}>"
    for item in items:
        yield f"<li{_anchor(item) if are_sources else ''}>{' '.join(_inside(item, are_sources))}"
        if item.below:
            yield from _list(item.below)
        yield "</li>"
    yield f"</{element}>"


def _anchor(item: Item) -> str:
    return "" if item.cited is None else f' id="source-{_text(item.cited[0])}"'


def _inside(item: Item, is_source: bool) -> Iterator[str]:
    if item.cited and is_source:
        yield f"<b>{_text(item.cited[0])}</b>"
    if item.outcome is not None:
        yield _outcome(item.outcome)
    if item.text:
        yield f'<span class="told">{_text(item.text)}</span>'
    if item.about:
        yield f"<small>{_text(item.about)}</small>"
    if item.cited and not is_source:
        id, place = item.cited
        where = f", {_text(place)}" if place else ""
        yield f'<cite><a href="#source-{_text(id)}">{_text(id)}</a>{where}</cite>'
    for address in item.links:
        yield _link(address)


def _link(address: str) -> str:
    if not address.startswith("https://"):
        return f"<small>{_text(address)}</small>"
    return f'<a href="{_text(address)}" rel="noopener noreferrer">{_text(address)}</a>'


def _table(table: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        cells = (_outcome(cell) if isinstance(cell, Outcome) else _text(cell) for cell in row)
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"


def _outcome(outcome: Outcome) -> str:
    return f'<b class="outcome {outcome}"><span aria-hidden="true">{_SHAPES[outcome]}</span> {outcome}</b>'


def _text(text: str) -> str:
    """The text as text: no markup, no control characters, nothing that turns the order of what follows."""
    return escape(harmless(text))

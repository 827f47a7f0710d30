"""The result as a page of its own: one file, no script, no network, nothing of the input but as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from menscreen.reports.outline import Item, Lead, Part, Section, Table, outline
from menscreen.reports.page import badge, head, text
from menscreen.reports.phrases import CLOSING
from menscreen.screening.verdict import Outcome, Screening

#: A wider picture would be too small to read on A4 upright.
_WIDEST_UPRIGHT = 1000
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
        *head(_title(told.family, told.parts), [css for line in picture for css in _STYLE_ELEMENT.findall(line)]),
        f"<header><p>{text(told.family)}</p></header>",
        "<main>",
    ]
    if len(told.parts) == 1:
        lines += _person(told.parts[0], 1, 1, picture)
    else:
        lines += [f"<h1>{text(_title(told.family, told.parts))}</h1>", *_summary(told.parts), *picture]
        for number, part in enumerate(told.parts, 1):
            lines += ["<section>", *_person(part, 2, number, []), "</section>"]
    for number, section in enumerate(told.sections, 1):
        lines += _section(section, 2, f"all-{number}")
    lines += ["</main>", f"<footer><p>{text(CLOSING)}</p></footer>", "</body>", "</html>"]
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


def _picture(screening: Screening) -> list[str]:
    if screening.family is None or not screening.results:
        return []
    from menscreen.reports.drawing import svg

    drawn = svg(screening.family, screening)
    wide = ' class="wide"' if int(drawn.partition(' width="')[2].partition('"')[0]) > _WIDEST_UPRIGHT else ""
    picture = f'<div class="picture" tabindex="0" role="group" aria-label="Pedigree">{drawn}</div>'
    return [f"<figure{wide}>{picture}</figure>"]


def _person(part: Part, level: int, number: int, picture: Iterable[str]) -> Iterator[str]:
    first, *others = part.leads
    urgent = ' class="urgent"' if part.is_urgent else ""
    yield f'<div class="leads" id="person-{number}">'
    yield _lead(first, f"h{level}")
    for lead in others:
        yield _lead(lead, "p")
    for detail in part.details:
        yield f"<p{urgent if detail == part.details[-1] else ''}>{text(detail)}</p>"
    yield "</div>"
    yield from picture
    for section in part.sections:
        yield from _section(section, level + 1, f"{section.key}-{number}")


def _lead(lead: Lead, element: str) -> str:
    said = f"{text(lead.subject)}: {badge(lead.outcome)}"
    return f'<{element} class="lead {lead.outcome}"><span>{said}</span> {text(lead.sentence)}</{element}>'


def _summary(parts: Iterable[Part]) -> Iterator[str]:
    yield '<table class="summary"><thead><tr><th scope="col">Person</th><th scope="col">Outcome</th></tr></thead>'
    yield "<tbody>"
    for number, part in enumerate(parts, 1):
        outcomes = "<br>".join(f"{text(lead.subject)}: {badge(lead.outcome)}" for lead in part.leads)
        yield f'<tr><td><a href="#person-{number}">{text(part.person)}</a></td><td>{outcomes}</td></tr>'
    yield "</tbody></table>"


def _section(section: Section, level: int, id: str) -> Iterator[str]:
    labeled = f' aria-labelledby="{id}"' if level == 2 else ""  # a landmark; inside a person's section none is needed
    yield f'<section class="{section.key}"{labeled}>'
    yield f'<h{level} id="{id}">{text(section.title)}</h{level}>'
    if section.table:
        yield from _table(section.table)
    if section.items:
        yield from _list(section.items, "ol" if section.numbered else "ul", section.key == "sources")
    if section.closing:
        yield f"<p>{text(section.closing)}</p>"
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
    return "" if item.cited is None else f' id="source-{text(item.cited[0])}"'


def _inside(item: Item, is_source: bool) -> Iterator[str]:
    if item.cited and is_source:
        yield f"<b>{text(item.cited[0])}</b>"
    if item.outcome is not None:
        yield badge(item.outcome)
    if item.text:
        yield f'<span class="told">{text(item.text)}</span>'
    if item.about:
        yield f"<small>{text(item.about)}</small>"
    if item.cited and not is_source:
        id, place = item.cited
        where = f", {text(place)}" if place else ""
        yield f'<cite><a href="#source-{text(id)}">{text(id)}</a>{where}</cite>'
    for address in item.links:
        yield _link(address)


def _link(address: str) -> str:
    if not address.startswith("https://"):
        return f"<small>{text(address)}</small>"
    return f'<a href="{text(address)}" rel="noopener noreferrer">{text(address)}</a>'


def _table(table: Table) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{text(head)}</th>' for head in table.heads)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in table.rows:
        cells = (badge(cell) if isinstance(cell, Outcome) else text(cell) for cell in row)
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"

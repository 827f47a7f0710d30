"""A summary as a page: tables with a bar in each row; one file, no script, no network, nothing told by color alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from menscreen.problems import CODES
from menscreen.reports.page import badge, head, text
from menscreen.reports.summary import Summary, by_strength, ranked, reasons
from menscreen.screening.verdict import Outcome

_STRONGEST = sorted(Outcome, reverse=True)
_COLORED = {outcome.value for outcome in Outcome}
_CLOSING = "Counts of what was recorded and of published statements. Not indicated is no clearance of anybody."


def write_summary_page(summary: Summary) -> str:
    """Write a summary as an HTML page.

    >>> write_summary_page(Summary(families=2, rejected=2)).count("</table>")
    1
    """
    families = f"{summary.families:,} {'family' if summary.families == 1 else 'families'}"
    style = Path(__file__).with_name("summary.css").read_text("utf-8")
    lines = [*head(f"Summary of {families}", style=style), "<main>", f"<h1>Summary of {families}</h1>"]
    for title, body in _sections(summary):
        lines += ["<section>", f"<h2>{text(title)}</h2>", *body, "</section>"]
    return "\n".join([*lines, "</main>", f"<footer><p>{text(_CLOSING)}</p></footer>", "</body>", "</html>"]) + "\n"


def _sections(summary: Summary) -> Iterator[tuple[str, Iterator[str]]]:
    people = summary.people
    screened = {"screened": summary.families - summary.rejected, "rejected": summary.rejected}
    yield "Families", _counts("Families", screened.items(), summary.families)
    for title, counts in (
        ("Outcome for MEN", summary.outcomes),
        ("What the outcome for MEN could become with an answer", summary.could_become),
        ("Outcome for other syndromes", summary.also_outcomes),
    ):
        if counts:
            yield title, _counts("Outcome", by_strength(counts).items(), people, lambda word: badge(Outcome(word)))
    if summary.urgency:
        yield "How soon", _counts("Urgency", ranked(summary.urgency), people)
    if summary.flags:
        yield "Statements met, by the number of people", _counts("Statement", ranked(summary.flags), people)
    if summary.questions:
        asked = sum(summary.questions.values())
        yield "Questions, by what they ask for", _counts("Kind", ranked(summary.questions), asked)
    if summary.guidelines:
        yield "What each guideline says", _guidelines(summary.guidelines)
    if summary.rejects:
        rows = [(code, one.families) for code, one in reasons(summary)]
        yield "Why families were rejected", _counts("Reason", rows, summary.rejected, _reason(summary))
    if summary.warnings:
        told = _counts("Warning", ranked(summary.warnings), summary.families, _meaning)
        yield "Warnings, by the number of families", told


def _meaning(code: str) -> str:
    return text(f"{CODES.get(code, '')} ({code})")


def _reason(summary: Summary) -> Callable[[str], str]:
    return lambda code: f"{_meaning(code)}<br><small>first in line {summary.rejects[code].first:,}</small>"


def _counts(
    name: str, rows: Iterable[tuple[str, int]], whole: int, shown: Callable[[str], str] = text
) -> Iterator[str]:
    """A table of counts with their share of the whole; the longest bar is that of the largest."""
    rows = list(rows)
    largest = max([1, *(number for _, number in rows)])
    yield from _table((name, "Number", "Share"))
    for word, number in rows:
        numbers = f'<td class="number">{number:,}</td><td class="number">{number / max(1, whole):.1%}</td>'
        yield f"<tr><td>{shown(word)}</td>{numbers}{_bar([(word, number / largest)])}</tr>"
    yield "</tbody></table></div>"


def _guidelines(guidelines: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """A table of what each guideline says; the bars leave out those for whom it says nothing."""
    said = _STRONGEST[:-1]
    largest = max([1, *(sum(counts.get(outcome, 0) for outcome in said) for counts in guidelines.values())])
    yield from _table(("Guideline", *(outcome.value for outcome in _STRONGEST)))
    for id, counts in sorted(guidelines.items(), key=lambda row: _weight(row[1]), reverse=True):
        numbers = "".join(f'<td class="number">{counts.get(outcome, 0):,}</td>' for outcome in _STRONGEST)
        parts = [(outcome.value, counts.get(outcome, 0) / largest) for outcome in said]
        yield f"<tr><td>{text(id)}</td>{numbers}{_bar(parts)}</tr>"
    yield "</tbody></table></div>"


def _weight(counts: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(counts.get(outcome, 0) for outcome in _STRONGEST)


def _table(heads: Sequence[str]) -> Iterator[str]:
    cells = "".join(
        f'<th scope="col"{" class=number" if at else ""}>{text(title)}</th>' for at, title in enumerate(heads)
    )
    yield '<div class="wide" tabindex="0" role="group" aria-label="Table">'
    yield f'<table><thead><tr>{cells}<td aria-hidden="true"></td></tr></thead><tbody>'


def _bar(parts: Sequence[tuple[str, float]]) -> str:
    """A bar of parts beside their numbers, which say the same to who does not see it."""
    drawn = []
    at = 0.0
    for kind, size in parts:
        if size > 0:
            color = f' class="{kind}"' if kind in _COLORED else ""
            drawn.append(f'<rect{color} x="{100 * at:.2f}" width="{100 * size:.2f}" height="10"/>')
        at += size
    picture = f'<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none">{"".join(drawn)}</svg>'
    return f'<td class="plot" aria-hidden="true">{picture}</td>'

"""The result as plain text, as a counselor would like to read it: the outcome first, the sources last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from menscreen.problems import Problem
from menscreen.reports.layout import Style, columns, harmless, painter, wrapped
from menscreen.reports.phrases import (
    CLOSING,
    NOTHING_TO_ASK,
    People,
    Statement,
    also_sentence,
    capital,
    concerning,
    could_become,
    deciding,
    enough,
    facts,
    first_of,
    leaves_men,
    other_syndromes,
    others_lead,
    outcome_details,
    outcome_sentence,
    people_of,
    people_of_cascade,
    rests_on,
    seen,
    silent,
    sources,
    speaking,
    statements,
    urgency,
    whose_relations,
    word,
)
from menscreen.screening.verdict import (
    Flag,
    GuidelineOutcome,
    Outcome,
    Role,
    Screening,
    Urgency,
    Verdict,
)

_STYLES: dict[Outcome, Style] = {
    Outcome.WARRANTED: "red",
    Outcome.CONSIDER: "yellow",
    Outcome.CLARIFY: "yellow",
    Outcome.NOT_INDICATED: "green",
}


def write_text(screening: Screening, *, width: int = 80, color: bool = False) -> str:
    """Write the result as text of at most `width` columns (40 at least), ending in a line end.

    People are named by their relation to the person screened, with the id beside it. Whatever came from the input is
    shown with its control characters escaped.

    >>> from menscreen.screening.verdict import PedigreeUsed, Screening
    >>> print(write_text(Screening("0.1.0", (), PedigreeUsed("family-1", "menscreen", ""), (), ())).splitlines()[0])
    family-1 (menscreen 0.1.0)
    """
    page = _Page(max(width, 40), color)
    name = screening.pedigree.id or "family without an id"
    page.add(f"{name} (menscreen {screening.menscreen})", style="dim")
    if len(screening.results) > 1:
        _write_summary(page, screening.results)
    for verdict in screening.results:
        _write_verdict(page, verdict, people_of(verdict, screening.family))
    _write_cascade(page, screening)
    _write_sources(page, screening)
    if screening.problems:
        page.head("Problems in the input")
        for problem in screening.problems:
            page.add(_problem_line(problem), "  - ")
            page.add(f"needed: {problem.needed}", "    ")
            page.add(f"fix: {problem.fix}", "    ")
    page.gap()
    page.add(CLOSING, style="dim")
    return page.text()


def write_problems(problems: Iterable[Problem], source: str = "") -> str:
    """Write each problem in two lines, with the source before its place.

    >>> from menscreen.problems import Severity
    >>> age = Problem("A001", Severity.ERROR, "people[0].age", "the number 200", "0 to 125", "write the age in years")
    >>> print(write_problems([age], "family.json"), end="")
    family.json: people[0].age: the number 200 (A001)
      needed: 0 to 125    fix: write the age in years
    """
    before = f"{harmless(source)}: " if source else ""
    return "".join(
        f"{before}{harmless(_problem_line(problem))}\n"
        f"  needed: {harmless(problem.needed)}    fix: {harmless(problem.fix)}\n"
        for problem in problems
    )


def _problem_line(problem: Problem) -> str:
    place = f"{problem.where}: " if problem.where else ""
    return f"{place}{problem.found} ({problem.code})"


class _Page:
    """The lines of a report under way."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = width
        self._paint = painter(color)
        self._lines: list[str] = []

    def add(self, text: str, first: str = "", rest: str | None = None, style: Style | None = None) -> None:
        lines = wrapped(text, self.width, first, rest)
        self._lines += lines if style is None else [self._paint(line, style) for line in lines]

    def gap(self) -> None:
        self._lines.append("")

    def head(self, title: str) -> None:
        self.gap()
        self.add(title.upper(), style="bold")

    def text(self) -> str:
        return "\n".join(self._lines) + "\n"


def _write_summary(page: _Page, results: tuple[Verdict, ...]) -> None:
    page.head("Everyone asked about")
    for verdict in results:
        page.add(
            f"{verdict.outcome}; other syndromes: {verdict.also_outcome}", f"  {harmless(verdict.person)}: ", "    "
        )


def _write_verdict(page: _Page, verdict: Verdict, people: People) -> None:
    page.gap()
    leads = [_write_outcome, _write_also_outcome]
    if others_lead(verdict):
        leads.reverse()
    for lead in leads:
        lead(page, verdict, people)
    if could_become(verdict):
        page.add(could_become(verdict))
    if verdict.urgency is not None:
        page.add(urgency(verdict), style="red" if verdict.urgency is Urgency.URGENT else None)
    if verdict.notices:
        page.head("Please note")
        for notice in verdict.notices:
            page.add(f"{notice.text} [{notice.citation.guideline}]", "  ! ")
    told: set[str] = set()
    _write_flags(page, "Why", [flag for flag in verdict.flags if not flag.done], people, told)
    if verdict.rests_on:
        page.add(rests_on(verdict, people), "  ")
    _write_flags(page, "What points elsewhere", verdict.also, people, told)
    _write_flags(page, "Already tested", [flag for flag in verdict.flags if flag.done], people, told)
    _write_questions(page, verdict, people)
    if verdict.limits:
        page.head("Limits")
        for limit in verdict.limits:
            page.add(f"{people.named(limit.relation, limit.person)}: {limit.why}", "  - ")
    _write_set_aside(page, verdict, people)
    if verdict.guidelines:
        _write_guidelines(page, speaking(verdict.guidelines))
        if rest := silent(verdict.guidelines):
            page.add(rest, "  ")


def _write_outcome(page: _Page, verdict: Verdict, people: People) -> None:
    page.add(f"MEN: {verdict.outcome}. {outcome_sentence(verdict, people)}", style=_STYLES[verdict.outcome])
    for detail in outcome_details(verdict, people):
        page.add(detail)


def _write_also_outcome(page: _Page, verdict: Verdict, people: People) -> None:
    style = None if verdict.also_outcome is Outcome.NOT_INDICATED else _STYLES[verdict.also_outcome]
    page.add(f"{other_syndromes(verdict)}: {verdict.also_outcome}. {also_sentence(verdict)}", style=style)


def _write_flags(page: _Page, title: str, flags: Iterable[Flag], people: People, told: set[str]) -> None:
    """The statements under the facts they rest on; a statement or an action that stands above is not repeated."""
    groups = statements(flags, people, told)
    if groups:
        page.head(title)
    for on, group in groups.items():
        page.add(f"{on}.", "  ")
        for statement in group:
            _write_statement(page, statement, people)


def _write_statement(page: _Page, statement: Statement, people: People) -> None:
    flag = statement.flag
    about = f"[{flag.strength}: {concerning(flag)}]"
    page.add(f"{flag.statement} {about}", "    - ", style="dim" if flag.done else None)
    for action in statement.actions:
        page.add(action, "      > ")
    page.add(f"{flag.citation.guideline}, {flag.citation.locator}; {seen(flag.citation)}", "      ", style="dim")
    ways = enough(flag, people)
    if ways:
        page.add(ways, "      ", style="dim")
    for other in statement.others:
        page.add(f"also {other.strength}: {facts(other, people)}", "      ", "        ")


def _write_questions(page: _Page, verdict: Verdict, people: People) -> None:
    page.head("What to ask")
    if not verdict.questions:
        page.add(NOTHING_TO_ASK, "  ")
    for number, question in enumerate(verdict.questions, 1):
        page.add(f"{capital(people.named(question.relation, question.person))}: {question.ask}", f"{number:>3}. ")
        for then, answers in groupby(question.answers, key=lambda answer: answer.then):
            leads_to = leaves_men(question, verdict.outcome) or then
            page.add(f"{first_of([answer.value for answer in answers])} -> {leads_to}", "       ", "         ")
        if question.could_add:
            page.add(f"could add {', '.join(question.could_add)}", "       ", style="dim")
        if question.instead:
            page.add(question.instead, "       > ", "         ")
        if question.decides:
            page.add(f"decides {first_of(question.decides)}", "       ", style="dim")
        elif question.kind != "history":
            page.add("decides how urgent it is", "       ", style="dim")


def _write_set_aside(page: _Page, verdict: Verdict, people: People) -> None:
    aside = [one for one in verdict.accounted if one.role is Role.SET_ASIDE]
    if not aside:
        return
    page.head("Set aside")
    for one in aside:
        page.add(f"{capital(people.named(one.relation, one.person))}: {word(one.finding)}: {one.why}", "  - ")


def _write_guidelines(page: _Page, guidelines: Sequence[GuidelineOutcome]) -> None:
    """A row for each guideline: its outcome, the statement that decided, and where it parts from one that says more."""
    page.head("Guidelines side by side")
    longest = max((columns(harmless(one.id)) for one in guidelines), default=0)
    for one in guidelines:
        row = f"  {harmless(one.id):<{longest}}  {one.outcome:<13}  "
        page.add(deciding(one), row, " " * (len(row) if page.width - len(row) >= 30 else 4))


def write_comparison(guidelines: Sequence[GuidelineOutcome], title: str, width: int = 80) -> str:
    """Write the guidelines side by side, for one person."""
    page = _Page(max(width, 40), False)
    page.add(title, style="dim")
    _write_guidelines(page, guidelines)
    return page.text()


def _write_cascade(page: _Page, screening: Screening) -> None:
    """Whom a known variant concerns, in the order of degree and age."""
    people = people_of_cascade(screening)
    for cascade in screening.cascade:
        page.head(f"Relatives and the known {cascade.gene} variant")
        if whose_relations(people):
            page.add(whose_relations(people), "  ")
        for one in cascade.people:
            share = "" if one.share is None else f", {one.share} by inheritance alone"
            page.add(f"{capital(people.named(one.relation, one.person))}: {one.status}{share}", "  - ")
        for age in cascade.ages:
            page.add(age, "  > ")


def _write_sources(page: _Page, screening: Screening) -> None:
    cited = list(sources(screening))
    if cited:
        page.head("Sources")
    for id, title, addresses in cited:
        page.add(f"{id}: {title}", "  ", "    ")
        for address in addresses:
            page.add(address, "    ")

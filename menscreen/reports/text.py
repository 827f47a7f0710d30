"""The result as plain text, as a counselor would like to read it: the outcome first, the sources last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from menscreen.problems import Problem
from menscreen.reports.layout import Style, columns, harmless, painter, wrapped
from menscreen.screening.verdict import (
    Cascade,
    Citation,
    Evidence,
    Flag,
    GuidelineOutcome,
    Outcome,
    Question,
    Role,
    Screening,
    Urgency,
    Verdict,
)

_SENTENCES = {
    Outcome.WARRANTED: "An evaluation of {whom} for {what} is warranted.",
    Outcome.CONSIDER: "An evaluation of {whom} for {what} can be considered.",
    Outcome.CLARIFY: "Nothing is met for {whom} with what is known; what is open could change that.",
    Outcome.NOT_INDICATED: "Nothing recorded meets a statement for {whom}. Screen again when a new fact appears.",
}
_ALSO_SENTENCES = {
    Outcome.WARRANTED: "A statement on another syndrome that asks for an evaluation is met.",
    Outcome.CONSIDER: "A statement on another syndrome that says to consider an evaluation is met.",
    Outcome.CLARIFY: "An open fact could meet a statement on another syndrome.",
    Outcome.NOT_INDICATED: "No statement on another syndrome is met.",
}
_STYLES: dict[Outcome, Style] = {
    Outcome.WARRANTED: "red",
    Outcome.CONSIDER: "yellow",
    Outcome.CLARIFY: "yellow",
    Outcome.NOT_INDICATED: "green",
}
_URGENCIES = {
    Urgency.ROUTINE: "routine: no running source asks for haste.",
    Urgency.SOON: "soon: a running source asks for it without delay.",
    Urgency.URGENT: "URGENT: a running source asks for action now.",
}
_PROVENANCES = {
    "verbatim": "wording seen in the source",
    "secondary": "wording seen in a secondary source",
    "recalled": "wording recalled, not seen",
}
#: So many ways to meet a statement are written out.
_MOST_WAYS = 6
_CLOSING = (
    "Decision support for professionals, not a diagnosis. Statements are paraphrased; the sources decide. "
    "What the family tells is as reported, not confirmed."
)


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
        _write_verdict(page, verdict)
    _write_cascade(page, screening.cascade)
    _write_sources(page, screening)
    if screening.problems:
        page.head("Problems in the input")
        for problem in screening.problems:
            page.add(_problem_line(problem), "  - ")
            page.add(f"needed: {problem.needed}", "    ")
            page.add(f"fix: {problem.fix}", "    ")
    page.gap()
    page.add(_CLOSING, style="dim")
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


def _write_verdict(page: _Page, verdict: Verdict) -> None:
    relations = _relations(verdict)
    page.gap()
    leads = [_write_outcome, _write_also_outcome]
    if verdict.outcome is Outcome.NOT_INDICATED and verdict.outcome < verdict.also_outcome:
        leads.reverse()
    for lead in leads:
        lead(page, verdict, relations)
    if verdict.outcome < verdict.could_become:
        page.add(f"An answer to what is asked below could make this {verdict.could_become}.")
    if verdict.urgency is not None:
        page.add(f"Urgency: {_URGENCIES[verdict.urgency]}", style="red" if verdict.urgency is Urgency.URGENT else None)
    if verdict.notices:
        page.head("Please note")
        for notice in verdict.notices:
            page.add(f"{notice.text} [{notice.citation.guideline}]", "  ! ")
    told: set[str] = set()
    _write_flags(page, "Why", [flag for flag in verdict.flags if not flag.done], told)
    if verdict.rests_on:
        page.add(f"The outcome would be weaker without {' or '.join(map(_record, verdict.rests_on))}.", "  ")
    _write_flags(page, "What points elsewhere", verdict.also, told)
    _write_flags(page, "Already tested", [flag for flag in verdict.flags if flag.done], told)
    _write_questions(page, verdict.questions)
    if verdict.limits:
        page.head("Limits")
        for limit in verdict.limits:
            page.add(f"{_named(limit.relation, limit.person)}: {limit.why}", "  - ")
    _write_set_aside(page, verdict)
    _write_guidelines(page, verdict.guidelines)


def _write_outcome(page: _Page, verdict: Verdict, relations: Mapping[str, str]) -> None:
    sentence = _SENTENCES[verdict.outcome].format(
        whom=_whom(verdict.person, relations), what=" or ".join(verdict.syndromes) or "MEN"
    )
    page.add(f"MEN: {verdict.outcome}. {sentence}", style=_STYLES[verdict.outcome])
    through = verdict.through
    if through is not None and through.person != verdict.person:
        page.add(f"It comes through the {_named(through.relation, through.person)}.")
    first = verdict.test_first
    if first is not None and first != verdict.person:
        page.add(f"In this family: evaluate {_whom(first, relations)} first ({verdict.test_first_because}).")
    elif first is None and any(not flag.done for flag in verdict.flags):
        page.add(f"Whom to test first: {verdict.test_first_because}.")
    for standing in verdict.standing:
        page.add(f"{_capital(_whom(verdict.person, relations))}: {standing.status} for {standing.gene}.")


def _write_also_outcome(page: _Page, verdict: Verdict, relations: Mapping[str, str]) -> None:
    named = ", ".join(dict.fromkeys(syndrome for flag in verdict.also for syndrome in flag.syndromes))
    other = f"Other syndromes ({named})" if named else "Other syndromes"
    style = None if verdict.also_outcome is Outcome.NOT_INDICATED else _STYLES[verdict.also_outcome]
    page.add(f"{other}: {verdict.also_outcome}. {_ALSO_SENTENCES[verdict.also_outcome]}", style=style)


def _record(fact: Evidence) -> str:
    """A record as somebody's, such as ``the mother's insulinoma``."""
    whose = "the person's own" if fact.relation == "self" else f"the {harmless(fact.relation)}'s"
    return f"{whose} {_word(fact.finding)}"


def _write_flags(page: _Page, title: str, flags: Iterable[Flag], told: set[str]) -> None:
    """The statements under the facts they rest on; a statement or an action that stands above is not repeated."""
    groups: dict[str, list[Flag]] = {}
    for flag in flags:
        groups.setdefault(_facts(flag), []).append(flag)
    if groups:
        page.head(title)
    shown: set[str] = set()
    for facts, group in groups.items():
        page.add(f"{facts}.", "  ")
        for flag in group:
            is_new = flag.rule not in shown
            _write_flag(page, flag, [action for action in flag.actions if action not in told], is_new)
            if is_new and flag.sets > 1:
                page.add(f"Enough for this: {_alternatives(flag)}.", "      ", style="dim")
            told.update(flag.actions)
            shown.add(flag.rule)


def _write_flag(page: _Page, flag: Flag, actions: Iterable[str], is_new: bool) -> None:
    citation = flag.citation
    place = f"{citation.guideline}, {citation.locator}"
    about = f"{flag.strength}: {', '.join(flag.syndromes)}"
    if flag.genes and flag.genes != flag.syndromes:
        about += f"; {'gene' if len(flag.genes) == 1 else 'genes'} {', '.join(flag.genes)}"
    if flag.done:
        about += "; already tested, so it asks for nothing more"
    if not is_new:
        page.add(f"The same as above: {place} [{about}]", "    - ")
    else:
        page.add(f"{flag.statement} [{about}]", "    - ", style="dim" if flag.done else None)
    for action in actions:
        page.add(action, "      > ")
    if not is_new:
        return
    provenance = _PROVENANCES.get(citation.provenance, citation.provenance)
    page.add(f"{place}; {provenance}", "      ", style="dim")


def _alternatives(flag: Flag) -> str:
    """By one record alone, or by two together: ``by A alone, or by B with C``."""
    ways = []
    for facts in flag.suffices[:_MOST_WAYS]:
        words = list(dict.fromkeys(map(_record, facts)))
        ways.append(f"{words[0]} alone" if len(words) == 1 else f"{words[0]} with {' and '.join(words[1:])}")
    ways = list(dict.fromkeys(ways))
    more = flag.sets - _MOST_WAYS
    return ", or ".join(ways) + (f", or {more} more ways" if more > 0 else "")


def _facts(flag: Flag) -> str:
    """The people and the facts that a flag rests on, such as ``Mother (p2): insulinoma at 31``."""
    if not flag.evidence:
        return _capital(f"{_named(flag.relation, flag.person)}: {flag.because}")
    parts = [
        f"{_named(relation, person)}: {', '.join(_fact(one) for one in facts)}"
        for (relation, person), facts in groupby(flag.evidence, key=lambda one: (one.relation, one.person))
    ]
    return _capital("; ".join(parts))


def _fact(evidence: Evidence) -> str:
    age = "" if evidence.age is None else f" at {evidence.age}"
    return f"{_word(evidence.finding)}{age}"


def _write_questions(page: _Page, questions: tuple[Question, ...]) -> None:
    page.head("What to ask")
    if not questions:
        page.add("Nothing: no answer to an open fact could change this result.", "  ")
    for number, question in enumerate(questions, 1):
        page.add(f"{_capital(_named(question.relation, question.person))}: {question.ask}", f"{number:>3}. ")
        for then, answers in groupby(question.answers, key=lambda answer: answer.then):
            page.add(f"{', '.join(answer.value for answer in answers)} -> {then}", "       ", "         ")
        if question.could_add:
            page.add(f"could add {', '.join(question.could_add)}", "       ", style="dim")
        if question.instead:
            page.add(question.instead, "       > ", "         ")
        if question.decides:
            page.add(f"decides {', '.join(question.decides)}", "       ", style="dim")


def _write_set_aside(page: _Page, verdict: Verdict) -> None:
    aside = [one for one in verdict.accounted if one.role is Role.SET_ASIDE]
    if not aside:
        return
    page.head("Set aside")
    for one in aside:
        page.add(f"{_capital(_named(one.relation, one.person))}: {_word(one.finding)}: {one.why}", "  - ")


def _write_guidelines(page: _Page, guidelines: Sequence[GuidelineOutcome]) -> None:
    """A row for each guideline: its outcome, the statement that decided, and where it parts from one that says more."""
    if not guidelines:
        return
    page.head("Guidelines side by side")
    longest = max(columns(harmless(one.id)) for one in guidelines)
    for one in guidelines:
        rule = "" if one.rule is None else one.rule.removeprefix(f"{one.id}/")
        row = f"  {harmless(one.id):<{longest}}  {one.outcome:<13}  "
        page.add("; ".join(filter(None, (rule, one.fact))), row, " " * (len(row) if page.width - len(row) >= 30 else 4))


def write_comparison(guidelines: Sequence[GuidelineOutcome], title: str, width: int = 80) -> str:
    """Write the guidelines side by side, for one person."""
    page = _Page(max(width, 40), False)
    page.add(title, style="dim")
    _write_guidelines(page, guidelines)
    return page.text()


def _write_cascade(page: _Page, cascades: Iterable[Cascade]) -> None:
    """Whom a known variant concerns, in the order of degree and age."""
    for cascade in cascades:
        page.head(f"Relatives and the known {cascade.gene} variant")
        for one in cascade.people:
            share = "" if one.share is None else f", {one.share} by inheritance alone"
            page.add(f"{_capital(_named(one.relation, one.person))}: {one.status}{share}", "  - ")
        for age in cascade.ages:
            page.add(age, "  > ")


def _write_sources(page: _Page, screening: Screening) -> None:
    pages: dict[tuple[str, str], list[str]] = {}
    for citation in _citations(screening):
        year = "" if citation.year is None else f" ({citation.year})"
        addresses = pages.setdefault((citation.guideline, f"{citation.title}{year}"), [])
        if citation.url not in addresses:
            addresses.append(citation.url)
    if pages:
        page.head("Sources")
    editions = {used.id: f"; {used.edition}" for used in screening.rulebooks}
    for (id, title), addresses in sorted(pages.items()):
        page.add(f"{id}: {title}{editions.get(id, '')}", "  ", "    ")
        for address in addresses:
            page.add(address, "    ")


def _citations(screening: Screening) -> Iterator[Citation]:
    for verdict in screening.results:
        for notice in verdict.notices:
            yield notice.citation
        for flag in (*verdict.flags, *verdict.also):
            yield flag.citation


def _relations(verdict: Verdict) -> dict[str, str]:
    """The relation of everybody whom the verdict speaks of to the person screened."""
    flags = (*verdict.flags, *verdict.also)
    spoken_of = (
        *flags,
        *(fact for flag in flags for fact in flag.evidence),
        *verdict.questions,
        *verdict.limits,
        *verdict.accounted,
        *(() if verdict.through is None else (verdict.through,)),
    )
    return {one.person: one.relation for one in spoken_of} | {verdict.person: "self"}


def _whom(person: str, relations: Mapping[str, str]) -> str:
    return f"the {_named(relations.get(person, 'relative'), person)}"


def _named(relation: str, person: str) -> str:
    return f"{'person screened' if relation == 'self' else relation} ({person})"


def _word(finding: str) -> str:
    """The name of a term of the vocabulary; other words, such as ``RET pathogenic``, as they stand."""
    from menscreen.vocabulary import vocabulary

    term = vocabulary().terms.get(finding)
    return finding if term is None else term.name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What a page tells and in which order, before it is HTML or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from menscreen.reports.phrases import (
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
from menscreen.screening.verdict import Accounted, Flag, GuidelineOutcome, Outcome, Question, Role, Screening, Verdict

#: So many characters of a digest are shown; the result as JSON has all of them.
_DIGEST = 12


class Item(NamedTuple):
    """An entry of a list.

    Attributes:
        outcome: shown before the text.
        about: said after the text, less loudly.
        cited: the id of the source of the text, and the place in it.
        links: addresses.
        below: entries under this one.
    """

    text: str
    outcome: Outcome | None = None
    about: str = ""
    cited: tuple[str, str] | None = None
    links: Sequence[str] = ()
    below: Sequence[Item] = ()


class Table(NamedTuple):
    """Rows under heads; an outcome may stand in a cell."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str | Outcome]]


class Section(NamedTuple):
    """Something under a title. `key` is the same whatever is told."""

    key: str
    title: str
    items: Sequence[Item] = ()
    table: Table | None = None
    closing: str = ""
    numbered: bool = False


class Lead(NamedTuple):
    """An outcome in a sentence, and of what it is one."""

    subject: str
    outcome: Outcome
    sentence: str


class Part(NamedTuple):
    """What is told of one person."""

    person: str
    leads: Sequence[Lead]
    details: Sequence[str]
    is_urgent: bool
    sections: Sequence[Section]


class Outline(NamedTuple):
    """A whole page: each person screened, then what concerns all, the sources and the provenance last."""

    family: str
    parts: Sequence[Part]
    sections: Sequence[Section]


def outline(screening: Screening, marks: Mapping[str, str] | None = None) -> Outline:
    """Put a screening in order; actions and notices that several people share are told once.

    `marks` is what people are found by, where that is not their id.
    """
    told: set[str] = set()
    return Outline(
        family=screening.pedigree.id or "family without an id",
        parts=[_part(verdict, people_of(verdict, screening.family, marks), told) for verdict in screening.results],
        sections=[
            *_cascade(screening, people_of_cascade(screening, marks)),
            *_problems(screening),
            *_sources(screening),
            _provenance(screening),
        ],
    )


def _part(verdict: Verdict, people: People, told: set[str]) -> Part:
    leads = [
        Lead("MEN", verdict.outcome, outcome_sentence(verdict, people)),
        Lead(other_syndromes(verdict), verdict.also_outcome, also_sentence(verdict)),
    ]
    if others_lead(verdict):
        leads.reverse()
    details = [*outcome_details(verdict, people), could_become(verdict), urgency(verdict)]
    return Part(
        person=capital(people.named("self", verdict.person)),
        leads=leads,
        details=[detail for detail in details if detail],
        is_urgent=verdict.urgency == "urgent",
        sections=[one for one in _sections(verdict, people, told) if one.items or one.table or one.closing],
    )


def _sections(verdict: Verdict, people: People, told: set[str]) -> Iterator[Section]:
    yield _notices(verdict, told)
    why = [flag for flag in verdict.flags if not flag.done]
    yield Section("why", "Why", _facts(why, people, told), closing=rests_on(verdict, people))
    yield Section("elsewhere", "What points elsewhere", _facts(verdict.also, people, told))
    tested = [flag for flag in verdict.flags if flag.done]
    yield Section("tested", "Already tested", _facts(tested, people, told))
    questions = [_question(question, verdict.outcome, people) for question in verdict.questions]
    yield Section("ask", "What to ask", questions or [Item(NOTHING_TO_ASK)], numbered=bool(questions))
    yield _guidelines(verdict.guidelines)
    yield Section("accounted", "Every finding accounted for", table=_accounted(verdict.accounted, people))
    limits = [Item(f"{capital(people.named(one.relation, one.person))}: {one.why}") for one in verdict.limits]
    yield Section("limits", "Limits", limits)


def _notices(verdict: Verdict, told: set[str]) -> Section:
    items = [Item(one.text, cited=(one.citation.guideline, "")) for one in verdict.notices if one.text not in told]
    repeated = len(verdict.notices) - len(items)
    told.update(item.text for item in items)
    closing = "What is noted above of others holds here too." if repeated else ""
    return Section("notices", "Please note", items, closing=closing)


def _facts(flags: Iterable[Flag], people: People, told: set[str]) -> list[Item]:
    groups = statements(flags, people, told)
    return [
        Item(f"{on}.", below=[_statement(statement, people) for statement in group]) for on, group in groups.items()
    ]


def _statement(statement: Statement, people: People) -> Item:
    flag = statement.flag
    place = flag.citation.locator
    if flag.citation.provenance != "verbatim":
        place = "; ".join(filter(None, (place, seen(flag.citation))))
    below = [Item(action) for action in statement.actions]
    ways = enough(flag, people)
    if ways:
        below.append(Item("", about=ways))
    met = dict.fromkeys((other.strength, facts(other, people)) for other in statement.others)
    below += [Item("", None if strength is flag.strength else strength, f"Also met: {on}.") for strength, on in met]
    return Item(
        flag.statement,
        None if flag.done else flag.strength,
        concerning(flag),
        (flag.citation.guideline, place),
        below=below,
    )


def _question(question: Question, outcome: Outcome, people: People) -> Item:
    answers: dict[Outcome, list[str]] = {}
    for answer in question.answers:
        answers.setdefault(answer.then, []).append(answer.value)
    unmoved = leaves_men(question, outcome)
    below = [Item(first_of(values), None if unmoved else then, unmoved) for then, values in answers.items()]
    if question.instead:
        below.append(Item(question.instead))
    adding = f"could add {', '.join(question.could_add)}" if question.could_add else ""
    guidelines = dict.fromkeys(rule.partition("/")[0] for rule in question.decides)
    decides = f"decides statements of {', '.join(guidelines)}" if guidelines else ""
    if not guidelines and question.kind != "history":
        decides = "decides how urgent it is"
    text = f"{capital(people.named(question.relation, question.person))}: {question.ask}"
    return Item(text, about="; ".join(filter(None, (adding, decides))), below=below)


def _guidelines(guidelines: Sequence[GuidelineOutcome]) -> Section:
    rows = [(one.outcome, one.id, deciding(one)) for one in speaking(guidelines)]
    heads = ("Outcome", "Guideline", "Statement that decides, and what is open")
    table = Table(heads, rows) if rows else None
    return Section("guidelines", "Guidelines side by side", table=table, closing=silent(guidelines))


def _became(one: Accounted) -> str:
    if one.role is Role.COUNTED:
        return f"counted by {', '.join(dict.fromkeys(rule.partition('/')[0] for rule in one.why.split(', ')))}"
    return "asked about" if one.role is Role.ASKED else f"set aside: {one.why}"


def _accounted(accounted: Sequence[Accounted], people: People) -> Table | None:
    """What became of every finding; those of one person that became the same share a row."""
    rows: dict[tuple[str, str], list[str]] = {}
    for one in accounted:
        became = _became(one)
        rows.setdefault((capital(people.named(one.relation, one.person)), became), []).append(word(one.finding))
    told = [(named, ", ".join(findings), became) for (named, became), findings in rows.items()]
    return Table(("Person", "Finding", "What became of it"), told) if told else None


def _cascade(screening: Screening, people: People) -> Iterator[Section]:
    for one in screening.cascade:
        rows = [
            (capital(people.named(each.relation, each.person)), each.status, each.share or "") for each in one.people
        ]
        yield Section(
            "cascade",
            f"Relatives and the known {one.gene} variant",
            [Item(age) for age in one.ages],
            Table(("Person", "Stands as", "Share by inheritance alone"), rows),
            closing=whose_relations(people),
        )


def _problems(screening: Screening) -> Iterator[Section]:
    if screening.problems:
        yield Section(
            "problems",
            "Problems in the input",
            [
                Item(
                    f"{one.where}: {one.found}" if one.where else one.found,
                    about=f"needed: {one.needed}; fix: {one.fix} ({one.code})",
                )
                for one in screening.problems
            ],
        )


def _sources(screening: Screening) -> Iterator[Section]:
    items = [Item(title, cited=(id, ""), links=addresses) for id, title, addresses in sources(screening)]
    if items:
        closing = "The wording of a statement was seen in its source unless it says otherwise."
        yield Section("sources", "Sources", items, closing=closing)


def _provenance(screening: Screening) -> Section:
    used = screening.pedigree
    books = ", ".join(f"{one.id} {_start(one.digest)}" for one in screening.rulebooks)
    family = f"{used.id or 'without an id'}, read as {used.format}, SHA-256 {_start(used.digest)}"
    items = [Item(f"menscreen {screening.menscreen}"), Item(f"Family: {family}")]
    if books:
        items.append(Item(f"Rulebooks that ran, with the start of their SHA-256: {books}"))
    return Section("provenance", "Provenance", items)


def _start(digest: str) -> str:
    return digest.removeprefix("sha256:")[:_DIGEST]

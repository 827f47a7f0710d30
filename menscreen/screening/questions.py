"""What to ask: each open fact that decides something, its possible answers, and the outcome that each would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from menscreen.pedigree.person import History, Origin
from menscreen.rules.facts import NOT_FOUND
from menscreen.rules.reasons import Kind, Open, Reasons
from menscreen.screening.answers import Choice, apart, choices, run_with
from menscreen.screening.counting import Count, Level
from menscreen.screening.program import Run
from menscreen.screening.safety import alternatives, open_urgencies, urgency_of
from menscreen.screening.tally import Tally, tally_of
from menscreen.screening.verdict import Answer, Outcome, Question
from menscreen.screening.wording import Wording
from menscreen.vocabulary import vocabulary

#: So many open facts are looked into, the nearest first; the rest waits until these are answered.
MOST_QUESTIONS = 40

_ASK = {
    Kind.AGE: "How old was this person when the {name} was found?",
    Kind.MULTIPLE: "Was it one {name}, or several (or several glands)?",
    Kind.BILATERAL: "Was the {name} on one side or on both?",
    Kind.SIZE: "How large was the {name}, in millimeters?",
    Kind.CONFIRMED: "Was the {name} confirmed?",
    Kind.CAUSE: "Was the {name} primary, there before the kidney disease or the lithium, or caused by them?",
    Kind.PERSON_AGE: "How old is this person now, or was at death?",
    Kind.SEX: "Which sex was recorded for this person at birth?",
    Kind.PLACE: "How exactly is this person related?",
}


class OpenQuestion(NamedTuple):
    """A question with what it takes to record an answer: the open fact, and the value of each answer."""

    question: Question
    open: Open
    choices: tuple[Choice, ...]


class OpenFact(NamedTuple):
    """One open fact with everything that asks for it."""

    opens: list[Open]
    rules: list[str]
    degree: int


def questions_of(run: Run, position: int, tally: Tally, wording: Wording) -> tuple[Question, ...]:
    """The questions whose answer can change the outcome, its syndromes, its genes or its urgency; weightiest first."""
    asked = open_questions(run, position, tally, wording)
    return (*(one.question for one in asked), *_history_questions(run, position, tally, wording))


def open_questions(run: Run, position: int, tally: Tally, wording: Wording) -> list[OpenQuestion]:
    """The questions about open facts: first those that can change the outcome, then by what they decide on average.

    Of equals, the easier to answer comes first: about the person screened, then a first-degree relative, then others.
    """
    found: list[tuple[tuple[float, ...], OpenQuestion]] = []
    for asked in open_facts(run, position, tally):
        weighed = _weighed(run, position, asked, tally, wording)
        if weighed is not None:
            found.append(weighed)
    found.sort(key=lambda pair: pair[0])
    told: set[str] = set()
    return [_told_once(one, told) for _, one in found]


def _told_once(one: OpenQuestion, told: set[str]) -> OpenQuestion:
    """What can be done instead of asking is said with the first question that it helps."""
    instead = one.question.instead
    if instead is None or instead not in told:
        told.add(instead or "")
        return one
    return one._replace(question=attrs.evolve(one.question, instead=None))


def open_facts(run: Run, position: int, tally: Tally) -> list[OpenFact]:
    """The open facts behind the statements and urgencies that are not decided, those about one record together.

    What somebody declined to say is left out.
    """
    by_fact: dict[tuple[object, ...], OpenFact] = {}

    def note(one: Open, rule: str | None, degree: int | None) -> None:
        key = one.position, one.kind, one.fact and one.fact.order, one.test and one.test.at
        asked = by_fact.setdefault(key, OpenFact([], [], 99 if degree is None else degree))
        asked.opens.append(one)
        if rule is not None:
            asked.rules.append(rule)

    for count in tally.counts:
        if count.possible > count.certain:
            for one in _opens(run, position, count):
                note(one, run.program.names[count.rule], count.degree)
    for evaluation, criterion, number in open_urgencies(run, position, tally):
        for one in Reasons(evaluation).open_facts(criterion, number):
            tie = run.family.kin(position)[0].get(one.position)
            note(one, None, 0 if one.position == position else None if tie is None else tie.degree)
    asked = [one for one in by_fact.values() if not _was_declined(one)]
    return sorted(asked, key=lambda one: one.degree)[:MOST_QUESTIONS]


def _opens(run: Run, position: int, count: Count) -> Iterator[Open]:
    criterion = run.program.criteria[count.rule]
    body = run.family.bodies[count.body]
    if not run.answers[count.rule][0] >> count.body & 1:
        yield from Reasons(run.evaluation).open_facts(criterion, count.body)
    if body.position != position and body.position in run.family.kin(position)[1]:
        yield Open(body.position, Kind.PLACE, None, None, criterion)
    own = run.family.pedigree.people[position]
    for at, tests in ((body.position, body.tests), (position, own.tests)):
        for test in tests:
            is_germline_negative = test.result in NOT_FOUND and test.origin is Origin.GERMLINE
            if test.gene in count.genes and is_germline_negative and test.scope is None:
                yield Open(at, Kind.SCOPE, None, test, criterion)


def _was_declined(asked: OpenFact) -> bool:
    first = asked.opens[0]
    if first.fact is None:
        return False
    names = {name for finding in first.fact.findings for name in finding.declined}
    return not names.isdisjoint(declined_names(first.kind))


def declined_names(kind: Kind) -> tuple[str, ...]:
    """The words under which a kind of fact can stand in `declined`, the usual one first."""
    return _DECLINED.get(kind, (kind.value,))


_DECLINED = {Kind.TYPE: ("histology", "finding", "type"), Kind.SIZE: ("size_mm", "size")}


def is_settled(tally: Tally) -> bool:
    """No answer to an open fact can change the outcome for MEN any more."""
    if tally.level is Level.ASK:
        return not any(count.men and count.possible for count in tally.counts)
    return tally.level is tally.possible


def _weighed(
    run: Run, position: int, asked: OpenFact, tally: Tally, wording: Wording
) -> tuple[tuple[float, ...], OpenQuestion] | None:
    """A question with its weight (smaller comes first), or `None` when no answer changes anything."""
    first = asked.opens[0]
    options = choices(asked.opens)
    after = _after(run, position, first, options)
    if not _changes(run, position, tally, first, options, after):
        return None
    could = frozenset[str]().union(*(one.could_have for one in after))
    question = Question(
        person=wording.id(first.position),
        relation=wording.relation(first.position),
        at=_place(run, first),
        kind=first.kind.value,
        ask=_words(first),
        answers=tuple(Answer(option.words, one.outcome) for option, one in zip(options, after, strict=True)),
        decides=tuple(dict.fromkeys(asked.rules)),
        could_become=max(one.could_become for one in after),
        could_add=tuple(sorted(could - set(tally.syndromes))),
        instead=_instead(first),
    )
    changes_outcome = any(one.outcome is not tally.outcome for one in after)
    settling = sum(map(is_settled, after)) / len(after)
    left = sum(one.undecided for one in after) / len(after)
    return (not changes_outcome, -settling, left, asked.degree, first.position), OpenQuestion(
        question, first, tuple(options)
    )


def _after(run: Run, position: int, one: Open, options: Sequence[Choice]) -> list[Tally]:
    """What the counts would add up to with each answer; answers that are the same to all rules share the work."""
    tallies: list[Tally] = []
    for number, same in enumerate(apart(run, one, options)):
        is_new = same == number
        tallies.append(
            tally_of(run_with(run, position, one, options[number].value), position) if is_new else tallies[same]
        )
    return tallies


def _changes(
    run: Run, position: int, tally: Tally, one: Open, options: Sequence[Choice], after: Sequence[Tally]
) -> bool:
    """Whether some answer changes the outcome, its syndromes, its genes or its urgency."""
    if any(each.gist != tally.gist for each in after):
        return True
    now = urgency_of(run, position, tally)
    return any(
        urgency_of(run_with(run, position, one, option.value), position, each) is not now
        for option, each in zip(options, after, strict=True)
    )


def _instead(one: Open) -> str | None:
    """What can be done when no record can be had: the test that shows what the record would have."""
    if one.fact is None or one.kind not in (Kind.TYPE, Kind.CONFIRMED, Kind.CAUSE):
        return None
    above = vocabulary().above(one.fact.term)
    found = next((other for other in alternatives() if other.term in above), None)
    return None if found is None else f"{found.says} ({found.citation.guideline}, {found.citation.locator})"


def _place(run: Run, one: Open) -> str:
    if one.fact is not None:
        return one.fact.findings[0].at
    return one.test.at if one.test is not None else run.family.pedigree.people[one.position].at


def _words(one: Open) -> str:
    if one.kind is Kind.SCOPE and one.test is not None:
        return f"Did the {one.test.gene} test read the whole gene, or only look for one variant?"
    term = None if one.fact is None else vocabulary().terms[one.fact.term]
    if one.kind is Kind.TYPE and term is not None:
        if term.id in ("neuroendocrine-tumor", "gastroenteropancreatic-net", "endocrine-tumor"):
            return f"In which organ was the {term.name}, and what kind was it?"
        return f"What kind of {term.name} was it?"
    return _ASK[one.kind].format(name="tumor" if term is None else term.name)


def _history_questions(run: Run, position: int, tally: Tally, wording: Wording) -> Iterator[Question]:
    """Ask once about each near person of whom nothing is known, while a tumor there could change the outcome."""
    if tally.outcome is Outcome.WARRANTED:
        return
    people = run.family.pedigree.people
    placed = run.family.kin(position)[0]
    near = [at for at, tie in placed.items() if tie.degree == 1 and people[at].history is History.UNKNOWN]
    if tally.silence is not None:
        near.insert(0, position)
    for at in near:
        own = at == position
        ask = (
            "Has anybody in the family had a tumor of the thyroid, parathyroid, pancreas or adrenal gland?"
            if own
            else "Can anybody say whether this person had a tumor of the thyroid, parathyroid, pancreas or adrenal?"
        )
        without = Outcome.NOT_INDICATED if own and tally.level is Level.ASK and not tally.is_open else tally.outcome
        yield Question(
            person=wording.id(at),
            relation=wording.relation(at),
            at=people[at].at,
            kind=Kind.HISTORY.value,
            ask=ask,
            answers=(Answer("yes", max(Outcome.CLARIFY, tally.outcome)), Answer("no", without)),
            decides=(),
            could_become=Outcome.WARRANTED,
            could_add=(),
        )

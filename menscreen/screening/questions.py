"""What to ask: each open fact that decides something, its possible answers, and the outcome that each would give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from menscreen.pedigree.person import History, Origin
from menscreen.pedigree.placing import spoken_of
from menscreen.rules.facts import NOT_FOUND
from menscreen.rules.reasons import Kind, Open, Reasons
from menscreen.screening.answers import Choice, choices, run_with
from menscreen.screening.counting import UNSTATED, Count
from menscreen.screening.levels import Level
from menscreen.screening.lines import negatives
from menscreen.screening.program import Run
from menscreen.screening.safety import Safety, alternatives, urgency_of
from menscreen.screening.speaking import is_plural
from menscreen.screening.tally import Tally, tally_of
from menscreen.screening.verdict import Answer, Outcome, Question, Urgency
from menscreen.screening.wording import Wording
from menscreen.vocabulary import vocabulary

#: So many open facts are looked into, the nearest first; the rest waits until these are answered.
MOST_QUESTIONS = 40
#: In large families fewer: each open fact costs as much as there are people of whom something is recorded.
MOST_BODIES_ASKED = 1_200
#: So many combinations of answers are looked into; where there are more, the questions are asked.
MOST_LOOKED_AT = 200

_ASK = {
    Kind.AGE: "How old was this person when the {name} was found?",
    Kind.MULTIPLE: "Was it one {name}, or several?",
    Kind.BILATERAL: "Was the {name} on one side or on both?",
    Kind.SIZE: "How large was the {name}, in millimeters?",
    Kind.CONFIRMED: "Was the {name} confirmed?",
    Kind.CAUSE: "Was the {name} primary, there before the kidney disease or the lithium, or caused by them?",
    Kind.PERSON_AGE: "How old is this person now, or was at death?",
    Kind.SEX: "Which sex was recorded for this person at birth?",
    Kind.PLACE: "How exactly is this person related?",
}


_UNKNOWN = History.UNKNOWN

#: Tumors of which the organ is open, too.
OF_ANY_ORGAN = ("neuroendocrine-tumor", "gastroenteropancreatic-net", "endocrine-tumor")


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


class _Asked(NamedTuple):
    """An open fact, its possible answers, and what would be found with each."""

    fact: OpenFact
    options: Sequence[Choice]
    after: list[tuple[Run, Tally]]


def questions_of(
    run: Run, position: int, tally: Tally, wording: Wording, safety: Safety | None = None
) -> tuple[Question, ...]:
    """The questions whose answer can change the outcome, its syndromes, its genes or its urgency; weightiest first."""
    asked = open_questions(run, position, tally, wording, safety)
    return (*(one.question for one in asked), *history_questions(run, position, tally, wording))


def open_questions(
    run: Run, position: int, tally: Tally, wording: Wording, safety: Safety | None = None
) -> list[OpenQuestion]:
    """The questions about open facts: first those that can change the outcome and those that most often settle it.

    Then come those that decide more statements on average. Of equals, the easier to answer comes first: about the
    person screened, then a first-degree relative, then others.
    """
    safety = safety or Safety(run, position, tally)
    asked: list[_Asked] = []
    for fact in open_facts(run, position, tally, safety):
        options = choices(fact.opens, run.family.pedigree)
        if options:
            asked.append(_Asked(fact, options, _after(run, position, fact, options)))
    if not asked:
        return []
    urgency = safety.urgency()
    telling = [one for one in asked if _changes(position, tally, urgency, one.after)]
    if not telling and _could_change(tally, safety):
        telling = _telling_together(position, tally, urgency, asked)
    telling.sort(key=lambda one: _weight(one, tally))
    told: set[str] = set()
    return [_told_once(_question(run, one, tally, wording), told) for one in telling]


def _told_once(one: OpenQuestion, told: set[str]) -> OpenQuestion:
    """What can be done instead of asking is said with the first question that it helps."""
    instead = one.question.instead
    if instead is None or instead not in told:
        told.add(instead or "")
        return one
    return one._replace(question=attrs.evolve(one.question, instead=None))


def open_facts(run: Run, position: int, tally: Tally, safety: Safety | None = None) -> list[OpenFact]:
    """The open facts behind the statements and urgencies that are not decided, those about one record together.

    What nobody can tell is left out; `menscreen.screening.limits` says so.
    """
    by_fact: dict[tuple[object, ...], OpenFact] = {}

    def note(one: Open, rule: str | None, distance: int) -> None:
        key = one.position, one.kind, one.fact and one.fact.order, one.test and one.test.at
        asked = by_fact.setdefault(key, OpenFact([], [], distance))
        asked.opens.append(one)
        if rule is not None:
            asked.rules.append(rule)

    for count in tally.counts:
        if count.possible > count.certain:
            for one in opens_of(run, position, count):
                note(one, run.program.names[count.rule], count.distance)
    for evaluation, criterion, number in (safety or Safety(run, position, tally)).open_urgencies():
        for one in Reasons(evaluation).open_facts(criterion, number):
            tie = run.family.kin(position)[0].get(one.position)
            note(one, None, 0 if one.position == position else UNSTATED if tie is None else tie.degree)
    if not by_fact:
        return []
    asked = [one for one in by_fact.values() if not cannot_be_told(one.opens[0])]
    most = min(MOST_QUESTIONS, max(1, MOST_BODIES_ASKED // len(run.family.bodies)))
    return sorted(asked, key=lambda one: one.degree)[:most]


def opens_of(run: Run, position: int, count: Count) -> Iterator[Open]:
    """The open facts behind a statement that could count for more."""
    criterion = run.program.criteria[count.rule]
    body = run.family.bodies[count.body]
    if not run.answers[count.rule][0] >> count.body & 1:
        yield from Reasons(run.evaluation).open_facts(criterion, count.body)
    if body.position != position and body.position in run.family.kin(position)[1]:
        for at in spoken_of(run.family.pedigree, body.position):
            yield Open(at, Kind.PLACE, None, None, criterion)
    people = run.family.pedigree.people
    between = _possibly_between(run, count) if body.position != position else ()
    for at in dict.fromkeys((body.position, position, *between)):
        for test in body.tests if at == body.position else people[at].tests:
            is_germline_negative = test.result in NOT_FOUND and test.origin is Origin.GERMLINE
            if test.gene in count.genes and is_germline_negative and test.scope is None:
                yield Open(at, Kind.SCOPE, None, test, criterion)


def _possibly_between(run: Run, count: Count) -> Iterator[int]:
    """Relatives whose negative tests, their scope not recorded, may keep a known variant from the person screened."""
    for gene in run.family.genes.intersection(count.genes):
        certain, possible = negatives(run.family, gene)
        yield from sorted(possible - certain)


def cannot_be_told(one: Open) -> bool:
    """Nobody knows it, or no record can say it."""
    if one.fact is None:
        return False
    names = {name for finding in one.fact.findings for name in finding.declined}
    return one.kind is Kind.SAME or not names.isdisjoint(declined_names(one.kind))


def declined_names(kind: Kind) -> tuple[str, ...]:
    """The words under which a kind of fact can stand in `declined`, the usual one first."""
    return _DECLINED.get(kind, (kind.value,))


_DECLINED = {Kind.TYPE: ("histology", "finding", "type"), Kind.SIZE: ("size_mm", "size")}


def is_settled(tally: Tally) -> bool:
    """No answer to an open fact can change the outcome for MEN any more."""
    if tally.level is Level.ASK:
        return not any(count.men and count.possible for count in tally.counts)
    return tally.level is tally.possible


def _could_add(asked: _Asked) -> frozenset[str]:
    """The syndromes that some answer makes certain, and those that it depends on the answer whether they stay open."""
    certain = frozenset[str]().union(*(after.syndromes for _, after in asked.after))
    open_after = [after.could_have for _, after in asked.after]
    return certain | (frozenset[str]().union(*open_after) - frozenset.intersection(*open_after))


def _question(run: Run, asked: _Asked, tally: Tally, wording: Wording) -> OpenQuestion:
    first = asked.fact.opens[0]
    question = Question(
        person=wording.id(first.position),
        relation=wording.relation(first.position),
        at=_place(run, first),
        kind=first.kind.value,
        ask=_words(first),
        answers=tuple(
            Answer(option.words, after.outcome) for option, (_, after) in zip(asked.options, asked.after, strict=True)
        ),
        decides=tuple(dict.fromkeys(asked.fact.rules)),
        could_become=max(after.could_become for _, after in asked.after),
        could_add=tuple(sorted(_could_add(asked).difference(tally.syndromes))),
        instead=_instead(first),
    )
    return OpenQuestion(question, first, tuple(asked.options))


def _weight(asked: _Asked, tally: Tally) -> tuple[float, ...]:
    """The smaller comes first; docs/questions.md has the reasons and the measurement."""
    after = [each for _, each in asked.after]
    changes_outcome = any(each.outcome is not tally.outcome for each in after)
    settling = sum(map(is_settled, after)) / len(after)
    left = sum(each.undecided for each in after) / len(after)
    return not changes_outcome, -settling, left, asked.fact.degree, asked.fact.opens[0].position


def _after(run: Run, position: int, fact: OpenFact, options: Sequence[Choice]) -> list[tuple[Run, Tally]]:
    """What would be found with each answer."""
    runs = [run_with(run, position, fact.opens[0], option.value) for option in options]
    return [(after, tally_of(after, position)) for after in runs]


def _changes(position: int, tally: Tally, urgency: Urgency | None, after: Sequence[tuple[Run, Tally]]) -> bool:
    """Whether some answer changes the outcome, its syndromes, its genes or its urgency."""
    return any(each.gist != tally.gist for _, each in after) or any(
        urgency_of(run, position, each) is not urgency for run, each in after
    )


def _could_change(tally: Tally, safety: Safety) -> bool:
    """Whether open statements or urgencies could still change something, if not by a single answer."""
    genes = {gene for count in tally.counts if count.certain >= Level.CONSIDER for gene in count.genes}
    for count in tally.counts:
        if count.possible > count.certain:
            is_stronger = count.possible > (tally.level if count.men else tally.also)
            adds = count.possible >= Level.CONSIDER and not genes.issuperset(count.genes)
            if is_stronger or adds:
                return True
    is_more = bool(tally.could_have.difference(tally.syndromes))
    return is_more or next(safety.open_urgencies(), None) is not None


def _telling_together(position: int, tally: Tally, urgency: Urgency | None, asked: Sequence[_Asked]) -> list[_Asked]:
    """The questions of which an answer changes something once as few others as possible are answered too."""
    ways = [(number, way) for number, one in enumerate(asked) for way in one.after]
    looked_at = 0
    while ways:
        telling: set[int] = set()
        longer: list[tuple[int, tuple[Run, Tally]]] = []
        for number, (run, after) in ways:
            for fact in open_facts(run, position, after):
                found = _after(run, position, fact, choices(fact.opens, run.family.pedigree))
                looked_at += len(found)
                if looked_at > MOST_LOOKED_AT:
                    return list(asked)
                if _changes(position, tally, urgency, found):
                    telling.add(number)
                longer.extend((number, way) for way in found)
        if telling:
            return [asked[number] for number in sorted(telling)]
        ways = longer
    return []


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
        return f"Did the {one.test.gene} test read the whole gene, or look for the family's variant only, or another?"
    if one.kind is Kind.VARIANT and one.test is not None:
        return f"Which variant of {one.test.gene} was found?"
    term = None if one.fact is None else vocabulary().terms[one.fact.term]
    if one.kind is Kind.TYPE and term is not None:
        if term.id in OF_ANY_ORGAN:
            return f"In which organ was the {term.name}, and what kind was it?"
        if term.id == "primary-hyperparathyroidism":
            return "What was found in the parathyroid glands?"
        return f"What kind of {term.name} {'were they' if is_plural(term.name) else 'was it'}?"
    if one.kind is Kind.MULTIPLE and term is not None and term.site == "parathyroid":
        return "Was one parathyroid gland affected, or several?"
    if one.kind is Kind.MULTIPLE and term is not None and is_plural(term.name):
        return f"How many {term.name} were there: one, or several?"
    return _ASK[one.kind].format(name="tumor" if term is None else term.name)


def history_questions(run: Run, position: int, tally: Tally, wording: Wording) -> Iterator[Question]:
    """Ask once about each near person of whom nothing is known, while a tumor there could change the outcome."""
    if tally.outcome is Outcome.WARRANTED:
        return
    people = run.family.pedigree.people
    near = [position] if tally.silence else []
    unknown = {at for at, person in enumerate(people) if person.history is _UNKNOWN}
    if unknown:
        near += [at for at, tie in run.family.kin(position)[0].items() if tie.degree == 1 and at in unknown]
    for at in near:
        own = at == position
        whoever = "this person or anybody" if at in unknown else "anybody"
        ask = (
            f"Has {whoever} in the family had a tumor of the thyroid, parathyroid, pancreas or adrenal gland?"
            if own
            else "Can anybody say whether this person had a tumor of the thyroid, parathyroid, pancreas or adrenal?"
        )
        without = Outcome.NOT_INDICATED if own and tally.level is Level.ASK and not tally.undecided else tally.outcome
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

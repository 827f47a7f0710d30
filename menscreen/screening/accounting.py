"""Account for every recorded finding: counted, asked about, or set aside with the reason. None disappears."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypeVar

from menscreen.pedigree.person import Finding, Status
from menscreen.rules.facts import Body
from menscreen.rules.families import MEN_SYNDROMES
from menscreen.rules.reasons import Reasons
from menscreen.screening.counting import Count
from menscreen.screening.levels import Level
from menscreen.screening.program import Run
from menscreen.screening.verdict import Accounted, Question, Role
from menscreen.screening.wording import Wording, name_of
from menscreen.vocabulary import Kind, gene_test_spoken_of, vocabulary

T = TypeVar("T")

#: Why a finding that is no tumor is set aside.
BY_KIND = {
    Kind.SYMPTOM: "a symptom leads to a first test of blood or urine, never by itself to a genetic test",
    Kind.BENIGN: "a benign disease of the organ, no sign of MEN",
    Kind.CONTEXT: "read as a possible cause of other findings",
}

SECONDARY = frozenset({"secondary-hyperparathyroidism", "tertiary-hyperparathyroidism"})


def accounted(
    run: Run, position: int, counts: Sequence[Count], questions: Sequence[Question], wording: Wording
) -> tuple[Accounted, ...]:
    """One entry for each recorded finding, in the order of the source."""
    counted, done = _counted(run, counts)
    asked = {question.at: question.ask for question in reversed(questions)}
    for body in run.family.bodies if counted or asked else ():
        _spread(body, counted)
        _spread(body, asked)
    entries = []
    for at, person in enumerate(run.family.pedigree.people):
        for finding in person.findings:
            if finding.status is Status.ABSENT:
                continue
            if finding.at in counted:
                role, why = Role.COUNTED, ", ".join(dict.fromkeys(counted[finding.at]))
            elif finding.at in asked:
                role, why = Role.ASKED, asked[finding.at]
            else:
                role, why = Role.SET_ASIDE, _why_set_aside(run, position, at, finding, done, counts)
            term = finding.term or name_of(finding)
            entries.append(Accounted(wording.id(at), wording.relation(at), finding.at, term, role, why))
    return tuple(entries)


def _spread(body: Body, marked: dict[str, T]) -> None:
    """Mark every record of a tumor alike, and the record of several tumors together when all of them are marked."""
    below = vocabulary().below
    for fact in sorted(body.facts, key=lambda fact: fact.summary):
        places = [finding.at for finding in fact.findings]
        if fact.summary:
            hosts = [one for one in body.facts if one is not fact and one.term in below(fact.term)]
            if all(one.findings[0].at in marked for one in hosts):
                places += [one.findings[0].at for one in hosts]
        mark = next((marked[place] for place in places if place in marked), None)
        if mark is not None:
            marked.update(dict.fromkeys([finding.at for finding in fact.findings], mark))


def _counted(run: Run, counts: Sequence[Count]) -> tuple[dict[str, list[str]], set[str]]:
    """The places of all findings that bear on a flag, with the rules; and of those whose test was already made."""
    counted: dict[str, list[str]] = {}
    done: set[str] = set()
    if not counts:
        return counted, done
    reasons = Reasons(run.evaluation, every=True)
    for count in counts:
        if not run.answers[count.rule][0] >> count.body & 1 or not (count.done or count.certain >= Level.CONSIDER):
            continue
        for ground in reasons.grounds(run.program.criteria[count.rule], count.body):
            for finding in () if ground.fact is None else ground.fact.findings:
                if count.done:
                    done.add(finding.at)
                else:
                    counted.setdefault(finding.at, []).append(run.program.names[count.rule])
    return counted, done


def _why_set_aside(
    run: Run, position: int, at: int, finding: Finding, done: Collection[str], counts: Sequence[Count]
) -> str:
    if finding.term is None:
        if finding.text is not None and gene_test_spoken_of(finding.text) is not None:
            return "speaks of a genetic test: its result counts once it is recorded under tests"
        return "words that the vocabulary does not know"
    term = vocabulary().terms[finding.term]
    placed, unplaced = run.family.kin(position)
    if at != position and at not in placed and at not in unplaced:
        return "no blood relative of the person screened"
    if finding.at in done:
        return "the test that the statement asks for was already made"
    if term.id in SECONDARY:
        return "secondary disease, caused by another illness"
    if term.kind in BY_KIND:
        return BY_KIND[term.kind]
    if _is_explained(run, at, finding):
        return "explained by another syndrome recorded in this person"
    met, may_meet = _statements_of_bearer(run, at, finding)
    number = run.family.by_position[at]
    if any(count.body == number and count.rule in may_meet for count in counts):
        if finding.declined:
            return "nobody knows what is open about it, so it is not asked again"
        if _may_be_counted_twice(run.family.bodies[number], finding):
            return "it and another record may be of one tumor, which no record can say"
        return "what is open about it would change neither the outcome nor the syndromes"
    if at != position and (met or may_meet):
        tie = placed.get(at) or unplaced.get(at)
        if tie is not None and tie.degree > 2:
            return f"degree {tie.degree}: farther than the statements on it count"
        if all(run.program.rules[rule].self_only for rule in met | may_meet):
            return "the statements on it speak of the one who has it, not of relatives"
        return "does not count along this line: the other parent explains it, or the family's variant did not come down"
    facts = run.family.bodies[number].facts
    joined = next((fact.term for fact in facts if any(one.at == finding.at for one in fact.findings)), term.id)
    if MEN_SYNDROMES.isdisjoint(vocabulary().terms[joined].syndromes):
        return "not one of the findings of MEN"
    return "may be part of MEN, but as recorded no statement of the rulebooks that ran counts it"


def _may_be_counted_twice(body: Body, finding: Finding) -> bool:
    of_one = [fact.same for fact in body.facts if not fact.summary]
    return any(of_one.count(fact.same) > 1 for fact in body.facts if finding.at in [one.at for one in fact.findings])


def _is_explained(run: Run, at: int, finding: Finding) -> bool:
    latest = run.family.by_position[at]
    bodies = run.family.bodies
    if latest == 0 or bodies[latest - 1].position != at:
        return False
    return all(finding.at != one.at for fact in bodies[latest].facts for one in fact.findings)


def _statements_of_bearer(run: Run, at: int, finding: Finding) -> tuple[set[int], set[int]]:
    """The rules that are met, and those that may be met, by the finding for the one who has it."""
    number = run.family.by_position[at]
    reasons = Reasons(run.evaluation)
    met: set[int] = set()
    may_meet: set[int] = set()
    for rule, (certain, possible) in run.answers.items():
        criterion = run.program.criteria[rule]
        if certain >> number & 1:
            facts, rules = [ground.fact for ground in reasons.grounds(criterion, number)], met
        elif possible >> number & 1:
            facts, rules = [one.fact for one in reasons.open_facts(criterion, number)], may_meet
        else:
            continue
        if any(finding.at == one.at for fact in facts if fact is not None for one in fact.findings):
            rules.add(rule)
    return met, may_meet

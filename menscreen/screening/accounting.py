"""Account for every recorded finding: counted, asked about, or set aside with the reason. None disappears."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from menscreen.pedigree.person import Finding, Status
from menscreen.rules.families import MEN_GENES
from menscreen.screening.counting import MEN_SYNDROMES
from menscreen.screening.program import Run
from menscreen.screening.verdict import Accounted, Flag, Question, Role
from menscreen.screening.wording import Wording, name_of
from menscreen.vocabulary import Kind, Term, vocabulary

#: Why a finding that is no tumor is set aside.
BY_KIND = {
    Kind.SYMPTOM: "a symptom leads to a first test of blood or urine, never by itself to a genetic test",
    Kind.BENIGN: "a benign disease of the organ, no sign of MEN",
    Kind.CONTEXT: "read as a possible cause of other findings",
}


def accounted(
    run: Run, position: int, flags: Sequence[Flag], questions: Sequence[Question], wording: Wording
) -> tuple[Accounted, ...]:
    """One entry for each recorded finding, in the order of the source."""
    counted: dict[str, list[str]] = {}
    done: set[str] = set()
    for flag in flags:
        for evidence in flag.evidence:
            if flag.done:
                done.add(evidence.at)
            else:
                counted.setdefault(evidence.at, []).append(flag.rule)
    asked = {question.at: question.ask for question in reversed(questions)}
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
                role, why = Role.SET_ASIDE, _why_set_aside(run, position, at, finding, done)
            term = finding.term or name_of(finding)
            entries.append(Accounted(wording.id(at), wording.relation(at), finding.at, term, role, why))
    return tuple(entries)


def _why_set_aside(run: Run, position: int, at: int, finding: Finding, done: Collection[str]) -> str:
    if finding.term is None:
        return "words that the vocabulary does not know"
    term = vocabulary().terms[finding.term]
    placed, unplaced = run.family.kin(position)
    if at != position and at not in placed and at not in unplaced:
        return "no blood relative of the person screened"
    if finding.at in done:
        return "the test that the statement asks for was already made"
    if term.kind in BY_KIND:
        return BY_KIND[term.kind]
    by_place = _why_not_from_there(run, position, at, finding)
    if by_place is not None:
        return by_place
    return _why_not_of_this_type(term)


def _why_not_from_there(run: Run, position: int, at: int, finding: Finding) -> str | None:
    """Why a finding that meets, or might meet, a statement for its own bearer does not count for the person."""
    latest = run.family.by_position[at]
    bodies = run.family.bodies
    if latest and bodies[latest - 1].position == at:
        kept = {one.at for fact in bodies[latest].facts for one in fact.findings}
        if finding.at not in kept:
            return "explained by another syndrome recorded in this person"
    if at == position or not any(masks.possible >> latest & 1 for masks in run.answers.values()):
        return None
    tie = run.family.kin(position)[0].get(at)
    if tie is not None and tie.degree > 2:
        return f"degree {tie.degree}: farther than the statements count"
    genes = {test.gene for body in bodies for test in body.tests} & MEN_GENES.keys()
    if genes:
        return "does not count along this line: another parent explains it, or the family's variant was not inherited"
    return None


def _why_not_of_this_type(term: Term) -> str:
    if "secondary" in term.id or "tertiary" in term.id:
        return "secondary disease, caused by another illness"
    if MEN_SYNDROMES.isdisjoint(term.syndromes):
        return "not one of the findings of MEN"
    return "part of MEN, but as recorded no statement of the rulebooks that ran counts it"

"""Limits: of whom nothing is known, so that silence says nothing, and what stays open though nobody can tell it."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.pedigree.family import FamilyHistory
from menscreen.pedigree.person import Adoption, History, Person, Scope
from menscreen.rules.facts import NOT_FOUND, Body, Fact
from menscreen.rules.families import MEN_GENES
from menscreen.rules.reasons import Kind, Open
from menscreen.screening.comparing import OPEN
from menscreen.screening.levels import Level
from menscreen.screening.lines import carriers
from menscreen.screening.program import Run
from menscreen.screening.questions import cannot_be_told, opens_of
from menscreen.screening.tally import Tally
from menscreen.screening.verdict import Limit
from menscreen.screening.wording import Wording, described
from menscreen.vocabulary import vocabulary

#: Relatives farther than this are not listed: no statement rests on their silence.
FARTHEST_DEGREE = 2
_UNKNOWN = History.UNKNOWN


def limits_of(run: Run, position: int, tally: Tally, wording: Wording) -> tuple[Limit, ...]:
    """Everybody near enough to matter of whom nothing is known, the person screened first; then what stays open."""
    family = run.family
    people = family.pedigree.people
    found: list[Limit] = []
    if family.pedigree.family_history is FamilyHistory.NOT_ASKED:
        found.append(Limit(wording.id(position), "self", "nobody has asked about relatives"))
    limited = {
        at
        for at, person in enumerate(people)
        if person.history is _UNKNOWN or person.placeholder or person.asked is not None or person.adopted is not None
    }
    if limited or family.pedigree.has_unplaced:
        placed, unplaced = family.kin(position)
        near = [position, *[at for at, tie in placed.items() if tie.degree <= FARTHEST_DEGREE]]
        found += [
            Limit(wording.id(at), wording.relation(at), why)
            for at in near
            if at in limited
            for why in _person_limits(people[at])
        ]
        for at, tie in unplaced.items():
            if tie is None:
                found.append(Limit(wording.id(at), wording.relation(at), "how this relative is related is not stated"))
    found.extend(_uninformative(run, position, wording))
    if any(map(_may_hide, family.bodies)):
        found.extend(_left_open(run, position, tally, wording))
    return tuple(found)


def _may_hide(body: Body) -> bool:
    """Whether something of a body may stay open whatever is asked: most often nothing does."""
    facts = body.facts
    return any(finding.declined for fact in facts for finding in fact.findings) or (
        len(facts) > 1 and len({fact.same for fact in facts}) < len(facts)
    )


def _left_open(run: Run, position: int, tally: Tally, wording: Wording) -> Iterator[Limit]:
    """The open facts behind a stronger outcome that nobody can tell."""
    told: set[tuple[int, str]] = set()
    for count in tally.counts:
        level = tally.level if count.men else tally.also
        if count.possible <= count.certain or (count.possible <= level and level is not Level.ASK):
            continue
        opens = ((one, one.fact) for one in opens_of(run, position, count) if cannot_be_told(one))
        whys = ((one, _why_left_open(run, one, fact)) for one, fact in opens if fact is not None)
        for one, why in sorted(whys, key=lambda each: each[1]):  # the order of the records says nothing
            if (one.position, why) not in told:
                told.add((one.position, why))
                yield Limit(wording.id(one.position), wording.relation(one.position), why)


def _why_left_open(run: Run, one: Open, fact: Fact) -> str:
    name = vocabulary().terms[fact.term].name
    if one.kind is not Kind.SAME:
        return f"asked for, and nobody knows: {OPEN[one.kind]} of the {name}"
    return (
        f"whether {_listed(run, one.position, fact)} are one tumor no record can say, "
        "and a statement asks for several: if they are one, leave the other records out"
    )


def _listed(run: Run, position: int, fact: Fact) -> str:
    """The records that may be of one tumor with a fact, such as ``insulinoma at 41 and insulinoma at 55``."""
    body = run.family.bodies[run.family.by_position[position]]
    same = [other for other in body.facts if other.same == fact.same and not other.summary]
    return " and ".join(described(other) for other in sorted(same, key=lambda other: (other.low, described(other))))


def _person_limits(person: Person) -> Iterator[str]:
    if person.history is History.UNKNOWN:
        yield "nothing is known of this person's history"
    elif person.placeholder:
        yield "nothing is recorded of this person"
    elif person.asked is not None:
        yield (
            f"this file cannot carry findings other than of {', '.join(person.asked)}"
            if person.asked
            else "this file cannot carry findings: its source cannot speak of tumors"
        )
    if person.adopted is Adoption.IN and person.mother is None and person.father is None:
        yield "adopted: nothing is recorded of the biological family"


def _uninformative(run: Run, position: int, wording: Wording) -> Iterator[Limit]:
    """A negative test does not speak against a syndrome where it looked for none that is known in the family."""
    person = run.family.pedigree.people[position]
    affected = any(finding.term is not None for finding in person.findings)
    for test in person.tests:
        if test.gene not in MEN_GENES or test.result not in NOT_FOUND or affected:
            continue
        if not carriers(run.family, test.gene):
            why = "no variant is known in the family"
        elif test.scope is Scope.OTHER_VARIANT:
            why = "it looked for another variant than the one known in the family"
        else:
            continue
        yield Limit(wording.id(position), "self", f"the negative {test.gene} test is uninformative: {why}")

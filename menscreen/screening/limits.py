"""Limits: of whom nothing is known, so that silence about them says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.pedigree.family import FamilyHistory
from menscreen.pedigree.person import Adoption, History, Person, Scope
from menscreen.rules.facts import NOT_FOUND
from menscreen.rules.families import MEN_GENES
from menscreen.screening.lines import carriers
from menscreen.screening.program import Run
from menscreen.screening.verdict import Limit
from menscreen.screening.wording import Wording

#: Relatives farther than this are not listed: no statement rests on their silence.
FARTHEST_DEGREE = 2


def limits_of(run: Run, position: int, wording: Wording) -> tuple[Limit, ...]:
    """Everybody near enough to matter of whom nothing is known, the person screened first."""
    family = run.family
    people = family.pedigree.people
    placed, unplaced = family.kin(position)
    near = [position, *[at for at, tie in placed.items() if tie.degree <= FARTHEST_DEGREE]]
    limited = [at for at in near if _is_limited(people[at])]
    found = [Limit(wording.id(at), wording.relation(at), why) for at in limited for why in _person_limits(people[at])]
    if family.pedigree.family_history is FamilyHistory.NOT_ASKED:
        found.insert(0, Limit(wording.id(position), "self", "nobody has asked about relatives"))
    for at, tie in unplaced.items():
        if tie is None:
            found.append(Limit(wording.id(at), wording.relation(at), "how this relative is related is not stated"))
    found.extend(_uninformative(run, position, wording))
    return tuple(found)


def _is_limited(person: Person) -> bool:
    """Whether `_person_limits` may have anything to say: most often it has not."""
    return person.history is _UNKNOWN or person.placeholder or person.asked is not None or person.adopted is not None


_UNKNOWN = History.UNKNOWN


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

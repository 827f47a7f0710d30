"""What a screening says: the values of the result, from `Screening` down to `Citation`."""

from __future__ import annotations

from enum import StrEnum

import attrs

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age
from menscreen.problems import Problem


class Outcome(StrEnum):
    """What is said of one person, from the weakest to the strongest; outcomes compare by strength.

    >>> max(Outcome.CLARIFY, Outcome.NOT_INDICATED) is Outcome.CLARIFY
    True
    """

    NOT_INDICATED = "not-indicated"
    CLARIFY = "clarify"
    CONSIDER = "consider"
    WARRANTED = "warranted"

    def __lt__(self, other: str) -> bool:
        return _STRENGTH[self] < _STRENGTH[Outcome(other)]

    def __le__(self, other: str) -> bool:
        return _STRENGTH[self] <= _STRENGTH[Outcome(other)]

    def __gt__(self, other: str) -> bool:
        return _STRENGTH[self] > _STRENGTH[Outcome(other)]

    def __ge__(self, other: str) -> bool:
        return _STRENGTH[self] >= _STRENGTH[Outcome(other)]


_STRENGTH = {outcome: strength for strength, outcome in enumerate(Outcome)}


class Urgency(StrEnum):
    """How soon, where a running source says so."""

    ROUTINE = "routine"
    SOON = "soon"
    URGENT = "urgent"


class Role(StrEnum):
    """What became of a recorded finding."""

    COUNTED = "counted"
    ASKED = "asked"
    SET_ASIDE = "set-aside"


@attrs.frozen
class Citation:
    """Where a statement stands. `provenance` says how its wording was seen: verbatim, secondary or recalled."""

    guideline: str
    title: str
    year: int | None
    locator: str
    url: str
    provenance: str


@attrs.frozen
class Evidence:
    """One recorded fact that a flag rests on: a finding, or a test (then `finding` is such as ``RET pathogenic``).

    `qualities` are what the records of a tumor say together beside its age, such as ``several``.
    """

    person: str
    relation: str
    finding: str
    age: Age | None
    at: str
    qualities: tuple[str, ...] = ()


@attrs.frozen
class Flag:
    """A guideline statement that is met, for the person screened, by the history of `person`.

    Attributes:
        rule: rulebook and rule, such as ``eviq-1428/parathyroid-under-40``.
        strength: as it counts for the person screened (weaker than the statement's own for farther relatives).
        done: the test of the statement was already made; such a flag counts for nothing.
        suffices: every smallest set of records that suffices for the statement; the first 64 of `sets`.
        sets: how many there are; `None` where there were too many choices to look at, and `suffices` shows some.
        explained_by: the other syndromes, or genes with a variant, that explain what the statement rests on; such a
            flag does not count for MEN.
    """

    person: str
    relation: str
    rule: str
    syndromes: tuple[str, ...]
    strength: Outcome
    statement: str
    because: str
    evidence: tuple[Evidence, ...]
    genes: tuple[str, ...]
    done: bool
    actions: tuple[str, ...]
    citation: Citation
    suffices: tuple[tuple[Evidence, ...], ...] = ()
    sets: int | None = 0
    explained_by: tuple[str, ...] = ()


@attrs.frozen
class Answer:
    """A possible answer, and the outcome that it would give."""

    value: str
    then: Outcome


@attrs.frozen
class Question:
    """What to ask: of whom, about which record, and what each answer would do.

    `instead` says, once in a result, what can be done when no record can be had.
    """

    person: str
    relation: str
    at: str
    kind: str
    ask: str
    answers: tuple[Answer, ...]
    decides: tuple[str, ...]
    could_become: Outcome
    could_add: tuple[str, ...]
    instead: str | None = None


@attrs.frozen
class Limit:
    """Somebody of whom nothing is known, and why; it lowers the worth of a *not indicated*."""

    person: str
    relation: str
    why: str


@attrs.frozen
class Notice:
    """A sentence on safety, with its source."""

    text: str
    citation: Citation


@attrs.frozen
class GuidelineOutcome:
    """What one rulebook by itself says of the person.

    Attributes:
        rule: the statement that decided; `None` when none is met or open. The outcome is `clarify` all the same where
            silence says nothing.
        fact: for a rulebook that says less than another, the fact on which they part.
    """

    id: str
    outcome: Outcome
    rule: str | None = None
    fact: str | None = None


@attrs.frozen
class Accounted:
    """What became of a recorded finding, and why."""

    person: str
    relation: str
    at: str
    finding: str
    role: Role
    why: str


@attrs.frozen
class Through:
    """The relative through whom the outcome comes; ``self`` for the person screened."""

    person: str
    relation: str


@attrs.frozen
class Standing:
    """How a person stands to a variant known in the family: carrier, obligate carrier or true negative."""

    gene: str
    status: str


@attrs.frozen
class Concerned:
    """A living blood relative of a carrier.

    `degree` is that to the nearest carrier along lines that are open, `None` where there is none or it is not stated;
    `share` is the share of inheritance alone, such as ``1/2``, for the untested whose degree is known, else `None`.
    """

    person: str
    relation: str
    degree: int | None
    status: str
    share: str | None


@attrs.frozen
class Cascade:
    """Whom a known variant of a gene concerns, and from which age the sources say that testing matters."""

    gene: str
    people: tuple[Concerned, ...]
    ages: tuple[str, ...]


@attrs.frozen
class Verdict:
    """What the screening says of one person. `flags` and `also` are ordered: the strongest and nearest first.

    Attributes:
        test_first: whom to test first; `None` where nobody affected is living, the person carries the known variant
            or nothing asks for a test, and `test_first_because` says why.
        standing: how the person stands to variants known in the family.
        rests_on: records without any one of which the outcome would be weaker; none where `Flag.sets` is `None`.
    """

    person: str
    outcome: Outcome
    could_become: Outcome
    through: Through | None
    test_first: str | None
    syndromes: tuple[str, ...]
    urgency: Urgency | None
    notices: tuple[Notice, ...]
    also_outcome: Outcome
    also: tuple[Flag, ...]
    flags: tuple[Flag, ...]
    questions: tuple[Question, ...]
    limits: tuple[Limit, ...]
    guidelines: tuple[GuidelineOutcome, ...]
    accounted: tuple[Accounted, ...]
    test_first_because: str = ""
    standing: tuple[Standing, ...] = ()
    rests_on: tuple[Evidence, ...] = ()


@attrs.frozen
class RulebookUsed:
    """A rulebook that was run."""

    id: str
    edition: str
    digest: str


@attrs.frozen
class PedigreeUsed:
    """The family that was screened."""

    id: str | None
    format: str
    digest: str


@attrs.frozen
class Screening:
    """The result for a family: one `Verdict` for each person asked about.

    `outcome`, `flags`, `also` and `questions` are those of the first (by default the proband).

    Attributes:
        family: the family itself, for reports that draw it; no part of the result, nor of what is equal.
    """

    menscreen: str
    rulebooks: tuple[RulebookUsed, ...]
    pedigree: PedigreeUsed
    results: tuple[Verdict, ...]
    problems: tuple[Problem, ...]
    cascade: tuple[Cascade, ...] = ()
    family: Pedigree | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def outcome(self) -> Outcome:
        """The outcome for the first person."""
        return self.results[0].outcome

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The statements met, for the first person."""
        return self.results[0].flags

    @property
    def also(self) -> tuple[Flag, ...]:
        """The statements met that point elsewhere than to MEN, for the first person."""
        return self.results[0].also

    @property
    def questions(self) -> tuple[Question, ...]:
        """What to ask, for the first person."""
        return self.results[0].questions

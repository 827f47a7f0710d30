"""People of a pedigree and what is recorded of them: `Person`, `Finding`, `GeneticTest`.

All values are frozen. An attribute that is ``None`` is not known, unless its description says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import attrs

#: Ages above this are refused as impossible; an open age range ends here.
MAX_AGE = 125


class Sex(StrEnum):
    """Sex assigned at birth; it decides the biology (who can be a mother), never the symbol."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class Gender(StrEnum):
    """Gender; it decides the symbol that is drawn."""

    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"


class Status(StrEnum):
    """Whether a finding is there. `SUSPECTED` may be absent; `ABSENT` was asked and denied, or excluded."""

    PRESENT = "present"
    ABSENT = "absent"
    SUSPECTED = "suspected"


class History(StrEnum):
    """Whether anybody could tell of a person. What is not recorded of an `UNKNOWN` history is a limit, no negative."""

    KNOWN = "known"
    UNKNOWN = "unknown"


class Adoption(StrEnum):
    """Adopted into the family (no blood tie to the adoptive parents) or out of it (blood tie kept)."""

    IN = "in"
    OUT = "out"


class Result(StrEnum):
    """The result of a genetic test, in the words of ACMG/AMP 2015, or `NEGATIVE`."""

    PATHOGENIC = "pathogenic"
    LIKELY_PATHOGENIC = "likely-pathogenic"
    UNCERTAIN = "uncertain"
    LIKELY_BENIGN = "likely-benign"
    BENIGN = "benign"
    NEGATIVE = "negative"


class Scope(StrEnum):
    """How much of the gene was read. Not recorded (``None``) is open: it may have been any of them.

    A negative test for `OTHER_VARIANT`, one that is not the family's, says nothing.
    """

    FULL = "full"
    FAMILIAL_VARIANT = "familial-variant"
    OTHER_VARIANT = "other-variant"


class Origin(StrEnum):
    """Where the variant was looked for."""

    GERMLINE = "germline"
    SOMATIC = "somatic"


class Age(NamedTuple):
    """An age in completed years, or an inclusive band of ages; `high` ``None`` is an open end."""

    low: int
    high: int | None

    @property
    def top(self) -> int:
        """The highest age that the band admits."""
        return MAX_AGE if self.high is None else self.high

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low} or older"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


@attrs.frozen(weakref_slot=False)
class Finding:
    """A tumor, feature, symptom or diagnosis recorded of a person.

    Attributes:
        term: id of a vocabulary term; ``None`` for words that the vocabulary does not know (kept in `text`).
        age: at diagnosis. Not recorded: anything from 0 to the age of the person now or at death.
        multiple: several tumors or glands; ``None`` is open. `bilateral` true implies `multiple` true.
        recurrent: an event, as `metastatic` is; not recorded means no.
        declined: names of facts that nobody knows, so that they are not asked again.
        size_mm: largest diameter in millimeters.
        at: place in the source, such as ``people[0].findings[1]``.
    """

    term: str | None
    age: Age | None = None
    status: Status = Status.PRESENT
    multiple: bool | None = None
    bilateral: bool | None = None
    recurrent: bool = False
    metastatic: bool = False
    confirmed: bool | None = None
    declined: tuple[str, ...] = ()
    size_mm: float | None = None
    stage: str | None = None
    grade: str | None = None
    sstr: str | None = None
    text: str | None = None
    note: str | None = None
    at: str = ""


@attrs.frozen
class GeneticTest:
    """A genetic test of one gene. No entry for a gene: not done, or not known."""

    gene: str
    result: Result
    variant: str | None = None
    scope: Scope | None = None
    origin: Origin = Origin.GERMLINE
    at: str = ""


class UnplacedRelation(NamedTuple):
    """A relation that cannot be placed in the tree without guessing, such as an aunt of unknown side."""

    to: str
    as_: str


@attrs.frozen(weakref_slot=False)
class Person:
    """A member of a pedigree.

    Attributes:
        mother: id of the biological mother; ``None`` is not recorded.
        father: id of the biological father; ``None`` is not recorded.
        age: completed years now, or at death.
        asked: sites that the source can speak of; ``None`` is all of them.
        relation: only for somebody who could not be placed by parents.
        placeholder: made to connect others; nothing is recorded of this person.
        at: place in the source, such as ``people[0]``.
    """

    id: str
    label: str | None = None
    sex: Sex = Sex.UNKNOWN
    gender: Gender | None = None
    mother: str | None = None
    father: str | None = None
    adoptive_parents: tuple[str, ...] = ()
    adopted: Adoption | None = None
    age: Age | None = None
    deceased: bool = False
    birth_year: int | None = None
    history: History = History.KNOWN
    asked: tuple[str, ...] | None = None
    findings: tuple[Finding, ...] = ()
    tests: tuple[GeneticTest, ...] = ()
    relation: UnplacedRelation | None = None
    placeholder: bool = False
    at: str = ""

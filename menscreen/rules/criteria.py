"""The closed list of criteria that a rule may be made of.

A criterion is asked of one person (the *body*) in a family. Whole numbers are completed years or millimeters. Rulebooks
write them as TOML tables, in the shape of these classes; `menscreen schema rulebook` prints the schema.
"""

# No `from __future__ import annotations` here: msgspec would compile every annotation from text at each start.

from typing import Literal, TypeAlias

import msgspec

from menscreen.pedigree.person import Origin, Scope, Sex


class Has(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"from_": "from"}):
    """A finding of this kind, all conditions holding on one finding.

    `before` is ``<``, `by` is ``<=``, `from_` is ``>=``, of the age at diagnosis. An age, number, side or size that is
    not recorded leaves the answer open; `recurrent` and `metastatic` not recorded mean no. A condition that is false
    asks for nothing (and is refused in a rulebook, where it would mislead): "single" is not a condition.
    """

    has: str
    before: int | None = None
    by: int | None = None
    from_: int | None = None
    multiple: bool = False
    bilateral: bool = False
    recurrent: bool = False
    metastatic: bool = False
    larger_than: int | None = None


class Tumors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least so many different tumors of the kinds listed; a finding recorded as several counts as two."""

    of: tuple[str, ...]
    at_least: int


class Tested(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A recorded genetic test with this result.

    ``pathogenic`` includes likely pathogenic, and obligate carriers; ``negative`` needs a recorded negative (or benign
    variants only). `scope` not recorded is open where the criterion names one.
    """

    gene: str
    result: Literal["pathogenic", "uncertain", "negative"]
    scope: Scope | None = None
    origin: Origin = Origin.GERMLINE
    variant: str | None = None


class Relatives(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """At least so many blood relatives, within this degree (not given: any), who meet a criterion.

    Relatives are counted on one side of the family (own descendants and full siblings belong to both sides); `side`
    names one.
    """

    have: "Criterion"
    within: int | None = None
    side: Literal["maternal", "paternal"] | None = None
    at_least: int = 1


class AgeNow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"from_": "from"}):
    """Bounds on the age of the person now or at death; not recorded leaves the answer open."""

    before: int | None = None
    by: int | None = None
    from_: int | None = None


class PersonIs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The age now or at death, or the sex, of the person."""

    age: AgeNow | None = None
    sex: Sex | None = None


class Meets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named definition of the rulebook."""

    meets: str


class AllOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every one of these."""

    all: tuple["Criterion", ...]


class AnyOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of these or more."""

    any: tuple["Criterion", ...]


class NoneOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """None of these, judged by what is recorded for certain: an exclusion is never open."""

    none: tuple["Criterion", ...]


class AtLeast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At least so many of these, each by a different tumor."""

    at_least: int
    of: tuple["Criterion", ...]


Criterion: TypeAlias = Has | Tumors | Tested | Relatives | PersonIs | Meets | AllOf | AnyOf | NoneOf | AtLeast

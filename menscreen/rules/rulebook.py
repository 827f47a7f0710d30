"""Rulebooks: one guideline edition each, as data. Loading one runs no code and reports every problem with its place."""

# No `from __future__ import annotations` here: msgspec would compile every annotation from text at each start.

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Literal

import msgspec

from menscreen.rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    PersonIs,
    Relatives,
    Tested,
    Tumors,
)


class Strength(StrEnum):
    """What a statement says to do; `ASK` can only lead to questions."""

    WARRANTED = "warranted"
    CONSIDER = "consider"
    ASK = "ask"


class Reach(StrEnum):
    """For whom a statement about one person counts (docs/readings.md, "Whose statements count").

    `NEAR`: first degree at its own strength, second degree *consider*. `THIRD`: third degree *consider* too. `KINDRED`:
    first and second degree at its own strength, farther or of unstated degree *consider*. `ANY`: every blood relative.
    """

    NEAR = "near"
    THIRD = "third"
    KINDRED = "kindred"
    ANY = "any"


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision that the printed words leave open."""

    question: str
    decision: str
    because: str


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A family in shorthand and the answer that the rule gives for ``self``; see `menscreen.rules.examples`."""

    name: str
    answer: Literal["met", "not met", "undecided"]
    family: Mapping[str, tuple[str, ...]]
    breaks: str | None = None


class Codon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"class_": "class"}):
    """A codon of RET and the risk class that the guideline gives to changes of it."""

    codon: int
    changes: tuple[str, ...]
    class_: str
    status: Literal["verbatim", "secondary"]


class Action(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A statement that is no criterion: what to do (``action``) or to know (``note``) when a flag is raised.

    It is shown with flags of the syndromes or rules named (not named: the syndromes of the guideline), from whatever
    rulebook, when `when` is met by the person whose history raised the flag.
    """

    id: str
    says: str
    statement: tuple[str, ...]
    locator: str
    provenance: Literal["verbatim", "secondary", "recalled"]
    kind: Literal["action", "note"] = "action"
    url: str | None = None
    syndromes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    when: dict[str, object] | None = None


class LeftOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Statements of the source that are neither a rule nor an action, and why."""

    statement: tuple[str, ...]
    because: str


class Guideline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The publication that a rulebook speaks for."""

    id: str
    title: str
    publisher: str
    edition: str
    url: str
    syndromes: tuple[str, ...]
    status: Literal["active", "draft", "superseded"]
    read: str
    year: int | None = None
    note: str | None = None


class Rule(msgspec.Struct, frozen=True):
    """One statement of a guideline; architecture and readings are described in docs/rulebooks.md."""

    id: str
    says: str
    locator: str
    provenance: Literal["verbatim", "secondary", "recalled"]
    strength: Strength
    when: Criterion
    genes: tuple[str, ...]
    syndromes: tuple[str, ...]
    statement: tuple[str, ...]
    url: str
    reach: Reach
    self_only: bool
    defines: tuple[str, ...]
    closes: bool
    actions: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    examples: tuple[Example, ...] = ()


class Rulebook(msgspec.Struct, frozen=True):
    """A guideline edition: who published it, its definitions and its rules. `digest` names the exact text read."""

    guideline: Guideline
    definitions: Mapping[str, Criterion]
    meanings: Mapping[str, str]
    rules: tuple[Rule, ...]
    codons: tuple[Codon, ...]
    actions: tuple[Action, ...]
    left_out: tuple[LeftOut, ...]
    digest: str

    @property
    def id(self) -> str:
        """The id of the guideline."""
        return self.guideline.id


class RuleTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A ``[[rules]]`` table as it is written."""

    id: str
    says: str
    locator: str
    provenance: Literal["verbatim", "secondary", "recalled"]
    strength: Strength
    when: dict[str, object]
    statement: tuple[str, ...] = ()
    genes: tuple[str, ...] = ()
    syndromes: tuple[str, ...] = ()
    url: str | None = None
    reach: Reach = Reach.NEAR
    self_only: bool = False
    defines: tuple[str, ...] = ()
    closes: bool | None = None
    actions: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    examples: tuple[Example, ...] = ()


class RulebookTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A rulebook file as it is written."""

    guideline: Guideline
    rules: tuple[RuleTable, ...] = ()
    definitions: dict[str, dict[str, object]] = {}
    codons: tuple[Codon, ...] = ()
    actions: tuple[Action, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class _RelativesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    have: dict[str, object]
    within: int | None = None
    side: Literal["maternal", "paternal"] | None = None
    at_least: int = 1


_PLAIN: Mapping[str, type[Tumors] | type[Tested] | type[PersonIs]] = {
    "tumors": Tumors,
    "tested": Tested,
    "person": PersonIs,
}
_LISTS: Mapping[str, type[AllOf] | type[AnyOf] | type[NoneOf]] = {"all": AllOf, "any": AnyOf, "none": NoneOf}
#: The keys that say which criterion a table is.
KINDS = frozenset({"has", "relatives", "meets", "of", *_PLAIN, *_LISTS})


def criterion(table: Mapping[str, object]) -> Criterion:
    """Make a criterion of a TOML table; `msgspec.ValidationError` when it is not one."""
    kind = next((key for key in table if key in KINDS), "")
    if kind == "has":
        return msgspec.convert(table, Has)
    if kind == "of":
        written = msgspec.convert(table, _AtLeastTable)
        return AtLeast(written.at_least, tuple(map(criterion, written.of)))
    if len(table) != 1 or not kind:
        raise msgspec.ValidationError("a criterion has one of the keys " + ", ".join(sorted(KINDS)))
    value = table[kind]
    if kind in _PLAIN:
        return msgspec.convert(value, _PLAIN[kind])
    if kind in _LISTS:
        return _LISTS[kind](tuple(map(criterion, msgspec.convert(value, tuple[dict[str, object], ...]))))
    if kind == "meets":
        return msgspec.convert(table, Meets)
    relatives = msgspec.convert(value, _RelativesTable)
    return Relatives(criterion(relatives.have), relatives.within, relatives.side, relatives.at_least)


class _AtLeastTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at_least: int
    of: tuple[dict[str, object], ...]


def parts(of: Criterion) -> tuple[Criterion, ...]:
    """The criteria directly inside a criterion."""
    if isinstance(of, AllOf):
        return of.all
    if isinstance(of, AnyOf):
        return of.any
    if isinstance(of, NoneOf):
        return of.none
    if isinstance(of, AtLeast):
        return of.of
    return (of.have,) if isinstance(of, Relatives) else ()


def every(of: Criterion) -> Iterator[Criterion]:
    """The criterion and all criteria inside it; definitions that it names are not entered."""
    waiting = [of]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(parts(one)))


def rulebook(document: Mapping[str, object], digest: str) -> Rulebook:
    """Make a rulebook of a TOML document that `menscreen.rules.checking.problems_in` has nothing against."""
    return made(msgspec.convert(document, RulebookTable), digest)


def made(written: RulebookTable, digest: str) -> Rulebook:
    """Make a rulebook of its tables."""
    guideline = written.guideline
    definitions = {
        name: criterion({key: value for key, value in table.items() if key != "says"})
        for name, table in written.definitions.items()
    }
    meanings = {name: str(table.get("says", "")) for name, table in written.definitions.items()}
    rules = tuple(_rule(table, guideline) for table in written.rules)
    return Rulebook(guideline, definitions, meanings, rules, written.codons, written.actions, written.left_out, digest)


def _rule(table: RuleTable, guideline: Guideline) -> Rule:
    closes = not table.defines and table.reach is not Reach.ANY if table.closes is None else table.closes
    return Rule(
        id=table.id,
        says=table.says,
        locator=table.locator,
        provenance=table.provenance,
        strength=table.strength,
        when=criterion(table.when),
        genes=table.genes,
        syndromes=table.syndromes or guideline.syndromes,
        statement=table.statement,
        url=table.url or guideline.url,
        reach=table.reach,
        self_only=table.self_only,
        defines=table.defines,
        closes=closes,
        actions=table.actions,
        readings=table.readings,
        examples=table.examples,
    )

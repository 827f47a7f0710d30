"""Notices and urgency: sentences on safety that a cited source demands when their condition holds.

They are data in ``rulebooks/safety.toml``, with the same criteria as rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from typing import Literal

import msgspec

from menscreen.rules.criteria import Criterion
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.loading import safety
from menscreen.rules.rulebook import criterion
from menscreen.screening.program import Run
from menscreen.screening.tally import Tally
from menscreen.screening.verdict import Citation, Notice, Outcome, Urgency


class CitationTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A citation as it is written."""

    guideline: str
    title: str
    locator: str
    url: str
    provenance: str
    year: int | None = None


class SafetyTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notice or an urgency as it is written."""

    id: str
    text: str
    citation: CitationTable
    statement: tuple[str, ...] = ()
    level: Literal["soon", "urgent"] | None = None
    of: Literal["self", "family"] = "family"
    shown: Literal["met", "possible"] = "met"
    when: dict[str, object] | None = None
    outcome: Outcome | None = None
    flags: Literal["any", "relatives"] | None = None


class AgeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_": "class"}):
    """From which age a test for a known variant matters, as it is written."""

    id: str
    gene: str
    says: str
    statement: tuple[str, ...]
    citation: CitationTable
    class_: str | None = None


class AlternativeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be done when no record of a tumor can be had, as it is written."""

    id: str
    term: str
    says: str
    statement: tuple[str, ...]
    citation: CitationTable


class Condition:
    """When a notice is shown: a criterion, an outcome, or any flag at all."""

    def __init__(self, table: SafetyTable) -> None:
        self.table = table
        self.criterion: Criterion | None = None if table.when is None else criterion(table.when)
        self.notice = Notice(table.text, Citation(**msgspec.structs.asdict(table.citation)))
        self.urgency = None if table.level is None else Urgency(table.level)


@cache
def _conditions() -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    document = safety()
    notices, urgencies = (
        tuple(map(Condition, msgspec.convert(document[name], tuple[SafetyTable, ...])))
        for name in ("notices", "urgencies")
    )
    return notices, urgencies


@cache
def testing_ages() -> tuple[AgeTable, ...]:
    """From which age each source says that a test for a known variant matters."""
    return msgspec.convert(safety()["testing_ages"], tuple[AgeTable, ...])


@cache
def alternatives() -> tuple[AlternativeTable, ...]:
    """What can be done when no record can be had, the more special terms first."""
    return msgspec.convert(safety()["alternatives"], tuple[AlternativeTable, ...])


@cache
def _plan() -> Plan:
    criteria = [one.criterion for group in _conditions() for one in group if one.criterion is not None]
    return Plan(criteria, [{}] * len(criteria))


@lru_cache(maxsize=1_000)
def _in_reach(
    touched: tuple[int, ...], outcome: Outcome, flags: frozenset[str]
) -> tuple[tuple[Condition, ...], tuple[Condition, ...]]:
    """The notices and urgencies that may hold with this outcome and these flags.

    Nobody can meet a criterion that no term of the family touches.
    """
    criteria = {None, *(_plan().roots[number] for number in touched)}
    notices, urgencies = (
        tuple(
            one
            for one in group
            if one.criterion in criteria
            and one.table.outcome in (None, outcome)
            and (one.table.flags is None or one.table.flags in flags)
        )
        for group in _conditions()
    )
    return notices, urgencies


def _flags(tally: Tally) -> frozenset[str]:
    """Which flags there are, in the words of the tables."""
    degrees = {count.degree for count in tally.pointing}
    return _NO_FLAGS if not degrees else _OWN_FLAGS if degrees == {0} else _FLAGS_OF_RELATIVES


_NO_FLAGS, _OWN_FLAGS, _FLAGS_OF_RELATIVES = frozenset[str](), frozenset(("any",)), frozenset(("any", "relatives"))


class Safety:
    """Which conditions of notices and urgencies hold in one run for one person; each criterion is evaluated once."""

    def __init__(self, run: Run, position: int, tally: Tally) -> None:
        self._family = run.family
        self._position = position
        self._notices, self._urgencies = _in_reach(_plan().touched(run.family), tally.outcome, _flags(tally))
        self._looked_at: dict[str, int] = {}

    @cached_property
    def _evaluation(self) -> Evaluation:
        return Evaluation(_plan(), self._family)

    def notices(self) -> tuple[Notice, ...]:
        """The notices whose condition holds, in the order of the file."""
        return tuple([one.notice for one in (*self._notices, *self._urgencies) if self._holds(one)[0]])

    def urgency(self) -> Urgency | None:
        """The most pressing urgency whose condition holds; `None` where no source gives one."""
        levels = [one.urgency for one in self._urgencies if self._holds(one)[0]]
        return next((level for level in (Urgency.URGENT, Urgency.SOON) if level in levels), None)

    def open_urgencies(self) -> Iterator[tuple[Evaluation, Criterion, int]]:
        """The criteria of urgencies that open facts could bring about, each with the body that leaves it open."""
        for condition in self._urgencies:
            holds, may_hold = self._holds(condition)
            if may_hold and not holds and condition.criterion is not None:
                certain, possible = self._evaluation.masks(condition.criterion)
                left = possible & ~certain & self._bodies(condition.table.of)
                for number in range(left.bit_length()):
                    if left >> number & 1:
                        yield self._evaluation, condition.criterion, number

    def _bodies(self, of: str) -> int:
        """The bodies whose records a condition is about, as a mask."""
        if of not in self._looked_at:
            family = self._family
            placed, unplaced = family.kin(self._position)
            self._looked_at[of] = sum(
                1 << number
                for number, body in enumerate(family.bodies)
                if body.position == self._position
                or (of != "self" and (body.position in placed or body.position in unplaced))
            )
        return self._looked_at[of]

    def _holds(self, condition: Condition) -> tuple[bool, bool]:
        """Whether a condition holds, and whether open facts could bring it about."""
        table, criterion = condition.table, condition.criterion
        if criterion is None:
            return True, True
        looked_at = self._bodies(table.of)
        certain, possible = self._evaluation.masks(criterion)
        shown = certain if table.shown == "met" else possible
        return bool(shown & looked_at), bool(possible & looked_at)


def urgency_of(run: Run, position: int, tally: Tally) -> Urgency | None:
    """The most pressing urgency whose condition holds; `None` where no source gives one."""
    return Safety(run, position, tally).urgency()

"""Notices and urgency: sentences on safety that a cited source demands when their condition holds.

They are data in ``rulebooks/safety.toml``, with the same criteria as rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
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
    flags: bool = False


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


def notices_of(run: Run, position: int, tally: Tally) -> tuple[Notice, ...]:
    """The notices whose condition holds, in the order of the file."""
    evaluation = Evaluation(_plan(), run.family)
    return tuple(
        condition.notice
        for conditions in _conditions()
        for condition in conditions
        if _holds(condition, evaluation, position, tally)[0]
    )


def urgency_of(run: Run, position: int, tally: Tally) -> Urgency | None:
    """The most pressing urgency whose condition holds; `None` where no source gives one."""
    evaluation = Evaluation(_plan(), run.family)
    levels = {one.urgency for one in _conditions()[1] if _holds(one, evaluation, position, tally)[0]}
    return next((level for level in (Urgency.URGENT, Urgency.SOON) if level in levels), None)


def open_urgencies(run: Run, position: int, tally: Tally) -> Iterator[tuple[Evaluation, Criterion, int]]:
    """The criteria of urgencies that open facts could bring about, each with the body that leaves it open."""
    evaluation = Evaluation(_plan(), run.family)
    for condition in _conditions()[1]:
        holds, may_hold = _holds(condition, evaluation, position, tally)
        if may_hold and not holds and condition.criterion is not None:
            certain, possible = evaluation.masks(condition.criterion)
            for number in range(len(run.family.bodies)):
                if (possible & ~certain & _looked_at(condition, evaluation, position)) >> number & 1:
                    yield evaluation, condition.criterion, number


def _looked_at(condition: Condition, evaluation: Evaluation, position: int) -> int:
    """The bodies whose records a condition is about, as a mask."""
    family = evaluation.family
    placed, unplaced = family.kin(position)
    is_own = condition.table.of == "self"
    return sum(
        1 << number
        for number, body in enumerate(family.bodies)
        if body.position == position or (not is_own and (body.position in placed or body.position in unplaced))
    )


def _holds(condition: Condition, evaluation: Evaluation, position: int, tally: Tally) -> tuple[bool, bool]:
    """Whether a condition holds, and whether open facts could bring it about."""
    table = condition.table
    if table.outcome is not None and table.outcome is not tally.outcome:
        return False, False
    if table.flags and not tally.has_flags:
        return False, False
    if condition.criterion is None:
        return True, True
    looked_at = _looked_at(condition, evaluation, position)
    certain, possible = evaluation.masks(condition.criterion)
    shown = certain if table.shown == "met" else possible
    return bool(shown & looked_at), bool(possible & looked_at)

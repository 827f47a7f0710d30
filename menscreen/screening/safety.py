"""Notices and urgency: sentences on safety that a cited source demands when their condition holds.

They are data in ``rulebooks/safety.toml``, with the same criteria as rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from menscreen.rules.criteria import Criterion
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.loading import safety
from menscreen.rules.rulebook import criterion
from menscreen.screening.program import Run
from menscreen.screening.verdict import Citation, Flag, Notice, Outcome, Urgency


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
def _plan() -> Plan:
    criteria = [one.criterion for group in _conditions() for one in group if one.criterion is not None]
    return Plan(criteria, [{}] * len(criteria))


def notices_of(run: Run, position: int, outcome: Outcome, flags: Sequence[Flag]) -> tuple[Notice, ...]:
    """The notices whose condition holds, in the order of the file."""
    notices, urgencies = _conditions()
    shown = (*_holding(notices, run, position, outcome, flags), *_holding(urgencies, run, position, outcome, flags))
    return tuple(condition.notice for condition in shown)


def urgency_of(run: Run, position: int, outcome: Outcome, flags: Sequence[Flag]) -> Urgency | None:
    """The most pressing urgency whose condition holds; `None` where no source gives one."""
    levels = {condition.urgency for condition in _holding(_conditions()[1], run, position, outcome, flags)}
    return next((level for level in (Urgency.URGENT, Urgency.SOON) if level in levels), None)


def _holding(
    conditions: Sequence[Condition], run: Run, position: int, outcome: Outcome, flags: Sequence[Flag]
) -> Iterator[Condition]:
    evaluation = Evaluation(_plan(), run.family)
    own = sum(1 << number for number, body in enumerate(run.family.bodies) if body.position == position)
    placed, unplaced = run.family.kin(position)
    blood = own | sum(
        1 << number
        for number, body in enumerate(run.family.bodies)
        if body.position in placed or body.position in unplaced
    )
    for condition in conditions:
        table = condition.table
        if table.outcome is not None and table.outcome is not outcome:
            continue
        if table.flags and not any(not flag.done for flag in flags):
            continue
        if condition.criterion is not None:
            masks = evaluation.masks(condition.criterion)
            mask = masks[0] if table.shown == "met" else masks[1]
            if not mask & (own if table.of == "self" else blood):
                continue
        yield condition

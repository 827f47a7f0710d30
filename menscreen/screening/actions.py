"""Actions and notes of the rulebooks: which of them belong to a flag. They are evaluated only when flags are worded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from menscreen.rules.criteria import Criterion
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.rulebook import Action, Rulebook, criterion
from menscreen.screening.counting import Count
from menscreen.screening.program import Program, Run


class Offer(NamedTuple):
    """An action or a note with what it asks of the person whose history raised the flag."""

    text: str
    when: Criterion | None
    syndromes: frozenset[str]
    rules: frozenset[str]

    def is_about(self, rule: str, syndromes: tuple[str, ...]) -> bool:
        """It belongs to flags of this rule or of one of these syndromes."""
        return rule in self.rules or not self.syndromes.isdisjoint(syndromes)


class Offers:
    """All actions and notes of a program."""

    def __init__(self, program: Program) -> None:
        pairs = [(book, action) for book in program.books for action in book.actions]
        self.all = tuple(_offer(book, action) for book, action in pairs)
        self._definitions = [book.definitions for book, _ in pairs]

    @cached_property
    def plan(self) -> Plan:
        """The conditions, ready to be evaluated."""
        conditions = [
            (offer.when, names)
            for offer, names in zip(self.all, self._definitions, strict=True)
            if offer.when is not None
        ]
        return Plan([when for when, _ in conditions], [names for _, names in conditions])


def _offer(book: Rulebook, action: Action) -> Offer:
    rules = frozenset(rule if "/" in rule else f"{book.id}/{rule}" for rule in action.rules)
    syndromes = action.syndromes or (() if rules else book.guideline.syndromes)
    text = f"{action.says} ({book.id}, {action.locator})"
    return Offer(text, None if action.when is None else criterion(action.when), frozenset(syndromes), rules)


class Acting:
    """The actions and notes for the flags of one run."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._offers = offers_of(run.program)

    @cached_property
    def _evaluation(self) -> Evaluation:
        return Evaluation(self._offers.plan, self._run.family)

    def actions(self, count: Count) -> Iterator[str]:
        """What to do and to know when the person of a count raises its flag, each with its source in brackets."""
        rule = self._run.program.names[count.rule]
        for offer in self._offers.all:
            if offer.is_about(rule, count.syndromes) and (
                offer.when is None or self._evaluation.masks(offer.when)[0] >> count.body & 1
            ):
                yield offer.text


@lru_cache(maxsize=8)
def offers_of(program: Program) -> Offers:
    """The actions and notes of a program, made when they are first asked for."""
    return Offers(program)

"""How strongly a statement about somebody counts for a relative of a given degree."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from menscreen.rules.rulebook import Reach, Rule, Strength
from menscreen.screening.verdict import Outcome


class Level(IntEnum):
    """How strongly something counts, as a number that can be compared fast."""

    NOTHING = 0
    ASK = 1
    CONSIDER = 2
    WARRANTED = 3


OUTCOMES = (Outcome.NOT_INDICATED, Outcome.CLARIFY, Outcome.CONSIDER, Outcome.WARRANTED)
OWN: Mapping[Strength, Level] = {
    Strength.ASK: Level.ASK,
    Strength.CONSIDER: Level.CONSIDER,
    Strength.WARRANTED: Level.WARRANTED,
}


class CountedLevels(dict[tuple[int | None, bool], tuple[Level, Level]]):
    """The levels at which one statement counts, by degree and whether it is met; each is found when first looked up."""

    def __init__(self, rule: Rule, within: int | None) -> None:
        super().__init__()
        self._rule = rule
        self._within = within

    def __missing__(self, key: tuple[int | None, bool]) -> tuple[Level, Level]:
        degree, met = key
        levels = self[key] = counted_levels(self._rule, degree, self._within, met=met)
        return levels


def counted_levels(rule: Rule, degree: int | None, within: int | None, *, met: bool) -> tuple[Level, Level]:
    """The level at which a statement that is met, or else open, counts: for certain, and at most.

    `within` is the degree that a statement about a relative names; `None` for a statement about the person.
    """
    sure, most = levels(rule, degree) if within is None else levels_within(rule, degree, within)
    if rule.strength is Strength.ASK:
        return Level.NOTHING, Level.NOTHING if met else min(most, Level.ASK)
    return sure if met else Level.NOTHING, most


def levels(rule: Rule, degree: int | None) -> tuple[Level, Level]:
    """The level at which a statement about a relative of this degree counts: for certain, and at most."""
    own = OWN[rule.strength]
    weaker = min(own, Level.CONSIDER)
    if rule.reach is Reach.ANY:
        return own, own
    if rule.reach is Reach.KINDRED:
        if degree is None:
            return weaker, own
        return (own, own) if degree <= 2 else (weaker, weaker)
    if degree is None:
        return Level.NOTHING, own
    if degree <= 1:
        return own, own
    if degree == 2 or (degree == 3 and rule.reach is Reach.THIRD):
        return weaker, weaker
    return Level.NOTHING, Level.NOTHING


def levels_within(rule: Rule, degree: int | None, within: int) -> tuple[Level, Level]:
    """The same for a statement that names the degree itself."""
    own = OWN[rule.strength]
    if degree is None:
        return Level.NOTHING, own
    return (own, own) if 0 < degree <= within else (Level.NOTHING, Level.NOTHING)

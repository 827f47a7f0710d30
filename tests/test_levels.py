"""At which level a statement counts, by its strength, its reach and the degree of the relative."""

from __future__ import annotations

from itertools import product

import msgspec
import pytest
from histories import rules

from menscreen.rules.rulebook import Reach, Rule, Strength
from menscreen.screening.levels import CountedLevels, Level, counted_levels, levels, levels_within

NOT, ASK, CONSIDER, WARRANTED = Level.NOTHING, Level.ASK, Level.CONSIDER, Level.WARRANTED
OWN, WEAKER = "own", "weaker"
#: For each reach what holds at degree 0 to 4 and at one that is not stated: for certain, and at most.
TABLE: dict[Reach, tuple[tuple[object, object], ...]] = {
    Reach.NEAR: ((OWN, OWN), (OWN, OWN), (WEAKER, WEAKER), (NOT, NOT), (NOT, NOT), (NOT, OWN)),
    Reach.THIRD: ((OWN, OWN), (OWN, OWN), (WEAKER, WEAKER), (WEAKER, WEAKER), (NOT, NOT), (NOT, OWN)),
    Reach.KINDRED: ((OWN, OWN), (OWN, OWN), (OWN, OWN), (WEAKER, WEAKER), (WEAKER, WEAKER), (WEAKER, OWN)),
    Reach.ANY: ((OWN, OWN), (OWN, OWN), (OWN, OWN), (OWN, OWN), (OWN, OWN), (OWN, OWN)),
}
STRENGTHS = {Strength.ASK: ASK, Strength.CONSIDER: CONSIDER, Strength.WARRANTED: WARRANTED}


def rule(strength: Strength, reach: Reach = Reach.NEAR) -> Rule:
    return msgspec.structs.replace(rules()[0][1], strength=strength, reach=reach)


@pytest.mark.parametrize("strength", Strength)
def test_a_statement_of_a_relative_counts_by_the_table(strength: Strength) -> None:
    own = STRENGTHS[strength]
    meant = {OWN: own, WEAKER: min(own, CONSIDER), NOT: NOT}
    for reach, row in TABLE.items():
        told = [levels(rule(strength, reach), degree) for degree in (0, 1, 2, 3, 4, None)]
        assert told == [(meant[sure], meant[most]) for sure, most in row]


@pytest.mark.parametrize(("strength", "degree", "within"), list(product(Strength, (0, 1, 2, 3, None), (1, 2))))
def test_a_statement_that_names_the_degree_counts_within_it(
    strength: Strength, degree: int | None, within: int
) -> None:
    own = STRENGTHS[strength]
    is_within = degree is not None and 1 <= degree <= within
    expected = (NOT, own) if degree is None else (own, own) if is_within else (NOT, NOT)
    assert levels_within(rule(strength), degree, within) == expected


@pytest.mark.parametrize(("met", "within"), list(product((True, False), (None, 2))))
def test_a_statement_that_is_not_met_counts_as_open_and_one_that_asks_never_counts(
    met: bool, within: int | None
) -> None:
    for degree in (1, 2, 3, None):
        for strength in (Strength.CONSIDER, Strength.WARRANTED):
            one = rule(strength)
            sure, most = levels(one, degree) if within is None else levels_within(one, degree, within)
            assert counted_levels(one, degree, within, met=met) == (sure if met else NOT, most)
            known = CountedLevels(one, within)
            assert known[degree, met] == known[degree, met] == (sure if met else NOT, most)
        asks = rule(Strength.ASK)
        _, most = levels(asks, degree) if within is None else levels_within(asks, degree, within)
        assert counted_levels(asks, degree, within, met=met) == (NOT, NOT if met else most)

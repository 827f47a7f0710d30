"""Kleene's strong logic, cell by cell."""

from __future__ import annotations

from itertools import product

import pytest

from menscreen.rules.truth import Truth, at_least, of

NO, OPEN, YES = Truth.NOT_MET, Truth.UNDECIDED, Truth.MET

AND = {
    (NO, NO): NO, (NO, OPEN): NO, (NO, YES): NO,
    (OPEN, NO): NO, (OPEN, OPEN): OPEN, (OPEN, YES): OPEN,
    (YES, NO): NO, (YES, OPEN): OPEN, (YES, YES): YES,
}  # fmt: skip
OR = {
    (NO, NO): NO, (NO, OPEN): OPEN, (NO, YES): YES,
    (OPEN, NO): OPEN, (OPEN, OPEN): OPEN, (OPEN, YES): YES,
    (YES, NO): YES, (YES, OPEN): YES, (YES, YES): YES,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "expected"), AND.items())
def test_both(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert pair[0] & pair[1] is expected


@pytest.mark.parametrize(("pair", "expected"), OR.items())
def test_either(pair: tuple[Truth, Truth], expected: Truth) -> None:
    assert pair[0] | pair[1] is expected


@pytest.mark.parametrize(("truth", "expected"), [(NO, YES), (OPEN, OPEN), (YES, NO)])
def test_not(truth: Truth, expected: Truth) -> None:
    assert ~truth is expected


@pytest.mark.parametrize(
    ("certain", "possible", "expected"), [(False, False, NO), (False, True, OPEN), (True, True, YES)]
)
def test_certain_and_possible_make_a_truth(certain: bool, possible: bool, expected: Truth) -> None:
    assert of(certain, possible) is expected


@pytest.mark.parametrize("truths", list(product(Truth, repeat=3)))
@pytest.mark.parametrize("k", [0, 1, 2, 3, 4])
def test_at_least_counts_in_every_way_of_deciding_the_open_ones(k: int, truths: tuple[Truth, ...]) -> None:
    ways = product(*([YES, NO] if truth is OPEN else [truth] for truth in truths))
    reached = {sum(truth is YES for truth in way) >= k for way in ways}
    assert at_least(k, truths) is (OPEN if len(reached) == 2 else YES if reached == {True} else NO)


@pytest.mark.parametrize("truth", Truth)
def test_a_truth_is_never_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="compare it with"):
        bool(truth)

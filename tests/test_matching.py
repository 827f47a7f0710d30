"""Matching against every order of the tumors."""

from __future__ import annotations

from histories import effort
from hypothesis import given, strategies as st
from oracle import most_matched

from menscreen.rules.matching import matched


@effort(1000)
@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=4))
def test_as_many_criteria_get_a_tumor_of_their_own_as_in_the_best_order(candidates: list[set[object]]) -> None:
    assert matched(candidates) == most_matched(candidates)


@effort(200)
@given(st.lists(st.sets(st.integers(0, 6)), max_size=6), st.data())
def test_the_order_of_criteria_does_not_matter(candidates: list[set[int]], data: st.DataObject) -> None:
    assert matched(data.draw(st.permutations(candidates))) == matched(candidates)


def test_an_earlier_criterion_moves_to_another_tumor() -> None:
    assert matched([{"a", "b"}, {"a"}]) == 2
    assert matched([{"a", "b"}, {"b", "c"}, {"a"}, {"b"}]) == 3


def test_one_tumor_cannot_stand_for_two_criteria() -> None:
    assert matched([{"a"}, {"a"}]) == 1
    assert matched([{"a"}, set()]) == 1
    assert matched([]) == 0

"""Every age in every shipped rule, at the age itself, a year below and a year above."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from histories import alone, books

from menscreen.laws.completing import placed
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, Person
from menscreen.rules.criteria import Has
from menscreen.rules.evaluation import answer
from menscreen.rules.rulebook import every
from menscreen.rules.truth import Truth

OPERATORS = {"before": operator.lt, "by": operator.le, "from_": operator.ge}


class Boundary(NamedTuple):
    """One bound of one criterion, and the ages at which the criterion holds."""

    where: str
    has: Has
    bound: str
    limit: int

    def holds_at(self, age: int) -> bool:
        bounds = {name: getattr(self.has, name) for name in OPERATORS}
        return all(limit is None or OPERATORS[name](age, limit) for name, limit in bounds.items())


def boundaries() -> Iterator[Boundary]:
    for book in books():
        tops = {**{rule.id: rule.when for rule in book.rules}, **book.definitions}
        for name, top in tops.items():
            for part in every(top):
                for bound in OPERATORS:
                    if isinstance(part, Has) and (limit := getattr(part, bound)) is not None:
                        yield Boundary(f"{book.id}/{name}/{part.has}-{bound}-{limit}", part, bound, limit)


BOUNDARIES = list({each.where: each for each in boundaries()}.values())
every_boundary = pytest.mark.parametrize("boundary", BOUNDARIES, ids=lambda boundary: boundary.where)


def asked(boundary: Boundary, age: Age | None, now: Age | None = None) -> Truth:
    """The criterion alone, of somebody with the finding and all its other conditions."""
    has = boundary.has
    finding = Finding(
        has.has,
        age,
        multiple=has.multiple or has.bilateral,
        bilateral=has.bilateral,
        recurrent=bool(has.recurrent),
        metastatic=bool(has.metastatic),
        size_mm=None if has.larger_than is None else has.larger_than + 1.0,
    )
    family = Pedigree((placed(Person("p0", age=now, findings=(finding,)), 0),), "p0")
    return answer(*alone(has), family)


def side(is_so: bool) -> Truth:
    return Truth.MET if is_so else Truth.NOT_MET


def test_the_shipped_rules_have_ages() -> None:
    assert len(BOUNDARIES) >= 8


@every_boundary
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_the_age_itself_one_below_and_one_above_give_the_side_that_the_operator_says(
    boundary: Boundary, step: int
) -> None:
    age = boundary.limit + step
    assert asked(boundary, Age(age, age)) is side(boundary.holds_at(age))


@every_boundary
def test_without_an_age_it_is_undecided(boundary: Boundary) -> None:
    assert asked(boundary, None) is Truth.UNDECIDED


@every_boundary
def test_a_band_that_straddles_the_age_is_undecided(boundary: Boundary) -> None:
    for low, high in ((-1, 0), (-1, 1), (-5, 5), (0, 1)):
        ages = range(boundary.limit + low, boundary.limit + high + 1)
        sides = {boundary.holds_at(age) for age in ages}
        expected = Truth.UNDECIDED if len(sides) == 2 else side(sides.pop())
        assert asked(boundary, Age(ages[0], ages[-1])) is expected
    assert asked(boundary, Age(boundary.limit - 5, None)) is Truth.UNDECIDED


@every_boundary
def test_a_band_on_one_side_is_decided(boundary: Boundary) -> None:
    low = Age(boundary.limit - 9, boundary.limit - 1)
    high = Age(boundary.limit + 1, None)
    assert asked(boundary, low) is side(boundary.holds_at(low.low))
    assert asked(boundary, high) is side(boundary.holds_at(high.low))


@every_boundary
def test_without_an_age_the_age_of_the_person_now_can_decide(boundary: Boundary) -> None:
    for now in range(boundary.limit - 2, boundary.limit + 3):
        possible = {boundary.holds_at(age) for age in range(now + 1)}
        expected = Truth.UNDECIDED if len(possible) == 2 else side(possible.pop())
        assert asked(boundary, None, Age(now, now)) is expected
    assert asked(boundary, None, Age(0, boundary.limit + 1)) is Truth.UNDECIDED

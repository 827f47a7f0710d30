"""Criteria that ask the same share a number in a plan, and no others do."""

from __future__ import annotations

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding, Origin, Person
from menscreen.rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.rules.evaluation import Plan
from menscreen.rules.families import prepare


def parts() -> tuple[Has, Has]:
    """Made anew each time, so that nothing is the same object."""
    return Has("insulinoma", before=40), Has("gastrinoma")


def criteria() -> dict[str, Criterion]:
    """Each differs from another in one thing."""
    one, other = parts()
    return {
        "finding": one,
        "any age": Has("insulinoma"),
        "test": GeneTested("RET", "pathogenic"),
        "test of the tumor": GeneTested("RET", "pathogenic", origin=Origin.SOMATIC),
        "tumors": Tumors(("insulinoma", "gastrinoma"), at_least=2),
        "all": AllOf((one, other)),
        "any": AnyOf((one, other)),
        "any, turned": AnyOf((other, one)),
        "none": NoneOf((one, other)),
        "one of": AtLeast(1, (one, other)),
        "two of": AtLeast(2, (one, other)),
        "two of one kind": AtLeast(2, (one, one)),
        "relatives": Relatives(one),
        "relatives with another": Relatives(other),
        "near relatives": Relatives(one, within=1),
        "nearer than third": Relatives(one, within=2),
        "maternal relatives": Relatives(one, side="maternal"),
        "paternal relatives": Relatives(one, side="paternal"),
        "two relatives": Relatives(one, at_least=2),
        "relatives of relatives": Relatives(Relatives(one)),
    }


def numbers(*roots: Criterion) -> list[int]:
    return Plan(roots, [{"named": AllOf(parts())}] * len(roots)).root_numbers


def test_what_differs_in_one_thing_has_a_number_of_its_own() -> None:
    roots = criteria().values()
    assert len(set(numbers(*roots))) == len(roots)


@pytest.mark.parametrize("name", criteria())
def test_what_asks_the_same_shares_a_number(name: str) -> None:
    one, again = criteria()[name], criteria()[name]
    assert one is not again
    first, second, third, fourth = numbers(one, again, Relatives(one, within=3), Relatives(again, within=3))
    assert (first, third) == (second, fourth)


def test_a_name_shares_the_number_of_what_it_stands_for() -> None:
    first, second = numbers(Meets("named"), AllOf(parts()))
    assert first == second


def test_what_was_worked_out_for_very_many_families_is_forgotten_and_worked_out_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("menscreen.rules.evaluation.MOST_REMEMBERED", 2)
    terms = "insulinoma", "gastrinoma", "pituitary-adenoma", "insulinoma"
    plan = Plan([Has(term) for term in terms[:3]], [{}] * 3)
    for term in terms:
        family = Pedigree((Person("a", findings=(Finding(term),)),), "a")
        assert plan.touched(prepare(family, (0,))) == (terms.index(term),)

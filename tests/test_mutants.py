"""Mechanical mutants: what is changed, and how those that no example notices are told apart from their rule."""

from __future__ import annotations

import msgspec
import pytest

from menscreen.laws.mutants import Examples, changes, mutants
from menscreen.pedigree.person import Scope, Sex
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    PersonIs,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.rules.loading import full_rulebook
from menscreen.rules.rulebook import Example, Reach, Rule, Strength

RULE = Rule(
    id="net",
    says="Test a NET.",
    locator="1",
    provenance="verbatim",
    strength=Strength.WARRANTED,
    when=AnyOf((Has("pancreatic-net", before=40), Has("insulinoma", before=40))),
    genes=("MEN1",),
    syndromes=("MEN1",),
    statement=(),
    url="https://example.org",
    reach=Reach.NEAR,
    self_only=False,
    defines=(),
    closes=True,
    actions=(),
    examples=(Example("young", "met", {"self": ("glucagonoma @30",)}), Example("old", "not met", {"self": ()})),
)


def test_a_mutant_that_no_example_notices_is_told_apart_by_the_smallest_family_at_its_boundary() -> None:
    book = msgspec.structs.replace(full_rulebook("men5"), rules=(RULE,), definitions={})
    examples = Examples(book)
    ended = {
        mutant.what.removeprefix("net: "): str(examples.told_apart(mutant))
        for mutant in mutants(book)
        if not examples.notice(mutant)
    }
    moved = next(
        family for what, family in ended.items() if what.startswith("before one more in Has(has='pancreatic-net'")
    )
    assert moved == "{'self': ('insulinoma @40',)} is not met, and met by the mutant"
    without = next(family for what, family in ended.items() if what.startswith("without Has(has='insulinoma'"))
    assert without == "None"


@pytest.mark.parametrize(
    ("criterion", "number"),
    [
        (Has("insulinoma"), 0),
        (Has("insulinoma", before=40), 4),
        (Has("insulinoma", by=40, multiple=True), 5),
        (Has("insulinoma", larger_than=10), 3),
        (Tumors(("insulinoma", "gastrinoma"), 2), 4),
        (AllOf((Has("insulinoma"), Has("gastrinoma"))), 3),
        (AtLeast(2, (Has("insulinoma"), Has("gastrinoma"))), 4),
        (Relatives(Has("insulinoma"), within=2), 3),
        (Relatives(Has("insulinoma"), within=1, side="maternal", at_least=2), 4),
        (PersonIs(AgeNow(before=18)), 3),
        (PersonIs(AgeNow(from_=18), Sex.FEMALE), 4),
        (GeneTested("RET", "negative", scope=Scope.FULL), 4),
    ],
)
def test_the_mutants_of_a_criterion_are_these_many_and_all_differ_from_it(criterion: Criterion, number: int) -> None:
    made = [changed for _, changed in changes(criterion)]
    assert len(made) == number
    assert criterion not in made

"""Which open facts a criterion asks for, where the rulebooks that ship have no rule of its kind."""

from __future__ import annotations

import pytest
from histories import alone

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Scope, Sex
from menscreen.rules.criteria import AgeNow, AnyOf, AtLeast, Criterion, Has, PersonIs, Tested as GeneTested
from menscreen.rules.evaluation import Evaluation, Plan, answer
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind, Reasons
from menscreen.rules.truth import Truth

WOMAN_BELOW_50 = PersonIs(age=AgeNow(before=50), sex=Sex.FEMALE)


@pytest.mark.parametrize(
    ("age", "sex", "asked"),
    [
        (Age(40, 40), Sex.UNKNOWN, [Kind.SEX]),
        (None, Sex.FEMALE, [Kind.PERSON_AGE]),
        (Age(45, 55), Sex.UNKNOWN, [Kind.PERSON_AGE, Kind.SEX]),
        (Age(40, 40), Sex.FEMALE, []),  # met
        (Age(60, 60), Sex.UNKNOWN, []),  # whatever the sex, not met
        (None, Sex.MALE, []),
    ],
)
def test_only_what_is_open_of_age_and_sex_is_asked_for(age: Age | None, sex: Sex, asked: list[Kind]) -> None:
    family = Pedigree((Person("a", sex=sex, age=age),), "a")
    evaluation = Evaluation(Plan([WOMAN_BELOW_50], [{}]), prepare(family, (0,)))
    assert [one.kind for one in Reasons(evaluation).open_facts(WOMAN_BELOW_50, 0)] == asked


@pytest.mark.parametrize(
    ("low", "high", "truth"),
    [(39, 39, Truth.MET), (40, 40, Truth.MET), (41, 41, Truth.NOT_MET), (40, 41, Truth.UNDECIDED)],
)
def test_by_an_age_is_up_to_the_end_of_that_year_of_life(low: int, high: int, truth: Truth) -> None:
    assert of_age(AgeNow(by=40), low, high) is truth


@pytest.mark.parametrize(
    ("low", "high", "truth"),
    [(39, 39, Truth.NOT_MET), (40, 40, Truth.MET), (41, 41, Truth.MET), (39, 40, Truth.UNDECIDED)],
)
def test_from_an_age_is_from_that_birthday_on(low: int, high: int, truth: Truth) -> None:
    assert of_age(AgeNow(from_=40), low, high) is truth


def of_age(wanted: AgeNow, low: int, high: int) -> Truth:
    return answer(*alone(PersonIs(age=wanted)), Pedigree((Person("a", age=Age(low, high)),), "a"))


def test_whether_two_records_are_one_tumor_is_asked_where_a_test_stands_beside_them() -> None:
    records = Finding("parathyroid-adenoma", Age(30, 30)), Finding("parathyroid-adenoma", Age(50, 50))
    carrier = GeneticTest("MEN1", Result.PATHOGENIC)
    family = Pedigree((Person("a", findings=records, tests=(carrier,)),), "a")
    two = Has("parathyroid-adenoma"), Has("parathyroid-tumor")
    asked = AtLeast(3, (*two, GeneTested("MEN1", "pathogenic")))
    found = list(Reasons(Evaluation(Plan([asked], [{}]), prepare(family, (0,)))).open_facts(asked, 0))
    assert [(one.kind, one.fact and one.fact.low) for one in found] == [(Kind.SAME, 30), (Kind.SAME, 50)]


def reasons(asked: Criterion, *tests: GeneticTest) -> Reasons:
    family = Pedigree((Person("a", tests=tests),), "a")
    return Reasons(Evaluation(Plan([asked], [{}]), prepare(family, (0,))))


def test_of_several_tests_the_one_that_counts_is_named() -> None:
    found = GeneticTest("MEN1", Result.PATHOGENIC)
    tests = GeneticTest("RET", Result.PATHOGENIC), GeneticTest("MEN1", Result.NEGATIVE), found
    asked = GeneTested("MEN1", "pathogenic")
    assert [ground.test for ground in reasons(asked, *tests).grounds(asked, 0)] == [found]


def test_of_several_tests_those_are_asked_about_whose_scope_matters() -> None:
    read_in_part = GeneticTest("RET", Result.NEGATIVE)
    tests = GeneticTest("MEN1", Result.NEGATIVE), read_in_part, GeneticTest("RET", Result.PATHOGENIC)
    asked = GeneTested("RET", "negative", scope=Scope.FULL)
    (one,) = reasons(asked, *tests).open_facts(asked, 0)
    assert (one.kind, one.test) == (Kind.SCOPE, read_in_part)


def test_of_several_ways_to_meet_a_criterion_one_is_named_and_all_where_all_are_asked_for() -> None:
    found = Finding("insulinoma", age=Age(30, 30)), Finding("gastrinoma", age=Age(20, 20)), Finding("lipoma")
    family = Pedigree((Person("a", findings=found),), "a")
    asked = AnyOf((Has("vipoma"), Has("insulinoma"), Has("gastrinoma")))
    evaluation = Evaluation(Plan([asked], [{}]), prepare(family, (0,)))
    first, every = Reasons(evaluation), Reasons(evaluation, every=True)
    assert [ground.fact and ground.fact.term for ground in first.grounds(asked, 0)] == ["insulinoma"]
    assert [ground.fact and ground.fact.term for ground in every.grounds(asked, 0)] == ["insulinoma", "gastrinoma"]

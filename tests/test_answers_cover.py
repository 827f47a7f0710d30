"""Answers cover the ways in which an open fact can turn out, and every open outcome has a question or a reason."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import attrs
import pytest
from histories import books, effort, histories
from hypothesis import given, strategies as st
from own_rulebooks import book

from menscreen.laws.completing import Completing, with_places
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Scope, Sex, Status, UnplacedRelation
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind
from menscreen.screening.answers import answered
from menscreen.screening.program import Program, program_of_profile
from menscreen.screening.questions import OpenQuestion, open_questions
from menscreen.screening.screen import screen
from menscreen.screening.tally import tally_of
from menscreen.screening.verdict import Outcome, Verdict
from menscreen.screening.wording import Wording
from menscreen.vocabulary import vocabulary

PROFILES = ("default", "australia", "everything")
#: So many completions are looked at; families with more teach nothing new.
MOST = 60


@cache
def completing() -> Completing:
    return Completing(books())


@cache
def program() -> Program:
    return Program([book for book in books() if book.guideline.status == "active"])


def questions(family: Pedigree) -> list[OpenQuestion]:
    position = family.position[family.proband]
    run = program().run(prepare(family, (position,)))
    return open_questions(run, position, tally_of(run, position), Wording(run.family, position))


def ends(family: Pedigree) -> set[tuple[object, ...]] | None:
    """How a family can end once everything is known; ``None`` where there are too many ways."""
    found = completing().families(family, MOST)
    if not found.all:
        return None
    return {end(one) for one in found.families}


def end(family: Pedigree) -> tuple[object, ...]:
    position = family.position[family.proband]
    tally = tally_of(program().run(prepare(family, (position,))), position)
    return tally.outcome, tally.also_outcome, frozenset(tally.syndromes)


def check(family: Pedigree) -> int:
    """Whatever can come out in the end, some answer of each question leads there."""
    whole = ends(family)
    if whole is None:
        return 0
    asked = [one for one in questions(family) if one.open.kind not in (Kind.PERSON_AGE, Kind.SEX)]
    for one in asked:
        led_to = set[tuple[object, ...]]()
        for choice in one.choices:
            led_to |= ends(with_places(answered(family, one.open, choice.value))) or set()
        assert whole <= led_to, (one.question.kind, [choice.words for choice in one.choices])
    return len(asked)


@effort(400)
@given(histories(max_people=2, max_findings=1))
def test_the_answers_of_each_question_cover_how_the_fact_can_turn_out(family: Pedigree) -> None:
    check(family)


# Every open outcome has a question, or says why there is none


SILENCE = ("nobody has asked", "nothing is known of this person's history", "this file cannot carry", "adopted")
UNTOLD = ("asked for, and nobody knows", "one tumor no record can say")


def check_that_something_can_be_done(family: Pedigree, profile: str) -> None:
    """Where the outcome is to clarify, answers can lead away from it, or a limit says why not."""
    [found] = screen(family, profile=profile).results
    if found.outcome is Outcome.CLARIFY and not can_change(family, profile):
        own = [limit.why for limit in found.limits if limit.relation == "self"]
        assert any(words in why for why in own for words in SILENCE) or any(
            words in limit.why for limit in found.limits for words in UNTOLD
        ), profile


def can_change(family: Pedigree, profile: str, answers: int = 4) -> bool:
    """Whether so many answers can lead away from the outcome to clarify."""
    program = program_of_profile(profile, drafts=False)
    position = family.position[family.proband]
    run = program.run(prepare(family, (position,)))
    wording = Wording(run.family, position)
    asked = open_questions(run, position, tally_of(run, position), wording)
    if any(answer.then is not Outcome.CLARIFY for one in asked for answer in one.question.answers):
        return True
    return answers > 1 and any(
        can_change(answered(family, one.open, choice.value), profile, answers - 1)
        for one in asked[:1]
        for choice in one.choices
    )


@effort(100)
@given(histories(max_people=3, max_findings=3), st.sampled_from(PROFILES), st.sampled_from(("histology", "age", None)))
def test_every_outcome_to_clarify_has_a_question_or_a_reason(
    family: Pedigree, profile: str, declined: str | None
) -> None:
    check_that_something_can_be_done(family, profile)
    if declined is not None:
        check_that_something_can_be_done(_with_declined(family, declined), profile)


def _with_declined(family: Pedigree, name: str) -> Pedigree:
    people = [
        attrs.evolve(one, findings=tuple(attrs.evolve(each, declined=(name,)) for each in one.findings))
        for one in family.people
    ]
    return attrs.evolve(family, people=tuple(people))


def at_two_ages(term: str, *, multiple: bool | None = None) -> Pedigree:
    findings = tuple(Finding(term, Age(age, age), multiple=multiple) for age in (41, 55))
    return with_places(Pedigree((Person("p", findings=findings),), "p"))


@pytest.mark.parametrize("profile", PROFILES)
def test_one_tumor_at_two_ages_is_asked_about_or_said_to_stay_open(profile: str) -> None:
    for term in vocabulary().terms:
        check_that_something_can_be_done(at_two_ages(term), profile)


def test_records_that_may_be_of_one_tumor_are_named() -> None:
    [found] = screen(at_two_ages("pituitary-macroadenoma"), profile="australia").results
    assert (found.outcome, found.could_become) == (Outcome.CLARIFY, Outcome.WARRANTED)
    assert not found.questions
    [limit] = found.limits
    assert limit.why == (
        "whether pituitary macroadenoma at 41 and pituitary macroadenoma at 55 are one tumor no record can say, "
        "and a statement asks for several: if they are one, leave the other records out"
    )
    assert {one.why for one in found.accounted} == {
        "it and another record may be of one tumor, which no record can say"
    }


def test_the_number_of_tumors_that_are_single_by_themselves_is_not_asked_for_again() -> None:
    [asked] = screen(at_two_ages("insulinoma")).results
    assert {one.kind for one in asked.questions} == {"multiple"}
    [told] = screen(at_two_ages("insulinoma", multiple=False)).results
    assert not told.questions
    assert told.outcome is Outcome.CLARIFY
    assert "one tumor" in told.limits[0].why


def test_what_nobody_knows_is_named() -> None:
    mother = Person("m", findings=(Finding("thyroid-cancer", declined=("histology",)),))
    [found] = screen(with_places(Pedigree((Person("p", mother="m"), mother), "p"))).results
    assert (found.outcome, found.questions) == (Outcome.CLARIFY, ())
    [limit] = found.limits
    assert limit.why == "asked for, and nobody knows: the type of the thyroid cancer"


# By hand


TERMS = (
    "thyroid-cancer", "thyroid-tumor", "parathyroid-tumor", "hyperparathyroidism", "pituitary-adenoma", "adrenal-tumor",
    "pancreatic-tumor", "neuroendocrine-tumor", "primary-hyperparathyroidism", "pheochromocytoma", "endocrine-tumor",
)  # fmt: skip


@pytest.mark.parametrize("term", TERMS)
def test_the_answers_cover_how_a_tumor_can_turn_out(term: str) -> None:
    family = with_places(Pedigree((Person("p", findings=(Finding(term, Age(30, 30), bilateral=False),)),), "p"))
    asked = questions(family)
    assert {one.open.kind for one in asked} & {Kind.TYPE, Kind.MULTIPLE}
    for one in asked:
        if one.open.kind is Kind.TYPE:
            assert one.choices[-1].words == "another kind"
            again = answered(family, one.open, one.choices[-1].value)
            assert Kind.TYPE not in {each.open.kind for each in questions(again)}
    check(family)


def family_of_carrier(test: GeneticTest, *, found: str | None = None, age: int = 40) -> Pedigree:
    """Somebody with a test whose mother carries a RET variant."""
    mother = Person("m", tests=(GeneticTest("RET", Result.PATHOGENIC, found),))
    return with_places(Pedigree((Person("p", mother="m", age=Age(age, age), tests=(test,)), mother), "p"))


def verdict(family: Pedigree) -> Verdict:
    return screen(family).results[0]


def test_a_test_of_unknown_scope_may_have_looked_for_another_variant() -> None:
    family = family_of_carrier(GeneticTest("RET", Result.NEGATIVE))
    assert verdict(family).outcome is Outcome.CLARIFY
    [question] = verdict(family).questions
    assert {answer.value: answer.then for answer in question.answers} == {
        "full": Outcome.NOT_INDICATED,
        "familial-variant": Outcome.NOT_INDICATED,
        "other-variant": Outcome.WARRANTED,
    }
    assert question.could_become is Outcome.WARRANTED
    assert check(family) == 1
    for scope in Scope:
        known = verdict(family_of_carrier(GeneticTest("RET", Result.NEGATIVE, scope=scope)))
        assert [known.outcome] == [answer.then for answer in question.answers if answer.value == scope]


def test_a_negative_test_for_another_variant_says_nothing() -> None:
    for age in (10, 40):
        tested = verdict(family_of_carrier(GeneticTest("RET", Result.NEGATIVE, scope=Scope.OTHER_VARIANT), age=age))
        without = verdict(family_of_carrier(GeneticTest("VHL", Result.NEGATIVE), age=age))
        assert (tested.outcome, tested.urgency, tested.test_first) == (without.outcome, without.urgency, "p")
        assert not tested.standing
        assert any("another variant" in limit.why for limit in tested.limits)


def test_the_variant_of_a_parent_is_asked_for_where_it_makes_a_test_urgent() -> None:
    """A child of ten, untested, whose mother has a RET variant that nobody named."""
    tests = GeneticTest("MEN1", Result.NEGATIVE, scope=Scope.FULL)
    family = family_of_carrier(tests, age=10)
    [question] = verdict(family).questions
    assert (question.kind, question.relation) == ("variant", "mother")
    assert [answer.value for answer in question.answers] == ["p.Met918Thr", "another variant"]
    assert verdict(family_of_carrier(tests, found="p.Met918Thr", age=10)).urgency is not verdict(family).urgency
    for known in ("p.Met918Thr", "M918T", "c.2753T>C", "p.Cys634Arg", "another variant"):
        assert not verdict(family_of_carrier(tests, found=known, age=10)).questions


def test_a_size_at_the_limit_is_an_answer_of_its_own() -> None:
    person = Person("p", findings=(Finding("pituitary-adenoma", Age(25, 25)),))
    question = next(one for one in verdict(with_places(Pedigree((person,), "p"))).questions if one.kind == "size")
    assert [answer.value for answer in question.answers] == ["more than 10 mm", "10 mm", "less than 10 mm"]


def test_where_there_are_too_many_combinations_of_answers_to_look_into_each_open_fact_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tumor = (Finding("parathyroid-tumor"),)
    people = (
        Person("p", sex=Sex.FEMALE, mother="m", findings=(Finding("pituitary-adenoma", Age(40, 40)),)),
        Person("m", mother="g", findings=(Finding("parathyroid-carcinoma", Age(50, 50), multiple=False),)),
        Person("a", sex=Sex.FEMALE, mother="g", findings=tumor),
        Person("g", findings=tumor),
    )
    family = with_places(Pedigree(people, "p"))
    looked_into = {(one.person, one.kind) for one in verdict(family).questions}
    monkeypatch.setattr("menscreen.screening.questions.MOST_LOOKED_AT", 0)
    asked = {(one.person, one.kind) for one in verdict(family).questions}
    assert asked
    assert looked_into <= asked


def test_what_is_called_by_a_plural_is_asked_about_in_the_plural() -> None:
    bumps = Finding("lip-or-tongue-bumps", Age(12, 12))
    asked = verdict(with_places(Pedigree((Person("p", findings=(bumps,)), Person("m")), "p"))).questions
    assert [one.ask for one in asked if one.kind in ("histology", "multiple")] == [
        "What kind of bumps of the lips or tongue were they?",
        "How many bumps of the lips or tongue were there: one, or several?",
    ]


def test_between_two_limits_of_size_is_an_answer_too(tmp_path: Path) -> None:
    family = with_places(Pedigree((Person("p", findings=(Finding("pituitary-adenoma", Age(25, 25)),)),), "p"))
    limits = [f'{{ has = "pituitary-adenoma", larger_than = {size} }}' for size in (20, 10)]
    asked = screen(family, rulebooks=[book(tmp_path, "own", *limits)]).results[0].questions
    size = next(one for one in asked if one.kind == "size")
    assert [(answer.value, answer.then) for answer in size.answers] == [
        ("more than 20 mm", Outcome.WARRANTED),
        ("more than 10 mm, at most 20 mm", Outcome.WARRANTED),
        ("10 mm", Outcome.NOT_INDICATED),
        ("less than 10 mm", Outcome.NOT_INDICATED),
    ]


def test_a_confirmed_finding_takes_back_that_a_group_above_it_is_absent() -> None:
    findings = Finding("insulinoma", status=Status.SUSPECTED), Finding("pancreatic-net", status=Status.ABSENT)
    other = Finding("goiter")
    family = with_places(Pedigree((Person("p", findings=(*findings, other)),), "p"))
    one = next(each for each in questions(family) if each.open.kind is Kind.CONFIRMED)
    told = {
        choice.words: [
            (finding.term, finding.status) for finding in answered(family, one.open, choice.value).people[0].findings
        ]
        for choice in one.choices
    }
    kept = ("goiter", Status.PRESENT)
    assert told == {
        "confirmed": [("insulinoma", Status.PRESENT), kept],
        "not confirmed": [("insulinoma", Status.ABSENT), kept],
    }


def test_who_can_be_placed_nowhere_is_not_asked_about() -> None:
    """A carrier called a parent, where mother and father are recorded and do not carry the variant."""
    negative = GeneticTest("RET", Result.NEGATIVE, scope=Scope.FAMILIAL_VARIANT)
    people = (
        Person("p", mother="m", father="f"),
        Person("m", tests=(negative,)),
        Person("f", tests=(negative,)),
        Person("x", tests=(GeneticTest("RET", Result.PATHOGENIC),), relation=UnplacedRelation("p", "parent")),
    )
    found = verdict(with_places(Pedigree(people, "p")))
    assert found.outcome is not Outcome.NOT_INDICATED
    assert "relation" not in {one.kind for one in found.questions}


def test_no_answer_on_the_age_now_is_one_that_the_records_rule_out() -> None:
    """A child of a carrier, between 8 and 14, with a finding at 9."""
    mother = Person("m", tests=(GeneticTest("RET", Result.PATHOGENIC, "p.Cys634Arg"),))
    child = Person("p", mother="m", age=Age(8, 14), findings=(Finding("goiter", Age(9, 9)),))
    [question] = verdict(with_places(Pedigree((child, mother), "p"))).questions
    assert [answer.value for answer in question.answers] == ["9-10", "11-14"]


def test_another_kind_leaves_other_records_as_they_are() -> None:
    """That one tumor is of another kind does not deny what is recorded beside it."""
    findings = (Finding("thyroid-tumor", Age(20, 20)), Finding("medullary-thyroid-carcinoma", Age(60, 60)))
    family = with_places(Pedigree((Person("p", findings=findings),), "p"))
    for one in questions(family):
        for choice in one.choices if one.open.kind is Kind.TYPE else ():
            kept = answered(family, one.open, choice.value).people[0].findings
            assert Finding("medullary-thyroid-carcinoma", status=Status.ABSENT) not in kept
            assert verdict(with_places(answered(family, one.open, choice.value))).outcome is Outcome.WARRANTED

"""Every recorded finding is accounted for, whatever the family."""

from __future__ import annotations

import pytest
from histories import effort
from hypothesis import given

from menscreen import laws
from menscreen.formats.reading import read
from menscreen.laws.completing import placed
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Sex
from menscreen.reports.json import write_json
from menscreen.rules.examples import family as shorthand
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Role, Verdict
from menscreen.strategies import pedigrees, people


def of_one(*findings: Finding) -> Verdict:
    return screen(Pedigree((placed(Person("p0", findings=findings), 0),), "p0")).results[0]


def roles(*findings: Finding) -> list[Role]:
    return [entry.role for entry in of_one(*findings).accounted]


@effort(200)
@given(pedigrees(people(max_findings=3), max_people=4))
def test_every_finding_is_accounted_for(family: Pedigree) -> None:
    laws.accounting(lambda one: screen(one, everyone=True), family)


@effort(100)
@given(pedigrees(max_people=5))
def test_everything_that_is_said_of_everybody_can_be_written(family: Pedigree) -> None:
    assert write_json(screen(family, everyone=True)).count(b'"outcome"') >= len(family.people)


def test_all_records_of_one_tumor_are_asked_about_together() -> None:
    adenoma, disease = Finding("parathyroid-adenoma"), Finding("primary-hyperparathyroidism")
    assert roles(adenoma, disease) == [Role.ASKED, Role.ASKED]
    assert roles(disease, adenoma) == [Role.ASKED, Role.ASKED]


def test_all_records_of_one_tumor_are_counted_together() -> None:
    adenoma, disease = Finding("parathyroid-adenoma", Age(30, 30)), Finding("primary-hyperparathyroidism")
    assert roles(adenoma, disease) == [Role.COUNTED, Role.COUNTED]


def test_a_general_record_of_counted_tumors_is_counted_with_them() -> None:
    tumors = Finding("insulinoma", Age(50, 50)), Finding("glucagonoma", Age(50, 50)), Finding("pancreatic-net")
    assert roles(*tumors) == [Role.COUNTED, Role.COUNTED, Role.COUNTED]


@pytest.mark.parametrize("zygosity", Zygosity)
def test_twins_whose_parents_nobody_recorded_are_told_of_each_others_variant(zygosity: Zygosity) -> None:
    carrier = Person("a", tests=(GeneticTest("MEN1", Result.PATHOGENIC),))
    family = Pedigree((carrier, Person("b")), "b", twins=(Twins(("a", "b"), zygosity),))
    verdict = screen(family).results[0]
    assert verdict.flags
    assert verdict.test_first in ("a", "b")


@pytest.mark.parametrize(
    ("declined", "why"),
    [
        ((), "what is open about it would change neither the outcome nor the syndromes"),
        (("histology",), "nobody knows what is open about it, so it is not asked again"),
    ],
)
def test_an_open_fact_that_is_not_asked_about_blames_nobody_else(declined: tuple[str, ...], why: str) -> None:
    people = (
        Person("p0", sex=Sex.FEMALE, age=Age(41, 41), father="p1", findings=(Finding("insulinoma", age=Age(39, 39)),)),
        Person("p1", sex=Sex.MALE, mother="p2", findings=(Finding("medullary-thyroid-carcinoma", age=Age(50, 50)),)),
        Person("p2", sex=Sex.FEMALE, findings=(Finding("pancreatic-tumor", declined=declined),)),
    )
    verdict = screen(Pedigree(tuple(placed(each, at) for at, each in enumerate(people)), "p0")).results[0]
    assert [(entry.role, entry.why) for entry in verdict.accounted if entry.person == "p2"] == [(Role.SET_ASIDE, why)]


MAY_BE = "may be part of MEN, but as recorded no statement of the rulebooks that ran counts it"


@pytest.mark.parametrize(
    ("term", "why"),
    [
        ("aldosterone-producing-adenoma", MAY_BE),
        ("cortisol-producing-adenoma", MAY_BE),
        ("microprolactinoma", MAY_BE),
        ("gonadotroph-microadenoma", MAY_BE),
        ("plurihormonal-pituitary-microadenoma", MAY_BE),
        ("papillary-thyroid-carcinoma", "not one of the findings of MEN"),
        ("thymoma", "not one of the findings of MEN"),
    ],
)
def test_what_a_statement_on_men_would_count_beside_another_finding_is_not_denied(term: str, why: str) -> None:
    verdict = of_one(Finding(term, age=Age(60, 60), multiple=False))
    assert {(entry.role, entry.why) for entry in verdict.accounted} == {(Role.SET_ASIDE, why)}


def test_words_that_nobody_knows_are_set_aside_and_those_on_a_genetic_test_say_where_it_would_count() -> None:
    (entry,) = of_one(Finding(None, text="thyroid trouble of some kind")).accounted
    assert entry.why == "words that the vocabulary does not know"
    (entry,) = of_one(Finding(None, text="RET mutation")).accounted
    assert entry.why == "speaks of a genetic test: its result counts once it is recorded under tests"


def test_records_of_one_tumor_are_set_aside_as_what_they_are_together() -> None:
    cancer, papillary = (Finding(term, age=Age(44, 44)) for term in ("thyroid-cancer", "papillary-thyroid-carcinoma"))
    assert {entry.why for entry in of_one(cancer, papillary).accounted} == {"not one of the findings of MEN"}


def test_a_tumor_of_a_distant_relative_that_another_syndrome_explains_is_set_aside_with_it() -> None:
    people = shorthand({"self": [], "maternal cousin": ["insulinoma @50", "nf1"]})
    why = {entry.finding: entry.why for entry in screen(people).results[0].accounted}
    assert why["insulinoma"] == "explained by another syndrome recorded in this person"


def test_a_statement_on_somebody_who_was_tested_sets_the_tumor_of_a_relative_aside() -> None:
    people = shorthand({"self": [], "mother's father": ["parathyroid adenoma, single @38", "test MEN1 negative, full"]})
    (one,) = screen(people, rulebooks=["de-kps-men4"]).results[0].accounted
    assert one.why == "the statements on it speak of the one who has it, not of relatives"


@pytest.mark.parametrize("relation", ["maternal cousin", "maternal great-aunt"])
def test_a_relative_too_far_for_the_statements_is_set_aside_for_the_degree(relation: str) -> None:
    entry = {"relation": relation, "findings": [{"finding": "parathyroid adenoma", "age": 30}]}
    (one,) = screen(read({"proband": {}, "relatives": [entry]})).results[0].accounted
    assert one.why == "degree 3: farther than the statements on it count"

"""Every recorded finding is accounted for, whatever the family."""

from __future__ import annotations

from collections import Counter

import pytest
from histories import effort, histories, placed
from hypothesis import given

from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Sex, Status
from menscreen.reports.json import write_json
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Accounted, Role, Verdict


def of_one(*findings: Finding) -> Verdict:
    return screen(Pedigree((placed(Person("p0", findings=findings), 0),), "p0")).results[0]


def roles(*findings: Finding) -> list[Role]:
    return [entry.role for entry in of_one(*findings).accounted]


@effort(150)
@given(histories(max_people=4, max_findings=3))
def test_each_finding_of_each_person_has_one_entry_and_a_reason(family: Pedigree) -> None:
    recorded = [one.at for each in family.people for one in each.findings if one.status is not Status.ABSENT]
    for verdict in screen(family, everyone=True).results:
        assert Counter(entry.at for entry in verdict.accounted) == Counter(recorded)
        assert all(entry.why for entry in verdict.accounted)


@effort(150)
@given(histories(max_people=4, max_findings=3))
def test_what_a_flag_rests_on_is_counted_and_what_is_asked_about_is_not_set_aside(family: Pedigree) -> None:
    verdict = screen(family).results[0]
    entry: dict[str, Accounted] = {each.at: each for each in verdict.accounted}
    for flag in verdict.flags + verdict.also:
        for evidence in flag.evidence:
            if evidence.at in entry and not flag.done:
                assert entry[evidence.at].role is Role.COUNTED
    for question in verdict.questions:
        if question.at in entry:
            assert entry[question.at].role is not Role.SET_ASIDE


@effort(100)
@given(histories(max_people=5))
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

"""pedigreejs: diseases by key, with or without an age, and what the list can speak of."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from histories import effort
from hypothesis import given

import menscreen
from menscreen.formats import pedigreejs
from menscreen.formats.content import Content
from menscreen.laws.changing import in_one_order
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.person import Adoption, Age, Result, Scope, Sex
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome
from menscreen.strategies import pedigrees


def person(name: str, **keys: Any) -> dict[str, Any]:
    return {"name": name, "sex": "F", **keys}


def read(*people: dict[str, Any]) -> Pedigree:
    return menscreen.read(json.dumps(people).encode())


def codes(family: Pedigree) -> list[str]:
    return [problem.code for problem in family.problems]


ME = person("me", proband=True, mother="mum", top_level=False)


def test_a_family_with_a_disease_of_the_site() -> None:
    family = read(ME, person("mum", medullary_thyroid_cancer_diagnosis_age="41", top_level=True))
    assert family.format == "pedigreejs"
    (finding,) = family.person("mum").findings
    assert (finding.term, finding.age) == ("medullary-thyroid-carcinoma", Age(41, 41))
    assert finding.at == "/1/medullary_thyroid_cancer_diagnosis_age"
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


@pytest.mark.parametrize("status", ["1", 1])
def test_dead_as_text_or_number(status: Any) -> None:
    assert read(person("me", proband=True, status=status)).people[0].deceased
    assert not read(person("me", proband=True, status="0")).people[0].deceased


@pytest.mark.parametrize(
    ("keys", "findings"),
    [
        ({"thyroid_cancer": True}, [("thyroid-cancer", None)]),
        ({"thyroid_cancer": True, "thyroid_cancer_diagnosis_age": 44}, [("thyroid-cancer", Age(44, 44))]),
        ({"thyroid_cancer_diagnosis_age": 44.0}, [("thyroid-cancer", Age(44, 44))]),
        ({"thyroid_cancer_diagnosis_age": "AU"}, [("thyroid-cancer", None)]),
        ({"thyroid_cancer_diagnosis_age": ""}, []),
        ({"thyroid_cancer_diagnosis_age": 0}, []),
        ({"thyroid_cancer": False}, []),
        ({"men1": True}, [("men1", None)]),
        ({"breast_cancer_diagnosis_age": 50, "breast_cancer2_diagnosis_age": 60},
         [("breast-cancer", Age(50, 50)), ("breast-cancer", Age(60, 60))]),
    ],
)  # fmt: skip
def test_diseases_with_and_without_age(keys: dict[str, Any], findings: list[tuple[str, Age | None]]) -> None:
    family = read(person("me", proband=True, **keys))
    assert [(one.term, one.age) for one in family.people[0].findings] == findings


def test_an_age_that_is_none_is_reported_and_the_disease_kept() -> None:
    family = read(person("me", proband=True, thyroid_cancer_diagnosis_age="forties"))
    assert [(one.term, one.age) for one in family.people[0].findings] == [("thyroid-cancer", None)]
    assert codes(family) == ["A001"]


def test_the_file_can_speak_of_the_diseases_in_it_only() -> None:
    family = read(ME, person("mum", breast_cancer_diagnosis_age=50, pancreatic_cancer_diagnosis_age=60))
    assert family.people[0].asked == ("breast",)
    assert menscreen.screen(family).outcome is Outcome.CLARIFY
    assert read(person("me", proband=True)).people[0].asked == ()


def test_tests_of_genes() -> None:
    keys = {"ret_gene_test": {"type": "T", "result": "N"}, "brca1_gene_test": {"type": "S", "result": "P"}}
    empty = {"palb2_gene_test": {"type": "-", "result": "-"}, "atm_gene_test": {}}
    found = read(person("me", proband=True, **keys, **empty)).people[0].tests
    assert [(one.gene, one.result, one.scope) for one in found] == [
        ("RET", Result.NEGATIVE, Scope.FAMILIAL_VARIANT),
        ("BRCA1", Result.PATHOGENIC, Scope.FULL),
    ]


def test_parents_of_somebody_who_married_in_are_for_the_drawing() -> None:
    family = read(ME, person("mum", mother="gran", noparents=True), person("gran", thyroid_cancer=True))
    assert family.person("mum").mother is None


def test_adoption_twins_and_pregnancies() -> None:
    family = read(
        ME,
        person("mum"),
        person("in", mother="mum", adopted_in=True),
        person("out", mother="mum", adopted_out=True),
        person("one", mother="mum", mztwin="1"),
        person("two", mother="mum", mztwin="1"),
        person("three", mother="mum", dztwin="1"),
        person("four", mother="mum", dztwin="1"),
        person("none", mother="mum", miscarriage=True),
    )
    assert family.person("in").adoptive_parents == ("mum",)
    assert family.person("in").mother is None
    assert (family.person("out").adopted, family.person("out").mother) == (Adoption.OUT, "mum")
    assert [one.zygosity for one in family.twins] == [Zygosity.MONOZYGOTIC, Zygosity.DIZYGOTIC]
    assert family.person("none").deceased


def test_without_a_mark_the_first_is_the_proband_and_it_is_said() -> None:
    family = read(person("a", top_level=True), person("b", top_level=True))
    assert family.proband == "a"
    assert codes(family) == ["P019"]


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(PedigreeError) as refused:
        read(ME, {"sex": "F", "top_level": True})
    assert refused.value.problems[0].code == "D006"


def test_no_name_reaches_a_message() -> None:
    family = read(person("smith", proband=True, display_name="Ann", odd_disease=True, mother="eve", yob="x"))
    said = "\n".join(map(str, family.problems))
    assert said
    assert not any(word in said for word in ("smith", "Ann", "eve"))


@effort(150)
@given(pedigrees())
def test_what_is_written_comes_back_as_what_can_be_carried(family: Pedigree) -> None:
    again = pedigreejs.read(Content(pedigreejs.write(family)), strict=True)
    everything = attrs.evolve(again, people=tuple(attrs.evolve(one, asked=None) for one in again.people))
    assert in_one_order(everything) == in_one_order(pedigreejs.carried(family))


@effort(60)
@given(pedigrees())
def test_what_is_written_is_loaded_by_the_rules_of_pedigreejs(family: Pedigree) -> None:
    people = json.loads(pedigreejs.write(family))
    names = {one["name"] for one in people}
    assert sum("proband" in one for one in people) == 1
    assert all(one[role] in names for one in people for role in ("mother", "father") if role in one)
    assert all(one["sex"] in ("M", "F", "U") for one in people)


def test_sex_decides_who_of_adoptive_parents_is_the_mother() -> None:
    people = (
        menscreen.Person("a", adopted=Adoption.IN, adoptive_parents=("b", "c")),
        menscreen.Person("b", sex=Sex.MALE),
        menscreen.Person("c", sex=Sex.FEMALE),
    )
    written = json.loads(pedigreejs.write(Pedigree(people, "a")))[0]
    assert (written["mother"], written["father"], written["adopted_in"]) == ("c", "b", True)


def test_a_second_tumor_does_not_become_a_syndrome_by_its_number() -> None:
    """ "Hyperparathyroidism 2" is the jaw tumor syndrome, "MEN 2" another syndrome than MEN."""
    for term in ("hyperparathyroidism", "men", "neurofibromatosis"):
        family = Pedigree((menscreen.Person("p1", findings=(menscreen.Finding(term),) * 5),), "p1")
        again = pedigreejs.read(Content(pedigreejs.write(family)), strict=True)
        assert [one.term for one in again.people[0].findings] == [term] * 5


@pytest.mark.parametrize(("key", "place"), [("Ann_diagnosis_age", "/0"), ("ann_gene_test", "/0")])
def test_a_key_that_nobody_knows_is_quoted_by_no_place(key: str, place: str) -> None:
    value: object = {"result": "?"} if key.endswith("test") else 40
    family = menscreen.read(json.dumps([{"name": "a", "sex": "F", "proband": True, "mztwin": "", key: value}]).encode())
    assert [problem.where for problem in family.problems] == [place]


_YES, _NO = (True, "true", "yes", 1, "1"), (False, "no", "0", 0, None)


@pytest.mark.parametrize(("value", "is_there"), [*((one, True) for one in _YES), *((one, False) for one in _NO)])
def test_a_disease_may_be_flagged_in_words_or_numbers(value: object, is_there: bool) -> None:
    family = read(person("me", proband=True, medullary_thyroid_cancer=value, visits=value if value is not True else 1))
    assert [one.term for one in family.people[0].findings] == ["medullary-thyroid-carcinoma"] * is_there


def test_of_one_person_alone_nobody_asked_about_relatives() -> None:
    alone = read(person("me", proband=True, pancreatic_neuroendocrine_tumor_diagnosis_age=60, prolactinoma=False))
    assert alone.family_history is FamilyHistory.NOT_ASKED
    assert menscreen.screen(alone).outcome is not Outcome.NOT_INDICATED
    assert read(person("me", proband=True), person("mum")).family_history is FamilyHistory.ASKED
    assert (
        "that relatives were asked about (1)"
        in menscreen.convert({"family_history": "asked", "proband": {"findings": []}}, "pedigreejs").losses
    )

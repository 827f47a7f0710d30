"""The GA4GH Pedigree: relations of KIN become a tree, and what is written is valid for others."""

from __future__ import annotations

import json
from typing import Any

import pytest
from histories import effort
from hypothesis import given

import menscreen
from menscreen.formats import ga4gh_pedigree
from menscreen.formats.content import Content
from menscreen.formats.kin import KIN, WRITTEN, Tie, kin_of
from menscreen.laws.changing import in_one_order
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import Sex
from menscreen.pedigree.relations import parse
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome
from menscreen.strategies import pedigrees

MTC = {"type": {"id": "HP:0002865", "label": "Medullary thyroid carcinoma"}}
SEXES = {"f": "FEMALE", "m": "MALE", "u": "UNKNOWN_SEX"}


def pedigree(people: str, *relations: tuple[str, str, str], **parts: Any) -> dict[str, Any]:
    """People as `me:f mum:f`, relations as (individual, code, relative); who is `ill` has medullary carcinoma."""
    individuals = []
    for word in people.split():
        id, sex = word.split(":")
        features = {"phenotypicFeatures": [MTC]} if id == "ill" else {}
        individuals.append({"id": id, "subject": {"id": id, "sex": SEXES[sex]}, **features, "metaData": {}})
    return {
        "id": "f",
        "indexPatients": [people.split(":")[0]],
        "individuals": individuals,
        "relationships": [
            {"individualId": one, "relation": {"id": code, "label": WRITTEN.get(code, "")}, "relativeId": other}
            for one, code, other in relations
        ],
        **parts,
    }


def read(document: Any) -> Pedigree:
    return menscreen.read(json.dumps(document).encode())


def codes(family: Pedigree) -> list[str]:
    return [problem.code for problem in family.problems]


def test_the_direction_is_individual_is_something_of_relative() -> None:
    family = read(pedigree("me:f ill:f", ("ill", "KIN:027", "me")))
    assert family.format == "ga4gh-pedigree"
    assert family.person("me").mother == "ill"
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


@pytest.mark.parametrize(
    ("one", "code", "other", "role"),
    [
        ("mum", "KIN:003", "me", "mother"),
        ("mum", "KIN:038", "me", "mother"),
        ("mum", "KIN:006", "me", "mother"),
        ("me", "KIN:032", "mum", "mother"),
        ("me", "KIN:034", "mum", "mother"),
        ("me", "KIN:041", "mum", "mother"),
        ("mum", "KIN:033", "me", "mother"),
        ("dad", "KIN:028", "me", "father"),
        ("dad", "KIN:004", "me", "father"),
        ("me", "KIN:040", "dad", "father"),
        ("me", "KIN:044", "dad", "father"),
    ],
)
def test_parents_in_old_and_new_codes(one: str, code: str, other: str, role: str) -> None:
    family = read(pedigree("me:u mum:f dad:m", (one, code, other)))
    assert getattr(family.person("me"), role) == {"mother": "mum", "father": "dad"}[role]


@pytest.mark.parametrize("number", ["005", "021", "023", "026", "029", "050", "048"])
def test_other_ties_are_no_blood(number: str) -> None:
    family = read(pedigree("me:f ill:f", ("ill", f"KIN:{number}", "me")))
    assert family.person("me").mother is None
    assert menscreen.screen(family).flags == ()


def test_adoption_is_no_blood() -> None:
    family = read(pedigree("me:f ill:f", ("ill", "KIN:022", "me")))
    assert family.person("me").adoptive_parents == ("ill",)
    assert menscreen.screen(family).flags == ()


@pytest.mark.parametrize(("number", "zygosity"), [("009", "unknown"), ("010", "monozygotic"), ("011", "dizygotic")])
def test_twins_share_parents(number: str, zygosity: str) -> None:
    family = read(pedigree("me:f you:f mum:f", ("mum", "KIN:027", "me"), ("you", f"KIN:{number}", "me")))
    assert family.person("you").mother == "mum"
    assert [(one.people, one.zygosity) for one in family.twins] == [(("me", "you"), Zygosity(zygosity))]


@pytest.mark.parametrize("number", ["007", "008", "009", "010"])
@pytest.mark.parametrize("known", ["a", "b", "c"])
def test_a_parent_recorded_of_one_of_three_is_the_parent_of_all(number: str, known: str) -> None:
    relations = [("mum", "KIN:027", known), ("b", f"KIN:{number}", "a"), ("c", f"KIN:{number}", "a")]
    for order in (relations, relations[::-1]):
        family = read(pedigree("a:f b:f c:f mum:f", *order))
        assert {family.person(id).mother for id in "abc"} == {"mum"}
        assert len({family.person(id).father for id in "abc"}) == 1


def test_siblings_without_parents_get_placeholders_and_count() -> None:
    family = read(pedigree("me:f ill:f", ("ill", "KIN:008", "me")))
    assert family.person("me").mother == family.person("ill").mother
    assert family.people[2].placeholder
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


def test_half_siblings_share_the_side_that_is_told() -> None:
    family = read(pedigree("me:f ill:f", ("ill", "KIN:054", "me")))
    me, ill = family.people[:2]
    assert me.mother == ill.mother is not None
    assert me.father is ill.father is None


@pytest.mark.parametrize("code", [code for code in WRITTEN if KIN[code[-3:]].tie is Tie.WORDS])
def test_relations_without_a_place_are_kept_in_words_that_are_understood(code: str) -> None:
    for sex in "fmu":
        family = read(pedigree(f"me:f ill:{sex}", ("ill", code, "me")))
        relation = family.person("ill").relation
        assert relation is not None
        assert relation.to == "me"
        assert parse(relation.as_) is not None


def test_words_are_not_needed_where_the_tree_connects() -> None:
    tree = [("mum", "KIN:027", "me"), ("gran", "KIN:027", "mum"), ("gran", "KIN:027", "ill"), ("ill", "KIN:060", "me")]
    family = read(pedigree("me:f mum:f gran:f ill:f", *tree))
    assert family.person("ill").relation is None
    assert menscreen.screen(family).outcome is not Outcome.NOT_INDICATED


def test_of_two_parents_of_unknown_sex_one_is_the_mother_everywhere() -> None:
    ties = [(one, "KIN:003", child) for child in ("me", "you") for one in ("a", "b")]
    family = read(pedigree("me:f you:f a:u b:u", *ties))
    me, you = family.person("me"), family.person("you")
    assert {me.mother, me.father} == {"a", "b"}
    assert (me.mother, me.father) == (you.mother, you.father)
    assert codes(family) == ["P016"]


def test_an_unknown_relation_is_reported_and_left_out() -> None:
    family = read(pedigree("me:f ill:f", ("ill", "KIN:999", "me")))
    assert codes(family) == ["P010"]
    assert menscreen.screen(family).flags == ()


def test_a_code_that_contradicts_its_label_is_reported() -> None:
    document = pedigree("me:f ill:m", ("ill", "KIN:039", "me"))
    document["relationships"][0]["relation"]["label"] = "isSpermDonorOf"
    assert codes(read(document)) == ["P010"]


@pytest.mark.parametrize("label", ["isTwin", "isMultipleBirthSiblingOf", "isTwinOf"])
def test_two_generations_of_labels(label: str) -> None:
    assert kin_of(None, label) == kin_of("KIN:009", label) == KIN["009"]


@pytest.mark.parametrize("code", WRITTEN)
def test_labels_and_codes_that_are_written_are_read(code: str) -> None:
    assert kin_of(code, WRITTEN[code]) == kin_of(None, WRITTEN[code]) == KIN[code[-3:]]


def test_labels_of_kin_are_those_of_the_ontology() -> None:
    kin = pytest.importorskip("pedigree_ga4gh.kin")
    for code, label in WRITTEN.items():
        assert kin.get(code).label == label
    for code in kin.TERMS:
        assert code.removeprefix("KIN:") in KIN


def test_diseases_inside_the_subject_and_numbers_as_ids_are_read() -> None:
    """As the published example of five people has them: trap 8."""
    subject = {"id": 1, "sex": "UNKNOWN", "vital_status": "DECEASED", "diseases": [{"term": {"label": "MEN2A"}}]}
    document = {"id": 5, "individuals": [{"id": "", "subject": subject}], "relationships": [], "index_patients": [1]}
    family = read(document)
    (person,) = family.people
    assert (person.id, person.sex, person.deceased) == ("1", Sex.UNKNOWN, True)
    assert [one.term for one in person.findings] == ["men2a"]
    assert codes(family) == ["D004"]


def test_people_of_the_conceptual_model_are_read() -> None:
    individuals = [{"id": "a", "sex": "FEMALE", "affected": True}, {"id": "b", "sex": "MALE", "deceased": True}]
    relations = [{"individual": "b", "relation": "isBiologicalFatherOf", "relative": "a"}]
    family = read({"individuals": individuals, "relationships": relations, "indexPatients": ["a"]})
    assert family.person("a").father == "b"
    assert codes(family) == ["P018"]


def test_the_draft_of_version_1_is_named_and_refused() -> None:
    draft = {"individuals": [{"id": "a", "sex_assigned_at_birth": "FEMALE"}], "relationships": []}
    with pytest.raises(PedigreeError, match="draft of version 1"):
        read(draft)


@pytest.mark.parametrize(
    ("relation", "code"),
    [(("ghost", "KIN:027", "me"), "P002"), (("me", "KIN:027", "me"), "P012"), (("ill", "KIN:028", "me"), "P004")],
)
def test_impossible_relations_are_errors(relation: tuple[str, str, str], code: str) -> None:
    with pytest.raises(PedigreeError) as refused:
        read(pedigree("me:f ill:f", relation))
    assert refused.value.problems[0].code == code
    assert "ghost" not in str(refused.value)


def test_a_cycle_and_a_second_mother_are_errors() -> None:
    for ties, code in (
        ([("a", "KIN:027", "b"), ("b", "KIN:027", "a")], "P003"),
        ([("a", "KIN:027", "me"), ("b", "KIN:027", "me")], "P011"),
    ):
        with pytest.raises(PedigreeError) as refused:
            read(pedigree("me:f a:f b:f", *ties))
        assert code in [one.code for one in refused.value.problems]


@effort(150)
@given(pedigrees())
def test_what_is_written_comes_back_as_what_can_be_carried(family: Pedigree) -> None:
    again = ga4gh_pedigree.read(Content(ga4gh_pedigree.write(family)), strict=True)
    assert in_one_order(again) == in_one_order(ga4gh_pedigree.carried(family))


@effort(60)
@given(pedigrees())
def test_what_is_written_is_valid_for_the_library_of_the_format(family: Pedigree) -> None:
    validate = pytest.importorskip("pedigree_ga4gh.validate")
    kindred = pytest.importorskip("pedigree_ga4gh.kindred")
    written = json.loads(ga4gh_pedigree.write(family))
    assert [one.message for one in validate.validate(written) if one.severity == "error"] == []
    read_by_other, _ = kindred.from_document(written)
    for person in ga4gh_pedigree.carried(family).people:
        father, mother, _ = read_by_other.genetic_parents(person.id)
        assert (father, mother) == (person.father, person.mother)

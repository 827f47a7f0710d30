"""PhenoTips: the list of people, the graph of the editor, and what neither of them tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

import menscreen
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import Adoption, Age, History, Sex, Status
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome


def read(*people: dict[str, Any]) -> Pedigree:
    return menscreen.read(json.dumps(people).encode())


def codes(family: Pedigree) -> list[str]:
    return [problem.code for problem in family.problems]


ME = {"id": "me", "sex": "female", "mother": "mum", "father": "Joe", "lifeStatus": "alive"}
MUM = {"id": "mum", "sex": "f", "disorders": ["171400"]}
DAD = {"externalId": "x1", "firstName": "Joe", "sex": "m", "disorders": ["thyroid cancer", 131100]}


def test_a_family() -> None:
    family = read(ME, MUM, DAD, {"relationshipId": "r", "partner1": "mum", "partner2": "Joe"})
    assert (family.format, family.proband, len(family.people)) == ("phenotips", "me", 3)
    assert (family.people[0].mother, family.people[0].father) == ("mum", "x1")
    assert [[one.term for one in person.findings] for person in family.people] == [
        [],
        ["men2a"],
        ["thyroid-cancer", "men1"],
    ]
    assert family.people[1].findings[0].at == "/1/disorders/0"
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


def test_another_proband_may_be_marked() -> None:
    assert read(ME, {**MUM, "proband": True}, DAD).proband == "mum"


def test_nothing_recorded_is_nothing_known() -> None:
    family = read({"id": "a", "sex": "male", "lifeStatus": "alive"}, {"id": "b", "evaluated": True})
    assert [one.history for one in family.people] == [History.UNKNOWN, History.KNOWN]
    assert menscreen.screen(family).outcome is Outcome.CLARIFY


@pytest.mark.parametrize("word", ["unknown", " Unknown", "?"])
def test_words_for_not_known_are_no_finding(word: str) -> None:
    family = read({"id": "a", "disorders": [word], "features": [word, {"id": "HP:0000001", "label": word}]})
    assert [one.text for one in family.people[0].findings] == ["HP:0000001"]
    assert menscreen.read(menscreen.convert(family, "menscreen").content).people[0].findings
    [alone] = read({"id": "a", "disorders": word}).people
    assert (alone.findings, alone.history) == ((), History.UNKNOWN)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("", [("medullary-thyroid-carcinoma", Status.PRESENT), ("men2a", Status.PRESENT)]),
        ("affected", [("medullary-thyroid-carcinoma", Status.PRESENT), ("men2a", Status.PRESENT)]),
        ("carrier", [("men2a", Status.PRESENT)]),
        ("presymptomatic", [("men2a", Status.PRESENT)]),
        ("uncertain", [("medullary-thyroid-carcinoma", Status.SUSPECTED), ("men2a", Status.PRESENT)]),
    ],
)
def test_a_carrier_has_the_syndrome_in_the_family_and_no_tumor(status: str, found: list[Any]) -> None:
    family = read(
        {"id": "a", "sex": "female", "carrierStatus": status, "disorders": ["medullary thyroid cancer", 171400]}
    )
    assert [(one.term, one.status) for one in family.people[0].findings] == found


def test_features_and_genes() -> None:
    features = [
        {"id": "HP:0002666", "label": "Pheochromocytoma", "observed": "no"},
        {"id": "HP:0008200", "label": "Primary hyperparathyroidism"},
        {"id": "HP:0000001", "label": "odd"},
    ]
    family = read({"id": "a", "sex": "female", "features": features, "genes": [{"gene": "RET", "status": "solved"}]})
    assert [(one.term, one.status) for one in family.people[0].findings] == [
        ("pheochromocytoma", Status.ABSENT),
        ("primary-hyperparathyroidism", Status.PRESENT),
        (None, Status.PRESENT),
    ]
    assert family.people[0].tests == ()
    assert sorted(codes(family)) == ["F012", "T005"]


def test_age_at_death_and_comments() -> None:
    dead = {"lifeStatus": "deceased", "comments": "thyroid cancer at 40"}
    family = read(
        {"id": "a", "sex": "male", **dead, "birthDate": "1950-06-01", "deathDate": "2010-05-01"},
        {"id": "b", "sex": "male", **dead, "deceasedAge": "61"},
    )
    assert [(one.age, one.deceased, one.birth_year) for one in family.people] == [
        (Age(59, 59), True, 1950),
        (Age(61, 61), True, None),
    ]
    assert "2 free comments" in [problem.found for problem in family.problems]


def test_adoption_and_twins() -> None:
    children = [{"id": name, "mother": "mum", "sex": "f", "twinGroup": 1, "monozygotic": True} for name in "ab"]
    family = read(ME | {"father": "", "adoptedIn": True}, MUM, *children)
    assert (family.people[0].adopted, family.people[0].adoptive_parents) == (Adoption.IN, ("mum",))
    assert [(one.people, one.zygosity) for one in family.twins] == [(("a", "b"), Zygosity.MONOZYGOTIC)]
    assert menscreen.screen(family).outcome is not Outcome.WARRANTED


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([ME | {"father": ""}, {"firstName": "mum"}, {"firstName": "mum"}], "P001"),
        ([ME | {"father": ""}], "P002"),
        ([ME | {"father": ""}, MUM, MUM], "P001"),
        ([{"id": "a", "mother": "b", "sex": "f"}, {"id": "b", "mother": "a", "sex": "f"}], "P003"),
        ([{"id": "a", "sex": "f", "disorders": [{}]}], "D005"),
    ],
    ids=["ambiguous name", "nobody", "id twice", "cycle", "no disorder"],
)
def test_what_is_impossible_is_an_error(people: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(PedigreeError) as refused:
        read(*people)
    assert code in [problem.code for problem in refused.value.problems]
    assert "Joe" not in str(refused.value)


GRAPH: dict[str, Any] = {
    "GG": [
        {"id": 0, "prop": {"gender": "U", "fName": "Ann"}},
        {"id": 1, "chhub": True, "prop": {}, "outedges": [{"to": 0}, {"to": 5}]},
        {"id": 2, "rel": True, "hub": True, "prop": {}, "outedges": [{"to": 1}]},
        {"id": 3, "prop": {"gender": "F", "disorders": [171400], "dob": "1950-01-01"}, "outedges": [{"to": 2}]},
        {"id": 4, "prop": {"gender": "M", "lifeStatus": "deceased"}, "outedges": [{"to": 2}]},
        {"id": 5, "prop": {"gender": "M", "hpoTerms": [{"id": "HP:0002865", "name": "MTC"}]}},
    ],
    "ranks": [3, 2, 1, 1, 1, 3],
    "order": [[]],
    "positions": [5],
}


def test_the_graph_of_the_editor() -> None:
    family = menscreen.read(json.dumps(GRAPH).encode())
    assert (family.format, family.proband) == ("phenotips", "0")
    assert [(one.id, one.mother, one.father, one.sex) for one in family.people] == [
        ("0", "3", "4", Sex.UNKNOWN),
        ("3", None, None, Sex.FEMALE),
        ("4", None, None, Sex.MALE),
        ("5", "3", "4", Sex.MALE),
    ]
    assert family.person("4").deceased
    assert [one.term for one in family.person("5").findings] == ["medullary-thyroid-carcinoma"]
    assert menscreen.screen(family).outcome is Outcome.WARRANTED
    assert codes(family) == []


def test_places_in_the_graph_are_those_of_the_file() -> None:
    family = menscreen.read(json.dumps(GRAPH).encode())
    assert [one.at for one in family.people] == ["/GG/0", "/GG/3", "/GG/4", "/GG/5"]
    assert family.person("3").findings[0].at == "/GG/3/prop/disorders/0"
    assert family.person("5").findings[0].at == "/GG/5/prop/hpoTerms/0"
    nodes = [*GRAPH["GG"][:4], {"id": 4, "prop": {"gender": "F", "fName": 5, "comments": "x"}, "outedges": [{"to": 2}]}]
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(json.dumps({"GG": [*nodes, {"id": 6, "outedges": [{"to": 2}]}]}).encode())
    assert ("P011", "/GG/0") in [(problem.code, problem.where) for problem in refused.value.problems]


def test_an_id_of_two_symbols_is_reported() -> None:
    nodes = [{"id": 0, "prop": {"gender": "F"}}, {"id": 0, "prop": {"gender": "M", "disorders": [171400]}}]
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(json.dumps({"GG": nodes}).encode())
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("P001", "/GG/1, id")]


def test_a_graph_that_goes_in_circles_ends() -> None:
    nodes = [{"id": n, "rel": True, "outedges": [{"to": (n + 1) % 3}]} for n in range(3)]
    people = [{"id": 9, "prop": {"gender": "F"}, "outedges": [{"to": 0}]}]
    assert len(menscreen.read(json.dumps({"GG": nodes + people}).encode()).people) == 1


@pytest.mark.parametrize("key", ["features", "nonstandard_features", "nonstandardFeatures", "hpoTerms"])
def test_a_feature_is_one_finding(key: str) -> None:
    family = read({"id": "a", "sex": "male", "externalId": "x", key: [{"label": "insulinoma"}]})
    assert [(one.term, one.at) for one in family.people[0].findings] == [("insulinoma", f"/0/{key}/0")]


def test_a_family_history_among_the_features_is_not_left_out_in_silence() -> None:
    family = read({"id": "a", "sex": "male", "nonstandard_features": [{"label": "Family history of insulinoma"}]})
    assert family.people[0].findings == ()
    assert [(one.code, one.where) for one in family.problems] == [("P017", "/0/nonstandard_features/0")]


def test_of_one_person_alone_nobody_asked_about_relatives() -> None:
    family = read({"id": "me", "sex": "female", "lifeStatus": "alive", "disorders": ["goiter"]})
    assert menscreen.screen(family).outcome is Outcome.CLARIFY

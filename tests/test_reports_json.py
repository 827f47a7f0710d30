"""The JSON report against the contract: every key, in its order, and the same bytes for the same screening."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from handmade import flag, screening, verdict

import menscreen
from menscreen.pedigree.person import Age
from menscreen.reports.json import write_json


def written(*verdicts: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(write_json(screening(*verdicts)))
    return document


def keys(words: str) -> list[str]:
    return words.split()


def test_every_key_of_the_contract_stands_in_its_order() -> None:
    document = written()
    assert list(document) == keys("schema menscreen rulebooks pedigree results problems cascade")
    assert document["schema"] == "menscreen-result/1"
    assert list(document["rulebooks"][0]) == keys("id edition digest")
    assert list(document["pedigree"]) == keys("id format digest")
    assert list(document["problems"][0]) == keys("code severity where found needed fix")
    [result] = document["results"]
    assert list(result) == keys(
        "person outcome could_become through test_first syndromes urgency notices also_outcome also flags questions "
        "limits guidelines accounted test_first_because standing rests_on"
    )
    assert list(result["through"]) == keys("person relation")
    assert list(result["notices"][0]) == keys("text citation")
    assert list(result["limits"][0]) == keys("person relation why")
    assert list(result["guidelines"][0]) == keys("id outcome rule fact")
    assert list(result["accounted"][0]) == keys("person at finding role why")


def test_every_key_of_a_flag_and_a_question_stands_in_its_order() -> None:
    [result] = written()["results"]
    for one in (result["flags"][0], result["also"][0]):
        assert list(one) == keys(
            "person relation rule syndromes strength statement because evidence genes done actions citation "
            "suffices sets explained_by"
        )
        assert list(one["evidence"][0]) == keys("person relation finding age at")
        assert list(one["citation"]) == keys("guideline title year locator url provenance")
    question = result["questions"][0]
    assert list(question) == keys("person relation at kind ask answers decides could_become could_add instead")
    assert list(question["answers"][0]) == keys("value then")


@pytest.mark.parametrize(
    ("age", "expected"),
    [(Age(31, 31), 31), (Age(30, 39), [30, 39]), (Age(60, None), [60, None]), (None, None)],
)
def test_an_age_is_a_number_a_band_or_not_known(age: Age | None, expected: object) -> None:
    [result] = written(verdict(flags=(flag(age=age),)))["results"]
    assert result["flags"][0]["evidence"][0]["age"] == expected


def test_urgency_is_there_only_where_a_source_gives_one() -> None:
    assert "urgency" not in written(verdict(urgency=None))["results"][0]
    assert written(verdict())["results"][0]["urgency"] == "soon"


def test_equal_screenings_give_equal_bytes_on_one_line() -> None:
    assert write_json(screening()) == write_json(attrs.evolve(screening()))
    assert b"\n" not in write_json(screening())


def test_one_result_for_each_person_asked_about() -> None:
    assert [result["person"] for result in written(verdict("p1"), verdict("p2"))["results"]] == ["p1", "p2"]


def test_evidence_says_what_the_records_say_beside_the_age() -> None:
    finding = {"finding": "primary hyperparathyroidism", "age": 60, "multiple": True}
    document = json.dumps({"proband": {"findings": [finding]}, "relatives": [{"relation": "mother"}]})
    (fact,) = json.loads(menscreen.screen_json(document.encode()))["results"][0]["flags"][0]["evidence"]
    assert fact["qualities"] == ["several"]

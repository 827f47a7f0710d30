"""The result as FHIR: what a RiskAssessment says and what it never says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import menscreen

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def assessments(source: Path | dict[str, Any], **options: Any) -> list[dict[str, Any]]:
    from menscreen.reports.writing import render

    bundle = json.loads(render(menscreen.screen(menscreen.read(source), **options), "fhir"))
    return [entry["resource"] for entry in bundle["entry"]]


def own(resource: dict[str, Any], key: str) -> Any:
    values = [one for one in resource["extension"] if one["url"] == f"urn:menscreen:{key}"]
    return next(value for name, value in values[0].items() if name != "url")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_outcome_and_every_statement_are_in_the_assessment(example: Path) -> None:
    (made,) = assessments(example)
    verdict = menscreen.screen(menscreen.read(example)).results[0]
    assert own(made, "outcome") == verdict.outcome
    assert own(made, "also-outcome") == verdict.also_outcome
    told = [own(one, "rule") for one in made.get("prediction", [])]
    assert told == [flag.rule for flag in (*verdict.flags, *verdict.also)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_degree_of_risk_is_given(example: Path) -> None:
    for one in assessments(example, everyone=True):
        for prediction in one.get("prediction", []):
            assert not {"probabilityDecimal", "probabilityRange", "qualitativeRisk", "relativeRisk"} & set(prediction)


def test_everybody_has_an_assessment_and_labels_stay_at_home() -> None:
    family = {
        "proband": {"label": "Ann Other", "findings": [{"finding": "MTC", "age": 30}]},
        "relatives": [{"relation": "brother", "label": "Bob Other"}],
    }
    made = assessments(family, everyone=True)
    assert [one["subject"]["identifier"]["value"] for one in made] == ["self", "r1"]
    assert "Other" not in json.dumps(made)


def test_the_ending_of_a_file_name_asks_for_fhir(tmp_path: Path) -> None:
    path = tmp_path / "result.fhir.json"
    menscreen.write(menscreen.screen(menscreen.read(EXAMPLES[0])), path)
    assert json.loads(path.read_bytes())["resourceType"] == "Bundle"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_assessment_is_accepted_by_fhir_resources(example: Path) -> None:
    models = pytest.importorskip("fhir.resources.R4B.riskassessment")
    for one in assessments(example, everyone=True):
        models.RiskAssessment.model_validate(one)

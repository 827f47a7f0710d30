"""The reports of every example family, for everybody in it: words that never stand there; what both reports tell."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from test_actions import POPULATION
from test_reports_text import FORBIDDEN, flat

import menscreen
from menscreen.reports.json import write_json
from menscreen.reports.text import write_text
from menscreen.rules.examples import family
from menscreen.rules.loading import full_rulebook, shipped
from menscreen.screening.program import program_of
from menscreen.screening.screen import screened as screened_with

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))
everybody = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def screened(path: Path) -> menscreen.Screening:
    return menscreen.screen(menscreen.read(path), everyone=True)


@everybody
def test_the_text_says_nothing_that_is_forbidden_and_keeps_to_80_columns(path: Path) -> None:
    text = write_text(screened(path))
    assert not FORBIDDEN.search(flat(text.split("SOURCES")[0]))
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()


@everybody
def test_the_text_tells_what_the_json_tells(path: Path) -> None:
    text = flat(write_text(screened(path)))
    for result in json.loads(write_json(screened(path)))["results"]:
        assert f"MEN: {result['outcome']}." in text
        for flag in result["flags"] + result["also"]:
            assert flat(flag["statement"]) in text
            assert flag["citation"]["locator"] in text
        for question in result["questions"]:
            assert flat(question["ask"]) in text
        for notice in result["notices"]:
            assert flat(notice["text"]) in text
        for one in result["accounted"]:
            assert one["role"] != "set-aside" or flat(one["why"]) in text


@everybody
def test_labels_and_keys_for_ones_own_never_reach_the_json(path: Path) -> None:
    document = json.loads(path.read_text())
    labels = [person["label"] for person in document.get("people", []) if "label" in person]
    written = write_json(screened(path)).decode()
    assert not [label for label in labels if f'"{label}"' in written]
    assert document.get("x-shows", "\0") not in written


@everybody
def test_the_same_family_gives_the_same_bytes(path: Path) -> None:
    assert write_json(screened(path)) == menscreen.screen_json(path.read_bytes(), everyone=True)


@pytest.mark.parametrize("id", shipped())
def test_no_report_of_an_example_of_a_rule_says_what_is_forbidden(id: str) -> None:
    program = program_of(None, profile="everything", drafts=True)
    for rule in full_rulebook(id).rules:
        for example in rule.examples:
            text = flat(write_text(screened_with(family(example.family), program)).split("\nSOURCES")[0])
            found = [match for match in FORBIDDEN.finditer(text) if not _is_of_a_population(text, match)]
            assert not found, (rule.id, example.name, found)


def _is_of_a_population(text: str, match: re.Match[str]) -> bool:
    """A number in an action that says of whom it holds (tests/test_actions.py)."""
    return "%" in match[0] and POPULATION.search(text[max(0, match.start() - 200) : match.end() + 200]) is not None

"""``menscreen explain``: what would have met a statement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import menscreen
from menscreen import cli

Captured = pytest.CaptureFixture[str]

EXAMPLES = Path(__file__).parents[1] / "examples"


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as exit:
        cli.run(words)
    return int(exit.value.code or 0)


def test_explain_names_the_nearest_fact_first(capfd: Captured) -> None:
    assert run("explain", str(EXAMPLES / "unaffected-daughter.json")) == 0
    first = capfd.readouterr().out.splitlines()[0]
    assert first.startswith("- genotes-men1/multigland-parathyroid-by-35")


def test_explain_as_json_is_what_the_function_gives(capfd: Captured) -> None:
    path = EXAMPLES / "unaffected-daughter.json"
    assert run("explain", "--format", "json", str(path)) == 0
    written = json.loads(capfd.readouterr().out)
    found = menscreen.explain(menscreen.read(path))
    assert [one["sentence"] for one in written] == [one.sentence for one in found]
    assert written[0]["at"] == found[0].at


def test_explain_says_when_no_fact_would_do(capfd: Captured) -> None:
    assert run("explain", "--guideline", "eta-2012", str(EXAMPLES / "papillary-only.json")) == 0
    assert "No single recorded fact" in capfd.readouterr().out


def test_explain_refuses_a_person_who_is_not_there(capfd: Captured) -> None:
    assert run("explain", "--person", "nobody", str(EXAMPLES / "papillary-only.json")) == 2
    written = capfd.readouterr()
    assert written.out == ""
    assert "U001" in written.err

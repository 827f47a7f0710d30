"""``menscreen rules test``: what is tried of a rulebook, of ours and of other people's."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import attrs
import pytest
from histories import ENDED

from menscreen import Pedigree, Screening, laws
from menscreen.cli import run as run_command
from menscreen.laws import trial
from menscreen.rules.loading import full_rulebook, load, shipped

MODULE = import_module("menscreen.laws.trial")  # the package has a function of this name
HEAD = """
[guideline]
id = "our-clinic"
title = "What our clinic does"
publisher = "Our clinic"
edition = "2026"
url = "https://clinic.example.org/net"
syndromes = ["MEN1"]
status = "active"
read = "2026-11"

[[rules]]
id = "young-net"
says = "Pancreatic NET before 40"
locator = "1"
provenance = "verbatim"
strength = "warranted"
genes = ["MEN1"]
when = { has = "pancreatic-net", before = 40 }
"""
ONE = """
  [[rules.examples]]
  name = "young"
  answer = "met"
  family = { self = ["pancreatic net @30"] }
"""
MORE = """
  [[rules.examples]]
  name = "the last year"
  answer = "met"
  family = { self = ["pancreatic net @39"] }

  [[rules.examples]]
  name = "the year of the line"
  answer = "not met"
  breaks = "before"
  family = { self = ["pancreatic net @40"] }
"""
NEVER = HEAD.replace(
    'when = { has = "pancreatic-net", before = 40 }',
    "when = { all = [{ person = { age = { before = 18 } } }, { person = { age = { from = 60 } } }] }",
)


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "clinic.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("id", shipped())
def test_nothing_is_wrong_with_any_shipped_rulebook(id: str) -> None:
    done = trial(full_rulebook(id))
    for how, number in done.changes.items():
        ENDED[how] += number
    assert list(map(str, done.problems)) == []
    assert all(rule.families["met"] and rule.families["not met"] for rule in done.rules)


def test_a_change_that_no_example_notices_is_told_with_the_example_that_is_missing(tmp_path: Path) -> None:
    done = trial(load(own(tmp_path, HEAD + ONE)))
    assert done.changes == {"noticed": 0, "equivalent": 0, "unnoticed": 4}
    found = {(problem.code, problem.where, problem.fix) for problem in done.problems}
    fix = 'add an example with answer = "{}" and family = {{ self = ["pancreatic neuroendocrine tumor @{}"] }}'
    where = "our-clinic.toml: rules[0]"
    assert found == {("R015", where, fix.format("met", 39)), ("R015", where, fix.format("not met", 40))}


def test_the_examples_that_were_missing_are_enough(tmp_path: Path) -> None:
    done = trial(load(own(tmp_path, HEAD + ONE + MORE)))
    assert done.problems == ()
    assert done.changes == {"noticed": 4, "equivalent": 0, "unnoticed": 0}
    assert done.rules[0].examples == {"met": 2, "not met": 1, "undecided": 0}


def test_an_example_that_is_wrong_notices_nothing(tmp_path: Path) -> None:
    text = HEAD + ONE.replace("@30", "@50") + ONE.replace("net @30", "nett @30")
    done = trial(load(own(tmp_path, text)))
    assert [problem.code for problem in done.problems] == ["R011", "R011", "R015", "R015"]
    assert done.changes["noticed"] == 0


def test_a_rule_that_nobody_can_meet_is_told(tmp_path: Path) -> None:
    done = trial(load(own(tmp_path, NEVER)))
    assert "R016" in {problem.code for problem in done.problems}


def test_a_law_that_does_not_hold_is_told_once_for_each_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = MODULE.screened

    def forgetful(family: Pedigree, program: object) -> Screening:
        screening = right(family, program)  # type: ignore[arg-type]
        verdict = screening.results[0]
        return attrs.evolve(screening, results=(Forgetful(verdict),))

    class Forgetful:
        """A verdict that accounts for nothing."""

        accounted = ()

        def __init__(self, verdict: object) -> None:
            self.verdict = verdict

        def __getattr__(self, name: str) -> object:
            return getattr(self.verdict, name)

    monkeypatch.setattr(MODULE, "screened", forgetful)
    done = trial(load(own(tmp_path, HEAD + ONE + MORE)))
    (problem,) = done.problems
    assert (problem.code, problem.needed) == ("R017", "the law of accounting")
    assert problem.found == "self: pancreatic-net at 39 is accounted for 0 times"


def test_the_same_rulebook_gives_the_same_trial() -> None:
    assert trial(full_rulebook("men5")) == trial(full_rulebook("men5"))


# The command


def run(capfd: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        run_command(["rules", "test", *words])
    said = capfd.readouterr()
    return int(stopped.value.code or 0), said.out, said.err


def test_the_command_says_what_was_tried(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, str(own(tmp_path, HEAD + ONE + MORE)))
    assert (status, err) == (0, "")
    assert "young-net\n  examples: 2 met, 1 not met, 0 undecided\n" in out
    assert re.search(r"families at its boundary: \d+ met, \d+ not met, \d+ undecided\n", out)
    assert "4 changes of rules and definitions: 4 noticed by an example, 0 that change no" in out
    assert out.endswith("no problems\n")
    assert max(map(len, out.splitlines())) <= 80


def test_the_command_fails_with_every_problem(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, str(own(tmp_path, HEAD + ONE)))
    assert status == 2
    assert out.endswith("2 problems\n")
    assert err.count("(R015)") == 2


def test_the_command_writes_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "trial.json"
    status, said, _ = run(capfd, str(own(tmp_path, HEAD + ONE)), "--format", "json", "-o", str(out))
    assert (status, said) == (2, "")
    document = json.loads(out.read_text())
    assert document["schema"] == "menscreen-trial/1"
    assert document["rules"][0]["examples"] == {"met": 1, "not met": 0, "undecided": 0}
    assert [problem["code"] for problem in document["problems"]] == ["R015", "R015"]
    assert set(document["laws"]) == {"names", "order", "determinism", "accounting", "consistency", "monotonicity"}


def test_another_format_is_refused_with_the_nearest(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capfd, str(own(tmp_path, HEAD)), "--format", "jsn")
    assert status == 2
    assert "json" in err


def test_every_law_that_can_depend_on_a_rulebook_is_tried() -> None:
    of_documents = {"round_trip", "spellings"}
    functions = {name for name in laws.__all__ if name.islower() and name not in ("answers_of", "as_recorded", "trial")}
    assert set(trial(full_rulebook("men5")).laws) == functions - of_documents

"""What may not matter: names, order, people who have nothing, and how "not known" is spelled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from histories import effort, histories
from hypothesis import given, strategies as st

import menscreen
from menscreen import laws
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Person
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Screening
from menscreen.strategies import pedigrees, people

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def said(family: Pedigree) -> dict[str, Any]:
    """The verdict on the proband, as plain data."""
    verdict = screen(family).results[0]
    fields = [field.name for field in attrs.fields(type(verdict))]
    plain: dict[str, Any] = json.loads(
        json.dumps({name: getattr(verdict, name) for name in fields}, default=attrs.asdict)
    )
    return plain


def everybody(family: Pedigree) -> Screening:
    return screen(family, everyone=True)


def test_of_two_sisters_who_leave_a_guideline_open_the_first_named_is_no_nearer() -> None:
    sisters = [{"finding": "pituitary tumor", "age": 21}, {"finding": "prolactinoma", "age": 21}]
    family = menscreen.read(
        {
            "proband": {"findings": [{"finding": "MTC"}]},
            "relatives": [{"relation": "sister", "findings": [one]} for one in sisters],
        }
    )
    laws.order(menscreen.screen, family)


@effort(100)
@given(pedigrees(max_people=5))
def test_other_names_change_names_only(family: Pedigree) -> None:
    laws.names(screen, family)


@effort(100)
@given(pedigrees(people(max_findings=3), max_people=5), st.data())
def test_another_order_changes_places_and_the_order_of_lists_only(family: Pedigree, data: st.DataObject) -> None:
    laws.order(screen, family, data.draw(st.permutations(range(len(family.people)))))


@effort(50)
@given(pedigrees(max_people=5))
def test_the_same_family_gives_the_same_bytes(family: Pedigree) -> None:
    laws.determinism(everybody, family)


@effort(100)
@given(histories(max_people=4))
def test_an_unrelated_unaffected_person_changes_nothing(family: Pedigree) -> None:
    more = attrs.evolve(family, people=(*family.people, Person("stranger", at="people[9]")))
    assert said(more) == said(family)


@effort(100)
@given(histories(max_people=4), st.data())
def test_an_unaffected_relative_of_known_history_changes_nothing(family: Pedigree, data: st.DataObject) -> None:
    parent = data.draw(st.sampled_from(family.people))
    is_mother = parent.sex.value == "female"
    child = Person(
        "child", at="people[9]", mother=parent.id if is_mother else None, father=None if is_mother else parent.id
    )
    assert said(attrs.evolve(family, people=(*family.people, child))) == said(family)


# Not known


@effort(40)
@given(pedigrees(max_people=3))
def test_not_known_is_the_same_in_every_spelling(family: Pedigree) -> None:
    laws.spellings(menscreen.screen_json, family)


@pytest.mark.parametrize("key", ["findings", "history"])
def test_not_known_is_something_else_where_an_absent_key_has_a_meaning(key: str) -> None:
    results = [json.loads(menscreen.screen_json(json.dumps({"proband": one}).encode())) for one in ({}, {key: None})]
    assert results[0]["results"] != results[1]["results"]


# Bytes


SCRIPT = """
import sys, menscreen
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        document = file.read()
    sys.stdout.buffer.write(menscreen.screen_json(document) + b"\\n")
    screening = menscreen.screen(menscreen.read(document), everyone=True)
    print(screening.results[-1].questions, screening.results[-1].flags, flush=True)
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    outputs = set()
    for seed in ("0", "1", "4711"):
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, *map(str, EXAMPLES)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1000 * len(EXAMPLES) > 0

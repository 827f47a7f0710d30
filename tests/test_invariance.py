"""What may not matter: names, order, people who have nothing, and how "not known" is spelled."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from histories import effort, histories
from hypothesis import given, strategies as st

import menscreen
from menscreen.pedigree.family import Pedigree, Twins
from menscreen.pedigree.person import Person
from menscreen.screening.screen import screen

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))


def said(family: Pedigree) -> dict[str, Any]:
    """The verdict on the proband, as plain data."""
    verdict = screen(family).results[0]
    fields = [field.name for field in attrs.fields(type(verdict))]
    plain: dict[str, Any] = json.loads(
        json.dumps({name: getattr(verdict, name) for name in fields}, default=attrs.asdict)
    )
    return plain


def renamed(family: Pedigree, names: dict[str, str]) -> Pedigree:
    def new(id: str | None) -> str | None:
        return None if id is None else names[id]

    return attrs.evolve(
        family,
        people=tuple(
            attrs.evolve(one, id=names[one.id], mother=new(one.mother), father=new(one.father)) for one in family.people
        ),
        proband=names[family.proband],
        twins=tuple(Twins(tuple(names[id] for id in each.people), each.zygosity) for each in family.twins),
    )


def translated(value: Any, words: dict[str, str]) -> Any:
    """The same with names, or places, put in the place of others."""
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    return json.loads(pattern.sub(lambda match: words[match[0]], json.dumps(value)))


def unordered(value: Any) -> Any:
    """The same with every list in one order."""
    if isinstance(value, dict):
        return {key: unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(unordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


@effort(150)
@given(histories(max_people=5), st.permutations(range(5)))
def test_renaming_people_changes_names_only(family: Pedigree, order: list[int]) -> None:
    plain = renamed(family, {one.id: f"idA{at}" for at, one in enumerate(family.people)})
    names = {one.id: f"idB{order[at]}" for at, one in enumerate(plain.people)}
    assert said(renamed(plain, names)) == translated(said(plain), names)


@effort(150)
@given(histories(max_people=5), st.data())
def test_reordering_people_changes_places_and_the_order_of_lists_only(family: Pedigree, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(family.people))))
    places = {one.at: f"people[{order.index(at)}]" for at, one in enumerate(family.people)}
    people = tuple(family.people[at] for at in order)
    moved = json_moved(attrs.evolve(family, people=people), places)
    assert essence(said(moved)) == essence(translated(said(family), places))


@effort(150)
@given(histories(max_people=3, max_findings=3), st.data())
def test_reordering_findings_changes_places_and_the_order_of_lists_only(family: Pedigree, data: st.DataObject) -> None:
    places: dict[str, str] = {}
    people = []
    for one in family.people:
        order = data.draw(st.permutations(range(len(one.findings))))
        places |= {one.findings[old].at: f"{one.at}.findings[{new}]" for new, old in enumerate(order)}
        people.append(attrs.evolve(one, findings=tuple(one.findings[old] for old in order)))
    if places:
        moved = json_moved(attrs.evolve(family, people=tuple(people)), places)
        assert essence(said(moved)) == essence(translated(said(family), places))


def json_moved(family: Pedigree, places: dict[str, str]) -> Pedigree:
    def new(at: str) -> str:
        return re.sub("|".join(map(re.escape, places)), lambda match: places[match[0]], at)

    return attrs.evolve(
        family,
        people=tuple(
            attrs.evolve(
                one,
                at=new(one.at),
                findings=tuple(attrs.evolve(each, at=new(each.at)) for each in one.findings),
                tests=tuple(attrs.evolve(each, at=new(each.at)) for each in one.tests),
            )
            for one in family.people
        ),
    )


def essence(result: dict[str, Any]) -> Any:
    """A result without order: that of lists, of the records in a sentence, and of equals of which the first is named.

    Equals are people through whom an outcome comes, and records of one tumor that a question may name.
    """
    result = dict(result)
    del result["through"], result["test_first"]
    for flag in result["flags"] + result["also"]:
        flag["because"] = sorted(re.split("; |, |: ", flag["because"]))
    for question in result["questions"]:
        question["at"] = question["at"].partition(".findings")[0]
    return unordered(result)


@effort(100)
@given(histories(max_people=4))
def test_an_unrelated_unaffected_person_changes_nothing(family: Pedigree) -> None:
    more = attrs.evolve(family, people=(*family.people, Person("stranger", at="people[9]")))
    assert said(more) == said(family)


@effort(100)
@given(histories(max_people=4, unknown_sex=False), st.data())
def test_an_unaffected_relative_of_known_history_changes_nothing(family: Pedigree, data: st.DataObject) -> None:
    parent = data.draw(st.sampled_from(family.people))
    is_mother = parent.sex.value == "female"
    child = Person(
        "child", at="people[9]", mother=parent.id if is_mother else None, father=None if is_mother else parent.id
    )
    assert said(attrs.evolve(family, people=(*family.people, child))) == said(family)


# Not known


ABSENT = object()
SPELLINGS = [None, "", "unknown", "?"]
DOCUMENT: dict[str, Any] = {
    "proband": "p1",
    "people": [
        {"id": "p1", "mother": "p2", "findings": [{"finding": "pituitary adenoma"}],
         "tests": [{"gene": "RET", "result": "negative"}]},
        {"id": "p2", "sex": "female", "findings": [{"finding": "primary hyperparathyroidism"}, {"site": "thyroid"}]},
    ],
}  # fmt: skip
OPEN = ["people.0.age", "people.0.sex", "people.0.findings.0.age", "people.0.findings.0.multiple", "people.0.father",
        "people.0.findings.0.bilateral", "people.0.findings.0.size_mm", "people.0.tests.0.scope", "people.0.gender",
        "people.0.tests.0.variant", "people.1.findings.1.histology", "people.0.findings.0.grade"]  # fmt: skip
MEANING = ["people.1.findings", "people.1.history", "people.1.findings.0.status"]


def spelled(path: str, value: object) -> dict[str, Any]:
    document = json.loads(json.dumps(DOCUMENT))
    *way, last = path.split(".")
    inner = document
    for step in way:
        inner = inner[int(step) if step.isdigit() else step]
    if value is not ABSENT:
        inner[last] = value
    return screened(document)


def screened(document: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(menscreen.screen_json(json.dumps(document).encode()))
    result["pedigree"].pop("digest")
    return result


@pytest.mark.parametrize("path", OPEN)
def test_not_known_is_the_same_in_every_spelling_and_when_the_key_is_absent(path: str) -> None:
    results = [spelled(path, value) for value in (ABSENT, *SPELLINGS)]
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize("path", MEANING)
def test_not_known_is_the_same_in_every_spelling_where_an_absent_key_has_a_meaning(path: str) -> None:
    results = [spelled(path, value) for value in SPELLINGS]
    assert all(result == results[0] for result in results)
    assert results[0] != screened(DOCUMENT)


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

"""A rulebook that is wrong is refused, with every problem and its place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from menscreen.pedigree.person import Origin, Scope, Sex
from menscreen.problems import RulebookError
from menscreen.rules.checking import MOST_PROBLEMS, parse, problems_in
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    PersonIs,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.rules.examples import family
from menscreen.rules.rulebook import criterion
from menscreen.rules.verifying import check
from menscreen.rules.words import in_words
from menscreen.screening.shortfalls import described

GOOD = """
[guideline]
id = "own"
title = "Own"
publisher = "A clinic"
edition = "1"
url = "https://example.org"
read = "2026-11"
syndromes = ["MEN1"]
status = "active"

[definitions.one]
says = "an insulinoma"
has = "insulinoma"

[[rules]]
id = "net"
says = "Test an insulinoma."
locator = "page 1"
provenance = "verbatim"
strength = "warranted"
genes = ["MEN1"]
when = { all = [{ meets = "one" }, { has = "insulinoma", before = 40 }] }
examples = [{ name = "one", answer = "met", family = { self = ["insulinoma @39"] } }]

[[actions]]
id = "measure"
says = "Measure glucose."
statement = []
locator = "page 2"
provenance = "verbatim"
"""


def problems(tmp_path: Path, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "own.toml"
    path.write_text(text)
    return [(problem.code, problem.where.removeprefix("own.toml: ")) for problem in check(path)]


def test_a_good_one_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("before = 40", "bevore = 40", "R002", "rules[0].when.all[1]"),
        ('edition = "1"', 'edition = "1"\nedtion = "2"', "R002", "guideline.edtion"),
        ('locator = "page 1"', 'lokator = "page 1"', "R002", "rules[0].lokator"),
        ('has = "insulinoma", before', 'has = "insulinomma", before', "R004", "rules[0].when.all[1]"),
        ('locator = "page 1"\n', "", "R003", "rules[0].locator"),
        ('locator = "page 1"', 'locator = " "', "R003", "rules[0].locator"),
        ('locator = "page 2"', 'locator = ""', "R003", "actions[0].locator"),
        ('url = "https://example.org"\n', "", "R003", "guideline.url"),
        ('url = "https://example.org"', 'url = "http://example.org"', "R007", "guideline.url"),
        ('provenance = "verbatim"\nstrength', "strength", "R003", "rules[0].provenance"),
        ("before = 40", "before = 400", "R008", "rules[0].when.all[1].before"),
        ("before = 40", "before = -1", "R008", "rules[0].when.all[1].before"),
        ("before = 40", "before = 0", "R008", "rules[0].when.all[1]"),
        ("before = 40", "before = 40, from = 40", "R008", "rules[0].when.all[1]"),
        ("before = 40", "before = 40, multiple = false", "R002", "rules[0].when.all[1].multiple"),
        ('has = "insulinoma"\n', 'meets = "one"\n', "R006", "definitions.one"),
        ('meets = "one"', 'meets = "two"', "R006", "rules[0].when.all[0]"),
        ('id = "measure"', 'id = "net"', "R009", "rules[0].id"),
        ('genes = ["MEN1"]', 'genes = ["MENN1"]', "R005", "rules[0].genes[0]"),
        ("insulinoma @39", "insulinoma @40", "R011", "rules[0].examples[0]"),
        ("insulinoma @39", "insulin @40", "R011", "rules[0].examples[0]"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    assert (code, place) in problems(tmp_path, (old, new))


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ('locator = "page 1"\n', ""),
        ("before = 40", "before = 400"),
        ('has = "insulinoma"\n', 'meets = "one"\n'),
        ('edition = "1"', 'edition = "1"\nedtion = "2"'),
    )
    assert {code for code, _ in found} == {"R002", "R003", "R006", "R008"}


@pytest.mark.parametrize(("length", "codes"), [(10, set()), (11, {"R012"})])
def test_definitions_make_chains_of_ten_at_most(tmp_path: Path, length: int, codes: set[str]) -> None:
    chain = "".join(
        f'[definitions.d{at}]\nsays = "x"\nany = [{{ meets = "d{at + 1}" }}, {{ has = "lipoma" }}]\n'
        for at in range(length - 1)
    )
    chain += f'[definitions.d{length - 1}]\nsays = "x"\nhas = "lipoma"\n'
    found = problems(tmp_path, ("[[rules]]", f"{chain}\n[[rules]]"), ('meets = "one"', 'meets = "d0"'))
    assert {code for code, _ in found} - {"R011"} == codes


def test_a_circle_of_definitions_is_told_for_each_in_it(tmp_path: Path) -> None:
    circle = '[definitions.a]\nsays = "x"\nmeets = "b"\n[definitions.b]\nsays = "x"\nnone = [{ meets = "a" }]\n'
    found = problems(tmp_path, ("[[rules]]", f"{circle}\n[[rules]]"))
    assert found == [("R006", "definitions.a"), ("R006", "definitions.b")]


@pytest.mark.parametrize(
    ("place", "value", "code", "where", "found", "needed"),
    [
        (("guideline",), None, "R003", "guideline", "nothing", "a [guideline] table"),
        (("guideline",), 3, "R002", "guideline", "no table", "a table"),
        (("guideline", "edition"), 3, "R002", "guideline.edition", "a wrong value", "Expected `str`, got `int`"),
        (("definitions", "one"), 3, "R002", "definitions.one", "no table", "a table"),
        (("definitions", "one", "says"), None, "R003", "definitions.one.says", "nothing", "what it means, in words"),
        (("definitions", "one", "has"), None, "R002", "definitions.one", "no criterion", None),
        (("definitions", "one", "meets"), "one", "R002", "definitions.one", "has and meets in one table", None),
        (("rules",), [3], "R002", "rules[0]", "no table", "a table"),
        (("rules", 0, "when"), 3, "R002", "rules[0].when", "a wrong value", "Expected `object`, got `int`"),
        (("rules", 0, "when"), {}, "R002", "rules[0].when", "no criterion", None),
        (("rules", 0, "when"), {"all": [3]}, "R002", "rules[0].when.all[0]", "no table", "a criterion"),
        (("rules", 0, "when"), {"all": 3}, "R002", "rules[0].when", "a wrong criterion", "Expected `array`, got `int`"),
        (("actions",), [3], "R002", "actions[0]", "no table", "a table"),
        (("actions", 0, "when"), {"any": [{}]}, "R002", "actions[0].when.any[0]", "no criterion", None),
    ],
)
def test_what_is_of_a_wrong_kind_is_told_with_what_is_needed(
    place: tuple[str | int, ...], value: object, code: str, where: str, found: str, needed: str | None
) -> None:
    document: dict[str, Any] = tomllib.loads(GOOD)
    table: Any = document
    for step in place[:-1]:
        table = table[step]
    if value is None:
        del table[place[-1]]
    else:
        table[place[-1]] = value
    problem = next(one for one in problems_in(document, "own.toml") if one.where == f"own.toml: {where}")
    assert (problem.code, problem.found) == (code, found)
    assert problem.needed == (needed or "one of all, any, has, meets, none, of, person, relatives, tested, tumors")


def test_a_rulebook_says_at_least_one_thing() -> None:
    document = tomllib.loads(GOOD)
    del document["rules"]
    assert problems_in(document, "own.toml") == []
    del document["actions"]
    (problem,) = problems_in(document, "own.toml")
    assert (problem.code, problem.found) == ("R003", "no rule and no action")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"id = '\xff'", "bytes that are not UTF-8"),
        (b"id = 'a'\nname = 'b' 3", "no TOML (at line 2, column 12)"),
        (b"id =", "no TOML (at end of document)"),
        (b"id = " + b"9" * 5000, "a number with thousands of digits"),
    ],
)
def test_what_is_no_toml_is_told_without_what_stood_there(text: bytes, found: str) -> None:
    with pytest.raises(RulebookError) as error:
        parse(text, "own.toml")
    (problem,) = error.value.problems
    assert (problem.code, problem.where, problem.found) == ("R001", "own.toml", found)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("insulinoma, huge", "'huge' is no flag of a finding"),
        ("green hair", "the vocabulary does not know 'green hair'"),
    ],
)
def test_a_word_of_an_example_that_means_nothing_is_quoted(facts: str, found: str) -> None:
    with pytest.raises(ValueError, match=re.escape(found)):
        family({"self": [facts]})


def test_an_example_whose_family_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="words of 14 characters"):
        family({"self": [], "uncle's banana": []})


@pytest.mark.parametrize("table", [{}, {"meets": "one", "any": []}, {"says": "nothing else"}])
def test_a_table_that_is_not_one_criterion_is_none(table: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="a criterion has one of the keys all, any, has"):
        criterion(table)


INSULINOMA, GASTRINOMA = Has("insulinoma"), Has("gastrinoma")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Has("insulinoma", before=40, multiple=True), "insulinoma before 40, several"),
        (Has("insulinoma", by=40, bilateral=True, multiple=True), "insulinoma by 40, both sides"),
        (Has("insulinoma", from_=18, recurrent=True), "insulinoma from 18, recurrent"),
        (Has("insulinoma", from_=18, before=40, metastatic=True), "insulinoma before 40 and from 18, metastatic"),
        (Has("insulinoma", larger_than=10), "insulinoma, more than 10 mm"),
        (Tumors(("insulinoma", "gastrinoma"), at_least=2), "at least 2 tumors among: insulinoma, gastrinoma"),
        (GeneTested("RET", "pathogenic"), "germline RET test: pathogenic"),
        (GeneTested("RET", "negative", scope=Scope.FULL), "germline RET test of the whole gene: negative"),
        (
            GeneTested("RET", "negative", scope=Scope.FAMILIAL_VARIANT),
            "germline RET test for the family's variant: negative",
        ),
        (
            GeneTested("RET", "uncertain", origin=Origin.SOMATIC, variant="p.Met918Thr"),
            "tumor RET test: of uncertain significance (p.Met918Thr)",
        ),
        (Relatives(INSULINOMA), "a relative with: insulinoma"),
        (Relatives(INSULINOMA, at_least=2), "at least 2 relatives of one side with: insulinoma"),
        (
            Relatives(INSULINOMA, within=2, side="maternal"),
            "a relative on the maternal side within degree 2 with: insulinoma",
        ),
        (PersonIs(sex=Sex.FEMALE), "female"),
        (PersonIs(age=AgeNow(before=18)), "aged before 18"),
        (PersonIs(age=AgeNow(from_=18), sex=Sex.MALE), "male aged from 18"),
        (Meets("clinical-men1"), "clinical men1"),
        (AllOf((INSULINOMA, GASTRINOMA)), "insulinoma and gastrinoma"),
        (AllOf((INSULINOMA, AnyOf((GASTRINOMA, INSULINOMA)))), "insulinoma and (gastrinoma or insulinoma)"),
        (AllOf((AnyOf((GASTRINOMA, INSULINOMA)),)), "gastrinoma or insulinoma"),
        (NoneOf((INSULINOMA, GASTRINOMA)), "not recorded: insulinoma or gastrinoma"),
        (
            AtLeast(2, (INSULINOMA, GASTRINOMA)),
            "2 different tumors for 2 of these: insulinoma; gastrinoma",
        ),
    ],
)
def test_a_criterion_is_said_in_words(asked: Criterion, words: str) -> None:
    assert in_words(asked) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (INSULINOMA, "insulinoma"),
        (Tumors(("insulinoma", "gastrinoma"), at_least=2), "2 of insulinoma or gastrinoma"),
        (GeneTested("RET", "negative"), "a RET test that is negative"),
        (Relatives(INSULINOMA), "a relative with insulinoma"),
        (Relatives(INSULINOMA, at_least=2), "2 relatives with insulinoma"),
        (PersonIs(sex=Sex.FEMALE), "another age or sex"),
        (Meets("clinical-men1"), "clinical men1"),
        (AllOf((INSULINOMA, GASTRINOMA)), "insulinoma and gastrinoma"),
        (AnyOf((INSULINOMA, GASTRINOMA)), "insulinoma or gastrinoma"),
        (NoneOf((INSULINOMA,)), "no insulinoma"),
        (AtLeast(2, (INSULINOMA, GASTRINOMA)), "2 of insulinoma or gastrinoma"),
    ],
)
def test_a_criterion_that_is_not_met_is_said_in_few_words(asked: Criterion, words: str) -> None:
    assert described(asked) == words


@pytest.mark.parametrize("many", [MOST_PROBLEMS, MOST_PROBLEMS + 1, MOST_PROBLEMS + 100])
def test_no_more_than_two_hundred_problems_are_listed(many: int) -> None:
    document = tomllib.loads(GOOD) | {f"key{at}": 1 for at in range(many)}
    found = problems_in(document, "own.toml")
    if many == MOST_PROBLEMS:
        assert [problem.code for problem in found] == ["R002"] * many
    else:
        assert [problem.code for problem in found] == ["R002"] * MOST_PROBLEMS + ["R014"]

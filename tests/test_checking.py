"""A rulebook that is wrong is refused, with every problem and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from menscreen.rules.verifying import check

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

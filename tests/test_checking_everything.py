"""Every problem of a rulebook is told at once, in the order of the text, and each number has its bounds."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from menscreen.problems import RulebookError
from menscreen.rules.checking import parse, problems_in

WRONG = """
titel = 1
nothing_like_it = 2

[guideline]
id = "own"
title = "Own"
publisher = 3
edition = "1"
url = "http://example.org"
syndromes = ["MEN1"]
status = "actve"
red = "2026-11"

[definitions]
flat = 1

[definitions.silent]
has = "insulinoma"

[definitions.both]
says = "two criteria"
has = "insulinomma"
any = []

[definitions.again]
says = "itself"
none = [{ all = [{ meets = "again" }] }]

[[rules]]
id = "one"
says = " "
locator = ""
provenance = "hearsay"
strength = "warranted"
url = "ftp://example.org"
genes = ["MENN1", "XXXXX", 3]
when = { all = [
  3,
  { any = [{ has = "insulinomma" }, { has = "zzzzzzzz" }, { has = "insulinoma", before = "40" }] },
  { relatives = { have = { meets = "nothing" }, within = 21, at_least = 0 } },
  { relatives = { within = 1 } },
  { tumors = { of = ["insulinoma", "gastrinomma"], at_least = 21 } },
  { at_least = 0, of = [{ tested = { gene = "RTE", result = "negative" } }] },
  { person = { age = { from = 20, by = 19 } } },
  { has = "insulinoma", before = 10, from = 10, larger_than = 1001 },
  { has = "insulinoma", by = -1, multiple = false, bilateral = false, recurrent = false, metastatic = false },
  { none = [{}], bevore = 3 },
] }
readings = [{ question = "q", decision = "d" }]
examples = [
  { name = "x", answer = "perhaps", family = { self = [] } },
  { name = "y", answer = "met", famly = {}, brakes = "x" },
]

[[rules]]
id = "one"
says = "Two."
locator = "page 2"
provenance = "verbatim"
strength = "strong"
when = {}
examples = 3
readings = [4]

[[actions]]
id = "one"
says = "Three."
statement = ["1"]
locator = "\t"
provenance = "verbatim"
url = "x"
when = { none = [{ has = "insulinoma", before = 151 }] }

[[codons]]
codon = "918"
changes = []
class = "highest"
status = "verbatim"

[[codons]]
codon = 634

[[left_out]]
statement = "2"
"""

KINDS = "all, any, has, meets, none, of, person, relatives, tested, tumors"

#: The code and the place of each problem, what is found, what is needed, and how to mend it.
PROBLEMS = [
    (
        "R002",
        "titel",
        "an unknown key",
        "a key of the rulebook format",
        "use one of guideline, definitions, rules, actions, left_out, codons",
    ),
    (
        "R002",
        "nothing_like_it",
        "an unknown key",
        "a key of the rulebook format",
        "use one of guideline, definitions, rules, actions, left_out, codons",
    ),
    ("R002", "guideline.red", "an unknown key", "a key of the rulebook format", "did you mean read?"),
    ("R002", "guideline.publisher", "a wrong value", "Expected `str`, got `int`", "correct the value"),
    ("R002", "guideline.status", "a wrong value", "one of the words that the format knows", "correct the value"),
    ("R003", "guideline.read", "nothing", "a value: it is required", "write it"),
    ("R007", "guideline.url", "an address that is not https", "https://...", "give the https address"),
    ("R002", "definitions.flat", "no table", "a table", "write it as a table"),
    ("R003", "definitions.silent.says", "nothing", "what it means, in words", "write it"),
    ("R002", "definitions.both", "has and any in one table", f"one of {KINDS}", "name one criterion"),
    ("R006", "definitions.again", "a definition that refers to itself", "no circle", "write it out"),
    ("R002", "rules[0].provenance", "a wrong value", "one of the words that the format knows", "correct the value"),
    ("R002", "rules[0].genes", "a wrong value", "Expected `str`, got `int` - at `$[2]`", "correct the value"),
    (
        "R002",
        "rules[0].readings",
        "a wrong value",
        "Object missing required field `because` - at `$[0]`",
        "correct the value",
    ),
    (
        "R002",
        "rules[0].examples",
        "a wrong value",
        "one of the words that the format knows - at `$[0].answer`",
        "correct the value",
    ),
    ("R007", "rules[0].url", "an address that is not https", "https://...", "give the https address"),
    ("R003", "rules[0].says", "nothing", "a text", "every statement cites its source"),
    ("R003", "rules[0].locator", "nothing", "a text", "every statement cites its source"),
    ("R005", "rules[0].genes[0]", "an unknown gene", "a gene of the vocabulary", "write MEN1"),
    ("R005", "rules[0].genes[1]", "an unknown gene", "a gene of the vocabulary", "use the HGNC symbol"),
    ("R002", "rules[0].when.all[0]", "no table", "a criterion", "write it as a table"),
    ("R004", "rules[0].when.all[1].any[0]", "an unknown finding", "the id of a term", "write the id of insulinoma"),
    (
        "R004",
        "rules[0].when.all[1].any[1]",
        "an unknown finding",
        "the id of a term",
        "menscreen vocabulary lists the ids",
    ),
    (
        "R002",
        "rules[0].when.all[1].any[2]",
        "a wrong criterion",
        "Expected `int | null`, got `str` - at `$.before`",
        "correct the criterion",
    ),
    ("R008", "rules[0].when.all[2].within", "21", "a number from 1 to 20", "correct it"),
    ("R008", "rules[0].when.all[2].at_least", "0", "a number from 1 to 50", "correct it"),
    (
        "R006",
        "rules[0].when.all[2].relatives.have",
        "a definition that is missing",
        "a name of [definitions]",
        "define it under [definitions]",
    ),
    (
        "R002",
        "rules[0].when.all[3]",
        "a wrong criterion",
        "Object missing required field `have`",
        "correct the criterion",
    ),
    ("R004", "rules[0].when.all[4]", "an unknown finding", "the id of a term", "write the id of gastrinoma"),
    ("R008", "rules[0].when.all[4].at_least", "21", "a number from 1 to 20", "correct it"),
    ("R008", "rules[0].when.all[5].at_least", "0", "a number from 1 to 20", "correct it"),
    ("R005", "rules[0].when.all[5].of[0].tested.gene", "an unknown gene", "a gene of the vocabulary", "write RET"),
    ("R008", "rules[0].when.all[6]", "an age that nobody has", "from at or below the other", "correct it"),
    ("R008", "rules[0].when.all[7]", "an age that nobody has", "from at or below the other", "correct it"),
    ("R008", "rules[0].when.all[7].larger_than", "1001", "a number from 0 to 1000", "correct it"),
    (
        "R002",
        "rules[0].when.all[8].multiple",
        "false",
        "true, or no such key: that a tumor is single is no condition of a statement",
        "leave the key out",
    ),
    (
        "R002",
        "rules[0].when.all[8].bilateral",
        "false",
        "true, or no such key: that a tumor is single is no condition of a statement",
        "leave the key out",
    ),
    (
        "R002",
        "rules[0].when.all[8].recurrent",
        "false",
        "true, or no such key: that a tumor is single is no condition of a statement",
        "leave the key out",
    ),
    (
        "R002",
        "rules[0].when.all[8].metastatic",
        "false",
        "true, or no such key: that a tumor is single is no condition of a statement",
        "leave the key out",
    ),
    ("R008", "rules[0].when.all[8]", "an age that nobody has", "from at or below the other", "correct it"),
    ("R008", "rules[0].when.all[8].by", "-1", "a number from 0 to 125", "correct it"),
    (
        "R002",
        "rules[0].when.all[9]",
        "a wrong criterion",
        f"a criterion has one of the keys {KINDS}",
        "correct the criterion",
    ),
    ("R002", "rules[0].when.all[9].none[0]", "no criterion", f"one of {KINDS}", "name one criterion"),
    (
        "R002",
        "rules[0].examples[0].answer",
        "a wrong value",
        "one of the words that the format knows",
        "correct the value",
    ),
    ("R002", "rules[0].examples[1].famly", "an unknown key", "a key of the rulebook format", "did you mean family?"),
    ("R002", "rules[0].examples[1].brakes", "an unknown key", "a key of the rulebook format", "did you mean breaks?"),
    ("R003", "rules[0].examples[1].family", "nothing", "a value: it is required", "write it"),
    ("R003", "rules[0].readings[0].because", "nothing", "a value: it is required", "write it"),
    ("R002", "rules[1].strength", "a wrong value", "one of the words that the format knows", "correct the value"),
    ("R002", "rules[1].readings", "a wrong value", "Expected `object`, got `int` - at `$[0]`", "correct the value"),
    ("R002", "rules[1].examples", "a wrong value", "Expected `array`, got `int`", "correct the value"),
    ("R002", "rules[1].when", "no criterion", f"one of {KINDS}", "name one criterion"),
    ("R002", "rules[1].readings[0]", "no table", "a table", "write it as a table"),
    ("R002", "codons[0].codon", "a wrong value", "Expected `int`, got `str`", "correct the value"),
    ("R003", "codons[1].changes", "nothing", "a value: it is required", "write it"),
    ("R003", "codons[1].class", "nothing", "a value: it is required", "write it"),
    ("R003", "codons[1].status", "nothing", "a value: it is required", "write it"),
    ("R002", "left_out[0].statement", "a wrong value", "Expected `array`, got `str`", "correct the value"),
    ("R003", "left_out[0].because", "nothing", "a value: it is required", "write it"),
    ("R007", "actions[0].url", "an address that is not https", "https://...", "give the https address"),
    ("R003", "actions[0].locator", "nothing", "a text", "every statement cites its source"),
    ("R008", "actions[0].when.none[0].before", "151", "a number from 0 to 125", "correct it"),
    ("R009", "rules[0].id", "an id that stands twice", "ids of their own", "rename it"),
    ("R009", "rules[1].id", "an id that stands twice", "ids of their own", "rename it"),
    ("R009", "actions[0].id", "an id that stands twice", "ids of their own", "rename it"),
]


def told(document: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (one.code, one.where.removeprefix("own.toml: "), one.found, one.needed, one.fix)
        for one in problems_in(document, "own.toml")
    ]


def test_a_rulebook_with_every_fault_has_each_told_once() -> None:
    assert told(tomllib.loads(WRONG)) == PROBLEMS


HEAD = """
[guideline]
id = "own"
title = "Own"
publisher = "A clinic"
edition = "1"
url = "https://example.org"
read = "2026-11"
syndromes = ["MEN1"]
status = "active"
"""


def rules(*whens: str) -> str:
    return "".join(
        f'[[rules]]\nid = "r{number}"\nsays = "s"\nlocator = "l"\nprovenance = "verbatim"\nstrength = "warranted"\n'
        f"when = {{ {when} }}\n"
        for number, when in enumerate(whens)
    )


INSULINOMA = 'has = "insulinoma"'


@pytest.mark.parametrize(
    ("when", "key", "low", "high"),
    [
        (f"{INSULINOMA}, before = NUMBER", "before", 0, 125),
        (f"{INSULINOMA}, by = NUMBER", "by", 0, 125),
        (f"{INSULINOMA}, from = NUMBER", "from", 0, 125),
        (f"{INSULINOMA}, larger_than = NUMBER", "larger_than", 0, 1000),
        ("person = { age = { before = NUMBER } }", "before", 0, 125),
        ("person = { age = { by = NUMBER } }", "by", 0, 125),
        ("person = { age = { from = NUMBER } }", "from", 0, 125),
        ('tumors = { of = ["insulinoma"], at_least = NUMBER }', "at_least", 1, 20),
        (f"at_least = NUMBER, of = [{{ {INSULINOMA} }}]", "at_least", 1, 20),
        (f"relatives = {{ have = {{ {INSULINOMA} }}, within = NUMBER }}", "within", 1, 20),
        (f"relatives = {{ have = {{ {INSULINOMA} }}, at_least = NUMBER }}", "at_least", 1, 50),
    ],
)
def test_a_number_of_a_criterion_has_bounds(when: str, key: str, low: int, high: int) -> None:
    numbers = low - 1, low, high, high + 1
    found = told(tomllib.loads(HEAD + rules(*(when.replace("NUMBER", str(number)) for number in numbers))))
    needed = f"a number from {low} to {high}", "correct it"
    assert [one for one in found if one[2] != "an age that nobody has"] == [
        ("R008", f"rules[0].when.{key}", str(low - 1), *needed),
        ("R008", f"rules[3].when.{key}", str(high + 1), *needed),
    ]


@pytest.mark.parametrize(
    ("bounds", "is_wrong"),
    [
        ("before = 1", False),
        ("before = 0", True),
        ("by = 0", False),
        ("from = 40, before = 41", False),
        ("from = 40, before = 40", True),
        ("from = 40, by = 40", False),
        ("from = 40, by = 39", True),
        ("from = 40, by = 60, before = 40", True),
        ("from = 40, by = 39, before = 60", True),
    ],
)
def test_an_age_that_nobody_has_is_no_condition(bounds: str, is_wrong: bool) -> None:
    document = tomllib.loads(HEAD + rules(f"{INSULINOMA}, {bounds}", f"person = {{ age = {{ {bounds} }} }}"))
    needed = "an age that nobody has", "from at or below the other", "correct it"
    assert told(document) == ([("R008", f"rules[{at}].when", *needed) for at in (0, 1)] if is_wrong else [])


def nested(depth: int) -> str:
    return "all = [{ " * depth + INSULINOMA + " }]" * depth


def definitions(many: int) -> str:
    return "".join(f'[definitions.d{at}]\nsays = "s"\n{INSULINOMA}\n' for at in range(many))


def actions(many: int) -> str:
    return "".join(
        f'[[actions]]\nid = "a{at}"\nsays = "s"\nstatement = []\nlocator = "l"\nprovenance = "verbatim"\n'
        for at in range(many)
    )


@pytest.mark.parametrize(
    ("most", "too_much", "problem"),
    [
        (
            rules(*[INSULINOMA] * 2000),
            rules(*[INSULINOMA] * 2001),
            ("rules", "2001 rules", "at most 2000", "split the rulebook"),
        ),
        (actions(2000), actions(2001), ("actions", "2001 actions", "at most 2000", "split the rulebook")),
        (
            rules(INSULINOMA) + definitions(500),
            rules(INSULINOMA) + definitions(501),
            ("definitions", "501 definitions", "at most 500", "split the rulebook"),
        ),
        (
            rules("any = [" + "{ any = [] }," * 499 + "]"),
            rules("any = [" + "{ any = [] }," * 500 + "]"),
            ("rules[0].when.any[499]", "too many parts", "at most 500, 20 deep", "simplify"),
        ),
        (
            rules(nested(20)),
            rules(nested(21)),
            ("rules[0].when" + ".all[0]" * 21, "too many parts", "at most 500, 20 deep", "simplify"),
        ),
    ],
)
def test_what_is_too_much_is_told_with_how_much_may_be(most: str, too_much: str, problem: tuple[str, ...]) -> None:
    assert told(tomllib.loads(HEAD + most)) == []
    assert told(tomllib.loads(HEAD + too_much)) == [("R012", *problem)]


def test_a_line_has_two_hundred_dots_at_most() -> None:
    assert parse(b"# dots\n" + b"#" + b"." * 200, "own.toml") == {}
    with pytest.raises(RulebookError) as error:
        parse(b"# dots\n" + b"#" + b"." * 201, "own.toml")
    (problem,) = error.value.problems
    assert str(problem) == (
        "own.toml: a line of more than 200 dots (R012)\n  needed: keys of few parts    fix: write the line as several"
    )


@pytest.mark.parametrize(("length", "is_too_long"), [(10, False), (11, True)])
def test_each_definition_at_the_head_of_a_long_chain_is_told(length: int, is_too_long: bool) -> None:
    chain = "".join(f'[definitions.d{at}]\nsays = "s"\nmeets = "d{at + 1}"\n' for at in range(length - 1))
    document = tomllib.loads(f'{HEAD}{chain}[definitions.d{length - 1}]\nsays = "s"\n{INSULINOMA}\n{rules(INSULINOMA)}')
    needed = "at most 10, each naming the next", "write some of them out"
    assert told(document) == [("R012", "definitions.d0", "a chain of too many definitions", *needed)] * is_too_long

"""Limits: what is too large, too deep or too much is refused with a problem that says so, and soon."""

from __future__ import annotations

import ast
import contextlib
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import menscreen
from menscreen.formats.csv.sheet import _MOST_COLUMNS
from menscreen.formats.diagnosis import MOST_PROBLEMS
from menscreen.formats.fhir.resources import MOST as MOST_RESOURCES
from menscreen.formats.markup import _DEEPEST as DEEPEST_XML, _MOST_ELEMENTS
from menscreen.formats.parts import _DEEPEST as DEEPEST_YAML
from menscreen.formats.wire import MAX_BYTES, MOST_VALUES
from menscreen.pedigree.validation import MOST_PEOPLE, MOST_RECORDS
from menscreen.problems import MenscreenError
from menscreen.rules import checking
from menscreen.rules.loading import LARGEST, load
from menscreen.screening.vicinity import MOST_PEOPLE as MOST_SCREENED

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
BOOK = (Path(__file__).parent / "corpus" / "rulebook.toml").read_text()
HEAD = BOOK.partition("[definitions")[0]

#: What the page tells of each limit: the number and the code of the problem.
LIMITS = {
    "bytes of a document, expanded": (MAX_BYTES, "D008"),
    "values of a document": (MOST_VALUES, "D008"),
    "people of a family": (MOST_PEOPLE, "P021"),
    "people who are screened: the nearest": (MOST_SCREENED, "P020"),
    "findings and tests of one person": (MOST_RECORDS, "F024"),
    "lines or rows of a table": (MOST_PEOPLE, "D008"),
    "columns of a table": (_MOST_COLUMNS, "D008"),
    "resources of FHIR": (MOST_RESOURCES, "D008"),
    "elements of XML": (_MOST_ELEMENTS, "D008"),
    "depth of XML": (DEEPEST_XML, "D008"),
    "depth of YAML": (DEEPEST_YAML, "D008"),
    "problems of a document that are listed": (MOST_PROBLEMS, "D013"),
    "bytes of a rulebook": (LARGEST, "R012"),
    "rules, and actions, of a rulebook": (checking.MOST_RULES, "R012"),
    "definitions of a rulebook": (checking.MOST_DEFINITIONS, "R012"),
    "parts of one criterion": (checking.MOST_PARTS, "R012"),
    "depth of one criterion": (checking.DEEPEST, "R012"),
    "definitions that name one another in a row": (checking.LONGEST_CHAIN, "R012"),
    "dots in a line of a rulebook": (checking.MOST_DOTS, "R012"),
    "problems of a rulebook that are listed": (checking.MOST_PROBLEMS, "R014"),
}


@pytest.mark.parametrize("what", LIMITS)
def test_the_page_tells_each_limit(what: str) -> None:
    number, code = LIMITS[what]
    assert f"| {what} | {number:,} | {code} |" in PAGE.read_text(encoding="utf-8").splitlines()


def many(one: bytes, number: int, last: bytes = b"{}") -> bytes:
    return (one + b",") * number + last


def table(row: bytes, number: int) -> bytes:
    return b"id,relation,finding\n" + row * number


TOO_MUCH: dict[str, tuple[Callable[[], bytes], str]] = {
    "bytes": (lambda: b'{"proband": {}, "id": "' + b"a" * MAX_BYTES + b'"}', "D008"),
    "bytes, compressed": (lambda: gzip.compress(b" " * (MAX_BYTES + 1), 1), "D008"),
    "values": (lambda: b'{"proband": "a", "people": [' + many(b"{}", MOST_VALUES + 1) + b"]}", "D008"),
    "lists": (lambda: b'{"proband": "a", "people": [' + many(b"[]", MOST_VALUES + 1) + b"]}", "D008"),
    "lines of YAML": (lambda: b"subject:\n  id: a\nphenotypicFeatures:\n" + b"- a\n" * (MOST_VALUES + 1), "D008"),
    "people": (
        lambda: b'{"proband": "a", "people": [' + many(b'{"id": "a"}', MOST_PEOPLE, b'{"id": "b"}') + b"]}",
        "P021",
    ),
    "counts": (
        lambda: b'{"proband": {}, "relatives": [' + many(b'{"relation": "brother", "count": 100}', 2000) + b"]}",
        "P021",
    ),
    "findings": (lambda: b'{"proband": {"findings": [' + many(b'{"finding": "MTC"}', MOST_RECORDS) + b"]}}", "F024"),
    "tests": (
        lambda: b'{"proband": {"tests": [' + many(b'{"gene": "RET", "result": "benign"}', MOST_RECORDS + 1) + b"]}}",
        "F024",
    ),
    "lines": (lambda: b"f a 0 0 1 1\n" * (MOST_PEOPLE + 1), "D008"),
    "rows": (lambda: table(b"a,brother,MTC\n", MOST_PEOPLE + 1), "D008"),
    "columns": (lambda: table(b"," * (_MOST_COLUMNS + 1), 1), "D008"),
    "entries": (lambda: b"[" + many(b'{"name": "a", "sex": "M"}', MOST_PEOPLE + 1) + b"]", "D008"),
    "resources": (
        lambda: (
            b'{"resourceType": "Bundle", "entry": ['
            + many(b'{"resource": {"resourceType": "FamilyMemberHistory"}}', MOST_RESOURCES + 1)
            + b"]}"
        ),
        "D008",
    ),
    "elements": (lambda: b"<FamilyHistory>" + b"<a/>" * (_MOST_ELEMENTS + 1) + b"</FamilyHistory>", "D008"),
    "depth of XML": (lambda: b"<FamilyHistory>" + b"<a>" * (DEEPEST_XML + 1), "D008"),
    "depth of JSON": (lambda: b"[" * 1_000_000, "D008"),
    "depth of objects": (lambda: b'{"proband": ' * 300_000, "D008"),
    "depth of YAML": (lambda: b"subject: " + b"[" * (DEEPEST_YAML + 2), "D008"),
    "problems": (lambda: b'{"proband": {"findings": [' + many(b"5", MOST_PROBLEMS + 1) + b"]}}", "D013"),
}

_CHECK = """
import resource, sys, time, menscreen
data = sys.stdin.buffer.read()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
try:
    menscreen.read(data)
except menscreen.MenscreenError as error:
    print(*{problem.code for problem in error.problems})
print(time.perf_counter() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.clock
@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_too_much_is_refused_in_seconds_and_little_memory(what: str) -> None:
    made, code = TOO_MUCH[what]
    if what.endswith("YAML"):
        pytest.importorskip("yaml")
    done = subprocess.run([sys.executable, "-c", _CHECK], input=made(), capture_output=True, check=True, cwd=ROOT)
    codes, measured = done.stdout.decode().splitlines()
    seconds, megabytes = measured.split()
    assert code in codes.split()
    assert float(seconds) < 20
    assert int(megabytes) < 1000


def test_standard_input_that_never_ends_is_refused_at_the_limit() -> None:
    command = [sys.executable, "-m", "menscreen", "check", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        given = 0
        with contextlib.suppress(BrokenPipeError):
            while given < 4 * MAX_BYTES:
                given += running.stdin.write(b" " * 2**20)
            running.stdin.close()
        said = running.stderr.read()
    assert running.returncode == 2
    assert b"(D008)" in said
    assert given < 2 * MAX_BYTES


@pytest.mark.clock
def test_one_line_as_long_as_a_document_may_be_is_looked_at_quickly() -> None:
    began = time.perf_counter()
    menscreen.read(b"F1 a 0 0 1 " + b"2" * (MAX_BYTES - 20), format="ped")
    assert time.perf_counter() - began < 5


def rule(number: int, when: str) -> str:
    return (
        f'\n[[rules]]\nid = "r{number}"\nsays = "s"\nlocator = "l"\nprovenance = "verbatim"\nstrength = "warranted"\n'
        f"when = {{ {when} }}\n"
    )


def definition(number: int, inside: str) -> str:
    return f'\n[definitions.d{number}]\nsays = "s"\n{inside}\n'


def nested(depth: int) -> str:
    return "all = [{ " * depth + 'has = "men1"' + " }]" * depth


RULEBOOKS = {
    "bytes": (lambda: HEAD + "# " + "a" * LARGEST, "R012"),
    "rules": (lambda: HEAD + "".join(rule(at, 'has = "men1"') for at in range(checking.MOST_RULES + 1)), "R012"),
    "actions": (lambda: HEAD + '[[actions]]\nid = "a"\n' * (checking.MOST_RULES + 1), "R012"),
    "definitions": (
        lambda: HEAD + "".join(definition(at, f'meets = "d{at + 1}"') for at in range(checking.MOST_DEFINITIONS + 1)),
        "R012",
    ),
    "parts": (lambda: HEAD + rule(1, "any = [" + '{ has = "men1" },' * (checking.MOST_PARTS + 1) + "]"), "R012"),
    "depth": (lambda: HEAD + rule(1, nested(checking.DEEPEST + 1)), "R012"),
    "chain": (
        lambda: (
            HEAD
            + "".join(definition(at, f'meets = "d{at + 1}"') for at in range(checking.LONGEST_CHAIN))
            + definition(checking.LONGEST_CHAIN, 'has = "men1"')
            + rule(1, 'meets = "d0"')
        ),
        "R012",
    ),
    "dots": (lambda: HEAD + ".".join(["a"] * 900_000) + " = 1", "R012"),
    "problems": (lambda: HEAD + "".join(f"k{at} = 1\n" for at in range(checking.MOST_PROBLEMS + 1)), "R014"),
    "digits": (lambda: HEAD + "a = " + "9" * 100_000, "R001"),
    "brackets": (lambda: HEAD + "a = " + "[" * 100_000, "R001"),
}


@pytest.mark.parametrize("what", RULEBOOKS)
def test_a_rulebook_that_is_too_much_is_refused(what: str, tmp_path: Path) -> None:
    made, code = RULEBOOKS[what]
    path = tmp_path / "much.toml"
    path.write_text(made())
    with pytest.raises(menscreen.RulebookError) as refused:
        load(path)
    assert code in {problem.code for problem in refused.value.problems}
    assert len(refused.value.problems) <= checking.MOST_PROBLEMS + 1


def test_the_deepest_rulebook_that_is_allowed_is_screened_and_explained(tmp_path: Path) -> None:
    inside = "all = [{ " * (checking.DEEPEST - 1) + "PART" + " }]" * (checking.DEEPEST - 1)
    last = checking.LONGEST_CHAIN - 1
    path = tmp_path / "deep.toml"
    path.write_text(
        HEAD
        + "".join(definition(at, inside.replace("PART", f'meets = "d{at + 1}"')) for at in range(last))
        + definition(last, inside.replace("PART", 'has = "primary-hyperparathyroidism", before = 40'))
        + rule(1, inside.replace("PART", 'meets = "d0"'))
    )
    family = menscreen.read({"proband": {"age": 60, "findings": [{"finding": "primary hyperparathyroidism"}]}})
    assert "age" in {question.kind for question in menscreen.screen(family, rulebooks=[path]).questions}
    family = menscreen.read(
        {"proband": {"age": 60, "findings": [{"finding": "primary hyperparathyroidism", "age": 45}]}}
    )
    assert menscreen.explain(family, rulebooks=[path])


def test_as_much_as_is_allowed_is_read() -> None:
    findings = [{"finding": "goiter", "age": at % 90} for at in range(MOST_RECORDS)]
    family = menscreen.read({"proband": {"findings": findings}, "relatives": [{"relation": "brother", "count": 100}]})
    assert len(family.people) == 103
    assert menscreen.screen(family).outcome == "not-indicated"
    line = b'{"proband": "p0", "people": [' + b",".join(b'{"id": "p%d"}' % at for at in range(MOST_PEOPLE)) + b"]}"
    assert len(menscreen.read(line).people) == MOST_PEOPLE


#: Functions that call themselves, and what bounds them; none follows an input as deep as it goes.
RECURSIVE = {
    "formats/diagnosis.py:value": "through `struct`: the depth of the format",
    "formats/diagnosis.py:_alternatives": "our own types",
    "formats/native.py:_without_x": "its argument `depth`",
    "vocabulary/saying.py:_said": "once, since ages are looked for at first only",
}


def test_no_reader_recurses_into_its_input() -> None:
    found = set()
    for room in ("formats", "pedigree", "vocabulary"):
        for path in (ROOT / "menscreen" / room).rglob("*.py"):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef) and _calls_itself(function):
                    found.add(f"{path.relative_to(ROOT / 'menscreen')}:{function.name}")
    assert found == set(RECURSIVE)


def _calls_itself(function: ast.FunctionDef) -> bool:
    calls = [one.func for one in ast.walk(function) if isinstance(one, ast.Call)]
    bare = {one.id for one in calls if isinstance(one, ast.Name)}
    own = {one.attr for one in calls if isinstance(one, ast.Attribute) and getattr(one.value, "id", "") == "self"}
    return function.name in bare | own


def test_a_problem_of_a_limit_says_what_is_needed() -> None:
    data = json.dumps({"proband": {"findings": [{"finding": "MTC"}] * (MOST_RECORDS + 1)}}).encode()
    with pytest.raises(MenscreenError, match="at most 1,000 of one person"):
        menscreen.read(data)

"""Bad input of any kind: a `PedigreeError` with every problem and its place, never another exception, never a name."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from menscreen.formats import wire
from menscreen.formats.native import read_native
from menscreen.formats.reading import read
from menscreen.problems import CODES, PedigreeError, Problem, Severity

NAME = "Wilhelmina"
NUMBER = "19560412"


def problems_of(document: Any, **options: Any) -> list[Problem]:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(PedigreeError) as caught:
        read(data, **options)
    problems = list(caught.value.problems)
    assert any(problem.severity is Severity.ERROR for problem in problems)
    for problem in problems:
        assert_whole(problem)
    return problems


def assert_whole(problem: Problem) -> None:
    assert problem.code in CODES
    for part in (problem.where, problem.found, problem.needed, problem.fix):
        assert part.strip() if isinstance(part, str) else False


def found_in(document: Any, **options: Any) -> set[tuple[str, str]]:
    return {(problem.code, problem.where) for problem in problems_of(document, **options)}


def person(**keys: Any) -> dict[str, Any]:
    return {"proband": "a", "people": [{"id": "a", **keys}]}


def finding(**keys: Any) -> dict[str, Any]:
    return person(findings=[{"finding": "insulinoma", **keys}])


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "D001", "document"),
        (b"  \n", "D001", "document"),
        (b"not json", "D011", "document"),
        (b'{"proband": "a",\n "people": [}', "D001", "line 2, column 13"),
        (b'{"proband": "a"', "D001", "line 1, column 16"),
        (b'{"proband": {}} {}', "D001", "line 1, column 17"),
        (b"\xff\xfe{\x00}\x00", "D001", "byte 1"),
        (b'{"proband": "\xe9"}', "D001", "byte 14"),
        (b"\xef\xbb\xbf", "D001", "document"),
        (b"[" * 100_000, "D008", "document"),
        (b'{"proband":' * 100_000, "D008", "document"),
        (b'{"x-a":' * 100_000, "D008", "document"),
        (b'{"proband":{"age":' + b"9" * 5000 + b"}}", "D001", "document"),
        (b"[]", "D002", "document"),
        (b"[{}]", "D002", "document"),
        (b'"text"', "D011", "document"),
        (b"42", "D011", "document"),
        (b"null", "D011", "document"),
        (b"NaN", "D011", "document"),
        (b"<html></html>", "D011", "document"),
    ],
)
def test_what_is_no_document(data: bytes, code: str, where: str) -> None:
    assert found_in(data) == {(code, where)}


def test_utf_16_is_named() -> None:
    (problem,) = problems_of('{"proband": {}}'.encode("utf-16"))
    assert ("UTF-16" in problem.found, "UTF-8" in problem.fix) == (True, True)


@pytest.mark.parametrize(
    ("document", "code", "where"),
    [
        ({}, "P014", "proband"),
        ({"people": [{"id": "a"}]}, "P014", "proband"),
        ({"proband": ["a"], "people": [{"id": "a"}]}, "D005", "proband"),
        ({"proband": "a"}, "D006", "people"),
        ({"proband": "a", "people": None}, "D006", "people"),
        ({"proband": "b", "people": [{"id": "a"}]}, "P014", "proband"),
        ({"proband": {}, "people": [{"id": "a"}]}, "D005", "proband"),
        ({"proband": "a", "relatives": []}, "D005", "proband"),
        ({"proband": "a", "people": [{"id": "a"}], "relatives": []}, "D007", "relatives"),
        ({"proband": "a", "people": {"id": "a"}}, "D005", "people"),
        ({"proband": "a", "people": [{"id": "a"}, 5]}, "D005", "people[1]"),
        ({"proband": "a", "people": [{"id": "a"}, {}]}, "D006", "people[1].id"),
        ({"proband": "a", "people": [{"id": "a"}, {"id": 7}]}, "D005", "people[1].id"),
        ({"proband": "a", "people": [{"id": "a"}, {"id": "a"}]}, "P001", "people[1].id"),
        ({"schema": "menscreen-pedigree/2", "proband": {}}, "D009", "schema"),
        ({"schema": 1, "proband": {}}, "D009", "schema"),
        ({"proband": {}, "family_history": "yes"}, "D005", "family_history"),
        ({"proband": {}, "relatives": [{"relation": "brother", "count": -1}]}, "D012", "relatives[0].count"),
        ({"proband": {}, "relatives": [{"relation": "brother", "count": 10**9}]}, "D012", "relatives[0].count"),
        ({"proband": {}, "relatives": [{"relation": "brother", "count": 1.5}]}, "D012", "relatives[0].count"),
        ({"proband": {}, "relatives": [{"relation": {"to": "a"}}]}, "D005", "relatives[0].relation"),
        (person(relation="aunt"), "D005", "people[0].relation"),
        (person(relation={"to": "a"}), "D006", "people[0].relation.as"),
        (person(mother="a"), "P003", "people[0]"),
        (person(mother="nobody"), "P002", "people[0].mother"),
        (person(sex="femal"), "D005", "people[0].sex"),
        (person(sex=True), "D005", "people[0].sex"),
        (person(deceased="yes"), "D005", "people[0].deceased"),
        (person(deceased=1), "D005", "people[0].deceased"),
        (person(age="42"), "D005", "people[0].age"),
        (person(age=-1), "A001", "people[0].age"),
        (person(age=200), "A001", "people[0].age"),
        (person(age=126), "A001", "people[0].age"),
        (person(age=42.5), "A001", "people[0].age"),
        (person(age=math.nan), "A001", "people[0].age"),
        (person(age=math.inf), "A001", "people[0].age"),
        (person(age=10**30), "A001", "people[0].age"),
        (person(age=True), "D005", "people[0].age"),
        (person(age={"low": 1}), "D005", "people[0].age"),
        (person(age=[49, 40]), "A003", "people[0].age"),
        (person(age=[40]), "D005", "people[0].age"),
        (person(age=[40, 41, 42]), "D005", "people[0].age"),
        (person(age=[-1, 40]), "A001", "people[0].age[0]"),
        (person(age=["4", 40]), "D005", "people[0].age[0]"),
        (person(birth_year=80), "A004", "people[0].birth_year"),
        (person(birth_year=1980.5), "A004", "people[0].birth_year"),
        (person(birth_year="1980-03-04"), "D005", "people[0].birth_year"),
        (person(asked="thyroid"), "D005", "people[0].asked"),
        (person(findings={}), "D005", "people[0].findings"),
        (person(findings=["insulinoma"]), "D005", "people[0].findings[0]"),
        (person(findings=[{}]), "F013", "people[0].findings[0]"),
        (person(findings=[{"code": []}]), "F013", "people[0].findings[0]"),
        (person(findings=[{"code": {"code": "E31.21"}}]), "D006", "people[0].findings[0].code.system"),
        (person(findings=[{"code": [{"system": "hpo"}]}]), "D006", "people[0].findings[0].code[0].code"),
        (finding(size_mm=0), "F021", "people[0].findings[0].size_mm"),
        (finding(size_mm=-4), "F021", "people[0].findings[0].size_mm"),
        (finding(size_mm=math.nan), "F021", "people[0].findings[0].size_mm"),
        (finding(size_mm="4 cm"), "D005", "people[0].findings[0].size_mm"),
        (finding(status="maybe"), "D005", "people[0].findings[0].status"),
        (finding(multiple=2), "D005", "people[0].findings[0].multiple"),
        (finding(note=["a"]), "D005", "people[0].findings[0].note"),
        (finding(stage=math.nan), "D005", "people[0].findings[0].stage"),
        (person(age=30, findings=[{"finding": "insulinoma", "age": 31}]), "A002", "people[0].findings[0].age"),
        (person(tests=[{"result": "negative"}]), "T001", "people[0].tests[0]"),
        (person(tests=[{"gene": "RET", "result": "mutated"}]), "D005", "people[0].tests[0].result"),
        (person(label="\ud800"), "D005", "people[0].label"),
    ],
)
def test_each_problem_with_its_place(document: Any, code: str, where: str) -> None:
    assert found_in(document) == {(code, where)}


@pytest.mark.parametrize(
    ("document", "where", "meant"),
    [
        (person(aeg=4), "people[0]", "age"),
        (person(name="x"), "people[0]", "label"),
        (person(dob="x"), "people[0]", "birth_year"),
        (person(Age=4), "people[0]", "age"),
        (finding(diagnosis="x"), "people[0].findings[0]", "finding"),
        (finding(sise_mm=3), "people[0].findings[0]", "size_mm"),
        (person(tests=[{"gene": "RET", "reslt": "negative"}]), "people[0].tests[0]", "result"),
        ({"proband": {}, "relative": []}, "document", "relatives"),
        ({"proband": {}, "relatives": [{"relationship": "aunt", "relation": "brother"}]}, "relatives[0]", "relation"),
    ],
)
def test_an_unknown_key_offers_the_nearest(document: Any, where: str, meant: str) -> None:
    (problem,) = problems_of(document)
    assert (problem.code, problem.where, problem.fix) == ("D004", where, f"did you mean `{meant}`?")


def test_an_unknown_key_near_to_nothing_is_not_quoted() -> None:
    (problem,) = problems_of(person(**{NAME: 1}))
    assert problem.code == "D004"
    assert NAME not in str(problem)
    assert "x-" in problem.fix


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"proband": {"age": 4, "age": 5}}', "proband"),
        (b'{"proband": {"age": 4, "\\u0061ge": 4}}', "proband"),
        (b'{"proband": {}, "proband": {}}', "document"),
        (b'{"proband": {"note\\u003a": 1}, "proband": {"label": "\\u003a"}}', "document"),
        (
            b'{"proband": {"findings": [{"finding": "insulinoma", "note": "a:b", "note" : "c:d"}]}}',
            "proband.findings[0]",
        ),
        (b'{"proband": {"label": "a\\u003ab", "age": 4, "age": 5}}', "proband"),
        (b'{"x-a": {"b": 1, "b": 2}, "proband": {"age": 4, "age": 5}}', "proband"),
    ],
)
def test_a_key_that_stands_twice(data: bytes, where: str) -> None:
    assert ("D003", where) in found_in(data)


def test_a_key_that_stands_twice_inside_an_ignored_key_is_ignored() -> None:
    assert read(b'{"x-a": {"b": 1, "b": 2}, "proband": {"age": 4}}').people[0].age is not None


def test_every_problem_is_told_at_once() -> None:
    document = {
        "proband": "a",
        "people": [
            {"id": "a", "aeg": 3, "sex": "femal", "mother": "nobody", "age": 300},
            {
                "id": "b",
                "findings": [{"finding": "insulinoma", "age": [5, 4]}, {}],
                "tests": [{"gene": "RET", "result": "?"}],
            },
        ],
    }
    assert found_in(document) == {
        ("D004", "people[0]"),
        ("D005", "people[0].sex"),
        ("P002", "people[0].mother"),
        ("A001", "people[0].age"),
        ("A003", "people[1].findings[0].age"),
        ("F013", "people[1].findings[1]"),
        ("T005", "people[1].tests[0]"),
    }


def test_a_cycle_has_a_place() -> None:
    people = [{"id": "a", "mother": "b"}, {"id": "b", "mother": "c"}, {"id": "c", "mother": "a"}]
    assert {code for code, _ in found_in({"proband": "a", "people": people})} == {"P003"}


def test_people_that_could_not_be_read_are_not_missed_by_others() -> None:
    people = [{"id": "a", "mother": "b"}, {"id": 7}]
    assert found_in({"proband": "a", "people": people}) == {("D005", "people[1].id")}


def test_the_name_given_stands_before_each_place() -> None:
    with pytest.raises(PedigreeError) as caught:
        read_native(b'{"proband": {"age": -1}}', name="family.json")
    assert [problem.where for problem in caught.value.problems] == ["family.json: proband.age"]


@pytest.mark.clock
def test_ten_megabytes_of_text_are_no_trouble() -> None:
    start = time.perf_counter()
    note = "a long story " * 800_000
    assert read(json.dumps(finding(note=note)).encode()).people[0].findings[0].note == note
    assert found_in(b"a" * 10_000_000) == {("D011", "document")}
    assert found_in({"proband": note, "people": []})
    assert read(json.dumps(finding(finding=note)).encode()).people[0].findings[0].term is None
    assert len(problems_of({"proband": {note: 1}})) == 1
    assert len(problems_of({"proband": {}, "people": list(range(1_000_000))})) <= 1002
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("path", ["no-such-file.json", "", ".", "a\0b", "x" * 5000])
def test_a_file_that_cannot_be_read(path: str) -> None:
    with pytest.raises(PedigreeError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert_whole(problem)
    assert (problem.code, problem.where) == ("D010", "file")


class Odd:
    """Something that no document holds."""


@pytest.mark.parametrize(
    "document",
    [
        {"proband": Odd()},
        {"proband": {1: 2}},
        {"proband": {"age": {1, 2}}},
        {"proband": {"label": b"bytes"}},
        {"proband": "a", "people": [{"id": "a", "age": math.nan}]},
        {"proband": "a", "people": [{"id": "a", "age": 10**400}]},
        {"proband": {"findings": [{"finding": "insulinoma", "size_mm": 10**400}]}},
        {None: None},
    ],
)
def test_mappings_that_are_no_document(document: Any) -> None:
    with pytest.raises(PedigreeError) as caught:
        read(document)
    for problem in caught.value.problems:
        assert_whole(problem)


def test_a_mapping_that_holds_itself() -> None:
    document: dict[str, Any] = {}
    document["proband"] = document
    with pytest.raises(PedigreeError):
        read(document)
    ignored: dict[str, Any] = {"proband": {}}
    ignored["x-self"] = ignored
    assert read(ignored).proband == "self"


def with_canaries(value: Any) -> Any:
    return {
        "id": NAME,
        "proband": {
            "id": NAME,
            "label": NAME,
            "sex": NAME,
            "age": value,
            "birth_year": int(NUMBER),
            "asked": [NAME],
            NAME: NAME,
            "findings": [
                {
                    "finding": NAME,
                    "note": NAME,
                    "text": NAME,
                    "site": NAME,
                    "declined": [NAME],
                    "size_mm": -int(NUMBER),
                },
                {"site": NAME, "histology": NAME, "status": NAME},
                {"site": "thyroid", "histology": NAME},
                {"code": [{"system": NAME, "code": NUMBER}], "age": int(NUMBER)},
                {"finding": f"{NAME} had a thyroid operation in {NUMBER}"},
            ],
            "tests": [{"gene": NAME, "result": NAME}, {"gene": NAME, "result": "positive", "variant": NAME}],
        },
        "relatives": [
            {"relation": f"aunt {NAME}", "id": NAME, "label": NAME},
            {"relation": "brother", "count": int(NUMBER)},
            {"relation": "mother", "id": NAME, "deceased": NAME},
        ],
        "twins": [{"people": [NAME, NUMBER], "zygosity": NAME}],
    }


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("value", [int(NUMBER), NAME, [int(NUMBER), 4], {NAME: NAME}, [NAME, NAME]])
def test_no_name_id_or_date_of_birth_reaches_a_problem(value: Any, strict: bool) -> None:
    full = {"proband": NAME, "people": [{"id": NUMBER, "mother": NAME, "relation": {"to": NAME, "as": NAME}}]}
    twice = f'{{"proband": {{"{NAME}": 1, "{NAME}": 2, "label": "{NAME}", "label": "{NUMBER}"}}}}'.encode()
    broken = f'{{"proband": "{NAME}" "{NUMBER}"'.encode()
    for document in (with_canaries(value), full, twice, broken):
        told = " ".join(str(problem) for problem in problems_of(document, strict=strict))
        assert not [word for word in (NAME.lower(), NUMBER, "1956") if word in told.lower()]


@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    survives(data)


KEYS = [key for struct in vars(wire).values() for key in getattr(struct, "__struct_encode_fields__", ())]
WORDS = st.sampled_from(
    [*KEYS, "a", "b", "unknown", "?", "female", "brother", "thyroid", "insulinoma", "RET", "negative", "x-note"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=4), inner, max_size=6),
    max_leaves=30,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(JSON)
def test_random_json(document: Any) -> None:
    survives(json.dumps(document).encode())
    if isinstance(document, dict):
        survives(document)


@settings(deadline=None)
@given(st.data())
def test_an_example_with_one_value_replaced(data: st.DataObject) -> None:
    examples = sorted((Path(__file__).parents[1] / "examples").glob("*.json"))
    document = json.loads(data.draw(st.sampled_from(examples)).read_bytes())
    node: Any = document
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if not isinstance(node[key], (dict, list)) or not node[key] or data.draw(st.booleans()):
            break
        node = node[key]
    node[key] = data.draw(JSON)
    survives(json.dumps(document).encode())


def survives(document: Any) -> None:
    refused = False
    try:
        problems = read(document).problems
    except PedigreeError as error:
        refused, problems = True, error.problems
    assert any(problem.severity is Severity.ERROR for problem in problems) is refused
    for problem in problems:
        assert_whole(problem)


def test_half_a_character_in_a_mapping_is_refused_as_in_bytes() -> None:
    assert found_in({"proband": {"label": "\ud800"}}) == {("D005", "proband.label")}

"""The JSON Schemas agree with what is read and written."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import attrs
import jsonschema
import msgspec
import pytest

from menscreen.formats import wire
from menscreen.formats.native import read_native
from menscreen.formats.schema import schema
from menscreen.pedigree.person import Age
from menscreen.problems import PedigreeError, Problem, Severity
from menscreen.reports.json import write_json
from menscreen.rules import criteria
from menscreen.screening import verdict

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
RULEBOOKS = [
    path
    for path in sorted((ROOT / "menscreen" / "rulebooks").glob("*.toml"))
    if "[guideline]" in path.read_text("utf-8")
]
PUBLISHED = ROOT.parent / "shared" / "cases" / "published.json"


def validator(kind: str) -> Any:
    made = schema(kind)
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(made)


PEDIGREE, RESULT, RULEBOOK = validator("pedigree"), validator("result"), validator("rulebook")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_valid(path: Path) -> None:
    PEDIGREE.validate(json.loads(path.read_bytes()))


def test_the_published_cases_are_valid() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published cases are not here")
    for case in json.loads(PUBLISHED.read_bytes()):
        PEDIGREE.validate(case["pedigree"])


FULL: dict[str, Any] = {
    "schema": "menscreen-pedigree/1",
    "id": "f",
    "family_history": "asked",
    "proband": "a",
    "people": [
        {
            "id": "a",
            "sex": "female",
            "gender": "woman",
            "label": "I-1",
            "mother": "m",
            "father": "f",
            "adoptive_parents": ["m"],
            "adopted": "out",
            "age": [40, None],
            "deceased": True,
            "birth_year": 1950,
            "history": "known",
            "asked": ["thyroid"],
            "findings": [
                {
                    "finding": "insulinoma",
                    "site": "pancreas",
                    "histology": "neuroendocrine",
                    "code": [{"system": "ICD-10", "code": "D13.7"}],
                    "age": 31,
                    "status": "present",
                    "multiple": False,
                    "bilateral": False,
                    "recurrent": True,
                    "metastatic": False,
                    "confirmed": True,
                    "declined": ["size_mm"],
                    "size_mm": 4.5,
                    "stage": 2,
                    "grade": "G1",
                    "sstr": "expressed",
                    "text": "t",
                    "note": "n",
                }
            ],
            "tests": [{"gene": "RET", "result": "benign", "variant": "v", "scope": "full", "origin": "germline"}],
        },
        {"id": "m"},
        {"id": "f"},
        {"id": "x", "relation": {"to": "a", "as": "aunt"}, "placeholder": False},
    ],
    "twins": [{"people": ["a", "m"], "zygosity": "dizygotic"}],
    "x-note": {"anything": [1]},
}
SHORT: dict[str, Any] = {
    "proband": {"sex": "male", "age": 4, "x-note": 1},
    "relatives": [{"relation": "brother", "count": 2, "findings": [{"site": "thyroid"}]}],
}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    here = [path] if path and not any(isinstance(part, str) and part.startswith("x-") for part in path) else []
    return here + [place for key, item in inner for place in places(item, (*path, key))]


def with_value(document: dict[str, Any], place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    node: Any = changed
    for part in place[:-1]:
        node = node[part]
    node[place[-1]] = value
    return changed


CASES = [(document, place) for document in (FULL, SHORT) for place in places(document)]


REFUSED_SHAPES = {"D003", "D004", "D005", "D009", "D012", "A001", "F021"}


def is_read(document: dict[str, Any]) -> bool:
    """Whether the shape of the document is accepted; what the values mean together is another matter."""
    try:
        read_native(document)
    except PedigreeError as error:
        return not any(problem.code in REFUSED_SHAPES for problem in error.problems)
    return True


def test_the_document_with_everything_in_it_holds_every_key() -> None:
    keys = {part for _, place in CASES for part in place if isinstance(part, str)}
    fields = [
        set(struct.__struct_encode_fields__) for struct in vars(wire).values() if hasattr(struct, "__struct_fields__")
    ]
    assert set().union(*fields) == keys
    assert is_read(FULL)
    PEDIGREE.validate(FULL)


@pytest.mark.parametrize("word", [None, "", "?", "unknown", "Unknown", " ? "])
def test_not_known_is_valid_at_every_place_and_read(word: Any) -> None:
    for document, place in CASES:
        changed = with_value(document, place, word)
        assert PEDIGREE.is_valid(changed), place
        assert is_read(changed), place


@pytest.mark.parametrize("value", [0, -1, 1.5, 126, True, "words", [], [1], ["a"], {}, {"a": 1}, [[]], [{}], [40, 49]])
def test_schema_and_reader_agree_on_the_kind_of_every_value(value: Any) -> None:
    for document, place in CASES:
        if place[-1] in ("birth_year", "people", "relatives", "proband"):  # the reader knows more of these
            continue
        changed = with_value(document, place, value)
        assert PEDIGREE.is_valid(changed) == is_read(changed), place


def test_schema_and_reader_refuse_an_unknown_key_at_every_place() -> None:
    for document, place in CASES:
        if isinstance(place[-1], str):
            changed = with_value(document, (*place[:-1], "agee"), 1)
            assert not PEDIGREE.is_valid(changed)
            assert not is_read(changed)


def result() -> verdict.Screening:
    citation = verdict.Citation("g", "t", 2024, "p. 1", "https://example.org", "verbatim")
    weak, strong = verdict.Outcome.CLARIFY, verdict.Outcome.WARRANTED
    evidence = tuple(verdict.Evidence("a", "self", "insulinoma", age, "x") for age in (None, Age(4, 4), Age(4, None)))
    flag = verdict.Flag("a", "self", "g/r", ("MEN1",), strong, "s", "b", evidence, ("MEN1",), False, ("do",), citation)
    question = verdict.Question(
        "a", "self", "x", "age", "When?", (verdict.Answer("4", weak),), ("g/r",), strong, ("MEN1",)
    )
    one = verdict.Verdict(
        "a", strong, strong, verdict.Through("a", "self"), "a", ("MEN1",), verdict.Urgency.SOON,
        (verdict.Notice("n", citation),), weak, (flag,), (flag,), (question,), (verdict.Limit("b", "father", "w"),),
        (verdict.GuidelineOutcome("g", weak),),
        (verdict.Accounted("a", "self", "x", "insulinoma", verdict.Role.ASKED, "w"),),
    )  # fmt: skip
    bare = attrs.evolve(one, through=None, test_first=None, urgency=None, flags=(), also=(), questions=())
    problem = Problem("F012", Severity.WARNING, "w", "f", "n", "x")
    return verdict.Screening(
        "0.1.0", (verdict.RulebookUsed("g", "e", "sha256:0"),), verdict.PedigreeUsed(None, "menscreen", "sha256:0"),
        (one, bare), (problem,),
    )  # fmt: skip


def test_what_is_written_is_a_valid_result() -> None:
    written = json.loads(write_json(result()))
    RESULT.validate(written)
    for verdict_ in written["results"]:
        assert set(verdict_) | {"urgency"} == set(schema("result")["$defs"]["Verdict"]["properties"])
    for place in places(written):
        if isinstance(place[-1], str) and place[-1] != "urgency":
            assert not RESULT.is_valid(with_value(written, place, {"no": "such thing"})), place


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.stem)
def test_every_rulebook_is_valid(path: Path) -> None:
    RULEBOOK.validate(tomllib.loads(path.read_text(encoding="utf-8")))


def rulebook(when: Any, **keys: Any) -> dict[str, Any]:
    guideline = {
        "id": "g",
        "title": "t",
        "publisher": "p",
        "edition": "e",
        "url": "https://example.org",
        "read": "2026",
    }
    guideline |= {"syndromes": ["MEN1"], "status": "active"}  # type: ignore[dict-item]
    rule = {"id": "r", "says": "s", "locator": "l", "provenance": "verbatim", "strength": "warranted", "when": when}
    return {"guideline": guideline, "rules": [rule], **keys}


@pytest.mark.parametrize(
    "when",
    [
        {"has": "insulinoma", "before": 40, "from": 4, "multiple": True},
        {"tumors": {"of": ["insulinoma"], "at_least": 2}},
        {"tested": {"gene": "RET", "result": "negative", "scope": "full"}},
        {"relatives": {"have": {"any": [{"has": "insulinoma"}]}, "within": 2}},
        {"person": {"age": {"before": 4}, "sex": "male"}},
        {"meets": "clinical"},
        {"at_least": 2, "of": [{"has": "a"}, {"none": [{"all": []}]}]},
    ],
)
def test_every_criterion_is_valid_and_nothing_beside_it(when: dict[str, Any]) -> None:
    RULEBOOK.validate(rulebook(when))
    RULEBOOK.validate(rulebook(when, definitions={"d": {"says": "what it means", **when}}))
    assert not RULEBOOK.is_valid(rulebook({**when, "bevore": 40}))
    assert not RULEBOOK.is_valid(rulebook({"all": [{**when, "says": "not here"}]}))
    assert not RULEBOOK.is_valid(rulebook(when, definitions={"d": {**when, "sais": "x"}}))


def test_the_schema_of_criteria_names_the_keys_of_their_classes() -> None:
    shapes = schema("rulebook")["$defs"]["CriterionShape"]["anyOf"]
    inside = {next(iter(shape["properties"])): shape["properties"] for shape in shapes if "properties" in shape}
    assert set(inside["relatives"]["relatives"]["properties"]) == keys_of(criteria.Relatives)
    assert set(inside["person"]["person"]["properties"]) == keys_of(criteria.PersonIs)
    assert set(inside["at_least"]) == keys_of(criteria.AtLeast)


def keys_of(struct: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(struct)}


def test_every_key_has_a_row_in_the_docs() -> None:
    page = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
    for struct in (wire.Document, wire.Person, wire.Relative, wire.Finding, wire.Test):
        for key in struct.__struct_encode_fields__:
            assert any(f"`{key}`" in line.split("|")[1] for line in page.splitlines() if line.startswith("| `")), key

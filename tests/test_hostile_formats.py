"""Content that means no good, in every format of genetics programs: problems only, soon, and without anybody's name."""

from __future__ import annotations

import json
import re
import time
from importlib.util import find_spec
from typing import Any

import pytest
from histories import effort
from hypothesis import given, strategies as st

import menscreen
from menscreen.problems import PedigreeError

JSON_FORMATS = ["phenopackets", "ga4gh-pedigree", "pedigreejs", "phenotips"]
FORMATS = [*JSON_FORMATS, "ped", "canrisk"]

KEYS = re.findall(
    r"\w+",
    """
    id subject proband relatives pedigree persons individualId paternalId maternalId sex members
    metaData type label phenotypicFeatures onset age iso8601duration ageRange start end ontologyClass
    excluded modifiers diseases term laterality primarySite interpretations diagnosis disease
    genomicInterpretations variantInterpretation gene symbol variationDescriptor geneContext expressions
    syntax value acmgPathogenicityClassification biosamples timestamp histologicalDiagnosis
    medicalActions procedure code measurements vitalStatus status timeOfDeath dateOfBirth individuals
    relationships indexPatients individualId relation relativeId name mother father mztwin adopted_in
    thyroid_cancer thyroid_cancer_diagnosis_age ret_gene_test result yob display_name firstName
    disorders features observed carrierStatus twinGroup monozygotic deceasedAge GG prop outedges to rel
    chhub gender numPersons comments
    """,
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 200) | st.integers(10**20, 10**21),
    st.floats(allow_nan=False),
    st.sampled_from(["", "0", "a", "b", "HP:0002865", "P31Y", "KIN:027", "1950", "female", "MALE", "RET", "\ud800"]),
    st.text(max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
PLAUSIBLE = {
    "phenopackets": st.fixed_dictionaries(
        {
            "proband": VALUES | st.fixed_dictionaries({"subject": VALUES, "phenotypicFeatures": VALUES}),
            "pedigree": VALUES,
        }
    )
    | st.fixed_dictionaries({"subject": VALUES, "interpretations": VALUES, "diseases": st.lists(VALUES, max_size=3)}),
    "ga4gh-pedigree": st.fixed_dictionaries(
        {"individuals": st.lists(VALUES, max_size=4), "relationships": VALUES, "indexPatients": VALUES}
    ),
    "pedigreejs": st.lists(VALUES, max_size=4),
    "phenotips": st.lists(VALUES, max_size=4) | st.fixed_dictionaries({"GG": st.lists(VALUES, max_size=5)}),
}


#: A JSON pointer, keys as in our own format, a line or a row, or a word for the whole; what of a person after a comma.
PLACE = re.compile(
    r"(?:(?:/[\w-]+)+|[a-zA-Z]+(?:\[\d+\])?(?:\.\w+(?:\[\d+\])?)*|(?:line|byte|row|column) \d+(?:, column \w+)?)"
    r"(?:, [a-z ]+)?"
)


def outcome(data: bytes, format: str | None) -> None:
    """Read, and screen what can be read; anything but problems is a fault."""
    try:
        family = menscreen.read(data, format=format)
    except PedigreeError as error:
        found = error.problems
    else:
        menscreen.screen(family)
        return
    assert found
    assert all(problem.needed and problem.fix for problem in found)
    assert [problem.where for problem in found if not PLACE.fullmatch(problem.where)] == []


@pytest.mark.parametrize("format", JSON_FORMATS)
def test_json_of_the_right_keys_and_the_wrong_kinds(format: str) -> None:
    @effort(200)
    @given(PLAUSIBLE[format])
    def holds(document: Any) -> None:
        outcome(json.dumps(document).encode("utf-8", "surrogatepass"), format)

    holds()


@pytest.mark.parametrize("format", FORMATS)
def test_random_bytes(format: str) -> None:
    @effort(100)
    @given(st.binary(max_size=200))
    def holds(data: bytes) -> None:
        outcome(data, format)
        outcome(data, None)

    holds()


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("phenopackets", b'{"subject": {"id": "a"}, "diseases": [{"term": {"id": "x:1", "label": "\\ud800"}}]}'),
        pytest.param(
            "phenopackets",
            b'subject: {id: a}\ndiseases: [{term: {id: "x:1", label: "\\udfff tumor"}}]\n',
            marks=pytest.mark.skipif(find_spec("yaml") is None, reason="no PyYAML"),
        ),
        ("ga4gh-pedigree", b'{"individuals": [{"id": "a\\ud800"}], "relationships": []}'),
        ("pedigreejs", b'[{"name": "\\ud83d", "proband": true}]'),
        ("phenotips", b'[{"id": "a", "features": ["\\ud800"]}]'),
        ("fhir", b'{"resourceType": "FamilyMemberHistory", "name": "\\ud800"}'),
    ],
    ids=["phenopackets", "yaml", "ga4gh-pedigree", "pedigreejs", "phenotips", "fhir"],
)
def test_half_a_character_is_an_error(format: str, data: bytes) -> None:
    with pytest.raises(PedigreeError) as caught:
        menscreen.read(data, format=format)
    [problem] = caught.value.problems
    assert problem.code == "D001"
    assert problem.found in ("text with half a character", "text that is neither JSON nor YAML")  # PyYAML may see it


DISEASE = '{"subject": {"id": "a"}, "diseases": [{"term": %s}]}'


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("phenopackets", DISEASE % "{}"),
        ("phenopackets", DISEASE % '{"label": "unknown"}'),
        ("phenopackets", '{"subject": {"id": "a"}, "phenotypicFeatures": [{"description": "?"}]}'),
        ("pedigreejs", '[{"name": "a", "proband": true, "unknown_diagnosis_age": "40"}]'),
        ("fhir", '{"resourceType": "Condition", "code": {"text": "unknown"}}'),
    ],
)
def test_a_finding_that_names_nothing_is_reported_and_left_out(format: str, text: str) -> None:
    family = menscreen.read(text.encode(), format=format)
    assert family.people[0].findings == ()
    assert "F013" in {problem.code for problem in family.problems}


VARIANT = """{"subject": {"id": "a"}, "interpretations": [{"diagnosis": {"genomicInterpretations": [
  {"subjectOrBiosampleId": "a", "variantInterpretation": {"acmgPathogenicityClassification": "%s",
   "variationDescriptor": {"geneContext": {"symbol": "RET"}}}}]}}]}"""
TESTED = '{"proband": {"tests": [{"gene": "RET", "result": "pathogenic", "variant": "c.%sA>G"}]}}'


@pytest.mark.parametrize("number", ["9" * 5000, "\u00b2", "\u0663"], ids=["5000 digits", "superscript", "Arabic"])
@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("canrisk", "##CanRisk %s\n##FamID\tName\n"),
        ("canrisk", "BOADICEA import pedigree file format %s\n"),
        ("phenopackets", VARIANT),
        ("csv", "relation,count\nself,\nbrother,%s\n"),
        ("menscreen", TESTED),
        ("menscreen", '{"proband": {}, "relatives": [{"relation": "first cousin %s times removed"}]}'),
        ("phenotips", '[{"id": "a", "deceasedAge": "%s"}]'),
        ("pedigreejs", '[{"name": "a", "proband": true, "age": "%s"}]'),
    ],
)
def test_a_number_that_python_cannot_make_is_no_fault(format: str, text: str, number: str) -> None:
    outcome((text % number).encode(), format)


@pytest.mark.parametrize("format", ["ped", "canrisk"])
def test_random_columns(format: str) -> None:
    cell = st.sampled_from(["0", "1", "2", "-9", "a", "b", "AU", "M", "F", "S:P", "999999999", "x" * 50, "é", "3"])
    start = "##CanRisk 2.0\n" if format == "canrisk" else ""

    @effort(150)
    @given(
        st.lists(st.lists(cell, min_size=1, max_size=28).map("\t".join) | st.just("\t".join(["0"] * 27)), max_size=5)
    )
    def holds(lines: list[str]) -> None:
        outcome((start + "\n".join(lines)).encode(), format)

    holds()


@pytest.mark.clock
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"subject":' * 50_000,
        b'{"id":' + b"9" * 100_000 + b"}",
        b"- " * 100_000,
        b"a" * 20_000_000,
        b"a\n" * 500_000,
        b"1 a 0 0 1 1\n" * 50_000,
        b"\x00" * 1000,
        b"\xff\xfe" + "[]".encode("utf-16-le"),
        b'{"subject": {"id": "a"}, "phenotypicFeatures": ['
        + b'{"type": {"id": "x:1", "label": "odd"}},' * 20_000
        + b"0]}",
    ],
    ids=["lists", "objects", "number", "yaml", "long line", "lines", "same id", "zeros", "utf-16", "features"],
)
def test_large_and_deep_content_ends_soon(format: str, data: bytes) -> None:
    began = time.perf_counter()
    outcome(data, format)
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("format", "document"),
    [
        ("phenopackets", '{"subject": {"id": "a", "id": "b"}, "metaData": {}}'),
        ("ga4gh-pedigree", '{"individuals": [], "individuals": [], "relationships": []}'),
        ("pedigreejs", '[{"name": "a", "sex": "F", "sex": "M", "proband": true, "yob": 1950}]'),
        ("phenotips", '[{"id": "a", "disorders": [], "disorders": [131100]}]'),
        ("phenopackets", r'{"subject": {"id": "x\u003ay", "sex": "MALE", "sex": "FEMALE"}, "metaData": {}}'),
        ("fhir", r'{"resourceType": "Patient", "id": "a\u003ab", "gender": "male", "gender": "female"}'),
        (
            "fhir",
            '{"resourceType": "Patient", "id": "a"}\n'
            r'{"resourceType": "FamilyMemberHistory", "id": "a\u003ab", "status": "partial", "status": "completed"}',
        ),
    ],
)
def test_a_key_that_stands_twice_is_an_error(format: str, document: str) -> None:
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(document.encode(), format=format)
    assert "D003" in [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("format", ["pedigreejs", "phenotips"])
def test_an_entry_that_is_no_person_has_its_place_in_the_list(format: str) -> None:
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(b'[{"name": "a", "id": "a", "sex": "F", "proband": true}, 5]', format=format)
    assert [problem.where for problem in refused.value.problems if problem.code == "D005"] == ["/1"]

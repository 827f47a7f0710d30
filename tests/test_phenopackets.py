"""Phenopackets 2: what is read from real and made-up documents, what is written, and what others say of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from histories import effort
from hypothesis import given

import menscreen
from menscreen.formats import phenopackets
from menscreen.formats.content import Content
from menscreen.formats.phenopackets.curies import identifier_of
from menscreen.formats.phenopackets.times import ONSETS, onset_of, years_of
from menscreen.laws.changing import in_one_order
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Age, History, Origin, Result, Sex, Status
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome
from menscreen.strategies import pedigrees
from menscreen.vocabulary import vocabulary

SHARED = Path(__file__).parents[2] / "shared" / "formats" / "data" / "phenopackets"
FILES = sorted(SHARED.glob("*.json"))
ROOT = Path(__file__).parents[1]


def packet(**parts: Any) -> dict[str, Any]:
    return {"id": "packet", "subject": {"id": "p1", "sex": "FEMALE"}, "metaData": {}, **parts}


def feature(id: str, label: str, **parts: Any) -> dict[str, Any]:
    return {"type": {"id": id, "label": label}, **parts}


MTC = feature("HP:0002865", "Medullary thyroid carcinoma", onset={"age": {"iso8601duration": "P31Y6M"}})


def read(document: Any) -> Pedigree:
    return menscreen.read(json.dumps(document).encode())


def codes(family: Pedigree) -> list[str]:
    return [problem.code for problem in family.problems]


# Real files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_real_file_is_read(path: Path) -> None:
    family = menscreen.read(path)
    assert family.format == "phenopackets"
    assert family.people[0].findings
    assert family.family_history is FamilyHistory.NOT_ASKED


@pytest.mark.skipif(not FILES, reason="the real files are not there")
def test_the_daughter_with_men2a() -> None:
    family = menscreen.read(SHARED / "PMID_24331334_DM_patient.json")
    (person,) = family.people
    findings = {one.term: one for one in person.findings}
    assert findings["pheochromocytoma"].age == Age(19, 19)
    assert findings["hyperparathyroidism"].status is Status.ABSENT
    assert [(one.gene, one.result, one.variant) for one in person.tests] == [
        ("RET", Result.PATHOGENIC, "c.1902C>G p.(Cys634Trp)")
    ]
    assert findings["pheochromocytoma"].at == "/phenotypicFeatures/2"
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


@pytest.mark.skipif(not FILES, reason="the real files are not there")
@pytest.mark.parametrize("case", ["PMID_38141607", "PMID_38325380_Patient_1.", "PMID_38325380_Patient_5"])
def test_a_gene_symbol_or_a_lab_value_of_another_disease_flags_nobody(case: str) -> None:
    """MAX of a malformation, ZFX of an X-linked syndrome: trap 16."""
    (path,) = SHARED.glob(f"{case}*")
    screening = menscreen.screen(menscreen.read(path))
    assert screening.flags == ()
    assert screening.outcome is Outcome.CLARIFY


# Traps 10 and 16 in small


def interpretation(symbol: str, disease: str, label: str, acmg: str = "PATHOGENIC", **more: Any) -> dict[str, Any]:
    descriptor = {"id": "v", "geneContext": {"valueId": "HGNC:1", "symbol": symbol}}
    call = {"acmgPathogenicityClassification": acmg, "variationDescriptor": descriptor}
    entry = {"subjectOrBiosampleId": "p1", "interpretationStatus": "CAUSATIVE", "variantInterpretation": call, **more}
    diagnosis = {"disease": {"id": disease, "label": label}, "genomicInterpretations": [entry]}
    return {"id": "i", "progressStatus": "SOLVED", "diagnosis": diagnosis}


@pytest.mark.parametrize(
    ("symbol", "disease", "label"),
    [
        ("MAX", "OMIM:620712", "Polydactyly-macrocephaly syndrome"),
        ("ZFX", "OMIM:301118", "Intellectual developmental disorder, X-linked syndromic 37"),
        ("GNAS", "OMIM:103580", "Pseudohypoparathyroidism Ia"),
        ("CLDN16", "OMIM:248250", "Hypomagnesemia 3, renal"),
    ],
)
def test_a_pathogenic_variant_of_a_disease_without_tumors_is_no_men(symbol: str, disease: str, label: str) -> None:
    value = {"assay": {"id": "LOINC:2731-8", "label": "Parathyrin"}, "value": {"quantity": {"value": 120.0}}}
    family = read(packet(interpretations=[interpretation(symbol, disease, label)], measurements=[value]))
    screening = menscreen.screen(family)
    assert screening.flags == ()
    assert "F023" in codes(family)


def test_the_same_variant_for_a_tumor_syndrome_counts() -> None:
    known = interpretation("MAX", "OMIM:171300", "Pheochromocytoma, susceptibility to")
    assert [one.gene for one in read(packet(interpretations=[known])).people[0].tests] == ["MAX"]
    left_out = read(packet(interpretations=[interpretation("MAX", "OMIM:620712", "Polydactyly")]))
    assert left_out.people[0].tests == ()
    assert "T006" in codes(left_out)


def test_a_gene_without_a_class_is_no_result() -> None:
    family = read(packet(interpretations=[interpretation("RET", "", "", "NOT_PROVIDED")]))
    assert family.people[0].tests == ()
    assert "T005" in codes(family)
    gene_only = interpretation("RET", "OMIM:999999", "Some disease")
    gene_only["diagnosis"]["genomicInterpretations"][0] = {
        "subjectOrBiosampleId": "p1",
        "interpretationStatus": "CAUSATIVE",
        "gene": {"valueId": "HGNC:9967", "symbol": "RET"},
    }
    assert menscreen.screen(read(packet(interpretations=[gene_only]))).flags == ()


def test_a_solved_case_without_a_classed_variant_is_a_diagnosis() -> None:
    solved = interpretation("MEN1", "OMIM:131100", "Multiple endocrine neoplasia 1", "NOT_PROVIDED")
    assert [one.term for one in read(packet(interpretations=[solved])).people[0].findings] == ["men1"]


def test_a_variant_of_a_tumor_sample_is_somatic() -> None:
    sample = {"id": "s1", "individualId": "p1", "tumorProgression": {"id": "NCIT:C84509", "label": "Primary"}}
    known = interpretation("RET", "OMIM:171400", "MEN2A", subjectOrBiosampleId="s1")
    (test,) = read(packet(interpretations=[known], biosamples=[sample])).people[0].tests
    assert test.origin is Origin.SOMATIC


def test_adult_onset_is_a_band_and_never_an_age() -> None:
    onset = {"ontologyClass": {"id": "HP:0003581", "label": "Adult onset"}}
    family = read(packet(phenotypicFeatures=[feature("HP:0002666", "Pheochromocytoma", onset=onset)]))
    assert family.people[0].findings[0].age == Age(16, None)


def test_every_onset_class_is_a_band_in_order() -> None:
    for digits, (low, high) in ONSETS.items():
        assert onset_of(f"HP:{digits}") == Age(low, high)
        assert high is None or low <= high


@pytest.mark.parametrize(
    ("element", "age"),
    [
        ({"age": {"iso8601duration": "P9Y11M"}}, Age(9, 9)),
        ({"age": {"iso8601duration": "P600M"}}, Age(50, 50)),
        ({"age": {"iso8601duration": "P1D"}}, Age(0, 0)),
        ({"ageRange": {"start": {"iso8601duration": "P30Y"}, "end": {"iso8601duration": "P39Y"}}}, Age(30, 39)),
        ({"age_range": {"start": {"iso8601duration": "P30Y"}, "end": {"iso8601duration": "P39Y"}}}, Age(30, 39)),
        ({"gestationalAge": {"weeks": 30}}, Age(0, 0)),
        ({"timestamp": "2010-06-01T00:00:00Z"}, Age(30, 30)),
        ({"interval": {"start": "2000-06-01T00:00:00Z", "end": "2010-06-01T00:00:00Z"}}, Age(20, 30)),
        ({}, None),
    ],
)
def test_times(element: dict[str, Any], age: Age | None) -> None:
    subject = {"id": "p1", "dateOfBirth": "1980-03-02T00:00:00Z"}
    document = packet(subject=subject, phenotypicFeatures=[{**MTC, "onset": element}])
    family = read(document)
    assert family.people[0].findings[0].age == age
    assert family.people[0].birth_year == 1980
    assert codes(family) == []


@pytest.mark.parametrize("duration", ["", "34", "P", "PY", "P-3Y", "34 years", "P900Y", "P1Y2"])
def test_a_duration_that_is_none_is_reported_and_not_known(duration: str) -> None:
    assert years_of(duration) is None
    family = read(packet(phenotypicFeatures=[{**MTC, "onset": {"age": {"iso8601duration": duration}}}]))
    assert family.people[0].findings[0].age is None
    assert codes(family) == ["A001"]


def test_excluded_is_absent_and_no_code_without_words_gets_lost() -> None:
    excluded = feature("HP:0002666", "Pheochromocytoma", excluded=True)
    denied = feature("SNOMED:0", "No history of thyroid cancer")
    family = read(packet(phenotypicFeatures=[excluded, denied, feature("HP:9999999", "odd nosebleeds")]))
    assert [(one.term, one.status) for one in family.people[0].findings] == [
        ("pheochromocytoma", Status.ABSENT),
        ("thyroid-cancer", Status.ABSENT),
        (None, Status.PRESENT),
    ]
    assert codes(family) == ["F012"]


def test_a_conflict_of_code_and_label_is_reported() -> None:
    family = read(packet(phenotypicFeatures=[feature("HP:0002666", "Papillary thyroid carcinoma")]))
    assert "F014" in codes(family)


def test_side_number_and_spread() -> None:
    modifiers = [{"id": "HP:0012832", "label": "Bilateral"}, {"id": "HP:0031796", "label": "Recurrent"}]
    disease = {
        "term": {"id": "MONDO:0008233", "label": "Pheochromocytoma"},
        "laterality": {"id": "HP:0012833", "label": "Unilateral"},
        "clinicalTnmFinding": [{"id": "NCIT:C48700", "label": "M1 Stage Finding"}],
    }
    bilateral = feature("HP:0002666", "Pheochromocytoma", modifiers=modifiers)
    one, other = read(packet(phenotypicFeatures=[bilateral], diseases=[disease])).people[0].findings
    assert (one.bilateral, one.multiple, one.recurrent) == (True, True, True)
    assert (other.bilateral, other.metastatic) == (False, True)


def test_a_family_history_on_the_own_list_is_of_a_relative() -> None:
    family = read(packet(diseases=[{"term": {"id": "ICD10CM:Z83.41", "label": "Family history of MEN"}}]))
    assert family.people[0].findings == ()
    assert family.people[1].relation is not None
    assert "P017" in codes(family)


def family_of(*persons: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"id": "f", "proband": packet(), "pedigree": {"persons": list(persons)}, "metaData": {}, **parts}


def row(
    id: str, father: str = "0", mother: str = "0", sex: Any = "UNKNOWN_SEX", status: str = "MISSING"
) -> dict[str, Any]:
    return {
        "familyId": "f",
        "individualId": id,
        "paternalId": father,
        "maternalId": mother,
        "sex": sex,
        "affectedStatus": status,
    }


def test_a_family_joins_packets_and_pedigree() -> None:
    mother = packet(subject={"id": "m", "sex": "FEMALE"}, phenotypicFeatures=[MTC])
    rows = [row("p1", "d", "m", "FEMALE"), row("m", sex="FEMALE"), row("d", sex="MALE", status="AFFECTED")]
    family = read(family_of(*rows, relatives=[mother]))
    assert (family.people[0].mother, family.people[0].father) == ("m", "d")
    assert family.person("d").history is History.UNKNOWN
    assert codes(family) == ["P018"]
    assert menscreen.screen(family).outcome is Outcome.WARRANTED


def test_a_number_is_no_sex() -> None:
    family = read(family_of(row("p1", sex="FEMALE"), row("x", sex=1)))
    assert family.person("x").sex is Sex.UNKNOWN


def test_a_proband_who_is_missing_from_the_pedigree_is_read_and_reported() -> None:
    family = read(family_of(row("a"), row("b")))
    assert family.proband == "p1"
    assert codes(family) == ["P002"]
    assert menscreen.screen(family).outcome is Outcome.CLARIFY


def test_a_parent_without_a_row_is_a_placeholder() -> None:
    family = read(family_of(row("p1", mother="m")))
    assert family.person("m").placeholder
    assert codes(family) == ["P002"]


def test_a_cohort_relates_nobody() -> None:
    other = packet(subject={"id": "p2"}, phenotypicFeatures=[MTC])
    family = read({"id": "c", "members": [packet(), other], "metaData": {}})
    assert [one.id for one in family.people] == ["p1", "p2"]
    assert codes(family) == ["P019"]
    assert menscreen.screen(family).flags == ()
    assert menscreen.screen(family, person="p2").outcome is Outcome.WARRANTED


@pytest.mark.parametrize(
    "document",
    [
        packet(htsFiles=[]),
        packet(metaData={"phenopacketSchemaVersion": "1.0.0"}),
        packet(subject={"id": "p1", "ageAtCollection": {"age": "P14Y"}}),
        packet(phenotypicFeatures=[{**MTC, "classOfOnset": {"id": "HP:0003581"}}]),
        packet(phenotypicFeatures=[{**MTC, "negated": True}]),
    ],
)
def test_version_1_is_named_and_refused(document: dict[str, Any]) -> None:
    with pytest.raises(PedigreeError, match="version 1"):
        read(document)


def snaked(value: Any) -> Any:
    from menscreen.formats.parts import snake

    if isinstance(value, dict):
        return {snake(key): snaked(inner) for key, inner in value.items()}
    return [snaked(inner) for inner in value] if isinstance(value, list) else value


DOCUMENTS = [
    packet(phenotypicFeatures=[MTC], interpretations=[interpretation("RET", "OMIM:171400", "MEN2A")]),
    family_of(row("p1", mother="m"), row("m", sex="FEMALE"), relatives=[packet(subject={"id": "m"})]),
    {"id": "c", "members": [packet()], "metaData": {}},
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["packet", "family", "cohort"])
def test_snake_case_and_yaml_say_the_same(document: dict[str, Any]) -> None:
    yaml = pytest.importorskip("yaml")
    camel = read(document)
    snake = read(snaked(document))
    assert in_one_order(snake) == in_one_order(camel)
    written = menscreen.read(yaml.safe_dump(snaked(document)).encode())
    assert written.format == "phenopackets"
    assert in_one_order(written) == in_one_order(camel)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("subject: &a {id: p1}\nmetaData: *a\n", "D008"),
        ("subject: {id: p1}\nmetaData: " + "[" * 500, "D008"),
        ("subject: {id: p1}\nmetaData: {]\n", "D001"),
        ("subject: {id: p1}\nmetaData: {}\n---\nsubject: {id: p2}\n", "D016"),
        ("subject: {id: p1}\nsubject: {id: p2}\nmetaData: {}\n", "D003"),
    ],
    ids=["alias", "deep", "broken", "two documents", "key twice"],
)
def test_dangerous_yaml_is_refused(text: str, code: str) -> None:
    pytest.importorskip("yaml")
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(text.encode(), format="phenopackets")
    assert refused.value.problems[0].code == code


def test_an_unknown_word_that_is_refused_has_a_pointer_for_its_place() -> None:
    document = packet(phenotypicFeatures=[{"type": {"id": "XX:1", "label": "green hair"}}])
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(json.dumps(document).encode(), strict=True)
    assert [one.where for one in refused.value.problems] == ["/phenotypicFeatures/0"]


def test_a_misspelled_key_is_reported() -> None:
    family = read(packet(phenotypicFeature=[MTC]))
    assert codes(family) == ["D004"]
    assert "phenotypicFeatures" in family.problems[0].fix


def test_no_id_or_date_reaches_a_message() -> None:
    subject = {"id": "Ann Smith", "dateOfBirth": "1980-03-02T00:00:00Z", "sex": 1, "timeAtLastEncounter": "soon"}
    document = packet(subject=subject, surname="Smith", measurements=[{}], phenotypicFeatures=[{}, {"type": {}}])
    said = "\n".join(map(str, read(document).problems))
    assert said
    assert not any(word in said for word in ("Ann", "Smith", "1980", "soon", "surname"))


# Writing


@effort(150)
@given(pedigrees())
def test_what_is_written_comes_back_as_what_can_be_carried(family: Pedigree) -> None:
    again = phenopackets.read(Content(phenopackets.write(family)), strict=True)
    assert in_one_order(again) == in_one_order(phenopackets.carried(family))


def test_every_term_comes_back() -> None:
    for term in vocabulary().terms:
        person = menscreen.Person("p1", findings=(menscreen.Finding(term),))
        again = phenopackets.read(Content(phenopackets.write(Pedigree((person,), "p1"))), strict=True)
        assert [one.term for one in again.people[0].findings] == [term]


def test_an_excluded_finding_without_a_code_is_left_out_rather_than_widened() -> None:
    assert identifier_of("niftp") is None
    absent = menscreen.Finding("niftp", status=Status.ABSENT)
    family = Pedigree((menscreen.Person("p1", findings=(absent,)),), "p1")
    assert b"excluded" not in phenopackets.write(family)
    assert "excluded findings that have no code (1)" in phenopackets.losses(family)


@effort(60)
@given(pedigrees())
def test_what_is_written_is_accepted_by_the_library_of_the_standard(family: Pedigree) -> None:
    library = pytest.importorskip("phenopackets")
    parse = pytest.importorskip("google.protobuf.json_format").Parse

    written = phenopackets.write(family)
    message = parse(written, library.Family() if b'"pedigree"' in written else library.Phenopacket())
    proband = message.proband if b'"pedigree"' in written else message
    assert proband.subject.id == family.proband


@effort(60)
@given(pedigrees())
def test_what_is_written_is_valid_for_another_validator(family: Pedigree) -> None:
    validate = pytest.importorskip("pedigree_ga4gh.validate")
    found = validate.validate(json.loads(phenopackets.write(family)))
    assert [one.message for one in found if one.severity != "info"] == []


@pytest.mark.parametrize("example", ["thyroid-cancer-type-unknown", "men2a-cousins", "nf1-pheochromocytoma"])
def test_an_example_gives_the_same_result(example: str) -> None:
    family = menscreen.read(ROOT / "examples" / f"{example}.json")
    again = menscreen.read(menscreen.convert(family, "phenopackets").content)
    one, other = menscreen.screen(family), menscreen.screen(again)
    assert one.outcome is other.outcome
    assert [flag.rule for flag in one.flags] == [flag.rule for flag in other.flags]

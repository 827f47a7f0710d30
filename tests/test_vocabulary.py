"""The graph of the vocabulary and the words that lead to its terms."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, strategies as st

from menscreen.vocabulary import (
    GENES,
    Kind,
    finding_spoken_of,
    findings_said,
    gene,
    qualifiers,
    vocabulary,
    without_doubt,
    without_notes,
)
from menscreen.vocabulary.folding import fold
from menscreen.vocabulary.saying import says_no_more
from menscreen.vocabulary.speech import terms_spoken_of

VOCABULARY = vocabulary()
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the clinical sources are not here")
SPELLINGS = [(word, id) for id, term in VOCABULARY.terms.items() for word in (id, term.name, *term.synonyms)]


def found(words: str) -> str | None:
    term = VOCABULARY.lookup(words)
    return None if term is None else term.id


# The graph


def test_every_parent_is_a_term_and_the_graph_has_no_cycle() -> None:
    for id, term in VOCABULARY.terms.items():
        assert set(term.parents) <= set(VOCABULARY.terms), id
        assert not any(id in VOCABULARY.above(parent) for parent in term.parents), id


def test_above_and_below_agree_with_a_walk_along_the_parents() -> None:
    def slow_above(id: str) -> set[str]:
        return {id}.union(*(slow_above(parent) for parent in VOCABULARY.terms[id].parents))

    above = {id: slow_above(id) for id in VOCABULARY.terms}
    for id in VOCABULARY.terms:
        assert VOCABULARY.above(id) == above[id]
        assert VOCABULARY.below(id) == {other for other in above if id in above[other]}
        assert set(VOCABULARY.children(id)) == {o for o, term in VOCABULARY.terms.items() if id in term.parents}


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("medullary-thyroid-carcinoma", "thyroid-tumor"),
        ("cribriform-morular-thyroid-carcinoma", "thyroid-cancer"),
        ("follicular-thyroid-adenoma", "thyroid-tumor"),
        ("parathyroid-adenoma", "hypercalcemia"),
        ("parathyroid-hyperplasia", "parathyroid-tumor"),
        ("tertiary-hyperparathyroidism", "hypercalcemia"),
        ("macroprolactinoma", "pituitary-macroadenoma"),
        ("macroprolactinoma", "prolactinoma"),
        ("craniopharyngioma", "pituitary-tumor"),
        ("duodenal-gastrinoma", "duodenal-net"),
        ("duodenal-gastrinoma", "gastrinoma"),
        ("pancreatic-gastrinoma", "pancreatic-net"),
        ("gastrinoma", "gastroduodenopancreatic-net"),
        ("insulinoma", "pancreatic-tumor"),
        ("thymic-net", "thymic-tumor"),
        ("bronchial-net", "neuroendocrine-tumor"),
        ("pancreatic-net", "endocrine-tumor"),
        ("pheochromocytoma", "adrenal-tumor"),
        ("pheochromocytoma", "ppgl"),
        ("head-and-neck-paraganglioma", "ppgl"),
        ("ppnad", "adrenocortical-tumor"),
        ("fmtc", "men2a"),
        ("men2b", "men"),
    ],
)
def test_lower_is_a_kind_of_upper(lower: str, upper: str) -> None:
    assert upper in VOCABULARY.above(lower)


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("follicular-thyroid-adenoma", "thyroid-cancer"),
        ("cribriform-morular-thyroid-carcinoma", "papillary-thyroid-carcinoma"),
        ("c-cell-hyperplasia", "thyroid-tumor"),
        ("secondary-hyperparathyroidism", "parathyroid-tumor"),
        ("pheochromocytoma", "paraganglioma"),
        ("pancreatic-tumor", "endocrine-tumor"),
        ("small-cell-lung-cancer", "neuroendocrine-tumor"),
        ("merkel-cell-carcinoma", "neuroendocrine-tumor"),
        ("gastrinoma", "pancreatic-net"),
        ("adrenal-medullary-hyperplasia", "adrenal-tumor"),
    ],
)
def test_lower_is_no_kind_of_upper(lower: str, upper: str) -> None:
    assert upper not in VOCABULARY.above(lower)


@pytest.mark.parametrize(
    "site", ["lung", "stomach", "small-bowel", "appendix", "colon", "rectum", "breast", "kidney", "skin"]
)
def test_a_tumor_of_such_a_site_alone_opens_no_endocrine_tumor(site: str) -> None:
    term = VOCABULARY.of_site(site)
    assert term is not None
    assert term.kind is Kind.TUMOR
    assert not VOCABULARY.below(term.id) & VOCABULARY.below("endocrine-tumor")


@pytest.mark.parametrize(
    ("site", "open_to"),
    [
        ("thyroid", "medullary-thyroid-carcinoma"),
        ("parathyroid", "primary-hyperparathyroidism"),
        ("pancreas", "insulinoma"),
        ("adrenal", "pheochromocytoma"),
        ("pituitary", "prolactinoma"),
        ("duodenum", "duodenal-gastrinoma"),
        ("thymus", "thymic-net"),
        ("paraganglia", "sympathetic-paraganglioma"),
    ],
)
def test_an_endocrine_site_alone_is_open_to_its_tumors(site: str, open_to: str) -> None:
    term = VOCABULARY.of_site(site)
    assert term is not None
    assert open_to in VOCABULARY.below(term.id) - {term.id}


def test_every_site_has_its_tumor() -> None:
    from menscreen.vocabulary.compiling import shipped

    sites = set(shipped().sites.values())
    assert {site for site in sites if VOCABULARY.of_site(site) is None} == set()
    assert {term.site for term in VOCABULARY.terms.values() if term.site} <= sites


# Words


def test_no_folded_word_belongs_to_two_terms() -> None:
    owners: dict[str, set[str]] = {}
    for word, id in SPELLINGS:
        for key in set(fold(word)):
            owners.setdefault(key, set()).add(id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_every_spelling_leads_to_its_term() -> None:
    assert [(word, id) for word, id in SPELLINGS if found(word) != id] == []


@given(st.sampled_from(SPELLINGS), st.data())
def test_case_hyphens_punctuation_and_plural_do_not_matter(spelling: tuple[str, str], data: st.DataObject) -> None:
    word, id = spelling
    word = data.draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]), label="case")(word)
    word = word.replace(" ", data.draw(st.sampled_from([" ", "-", "  ", " - ", "–", "_", "/"]), label="between"))
    if word[-1].isalpha() and word[-1] not in "sSyYxXhHiIuU" and len(re.split(r"\W", spelling[0])[-1]) > 2:
        word += data.draw(st.sampled_from(["", "s"]), label="plural")
    word = (
        data.draw(st.sampled_from(["", " ", "the ", "("])) + word + data.draw(st.sampled_from(["", ".", " ", ")", "?"]))
    )
    assert found(word) == id


@given(st.sampled_from(SPELLINGS), st.randoms(use_true_random=False))
def test_the_order_of_the_words_does_not_matter(spelling: tuple[str, str], random: object) -> None:
    words = fold(spelling[0]).bag.split()
    assume("gland" not in words)  # behind the name of an organ, it is part of that name
    random.shuffle(words)  # type: ignore[attr-defined]
    assert found(" of the ".join(words)) == spelling[1]


@given(st.text())
def test_no_text_raises(text: str) -> None:
    VOCABULARY.lookup(text)
    VOCABULARY.nearest(text)
    VOCABULARY.tumor_spoken_of(text)
    VOCABULARY.of_site(text)
    VOCABULARY.of_site_and_histology("thyroid", text)
    VOCABULARY.finding_at_site("gastrinoma", text)
    VOCABULARY.by_code(text, text)
    VOCABULARY.by_code("icd-o-3", text)
    qualifiers(text)
    gene(text)


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("phaeochromocytoma", "pheochromocytoma"),
        ("pheochromocytoma", "pheochromocytoma"),
        ("Phaeochromocytomas", "pheochromocytoma"),
        ("phaeochromocytomata", "pheochromocytoma"),
        ("phaeo", "pheochromocytoma"),
        ("medullary carcinoma of thyroid", "medullary-thyroid-carcinoma"),
        ("carcinoma of the thyroid, medullary", "medullary-thyroid-carcinoma"),
        ("medullary thyroid carcinoma (MTC)", "medullary-thyroid-carcinoma"),
        ("adenoma of the parathyroid", "parathyroid-adenoma"),
        ("tumour of pancreas", "pancreatic-tumor"),
        ("cancer of the pancreas", "pancreatic-tumor"),
        ("thyroid cancer, type not known", "thyroid-cancer"),
        ("thyroid cancer of unknown type", "thyroid-cancer"),
        ("thyroid cancer (type unknown)", "thyroid-cancer"),
        ("unspecified thyroid cancer", "thyroid-cancer"),
        ("unknown kind of thyroid cancer", "thyroid-cancer"),
        ("neuroendocrine tumour of unknown primary", "neuroendocrine-tumor"),
        ("neuroendocrine pancreatic tumor", "pancreatic-net"),
        ("insulinoma of the pancreas", "insulinoma"),
        ("prolactinoma of the pituitary", "prolactinoma"),
        ("thyroid tumour, histology unknown", "thyroid-tumor"),
        ("endocrine adenoma, gland not stated", "endocrine-tumor"),
        ("neuroendocrine tumour NOS", "neuroendocrine-tumor"),
        ("Thyroid nodules", "thyroid-tumor"),
        ("overactive parathyroid", "hyperparathyroidism"),
        ("overactive thyroid", "hyperthyroidism"),
        ("hypercalcaemia", "hypercalcemia"),
        ("Cushing's disease", "corticotroph-adenoma"),
        ("Cushing’s syndrome", "cushing-syndrome"),
        ("acromegaly", "somatotroph-adenoma"),
        ("Zollinger–Ellison syndrome", "gastrinoma"),
        ("islet cell tumour", "pancreatic-net"),
        ("non-functional pituitary macro-adenoma", "nonfunctioning-pituitary-macroadenoma"),
        ("carcinoid of the appendix", "appendiceal-net"),
        ("gastric carcinoid, type II", "gastric-net-type-2"),
        ("midgut carcinoid", "small-bowel-net"),
        ("goblet cell carcinoid of the appendix", "appendix-tumor"),
        ("lung cancer", "lung-tumor"),
        ("lung carcinoid", "bronchial-net"),
        ("duodenal cancer", "duodenal-tumor"),
        ("adrenal incidentaloma", "adrenal-tumor"),
        ("carotid body tumour", "head-and-neck-paraganglioma"),
        ("medulloblastoma", "medulloblastoma"),
        ("kidney stones", "kidney-stones"),
        ("haemodialysis", "dialysis"),
        ("café-au-lait spots", "cafe-au-lait-macules"),
        ("MEN I", "men1"),
        ("MEN-1", "men1"),
        ("MEN type 1", "men1"),
        ("Wermer's syndrome", "men1"),
        ("multiple endocrine neoplasia, type IIA", "men2a"),
        ("MEN 2 A", "men2a"),
        ("Sipple syndrome", "men2a"),
        ("MEN 3", "men2b"),
        ("Wagenmann-Froboese syndrome", "men2b"),
        ("familial medullary thyroid cancer", "fmtc"),
        ("type 1 neurofibromatosis", "nf1"),
        ("MEN", "men"),
    ],
)
def test_words_as_people_write_them(words: str, id: str) -> None:
    assert found(words) == id


@pytest.mark.parametrize(
    "words",
    [
        "",
        "?",
        "adenoma",
        "cancer",
        "tumor",
        "medullary carcinoma",
        "carrier of a MEN1 variant",
        "family history of thyroid cancer",
        "no thyroid cancer",
        "thyroid cancer: unknown",
        "thyroid cancer not known",
        "not medullary thyroid cancer but something",
        "medulary thyroid cancer",
        "pheochromocytoma (medullary thyroid cancer)",
    ],
)
def test_what_would_be_a_guess_is_not_found(words: str) -> None:
    assert found(words) is None


def test_a_miss_offers_the_nearest_names() -> None:
    assert VOCABULARY.nearest("medulary thyroid cancer")[0] == "medullary thyroid carcinoma"
    assert VOCABULARY.nearest("feochromocytoma")[0] == "pheochromocytoma"
    assert VOCABULARY.nearest("parathyriod adenoma", n=1) == ("parathyroid adenoma",)
    assert VOCABULARY.nearest("qqqq") == ()


def test_qualifiers_are_read_beside_the_term() -> None:
    assert found("recurrent bilateral adrenal tumors") == "adrenal-tumor"
    assert qualifiers("recurrent bilateral adrenal tumors") == {"recurrent": True, "bilateral": True}
    assert qualifiers("solitary parathyroid adenoma") == {"multiple": False}


@pytest.mark.parametrize(
    ("words", "id", "facts"),
    [
        ("two parathyroid adenomas", "parathyroid-adenoma", {"multiple": True}),
        ("double parathyroid adenoma", "parathyroid-adenoma", {"multiple": True}),
        ("parathyroid adenomas (2)", "parathyroid-adenoma", {"multiple": True}),
        ("parathyroid hyperplasia x4", "parathyroid-hyperplasia", {"multiple": True}),
        ("4-gland parathyroid hyperplasia", "parathyroid-hyperplasia", {"multiple": True}),
        ("s/p parathyroidectomy 2 glands", "parathyroid-tumor", {"multiple": True}),
        ("3.5 gland parathyroidectomy", "parathyroid-tumor", {"multiple": True}),
        ("several insulinomas", "insulinoma", {"multiple": True}),
        ("bilat pheo", "pheochromocytoma", {"bilateral": True}),
        ("hx of MTC", "medullary-thyroid-carcinoma", {}),
        ("h/o pheo", "pheochromocytoma", {}),
        ("personal history of medullary thyroid cancer", "medullary-thyroid-carcinoma", {}),
        ("confirmed MTC", "medullary-thyroid-carcinoma", {}),
        ("insulinoma removed", "insulinoma", {}),
        ("persistent hyperparathyroidism", "hyperparathyroidism", {}),
        ("medullary thyroid cancer with mets", "medullary-thyroid-carcinoma", {"metastatic": True}),
        ("metastatic gastrinoma to liver", "gastrinoma", {"metastatic": True}),
        ("breast cancer spread to pituitary", "breast-cancer", {"metastatic": True}),
        ("renal cell carcinoma metastasis to thyroid", "renal-cell-carcinoma", {"metastatic": True}),
        ("Cushing's", "cushing-syndrome", {}),
        ("Conn's", "aldosterone-producing-adenoma", {}),
        ("goiter removed", "operated-goiter", {}),
    ],
)
def test_words_of_records_beside_the_term(words: str, id: str, facts: dict[str, bool]) -> None:
    assert found(words) == id
    assert qualifiers(words) == facts


@pytest.mark.parametrize(
    "words",
    ["family history of MTC", "FH thyroid cancer", "no history of pheochromocytoma", "mother had thyroid cancer",
     "MEN1 in family", "MEN1 negative", "pheochromocytoma ruled out", "parathyroidectomy x2",
     "never had thyroid surgery"],
)  # fmt: skip
def test_words_of_records_make_no_finding_of_a_denied_one_or_of_kin(words: str) -> None:
    assert found(words) is None


def test_words_of_doubt_and_notes_are_taken_off() -> None:
    for words in (
        "possible MTC",
        "r/o MTC",
        "?MTC",
        "MTC?",
        "rule out MTC",
        "presumed MTC",
        "suspected MTC",
        "MTC, not sure",
    ):
        certain = without_doubt(words)
        assert certain is not None
        assert found(certain) == "medullary-thyroid-carcinoma", words
    assert without_doubt("pheochromocytoma ruled out") is None
    for words in (
        "MTC dx age 30",
        "MTC at 44",
        "MTC (age 25)",
        "MTC stage IV",
        "MTC in 1987",
        "MTC 12 mm",
        "MTC, no pheo",
    ):
        assert without_notes(words) == "MTC"


@needs_shared
def test_every_finding_of_the_published_cases_is_known() -> None:
    cases = json.loads((SHARED / "cases" / "published.json").read_text(encoding="utf-8"))
    words = {
        finding["finding"]
        for case in cases
        for person in case["pedigree"]["people"]
        for finding in person.get("findings") or ()
        if "finding" in finding
    }
    assert words
    assert {word for word in words if found(word) is None} == set()


SYMPTOMS_AND_FEATURES = """
flushing; diarrhoea; wheezing; oedema; abdominal pain; itching; palpitations; headache; sweating; pallor
panic; high blood pressure; light-headedness; fainting; hypoglycaemia; weight gain; high sugar; diabetes; rash
weight loss; blood-sugar swings; impaired glucose; watery diarrhoea; low potassium; peptic ulcers; reflux
PPI dependence; kidney stones; bone pain; fractures; thirst; polyuria; constipation; fatigue; mood change
palpable neck mass; galactorrhoea; missed periods; infertility; male sexual dysfunction; gynaecomastia
gigantism; ring and shoe size up; bitemporal field loss; Cushing features; virilisation; precocious puberty
megacolon; no tears when crying; feeding problems; hypotonia; Hirschsprung operation
intense itch of the upper back; painful skin bumps; fibroid surgery; sudden deafness; tinnitus
facial angiofibromas; collagenomas; lipomas; café-au-lait macules; confetti hypopigmented macules
gingival papules; meningioma; ependymoma; leiomyoma; mucosal neuromas; thick everted lips; marfanoid habitus
GI ganglioneuromatosis; thickened corneal nerves; alacrima; pes cavus; kyphoscoliosis; slipped epiphysis
pectus; joint laxity; cutaneous lichen amyloidosis; Hirschsprung disease; C-cell hyperplasia
ossifying fibroma of mandible; renal cysts; Wilms tumour; spotty lentigines; blue naevi; myxoma; LCCSCT
axillary freckling; neurofibromas; Lisch nodules; retinal haemangioblastoma; pancreatic cysts
epididymal cystadenoma; ELST; GIST; paraganglioma; renal cancer; macrocephaly; trichilemmomas; acral keratoses
penile macules; colonic polyposis; CHRPE; desmoid; osteoma; MNG; lung cysts; ovarian SLCT; cystic nephroma
sarcoma; choroid plexus tumour; early breast cancer; neonatal severe hypercalcaemia
"""


@pytest.mark.parametrize(
    "words", [w.strip() for line in SYMPTOMS_AND_FEATURES.strip().splitlines() for w in line.split(";")]
)
def test_every_symptom_and_feature_of_the_syndromes_is_known(words: str) -> None:
    assert found(words) is not None


@pytest.mark.parametrize(
    ("id", "syndromes"),
    [
        ("macroprolactinoma", ("MEN1", "MEN4", "FIPA")),  # of what it is a kind of
        ("gonadotroph-microadenoma", ("MEN1", "MEN4", "FIPA")),
        ("plurihormonal-pituitary-adenoma", ("MEN1", "MEN4", "FIPA")),
        ("aldosterone-producing-adenoma", ("MEN1",)),
        ("cortisol-producing-adenoma", ("MEN1",)),
        ("gastric-net-type-1", ("MEN1",)),
        ("parathyroid-carcinoma", ("HPT-JT", "MEN1", "MEN2A")),  # its own
        ("papillary-thyroid-carcinoma", ()),  # medullary carcinoma lends nothing to its sisters
        ("craniopharyngioma", ()),
        ("brain-tumor", ()),  # states that it has none
    ],
)
def test_a_term_without_syndromes_has_those_of_what_it_is_a_kind_of(id: str, syndromes: tuple[str, ...]) -> None:
    assert VOCABULARY.terms[id].syndromes == syndromes


def test_symptoms_stand_apart_from_tumors() -> None:
    tumors = {id for id, term in VOCABULARY.terms.items() if term.kind is Kind.TUMOR}
    for id, term in VOCABULARY.terms.items():
        if term.kind in (Kind.SYMPTOM, Kind.BENIGN):
            assert not VOCABULARY.below(id) & tumors, id


# Sites and histologies


@pytest.mark.parametrize(
    ("site", "histology", "id"),
    [
        ("thyroid", "medullary", "medullary-thyroid-carcinoma"),
        ("thyroid", "papillary", "papillary-thyroid-carcinoma"),
        ("Thyroid gland", "anaplastic", "anaplastic-thyroid-carcinoma"),
        ("thyroid", "unknown", "thyroid-tumor"),
        ("thyroid", "8345/3", "medullary-thyroid-carcinoma"),
        ("parathyroid", "adenoma", "parathyroid-adenoma"),
        ("pancreas", "NET", "pancreatic-net"),
        ("pancreas", "neuroendocrine", "pancreatic-net"),
        ("pancreas", "adenocarcinoma", "pancreatic-adenocarcinoma"),
        ("adrenal", "cortical adenoma", "adrenocortical-adenoma"),
        ("adrenal", "paraganglioma", "pheochromocytoma"),
        ("adrenal", "carcinoma", "adrenal-tumor"),
        ("stomach", "carcinoid", "gastric-net"),
        ("lung", "small cell", "small-cell-lung-cancer"),
        ("kidney", "renal cell", "renal-cell-carcinoma"),
        ("duodenum", "gastrinoma", "duodenal-gastrinoma"),
        ("thyroid", "prolactinoma", None),
        ("breast", "medullary thyroid", None),
        ("nowhere", "medullary", None),
    ],
)
def test_site_with_histology(site: str, histology: str, id: str | None) -> None:
    term = VOCABULARY.of_site_and_histology(site, histology)
    assert (term and term.id) == id


@pytest.mark.parametrize(
    ("term", "site", "id"),
    [
        ("neuroendocrine-tumor", "small-bowel", "small-bowel-net"),
        ("neuroendocrine-tumor", "ileum", "ileal-net"),
        ("neuroendocrine-tumor", "kidney", "other-net"),
        ("neuroendocrine-tumor", "skin", "other-net"),
        ("neuroendocrine-tumor", "liver", "neuroendocrine-tumor"),
        ("gastrinoma", "pancreas", "pancreatic-gastrinoma"),
        ("ppgl", "adrenal", "pheochromocytoma"),
        ("paraganglioma", "adrenal", "pheochromocytoma"),
        ("paraganglioma", "bladder", "sympathetic-paraganglioma"),
        ("thyroid-cancer", "thyroid", "thyroid-cancer"),
        ("lipoma", "skin", "lipoma"),
        ("schwannoma", "skin", "schwannoma"),
        ("insulinoma", "thyroid", None),
        ("insulinoma", "nowhere", None),
        ("medullary-thyroid-carcinoma", "breast", None),
    ],
)
def test_finding_with_site(term: str, site: str, id: str | None) -> None:
    narrowed = VOCABULARY.finding_at_site(term, site)
    assert (narrowed and narrowed.id) == id


# Speech


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("had half of her thyroid removed", "thyroid-tumor"),
        ("lump on the adrenal gland, operated in 1990", "adrenal-tumor"),
        ("parathyroid operation 1999", "parathyroid-tumor"),
        ("growth in the pancreas, not sure what", "pancreatic-tumor"),
        ("thyroid cancer, no adrenal tumor", "thyroid-tumor"),
        ("thyroid fine; adrenal mass seen", "adrenal-tumor"),
        ("surgery on thyroid and parathyroid", "endocrine-tumor"),
        ("carotid body lump excised", "paraganglioma"),
        ("a phaeochromocytoma was taken out", "adrenal-tumor"),
        ("thyroid cancer and was well, no family history of cancer", "thyroid-tumor"),
        ("MTC/pheo", "endocrine-tumor"),
        ("PHPT found by chance", "parathyroid-tumor"),
        ("half of thyroid out", "thyroid-tumor"),
        ("had thyroid taken out", "thyroid-tumor"),
        ("calcium gland removed", "parathyroid-tumor"),
        ("thryoid cancer", "thyroid-tumor"),
        ("pitutary adenomia", "pituitary-tumor"),
        ("pheochromocitoma", "adrenal-tumor"),
        ("medullary cancer", "thyroid-tumor"),
        ("neuroendocrine mets in liver", "neuroendocrine-tumor"),
        ("medullary breast cancer", None),
        ("on somatostatin for her bowel", None),
        ("prolactin a little high", None),
        ("steroid cream for a lump", None),
        ("taking thyroid tablets", None),
        ("no thyroid cancer", None),
        ("denies thyroid, adrenal or pancreatic tumors", None),
        ("negative for pancreatic mass", None),
        ("thyroid cancer excluded", None),
        ("thyroid cancer excluded today", None),
        ("thyroid cancer ruled  out", None),
        ("a pheochromocytoma. Ruled out.", None),
        ("pancreatic tumour ruled out", None),
        ("never had thyroid surgery", None),
        ("family history of thyroid cancer", None),
        ("mother had thyroid cancer", None),
        ("hypothyroidism on thyroxine", None),
        ("appendix removed", None),
        ("growth hormone deficiency, pituitary", None),
        ("medulloblastoma removed", None),
    ],
)
def test_text_that_speaks_of_an_endocrine_tumor(text: str, id: str | None) -> None:
    term = VOCABULARY.tumor_spoken_of(text)
    assert (term and term.id) == id


def test_an_organ_that_is_named_says_more_than_an_endocrine_tumor() -> None:
    assert terms_spoken_of("an endocrine tumor, later a pituitary tumor") == ["pituitary-tumor"]
    assert terms_spoken_of("an endocrine tumor") == ["endocrine-tumor"]


@pytest.mark.parametrize("beside", ["no sign of", "suspected", "several", "at 31"])
def test_words_beside_a_title_that_deny_doubt_or_count_say_more(beside: str) -> None:
    cancer = VOCABULARY.terms["breast-cancer"]
    assert says_no_more("neoplasm of unspecified breast", cancer)
    assert not says_no_more(f"neoplasm of unspecified breast, {beside}", cancer)


def test_words_of_not_knowing_are_taken_off_up_to_three_deep() -> None:
    unknown = "unknown type of "
    for deep, id in ((1, "thyroid-cancer"), (3, "thyroid-cancer"), (4, None)):
        term = VOCABULARY.lookup(deep * unknown + "thyroid cancer")
        assert (term and term.id) == id


# Genes


def test_genes_by_symbol_alias_and_number() -> None:
    assert [gene(words) for words in ("ret", "HRPT2", "menin", "p27", "P27/KIP1", "HGNC:7010", "the MEN1 gene")] == [
        "RET", "CDC73", "MEN1", "CDKN1B", "CDKN1B", "MEN1", "MEN1",
    ]  # fmt: skip
    assert gene("BRCA99") is None
    assert all(gene(words) == symbol for symbol, names in GENES.items() for words in (symbol, *names))


@needs_shared
def test_every_gene_of_the_clinical_codes_is_known() -> None:
    with (SHARED / "clinical" / "codes.tsv").open(encoding="utf-8") as file:
        symbols = {
            row["finding"][5:] for row in csv.DictReader(file, delimiter="\t") if row["finding"].startswith("gene_")
        }
    assert symbols
    assert {symbol for symbol in symbols if gene(symbol) != symbol} == set()


# Words that mean different things, and preventive operations

MEANINGS = {
    "glomus tumor": ("head-and-neck-paraganglioma", "glomangioma"),
    "PNET": ("pancreatic-net", "primitive-neuroectodermal-tumor"),
    "DNET": ("duodenal-net", "dysembryoplastic-neuroepithelial-tumor"),
    "GNET": ("gastric-net", "gastrointestinal-neuroectodermal-tumor"),
    "ACC": ("adrenocortical-carcinoma", "adenoid-cystic-carcinoma"),
    "HPP": ("hereditary-ppgl", "hypophosphatasia"),
    "FPC": ("hereditary-pancreatic-cancer", "fap"),
}


@pytest.mark.parametrize("words", MEANINGS)
@pytest.mark.parametrize(
    "spelling", ["{}", "metastatic {}", "history of {}", "multiple {}", "the {}s", "{}, type unknown"]
)
def test_words_that_mean_different_things_name_no_term(words: str, spelling: str) -> None:
    said = spelling.format(words)
    assert VOCABULARY.lookup(said) is None
    assert VOCABULARY.tumor_spoken_of(said) is None
    assert tuple(term.id for term in VOCABULARY.meanings(said)) == MEANINGS[words]
    assert VOCABULARY.source_of_meanings(said).startswith("https://")


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("pNET", "pancreatic-net"), ("pNETs", "pancreatic-net"), ("metastatic pNET", "pancreatic-net"),
        ("dNET", "duodenal-net"), ("gNET", "gastric-net"), ("PNET of the pancreas", "pancreatic-net"),
        ("duodenal DNET", "duodenal-net"), ("ACC of the adrenal gland", "adrenocortical-carcinoma"),
        ("ACC of the parotid gland", "adenoid-cystic-carcinoma"), ("subungual glomus tumour", "glomangioma"),
        ("glomus tumor of the finger", "glomangioma"), ("glomus jugulare tumor", "head-and-neck-paraganglioma"),
        ("glomus tumor of the middle ear", "head-and-neck-paraganglioma"),
        ("DNET of the brain", "dysembryoplastic-neuroepithelial-tumor"),
        ("CNS PNET", "primitive-neuroectodermal-tumor"), ("peripheral PNET", "primitive-neuroectodermal-tumor"),
        ("nonfunctioning PNET", "nonfunctioning-pancreatic-net"), ("Whipple's disease", "whipple-disease"),
        ("Whipple operation", "pancreatic-tumor"),
    ],
)  # fmt: skip
def test_what_stands_beside_them_tells_which_is_meant(words: str, id: str) -> None:
    assert found(words) == id
    assert not VOCABULARY.meanings(words)


def test_the_meanings_of_words_differ_and_are_found_by_their_names() -> None:
    for words in MEANINGS:
        one, other = VOCABULARY.meanings(words)
        assert one.id not in VOCABULARY.above(other.id)
        assert other.id not in VOCABULARY.above(one.id)
        assert (found(one.name), found(other.name)) == (one.id, other.id)


@pytest.mark.parametrize(
    "text",
    [
        "prophylactic thyroidectomy", "thyroidectomy (prophylactic)", "preventive total thyroidectomy at age 6",
        "risk-reducing thyroidectomy", "thyroid taken out as a precaution", "thyroid removed to prevent cancer",
        "prophylactic removal of the thyroid, no cancer found",
    ],
)  # fmt: skip
def test_a_preventive_operation_on_the_thyroid_is_no_tumor_and_makes_men2_a_suspicion(text: str) -> None:
    assert VOCABULARY.tumor_spoken_of(text) is None
    said = finding_spoken_of(text)
    assert said is not None
    assert (said.term.id, said.is_doubted) == ("men2", True)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("total thyroidectomy with prophylactic central neck dissection", "thyroid-tumor"),
        ("prophylactic thyroidectomy, medullary cancer found", "thyroid-tumor"),
        ("prophylactic thymectomy", None),
        ("prophylactic mastectomy", None),
        ("no prophylactic thyroidectomy", None),
        ("sister had a prophylactic thyroidectomy", None),
        ("prevention of thyroid disease", None),
    ],
)
def test_only_an_operation_that_was_preventive_is_read_so(text: str, id: str | None) -> None:
    said = finding_spoken_of(text)
    assert (said and said.term.id) == id


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("pheochromocytoma on both sides", "pheochromocytoma"),
        ("pheo left and right", "pheochromocytoma"),
        ("tumors in both adrenals", "adrenal-tumor"),
        ("tumor of both adrenal glands", "adrenal-tumor"),
    ],
)
def test_both_sides_are_bilateral(words: str, id: str) -> None:
    assert found(words) == id
    assert qualifiers(words)["bilateral"] is True


@pytest.mark.parametrize(
    ("words", "site", "said"),
    [
        ("maybe medullary", "thyroid", [("medullary-thyroid-carcinoma", (), True)]),
        ("?MEN1", None, [("men1", (), True)]),
        ("2 parathyroid adenomas", None, [("parathyroid-adenoma", (("multiple", True),), False)]),
        ("history of MTC and two pheos", None, [
            ("medullary-thyroid-carcinoma", (), False), ("pheochromocytoma", (("multiple", True),), False),
        ]),
        ("bilateral", "adrenal", [("adrenal-tumor", (("bilateral", True),), False)]),
        ("MTC and green hair", None, []),
        ("medullary", None, []),
    ],
)  # fmt: skip
def test_findings_are_read_with_their_doubt_and_number(words: str, site: str | None, said: list[object]) -> None:
    assert [(one.term.id, one.facts, one.is_doubted) for one in findings_said(words, site)] == said


def test_the_terms_can_be_counted_and_gone_through() -> None:
    terms = VOCABULARY.terms
    assert len(terms) == len(list(terms)) == len(set(terms)) > 0

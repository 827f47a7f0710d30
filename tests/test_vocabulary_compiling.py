"""The tables that are made of the sources of the vocabulary, of a small one whole."""

from __future__ import annotations

import pytest

from menscreen.vocabulary import compiling

TERMS = """
[tumor.gland-tumor]
site = "gland"
synonyms = ["gland (lump|mass)", "growth  of a gland"]
plain = "a tumor of a gland"

[tumor.gland-adenoma]
parents = ["gland-tumor"]
synonyms = ["gland adenoma", "(benign|) gland polyp"]
syndromes = ["MEN1", "MEN4"]

[tumor.gland-carcinoma]
parents = ["gland-tumor", "hand-tumor"]
syndromes = ["MEN4", "Cowden"]

[tumor.hand-tumor]
site = "hand"
syndromes = []

[tumor.foot-lump]
site = "foot"

[tumor.foot-knot]
site = "foot"

[tumor.leg-knot]
site = "leg"

[tumor.small-leg-knot]
parents = ["leg-knot"]

[syndrome.sick]
name = "Sick syndrome"

[ambiguous."lump"]
means = ["gland-tumor", "foot-lump"]
source = "https://example.org/lump"

[site]
gland = ["glandula"]
hand = []
foot = ["feet"]
leg = []
ear = []
"""
CODES = """system\tcode\tterm\texactness\tseen
ICD-O-3\t8140/0 + C75.0\tgland-adenoma\texact\tlabel
ICD-O-3\t8140/3\tgland-carcinoma\tclose\tmapped
ICD-O-3\t8140/3\thand-tumor\tread\tpage
ICD-10\tC73\tgland-tumor\texact\trecalled
ICD-10\tZ80.8\t-\tfamily history\tlabel
"""
GENES = """
[RET]
hgnc = 9967
ncbi = 5979
aliases = ["PTC gene"]

[MAX]
"""


def tables(terms: str = TERMS, codes: str = CODES, genes: str = GENES) -> compiling.Compiled:
    return compiling._tables([terms.encode(), codes.encode(), genes.encode()])


def test_a_small_vocabulary_has_these_tables() -> None:
    made = tables()
    assert made._asdict() == {
        "terms": [
            [
                "gland-tumor",
                "gland tumor",
                "tumor",
                [],
                ["gland lump", "gland mass", "growth of a gland"],
                "gland",
                ["MEN1", "MEN4", "Cowden"],
                "a tumor of a gland",
            ],
            [
                "gland-adenoma",
                "gland adenoma",
                "tumor",
                ["gland-tumor"],
                ["benign gland polyp", "gland polyp"],
                "gland",
                ["MEN1", "MEN4"],
                None,
            ],
            [
                "gland-carcinoma",
                "gland carcinoma",
                "tumor",
                ["gland-tumor", "hand-tumor"],
                [],
                "gland",
                ["MEN4", "Cowden"],
                None,
            ],
            ["hand-tumor", "hand tumor", "tumor", [], [], "hand", [], None],
            ["foot-lump", "foot lump", "tumor", [], [], "foot", [], None],
            ["foot-knot", "foot knot", "tumor", [], [], "foot", [], None],
            ["leg-knot", "leg knot", "tumor", [], [], "leg", [], None],
            ["small-leg-knot", "small leg knot", "tumor", ["leg-knot"], [], "leg", [], None],
            ["sick", "Sick syndrome", "syndrome", [], [], None, [], None],
        ],
        "joined": {
            "glandtumor": 0,
            "glandlump": 0,
            "glandmass": 0,
            "growthgland": 0,
            "glandadenoma": 1,
            "benignglandpolyp": 1,
            "glandpolyp": 1,
            "glandcarcinoma": 2,
            "handtumor": 3,
            "footlump": 4,
            "footknot": 5,
            "legknot": 6,
            "smalllegknot": 7,
            "sick": 8,
            "sicksyndrome": 8,
        },
        "bags": {
            "gland tumor": 0,
            "gland lump": 0,
            "gland mass": 0,
            "gland growth": 0,
            "adenoma gland": 1,
            "benign gland polyp": 1,
            "gland polyp": 1,
            "carcinoma gland": 2,
            "hand tumor": 3,
            "foot lump": 4,
            "foot knot": 5,
            "knot leg": 6,
            "knot leg small": 7,
            "sick": 8,
            "sick syndrome": 8,
        },
        "ambiguous": {"lump": ["gland-tumor", "foot-lump"]},
        "ambiguous_by": {"lump": "https://example.org/lump"},
        "codes": {
            "ICD-O-3": {"8140/0 C750": ["gland-adenoma"], "8140/3": ["gland-carcinoma", "hand-tumor"]},
            "ICD-10": {"C73": ["gland-tumor"]},
        },
        "set_aside": {"ICD-10": {"Z808": "family history"}},
        "written": {"ICD-O-3 8140/0 C750": "8140/0 + C75.0", "ICD-10 Z808": "Z80.8"},
        "exact": {"ICD-O-3": ["8140/0 C750"], "ICD-10": ["C73"]},
        "unlabeled": {"ICD-O-3 8140/3": "page", "ICD-10 C73": "recalled"},
        "sites": {
            "gland": "gland",
            "glandula": "gland",
            "hand": "hand",
            "foot": "foot",
            "feet": "foot",
            "leg": "leg",
            "ear": "ear",
        },
        "site_terms": {"gland": "gland-tumor", "hand": "hand-tumor", "leg": "leg-knot"},
        "genes": {"RET": ["PTC gene"], "MAX": []},
        "gene_names": {"ret": "RET", "ptc": "RET", "hgnc9967": "RET", "ncbigene5979": "RET", "max": "MAX"},
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('parents = ["leg-knot"]', 'parents = ["leg-not"]', r"small-leg-knot: unknown keys or parents \['leg-not'\]"),
        ('site = "leg"', 'sight = "leg"', r"leg-knot: unknown keys or parents \['sight'\]"),
        ("[tumor.leg-knot]", '[tumor.leg-knot]\nsynonyms = ["lump foot"]', "^'lump foot' is leg-knot and foot-lump$"),
        ('means = ["gland-tumor", "foot-lump"]', 'means = ["gland-tumor", "nothing"]', "'lump': the words of a term"),
        ('source = "https://', 'source = "http://', "'lump': the words of a term, an unknown term or no source"),
        ('[ambiguous."lump"]', '[ambiguous."foot lump"]', "'foot lump': the words of a term"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused(old: str, new: str, message: str) -> None:
    assert old in TERMS
    with pytest.raises(ValueError, match=message):
        tables(TERMS.replace(old, new, 1))


def test_a_name_of_two_genes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"genes.toml: 'ret' stands for two genes"):
        tables(genes=GENES + 'aliases = ["ret"]\n')

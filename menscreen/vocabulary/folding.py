"""Spellings that mean the same words: case, hyphens, plural, punctuation, British spelling, word order.

Folding is by rule and never guesses: two texts fold alike only when they are made of the same words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple


class Folded(NamedTuple):
    """The two keys of a text: its words in order without spaces, and its words sorted, each once."""

    joined: str
    bag: str


_POSSESSIVE = re.compile(r"['’`´]s\b")
_WORDS = re.compile(r"[^\W_]+")
_GENE_LABEL = re.compile(r"\b(?:the|gene|germline)\b")
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "β": "beta", "α": "alpha", "'": "", "’": "", "`": ""}
)
_SPELLINGS = (
    ("aem", "em"),
    ("ae", "e"),
    ("oe", "e"),
    ("tumour", "tumor"),
    ("haviour", "havior"),
    ("colour", "color"),
    ("isation", "ization"),
    ("ised", "ized"),
    ("itre", "iter"),
    ("fibre", "fiber"),
)

#: Words that this vocabulary treats as the first of their line, mostly a noun and its adjective ("of the pancreas").
_SAME_WORDS = """
abdominal: abdomen
adrenal: suprarenal
adrenalcortex: adrenocortical
appendiceal: appendix appendicular
bowel: intestine intestinal
bronchial: bronchus bronchi
cancer: ca malignancy
carcinoma: carcinomata
colonic: colon
cortex: cortical
cutaneous: skin
diagnosis: diagnoses
duodenal: duodenum
esophagus: esophageal
functioning: functional
ganglion: ganglia
gastric: stomach
hyperparathyroidism: hyperparathyroid
ileal: ileum
jaw: mandible mandibular maxilla maxillary
jejunal: jejunum
larynx: laryngeal
lentigo: lentigines
lip: lips
liver: hepatic
lung: pulmonary bronchopulmonary
metastasis: metastases
mucosal: mucosa mucosae
nevus: nevi
nonfunctioning: nonfunctional nonsecreting nonsecretory nonproducing
ovary: ovarian
pancreatic: pancreas
pituitary: hypophysis hypophyseal hypophysial
producing: secreting
rectal: rectum
renal: kidney
retroperitoneal: retroperitoneum
stone: calculus calculi
mediastinal: mediastinum
thoracic: thorax
testis: testicle testicular
thymic: thymus
thyroid: thyroidal
tumor: neoplasm
uterine: uterus womb
"""
_ALIKE = {
    other: word
    for line in _SAME_WORDS.strip().splitlines()
    for word, others in [line.split(": ")]
    for other in others.split()
}
_PREFIXES = {
    "non",
    "micro",
    "macro",
    "neuro",
    "para",
    "extra",
    "hyper",
    "hypo",
    "pre",
    "multi",
    "juxta",
    "pseudo",
    "osteo",
}
_UNTOUCHED = {
    "diabetes",
    "pancreas",
    "lens",
    "herpes",
    "corpus",
    "ascites",
    "rabies",
    "tubes",
    "pes",
    "always",
    "was",
    "has",
}
_GLANDS = {"thyroid", "parathyroid", "pituitary", "adrenal", "thymic", "endocrine", "pancreatic"}
_ROMAN = {"i": "1", "ii": "2", "iia": "2a", "iib": "2b", "iii": "3", "iv": "4", "v": "5", "one": "1", "two": "2"}
_NUMBERED = {"men", "type", "nf", "neurofibromatosis"}
_NUMBER = re.compile(r"\d[ab]?")
_TYPE_NUMBER = re.compile(r"type\d[ab]?")
_NUMBERED_MEN = re.compile(r"men\d[ab]?")
_SMALL = {"of", "the", "a", "an", "in", "on", "at", "left", "right", "type"}
_WHAT = "type|kind|histology|subtype|sort|gland|site|primary|location|origin|cause|nature"
_UNKNOWN_WORDS = frozenset(("not", "unknown", "unspecified", "nos", "some", "kind", "type", "sort"))


@cache
def _unknown_type_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    of = r"(?: of)?(?: (?:an?|the|exact))*"
    unknown = r"not (?:known|recorded|given|reported|remembered)|unknown"
    unsaid = r"not (?:otherwise |further )?(?:stated|specified)|unspecified|nos"
    trailing = (
        rf"(?:{of} (?:{_WHAT})(?: (?:is|was))? (?:{unknown}|{unsaid})"
        rf"|{of} (?:unknown|unspecified) (?:{_WHAT})| (?:{unsaid}))$"
    )
    leading = rf"^(?:(?:unknown|unspecified|some) (?:{_WHAT}) of|unspecified|(?:an? )?(?:kind|type|sort) of) (?=\w)"
    return re.compile(trailing), re.compile(leading)


@lru_cache(maxsize=4096)
def plain_word(word: str) -> str:
    """Fold one lower-case word: British spelling, plural, and the words that count as one."""
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return _ALIKE.get(word) or _ALIKE.get(singular := _singular(word)) or singular


def _singular(word: str) -> str:
    if word.endswith("omata"):
        return word[:-2]
    if len(word) < 4 or word in _UNTOUCHED or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "shes")) or (word.endswith("ches") and not word.endswith("aches")):
        return word[:-2]
    return word[:-1]


#: The only words in which case tells: "dNET" sits in the duodenum, "DNET" mostly in the brain.
_CASED = re.compile(r"(?<![^\W_])([pdg])NETs?(?![^\W_])")
_CASED_ORGANS = {"p": "pancreatic", "d": "duodenal", "g": "gastric"}


def caseless(text: str) -> str:
    """Return a text in small letters, with what its capitals said written out.

    >>> caseless("pNET"), caseless("PNET")
    ('pancreatic net', 'pnet')
    """
    if "NET" in text:
        text = _CASED.sub(lambda found: f"{_CASED_ORGANS[found[1]]} NET", text)
    return text.casefold()


def plain_words(text: str) -> list[str]:
    """Return the folded words of a text in order, small words included."""
    text = caseless(text)
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(letter for letter in text if not unicodedata.combining(letter)).casefold()
    text = _POSSESSIVE.sub("", text).translate(_LETTERS)
    return [plain_word(word) for word in _WORDS.findall(text)]


#: Names that are written out or abbreviated; the first form is replaced by the second, in this order.
_PHRASES = tuple(
    (f" {' '.join(plain_words(long))} ", f" {short} ")
    for long, short in (
        ("multiple endocrine neoplasia", "men"),
        ("multiple endocrine tumor", "men"),
        ("multiple endocrine adenomatosis", "men"),
        ("men syndrome", "men"),
        ("neuroendocrine tumor", "net"),
        ("neuroendocrine neoplasia", "net"),
        ("carcinoid tumor", "net"),
        ("carcinoid", "net"),
        ("nen", "net"),
        ("adrenal cortex", "adrenalcortex"),
        ("cortex adrenal", "adrenalcortex"),
        ("gastro bowel", "gastrointestinal"),
        ("large bowel", "colonic"),
        ("lung bronchial", "bronchial"),
    )
)


#: Words of one name that may stand apart: "neuroendocrine pancreatic tumor".
_TOGETHER = ((frozenset(("neurendocrine", "tumor")), "net"), (frozenset(("cortex", "adrenal")), "adrenalcortex"))


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold a text to its keys; a text without words has empty keys.

    >>> fold("Phaeochromocytomas") == fold("pheochromocytoma")
    True
    >>> fold("carcinoma of the thyroid, medullary").bag == fold("medullary thyroid carcinoma").bag
    True
    """
    words = _numbered(_prefixed(plain_words(text)))
    line = f" {_without_unknown_type(words)} "
    for long, short in _PHRASES:
        line = line.replace(long, short)
    words = _typed([word for word in _numbered(line.split()) if word not in _SMALL])
    words = [
        word for place, word in enumerate(words) if word != "gland" or place == 0 or words[place - 1] not in _GLANDS
    ]
    bag = set(words)
    for apart, together in _TOGETHER:
        if apart <= bag:
            bag = (bag - apart) | {together}
    return Folded("".join(words), " ".join(sorted(bag)))


def _prefixed(words: list[str]) -> list[str]:
    """Join prefixes written apart: "non functioning", "macro adenoma"."""
    joined: list[str] = []
    prefix = ""
    for word in words:
        if word in _PREFIXES:
            prefix += word
        else:
            joined.append(plain_word(prefix + word))
            prefix = ""
    return [*joined, prefix] if prefix else joined


def _numbered(words: list[str]) -> list[str]:
    """Join numbers to what they number: "MEN 2 A", "type II"."""
    joined: list[str] = []
    for word in words:
        last = joined[-1] if joined else ""
        if last in _NUMBERED and word in _ROMAN:
            word = _ROMAN[word]
        is_number = last in _NUMBERED and _NUMBER.fullmatch(word)
        if is_number or (word in ("a", "b") and last.endswith(("1", "2", "3"))):
            joined[-1] += word
        elif word != "syndrome" or not _NUMBERED_MEN.fullmatch(last):
            joined.append(word)
    return joined


def _typed(words: list[str]) -> list[str]:
    """Join the type to the syndrome that it numbers, wherever it stands: "type 1 neurofibromatosis", "MEN type 2A"."""
    types = [word for word in words if _TYPE_NUMBER.fullmatch(word)]
    named = [word for word in words if word in _NUMBERED]
    if len(types) != 1 or len(named) != 1:
        return words
    (kind,), (name,) = types, named
    numbered = name + kind.removeprefix("type")
    return [
        numbered if word == name else word for word in words if word != kind and (word != "syndrome" or name != "men")
    ]


def _without_unknown_type(words: list[str]) -> str:
    line = " ".join(words)
    if _UNKNOWN_WORDS.isdisjoint(words):
        return line
    trailing, leading = _unknown_type_patterns()
    for _ in range(3):
        line = leading.sub("", trailing.sub("", line)).strip() or line
    return line


def gene_key(words: str) -> str:
    """Fold what does not matter in the name of a gene: case, hyphens, spaces, the word "gene"."""
    folded = words.casefold()
    return "".join(_WORDS.findall(_GENE_LABEL.sub("", folded))) or "".join(_WORDS.findall(folded))

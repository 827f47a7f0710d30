"""Whether a free text speaks of a tumor, or of an operation, of an endocrine organ."""

from __future__ import annotations

import re

from menscreen.vocabulary.folding import plain_words


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _words_to_terms(table: str) -> dict[str, str]:
    return {
        word: term
        for line in table.strip().splitlines()
        for term, words in [line.split(": ")]
        for word in words.split()
    }


_ORGANS = _words_to_terms("""
thyroid-tumor: thyroid
parathyroid-tumor: parathyroid
pancreatic-tumor: pancreatic
adrenal-tumor: adrenal adrenalcortex
pituitary-tumor: pituitary
thymic-tumor: thymic
paraganglioma: paraganglion paraganglia
neuroendocrine-tumor: neurendocrine
endocrine-tumor: endocrine
""")
#: Words that speak of organ and tumor, or of organ and operation, at once.
_BOTH = _words_to_terms("""
thyroid-tumor: thyroidectomy hemithyroidectomy
parathyroid-tumor: parathyroidectomy
pancreatic-tumor: pancreatectomy whipple insulinoma glucagonoma
adrenal-tumor: adrenalectomy pheochromocytoma pheo
pituitary-tumor: hypophysectomy prolactinoma
thymic-tumor: thymectomy thymoma
paraganglioma: paraganglioma
gastroduodenopancreatic-net: gastrinoma
neuroendocrine-tumor: carcinoid
""")
_TUMORS = _words("""
tumor cancer carcinoma adenocarcinoma microcarcinoma adenoma macroadenoma microadenoma mass nodule lump growth lesion
sarcoma lymphoma incidentaloma malignant cancerous net carcinoid metastasis hyperplasia
removed removal remove surgery operation operated resection resected excised excision lobectomy
""")
_NOT_BEFORE = _words("no not without deny denie denied negative never neither nor none nil absent absence")
_NOT_AFTER = _words("excluded absent negative denied")
_DOUBT = _words("sure certain known clear stated specified")
_KIN = re.compile(
    r"\b(?:family history|family members?|familial history|fhx?|relatives?|mother|father|mom|mum|dad|parents?|brothers?"
    r"|sisters?|siblings?|sons?|daughters?|children|child's|uncles?|aunts?|cousins?|grand\w+|nephews?|nieces?"
    r"|husband|wife|spouse)\b"
)
_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)|\bbut\b|\bhowever\b|\balthough\b")


def terms_spoken_of(text: str) -> list[str]:
    """Return the ids of the tumors that a text speaks of, in order; a negated or a relative's tumor is left out."""
    if len(text) > 10_000:
        text = text[:10_000]
    found: list[str] = []
    for sentence in _SENTENCE.split(text.casefold()):
        if not _KIN.search(sentence):
            found.extend(id for id in _of_sentence(plain_words(sentence)) if id not in found)
    if len(found) > 1 and "endocrine-tumor" in found:
        found.remove("endocrine-tumor")
    return found


def _of_sentence(words: list[str]) -> list[str]:
    words = words[: _negation(words)]
    words = " ".join(words).replace("growth hormone", "hormone").split()
    organs = [_ORGANS[word] for word in words if word in _ORGANS]
    both = [_BOTH[word] for word in words if word in _BOTH]
    if "carotid" in words and "body" in words:
        organs.append("paraganglioma")
    if organs and any(word in _TUMORS for word in words):
        both += organs
    return list(dict.fromkeys(both))


def _negation(words: list[str]) -> int:
    """Return where a negation begins; 0 when it comes last and speaks of everything before it."""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == "ruled" and following == "out":
            return 0
        if word in _NOT_AFTER and place > 0 and following not in ("for",) and place >= len(words) - 2:
            return 0
        if word in _NOT_BEFORE and following not in _DOUBT:
            return place
    return len(words)

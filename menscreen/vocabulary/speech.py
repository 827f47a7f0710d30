"""Whether a free text speaks of a tumor, or of an operation, of an endocrine organ."""

from __future__ import annotations

import re
from collections.abc import Collection

from menscreen.vocabulary.asides import LONGEST
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
thyroid-tumor: thyroidectomy hemithyroidectomy mtc fmtc ptc ftc
parathyroid-tumor: parathyroidectomy phpt
pancreatic-tumor: pancreatectomy whipple insulinoma glucagonoma vipoma somatostatinoma pnet
adrenal-tumor: adrenalectomy pheochromocytoma pheo aldosteronoma
pituitary-tumor: hypophysectomy prolactinoma microprolactinoma macroprolactinoma acromegaly
thymic-tumor: thymectomy thymoma
paraganglioma: paraganglioma pgl
ppgl: ppgl
gastroduodenopancreatic-net: gastrinoma
neuroendocrine-tumor: carcinoid net
""")
_TUMORS = _words("""
tumor cancer carcinoma adenocarcinoma microcarcinoma adenoma macroadenoma microadenoma mass nodule lump growth lesion
sarcoma lymphoma incidentaloma malignant cancerous net carcinoid metastasis hyperplasia
removed removal remove surgery operation operated resection resected excised excision lobectomy
met metastatic
""")
_NOT_BEFORE = _words("no not without deny denie denied negative never neither nor none nil absent absence")
_NOT_AFTER = _words("excluded absent negative denied")
_DOUBT = _words("sure certain known clear stated specified")
#: What "medullary" may be of when it is not of the thyroid.
_MEDULLARY_ELSEWHERE = _words("breast renal colonic adrenal bone sponge spinal")
_TAKEN_OUT = re.compile(
    r"\b(?:taken|cut|came|took) (?:\w+ ){0,3}out\b|\b(?:thyroid|parathyroid|adrenal|pancreatic) (?:gland )?out$"
)
#: Words are recognized when they are misspelled, from this length and likeness on.
_LONG, _ALIKE, _ALIKE_BOTH = 5, 0.85, 0.9
_NO_KIN = re.compile(r"\b(?:no|not|without|denies|negative)\b[^,]*$")
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
        told = sentence if len(sentence) > LONGEST else _NO_KIN.sub("", sentence)
        if not _KIN.search(told):
            found.extend(id for id in _of_sentence(plain_words(sentence)) if id not in found)
    if len(found) > 1 and "endocrine-tumor" in found:
        found.remove("endocrine-tumor")
    return found


def _of_sentence(words: list[str]) -> list[str]:
    words = words[: _negation(words)]
    line = " ".join(words).replace("growth hormone", "hormone").replace("calcium gland", "parathyroid")
    words = line.split()
    alike, alike_both = (_ALIKE, _ALIKE_BOTH) if len(line) <= LONGEST else (1, 1)
    organs = [_ORGANS[organ] for word in words if (organ := _meant(word, _ORGANS, alike))]
    both = [_BOTH[tumor] for word in words if (tumor := _meant(word, _BOTH, alike_both))]
    if "carotid" in words and "body" in words:
        organs.append("paraganglioma")
    if "medullary" in words and not organs and _MEDULLARY_ELSEWHERE.isdisjoint(words):
        organs.append("thyroid-tumor")
    if organs and (any(_meant(word, _TUMORS, alike) for word in words) or _TAKEN_OUT.search(line)):
        both += organs
    return list(dict.fromkeys(both))


def _meant(word: str, known: Collection[str], likeness: float) -> str | None:
    """Return the known word, also when letters of it are missing, wrong or in the wrong order."""
    if word in known:
        return word
    if len(word) < _LONG or likeness == 1:
        return None
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, likeness)
    return near[0] if near else None


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

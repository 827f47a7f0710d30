"""Whether a free text speaks of a tumor, or of an operation, of an endocrine organ."""

from __future__ import annotations

import re

from menscreen.vocabulary.folding import plain_words

_ORGANS = {
    "thyroid": "thyroid-tumor", "parathyroid": "parathyroid-tumor", "pancreatic": "pancreatic-tumor",
    "adrenal": "adrenal-tumor", "adrenalcortex": "adrenal-tumor", "pituitary": "pituitary-tumor", "thymic": "thymic-tumor",
    "paraganglion": "paraganglioma", "paraganglia": "paraganglioma", "neurendocrine": "neuroendocrine-tumor",
    "endocrine": "endocrine-tumor",
}  # fmt: skip
_TUMORS = {
    "tumor", "cancer", "carcinoma", "adenocarcinoma", "microcarcinoma", "adenoma", "macroadenoma", "microadenoma", "mass",
    "nodule", "lump", "growth", "lesion", "sarcoma", "lymphoma", "incidentaloma", "malignant", "cancerous", "net", "carcinoid",
    "metastasis", "removed", "removal", "remove", "surgery", "operation", "operated", "resection", "resected", "excised",
    "excision", "lobectomy", "biopsy", "neoplasia", "hyperplasia", "spot",
}  # fmt: skip
#: Words that speak of organ and tumor at once.
_BOTH = {
    "thyroidectomy": "thyroid-tumor", "hemithyroidectomy": "thyroid-tumor", "parathyroidectomy": "parathyroid-tumor",
    "adrenalectomy": "adrenal-tumor", "pancreatectomy": "pancreatic-tumor", "whipple": "pancreatic-tumor",
    "hypophysectomy": "pituitary-tumor", "thymectomy": "thymic-tumor", "thymoma": "thymic-tumor",
    "pheochromocytoma": "adrenal-tumor", "pheo": "adrenal-tumor", "paraganglioma": "paraganglioma", "carcinoid": "neuroendocrine-tumor",
    "insulinoma": "pancreatic-tumor", "gastrinoma": "gastroduodenopancreatic-net", "glucagonoma": "pancreatic-tumor",
    "prolactinoma": "pituitary-tumor",
}  # fmt: skip
_NOT_BEFORE = {
    "no",
    "not",
    "without",
    "deny",
    "denies",
    "denie",
    "denied",
    "negative",
    "never",
    "neither",
    "nor",
    "none",
    "nil",
    "absent",
    "absence",
}
_NOT_AFTER = {"excluded", "absent", "negative", "denied"}
_DOUBT = {"sure", "certain", "known", "clear", "stated", "specified", "sur"}
_KIN = re.compile(
    r"\b(?:family history|family members?|familial history|fhx?|relatives?|mother|father|mom|mum|dad|parents?|brothers?|sisters?|siblings?"
    r"|sons?|daughters?|children|child's|uncles?|aunts?|cousins?|grand\w+|nephews?|nieces?|husband|wife|spouse)\b"
)  # fmt: skip
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

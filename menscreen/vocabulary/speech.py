"""Whether a free text speaks of a tumor, or of an operation, of an endocrine organ."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from menscreen.vocabulary.asides import LONGEST
from menscreen.vocabulary.denying import denial_after, without_what_was_looked_for
from menscreen.vocabulary.folding import caseless, plain_words


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
#: Words that speak of organ and operation at once.
_OPERATIONS = _words_to_terms("""
thyroid-tumor: thyroidectomy hemithyroidectomy
parathyroid-tumor: parathyroidectomy
pancreatic-tumor: pancreatectomy whipple
adrenal-tumor: adrenalectomy
pituitary-tumor: hypophysectomy
thymic-tumor: thymectomy
""")
#: Words that speak of organ and tumor at once.
_BOTH = _words_to_terms("""
thyroid-tumor: mtc fmtc ptc ftc
parathyroid-tumor: phpt
pancreatic-tumor: insulinoma glucagonoma vipoma somatostatinoma pannet
adrenal-tumor: pheochromocytoma pheo aldosteronoma
pituitary-tumor: prolactinoma microprolactinoma macroprolactinoma acromegaly
thymic-tumor: thymoma
paraganglioma: paraganglioma pgl
ppgl: ppgl
gastroduodenopancreatic-net: gastrinoma
neuroendocrine-tumor: carcinoid net
""")
_BOTH_OR_OPERATIONS = _BOTH | _OPERATIONS
_TUMORS = _words("""
tumor cancer carcinoma adenocarcinoma microcarcinoma adenoma macroadenoma microadenoma mass nodule lump growth lesion
sarcoma lymphoma incidentaloma malignant cancerous net carcinoid metastasis hyperplasia
met metastatic
""")
_OPERATED = _words("removed removal remove surgery operation operated resection resected excised excision lobectomy")
_TUMORS_OR_OPERATED = _TUMORS | _OPERATED
#: An operation that is done before there is a tumor; nodes are taken out so beside an operation on one.
_PREVENTIVE = re.compile(
    r"\b(?:prophyla\w+|prevent\w*|precaution\w*|risk reduc\w+)\b(?!(?: \w+){0,2} (?:neck|node|dissection|antibiotic))"
)
#: The tumor that was prevented was not there.
_PREVENTED = re.compile(r"\bprevent\w*(?: \w+){0,3}? (?:cancer|carcinoma|tumor|mtc)\b")
_NOT_BEFORE = _words("""
no not without deny denie denied negative never neither nor none nil absent absence free
dont doesnt didnt isnt wasnt hasnt havent hadnt cannot
pas kein keine keinen keiner keinem ohne sans aucun aucune sin ningun ninguna niega senza nessun nessuna geen ingen sem
""")
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
_MINUS = re.compile(r"\(\s*[-–—−]\s*\)")
_CLAUSE = re.compile(r"[,;()\[\]]")
_FILLING = _words("was were is are been has have had then later now since subsequently it but so also therefore")
_SENTENCE = re.compile(r"[.;!?\n]+(?=\s|$)|\bbut\b|\bhowever\b|\balthough\b")


def terms_spoken_of(text: str) -> list[str]:
    """Return the ids of the tumors that a text speaks of, in order; a negated or a relative's tumor is left out."""
    found: list[str] = []
    for words in _told(text):
        found.extend(id for id in _of_sentence(words) if id not in found)
    if len(found) > 1 and "endocrine-tumor" in found:
        found.remove("endocrine-tumor")
    return found


def speaks_of_preventive_thyroidectomy(text: str) -> bool:
    """Tell whether a thyroid gland was taken out before there was a tumor in it."""
    for words in _told(text):
        if (
            _is_preventive(words)
            and "thyroid-tumor" in _of_sentence(words, operations=True)
            and not _of_sentence(words)
        ):
            return True
    return False


def _is_preventive(words: list[str]) -> bool:
    return _PREVENTIVE.search(" ".join(words)) is not None


def _told(text: str) -> Iterator[list[str]]:
    """Yield the folded words of each sentence, up to a negation; what is told of relatives is left out."""
    for sentence in _standing(text):
        told = sentence if len(sentence) > LONGEST else _NO_KIN.sub("", sentence)
        if not _KIN.search(told):
            words = plain_words(without_what_was_looked_for(sentence).replace("w/o", "without"))
            line = _PREVENTED.sub("prevent", " ".join(_not_negated(words)))
            yield line.replace("growth hormone", "hormone").replace("calcium gland", "parathyroid").split()


def speaks_of_anybody(text: str) -> bool:
    """Tell whether a text speaks of a tumor, be it of this person or of a relative.

    >>> speaks_of_anybody("Mother had thyroid cancer"), speaks_of_anybody("no thyroid cancer")
    (True, False)
    """
    return any(_of_sentence(_not_negated(plain_words(one)), operations=False) for one in _standing(text))


def is_taken_back(text: str) -> bool:
    """Tell whether a text denies a tumor after it has named it: "pheochromocytoma, not seen on CT"."""
    return None in _sentences(text)


def _standing(text: str) -> Iterator[str]:
    """Yield the sentences that deny nothing that they, or those before them, have named."""
    return (sentence for sentence in _sentences(text) if sentence is not None)


def _sentences(text: str) -> list[str | None]:
    """Part a text in sentences, without what is denied of other things in them; ``None`` for one that is taken back."""
    found: list[str | None] = []
    for sentence in _SENTENCE.split(caseless(text[:10_000])):
        kept: list[str] = []
        is_whole = True
        for clause in _CLAUSE.split(_MINUS.sub(" - ", sentence)):
            denial = denial_after(clause)
            if denial is None:
                kept.append(clause)
                continue
            words = [word for word in plain_words(clause[:denial]) if word not in _FILLING]
            if not words and not any(map(str.strip, kept)) and found:
                found[-1] = None
            is_whole = is_whole and bool(words) and not _of_sentence(words, operations=True)
        found.append(", ".join(kept) if is_whole else None)
    return found


def _of_sentence(words: list[str], operations: bool | None = None) -> list[str]:
    """Return the tumors that a sentence speaks of; operations speak of one too, unless they were preventive."""
    line = " ".join(words)
    operations = not _is_preventive(words) if operations is None else operations
    alike, alike_both = (_ALIKE, _ALIKE_BOTH) if len(line) <= LONGEST else (1, 1)
    organs = [_ORGANS[organ] for word in words if (organ := _meant(word, _ORGANS, alike))]
    named = _BOTH_OR_OPERATIONS if operations else _BOTH
    both = [named[tumor] for word in words if (tumor := _meant(word, named, alike_both))]
    if "carotid" in words and "body" in words:
        organs.append("paraganglioma")
    if "medullary" in words and not organs and _MEDULLARY_ELSEWHERE.isdisjoint(words):
        organs.append("thyroid-tumor")
    telling = _TUMORS_OR_OPERATED if operations else _TUMORS
    is_taken_out = operations and _TAKEN_OUT.search(line)
    if organs and (is_taken_out or any(_meant(word, telling, alike) for word in words)):
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


def _not_negated(words: list[str]) -> list[str]:
    """Return the words before a negation; none when it comes last and speaks of everything before it."""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word == "ruled" and following == "out":
            return []
        if word in _NOT_BEFORE and following not in _DOUBT:
            return words[:place]
    return words

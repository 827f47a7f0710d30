"""What words say of findings: which, certain or in doubt, and what they say beside the term.

Whoever takes down what somebody wrote or said, in a file or in an interview, reads it here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from menscreen.vocabulary.asides import LONGEST, age_among, parted_from_age, qualifiers, without_doubt, without_notes
from menscreen.vocabulary.folding import plain_words
from menscreen.vocabulary.lookup import vocabulary
from menscreen.vocabulary.terms import Kind, Term

Facts = tuple[tuple[str, bool], ...]


class Said(NamedTuple):
    """A finding in words.

    Attributes:
        term: which one.
        facts: what the words say beside it: bilateral, multiple, recurrent, metastatic.
        is_doubted: whether they say that it is not certain ("?MEN1").
        age: the words that say at which age it was found, where somebody reads them.
    """

    term: Term
    facts: Facts = ()
    is_doubted: bool = False
    age: str | None = None


_BETWEEN = re.compile(r"\s*[,;+&]\s*|\s+(?:and|with|plus)\s+", re.IGNORECASE)


def findings_said(words: str, site: str | None = None, *, with_ages: bool = False) -> tuple[Said, ...]:
    """Read one finding, or several ("MTC and pheo") if each of the parts is understood; never a guess.

    With `site` the words may leave it out: a "medullary" tumor of the thyroid. With `with_ages` an age may follow.

    >>> [(one.term.id, one.is_doubted) for one in findings_said("MTC, ?bilateral pheo")]
    [('medullary-thyroid-carcinoma', False), ('pheochromocytoma', True)]
    >>> findings_said("two adenomas", "parathyroid")[0].facts
    (('multiple', True),)
    >>> findings_said("MTC at 44, pheo", with_ages=True)[0].age
    '44'
    """
    whole = _said(words, site, with_ages)
    if whole is not None:
        return (whole,)
    parts = [_said(part, site, with_ages) for part in _BETWEEN.split(words[:LONGEST])]
    understood = tuple(part for part in parts if part is not None)
    return understood if 1 < len(understood) == len(parts) else ()


def finding_spoken_of(words: str) -> Said | None:
    """Read what words that name no finding speak of all the same; they say more, and must be kept beside it.

    A preventive operation on the thyroid gland is no tumor: it is done for MEN2, which is then a suspicion.

    >>> finding_spoken_of("bilateral pheo at 30, 12 mm").term.id
    'pheochromocytoma'
    >>> finding_spoken_of("prophylactic thyroidectomy").is_doubted
    True
    """
    age = age_among(words)
    noted = _said(without_notes(words))
    if noted is not None:
        return noted._replace(age=age)
    known = vocabulary()
    if prevented := known.syndrome_prevented(words):
        return Said(prevented, is_doubted=True)
    tumor = known.tumor_spoken_of(words)
    return None if tumor is None else Said(tumor, age=age)


_DENIED = re.compile(
    r"\b(?:no|never|none|nor|denie[sd]|ruled|excluded|absent|negative"
    r"|not(?! (?:elsewhere|otherwise|specified|stated)))\b",
    re.IGNORECASE,
)
#: What is set aside by name: beside a finding it changes no answer.
_ASIDE = (Kind.SYMPTOM, Kind.BENIGN)
#: No name of a finding within others has more words.
_MOST_WORDS = 5


def says_no_more(words: str, term: Term) -> bool:
    """Tell whether words that name no finding say nothing that goes beyond a term, and nothing against it.

    Most titles of codes do: whatever in them names a finding is this one, or a wider one. A tumor or a syndrome that is
    another or a narrower one says more, and so do a number, an age, a doubt and a negation.

    >>> cancer = vocabulary().terms["breast-cancer"]
    >>> says_no_more("Malignant neoplasm of unspecified site of unspecified female breast", cancer)
    True
    >>> says_no_more("Malignant neoplasm of breast, seen beside a pheochromocytoma", cancer)
    False
    """
    if len(words) > LONGEST or _DENIED.search(words) or without_doubt(words) or qualifiers(words) or age_among(words):
        return False
    known = vocabulary()
    here = None if term.site is None else known.of_site(term.site)
    wider = {term.id, *known.above(term.id), *(() if here is None else (here.id,))}
    spoken = known.tumor_spoken_of(words)
    if spoken is not None and spoken.id not in wider:
        return False
    line = plain_words(words)
    parts = (" ".join(line[at : at + length]) for length in range(1, _MOST_WORDS + 1) for at in range(len(line)))
    named = filter(None, map(known.lookup, dict.fromkeys(parts)))
    return all(one.id in wider or one.kind in _ASIDE for one in named)


def term_said(words: str, site: str | None = None) -> Term | None:
    """Return the term of these words, whether they doubt it or not."""
    known = vocabulary()
    for text in (words, without_doubt(words)):
        if text:
            term = known.lookup(text) or (known.of_site_and_histology(site, text) if site else None)
            term = term or (known.lookup(f"{text} {site}") if site else None)
            if term is not None:
                return term
    return None


def _said(words: str, site: str | None = None, with_ages: bool = False) -> Said | None:
    term = term_said(words, site)
    if term is not None:
        return said_of(term, words)
    parted = parted_from_age(words) if with_ages else None
    said = _said(parted[0], site) if parted and not _BETWEEN.search(parted[1]) else None
    return None if said is None or parted is None else said._replace(age=parted[1])


def said_of(term: Term, words: str) -> Said:
    """Return a term with what the words that name it say beside it."""
    facts = () if term.kind is Kind.SYNDROME else tuple(qualifiers(words).items())
    return Said(term, facts, without_doubt(words) is not None)

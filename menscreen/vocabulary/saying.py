"""What words say of findings: which, certain or in doubt, and what they say beside the term.

Whoever takes down what somebody wrote or said, in a file or in an interview, reads it here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from menscreen.vocabulary.asides import (
    BOXES,
    LONGEST,
    age_among,
    parted_from_age,
    qualifiers,
    without_doubt,
    without_notes,
    without_unknown_facts,
)
from menscreen.vocabulary.folding import gene_key, plain_words
from menscreen.vocabulary.lookup import vocabulary
from menscreen.vocabulary.terms import Kind, Term

if TYPE_CHECKING:
    from menscreen.vocabulary.denying import Denied

Facts = tuple[tuple[str, bool], ...]


class Said(NamedTuple):
    """A finding in words.

    Attributes:
        term: which one.
        facts: what the words say beside it: bilateral, multiple, recurrent, metastatic.
        is_doubted: whether they say that it is not certain ("?MEN1").
        age: the words that say at which age it was found.
        is_denied: whether they say that it is not there ("no history of MTC").
    """

    term: Term
    facts: Facts = ()
    is_doubted: bool = False
    age: str | None = None
    is_denied: bool = False


_BETWEEN = re.compile(r"\s*[,;+&]\s*(?:and\s+)?|\s+(?:and|with|plus|but)\s+", re.IGNORECASE)
_OR = r"(?i:\s*[,;/]?\s*\b(?:or|nor|and/or)\b\s*|\s*/\s*)"
_LISTED = re.compile(r"\s*,\s*")
_YES = (
    r"(?i:\s*(?:yes\b[\s,:;-]*|(?:positive|pos\.?) for\s+)(?P<what>\S.*)"
    r"|(?P<before>.*\w)(?:[\s:=(–—-]+(?:yes|present|positive|pos|confirmed|affected)|[\s(]+\+ve)\s*[)\].!]*\s*"
    r"|(?P<sign>.*\w)\s*[:=(]\s*(?:y|true|t|1|\+|x)\s*[)\].!]*\s*)"
)


def findings_said(words: str, site: str | None = None) -> tuple[Said, ...]:
    """Read one finding, or several ("MTC and pheo") if each of the parts is understood; never a guess.

    A denial is read where it is clear what it denies. With `site` the words may leave it out: a "medullary" tumor of
    the thyroid.

    >>> [(one.term.id, one.is_doubted) for one in findings_said("MTC, ?bilateral pheo")]
    [('medullary-thyroid-carcinoma', False), ('pheochromocytoma', True)]
    >>> findings_said("two adenomas", "parathyroid")[0].facts
    (('multiple', True),)
    >>> findings_said("MTC at 44, pheo")[0].age
    '44'
    >>> [(one.term.id, one.is_denied) for one in findings_said("pheochromocytoma: no")]
    [('pheochromocytoma', True)]
    """
    whole = _said(words, site)
    if whole:
        return whole
    parts = _BETWEEN.split(words[:LONGEST])
    if len(parts) < 2 or _is_denial_of_which(parts):
        return ()
    read = [_said(part, site) for part in parts]
    return tuple(one for part in read for one in part) if all(read) else ()


def _is_denial_of_which(parts: list[str]) -> bool:
    """Whether a denial among the parts may speak of others too: "no MTC, pheo", "MTC, pheo ruled out"."""
    from menscreen.vocabulary.denying import denied

    denials = [denied(part) for part in parts]
    for at, one in enumerate(denials):
        if one is None:
            continue
        others = [part for part, other in zip(parts[:at], denials, strict=False) if other is None]
        if not one.is_before and not one.is_bound and others:
            return True
        following = parts[at + 1] if at + 1 < len(parts) else None
        if one.is_before and following is not None and denials[at + 1] is None and vocabulary().named(following):
            return parted_from_age(following) is None
    return False


def finding_spoken_of(words: str) -> Said | None:
    """Read what words that name no finding speak of all the same; they say more, and must be kept beside it.

    What is denied, left open, or looked for in a way that is not understood is not there. A preventive operation on
    the thyroid gland is no tumor: it is done for MEN2, which is then a suspicion.

    >>> finding_spoken_of("bilateral pheo at 30, 12 mm").term.id
    'pheochromocytoma'
    >>> finding_spoken_of("prophylactic thyroidectomy").is_doubted
    True
    """
    if leaves_open(words):
        return None
    noted = _said(without_notes(words))
    if len(noted) == 1 and not noted[0].is_denied:
        return noted[0]._replace(age=age_among(words))
    known = vocabulary()
    if prevented := known.syndrome_prevented(words):
        return Said(prevented, is_doubted=True)
    tumor = known.tumor_spoken_of(words)
    if tumor is None:
        return None
    is_doubted = without_doubt(words) is not None or re.search(_OF_TWO, words) is not None
    return Said(tumor, is_doubted=is_doubted, age=age_among(words))


_OF_TWO = r"(?i:\b(?:vs\.?|versus)(?!\w))"


def leaves_open(words: str) -> bool:
    """Tell whether words deny what they name, or say that nobody knows it, in a way that is no clear denial.

    >>> leaves_open("MTC: not tested"), leaves_open("pheo, not seen on CT"), leaves_open("MTC, no metastases")
    (True, True, False)
    """
    from menscreen.vocabulary.denying import unsaid
    from menscreen.vocabulary.speech import is_taken_back

    what = unsaid(words)
    return (bool(what) and term_said(what or "") is not None) or is_taken_back(words)


_DENIED = (
    r"(?i:\b(?:no|never|none|nor|denie[sd]|ruled|excluded|absent|negative"
    r"|not(?! (?:elsewhere|otherwise|specified|stated)))\b)"
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
    if (
        len(words) > LONGEST
        or re.search(_DENIED, words)
        or without_doubt(words)
        or qualifiers(words)
        or age_among(words)
    ):
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


def _ends_in_minus(words: str) -> bool:
    """Whether a minus or dash of its own stands at the end, of which folding leaves nothing."""
    bare = words.rstrip(" )")
    return bare[-1:] in _MINUS and not bare[-2:-1].isalnum()


_MINUS = ("-", "–", "—", "−")


def _said(words: str, site: str | None = None) -> tuple[Said, ...]:
    words = without_unknown_facts(words)
    if any(box in words for box in BOXES):
        return ()
    term = None if _ends_in_minus(words) else term_said(words, site)
    if term is not None:
        return (said_of(term, words),)
    from menscreen.vocabulary.denying import denied

    if (denial := denied(words)) is not None:
        return _denied(denial)
    if (affirmed := _affirmed(words)) is not None and (term := term_said(affirmed, site)) is not None:
        return (said_of(term, affirmed),)
    parted = parted_from_age(words)
    if parted is None or _BETWEEN.search(parted[1]):
        return ()
    said = _said(parted[0], site)
    return tuple(one._replace(age=parted[1]) for one in said if not one.is_denied)


def _denied(denial: Denied) -> tuple[Said, ...]:
    """What a denial denies, if each part of it is the name of a finding and says no more; a list needs an "or".

    A negative test of a gene denies no syndrome.
    """
    if denial.is_result and vocabulary().gene(gene_key(denial.what)):
        return ()
    known = vocabulary()
    parts = [denial.what] if known.named(denial.what) else re.split(_OR, denial.what)
    if len(parts) > 1:
        parts = [one for part in parts for one in _LISTED.split(part) if one]
    terms = [known.named(part) for part in parts]
    if any(term is None for term in terms) or (len(parts) > 1 and not denial.is_before):
        return ()
    return tuple(Said(term, is_denied=True) for term in terms if term is not None)


def _affirmed(words: str) -> str | None:
    """What a text affirms ("MTC: yes"); a positive test of a gene is none."""
    found = re.fullmatch(_YES, words) if len(words) <= LONGEST else None
    if found is None:
        return None
    what: str = found["what"] or found["before"] or found["sign"]
    return None if vocabulary().gene(gene_key(what)) else what


def said_of(term: Term, words: str) -> Said:
    """Return a term with what the words that name it say beside it."""
    facts = () if term.kind is Kind.SYNDROME else tuple(qualifiers(words).items())
    return Said(term, facts, without_doubt(words) is not None)

"""What words say beside the term that they name: several, on both sides, a history of, perhaps."""

from __future__ import annotations

import re

from menscreen.vocabulary.folding import caseless, fold

#: Words that say something of the tumor but not which one it is.
_QUALIFIERS = {
    "bilateral": ("bilateral", True),
    "bilat": ("bilateral", True),
    "unilateral": ("bilateral", False),
    "multiple": ("multiple", True),
    "multifocal": ("multiple", True),
    "multigland": ("multiple", True),
    "multiglandular": ("multiple", True),
    "several": ("multiple", True),
    "double": ("multiple", True),
    "single": ("multiple", False),
    "solitary": ("multiple", False),
    "unifocal": ("multiple", False),
    "recurrent": ("recurrent", True),
    "metastatic": ("metastatic", True),
}
#: Words of records that say nothing of the finding: that it was found, that it was taken out.
_SILENT = frozenset([
    "history", "hx", "had", "has", "known", "personal", "past", "previous", "prior", "confirmed", "proven", "newly",
    "histologically", "genetically", "clinically", "diagnosed", "diagnosis", "dx", "persistent", "treated", "operated",
    "resected", "excised", "removed", "removal", "resection", "excision", "surgery",
])  # fmt: skip
#: What is written in several words or signs, and the one word for it.
_PLAINER = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\bh/o\b|\bs/p\b|\bstatus post\b", " history "),
        (r"\b(?:[234](?:\.5)?|two|three|four)[- ]?glands?\b", " multigland "),
        (r"\b(?:(?:in|on|of) )?both sides\b|\bleft and right\b|\bboth (?=adrenals?\b)", " bilateral "),
        (r"^\s*(?:[2-9]|two|three|four|five|six|triple|both)\s+(?=[a-z])", " several "),
        (r"(?<!ectomy)(?<!surgery)(?<!operation)\s+x\s?[2-9]\s*$|\(\s*x?[2-9]\s*\)\s*$", " several "),
        (r"\bwith (?:\w+ ){0,2}(?:mets|metastas[ei]s)\s*$|\b(?:that )?(?:spread|metasta\w+) to .*$", " metastatic "),
        (r"\bto (?:the )?(?:liver|lungs?|bones?|brain|lymph nodes?)\s*$", " "),
    )
)
#: Longer texts are stories, and not the name of a finding.
LONGEST = 200
_DOUBT = re.compile(
    r"^\s*\?|\?\s*$|\br/o\b|\brule out\b|\bquery\b|\bsuspect(?:ed)?\b|\bsuspicion of\b"
    r"|\bpossibl[ey]\b|\bprobabl[ey]\b|\bpresum(?:ed|ptive|ably)\b|\blikely\b|\bmaybe\b|\bperhaps\b|\bquestionable\b"
    r"|\bunconfirmed\b|\bnot (?:confirmed|proven)\b|\b(?:unsure|not sure|not certain)\s*$",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\bstage [ivx\d]+[abc]?\b|\bgrade (?:[123]|i{1,3})\b|\bg[123]\b|\bpt\d\w*|\d+(?:\.\d+)? ?(?:mm|cm)\b"
    r"|(?:\b(?:in|since|from|around)\b\s*)?\b(?:19|20)\d\d\b"
    r"|(?:\b(?:at|aged?|dx|in (?:his|her|their)|@)\s*)+\d{1,2}s?(?:\s*(?:yo|y/o|yrs?|years?(?: old)?))?\b"
    r"|\b\d{1,2}\s*(?:yo|y/o|yrs?|years?(?: old)?)\b"
    r"|[,;-]\s*(?:no|not|without|denies)\b.*$|\bno (?:known )?(?:family history|fhx?)\b.*$",
    re.IGNORECASE,
)


def qualifiers(text: str) -> dict[str, bool]:
    """Return what the words say beside the term: `bilateral`, `multiple`, `recurrent`, `metastatic`.

    >>> qualifiers("bilateral phaeochromocytomas")
    {'bilateral': True}
    >>> qualifiers("two parathyroid adenomas")
    {'multiple': True}
    """
    words = fold(plainer(text)).bag.split()
    return dict(_QUALIFIERS[word] for word in words if word in _QUALIFIERS)


def plainer(text: str) -> str:
    """Write abbreviations of records and numbers of tumors as the words that `without_qualifiers` knows."""
    text = caseless(text)
    if len(text) > LONGEST:
        return text
    for pattern, word in _PLAINER:
        text = pattern.sub(word, text)
    return text


def without_qualifiers(bag: str) -> str:
    """Return a bag without the words of `qualifiers`, and without those that say nothing of the finding."""
    return " ".join(word for word in bag.split() if word not in _QUALIFIERS and word not in _SILENT)


def without_doubt(text: str) -> str | None:
    """Return a text without its words of doubt ("possible", "r/o", a question mark); ``None`` when it has none.

    >>> without_doubt("?MEN1"), without_doubt("MEN1")
    ('MEN1', None)
    """
    if len(text) > LONGEST:
        return None
    certain = _DOUBT.sub(" ", text).strip(" ()")
    return None if certain == text.strip(" ()") else certain


_AT_AGE = re.compile(r"(?P<what>.+?)\s*(?:@|,?\s+(?:at|dx|diagnosed at|age)\s+)\s*(?P<age>[~<>]?\s*\d.*)")


def parted_from_age(text: str) -> tuple[str, str] | None:
    """Return a finding and the age that follows it, each in words; ``None`` where none follows.

    >>> parted_from_age("MTC at 44")
    ('MTC', '44')
    """
    parted = _AT_AGE.fullmatch(text) if len(text) <= LONGEST else None
    return (parted["what"], parted["age"]) if parted else None


_AGE = re.compile(
    r"(?:@|\b(?:at|aged?|when (?:she|he|i|they) (?:was|were))(?: age)?)\s*(\d{1,2})\b(?!\s*(?:mm|cm|/))", re.IGNORECASE
)


def age_among(text: str) -> str | None:
    """Return the age that stands among the words of a text, if there is just one.

    >>> age_among("MTC at 25, spread to the lymph nodes")
    '25'
    """
    ages = _AGE.findall(text) if len(text) <= LONGEST else []
    return ages[0] if len(ages) == 1 else None


def without_notes(text: str) -> str:
    """Return a text without an age, a year, a size, a stage, a grade, and what it says not to be there.

    >>> without_notes("insulinoma (age 25), 12 mm")
    'insulinoma'
    """
    if len(text) > LONGEST:
        return text
    return _NOTES.sub(" ", text).strip(" (),;:-")

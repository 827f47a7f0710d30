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
    "resected", "excised", "removed", "removal", "resection", "excision", "surgery", "cured", "resolved", "remission",
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
#: Boxes of a form that nobody ticked, or of which it cannot be told.
BOXES = ("[ ]", "[]", "( )", "()", "__", "\u2610", "\u25a1", "\u25fb", "\u2717", "\u2718", "\u274c")
#: Longer texts are stories, and not the name of a finding.
LONGEST = 200
# Patterns that few files need are texts, compiled where one is first used.
#: Words of doubt have one of these in them; most texts do not.
_OF_DOUBT = (
    "?", "r/o", "rule", "quer", "suspec", "suspic", "might", "may", "could", "concern", "c/f", "worr", "ddx", "differ",
    "likely", "doubt", "thought", "believ", "confirm", "pending", "possib", "probab", "presum", "perhaps", "question",
    "prove", "sure", "certain", "exclu",
)  # fmt: skip
_DOUBT = (
    r"(?i:\b(?:not|cannot|can['’]?t|could not)(?: be)?(?: been)?(?: yet)? (?:ruled? out|excluded?)\b"
    r"|\?|\br/o\b|\brule[ -]out\b|\bquery\b|\bsuspect(?:ed)?\b|\bsuspicio(?:n of|us (?:for|of))\b"
    r"|\b(?:might|may|could) (?:have (?:had|been)|have|be)(?: an?)?\b|\bconcern(?:s|ing|ed)? (?:for|of|about)\b|\bc/f\b"
    r"|\bworrisome for\b|\b(?:ddx|differential(?: diagnosis)?)(?: of| includes)?\b:?|\bunlikely\b|\bdoubtful\b"
    r"|\b(?:thought|believed) to (?:have|be)(?: an?)?\b|\bto be confirmed\b|\bpending\b"
    r"|\bpossibl[ey]\b|\bprobabl[ey]\b|\bpresum(?:ed|ptive|ably)\b|\blikely\b|\bmaybe\b|\bperhaps\b|\bquestionable\b"
    r"|\bunconfirmed\b|\bnot (?:confirmed|proven)\b|\b(?:unsure|not sure|not certain)\s*$)"
)
_DEATH = r"(?i:(?<![\s,;(-])[\s,;(-]*\b(?:(?:died|dead|deceased|death|passed away)\b|d(?:ec)?\.?\s?\d{1,3}\b).*$)"
_DIED_OF = r"(?i:\bdied (?:at (?:the )?(?:age )?(?:of )?\d+ )?(?:of|from|with|due to|because of)\b)"
_NOTES = (
    r"(?i:\bstage [ivx\d]+[abc]?\b|\bgrade (?:[123]|i{1,3})\b|\bg[123]\b|\bpt\d\w*|\d+(?:\.\d+)? ?(?:mm|cm)\b"
    r"|(?:\b(?:in|since|from|around)\b\s*)?\b(?:19|20)\d\d\b"
    r"|(?:\b(?:at|aged?|dx|in (?:his|her|their)|@)\s*)+\d{1,2}s?(?:\s*(?:yo|y/o|yrs?|years?(?: old)?))?\b"
    r"|\b\d{1,2}\s*(?:y|yo|y/o|yrs?|years?(?: old)?)\b|[\s,(|]+\d\d(?:\s?[-–]\s?\d\d)?\)?\s*$"
    r"|[,;-]\s*(?:no|not|without|denies)\b.*$|\bno (?:known )?(?:family history|fhx?)\b.*$)"
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
    if len(text) > LONGEST or not any(map(text.lower().__contains__, _OF_DOUBT)):
        return None
    certain = re.sub(_DOUBT, " ", text).strip(" ()")
    return None if certain == text.strip(" ()") else certain


_WHEN = r"(?:diagnosed|diagnosis|dx['’]?d?|found|onset|operated)"
_YEARS = r"\d{1,3}(?!\d)"
_ROUGH = r"(?:(?:about|around|approx\w*|roughly|ca?\.|[~<>≤≥])\s*)?"
_OPEN, _CLOSE = r"(?P<what>\W*\w.*?)[\s,;:(\[–—-]", r"\s*[)\].]*"
_AT_AGE = (
    rf"(?i:{_OPEN}*(?:(?:@|\b{_WHEN}\b[\s:,]*(?:at|in)?|(?<!\w)at\b)[\s:]*(?:the )?(?:\baged?\b(?: of)?)?"
    rf"|\baged?\b(?: (?:of|at {_WHEN}))?:?)\s*(?P<age>{_ROUGH}{_YEARS}[^()\[\]]*?){_CLOSE})"
)
_OF_AGE = (
    rf"(?i:{_OPEN}+(?P<age>(?:in )?(?:his|her|their|the) (?:(?:early|mid|middle|late)[ -]+)?\d0['’]?s"
    rf"|(?:before|after|under|over)(?: age)? {_YEARS}|{_YEARS}\s*(?:y|yo|y/o|yrs?|years?(?: old)?)){_CLOSE})"
)


def parted_from_age(text: str) -> tuple[str, str] | None:
    """Return a finding and the age that follows it, each in words; ``None`` where none plainly does.

    >>> parted_from_age("MTC at 44"), parted_from_age("MTC, 44 yo"), parted_from_age("MTC 44")
    (('MTC', '44'), ('MTC', '44 yo'), None)
    """
    text = spaced_once(text)
    if len(text) > LONGEST or re.search(_DEATH, text):
        return None
    parted = re.fullmatch(_AT_AGE, text) or re.fullmatch(_OF_AGE, text)
    return (parted["what"], re.sub(r"\b(before|after|under|over) age\b", r"\1", parted["age"])) if parted else None


_AGE = (
    r"(?i:(?:@|\b(?:at|aged?|when (?:she|he|i|they) (?:was|were))(?: age)?)\s*(\d{1,2})\b"
    r"(?!\s*(?:mm|cm|/|(?:[-–&+,]|and|or|to)\s*\d)))"
)


#: Numbers beside an age that are none.
_NO_AGE = (
    r"(?i:\b(?:stage|grade|type|men|nf|ki-?67|x|g|p?[tnm])\s?\d\w*|\d+(?:[.,]\d+)?\s?(?:mm|cm|%|glands?|tumou?rs?)"
    r"|\b(?:19|20)\d\d\b)"
)


def age_among(text: str) -> str | None:
    """Return the age that stands among the words of a text, if there is just one; an age at death is none.

    >>> age_among("MTC at 25, spread to the lymph nodes, died at 50")
    '25'
    """
    if len(text) > LONGEST or not any(map(str.isdigit, text)):
        return None
    told = re.sub(_NO_AGE, " ", re.sub(_DEATH, "", text))
    ages = re.findall(_AGE, told)
    return ages[0] if len(ages) == len(re.findall(r"\d+", told)) == 1 else None


def spaced_once(text: str) -> str:
    """Return a text with one blank wherever there are several: patterns would try each of these in turn."""
    return " ".join(text.split())


_UNKNOWN_FACT = (
    r"(?i:(?<![\s,;(])[\s,;(]*(?:\b(?:at|aged?|dx|onset)\s*\?+|\?+\s*(?:type|kind|histology|primary|age|year|when|side|site|stage)\b"
    r"|\b(?:age|year|onset)\s*(?::|is|was)?\s*(?:unknown|not known|unk\b|\?+)|\bat (?:an )?unknown age\b)\)?\s*$)"
)


def without_unknown_facts(text: str) -> str:
    """Return a text without what it says nobody knows of the finding, such as the age.

    >>> without_unknown_facts("MTC (age unknown)"), without_unknown_facts("thyroid cancer, ?type")
    ('MTC', 'thyroid cancer')
    """
    if len(text) > LONGEST or ("?" not in text and "nk" not in text and "not known" not in text):
        return text
    return re.sub(_UNKNOWN_FACT, "", text) or text


def without_notes(text: str) -> str:
    """Return a text without an age, a year, a size, a stage, a grade, and what it says not to be there.

    >>> without_notes("insulinoma (age 25), 12 mm")
    'insulinoma'
    """
    if len(text) > LONGEST:
        return text
    return re.sub(_NOTES, " ", re.sub(_DEATH, "", re.sub(_DIED_OF, " ", text))).strip(" (),;:-")

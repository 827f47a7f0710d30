"""What words deny: "no history of MTC", "pheochromocytoma: no". What is denied must never be read as being there."""

from __future__ import annotations

import re
from typing import NamedTuple

from menscreen.vocabulary.asides import BOXES, LONGEST, spaced_once


class Denied(NamedTuple):
    """What a text denies.

    Attributes:
        what: the words for it; empty where a text denies nothing in particular ("none", "no known problems").
        is_before: whether the denial stands before them.
        is_bound: whether a sign such as a colon ties it to them alone.
        is_result: whether it is said as the result of a test: "negative".
    """

    what: str
    is_before: bool = True
    is_bound: bool = False
    is_result: bool = False


# Patterns are texts, compiled where one is first used: most files need none, and they would take milliseconds.
_NO = (
    r"no|not|zero|0|[-–−]ve|negative|neg\.?|denie[sd]|deny(?:ing)?|without|w/o|never|absent|absence|free|ruled[ -]out"
    r"|excluded|un-?affected|(?:do|does|did|has|have|had|is|was)(?: not|n['’]?t)"
    r"|kein(?:e[nrms]?)?|ohne|pas d[e'’]|sans|aucune?|sin|ning[uú]n[oa]?|niega|senza|nessuna?|geen|ingen|sem|nega"
)
#: What may stand between a denial and what it denies.
_BETWEEN = (
    r"ever|currently|known|personal|past|medical|clinical|prior|previous|documented|reported"
    r"|(?:personal )?(?:and|or) family|any|an?|the|such|have|has|had|been|having|diagnosed|affected|history|hx|h/o"
    r"|evidence|signs?|symptoms?|suspicion|diagnosis|findings?|of|for|with|by|from|to|de"
)
_BEFORE = rf"(?i:\s*(?:{_NO})(?![^\W_])[\s:,]*(?:(?:{_BETWEEN})\b:?\s*)*(?P<what>\S.*))"
_RESULT = r"(?i:[^\w–−-]*(?:neg|[-–−]ve))"
_HISTORY = r"(?i:^(?:(?:personal|past|known|prior)\s+)*(?:(?:history|hx)\s+of|h/o)\s+)"
_VERBS = r"(?:(?:was|were|is|are|been|has|have|had|then|later|now|since|subsequently|but)\s+)*"
_ABSENT = (
    r"no|nope|none|nil|never|x ?0|[-–−]ve|negative|neg\.?|absent|denie[sd]|excluded|refuted|ruled[- ]out|un-?affected"
    r"|no (?:history|hx|evidence|signs?)(?: of (?:it|this|that))?"
    r"|not (?:present|there|found|seen|detected|identified|diagnosed|evident|proven to be there)"
)
_AFTER = (
    rf"(?i:\s*(?P<what>\S.*?)(?:(?P<sign>\s*[:=(\[]+\s*|\s+[-–—]+\s*){_VERBS}"
    rf"(?:{_ABSENT}|n|false|f|0|(?<=\()[-–—−](?=\)))|\s*[,;?.]?\s+{_VERBS}(?:{_ABSENT}))\s*[)\].!]*\s*)"
)
_FIRST_OF_NOTHING = frozenset([
    "no", "nil", "none", "not", "nothing", "negative", "neg", "denies", "denied", "never", "healthy", "well",
    "unaffected", "asymptomatic", "unremarkable", "noncontributory", "nkda", "nka", "nad",
])  # fmt: skip
_NOTHING = _FIRST_OF_NOTHING | frozenset([
    "known", "significant", "relevant", "pertinent", "other", "past", "medical", "surgical", "personal", "family",
    "prior", "of", "to", "note", "report", "reported", "recorded", "found", "present", "any", "and", "or", "history",
    "hx", "allergy", "allergies", "drug", "problem", "problems", "condition", "conditions", "disease", "diseases",
    "illness", "illnesses", "finding", "findings", "cancer", "cancers", "tumor", "tumors", "tumour", "tumours",
    "malignancy", "malignancies", "issue", "issues", "concern", "concerns", "complaint", "complaints", "diagnosis",
    "diagnoses", "disorder", "disorders", "symptom", "symptoms", "abnormality", "abnormalities", "health", "major",
    "chronic", "serious", "genetic", "contributory", "noncontributory", "unremarkable",
])  # fmt: skip
_WORDS = re.compile(r"[^\W_]+")
_UNSAID = (
    r"(?i:(?P<what>.*?)(?<![\s:=(\[,;–—-])[\s:=(\[,;–—-]*(?<![^\W_])"
    r"(?:unknown|unk|n\.?/?a\.?|not (?:known|asked|tested|assessed|evaluated|done|recorded|documented|applicable"
    r"|available|sure)|declined|refused|untested|\?\?+)\s*[)\].]*\s*)"
)
#: A denial that speaks of what stands before it, at the end of a sentence or of a part of one.
_BACK = (
    r"(?<![^\W_])(?:no|nope|none|nil|never|[-–−]ve|neg|negative|absent|denie[sd]|refuted|(?:ruled|rules)[- ]out"
    r"|excluded)\s*(?:[,;:)\]]|$)|[:=]\s*(?:n|f|false|0|-)\s*(?:[,;)\]]|$)|[\s:=(][-–—−]\s*\)?\s*$"
    r"|(?<![^\W_])(?:\w+n['’]?t|not) (?:been |yet )?(?:present|there|found|seen|detected|identified|diagnosed|evident"
    r"|proven|tested|asked|assessed|evaluated|done|applicable|available|suspected|visuali[sz]ed|demonstrated|noted"
    r"|documented|recorded)\b|\bno (?:longer|such|history\W*$|evidence\W*$|evidence of (?:it|this|that|tumou?r|mass)\b)"
    r"|(?<![^\W_])(?:no|none|nil|never|negative|absent|excluded)"
    r"\s+(?:on|in|at|by|per|so far|yet|to date|as of|of the|found)\b"
    r"|\b(?:absent|denied|excluded|refuted)\s+\w+\W*$"
    r"|\b(?:ruled|rules)[- ]out\b|-free\b|\b(?:screen(?:ing|ed)?|surveillance|work-?\s?up)\s*$"
)
#: It was looked for, or may come: that tells nothing of whether it is there.
_LOOKED_FOR = (
    r"\b(?:risk|screen\w*|surveillance|test(?:s|ed|ing)?|evaluat\w+|work-?\s?(?:ed )?up|monitor\w*|assess\w*|check\w*"
    r"|imaging|counsel\w+)\s+(?:for|of)\b.*$|\bwork-?\s?(?:ed )?up\b.*$"
)


def denied(text: str) -> Denied | None:
    """Return what a text denies as a whole; ``None`` for any other text.

    >>> denied("No history of thyroid cancer").what, denied("pheochromocytoma: no").what, denied("N/A") is None
    ('thyroid cancer', 'pheochromocytoma', True)
    >>> denied("nonfunctioning adenoma") is None
    True
    """
    text = spaced_once(text)
    if len(text) > LONGEST:
        return None
    if says_nothing(text):
        return Denied("")
    if found := re.fullmatch(_AFTER, text):
        is_result = re.search(_RESULT, text[found.end("what") :]) is not None
        what = re.sub(_HISTORY, "", found["what"].strip(" ()[].,?"))
        return Denied(what, False, found["sign"] is not None, is_result)
    found = re.fullmatch(_BEFORE, text)
    return (
        Denied(found["what"].strip(" ()[]."), is_result=re.match(_RESULT, text.strip()) is not None) if found else None
    )


def says_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing at all.

    >>> [says_nothing(text) for text in ("none", "no known problems", "NKDA", "no MTC", "")]
    [True, True, True, False, False]
    """
    words = _WORDS.findall(text.casefold()) if len(text) <= LONGEST else []
    return bool(words) and words[0] in _FIRST_OF_NOTHING and _NOTHING.issuperset(words)


def unsaid(text: str) -> str | None:
    """Return of what a text says that nobody knows it; ``""`` of nothing in particular, ``None`` for any other text.

    >>> unsaid("MTC: not asked"), unsaid("N/A"), unsaid("MTC")
    ('MTC', '', None)
    """
    text = spaced_once(text)
    if len(text) > LONGEST:
        return None
    if any(box in text for box in BOXES):
        for box in BOXES:
            text = text.replace(box, " ")
        return text.strip(" ()[].,:")
    found = re.fullmatch(_UNSAID, text)
    if found is None:
        return None if _WORDS.search(text) else ""
    return found["what"].strip(" ()[].,")


def denial_after(clause: str) -> int | None:
    """Return where a denial begins that speaks of what stands before it in a clause; ``None`` where none does.

    >>> denial_after("pheo was not found"), denial_after("no pheo")
    (9, None)
    """
    found = re.search(_BACK, clause)
    return found.start() if found else None


def without_what_was_looked_for(sentence: str) -> str:
    """Return a sentence without what somebody was at risk of or screened for.

    >>> without_what_was_looked_for("goiter, screened for mtc")
    'goiter, '
    """
    return re.sub(_LOOKED_FOR, "", sentence)


_TAKEN_BACK = (
    r"(?i:\W*(?:(?:this|it|was|were|is|has|been|later|since|now|then|subsequently|finally|diagnosis)\s+)*"
    r"(?:ruled[ -]out|excluded|refuted|not (?:confirmed|present|found)|denied|negative|absent)\b)"
)


def takes_back(note: str) -> bool:
    """Tell whether the note of a finding says that it was not there after all.

    >>> takes_back("Ruled out by imaging"), takes_back("no surgery")
    (True, False)
    """
    return re.match(_TAKEN_BACK, note) is not None

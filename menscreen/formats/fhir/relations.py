"""How a relative is related: v3 RoleCode, SNOMED CT, the kinship ontology of GA4GH, or words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from menscreen.formats.fhir.elements import Concept
from menscreen.pedigree.family import Zygosity
from menscreen.pedigree.person import Sex
from menscreen.pedigree.relations import Relation, Tie, parse, plain_words
from menscreen.pedigree.words import CODES

#: SNOMED CT codes of relatives; where a display stands beside the code, both are read.
_SNOMED = {
    "72705000": "mother", "65656005": "natural mother", "66839005": "father", "9947008": "natural father",
    "27733009": "sister", "73678001": "natural sister", "70924004": "brother", "60614009": "natural brother",
    "2272004": "half-sister", "45929001": "half-brother", "65616008": "son", "66089001": "daughter",
    "67822003": "child", "25211005": "aunt", "38048003": "uncle", "113157001": "grandmother",
    "17945006": "natural grandmother", "34871008": "grandfather", "62296006": "natural grandfather",
    "55538000": "cousin", "34581001": "niece", "83559000": "nephew", "11286003": "twin sibling",
    "303071001": "relative",
}  # fmt: skip


class Kinship(NamedTuple):
    """What a code of the kinship ontology says of the person whose record it is ("holder") and the patient.

    Attributes:
        link: ``mother``, ``father``, ``parent`` or ``adoptive``: the holder is that of the patient; with `inverse` the
            patient is that of the holder. ``sibling`` and ``twin`` are the same both ways. Empty: no link of blood.
        words: for somebody whom no link can place.
    """

    link: str = ""
    inverse: bool = False
    words: str = ""
    zygosity: Zygosity = Zygosity.UNKNOWN


#: The kinship ontology by number, with the directions that newer editions retired.
KINSHIP = {
    1: Kinship(words="relative"), 2: Kinship(words="relative"), 3: Kinship("parent"), 4: Kinship("father"),
    5: Kinship(), 6: Kinship("mother"), 7: Kinship("sibling"), 8: Kinship("sibling"), 9: Kinship("twin"),
    10: Kinship("twin", zygosity=Zygosity.MONOZYGOTIC), 11: Kinship("twin", zygosity=Zygosity.DIZYGOTIC),
    12: Kinship(words="half-sibling"), 13: Kinship(words="aunt or uncle"), 14: Kinship(words="cousin"),
    15: Kinship(words="maternal cousin"), 16: Kinship(words="paternal cousin"), 17: Kinship(words="grandparent"),
    18: Kinship(words="great-grandparent"), 19: Kinship(), 20: Kinship(), 21: Kinship(), 22: Kinship("adoptive"),
    23: Kinship(), 24: Kinship(), 25: Kinship(), 26: Kinship(), 27: Kinship("mother"), 28: Kinship("father"),
    29: Kinship(), 30: Kinship(), 32: Kinship("parent", True), 33: Kinship("parent"), 34: Kinship("parent", True),
    35: Kinship(words="grandchild"), 36: Kinship(words="grandchild"), 37: Kinship(words="grandparent"),
    38: Kinship("mother"), 39: Kinship(), 40: Kinship("father", True), 41: Kinship("mother", True),
    42: Kinship("mother", True), 43: Kinship("mother", True), 44: Kinship("father", True),
    45: Kinship(words="great-grandchild"), 46: Kinship(words="niece or nephew"), 48: Kinship(), 49: Kinship(),
    50: Kinship(), 51: Kinship(),
}  # fmt: skip


def kinship_of(said: Concept) -> Kinship | None:
    """The kinship that a concept of the GA4GH ontology says; ``None`` for one of another system or not understood."""
    for _, code in said.codes:
        if code.upper().startswith("KIN:") and code[4:].isdigit():
            return KINSHIP.get(int(code[4:]))
    return None


def is_kinship(said: Concept) -> bool:
    """Whether a concept is of the kinship ontology."""
    return any(code.upper().startswith("KIN:") for _, code in said.codes)


class Said(NamedTuple):
    """What a relationship says.

    Attributes:
        words: to be read by `parse`; empty where nothing was understood.
        conflict: code, display and text do not agree; `words` is what they have in common.
        is_family: the record is about the family as a whole.
        is_kinship: a code of the kinship ontology, for `kinship_of`.
    """

    words: str
    relation: Relation | None
    conflict: bool = False
    is_family: bool = False
    is_kinship: bool = False


_UNKNOWN = Said("", None)
_WHOLE_FAMILY = {"FAMMEMB"}
_VAGUE = {"EXT"}


@lru_cache(maxsize=2048)
def relation_of(said: Concept) -> Said:
    """Read a relationship; the more specific of two that agree counts.

    >>> relation_of(Concept((("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "AUNT"),), ("maternal aunt",))).words
    'maternal aunt'
    >>> relation_of(Concept((("", "MTH"),), ("maternal grandmother",))).conflict
    True
    """
    if is_kinship(said):
        return Said("", None, is_kinship=True)
    candidates = []
    vague = False
    for system, code in said.codes:
        upper = code.upper()
        if upper in _WHOLE_FAMILY:
            return Said("", None, is_family=True)
        if upper in _VAGUE:
            vague = True
        elif upper in CODES or upper in ("SELF", "ONESELF"):
            candidates.append(plain_words(upper))
        elif code in _SNOMED:
            candidates.append(_SNOMED[code])
        elif not system and parse(code) is not None:
            candidates.append(code)
    candidates += [word for word in said.words if (told := parse(word)) is not None and (told.steps or not told.kin)]
    if not candidates:
        spoken = next((word for word in said.words if parse(word) is not None), None)
        if spoken is None and vague:
            spoken = "relative"
        return Said(spoken, parse(spoken)) if spoken else _UNKNOWN
    best = candidates[0]
    for other in candidates[1:]:
        agreed = _agreed(best, other)
        if agreed is None:
            return Said("relative", parse("relative"), conflict=True)
        best = agreed
    return Said(best, parse(best))


def _agreed(one: str, other: str) -> str | None:
    """The more specific of two relations, or ``None`` if both cannot hold."""
    first, second = parse(one), parse(other)
    if first is None or second is None:
        return one if second is None else other
    if first.tie is not second.tie:
        # "father" may turn out to be the stepfather, but not the mother-in-law
        general, special = (first, other) if first.tie is Tie.BLOOD else (second, one)
        specific = second if general is first else first
        fits = general.tie is Tie.BLOOD and not general.is_stated and general.steps == specific.steps
        return special if fits else None
    if Sex.UNKNOWN not in (first.sex, second.sex) and first.sex is not second.sex:
        return None
    if not first.steps or not second.steps:
        return other if second.steps or (first.kin is None and not first.steps) else one
    if len(first.steps) != len(second.steps):
        return None
    pairs = list(zip(first.steps, second.steps, strict=True))
    if not all(_fits(a, b) or _fits(b, a) for a, b in pairs):
        return None
    return other if any(a != b and _fits(a, b) for a, b in pairs) or (second.twin and not first.twin) else one


_KINDS = {
    "parent": {"mother", "father"},
    "sibling": {"sister", "brother", "half-sibling", "half-sister", "half-brother"},
    "sister": {"half-sister", "maternal half-sister", "paternal half-sister"},
    "brother": {"half-brother", "maternal half-brother", "paternal half-brother"},
    "half-sibling": {"half-sister", "half-brother", "maternal half-sibling", "paternal half-sibling"},
    "half-sister": {"maternal half-sister", "paternal half-sister"},
    "half-brother": {"maternal half-brother", "paternal half-brother"},
    "child": {"son", "daughter"},
}


def _fits(general: str, special: str) -> bool:
    return general == special or special in _KINDS.get(general, ())

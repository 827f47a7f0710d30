"""How a relative is related: v3 RoleCode, SNOMED CT, the kinship ontology of GA4GH, or words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from menscreen.formats.fhir.elements import Concept
from menscreen.formats.kin import Kin, kin_of
from menscreen.formats.relatives import SNOMED_RELATIVES
from menscreen.pedigree.person import Sex
from menscreen.pedigree.relations import Relation, Tie, parse, plain_words
from menscreen.pedigree.words import CODES


def kinship_of(said: Concept) -> Kin | None:
    """What a concept of the kinship ontology says of the holder of a record and the patient.

    ``None`` where it is not understood: a code of no meaning, or a label that says something else than the code.
    """
    code = next((code for _, code in said.codes if _is_of_kin(code)), None)
    label = next((word for word in said.words if kin_of(None, word) is not None), None)
    return kin_of(code, label)


def _is_of_kin(code: str) -> bool:
    return code.upper().startswith("KIN:")


def is_kinship(said: Concept) -> bool:
    """Whether a concept is of the kinship ontology."""
    return any(_is_of_kin(code) for _, code in said.codes)


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
        elif code in SNOMED_RELATIVES:
            candidates.append(SNOMED_RELATIVES[code])
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

"""What may stand in the resources that are read: keys that none has, and values of the wrong kind, are reported."""

from __future__ import annotations

import re
from typing import Any

from menscreen.formats.fhir.elements import Json
from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import kind, meant
from menscreen.problems import of_length

_OF_ALL = frozenset((
    "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension",
    "modifierExtension", "identifier", "note",
))  # fmt: skip
#: The keys of R4 and R5.
OF_HISTORY = _OF_ALL | frozenset((
    "instantiatesCanonical", "instantiatesUri", "status", "dataAbsentReason", "patient", "date", "name",
    "relationship", "sex", "bornPeriod", "bornDate", "bornString", "ageAge", "ageRange", "ageString",
    "estimatedAge", "deceasedBoolean", "deceasedAge", "deceasedRange", "deceasedDate", "deceasedString",
    "reasonCode", "reasonReference", "condition", "participant", "reason", "procedure",
))  # fmt: skip
OF_HISTORY_CONDITION = frozenset((
    "id", "extension", "modifierExtension", "code", "outcome", "contributedToDeath", "onsetAge", "onsetRange",
    "onsetPeriod", "onsetString", "note",
))  # fmt: skip
OF_CONDITION = _OF_ALL | frozenset((
    "clinicalStatus", "verificationStatus", "category", "severity", "code", "bodySite", "bodyStructure", "subject",
    "encounter", "onsetDateTime", "onsetAge", "onsetPeriod", "onsetRange", "onsetString", "abatementDateTime",
    "abatementAge", "abatementPeriod", "abatementRange", "abatementString", "recordedDate", "recorder", "asserter",
    "participant", "stage", "evidence",
))  # fmt: skip


#: Profiles of DSTU2 and STU3, by the version in their address or behind it.
_OLD_PROFILE = re.compile(
    r"https?://hl7\.org/fhir/(?:(?:DSTU2|STU3|1\.0(?:\.\d)?|3\.0(?:\.\d)?)/|StructureDefinition/\w+\|(?:1|3)\.0\b)"
)


def is_of_old_version(meta: Any) -> bool:
    """Whether the `meta` of a resource names a profile of DSTU2 or STU3.

    >>> is_of_old_version({"profile": ["http://hl7.org/fhir/StructureDefinition/FamilyMemberHistory|3.0.2"]})
    True
    """
    profiles = meta.get("profile") if meta.__class__ is dict else None
    named = profiles if profiles.__class__ is list else [profiles]
    return any(one.__class__ is str and _OLD_PROFILE.match(one) is not None for one in named)


def report_unknown_keys(body: Json, known: frozenset[str], at: str, gathering: Gathering) -> None:
    """Report keys that no such element has; what stands there was not read."""
    if known.issuperset(body):
        return
    for key in [key for key in body if key not in known and not key.startswith("_")][:5]:
        found = of_length("an unknown key", key)
        gathering.complain("D004", at, found, "a key of this element of FHIR", meant(key, known), warning=True)


def listed(value: Any, at: str, gathering: Gathering) -> list[tuple[int, Json]]:
    """The objects of a list with their numbers; what is none is reported. One that stands alone is a list of itself."""
    entries = value if value.__class__ is list else [value]
    for number, one in enumerate(entries):
        if one.__class__ is not dict and one is not None:
            place = f"{at}[{number}]" if entries is value else at
            gathering.complain("D005", place, kind(one), "an object", "correct it, or take it out")
    return [(number, one) for number, one in enumerate(entries) if one.__class__ is dict]

"""FHIR FamilyMemberHistory (R4, R4B, R5) and the GA4GH Pedigree guide: single resources, Bundles, Lists, NDJSON."""

from __future__ import annotations

from menscreen.formats.content import Content
from menscreen.formats.fhir.family import Assembly
from menscreen.formats.fhir.resources import resources_of
from menscreen.formats.fhir.writing import write
from menscreen.formats.gathering import Gathering
from menscreen.formats.structure import is_known_id as is_allowed
from menscreen.pedigree.family import Pedigree

__all__ = ["is_allowed", "read", "write"]


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family from resources of FHIR: single, in a Bundle, a List with `contained`, or one a line.

    Raises:
        PedigreeError: with every problem, when the family cannot be screened.

    >>> mother = b'{"resourceType": "FamilyMemberHistory", "status": "completed", "relationship": {"text": "mother"},'
    >>> mother += b'"patient": {"reference": "Patient/1"}, "condition": [{"code": {"text": "insulinoma"}}]}'
    >>> [person.findings[0].term for person in read(Content(mother), strict=False).people if person.findings]
    ['insulinoma']
    """
    gathering = Gathering("fhir", strict=strict)
    return Assembly(resources_of(content, gathering), gathering).family(content)

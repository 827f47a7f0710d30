"""FHIR FamilyMemberHistory (R4, R4B, R5) and the GA4GH Pedigree guide: single resources, Bundles, Lists, NDJSON."""

from __future__ import annotations

from menscreen.formats.content import Content, refusal
from menscreen.pedigree.family import Pedigree


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family from resources of FHIR."""
    raise refusal("D011", "resources of FHIR", "a pedigree in another format", "convert the family first")

"""The signs by which content is recognized, one for each format. A file name is never asked.

Each sign looks for what only its format has; none may take the content of another, whatever the order.
"""

from __future__ import annotations

import re

from menscreen.formats.content import Content

#: Keys of a phenopacket that no other format has, and those of a family or cohort of them.
_OF_PACKET = {"phenotypicFeatures", "metaData", "timeAtLastEncounter", "genomicInterpretations"}
_OF_PACKET |= {"phenotypic_features", "meta_data", "time_at_last_encounter", "ageAtCollection"}
_YAML_OF_PACKETS = re.compile(
    rb"(?m)\A(?:#.*\n|---.*\n|\s)*(?=[\"']?\w+[\"']?\s*:)"
    rb"(?=[\s\S]*?^[\"']?(?:subject|proband|members)[\"']?\s*:)"
    rb"(?=[\s\S]*?^\s*[-\s]*[\"']?(?:phenotypic_?[fF]eatures|meta_?[dD]ata|subject)[\"']?\s*:)"
)
_PORTRAIT = re.compile(rb"<(?:!DOCTYPE\s+)?(?:\w+:)?FamilyHistory\b")


def is_native(content: Content) -> bool:
    """The schema, or `proband` together with `people` or `relatives` of our own shape."""
    document = content.document
    if not isinstance(document, dict) or "resourceType" in document:
        return False
    return str(document.get("schema", "")).startswith("menscreen-pedigree") or (
        "proband" in document and ("people" in document or "relatives" not in document) and not is_phenopackets(content)
    )


def is_fhir(content: Content) -> bool:
    """A resource of FHIR, or several, one a line."""
    return content.head.startswith(b"{") and b'"resourceType"' in content.head


def is_phenopackets(content: Content) -> bool:
    """A subject with features or metadata, alone, as a proband, or as members of a cohort; JSON or YAML."""
    document = content.document
    if document is None:
        return content.head[:1] not in (b"{", b"[", b"<") and _YAML_OF_PACKETS.match(content.head) is not None
    if not isinstance(document, dict) or "resourceType" in document or "individuals" in document:
        return False
    proband, members = document.get("proband"), document.get("members")
    if isinstance(proband, dict):
        return not _OF_PACKET.isdisjoint(proband) or isinstance(proband.get("subject"), dict)
    if isinstance(members, list):
        return any(isinstance(one, dict) and isinstance(one.get("subject"), dict) for one in members)
    if "proband" in document or "schema" in document:
        return False
    return isinstance(document.get("subject"), dict) or not _OF_PACKET.isdisjoint(document)


def is_portrait(content: Content) -> bool:
    """XML with a family history of HL7 v3, also inside an envelope."""
    return _is_xml(content) and _PORTRAIT.search(_plain(content.head)) is not None


def is_ccda(content: Content) -> bool:
    """A clinical document, a section of family history, or an organizer of it."""
    if not _is_xml(content):
        return False
    head = _plain(content.head)
    return any(sign in head for sign in (b"ClinicalDocument", b"10157-6", b"10.20.22.2.15", b"10.20.22.4.45"))


def is_csv(content: Content) -> bool:
    """A first line of headers that a table of people has."""
    if content.head[:1] in (b"", b"<", b"{", b"["):
        return False
    from menscreen.formats.csv.sheet import is_table

    return is_table(content)


def _is_xml(content: Content) -> bool:
    return _plain(content.head[:100]).lstrip(b"\xff\xfe \r\n\t").startswith(b"<")


def _plain(data: bytes) -> bytes:
    """The bytes of ASCII, whether in UTF-8 or in UTF-16."""
    return data.replace(b"\0", b"")


def is_ga4gh_pedigree(content: Content) -> bool:
    """People under `individuals` and pairs of them under `relationships`, or an index patient."""
    document = content.document
    if not isinstance(document, dict) or "resourceType" in document or "schema" in document:
        return False
    beside = {"relationships", "indexPatients", "index_patients"}
    return isinstance(document.get("individuals"), list) and not beside.isdisjoint(document)

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
#: A resource of FHIR as servers write it, told before it is decoded.
_RESOURCE = re.compile(rb"\{\s*\"resourceType\"\s*:")
_PORTRAIT = re.compile(rb"<(?:!DOCTYPE\s+)?(?:\w+:)?FamilyHistory\b")


def is_native(content: Content) -> bool:
    """The schema, or `proband` together with `people` or `relatives` of our own shape."""
    document = None if _RESOURCE.match(content.head) else content.document
    if not isinstance(document, dict) or "resourceType" in document:
        return False
    return str(document.get("schema", "")).startswith("menscreen-pedigree") or (
        "proband" in document and ("people" in document or "relatives" not in document) and not is_phenopackets(content)
    )


def is_fhir(content: Content) -> bool:
    """A resource of FHIR, or several, one a line; in XML too, which the reader refuses by name."""
    if content.head[:1] == b"<":
        return b'"http://hl7.org/fhir"' in content.head[:2000]
    return content.head[:1] in (b"{", b"[") and b'"resourceType"' in content.head


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


_OF_CANRISK = re.compile(rb"(?:##\s*CanRisk\b|BOADICEA\s+import\s+pedigree\b)", re.IGNORECASE)


def is_canrisk(content: Content) -> bool:
    """The first line of a CanRisk or BOADICEA file."""
    return _OF_CANRISK.match(content.head) is not None


def is_ped(content: Content) -> bool:
    """Lines of a family, a person, two parents, a sex and a mark, or the names of these columns and of no others."""
    if content.head[:1] in (b"{", b"[", b"<") or b"\0" in content.head or is_canrisk(content):
        return False
    from menscreen.formats.ped_columns import is_header, is_row
    from menscreen.formats.rows import split

    lines = [line for line in content.head.decode(errors="replace").split("\n")[:50] if line.strip()]
    if len(content.data) > len(content.head) and len(lines) > 1:
        lines = lines[:-1]  # the last one may be cut off
    if lines and is_header(split(lines[0].lstrip("# "), 12)):
        return True
    rows = [split(line, 12) for line in lines if not line.startswith("#")]
    return bool(rows) and (all(map(is_row, rows)) or b"Ped:" in content.head)


#: Keys of a person of pedigreejs that no other list of people has.
_OF_PEDIGREEJS = {"top_level", "display_name", "noparents", "famid", "mztwin", "dztwin", "yob", "adopted_in"}
_OF_PHENOTIPS = {"firstName", "lastName", "lifeStatus", "externalId", "carrierStatus", "disorders", "relationshipId",
                 "birthDate", "twinGroup", "adoptedIn", "features", "nonstandard_features"}  # fmt: skip


def is_pedigreejs(content: Content) -> bool:
    """A list of people under `name`, with keys of pedigreejs, or of sex M, F or U."""
    document = content.document
    if not isinstance(document, list) or not document or not all(isinstance(one, dict) for one in document):
        return False
    keys = {key for one in document for key in one}
    if "name" not in keys or not _OF_PHENOTIPS.isdisjoint(keys):
        return False
    is_marked = any(key in _OF_PEDIGREEJS or str(key).endswith(("_diagnosis_age", "_gene_test")) for key in keys)
    return is_marked or all(one.get("sex") in ("M", "F", "U") for one in document)


def is_phenotips(content: Content) -> bool:
    """The graph of PhenoTips and Open Pedigree, or a list of people that is not one of pedigreejs."""
    document = content.document
    if isinstance(document, dict):
        return isinstance(document.get("GG"), list)
    if not isinstance(document, list) or not document or not all(isinstance(one, dict) for one in document):
        return False
    keys = {key for one in document for key in one}
    named = {"id", "externalId", "name", "firstName", "relationshipId"}
    return (
        "resourceType" not in keys
        and not is_pedigreejs(content)
        and not named.isdisjoint(keys)
        and (not _OF_PHENOTIPS.isdisjoint(keys) or {"mother", "father"} & keys != set() or "sex" in keys)
    )

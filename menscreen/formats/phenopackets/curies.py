"""Compact identifiers such as ``HP:0002666``, as codes of the vocabulary, and the identifier of a term."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from menscreen.vocabulary import vocabulary
from menscreen.vocabulary.codes import normal_system

_SYSTEMS = {
    "ORPHANET": "ORPHA",
    "MIM": "OMIM",
    "SNOMEDCT": "SNOMED CT",
    "SNOMEDCT_US": "SNOMED CT",
    "SCTID": "SNOMED CT",
    "ICD10CM": "ICD-10-CM",
    "ICD10": "ICD-10",
    "ICDO": "ICD-O-3",
    "ICD-O": "ICD-O-3",
    "NCI": "NCIt",
}


class Resource(NamedTuple):
    """A terminology, as the metadata of a phenopacket declare it."""

    prefix: str
    name: str
    url: str
    iri: str


#: Terminologies that are written, the ones that readers of phenopackets know best first.
RESOURCES = {
    "HPO": Resource("HP", "human phenotype ontology", "http://purl.obolibrary.org/obo/hp.owl",
                    "http://purl.obolibrary.org/obo/HP_"),
    "OMIM": Resource("OMIM", "Online Mendelian Inheritance in Man", "https://www.omim.org",
                     "https://www.omim.org/entry/"),
    "MONDO": Resource("MONDO", "Mondo Disease Ontology", "http://purl.obolibrary.org/obo/mondo.owl",
                      "http://purl.obolibrary.org/obo/MONDO_"),
    "ORPHA": Resource("ORPHA", "Orphanet Rare Disease Ontology", "https://www.orpha.net",
                      "http://www.orpha.net/ORDO/Orphanet_"),
    "NCIt": Resource("NCIT", "NCI Thesaurus", "http://purl.obolibrary.org/obo/ncit.owl",
                     "http://purl.obolibrary.org/obo/NCIT_"),
    "SNOMED CT": Resource("SNOMEDCT", "SNOMED CT", "https://www.snomed.org", "http://snomed.info/id/"),
    "ICD-10-CM": Resource("ICD10CM", "ICD-10-CM", "https://www.cdc.gov/nchs/icd/icd-10-cm/",
                          "http://purl.bioontology.org/ontology/ICD10CM/"),
    "ICD-10": Resource("ICD10", "ICD-10", "https://icd.who.int/browse10",
                       "http://purl.bioontology.org/ontology/ICD10/"),
    "ICD-O-3": Resource("ICDO", "ICD-O-3", "https://www.who.int", "http://purl.bioontology.org/ontology/ICDO/"),
}  # fmt: skip
#: Of the gender, which is written beside findings.
LOINC = Resource("LOINC", "Logical Observation Identifiers Names and Codes", "https://loinc.org", "https://loinc.org/")


def code_of(id: str | None) -> tuple[str, str] | None:
    """The terminology and the code of an identifier; ``None`` where there is no prefix of a known terminology.

    >>> code_of("HP:0002666"), code_of("http://purl.obolibrary.org/obo/MONDO_0007540"), code_of("XYZ:1")
    (('HPO', 'HP:0002666'), ('MONDO', 'MONDO:0007540'), None)
    """
    text = (id or "").strip()
    if text.lower().startswith("http"):
        text = text.replace("#", "/").rpartition("/")[2]
    prefix, separator, local = text.partition(":" if ":" in text else "_")
    if not separator or not local:
        return None
    system = _SYSTEMS.get(prefix.upper()) or normal_system(prefix)
    if system is None:
        return None
    return system, f"{prefix.upper()}:{local}" if system in ("HPO", "MONDO") else local


@lru_cache(maxsize=1024)
def identifier_of(term: str) -> tuple[str, str] | None:
    """The identifier and the terminology of a term, the best known one that stands for this term and no other.

    >>> identifier_of("pheochromocytoma"), identifier_of("niftp")
    (('HP:0002666', 'HPO'), None)
    """
    known = vocabulary()
    for system, resource in RESOURCES.items():
        for of, code in known.codes(term):
            found = known.by_code(of, code) if of == system else None
            if found is not None and found.id == term:
                return (f"{resource.prefix}:{code.rpartition(':')[2]}", system)
    return None


@lru_cache(maxsize=1024)
def nearest_with_identifier(term: str) -> str | None:
    """The term itself, or the nearest one above that has an identifier; ``None`` where there is none."""
    known = vocabulary()
    level = [term]
    while level:
        for id in level:
            if identifier_of(id) is not None:
                return id
        level = list(dict.fromkeys(parent for id in level for parent in known.terms[id].parents))
    return None

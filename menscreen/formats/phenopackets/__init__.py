"""Phenopackets version 2: Phenopacket, Family and Cohort in; a Family out, or a Phenopacket of somebody alone."""

from __future__ import annotations

from typing import Any

import attrs

from menscreen.formats.content import Content
from menscreen.formats.structure import is_plain_id as is_allowed
from menscreen.pedigree.family import FamilyHistory, Pedigree

__all__ = ["carried", "is_allowed", "losses", "read", "write"]


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a Phenopacket, a Family or a Cohort, in JSON, or in YAML where PyYAML is there."""
    from menscreen.formats.phenopackets.families import read as read_family

    return read_family(content, strict=strict)


def carried(family: Pedigree) -> Pedigree:
    """The family as it comes back when what is written is read."""
    from menscreen.formats.phenopackets.writing import settled

    kept = settled(_reduced(family))
    return kept if len(kept.people) == 1 else attrs.evolve(kept, family_history=FamilyHistory.ASKED)


def losses(family: Pedigree) -> list[str]:
    """Name what is lost though there is a place for it."""
    from menscreen.formats.phenopackets.writing import own_losses

    return own_losses(_reduced(family))


def _reduced(family: Pedigree) -> Pedigree:
    from menscreen.formats.coverage import reduced
    from menscreen.formats.table import FORMATS

    return reduced(family, FORMATS["phenopackets"].facts)


def write(family: Pedigree) -> bytes:
    """Write a Family, or the Phenopacket of somebody about whose relatives nobody asked.

    >>> from menscreen.pedigree.person import Person
    >>> b'"individualId": "p1"' in write(Pedigree((Person("p1"),), "p1"))
    True
    """
    import msgspec

    kept = carried(family)
    return msgspec.json.format(msgspec.json.encode(_document(kept)), indent=2) + b"\n"


def _document(family: Pedigree) -> dict[str, Any]:
    from menscreen.formats.phenopackets.writing import SEXES, is_affected, metadata, packet_of
    from menscreen.formats.structure import UNNAMED
    from menscreen.pedigree.lineage import kinship_coefficient

    proband = family.person(family.proband)
    packet = packet_of(proband)
    if family.family_history is FamilyHistory.NOT_ASKED:
        return packet if family.id is None else {**packet, "id": family.id}
    relatives = [packet_of(person) for person in family.people if person is not proband]
    persons = [
        {
            "familyId": family.id or UNNAMED,
            "individualId": person.id,
            "paternalId": person.father or "0",
            "maternalId": person.mother or "0",
            "sex": SEXES[person.sex],
            "affectedStatus": "AFFECTED" if is_affected(person) else "MISSING",
        }
        for person in family.people
    ]
    mother, father = family.parents[family.position[family.proband]]
    related = mother >= 0 and father >= 0 and kinship_coefficient(family, mother, father) > 0
    return {
        "id": family.id or UNNAMED,
        "proband": packet,
        **({"relatives": relatives} if relatives else {}),
        "consanguinousParents": related,
        "pedigree": {"persons": persons},
        "metaData": metadata([packet, relatives]),
    }

"""Read Phenopackets version 2: a Phenopacket, a Family with its pedigree, or a Cohort."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from menscreen.formats.content import Content, refusal
from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part, document_of, kind
from menscreen.formats.phenopackets.packet import Packet, is_of_version_1, read_packet, sex_of
from menscreen.formats.structure import NO_PARENT, named, report_affected, with_missing_parents
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import History, Person, Sex

_OF_PACKET = ("subject", "phenotypicFeatures", "diseases", "interpretations", "measurements", "biosamples")


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a Phenopacket (one person, nobody asked about relatives), a Family, or a Cohort (people without ties)."""
    gathering = Gathering("phenopackets", strict=strict)
    document = document_of(content, gathering)
    if not isinstance(document, Mapping):
        raise refusal("D002", kind(document), "a Phenopacket, Family or Cohort", "give one of these as one object")
    if is_of_version_1(document):
        raise refusal(
            "D011",
            "Phenopackets of version 1, which writes excluded features and ages under other names",
            "Phenopackets of version 2",
            "convert the document with phenopacket-tools (`pxf convert`)",
        )
    part = Part(document, "", gathering)
    if "proband" in part:
        return _family(part, content, gathering)
    if "members" in part:
        return _cohort(part, content, gathering)
    if not any(key in part for key in _OF_PACKET):
        raise refusal("D002", "none of its keys", "a Phenopacket, Family or Cohort", "name the right format (--from)")
    packet = read_packet(part, gathering)
    gathering.stop_if_wrong()
    assert packet is not None
    history = FamilyHistory.ASKED if packet.relatives else FamilyHistory.NOT_ASKED
    id = part.text("id")
    people = [packet.person, *packet.relatives]
    own = None if id == packet.person.id else id
    return gathering.family(people, packet.person.id, content, id=own, family_history=history)


def _family(part: Part, content: Content, gathering: Gathering) -> Pedigree:
    proband = part.part("proband")
    first = read_packet(proband, gathering) if proband else None
    if first is None:
        gathering.complain("P014", part.place("proband"), "nobody", "a phenopacket", "say whom the family is about")
    packets = [first, *(read_packet(one, gathering) for one in part.parts("relatives"))]
    pedigree = part.part("pedigree")
    rows = pedigree.parts("persons") if pedigree else []
    people = _placed([one for one in packets if one is not None], rows, gathering)
    id = part.text("id")
    part.leave(("files", "metaData", "consanguinousParents", "consanguineousParents"))
    gathering.stop_if_wrong()
    assert first is not None
    people = with_missing_parents(people, gathering)
    is_placed = not rows or any(row.text("individualId") == first.person.id for row in rows)
    history = FamilyHistory.ASKED if is_placed else FamilyHistory.NOT_ASKED
    return gathering.family(people, first.person.id, content, id=named(id), family_history=history)


def _placed(packets: list[Packet], rows: list[Part], gathering: Gathering) -> list[Person]:
    """Everybody with the parents of their row; of somebody without a phenopacket nothing but the row is known."""
    with_packet = {packet.person.id for packet in packets}
    ids = {row.text("individualId") for row in rows} | with_packet
    told: dict[str, Part] = {}
    people: list[Person] = []
    others: list[Person] = []
    for row in rows:
        id = row.text("individualId")
        row.leave(("familyId", "paternalId", "maternalId", "sex", "affectedStatus"))
        if id is None:
            gathering.complain("D006", row.at, "a row without an id", "an `individualId`", "give this person an id")
        elif id not in with_packet:
            others.append(_tied(Person(id, history=History.UNKNOWN, at=row.at), row, ids, gathering))
        elif id in told:
            gathering.complain("P001", row.at, f"the id of {told[id].at}", "one row for each person", "take one out")
        else:
            told[id] = row
    for packet in packets:
        own = told.get(packet.person.id)
        if own is not None:
            people.append(_tied(packet.person, own, ids, gathering))
        else:
            people.append(packet.person)
            if rows:
                _report_unplaced(packet.person, gathering)
        people += packet.relatives
    people += others
    affected = {row.text("individualId") for row in rows if str(row.get("affectedStatus")).upper() in ("AFFECTED", "2")}
    report_affected(sum(one.id in affected and not one.findings for one in people), "/pedigree", gathering)
    return people


def _tied(person: Person, row: Part, ids: set[str | None], gathering: Gathering) -> Person:
    mother, father = (
        parent if (parent := row.text(key)) in ids or parent not in NO_PARENT else None
        for key in ("maternalId", "paternalId")
    )
    sex = sex_of(row.get("sex"))
    if Sex.UNKNOWN not in (sex, person.sex) and sex is not person.sex:
        gathering.complain(
            "P016",
            row.place("sex"),
            f"{sex}, in the phenopacket {person.sex}",
            "one sex",
            "correct one of the two; that of the phenopacket was read",
            warning=True,
        )
    return attrs.evolve(person, mother=mother, father=father, sex=person.sex if person.sex is not Sex.UNKNOWN else sex)


def _report_unplaced(person: Person, gathering: Gathering) -> None:
    gathering.complain(
        "P002",
        person.at,
        "a phenopacket of somebody who is not in the pedigree",
        "a row of `pedigree.persons` with the id of the subject",
        "add the row; until then this person is related to nobody",
        warning=True,
    )


def _cohort(part: Part, content: Content, gathering: Gathering) -> Pedigree:
    packets = [packet for one in part.parts("members") if (packet := read_packet(one, gathering)) is not None]
    id = part.text("id")
    part.leave(("description", "files", "metaData"))
    if not packets:
        gathering.complain("P014", part.place("members"), "nobody", "a phenopacket", "give the cohort its members")
    if len(packets) > 1:
        gathering.complain(
            "P019",
            part.place("members"),
            f"{len(packets)} people whose kinship is not told",
            "a Family with a pedigree",
            "screen everyone, or name the person; the first was taken for the proband, related to nobody",
            warning=True,
        )
    gathering.stop_if_wrong()
    people = [one for packet in packets for one in (packet.person, *packet.relatives)]
    return gathering.family(people, people[0].id, content, id=id, family_history=FamilyHistory.NOT_ASKED)

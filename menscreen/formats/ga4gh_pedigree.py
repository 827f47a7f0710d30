"""The GA4GH Pedigree in its Phenopackets form: a phenopacket for each person, and relations of the Kinship Ontology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from menscreen.formats.content import Content, refusal
from menscreen.formats.ga4gh_tree import Relationship, Tree, connected
from menscreen.formats.gathering import Gathering
from menscreen.formats.kin import KIN, WRITTEN, kin_of
from menscreen.formats.parts import Part, document_of, kind
from menscreen.formats.phenopackets.packet import is_of_version_1, read_packet, sex_of
from menscreen.formats.structure import UNNAMED, is_plain_id as is_allowed, named, report_affected
from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.person import History, Person, Sex, UnplacedRelation

__all__ = ["carried", "is_allowed", "losses", "read", "write"]

#: Keys of the draft of version 1 of the standard, which is not approved and changes with it.
_OF_THE_DRAFT = (
    "sexAssignedAtBirth",
    "sex_assigned_at_birth",
    "eggParentId",
    "egg_parent_id",
    "spermParentId",
    "sperm_parent_id",
    "biologicalRelationship",
    "biological_relationship",
    "socialRelationship",
    "social_relationship",
    "twinGroup",
    "twin_group",
)
_TWINS = {Zygosity.UNKNOWN: "KIN:009", Zygosity.MONOZYGOTIC: "KIN:010", Zygosity.DIZYGOTIC: "KIN:011"}


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a GA4GH Pedigree; the first index patient is the proband."""
    gathering = Gathering("ga4gh-pedigree", strict=strict)
    document = document_of(content, gathering)
    if not isinstance(document, Mapping):
        raise refusal("D002", kind(document), "a GA4GH Pedigree", "give it as one object")
    part = Part(document, "", gathering)
    individuals, relations = part.parts("individuals"), part.parts("relationships")
    _refuse_other_versions(document)
    people = [person for one in individuals for person in _people_of(one, gathering)]
    ids = {person.id for person in people}
    found = [made for one in relations if (made := _relationship(one, ids, gathering)) is not None]
    id, index = part.text("id"), part.texts("indexPatients")
    affected = sum(one.get("affected") is True and "subject" not in one for one in individuals)
    report_affected(affected, "/individuals", gathering)
    part.leave(("narrative", "date", "status", "metaData", "reason"))
    if len(ids) < len(people):
        return gathering.family(people, _proband(people, index, gathering), content, id=named(id))
    everybody, twins = Tree(people, gathering).built(found)
    proband = _proband(everybody, index, gathering)
    return gathering.family(
        everybody, proband, content, id=named(id), twins=twins, family_history=_history(everybody, part)
    )


def _history(people: list[Person], part: Part) -> FamilyHistory:
    """Somebody alone is asked about relatives only where the file has a (maybe empty) list of relations."""
    return FamilyHistory.ASKED if len(people) > 1 or "relationships" in part else FamilyHistory.NOT_ASKED


def _refuse_other_versions(document: Mapping[str, Any]) -> None:
    listed = [document.get("individuals"), document.get("relationships")]
    objects = [one for part in listed if isinstance(part, list) for one in part if isinstance(one, Mapping)]
    if any(key in one for one in objects for key in _OF_THE_DRAFT):
        raise refusal(
            "D011",
            "the draft of version 1 of the GA4GH Pedigree, which is not approved and still changes",
            "the form with a phenopacket for each person and one `relation` of KIN for each pair",
            "export the published form",
        )
    if any(is_of_version_1(one) for one in objects[:50]):
        found = "phenopackets of version 1 in a GA4GH Pedigree"
        raise refusal("D011", found, "Phenopackets of version 2", "convert them with phenopacket-tools (`pxf convert`)")


def _people_of(one: Part, gathering: Gathering) -> list[Person]:
    if "subject" in one or ("metaData" in one and "sex" not in one):
        packet = read_packet(one, gathering)
        return [] if packet is None else [packet.person, *packet.relatives]
    id = one.text("id")
    if id is None:
        gathering.complain("D006", one.at, "a person without an id", "an `id`", "give this person an id")
        return []
    label, sex, deceased = one.text("name"), sex_of(one.get("sex")), one.flag("deceased")
    one.leave(("affected", "karyotypicSex", "gender", "dateOfBirth", "age", "populationDescriptors", "identifiers"))
    return [Person(id, label, sex, deceased=deceased, history=History.UNKNOWN, at=one.at)]


def _relationship(one: Part, ids: set[str], gathering: Gathering) -> Relationship | None:
    individual = one.text("individualId") or one.text("individual")
    relative = one.text("relativeId") or one.text("relative")
    written = one.get("relation")
    relation = Part({"label": written}, one.at, gathering) if isinstance(written, str) else one.part("relation")
    one.leave(("description", "consanguinity"))
    if individual is None or relative is None:
        needed = "`individualId` and `relativeId`"
        gathering.complain("D006", one.at, "a relationship of fewer than two people", needed, "name both")
        return None
    strangers = sum(id not in ids for id in (individual, relative))
    if strangers:
        found = "two ids" if strangers == 2 else "an id"
        fix = "add the person to `individuals`, or take the relationship out"
        gathering.complain("P002", one.at, f"{found} of nobody", "ids of subjects of `individuals`", fix)
        return None
    if individual == relative:
        gathering.complain("P012", one.at, "somebody related to themselves", "two people", "name the other person")
        return None
    code, label = (relation.text("id"), relation.text("label")) if relation else (None, None)
    meant = kin_of(code, label) or (kin_of(label, None) if code is None else None)
    if meant is None:
        gathering.complain(
            "P010",
            one.at,
            "a relation that is not of KIN, or whose code and label do not agree",
            "a relation such as KIN:027 isBiologicalMotherOf",
            "correct code and label; until then the relation is left out",
            warning=True,
        )
        return None
    if meant.is_turned:
        individual, relative = relative, individual
    return Relationship(individual, meant, relative, one.at)


def _proband(people: list[Person], index: list[str], gathering: Gathering) -> str:
    if len(index) != 1 and len(people) > 1:
        gathering.complain(
            "P019",
            "/indexPatients",
            f"{len(index)} index patients" if index else "no index patient",
            "one index patient",
            f"name the person to be screened; the first {'of them' if index else 'individual'} was taken",
            warning=True,
        )
    return index[0] if index else people[0].id if people else ""


def carried(family: Pedigree) -> Pedigree:
    """The family as it comes back when what is written is read."""
    from menscreen.formats.phenopackets.writing import settled

    return _tied(settled(_reduced(family)))


def _tied(family: Pedigree) -> Pedigree:
    """The family as the relations of KIN can say it, of what phenopackets can say."""
    from menscreen.formats.phenopackets.writing import settled

    kept = _described(family)
    people = [attrs.evolve(one, mother=None, father=None, adoptive_parents=(), adopted=None, relation=None)
              for one in kept.people]  # fmt: skip
    relationships = [
        Relationship(individual, KIN[code[-3:]], relative, "") for individual, code, relative in _relations(kept)
    ]
    everybody, twins = Tree(people, Gathering("", strict=False)).built(relationships)
    return settled(attrs.evolve(kept, people=tuple(everybody), twins=tuple(twins)))


def losses(family: Pedigree) -> list[str]:
    """Name what is lost or changed though there is a place for it."""
    from menscreen.formats.phenopackets.writing import own_losses, settled

    reduced = _reduced(family)
    told = own_losses(reduced)
    before = settled(reduced)
    after = _tied(before)
    counts = {
        "adoptions, but for who the adoptive parents are": sum(
            (one.adopted, one.adoptive_parents) != (other.adopted, other.adoptive_parents)
            for one, other in zip(before.people, after.people, strict=False)
        ),
        "relations that KIN has no term for": sum(
            one.relation != other.relation for one, other in zip(before.people, after.people, strict=False)
        ),
        "twins without the parents of the other, who get them": sum(
            (one.mother, one.father) != (other.mother, other.father)
            for one, other in zip(before.people, after.people, strict=False)
        ),
    }
    return told + [f"{words} ({count})" for words, count in counts.items() if count]


def _reduced(family: Pedigree) -> Pedigree:
    from menscreen.formats.coverage import reduced
    from menscreen.formats.table import FORMATS

    kept = reduced(family, FORMATS["ga4gh-pedigree"].facts)
    return kept if len(kept.people) == 1 else attrs.evolve(kept, family_history=FamilyHistory.ASKED)


def _described(family: Pedigree) -> Pedigree:
    """Without relations that KIN has no term for."""
    group = connected(family.people)
    people = []
    for person in family.people:
        relation = person.relation
        if relation is not None and (_code_of(relation, person.sex) is None or group[person.id] == group[relation.to]):
            person = attrs.evolve(person, relation=None)
        people.append(person)
    return attrs.evolve(family, people=tuple(people))


def _code_of(relation: UnplacedRelation, sex: Sex) -> str | None:
    return next((code for code in WRITTEN if KIN[code[-3:]].words_for(sex) == relation.as_), None)


def _relations(family: Pedigree) -> list[tuple[str, str, str]]:
    """Who is what of whom: individual, code, relative."""
    found: list[tuple[str, str, str]] = []
    for person in family.people:
        found += [(person.mother, "KIN:027", person.id)] if person.mother else []
        found += [(person.father, "KIN:028", person.id)] if person.father else []
        found += [(id, "KIN:022", person.id) for id in person.adoptive_parents]
        code = _code_of(person.relation, person.sex) if person.relation else None
        if person.relation is not None and code is not None:
            found.append((person.id, code, person.relation.to))
    for twins in family.twins:
        found += _of_twins(twins)
    return found


def _of_twins(twins: Twins) -> list[tuple[str, str, str]]:
    first, *others = twins.people
    return [(other, _TWINS[twins.zygosity], first) for other in others]


def write(family: Pedigree) -> bytes:
    """Write a GA4GH Pedigree.

    >>> b"isBiologicalMotherOf" in write(Pedigree((Person("p1", mother="p2"), Person("p2")), "p1"))
    True
    """
    import msgspec

    from menscreen.formats.phenopackets.writing import packet_of

    kept = carried(family)
    document = {
        "id": family.id or UNNAMED,
        "indexPatients": [kept.proband],
        "individuals": [packet_of(person) for person in kept.people],
    }
    if len(kept.people) > 1 or kept.family_history is FamilyHistory.ASKED:
        document["relationships"] = [
            {"individualId": individual, "relation": {"id": code, "label": WRITTEN[code]}, "relativeId": relative}
            for individual, code, relative in _relations(kept)
        ]
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"

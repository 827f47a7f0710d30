"""Write phenopackets of version 2: what is recorded of a person, with the terminologies that are used.

Where a finding has no code of its own, the code is that of the wider finding and the label tells which one is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from menscreen.formats.phenopackets.curies import (
    LOINC,
    RESOURCES,
    Resource,
    identifier_of,
    nearest_with_identifier,
)
from menscreen.formats.phenopackets.times import written
from menscreen.formats.phenopackets.variants import CLASSES
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import MAX_AGE, Age, Finding, Gender, GeneticTest, History, Origin, Person, Sex, Status
from menscreen.vocabulary import Kind, vocabulary

#: No clock is read, so that one family gives one document.
CREATED = "1970-01-01T00:00:00Z"
SEXES = {Sex.FEMALE: "FEMALE", Sex.MALE: "MALE", Sex.UNKNOWN: "UNKNOWN_SEX"}
_CLASSES = {result: word for word, result in CLASSES.items()}
_GENDERS = {
    Gender.WOMAN: ("LOINC:LA22879-3", "Identifies as female"),
    Gender.MAN: ("LOINC:LA22878-5", "Identifies as male"),
    Gender.NONBINARY: ("LOINC:LA22882-7", "Identifies as non-conforming"),
}
_RESOURCES = {one.prefix: one for one in (*RESOURCES.values(), LOINC)}


def _class(id: str, label: str) -> dict[str, str]:
    return {"id": id, "label": label}


def packet_of(person: Person) -> dict[str, Any]:
    """The phenopacket of a person."""
    packet: dict[str, Any] = {"id": person.id, "subject": _subject(person)}
    syndromes = [one for one in person.findings if _is_syndrome(one)]
    features = [_feature(one) for one in person.findings if not _is_syndrome(one)]
    somatic = any(test.origin is Origin.SOMATIC for test in person.tests)
    for key, value in (
        ("phenotypicFeatures", features),
        ("biosamples", [_sample(person)] if somatic else []),
        ("interpretations", [_interpretation(person, n, test) for n, test in enumerate(person.tests)]),
        ("diseases", [_disease(one) for one in syndromes]),
    ):
        if value:
            packet[key] = value
    packet["metaData"] = metadata([packet])
    return packet


def _subject(person: Person) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": person.id}
    if person.birth_year is not None:
        subject["dateOfBirth"] = f"{person.birth_year:04}-01-01T00:00:00Z"
    if person.deceased:
        at_death = {} if person.age is None else {"timeOfDeath": written(person.age)}
        subject["vitalStatus"] = {"status": "DECEASED", **at_death}
    elif person.age is not None:
        subject["timeAtLastEncounter"] = written(person.age)
    subject["sex"] = SEXES[person.sex]
    if person.gender is not None:
        subject["gender"] = _class(*_GENDERS[person.gender])
    return subject


def _is_syndrome(finding: Finding) -> bool:
    return finding.term is not None and vocabulary().terms[finding.term].kind is Kind.SYNDROME


def _term(finding: Finding) -> dict[str, str]:
    """The code of the finding or of the wider one, and the name of the finding itself."""
    assert finding.term is not None
    term = vocabulary().terms[finding.term]
    coded = nearest_with_identifier(term.id)
    found = identifier_of(coded) if coded else None
    general = {Kind.SYNDROME: "MONDO:0000001", Kind.TUMOR: "HP:0002664"}.get(term.kind, "HP:0000118")
    return _class(found[0] if found else general, term.name)


def _feature(finding: Finding) -> dict[str, Any]:
    modifiers = [
        _class(id, label)
        for is_so, id, label in (
            (finding.bilateral is True, "HP:0012832", "Bilateral"),
            (finding.bilateral is False, "HP:0012833", "Unilateral"),
            (finding.multiple is True and not finding.bilateral, "HP:0030651", "Multifocal"),
            (finding.recurrent, "HP:0031796", "Recurrent"),
            (finding.metastatic, "NCIT:C3261", "Metastatic Neoplasm"),
        )
        if is_so
    ]
    return {"type": _term(finding), **_state(finding), **({"modifiers": modifiers} if modifiers else {})}


def _disease(finding: Finding) -> dict[str, Any]:
    made = {"term": _term(finding), **_state(finding)}
    if finding.bilateral is not None:
        made["laterality"] = (
            _class("HP:0012832", "Bilateral") if finding.bilateral else _class("HP:0012833", "Unilateral")
        )
    if finding.metastatic:
        made["clinicalTnmFinding"] = [_class("NCIT:C48700", "M1 Stage Finding")]
    return made


def _state(finding: Finding) -> dict[str, Any]:
    made: dict[str, Any] = {"excluded": True} if finding.status is Status.ABSENT else {}
    return made if finding.age is None else {**made, "onset": written(finding.age)}


def _sample_id(person: Person) -> str:
    return f"{person.id}-tumor"


def _sample(person: Person) -> dict[str, Any]:
    return {
        "id": _sample_id(person),
        "individualId": person.id,
        "tumorProgression": _class("NCIT:C84509", "Primary Malignant Neoplasm"),
    }


def _interpretation(person: Person, number: int, test: GeneticTest) -> dict[str, Any]:
    """A variant with its class, given for tumors, and no claim that it caused anything."""
    descriptor: dict[str, Any] = {
        "id": f"variant-{number + 1}",
        "geneContext": {"valueId": test.gene, "symbol": test.gene},
        "moleculeContext": "genomic",
    }
    kind = {"c.": "hgvs.c", "p.": "hgvs.p"}.get((test.variant or "")[:2])
    if kind is not None and " " not in (test.variant or "") and ":" not in (test.variant or ""):
        descriptor["expressions"] = [{"syntax": kind, "value": test.variant}]
    elif test.variant:
        descriptor["label"] = test.variant
    return {
        "id": f"interpretation-{number + 1}",
        "progressStatus": "UNKNOWN_PROGRESS",
        "diagnosis": {
            "disease": _class("HP:0002664", "Neoplasm"),
            "genomicInterpretations": [
                {
                    "subjectOrBiosampleId": _sample_id(person) if test.origin is Origin.SOMATIC else person.id,
                    "interpretationStatus": "UNKNOWN_STATUS",
                    "variantInterpretation": {
                        "acmgPathogenicityClassification": _CLASSES[test.result],
                        "therapeuticActionability": "UNKNOWN_ACTIONABILITY",
                        "variationDescriptor": descriptor,
                    },
                }
            ],
        },
    }


def metadata(parts: Iterable[Any]) -> dict[str, Any]:
    """The metadata of a document: the terminologies whose identifiers stand in its parts."""
    used: set[str] = set()
    waiting = list(parts)
    for one in waiting:
        if isinstance(one, dict):
            id = one.get("id")
            if isinstance(id, str) and "label" in one:
                used.add(id.partition(":")[0])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    resources = [_resource(one) for prefix, one in _RESOURCES.items() if prefix in used]
    return {
        "created": CREATED,
        "createdBy": "menscreen",
        **({"resources": resources} if resources else {}),
        "phenopacketSchemaVersion": "2.0.0",
    }


def _resource(one: Resource) -> dict[str, str]:
    return {
        "id": one.prefix.lower(),
        "name": one.name,
        "url": one.url,
        "version": "unknown",
        "namespacePrefix": one.prefix,
        "iriPrefix": one.iri,
    }


def is_affected(person: Person) -> bool:
    """Whether a tumor or a syndrome is recorded as present."""
    return any(
        one.status is Status.PRESENT
        and one.term is not None
        and vocabulary().terms[one.term].kind in (Kind.TUMOR, Kind.SYNDROME)
        for one in person.findings
    )


# What packets cannot carry beyond the facts that they have no place for at all


def settled(family: Pedigree) -> Pedigree:
    """The family as phenopackets can say it, after everything that they have no place for is gone."""
    return attrs.evolve(family, people=tuple(_settled(person) for person in family.people))


def _settled(person: Person) -> Person:
    found = tuple(_plain(one) for one in person.findings if _can_be_said(one))
    history = History.KNOWN if found or person.tests else History.UNKNOWN
    return attrs.evolve(person, findings=found, history=history, placeholder=False, age=_open(person.age))


def _can_be_said(finding: Finding) -> bool:
    """An excluded finding needs a code of its own: excluding the wider one says more."""
    return finding.status is not Status.ABSENT or (finding.term is not None and identifier_of(finding.term) is not None)


def _plain(finding: Finding) -> Finding:
    is_syndrome = _is_syndrome(finding)
    several = True if finding.bilateral else None if is_syndrome else (finding.multiple or None)
    recurrent = finding.recurrent and not is_syndrome
    return attrs.evolve(finding, multiple=several, recurrent=recurrent, age=_open(finding.age))


def _open(age: Age | None) -> Age | None:
    return Age(age.low, None) if age is not None and age.low < age.top == MAX_AGE else age


def own_losses(family: Pedigree) -> list[str]:
    """Name what `settled` takes away."""
    people = family.people
    findings = [one for person in people for one in person.findings]
    recorded = [bool(person.tests or any(map(_can_be_said, person.findings))) for person in people]
    counted: list[tuple[str, Callable[[], int]]] = [
        ("excluded findings that have no code", lambda: sum(not _can_be_said(one) for one in findings)),
        (
            "that there was one tumor only, and how often a syndrome occurred",
            lambda: sum(attrs.evolve(_plain(one), age=one.age) != one for one in findings if _can_be_said(one)),
        ),
        (
            "that nothing was found in people of known history",
            lambda: sum(
                person.history is History.KNOWN and not (known or person.placeholder)
                for person, known in zip(people, recorded, strict=True)
            ),
        ),
        (
            "that a history is unknown beyond what is recorded",
            lambda: sum(
                person.history is History.UNKNOWN and known for person, known in zip(people, recorded, strict=True)
            ),
        ),
        ("linking people, who become people of unknown history", lambda: sum(one.placeholder for one in people)),
    ]
    named = [f"{words} ({count()})" for words, count in counted if count()]
    if family.family_history is FamilyHistory.NOT_ASKED and len(people) > 1:
        named.append("that nobody asked about relatives")
    return named

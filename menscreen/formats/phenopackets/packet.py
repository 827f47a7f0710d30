"""One phenopacket, as a person. What it does not record of somebody of whom it records nothing is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import attrs

from menscreen.formats.dates import date_of
from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part
from menscreen.formats.phenopackets.conditions import Conditions
from menscreen.formats.phenopackets.times import Times
from menscreen.formats.phenopackets.variants import tests_of
from menscreen.pedigree.person import Age, Gender, GeneticTest, History, Person, Sex, UnplacedRelation
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR

#: Keys of version 1 of the schema, none of which version 2 has.
_OF_VERSION_1 = (
    "htsFiles",
    "hts_files",
    "ageAtCollection",
    "age_at_collection",
    "ageOfIndividualAtCollection",
    "classOfOnset",
    "class_of_onset",
    "ageOfOnset",
    "age_of_onset",
    "negated",
)
_BESIDE = ("id", "metaData", "files")
_CONDITIONS = ("phenotypicFeatures", "diseases", "measurements", "interpretations", "medicalActions", "biosamples")
_SEXES = {"FEMALE": Sex.FEMALE, "MALE": Sex.MALE}
_GENDERS = {
    "LOINC:LA22879-3": Gender.WOMAN,
    "LOINC:LA22878-5": Gender.MAN,
    "LOINC:LA22882-7": Gender.NONBINARY,
    "identifies as female": Gender.WOMAN,
    "female": Gender.WOMAN,
    "woman": Gender.WOMAN,
    "identifies as male": Gender.MAN,
    "male": Gender.MAN,
    "man": Gender.MAN,
    "identifies as non-conforming": Gender.NONBINARY,
    "non-binary": Gender.NONBINARY,
    "nonbinary": Gender.NONBINARY,
}


class Packet(NamedTuple):
    """What a phenopacket holds: the person, and relatives of whom its features speak ("family history of ...")."""

    person: Person
    relatives: tuple[Person, ...] = ()


def is_of_version_1(document: Mapping[str, Any]) -> bool:
    """Whether a packet, family or cohort is of version 1, which writes excluded features and ages otherwise."""
    meta = document.get("metaData", document.get("meta_data"))
    version = None
    if isinstance(meta, Mapping):
        version = meta.get("phenopacketSchemaVersion", meta.get("phenopacket_schema_version"))
    if str(version or "2").startswith(("1", "0")) or "variants" in document:
        return True
    inner: list[Any] = [document, document.get("subject"), document.get("proband")]
    for key in ("phenotypicFeatures", "phenotypic_features", "diseases", "biosamples", "members"):
        value = document.get(key)
        inner += value[:50] if isinstance(value, list) else []
    return any(isinstance(one, Mapping) and any(key in one for key in _OF_VERSION_1) for one in inner)


def read_packet(part: Part, gathering: Gathering) -> Packet | None:
    """The person of a phenopacket; ``None``, after a report, where there is none."""
    subject = part.part("subject") or Part({}, part.place("subject"), gathering)
    id = subject.text("id") or part.text("id")
    if id is None:
        found = "a subject without an id" if "subject" in part else "a phenopacket without a subject"
        gathering.complain("D006", part.place("subject"), found, "a `subject` with an `id`", "say whom it is about")
        return None
    times = Times(subject.text("dateOfBirth"), gathering)
    conditions = Conditions(times, gathering)
    for owner in (part, subject):
        conditions.features(owner.parts("phenotypicFeatures"))
        conditions.diseases(owner.parts("diseases"))
    if any(key in subject for key in ("phenotypicFeatures", "diseases")):
        fix = "move them up to the phenopacket that holds the subject; they were read"
        gathering.complain("D004", subject.at, "findings inside the subject", "findings beside it", fix, warning=True)
    samples = part.parts("biosamples")
    tests = tests_of(part.parts("interpretations"), samples, conditions, gathering)
    conditions.tissue(samples)
    conditions.operations(part.parts("medicalActions"))
    conditions.report_unknown(part.at or "/phenotypicFeatures")
    _report_measurements(part, gathering)
    is_recorded = any(part.get(key) for key in _CONDITIONS) or bool(conditions.findings)
    person = _person(id, subject, times, part.at or "/subject")
    part.leave(_BESIDE)
    return Packet(
        _with(person, conditions, tests, is_recorded),
        tuple(_of(one, id) for one in conditions.relatives),
    )


def _person(id: str, subject: Part, times: Times, at: str) -> Person:
    written = subject.get("vitalStatus")
    vital = None if isinstance(written, str) else subject.part("vitalStatus")
    status = vital.text("status") if vital else written
    born = date_of(subject.text("dateOfBirth"))
    gender = subject.part("gender")
    age: Age | None = times.age(vital, "timeOfDeath") if vital else None
    if vital is not None:
        vital.leave(("causeOfDeath", "survivalTimeInDays"))
    return Person(
        id,
        sex=sex_of(subject.get("sex")),
        gender=_gender(gender) if gender else None,
        age=age or times.age(subject, "timeAtLastEncounter"),
        deceased=str(status).upper() in ("DECEASED", "2"),
        birth_year=born[0] if born and FIRST_YEAR <= born[0] <= LAST_YEAR else None,
        at=at,
    )


def sex_of(value: object) -> Sex:
    """The sex by its name; numbers are not read, because documents in use give them two meanings.

    >>> sex_of("FEMALE"), sex_of(1)
    (<Sex.FEMALE: 'female'>, <Sex.UNKNOWN: 'unknown'>)
    """
    return _SEXES.get(value.strip().upper(), Sex.UNKNOWN) if isinstance(value, str) else Sex.UNKNOWN


def _gender(part: Part) -> Gender | None:
    return _GENDERS.get(part.text("id") or "") or _GENDERS.get((part.text("label") or "").lower())


def _with(person: Person, conditions: Conditions, tests: list[GeneticTest], is_recorded: bool) -> Person:
    return attrs.evolve(
        person,
        findings=tuple(conditions.findings),
        tests=tuple(tests),
        history=History.KNOWN if is_recorded else History.UNKNOWN,
    )


def _of(relative: Person, id: str) -> Person:
    return attrs.evolve(relative, relation=UnplacedRelation(id, "relative"))


def _report_measurements(part: Part, gathering: Gathering) -> None:
    count = len(part.parts("measurements"))
    if count:
        gathering.complain(
            "F023",
            part.place("measurements"),
            f"{count} laboratory value{'' if count == 1 else 's'}",
            "a diagnosis",
            "record the diagnosis that the values led to; a value alone was not read",
            warning=True,
        )

"""Write a family as a Bundle of FHIR R4: Patient, FamilyMemberHistory with the parents' extensions, and what was found.

Every link is written out, from the record of the patient (relationship ONESELF) on; the relationship to the patient is
what it is called beside. What FHIR has no element for stands in extensions of our own (`urn:menscreen:`), what must not
be passed over in a modifying one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from menscreen.formats.fhir.conditions import AS_WRITTEN
from menscreen.formats.fhir.elements import OWN, Json
from menscreen.formats.fhir.genetics import ASSESSMENT, GENE, RESULTS, SIGNIFICANCE, SOURCE
from menscreen.formats.gathering import of_family
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.names import relation_name
from menscreen.pedigree.person import Age, Finding, GeneticTest, History, Origin, Person, Result, Sex, Status
from menscreen.pedigree.relations import Tie, parse
from menscreen.pedigree.relatives import kin, unplaced
from menscreen.pedigree.words import CODES
from menscreen.vocabulary import vocabulary
from menscreen.vocabulary.codes import normal_system
from menscreen.vocabulary.denying import denied

ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
_STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"
_LOINC = "http://loinc.org"
_SYSTEMS = {
    "SNOMED CT": "http://snomed.info/sct",
    "HPO": "http://purl.obolibrary.org/obo/hp.owl",
    "OMIM": "http://omim.org",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
}
_UNITS = {"unit": "a", "system": "http://unitsofmeasure.org", "code": "a"}
_RESOURCE_ID = re.compile(r"[A-Za-z0-9\-.]{1,60}")
_SIGNIFICANCES = {result: code for code, result in RESULTS.items()}
_TWINS = {Zygosity.MONOZYGOTIC: "ITWIN", Zygosity.DIZYGOTIC: "FTWIN", Zygosity.UNKNOWN: "TWIN"}
#: Names of relations that have a code for blood relatives only; the others are found in the table of codes.
_NATURAL = {
    "mother": "NMTH", "father": "NFTH", "parent": "NPRN", "sister": "NSIS", "brother": "NBRO", "sibling": "NSIB",
    "daughter": "DAU", "son": "SON", "child": "NCHILD", "half sister": "HSIS", "half brother": "HBRO",
    "half sibling": "HSIB",
}  # fmt: skip


def write(family: Pedigree) -> bytes:
    """Write a family as a Bundle of FHIR R4 (type collection), in UTF-8, ending in a line end.

    >>> b'"resourceType": "FamilyMemberHistory"' in write(Pedigree((Person("a", mother="b"), Person("b")), "a"))
    True
    """
    bundle: Json = {"resourceType": "Bundle"}
    if family.id is not None:
        bundle["identifier"] = {"system": f"{OWN}family", "value": family.id}
    bundle["type"] = "collection"
    bundle["entry"] = [{"fullUrl": f"{OWN}{one['id']}", "resource": one} for one in _Bundle(family).resources()]
    return msgspec.json.format(msgspec.json.encode(bundle), indent=1) + b"\n"


class _Bundle:
    def __init__(self, family: Pedigree) -> None:
        self.family = family
        self.me = family.position[family.proband]
        self.ids = _resource_ids(family)
        self.ties = kin(family, self.me)
        self.ties.update({at: tie for at, tie in unplaced(family, self.me, self.ties).items() if tie is not None})
        self.twins: dict[str, list[tuple[str, Zygosity]]] = {}
        for twins in family.twins:
            first, *others = twins.people
            self.twins.setdefault(first, []).extend((other, twins.zygosity) for other in others)
        self.patient = {"reference": f"Patient/{self.ids[family.proband]}"}
        self.observations: list[Json] = []

    def resources(self) -> list[Json]:
        """Everything, the patient first."""
        proband = self.family.people[self.me]
        histories = [self._history(at, person) for at, person in enumerate(self.family.people)]
        conditions = [
            self._condition(f"{self.ids[proband.id]}-finding-{number}", finding)
            for number, finding in enumerate(proband.findings, 1)
        ]
        return [self._patient(proband), *histories, *conditions, *self.observations]

    def _patient(self, person: Person) -> Json:
        made: Json = {"resourceType": "Patient", "id": self.ids[person.id], "identifier": [_identifier(person)]}
        if person.label is not None:
            made["name"] = [{"text": person.label}]
        made["gender"] = person.sex.value
        if person.birth_year is not None:
            made["birthDate"] = f"{person.birth_year:04}"
        if person.deceased:
            made["deceasedBoolean"] = True
        return made

    def _history(self, at: int, person: Person) -> Json:
        is_me = at == self.me
        made: Json = {
            "resourceType": "FamilyMemberHistory",
            "id": f"{self.ids[person.id]}{'-self' if is_me else ''}",
            "extension": [*_own_of(person, with_birth_year=not is_me), *self._links(person)],
            "identifier": [_identifier(person)],
            "status": _status(person),
            "patient": self.patient,
        }
        if is_me and self.family.family_history is not self._implied():
            made["extension"].append(_extension("family-history", "Code", self.family.family_history.value))
        if person.label is not None and not is_me:
            made["name"] = person.label
        made["relationship"] = _relationship("self" if is_me else self._name(at))
        if person.sex is not Sex.UNKNOWN:
            system = "http://hl7.org/fhir/administrative-gender"
            made["sex"] = {"coding": [{"system": system, "code": person.sex.value}]}
        made.update(_vital(person))
        if person.birth_year is not None and not is_me and not any(key.startswith("age") for key in made):
            made["bornDate"] = f"{person.birth_year:04}"
        if not is_me and person.findings:
            made["condition"] = [_condition_entry(finding) for finding in person.findings]
        for number, test in enumerate(person.tests, 1):
            observation = self._observation(f"{self.ids[person.id]}-test-{number}", test)
            self.observations.append(observation)
            if not is_me:
                url = f"{_STRUCTURE}family-member-history-genetics-observation"
                made["extension"].append(
                    {"url": url, "valueReference": {"reference": f"Observation/{observation['id']}"}}
                )
        if not made["extension"]:
            del made["extension"]
        return made

    def _implied(self) -> FamilyHistory:
        return FamilyHistory.ASKED if len(self.family.people) > 1 else FamilyHistory.NOT_ASKED

    def _name(self, at: int) -> str:
        person = self.family.people[at]
        if person.relation is not None and self.family.parents[at] == (-1, -1):
            return person.relation.as_ if person.relation.to == self.family.proband else "relative"
        return relation_name(self.family, self.me, at, self.ties.get(at))

    def _reference(self, id: str) -> Json:
        suffix = "-self" if id == self.family.proband else ""
        return {"reference": f"FamilyMemberHistory/{self.ids[id]}{suffix}"}

    def _links(self, person: Person) -> list[Json]:
        links = [
            self._link("parent", code, id)
            for code, id in (("NMTH", person.mother), ("NFTH", person.father))
            if id is not None and id in self.ids
        ]
        for id in person.adoptive_parents:
            if id in self.ids:
                code = {Sex.FEMALE: "ADOPTM", Sex.MALE: "ADOPTF"}.get(self.family.person(id).sex, "ADOPTP")
                links.append(self._link("parent", code, id))
        links += [self._link("sibling", _TWINS[kind], id) for id, kind in self.twins.get(person.id, ())]
        if person.relation is not None and person.relation.to in self.ids:
            parts = [
                {"url": "to", "valueReference": self._reference(person.relation.to)},
                {"url": "as", "valueString": person.relation.as_},
            ]
            links.append({"url": f"{OWN}relation", "extension": parts})
        return links

    def _link(self, kind: str, code: str, id: str) -> Json:
        return {
            "url": f"{_STRUCTURE}family-member-history-genetics-{kind}",
            "extension": [
                {"url": "type", "valueCodeableConcept": {"coding": [{"system": ROLE_CODE, "code": code}]}},
                {"url": "reference", "valueReference": self._reference(id)},
            ],
        }

    def _condition(self, id: str, finding: Finding) -> Json:
        made: Json = {"resourceType": "Condition", "id": id}
        extensions = _facts(finding, without=() if finding.status is Status.ABSENT else ("recurrent",))
        if finding.confirmed is not None and not (finding.confirmed and finding.status is Status.PRESENT):
            extensions.append(_extension("confirmed", "Boolean", finding.confirmed))
        if extensions:
            made["extension"] = extensions
        system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
        clinical = "inactive" if finding.status is Status.ABSENT else "recurrence" if finding.recurrent else "active"
        made["clinicalStatus"] = {"coding": [{"system": system, "code": clinical}]}
        verification = {Status.ABSENT: "refuted", Status.SUSPECTED: "provisional"}.get(finding.status)
        if finding.confirmed and finding.status is Status.PRESENT:
            verification = "confirmed"
        if verification is not None:
            system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
            made["verificationStatus"] = {"coding": [{"system": system, "code": verification}]}
        made["code"] = _concept_of(finding)
        made["subject"] = self.patient
        return made | _age("onset", finding.age)

    def _observation(self, id: str, test: GeneticTest) -> Json:
        negative = test.result is Result.NEGATIVE
        made: Json = {"resourceType": "Observation", "id": id}
        if test.scope is not None:
            made["extension"] = [_extension("scope", "Code", test.scope.value)]
        made["status"] = "final"
        made["code"] = {"coding": [_loinc(ASSESSMENT, "Genetic variant assessment")]}
        made["subject"] = self.patient
        assessed = ("LA9634-2", "Absent") if negative else ("LA9633-4", "Present")
        made["valueCodeableConcept"] = {"coding": [_loinc(*assessed)]}
        parts: list[tuple[str, str, Json]] = [(GENE, "Gene studied [ID]", {"text": test.gene})]
        if not negative:
            significance = {"coding": [_loinc(_SIGNIFICANCES[test.result])], "text": test.result.value}
            parts.append((SIGNIFICANCE, "Genetic variation clinical significance", significance))
        if test.variant is not None:
            parts.append(("81290-9", "Genomic DNA change (gHGVS)", {"text": test.variant}))
        if test.origin is Origin.SOMATIC:
            parts.append((SOURCE, "Genomic source class", {"coding": [_loinc("LA6684-0", "Somatic")]}))
        made["component"] = [
            {"code": {"coding": [_loinc(code, display)]}, "valueCodeableConcept": value}
            for code, display, value in parts
        ]
        return made


def _resource_ids(family: Pedigree) -> dict[str, str]:
    """Ids of resources: those of the people where FHIR allows them."""
    ids: dict[str, str] = {}
    taken = {person.id for person in family.people}
    for number, person in enumerate(family.people, 1):
        id = person.id if _RESOURCE_ID.fullmatch(person.id) and not person.id.endswith("-self") else f"person-{number}"
        while id != person.id and id in taken:
            id += "x"
        taken.add(id)
        ids[person.id] = id
    return ids


def _identifier(person: Person) -> Json:
    return {"system": f"{OWN}person", "value": person.id}


def _loinc(code: str, display: str | None = None) -> Json:
    return {"system": _LOINC, "code": code} | ({} if display is None else {"display": display})


def _extension(name: str, kind: str, value: Any) -> Json:
    return {"url": f"{OWN}{name}", f"value{kind}": value}


def _own_of(person: Person, with_birth_year: bool) -> list[Json]:
    found = []
    if person.gender is not None:
        found.append(_extension("gender", "Code", person.gender.value))
    if person.adopted is not None:
        found.append(_extension("adopted", "Code", person.adopted.value))
    if person.placeholder:
        found.append(_extension("placeholder", "Boolean", True))
    if person.asked is not None:
        found.append(_extension("asked", "String", " ".join(person.asked) or "nothing"))
    if with_birth_year and person.birth_year is not None and person.age is not None and not person.deceased:
        found.append(_extension("birth-year", "Integer", person.birth_year))
    return found


def _status(person: Person) -> str:
    if person.history is History.KNOWN:
        return "completed"
    return "partial" if person.findings or person.tests else "health-unknown"


@cache
def _relationship(name: str) -> Json:
    code = "ONESELF" if name == "self" else _NATURAL.get(name) or _codes().get(name, "EXT")
    return {"coding": [{"system": ROLE_CODE, "code": code}], "text": name}


@cache
def _codes() -> dict[str, str]:
    """Codes by the names of relations, as `relation_name` spells them."""
    made: dict[str, str] = {}
    for code, words in CODES.items():
        told = parse(words)
        if told is not None and told.tie is not Tie.SELF and code != "FAMMEMB":
            made.setdefault(words.replace("half-", "half "), code)
            made.setdefault(words, code)
    return made


def _vital(person: Person) -> Json:
    if person.deceased:
        return _age("deceased", person.age) or {"deceasedBoolean": True}
    return _age("age", person.age)


def _age(key: str, age: Age | None) -> Json:
    if age is None:
        return {}
    if age.low == age.high:
        return {f"{key}Age": {"value": age.low, **_UNITS}}
    band: Json = {"low": {"value": age.low, **_UNITS}}
    if age.high is not None:
        band["high"] = {"value": age.high, **_UNITS}
    return {f"{key}Range": band}


def _condition_entry(finding: Finding) -> Json:
    made: Json = {}
    extensions = _facts(finding)
    if finding.confirmed is not None:
        extensions.append(_extension("confirmed", "Boolean", finding.confirmed))
    if extensions:
        made["extension"] = extensions
    if finding.status is Status.SUSPECTED:
        made["modifierExtension"] = [_extension("status", "Code", "suspected")]
    made["code"] = _concept_of(finding)
    if finding.status is Status.ABSENT:
        made["code"] = {"text": f"No history of {made['code']['text']}"}
    return made | _age("onset", finding.age)


def _concept_of(finding: Finding) -> Json:
    if finding.term is None:
        return {"text": finding.text or "a finding that is not named"}
    coding = [dict(one) for one in _coding(finding.term)]
    return ({"coding": coding} if coding else {}) | {"text": vocabulary().terms[finding.term].name}


@cache
def _coding(term: str) -> tuple[Json, ...]:
    """Codes that mean this term and no other, one of each system."""
    known = vocabulary()
    found: dict[str, str] = {}
    for system, code in known.codes(term):
        name = normal_system(system) or ""
        if name in _SYSTEMS and known.by_code(system, code) is known.terms[term]:
            found.setdefault(name, code)
    return tuple({"system": _SYSTEMS[name], "code": found[name]} for name in _SYSTEMS if name in found)


def _facts(finding: Finding, without: tuple[str, ...] = ()) -> list[Json]:
    """What FHIR has no element for, as extensions."""
    found = []
    text = finding.text or ""
    if finding.term is None and (finding.status is Status.ABSENT or denied(text) is not None or of_family(text)):
        found.append(_extension(AS_WRITTEN, "String", finding.text))
    for name in ("multiple", "bilateral", "recurrent", "metastatic"):
        value = getattr(finding, name)
        if value is not None and name not in without and not (value is False and name in ("recurrent", "metastatic")):
            found.append(_extension(name, "Boolean", value))
    if finding.size_mm is not None:
        found.append(_extension("size-mm", "Decimal", finding.size_mm))
    found += [_extension("declined", "String", one) for one in finding.declined]
    for name in ("stage", "grade", "sstr", "note", "text"):
        value = getattr(finding, name)
        if value is not None and not (name == "text" and finding.term is None):
            found.append(_extension(name, "String", value))
    return found

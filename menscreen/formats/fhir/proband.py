"""Whom a file is about."""

from __future__ import annotations

from collections.abc import Sequence

from menscreen.formats.content import refusal
from menscreen.formats.fhir.elements import concept, extensions, objects, value_of
from menscreen.formats.fhir.resource import Resource
from menscreen.formats.fhir.resources import Resources
from menscreen.formats.gathering import Gathering
from menscreen.problems import PedigreeError

_RECORD = "familymemberhistory-patient-record"


def record_of(found: Resources, resource: Resource) -> str | None:
    """The Patient resource of the relative, where a FamilyMemberHistory names one."""
    if resource.node is None and "extension" in resource.body:
        for url, one in extensions(resource.body):
            if url == _RECORD:
                return found.name(value_of(one), resource) or None
    return None


def named_proband(
    found: Resources, histories: Sequence[Resource], subjects: Sequence[str], gathering: Gathering
) -> str:
    """What references call the patient whom the file is about; empty where nothing names one.

    Raises:
        PedigreeError: there are several patients, or none.
    """
    name = found.name
    for composition in found.of("Composition"):
        for section in objects(composition.body.get("section")):
            if any(code == "proband" for _, code in concept(section.get("code")).codes):
                for entry in objects(section.get("entry"))[:1]:
                    return name(entry, composition)
        if composition.body.get("subject"):
            return name(composition.body["subject"], composition)
    about = set(subjects) - {""}
    if len(about) > 1:
        one_of_them = _common_patient(found, histories, about)
        if one_of_them is None:
            raise _several(len(about))
        return one_of_them
    if about:
        return about.pop()
    for kind in ("List", "Condition", "Observation", "Procedure"):
        about = {name(one.body.get("subject"), one) for one in found.of(kind)} - {""}
        if len(about) > 1:
            raise _several(len(about))
        if about:
            return about.pop()
    patients = found.of("Patient")
    if len(patients) > 1:
        raise _several(len(patients))
    if patients:
        return patients[0].at
    if not histories and not found.of("Condition"):
        if any(problem.code in ("D022", "D023") for problem in gathering.problems):
            stands = "no record that holds"
        elif found.of("OperationOutcome"):
            stands = "an answer in which the server reports an error"
        elif not found.kinds and found.bundles:
            stands = "a Bundle without resources"
        elif not found.kinds:
            stands = "an object without `resourceType`"
        else:
            stands = "resources of FHIR, none of which is of a family or a patient"
        needed = "FamilyMemberHistory, or a Bundle or List of them"
        raise refusal("D002", stands, needed, "export the family history of one patient")
    return ""


def _common_patient(found: Resources, histories: Sequence[Resource], about: set[str]) -> str | None:
    """Of several patients in one pedigree, the one whom the others are recorded as relatives of, if it is one."""
    records = {record_of(found, one) for one in histories} - {None}
    if not records:
        return None
    left = about - records
    if len(left) == 1:
        return left.pop()
    conditions = {found.name(one.body.get("subject"), one) for one in found.of("Condition")}
    return (about & conditions).pop() if len(about & conditions) == 1 else None


def _several(number: int) -> PedigreeError:
    return refusal(
        "D016",
        f"records of {number} patients",
        "the family of one patient, or a Composition that names the proband",
        "put the records of each patient into a Bundle of their own; menscreen batch takes a Bundle on each line",
    )

"""The people of a file: relatives from FamilyMemberHistory, and patients."""

from __future__ import annotations

from typing import Any

from menscreen.formats.dates import Date, date_of
from menscreen.formats.fhir.conditions import choice, conditions_of_relative, procedure
from menscreen.formats.fhir.elements import (
    Json,
    age_at,
    age_in_words,
    extensions,
    objects,
    roughly,
    sex_of,
)
from menscreen.formats.fhir.node import Node, identify, own_facts
from menscreen.formats.fhir.notes import findings_in_notes
from menscreen.formats.fhir.resource import Resource
from menscreen.formats.fhir.resources import status_of
from menscreen.formats.fhir.shapes import OF_HISTORY, report_unknown_keys
from menscreen.formats.gathering import Gathering
from menscreen.formats.values import known_text
from menscreen.pedigree.person import (
    Age,
    Gender,
    History,
    Sex,
)
from menscreen.problems import within

_KINDS_OF_DEATH = {"deceasedAge", "deceasedRange", "deceasedDate"}
_DECEASED = _KINDS_OF_DEATH | {"deceasedString"}
_ALIVE = {"no", "false", "alive", "living", "n", "not deceased"}
_UNKNOWN_HISTORY = {"health-unknown", "partial"}


def read_history(node: Node, body: Json, at: str, gathering: Gathering) -> None:
    """Take in what a FamilyMemberHistory records of its relative."""
    report_unknown_keys(body, OF_HISTORY, at, gathering)
    identify(node, body)
    if not _OF_SOME.isdisjoint(body):
        _more(node, body)
    if node.born is not None:
        node.learn(birth_year=node.born[0])
    _vital(node, body, at, gathering)
    if body.get("status") != "completed" or "dataAbsentReason" in body:
        is_open = status_of(body) in _UNKNOWN_HISTORY or body.get("dataAbsentReason")
        if is_open and not node.placeholder:
            node.history = History.UNKNOWN
    if "condition" in body:
        node.findings += conditions_of_relative(body["condition"], at, gathering, node.born)
    if "note" in body or "text" in body:
        node.findings += findings_in_notes(body, node.findings, at, gathering)
    if "procedure" in body:
        for number, one in enumerate(objects(body["procedure"])):
            node.findings += procedure(one, within(at, f"procedure[{number}]"), gathering, node.born)


#: Keys that few records have.
_OF_SOME = {"name", "sex", "extension", "bornDate", "bornPeriod", "bornString"}


def _more(node: Node, body: Json) -> None:
    """Take in what few records say: name, sex, birth, and extensions."""
    if (name := known_text(body.get("name"))) is not None:
        node.learn(label=name)
    if node.sex is Sex.UNKNOWN and "sex" in body:
        node.sex = sex_of(body["sex"])
    if "extension" in body:
        own_facts(node, extensions(body))
    if node.born is None:
        node.born = _born(body)


def patient(node: Node, resource: Resource) -> None:
    """Take in what a Patient resource says of a person."""
    body = resource.body
    if not node.is_ours:
        node.id = None
        identify(node, body)
    for one in objects(body.get("name"))[:1]:
        given = [part for part in one.get("given") or () if part.__class__ is str]
        parts = [*given, one["family"]] if one.get("family").__class__ is str else given
        node.learn(label=known_text(one.get("text")) or " ".join(parts) or None)
    node.born = node.born or date_of(known_text(body.get("birthDate")))
    if node.born is not None:
        node.learn(birth_year=node.born[0])
    if node.sex is Sex.UNKNOWN:
        node.sex = sex_of(body.get("gender"))
    if body.get("extension"):
        own_facts(node, extensions(body))
    says_no_more = (node.gender, node.sex) in ((Gender.WOMAN, Sex.FEMALE), (Gender.MAN, Sex.MALE))
    if says_no_more and not node.is_ours:
        node.gender = None
    if "deceasedBoolean" in body:
        node.learn(deceased=body["deceasedBoolean"] is True)
    if "deceasedDateTime" in body:
        node.learn(deceased=True, age=age_at(node.born, body["deceasedDateTime"]))


def _born(body: Json) -> Date | None:
    if body.get("bornDate").__class__ is str:
        return date_of(body["bornDate"])
    period = body.get("bornPeriod")
    if period.__class__ is dict:
        start, end = date_of(known_text(period.get("start"))), date_of(known_text(period.get("end")))
        return start[:1] if start and end and start[0] == end[0] else None
    return date_of(known_text(body.get("bornString"))) if "bornString" in body else None


def _vital(node: Node, body: Json, at: str, gathering: Gathering) -> None:
    """The age now or at death, and whether the relative died."""
    age = choice(body, "age", at, gathering, node.born)
    if age is not None and "estimatedAge" in body and body["estimatedAge"] is True:
        age = roughly(age)
    deceased: Any = body.get("deceasedBoolean")
    died: Age | None = None
    if age is not None and deceased is None and _DECEASED.isdisjoint(body):
        node.learn(age=age)
        return
    said = known_text(body.get("deceasedString"))
    if deceased is None and said is not None:
        deceased = said.strip().lower() not in _ALIVE
        died = (age_in_words(said) or age_at(node.born, said)) if deceased else None
    elif deceased is None and not _KINDS_OF_DEATH.isdisjoint(body):
        deceased = True
        died = choice(body, "deceased", at, gathering, node.born)
    if deceased is not None:
        node.learn(deceased=deceased is True)
    if died is None and age is None and deceased is not True and body.get("date").__class__ is str:
        age = age_at(node.born, body["date"])
    node.learn(age=died or age)


def is_withdrawn(resource: Resource) -> bool:
    """Whether a record was entered in error."""
    return resource.body.get("status") != "completed" and status_of(resource.body) == "entered-in-error"

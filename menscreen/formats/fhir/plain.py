"""Records of relatives that say no more than who, what and when, as most do; they are read without looking for more.

A Bundle is decoded into typed structs. What is beyond them is left to be read untyped: a record with another key by
itself, a Bundle of another shape, or with a key that stands twice, as a whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Raw, UnsetType

from menscreen.formats.content import has_every_key
from menscreen.formats.fhir.conditions import plain_term
from menscreen.formats.fhir.elements import Json, age_of_quantity, concept, sex_of
from menscreen.formats.fhir.node import Node
from menscreen.formats.fhir.relations import relation_of
from menscreen.formats.values import known_text
from menscreen.pedigree.making import make_plain_finding
from menscreen.pedigree.person import Age, Finding, Sex, Status
from menscreen.pedigree.relations import Tie

#: Parts longer than this are not remembered, nor is a record plain that has them.
_REMEMBERED = 500
#: To look a member of an enumeration up takes as long as several of these steps.
_UNKNOWN, _HAS = Sex.UNKNOWN, Status.PRESENT


class _Strict(msgspec.Struct, forbid_unknown_fields=True, rename="camel", gc=False):
    pass


class _Patient(_Strict):
    reference: str
    display: Any = UNSET


class _Condition(_Strict):
    code: Raw
    onset_age: Raw | UnsetType = UNSET
    id: Any = UNSET
    outcome: Any = UNSET
    contributed_to_death: Any = UNSET


class _Record(_Strict):
    resource_type: Literal["FamilyMemberHistory"]
    status: Literal["completed"]
    patient: _Patient
    relationship: Raw
    id: str | UnsetType = UNSET
    meta: Any = UNSET
    text: Any = UNSET
    date: Any = UNSET
    name: Any = UNSET
    sex: Raw | UnsetType = UNSET
    age_age: Raw | UnsetType = UNSET
    deceased_boolean: bool | UnsetType = UNSET
    condition: list[_Condition] | UnsetType = UNSET


class _Entry(_Strict):
    resource: Raw
    full_url: Any = UNSET
    search: Any = UNSET
    request: Any = UNSET
    response: Any = UNSET
    link: Any = UNSET


class _Bundle(_Strict):
    resource_type: Literal["Bundle"]
    entry: list[_Entry]
    id: Any = UNSET
    meta: Any = UNSET
    identifier: Any = UNSET
    type: Any = UNSET
    timestamp: Any = UNSET
    total: Any = UNSET
    link: Any = UNSET


class Plain(msgspec.Struct, gc=False):
    """What a plain record says.

    Attributes:
        node: the relative.
        patient: the reference to the patient.
        date: when it was written.
        is_whole: the conditions are plain, too; otherwise they are still to be read.
        raw: the record as it stands in the file.
    """

    node: Node
    patient: str
    date: Any
    is_whole: bool
    raw: Raw

    def body(self) -> Json:
        """The record untyped."""
        body: Json = _decode(self.raw)
        return body


_decode = msgspec.json.Decoder().decode
_record_of = msgspec.json.Decoder(_Record).decode
_bundle_of = msgspec.json.Decoder(_Bundle).decode


class _BeyondThatError(Exception):
    """A part says more than a plain record does."""


def plain_bundle(data: bytes) -> tuple[Json, list[tuple[Any, Any]]] | None:
    """A Bundle but for its entries, and of each entry the resource and its address; ``None`` if it is none of those.

    Plain records are `Plain`, other resources are untyped.

    >>> plain_bundle(b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}')[1]
    [({'resourceType': 'Patient'}, UNSET)]
    """
    entries = []
    try:
        bundle = _bundle_of(data)
        for number, entry in enumerate(bundle.entry):
            raw = entry.resource
            resource: Any
            try:
                record = _record_of(raw)
                resource = _plain(record, raw, f"entry[{number}].resource")
                entry.resource = record  # type: ignore[assignment]  # for its keys to be counted
            except (msgspec.ValidationError, _BeyondThatError):
                resource = entry.resource = _decode(raw)
            entries.append((resource, entry.full_url))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    if not has_every_key(bundle, data):
        return None
    return {"identifier": bundle.identifier, "timestamp": bundle.timestamp, "link": bundle.link}, entries


def _plain(record: _Record, raw: Raw, at: str) -> Plain:
    """What a record says, as `people.read_history` would read it."""
    id = known_text(record.id)
    if id is None and record.id is not UNSET:
        raise _BeyondThatError
    words, sex = _relation(bytes(record.relationship))
    if record.sex is not UNSET and (recorded := _sex(bytes(record.sex))) is not _UNKNOWN:
        sex = recorded
    findings: list[Finding] = []
    is_whole = True
    if record.condition is not UNSET:
        place = f"{at}.condition["
        for number, one in enumerate(record.condition):
            age = None if one.onset_age is UNSET else _age(bytes(one.onset_age))
            term = _term(bytes(one.code))
            if term is None:
                is_whole = False
            findings.append(make_plain_finding(term, age, _HAS, f"{place}{number}]"))
    node = Node(at, at, id, words, sex, findings if is_whole else [])
    if record.age_age is not UNSET:
        node.age = _age(bytes(record.age_age))
    if record.deceased_boolean is not UNSET:
        node.deceased = record.deceased_boolean
    if record.name is not UNSET:
        node.label = known_text(record.name)
    return Plain(node, record.patient.reference, record.date, is_whole, raw)


def _value(raw: bytes) -> Any:
    value = _decode(raw) if len(raw) <= _REMEMBERED else None
    if value is None or not has_every_key(value, raw):
        raise _BeyondThatError
    return value


@lru_cache(maxsize=1024)
def _relation(raw: bytes) -> tuple[str, Sex]:
    """The words of a relation, and the sex that they tell."""
    said = relation_of(concept(_value(raw)))
    if said.relation is None or said.conflict or said.is_family or not said.words or said.relation.tie is Tie.SELF:
        raise _BeyondThatError
    return said.words, said.relation.sex


@lru_cache(maxsize=4096)
def _term(raw: bytes) -> str | None:
    return plain_term(concept(_value(raw)))


@lru_cache(maxsize=1024)
def _age(raw: bytes) -> Age:
    age = age_of_quantity(_value(raw))
    if age is None:
        raise _BeyondThatError
    return age


@lru_cache(maxsize=64)
def _sex(raw: bytes) -> Sex:
    return sex_of(_value(raw))

"""Records of relatives that say no more than who, what and when, as most do; they are read without looking for more.

A Bundle is decoded into typed structs. What is beyond them is left to be read untyped: a record with another key by
itself, a Bundle of another shape, or with a key that stands twice, as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Raw, UnsetType

from menscreen.formats.content import has_every_key
from menscreen.formats.dates import date_of
from menscreen.formats.fhir.conditions import Reading, note_of, reading_of
from menscreen.formats.fhir.elements import (
    OWN,
    Extensions,
    Json,
    age_at,
    age_in_words,
    age_of_quantity,
    age_of_range,
    concept,
    extensions,
    sex_of,
)
from menscreen.formats.fhir.node import Node, identify, own_facts
from menscreen.formats.fhir.notes import is_telling
from menscreen.formats.fhir.relations import relation_of
from menscreen.formats.fhir.resource import Resource, Told
from menscreen.formats.fhir.shapes import is_of_old_version
from menscreen.formats.values import known_text
from menscreen.pedigree.person import Age, History, Sex, Status
from menscreen.pedigree.relations import Tie

#: Parts longer than this are not remembered, nor is a record plain that has them.
_REMEMBERED = 500
_OWN = OWN.encode()
#: The extension that makes somebody a Patient of the file.
_RECORD = b"familymemberhistory-patient-record"
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


class _FullerCondition(_Condition):
    onset_range: Raw | UnsetType = UNSET
    onset_string: str | UnsetType = UNSET
    note: Raw | UnsetType = UNSET


class _Record(_Strict):
    resource_type: Literal["FamilyMemberHistory"]
    status: Literal["completed", "partial", "health-unknown"]
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
    condition: Sequence[_Condition] | UnsetType = UNSET


class _FullerRecord(_Record):
    """What fewer records say; most are read without a look at all of it."""

    condition: list[_FullerCondition] | UnsetType = UNSET
    identifier: Raw | UnsetType = UNSET
    extension: Raw | UnsetType = UNSET
    language: Any = UNSET
    note: list[Any] | UnsetType = UNSET
    participant: Any = UNSET
    reason: Any = UNSET
    reason_code: Any = UNSET
    reason_reference: Any = UNSET
    born_date: str | UnsetType = UNSET
    age_range: Raw | UnsetType = UNSET
    deceased_age: Raw | UnsetType = UNSET
    deceased_range: Raw | UnsetType = UNSET


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


_decode = msgspec.json.Decoder().decode
_record_of = msgspec.json.Decoder(_Record).decode
_fuller_record_of = msgspec.json.Decoder(_FullerRecord).decode
_bundle_of = msgspec.json.Decoder(_Bundle).decode


class _BeyondThatError(Exception):
    """A part says more than a plain record does."""


def plain_bundle(data: bytes) -> tuple[Json, list[tuple[Any, Any]]] | None:
    """A Bundle but for its entries, and of each entry the resource and its address; ``None`` if it is none of those.

    Plain records are each a `Resource`, other resources are untyped.

    >>> plain_bundle(b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}')[1]
    [({'resourceType': 'Patient'}, UNSET)]
    """
    entries = []
    decode: Callable[[Raw], _Record] = _record_of
    try:
        bundle = _bundle_of(data)
        for number, entry in enumerate(bundle.entry):
            raw = entry.resource
            resource: Any
            try:
                try:
                    record = decode(raw)
                except msgspec.ValidationError:
                    record = _fuller_record_of(raw)
                    decode = _fuller_record_of  # the others may be like it
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


def _plain(record: _Record, raw: Raw, at: str) -> Resource:
    """What a record says, as `people.read_history` would read it."""
    id = known_text(record.id)
    if id is None and record.id is not UNSET:
        raise _BeyondThatError
    if record.meta is not UNSET and is_of_old_version(record.meta):
        raise _BeyondThatError
    if record.__class__ is _FullerRecord and record.note is not UNSET and is_telling(record.note, None):
        raise _BeyondThatError
    if record.condition is UNSET and record.text is not UNSET and is_telling(None, record.text):
        raise _BeyondThatError
    words, sex = _relation(bytes(record.relationship))
    recorded = _UNKNOWN if record.sex is UNSET else _sex(bytes(record.sex))
    if recorded is not _UNKNOWN:
        sex = recorded
    told: list[Told] = []
    if record.condition is not UNSET:
        for number, one in enumerate(record.condition):
            age = None if one.onset_age is UNSET else _age(bytes(one.onset_age))
            facts = None
            if one.__class__ is _FullerCondition and not (one.onset_range is one.onset_string is one.note is UNSET):
                age, facts = _more_of(one, age)
            told.append((_reading(bytes(one.code)), age, f"{at}.condition[{number}]", facts))
    node = Node(at, at, id, words, sex)
    if record.name is not UNSET:
        node.label = known_text(record.name)
    if record.age_age is not UNSET:
        node.age = _age(bytes(record.age_age))
    if record.deceased_boolean is not UNSET:
        node.deceased = record.deceased_boolean
    links: Extensions = []
    if record.__class__ is _FullerRecord:
        if record.identifier is not UNSET:
            _identify(node, record, recorded)
        if record.extension is not UNSET:
            links = _links(node, record)
        if not (record.born_date is record.age_range is record.deceased_age is record.deceased_range is UNSET):
            _live(node, record)
    if record.status != "completed" and not node.placeholder:
        node.history = History.UNKNOWN
    return Resource("FamilyMemberHistory", at, at, raw, id, links, node, record.patient.reference, record.date, told)


def _more_of(one: _FullerCondition, age: Age | None) -> tuple[Age | None, dict[str, Any] | None]:
    """An onset that is no Age, and notes."""
    if one.onset_range is not UNSET or one.onset_string is not UNSET:
        if (one.onset_age is UNSET) + (one.onset_range is UNSET) + (one.onset_string is UNSET) != 2:
            raise _BeyondThatError
        if one.onset_range is not UNSET:
            age = _band(bytes(one.onset_range))
        elif one.onset_string is not UNSET and (age := age_in_words(one.onset_string)) is None:
            raise _BeyondThatError
    note = None if one.note is UNSET else _note(bytes(one.note))
    return age, None if note is None else {"note": note}


def _identify(node: Node, record: _FullerRecord, recorded: Sex) -> None:
    """Give a node of our own its id; its sex is the one that is recorded."""
    if record.identifier is not UNSET and _OWN in bytes(record.identifier):
        identify(node, {"identifier": _checked(record.identifier), "id": node.id})
        if node.is_ours:
            node.sex = recorded


def _links(node: Node, record: _FullerRecord) -> Extensions:
    """The extensions of a record; what they say of the relative alone is taken in."""
    raw = bytes(record.extension)  # type: ignore[arg-type]  # it is there
    written: Any = _decode(raw)
    if _RECORD in raw or written is None:
        raise _BeyondThatError
    record.extension = written  # for its keys to be counted
    links = extensions({"extension": written})
    own_facts(node, links)
    return links


def _live(node: Node, record: _FullerRecord) -> None:
    """Take in birth, and age and death in other forms."""
    if record.born_date is not UNSET:
        node.born = date_of(known_text(record.born_date))
        if node.born is not None:
            node.learn(birth_year=node.born[0])
    if record.age_range is not UNSET:
        node.age = _band(bytes(record.age_range))
    if record.deceased_age is not UNSET:
        node.deceased, node.age = True, _age(bytes(record.deceased_age))
    elif record.deceased_range is not UNSET:
        node.deceased, node.age = True, _band(bytes(record.deceased_range))
    if (record.age_age is not UNSET and record.age_range is not UNSET) or (record.deceased_boolean is UNSET) + (
        record.deceased_age is UNSET
    ) + (record.deceased_range is UNSET) < 2:
        raise _BeyondThatError
    if node.born is not None and node.age is None and node.deceased is not True and record.date.__class__ is str:
        node.age = age_at(node.born, record.date)


def _value(raw: bytes) -> Any:
    if len(raw) > _REMEMBERED:
        raise _BeyondThatError
    return _checked(raw)


def _checked(raw: bytes | Raw) -> Any:
    """What stands there; a key that stands twice is for others to find."""
    value = _decode(raw)
    if value is None or not has_every_key(value, bytes(raw)):
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
def _reading(raw: bytes) -> Reading:
    return reading_of(concept(_value(raw)), _HAS, of_relative=True)


def _whole(read: Callable[[Any], Age | None]) -> Callable[[bytes], Age]:
    """Reads an age of this kind; one that is not read whole is more than a plain record says."""

    @lru_cache(maxsize=1024)
    def whole(raw: bytes) -> Age:
        age = read(_value(raw))
        if age is None:
            raise _BeyondThatError
        return age

    return whole


_age, _band = _whole(age_of_quantity), _whole(age_of_range)


def _note(raw: bytes) -> str | None:
    return note_of(_value(raw))


@lru_cache(maxsize=64)
def _sex(raw: bytes) -> Sex:
    return sex_of(_value(raw))

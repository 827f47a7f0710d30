"""The native format as one of many: its reader, and its writer, which leaves nothing out."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs
import msgspec

from menscreen.formats.content import Content
from menscreen.formats.native import read_native
from menscreen.formats.structure import is_known_id as is_allowed
from menscreen.formats.wire import SCHEMA
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Adoption, Age, Finding, GeneticTest, Person
from menscreen.vocabulary import vocabulary

__all__ = ["is_allowed", "read", "write"]


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family in the native format."""
    return read_native(content.data, strict=strict)


def write(family: Pedigree) -> bytes:
    """Write a family in the full form of the native format, in UTF-8, ending in a line end.

    >>> b'"age": [' in write(Pedigree((Person("p1", age=Age(30, 39)),), "p1"))
    True
    """
    document: dict[str, Any] = {"schema": SCHEMA}
    if family.id is not None:
        document["id"] = family.id
    document["proband"] = family.proband
    document["family_history"] = family.family_history.value
    document["people"] = [_person(person) for person in family.people]
    if family.twins:
        document["twins"] = [_twins(twins) for twins in family.twins]
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _twins(twins: Twins) -> dict[str, Any]:
    known = {} if twins.zygosity is Zygosity.UNKNOWN else {"zygosity": twins.zygosity.value}
    return {"people": list(twins.people), **known}


def _person(person: Person) -> dict[str, Any]:
    written = _said(person, Person(person.id), ("at", "id", "findings", "tests", "relation"))
    made: dict[str, Any] = {"id": person.id, **written}
    if person.adopted is Adoption.IN and not person.adoptive_parents and (person.mother or person.father):
        made["adoptive_parents"] = []  # or else mother and father would be read as adoptive
    if person.relation is not None:
        made["relation"] = {"to": person.relation.to, "as": person.relation.as_}
    if person.findings:
        made["findings"] = [_finding(finding) for finding in person.findings]
    if person.tests:
        made["tests"] = [_test(test) for test in person.tests]
    return made


def _finding(finding: Finding) -> dict[str, Any]:
    written = _said(finding, Finding(finding.term), ("at", "term"))
    if finding.term is None:
        return written
    return {"finding": vocabulary().terms[finding.term].name, **written}


def _test(test: GeneticTest) -> dict[str, Any]:
    return {
        "gene": test.gene,
        "result": test.result.value,
        **_said(test, GeneticTest(test.gene, test.result), ("at", "gene", "result")),
    }


def _said(one: Any, silent: Any, apart: tuple[str, ...]) -> dict[str, Any]:
    """The attributes that differ from those of a value of which nothing is recorded."""
    return {
        attribute.name: _value(value)
        for attribute in attrs.fields(type(one))
        if attribute.name not in apart and (value := getattr(one, attribute.name)) != getattr(silent, attribute.name)
    }


def _value(value: Any) -> Any:
    if isinstance(value, Age):
        return value.low if value.low == value.high else [value.low, value.high]
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple) else value

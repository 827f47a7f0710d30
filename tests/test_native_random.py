"""Random documents in order are read without an error, and mean what a slow and plain reading says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from menscreen.formats import native
from menscreen.formats.diagnosis import diagnose
from menscreen.formats.native import read_native
from menscreen.pedigree.person import Age, Finding, History, Person, Status
from menscreen.problems import PedigreeError, Severity
from menscreen.strategies import native_documents, relatives_forms
from menscreen.vocabulary import vocabulary

#: Documents are drawn beside what else a test draws.
SLOW = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
FULL_FORMS, SHORT_FORMS = native_documents(), relatives_forms()
ORGANS = {"pancreas": "pancreatic"}


def slow_finding(record: dict[str, Any]) -> dict[str, Any]:
    """What the record says, key by key, as the docs have it."""

    def known(key: str) -> Any:
        value = record.get(key)
        return None if isinstance(value, str) and value.strip().lower() in ("", "?", "unknown") else value

    organ = record.get("site")
    term = vocabulary().lookup(record["finding"] if organ is None else f"{ORGANS.get(organ, organ)} tumor")
    status = "suspected" if "status" in record and known("status") is None else known("status") or "present"
    if known("confirmed") is False and status == "present":
        status = "suspected"
    age = known("age")
    low, high = age if isinstance(age, list) else (age, age)
    return {
        "term": term.id if term else None,
        "age": None if age is None else Age(low, high),
        "status": Status(status),
        "multiple": True if known("bilateral") else known("multiple"),
        "bilateral": known("bilateral"),
        "recurrent": known("recurrent") is True,
        "metastatic": known("metastatic") is True,
        "note": known("note"),
        "text": None if term else record["finding"],
        "size_mm": known("size_mm"),
    }


def assert_as_written(person: Person, record: dict[str, Any]) -> None:
    entries = record.get("findings", [])
    listed = entries if isinstance(entries, list) else []
    records = [entry for entry in listed if isinstance(entry, dict)]
    for finding, written in zip(person.findings, records, strict=True):
        told = slow_finding(written)
        assert {key: getattr(finding, key) for key in told} == told
    if len(records) < len(listed) or not isinstance(entries, list):
        assert person.history is History.UNKNOWN


@SLOW
@given(FULL_FORMS)
def test_a_full_form_in_order_is_read_as_written(document: dict[str, Any]) -> None:
    family = read_native(json.dumps(document).encode())
    assert all(problem.severity is Severity.WARNING for problem in family.problems)
    assert [person.id for person in family.people] == [record["id"] for record in document["people"]]
    for person, record in zip(family.people, document["people"], strict=True):
        assert_as_written(person, record)


@SLOW
@given(SHORT_FORMS)
def test_a_short_form_in_order_is_read_as_written(document: dict[str, Any]) -> None:
    family = read_native(document)
    for place, record in [("proband", document["proband"]), *enumerated(document["relatives"])]:
        (person,) = (one for one in family.people if one.at == place)
        assert_as_written(person, record)


def enumerated(relatives: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"relatives[{number}]", record) for number, record in enumerate(relatives)]


@SLOW
@given(FULL_FORMS | SHORT_FORMS)
def test_the_second_look_finds_nothing_in_a_document_in_order_and_reads_the_same(document: dict[str, Any]) -> None:
    data = json.dumps(document).encode()
    usable, problems = diagnose(data)
    assert problems == []
    assert usable is not None
    found: list[Any] = []
    closely = native._family(usable, "", found, strict=False)
    family = read_native(data)
    assert closely.people == family.people
    assert tuple(found) == family.problems


@SLOW
@given(FULL_FORMS)
def test_ids_labels_and_notes_change_nothing_else(document: dict[str, Any]) -> None:
    bare = json.loads(json.dumps(document))
    for record in bare["people"]:
        record.pop("label", None)
        for finding in record["findings"] if isinstance(record.get("findings"), list) else []:
            if isinstance(finding, dict):
                finding.pop("note", None)
                finding.pop("grade", None)
    assert [plain(person) for person in read_native(document).people] == [
        plain(person) for person in read_native(bare).people
    ]


def plain(person: Person) -> tuple[Any, ...]:
    return person.id, person.mother, person.age, person.history, [core(finding) for finding in person.findings]


def core(finding: Finding) -> tuple[Any, ...]:
    return finding.term, finding.age, finding.status, finding.multiple, finding.text


class Doubled(dict[str, Any]):
    """A mapping that is written with its first key once more."""

    def items(self) -> Any:
        return [*super().items(), next(iter(super().items()))]


def mappings_in(value: Any) -> list[dict[str, Any]]:
    """The mapping itself and all within it, besides those under a key to ignore."""
    if isinstance(value, list):
        return [one for entry in value for one in mappings_in(entry)]
    if not isinstance(value, dict):
        return []
    return [value, *(one for key, inner in value.items() if not key.startswith("x-") for one in mappings_in(inner))]


def with_one_doubled(value: Any, chosen: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [with_one_doubled(entry, chosen) for entry in value]
    if not isinstance(value, dict):
        return value
    inner = {key: with_one_doubled(part, chosen) for key, part in value.items()}
    return Doubled(inner) if value is chosen else inner


@SLOW
@given(FULL_FORMS | SHORT_FORMS, st.sampled_from([{}, {"x-a": 1}, {"x-a": {"b": {"c": ":"}}}]), st.data())
def test_a_key_that_stands_twice_is_found_wherever_it_stands(
    document: dict[str, Any], ignored: dict[str, Any], data: st.DataObject
) -> None:
    whole = {**document, **ignored}
    chosen = data.draw(st.sampled_from([one for one in mappings_in(whole) if one]))
    written = json.dumps(with_one_doubled(whole, chosen), indent=1).encode()
    with pytest.raises(PedigreeError) as caught:
        read_native(written)
    assert "D003" in {problem.code for problem in caught.value.problems}

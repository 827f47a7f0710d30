"""What is denied, doubted or left open in words is no tumor, whatever file holds the words; an age in them is read."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

import menscreen
from menscreen.formats.fhir import notes
from menscreen.formats.fhir.elements import concept
from menscreen.formats.gathering import of_family
from menscreen.formats.naming import name_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding, Status
from menscreen.vocabulary import findings_said, vocabulary
from menscreen.vocabulary.asides import _DOUBT, LONGEST, without_doubt, without_notes
from menscreen.vocabulary.denying import denied, unsaid

MTC, PHEO, CANCER = "medullary-thyroid-carcinoma", "pheochromocytoma", "thyroid-cancer"
HPT = "hyperparathyroidism"

#: A clear denial.
ABSENT = {
    "pheochromocytoma: no": PHEO,
    "Pheochromocytoma : None.": PHEO,
    "thyroid cancer - none": CANCER,
    "thyroid cancer (none)": CANCER,
    "MTC - denies": MTC,
    "MTC: N": MTC,
    "MTC=false": MTC,
    "MTC: 0": MTC,
    "pheochromocytoma (-)": PHEO,
    "MTC no": MTC,
    "MTC? No": MTC,
    "MTC. Ruled out.": MTC,
    "no MTC": MTC,
    "not MTC": MTC,
    "no history of MTC": MTC,
    "No known history of thyroid cancer": CANCER,
    "No past medical history of pheochromocytoma": PHEO,
    "no evidence of MTC": MTC,
    "no signs or symptoms of pheochromocytoma": None,
    "denies thyroid cancer": CANCER,
    "Denies any history of pheochromocytoma": PHEO,
    "denied MTC": MTC,
    "negative for hyperparathyroidism": HPT,
    "hyperparathyroidism: negative": HPT,
    "neg. for MTC": MTC,
    "MTC (ruled out)": MTC,
    "MTC, ruled out": MTC,
    "MTC was ruled out": MTC,
    "ruled out MTC": MTC,
    "MTC excluded": MTC,
    "MTC (-ve)": MTC,
    "-ve for MTC": MTC,
    "MTC x0": MTC,
    "zero MTC": MTC,
    "History of thyroid cancer: negative": CANCER,
    "MTC absent": MTC,
    "MTC not present": MTC,
    "MTC not found": MTC,
    "pheo refuted": PHEO,
    "never had MTC": MTC,
    "has never had thyroid cancer": None,
    "without pheochromocytoma": PHEO,
    "w/o MTC": MTC,
    "free of MTC": MTC,
    "does not have MEN1": "men1",
    "doesn't have MEN1": "men1",
    "didn’t have MTC": MTC,
    "unaffected by MEN1": "men1",
    "kein Phäochromozytom": None,
    "keine MTC": MTC,
    "pas de MTC": MTC,
    "sin feocromocitoma": None,
}
#: Nothing is known, or nothing that can be told from the words.
OPEN = (
    "[ ] MTC", "( ) MTC", "MTC [ ]", "\u2610 MTC", "MTC \u2717",
    "none", "None.", "N/A", "n.a.", "nil", "NKDA", "no known problems", "healthy", "negative", "-", "--",
    "not applicable", "pheochromocytoma -", "pheochromocytoma: -", "pheochromocytoma: unknown", "MTC (unknown)",
    "MTC: not asked", "MTC not tested", "MTC: N/A", "MTC declined", "MTC-free", "MTC no longer suspected",
    "pheo, not seen on CT", "MTC suspected, then ruled out", "no MTC, pheo", "MTC, pheo ruled out",
    "MTC and pheo: none found", "no metastatic MTC", "not only MTC", "no recurrence of MTC", "no MTC at 44",
    "MEN1 negative", "negative for MEN1", "RET: negative", "pheochromocytoma screening negative",
    "screened for pheochromocytoma", "at risk for MTC", "surveillance for MEN1", "pheo work-up",
    "no family history of MTC", "mother had MTC", "?MTC - no, papillary",
)  # fmt: skip
SUSPECTED = {
    "MTC?": MTC,
    "?pheo": PHEO,
    "possible MTC": MTC,
    "r/o pheo": PHEO,
    "rule-out MTC": MTC,
    "MTC not ruled out": MTC,
    "pheo cannot be excluded": PHEO,
    "might have MTC": MTC,
    "concern for MTC": MTC,
    "suspicious for MTC": MTC,
    "ddx: pheo": PHEO,
    "MTC unlikely": MTC,
    "MTC not confirmed": MTC,
    "thyroid cancer ? medullary": MTC,
    "MTC vs papillary": "thyroid-tumor",
    "pheo versus adenoma": "adrenal-tumor",
}
PRESENT = {
    "MTC": (MTC, ""),
    "MTC at 44": (MTC, "44"),
    "medullary thyroid cancer, age 44": (MTC, "44"),
    "MTC dx 44": (MTC, "44"),
    "MTC dx'd at age 44": (MTC, "44"),
    "MTC (age 44)": (MTC, "44"),
    "MTC 44y": (MTC, "44"),
    "MTC, 44 years old": (MTC, "44"),
    "MTC @44": (MTC, "44"),
    "MTC diagnosed at 44": (MTC, "44"),
    "MTC in her 40s": (MTC, "40-49"),
    "MTC before 40": (MTC, "0-39"),
    "MTC: yes": (MTC, ""),
    "MTC +ve": (MTC, ""),
    "MTC (age unknown)": (MTC, ""),
    "MTC at ?": (MTC, ""),
    "thyroid cancer, ?type": (CANCER, ""),
    "MTC, cured": (MTC, ""),
    "MTC, negative margins": ("thyroid-tumor", ""),
    "yes, MTC": (MTC, ""),
    "positive for MTC": (MTC, ""),
    "MTC at 44, died at 50": (MTC, "44"),
    "died of MTC at 50": (MTC, ""),
    "MTC (44)": (MTC, ""),
    "MTC 44": (MTC, ""),
    "MTC 40-50": (MTC, ""),
    "MTC dx 44 (d. 50)": (MTC, ""),
    "MTC at 40, pheo 50": ("endocrine-tumor", ""),
    "pheo at 30 (left) and 35 (right)": ("adrenal-tumor", ""),
    "MTC at 25, stage 4, spread to the lymph nodes": (MTC, "25"),
    "MTC at 44 or 45": ("thyroid-tumor", ""),
    "MTC in 1990": (MTC, ""),
    "MTC, no metastases": (MTC, ""),
    "MTC, RET negative": ("thyroid-tumor", ""),
    "not medullary thyroid cancer": ("non-medullary-thyroid-carcinoma", ""),
    "nonfunctioning pituitary adenoma": ("nonfunctioning-pituitary-adenoma", ""),
}


# Every reader


def _read(document: Any) -> Pedigree:
    return menscreen.read(json.dumps(document).encode())


def native(text: str) -> Pedigree:
    return _read({"proband": {"findings": [{"finding": text}]}})


def native_text(text: str) -> Pedigree:
    return _read({"proband": {"findings": [{"text": text}]}})


def _bundle(*resources: dict[str, Any]) -> Pedigree:
    return _read({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]})


_PATIENT = {"reference": "Patient/p"}


def fhir_of_patient(text: str) -> Pedigree:
    return _bundle({"resourceType": "Condition", "subject": _PATIENT, "code": {"text": text}})


def fhir_display(text: str) -> Pedigree:
    return _bundle({"resourceType": "Condition", "subject": _PATIENT, "code": {"coding": [{"display": text}]}})


def fhir_of_relative(text: str) -> Pedigree:
    mother = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "NMTH"}]}
    history = {"resourceType": "FamilyMemberHistory", "status": "completed", "patient": _PATIENT}
    return _bundle({**history, "relationship": mother, "condition": [{"code": {"text": text}}]})


def phenopacket(text: str) -> Pedigree:
    feature = {"type": {"id": "", "label": text}}
    return _read({"id": "1", "subject": {"id": "p", "sex": "FEMALE"}, "metaData": {}, "phenotypicFeatures": [feature]})


def phenotips_disorder(text: str) -> Pedigree:
    return _read([{"id": "p", "sex": "female", "lifeStatus": "alive", "disorders": [text]}])


def phenotips_feature(text: str) -> Pedigree:
    return _read([{"id": "p", "sex": "female", "lifeStatus": "alive", "nonstandard_features": [{"label": text}]}])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def portrait(text: str) -> Pedigree:
    code = f'<code originalText="{_escaped(text)}"/>'
    document = (
        '<FamilyHistory><subject><patient><patientPerson><administrativeGenderCode code="F"/><subjectOf2>'
        f"<clinicalObservation>{code}</clinicalObservation></subjectOf2></patientPerson></patient></subject></FamilyHistory>"
    )
    return menscreen.read(document.encode())


def ccda(text: str) -> Pedigree:
    document = (
        '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component>'
        '<structuredBody><component><section><code code="10157-6" codeSystem="2.16.840.1.113883.6.1"/><entry>'
        '<organizer classCode="CLUSTER"><templateId root="2.16.840.1.113883.10.20.22.4.45"/><subject><relatedSubject>'
        '<code code="MTH" codeSystem="2.16.840.1.113883.5.111"/></relatedSubject></subject><component><observation>'
        '<templateId root="2.16.840.1.113883.10.20.22.4.46"/><statusCode code="completed"/><value><originalText>'
        f"{_escaped(text)}</originalText></value></observation></component></organizer></entry></section></component>"
        "</structuredBody></component></ClinicalDocument>"
    )
    return menscreen.read(document.encode())


def _table(header: str, text: str) -> Pedigree:
    cell = text.replace('"', '""')
    return menscreen.read(f'id,proband,{header}\np,yes,"{cell}"\n'.encode(), format="csv")


def csv_finding(text: str) -> Pedigree:
    return _table("finding", text)


def csv_text(text: str) -> Pedigree:
    return _table("text", text)


READERS = [
    native, native_text, fhir_of_patient, fhir_display, fhir_of_relative, phenopacket, phenotips_disorder,
    phenotips_feature, portrait, ccda, csv_finding, csv_text,
]  # fmt: skip
by_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
Reader = Callable[[str], Pedigree]


def findings(reader: Reader, text: str) -> list[Finding]:
    return [finding for person in reader(text).people for finding in person.findings]


def told(found: list[Finding]) -> list[tuple[str, str]]:
    """What is recorded of terms."""
    return [(one.term, one.status.value) for one in found if one.term is not None]


@by_reader
@pytest.mark.parametrize("text", ABSENT)
def test_what_is_clearly_denied_is_absent(reader: Reader, text: str) -> None:
    found = findings(reader, text)
    assert [one for one in told(found) if one[1] != "absent"] == []
    if ABSENT[text] is not None:
        assert told(found) == [(ABSENT[text], "absent")]


@by_reader
@pytest.mark.parametrize("text", OPEN)
def test_what_is_left_open_is_no_tumor(reader: Reader, text: str) -> None:
    found = findings(reader, text)
    kin = text in ("mother had MTC", "no family history of MTC")  # of a relative it is told of this relative
    assert told(found) == [] or (kin and {one.status for one in found} == {Status.ABSENT})


@by_reader
@pytest.mark.parametrize("text", SUSPECTED)
def test_what_is_doubted_is_suspected(reader: Reader, text: str) -> None:
    assert told(findings(reader, text)) == [(SUSPECTED[text], "suspected")]


@by_reader
@pytest.mark.parametrize("text", PRESENT)
def test_what_is_there_is_read_with_the_age_that_the_words_plainly_say(reader: Reader, text: str) -> None:
    (found,) = findings(reader, text)
    assert (found.term, found.status, str(found.age or "")) == (PRESENT[text][0], Status.PRESENT, PRESENT[text][1])


@by_reader
def test_several_findings_have_each_their_own_age_and_doubt(reader: Reader) -> None:
    found = findings(reader, "MTC at 30 and ?pheo")
    assert [(one.term, one.status.value, str(one.age or "")) for one in found] == [
        (MTC, "present", "30"),
        (PHEO, "suspected", ""),
    ]
    found = findings(reader, "denies MTC, pheo or hyperparathyroidism")
    assert told(found) == [(MTC, "absent"), (PHEO, "absent"), (HPT, "absent")]
    assert told(findings(reader, "no MTC and no pheo")) == [(MTC, "absent"), (PHEO, "absent")]
    assert told(findings(reader, "no MTC but pheo at 40")) == [(MTC, "absent"), (PHEO, "present")]


@by_reader
def test_what_is_not_understood_is_kept_and_told(reader: Reader) -> None:
    for text in ("pheo, not seen on CT", "MTC: not asked", "no MTC, pheo"):
        family = reader(text)
        (kept,) = (finding for person in family.people for finding in person.findings)
        assert (kept.term, kept.text) == (None, text)
        assert family.problems


# Where the words are not alone


def test_a_denial_counts_beside_a_code_of_what_it_denies() -> None:
    codes = (("ICD-10-CM", "C73"),)
    name = name_of("thyroid cancer: no", None, None, codes)
    assert (name.term, name.status(Status.PRESENT)) == (CANCER, Status.ABSENT)
    name = name_of("Thyroid cancer, not found at operation", None, None, codes)
    assert (name.term, name.text) == (None, "Thyroid cancer, not found at operation")
    assert [one.code for one in name.complaints] == ["F028"]
    name = name_of("MTC ruled out", None, None, codes)
    assert (name.term, name.status(Status.PRESENT)) == (CANCER, Status.SUSPECTED)
    assert [(one.term, one.status(Status.PRESENT)) for one in name.also] == [(MTC, Status.ABSENT)]
    name = name_of("no pheochromocytoma", None, None, codes)
    assert name.term is None, "neither is it known that there was no thyroid cancer"
    assert name_of("Malignant neoplasm of thyroid, not otherwise specified", None, None, codes).term is not None


@pytest.mark.parametrize(
    ("text", "status", "age"),
    [("pheo: ruled out", "absent", ""), ("?pheo", "suspected", ""), ("pheo at 40", "present", "40")],
)
def test_of_a_display_and_a_text_the_one_that_says_more_counts(text: str, status: str, age: str) -> None:
    coding = [{"system": "http://snomed.info/sct", "code": "302835009", "display": "Pheochromocytoma"}]
    family = _bundle({"resourceType": "Condition", "subject": _PATIENT, "code": {"coding": coding, "text": text}})
    (found,) = family.people[0].findings
    assert (found.term, found.status.value, str(found.age or "")) == (PHEO, status, age)


def test_what_an_excluded_record_denies_once_more_is_not_there() -> None:
    feature = {"type": {"id": "", "label": "No history of MTC"}, "excluded": True}
    family = _read({"id": "1", "subject": {"id": "p"}, "metaData": {}, "phenotypicFeatures": [feature]})
    assert told(list(family.people[0].findings)) == [(MTC, "absent")]


def test_an_age_beside_the_words_counts_against_them_with_a_warning() -> None:
    family = _read({"proband": {"findings": [{"finding": "MTC at 30", "age": 44}]}})
    assert str(family.people[0].findings[0].age) == "44"
    assert [(one.code, one.where) for one in family.problems] == [("F022", "proband.findings[0].age")]
    family = _read({"proband": {"findings": [{"finding": "MTC in her 40s", "age": 44}]}})
    assert (str(family.people[0].findings[0].age), family.problems) == ("44", ())
    family = menscreen.read(b"id,proband,finding,age at diagnosis\np,yes,MTC at 30,44\n", format="csv")
    assert str(family.people[0].findings[0].age) == "44"
    assert [one.code for one in family.problems] == ["F022"]


@pytest.mark.parametrize(
    ("cell", "status"),
    [("ruled out", "absent"), ("denies", "absent"), ("?", None), ("not confirmed", "suspected"), ("44", "present")],
)
def test_a_cell_of_a_column_of_its_own_is_read_like_words(cell: str, status: str | None) -> None:
    family = _table("MTC", cell)
    assert [one.status.value for one in family.people[0].findings] == ([] if status is None else [status])


@pytest.mark.parametrize("age", ["no", "none", "N/A", "-", "false", "negative"])
def test_a_disease_whose_age_is_no_is_not_there(age: str) -> None:
    family = _read([{"name": "p", "sex": "F", "proband": True, "pheochromocytoma_diagnosis_age": age}])
    assert told(list(family.people[0].findings)) == []


# The rules behind it


def test_each_name_of_the_vocabulary_can_be_denied_doubted_and_dated() -> None:
    for term in vocabulary().terms.values():
        for form in ("No history of {}", "{}: no", "denies {}", "{} ruled out"):
            assert [(one.term.id, one.is_denied) for one in findings_said(form.format(term.name))] == [(term.id, True)]
        for form in ("possible {}", "{}?"):
            assert [(one.term.id, one.is_doubted) for one in findings_said(form.format(term.name))] == [(term.id, True)]
        for form in ("{} at 44", "{}, age 44", "{} dx 44"):
            assert [(one.term.id, one.age) for one in findings_said(form.format(term.name))] == [(term.id, "44")]
        assert [(one.term.id, one[1:]) for one in findings_said(term.name)] == [(term.id, ((), False, None, False))]


_DENIALS = ("{}: no", "no {}", "{} - none", "{} (ruled out)", "denies {}", "{}, excluded", "never had {}", "no h/o {}")
_AROUND = ("", "left ", "bilateral ", "recurrent ", "her ", "small ")
_AFTER = ("", " on CT", " at 40", ", 12 mm", " of the neck", " in 1990")


@given(
    st.sampled_from(sorted(vocabulary().terms)),
    st.sampled_from(_DENIALS),
    st.sampled_from(_AROUND),
    st.sampled_from(_AFTER),
)
def test_nothing_that_is_denied_is_read_as_there(term: str, form: str, around: str, after: str) -> None:
    text = form.format(f"{around}{vocabulary().terms[term].name}") + after
    name = name_of(text, None, None)
    assert name.term is None or name.is_denied, text


@given(st.text(max_size=80))
def test_any_text_is_looked_at(text: str) -> None:
    denied(text), unsaid(text), findings_said(text)


def test_of_a_story_nothing_is_taken_off_and_nothing_is_said_to_be_unknown() -> None:
    story = "insulinoma (age 25), " + "and so on, " * 20 + "not known"
    assert (unsaid(story), without_notes(story)) == (None, story)


def test_no_text_takes_long() -> None:
    for part in ("no ", "no known ", "a: ", "has been ", "- ", "(", "not, ", "at 4 ", "?", "yes "):
        name_of((part * 200)[:199], None, None)


@pytest.mark.clock
@pytest.mark.parametrize("row", [" ", "\t ", ":", "(", "- ", "at ", "for ", "were ", "not ", "1 ", "=["])
def test_the_same_over_and_over_takes_no_time(row: str) -> None:
    """Patterns that try each place in a row against each other took a second for one text."""
    findings_said("MTC at 44, pheo ruled out")
    started = time.process_time()
    wide = ("has and before " + "were " * 22, ", " * 30), ("is ", "her 30s"), ("44", "(((((44")
    for before, after in (("30s", "30s"), ("unknown", "x"), ("", "her ("), ("MTC,", ": no, no"), *wide):
        text = before + row * 95
        findings_said(text[: 198 - len(after)] + after)
    assert time.process_time() - started < 0.5


@given(st.lists(st.sampled_from([*SUSPECTED, *PRESENT, *ABSENT, "MTC", "green hair", "?"]), max_size=3).map(" ".join))
def test_the_words_that_doubt_are_found_where_the_pattern_finds_them(text: str) -> None:
    plain = text[:LONGEST]
    assert (without_doubt(plain) is not None) is (re.sub(_DOUBT, " ", plain).strip(" ()") != plain.strip(" ()"))


@pytest.mark.clock
@pytest.mark.parametrize(
    "text",
    [
        "Family history of MTC in " + "-" * 40 + "x",
        "Family history" + " " * 1_000 + "MTC\nx",
        "Family history of MTC" + " " * 20_000 + "x",
        "MTC" + " " * 20_000 + "x",
    ],
)
def test_a_family_history_takes_no_time_whatever_it_is_followed_by(text: str) -> None:
    """Patterns that part a row in every way took a minute for four thousand blanks, and doubled with two dashes."""
    of_family("Family history of MTC in mother")
    started = time.process_time()
    of_family(text)
    concept({"text": text, "coding": [{"system": "http://snomed.info/sct", "code": "1", "display": text}]})
    assert time.process_time() - started < 0.5


def test_who_of_the_family_it_was_is_no_part_of_what_it_was() -> None:
    told = (
        "family history of MTC in his mother",
        "FH: MTC in a second-degree relative",
        "Family history - MTC of an aunt",
    )
    assert [of_family(one) for one in told] == ["MTC"] * 3
    assert of_family("positive family history of MTC in mother at 44") == "MTC at 44"


def test_a_long_note_is_not_remembered() -> None:
    note = "She had a medullary thyroid carcinoma. "
    notes._remembered.cache_clear()
    assert notes.tells_of_tumor(note)
    assert notes.tells_of_tumor(note * 20)
    assert notes._remembered.cache_info().currsize == 1

"""The family history of C-CDA documents, built by hand from the templates 4.45, 4.46, 4.31 and 4.47."""

from __future__ import annotations

import pytest

import menscreen
from menscreen.formats.ccda import read
from menscreen.formats.content import Content
from menscreen.pedigree import relation_name
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Age, Finding, History, Person, Sex, Status
from menscreen.problems import PedigreeError

SNOMED = 'codeSystem="2.16.840.1.113883.6.96"'
MTC = f'code="255032005" {SNOMED} displayName="Medullary thyroid carcinoma"'


def age(value: str, template: str = "2.16.840.1.113883.10.20.22.4.31", unit: str = "a") -> str:
    return (
        '<entryRelationship typeCode="SUBJ" inversionInd="true"><observation>'
        f'<templateId root="{template}"/><code code="445518008" {SNOMED}/>'
        f'<value xsi:type="PQ" value="{value}" unit="{unit}"/></observation></entryRelationship>'
    )


def died(inside: str = "") -> str:
    return (
        '<entryRelationship typeCode="CAUS"><observation><templateId root="2.16.840.1.113883.10.20.22.4.47"/>'
        f'<value xsi:type="CD" code="419099009" {SNOMED} displayName="Dead"/>{inside}</observation></entryRelationship>'
    )


def observation(value: str, inside: str = "", more: str = "", value_inside: str = "") -> str:
    return (
        f'<component><observation classCode="OBS" {more}><templateId root="2.16.840.1.113883.10.20.22.4.46"/>'
        f'<statusCode code="completed"/><value xsi:type="CD" {value}>{value_inside}</value>{inside}'
        "</observation></component>"
    )


def organizer(code: str, *observations: str, subject: str = "") -> str:
    return (
        '<entry><organizer classCode="CLUSTER"><templateId root="2.16.840.1.113883.10.20.22.4.45"/>'
        f'<subject><relatedSubject classCode="PRS">{code}<subject>{subject}</subject></relatedSubject></subject>'
        f"{''.join(observations)}</organizer></entry>"
    )


def role(code: str, more: str = "") -> str:
    return f'<code code="{code}" codeSystem="2.16.840.1.113883.5.111" {more}/>'


def section(*entries: str, text: str = "") -> str:
    return (
        '<section><templateId root="2.16.840.1.113883.10.20.22.2.15" extension="2015-08-01"/>'
        f'<code code="10157-6" codeSystem="2.16.840.1.113883.6.1"/><text>{text}</text>{"".join(entries)}</section>'
    )


def problems(*observations: str) -> str:
    entries = "".join(
        f'<entry><act><entryRelationship><observation {more}><templateId root="2.16.840.1.113883.10.20.22.4.4"/>'
        f'<code code="55607006"/><value xsi:type="CD" {value}/></observation></entryRelationship></act></entry>'
        for value, _, more in (one.partition("|") for one in observations)
    )
    return f'<section><code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/>{entries}</section>'


def document(*sections: str, patient: str = "") -> bytes:
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><effectiveTime value="20200615"/><recordTarget><patientRole><patient>'
        '<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19850101"/>'
        f"{patient}</patient></patientRole></recordTarget><component><structuredBody>"
        + "".join(f"<component>{one}</component>" for one in sections)
        + "</structuredBody></component></ClinicalDocument>"
    ).encode()


def family(*entries: str, text: str = "", more: str = "") -> Pedigree:
    return read(Content(document(section(*entries, text=text), more)), strict=False)


def relatives(family: Pedigree) -> list[Person]:
    return [person for person in family.people if person.id != "self" and not person.placeholder]


def only(family: Pedigree) -> Finding:
    (person,) = relatives(family)
    (found,) = person.findings
    return found


def names(family: Pedigree) -> list[str]:
    return [relation_name(family, 0, family.position[person.id]) for person in relatives(family)]


def test_a_document_is_recognized_and_screened() -> None:
    content = document(section(organizer(role("MTH"), observation(MTC, age("41")))), problems())
    made = menscreen.read(content)
    assert made.format == "ccda"
    assert menscreen.screen(made).outcome == "warranted"
    assert made.person("self").sex is Sex.FEMALE
    assert made.person("self").age == Age(35, 35)


def test_the_value_is_the_finding_and_has_line_and_column() -> None:
    found = only(family(organizer(role("MTH"), observation(MTC, age("41")))))
    assert (found.term, found.age, found.status) == ("medullary-thyroid-carcinoma", Age(41, 41), Status.PRESENT)
    assert found.at.startswith("line 1, column ")


@pytest.mark.parametrize(
    ("value", "unit", "years"), [("18", "mo", 1), ("41", "a", 41), ("3", "wk", 0), ("800", "d", 2)]
)
def test_ages_are_completed_years(value: str, unit: str, years: int) -> None:
    assert only(family(organizer(role("MTH"), observation(MTC, age(value, unit=unit))))).age == Age(years, years)


def test_an_age_follows_from_the_dates_of_birth_and_diagnosis() -> None:
    born = '<birthTime value="1950"/>'
    when = '<effectiveTime value="19910304"/>'
    assert only(family(organizer(role("MTH"), observation(MTC, when), subject=born))).age == Age(40, 41)
    low = '<effectiveTime><low value="1991"/></effectiveTime>'
    assert only(family(organizer(role("MTH"), observation(MTC, low), subject=born))).age == Age(40, 41)
    assert only(family(organizer(role("MTH"), observation(MTC, '<effectiveTime nullFlavor="UNK"/>')))).age is None


def test_a_negated_observation_is_absent() -> None:
    assert only(family(organizer(role("MTH"), observation(MTC, more='negationInd="true"')))).status is Status.ABSENT


def test_no_known_problems_are_asked_for_and_none() -> None:
    disease = f'code="64572001" {SNOMED} displayName="Disease"'
    (mother,) = relatives(family(organizer(role("MTH"), observation(disease, more='negationInd="true"'))))
    assert mother.findings == ()
    assert mother.history is History.KNOWN


def test_two_organizers_of_one_code_are_two_people() -> None:
    assert names(family(organizer(role("BRO")), organizer(role("BRO")))) == ["brother", "brother"]


def test_organizers_of_one_person_are_one_relative() -> None:
    id = '<sdtc:id root="1.2" extension="7"/>'
    made = family(
        organizer(role("BRO"), observation(MTC, age("41")), subject=id),
        organizer(role("BRO"), observation(f'code="36348003" {SNOMED}'), subject=id),
    )
    (brother,) = relatives(made)
    assert [found.term for found in brother.findings] == ["medullary-thyroid-carcinoma", "primary-hyperparathyroidism"]
    assert len(relatives(family(organizer(role("MTH")), organizer(role("MTH"), observation(MTC))))) == 1


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (role("MAUNT"), "maternal aunt"),
        (role("FTH"), "father"),
        (f'<code code="66839005" {SNOMED} displayName="Father"/>', "father"),
        (f'<code code="355398002" {SNOMED}/>', "paternal uncle"),
        ('<code nullFlavor="OTH"><originalText>maternal grandmother</originalText></code>', "maternal grandmother"),
        ('<code code="X1" codeSystem="1.2.3" displayName="Sister"/>', "sister"),
        ('<code nullFlavor="OTH"><originalText><reference value="#r1"/></originalText></code>', "maternal uncle"),
    ],
)
def test_relations_by_code_display_or_text(code: str, name: str) -> None:
    made = family(organizer(code, observation(MTC)), text='<content ID="r1">maternal uncle</content>')
    assert names(made) == [name]
    assert not made.problems


def test_a_relation_that_is_not_understood_is_reported() -> None:
    made = family(organizer(role("ZZZ"), observation(MTC)))
    assert names(made) == ["relative"]
    assert [problem.code for problem in made.problems] == ["P010"]


def test_text_is_found_by_reference() -> None:
    value = '<originalText><reference value="#p1"/></originalText>'
    made = family(
        organizer(role("MTH"), observation('nullFlavor="OTH"', value_inside=value)),
        text='<content ID="p1">Pheochromocytoma</content>',
    )
    assert only(made).term == "pheochromocytoma"


def test_a_translation_counts() -> None:
    value = '<translation code="E31.22" codeSystem="2.16.840.1.113883.6.90"/>'
    assert only(family(organizer(role("MTH"), observation('nullFlavor="OTH"', value_inside=value)))).term == "men2a"


@pytest.mark.parametrize(
    ("subject", "inside"),
    [
        ('<sdtc:deceasedInd value="true"/><birthTime value="1940"/><sdtc:deceasedTime value="2001"/>', ""),
        ('<birthTime value="1940"/>', died(age("61"))),
    ],
)
def test_a_death_is_told_by_the_subject_or_by_a_cause_of_death(subject: str, inside: str) -> None:
    made = family(organizer(role("MTH"), observation(MTC, inside), subject=subject))
    (mother,) = relatives(made)
    assert mother.deceased
    assert mother.age in (Age(60, 61), Age(61, 61))
    assert len(mother.findings) == 1


def test_nothing_is_known_of_a_patient_whose_problems_are_not_there() -> None:
    made = family(organizer(role("MTH")))
    assert made.person("self").history is History.UNKNOWN
    assert menscreen.screen(made).outcome == "clarify"
    assert family(organizer(role("MTH")), more=problems()).person("self").history is History.KNOWN


def test_the_problems_of_the_patient_are_read() -> None:
    made = family(organizer(role("MTH")), more=problems(MTC, f'code="36348003" {SNOMED}|negationInd="true"'))
    assert [(one.term, one.status) for one in made.person("self").findings] == [
        ("medullary-thyroid-carcinoma", Status.PRESENT),
        ("primary-hyperparathyroidism", Status.ABSENT),
    ]


@pytest.mark.parametrize(("display", "term"), [(' displayName="Family history of MEN2A"', "men2a"), ("", "men")])
def test_family_history_on_the_list_of_problems_is_of_a_relative(display: str, term: str) -> None:
    made = family(more=problems(f'code="Z83.41" codeSystem="2.16.840.1.113883.6.90"{display}'))
    assert made.person("self").findings == ()
    (bearer,) = relatives(made)
    assert bearer.findings[0].term == term
    assert [problem.code for problem in made.problems if problem.code == "P017"] == ["P017"]


def test_a_statement_on_the_whole_family_is_no_person_unless_somebody_is_affected() -> None:
    nobody = organizer(role("FAMMEMB"), observation(MTC, more='negationInd="true"'))
    assert relatives(family(nobody)) == []
    assert family(nobody).family_history is FamilyHistory.ASKED
    (somebody,) = relatives(family(organizer(role("FAMMEMB"), observation(MTC))))
    assert somebody.findings[0].term == "medullary-thyroid-carcinoma"


def test_an_empty_section_means_that_nobody_asked() -> None:
    made = family(text="No information")
    assert made.family_history is FamilyHistory.NOT_ASKED
    assert menscreen.screen(made).outcome == "clarify"


@pytest.mark.parametrize(
    "content",
    [
        organizer(role("MTH"), observation(MTC)),
        section(organizer(role("MTH"), observation(MTC))),
    ],
    ids=["entry", "section"],
)
def test_a_part_of_a_document_is_read(content: str) -> None:
    made = menscreen.read(content.encode())
    assert made.format == "ccda"
    assert only(made).term == "medullary-thyroid-carcinoma"


def test_a_document_without_family_history_is_refused_with_what_to_do() -> None:
    with pytest.raises(PedigreeError, match="export the document with the family history"):
        menscreen.read(document())


def test_nothing_of_a_person_reaches_a_problem() -> None:
    subject = "<name>Karenina</name><birthTime value='19481224'/>"
    made = family(organizer(role("ZZZ"), observation('displayName="Karenina\'s disease"'), subject=subject))
    assert made.problems
    assert not any("Karenina" in str(one) or "1948" in str(one) for one in made.problems)


def test_a_section_of_text_alone_is_reported() -> None:
    told = family(text="<table><tr><td>Mother</td><td>Medullary thyroid cancer</td></tr></table>")
    assert [one.code for one in told.problems] == ["F012"]
    assert menscreen.screen(told).outcome == "clarify"
    for words in ("None", "No known problems", "No family history of thyroid cancer", ""):
        assert family(text=words).problems == ()
    with_entries = family(organizer(role("MTH"), observation(MTC)), text="Mother: medullary thyroid cancer")
    assert with_entries.problems == ()


def test_who_of_the_family_it_was_is_no_part_of_the_name() -> None:
    told = family(more=problems('displayName="Family history of MTC in mother" codeSystem="1"'))
    assert [[one.term for one in person.findings] for person in told.people] == [[], ["medullary-thyroid-carcinoma"]]

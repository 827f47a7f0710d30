"""My Family Health Portrait: what its files say, and its quirks."""

from __future__ import annotations

from pathlib import Path

import pytest

import menscreen
from menscreen.formats.content import Content
from menscreen.formats.portrait import read
from menscreen.laws import as_recorded
from menscreen.pedigree import kin, relation_name
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import Adoption, Age, Finding, History, Person, Result, Status
from menscreen.problems import PedigreeError

FILES = Path(__file__).parents[2] / "shared" / "formats" / "data" / "fhh-xml"


def finding(code: str = "", age: str = "", inside: str = "", negated: str = "") -> str:
    when = f"<subject><dataEstimatedAge>{age}</dataEstimatedAge></subject>" if age else ""
    return f"<subjectOf2><clinicalObservation {negated}><code {code}/>{when}{inside}</clinicalObservation></subjectOf2>"


def band(low: str, high: str = "", unit: str = 'unit="year"') -> str:
    top = f'<high value="{high}"/>' if high else ""
    return f'<value {unit}><low value="{low}"/>{top}</value>'


def relative(code: str, id: str = "", inside: str = "", mother: str = "", father: str = "") -> str:
    parents = "".join(
        f'<relative><code code="{role}"/><relationshipHolder><id extention="{at}"/></relationshipHolder></relative>'
        for role, at in (("NMTH", mother), ("NFTH", father))
        if at
    )
    own = f'<id extention="{id}"/>' if id else ""
    return f'<relative><code code="{code}"/><relationshipHolder>{parents}{inside}{own}</relationshipHolder></relative>'


def family(*relatives: str, patient: str = "", sex: str = "F", written: str = "2010/07/21") -> Pedigree:
    text = (
        f'<FamilyHistory><effectiveTime value="{written}"/><subject><patient><patientPerson>'
        f'<administrativeGenderCode code="{sex}"/>{patient}{"".join(relatives)}<id extention="me"/>'
        "</patientPerson></patient></subject></FamilyHistory>"
    )
    return read(Content(text.encode()), strict=False)


def only(family: Pedigree) -> Finding:
    (found,) = family.person("me").findings
    return found


def file(name: str) -> Pedigree:
    path = FILES / name
    if not path.exists():
        pytest.skip("the files of others are not here")
    return menscreen.read(path)


def named(family: Pedigree) -> dict[str, list[Person]]:
    """The people by what they are to the proband."""
    found: dict[str, list[Person]] = {}
    for at, person in enumerate(family.people):
        found.setdefault(relation_name(family, family.position[family.proband], at), []).append(person)
    return found


# Ages


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (band("40", "49"), Age(40, 49)),
        (band("60"), Age(60, None)),
        (band("2", "9"), Age(2, 9)),
        (band("0", "28", 'unit="day"'), Age(0, 0)),
        (band("29", "729", 'unit="day"'), Age(0, 1)),
        (band("50", "59", ""), Age(50, 59)),
        ('<value value="26" unit="year"/>', Age(26, 26)),
        ('<value value="18" unit="month"/>', Age(1, 1)),
        ('<code originalText="pre-birth"/>', Age(0, 0)),
        ('<code originalText="unknown"/>', None),
    ],
)
def test_bands_are_inclusive_and_counted_in_completed_years(written: str, read_as: Age | None) -> None:
    found = only(
        family(patient=finding('code="363478007" codeSystemName="SNOMED_CT" displayName="Thyroid Cancer"', written))
    )
    assert found.term == "thyroid-cancer"
    assert found.age == read_as


@pytest.mark.parametrize(
    "written", ['<value value="26" unit="fortnight"/>', '<value value="old"/>', '<value value="1e999"/>']
)
def test_an_age_that_is_not_understood_is_reported_and_not_known(written: str) -> None:
    made = family(patient=finding('originalText="goiter"', written))
    assert only(made).age is None
    assert [problem.code for problem in made.problems] == ["A001"]


def test_a_band_upside_down_is_refused() -> None:
    with pytest.raises(PedigreeError, match="A001"):
        family(patient=finding('originalText="goiter"', band("49", "40")))


def test_the_age_of_the_living_is_that_on_the_day_of_the_file() -> None:
    made = family(relative("NMTH", "m", '<birthTime value="09/07/1938"/>'), patient='<birthTime value="1980"/>')
    assert made.person("m").age == Age(71, 71)
    assert made.person("m").birth_year == 1938
    assert made.person("me").age == Age(29, 30)


def test_the_age_of_the_dead_is_what_the_file_says() -> None:
    died = f"<subjectOf1><deceasedEstimatedAge>{band('50', '59')}</deceasedEstimatedAge></subjectOf1>"
    mother = family(relative("NMTH", "m", died + '<birthTime value="1900"/><deceasedIndCode value="true"/>')).person(
        "m"
    )
    assert mother.deceased
    assert mother.age == Age(50, 59)
    assert not family(relative("NMTH", "m", '<deceasedIndCode value="UNKNOWN"/>')).person("m").deceased


# Findings


def test_a_cause_of_death_is_the_same_finding_once() -> None:
    code = 'code="302835009" codeSystemName="SNOMED_CT" displayName="Pheochromocytoma"'
    death = finding(code, inside='<sourceOf><code code="419620001"/></sourceOf>')
    found = only(family(patient=finding(code, band("30", "39")) + death))
    assert (found.term, found.age, found.note) == ("pheochromocytoma", Age(30, 39), "cause of death")
    assert only(family(patient=death)).term == "pheochromocytoma"


@pytest.mark.parametrize("id", ["1000000", "1000001", "13746004 ", "999"])
def test_an_invented_code_is_passed_over_beside_words(id: str) -> None:
    made = family(patient=finding(f'code="{id}" codeSystemName="SNOMED_CT" displayName="Thyroid Cancer"'))
    assert only(made).term == "thyroid-cancer"
    assert not made.problems


def test_free_text_is_where_endocrine_tumors_stand() -> None:
    assert (
        only(family(patient=finding('originalText="Medullary thyroid cancer"'))).term == "medullary-thyroid-carcinoma"
    )
    made = family(patient=finding('originalText="had surgery for a thyroid tumor, type not told"'))
    assert only(made).term == "thyroid-tumor"
    assert [problem.code for problem in made.problems] == ["F020"]


def test_a_code_and_words_that_contradict_each_other_are_reported() -> None:
    code = 'code="255032005" codeSystemName="SNOMED_CT" displayName="Pheochromocytoma"'
    assert "F014" in [problem.code for problem in family(patient=finding(code)).problems]


def test_measures_are_no_findings() -> None:
    weight = (
        '<clinicalObservation><code code="107647005" displayName="weight"/><value value="84"/></clinicalObservation>'
    )
    made = family(patient=f"<subjectOf2>{weight}</subjectOf2>")
    assert not made.person("me").findings
    assert made.person("me").history is History.KNOWN


@pytest.mark.parametrize("code", ['displayName="Unknown Disease" originalText="Unknown"', 'id="16"'])
def test_a_disease_that_nobody_knows_makes_the_history_unknown(code: str) -> None:
    made = family(patient=finding(code))
    assert made.person("me").history is History.UNKNOWN
    assert menscreen.screen(made).outcome == "clarify"


def test_a_negated_observation_is_absent() -> None:
    made = family(patient=finding('originalText="goiter"', negated='negationInd="true"'))
    assert only(made).status is Status.ABSENT


def test_a_harmful_variant_of_the_hl7_model_is_read() -> None:
    locus = (
        '<subjectOf2><geneticLocus><value displayName="RET"/><component3><sequenceVariation><value code="M918T"/>'
        '<interpretationCode code="DELETERIOUS"/></sequenceVariation></component3></geneticLocus></subjectOf2>'
    )
    (test,) = family(patient=locus).person("me").tests
    assert (test.gene, test.result, test.variant) == ("RET", Result.PATHOGENIC, "M918T")


# Relations


def test_parents_by_id_place_a_relative() -> None:
    made = family(
        relative("NMTH", "m", mother="g"),
        relative("MGRMTH", "g"),
        relative("MUNCLE", "u", mother="g"),
        relative("MCOUSN", "c", father="u"),
        relative("NEPHEW", "n", mother="s"),
        relative("NSIS", "s", mother="m"),
    )
    names = named(made)
    assert [person.id for person in names["maternal cousin"]] == ["c"]
    assert made.person("c").father == "u"
    assert made.person("n").mother == "s"
    assert not made.problems


def test_relatives_without_ids_of_parents_are_placed_by_the_code() -> None:
    made = family(relative("MAUNT"), relative("GRNSON"), relative("GRNDAU"), relative("HBRO"), relative("XYZ"))
    names = named(made)
    assert names.keys() >= {"maternal aunt", "grandson", "granddaughter", "half-brother", "relative"}
    assert [problem.code for problem in made.problems] == ["P010"]


def test_the_parents_say_through_whom_somebody_is_half_a_sibling() -> None:
    made = family(relative("NFTH", "f"), relative("HSIS", "h", father="f"), relative("NEPHEW", "n", mother="h"))
    me = made.position["me"]
    assert kin(made, me)[made.position["h"]].degree == 2
    assert kin(made, me)[made.position["n"]].degree == 3
    assert not made.problems


def test_the_children_of_a_woman_have_her_as_mother_though_the_tool_writes_father() -> None:
    made = family(relative("SON", "s", father="me"), sex="F")
    assert (made.person("s").mother, made.person("s").father) == ("me", None)
    made = family(relative("SON", "s", father="me"), sex="M")
    assert (made.person("s").mother, made.person("s").father) == (None, "me")


def test_one_id_of_two_people_is_reported_and_resolved_by_sex() -> None:
    female, male = ('<administrativeGenderCode code="F"/>', '<administrativeGenderCode code="M"/>')
    made = family(
        relative("NMTH", "0", female), relative("NFTH", "1", male), relative("HBRO", "0", male, father="1"),
        relative("NEPHEW", "n", father="0"), relative("NSIS", "s", mother="0", father="1"),
    )  # fmt: skip
    assert [problem.code for problem in made.problems] == ["P001"]
    assert made.person("n").father == made.people[3].id != "0"
    assert made.person("s").mother == "0"


@pytest.mark.parametrize(
    ("code", "word"), [("NSIS", "adopted sister"), ("DAU", "adopted daughter"), ("NIECE", "adopted niece")]
)
def test_who_was_adopted_is_not_of_the_blood(code: str, word: str) -> None:
    mark = finding('code="160496001" codeSystemName="SNOMED_CT" displayName="adopted"')
    made = family(relative("NMTH", "m"), relative(code, "a", mark, mother="m" if code == "NSIS" else ""))
    assert made.person("a").adopted is Adoption.IN
    assert made.position["a"] not in kin(made, made.position["me"])
    assert relation_name(made, made.position["me"], made.position["a"]) == word


def test_the_grandparents_through_an_adopted_father_are_not_of_the_blood() -> None:
    mark = finding('code="160496001" codeSystemName="SNOMED_CT" displayName="adopted"')
    tumor = finding('originalText="medullary thyroid carcinoma"', band("20", "29"))
    made = family(relative("NFTH", "f", mark, mother="g"), relative("PGRMTH", "g", tumor))
    related = kin(made, made.position["me"])
    assert made.position["f"] in related
    assert made.position["g"] not in related
    assert "P013" in [problem.code for problem in made.problems]


def test_the_parents_of_an_adopted_patient_are_read_as_adoptive() -> None:
    mark = finding('code="160496001" codeSystemName="SNOMED_CT" displayName="adopted"')
    made = family(relative("NMTH", "m"), relative("NFTH", "f"), patient=mark)
    assert made.person("me").adoptive_parents == ("m", "f")
    assert menscreen.screen(made).outcome == "clarify"


def test_twins_are_siblings_with_the_mark() -> None:
    twin = finding('code="313415001" codeSystemName="SNOMED_CT" displayName="Identical twin (person)"')
    made = family(relative("NMTH", "m"), relative("NSIS", "s", twin), relative("NSIS", "o"), patient=twin)
    assert [(one.people, one.zygosity) for one in made.twins] == [(("me", "s"), Zygosity.MONOZYGOTIC)]
    alone = family(relative("NSIS", "s"), patient=twin)
    assert not alone.twins


def test_a_full_entry_inside_another_is_a_person_too() -> None:
    inner = (
        '<relative><code code="NMTH"/><relationshipHolder><id extension="g"/>'
        + finding('originalText="goiter"')
        + "</relationshipHolder></relative>"
    )
    made = family(relative("NMTH", "m", inner))
    assert made.person("m").mother == "g"
    assert made.person("g").findings[0].term == "goiter"


# Files of the tool


@pytest.mark.parametrize("wrapped", ["{}", '<s:Envelope xmlns:s="x"><s:Body>{}</s:Body></s:Envelope>'])
@pytest.mark.parametrize("namespace", ["", ' xmlns="urn:hl7-org:v3"'])
def test_namespaces_and_envelopes_do_no_harm(wrapped: str, namespace: str) -> None:
    inner = f"<FamilyHistory{namespace}><subject><patient><patientPerson/></patient></subject></FamilyHistory>"
    made = menscreen.read(wrapped.format(inner).encode())
    assert (made.format, len(made.people)) == ("fhh", 1)


def test_the_large_file_of_the_tool_has_all_its_people() -> None:
    made = file("Large_FamilyHistory.xml")
    names = named(made)
    assert len(names["brother"]) == 2
    assert [person.label for person in names["half brother"]] == ["Hector"]
    assert {tuple(one.people): one.zygosity for one in made.twins} == {
        ("6", "7"): Zygosity.DIZYGOTIC,
        ("12", "13"): Zygosity.MONOZYGOTIC,
    }
    assert made.person("8").adopted is Adoption.IN
    assert len(made.person("2").findings) == 1


def test_markup_in_names_stays_text_and_out_of_messages() -> None:
    made = file("XSS_filter_FamilyHistory.xml")
    assert "<body>test</body>" in [person.label for person in made.people]
    assert all("body" not in str(problem) for problem in made.problems)


def test_no_name_and_no_date_of_birth_reaches_a_problem() -> None:
    for path in FILES.glob("*.xml"):
        made = menscreen.read(path)
        said = "\n".join(map(str, made.problems))
        for person in made.people:
            assert not person.label or person.label not in said
            assert person.birth_year is None or str(person.birth_year) not in said


@pytest.mark.parametrize("format", ["menscreen", "csv"])
def test_a_file_of_the_tool_is_the_same_family_in_formats_that_carry_all(format: str) -> None:
    for path in FILES.glob("*.xml"):
        made = menscreen.read(path)
        done = menscreen.convert(made, format)
        again = menscreen.read(done.content)
        assert done.losses == ()
        assert as_recorded(again) == as_recorded(made)
        assert menscreen.screen(again).outcome == menscreen.screen(made).outcome


def test_words_tell_the_sex_of_somebody_whom_the_parents_place() -> None:
    made = family(relative("DAU", "d", mother="me"), relative("NSIS", "s", mother="m"), relative("NMTH", "m"))
    assert {id: str(made.person(id).sex) for id in ("d", "s", "m")} == {"d": "female", "s": "female", "m": "female"}
    assert not made.problems


def test_a_sex_that_the_words_contradict_is_reported_of_somebody_whom_the_parents_place() -> None:
    son = relative("SON", "s", '<administrativeGenderCode code="F"/>', mother="me")
    made = family(son)
    assert (str(made.person("s").sex), [one.code for one in made.problems]) == ("female", ["P016"])

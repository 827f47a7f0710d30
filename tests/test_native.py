"""The native format, key by key: what a value, an absent key and each spelling of *not known* mean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from menscreen.formats.native import read_native
from menscreen.formats.reading import read
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.person import (
    Adoption,
    Age,
    Finding,
    Gender,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Sex,
    Status,
    UnplacedRelation,
)
from menscreen.problems import PedigreeError, Problem, Severity

NOT_KNOWN: list[Any] = [None, "", "unknown", "?", " ", "Unknown", "UNKNOWN", " ? ", "\tunknown\n"]
ABSENT = object()
EXAMPLES = Path(__file__).parents[1] / "examples"


def family_of(person: dict[str, Any], **keys: Any) -> Pedigree:
    """A family of the person described, with two parents beside."""
    people = [{"id": "a", **person}, {"id": "m"}, {"id": "f"}]
    return through_bytes({"proband": "a", "people": people, **keys})


def through_bytes(document: dict[str, Any]) -> Pedigree:
    """Reads from bytes and from a mapping, which must agree in all but the digest."""
    from_bytes, from_mapping = read_native(json.dumps(document).encode()), read_native(document)
    assert from_bytes.people == from_mapping.people
    assert (from_bytes.problems, from_bytes.twins, from_bytes.family_history) == (
        from_mapping.problems,
        from_mapping.twins,
        from_mapping.family_history,
    )
    return from_bytes


def person_of(**keys: Any) -> Person:
    return family_of(keys).people[0]


def finding_of(**keys: Any) -> Finding:
    return person_of(findings=[{"finding": "insulinoma", **keys}]).findings[0]


def warnings_of(**keys: Any) -> list[tuple[str, str]]:
    family = family_of({"findings": [keys]})
    assert all(problem.severity is Severity.WARNING for problem in family.problems)
    return [(problem.code, problem.where) for problem in family.problems]


def errors_of(document: Any, *, strict: bool = False) -> list[Problem]:
    with pytest.raises(PedigreeError) as caught:
        read_native(document if isinstance(document, bytes) else json.dumps(document).encode(), strict=strict)
    return list(caught.value.problems)


# Each key of a person: the attribute, what the absent key means, what *not known* means, and values with their meaning.
Row = tuple[str, str, Any, Any, dict[Any, Any]]
PERSON: list[Row] = [
    ("label", "label", None, None, {"I-1": "I-1"}),
    ("sex", "sex", Sex.UNKNOWN, Sex.UNKNOWN, {"female": Sex.FEMALE, "male": Sex.MALE}),
    (
        "gender",
        "gender",
        None,
        None,
        {"woman": Gender.WOMAN, "man": Gender.MAN, "nonbinary": Gender.NONBINARY},
    ),
    ("mother", "mother", None, None, {"m": "m"}),
    ("father", "father", None, None, {"f": "f"}),
    ("adopted", "adopted", None, None, {"in": Adoption.IN, "out": Adoption.OUT}),
    ("age", "age", None, None, {42: Age(42, 42), 0: Age(0, 0), 125: Age(125, 125), 7.0: Age(7, 7)}),
    ("deceased", "deceased", False, False, {True: True, False: False}),
    ("birth_year", "birth_year", None, None, {1980: 1980, 1981.0: 1981}),
    ("history", "history", History.KNOWN, History.UNKNOWN, {"known": History.KNOWN}),
]
FINDING: list[Row] = [
    ("age", "age", None, None, {31: Age(31, 31)}),
    (
        "status",
        "status",
        Status.PRESENT,
        Status.SUSPECTED,
        {"present": Status.PRESENT, "absent": Status.ABSENT, "suspected": Status.SUSPECTED},
    ),
    ("multiple", "multiple", None, None, {True: True, False: False}),
    ("bilateral", "bilateral", None, None, {True: True, False: False}),
    ("recurrent", "recurrent", False, False, {True: True, False: False}),
    ("metastatic", "metastatic", False, False, {True: True, False: False}),
    ("confirmed", "confirmed", None, None, {True: True, False: False}),
    ("size_mm", "size_mm", None, None, {14: 14.0, 0.5: 0.5}),
    ("stage", "stage", None, None, {"II": "II", 2: "2"}),
    ("grade", "grade", None, None, {"G2": "G2", 3: "3"}),
    ("sstr", "sstr", None, None, {"expressed": "expressed"}),
    ("text", "text", None, None, {"in her own words": "in her own words"}),
    ("note", "note", None, None, {"from the letter": "from the letter"}),
    ("site", "term", "insulinoma", "insulinoma", {}),
    ("histology", "term", "insulinoma", "insulinoma", {}),
    ("code", "term", "insulinoma", "insulinoma", {}),
]
TEST: list[Row] = [
    ("variant", "variant", None, None, {"c.1900T>C": "c.1900T>C"}),
    ("scope", "scope", None, None, {scope.value: scope for scope in Scope}),
    ("origin", "origin", Origin.GERMLINE, Origin.GERMLINE, {"germline": Origin.GERMLINE, "somatic": Origin.SOMATIC}),
]


def rows(table: list[Row]) -> list[Any]:
    cases = []
    for key, attribute, absent, not_known, values in table:
        cases.append(pytest.param(key, attribute, ABSENT, absent, id=f"{key} absent"))
        cases += [pytest.param(key, attribute, word, not_known, id=f"{key} {word!r}") for word in NOT_KNOWN]
        cases += [pytest.param(key, attribute, value, means, id=f"{key} {value!r}") for value, means in values.items()]
    return cases


def keys_with(key: str, value: Any) -> dict[str, Any]:
    return {} if value is ABSENT else {key: value}


@pytest.mark.parametrize(("key", "attribute", "value", "means"), rows(PERSON))
def test_each_key_of_a_person(key: str, attribute: str, value: Any, means: Any) -> None:
    read_as = getattr(person_of(**keys_with(key, value)), attribute)
    assert (read_as, type(read_as)) == (means, type(means))


@pytest.mark.parametrize(("key", "attribute", "value", "means"), rows(FINDING))
def test_each_key_of_a_finding(key: str, attribute: str, value: Any, means: Any) -> None:
    read_as = getattr(finding_of(**keys_with(key, value)), attribute)
    assert (read_as, type(read_as)) == (means, type(means))


@pytest.mark.parametrize(("key", "attribute", "value", "means"), rows(TEST))
def test_each_key_of_a_test(key: str, attribute: str, value: Any, means: Any) -> None:
    person = person_of(tests=[{"gene": "RET", "result": "negative", **keys_with(key, value)}])
    assert getattr(person.tests[0], attribute) == means


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_findings_not_known_are_an_unknown_history_and_an_absent_key_is_none_reported(word: Any) -> None:
    assert (person_of(findings=word).findings, person_of(findings=word).history) == ((), History.UNKNOWN)
    assert (person_of().findings, person_of().history) == ((), History.KNOWN)
    assert person_of(findings=[]).history is History.KNOWN
    with_one = person_of(findings=[word, {"finding": "insulinoma"}])
    assert with_one.history is History.UNKNOWN
    assert [finding.at for finding in with_one.findings] == ["people[0].findings[1]"]


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_lists_not_known(word: Any) -> None:
    assert person_of(tests=word).tests == person_of(tests=[word]).tests == ()
    assert person_of(asked=word).asked == person_of(asked=[word]).asked == ()
    assert (
        person_of(adoptive_parents=word).adoptive_parents == person_of(adoptive_parents=[word]).adoptive_parents == ()
    )
    assert finding_of(declined=word).declined == finding_of(declined=[word]).declined == ()
    assert person_of(relation=word).relation is None
    assert finding_of(code=[word]).term == "insulinoma"
    assert family_of({}, twins=word).twins == family_of({}, twins=[word]).twins == ()


def test_asked_absent_is_all_sites_and_a_list_is_those() -> None:
    assert person_of().asked is None
    assert person_of(asked=[]).asked == ()
    assert person_of(asked=["pancreas", "Thyroid gland"]).asked == ("pancreas", "thyroid")


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_family_history(word: Any) -> None:
    alone = {"proband": {"sex": "male"}}
    assert through_bytes(alone).family_history is FamilyHistory.NOT_ASKED
    assert through_bytes({**alone, "relatives": word}).family_history is FamilyHistory.NOT_ASKED
    assert through_bytes({**alone, "relatives": [{"relation": "brother"}]}).family_history is FamilyHistory.ASKED
    assert family_of({}).family_history is FamilyHistory.ASKED
    assert family_of({}, family_history=word).family_history is FamilyHistory.NOT_ASKED
    assert through_bytes({**alone, "family_history": "asked"}).family_history is FamilyHistory.ASKED


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_ages_in_bands(word: Any) -> None:
    assert person_of(age=[40, 49]).age == Age(40, 49)
    assert person_of(age=[60, word]).age == Age(60, None)
    assert person_of(age=[word, 40]).age == Age(0, 40)
    assert person_of(age=[word, word]).age is None
    assert person_of(age=[40.0, 40]).age == Age(40, 40)


@pytest.mark.parametrize("word", NOT_KNOWN)
def test_the_rest_of_the_document_not_known(word: Any) -> None:
    family = family_of({}, schema=word, id=word, relatives=word)
    assert (family.id, len(family.people)) == (None, 3)
    twins = [{"people": ["m", "f"], "zygosity": word}]
    assert family_of({}, twins=twins).twins[0].zygosity is Zygosity.UNKNOWN
    assert {problem.code for problem in errors_of({"proband": word, "people": [{"id": "a"}]})} == {"P014"}
    assert {problem.code for problem in errors_of({"proband": "a", "people": [{"id": "a"}, {"id": word}]})} == {"D006"}
    assert {problem.code for problem in errors_of({"proband": "a", "people": [{"id": "a"}, word]})} == {"D006"}


@pytest.mark.parametrize("word", [*NOT_KNOWN, ABSENT])
def test_required_parts_that_are_not_known(word: Any) -> None:
    assert {one.code for one in errors_of_person(findings=[keys_with("finding", word)])} == {"F013"}
    assert {one.code for one in errors_of_person(tests=[{"result": "negative", **keys_with("gene", word)}])} == {"T001"}
    family = family_of({"tests": [{"gene": "RET", **keys_with("result", word)}]})
    assert family.people[0].tests == ()
    assert [one.code for one in family.problems] == ["T005"]


def errors_of_person(**keys: Any) -> list[Problem]:
    return errors_of({"proband": "a", "people": [{"id": "a", **keys}]})


@pytest.mark.parametrize(
    ("keys", "term"),
    [
        ({"finding": "phaeochromocytoma"}, "pheochromocytoma"),
        ({"finding": "Phaeochromocytomas"}, "pheochromocytoma"),
        ({"finding": "MTC"}, "medullary-thyroid-carcinoma"),
        ({"finding": "Wermer syndrome"}, "men1"),
        ({"site": "thyroid"}, "thyroid-tumor"),
        ({"site": "thyroid", "histology": "medullary"}, "medullary-thyroid-carcinoma"),
        ({"finding": "neuroendocrine tumour", "site": "small-bowel"}, "small-bowel-net"),
        ({"finding": "insulinoma", "site": "pancreas"}, "insulinoma"),
        ({"code": {"system": "icd-10-cm", "code": "E31.22"}}, "men2a"),
        ({"code": [{"system": "HPO", "code": "HP:0002666"}]}, "pheochromocytoma"),
        ({"finding": "pheochromocytoma", "code": {"system": "HPO", "code": "HP:0002666"}}, "pheochromocytoma"),
        ({"text": "insulinoma"}, "insulinoma"),
    ],
)
def test_what_a_finding_names(keys: dict[str, Any], term: str) -> None:
    assert person_of(findings=[keys]).findings[0].term == term
    assert warnings_of(**keys) == []


FACTS = ("multiple", "bilateral", "recurrent", "metastatic")


def facts_of(**keys: Any) -> dict[str, bool]:
    """The facts that the finding has beyond what an absent key means."""
    finding = person_of(findings=[keys]).findings[0]
    return {
        fact: value for fact in FACTS if (value := getattr(finding, fact)) or (value is False and fact in FACTS[:2])
    }


@pytest.mark.parametrize(
    ("keys", "facts"),
    [
        ({"finding": "bilateral phaeochromocytomas"}, {"bilateral": True, "multiple": True}),
        ({"finding": "unilateral pheochromocytoma"}, {"bilateral": False}),
        ({"finding": "recurrent primary hyperparathyroidism"}, {"recurrent": True}),
        ({"finding": "Metastatic MTC"}, {"metastatic": True}),
        ({"finding": "multifocal medullary thyroid cancer"}, {"multiple": True}),
        ({"finding": "solitary parathyroid adenoma"}, {"multiple": False}),
        ({"finding": "recurrent bilateral adrenal tumors"}, {"recurrent": True, "bilateral": True, "multiple": True}),
        ({"finding": "metastatic neuroendocrine tumor", "site": "pancreas"}, {"metastatic": True}),
        ({"site": "thyroid", "histology": "metastatic medullary"}, {"metastatic": True}),
        ({"text": "recurrent insulinoma"}, {"recurrent": True}),
        ({"finding": "parathyroid adenomas"}, {}),
        ({"finding": "multiple endocrine neoplasia type 1"}, {}),
        ({"finding": "multiple mucosal neuroma syndrome"}, {}),
        ({"finding": "operation for a metastatic growth of the thyroid when she was young"}, {}),
    ],
)
def test_facts_written_into_the_words_are_read_but_a_plural_alone_is_none(
    keys: dict[str, Any], facts: dict[str, bool]
) -> None:
    assert facts_of(**keys) == facts


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize("value", [*NOT_KNOWN, True, ABSENT])
def test_a_fact_in_the_words_answers_a_key_that_is_absent_or_not_known(fact: str, value: Any) -> None:
    keys = {"finding": f"{fact} pheochromocytoma", **keys_with(fact, value)}
    assert facts_of(**keys)[fact] is True
    assert warnings_of(**keys) == []


@pytest.mark.parametrize(
    ("keys", "facts", "at"),
    [
        ({"finding": "bilateral pheochromocytoma", "bilateral": False}, {"bilateral": False}, "bilateral"),
        (
            {"finding": "unilateral pheochromocytoma", "bilateral": True},
            {"bilateral": True, "multiple": True},
            "bilateral",
        ),
        ({"finding": "recurrent insulinoma", "recurrent": False}, {}, "recurrent"),
        ({"finding": "metastatic insulinoma", "metastatic": False}, {}, "metastatic"),
        ({"finding": "single insulinoma", "multiple": True}, {"multiple": True}, "multiple"),
        ({"finding": "bilateral pheochromocytoma", "multiple": False}, {"multiple": False}, "multiple"),
        ({"finding": "single pheochromocytoma", "bilateral": True}, {"bilateral": True, "multiple": True}, "bilateral"),
    ],
)
def test_a_key_wins_over_the_words_with_a_warning(keys: dict[str, Any], facts: dict[str, bool], at: str) -> None:
    assert facts_of(**keys) == facts
    assert warnings_of(**keys) == [("F022", f"people[0].findings[0].{at}")]


PERSONAL = {"system": "ICD-10-CM", "code": "Z85.850"}


def test_a_code_of_personal_history_asks_for_the_finding() -> None:
    family = family_of({"findings": [{"code": PERSONAL, "age": 40}]})
    (problem,) = family.problems
    assert (problem.code, problem.severity, problem.where) == ("F015", Severity.WARNING, "people[0].findings[0].code")
    assert "personal history" in problem.found
    assert "as a finding" in problem.fix
    assert family.people[0].findings[0].term is None


def test_a_code_of_personal_history_beside_the_finding_needs_no_more() -> None:
    for beside in ({"finding": "papillary thyroid carcinoma"}, {"site": "thyroid"}):
        assert warnings_of(code=PERSONAL, **beside) == []
    assert warnings_of(code=[PERSONAL, {"system": "icd-10", "code": "C73"}]) == []
    assert warnings_of(code=PERSONAL, finding="quux of the elbow") == [
        ("F012", "people[0].findings[0].finding"),
        ("F015", "people[0].findings[0].code"),
    ]


def test_a_code_of_family_history_is_sent_to_the_relative() -> None:
    (problem,) = family_of({"findings": [{"code": {"system": "ICD-10-CM", "code": "Z80.8"}}]}).problems
    assert (problem.code, problem.severity) == ("F015", Severity.WARNING)
    assert "relative" in problem.fix


def test_unknown_words_are_kept_and_change_nothing() -> None:
    finding = person_of(findings=[{"finding": "quux of the elbow", "text": "as she said"}]).findings[0]
    assert (finding.term, finding.text) == (None, "quux of the elbow; as she said")
    assert warnings_of(finding="quux of the elbow") == [("F012", "people[0].findings[0].finding")]


def test_unknown_words_that_speak_of_a_tumor_are_read_as_one() -> None:
    keys = {"finding": "operation for a growth of the thyroid when she was young"}
    finding = person_of(findings=[keys]).findings[0]
    assert finding.term == "thyroid-tumor"
    assert finding.text == keys["finding"]
    assert warnings_of(**keys) == [("F020", "people[0].findings[0].finding")]


@pytest.mark.parametrize("words", ["?MEN1", "possible MEN1", "R/O pheochromocytoma", "probable bilateral pheo", "MTC?"])
def test_a_finding_that_its_own_words_doubt_is_suspected(words: str) -> None:
    finding = person_of(findings=[{"finding": words}]).findings[0]
    assert (finding.status, finding.text) == (Status.SUSPECTED, None)
    assert finding.term is not None
    assert warnings_of(finding=words) == []
    assert person_of(findings=[{"finding": words, "status": "absent"}]).findings[0].status is Status.ABSENT


def test_words_that_name_several_findings_make_a_finding_of_each() -> None:
    keys = {"finding": "MTC, ?bilateral pheo and PHPT", "age": 44}
    assert [(one.term, one.age, one.status, one.multiple) for one in person_of(findings=[keys]).findings] == [
        ("medullary-thyroid-carcinoma", Age(44, 44), Status.PRESENT, None),
        ("pheochromocytoma", Age(44, 44), Status.SUSPECTED, True),
        ("primary-hyperparathyroidism", Age(44, 44), Status.PRESENT, None),
    ]
    assert warnings_of(**keys) == [("F025", "people[0].findings[0].finding")]
    absent = person_of(findings=[{"finding": "MTC and pheo", "status": "absent"}]).findings
    assert [one.status for one in absent] == [Status.ABSENT, Status.ABSENT]
    assert [one.term for one in person_of(findings=[{"finding": "MTC and quux"}]).findings] == ["thyroid-tumor"]


def test_what_words_say_beside_the_tumor_is_kept_as_text() -> None:
    keys = {"finding": "MTC in 1990, 12 mm"}
    finding = person_of(findings=[keys]).findings[0]
    assert (finding.term, finding.text, finding.age) == ("medullary-thyroid-carcinoma", "MTC in 1990, 12 mm", None)
    (problem,) = family_of({"findings": [keys]}).problems
    assert problem.code == "F020"
    assert "under its own key" in problem.fix


def test_doubt_and_number_count_beside_an_age_too() -> None:
    finding = person_of(findings=[{"finding": "possible bilateral pheo at 30"}]).findings[0]
    assert (finding.term, finding.status, finding.bilateral) == ("pheochromocytoma", Status.SUSPECTED, True)
    for doubted in ("?medullary", "possible medullary"):
        finding = person_of(findings=[{"site": "thyroid", "histology": doubted}]).findings[0]
        assert (finding.term, finding.status) == ("medullary-thyroid-carcinoma", Status.SUSPECTED)


def test_words_that_mean_different_things_are_kept_with_a_warning_that_names_them() -> None:
    for keys in ({"finding": "ACC"}, {"finding": "ACC, 2010"}, {"finding": "?ACC"}):
        finding = person_of(findings=[keys]).findings[0]
        assert (finding.term, finding.text) == (None, keys["finding"])
        (problem,) = family_of({"findings": [keys]}).problems
        assert (problem.code, problem.severity) == ("F026", Severity.WARNING)
        assert "'adrenocortical carcinoma' or 'adenoid cystic carcinoma'" in problem.fix
    assert person_of(findings=[{"finding": "ACC", "site": "adrenal"}]).findings[0].term == "adrenocortical-carcinoma"
    assert person_of(findings=[{"site": "adrenal", "histology": "ACC"}]).findings[0].term == "adrenocortical-carcinoma"


def test_a_preventive_operation_on_the_thyroid_makes_men2_a_suspicion() -> None:
    keys = {"finding": "prophylactic thyroidectomy", "age": 6}
    finding = person_of(findings=[keys]).findings[0]
    assert (finding.term, finding.status, finding.text) == ("men2", Status.SUSPECTED, keys["finding"])
    assert warnings_of(**keys) == [("F027", "people[0].findings[0].finding")]
    assert person_of(findings=[{**keys, "status": "absent"}]).findings[0].term is None


@pytest.mark.parametrize("words", ["RET positive", "carrier of a MEN1 variant", "RET M918T"])
def test_a_test_among_the_findings_is_sent_to_the_tests(words: str) -> None:
    (problem,) = family_of({"findings": [{"finding": words}]}).problems
    assert problem.code == "F012"
    assert "`tests`" in problem.fix


def test_unknown_words_of_an_absent_finding_exclude_nothing() -> None:
    keys = {"finding": "operation for a growth of the thyroid when she was young", "status": "absent"}
    assert person_of(findings=[keys]).findings[0].term is None


def test_a_misspelled_word_is_refused_in_strict_reading_with_the_right_word_as_the_offer() -> None:
    document = {"proband": {"findings": [{"finding": "medulary thyroid cancer"}]}}
    (problem,) = errors_of(document, strict=True)
    assert (problem.code, problem.where) == ("F012", "proband.findings[0].finding")
    assert "medullary thyroid carcinoma" in problem.fix
    assert "medulary" not in str(problem)
    assert read_native(document).people[0].findings[0].text == "medulary thyroid cancer"


@pytest.mark.parametrize(
    ("words", "gene"),
    [("RET mutation", "RET"), ("menin gene mutation", "MEN1"), ("RET M918T", "RET"), ("positive genetic test", "RET")],
)
def test_a_genetic_test_that_is_recorded_as_a_finding_is_told_how_to_be_recorded(words: str, gene: str) -> None:
    family = read_native({"proband": {"findings": [{"finding": words}]}})
    (problem,) = family.problems
    assert problem.code == "F012"
    assert f'record the genetic test under `tests`, such as {{"gene": "{gene}", "result": "pathogenic"}}' in problem.fix
    assert "if that is meant" not in problem.fix, "no other word is offered in its place"
    assert "changes no answer" in problem.fix


def test_a_genetic_test_beside_a_known_tumor_is_not_lost_in_silence() -> None:
    (problem,) = read_native({"proband": {"findings": [{"finding": "parathyroid tumor, MEN1 mutation"}]}}).problems
    assert '{"gene": "MEN1", "result": "pathogenic"}' in problem.fix


@pytest.mark.parametrize(
    ("document", "word"),
    [
        ({"proband": {"sex": "woman"}}, "female"),
        ({"proband": {"findings": [{"finding": "MTC", "status": "denied"}]}}, "absent"),
        ({"proband": {"findings": [{"finding": "MTC", "status": "Possible"}]}}, "suspected"),
        ({"proband": {"tests": [{"gene": "RET", "result": "VUS"}]}}, "uncertain"),
        ({"proband": {"tests": [{"gene": "RET", "result": "detected"}]}}, "positive"),
        ({"proband": {"tests": [{"gene": "RET", "result": "pathogenc"}]}}, "pathogenic"),
        ({"proband": {"tests": [{"gene": "RET", "result": "negative", "origin": "tumour"}]}}, "somatic"),
        (
            {
                "proband": "a",
                "people": [{"id": "a"}, {"id": "b"}],
                "twins": [{"people": ["a", "b"], "zygosity": "identical"}],
            },
            "monozygotic",
        ),
    ],
)
def test_the_word_that_is_offered_for_a_value_means_what_was_written(document: dict[str, Any], word: str) -> None:
    (problem,) = errors_of(document)
    assert problem.fix == f"did you mean `{word}`?"


def test_no_word_is_offered_for_a_value_that_none_is_like() -> None:
    (problem,) = errors_of({"proband": {"sex": "nonbinary"}})
    assert problem.fix == "write one of these words, or leave it out if it is not known"


@pytest.mark.parametrize(
    ("morphology", "site", "term"),
    [
        ("8140/0", "parathyroid", "parathyroid-adenoma"),
        ("8510/3", "thyroid", "medullary-thyroid-carcinoma"),
        ("8240/3", "lung", "bronchial-net"),
    ],
)
def test_a_morphology_is_read_with_the_site_beside_it(morphology: str, site: str, term: str) -> None:
    family = read_native({"proband": {"findings": [{"code": {"system": "icd-o-3", "code": morphology}, "site": site}]}})
    assert ([one.term for one in family.people[0].findings], family.problems) == ([term], ())


def test_a_code_of_any_system_is_narrowed_to_the_site_beside_it() -> None:
    code = {"system": "hpo", "code": "HP:0100634"}
    family = read_native({"proband": {"findings": [{"code": code}, {"code": code, "site": "lung"}]}})
    assert [one.term for one in family.people[0].findings] == ["neuroendocrine-tumor", "bronchial-net"]
    assert family.problems == ()


@pytest.mark.parametrize(("system", "code"), [("icd-o-3", "8140/0"), ("icd-10", "D36.1")])
def test_a_code_that_covers_too_much_is_called_so(system: str, code: str) -> None:
    (problem,) = read_native({"proband": {"findings": [{"code": {"system": system, "code": code}}]}}).problems
    assert (problem.code, problem.found) == ("F015", "a code that covers too much to name a finding")


def test_an_unknown_code_or_site_is_a_warning_and_an_error_in_strict_reading() -> None:
    for keys, code in (({"code": {"system": "hpo", "code": "HP:9999999"}}, "F015"), ({"site": "elbow-ish"}, "F018")):
        assert [one for one, _ in warnings_of(**keys)] == [code]
        assert [one.code for one in errors_of({"proband": {"findings": [keys]}}, strict=True)] == [code]


@pytest.mark.parametrize(
    ("keys", "term"),
    [
        ({"finding": "papillary thyroid carcinoma", "code": {"system": "ICD-O-3", "code": "8345/3"}}, "thyroid-cancer"),
        ({"finding": "goiter", "code": {"system": "HPO", "code": "HP:0002666"}}, "goiter"),
        ({"code": [{"system": "icd-10", "code": "D35.2"}, {"system": "icd-10", "code": "C73"}]}, "pituitary-adenoma"),
    ],
)
def test_what_contradicts_itself_means_what_it_has_in_common_or_the_first(keys: dict[str, Any], term: str) -> None:
    assert [finding.term for finding in person_of(findings=[keys]).findings] == [term]
    assert [code for code, _ in warnings_of(**keys)] == ["F014"]


@pytest.mark.parametrize(
    ("keys", "terms"),
    [
        (
            {"finding": "primary hyperparathyroidism", "code": {"system": "icd-10-cm", "code": "E31.21"}},
            ["primary-hyperparathyroidism", "men1"],
        ),
        ({"finding": "MEN2A", "code": {"system": "HPO", "code": "HP:0002666"}}, ["men2a", "pheochromocytoma"]),
        (
            {"code": [{"system": "icd-10-cm", "code": "E31.22"}, {"system": "HPO", "code": "HP:0002666"}]},
            ["pheochromocytoma", "men2a"],
        ),
    ],
)
def test_a_syndrome_beside_another_finding_contradicts_nothing_and_both_are_kept(
    keys: dict[str, Any], terms: list[str]
) -> None:
    person = person_of(findings=[{**keys, "age": 60}])
    assert [(finding.term, finding.at) for finding in person.findings] == [
        (term, "people[0].findings[0]") for term in terms
    ]
    assert [finding.age for finding in person.findings] == [Age(60, 60), None]
    assert warnings_of(**keys) == []


def test_words_for_a_site_that_speak_of_an_organ_are_read_as_a_tumor_of_it() -> None:
    assert person_of(findings=[{"site": "left thyroid lobe"}]).findings[0].term == "thyroid-tumor"
    assert warnings_of(site="left thyroid lobe") == [("F018", "people[0].findings[0].site")]


def test_the_more_specific_of_a_code_and_a_word_counts() -> None:
    for word, means in (
        ("thyroid tumor", "thyroid-cancer"),
        ("medullary thyroid carcinoma", "medullary-thyroid-carcinoma"),
    ):
        keys = {"finding": word, "code": {"system": "icd-10-cm", "code": "C73"}}
        assert person_of(findings=[keys]).findings[0].term == means
        assert warnings_of(**keys) == []


def test_bilateral_means_multiple_and_not_confirmed_means_suspected() -> None:
    assert finding_of(bilateral=True).multiple is True
    assert finding_of(bilateral=True, multiple=False).multiple is True
    assert finding_of(bilateral=False).multiple is None
    assert finding_of(confirmed=False).status is Status.SUSPECTED
    assert finding_of(confirmed=False, status="absent").status is Status.ABSENT


def test_positive_is_read_as_pathogenic_with_a_warning() -> None:
    family = family_of({"tests": [{"gene": "ret", "result": "positive"}]})
    assert family.people[0].tests == (GeneticTest("RET", Result.PATHOGENIC, at="people[0].tests[0]"),)
    assert [(one.code, one.where) for one in family.problems] == [("T003", "people[0].tests[0].result")]


@pytest.mark.parametrize("result", list(Result))
def test_every_result(result: Result) -> None:
    assert person_of(tests=[{"gene": "MEN1", "result": result.value}]).tests[0].result is result


def test_an_unknown_gene_is_kept_with_a_warning() -> None:
    family = family_of({"tests": [{"gene": "qqq7", "result": "negative"}]})
    assert family.people[0].tests[0].gene == "QQQ7"
    assert [one.code for one in family.problems] == ["T002"]


def test_parents_of_somebody_adopted_in_are_read_as_adoptive() -> None:
    family = family_of({"adopted": "in", "mother": "m", "father": "f"})
    person = family.people[0]
    assert (person.mother, person.father, person.adoptive_parents) == (None, None, ("m", "f"))
    assert [one.code for one in family.problems] == ["P013"]
    told_apart = person_of(adopted="in", mother="m", adoptive_parents=["f"])
    assert (told_apart.mother, told_apart.adoptive_parents) == ("m", ("f",))


def test_a_relation_of_the_full_form_is_kept() -> None:
    document = {"proband": "a", "people": [{"id": "a"}, {"id": "b", "relation": {"to": "a", "as": "aunt"}}]}
    assert through_bytes(document).people[1].relation == UnplacedRelation("a", "aunt")


def test_keys_that_begin_with_x_are_ignored_everywhere() -> None:
    plain = family_of({"findings": [{"finding": "insulinoma"}]})
    marked = family_of(
        {"x-mrn": {"deep": [1, {"age": "forty"}]}, "findings": [{"finding": "insulinoma", "x-lab": None}]},
        **{"x-shows": "?"},
    )
    assert marked.people == plain.people
    assert not marked.problems


@pytest.mark.parametrize("ignored", ['"x-shows": "a: b"', '"x-a": 1, "x-b": {"x-c": ":"}'])
@pytest.mark.parametrize(
    ("wrong", "code", "where"),
    [('"familyhistory": "asked"', "D004", "document"), ('"proband": "a"', "D003", "document")],
)
def test_a_key_to_ignore_hides_no_other_key_of_the_document(ignored: str, wrong: str, code: str, where: str) -> None:
    document = f'{{{ignored}, "proband": "a", {wrong}, "people": [{{"id": "a"}}]}}'.encode()
    with pytest.raises(PedigreeError) as told:
        read(document)
    assert [(one.code, one.where) for one in told.value.problems] == [(code, where)]


def test_the_short_form() -> None:
    family = through_bytes(
        {
            "proband": {"sex": "female", "age": 34},
            "relatives": [
                {"relation": "maternal aunt", "findings": [{"site": "thyroid", "histology": "medullary", "age": 41}]},
                {"relation": "brother", "count": 3},
                {"relation": "father", "history": "unknown"},
            ],
        }
    )
    assert family.proband == "self"
    by_id = {person.id: person for person in family.people}
    assert by_id["self"].age == Age(34, 34)
    assert by_id["self"].at == "proband"
    assert by_id["r1"].findings[0].at == "relatives[0].findings[0]"
    assert sum(person.sex is Sex.MALE and person.father == by_id["self"].father for person in family.people) == 3
    assert family.person(by_id["self"].father or "").history is History.UNKNOWN
    aunt, mother = by_id["r1"], family.person(by_id["self"].mother or "")
    assert mother.placeholder
    assert aunt.mother == mother.mother


@pytest.mark.parametrize("word", [*NOT_KNOWN, ABSENT])
def test_a_count_that_is_not_known_is_one(word: Any) -> None:
    family = through_bytes({"proband": {}, "relatives": [{"relation": "brother", **keys_with("count", word)}]})
    assert sum(person.at.startswith("relatives") for person in family.people) == 1


def test_a_count_of_none_is_nobody() -> None:
    family = through_bytes({"proband": {}, "relatives": [{"relation": "brother", "count": 0}]})
    assert [person.id for person in family.people if not person.placeholder] == ["self"]


def test_two_mothers_are_an_error() -> None:
    document = {"proband": {}, "relatives": [{"relation": "mother"}, {"relation": "mother", "age": 60}]}
    assert [one.code for one in errors_of(document)] == ["P011"]


def test_the_digest_is_of_the_bytes_and_does_not_depend_on_the_order_of_keys_in_a_mapping() -> None:
    one, other = (
        {"proband": "a", "people": [{"id": "a", "age": 4}]},
        {"people": [{"age": 4, "id": "a"}], "proband": "a"},
    )
    assert read_native(one).digest == read_native(other).digest
    assert read_native(json.dumps(one).encode()).digest != read_native(json.dumps(other).encode()).digest
    assert read_native(one).digest.startswith("sha256:")


def test_a_byte_order_mark_and_escapes_are_read() -> None:
    document = {"proband": {"label": 'Zoë: "x"', "findings": [{"finding": "insulinoma", "note": 'a:b\\c\n{"age":1}'}]}}
    for data in (
        b"\xef\xbb\xbf" + json.dumps(document).encode(),
        json.dumps(document, separators=(" ,\n", " :\t")).encode(),
        json.dumps(document).replace("label", "\\u006cabel").encode(),
        json.dumps(document).replace("a:b", "a\\u003ab").encode(),
    ):
        family = read_native(data)
        assert family.problems == ()
        assert family.people[0].label == 'Zoë: "x"'


def test_read_takes_a_path_bytes_or_a_mapping(tmp_path: Path) -> None:
    content = (EXAMPLES / "men2a-cousins.json").read_bytes()
    path = tmp_path / "family.json"
    path.write_bytes(content)
    assert read(path) == read(str(path)) == read(content)
    assert read(json.loads(content)).people == read(content).people


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_example_reads_without_a_problem_in_strict_reading(path: Path) -> None:
    family = read(path, strict=True)
    assert family.problems == ()
    assert all(finding.term for person in family.people for finding in person.findings)


def test_the_examples_are_listed_with_what_they_show() -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in EXAMPLES.glob("*.json"):
        shows = json.loads(path.read_bytes())["x-shows"]
        assert f"| [{path.name}]({path.name}) | {shows} |" in listed


def test_an_empty_list_of_adoptive_parents_says_that_the_others_are_biological() -> None:
    people = [{"id": "a", "adopted": "in", "mother": "b", "adoptive_parents": []}, {"id": "b", "sex": "female"}]
    family = read({"proband": "a", "people": people})
    assert (family.person("a").mother, family.person("a").adoptive_parents) == ("b", ())
    assert not family.problems

"""From the short form to a tree."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.kinship import kin, kinship_coefficient, relation_name, unplaced
from menscreen.pedigree.person import Adoption, Age, Finding, Gender, GeneticTest, History, Person, Result, Sex
from menscreen.pedigree.relations import parse
from menscreen.pedigree.validation import problems_of
from menscreen.problems import Problem, Severity

SELF = Person("", sex=Sex.FEMALE)


def family_of(*relations: str, proband: Person = SELF) -> Pedigree:
    family, problems = build(proband, [Relative(words, Person("")) for words in relations])
    assert problems == []
    assert problems_of(family) == []
    return family


def problems_with(*relations: str | Relative, proband: Person = SELF) -> list[Problem]:
    entries = [
        relation if isinstance(relation, Relative) else Relative(relation, Person(""), at=f"relatives[{at}]")
        for at, relation in enumerate(relations)
    ]
    return build(proband, entries)[1]


PLACED = {
    "mother": "mother",
    "father": "father",
    "brother": "brother",
    "twin sister": "twin sister",
    "identical twin": "identical twin sister",
    "sibling": "sibling",
    "maternal half-brother": "half brother",
    "half sister (same father)": "half sister",
    "daughter": "daughter",
    "child": "child",
    "grandson": "grandson",
    "daughter's son": "grandson",
    "niece": "niece",
    "brother's daughter": "niece",
    "great-nephew": "great-nephew",
    "maternal grandmother": "maternal grandmother",
    "father's father": "paternal grandfather",
    "mother's mother's mother": "maternal great-grandmother",
    "maternal aunt": "maternal aunt",
    "paternal uncle": "paternal uncle",
    "mother's maternal half-sister": "maternal half aunt",
    "mother's father's brother": "maternal great-uncle",
    "maternal cousin": "maternal cousin",
    "father's sister's son": "paternal cousin",
    "mother's mother's sister's daughter": "maternal first cousin once removed",
    "mother's brother's son's daughter": "maternal first cousin once removed",
}


@pytest.mark.parametrize("words", PLACED)
def test_a_relative_who_can_be_placed_is_placed_as_the_words_say(words: str) -> None:
    family = family_of(words)
    relation = parse(words)
    assert relation is not None
    assert relation.kin is not None
    assert family.people[1].relation is None
    assert relation_name(family, 0, 1) == PLACED[words]
    tie = kin(family, 0)[1]
    assert (tie.degree, tie.side, tie.assumed) == (relation.kin.degree, relation.kin.side, False)
    assert all(person.placeholder for person in family.people[2:])
    assert not family.people[1].placeholder


@pytest.mark.parametrize(
    "words",
    [
        "aunt", "half brother", "cousin", "grandmother", "mother's half-sister", "great-uncle on dad's side", "parent",
        "maternal grandparent", "first cousin once removed", "relative",
    ],
)  # fmt: skip
def test_a_relation_that_needs_a_guess_is_kept_in_words(words: str) -> None:
    family = family_of(words)
    assert family.people[1].relation == ("self", words)
    assert len(family.people) == 2
    assert set(unplaced(family, 0)) == {1}


@pytest.mark.parametrize("words", ["husband", "stepfather", "mother-in-law", "foster sister", "sister's husband"])
def test_people_without_a_blood_tie_are_kept_without_one(words: str) -> None:
    family = family_of(words, "mother")
    assert family.people[1].relation == ("self", words)
    assert 1 not in kin(family, 0)
    assert 1 not in unplaced(family, 0)
    assert relation_name(family, 0, 1) == words


def test_codes_are_kept_as_words() -> None:
    assert family_of("AUNT").people[1].relation == ("self", "aunt")


def test_recorded_sex_places_a_parent_or_grandparent() -> None:
    male = Person("", sex=Sex.MALE)
    family, problems = build(SELF, [Relative("parent", male), Relative("maternal grandparent", male)])
    assert problems == []
    assert [relation_name(family, 0, at) for at in (1, 2)] == ["father", "maternal grandfather"]


def test_ids_follow_the_order_of_the_entries_and_counts() -> None:
    entries = [
        Relative("brother", Person(""), count=3),
        Relative("mother", Person("mum")),
        Relative("sister", Person("sis"), 2),
        Relative("maternal aunt", Person("")),
    ]
    family, problems = build(SELF, entries)
    assert problems == []
    recorded = [person.id for person in family.people if not person.placeholder]
    assert recorded == ["self", "r1", "r1-2", "r1-3", "mum", "sis", "sis-2", "r4"]
    assert [person.id for person in family.people if person.placeholder] == ["self-father", "mum-mother", "mum-father"]


def test_made_up_ids_never_meet_those_of_the_source() -> None:
    entries = [Relative("mother", Person("self")), Relative("sister", Person("")), Relative("aunt", Person("r2"))]
    family, problems = build(Person(""), [*entries, Relative("niece", Person("self_-father"))])
    assert problems == []
    assert len({person.id for person in family.people}) == len(family.people)
    assert problems_of(family) == []


def test_everything_that_is_recorded_is_kept() -> None:
    aunt = Person(
        "",
        label="A",
        gender=Gender.NONBINARY,
        adoptive_parents=("x",),
        adopted=Adoption.OUT,
        age=Age(60, 60),
        deceased=True,
        birth_year=1950,
        history=History.UNKNOWN,
        asked=("thyroid",),
        findings=(Finding("goiter"),),
        tests=(GeneticTest("RET", Result.NEGATIVE),),
        at="relatives[0]",
    )
    unset = {"id", "sex", "mother", "father", "relation", "placeholder"}
    fields = {field.name for field in attrs.fields(Person)} - unset
    assert all(getattr(aunt, name) != getattr(Person(""), name) for name in fields)
    family, _ = build(SELF, [Relative("maternal aunt", aunt)])
    assert family.people[1] == attrs.evolve(
        aunt, id="r1", sex=Sex.FEMALE, mother="self-mother-mother", father="self-mother-father"
    )


def test_two_entries_with_one_relation_are_two_people() -> None:
    family = family_of("maternal aunt", "maternal aunt", "brother", "brother")
    assert [relation_name(family, 0, at) for at in range(1, 5)] == ["maternal aunt"] * 2 + ["brother"] * 2
    assert kin(family, 1)[2].degree == 1


@pytest.mark.parametrize(
    ("relations", "code", "severity", "where"),
    [
        (("mother", "mother"), "P011", Severity.ERROR, "relatives[1].relation"),
        (("father", "dad"), "P011", Severity.ERROR, "relatives[1].relation"),
        (("maternal grandmother", "mother's mother"), "P011", Severity.ERROR, "relatives[1].relation"),
        ((Relative("mother", Person(""), 2, "relatives[0]"),), "P011", Severity.ERROR, "relatives[0].relation"),
        (("matrnal ant",), "P010", Severity.ERROR, "relatives[0].relation"),
        (("self",), "P012", Severity.ERROR, "relatives[0].relation"),
        ((Relative("mother", Person("", sex=Sex.MALE)),), "P016", Severity.ERROR, ""),
        ((Relative("brother", Person("", sex=Sex.FEMALE)),), "P016", Severity.WARNING, ""),
    ],
)
def test_an_entry_that_cannot_be_so_is_a_problem(
    relations: tuple[str | Relative, ...], code: str, severity: Severity, where: str
) -> None:
    problems = problems_with(*relations)
    assert [(problem.code, problem.severity, problem.where) for problem in problems] == [(code, severity, where)]


def test_a_second_mother_is_told_to_share_an_entry() -> None:
    assert problems_with("mother", "mother")[0].fix == "put both findings in one entry"


def test_gender_explains_a_word_that_differs_from_the_sex() -> None:
    brother = Person("", sex=Sex.FEMALE, gender=Gender.MAN)
    assert problems_with(Relative("brother", brother)) == []


def test_a_relation_that_is_not_understood_has_an_offer_and_is_not_quoted() -> None:
    problem = problems_with("aunnt Zaphod")[0]
    assert "Zaphod" not in str(problem)
    assert parse(problems_with("matrnal ant")[0].fix.removeprefix("write '").removesuffix("'")) is not None


def test_children_of_the_proband_are_full_siblings_as_far_as_anybody_knows() -> None:
    family = family_of("daughter", "son")
    assert kin(family, 1)[2][:1] == (1,)
    assert kin(family, 1)[2].assumed
    assert family.people[1].mother == "self"
    assert family_of("son", proband=Person("", sex=Sex.MALE)).people[1].father == "self"


def test_half_siblings_have_another_parent_of_their_own() -> None:
    family = family_of("maternal half-brother", "brother", "paternal half-sister")
    ties = kin(family, 0)
    assert [ties[at].degree for at in (1, 2, 3)] == [2, 1, 2]
    assert 3 not in kin(family, 1)


@pytest.mark.parametrize(
    ("relations", "degree"),
    [
        (("sister", "sister's son"), 1),
        (("sister's son", "sister"), 1),
        (("sister", "sister", "sister's son"), 2),
        (("brother", "sister's son"), 2),
        (("sister", "niece"), 2),
        (("maternal aunt", "mother's sister's son"), 1),
        (("son", "son's daughter"), 1),
        (("son", "granddaughter"), 2),
    ],
)
def test_a_linking_person_is_recorded_only_if_named_and_alone(relations: tuple[str, ...], degree: int) -> None:
    family = family_of(*relations)
    at = next(at for at, words in enumerate(relations, 1) if words in ("niece", "granddaughter") or "'s" in words)
    link = next(number for number, words in enumerate(relations, 1) if number != at)
    assert kin(family, at)[link].degree == degree


def test_twins_come_from_their_words() -> None:
    family = family_of("identical twin", "fraternal twin brother", "mother's twin sister", "mother")
    assert {(twins.people, twins.zygosity) for twins in family.twins} == {
        (("self", "r1"), Zygosity.MONOZYGOTIC),
        (("self", "r2"), Zygosity.DIZYGOTIC),
        (("r4", "r3"), Zygosity.UNKNOWN),
    }
    assert family.people[1].sex is Sex.FEMALE
    assert kinship_coefficient(family, 0, 1) == kinship_coefficient(family, 0, 0)


def test_adoptive_parents_and_children_are_tied_by_adoption_only() -> None:
    family = family_of("adoptive mother", "adoptive father", "adopted son", "biological mother")
    assert family.people[0].adoptive_parents == ("r1", "r2")
    assert family.people[0].adopted is Adoption.IN
    assert family.people[0].mother == "r4"
    assert family.people[3].adoptive_parents == ("self",)
    assert family.people[3].adopted is Adoption.IN
    assert set(kin(family, 0)) == {4}


def test_what_is_recorded_of_an_adoption_stays() -> None:
    family, _ = build(SELF, [Relative("adopted son", Person("", adopted=Adoption.OUT))])
    assert (family.people[1].adopted, family.people[1].adoptive_parents) == (Adoption.OUT, ("self",))


def test_adoptive_relatives_other_than_parents_and_children_keep_the_words() -> None:
    family = family_of("adoptive sister", "adoptive grandmother")
    words = [person.relation and (person.relation.to, person.relation.as_) for person in family.people]
    assert words == [None, ("self", "adoptive sister"), ("self", "adoptive grandmother")]
    assert kin(family, 0) == unplaced(family, 0) == {}


def test_the_mother_of_an_adoptee_is_read_as_adoptive_with_a_warning() -> None:
    adoptee = Person("", adopted=Adoption.IN)
    family, problems = build(
        adoptee, [Relative("mother", Person(""), at="relatives[0]"), Relative("father", Person(""))]
    )
    assert [(problem.code, problem.severity) for problem in problems] == [("P013", Severity.WARNING)] * 2
    assert family.people[0].adoptive_parents == ("r1", "r2")
    assert kin(family, 0) == {}


def test_the_mother_of_an_adoptee_is_biological_where_adoptive_parents_are_named() -> None:
    adoptee = Person("", adopted=Adoption.IN)
    family = family_of("father", "adoptive mother", "mother", proband=adoptee)
    assert (family.people[0].mother, family.people[0].father) == ("r3", "r1")
    family = family_of("biological mother", proband=adoptee)
    assert family.people[0].mother == "r1"


def test_family_history_was_asked_if_there_is_a_relative() -> None:
    assert family_of().family_history is FamilyHistory.NOT_ASKED
    assert family_of("mother").family_history is FamilyHistory.ASKED
    assert build(SELF, [], family_history=FamilyHistory.ASKED)[0].family_history is FamilyHistory.ASKED


OF_WHOM_THERE_MAY_BE_SEVERAL = [words for words in PLACED if not words.endswith(("mother", "father"))]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(OF_WHOM_THERE_MAY_BE_SEVERAL), max_size=8))
def test_each_relative_is_what_the_words_say_whoever_else_is_there(relations: list[str]) -> None:
    family, problems = build(SELF, [Relative(words, Person("")) for words in relations])
    assert problems == []
    assert problems_of(family) == []
    for at, words in enumerate(relations, 1):
        assert relation_name(family, 0, at).replace("twin ", "") == PLACED[words].replace("twin ", "")


def test_words_are_offered_for_the_first_unknown_relations_only() -> None:
    _, problems = build(Person(""), [Relative("matrnal ant", Person("")) for _ in range(200)])
    offered = [problem for problem in problems if "maternal aunt" in problem.fix]
    assert len(problems) == 200
    assert 0 < len(offered) <= 50
    assert all(problem.fix for problem in problems)


def test_who_stands_between_has_an_id_after_the_one_who_was_told_of() -> None:
    family = family_of("sister's daughter's daughter")
    made = {person.id: person.mother for person in family.people if person.placeholder}
    assert {id for id in made if id.startswith("r1")} == {"r1-parent", "r1-parent-parent"}
    assert family.person("r1").mother == "r1-parent"
    assert made["r1-parent"] == "r1-parent-parent"

"""Every structural problem of a pedigree, at once and without an id in the message."""

from __future__ import annotations

import re
from itertools import permutations
from typing import Any

import attrs
import pytest
from histories import trees
from hypothesis import given, strategies as st

from menscreen.pedigree import validation
from menscreen.pedigree.descent import Descent
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import (
    MAX_AGE,
    Adoption,
    Age,
    Finding,
    GeneticTest,
    Origin,
    Person,
    Result,
    Sex,
    UnplacedRelation,
)
from menscreen.pedigree.validation import MOST_RECORDS, problems_of
from menscreen.problems import CODES, Severity

F, M = Sex.FEMALE, Sex.MALE
MZ, DZ = Zygosity.MONOZYGOTIC, Zygosity.DIZYGOTIC


def family(*people: Person, proband: str = "one", twins: tuple[Twins, ...] = ()) -> Pedigree:
    return Pedigree(people, proband, twins=twins)


def finding(low: int, high: int | None) -> Finding:
    return Finding("medullary-thyroid-carcinoma", age=Age(low, high))


FOUND, NEGATIVE = GeneticTest("RET", Result.PATHOGENIC), GeneticTest("RET", Result.NEGATIVE)
PROBLEMS = {
    "the proband is missing": (family(Person("one"), proband="two"), [("P014", "proband")]),
    "no proband": (family(Person("one"), proband=""), [("P014", "proband")]),
    "nobody": (family(), [("P014", "proband")]),
    "an id stands twice": (family(Person("one"), Person("one")), [("P001", "people[1].id")]),
    "an id stands three times": (
        family(Person("one"), Person("one"), Person("one")),
        [("P001", "people[1].id"), ("P001", "people[2].id")],
    ),
    "unknown mother": (family(Person("one", mother="two")), [("P002", "people[0].mother")]),
    "unknown parents": (
        family(Person("one", mother="two", father="three")),
        [("P002", "people[0].mother"), ("P002", "people[0].father")],
    ),
    "unknown father beside a known mother": (
        family(Person("one", mother="two", father="three"), Person("two")),
        [("P002", "people[0].father")],
    ),
    "unknown adoptive parent": (
        family(Person("one", adoptive_parents=("two",))),
        [("P002", "people[0].adoptive_parents[0]")],
    ),
    "own mother": (family(Person("one", mother="one")), [("P003", "people[0]")]),
    "own grandmother": (
        family(Person("one", mother="two"), Person("two", mother="one")),
        [("P003", "people[0]")],
    ),
    "two cycles": (
        family(
            Person("one", mother="two"),
            Person("two", mother="one"),
            Person("three", father="four", mother="one"),
            Person("four", father="three"),
            Person("five", mother="one", father="four"),
        ),
        [("P003", "people[0]"), ("P003", "people[2]")],
    ),
    "a male mother": (family(Person("one", mother="two"), Person("two", sex=M)), [("P004", "people[0].mother")]),
    "a female father": (family(Person("one", father="two"), Person("two", sex=F)), [("P004", "people[0].father")]),
    "mother and father in one": (
        family(Person("one", father="two", mother="two"), Person("two")),
        [("P005", "people[0].father")],
    ),
    "mother here and father there": (
        family(Person("one", father="two"), Person("two"), Person("three", mother="two")),
        [("P012", "people[0].father")],
    ),
    "a parent born in the year of the child": (
        family(Person("one", mother="two", birth_year=1980), Person("two", birth_year=1980)),
        [("P006", "people[0].mother")],
    ),
    "a parent born later": (
        family(Person("one", father="two", birth_year=1980), Person("two", birth_year=1981)),
        [("P006", "people[0].father")],
    ),
    "identical twins of different sex": (
        family(Person("one", sex=F), Person("two", sex=M), twins=(Twins(("one", "two"), MZ),)),
        [("P007", "twins[0]")],
    ),
    "twins with different mothers": (
        family(
            Person("one", mother="three"),
            Person("two", mother="four"),
            Person("three"),
            Person("four"),
            twins=(Twins(("one", "two"), DZ),),
        ),
        [("P008", "twins[0]")],
    ),
    "one twin": (family(Person("one"), twins=(Twins(("one",), DZ),)), [("P009", "twins[0]")]),
    "a twin of themselves": (family(Person("one"), twins=(Twins(("one", "one"), DZ),)), [("P009", "twins[0]")]),
    "an unknown twin": (family(Person("one"), twins=(Twins(("one", "two")),)), [("P002", "twins[0].people[1]")]),
    "twins twice": (
        family(Person("one"), Person("two"), Person("three"), twins=(Twins(("one", "two")), Twins(("two", "three")))),
        [("P015", "twins[1].people[0]")],
    ),
    "a negative age": (family(Person("one", age=Age(-1, -1))), [("A001", "people[0].age")]),
    "an age of 200": (family(Person("one", age=Age(200, 200))), [("A001", "people[0].age")]),
    "an age from 200": (family(Person("one", age=Age(200, None))), [("A001", "people[0].age")]),
    "an age upside down": (family(Person("one", age=Age(50, 40))), [("A003", "people[0].age")]),
    "a diagnosis at 200": (
        family(Person("one", findings=(finding(200, 200),))),
        [("A001", "people[0].findings[0].age")],
    ),
    "a diagnosis upside down": (
        family(Person("one", age=Age(9, 9), findings=(finding(50, 40),))),
        [("A003", "people[0].findings[0].age")],
    ),
    "a diagnosis above the age": (
        family(Person("one", age=Age(30, 39), findings=(finding(39, 39), finding(40, 49)))),
        [("A002", "people[0].findings[1].age")],
    ),
    "a year of three digits": (family(Person("one", birth_year=198)), [("A004", "people[0].birth_year")]),
    "a relation to nobody": (
        family(Person("one", relation=UnplacedRelation("two", "aunt"))),
        [("P002", "people[0].relation.to")],
    ),
    "a relation to oneself": (
        family(Person("one", relation=UnplacedRelation("one", "aunt"))),
        [("P012", "people[0].relation.to")],
    ),
    "a relation nobody understands": (
        family(Person("one"), Person("two", relation=UnplacedRelation("one", "matrnal ant"))),
        [("P010", "people[1].relation.as")],
    ),
    "adoptive and biological parent in one": (
        family(Person("one", mother="two", adoptive_parents=("two",)), Person("two")),
        [("P012", "people[0].adoptive_parents[0]")],
    ),
    "adopted out, with adoptive parents only": (
        family(Person("one", adopted=Adoption.OUT, adoptive_parents=("two",)), Person("two")),
        [("P012", "people[0].adopted")],
    ),
    "a negative parent between two carriers": (
        family(
            Person("one", mother="two", tests=(FOUND,)),
            Person("two", mother="three", tests=(NEGATIVE,)),
            Person("three", tests=(attrs.evolve(FOUND, result=Result.LIKELY_PATHOGENIC, variant="M918T"),)),
        ),
        [("T004", "people[1].tests")],
    ),
    "a negative twin of a carrier": (
        family(Person("one", tests=(FOUND,)), Person("two", tests=(NEGATIVE,)), twins=(Twins(("one", "two"), MZ),)),
        [("T004", "people[1].tests")],
    ),
}

IN_ORDER = {
    "variants of two kinds": family(
        Person("one", mother="two", tests=(attrs.evolve(FOUND, variant="C634R"),)),
        Person("two", mother="three", tests=(NEGATIVE,)),
        Person("three", tests=(attrs.evolve(FOUND, variant="M918T"),)),
    ),
    "another gene": family(
        Person("one", mother="two", tests=(FOUND,)),
        Person("two", mother="three", tests=(attrs.evolve(NEGATIVE, gene="MEN1"),)),
        Person("three", tests=(FOUND,)),
    ),
    "a tumor without the variant": family(
        Person("one", mother="two", tests=(FOUND,)),
        Person("two", mother="three", tests=(attrs.evolve(NEGATIVE, origin=Origin.SOMATIC),)),
        Person("three", tests=(FOUND,)),
    ),
    "a negative child of a carrier": family(
        Person("one", mother="two", tests=(NEGATIVE,)), Person("two", tests=(FOUND,))
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_has_its_code_and_place_and_nothing_else_is_wrong(name: str) -> None:
    pedigree, expected = PROBLEMS[name]
    assert [(problem.code, problem.where) for problem in problems_of(pedigree)] == expected


def test_every_problem_is_reported_at_once() -> None:
    people = tuple(
        attrs.evolve(person, id=f"{number} {person.id}", **_renamed(person, number))
        for number, (pedigree, _) in enumerate(PROBLEMS.values())
        for person in pedigree.people
    )
    expected = sorted(
        code
        for pedigree, found in PROBLEMS.values()
        for code, where in found
        if where != "proband" and "twins" not in where and code != "T004"  # results are compared in a tree in order
    )
    assert sorted(problem.code for problem in problems_of(Pedigree(people, people[0].id))) == expected


def _renamed(person: Person, number: int) -> dict[str, Any]:
    changes: dict[str, Any] = {"adoptive_parents": tuple(f"{number} {id}" for id in person.adoptive_parents)}
    for role in ("mother", "father"):
        if getattr(person, role):
            changes[role] = f"{number} {getattr(person, role)}"
    if person.relation:
        changes["relation"] = UnplacedRelation(f"{number} {person.relation.to}", person.relation.as_)
    return changes


@pytest.mark.parametrize("name", PROBLEMS)
def test_no_message_quotes_an_id_or_words_of_the_source(name: str) -> None:
    pedigree, _ = PROBLEMS[name]
    secret = {id: f"Zaphod{id}" for id in ("one", "two", "three", "four", "five")}
    changed = attrs.evolve(
        pedigree,
        proband=secret.get(pedigree.proband, ""),
        people=tuple(
            attrs.evolve(
                person,
                id=secret[person.id],
                mother=person.mother and secret[person.mother],
                father=person.father and secret[person.father],
                adoptive_parents=tuple(secret[id] for id in person.adoptive_parents),
                relation=person.relation
                and UnplacedRelation(secret[person.relation.to], person.relation.as_ + " Zaphod"),
            )
            for person in pedigree.people
        ),
        twins=tuple(attrs.evolve(twins, people=tuple(secret[id] for id in twins.people)) for twins in pedigree.twins),
    )
    problems = problems_of(changed)
    assert problems
    for problem in problems:
        assert "Zaphod" not in str(problem)
        assert problem.code in CODES
        assert problem.found
        assert problem.needed
        assert problem.fix


def test_the_offer_for_a_relation_is_a_word_that_is_understood() -> None:
    pedigree, _ = PROBLEMS["a relation nobody understands"]
    assert problems_of(pedigree)[0].fix == "write 'maternal aunt'"


def test_places_are_those_of_the_source() -> None:
    pedigree = family(Person("one", mother="two", age=Age(-1, -1), at="families[3].people[7]"))
    assert {problem.where for problem in problems_of(pedigree)} == {
        "families[3].people[7].mother",
        "families[3].people[7].age",
    }


def test_identical_twins_among_triplets_are_two_sets_of_different_kind() -> None:
    people = (Person("one"), Person("two"), Person("three"))
    assert problems_of(family(*people, twins=(Twins(("one", "two"), MZ), Twins(("one", "two", "three"), DZ)))) == []


@pytest.mark.parametrize(
    "pedigree",
    [
        family(Person("one", mother="two"), Person("two", sex=F)),
        family(Person("one", age=Age(60, None), findings=(finding(125, 125), finding(0, None)))),
        family(Person("one", age=Age(40, 40), findings=(finding(40, 40), finding(30, None)))),
        family(Person("one"), Person("two", relation=UnplacedRelation("one", "MAUNT"))),
        family(Person("one", mother="two", birth_year=1980), Person("two", birth_year=1979)),
        family(Person("one", adopted=Adoption.OUT, mother="two"), Person("two")),
    ],
)
def test_what_may_be_so_is_no_problem(pedigree: Pedigree) -> None:
    assert problems_of(pedigree) == []


@given(trees(), st.data())
def test_a_tie_to_a_descendant_is_a_cycle_reported_once(pedigree: Pedigree, data: st.DataObject) -> None:
    from menscreen.pedigree.kinship import descendants

    position = data.draw(st.integers(0, len(pedigree.people) - 1))
    person = pedigree.people[position]
    below = sorted({position, *descendants(attrs.evolve(pedigree, twins=()), position)})
    chosen = pedigree.people[data.draw(st.sampled_from(below))]
    people = list(pedigree.people)
    people[position] = attrs.evolve(person, mother=chosen.id)
    problems = problems_of(attrs.evolve(pedigree, people=tuple(people)))
    assert [problem.code for problem in problems].count("P003") == 1


def test_a_cycle_of_a_hundred_thousand_is_one_problem() -> None:
    size = 100_000
    people = tuple(Person(str(at), mother=str((at + 1) % size)) for at in range(size))
    assert [problem.code for problem in problems_of(Pedigree(people, "0"))] == ["P003"]


@pytest.mark.parametrize("name", IN_ORDER)
def test_results_that_go_with_the_family_tree_are_no_problem(name: str) -> None:
    assert problems_of(IN_ORDER[name]) == []


def test_warnings_are_only_about_adoption_and_results() -> None:
    warned = {
        name
        for name, (pedigree, _) in PROBLEMS.items()
        if any(problem.severity is Severity.WARNING for problem in problems_of(pedigree))
    }
    assert warned == {name for name, (_, told) in PROBLEMS.items() if told[0][0] == "T004"} | {
        "adopted out, with adoptive parents only"
    }


def test_lengths_of_ids_are_said_in_english() -> None:
    assert re.search(r"an id of 1 character$", problems_of(family(Person("one", mother="x")))[0].found)


def test_words_are_offered_for_the_first_unknown_relations_only() -> None:
    people = [Person(f"r{at}", relation=UnplacedRelation("a", "matrnal ant")) for at in range(200)]
    problems = problems_of(Pedigree((Person("a"), *people), "a"))
    offered = [problem for problem in problems if "maternal aunt" in problem.fix]
    assert len(problems) == 200
    assert 0 < len(offered) <= 50
    assert all(problem.fix for problem in problems)


LOOSE_AGES = st.none() | st.builds(Age, st.integers(-2, 130), st.none() | st.integers(-2, 130))
LOOSE_IDS = st.sampled_from(["a", "b", "c", "d", "nobody"])
LOOSE_PEOPLE = st.lists(
    st.builds(
        Person,
        LOOSE_IDS,
        sex=st.sampled_from(Sex),
        mother=st.none() | LOOSE_IDS,
        father=st.none() | LOOSE_IDS,
        adoptive_parents=st.just(()) | st.tuples(LOOSE_IDS),
        adopted=st.none() | st.sampled_from(Adoption),
        age=LOOSE_AGES,
        birth_year=st.none() | st.sampled_from([0, 1950, 1980]),
        findings=st.just(()) | st.tuples(st.builds(Finding, st.just("insulinoma"), LOOSE_AGES)),
        relation=st.none() | st.builds(UnplacedRelation, LOOSE_IDS, st.sampled_from(["aunt", "matrnal ant"])),
    ),
    max_size=5,
)


@given(LOOSE_PEOPLE, st.booleans())
def test_what_is_in_order_at_a_glance_has_no_problem_at_a_closer_look(people: list[Person], unique: bool) -> None:
    if unique:
        people = list({person.id: person for person in people}.values())
    at_a_glance, closely = Pedigree(tuple(people), "a"), Pedigree(tuple(people), "a")
    descent = Descent(closely.parents)
    descent.is_sound = False
    object.__setattr__(closely, "descent", descent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(validation, "_doubtful", lambda pedigree: list(range(len(pedigree.people))))
        found = problems_of(closely)
    assert problems_of(at_a_glance) == found


def test_a_family_of_too_many_people_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "MOST_PEOPLE", 3)
    people = [Person(one, mother="missing") for one in ("one", "b", "c", "d")]
    assert "P021" not in {problem.code for problem in problems_of(family(*people[:3]))}
    (problem,) = problems_of(family(*people))
    assert (problem.code, problem.severity, str(problem.where)) == ("P021", Severity.ERROR, "people")
    assert (problem.found, problem.needed) == ("more than 3 people", "at most 3 people")


ENDS = (-1, 0, 1, 60, MAX_AGE, MAX_AGE + 1)
AGES = (None, *(Age(low, high) for low in ENDS for high in (*ENDS, None)))


def is_possible(age: Age | None, limit: int = MAX_AGE) -> bool:
    """Years that somebody can have lived, the lower ones first and not all above a limit."""
    if age is None:
        return True
    low, high = age.low, MAX_AGE if age.high is None else age.high
    return 0 <= low <= high <= MAX_AGE and low <= limit


@pytest.mark.parametrize("age", AGES, ids=str)
def test_an_age_is_in_order_in_exactly_these_cases(age: Age | None) -> None:
    assert (problems_of(family(Person("one", age=age))) == []) is is_possible(age)
    if not is_possible(age):
        return
    oldest = MAX_AGE if age is None else age.top
    for found in AGES:
        first = Finding("insulinoma", age=Age(0, None))
        person = Person("one", age=age, findings=(first, Finding("insulinoma", age=found), Finding("insulinoma")))
        assert (problems_of(family(person)) == []) is is_possible(found, oldest), found


@pytest.mark.parametrize(("findings", "tests"), [(MOST_RECORDS, 0), (MOST_RECORDS - 1, 1), (0, MOST_RECORDS)])
def test_as_many_records_as_the_limit_says_are_taken_and_no_more(findings: int, tests: int) -> None:
    person = Person("one", findings=(Finding("goiter"),) * findings, tests=(FOUND,) * tests)
    assert problems_of(family(person)) == []
    (problem,) = problems_of(family(attrs.evolve(person, tests=(*person.tests, FOUND))))
    assert (problem.code, problem.where) == ("F024", "people[0]")
    assert problem.found == f"{findings} findings and {tests + 1} tests"


@pytest.mark.parametrize("name", PROBLEMS)
def test_the_order_of_the_people_hides_no_problem(name: str) -> None:
    pedigree, expected = PROBLEMS[name]
    if len({person.id for person in pedigree.people}) < len(pedigree.people):
        return  # of two of one id the first keeps it
    for people in permutations(pedigree.people):
        found = problems_of(attrs.evolve(pedigree, people=people))
        assert sorted(problem.code for problem in found) == sorted(code for code, _ in expected)


def test_results_are_compared_whatever_else_is_recorded_as_long_as_nothing_is_wrong() -> None:
    twins = (Twins(("one", "two"), MZ),)
    one, two = Person("one", tests=(FOUND,)), Person("two", tests=(NEGATIVE,))
    untested = Person("three", findings=(finding(30, 30),))
    doubtful = Person("four", adopted=Adoption.OUT, adoptive_parents=("three",))
    assert codes(family(one, two, untested, twins=twins)) == ["T004"]
    assert codes(family(one, two, untested, doubtful, twins=twins)) == ["P012", "T004"]
    assert codes(family(one, two, attrs.evolve(untested, mother="five"), twins=twins)) == ["P002"]


def codes(pedigree: Pedigree) -> list[str]:
    return [problem.code for problem in problems_of(pedigree)]


WRONG = (
    Person("a", sex=F, mother="b", father="b"),
    Person("b", sex=F, birth_year=1950),
    Person("c", mother="x", father="zz", birth_year=1949),
    Person("d", sex=M, mother="e", father="b", birth_year=1950),
    Person("e", sex=M, birth_year=1980),
    Person("a2", birth_year=1699),
    Person("f", birth_year=2201),
    Person("g", age=Age(-1, 3)),
    Person("h", age=Age(126, None)),
    Person("i", age=Age(3, 126)),
    Person("j", age=Age(50, 49)),
    Person(
        "k",
        age=Age(40, 49),
        findings=(
            Finding("insulinoma", age=Age(50, 60)),
            Finding("gastrinoma", age=Age(9, 3)),
            Finding("lipoma", age=Age(49, 60)),
            Finding("vipoma", age=Age(300, 300)),
            Finding("vipoma", at="record 7", age=Age(55, 55)),
        ),
    ),
    Person("l", mother="l"),
    Person("m", mother="n"),
    Person("n", father="m"),
    Person("o", mother="p"),
    Person("p", mother="q"),
    Person("q", mother="o"),
    Person("r", mother="s"),
    Person("s"),
    Person("t", father="s"),
    Person("u", adoptive_parents=("x", "u", "b"), mother="b"),
    Person("v", adoptive_parents=("b",), adopted=Adoption.OUT),
    Person("w", relation=UnplacedRelation("nobody", "aunt")),
    Person("x1", relation=UnplacedRelation("x1", "matrnal ant")),
    Person("x2", relation=UnplacedRelation("a", "zzzzzzzzz"), at="row 9"),
    Person("y1", sex=F, mother="b", father="e"),
    Person("y2", sex=M, mother="s", father="t"),
    Person("a", birth_year=1700),
    Person("a", birth_year=2200),
)
WRONG_TWINS = (
    Twins((), Zygosity.UNKNOWN),
    Twins(("y1",), Zygosity.UNKNOWN),
    Twins(("y1", "y2"), Zygosity.MONOZYGOTIC),
    Twins(("y1", "nobody"), Zygosity.MONOZYGOTIC),
    Twins(("x2", "f"), Zygosity.DIZYGOTIC),
    Twins(("f", "f"), Zygosity.DIZYGOTIC),
)

#: The code and the place of each problem, what is found, what is needed, and how to mend it.
TOLD = [
    (
        "P014",
        "proband",
        "an id of 7 characters",
        "the id of one of the people",
        "name the person whom the family is about",
    ),
    (
        "P005",
        "people[0].father",
        "the person who is also the mother",
        "two different people",
        "leave out the parent who is not known",
    ),
    (
        "P004",
        "people[0].father",
        "people[1], recorded as female",
        "a father who is male or of unknown sex",
        "exchange mother and father, or correct the sex",
    ),
    (
        "P002",
        "people[2].mother",
        "an id of 1 character",
        "the id of one of the people",
        "add this person to people, or leave out the mother",
    ),
    (
        "P002",
        "people[2].father",
        "an id of 2 characters",
        "the id of one of the people",
        "add this person to people, or leave out the father",
    ),
    (
        "P004",
        "people[3].mother",
        "people[4], recorded as male",
        "a mother who is female or of unknown sex",
        "exchange mother and father, or correct the sex",
    ),
    (
        "P006",
        "people[3].mother",
        "people[4], who is not older than the child",
        "a parent born before the child",
        "correct one of the two years of birth, or the parent",
    ),
    (
        "P004",
        "people[3].father",
        "people[1], recorded as female",
        "a father who is male or of unknown sex",
        "exchange mother and father, or correct the sex",
    ),
    (
        "P006",
        "people[3].father",
        "people[1], who is not older than the child",
        "a parent born before the child",
        "correct one of the two years of birth, or the parent",
    ),
    ("A004", "people[5].birth_year", "1699", "a year of four digits", "correct the year"),
    ("A004", "people[6].birth_year", "2201", "a year of four digits", "correct the year"),
    ("A001", "people[7].age", "-1-3", "completed years from 0 to 125", "correct the age"),
    ("A001", "people[8].age", "126 or older", "completed years from 0 to 125", "correct the age"),
    ("A001", "people[9].age", "3-126", "completed years from 0 to 125", "correct the age"),
    ("A003", "people[10].age", "50-49", "the lower age first", "write [49, 50]"),
    (
        "A002",
        "people[11].findings[0].age",
        "50-60, in a person of 40-49",
        "an age at diagnosis up to the age now or at death",
        "correct one of the two ages",
    ),
    ("A003", "people[11].findings[1].age", "9-3", "the lower age first", "write [3, 9]"),
    ("A001", "people[11].findings[3].age", "300", "completed years from 0 to 125", "correct the age"),
    (
        "A002",
        "record 7, age",
        "55, in a person of 40-49",
        "an age at diagnosis up to the age now or at death",
        "correct one of the two ages",
    ),
    (
        "P002",
        "people[21].adoptive_parents[0]",
        "an id of 1 character",
        "the id of one of the people",
        "add this person to people, or leave the adoptive parent out",
    ),
    (
        "P012",
        "people[21].adoptive_parents[1]",
        "the person themselves",
        "an adoptive parent without a blood tie",
        "keep the parent in one of the two places",
    ),
    (
        "P012",
        "people[21].adoptive_parents[2]",
        "a biological parent of the same person",
        "an adoptive parent without a blood tie",
        "keep the parent in one of the two places",
    ),
    (
        "P012",
        "people[22].adopted",
        "adopted out, with adoptive parents and no biological parent",
        "adopted 'in' for a person who came to this family by adoption",
        "write adopted 'in', or record the biological parents",
    ),
    (
        "P002",
        "people[23].relation.to",
        "an id of 6 characters",
        "the id of one of the people",
        "name one of the people",
    ),
    ("P012", "people[24].relation.to", "the person themselves", "somebody else", "name whom they are related to"),
    (
        "P010",
        "people[24].relation.as",
        "words of 11 characters",
        "a relation such as 'maternal aunt'",
        "write 'maternal aunt'",
    ),
    (
        "P010",
        "row 9, relation.as",
        "words of 9 characters",
        "a relation such as 'maternal aunt'",
        "say it with mother, father, sister, brother, daughter and son",
    ),
    ("P001", "people[28].id", "the id of people[0]", "an id of its own", "give each person another id"),
    ("P001", "people[29].id", "the id of people[0]", "an id of its own", "give each person another id"),
    (
        "P012",
        "people[20].father",
        "people[19], who is the mother of somebody else",
        "one person as mother only, or as father only",
        "record the sex, and correct the parent",
    ),
    (
        "P003",
        "people[12]",
        "a person among their own ancestors",
        "parents who are not descendants",
        "correct a mother or father of this line",
    ),
    (
        "P003",
        "people[13]",
        "a person among their own ancestors, through one other person",
        "parents who are not descendants",
        "correct a mother or father of this line",
    ),
    (
        "P003",
        "people[15]",
        "a person among their own ancestors, through 2 other people",
        "parents who are not descendants",
        "correct a mother or father of this line",
    ),
    ("P009", "twins[0]", "nobody", "two people or more", "name both twins"),
    ("P009", "twins[1]", "one person", "two people or more", "name both twins"),
    ("P007", "twins[2]", "female and male", "monozygotic twins of one sex", "correct the sex, or write dizygotic"),
    (
        "P008",
        "twins[2]",
        "twins with different mothers",
        "twins with one mother",
        "correct a parent, or leave the twins out",
    ),
    (
        "P008",
        "twins[2]",
        "twins with different fathers",
        "twins with one father",
        "correct a parent, or leave the twins out",
    ),
    (
        "P015",
        "twins[3].people[0]",
        "a person who is also in twins[2]",
        "one set of twins for each birth",
        "put all who were born together into one set",
    ),
    (
        "P002",
        "twins[3].people[1]",
        "an id of 6 characters",
        "the id of one of the people",
        "add this person to people, or leave the twins out",
    ),
    ("P009", "twins[5]", "one person", "two people or more", "name both twins"),
    (
        "P015",
        "twins[5].people[0]",
        "a person who is also in row 9",
        "one set of twins for each birth",
        "put all who were born together into one set",
    ),
    (
        "P015",
        "twins[5].people[1]",
        "a person who is also in row 9",
        "one set of twins for each birth",
        "put all who were born together into one set",
    ),
]


def told(people: tuple[Person, ...]) -> list[tuple[str, ...]]:
    found = problems_of(Pedigree(people, "missing", twins=WRONG_TWINS))
    assert [one.code for one in found if one.severity is Severity.WARNING] == ["P012"]
    return [(one.code, one.where, one.found, one.needed, one.fix) for one in found]


def test_a_family_with_every_fault_has_each_told_once() -> None:
    assert told(WRONG) == TOLD
    assert told(WRONG[:-2]) == [one for one in TOLD if one[0] != "P001"]


def test_a_parent_who_is_no_older_than_the_child_is_told() -> None:
    for year, is_wrong in ((1949, False), (1950, True), (1951, True)):
        people = Person("one", mother="two", birth_year=1950), Person("two", birth_year=year)
        assert bool(problems_of(family(*people))) is is_wrong


def test_ages_have_bounds() -> None:
    for age, code in ((Age(0, 0), None), (Age(MAX_AGE, MAX_AGE), None), (Age(0, MAX_AGE), None), (Age(0, None), None),
                      (Age(MAX_AGE, None), None), (Age(-1, 0), "A001"), (Age(0, MAX_AGE + 1), "A001"),
                      (Age(MAX_AGE + 1, None), "A001"), (Age(1, 0), "A003"), (Age(1, -1), "A001")):  # fmt: skip
        found = problems_of(family(Person("one", age=age)))
        assert [(one.code, one.where) for one in found] == ([(code, "people[0].age")] if code else []), age
        found = problems_of(family(Person("one", findings=(finding(*age),))))
        assert [(one.code, one.where) for one in found] == ([(code, "people[0].findings[0].age")] if code else []), age


def test_a_finding_is_no_later_than_its_person() -> None:
    for age, is_wrong in ((Age(49, 60), False), (Age(50, 60), True), (Age(40, 40), False), (Age(50, None), True)):
        found = problems_of(family(Person("one", age=Age(40, 49), findings=(finding(*age),))))
        assert [one.code for one in found] == ["A002"] * is_wrong
    assert problems_of(family(Person("one", age=Age(40, None), findings=(finding(90, 90),)))) == []

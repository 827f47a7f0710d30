"""How people and their findings are spoken of in questions."""

from __future__ import annotations

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Sex, Status, UnplacedRelation
from menscreen.rules.criteria import Has, PersonIs
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind, Open
from menscreen.screening.answers import Another, _with_answer
from menscreen.screening.question_words import choice_words, text_of
from menscreen.screening.speaking import Someone, another, someone, told, told_of

F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN


def sisters(*people: Person) -> Pedigree:
    own = Person("self", sex=F, mother="m", father="f")
    return Pedigree((Person("m", sex=F), Person("f", sex=M), own, *people), "self")


def sister(id: str, **facts: object) -> Person:
    return Person(id, sex=F, mother="m", father="f", **facts)  # type: ignore[arg-type]


def test_people_are_spoken_of_from_who_answers() -> None:
    family = sisters(sister("a"), Person("r", relation=UnplacedRelation("self", "relative"), sex=U))
    assert someone(family, 2, True) == Someone("you", "your", "you", "you")
    assert someone(family, 2, False) == Someone("she", "her", "her", "she")
    assert someone(family, 0, True) == Someone("your mother", "your mother's", "your mother", "she")
    assert someone(family, 1, False) == Someone("her father", "her father's", "her father", "he")
    assert someone(family, 4, True) == Someone("the relative", "the relative's", "the relative", "they")
    for sex, name in ((M, "he"), (U, "the person")):
        other = Pedigree((Person("self", sex=sex, mother="m"), Person("m", sex=F)), "self")
        assert someone(other, 0, False).name == name
        assert someone(other, 1, False).name == {M: "his mother", U: "the person's mother"}[sex]
    assert someone(family, 2, True).is_addressed
    assert not someone(family, 0, True).is_addressed


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([sister("a")], ["sister"]),
        ([sister("a"), sister("b")], ["first sister", "second sister"]),
        ([sister("a", age=Age(30, 30)), sister("b", age=Age(40, 40))], ["sister of 30", "sister of 40"]),
        ([sister("a", age=Age(30, 30)), sister("b")], ["sister of 30", "second sister"]),
        (
            [sister("a", age=Age(30, 30)), sister("b", age=Age(30, 30), findings=(Finding("lipoma"),))],
            ["first sister", "sister with the fatty lumps"],
        ),
        (
            [sister("a", findings=(Finding("lipoma"),)), sister("b", findings=(Finding("lipoma"),))],
            ["first sister", "second sister"],
        ),
        ([sister("a"), sister("b", placeholder=True)], ["sister", "sister"]),
    ],
)
def test_several_of_one_kind_are_told_apart(people: list[Person], names: list[str]) -> None:
    family = sisters(*people)
    assert [someone(family, at, True).name for at in range(3, 3 + len(people))] == [f"your {name}" for name in names]


def test_of_very_many_each_has_a_number() -> None:
    family = sisters(*(sister(str(at)) for at in range(12)))
    names = [someone(family, at, True).name.removeprefix("your ") for at in range(3, 15)]
    assert names[:3] == ["first sister", "second sister", "third sister"]
    assert names[-1] == "sister number 12"
    assert len(set(names)) == 12
    ordinals = [name.split()[0] for name in names if "number" not in name]
    for number, name in enumerate(ordinals[2:], 2):
        assert another(number) == f"{name} "
    assert another(len(ordinals)) == another(1) == "other "
    assert another(0) == ""


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding("insulinoma"), "insulinoma"),
        (Finding("insulinoma", age=Age(31, 31)), "insulinoma at 31"),
        (Finding("insulinoma", age=Age(0, 39)), "insulinoma at 39 or younger"),
        (Finding("insulinoma", age=Age(0, 0)), "insulinoma at 0"),
        (Finding("insulinoma", age=Age(30, 39)), "insulinoma at 30-39"),
        (Finding("insulinoma", age=Age(60, None)), "insulinoma at 60 or older"),
        (Finding("insulinoma", status=Status.SUSPECTED, multiple=True), "suspected insulinoma (several)"),
        (Finding("insulinoma", multiple=True, bilateral=True), "insulinoma on both sides"),
        (Finding(None, text="green hair"), "green hair"),
        (Finding(None), "illness"),
    ],
)
def test_a_finding_is_told_in_words(finding: Finding, words: str) -> None:
    assert told(finding) == words
    assert told_of(Person("a", findings=(finding,))) == words


def test_everything_told_of_a_person_is_one_list() -> None:
    insulinoma, lipoma = Finding("insulinoma"), Finding("lipoma")
    absent = Finding("gastrinoma", status=Status.ABSENT)
    test = GeneticTest("RET", Result.NEGATIVE)
    assert told_of(Person("a")) == told_of(Person("a", findings=(absent,))) == ""
    assert told_of(Person("a", tests=(test,))) == "a RET test"
    assert told_of(Person("a", findings=(insulinoma, absent, lipoma))) == "insulinoma and fatty lumps"
    assert (
        told_of(Person("a", findings=(insulinoma, lipoma), tests=(test,))) == "insulinoma, fatty lumps and a RET test"
    )


def opened(kind: Kind, *findings: Finding) -> Open:
    body = prepare(Pedigree((Person("a", findings=findings),), "a"), (0,)).bodies[0]
    return Open(0, kind, body.facts[0] if findings else None, None, Has("insulinoma") if findings else PersonIs())


PHPT, TUMOR = Finding("primary-hyperparathyroidism"), Finding("pancreatic-net")


@pytest.mark.parametrize(
    ("one", "is_own", "is_other", "words"),
    [
        (opened(Kind.PERSON_AGE), True, False, "How old {are} {you}?"),
        (opened(Kind.PERSON_AGE), False, False, "How old {are} {you} now? If {they} died, at which age?"),
        (opened(Kind.SEX), True, False, "{Are} {you} female or male by birth?"),
        (opened(Kind.TYPE, TUMOR), True, False, "What kind of {name} was it that {you} had?"),
        (
            opened(Kind.TYPE, Finding("neuroendocrine-tumor")),
            True,
            False,
            "In which organ was {your} {name}, and what kind was it?",
        ),
        (opened(Kind.TYPE, Finding("men2")), True, False, "Which kind of {name} {were} {you} told of?"),
        (
            opened(Kind.TYPE, Finding("lip-or-tongue-bumps")),
            True,
            False,
            "Does anybody know what {your} {name} were?",
        ),
        (opened(Kind.TYPE, Finding("hypercalcemia")), True, False, "What was behind {your} {name}?"),
        (
            opened(Kind.TYPE, Finding("parathyroid-tumor")),
            True,
            False,
            "Does anybody know what was found in {your} parathyroid glands?",
        ),
        (
            opened(Kind.TYPE, Finding("parathyroid-tumor")),
            True,
            True,
            "What kind of {name} was it that {you} had?",
        ),
        (
            opened(Kind.MULTIPLE, PHPT),
            True,
            False,
            "How many of {your} parathyroid glands were affected: one, or several?",
        ),
        (opened(Kind.MULTIPLE, PHPT), True, True, "Was it one {name} that {you} had, or several?"),
        (
            opened(Kind.MULTIPLE, Finding("lip-or-tongue-bumps")),
            True,
            False,
            "How many {name} did {you} have: one, or several?",
        ),
        (opened(Kind.MULTIPLE, TUMOR), True, False, "Was it one {name} that {you} had, or several?"),
        (opened(Kind.CONFIRMED, TUMOR), True, False, "{Was} {your} {name} confirmed in the end?"),
        (
            opened(Kind.CONFIRMED, Finding("men1")),
            True,
            False,
            "Was it confirmed in the end that {you} had multiple endocrine neoplasia type 1 (MEN1)?",
        ),
        (opened(Kind.AGE, TUMOR), True, False, "How old {were} {you} when the {name} {was_found}?"),
    ],
)
def test_a_question_fits_what_is_open(one: Open, is_own: bool, is_other: bool, words: str) -> None:
    assert text_of(one, is_own, is_other) == words


def test_answers_are_offered_in_plain_words() -> None:
    assert choice_words(Kind.CAUSE, "primary") == "before them, or without them (primary)"
    assert choice_words(Kind.TYPE, "insulinoma") == "insulinoma"


CKD, SECOND = Finding("chronic-kidney-disease"), Finding("secondary-hyperparathyroidism")
ABSENT = Finding("endocrine-tumor", status=Status.ABSENT)
INSULINOMA = Finding("insulinoma", status=Status.SUSPECTED)


@pytest.mark.parametrize(
    ("findings", "kind", "value", "after"),
    [
        ([PHPT, CKD, TUMOR], Kind.CAUSE, True, [PHPT, TUMOR]),
        ([PHPT, CKD], Kind.CAUSE, False, [SECOND, CKD]),
        ([INSULINOMA, ABSENT, CKD], Kind.CONFIRMED, True, [Finding("insulinoma"), CKD]),
        ([INSULINOMA, ABSENT, CKD], Kind.CONFIRMED, False, [Finding("insulinoma", status=Status.ABSENT), CKD]),
        ([INSULINOMA, CKD], Kind.AGE, Age(3, 4), [Finding("insulinoma", status=Status.SUSPECTED, age=Age(3, 4)), CKD]),
        ([TUMOR, CKD], Kind.TYPE, "insulinoma", [Finding("insulinoma"), CKD]),
        ([TUMOR], Kind.MULTIPLE, True, [Finding("pancreatic-net", multiple=True)]),
        ([TUMOR], Kind.SIZE, 12.0, [Finding("pancreatic-net", size_mm=12.0)]),
        ([TUMOR], Kind.BILATERAL, True, [Finding("pancreatic-net", bilateral=True, multiple=True)]),
        ([TUMOR], Kind.BILATERAL, False, [Finding("pancreatic-net", bilateral=False)]),
        (
            [TUMOR, CKD],
            Kind.TYPE,
            Another({"vipoma", "insulinoma"}),
            [TUMOR, CKD, Finding("insulinoma", status=Status.ABSENT), Finding("vipoma", status=Status.ABSENT)],
        ),
    ],
)
def test_an_answer_is_recorded_in_every_record_of_the_tumor(
    findings: list[Finding], kind: Kind, value: object, after: list[Finding]
) -> None:
    person = Person("a", findings=tuple(findings))
    facts = prepare(Pedigree((person,), "a"), (0,)).bodies[0].facts
    fact = next(fact for fact in facts if findings[0] in fact.findings)
    assert list(_with_answer(person, fact, kind, value)) == after

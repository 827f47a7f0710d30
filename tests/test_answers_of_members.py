"""What each kind of criterion says of each member of a family: yes, open or no."""

from __future__ import annotations

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Scope, Sex, Status, UnplacedRelation
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    NoneOf,
    PersonIs,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.families import prepare

F, M = Sex.FEMALE, Sex.MALE
#: Father, mother, the proband, a brother, a half-brother by the father, his mother, and an aunt whose side is open.
FAMILY = Pedigree(
    (
        Person(
            "f",
            sex=M,
            findings=(Finding("gastrinoma", age=Age(50, 50)), Finding("insulinoma", age=Age(40, 40))),
            tests=(GeneticTest("MEN1", Result.PATHOGENIC),),
        ),
        Person(
            "m",
            sex=F,
            age=Age(70, 70),
            findings=(Finding("lipoma", multiple=True),),
            tests=(GeneticTest("RET", Result.NEGATIVE, scope=Scope.FULL),),
        ),
        Person(
            "a",
            sex=F,
            age=Age(30, 30),
            mother="m",
            father="f",
            findings=(Finding("insulinoma", age=Age(30, 30)),),
            tests=(GeneticTest("RET", Result.NEGATIVE),),
        ),
        Person("s", sex=M, mother="m", father="f", findings=(Finding("insulinoma", status=Status.SUSPECTED),)),
        Person("h", sex=M, father="f", mother="o", findings=(Finding("pancreatic-net"), Finding("lipoma"))),
        Person("o", sex=F),
        Person("u", relation=UnplacedRelation("a", "aunt"), findings=(Finding("vipoma"),)),
    ),
    "a",
)
INSULINOMA, LIPOMA, VIPOMA = Has("insulinoma"), Has("lipoma"), Has("vipoma")


@pytest.mark.parametrize(
    ("criterion", "answers"),
    [
        (INSULINOMA, "y-y??--"),
        (LIPOMA, "-y--y--"),
        (Has("insulinoma", before=40), "--y??--"),
        (Has("insulinoma", by=40), "y-y??--"),
        (GeneTested("MEN1", "pathogenic"), "y------"),
        (GeneTested("RET", "negative"), "-yy----"),
        (GeneTested("RET", "negative", scope=Scope.FULL), "-y?----"),
        (PersonIs(sex=Sex.MALE), "y--yy-?"),
        (PersonIs(age=AgeNow(by=30)), "?-y????"),
        (PersonIs(age=AgeNow(from_=31)), "?y-????"),
        (Tumors(("insulinoma", "gastrinoma"), 2), "y-???--"),
        (Tumors(("lipoma", "vipoma"), 2), "-y--?-?"),
        (Tumors(("insulinoma", "lipoma"), 1), "yyy?y--"),
        (AtLeast(2, (INSULINOMA, LIPOMA)), "----?--"),
        (AtLeast(2, (INSULINOMA, Has("gastrinoma"))), "y------"),
        (AtLeast(2, (INSULINOMA, GeneTested("MEN1", "pathogenic"))), "y------"),
        (AtLeast(1, (LIPOMA, INSULINOMA)), "yyy?y--"),
        (AtLeast(2, (INSULINOMA, INSULINOMA)), "-------"),
        (AllOf((INSULINOMA, GeneTested("RET", "negative"))), "--y----"),
        (AnyOf((LIPOMA, GeneTested("MEN1", "pathogenic"))), "yy--y--"),
        (NoneOf((INSULINOMA,)), "-y-yyyy"),
        (NoneOf((INSULINOMA, LIPOMA)), "---y-yy"),
        (AllOf(()), "yyyyyyy"),
        (AnyOf(()), "-------"),
        (Relatives(INSULINOMA), "yyyyy?-"),
        (Relatives(INSULINOMA, within=1), "yyyyy?-"),
        (Relatives(INSULINOMA, within=1, at_least=2), "???y---"),
        (Relatives(INSULINOMA, at_least=3), "?-???--"),
        (Relatives(LIPOMA, within=1), "y-yy-y-"),
        (Relatives(VIPOMA), "??y???-"),
        (Relatives(VIPOMA, within=1), "??-???-"),
        (Relatives(VIPOMA, within=2), "??y???-"),
        (Relatives(VIPOMA, side="maternal"), "?????--"),
        (Relatives(INSULINOMA, side="maternal"), "-------"),
        (Relatives(INSULINOMA, side="paternal"), "--yyy--"),
        (Relatives(GeneTested("MEN1", "pathogenic"), within=1), "--yyy--"),
        (Relatives(Tumors(("insulinoma", "gastrinoma"), 2), within=1), "??yyy?-"),
        (Relatives(PersonIs(age=AgeNow(from_=60)), within=1), "??yy??-"),
        (Relatives(AtLeast(2, (INSULINOMA, Has("gastrinoma"))), within=2), "--yyy--"),
        (Relatives(NoneOf((INSULINOMA,)), within=1), "yyyyyy-"),
        (AllOf((INSULINOMA, Relatives(INSULINOMA, within=1))), "y-y??--"),
        (AnyOf((LIPOMA, Relatives(LIPOMA, within=1))), "yyyyyy-"),
        (NoneOf((Relatives(INSULINOMA, within=1),)), "-----yy"),
        (Relatives(Relatives(LIPOMA, within=1), within=1), "yyyyy--"),
    ],
)
def test_each_member_of_a_family_has_an_answer(criterion: Criterion, answers: str) -> None:
    positions = range(len(FAMILY.people))
    evaluation = Evaluation(Plan([criterion], [{}]), prepare(FAMILY, positions))
    certain, possible = evaluation.masks(criterion)
    bodies = [evaluation.family.by_position[position] for position in positions]
    assert "".join("y" if certain >> at & 1 else "?" if possible >> at & 1 else "-" for at in bodies) == answers


def test_each_root_of_a_plan_has_its_definitions() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Plan([INSULINOMA], [])

"""The families at the lines that a criterion draws: those that meet it, and those that differ in one thing."""

from __future__ import annotations

import pytest

from menscreen.pedigree.person import Origin, Scope, Sex
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    PersonIs,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.screening.boundaries import Boundaries, Item, Spec, ordered, shorthand

NAMES = {"fat": Has("lipoma")}
YOUNG, SEVERAL = Has("insulinoma", before=40), Has("gastrinoma", by=30, from_=20, multiple=True)


def told(spec: Spec) -> str:
    people = shorthand(spec).items()
    return "; ".join(f"{who}: {', '.join(facts)}" if facts else who for who, facts in people if facts or who != "self")


@pytest.mark.parametrize(
    ("criterion", "families"),
    [
        (YOUNG, ["self: insulinoma @39"]),
        (Has("insulinoma", before=1), ["self: insulinoma @0"]),
        (SEVERAL, ["self: gastrinoma, multiple @20", "self: gastrinoma, multiple @30"]),
        (
            Has("lipoma", bilateral=True, multiple=True, recurrent=True, metastatic=True, larger_than=10),
            ["self: lipoma, bilateral, recurrent, metastatic, 11 mm"],
        ),
        (
            Tumors(("insulinoma", "gastrinoma", "vipoma"), 2),
            [
                "self: gastrinoma, single, insulinoma, single",
                "self: VIPoma, single, gastrinoma, single",
                "self: VIPoma, single, insulinoma, single",
                "self: insulinoma, multiple",
                "self: gastrinoma, multiple",
                "self: VIPoma, multiple",
            ],
        ),
        (GeneTested("RET", "negative"), ["self: test RET negative, full"]),
        (GeneTested("RET", "pathogenic", variant="M918T"), ["self: test RET pathogenic, variant M918T"]),
        (GeneTested("RET", "negative", scope=Scope.FAMILIAL_VARIANT), ["self: test RET negative, familial-variant"]),
        (GeneTested("MEN1", "uncertain", origin=Origin.SOMATIC), ["self: test MEN1 uncertain, somatic"]),
        (PersonIs(age=AgeNow(before=18)), ["self: age 17"]),
        (PersonIs(sex=Sex.MALE), ["self: male"]),
        (PersonIs(age=AgeNow(by=20, from_=3), sex=Sex.FEMALE), ["self: age 20, female", "self: age 3, female"]),
        (Meets("fat"), ["self: lipoma"]),
        (AnyOf((YOUNG, Meets("fat"))), ["self: insulinoma @39", "self: lipoma"]),
        (
            AllOf((YOUNG, SEVERAL)),
            [
                "self: gastrinoma, multiple @20, insulinoma @39",
                "self: gastrinoma, multiple @20, insulinoma @39",
                "self: gastrinoma, multiple @30, insulinoma @39",
            ],
        ),
        (
            AtLeast(2, (YOUNG, SEVERAL, Meets("fat"))),
            [
                "self: gastrinoma, multiple @20, insulinoma @39",
                "self: gastrinoma, multiple @20, insulinoma @39",
                "self: gastrinoma, multiple @30, insulinoma @39",
                "self: insulinoma @39, lipoma",
                "self: insulinoma @39, lipoma",
                "self: gastrinoma, multiple @20, lipoma",
                "self: gastrinoma, multiple @30, lipoma",
                "self: gastrinoma, multiple @20, lipoma",
            ],
        ),
        (AtLeast(2, (Has("lipoma"), Has("insulinoma"))), ["self: insulinoma, lipoma"] * 2),
        (
            AtLeast(2, (Has("endocrine-tumor"), Has("endocrine-tumor"))),
            ["self: endocrine tumor", "self: endocrine tumor", "self: adrenal cyst, anaplastic thyroid carcinoma"],
        ),
        (Relatives(YOUNG), ["mother: insulinoma @39", "mother's mother's sister's daughter: insulinoma @39"]),
        (
            Relatives(YOUNG, within=2, at_least=2),
            [
                "mother: insulinoma @39",
                "brother: insulinoma @39; mother: insulinoma @39",
                "mother's mother: insulinoma @39",
                "mother's mother: insulinoma @39; mother's sister: insulinoma @39",
            ],
        ),
        (Relatives(Relatives(YOUNG)), []),
        (Relatives(AllOf((Has("lipoma"), Relatives(Has("vipoma"), within=1)))), []),
        (
            AllOf((Tumors(("insulinoma", "gastrinoma"), 1), AnyOf((YOUNG, Has("insulinoma", by=60))))),
            [
                "self: insulinoma, single @39, insulinoma, single @61",
                "self: gastrinoma, single, insulinoma, single @39",
                "self: insulinoma, single @39, insulinoma, multiple @61",
                "self: gastrinoma, multiple, insulinoma, single @39",
                "self: insulinoma, single @39, insulinoma, single @61",
                "self: insulinoma, single @60, insulinoma, single @61",
            ],
        ),
        (NoneOf((YOUNG,)), [""]),
    ],
)
def test_families_that_meet_a_criterion_are_at_its_lines(criterion: Criterion, families: list[str]) -> None:
    assert [told(spec) for spec in Boundaries([(criterion, NAMES)]).meeting(criterion, NAMES)] == families


@pytest.mark.parametrize(
    ("criterion", "families"),
    [
        (
            Has("insulinoma", before=40),
            [
                "",
                "self: insulinoma @39",
                "self: insulinoma @40",
                "self: insulinoma @41",
            ],
        ),
        (
            Has("lipoma", bilateral=True, recurrent=True, metastatic=True, larger_than=10),
            [
                "",
                "self: lipoma, bilateral",
                "self: lipoma, multiple",
                "self: lipoma, unilateral",
                "self: lipoma, 10 mm, unilateral",
                "self: lipoma, 11 mm, unilateral",
                "self: lipoma, metastatic, unilateral",
                "self: lipoma, recurrent, unilateral",
                "self: lipoma, bilateral, metastatic, 11 mm",
                "self: lipoma, bilateral, recurrent, 11 mm",
                "self: lipoma, recurrent, metastatic, 11 mm",
                "self: lipoma, bilateral, recurrent, metastatic, 10 mm",
                "self: lipoma, bilateral, recurrent, metastatic, 11 mm",
            ],
        ),
        (
            Tumors(("insulinoma", "gastrinoma"), at_least=2),
            [
                "",
                "self: gastrinoma, multiple",
                "self: gastrinoma, single",
                "self: insulinoma, multiple",
                "self: insulinoma, single",
                "self: gastrinoma, multiple, insulinoma, single",
                "self: gastrinoma, single, insulinoma, multiple",
                "self: gastrinoma, single, insulinoma, single",
            ],
        ),
        (
            PersonIs(age=AgeNow(before=18)),
            [
                "",
                "self: age 16",
                "self: age 17",
                "self: age 18",
            ],
        ),
        (
            Relatives(Has("lipoma"), within=2, at_least=2),
            [
                "",
                "self: lipoma",
                "brother: lipoma",
                "mother: lipoma",
                "mother's mother: lipoma",
                "mother's sister: lipoma",
                "mother's sister's son: lipoma",
                "brother: lipoma; mother: lipoma",
                "brother: lipoma; mother's mother: lipoma",
                "mother: lipoma; mother's sister: lipoma",
                "mother's mother: lipoma; mother's sister: lipoma",
                "mother's mother: lipoma; mother's sister's daughter: lipoma",
                "mother's sister: lipoma; mother's sister's son: lipoma",
            ],
        ),
        (
            AllOf((Has("lipoma", bilateral=True), NoneOf((Has("insulinoma"),)))),
            [
                "",
                "self: insulinoma",
                "self: lipoma",
                "self: lipoma, bilateral",
                "self: lipoma, multiple",
                "self: lipoma, unilateral",
                "self: insulinoma, lipoma, bilateral",
            ],
        ),
        (
            Has("pheochromocytoma", from_=1, bilateral=True),
            [
                "",
                "self: pheochromocytoma @1",
                "self: pheochromocytoma, bilateral @0",
                "self: pheochromocytoma, bilateral @1",
                "self: pheochromocytoma, bilateral @2",
                "self: pheochromocytoma, multiple @0",
                "self: pheochromocytoma, multiple @1",
                "self: pheochromocytoma, multiple @2",
                "self: pheochromocytoma, unilateral @0",
                "self: pheochromocytoma, unilateral @1",
                "self: pheochromocytoma, unilateral @2",
            ],
        ),
    ],
)
def test_all_families_near_a_criterion_are_told_once_the_smallest_first(
    criterion: Criterion, families: list[str]
) -> None:
    assert [told(spec) for spec in Boundaries([(criterion, NAMES)]).families()] == families


def test_the_person_comes_first_then_the_nearest_relatives() -> None:
    relations = ["self", "sister", "mother's sister", "mother's mother's sister's daughter"]
    items = [Item(relation, "lipoma") for relation in relations]
    several = Item("sister", "lipoma", 3, ("multiple",)), Item("sister", "lipoma", 3), Item("sister", "insulinoma", 9)
    assert [one.relation for one in ordered(frozenset(items))] == relations
    assert ordered(frozenset(several)) == [several[2], several[1], several[0]]

"""What keeps a criterion from being met, in words: each condition that fails, and what is not recorded at all."""

from __future__ import annotations

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, Person, Sex, Status
from menscreen.rules.criteria import (
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
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind
from menscreen.screening.shortfalls import Shortfalls

L = Has("lipoma")
NAMES = {"fat": Has("lipoma", before=20)}
FAMILY = Pedigree(
    (
        Person("a", age=Age(50, 50), mother="b", father="e", findings=(
            Finding("pancreatic-net", age=Age(45, 45), status=Status.SUSPECTED),
            Finding("lipoma", age=Age(30, 30)),
            Finding("primary-hyperparathyroidism", age=Age(30, 30)),
            Finding("chronic-kidney-disease"),
        )),
        Person("b", sex=Sex.FEMALE, mother="d", findings=(Finding("lipoma", age=Age(60, 60)),)),
        Person("c", mother="d", findings=(Finding("lipoma"),)),
        Person("d"),
        Person("e"),
    ),
    "a",
)  # fmt: skip


@pytest.mark.parametrize(
    ("criterion", "short"),
    [
        (L, []),
        (Has("lipoma", before=30), [("the age does not count", Kind.AGE, "lipoma")]),
        (Has("lipoma", before=31), []),
        (Has("lipoma", by=29), [("the age does not count", Kind.AGE, "lipoma")]),
        (Has("lipoma", by=30), []),
        (Has("lipoma", from_=31), [("the age does not count", Kind.AGE, "lipoma")]),
        (Has("lipoma", from_=30), []),
        (Has("lipoma", multiple=True), [("only several count", Kind.MULTIPLE, "lipoma")]),
        (Has("lipoma", bilateral=True), [("only both sides count", Kind.BILATERAL, "lipoma")]),
        (Has("lipoma", larger_than=10), [("only more than 10 mm counts", Kind.SIZE, "lipoma")]),
        (Has("lipoma", recurrent=True), [("only recurrent disease counts", Kind.HISTORY, "lipoma")]),
        (Has("lipoma", metastatic=True), [("only metastatic disease counts", Kind.HISTORY, "lipoma")]),
        (
            Has("lipoma", before=20, multiple=True, recurrent=True),
            [
                ("the age does not count", Kind.AGE, "lipoma"),
                ("only several count", Kind.MULTIPLE, "lipoma"),
                ("only recurrent disease counts", Kind.HISTORY, "lipoma"),
            ],
        ),
        (
            Has("insulinoma"),
            [
                ("only insulinoma counts", Kind.TYPE, "pancreatic-net"),
                ("a suspected finding leaves it open", Kind.CONFIRMED, "pancreatic-net"),
            ],
        ),
        (
            Has("insulinoma", before=45),
            [
                ("only insulinoma counts", Kind.TYPE, "pancreatic-net"),
                ("a suspected finding leaves it open", Kind.CONFIRMED, "pancreatic-net"),
                ("the age does not count", Kind.AGE, "pancreatic-net"),
            ],
        ),
        (
            Has("primary-hyperparathyroidism"),
            [("whether it was primary is open", Kind.CAUSE, "primary-hyperparathyroidism")],
        ),
        (
            Has("vipoma"),
            [
                ("only VIPoma counts", Kind.TYPE, "pancreatic-net"),
                ("a suspected finding leaves it open", Kind.CONFIRMED, "pancreatic-net"),
            ],
        ),
        (Has("men1"), [("needs MEN1 as well", None, None)]),
        (Has("pheochromocytoma"), [("needs pheochromocytoma as well", None, None)]),
        (Meets("fat"), [("the age does not count", Kind.AGE, "lipoma")]),
        (
            AllOf((Has("lipoma", before=20), Has("pheochromocytoma"))),
            [("the age does not count", Kind.AGE, "lipoma"), ("needs pheochromocytoma as well", None, None)],
        ),
        (AllOf(()), []),
        (AnyOf((Has("pheochromocytoma"), Has("lipoma", before=20))), [("the age does not count", Kind.AGE, "lipoma")]),
        (AnyOf((Has("pheochromocytoma"), Has("men1"))), [("needs pheochromocytoma as well", None, None)]),
        (AnyOf(()), [("nothing", None, None)]),
        (NoneOf((L,)), [("excluded by lipoma", None, None)]),
        (NoneOf((Has("pheochromocytoma"), L)), [("excluded by lipoma", None, None)]),
        (Tumors(("lipoma", "pheochromocytoma"), 3), [("needs 3 of lipoma or pheochromocytoma", Kind.MULTIPLE, None)]),
        (Tumors(("pheochromocytoma",), 1), [("needs 1 of pheochromocytoma", None, None)]),
        (Tumors(("lipoma",), 1), []),
        (GeneTested("RET", "negative"), [("needs a RET test that is negative", None, None)]),
        (PersonIs(sex=Sex.MALE), [("needs another age or sex", None, None)]),
        (
            AtLeast(2, (L, Has("pheochromocytoma"))),
            [("needs another tumor of its list as well (lipoma or pheochromocytoma)", None, None)],
        ),
        (AtLeast(2, (L, L)), [("needs another tumor of its list as well (lipoma)", None, None)]),
        (
            AtLeast(1, (Has("pheochromocytoma"), Has("vipoma"))),
            [
                ("only VIPoma counts", Kind.TYPE, "pancreatic-net"),
                ("a suspected finding leaves it open", Kind.CONFIRMED, "pancreatic-net"),
            ],
        ),
        (
            AtLeast(2, (Has("lipoma", before=20), Has("pheochromocytoma"), Has("men1"))),
            [
                ("the age does not count", Kind.AGE, "lipoma"),
                ("needs another tumor of its list as well (lipoma, pheochromocytoma or MEN1)", None, None),
            ],
        ),
        (
            AtLeast(2, (Has("lipoma", before=20), Has("primary-hyperparathyroidism", before=20))),
            [
                ("the age does not count", Kind.AGE, "lipoma"),
                ("whether it was primary is open", Kind.CAUSE, "primary-hyperparathyroidism"),
                ("the age does not count", Kind.AGE, "primary-hyperparathyroidism"),
            ],
        ),
        (Relatives(L), []),
        (Relatives(L, within=1, at_least=2), [("needs the relative within degree 1", Kind.PLACE, None)]),
        (Relatives(L, at_least=3), [("needs 3 relatives with lipoma", None, None)]),
        (Relatives(Has("pheochromocytoma")), [("needs a relative with pheochromocytoma", None, None)]),
        (Relatives(Has("lipoma", from_=50), within=1, at_least=2), [("needs 2 relatives with lipoma", None, None)]),
    ],
)
def test_each_thing_that_is_short_is_told(
    criterion: Criterion, short: list[tuple[str, Kind | None, str | None]]
) -> None:
    evaluation = Evaluation(Plan([criterion], [NAMES]), prepare(FAMILY, (0,)))
    found = Shortfalls(evaluation).of(criterion, 0)
    assert [(one.words, one.kind, one.fact and one.fact.term) for one in found] == short
    assert [one.has is None for one in found] == [one.fact is None for one in found]
    assert [one.within for one in found if one.kind is Kind.PLACE] == [1] * ("needs the relative" in str(short))


@pytest.mark.parametrize(
    ("criterion", "is_remote"),
    [
        (Has("men1"), True),
        (Has("pheochromocytoma"), False),
        (GeneTested("RET", "negative"), True),
        (PersonIs(sex=Sex.MALE), True),
        (Relatives(Has("pheochromocytoma")), False),
        (NoneOf((L,)), False),
    ],
)
def test_a_diagnosis_or_a_test_that_is_not_there_is_remote(criterion: Criterion, is_remote: bool) -> None:
    evaluation = Evaluation(Plan([criterion], [{}]), prepare(FAMILY, (0,)))
    (one,) = Shortfalls(evaluation).of(criterion, 0)
    assert (one.is_lack, one.is_remote, one.within) == (True, is_remote, None)

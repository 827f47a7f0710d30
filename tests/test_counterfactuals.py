"""What would change an outcome, against brute force over every single change of a recorded fact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import msgspec
import pytest
from histories import books, effort, histories
from hypothesis import given, strategies as st
from test_evidence import Subset, records

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, Person
from menscreen.rules.criteria import AllOf, AnyOf, Has, Meets, NoneOf, Relatives, Tumors
from menscreen.rules.evaluation import Plan
from menscreen.rules.examples import family as shorthand
from menscreen.rules.facts import Fact
from menscreen.rules.families import prepare
from menscreen.rules.loading import load
from menscreen.screening.counterfactuals import (
    OTHER_CHANGE,
    _changes_of,
    _findings,
    counterfactuals,
    counts_with,
    explain,
)
from menscreen.screening.evidence import undoing
from menscreen.screening.levels import Level
from menscreen.screening.program import Program, Run
from menscreen.screening.tally import tally_of
from menscreen.screening.wording import Wording

PROGRAM = Program(tuple(book for book in books() if book.guideline.status == "active"))


def run_of(pedigree: Pedigree) -> tuple[Run, int]:
    position = pedigree.position[pedigree.proband]
    return PROGRAM.run(prepare(pedigree, (position,))), position


def nearest(pedigree: Pedigree) -> dict[str, int]:
    run, position = run_of(pedigree)
    found = counterfactuals(run, position, Wording(run.family, position))
    return {one.rule: one.distance for one in found}


def single_changes(fact: Fact, oldest: int) -> Iterator[tuple[int, dict[str, object]]]:
    """Every change of one recorded fact, with its distance."""
    if fact.age_recorded:
        for age in range(oldest + 1):
            distance = max(0, fact.high - age if age < fact.high else 0, age - fact.low if age > fact.low else 0)
            yield distance, {"age": Age(age, age)}
    if fact.multiple is False:
        yield OTHER_CHANGE, {"multiple": True}
    if fact.bilateral is False:
        yield OTHER_CHANGE, {"bilateral": True, "multiple": True}
    yield OTHER_CHANGE, {"recurrent": True}
    yield OTHER_CHANGE, {"metastatic": True}
    if fact.size_mm is not None:
        yield OTHER_CHANGE, {"size_mm": 500.0}


def changed(pedigree: Pedigree, position: int, fact: Fact, change: dict[str, object]) -> Pedigree:
    person = pedigree.people[position]

    def apply(finding: Finding) -> Finding:
        if finding not in fact.findings or ("age" in change and finding.age is None):
            return finding
        return attrs.evolve(finding, **change)  # type: ignore[arg-type]

    person = attrs.evolve(person, findings=tuple(map(apply, person.findings)))
    return attrs.evolve(pedigree, people=(*pedigree.people[:position], person, *pedigree.people[position + 1 :]))


@effort(25)
@given(st.data())
def test_the_nearest_fact_is_that_of_brute_force(data: st.DataObject) -> None:
    pedigree = data.draw(histories(max_people=3, max_findings=1, max_tests=0))
    run, position = run_of(pedigree)
    mine = nearest(pedigree)
    counting = {count.rule for count in tally_of(run, position).counts}
    for rule in PROGRAM.plan.touched(run.family):
        if rule in counting or PROGRAM.rules[rule].strength.value == "ask":
            continue
        distances = [
            distance
            for body in run.family.bodies
            for fact in body.facts
            for distance, change in single_changes(fact, min(body.oldest, 99))
            if counts_with(PROGRAM, changed(pedigree, body.position, fact, change), position, rule)
        ]
        assert mine.get(PROGRAM.names[rule]) == min(distances, default=None), PROGRAM.names[rule]


@effort(150)
@given(st.data())
def test_a_record_undoes_the_outcome_when_every_statement_at_its_level_needs_it(data: st.DataObject) -> None:
    pedigree = data.draw(histories(max_people=4))
    run, position = run_of(pedigree)
    tally = tally_of(run, position)
    top = [count for count in tally.counts if count.men and count.certain is tally.level]
    expected = []
    if tally.level >= Level.CONSIDER:
        everything = frozenset(records(pedigree))
        for record in sorted(everything):
            without = Subset(run.evaluation, everything - {record})
            if not any(without.holds(PROGRAM.criteria[count.rule], count.body) for count in top):
                expected.append(record)
    assert list(undoing(run, tally)) == expected


def test_a_near_miss_is_said_in_a_sentence() -> None:
    pedigree = shorthand({"self": ["age 60"], "mother": ["primary hyperparathyroidism, single @44"]})
    run, position = run_of(pedigree)
    found = counterfactuals(run, position, Wording(run.family, position))
    sentence = next(one.sentence for one in found if one.rule == "eviq-1428/parathyroid-under-40")
    assert sentence == (
        "would be met had the mother's primary hyperparathyroidism been diagnosed before 40; it was at 44"
    )


def test_the_type_of_a_tumor_is_no_near_miss() -> None:
    assert "eta-2012/medullary-carcinoma" not in nearest(shorthand({"self": ["papillary thyroid carcinoma @30"]}))


def test_what_undoes_an_outcome() -> None:
    run, position = run_of(shorthand({"self": ["primary hyperparathyroidism, single @60", "prolactinoma @50"]}))
    assert undoing(run, tally_of(run, position)) == ((0, "self[0]"), (0, "self[1]"))
    three = {"self": ["primary hyperparathyroidism, single @60", "prolactinoma @50", "insulinoma @50"]}
    run, position = run_of(shorthand(three))
    assert undoing(run, tally_of(run, position)) == ()


def test_a_tumor_that_another_syndrome_explains_is_changed_as_well() -> None:
    alone = {"self": ["age 60", "insulinoma, single @42"]}
    explained = {"self": ["age 60", "insulinoma, single @42", "vhl"]}
    needed = "would be met had the person's own insulinoma been diagnosed before 40; it was at 42"
    for people in (alone, explained):
        assert needed in [one.sentence for one in explain(shorthand(people), rulebooks=["eviq-1428"])]


@pytest.mark.parametrize(
    ("people", "criterion", "sentence"),
    [
        (
            {"self": ["prolactinoma, 8 mm @25"]},
            Has("pituitary-adenoma", larger_than=10),
            "would be met had the person's own prolactinoma been larger than 10 mm; it was 8 mm",
        ),
        (
            {"self": ["pheochromocytoma, unilateral @70"]},
            Has("pheochromocytoma", bilateral=True),
            "would be met had the person's own pheochromocytoma been on both sides",
        ),
        (
            {"self": ["pheochromocytoma, single"]},
            Has("pheochromocytoma", multiple=True),
            "would be met had the person's own pheochromocytoma been several glands or tumors",
        ),
        (
            {"self": ["lipoma @15"]},
            Has("lipoma", from_=18),
            "would be met had the person's own lipoma been diagnosed at 18 or older; it was at 15",
        ),
        (
            {"self": ["lipoma @19"]},
            Has("lipoma", by=18),
            "would be met had the person's own lipoma been diagnosed at 18 or younger; it was at 19",
        ),
        (  # a record of the same tumor that has no age stays without
            {"self": ["pheochromocytoma @70", "adrenal tumor"]},
            Has("pheochromocytoma", before=60),
            "would be met had the person's own pheochromocytoma been diagnosed before 60; it was at 70",
        ),
    ],
)
def test_each_kind_of_fact_can_be_the_nearest(people: dict[str, list[str]], criterion: Has, sentence: str) -> None:
    book = load("eviq-1428")
    own = msgspec.structs.replace(book, rules=(msgspec.structs.replace(book.rules[1], when=criterion),))
    assert [one.sentence for one in explain(shorthand(people), rulebooks=[own])] == [sentence]


@pytest.mark.parametrize(
    ("recorded", "has", "changes"),
    [
        (
            {"age": Age(42, 42)},
            Has("insulinoma", before=40),
            [("age", Age(39, 39), "42", "before 40", "been diagnosed before 40; it was at 42", 3)],
        ),
        (
            {"age": Age(40, 40)},
            Has("insulinoma", before=40),
            [("age", Age(39, 39), "40", "before 40", "been diagnosed before 40; it was at 40", 1)],
        ),
        ({"age": Age(39, 39)}, Has("insulinoma", before=40), []),
        (
            {"age": Age(42, 44)},
            Has("insulinoma", by=40),
            [("age", Age(40, 40), "42-44", "at 40 or younger", "been diagnosed at 40 or younger; it was at 42-44", 4)],
        ),
        (
            {"age": Age(40, 41)},
            Has("insulinoma", by=40),
            [("age", Age(40, 40), "40-41", "at 40 or younger", "been diagnosed at 40 or younger; it was at 40-41", 1)],
        ),
        (
            {"age": Age(15, 15)},
            Has("insulinoma", from_=18),
            [("age", Age(18, 18), "15", "at 18 or older", "been diagnosed at 18 or older; it was at 15", 3)],
        ),
        (
            {"age": Age(15, 17)},
            Has("insulinoma", from_=18, before=40),
            [("age", Age(18, 18), "15-17", "at 18 or older", "been diagnosed at 18 or older; it was at 15-17", 3)],
        ),
        ({"age": Age(18, 18)}, Has("insulinoma", from_=18), []),
        (
            {"age": Age(42, 42)},
            Has("insulinoma", from_=18, before=40),
            [("age", Age(39, 39), "42", "before 40", "been diagnosed before 40; it was at 42", 3)],
        ),
        ({"age": Age(30, 30), "now": Age(35, 35)}, Has("insulinoma", from_=40), []),
        (
            {"age": Age(30, 30), "now": Age(40, 40)},
            Has("insulinoma", from_=40),
            [("age", Age(40, 40), "30", "at 40 or older", "been diagnosed at 40 or older; it was at 30", 10)],
        ),
        ({}, Has("insulinoma", before=40), []),
        ({"now": Age(60, 60)}, Has("insulinoma", before=40), []),
        (
            {"multiple": False},
            Has("insulinoma", multiple=True),
            [("multiple", True, "one", "several glands or tumors", "been several glands or tumors", 1000)],
        ),
        ({}, Has("insulinoma", multiple=True), []),
        ({"multiple": True}, Has("insulinoma", multiple=True), []),
        (
            {"bilateral": False},
            Has("insulinoma", bilateral=True),
            [("bilateral", True, "one side", "on both sides", "been on both sides", 1000)],
        ),
        (
            {"bilateral": False, "multiple": False},
            Has("insulinoma", bilateral=True, multiple=True),
            [
                ("multiple", True, "one", "several glands or tumors", "been several glands or tumors", 1000),
                ("bilateral", True, "one side", "on both sides", "been on both sides", 1000),
            ],
        ),
        (
            {},
            Has("insulinoma", recurrent=True),
            [("recurrent", True, "not recorded", "come back", "come back", 1000)],
        ),
        ({}, Has("insulinoma", metastatic=True), [("metastatic", True, "not recorded", "spread", "spread", 1000)]),
        ({"recurrent": True, "metastatic": True}, Has("insulinoma", metastatic=True, recurrent=True), []),
        (
            {"size_mm": 10.0},
            Has("insulinoma", larger_than=10),
            [("size_mm", 11.0, "10 mm", "more than 10 mm", "been larger than 10 mm; it was 10 mm", 1000)],
        ),
        ({"size_mm": 10.5}, Has("insulinoma", larger_than=10), []),
        ({}, Has("insulinoma", larger_than=10), []),
        (
            {"age": Age(42, 42), "size_mm": 9.5, "multiple": False},
            Has("insulinoma", before=40, larger_than=10, multiple=True, metastatic=True),
            [
                ("age", Age(39, 39), "42", "before 40", "been diagnosed before 40; it was at 42", 3),
                ("multiple", True, "one", "several glands or tumors", "been several glands or tumors", 1000),
                ("metastatic", True, "not recorded", "spread", "spread", 1000),
                ("size_mm", 11.0, "9.5 mm", "more than 10 mm", "been larger than 10 mm; it was 9.5 mm", 1000),
            ],
        ),
    ],
)
def test_the_changes_that_would_meet_a_criterion_are_told_whole(
    recorded: dict[str, Any], has: Has, changes: list[tuple[object, ...]]
) -> None:
    finding = Finding("insulinoma", **{key: value for key, value in recorded.items() if key != "now"})
    family = Pedigree((Person("a", age=recorded.get("now"), findings=(finding,)),), "a")
    body = prepare(family, (0,)).bodies[0]
    told = [(one.name, one.value, one.recorded, one.needed, one.words, one.distance)
            for one in _changes_of(3, body.facts[0], has, body.oldest)]  # fmt: skip
    assert told == changes
    assert list(_changes_of(3, body.facts[0], Has("gastrinoma", before=1, multiple=True), body.oldest)) == []


def test_the_findings_that_a_criterion_asks_for_are_looked_at_once() -> None:
    plain, named = Has("insulinoma"), Has("lipoma")
    asked = AllOf(
        (plain, Meets("fat"), Tumors(("insulinoma", "vipoma"), 2), Relatives(AnyOf((plain, NoneOf((named,))))))
    )
    plan = Plan([asked], [{"fat": named}])
    several = [Has("insulinoma", multiple=True), Has("vipoma", multiple=True)]
    found = list(_findings(asked, plan))
    assert sorted(found, key=str) == sorted([plain, named, *several], key=str)


def test_a_rule_counts_for_who_has_what_it_asks_for() -> None:
    program = Program((load("eviq-1428"),))
    names = {name: number for number, name in enumerate(program.names)}
    young, old = shorthand({"self": ["insulinoma, single @39"]}), shorthand({"self": ["insulinoma, single @40"]})
    counting = {name for name, number in names.items() if counts_with(program, young, 0, number)}
    assert counting
    assert not {name for name, number in names.items() if counts_with(program, old, 0, number)}
    assert counting != names.keys()

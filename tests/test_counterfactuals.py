"""What would change an outcome, against brute force over every single change of a recorded fact."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import msgspec
import pytest
from histories import books, effort, histories
from hypothesis import given, strategies as st
from test_evidence import Subset, records

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding
from menscreen.rules.criteria import Has
from menscreen.rules.examples import family as shorthand
from menscreen.rules.facts import Fact
from menscreen.rules.families import prepare
from menscreen.rules.loading import load
from menscreen.screening.counterfactuals import OTHER_CHANGE, counterfactuals, counts_with, explain
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

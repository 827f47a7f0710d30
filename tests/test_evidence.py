"""Minimal evidence against brute force: every subset of the records, judged by a slow and obvious evaluator."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import chain, combinations, permutations
from pathlib import Path
from unittest import mock

import attrs
import jsonschema
import pytest
from histories import effort, histories, rules
from hypothesis import event, given, strategies as st

import menscreen
from menscreen.laws.completing import placed
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import Side, obligate_carriers, relation_name
from menscreen.pedigree.person import Origin
from menscreen.reports.phrases import People, enough
from menscreen.reports.writing import render
from menscreen.rules import answers, criteria
from menscreen.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, Has, Meets, NoneOf, PersonIs, Relatives, Tumors
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.examples import family as shorthand
from menscreen.rules.facts import FOUND, Body, Fact, joined
from menscreen.rules.families import prepare
from menscreen.rules.loading import shipped_rulebook
from menscreen.rules.reasons import Reasons
from menscreen.screening import evidence
from menscreen.screening.evidence import Places, Sets, minimal_sets
from menscreen.screening.verdict import Flag


class Subset:
    """Judges a criterion with some of the records, what speaks against it staying as it is."""

    def __init__(self, evaluation: Evaluation, kept: Places) -> None:
        self.evaluation = evaluation
        self.family = evaluation.family
        self.kept = kept

    def facts(self, body: Body, has: Has) -> list[Fact]:
        """The facts that satisfy `has` with the records that are kept, and with all of them."""
        found = []
        for fact in body.facts:
            some = [finding for finding in fact.findings if (body.position, finding.at) in self.kept]
            alone = joined(fact, some, body.oldest) if some else []
            if answers.fact_answers(fact, has)[0] and any(answers.fact_answers(one, has)[0] for one in alone):
                found.append(fact)
        return found

    def holds(self, criterion: Criterion, number: int) -> bool:
        body = self.family.bodies[number]
        match criterion:
            case Meets():
                return self.holds(self.evaluation.plan.definition(criterion), number)
            case AllOf():
                return all(self.holds(part, number) for part in criterion.all)
            case AnyOf():
                return any(self.holds(part, number) for part in criterion.any)
            case NoneOf():
                return bool(self.evaluation.masks(criterion)[0] >> number & 1)
            case PersonIs():
                sex = self.family.pedigree.people[body.position].sex
                return answers.person_answers(body, sex, criterion)[0]
            case Has():
                return bool(self.facts(body, criterion))
            case Tumors():
                return self.count(body, criterion) >= criterion.at_least
            case criteria.Tested():
                return self.tested(body, criterion)
            case AtLeast():
                return self.matched(criterion, number)
            case Relatives():
                return self.relatives(criterion, number)

    def count(self, body: Body, tumors: Tumors) -> int:
        most: dict[int, int] = {}
        for term in tumors.of:
            for has, worth in ((Has(term), 1), (Has(term, multiple=True), 2)):
                for fact in self.facts(body, has):
                    if not fact.summary:
                        most[fact.same] = max(most.get(fact.same, 0), worth)
        return sum(most.values())

    def tested(self, body: Body, tested: criteria.Tested) -> bool:
        people = self.family.pedigree.people
        alone = Body.__new__(Body)
        alone.position, alone.carries = body.position, frozenset()
        for at in (body.position, *self.family.pedigree.identical.get(body.position, ())):
            for test in people[at].tests:
                if (at, test.at) in self.kept and (at == body.position or test.origin is Origin.GERMLINE):
                    alone.tests = (test,)
                    if answers.test_answers(alone, tested)[0]:
                        return True
        carriers = [
            (at, test)
            for at, person in enumerate(people)
            for test in person.tests
            if (at, test.at) in self.kept and test.gene == tested.gene and test.result in FOUND
            if test.origin is Origin.GERMLINE
        ]
        return (
            tested.result == "pathogenic"
            and tested.gene in body.carries
            and any(
                one[0] != other[0]
                and (one[1].variant is None or other[1].variant is None or one[1].variant == other[1].variant)
                and body.position in obligate_carriers(self.family.pedigree, (one[0], other[0]))
                for one, other in combinations(carriers, 2)
            )
        )

    def matched(self, criterion: AtLeast, number: int) -> bool:
        body = self.family.bodies[number]
        candidates: list[set[object]] = []
        for part in criterion.of:
            choice = self.evaluation.plan.choice(part)
            if choice is None:
                candidates.append({id(part)} if self.holds(part, number) else set())
            else:
                candidates.append({one.same for has in choice for one in self.facts(body, has) if not one.summary})
        return any(distinct(chosen) for some in combinations(candidates, criterion.at_least) for chosen in [some])

    def relatives(self, criterion: Relatives, number: int) -> bool:
        position = self.family.bodies[number].position
        placed, _ = self.family.kin(position)
        sides: dict[Side, int] = {Side.MATERNAL: 0, Side.PATERNAL: 0}
        for other, at in self.family.by_position.items():
            tie = placed.get(other)
            if other == position or tie is None or not self.holds(criterion.have, at):
                continue
            if criterion.within is not None and tie.degree > criterion.within:
                continue
            for side in sides:
                is_own = tie.side in (Side.OWN, Side.UNKNOWN) and criterion.side is None
                sides[side] += is_own or tie.side in (side, Side.BOTH)
        wanted = sides.values() if criterion.side is None else [sides[Side(criterion.side)]]
        return max(wanted) >= criterion.at_least


def distinct(candidates: tuple[set[object], ...]) -> bool:
    """Whether each can have a different tumor, by trying all orders."""
    everything = sorted(set().union(*candidates), key=repr)
    return any(
        all(one in allowed for one, allowed in zip(chosen, candidates, strict=True))
        for chosen in permutations(everything, len(candidates))
    )


def records(pedigree: Pedigree) -> list[tuple[int, str]]:
    return [
        (at, record.at) for at, person in enumerate(pedigree.people) for record in chain(person.findings, person.tests)
    ]


def by_brute_force(evaluation: Evaluation, criterion: Criterion, number: int) -> list[Places]:
    everything = records(evaluation.family.pedigree)
    found: list[Places] = []
    for size in range(len(everything) + 1):
        for some in combinations(everything, size):
            kept = frozenset(some)
            if not any(smaller <= kept for smaller in found) and Subset(evaluation, kept).holds(criterion, number):
                found.append(kept)
    return found


def met(pedigree: Pedigree) -> Iterator[tuple[str, Evaluation, Criterion, int]]:
    """Every rule that somebody in the family meets."""
    family = prepare(pedigree, range(len(pedigree.people)))
    for book, rule in rules():
        evaluation = Evaluation(Plan([rule.when], [book.definitions]), family)
        for number in range(len(family.bodies)):
            if evaluation.masks(rule.when)[0] >> number & 1:
                yield f"{book.id}/{rule.id}", evaluation, rule.when, number


@effort(150)
@given(st.data())
def test_minimal_sets_are_those_of_brute_force(data: st.DataObject) -> None:
    pedigree = data.draw(histories(max_people=4))
    if len(records(pedigree)) > 8:
        return
    for name, evaluation, criterion, number in met(pedigree):
        found = sorted(by_brute_force(evaluation, criterion, number), key=lambda one: (len(one), sorted(one)))
        assert minimal_sets(evaluation, criterion, number) == Sets(found, True), name


@effort(200)
@given(st.data())
def test_a_walk_that_is_cut_short_gives_minimal_sets_and_says_whether_they_are_all(data: st.DataObject) -> None:
    """Some records stand twice, as in files that software collects; each of the two is in sets of its own."""
    drawn = data.draw(histories(max_people=3))
    people = [attrs.evolve(one, findings=one.findings * data.draw(st.integers(1, 2))) for one in drawn.people]
    pedigree = attrs.evolve(drawn, people=tuple(placed(one, at) for at, one in enumerate(people)))
    if len(records(pedigree)) > 8:
        return
    most = data.draw(st.integers(0, 8))
    for name, evaluation, criterion, number in met(pedigree):
        found = by_brute_force(evaluation, criterion, number)
        with mock.patch.object(evidence, "MOST_LOOKED_AT", most):
            smallest, are_all = minimal_sets(evaluation, criterion, number)
        assert set(smallest) <= set(found), name
        assert not are_all or len(smallest) == len(found), name
        event("all" if are_all else "some" if smallest else "none")
        assert minimal_sets(evaluation, criterion, number).are_all
        assert set(minimal_sets(evaluation, criterion, number).smallest) == set(found), name


def sets(people: dict[str, list[str]], rulebook: str, rule: str) -> list[list[str]]:
    book = shipped_rulebook(rulebook)
    when = next(one.when for one in book.rules if one.id == rule)
    family = prepare(shorthand(people), (0,))
    evaluation = Evaluation(Plan([when], [book.definitions]), family)
    found, are_all = minimal_sets(evaluation, when, family.by_position[0])
    assert are_all
    return [sorted(at for _, at in one) for one in found]


def test_by_one_alone_or_by_two_together() -> None:
    three = {"self": ["insulinoma @50", "prolactinoma @50", "parathyroid adenoma @60"]}
    assert sets(three, "eviq-3176", "clinical-men1") == [
        ["self[0]", "self[1]"], ["self[0]", "self[2]"], ["self[1]", "self[2]"]
    ]  # fmt: skip
    assert sets({"self": ["MEN1", *three["self"][:2]]}, "eviq-3176", "clinical-men1") == [
        ["self[0]"], ["self[1]", "self[2]"]
    ]  # fmt: skip


def test_two_records_of_one_tumor_may_both_be_needed() -> None:
    people = {"self": ["primary hyperparathyroidism, multiple", "parathyroid adenoma @33"]}
    assert sets(people, "genotes-men1", "multigland-parathyroid-by-35") == [["self[0]", "self[1]"]]


def test_a_test_that_stands_beside_a_tumor_is_in_every_set() -> None:
    when = AtLeast(2, (Has("insulinoma"), criteria.Tested("MEN1", "pathogenic")))
    family = prepare(shorthand({"self": ["insulinoma @50", "insulinoma @50", "test MEN1 pathogenic"]}), (0,))
    found, are_all = minimal_sets(Evaluation(Plan([when], [{}]), family), when, 0)
    assert are_all
    assert sorted(sorted(at for _, at in one) for one in found) == [["self[0]", "self[2]"], ["self[1]", "self[2]"]]


def test_every_set_names_the_relative_it_rests_on() -> None:
    people = {"self": ["prolactinoma @50"], "mother": ["insulinoma @40"], "daughter": ["bronchial carcinoid"]}
    found = sets(people, "genotes-men1", "anomaly-and-relative-with-anomaly")
    assert found == [["mother[0]", "self[0]"], ["daughter[0]", "self[0]"]]


def test_an_obligate_carrier_rests_on_both_tests() -> None:
    people = {"self": ["male"], "mother": ["test MEN1 pathogenic"], "daughter": ["test MEN1 pathogenic"]}
    assert sets(people, "eviq-3176", "genetic-men1") == [["daughter[0]", "mother[0]"]]


def test_relatives_of_the_other_side_are_no_grounds_where_two_of_one_side_are_needed() -> None:
    people = {one: ["insulinoma @50"] for one in ("maternal aunt", "maternal uncle", "paternal aunt")}
    pedigree = shorthand({"self": [], **people})
    family = prepare(pedigree, (0,))
    for wanted, relations in (
        (Relatives(Has("insulinoma"), at_least=2), {"maternal aunt", "maternal uncle"}),
        (Relatives(Has("insulinoma"), side="paternal"), {"paternal aunt"}),
        (Relatives(Has("insulinoma")), {"maternal aunt", "maternal uncle", "paternal aunt"}),
    ):
        reasons = Reasons(Evaluation(Plan([wanted], [{}]), family), every=True)
        found = {ground.position for ground in reasons.grounds(wanted, family.by_position[0])}
        assert {relation_name(pedigree, 0, position) for position in found} == relations


def of(*findings: dict[str, object]) -> Flag:
    """The flag that a woman of 60 has by genotes-men1 for several parathyroid tumors by 35."""
    family = menscreen.read({"proband": {"sex": "female", "age": 60, "findings": list(findings)}})
    flags = menscreen.screen(family, rulebooks=["genotes-men1"]).flags
    return next(flag for flag in flags if flag.rule == "genotes-men1/multigland-parathyroid-by-35")


SEVERAL: dict[str, object] = {"finding": "primary hyperparathyroidism", "multiple": True}
EARLY: dict[str, object] = {"finding": "parathyroid adenoma", "age": 33}


def test_a_tumor_that_is_recorded_very_often_has_all_its_sets() -> None:
    more: list[dict[str, object]] = [{"finding": "primary hyperparathyroidism", "note": str(at)} for at in range(200)]
    flag = of(SEVERAL, EARLY, *more)
    assert flag.sets == 1
    assert [fact.at for fact in flag.suffices[0]] == ["proband.findings[0]", "proband.findings[1]"]
    flag = of(*[SEVERAL] * 10, *more, *[EARLY] * 10)
    assert flag.sets == 100
    assert len(flag.suffices) == evidence.MOST_SETS
    assert "more ways" in enough(flag, People({}))


def test_where_there_are_too_many_ways_to_choose_no_number_is_said() -> None:
    flag = of(*[SEVERAL] * 300, *[EARLY] * 300)
    assert flag.sets is None
    assert {len(some) for some in flag.suffices} == {2}
    assert len(flag.suffices) == evidence.MOST_SETS
    assert enough(flag, People({})).endswith(", or many more ways.")


@pytest.mark.clock
@pytest.mark.parametrize("findings", [
    [{"finding": "MTC"}] * 200,
    [{"finding": "primary hyperparathyroidism"}] * 100 + [{"finding": "primary hyperparathyroidism", "age": 31}],
    [{"finding": "primary hyperparathyroidism", "multiple": at % 2 > 0 or None} for at in range(100)],
], ids=["one word", "one of them with the age", "half of them several"])  # fmt: skip
def test_a_tumor_recorded_very_often_is_explained_soon(findings: list[dict[str, object]]) -> None:
    family = menscreen.read({"proband": {"sex": "female", "age": 60, "findings": findings}})
    began = time.perf_counter()
    screening = menscreen.screen(family)
    assert render(screening, "text")
    assert screening.flags or screening.questions
    assert time.perf_counter() - began < 10


@pytest.mark.clock
def test_many_affected_relatives_are_explained_soon(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text(
        (Path(__file__).parent / "corpus" / "rulebook.toml").read_text().partition("[definitions")[0]
        + """
[[rules]]
id = "many"
says = "Many relatives"
locator = "page 1"
provenance = "verbatim"
strength = "warranted"
when = { relatives = { at_least = 10, have = { has = "medullary-thyroid-carcinoma" } } }
"""
    )
    affected = [{"relation": "brother", "findings": [{"finding": "MTC"}]} for _ in range(40)]
    family = menscreen.read({"proband": {"sex": "female"}, "relatives": affected})
    began = time.perf_counter()
    screening = menscreen.screen(family, rulebooks=[path])
    result = json.loads(render(screening, "json"))
    assert time.perf_counter() - began < 20
    jsonschema.validate(result, menscreen.schema("result"))
    [verdict] = result["results"]
    assert verdict["rests_on"] == []
    for flag in verdict["flags"]:
        assert flag["sets"] is None
        assert {len(set(some)) for some in flag["suffices"]} == {10}


def test_every_pair_of_carriers_that_somebody_stands_between_suffices() -> None:
    carriers = {one: ["test MEN1 pathogenic"] for one in ("mother", "daughter", "son")}
    found = sets({"self": ["male"], **carriers}, "eviq-3176", "genetic-men1")
    assert sorted(found) == [["daughter[0]", "mother[0]"], ["mother[0]", "son[0]"]]


def test_of_several_tests_the_one_that_found_something_suffices() -> None:
    tests = ["test MEN1 negative", "test MEN1 pathogenic"]
    assert sets({"self": tests}, "eviq-3176", "genetic-men1") == [["self[1]"]]


def test_a_test_of_the_tumor_of_a_twin_says_nothing_of_the_other() -> None:
    tests = ["test MEN1 pathogenic, somatic", "test MEN1 pathogenic"]
    assert sets({"self": [], "identical twin sister": tests}, "eviq-3176", "genetic-men1") == [
        ["identical twin sister[1]"]
    ]


def test_a_record_that_sums_up_other_tumors_is_none_of_them() -> None:
    people = {"self": ["insulinoma @40", "glucagonoma @50", "pancreatic neuroendocrine tumor"]}
    family = prepare(shorthand(people), (0,))
    two = Tumors(("pancreatic-net",), at_least=2)
    found = minimal_sets(Evaluation(Plan([two], [{}]), family), two, 0)
    assert [sorted(at for _, at in one) for one in found.smallest] == [["self[0]", "self[1]"]]

"""Minimal evidence against brute force: every subset of the records, judged by a slow and obvious evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, permutations

from histories import effort, histories, rules
from hypothesis import given, strategies as st

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import Side, obligate_carriers, relation_name
from menscreen.pedigree.person import Origin
from menscreen.rules import answers, criteria
from menscreen.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, Has, Meets, NoneOf, PersonIs, Relatives, Tumors
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.examples import family as shorthand
from menscreen.rules.facts import FOUND, Body, Fact, joined
from menscreen.rules.families import prepare
from menscreen.rules.loading import shipped_rulebook
from menscreen.rules.reasons import Reasons
from menscreen.screening.evidence import Minimal, Places


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
        assert Minimal(evaluation).sets(criterion, number) == sorted(
            by_brute_force(evaluation, criterion, number), key=lambda one: (len(one), sorted(one))
        ), name


def sets(people: dict[str, list[str]], rulebook: str, rule: str) -> list[list[str]]:
    book = shipped_rulebook(rulebook)
    when = next(one.when for one in book.rules if one.id == rule)
    family = prepare(shorthand(people), (0,))
    evaluation = Evaluation(Plan([when], [book.definitions]), family)
    return [sorted(at for _, at in one) for one in Minimal(evaluation).sets(when, family.by_position[0])]


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

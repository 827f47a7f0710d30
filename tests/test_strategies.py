"""The public strategies: what they give is valid, keeps its options, finds what it is for, and shrinks to little."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from histories import effort
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st
from hypothesis.errors import InvalidArgument, NoSuchExample

import menscreen
from menscreen import (
    Adoption,
    Age,
    Finding,
    GeneticTest,
    History,
    Pedigree,
    Person,
    Severity,
    Sex,
    Status,
    Truth,
    Zygosity,
    strategies,
)
from menscreen.laws import as_recorded
from menscreen.laws.changing import in_one_order
from menscreen.laws.completing import Completing
from menscreen.laws.records import DOUBT, below
from menscreen.laws.statements import Answers, answers_of
from menscreen.laws.telling import told
from menscreen.pedigree.validation import problems_of
from menscreen.rules.criteria import Criterion, Tested as GeneTested
from menscreen.rules.loading import full_rulebook, load, rulebooks_of
from menscreen.rules.rulebook import Rule
from menscreen.strategies import (
    BrokenDocument,
    ages,
    completions,
    fhir_bundles,
    findings,
    genetic_tests,
    native_documents,
    pedigrees,
    pedigrees_near,
    people,
    relatives_forms,
)
from menscreen.strategies.damage import BREAKS
from menscreen.vocabulary import vocabulary

ONCE = settings(max_examples=500, database=None, deadline=None, phases=[Phase.generate], derandomize=True)
SMALLEST = settings(max_examples=2_000, database=None, deadline=None, derandomize=True)


@cache
def answers(id: str) -> Answers:
    return answers_of(load(id))


# Families


@effort(300)
@given(pedigrees())
def test_families_are_valid_and_are_read_as_they_are_written(family: Pedigree) -> None:
    assert [problem for problem in problems_of(family) if problem.severity is Severity.ERROR] == []
    again = menscreen.read(menscreen.convert(family, "menscreen").content)
    assert as_recorded(again) == as_recorded(family)


@effort(100)
@given(st.data())
def test_there_are_as_many_people_as_was_asked_for(data: st.DataObject) -> None:
    least = data.draw(st.integers(1, 6))
    most = data.draw(st.integers(least, 8))
    family = data.draw(pedigrees(min_people=least, max_people=most))
    assert least <= len(family.people) <= most


@effort(150)
@given(pedigrees(loops=False, max_people=12))
def test_without_loops_people_and_couples_are_joined_once(family: Pedigree) -> None:
    couples = {pair for pair in family.parents if min(pair) >= 0}
    ties = [(at, pair) for at, pair in enumerate(family.parents) if pair in couples]
    ties += [(at, max(pair)) for at, pair in enumerate(family.parents) if pair not in couples and max(pair) >= 0]
    ties += [(parent, pair) for pair in couples for parent in pair]
    assert is_forest([*range(len(family.people)), *couples], ties)


def is_forest(nodes: list[Any], ties: list[tuple[Any, Any]]) -> bool:
    """Every tie joins two parts that were apart."""
    part = {node: node for node in nodes}
    for one, other in ties:
        if part[one] == part[other]:
            return False
        part = {node: part[other] if of == part[one] else of for node, of in part.items()}
    return True


@effort(100)
@given(pedigrees(twins=False, adoption=False, unknowns=False, carried=False))
def test_what_was_switched_off_is_not_there(family: Pedigree) -> None:
    assert not family.twins
    assert family.id is None
    for person in family.people:
        assert person.adopted is None
        assert not person.adoptive_parents
        assert (person.label, person.gender, person.birth_year, person.asked) == (None,) * 4
        assert person.relation is None
        assert not person.placeholder
        assert person.sex is not Sex.UNKNOWN
        assert person.age is not None
        assert person.age.low == person.age.high
        assert person.history is History.KNOWN
        for finding in person.findings:
            assert None not in (finding.age, finding.multiple, finding.bilateral, finding.size_mm)
            assert finding.status is not Status.SUSPECTED
            assert not vocabulary().children(finding.term or "")
        assert all(test.scope is not None and test.variant is not None for test in person.tests)


@effort(100)
@given(pedigrees(people(max_findings=1, unknowns=False), max_people=3, unknowns=False))
def test_every_rule_is_decided_of_tumors_of_which_everything_is_known(known: Pedigree) -> None:
    for book in rulebooks_of("default"):
        assert Truth.UNDECIDED not in answers(book.id)(known).values()


@effort(150)
@given(pedigrees(everyone_connected=True, max_people=12))
def test_everyone_connected_leaves_nobody_apart(family: Pedigree) -> None:
    near = {person.id: {*filter(None, (person.mother, person.father)), *person.adoptive_parents} for person in
            family.people}  # fmt: skip
    for person in family.people:
        if person.relation is not None:
            near[person.id].add(person.relation.to)
    for twins in family.twins:
        near[twins.people[0]].update(twins.people)
    seen = {family.proband}
    while fresh := {other for one, others in near.items() for other in (one, *others) if seen & {one, *others}} - seen:
        seen |= fresh
    assert seen == set(near)


SHAPES: dict[str, tuple[Callable[[Pedigree], object], int]] = {
    "nobody else": (lambda family: True, 1),
    "a father": (lambda family: any(one.father for one in family.people), 2),
    "both parents": (lambda family: any(one.mother and one.father for one in family.people), 3),
    "a grandmother": (lambda family: any(one.mother and family.person(one.mother).mother for one in family.people), 3),
    "identical twins": (lambda family: any(one.zygosity is Zygosity.MONOZYGOTIC for one in family.twins), 2),
    "three born together": (lambda family: any(len(one.people) == 3 for one in family.twins), 3),
    "adopted in": (lambda family: any(one.adopted is Adoption.IN for one in family.people), 2),
    "adopted out": (lambda family: any(one.adopted is Adoption.OUT for one in family.people), 2),
    "by words": (lambda family: family.has_unplaced, 2),
    "half siblings": (lambda family: has_half_siblings(family), 4),
    "parents who are relatives": (lambda family: has_related_parents(family), 3),
    "strangers": (lambda family: any(len(family.people) > 1 and is_alone(family, one) for one in family.people), 2),
    "a placeholder": (lambda family: any(one.placeholder for one in family.people), 2),
    "a proband who is not first": (lambda family: family.proband != family.people[0].id, 2),
    "two of one tumor": (lambda family: any(len({x.term for x in p.findings}) == 1 < len(p.findings)
                                            for p in family.people), 1),
    "an unknown history": (lambda family: any(one.history is History.UNKNOWN for one in family.people), 1),
}  # fmt: skip


def has_half_siblings(family: Pedigree) -> bool:
    pairs = [pair for pair in family.parents if min(pair) >= 0]
    return any(len({*one, *other}) == 3 for one in pairs for other in pairs)


def has_related_parents(family: Pedigree) -> bool:
    from menscreen.pedigree.kinship import kin

    return any(min(pair) >= 0 and pair[1] in kin(family, pair[0]) for pair in family.parents)


def is_alone(family: Pedigree, one: Person) -> bool:
    at = family.position[one.id]
    ties = (*family.parents[at], *family.children[at])
    return max(ties, default=-1) < 0 and one.relation is None and not one.adoptive_parents


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_found_and_shrinks_to_a_postcard(shape: str) -> None:
    is_so, people_needed = SHAPES[shape]
    family = find(pedigrees(), is_so, settings=SMALLEST)
    assert people_needed <= len(family.people) <= people_needed + 3, told(family)
    assert sum(len(one.findings) + len(one.tests) for one in family.people) <= 2, told(family)


@pytest.mark.clock
def test_a_thousand_families_of_up_to_twelve_people_take_seconds() -> None:
    drawn = 0
    whole = settings(
        max_examples=1_000, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=HealthCheck
    )

    @whole
    @given(pedigrees(max_people=12))
    def draw(family: Pedigree) -> None:
        nonlocal drawn
        drawn += 1

    start = time.process_time()
    draw()
    assert drawn == 1_000
    assert time.process_time() - start < 20


# Records


@effort(200)
@given(findings(), genetic_tests(), ages(), people())
def test_records_are_of_the_vocabulary(finding: Finding, test: GeneticTest, age: Age, person: Person) -> None:
    assert (finding.term is None) == (finding.text is not None)
    assert finding.term is None or finding.term in vocabulary().terms
    assert not (finding.bilateral and not finding.multiple)
    assert 0 <= age.low <= age.top
    assert problems_of(Pedigree((person,), "p0")) == []
    assert test.gene.isupper() or any(letter.isdigit() for letter in test.gene)


@effort(50)
@given(pedigrees(people(findings=findings(terms=st.just("insulinoma"), carried=False), max_tests=0)))
def test_what_is_recorded_can_be_given(family: Pedigree) -> None:
    assert {one.term for person in family.people for one in person.findings} <= {"insulinoma"}
    assert not any(person.tests for person in family.people)


# Documents


@effort(150)
@given(native_documents() | relatives_forms())
def test_documents_are_read_without_an_error(document: dict[str, Any]) -> None:
    menscreen.screen_json(json.dumps(document).encode())


@effort(200)
@given(native_documents(broken=True))
def test_a_broken_document_has_the_problem_that_it_announces(broken: BrokenDocument) -> None:
    found = {(problem.code, problem.where, problem.severity) for problem in menscreen.check(broken.document)}
    assert (broken.code, broken.where, Severity.ERROR) in found


@pytest.mark.parametrize("number", range(len(BREAKS)))
def test_every_damage_is_announced_rightly(number: int) -> None:
    document = {"proband": "p0", "people": [{"id": "p0", "sex": "female"}, {"id": "p1", "sex": "male", "mother": "p0"}]}
    for at in (0, 1):
        broken = BREAKS[number](document, at)
        assert (broken.code, broken.where) in {(one.code, one.where) for one in menscreen.check(broken.document)}


@effort(60)
@given(fhir_bundles())
def test_bundles_are_read_in_any_order(document: dict[str, Any]) -> None:
    family = menscreen.read(json.dumps(document).encode())
    assert family.format == "fhir"
    document["entry"].reverse()
    assert in_one_order(menscreen.read(json.dumps(document).encode())) == in_one_order(family)


# Near a rule


def asks_for_a_test_alone(criterion: Criterion) -> bool:
    return isinstance(criterion, GeneTested) and criterion.scope is None and criterion.variant is None


@pytest.mark.parametrize("book", rulebooks_of("default"), ids=lambda book: book.id)
def test_each_rule_is_met_missed_and_undecided_within_500_families_near_it(book: menscreen.Rulebook) -> None:
    for rule in book.rules:
        seen = {answer for answer in Truth if is_found(book, rule, answer)}
        assert seen == {*Truth} - ({Truth.UNDECIDED} if asks_for_a_test_alone(rule.when) else set()), rule.id


def is_found(book: menscreen.Rulebook, rule: Rule, answer: Truth) -> bool:
    """By 500 draws, and not by looking at all families that there are."""
    says = answers_of(book)
    try:
        family = find(pedigrees_near(f"{book.id}/{rule.id}"), lambda one: says(one)[rule.id] is answer, settings=ONCE)
    except NoSuchExample:
        return False
    return problems_of(family) == []


def test_rules_that_can_never_be_open_ask_for_a_recorded_result_and_nothing_else() -> None:
    never = [f"{book.id}/{rule.id}" for book in rulebooks_of("default") for rule in book.rules
             if asks_for_a_test_alone(rule.when)]  # fmt: skip
    assert never == [
        "eviq-1428/variant-in-tumor",
        "eviq-1428/cdkn1b-variant-in-tumor",
        "eviq-3176/genetic-men1",
        "se-ppgl/max-variant",
    ]
    with pytest.raises(InvalidArgument, match="no family"):
        find(pedigrees_near(never[0], answer=Truth.UNDECIDED), lambda family: True)


@pytest.mark.parametrize("answer", Truth)
def test_an_answer_can_be_asked_for(answer: Truth) -> None:
    book = full_rulebook("eviq-1428")

    @effort(20)
    @given(pedigrees_near("parathyroid-under-40", rulebook=book, answer=answer))
    def gives_it(family: Pedigree) -> None:
        assert answers_of(book)(family)["parathyroid-under-40"] is answer

    gives_it()


# Completions


@effort(150)
@given(pedigrees(max_people=3), st.data())
def test_a_completion_keeps_what_is_known(family: Pedigree, data: st.DataObject) -> None:
    completed = data.draw(completions(family))
    assert [one.id for one in completed.people] == [one.id for one in family.people]
    for before, after in zip(family.people, completed.people, strict=True):
        assert after.age == before.age
        for old, new in zip(before.tests, after.tests, strict=True):
            assert new.scope in (old.scope, *(menscreen.Scope if old.scope is None else ()))
    assert problems_of(completed) == []


@effort(100)
@given(pedigrees(people(max_findings=1, max_tests=0), max_people=1), st.data())
def test_one_tumor_that_was_completed_leaves_no_rule_open(family: Pedigree, data: st.DataObject) -> None:
    (person,) = family.people
    if any(one.term in below("nf1", "vhl", "sdhx", "tsc", *DOUBT) for one in person.findings):
        return
    completed = data.draw(completions(family))
    book = load("eviq-1428")
    if not Completing([book]).families(family).all:
        return
    answers = {name: answer for name, answer in answers_of(book)(completed).items() if "age" not in name}
    assert Truth.UNDECIDED not in answers.values(), told(completed)


# Arguments


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: pedigrees(min_people=0),
        lambda: pedigrees(min_people=3, max_people=2),
        lambda: pedigrees(max_people=2.5),  # type: ignore[arg-type]
        lambda: pedigrees(loops=1),  # type: ignore[arg-type]
        lambda: pedigrees(Person("p0")),  # type: ignore[arg-type]
        lambda: people(max_findings=-1),
        lambda: people(findings=Finding("insulinoma")),  # type: ignore[arg-type]
        lambda: findings(unknowns=None),  # type: ignore[arg-type]
        lambda: findings(terms="insulinoma"),  # type: ignore[arg-type]
        lambda: genetic_tests(genes="RET"),  # type: ignore[arg-type]
        lambda: relatives_forms(min_relatives=4, max_relatives=3),
        lambda: native_documents(min_people=0),
        lambda: fhir_bundles(max_people=0),
        lambda: pedigrees_near("parathyroid-under-40"),
        lambda: pedigrees_near("eviq-1428/nothing"),
        lambda: pedigrees_near("nothing/at-all"),
        lambda: pedigrees_near("eviq-1428/parathyroid-under-40", answer="met"),  # type: ignore[arg-type]
        lambda: completions("family"),  # type: ignore[arg-type]
    ],
)
def test_wrong_arguments_are_refused_when_the_first_value_is_drawn(wrong: Callable[[], Any]) -> None:
    strategy = wrong()
    with pytest.raises(InvalidArgument):
        find(strategy, lambda one: True)


def test_the_fewest_people_may_be_more_than_usual() -> None:
    assert len(find(pedigrees(min_people=9), lambda family: True).people) == 9


def test_a_strategy_is_shown_as_it_was_written() -> None:
    assert repr(pedigrees(min_people=2, loops=False)) == "pedigrees(min_people=2, loops=False)"


# Registration


@pytest.mark.parametrize("type_", [Pedigree, Person, Finding, GeneticTest, Age])
def test_hypothesis_knows_the_types(type_: type) -> None:
    @effort(10)
    @given(st.from_type(type_))
    def is_made(value: object) -> None:
        assert isinstance(value, type_)
        assert not isinstance(value, Pedigree) or problems_of(value) == []

    is_made()


def test_hypothesis_starts_without_the_vocabulary_and_the_rules() -> None:
    code = "import sys, hypothesis; print(*[name for name in sys.modules if name.startswith('menscreen')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in done.stdout.split() if "." in name}
    assert rooms == {"strategies", "pedigree", "problems"}


def test_without_hypothesis_it_is_said_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None\nfrom menscreen import strategies\nstrategies.pedigrees"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'menscreen[testing]'" in done.stderr


def test_every_public_name_is_there_and_described() -> None:
    for name in strategies.__all__:
        assert getattr(strategies, name).__doc__
        assert name in dir(strategies)
    with pytest.raises(AttributeError, match="no attribute 'pedigree'"):
        _ = strategies.pedigree  # type: ignore[attr-defined]

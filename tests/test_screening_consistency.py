"""Whole screenings against every completion of the open facts, and questions against recorded answers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

import attrs
import pytest
from histories import books, effort, histories
from hypothesis import Phase, example, given, settings, target
from test_oracle import ASK_TOO_MUCH

from menscreen.laws.completing import Completing, placed
from menscreen.laws.records import are_comparable
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import MAX_AGE, Age, Finding, GeneticTest, History, Person, Result, Scope, Status
from menscreen.rules.families import prepare
from menscreen.rules.loading import FOLDER, profile
from menscreen.rules.rulebook import rulebook
from menscreen.screening.explaining import LateVerdict
from menscreen.screening.program import Program
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Outcome, Question, Verdict
from menscreen.vocabulary import vocabulary

MOST = 200
#: Hundreds of screenings for each family: to shrink one takes minutes.
WITHOUT_SHRINKING = [phase for phase in Phase if phase is not Phase.shrink]
T = TypeVar("T")


@cache
def without_exclusions() -> Program:
    """The default rulebooks without `none`, which looks at the recorded family and not at what may turn out."""

    def stripped(table: Any) -> Any:
        if isinstance(table, dict):
            return {key: [] if key == "none" else stripped(value) for key, value in table.items()}
        return [stripped(item) for item in table] if isinstance(table, list) else table

    documents = [tomllib.loads((FOLDER / f"{id}.toml").read_text()) for id in profile("default")]
    return Program([rulebook(stripped(document), "") for document in documents])


@cache
def completing() -> Completing:
    return Completing(books())


def verdict(family: Pedigree) -> Verdict:
    return screen(family).results[0]


def verdict_of(program: Program, family: Pedigree) -> Verdict:
    at = family.position[family.proband]
    return LateVerdict(program.run(prepare(family, (at,))), at)


def check_against_completions(family: Pedigree) -> None:
    program = without_exclusions()
    found = completing().families(family, MOST)
    said = verdict_of(program, family)
    outcomes = set()
    for one in found.families:
        after = verdict_of(program, one)
        assert after.outcome <= said.could_become, "an answer brings more than could_become"
        if said.outcome >= Outcome.CONSIDER:
            assert after.outcome >= said.outcome, "an outcome that is certain is lost"
        outcomes.add(after.outcome)
    target(float(len(outcomes)))
    if family.person(family.proband).history is History.UNKNOWN:
        return  # the outcome is clarify because of that alone
    if said.could_become is Outcome.CLARIFY:
        men = {name for name, is_men in zip(program.names, program.is_men, strict=True) if is_men}
        asking = {one.id for one in said.guidelines if one.outcome is Outcome.CLARIFY and one.rule in men}
        assert asking <= {"ochsner-net"}, "a rulebook that decides something asks for nothing"
    elif found.all and not any(one.rule in ASK_TOO_MUCH for one in said.guidelines):
        assert said.could_become in outcomes, "no answer brings what it could become"


def negative_for_one_variant() -> Pedigree:
    """Somebody with a benign variant of MAX, from a test of unknown scope; the mother carries another one."""
    tests = GeneticTest("MAX", Result.BENIGN, "c.1900T>C"), GeneticTest("MAX", Result.PATHOGENIC, scope=Scope.FULL)
    lesion = Finding("islet-cell-precursor-lesion")
    people = Person("p", mother="m", findings=(lesion,), tests=tests[:1]), Person("m", tests=tests[1:])
    return Pedigree(tuple(placed(person, at) for at, person in enumerate(people)), "p")


@settings(effort(150), phases=WITHOUT_SHRINKING)
@given(histories(max_people=2, max_findings=1, twins=False))
@example(negative_for_one_variant())
def test_screening_consistency(family: Pedigree) -> None:
    check_against_completions(family)


@settings(effort(60), phases=WITHOUT_SHRINKING)
@given(histories(max_people=4, max_findings=2))
def test_screening_consistency_in_larger_families(family: Pedigree) -> None:
    check_against_completions(family)


# Questions


def recorded(family: Pedigree, question: Question, value: str) -> Pedigree | None:
    """The family with an answer recorded, made from the words of the answer alone; ``None`` where it is no record."""
    at = family.position[question.person]
    person = family.people[at]
    if question.kind == "scope":
        test = next(one for one in person.tests if one.at == question.at)
        changed: GeneticTest = attrs.evolve(test, scope=Scope(value))
        return with_person(family, at, attrs.evolve(person, tests=tuple(_put(person.tests, test, changed))))
    finding = next((one for one in person.findings if one.at == question.at), None)
    if finding is None or any(
        are_comparable(one.term or "", finding.term or "") for one in person.findings if one is not finding and one.term
    ):
        return None
    if value == "another kind":
        named = [vocabulary().lookup(answer.value) for answer in question.answers[:-1]]
        absent = tuple(Finding(term.id, status=Status.ABSENT) for term in named if term is not None)
        return with_person(family, at, attrs.evolve(person, findings=person.findings + absent))
    values: dict[str, Any] = dict(_values(question, value))
    if not values:
        return None
    answered = attrs.evolve(finding, **values)
    return with_person(family, at, attrs.evolve(person, findings=tuple(_put(person.findings, finding, answered))))


def _values(question: Question, value: str) -> Iterator[tuple[str, object]]:
    match question.kind:
        case "age":
            yield "age", age_of(value)
        case "multiple":
            yield "multiple", value == "several"
        case "bilateral":
            yield "bilateral", value == "both sides"
            if value == "both sides":
                yield "multiple", True
        case "confirmed":
            yield "status", Status.PRESENT if value == "confirmed" else Status.ABSENT
        case "histology":
            term = vocabulary().lookup(value)
            assert term is not None, value
            yield "term", term.id
        case "size":
            number = float(re.findall(r"\d+", value)[0])
            yield "size_mm", number + {"more": 5, "less": -5}.get(value[:4], 0)


def age_of(words: str) -> Age:
    """An age in words: ``39 or younger``, ``40-59``, ``60 or older``, ``40``."""
    first, *second = map(int, re.findall(r"\d+", words))
    if "younger" in words:
        return Age(0, first)
    if "older" in words:
        return Age(first, None)
    return Age(first, second[0] if second else first)


def _put(items: tuple[T, ...], old: T, new: T) -> Iterator[T]:
    return (new if one is old else one for one in items)


def with_person(family: Pedigree, at: int, person: Person) -> Pedigree:
    return attrs.evolve(family, people=(*family.people[:at], person, *family.people[at + 1 :]))


def check_questions(family: Pedigree) -> int:
    checked = 0
    for question in verdict(family).questions:
        for answer in question.answers:
            after = recorded(family, question, answer.value)
            if after is not None:
                assert verdict(after).outcome is answer.then, (question.kind, answer.value)
                checked += 1
    return checked


@effort(150)
@given(histories(max_people=3, max_findings=2))
def test_each_answer_gives_the_outcome_that_recording_it_gives(family: Pedigree) -> None:
    check_questions(family)


KINDS = {
    "histology": Finding("thyroid-cancer"),
    "age": Finding("pituitary-adenoma"),
    "multiple": Finding("primary-hyperparathyroidism", Age(50, 50)),
    "confirmed": Finding("medullary-thyroid-carcinoma", status=Status.SUSPECTED),
    "bilateral": Finding("pheochromocytoma", Age(70, 70)),
    "size": Finding("pituitary-adenoma", Age(25, 25)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_of_each_kind_is_asked_and_answered(kind: str) -> None:
    family = Pedigree((placed(Person("p0", findings=(KINDS[kind],)), 0),), "p0")
    assert kind in {question.kind for question in verdict(family).questions}
    assert check_questions(family) >= 2


def test_a_question_of_scope_is_asked_and_answered() -> None:
    test = GeneticTest("RET", Result.NEGATIVE)
    person = Person("p0", findings=(Finding("medullary-thyroid-carcinoma", Age(50, 50)),), tests=(test,))
    family = Pedigree((placed(person, 0),), "p0")
    assert [question.kind for question in verdict(family).questions] == ["scope"]
    assert check_questions(family) == 3


def test_an_open_end_of_an_answer_is_the_greatest_age() -> None:
    assert age_of("60 or older").top == MAX_AGE

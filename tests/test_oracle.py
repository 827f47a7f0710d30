"""Answers of rules against the slow reading: every open fact filled in in every possible way."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import attrs
import pytest
from histories import alone, books, effort, histories, reach, rules, touched
from hypothesis import assume, given, strategies as st
from oracle import Oracle, is_explained_in_part

from menscreen.laws.completing import placed
from menscreen.laws.records import below
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Scope, Sex, Status
from menscreen.rules import criteria as kinds
from menscreen.rules.criteria import AgeNow, AllOf, AnyOf, AtLeast, Criterion, Has, NoneOf, PersonIs, Tumors
from menscreen.rules.evaluation import answer
from menscreen.rules.examples import family as example_family
from menscreen.rules.rulebook import Rule, Rulebook
from menscreen.rules.truth import Truth
from menscreen.strategies.asked import terms
from menscreen.vocabulary import vocabulary

#: Rules that stay undecided for one tumor of unknown type, although it cannot be two at once (see `asks_for_two`).
ASK_TOO_MUCH = ("ret-cons/men2a", "ata-2015/clinical-men2-without-variant")


def asks_for_two(book: Rulebook, rule: Rule) -> bool:
    """Whether a rule asks by `all` for tumors that no one tumor can be: each part may be open by the same tumor.

    Kleene's logic takes the parts of `all` one by one; `at_least` gives each a tumor of its own.
    """
    oracle = Oracle(person(), book.definitions)
    for each in oracle.parts(rule.when):
        if isinstance(each, AllOf):
            found = [[one.has for one in oracle.parts(part) if isinstance(one, Has)] for part in each.all]
            for some, others in combinations(found, 2):
                if any(below(one).isdisjoint(below(other)) for one in some for other in others):
                    return True
    return False


def person(*findings: Finding, tests: tuple[GeneticTest, ...] = (), age: Age | None = None) -> Pedigree:
    return Pedigree((placed(Person("p0", findings=findings, tests=tests, age=age), 0),), "p0")


class Said(NamedTuple):
    fast: Truth
    slow: set[bool]
    all: bool


def ask(book: Rulebook, rule: Rule, family: Pedigree) -> Said:
    slow, is_all = Oracle(family, book.definitions).answers(rule.when, family.position[family.proband])
    return Said(answer(book, rule, family), slow, is_all)


def check(book: Rulebook, rule: Rule, family: Pedigree) -> None:
    """A definite answer is that of every completion; an open one is met by some and missed by others."""
    said = ask(book, rule, family)
    if said.fast is not Truth.UNDECIDED:
        assert said.slow == {said.fast is Truth.MET}, rule.id
    elif said.all and said.slow != {True, False}:
        assert said.slow == {False}, rule.id
        assert asks_for_two(book, rule), rule.id


# Consistency


@effort(150)
@given(histories(max_people=5, max_findings=2))
def test_consistency(family: Pedigree) -> None:
    assume(not is_explained_in_part(family))
    for book, rule in touched(family):
        check(book, rule, family)


@effort(250)
@given(histories(max_people=1, max_findings=3, max_tests=2, twins=False))
def test_a_definite_answer_on_three_findings_is_that_of_every_completion(family: Pedigree) -> None:
    assume(not is_explained_in_part(family))
    for book, rule in touched(family):
        said = ask(book, rule, family)
        if said.fast is not Truth.UNDECIDED:
            assert said.slow == {said.fast is Truth.MET}, rule.id


VARIANTS = {
    "with nothing more known": Finding(""),
    "suspected at 30": Finding("", Age(30, 30), Status.SUSPECTED),
    "one, in a band": Finding("", Age(15, 39), multiple=False),
    "on both sides, at an end of a band": Finding("", Age(40, None), bilateral=True, recurrent=True),
}


@pytest.mark.parametrize("known", VARIANTS)
def test_consistency_for_every_term_alone(known: str) -> None:
    for term in terms():
        family = person(attrs.evolve(VARIANTS[known], term=term))
        for book, rule in touched(family):
            check(book, rule, family)


def test_consistency_for_every_pair_of_open_terms() -> None:
    words = vocabulary()
    organs = below("endocrine-tumor", "hyperparathyroidism", "hypercalcemia", "men")
    inner = [term for term in terms() if words.children(term) and term in organs]
    for one, other in combinations([*inner, "medullary-thyroid-carcinoma", "nf1", "dialysis"], 2):
        family = person(Finding(one), Finding(other, Age(39, 40)))
        if not is_explained_in_part(family):
            for book, rule in both_touched(family, one, other):
                check(book, rule, family)


def both_touched(family: Pedigree, one: str, other: str) -> list[tuple[Rulebook, Rule]]:
    return [(book, rule) for book, rule in touched(family) if {one, other} <= reach(book, rule)[0]]


@pytest.mark.parametrize("book", books(), ids=lambda book: book.id)
def test_every_example_is_answered_as_every_completion_is(book: Rulebook) -> None:
    for rule in book.rules:
        for example in rule.examples:
            family = example_family(example.family)
            if all(one.relation is None for one in family.people):  # an unknown relation is not among the completions
                check(book, rule, family)


@pytest.mark.parametrize("name", ASK_TOO_MUCH)
def test_a_rule_of_two_tumors_stays_open_for_one_open_tumor(name: str) -> None:
    book, rule = next((book, rule) for book, rule in rules() if f"{book.id}/{rule.id}" == name)
    tests = (GeneticTest("RET", Result.NEGATIVE, scope=Scope.FULL),)
    said = ask(book, rule, person(Finding("endocrine-tumor"), tests=tests))
    assert said == (Truth.UNDECIDED, {False}, True)


# What another syndrome explains


def test_a_tumor_that_another_syndrome_may_explain_is_open_for_what_it_does_not_explain() -> None:
    """An adrenal tumor in NF1 may be of the cortex, which NF1 does not explain."""
    family = person(Finding("nf1"), Finding("adrenal-tumor"), Finding("pituitary-adenoma"))
    book, rule = next((book, rule) for book, rule in rules() if rule.id == "two-endocrine-anomalies")
    said = ask(book, rule, family)
    assert said.slow == {True, False}
    assert said.fast is Truth.UNDECIDED


def test_a_tumor_that_another_syndrome_would_explain_leaves_no_statement_open() -> None:
    """Were the tumor a pheochromocytoma, the SDHD variant would explain it."""
    variant = GeneticTest("SDHD", Result.PATHOGENIC)
    family = person(Finding("endocrine-tumor"), tests=(variant,))
    book, rule = next((book, rule) for book, rule in rules() if rule.id == "any-pheochromocytoma")
    said = ask(book, rule, family)
    assert said.slow == {False}
    assert said.fast is Truth.NOT_MET


# Criteria of every kind, also those that no shipped rule uses


def has_criteria() -> st.SearchStrategy[Criterion]:
    cut = st.none() | st.sampled_from([30, 40])
    truth = st.sampled_from([None, None, True])
    return st.builds(
        Has,
        st.sampled_from(terms()[:40]),
        before=cut,
        by=cut,
        from_=st.none() | st.just(20),
        multiple=truth,
        bilateral=truth,
        larger_than=st.sampled_from([None, None, 10]),
    )


def criteria() -> st.SearchStrategy[Criterion]:
    tested = st.builds(
        kinds.Tested,
        st.sampled_from(["RET", "MEN1"]),
        st.sampled_from(["pathogenic", "negative", "uncertain"]),
        scope=st.sampled_from([None, Scope.FULL]),
    )
    ages = st.builds(AgeNow, before=st.sampled_from([None, 30]), from_=st.sampled_from([None, 20]))
    persons = st.builds(PersonIs, age=ages, sex=st.sampled_from([None, Sex.FEMALE]))
    tumors = st.builds(Tumors, st.sampled_from([("gastroduodenopancreatic-net",), ("ppgl",)]), st.just(2))
    return has_criteria() | tested | persons | tumors


@effort(800)
@given(histories(max_people=1, max_tests=2, twins=False), criteria())
def test_each_kind_of_criterion_is_as_open_as_its_completions(family: Pedigree, criterion: Criterion) -> None:
    assume(not is_explained_in_part(family))
    fast, slow = both(family, criterion)
    assert fast is (Truth.UNDECIDED if len(slow) == 2 else Truth.MET if True in slow else Truth.NOT_MET)


@effort(300)
@given(histories(max_people=1, max_tests=2, twins=False), st.lists(criteria(), min_size=1, max_size=3), st.data())
def test_connectives_are_definite_only_where_completions_are(
    family: Pedigree, parts: list[Criterion], data: st.DataObject
) -> None:
    assume(not is_explained_in_part(family))
    some = tuple(parts)
    ways: list[Criterion] = [AllOf(some), AnyOf(some), NoneOf(some)]
    fast, slow = both(family, data.draw(st.sampled_from(ways)))
    if fast is not Truth.UNDECIDED:
        assert slow == {fast is Truth.MET}


@effort(300)
@given(histories(max_people=1, max_findings=3, twins=False), st.lists(has_criteria(), min_size=2, max_size=4))
def test_at_least_two_is_definite_only_where_completions_are(family: Pedigree, parts: list[Criterion]) -> None:
    assume(not is_explained_in_part(family))
    fast, slow = both(family, AtLeast(2, tuple(parts)))
    if fast is not Truth.UNDECIDED:
        assert slow == {fast is Truth.MET}


def both(family: Pedigree, criterion: Criterion) -> tuple[Truth, set[bool]]:
    said = ask(*alone(criterion), family)
    return said.fast, said.slow

"""Hypothesis strategies for families with findings and tests, biased to what rules ask for and to open facts."""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache

import attrs
import msgspec
from hypothesis import settings, strategies as st

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Person, Sex
from menscreen.rules.criteria import Criterion, Has, Meets, Tested, Tumors
from menscreen.rules.loading import full_rulebook, shipped
from menscreen.rules.rulebook import Rule, Rulebook, every
from menscreen.strategies import genetic_tests, pedigrees, people
from menscreen.vocabulary import vocabulary

#: How many times the quick number of examples to run.
EFFORT = int(os.environ.get("MENSCREEN_TEST_EFFORT", "1"))
#: How the mutants of the rules ended in this run: noticed by an example, equivalent, or neither.
ENDED: Counter[str] = Counter()


def effort(examples: int) -> settings:
    """Settings for a property: so many examples, times ``MENSCREEN_TEST_EFFORT``; the same ones each time at 1."""
    return settings(max_examples=examples * EFFORT, deadline=None, derandomize=EFFORT == 1)


@cache
def books() -> tuple[Rulebook, ...]:
    """Every rulebook of the package."""
    return tuple(map(full_rulebook, shipped()))


@cache
def rules() -> tuple[tuple[Rulebook, Rule], ...]:
    return tuple((book, rule) for book in books() for rule in book.rules)


def alone(criterion: Criterion) -> tuple[Rulebook, Rule]:
    """A rule that asks for a criterion and nothing else."""
    book, rule = rules()[0]
    return book, msgspec.structs.replace(rule, when=criterion)


def reach(book: Rulebook, rule: Rule) -> tuple[frozenset[str], frozenset[str]]:
    """The terms and the genes that play a part in a rule."""
    key = f"{book.id}/{rule.id}"
    if key in _REACH:
        return _REACH[key]
    words, terms, genes = vocabulary(), set[str](), set[str]()
    waiting = [rule.when]
    for top in waiting:
        for part in every(top):
            if isinstance(part, Meets):
                waiting.append(book.definitions[part.meets])
            elif isinstance(part, Tested):
                genes.add(part.gene)
            for wanted in [part.has] if isinstance(part, Has) else part.of if isinstance(part, Tumors) else ():
                terms.update(*(words.above(term) for term in words.below(wanted)))
    return _REACH.setdefault(key, (frozenset(terms), frozenset(genes)))


_REACH: dict[str, tuple[frozenset[str], frozenset[str]]] = {}


def touched(family: Pedigree) -> list[tuple[Rulebook, Rule]]:
    """The rules in which something recorded in the family plays a part, those that ask for the same once."""
    recorded = {one.term for person in family.people for one in person.findings}
    tested = {one.gene for person in family.people for one in person.tests}
    found: dict[str, tuple[Rulebook, Rule]] = {}
    for book, rule in rules():
        terms, genes = reach(book, rule)
        if not recorded.isdisjoint(terms) or not tested.isdisjoint(genes):
            found.setdefault(_meaning(book, rule), (book, rule))
    return list(found.values())


def _meaning(book: Rulebook, rule: Rule) -> str:
    """A rule with its definitions written out."""
    key = f"{book.id}/{rule.id}"
    if key in _MEANING:
        return _MEANING[key]
    words = repr(rule.when)
    while (name := re.search(r"Meets\(meets='([^']*)'\)", words)) is not None:
        words = words[: name.start()] + repr(book.definitions[name[1]]) + words[name.end() :]
    return _MEANING.setdefault(key, words)


_MEANING: dict[str, str] = {}


def trees(*, min_people: int = 1, max_people: int = 10, twins: bool = True) -> st.SearchStrategy[Pedigree]:
    """Families of which nothing is recorded but ties and sexes, in any order."""
    bare = st.builds(Person, st.just("p0"), sex=st.sampled_from(Sex))
    return pedigrees(bare, min_people=min_people, max_people=max_people, twins=twins, adoption=False, unknowns=False,
                     carried=False).flatmap(_in_any_order)  # fmt: skip


def _in_any_order(family: Pedigree) -> st.SearchStrategy[Pedigree]:
    return st.permutations(family.people).map(lambda people: attrs.evolve(family, people=tuple(people)))


def histories(
    *, max_people: int = 5, max_findings: int = 2, max_tests: int = 1, twins: bool = True
) -> st.SearchStrategy[Pedigree]:
    """Small families with findings, tests without variants, and ages, in which everybody's place is known."""
    tests = genetic_tests().map(lambda test: attrs.evolve(test, variant=None))
    recorded = people(tests=tests, max_findings=max_findings, max_tests=max_tests, carried=False)
    return pedigrees(recorded, max_people=max_people, twins=twins, unknowns=False, carried=False)

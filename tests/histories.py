"""Hypothesis strategies for families with findings and tests, biased to what rules ask for and to open facts."""

from __future__ import annotations

import os
import re
from functools import cache

import attrs
import msgspec
from families import families
from hypothesis import settings, strategies as st

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Origin, Person, Result, Scope, Status
from menscreen.rules.criteria import Criterion, Has, Meets, Tested, Tumors
from menscreen.rules.loading import full_rulebook, shipped
from menscreen.rules.rulebook import Rule, Rulebook, every
from menscreen.vocabulary import vocabulary

#: How many times the quick number of examples to run.
EFFORT = int(os.environ.get("MENSCREEN_TEST_EFFORT", "1"))


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


@cache
def asked() -> frozenset[Criterion]:
    """Every criterion of every shipped rule and definition."""
    tops = [rule.when for _, rule in rules()] + [each for book in books() for each in book.definitions.values()]
    return frozenset(part for top in tops for part in every(top))


@cache
def terms() -> tuple[str, ...]:
    """The terms that rules ask for, those just above and below them, and what puts a parathyroid tumor in doubt."""
    words = vocabulary()
    wanted = {part.has for part in asked() if isinstance(part, Has)}
    wanted.update(term for part in asked() if isinstance(part, Tumors) for term in part.of)
    near = {parent for term in wanted for parent in words.terms[term].parents}
    near |= {child for term in wanted for child in words.children(term)}
    others = {"thyroid-tumor", "endocrine-tumor", "papillary-thyroid-carcinoma", "hypercalcemia", "dialysis", "goiter",
              "secondary-hyperparathyroidism", "lithium-treatment", "nf1", "vhl", "flushing"}  # fmt: skip
    return (*sorted(wanted), *sorted(near - wanted), *sorted(others - near - wanted))


@cache
def genes() -> tuple[str, ...]:
    return tuple(sorted({part.gene for part in asked() if isinstance(part, Tested)}))


@cache
def cuts() -> tuple[int, ...]:
    """The ages that rules ask for."""
    found = {age for part in asked() if isinstance(part, Has) for age in (part.before, part.by, part.from_)}
    return tuple(sorted(age for age in found if age is not None))


@st.composite
def findings(draw: st.DrawFn, term: st.SearchStrategy[str] | None = None) -> Finding:
    """A finding with every fact open or recorded; shrinks to a term alone."""
    several = draw(st.sampled_from([None, None, True, False]))
    return Finding(
        term=draw(st.sampled_from(terms()) if term is None else term),
        age=draw(ages()),
        status=draw(st.sampled_from([Status.PRESENT] * 6 + [Status.SUSPECTED, Status.ABSENT])),
        multiple=several,
        bilateral=draw(st.sampled_from([None, None, None, True, False])) if several is not False else None,
        recurrent=draw(st.integers(0, 7)) == 7,
        metastatic=draw(st.integers(0, 7)) == 7,
        size_mm=draw(st.sampled_from([None, None, None, 10.0, 11.0])),
    )


@st.composite
def ages(draw: st.DrawFn) -> Age | None:
    """Nothing, an age near a cut of some rule, or a band around one."""
    cut = draw(st.sampled_from(cuts()))
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return None
    if kind < 3:
        age = cut + draw(st.integers(-1, 1))
        return Age(age, age)
    return Age(max(0, cut - 5), draw(st.sampled_from([cut - 1, cut, cut + 5, None])))


@st.composite
def tests(draw: st.DrawFn) -> GeneticTest:
    return GeneticTest(
        gene=draw(st.sampled_from(genes())),
        result=draw(st.sampled_from([Result.PATHOGENIC, Result.NEGATIVE, Result.NEGATIVE, *Result])),
        scope=draw(st.sampled_from([None, Scope.FULL, Scope.FAMILIAL_VARIANT])),
        origin=draw(st.sampled_from([Origin.GERMLINE] * 4 + [Origin.SOMATIC])),
    )


@st.composite
def histories(
    draw: st.DrawFn,
    *,
    max_people: int = 5,
    max_findings: int = 2,
    max_tests: int = 1,
    twins: bool = True,
    unknown_sex: bool = True,
) -> Pedigree:
    """A small family with findings, tests and ages."""
    family = draw(families(max_people=max_people, twins=twins, unknown_sex=unknown_sex, shuffled=False))
    people = []
    for at, person in enumerate(family.people):
        found = draw(st.lists(findings(), max_size=max_findings))
        done = draw(st.lists(tests(), max_size=max_tests)) if draw(st.integers(0, 2)) == 2 else []
        now = draw(ages())
        if now is not None and any(one.age is not None and one.age.low > now.low for one in found):
            now = None
        people.append(placed(attrs.evolve(person, age=now, findings=tuple(found), tests=tuple(done)), at))
    return attrs.evolve(family, people=tuple(people))


def placed(person: Person, at: int) -> Person:
    """The person with the places that a reader would give."""
    place = f"people[{at}]"
    return attrs.evolve(
        person,
        at=place,
        findings=tuple(attrs.evolve(one, at=f"{place}.findings[{n}]") for n, one in enumerate(person.findings)),
        tests=tuple(attrs.evolve(one, at=f"{place}.tests[{n}]") for n, one in enumerate(person.tests)),
    )

"""A strategy for the ways in which what is open in a family can turn out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial

import attrs
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from menscreen.laws.completing import Completing, TumorWays, assembled, completed, open_people, scopes, with_places
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding, Person
from menscreen.rules.loading import shipped, shipped_rulebook
from menscreen.rules.rulebook import Rulebook


@st.composite
def completions(draw: st.DrawFn, family: Pedigree, *, rulebooks: Iterable[Rulebook] | None = None) -> Pedigree:
    """Ways to fill in what is open in a family: kinds, ages, numbers, sides, sizes, scopes of tests, suspicions.

    Shrinks to tumors of no nearer kind, at the lowest age, single and without a suspicion confirmed.

    Args:
        draw: given by Hypothesis.
        family: any family; what is known of it stays as it is.
        rulebooks: those whose lines the completions often fall on either side of; by default all shipped ones.

    Two things stay open: whether two records of one kind at different ages are one tumor, which no record can say; and
    what somebody has with a syndrome, or a variant, that explains tumors, since an explanation counts as recorded.

    >>> from hypothesis import find
    >>> from menscreen.laws.telling import told
    >>> open_ = Pedigree((Person("a", findings=(Finding("pituitary-adenoma"),)),), "a")
    >>> find(completions(open_), lambda family: family.people[0].findings[0].multiple).people[0].findings[0].age
    Age(low=0, high=0)
    """
    if not isinstance(family, Pedigree):
        raise InvalidArgument(f"family={family!r} must be a Pedigree")
    completing = _of_shipped() if rulebooks is None else Completing(rulebooks)
    open_ = open_people(family)
    people = [draw(_people(completing, person)) if person.id in open_ else person for person in family.people]
    return with_places(attrs.evolve(family, people=tuple(people)))


@cache
def _of_shipped() -> Completing:
    return Completing(map(shipped_rulebook, shipped()))


@st.composite
def _people(draw: st.DrawFn, completing: Completing, person: Person) -> Person:
    tests = tuple(draw(st.sampled_from(scopes(test))) for test in person.tests)
    if not person.findings:
        return attrs.evolve(person, tests=tests)
    readings = st.sampled_from(list(completing.tumors(person)))
    turned_out = readings.flatmap(lambda ways: st.tuples(*(_findings(completing, one) for one in ways)))
    found = draw(turned_out.map(partial(_assembled, person)).filter(bool))
    return attrs.evolve(person, tests=tests, findings=found[0])


def _assembled(person: Person, found: tuple[Finding | None, ...]) -> list[tuple[Finding, ...]]:
    """The findings, in a list of one; an empty list where two of them would be read as one tumor."""
    made = assembled(person, [one for one in found if one is not None])
    return [] if made is None else [made]


@st.composite
def _findings(draw: st.DrawFn, completing: Completing, ways: TumorWays) -> Finding | None:
    if ways.may_be_secondary and draw(st.booleans()):
        return Finding("secondary-hyperparathyroidism")
    kind = draw(st.sampled_from(ways.kinds))
    if kind is None:
        return None
    ages, numbers, sizes = completing.facts(kind, ways.record)
    age = st.sampled_from(ages) | st.integers(ways.record.low, ways.record.high)
    return completed(kind, ways.record, draw(age), draw(st.sampled_from(numbers)), draw(st.sampled_from(sizes)))

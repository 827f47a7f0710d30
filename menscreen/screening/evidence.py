"""Minimal evidence: every smallest set of recorded facts that suffices for a statement.

A record is a finding or a test as it stands in the source. A set suffices for a criterion when the criterion would be
met for certain with these records alone, everything that speaks against it (exclusions, doubts, contradictions) staying
as it is; it is minimal when none of its records can be spared. Walking the criterion gives all of them, unless
there are too many ways to choose: then it gives some, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, groupby, product
from typing import NamedTuple, TypeVar

import attrs

from menscreen.pedigree.kinship import Side, obligate_carriers
from menscreen.pedigree.person import Finding, Origin
from menscreen.rules.answers import either, fact_answers, test_gives
from menscreen.rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    PersonIs,
    Relatives,
    Tested,
    Tumors,
)
from menscreen.rules.evaluation import Evaluation
from menscreen.rules.facts import FOUND, Body, Fact, joined
from menscreen.screening.levels import Level
from menscreen.screening.program import Run
from menscreen.screening.tally import Tally

T = TypeVar("T")
#: The places of some records in the source, with the position of the person of each.
Places = frozenset[tuple[int, str]]

#: More sets than this are counted and not listed.
MOST_SETS = 64
#: Choices of records that one walk looks at.
MOST_LOOKED_AT = 20_000


class Sets(NamedTuple):
    """Minimal sets, the smallest first; some of them where there were too many choices to look at."""

    smallest: list[Places]
    are_all: bool


def minimal_sets(evaluation: Evaluation, criterion: Criterion, number: int) -> Sets:
    """The minimal sets for a criterion that body `number` meets for certain."""
    walk = _Walk(evaluation)
    found = walk.sets(criterion, number)
    if not walk.is_cut:
        return Sets(found, True)
    within: list[Places] = []
    for one in found[:MOST_SETS]:  # which may hold smaller ones that the walk did not come to
        inner = _Walk(evaluation, one)
        smaller = inner.sets(criterion, number)
        within += [] if inner.is_cut else smaller
    return Sets(minimal(within), False)


class _Walk:
    """One walk of a criterion, by way of all records or of some."""

    def __init__(self, evaluation: Evaluation, within: Places | None = None) -> None:
        self.evaluation = evaluation
        self.family = evaluation.family
        self.within = within
        self.left = MOST_LOOKED_AT
        self.is_cut = False

    def sets(self, criterion: Criterion, number: int) -> list[Places]:
        """Minimal sets: all of them, unless the walk was cut short."""
        return minimal(self._sets(criterion, number))

    def _is_kept(self, position: int, at: str) -> bool:
        return self.within is None or (position, at) in self.within

    def _bounded(self, many: Iterable[T]) -> Iterator[T]:
        """The first of many choices, and the others as long as the walk may last."""
        for nth, one in enumerate(many):
            if nth and self.left <= 0:
                self.is_cut = True
                return
            self.left -= 1
            yield one

    def _sets(self, criterion: Criterion, number: int) -> list[Places]:
        if not self.evaluation.masks(criterion)[0] >> number & 1:
            return []
        body = self.family.bodies[number]
        match criterion:
            case Meets():
                return self._sets(self.evaluation.plan.definition(criterion), number)
            case AllOf():
                return self._together([self._sets(part, number) for part in criterion.all])
            case AnyOf():
                return minimal(one for part in criterion.any for one in self._sets(part, number))
            case AtLeast():
                return self._of_different_tumors(criterion, number)
            case Has():
                return minimal(one for fact in body.facts for one in self._of_fact(body, fact, [criterion]))
            case Tumors():
                return self._of_tumors(body, criterion)
            case Tested():
                return minimal(self._of_tests(body, criterion))
            case Relatives():
                return self._of_relatives(criterion, number)
            case NoneOf() | PersonIs():
                return [frozenset()]

    def _of_different_tumors(self, criterion: AtLeast, number: int) -> list[Places]:
        """Choose so many of the criteria, and for each a tumor of its own."""
        body = self.family.bodies[number]
        options: list[list[tuple[object, Places]]] = []
        for part in criterion.of:
            found = self.evaluation.plan.choice(part)
            if found is None:
                options.append([(id(part), one) for one in self._sets(part, number)])
            else:
                facts = [fact for fact in body.facts if not fact.summary]
                options.append([(fact.same, one) for fact in facts for one in self._of_fact(body, fact, found)])
        sets: list[Places] = []
        for chosen in self._bounded(combinations([option for option in options if option], criterion.at_least)):
            for pairs in self._bounded(product(*chosen)):
                if len({tumor for tumor, _ in pairs}) == len(pairs):
                    sets.append(frozenset[tuple[int, str]]().union(*(one for _, one in pairs)))
        return minimal(sets)

    def _of_tests(self, body: Body, tested: Tested) -> Iterator[Places]:
        people = self.family.pedigree.people
        twins = self.family.pedigree.identical.get(body.position, ()) if self.family.pedigree.twins else ()
        for at in (body.position, *twins):
            for test in people[at].tests:
                if at != body.position and test.origin is not Origin.GERMLINE:
                    continue
                if self._is_kept(at, test.at) and test_gives(test, tested)[0]:
                    yield frozenset({(at, test.at)})
        if tested.result == "pathogenic" and tested.gene in body.carries:
            yield from self._of_carriers(body.position, tested.gene)

    def _of_carriers(self, position: int, gene: str) -> Iterator[Places]:
        """The pairs of tested carriers between whom somebody stands."""
        pedigree = self.family.pedigree
        tests = [
            (at, test)
            for at, person in enumerate(pedigree.people)
            for test in person.tests
            if test.gene == gene and test.result in FOUND and test.origin is Origin.GERMLINE
            if self._is_kept(at, test.at)
        ]
        for (one, test), (other, another) in self._bounded(combinations(tests, 2)):
            same_variant = test.variant is None or another.variant is None or test.variant == another.variant
            if one != other and same_variant and position in obligate_carriers(pedigree, (one, other)):
                yield frozenset({(one, test.at), (other, another.at)})

    def _of_relatives(self, criterion: Relatives, number: int) -> list[Places]:
        """Choose so many relatives of one side, and for each a set."""
        position = self.family.bodies[number].position
        placed, _ = self.family.kin(position)
        inner = self.evaluation.masks(criterion.have)[0]
        near: list[tuple[Side, list[Places]]] = []
        for other, at in self.family.by_position.items():
            tie = placed.get(other)
            if other == position or tie is None or not inner >> at & 1:
                continue
            if criterion.within is None or tie.degree <= criterion.within:
                near.append((tie.side, self._sets(criterion.have, at)))
        named = None if criterion.side is None else Side(criterion.side)
        sets: list[Places] = []
        for side in (Side.MATERNAL, Side.PATERNAL) if named is None else (named,):
            belong = {side, Side.BOTH} | ({Side.OWN, Side.UNKNOWN} if named is None else set())
            options = [found for where, found in near if found and where in belong]
            for chosen in self._bounded(combinations(options, criterion.at_least)):
                sets.extend(self._together(chosen))
        return minimal(sets)

    def _of_fact(self, body: Body, fact: Fact, wanted: Sequence[Has]) -> list[Places]:
        """The minimal sets of records of one tumor that make it one of the wanted, as it is with all its records."""
        met = [has for has in wanted if fact_answers(fact, has)[0]]
        if not met:
            return []

        def suffice(some: Sequence[int]) -> bool:
            facts = joined(fact, [kinds[at] for at in some], body.oldest)
            return either(fact_answers(one, has) for one in facts for has in met)[0]

        alike: dict[Finding, list[tuple[int, str]]] = {}  # of records that say the same, a set needs one
        for finding in fact.findings:
            if self._is_kept(body.position, finding.at):
                said = attrs.evolve(finding, text=None, note=None, at="")
                alike.setdefault(said, []).append((body.position, finding.at))
        kinds, places = list(alike), list(alike.values())
        enough = [(at,) for at in range(len(kinds)) if suffice((at,))]
        rest = sorted(set(range(len(kinds))).difference(*enough))
        larger: list[tuple[int, ...]] = []
        for some in self._bounded(chain.from_iterable(combinations(rest, size) for size in range(2, len(rest) + 1))):
            if not any(set(some).issuperset(smaller) for smaller in larger) and suffice(some):
                larger.append(some)
        choices = (product(*(places[at] for at in some)) for some in (*enough, *larger))
        return [frozenset(chosen) for each in choices for chosen in self._bounded(each)]

    def _of_tumors(self, body: Body, tumors: Tumors) -> list[Places]:
        """Choose different tumors until there are enough; one recorded as several counts as two."""
        single = [Has(term) for term in tumors.of]
        several = [Has(term, multiple=True) for term in tumors.of]
        options: dict[int, list[tuple[int, Places]]] = {}
        for fact in body.facts:
            if fact.summary:
                continue
            mine = options.setdefault(fact.same, [])
            mine.extend((1, one) for one in self._of_fact(body, fact, single))
            mine.extend((2, one) for one in self._of_fact(body, fact, several))
        sets: list[Places] = []
        groups = [group for group in options.values() if group]
        for size in range(1, min(len(groups), tumors.at_least) + 1):
            for chosen in self._bounded(combinations(groups, size)):
                for pairs in self._bounded(product(*chosen)):
                    if sum(count for count, _ in pairs) >= tumors.at_least:
                        sets.append(frozenset[tuple[int, str]]().union(*(one for _, one in pairs)))
        return minimal(sets)

    def _together(self, parts: Sequence[list[Places]]) -> list[Places]:
        """The minimal unions of one set from each part."""
        sets: list[Places] = [frozenset()]
        for part in parts:
            sets = minimal(one | other for one, other in self._bounded(product(sets, part)))
        return sets


def undoing(run: Run, tally: Tally) -> tuple[tuple[int, str], ...]:
    """The records without any one of which the outcome would be weaker, as (position, place), in order.

    A record is one of them when every smallest set of every statement at the level of the outcome needs it. Where not
    all of these sets are known, none is named.
    """
    if tally.level < Level.CONSIDER:
        return ()
    needed: Places | None = None
    for count in tally.counts:
        if count.men and count.certain is tally.level:
            walk = _Walk(run.evaluation)
            sets = walk.sets(run.program.criteria[count.rule], count.body)
            common = frozenset[tuple[int, str]].intersection(*sets) if sets else frozenset[tuple[int, str]]()
            needed = common if needed is None else needed & common
            if walk.is_cut or not needed:
                return ()
    return tuple(sorted(needed or ()))


def minimal(sets: Iterable[Places]) -> list[Places]:
    """The sets that have no other of the sets inside, the smallest first.

    >>> a, b, c = (0, "a"), (0, "b"), (0, "c")
    >>> [sorted(place for _, place in one) for one in minimal([frozenset({a, b}), frozenset({c}), frozenset({b, c})])]
    [['c'], ['a', 'b']]
    """
    kept: list[Places] = []
    for _, of_one_size in groupby(sorted(set(sets), key=lambda each: (len(each), sorted(each))), key=len):
        kept += [one for one in of_one_size if not any(smaller <= one for smaller in kept)]
    return kept

"""The slow, obvious reading of semantics: fill every open fact in every possible way, and look.

Written from what the values mean, and sharing no code with the evaluation: a family is completed (`Oracle.records`,
`Oracle.completions`), then criteria are asked of a family of which everything is known (`Oracle.holds`). Values that no
criterion can tell apart are tried once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random
from typing import Any, NamedTuple

from test_kinship import Naive

from menscreen.laws.records import DOUBT, SIZED, Record, are_comparable, around, below, is_of_size, mergings
from menscreen.pedigree.blood import Side
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import MAX_AGE, GeneticTest, Origin, Result, Scope, Sex, Status
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
from menscreen.rules.families import EXPLANATIONS
from menscreen.vocabulary import vocabulary

FOUND = (Result.PATHOGENIC, Result.LIKELY_PATHOGENIC)
NOT_FOUND = (Result.NEGATIVE, Result.BENIGN, Result.LIKELY_BENIGN)

# A family of which everything is known


class Known(NamedTuple):
    """A tumor of which everything is known. It is exactly of this term: another kind of it than those below."""

    term: str
    age: int
    several: bool
    bilateral: bool
    size: float
    recurrent: bool
    metastatic: bool


class Tumor(NamedTuple):
    """What criteria can tell of a completed tumor; `number` is how many tumors it is, `one` names the tumor."""

    satisfies: frozenset[Has]
    number: int
    one: int


class Complete(NamedTuple):
    """A person of whom everything is known."""

    tumors: tuple[Tumor, ...]
    tests: tuple[GeneticTest, ...]
    age: int
    sex: Sex


class Oracle:
    def __init__(self, family: Pedigree, definitions: Mapping[str, Criterion]) -> None:
        self.family = family
        self.definitions = definitions
        self.naive = Naive(family)
        self.tests = [self._tests(at) for at in range(len(family.people))]
        self._certainly: dict[tuple[Criterion, int], bool] = {}

    def answers(self, criterion: Criterion, person: int, most: int = 20_000) -> tuple[set[bool], bool]:
        """The answers in all completed families, and whether these were all (not a sample)."""
        people = [self.completions(at, criterion) for at in range(len(self.family.people))]
        ways = 1
        for each in people:
            ways *= len(each)
        if ways <= most:
            families: Iterator[tuple[Complete, ...]] = product(*people)
        else:
            random = Random(ways)
            families = (tuple(map(random.choice, people)) for _ in range(2_000))
        found: set[bool] = set()
        for family in families:
            found.add(self.holds(criterion, person, family))
            if len(found) == 2:
                break
        return found, ways <= most

    # Completions

    def completions(self, person: int, criterion: Criterion) -> list[Complete]:
        """A person in every way that the criterion can tell apart."""
        parts = list(self.parts(criterion))
        wanted = [part for part in parts if isinstance(part, Has)]
        counted = any(isinstance(part, Tumors | AtLeast) for part in parts)
        genes: dict[str, set[str]] = {}
        for part in parts:
            if isinstance(part, Tested):
                genes.setdefault(part.gene, set()).update({part.variant} - {None})  # type: ignore[arg-type]
        ages = [part.age for part in parts if isinstance(part, PersonIs) and part.age is not None]
        one = self.family.people[person]
        cuts = {age for each in ages for age in (each.before, each.by, each.from_) if age is not None}
        low, high = (0, MAX_AGE) if one.age is None else (one.age.low, one.age.top)
        now = around(cuts, low, high)
        sexes = [Sex.FEMALE, Sex.MALE] if one.sex is Sex.UNKNOWN else [one.sex]
        tumors: set[tuple[Tumor, ...]] = set()
        for records in mergings(one):
            ways = [self._completed(person, record, records, wanted) for record in records]
            for choice in product(*ways):
                for names in same_tumor(records) if counted else [list(range(len(records)))]:
                    tumors.add(tuple(sorted(
                        (Tumor(way[0], way[1] if counted else 1, name) for way, name in zip(choice, names, strict=True)
                         if way is not None and way[0]), key=repr)))  # fmt: skip
        return [
            Complete(some, tests, age, sex)
            for some in sorted(tumors, key=repr)
            for tests in self._tests_in_every_way(person, genes)
            for age in (now if ages else now[:1])
            for sex in sexes[: None if any(isinstance(part, PersonIs) for part in parts) else 1]
        ]

    def _completed(
        self, person: int, record: Record, records: Sequence[Record], wanted: Sequence[Has]
    ) -> list[tuple[frozenset[Has], int] | None]:
        """A tumor in every way; ``None`` is a tumor that is not there, or does not count."""
        absent = below(*(
            each.term for each in self.family.people[person].findings if each.term and each.status is Status.ABSENT
        ))  # fmt: skip
        kinds: dict[tuple[object, ...], str] = {}
        explained = self._explained(person, records)
        for term in sorted({record.term, *below(record.term) - absent}):
            over = vocabulary().above(term)
            kinds.setdefault(
                (*(has.has in over for has in wanted), term in explained, *map(over.__contains__, SIZED)), term
            )
        ages = around({age for has in wanted for age in (has.before, has.by, has.from_) if age is not None},
                      record.low, record.high)  # fmt: skip
        limits = {has.larger_than for has in wanted if has.larger_than is not None} or {10}
        sizes = [record.size] if record.size is not None else sorted({*limits, *(limit + 1 for limit in limits)})
        numbers = [
            (several, bilateral)
            for several in ((False, True) if record.several is None else (record.several,))
            for bilateral in ((False, True) if record.bilateral is None else (record.bilateral,))
            if several or not bilateral
        ]
        ways: set[tuple[frozenset[Has], int] | None] = set()
        is_contradiction = record.size is not None and not is_of_size(record.term, record.size)
        for kind, age, (several, bilateral), size in product(kinds.values(), ages, numbers, sizes):
            if not is_of_size(kind, size) and not is_contradiction:
                continue
            known = Known(kind, age, several, bilateral, size, record.recurrent, record.metastatic)
            if kind in explained:
                ways.add(None)
            else:
                ways.add((frozenset(has for has in wanted if satisfies(known, has)), 1 + several))
        is_doubtful = any(each.term in below(*DOUBT) for each in records) and record.term in (
            below("parathyroid-tumor") - below("parathyroid-carcinoma")
        )
        if not record.is_certain or is_doubtful:
            ways.add(None)
        return sorted(ways, key=repr)

    def _explained(self, person: int, records: Sequence[Record]) -> frozenset[str]:
        """The tumors that another syndrome recorded in the person explains."""
        genes = {test.gene for test in self.tests[person] if test.result in FOUND and test.origin is Origin.GERMLINE}
        certain = {record.term for record in records if record.is_certain}
        return below(*(
            term
            for tumors, syndromes, by_genes in EXPLANATIONS
            if genes & by_genes or certain & below(*syndromes)
            for term in tumors
        ))  # fmt: skip

    def _tests(self, person: int) -> tuple[GeneticTest, ...]:
        """Own tests, and the germline tests of a monozygotic twin."""
        one = self.family.people[person]
        twins = [
            each for each in self.family.people
            if each is not one and self.naive.name[each.id] == self.naive.name[one.id]
        ]  # fmt: skip
        return one.tests + tuple(test for each in twins for test in each.tests if test.origin is Origin.GERMLINE)

    def _tests_in_every_way(self, person: int, asked: Mapping[str, set[str]]) -> Iterator[tuple[GeneticTest, ...]]:
        """Every scope, and every variant asked for, where none is recorded; no variant stands for another one.

        A recorded negative counts as one unless it is recorded to have looked for something else.
        """
        ways = [
            [test] if test.gene not in asked else
            [GeneticTest(test.gene, test.result, variant, scope, test.origin)
             for scope in (set(Scope) - {Scope.OTHER_VARIANT} if test.scope is None else {test.scope})
             for variant in ((test.variant,) if test.variant is not None else (None, *asked[test.gene]))]
            for test in self.tests[person]
        ]  # fmt: skip
        return product(*ways)

    def parts(self, criterion: Criterion) -> Iterator[Criterion]:
        """Everything that a criterion asks; exclusions are not among it, they look at the recorded family."""
        yield criterion
        match criterion:
            case Meets():
                yield from self.parts(self.definitions[criterion.meets])
            case Tumors():
                yield from map(Has, criterion.of)
            case Relatives():
                yield from self.parts(criterion.have)
            case AllOf() | AnyOf() | AtLeast():
                for part in inside(criterion):
                    yield from self.parts(part)

    # Criteria, of a family of which everything is known

    def holds(self, criterion: Criterion, person: int, family: Sequence[Complete]) -> bool:
        one = family[person]
        match criterion:
            case Meets():
                return self.holds(self.definitions[criterion.meets], person, family)
            case AllOf():
                return all(self.holds(part, person, family) for part in criterion.all)
            case AnyOf():
                return any(self.holds(part, person, family) for part in criterion.any)
            case NoneOf():
                return not any(self.certainly(part, person) for part in criterion.none)
            case Has():
                return any(criterion in tumor.satisfies for tumor in one.tumors)
            case Tumors():
                number: dict[int, int] = {}
                for tumor in one.tumors:
                    if any(Has(term) in tumor.satisfies for term in criterion.of):
                        number[tumor.one] = max(tumor.number, number.get(tumor.one, 0))
                return sum(number.values()) >= criterion.at_least
            case Tested():
                return self.is_tested(criterion, person, one)
            case PersonIs():
                right_sex = criterion.sex is None or one.sex is criterion.sex
                return right_sex and (criterion.age is None or is_within(one.age, criterion.age))
            case AtLeast():
                return self._different_tumors(criterion, person, family)
            case Relatives():
                sides = (Side.MATERNAL, Side.PATERNAL) if criterion.side is None else (Side(criterion.side),)
                having = [at for at in range(len(family)) if self.holds(criterion.have, at, family)]
                return any(
                    sum(self.is_relative(person, at, criterion, side) for at in having) >= criterion.at_least
                    for side in sides
                )
        raise AssertionError(criterion)

    def certainly(self, criterion: Criterion, person: int) -> bool:
        """Whether a criterion holds by what is recorded: however the open facts are filled in."""
        key = criterion, person
        if key not in self._certainly:
            self._certainly[key] = self.answers(criterion, person)[0] == {True}
        return self._certainly[key]

    def _different_tumors(self, criterion: AtLeast, person: int, family: Sequence[Complete]) -> bool:
        """So many criteria, each with a tumor of its own."""
        candidates: list[set[object]] = []
        for part in criterion.of:
            asked = list(self.parts(part))
            if all(isinstance(each, Has | AnyOf | Meets) for each in asked):
                candidates.append({tumor.one for tumor in family[person].tumors if tumor.satisfies & set(asked)})
            else:
                candidates.append({part} if self.holds(part, person, family) else set())
        return most_matched(candidates) >= criterion.at_least

    def is_tested(self, criterion: Tested, person: int, one: Complete) -> bool:
        germline_variant = criterion.result == "pathogenic" and criterion.origin is Origin.GERMLINE
        if germline_variant and self.is_obligate_carrier(person, criterion.gene):
            return True
        results = {"pathogenic": FOUND, "negative": NOT_FOUND, "uncertain": (Result.UNCERTAIN,)}[criterion.result]
        return any(
            test.gene == criterion.gene
            and test.result in results
            and test.origin is criterion.origin
            and criterion.scope in (None, test.scope)
            and not (test.scope is Scope.OTHER_VARIANT and test.result in NOT_FOUND)
            and criterion.variant in (None, test.variant)
            for test in one.tests
        )

    def is_relative(self, person: int, other: int, criterion: Relatives, side: Side) -> bool:
        """Within the degree, and on the side; descendants and full siblings are on both, but on no named side."""
        if person == other:
            return False
        me, them = self.family.people[person].id, self.family.people[other].id
        routes = list(self.naive.routes(self.naive.name[me], self.naive.name[them]))
        if not routes or (criterion.within is not None and min(routes)[0] > criterion.within):
            return False
        sides = {route[-1] for route in routes}
        return criterion.side is None if Side.OWN in sides else side in sides

    def is_obligate_carrier(self, person: int, gene: str) -> bool:
        """On every line between two people tested to carry one variant."""
        name = self.naive.name
        carriers = [
            (name[one.id], test.variant)
            for at, one in enumerate(self.family.people)
            for test in self.tests[at]
            if test.gene == gene and test.result in FOUND and test.origin is Origin.GERMLINE
        ]
        me = name[self.family.people[person].id]
        return any(
            bool(lines) and all(me in line for line in lines)
            for (one, variant), (other, same) in combinations(carriers, 2)
            if one != other and (variant == same or None in (variant, same))
            for lines in [list(self._lines(one, other))]
        )

    def _lines(self, one: str, other: str) -> Iterator[tuple[str, ...]]:
        for up in self.naive.climbs(one):
            for down in self.naive.climbs(other):
                line = up + down[-2::-1] if up[-1] == down[-1] else up + down[::-1]
                is_line = up[-1] == down[-1] or self.naive.are_siblings(up[-1], down[-1]) == "assumed"
                if is_line and len(set(line)) == len(line):
                    yield line


def inside(criterion: AllOf | AnyOf | AtLeast) -> tuple[Criterion, ...]:
    if isinstance(criterion, AllOf):
        return criterion.all
    return criterion.any if isinstance(criterion, AnyOf) else criterion.of


def satisfies(known: Known, has: Has) -> bool:
    """All conditions hold on one completely known tumor."""
    return (
        has.has in vocabulary().above(known.term)
        and is_within(known.age, has)
        and (not has.multiple or known.several)
        and (not has.bilateral or known.bilateral)
        and (has.larger_than is None or known.size > has.larger_than)
        and (not has.recurrent or known.recurrent)
        and (not has.metastatic or known.metastatic)
    )


def is_within(age: int, bounds: Any) -> bool:
    return (
        (bounds.before is None or age < bounds.before)
        and (bounds.by is None or age <= bounds.by)
        and (bounds.from_ is None or age >= bounds.from_)
    )


def same_tumor(records: Sequence[Record]) -> Iterator[list[int]]:
    """Every way in which records of one term, or of a term and one above it, may be of one tumor or of several."""
    pairs = [(one, other) for one, other in combinations(range(len(records)), 2)
             if are_comparable(records[one].term, records[other].term)]  # fmt: skip
    for chosen in product((False, True), repeat=len(pairs)):
        names = list(range(len(records)))
        for (one, other), together in zip(pairs, chosen, strict=True):
            if together:
                names = [names[one] if name == names[other] else name for name in names]
        if all(are_comparable(records[one].term, records[other].term)
               for one, other in combinations(range(len(records)), 2) if names[one] == names[other]):  # fmt: skip
            yield names


def most_matched(candidates: Sequence[set[object]]) -> int:
    """The largest number of criteria that get different tumors, by trying every tumor for every criterion."""
    if not candidates:
        return 0
    first, *rest = candidates
    return max(most_matched(rest), *(1 + most_matched([each - {tumor} for each in rest]) for tumor in first), 0)


def is_explained_in_part(family: Pedigree) -> bool:
    """A tumor of unknown type in a person with a syndrome that explains some of its types."""
    oracle = Oracle(family, {})
    return any(
        (explained := oracle._explained(at, records))
        and below(record.term) & explained
        and record.term not in explained
        for at, one in enumerate(family.people)
        for records in mergings(one)
        for record in records
    )

"""Ways to fill in what is open in a family, so that everything is known that rules can tell apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import NamedTuple

import attrs

from menscreen.laws.records import DOUBT, Record, are_comparable, around, below, is_of_size, mergings
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Scope, Status
from menscreen.rules.criteria import Criterion, Has, Tumors
from menscreen.rules.facts import FOUND
from menscreen.rules.families import EXPLANATIONS
from menscreen.rules.rulebook import Rulebook, every
from menscreen.vocabulary import vocabulary

#: Of a person who can have turned out in more ways than this, a tenth as many are looked at.
MOST_WAYS = 5_000


class Completions(NamedTuple):
    """Completed families, and whether these are all that the rules can tell apart."""

    families: list[Pedigree]
    all: bool


class TumorWays(NamedTuple):
    """The ways in which one recorded tumor can turn out; `kinds` holds ``None`` where it may not be there."""

    record: Record
    kinds: tuple[str | None, ...]
    may_be_secondary: bool


def criteria_of(books: Iterable[Rulebook]) -> frozenset[Criterion]:
    """Every criterion of every rule and definition."""
    tops = [top for book in books for top in (*(rule.when for rule in book.rules), *book.definitions.values())]
    return frozenset(part for top in tops for part in every(top))


class Completing:
    """Fills in the kinds, ages, numbers, sides, sizes and scopes that nobody recorded, as some rules tell them apart.

    Two things stay as they are recorded: the findings of somebody of whom two records may or may not be of one tumor,
    which no record can say; and those of somebody with a syndrome, or with a variant of a gene, that explains tumors,
    since an explanation counts as it is recorded and not as it may turn out.

    Args:
        books: rulebooks whose lines (ages, sizes, kinds) the completions fall on either side of.
    """

    def __init__(self, books: Iterable[Rulebook]) -> None:
        asked = criteria_of(books)
        self._has = [part for part in asked if isinstance(part, Has)]
        self._counted = {term for part in asked if isinstance(part, Tumors) for term in part.of}
        self._wanted = self._counted | {part.has for part in self._has}

    def families(self, family: Pedigree, most: int = 200) -> Completions:
        """Every completion of a family, or a sample of `most`; the same ones each time."""
        open_ = open_people(family)
        is_all = len(open_) == len(family.people)
        people = []
        for person in family.people:
            some, are_all = self.people(person) if person.id in open_ else ([person], True)
            people.append(some)
            is_all = is_all and are_all
        ways = prod(map(len, people))
        if ways <= most:
            chosen: Iterable[tuple[Person, ...]] = product(*people)
        else:
            random = Random(ways)
            chosen = (tuple(map(random.choice, people)) for _ in range(most))
        families = [with_places(attrs.evolve(family, people=some)) for some in chosen]
        return Completions(families, ways <= most and is_all)

    def people(self, person: Person) -> tuple[list[Person], bool]:
        """A person in every way, and whether these are all: of very many ways it is a sample."""
        if not person.findings and not person.tests:
            return [person], True
        found: dict[Person, None] = {}
        tests = list(product(*map(scopes, person.tests)))
        is_all = True
        for ways in self.tumors(person):
            turned_out = [list(self.findings(one)) for one in ways]
            number = prod(map(len, turned_out))
            together: Iterable[tuple[Finding | None, ...]] = product(*turned_out)
            if number > MOST_WAYS:
                is_all, random = False, Random(number)
                together = [tuple(map(random.choice, turned_out)) for _ in range(MOST_WAYS // 10)]
            for known in together:
                findings = assembled(person, [each for each in known if each is not None])
                if findings is not None:
                    found.update(dict.fromkeys(attrs.evolve(person, findings=findings, tests=some) for some in tests))
        return list(found) or [attrs.evolve(person, tests=some) for some in tests], is_all

    def tumors(self, person: Person) -> Iterator[list[TumorWays]]:
        """The tumors of a person with the ways of each, for every reading of which records are of one tumor."""
        absent = below(*(each.term for each in person.findings if each.term and each.status is Status.ABSENT))
        for records in mergings(person):
            in_doubt = any(record.term in below(*DOUBT) for record in records)
            yield [
                TumorWays(
                    record,
                    (*(() if record.is_certain else (None,)), *self._kinds(record.term, absent)),
                    in_doubt and record.term in below("parathyroid-tumor") - below("parathyroid-carcinoma"),
                )
                for record in records
            ]

    def _kinds(self, term: str, absent: frozenset[str]) -> Iterator[str]:
        """The kinds of a term that rules can tell apart, the term itself first: another kind than those below it."""
        kinds: dict[frozenset[str], str] = {}
        for kind in [term, *sorted(below(term) - absent)]:
            kinds.setdefault(vocabulary().above(kind) & self._wanted, kind)
        yield from kinds.values()

    def findings(self, ways: TumorWays) -> Iterator[Finding | None]:
        """A tumor in every way; ``None`` where it is not there."""
        if ways.may_be_secondary:
            yield Finding("secondary-hyperparathyroidism")
        for kind in ways.kinds:
            if kind is None:
                yield None
                continue
            for age, number, size in product(*self.facts(kind, ways.record)):
                if not is_of_size(kind, size) and is_of_size(ways.record.term, ways.record.size):
                    continue
                yield completed(kind, ways.record, age, number, size)

    def facts(
        self, kind: str, record: Record
    ) -> tuple[list[int], list[tuple[bool, bool]], list[float] | list[float | None]]:
        """The ages, the numbers (several, on both sides) and the sizes in which a tumor of a kind can turn out."""
        over = vocabulary().above(kind)
        asking = [part for part in self._has if part.has in over]
        years = {age for part in asking for age in (part.before, part.by, part.from_) if age is not None}
        ages = around(years, record.low, record.high)
        asks_number = bool(over & self._counted) or any(part.multiple or part.bilateral for part in asking)
        limits = sorted({part.larger_than for part in asking if part.larger_than is not None})
        sizes = [record.size] if record.size is not None or not limits else [x for n in limits for x in (n, n + 1.0)]
        numbers = [
            (several, bilateral)
            for several in ((False, True) if record.several is None and asks_number else (bool(record.several),))
            for bilateral in ((False, True) if record.bilateral is None and asks_number else (bool(record.bilateral),))
            if several or not bilateral
        ]
        return ages if years else ages[:1], numbers, sizes


def completed(kind: str, record: Record, age: int, number: tuple[bool, bool], size: float | None) -> Finding:
    """A tumor of which everything is known."""
    several, bilateral = number
    return Finding(kind, Age(age, age), Status.PRESENT, several, bilateral, record.recurrent, record.metastatic,
                   size_mm=size)  # fmt: skip


def open_people(family: Pedigree) -> frozenset[str]:
    """The ids of the people whose findings and tests can be filled in."""
    explaining = [
        at for at, person in enumerate(family.people)
        if any(one.status is not Status.ABSENT and one.term in _explaining() for one in person.findings)
        or any(test.gene in _EXPLAINING_GENES and test.result in FOUND for test in person.tests)
    ]  # fmt: skip
    as_recorded = {other for at in explaining for other in (at, *family.identical.get(at, ()))}
    return frozenset(
        person.id for at, person in enumerate(family.people) if at not in as_recorded and _can_be_told(person)
    )


_EXPLAINING_GENES = frozenset().union(*(genes for _, _, genes in EXPLANATIONS))


@cache
def _explaining() -> frozenset[str]:
    """The syndromes that explain tumors, and what may turn out to be one."""
    known = vocabulary().terms.keys()
    return frozenset().union(*(vocabulary().above(one) for _, some, _ in EXPLANATIONS for one in some if one in known))


def _can_be_told(person: Person) -> bool:
    """Whether records can say everything: no two records may or may not be of one tumor."""
    return not any(
        are_comparable(one.term, other.term)
        for records in mergings(person)
        for at, one in enumerate(records)
        for other in records[:at]
    )


def assembled(person: Person, tumors: Sequence[Finding]) -> tuple[Finding, ...] | None:
    """The findings of a person whose tumors turned out so; ``None`` where two of them would be read as one.

    That a tumor is of no kind below its term is recorded by those kinds being absent.
    """
    terms = [each.term or "" for each in tumors]
    if any(are_comparable(one, other) for at, one in enumerate(terms) for other in terms[:at]):
        return None
    kept = list(tumors)
    if any(term in below("parathyroid-tumor") for term in terms):
        kept = [each for each in kept if each.term not in below(*DOUBT)]
    kept += [Finding(kind, status=Status.ABSENT) for term in terms for kind in vocabulary().children(term)]
    denied = [each for each in person.findings if each.status is Status.ABSENT and each.term is not None]
    kept += [each for each in denied if not set(terms) & below(each.term or "")]
    return (*kept, *(each for each in person.findings if each.term is None))


def scopes(test: GeneticTest) -> list[GeneticTest]:
    """A test with every scope that it may have had."""
    return [test] if test.scope is not None else [attrs.evolve(test, scope=scope) for scope in Scope]


def with_places(family: Pedigree) -> Pedigree:
    """The family with the places that a reader would give, such as ``people[0].findings[1]``."""
    return attrs.evolve(family, people=tuple(placed(person, at) for at, person in enumerate(family.people)))


def placed(person: Person, at: int) -> Person:
    """The person with the places that a reader would give."""
    place = f"people[{at}]"
    return attrs.evolve(
        person,
        at=place,
        findings=tuple(attrs.evolve(one, at=f"{place}.findings[{n}]") for n, one in enumerate(person.findings)),
        tests=tuple(attrs.evolve(one, at=f"{place}.tests[{n}]") for n, one in enumerate(person.tests)),
    )

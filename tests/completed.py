"""Families with every open fact filled in, as families that can be screened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

import attrs
from histories import asked, placed
from oracle import DOUBT, Record, are_comparable, around, below, mergings

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Scope, Status
from menscreen.rules.criteria import Has, Tumors
from menscreen.vocabulary import vocabulary


class Completions(NamedTuple):
    """Completed families, and whether these are all of them."""

    families: list[Pedigree]
    all: bool


def completions(family: Pedigree, most: int) -> Completions | None:
    """Every completion that rules can tell apart, or a sample; ``None`` where one cannot be recorded.

    What cannot be recorded: two records of which nobody knows whether they are one tumor.
    """
    people = [people_completed(person) for person in family.people]
    if not all(people):
        return None
    ways = 1
    for each in people:
        ways *= len(each)
    if ways <= most:
        chosen: Sequence[tuple[Person, ...]] = list(product(*people))
    else:
        random = Random(ways)
        chosen = [tuple(map(random.choice, people)) for _ in range(most)]
    families = [
        attrs.evolve(family, people=tuple(placed(person, at) for at, person in enumerate(some))) for some in chosen
    ]
    return Completions(families, ways <= most)


def people_completed(person: Person) -> list[Person]:
    found: dict[Person, None] = {}
    absent = [each for each in person.findings if each.status is Status.ABSENT]
    tests = list(product(*map(_tests, person.tests)))
    for records in mergings(person):
        if any(are_comparable(one.term, other.term) for one in records for other in records if one is not other):
            return []
        in_doubt = any(record.term in below(*DOUBT) for record in records)
        for known in product(*(list(_findings(record, in_doubt, absent)) for record in records)):
            findings = [each for each in known if each is not None]
            terms = [each.term or "" for each in findings]
            if any(are_comparable(one, other) for at, one in enumerate(terms) for other in terms[:at]):
                continue
            if any(each.term in below("parathyroid-tumor") for each in findings):
                findings = [each for each in findings if each.term not in below(*DOUBT)]
            findings += [
                Finding(child, status=Status.ABSENT) for term in terms for child in vocabulary().children(term)
            ]
            findings += [each for each in absent if not set(terms) & below(each.term or "")]
            for some in tests:
                found[attrs.evolve(person, findings=tuple(findings), tests=some)] = None
    return list(found)


def _tests(test: GeneticTest) -> list[GeneticTest]:
    return [test] if test.scope is not None else [attrs.evolve(test, scope=scope) for scope in Scope]


def _findings(record: Record, in_doubt: bool, absent: Sequence[Finding]) -> Iterator[Finding | None]:
    """A tumor in every way that rules can tell apart; `None` where it is not there."""
    if not record.is_certain:
        yield None
    if in_doubt and record.term in below("parathyroid-tumor") - below("parathyroid-carcinoma"):
        yield Finding("secondary-hyperparathyroidism")
    wanted = {part.has for part in asked() if isinstance(part, Has)}
    wanted.update(term for part in asked() if isinstance(part, Tumors) for term in part.of)
    excluded = below(*(each.term for each in absent if each.term))
    kinds: dict[frozenset[str], str] = {}
    for term in sorted({record.term, *below(record.term) - excluded}):
        kinds.setdefault(vocabulary().above(term) & wanted, term)
    for term in kinds.values():
        yield from _of_kind(term, record)


def _of_kind(term: str, record: Record) -> Iterator[Finding]:
    over = vocabulary().above(term)
    asking = [part for part in asked() if isinstance(part, Has) and part.has in over]
    counted = any(isinstance(part, Tumors) and over & set(part.of) for part in asked())
    years = {age for part in asking for age in (part.before, part.by, part.from_) if age is not None}
    ages = around(years, record.low, record.high)
    if not years:
        ages = ages[:1]
    asks_number = counted or any(part.multiple or part.bilateral for part in asking)
    limits = {part.larger_than for part in asking if part.larger_than is not None}
    sizes = [record.size] if record.size is not None or not limits else [size for n in limits for size in (n, n + 1)]
    numbers = [
        (several, bilateral)
        for several in ((False, True) if record.several is None and asks_number else (bool(record.several),))
        for bilateral in ((False, True) if record.bilateral is None and asks_number else (bool(record.bilateral),))
        if several or not bilateral
    ]
    for age, (several, bilateral), size in product(ages, numbers, sizes):
        yield Finding(term, Age(age, age), Status.PRESENT, several, bilateral, record.recurrent, record.metastatic,
                      size_mm=size)  # fmt: skip

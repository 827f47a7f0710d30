"""Possible answers to an open fact, and the family as it would be with each answer recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

import attrs

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import changed_finding, changed_person, with_person
from menscreen.pedigree.person import Age, Finding, Person, Scope, Sex, Status
from menscreen.pedigree.placing import places
from menscreen.rules.codons import codon_of
from menscreen.rules.criteria import Has, PersonIs, Tested
from menscreen.rules.facts import Fact, age_bounds, secondary_causes
from menscreen.rules.families import prepare, prepared_with
from menscreen.rules.reasons import Kind, Open
from menscreen.screening.program import Run
from menscreen.vocabulary import vocabulary

#: To the types that decide others are added until there are so many.
MOST_TYPES = 6
#: A variant that no statement asks for.
ANOTHER_VARIANT = "another variant"


class Choice(NamedTuple):
    """An answer in words, and the value that it records."""

    words: str
    value: Any


def choices(opens: Sequence[Open], family: Pedigree) -> Sequence[Choice]:
    """The answers that matter to the criteria which ask for one open fact of the family; one of them is so."""
    first = opens[0]
    fact = first.fact
    if first.kind is Kind.TYPE and fact is not None:
        wanted = dict.fromkeys(one.criterion.has for one in opens if isinstance(one.criterion, Has))
        return _types(fact.term, fact.excluded, tuple(wanted))
    if first.kind is Kind.AGE and fact is not None:
        return _ages(fact.low, fact.high, _cuts(opens))
    if first.kind is Kind.PERSON_AGE:
        person = family.people[first.position]
        low, high = age_bounds(person)
        return _ages(max(low, youngest(person)), high, _cuts(opens))
    if first.kind is Kind.SIZE:
        return _sizes({one.criterion.larger_than for one in opens if isinstance(one.criterion, Has)})
    if first.kind is Kind.PLACE:
        return [Choice(words, placed) for words, placed in places(family, first.position)]
    if first.kind is Kind.VARIANT:
        return _variants([one.criterion.variant for one in opens if isinstance(one.criterion, Tested)])
    return [Choice(words, value) for words, value in _FIXED[first.kind]]


_FIXED: dict[Kind, tuple[tuple[str, Any], ...]] = {
    Kind.MULTIPLE: (("several", True), ("one", False)),
    Kind.BILATERAL: (("both sides", True), ("one side", False)),
    Kind.CONFIRMED: (("confirmed", True), ("not confirmed", False)),
    Kind.CAUSE: (("primary", True), ("secondary", False)),
    Kind.SCOPE: tuple((scope.value, scope) for scope in Scope),
    Kind.SEX: (("female", Sex.FEMALE), ("male", Sex.MALE)),
}


@lru_cache(maxsize=1_000)
def _types(term: str, excluded: frozenset[str], wanted: Sequence[str]) -> tuple[Choice, ...]:
    """The types that would decide, then the other types of the tumor, then none of these."""
    words = vocabulary()
    under = words.below(term) - excluded
    deciding: list[str] = []
    for one in wanted:
        common = under & words.below(one)
        deciding.extend(sorted(kind for kind in common if words.above(kind).isdisjoint(common - {kind})))
    named = dict.fromkeys(deciding)
    named |= dict.fromkeys(islice(_others(term, named.keys() | excluded), max(0, MOST_TYPES - len(named))))
    return *(Choice(words.terms[one].name, one) for one in named), Choice("another kind", Another(named))


def youngest(person: Person) -> int:
    """The lowest age that somebody can have who had such findings."""
    return max((finding.age.low for finding in person.findings if finding.age is not None), default=0)


class Another(frozenset[str]):
    """A type of tumor that is none of these."""


def _others(term: str, taken: Collection[str]) -> Iterator[str]:
    """The types of a tumor beside those that are taken: where some of a group are, the rest of the group."""
    words = vocabulary()
    for child in words.children(term):
        if words.below(child).isdisjoint(taken):
            yield child
        elif child not in taken:
            yield from _others(child, taken)


def _sizes(limits: Iterable[int | None]) -> list[Choice]:
    """The bands of sizes between the limits; the lowest limit by itself, since terms change at it."""
    lowest, *higher = sorted({limit for limit in limits if limit is not None})
    found = [Choice(f"less than {lowest} mm", lowest - 1.0), Choice(f"{lowest} mm", float(lowest))]
    for limit in higher:
        found.append(Choice(f"more than {lowest} mm, at most {limit} mm", float(limit)))
        lowest = limit
    return [Choice(f"more than {lowest} mm", lowest + 1.0), *reversed(found)]


def _variants(wanted: Iterable[str | None]) -> list[Choice]:
    """The variants that would decide, of several names of one only that which says the most, and any other."""
    named = {codon_of(variant): variant for variant in wanted if variant is not None}
    changed = {codon for codon, change in named if change is not None}
    told = [variant for (codon, change), variant in named.items() if change is not None or codon not in changed]
    return [Choice(variant, variant) for variant in (*told, ANOTHER_VARIANT)]


def _cuts(opens: Iterable[Open]) -> set[int]:
    """The ages at which the answer to some criterion changes."""
    found: set[int] = set()
    for one in opens:
        bounds = one.criterion.age if isinstance(one.criterion, PersonIs) else one.criterion
        before, by = getattr(bounds, "before", None), getattr(bounds, "by", None)
        start = getattr(bounds, "from_", None)
        found.update(cut for cut in (before, by + 1 if by is not None else None, start) if cut is not None)
    return found


def _ages(low: int, high: int, cuts: Iterable[int]) -> list[Choice]:
    """The bands of ages between the cuts."""
    starts = [low, *sorted(cut for cut in cuts if low < cut <= high)]
    ends = [start - 1 for start in starts[1:]] + [high]
    return [Choice(_band(start, end, high), Age(start, end)) for start, end in zip(starts, ends, strict=True)]


def _band(start: int, end: int, high: int) -> str:
    if start == end:
        return str(start)
    if start == 0:
        return f"{end} or younger"
    return f"{start} or older" if end == high and high >= 100 else f"{start}-{end}"


def answered(family: Pedigree, one: Open, value: Any) -> Pedigree:
    """The family with an answer recorded."""
    if isinstance(value, Pedigree):
        return value
    person = family.people[one.position]
    if one.fact is not None:
        person = changed_person(person, findings=tuple(_with_answer(person, one.fact, one.kind, value)))
    elif one.test is not None:
        known = {"scope" if one.kind is Kind.SCOPE else "variant": value}
        tests = tuple(attrs.evolve(test, **known) if test is one.test else test for test in person.tests)
        person = changed_person(person, tests=tests)
    else:
        person = changed_person(person, **{"age" if one.kind is Kind.PERSON_AGE else "sex": value})
    return with_person(family, one.position, person)


def _with_answer(person: Person, fact: Fact, kind: Kind, value: Any) -> Iterator[Finding]:
    """The findings of a person with an answer about one tumor in every record of it."""
    over = vocabulary().above(fact.term)
    for finding in person.findings:
        if kind is Kind.CAUSE and value is True and finding.term in secondary_causes():
            continue
        if kind is Kind.CONFIRMED and finding.status is Status.ABSENT and finding.term in over:
            continue
        yield _changed(finding, fact, kind, value) if finding in fact.findings else finding
    if isinstance(value, Another):
        others = {finding.term for finding in person.findings if finding not in fact.findings}
        below = vocabulary().below
        yield from (_absent(term) for term in sorted(value) if others.isdisjoint(below(term)))


@cache
def _absent(term: str) -> Finding:
    return Finding(term, status=Status.ABSENT)


def _changed(finding: Finding, fact: Fact, kind: Kind, value: Any) -> Finding:
    if isinstance(value, Another):
        return finding
    if kind is Kind.TYPE:
        return changed_finding(finding, term=value) if finding.term == fact.term else finding
    if kind is Kind.CONFIRMED:
        return changed_finding(finding, status=Status.PRESENT if value else Status.ABSENT)
    if kind is Kind.CAUSE:
        return finding if value else changed_finding(finding, term="secondary-hyperparathyroidism")
    if kind is Kind.BILATERAL:
        return changed_finding(finding, bilateral=value, multiple=True if value else finding.multiple)
    name = {Kind.AGE: "age", Kind.MULTIPLE: "multiple", Kind.SIZE: "size_mm"}[kind]
    return changed_finding(finding, **{name: value})


def run_with(run: Run, position: int, one: Open, value: Any) -> Run:
    """What would be found for the person screened if this answer were recorded."""
    pedigree = answered(run.family.pedigree, one, value)
    if one.kind is Kind.PLACE:
        return run.program.run(prepare(pedigree, (position,)))
    if one.test is not None:
        family = prepare(pedigree, (position,))  # identical twins share it
        family.assume_kin_of(run.family)
    else:
        family = prepared_with(run.family, pedigree, one.position)
    return run.program.run(family)

"""Families on either side of every boundary of some rules, smallest first.

Each rule is taken apart: families that just meet it, and those that differ from them in one thing (an age by one year,
one tumor or several, a finding left out, a relative one degree farther, one relative fewer).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from menscreen.pedigree.person import Origin
from menscreen.rules.answers import related_terms
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
from menscreen.rules.rulebook import parts
from menscreen.vocabulary import vocabulary

#: Relations of each degree on one side; as many as a rule is likely to count.
RELATIONS = {
    1: ("mother", "brother", "sister", "son", "daughter"),
    2: ("mother's mother", "mother's sister", "mother's brother", "mother's father", "sister's son"),
    3: ("mother's sister's son", "mother's sister's daughter", "mother's brother's son", "mother's mother's sister"),
    4: ("mother's mother's sister's daughter", "mother's mother's sister's son", "mother's sister's son's son"),
}
FARTHEST = max(RELATIONS)
DEGREES = {relation: degree for degree, relations in RELATIONS.items() for relation in relations}
#: Bounds on the families made of one rule, so that no rulebook costs much.
MOST_MEETING = 60
MOST_COMBINATIONS = 40

Criteria = Iterable[tuple[Criterion, Mapping[str, Criterion]]]


class Item(NamedTuple):
    """One record of one person: a finding with its age, a test, or the age of the person (words only)."""

    relation: str
    words: str
    age: int | None = None
    flags: tuple[str, ...] = ()
    term: str | None = None

    def __str__(self) -> str:
        age = "" if self.age is None else f" @{self.age}"
        return ", ".join((self.words, *self.flags)) + age


Spec = frozenset[Item]


def shorthand(spec: Spec) -> dict[str, tuple[str, ...]]:
    """The family as `menscreen.rules.examples.family` reads it."""
    people: dict[str, list[str]] = {"self": []}
    for item in ordered(spec):
        people.setdefault(item.relation, []).append(str(item))
    return {relation: tuple(facts) for relation, facts in people.items()}


def ordered(spec: Spec) -> list[Item]:
    """The records of a family: the person first, then the nearest relatives."""
    return sorted(
        spec, key=lambda one: (DEGREES.get(one.relation, 0), one.relation, one.words, one.age or 0, one.flags)
    )


class Boundaries:
    """The boundary families of some criteria.

    Args:
        criteria: each with the definitions that its names stand for.
    """

    def __init__(self, criteria: Criteria) -> None:
        self._roots = tuple(criteria)
        inside = [one for root, names in self._roots for one in _every(root, names)]
        self._has = [one for one in inside if isinstance(one, Has)]
        self._tumors = [one for one in inside if isinstance(one, Tumors)]
        self.terms = sorted({one.has for one in self._has} | {term for one in self._tumors for term in one.of})

    def families(self) -> list[Spec]:
        """All families, the smallest first, each once."""
        found: dict[Spec, None] = {frozenset(): None}
        for term in self.terms:
            found.update(dict.fromkeys(frozenset({item}) for item in self._singles(term)))
        for root, names in self._roots:
            for spec, others in self.near(root, names):
                found[spec] = None
                found.update(dict.fromkeys(others))
        return sorted(found, key=_order)

    def near(self, root: Criterion, names: Mapping[str, Criterion]) -> Iterator[tuple[Spec, tuple[Spec, ...]]]:
        """Families that meet a criterion, each with those that differ from it in one thing."""
        extras = list(self._excluded(root, names))
        for spec in islice(self.meeting(root, names), MOST_MEETING):
            yield spec, (*self.changed(spec), *(spec | extra for extra in extras))

    def ages(self, term: str) -> tuple[int, ...]:
        """The ages at, just below and just above each line that a criterion draws for the term."""
        related = related_terms(term)
        lines = {
            line
            for one in self._has
            if one.has in related
            for line in (one.before, one.by, one.from_)
            if line is not None
        }
        return tuple(sorted({age for line in lines for age in (line - 1, line, line + 1) if age >= 0}))

    def meeting(self, criterion: Criterion, names: Mapping[str, Criterion]) -> Iterator[Spec]:
        """Families that meet a criterion, or nearly do where an exclusion stands in the way; at its boundary."""
        match criterion:
            case Meets():
                yield from self.meeting(names[criterion.meets], names)
            case Has():
                yield from (frozenset({item}) for item in self._having(criterion))
            case Tumors():
                yield from self._counting(criterion)
            case Tested():
                yield frozenset({Item("self", _test(criterion))})
            case PersonIs():
                yield from _aged(criterion)
            case AnyOf():
                for part in criterion.any:
                    yield from self.meeting(part, names)
            case AllOf():
                yield from self._together(criterion.all, names)
            case AtLeast():
                for some in islice(combinations(criterion.of, criterion.at_least), MOST_COMBINATIONS):
                    yield from self._together(some, names)
                    if len(set(some)) < len(some):
                        yield from self._of_different_sites(some)
            case Relatives():
                for spec in self.meeting(criterion.have, names):
                    yield from _placed(spec, criterion)
            case NoneOf():
                yield frozenset()

    def _together(self, criteria: Sequence[Criterion], names: Mapping[str, Criterion]) -> Iterator[Spec]:
        """Meet all of these: each way to meet one of them, with the first way to meet each of the others."""
        ways = [list(islice(self.meeting(part, names), MOST_MEETING)) or [frozenset[Item]()] for part in criteria]
        for at, several in enumerate(ways):
            rest = frozenset[Item]().union(*(way[0] for number, way in enumerate(ways) if number != at))
            for spec in several:
                yield rest | spec

    def _of_different_sites(self, criteria: Sequence[Criterion]) -> Iterator[Spec]:
        """Meet a criterion that stands several times by tumors of different sites."""
        words = vocabulary()
        sites: dict[str | None, Item] = {}
        for one in criteria:
            for term in sorted(words.below(one.has)) if isinstance(one, Has) else ():
                site = words.terms[term].site
                if site is not None and words.children(term) == ():
                    sites.setdefault(site, self._item(term, max(self.ages(term), default=None)))
        if len(sites) >= len(criteria):
            yield frozenset(islice(sites.values(), len(criteria)))

    def _excluded(self, root: Criterion, names: Mapping[str, Criterion]) -> Iterator[Spec]:
        """What an exclusion of the criterion looks for."""
        for one in _every(root, names):
            for part in one.none if isinstance(one, NoneOf) else ():
                yield from islice(self.meeting(part, names), MOST_MEETING)

    def _having(self, has: Has) -> Iterator[Item]:
        ages = {has.before - 1 if has.before else None, has.by, has.from_} - {None}
        drawn = sorted(age for age in ages if age is not None)
        for age in (*drawn,) or (max(self.ages(has.has), default=None),):
            flags = [name for name in ("bilateral", "recurrent", "metastatic") if getattr(has, name)]
            flags += ["multiple"] if has.multiple and not has.bilateral else []
            flags += [f"{has.larger_than + 1} mm"] if has.larger_than is not None else []
            yield self._item(has.has, age, flags)

    def _item(self, term: str, age: int | None, flags: Iterable[str] = ()) -> Item:
        """A finding with its number and sides named where some criterion asks for them."""
        related = related_terms(term)
        told = list(flags)
        asks_side = any(one.bilateral for one in self._has if one.has in related)
        asks_number = any(one.multiple for one in self._has if one.has in related) or any(
            not related.isdisjoint(one.of) for one in self._tumors
        )
        if "bilateral" not in told and "multiple" not in told and (asks_number or asks_side):
            told.append("unilateral" if asks_side and not asks_number else "single")
        return Item("self", vocabulary().terms[term].name, age, tuple(told), term)

    def _singles(self, term: str) -> Iterator[Item]:
        for age in self.ages(term) or (None,):
            one = self._item(term, age)
            yield one
            if one.flags:
                yield self._item(term, age, ["multiple"])
        oldest = max(self.ages(term), default=None)
        related = related_terms(term)
        for one_of in self._has:
            if one_of.has in related:
                for name in ("bilateral", "recurrent", "metastatic"):
                    if getattr(one_of, name):
                        yield self._item(term, oldest, [name])
                if one_of.larger_than is not None:
                    for size in (one_of.larger_than, one_of.larger_than + 1):
                        for age in self.ages(term) or (None,):
                            yield self._item(term, age, [f"{size} mm"])

    def _counting(self, tumors: Tumors) -> Iterator[Spec]:
        for at in range(len(tumors.of)):
            some = [tumors.of[(at + step) % len(tumors.of)] for step in range(tumors.at_least)]
            yield frozenset(self._item(term, max(self.ages(term), default=None)) for term in some)
        for term in tumors.of:
            yield frozenset({self._item(term, max(self.ages(term), default=None), ["multiple"])})

    def changed(self, spec: Spec) -> Iterator[Spec]:
        """The family with one thing changed."""
        for item in spec:
            rest = spec - {item}
            yield rest
            for other in self._otherwise(item):
                yield rest | {other}

    def _otherwise(self, item: Item) -> Iterator[Item]:
        if item.term is not None:
            for age in set(self.ages(item.term)) - {item.age}:
                yield item._replace(age=age)
            for name, other in _OPPOSITE.items():
                if name in item.flags:
                    yield item._replace(flags=tuple(other if flag == name else flag for flag in item.flags))
            for flag in item.flags:
                if flag in ("recurrent", "metastatic", "bilateral"):
                    yield item._replace(flags=tuple(one for one in item.flags if one != flag))
                if flag.endswith(" mm"):
                    size = int(flag.removesuffix(" mm")) - 1
                    yield item._replace(flags=tuple(f"{size} mm" if one == flag else one for one in item.flags))
        if item.words.startswith("age "):
            age = int(item.words.removeprefix("age "))
            for other_age in (age - 1, age + 1):
                yield item._replace(words=f"age {other_age}")
        degree = DEGREES.get(item.relation)
        if degree is not None:
            for other_degree in (degree - 1, degree + 1):
                if other_degree in RELATIONS:
                    yield item._replace(relation=RELATIONS[other_degree][RELATIONS[degree].index(item.relation) % 3])


_OPPOSITE = {"single": "multiple", "multiple": "single", "unilateral": "bilateral"}


def _every(root: Criterion, names: Mapping[str, Criterion]) -> Iterator[Criterion]:
    waiting = [root]
    seen: set[str] = set()
    for one in waiting:
        yield one
        if isinstance(one, Meets) and one.meets not in seen:
            seen.add(one.meets)
            waiting.append(names[one.meets])
        waiting.extend(parts(one))


def _order(spec: Spec) -> tuple[int, int, list[tuple[str, str]]]:
    size = sum(1 + DEGREES.get(item.relation, 0) + len(item.flags) for item in spec)
    return len(spec), size, [(str(item), item.relation) for item in ordered(spec)]


def _test(tested: Tested) -> str:
    scope = "" if tested.scope is None else f", {tested.scope}"
    scope = ", full" if tested.result == "negative" and not scope else scope
    origin = ", somatic" if tested.origin is Origin.SOMATIC else ""
    variant = f", variant {tested.variant}" if tested.variant else ""
    return f"test {tested.gene} {tested.result}{scope}{origin}{variant}"


def _aged(person: PersonIs) -> Iterator[Spec]:
    sex = frozenset({Item("self", str(person.sex))}) if person.sex is not None else frozenset[Item]()
    if person.age is None:
        yield sex
        return
    bounds = (person.age.before - 1 if person.age.before else None, person.age.by, person.age.from_)
    for age in bounds:
        if age is not None:
            yield sex | {Item("self", f"age {age}")}


def _placed(spec: Spec, relatives: Relatives) -> Iterator[Spec]:
    """Give what one person has to so many relatives: of the farthest degree that counts, and of the first."""
    if any(item.relation != "self" for item in spec):
        return  # relatives of relatives are not moved
    for degree in sorted({min(relatives.within or FARTHEST, FARTHEST), 1}):
        near = [one for step in range(degree, 0, -1) for one in RELATIONS[step]]
        for many in {relatives.at_least, max(relatives.at_least - 1, 1)}:
            yield frozenset(item._replace(relation=relation) for relation in near[:many] for item in spec)

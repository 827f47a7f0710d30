"""Mechanical mutants of rules: each differs from its rule in one thing, and an example must notice.

A mutant that no example notices is compared with its rule on the boundary families of both; where no family tells them
apart it is equivalent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Origin
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    NoneOf,
    PersonIs,
    Relatives,
    Tested as GeneTested,
    Tumors,
)
from menscreen.rules.evaluation import answer
from menscreen.rules.examples import family
from menscreen.rules.locking import reached
from menscreen.rules.rulebook import Rule, Rulebook
from menscreen.rules.truth import Truth
from menscreen.screening.boundaries import Boundaries, shorthand

replace = msgspec.structs.replace


class Mutant(NamedTuple):
    """A rulebook with one change, what was changed, and the rules that it can concern."""

    what: str
    book: Rulebook
    rules: tuple[Rule, ...]


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Every mutant of every rule and definition."""
    for rule in book.rules:
        for what, changed in changes(rule.when):
            yield Mutant(f"{rule.id}: {what}", book, (replace(rule, when=changed),))
    for name, definition in book.definitions.items():
        concerned = tuple(rule for rule in book.rules if name in reached(rule.when, book.definitions))
        for what, changed in changes(definition):
            other = replace(book, definitions={**book.definitions, name: changed})
            yield Mutant(f"definition {name}: {what}", other, concerned)


class ToldApart(NamedTuple):
    """The smallest family that a mutant answers otherwise than its rule, in shorthand, and both answers."""

    rule: str
    family: dict[str, tuple[str, ...]]
    answer: Truth
    mutated: Truth

    def __str__(self) -> str:
        return f"{self.family} is {self.answer.value}, and {self.mutated.value} by the mutant"


class Examples:
    """The examples of a rulebook that give their answer, built once."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._examples = {rule.id: list(_right(book, rule)) for rule in book.rules}
        self._rules = {rule.id: rule for rule in book.rules}

    def notice(self, mutant: Mutant) -> bool:
        """An example of a rule that is concerned gives another answer."""
        return any(
            answer(mutant.book, rule, pedigree) is not said
            for rule in mutant.rules
            for pedigree, said in self._examples[rule.id]
        )

    def told_apart(self, mutant: Mutant) -> ToldApart | None:
        """The smallest boundary family that a mutant answers otherwise; `None` when it is equivalent."""
        for rule in mutant.rules:
            original = self._rules[rule.id]
            pair = [(original.when, self._book.definitions), (rule.when, mutant.book.definitions)]
            for spec in Boundaries(pair).families():
                pedigree = family(shorthand(spec))
                one, other = answer(self._book, original, pedigree), answer(mutant.book, rule, pedigree)
                if one is not other:
                    return ToldApart(rule.id, shorthand(spec), one, other)
        return None


def _right(book: Rulebook, rule: Rule) -> Iterator[tuple[Pedigree, Truth]]:
    for example in rule.examples:
        try:
            pedigree = family(example.family)
        except ValueError:
            continue  # `menscreen.rules.examples.failing` says so
        said = answer(book, rule, pedigree)
        if said.value == example.answer:
            yield pedigree, said


def changes(of: Criterion) -> Iterator[tuple[str, Criterion]]:
    """Every criterion that differs from this one in one part, and what was done."""
    match of:
        case Has():
            yield from _of_finding(of)
        case GeneTested():
            yield from _of_test(of)
        case PersonIs():
            yield from _of_person(of)
        case Tumors():
            yield from _of_count(of)
            for at, term in enumerate(of.of if len(of.of) > 1 else ()):
                yield f"without {term}", replace(of, of=of.of[:at] + of.of[at + 1 :])
        case Relatives():
            yield from _of_relatives(of)
        case AtLeast():
            yield from _of_count(of)
            yield from ((what, replace(of, of=parts)) for what, parts in _of_parts(of.of))
        case AllOf() | AnyOf() | NoneOf():
            parts = of.all if isinstance(of, AllOf) else of.any if isinstance(of, AnyOf) else of.none
            yield from ((what, type(of)(changed)) for what, changed in _of_parts(parts) if changed)
            if not isinstance(of, NoneOf) and len(parts) > 1:
                yield "all and any turned", AnyOf(parts) if isinstance(of, AllOf) else AllOf(parts)


def _of_bounds(of: Has | AgeNow) -> Iterator[tuple[str, dict[str, int | None]]]:
    """Lines moved by a year both ways, dropped, and turned from ``<`` to ``<=`` and back."""
    for name in ("before", "by", "from_"):
        bound = getattr(of, name)
        if bound is not None:
            yield f"{name} one less", {name: bound - 1}
            yield f"{name} one more", {name: bound + 1}
            yield f"{name} dropped", {name: None}
    if of.before is not None:
        yield "< to <=", {"before": None, "by": of.before}
    if of.by is not None:
        yield "<= to <", {"by": None, "before": of.by}


def _of_finding(of: Has) -> Iterator[tuple[str, Criterion]]:
    for what, changed in _of_bounds(of):
        yield what, replace(of, **changed)
    if of.larger_than is not None:
        for by, what in ((-1, "size one less"), (1, "size one more")):
            yield what, replace(of, larger_than=of.larger_than + by)
        yield "size dropped", replace(of, larger_than=None)
    for name in ("multiple", "bilateral", "recurrent", "metastatic"):
        if getattr(of, name):
            yield f"{name} dropped", replace(of, **{name: False})


def _of_test(of: GeneTested) -> Iterator[tuple[str, Criterion]]:
    yield "origin turned", replace(of, origin=Origin.SOMATIC if of.origin is Origin.GERMLINE else Origin.GERMLINE)
    for result in ("pathogenic", "uncertain", "negative"):
        if result != of.result:
            yield f"result {result}", replace(of, result=result)
    for name in ("scope", "variant"):
        if getattr(of, name) is not None:
            yield f"{name} dropped", replace(of, **{name: None})


def _of_person(of: PersonIs) -> Iterator[tuple[str, Criterion]]:
    if of.age is not None:
        for what, changed in _of_bounds(of.age):
            age = replace(of.age, **changed)
            if age != AgeNow():
                yield f"age now, {what}", replace(of, age=age)
    if of.sex is not None and of.age is not None:
        yield "sex dropped", replace(of, sex=None)
        yield "age dropped", replace(of, age=None)


def _of_count(of: Tumors | AtLeast | Relatives) -> Iterator[tuple[str, Criterion]]:
    yield "one more", replace(of, at_least=of.at_least + 1)
    if of.at_least > 1:
        yield "one less", replace(of, at_least=of.at_least - 1)


def _of_relatives(of: Relatives) -> Iterator[tuple[str, Criterion]]:
    yield from _of_count(of)
    if of.within is None:
        yield "only first degree", replace(of, within=1)
    else:
        yield "one degree more", replace(of, within=of.within + 1)
        if of.within > 1:
            yield "one degree less", replace(of, within=of.within - 1)
    if of.side is not None:
        yield "side dropped", replace(of, side=None)
    yield from ((what, replace(of, have=changed)) for what, changed in changes(of.have))


def _of_parts(parts: tuple[Criterion, ...]) -> Iterator[tuple[str, tuple[Criterion, ...]]]:
    for at, part in enumerate(parts):
        yield f"without {part}", parts[:at] + parts[at + 1 :]
        for what, changed in changes(part):
            yield f"{what} in {part}", (*parts[:at], changed, *parts[at + 1 :])

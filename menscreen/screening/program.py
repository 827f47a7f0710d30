"""Rulebooks made ready to run: every rule numbered, and which rules a term or a gene can touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from menscreen.problems import UsageError
from menscreen.rules.criteria import Criterion, Relatives
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.families import MEN_SYNDROMES, Family
from menscreen.rules.loading import load, rulebooks_of
from menscreen.rules.nodes import Masks
from menscreen.rules.rulebook import Rule, Rulebook
from menscreen.screening.levels import CountedLevels
from menscreen.screening.verdict import Citation, RulebookUsed

#: Stands for "any degree".
FARTHEST = 1_000_000


class Program:
    """The rules of some rulebooks in order.

    Attributes:
        names: such as ``eviq-1428/parathyroid-under-40``.
        criteria: what each rule asks of a body. A statement that is written about a relative of the person screened
            ("a known variant in a first-degree relative") is asked of the relative.
        within: for such statements, the degree within which the relative must be; `None` for all others.
        levels: for each rule, the levels at which it counts for a relative of some degree.
    """

    def __init__(self, books: Sequence[Rulebook]) -> None:
        self.books = tuple(books)
        self.rules: list[Rule] = []
        self.book_of: list[int] = []
        self.names: list[str] = []
        self.citations: list[Citation] = []
        self.criteria: list[Criterion] = []
        self.within: list[int | None] = []
        definitions: list[Mapping[str, Criterion]] = []
        for at, book in enumerate(self.books):
            for rule in book.rules:
                relatives = named_relatives(rule)
                self.rules.append(rule)
                self.book_of.append(at)
                self.names.append(f"{book.id}/{rule.id}")
                self.criteria.append(rule.when if relatives is None else relatives.have)
                self.within.append(None if relatives is None else relatives.within or FARTHEST)
                self.citations.append(_citation(book, rule))
                definitions.append(book.definitions)
        self.is_men = [not MEN_SYNDROMES.isdisjoint(rule.syndromes) for rule in self.rules]
        self.levels = list(map(CountedLevels, self.rules, self.within))
        self.plan = Plan(self.criteria, definitions)
        self.spoken_of = [
            frozenset(book.guideline.syndromes).union(*(rule.syndromes for rule in book.rules)) for book in self.books
        ]
        self.ids = tuple(book.id for book in self.books)
        self.used = tuple(RulebookUsed(book.id, book.guideline.edition, book.digest) for book in self.books)

    def statement(self, number: int) -> str:
        """The statement of a rule in words; a draft says that nobody has seen its wording."""
        is_draft = self.books[self.book_of[number]].guideline.status == "draft"
        return self.rules[number].says + (" (Wording not confirmed.)" if is_draft else "")

    def run(self, family: Family) -> Run:
        """Evaluate every rule that the family can touch on every body."""
        evaluation = Evaluation(self.plan, family)
        known, numbers = evaluation.answers, self.plan.root_numbers
        answers: dict[int, Masks] = {}
        for rule in evaluation.touched:
            number = numbers[rule]
            masks = known[number] or evaluation.worked_out(number)
            if masks[1]:
                answers[rule] = masks
        return Run(self, family, evaluation, answers)


class Run(NamedTuple):
    """What a program found in a family: for each rule that anybody meets or may meet, the bodies."""

    program: Program
    family: Family
    evaluation: Evaluation
    answers: dict[int, Masks]


def named_relatives(rule: Rule) -> Relatives | None:
    """The relatives that a statement is about when it is written so, and asks nothing of the person screened."""
    when = rule.when
    is_written_so = rule.self_only and isinstance(when, Relatives) and when.at_least == 1 and when.side is None
    return when if is_written_so and isinstance(when, Relatives) else None


def _citation(book: Rulebook, rule: Rule) -> Citation:
    guideline = book.guideline
    return Citation(guideline.id, guideline.title, guideline.year, rule.locator, rule.url, rule.provenance)


@cache
def program_of_profile(name: str, drafts: bool) -> Program:
    """The program of a profile's rulebooks."""
    return Program(rulebooks_of(name, drafts=drafts))


def program_of(
    rulebooks: Iterable[Rulebook | str | Path] | None, *, profile: str | None = None, drafts: bool = False
) -> Program:
    """A program of the rulebooks named, by value, id or path, else of those of the profile."""
    if rulebooks is None:
        return program_of_profile(profile or "default", drafts)
    return Program(books_to_run(rulebooks, profile=profile, drafts=drafts))


def books_to_run(
    rulebooks: Iterable[Rulebook | str | Path] | None, *, profile: str | None = None, drafts: bool = False
) -> tuple[Rulebook, ...]:
    """The rulebooks named, by value, id or path, else those of the profile."""
    if rulebooks is None:
        return rulebooks_of(profile or "default", drafts=drafts)
    if profile is not None:
        raise _not_runnable("rulebooks together with a profile", "one of the two", "leave one out")
    books = tuple(book if isinstance(book, Rulebook) else load(book) for book in rulebooks)
    if not books:
        raise _not_runnable("no rulebook", "at least one", "name a rulebook, or leave the option out")
    if not drafts and any(book.guideline.status == "draft" for book in books):
        found = "a draft, whose wording nobody has seen"
        raise _not_runnable(found, "a rulebook that is no draft", "say --drafts (drafts=True) to run it all the same")
    return books


def _not_runnable(found: str, needed: str, fix: str) -> UsageError:
    return UsageError.of("U002", found, needed, fix, "rulebooks")

"""Rulebooks made ready to run: every rule numbered, and which rules a term or a gene can touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from menscreen.rules.criteria import Criterion, Has, Meets, Relatives, Tested, Tumors
from menscreen.rules.evaluation import NOBODY, Evaluation, Masks, related_terms
from menscreen.rules.families import Family
from menscreen.rules.loading import default_rulebooks
from menscreen.rules.rulebook import Rule, Rulebook, every
from menscreen.screening.verdict import Citation


#: Stands for "any degree".
FARTHEST = 1_000_000


class Program:
    """The rules of some rulebooks in order.

    Attributes:
        names: such as ``eviq-1428/parathyroid-under-40``.
        criteria: what each rule asks of a body. A statement that is written about a relative of the person screened
            ("a known variant in a first-degree relative") is asked of the relative.
        within: for such statements, the degree within which the relative must be; `None` for all others.
    """

    def __init__(self, books: Sequence[Rulebook]) -> None:
        self.books = tuple(books)
        self.rules: list[Rule] = []
        self.book_of: list[int] = []
        self.names: list[str] = []
        self.citations: list[Citation] = []
        self.criteria: list[Criterion] = []
        self.within: list[int | None] = []
        self._by_term: dict[str, list[int]] = {}
        self._by_gene: dict[str, list[int]] = {}
        for at, book in enumerate(self.books):
            for rule in book.rules:
                self._index(len(self.rules), book, rule)
                self.rules.append(rule)
                self.book_of.append(at)
                self.names.append(f"{book.id}/{rule.id}")
                relatives = named_relatives(rule)
                self.criteria.append(rule.when if relatives is None else relatives.have)
                self.within.append(None if relatives is None else relatives.within or FARTHEST)
                self.citations.append(_citation(book, rule))

    def _index(self, number: int, book: Rulebook, rule: Rule) -> None:
        terms, genes = touched_by(rule.when, book)
        for term in terms:
            self._by_term.setdefault(term, []).append(number)
        for gene in genes:
            self._by_gene.setdefault(gene, []).append(number)

    def candidates(self, family: Family) -> list[int]:
        """The rules that can be met or undecided in this family; all others are not met."""
        found: set[int] = set()
        for term in family.by_term:
            found.update(self._by_term.get(term, ()))
        for gene in family.genes:
            found.update(self._by_gene.get(gene, ()))
        return sorted(found)

    def run(self, family: Family) -> Run:
        """Evaluate every candidate rule on every body."""
        known: dict[Criterion, Masks] = {}
        evaluations = [Evaluation(family, book.definitions, known) for book in self.books]
        answers: dict[int, Masks] = {}
        for number in self.candidates(family):
            masks = evaluations[self.book_of[number]].masks(self.criteria[number])
            if masks != NOBODY:
                answers[number] = masks
        return Run(self, family, evaluations, answers)


class Run:
    """What a program found in a family: for each rule that anybody meets or may meet, the bodies."""

    __slots__ = ("answers", "evaluations", "family", "program")

    def __init__(
        self, program: Program, family: Family, evaluations: list[Evaluation], answers: dict[int, Masks]
    ) -> None:
        self.program = program
        self.family = family
        self.evaluations = evaluations
        self.answers = answers

    def evaluation(self, rule: int) -> Evaluation:
        """The evaluation of the rulebook of a rule."""
        return self.evaluations[self.program.book_of[rule]]


def named_relatives(rule: Rule) -> Relatives | None:
    """The relatives that a statement is about when it is written so, and asks nothing of the person screened."""
    when = rule.when
    is_written_so = rule.self_only and isinstance(when, Relatives) and when.at_least == 1 and when.side is None
    return when if is_written_so and isinstance(when, Relatives) else None


def touched_by(criterion: Criterion, book: Rulebook) -> tuple[frozenset[str], frozenset[str]]:
    """The terms and the genes without which a criterion cannot hold for anybody."""
    terms: set[str] = set()
    genes: set[str] = set()
    waiting = [criterion]
    while waiting:
        for one in every(waiting.pop()):
            if isinstance(one, Has):
                terms |= related_terms(one.has)
            elif isinstance(one, Tumors):
                terms.update(*map(related_terms, one.of))
            elif isinstance(one, Tested):
                genes.add(one.gene)
            elif isinstance(one, Meets):
                waiting.append(book.definitions[one.meets])
    return frozenset(terms), frozenset(genes)


def _citation(book: Rulebook, rule: Rule) -> Citation:
    guideline = book.guideline
    return Citation(guideline.id, guideline.title, guideline.year, rule.locator, rule.url, rule.provenance)


@cache
def default_program() -> Program:
    """The program of the rulebooks that run when none is named."""
    return Program(default_rulebooks())


def program_of(rulebooks: Iterable[Rulebook] | None, *, drafts: bool) -> Program:
    """A program of the rulebooks named, else of the default ones; drafts run only when `drafts` says so."""
    if rulebooks is None:
        return default_program()
    return Program([book for book in rulebooks if drafts or book.guideline.status != "draft"])

"""Put a rulebook to the test: its examples, changes of its rules, the families at its boundaries, the laws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from menscreen.laws.boundary import Boundary
from menscreen.laws.breaking import Broken
from menscreen.laws.completing import Completing
from menscreen.laws.mutants import Examples, Mutant, ToldApart, mutants
from menscreen.laws.screenings import accounting, determinism, names, order
from menscreen.laws.statements import answers_of, consistency, monotonicity
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding
from menscreen.problems import Problem, Severity
from menscreen.rules.criteria import Has, Tumors
from menscreen.rules.examples import failing
from menscreen.rules.rulebook import Rule, Rulebook, every
from menscreen.rules.truth import Truth
from menscreen.screening.program import Program
from menscreen.screening.screen import screened
from menscreen.screening.verdict import Screening

#: So many families of each answer of each rule are put to the laws, and so many completions of each are looked at.
MOST_FAMILIES = 4
MOST_COMPLETIONS = 30

Counts: TypeAlias = Mapping[str, int]


@attrs.frozen
class RuleTrial:
    """What was tried of one rule.

    Attributes:
        rule: its id.
        examples: how many examples give each answer.
        families: how many families at its boundary it gives each answer.
    """

    rule: str
    examples: Counts
    families: Counts


@attrs.frozen
class Trial:
    """What was tried of a rulebook, and everything that came out otherwise than it should.

    Attributes:
        changes: how many mechanical changes of rules and definitions an example notices (``noticed``), how many change
            no answer to any family at the boundary (``equivalent``), and how many only such a family shows
            (``unnoticed``).
        laws: how many families each law was tried on.
        problems: examples that do not give their answer, changes that no example notices, rules that no family at
            their boundary meets, laws that do not hold.
    """

    rulebook: str
    edition: str
    digest: str
    rules: tuple[RuleTrial, ...]
    changes: Counts
    laws: Counts
    problems: tuple[Problem, ...]


def trial(book: Rulebook) -> Trial:
    """Try a rulebook on its examples, on changes of its rules, on families at its boundaries and on the laws.

    Everything is tried in the same order, so that the same rulebook gives the same trial; nothing is random.

    Args:
        book: from `menscreen.rules.loading.load`, with its examples.

    >>> from menscreen.rules.loading import full_rulebook
    >>> done = trial(full_rulebook("men5"))
    >>> done.problems, done.changes["unnoticed"]
    ((), 0)
    """
    boundaries = {rule.id: Boundary(book, rule) for rule in book.rules}
    problems = failing(book)
    problems += [_never_met(book, rule) for rule in book.rules if not boundaries[rule.id].specs[Truth.MET]]
    changes, unnoticed = _changes(book)
    laws, broken = _laws(book, boundaries)
    rules = tuple(
        RuleTrial(
            rule.id,
            _by_answer(example.answer for example in rule.examples),
            {answer.value: len(boundaries[rule.id].specs[answer]) for answer in _ANSWERS},
        )
        for rule in book.rules
    )
    return Trial(book.id, book.guideline.edition, book.digest, rules, changes, laws, (*problems, *unnoticed, *broken))


_ANSWERS = (Truth.MET, Truth.NOT_MET, Truth.UNDECIDED)


def _by_answer(answers: Iterator[str]) -> dict[str, int]:
    counted = Counter(answers)
    return {answer.value: counted[answer.value] for answer in _ANSWERS}


def _where(book: Rulebook, rule: str) -> str:
    number = next(at for at, one in enumerate(book.rules) if one.id == rule)
    return f"{book.id}.toml: rules[{number}]"


def _error(code: str, where: str, found: str, needed: str, fix: str) -> Problem:
    return Problem(code, Severity.ERROR, where, found, needed, fix)


def _never_met(book: Rulebook, rule: Rule) -> Problem:
    return _error(
        "R016",
        _where(book, rule.id),
        "no family at the boundary of the rule meets it",
        "a criterion that somebody can meet",
        "look for parts that exclude each other",
    )


def _changes(book: Rulebook) -> tuple[dict[str, int], list[Problem]]:
    examples = Examples(book)
    counted = dict.fromkeys(("noticed", "equivalent", "unnoticed"), 0)
    shown: dict[tuple[str, str], tuple[ToldApart, list[Mutant]]] = {}
    for mutant in mutants(book):
        if examples.notice(mutant):
            counted["noticed"] += 1
            continue
        apart = examples.told_apart(mutant)
        counted["equivalent" if apart is None else "unnoticed"] += 1
        if apart is not None:
            shown.setdefault((apart.rule, str(apart.family)), (apart, []))[1].append(mutant)
    return counted, [_unnoticed(book, apart, some) for apart, some in shown.values()]


def _unnoticed(book: Rulebook, apart: ToldApart, some: Sequence[Mutant]) -> Problem:
    others = f", and {len(some) - 1} more" if len(some) > 1 else ""
    family = ", ".join(f"{_key(relation)} = {_list(facts)}" for relation, facts in apart.family.items())
    return _error(
        "R015",
        _where(book, apart.rule),
        f"a change that no example notices ({some[0].what}{others})",
        "an example on either side of each part",
        f'add an example with answer = "{apart.answer.value}" and family = {{ {family} }}',
    )


def _key(relation: str) -> str:
    return relation if relation.isalpha() else f'"{relation}"'


def _list(facts: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{fact}"' for fact in facts) + "]"


def _laws(book: Rulebook, boundaries: Mapping[str, Boundary]) -> tuple[dict[str, int], list[Problem]]:
    """Every law on some families at the boundary of every rule; one problem for each law and rule that breaks it."""
    laws = _Laws(book)
    counted = dict.fromkeys(laws.all, 0)
    problems = []
    for rule in book.rules:
        families = [one for answer in _ANSWERS for one in boundaries[rule.id].families(answer, MOST_FAMILIES)]
        for name, law in laws.all.items():
            for family in families:
                counted[name] += 1
                try:
                    law(rule, family)
                except Broken as broken:
                    fix = "report it: laws hold of every rulebook that can be loaded"
                    problems.append(_error("R017", _where(book, rule.id), broken.what, f"the law of {name}", fix))
                    break
    return counted, problems


class _Laws:
    """The laws of one rulebook, each as a function of a rule and a family."""

    def __init__(self, book: Rulebook) -> None:
        program = Program([book])

        def screen(family: Pedigree) -> Screening:
            return screened(family, program)

        self._says = answers_of(book, exclusions=False)
        self._completing = Completing([book])
        self.all: dict[str, Callable[[Rule, Pedigree], None]] = {
            "names": lambda _, family: names(screen, family),
            "order": lambda _, family: order(screen, family),
            "determinism": lambda _, family: determinism(screen, family),
            "accounting": lambda _, family: accounting(screen, family),
            "consistency": lambda _, family: self._consistency(family),
            "monotonicity": self._monotonicity,
        }

    def _consistency(self, family: Pedigree) -> None:
        for completed in self._completing.families(family, MOST_COMPLETIONS).families:
            consistency(self._says, family, completed)

    def _monotonicity(self, rule: Rule, family: Pedigree) -> None:
        inside = list(every(rule.when))
        terms = {part.has for part in inside if isinstance(part, Has)}
        terms.update(term for part in inside if isinstance(part, Tumors) for term in part.of)
        for term in sorted(terms):
            monotonicity(self._says, family, family.proband, Finding(term))

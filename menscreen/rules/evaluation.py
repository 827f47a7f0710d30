"""Evaluate rules on a family: which bodies meet each rule for certain, and which may.

Bodies are the people of whom something is recorded (and the one asked about), numbered from 0. The answer to a
criterion is a pair of whole numbers, `Masks`: bit *i* of the first says that body *i* meets it whatever the open facts
turn out to be, bit *i* of the second that body *i* may meet it. That is Kleene's logic for all bodies at once, and it
is the only evaluator: a single body is a family of one.

A `Plan` numbers all criteria of some rules and makes a function of each; an `Evaluation` is a list of their answers for
one family, filled as they are asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from menscreen.pedigree.family import Pedigree
from menscreen.rules.answers import conditions
from menscreen.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, Has, Meets, NoneOf, Relatives
from menscreen.rules.facts import Fact
from menscreen.rules.families import Family, prepare
from menscreen.rules.needs import Needs
from menscreen.rules.nodes import NOBODY, Masks, Node, node
from menscreen.rules.rulebook import Rule, Rulebook, parts
from menscreen.rules.truth import Truth, of
from menscreen.vocabulary import vocabulary

#: So many starts are kept at a time.
MOST_REMEMBERED = 2_000


class Start(NamedTuple):
    """The roots that somebody may meet, and for each criterion whether it is known that nobody meets it."""

    touched: tuple[int, ...]
    answers: list[Masks | None]


class Asking(NamedTuple):
    """The findings asked for that a term is, or may be: with no condition, or with conditions and whether it is so."""

    plain: list[int]
    perhaps: list[tuple[int, Has]]
    conditional: list[tuple[int, Has, bool]]


class Plan:
    """Criteria made ready to be evaluated together.

    Criteria are looked up by identity (`id`), so a plan keeps them alive; those that ask the same share a number.

    Args:
        roots: what will be asked.
        definitions: for each root, the definitions that its names stand for.
    """

    def __init__(self, roots: Sequence[Criterion], definitions: Sequence[Mapping[str, Criterion]]) -> None:
        self.roots = tuple(roots)
        self._definitions = tuple(definitions)
        self._named: dict[int, Criterion] = {}
        self._numbers: dict[int, int] = {}
        self.nodes: dict[int, Node] = {}  # those of findings are entered, not worked out
        self.far: list[bool] = []  # whether the answer depends on relatives, and takes long
        self.root_numbers: list[int] = []
        self._shared: dict[Hashable, int] = {}
        self._findings: dict[Has, int] = {}
        self._terms: dict[str, Asking] = {}
        self._asking: dict[str, tuple[int, ...]] = {}
        self._needs = Needs()
        self._starts: dict[int, Start] = {}
        for root, names in zip(roots, definitions, strict=True):
            self.root_numbers.append(self._enter(root, names))

    def _enter(self, criterion: Criterion, names: Mapping[str, Criterion]) -> int:
        """The number of a criterion, its parts numbered before it; rulebooks are checked not to be nested deeply."""
        known = self._numbers.get(id(criterion))
        if known is not None:
            return known
        if isinstance(criterion, Meets):
            self._named[id(criterion)] = names[criterion.meets]
            number = self._enter(names[criterion.meets], names)
        else:
            inside = [self._enter(part, names) for part in parts(criterion)]
            number = self._shared.setdefault(_asked(criterion, inside), len(self.far))
            if number == len(self.far):
                if isinstance(criterion, Has):
                    self._findings[criterion] = number
                else:
                    self.nodes[number] = node(criterion, inside, self.far, self.choice)
                self._needs.enter(number, criterion, inside)
                self.far.append(isinstance(criterion, Relatives) or any(self.far[part] for part in inside))
        self._numbers[id(criterion)] = number
        return number

    def definition(self, name: Meets) -> Criterion:
        """The criterion that a name stands for."""
        return self._named[id(name)]

    def number(self, criterion: Criterion) -> int:
        """The number of a criterion of this plan."""
        return self._numbers[id(criterion)]

    def choice(self, criterion: Criterion) -> list[Has] | None:
        """The findings that a criterion is a choice of; `None` when it is something else."""
        found: list[Has] = []
        waiting = [criterion]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Meets):
                waiting.append(self.definition(one))
            elif isinstance(one, Has):
                found.append(one)
            elif isinstance(one, AnyOf):
                waiting.extend(one.any)
            else:
                return None
        return found

    def of_term(self, term: str) -> Asking:
        """The findings asked for that a finding of this term is or may be."""
        known = self._terms.get(term)
        if known is None:
            words = vocabulary()
            of_term = words.below(term)
            known = self._terms[term] = Asking([], [], [])
            for has, number in self._findings.items():
                under = words.below(has.has)
                if of_term.isdisjoint(under):
                    continue
                is_so = term in under
                if has != Has(has.has):
                    known.conditional.append((number, has, is_so))
                elif is_so:
                    known.plain.append(number)
                else:
                    known.perhaps.append((number, has))
        return known

    def asking_for(self, term: str) -> tuple[int, ...]:
        """The roots with a criterion that a term meets or may meet."""
        known = self._asking.get(term)
        if known is None:
            asking = self._needs.with_parts(self._needs.asking_for(term))
            known = self._asking[term] = self._roots(asking)
        return known

    def start(self, family: Family) -> Start:
        """What is known before anything is evaluated; families in which the same can be met are many."""
        spoken_to = self._needs.spoken_to(family.by_term, family.genes)
        known = self._starts.get(spoken_to)
        if known is None:
            if len(self._starts) >= MOST_REMEMBERED:
                self._starts.clear()
            known = self._starts[spoken_to] = self._start(self._needs.in_reach(spoken_to))
        return known

    def _start(self, in_reach: int) -> Start:
        touched = self._roots(in_reach)
        answers: list[Masks | None] = [NOBODY] * len(self.far)
        while in_reach:
            number = (in_reach & -in_reach).bit_length() - 1
            in_reach &= in_reach - 1
            if number in self.nodes:
                answers[number] = None
        return Start(touched, answers)

    def _roots(self, mask: int) -> tuple[int, ...]:
        return tuple([root for root, number in enumerate(self.root_numbers) if mask >> number & 1])

    def touched(self, family: Family) -> tuple[int, ...]:
        """The roots that somebody in the family may meet; nobody can meet the others."""
        return self.start(family).touched


def _asked(criterion: Criterion, inside: Sequence[int]) -> Hashable:
    """What a criterion asks: the same for those that say the same of parts that ask the same."""
    match criterion:
        case Relatives():
            return Relatives, criterion.within, criterion.side, criterion.at_least, *inside
        case AtLeast():
            return AtLeast, criterion.at_least, *inside
        case AllOf() | AnyOf() | NoneOf():
            return type(criterion), *inside
        case _:
            return criterion


class Evaluation:
    """The answers of a plan on one family; each criterion is evaluated once."""

    __slots__ = ("answers", "everybody", "family", "plan", "touched")

    def __init__(self, plan: Plan, family: Family) -> None:
        self.plan = plan
        self.family = family
        self.everybody = (1 << len(family.bodies)) - 1
        start = plan.start(family)
        self.touched = start.touched
        self.answers = answers = start.answers.copy()
        for term, facts in family.by_term.items():
            plain, perhaps, conditional = plan.of_term(term)
            certain = possible = open_ = 0
            unlike: list[tuple[int, Fact]] = []  # whether it may be what is asked for is for each to say
            for bit, fact in facts:
                possible |= bit
                if fact.certain and not fact.doubtful:
                    certain |= bit
                if fact.excluded or fact.summary:
                    unlike.append((bit, fact))
                else:
                    open_ |= bit
            for number in plain:
                met, left = answers[number] or NOBODY
                answers[number] = met | certain, left | possible
            for number, has in perhaps:
                met, left = answers[number] or NOBODY
                answers[number] = met, left | open_ | (_met(has, False, unlike)[1] if unlike else 0)
            for number, has, is_so in conditional:
                met, left = answers[number] or NOBODY
                certain, possible = _met(has, is_so, facts)
                answers[number] = met | certain, left | possible

    def masks(self, criterion: Criterion) -> Masks:
        """The bodies that meet a criterion of the plan."""
        return self.numbered(self.plan.number(criterion))

    def numbered(self, number: int) -> Masks:
        """The bodies that meet the criterion of this number."""
        return self.answers[number] or self.worked_out(number)

    def worked_out(self, number: int) -> Masks:
        """The same, where it is not known yet."""
        answer = self.answers[number] = self.plan.nodes[number](self, -1)
        return answer

    def of(self, number: int, bodies: int) -> Masks:
        """The same, of these bodies; of the others the answer may be anything."""
        return self.answers[number] or self.plan.nodes[number](self, bodies)


def _met(has: Has, is_so: bool, facts: list[tuple[int, Fact]]) -> Masks:
    """The bodies of those facts that satisfy the conditions."""
    certain = possible = 0
    for bit, fact in facts:
        is_certain, is_possible = conditions(fact, has, is_so)
        if is_possible:
            possible |= bit
            if is_certain:
                certain |= bit
    return certain, possible


def answer(book: Rulebook, rule: Rule, pedigree: Pedigree) -> Truth:
    """Whether the proband meets what a rule asks of a person, without what counts through relatives.

    Open facts leave it undecided; `menscreen.screening` adds for whom a statement counts.
    """
    (said,) = answers_to(Plan([rule.when], [book.definitions]), pedigree)
    return said


def answers_to(plan: Plan, pedigree: Pedigree) -> list[Truth]:
    """Whether the proband meets each root of a plan."""
    position = pedigree.position[pedigree.proband]
    family = prepare(pedigree, (position,))
    evaluation = Evaluation(plan, family)
    bit = 1 << family.by_position[position]
    masks = map(evaluation.masks, plan.roots)
    return [of(certain & bit != 0, possible & bit != 0) for certain, possible in masks]

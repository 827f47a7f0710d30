"""Evaluate rules on a family: which bodies meet each rule for certain, and which may.

Bodies are the people of whom something is recorded (and the one asked about), numbered from 0. The answer to a
criterion is a pair of whole numbers, `Masks`: bit *i* of the first says that body *i* meets it whatever the open facts
turn out to be, bit *i* of the second that body *i* may meet it. That is Kleene's logic for all bodies at once, and it
is the only evaluator: a single body is a family of one.

A `Plan` numbers all criteria of some rules and makes a function of each; an `Evaluation` is a list of their answers for
one family, filled as they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import Kin, Side
from menscreen.rules.answers import (
    conditions,
    count_answers,
    either,
    fact_answers,
    person_answers,
    related_terms,
    test_answers,
)
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
from menscreen.rules.facts import Body
from menscreen.rules.families import Family, prepare
from menscreen.rules.matching import matched
from menscreen.rules.needs import Needs
from menscreen.rules.rulebook import Rule, Rulebook, parts
from menscreen.rules.truth import Truth, of
from menscreen.vocabulary import vocabulary

#: The bodies that meet a criterion for certain, and those that may.
Masks: TypeAlias = tuple[int, int]

NOBODY: Masks = 0, 0


class Plan:
    """Criteria made ready to be evaluated together.

    Criteria are told apart by identity (`id`), so a plan keeps them alive; findings that are asked for in the same
    words share a number.

    Args:
        roots: what will be asked.
        definitions: for each root, the definitions that its names stand for.
    """

    def __init__(self, roots: Sequence[Criterion], definitions: Sequence[Mapping[str, Criterion]]) -> None:
        self.roots = tuple(roots)
        self._definitions = tuple(definitions)
        self._named: dict[int, Criterion] = {}
        self._numbers: dict[int, int] = {}
        self.nodes: list[Node] = []
        self.root_numbers: list[int] = []
        self._findings: dict[Has, int] = {}
        self._terms: dict[str, list[tuple[int, Has, bool]]] = {}
        self._asking: dict[str, frozenset[int]] = {}
        self.needs = Needs()
        for root, names in zip(roots, definitions, strict=True):
            self.needs.enter(root, names)
            self.root_numbers.append(self._enter(root, names))
        self.unanswered: list[Masks | None] = [NOBODY if node is _nobody else None for node in self.nodes]

    def _enter(self, criterion: Criterion, names: Mapping[str, Criterion]) -> int:
        """The number of a criterion, its parts numbered before it; rulebooks are checked not to be nested deeply."""
        known = self._numbers.get(id(criterion))
        if known is not None:
            return known
        if isinstance(criterion, Meets):
            self._named[id(criterion)] = names[criterion.meets]
            number = self._enter(names[criterion.meets], names)
        elif isinstance(criterion, Has) and criterion in self._findings:
            number = self._findings[criterion]
        else:
            inside = [self._enter(part, names) for part in parts(criterion)]
            number = len(self.nodes)
            self.nodes.append(self._node(criterion, number, inside))
            if isinstance(criterion, Has):
                self._findings[criterion] = number
        self._numbers[id(criterion)] = number
        return number

    def _node(self, criterion: Criterion, number: int, inside: list[int]) -> Node:
        match criterion:
            case Has():
                return _nobody  # what somebody has is entered when an evaluation is made
            case AllOf():
                return _all_of(self, criterion, inside)
            case AnyOf():
                return _any_of(inside)
            case NoneOf():
                return _none_of(criterion, inside)
            case AtLeast():
                return _at_least(criterion, inside)
            case Relatives():
                return _relatives(criterion, inside[0])
            case _:
                return _asked_of_each(criterion)

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

    def of_term(self, term: str) -> list[tuple[int, Has, bool]]:
        """The findings asked for that a term is or may be, and whether it is."""
        known = self._terms.get(term)
        if known is None:
            words = vocabulary()
            known = self._terms[term] = [
                (number, has, term in words.below(has.has))
                for has, number in self._findings.items()
                if term in related_terms(has.has)
            ]
        return known

    def asking_for(self, term: str) -> frozenset[int]:
        """The roots with a criterion that a term meets or may meet."""
        known = self._asking.get(term)
        if known is None:
            known = self._asking[term] = frozenset(
                number
                for number, root in enumerate(self.roots)
                if any(term in terms for terms in map(_terms_of, self.inside(root)))
            )
        return known

    def inside(self, root: Criterion) -> list[Criterion]:
        """A criterion and all criteria inside it, those that its names stand for among them."""
        found = [root]
        for one in found:
            found.extend(parts(one))
            if isinstance(one, Meets):
                found.append(self.definition(one))
        return found

    def touched(self, family: Family) -> tuple[int, ...]:
        """The roots that somebody in the family may meet; nobody can meet the others."""
        return self.needs.met_by(family.by_term, family.genes)


def _terms_of(criterion: Criterion) -> frozenset[str]:
    if isinstance(criterion, Has):
        return related_terms(criterion.has)
    if isinstance(criterion, Tumors):
        return frozenset[str]().union(*map(related_terms, criterion.of))
    return frozenset()


class Evaluation:
    """The answers of a plan on one family; each criterion is evaluated once."""

    __slots__ = ("answers", "everybody", "family", "plan")

    def __init__(self, plan: Plan, family: Family) -> None:
        self.plan = plan
        self.family = family
        self.everybody = (1 << len(family.bodies)) - 1
        self.answers = plan.unanswered.copy()
        for term, facts in family.by_term.items():
            for number, has, is_so in plan.of_term(term):
                certain, possible = self.answers[number] or NOBODY
                for bit, fact in facts:
                    is_certain, is_possible = conditions(fact, has, is_so)
                    if is_possible:
                        possible |= bit
                        if is_certain:
                            certain |= bit
                self.answers[number] = certain, possible

    def masks(self, criterion: Criterion) -> Masks:
        """The bodies that meet a criterion of the plan."""
        return self.numbered(self.plan.number(criterion))

    def numbered(self, number: int) -> Masks:
        """The bodies that meet the criterion of this number."""
        known = self.answers[number]
        if known is None:
            known = self.answers[number] = self.plan.nodes[number](self, -1)
        return known


#: Answers a criterion; the number is the mask of the bodies that are still in question, to save looking at the others.
Node: TypeAlias = Callable[[Evaluation, int], Masks]


def _nobody(evaluation: Evaluation, asked: int) -> Masks:
    return NOBODY


def _asked_of_each(criterion: Criterion) -> Node:
    """A criterion that each body answers by itself."""

    def node(evaluation: Evaluation, asked: int) -> Masks:
        family = evaluation.family
        if isinstance(criterion, Tested) and criterion.gene not in family.genes:
            return NOBODY
        certain = possible = 0
        for number, body in enumerate(family.bodies):
            if isinstance(criterion, Tested):
                is_certain, is_possible = test_answers(body, criterion)
            elif isinstance(criterion, Tumors):
                is_certain, is_possible = count_answers(body.facts, criterion)
            else:
                assert isinstance(criterion, PersonIs)
                sex = family.pedigree.people[body.position].sex
                is_certain, is_possible = person_answers(body, sex, criterion)
            possible |= is_possible << number
            certain |= is_certain << number
        return certain, possible

    return node


def _any_of(inside: Sequence[int]) -> Node:
    def node(evaluation: Evaluation, asked: int) -> Masks:
        answers = evaluation.answers
        certain = possible = 0
        for number in inside:
            sure, open_ = answers[number] or evaluation.numbered(number)
            certain |= sure
            possible |= open_
        return certain, possible

    return node


def _all_of(plan: Plan, criterion: AllOf, inside: Sequence[int]) -> Node:
    """Cheap parts come first; what looks at relatives comes last, and looks only at the bodies that are left."""
    pairs = sorted(zip(criterion.all, inside, strict=True), key=lambda pair: _COST.index(type(pair[0])))
    plain = [number for part, number in pairs if type(part) not in (Relatives, NoneOf)]
    narrowed = [plan.nodes[number] for part, number in pairs if type(part) in (Relatives, NoneOf)]

    def node(evaluation: Evaluation, asked: int) -> Masks:
        answers = evaluation.answers
        certain = possible = evaluation.everybody & asked
        for number in plain:
            sure, open_ = answers[number] or evaluation.numbered(number)
            certain &= sure
            possible &= open_
            if not possible:
                return NOBODY
        for part in narrowed:
            sure, open_ = part(evaluation, possible)
            certain &= sure
            possible &= open_
            if not possible:
                return NOBODY
        return certain, possible

    return node


_COST = (Tested, Has, PersonIs, Tumors, Meets, AnyOf, AllOf, AtLeast, Relatives, NoneOf)


def _none_of(criterion: NoneOf, inside: Sequence[int]) -> Node:
    """Exclusions look at what is recorded for certain, so the answer is never open."""
    plain = [number for part, number in zip(criterion.none, inside, strict=True) if type(part) is not Relatives]
    relatives = [number for part, number in zip(criterion.none, inside, strict=True) if type(part) is Relatives]

    def node(evaluation: Evaluation, asked: int) -> Masks:
        met = 0
        for number in plain:
            met |= evaluation.numbered(number)[0]
        for number in relatives:
            met |= evaluation.plan.nodes[number](evaluation, asked)[0]
        left = evaluation.everybody & ~met
        return left, left

    return node


def _at_least(criterion: AtLeast, inside: Sequence[int]) -> Node:
    """So many different tumors for so many different criteria."""
    wanted = criterion.at_least

    def node(evaluation: Evaluation, asked: int) -> Masks:
        answers = [evaluation.numbered(number) for number in inside]
        enough = [evaluation.everybody] + [0] * wanted  # bodies who may meet so many of the criteria, taken singly
        for _, open_ in answers:
            for k in range(wanted, 0, -1):
                enough[k] |= enough[k - 1] & open_
        certain = possible = 0
        for number, body in enumerate(evaluation.family.bodies if enough[-1] else ()):
            bit = 1 << number
            if enough[-1] & bit:
                pairs = zip(criterion.of, answers, strict=True)
                tumors = [_standing_for(evaluation.plan, part, masks, body, bit) for part, masks in pairs]
                if matched([open_ for _, open_ in tumors]) >= wanted:
                    possible |= bit
                    if matched([sure for sure, _ in tumors]) >= wanted:
                        certain |= bit
        return certain, possible

    return node


def _standing_for(plan: Plan, part: Criterion, masks: Masks, body: Body, bit: int) -> tuple[set[object], set[object]]:
    """The tumors of a body that can stand for a criterion, for certain and possibly.

    What is no question of tumors (a test, a relative) stands for itself, once.
    """
    certain, possible = masks
    if not possible & bit:
        return set(), set()
    found = plan.choice(part)
    if found is None:
        return ({part} if certain & bit else set()), {part}
    sure: set[object] = set()
    open_: set[object] = set()
    for fact in body.facts:
        if fact.summary:
            continue
        is_certain, is_possible = either(fact_answers(fact, has) for has in found)
        if is_possible:
            open_.add(fact.order)
            if is_certain:
                sure.add(fact.same)
    return sure, open_


def _relatives(criterion: Relatives, have: int) -> Node:
    """Those of the bodies in question who have enough relatives."""
    is_simple = criterion.at_least == 1 and criterion.side is None

    def node(evaluation: Evaluation, asked: int) -> Masks:
        inner = inner_certain, inner_possible = evaluation.numbered(have)
        if inner_possible.bit_count() < criterion.at_least:
            return NOBODY
        family = evaluation.family
        certain = possible = 0
        for number, body in enumerate(family.bodies):
            bit = 1 << number
            if not asked & bit or (inner_possible & ~bit).bit_count() < criterion.at_least:
                continue
            if is_simple and not family.pedigree.has_unplaced:
                relatives = family.relatives(body.position, criterion.within)
                sure, open_ = bool(relatives & inner_certain), bool(relatives & inner_possible)
            else:
                sures, opens = _counted(family, body.position, criterion, inner)
                sure, open_ = sures >= criterion.at_least, opens >= criterion.at_least
            possible |= open_ << number
            certain |= sure << number
        return certain, possible

    return node


def _counted(family: Family, position: int, criterion: Relatives, inner: Masks) -> tuple[int, int]:
    """How many relatives on the better side of the family meet the criterion, for certain and possibly."""
    placed, unplaced_ = family.kin(position)
    sides = (Side.MATERNAL, Side.PATERNAL) if criterion.side is None else (Side(criterion.side),)
    sure = dict.fromkeys(sides, 0)
    open_ = dict.fromkeys(sides, 0)
    for other, number in family.by_position.items():
        bit = 1 << number
        if not inner[1] & bit or other == position:
            continue
        tie = placed.get(other)
        is_certain = inner[0] & bit != 0
        if tie is None:
            if other not in unplaced_:
                continue
            tie = unplaced_[other]
            is_certain = is_certain and tie is not None
        if tie is not None and criterion.within is not None and tie.degree > criterion.within:
            continue
        for side in sides:
            on_side = _on_side(tie, side, criterion.side is not None)
            open_[side] += on_side != "no"
            sure[side] += is_certain and on_side == "yes"
    return max(sure.values()), max(open_.values())


def _on_side(tie: Kin | None, side: Side, named: bool) -> str:
    """Whether a relative belongs to a side of the family: yes, no or maybe."""
    if tie is None or tie.side is Side.UNKNOWN:
        return "maybe" if named or tie is None else "yes"
    if tie.side is Side.OWN:
        return "no" if named else "yes"
    return "yes" if tie.side in (side, Side.BOTH) else "no"


def answer(book: Rulebook, rule: Rule, pedigree: Pedigree) -> Truth:
    """Whether the proband meets what a rule asks of a person, without what counts through relatives.

    Open facts leave it undecided; `menscreen.screening` adds for whom a statement counts.
    """
    position = pedigree.position[pedigree.proband]
    family = prepare(pedigree, (position,))
    certain, possible = Evaluation(Plan([rule.when], [book.definitions]), family).masks(rule.when)
    bit = 1 << family.by_position[position]
    return of(certain & bit != 0, possible & bit != 0)

"""Evaluate rules on a family: which bodies meet each rule for certain, and which may.

Bodies are the people of whom something is recorded (and the one asked about), numbered from 0. The answer to a
criterion is a pair of whole numbers, `Masks`: bit *i* of the first says that body *i* meets it whatever the open facts
turn out to be, bit *i* of the second that body *i* may meet it. That is Kleene's logic for all bodies at once, and it is
the only evaluator: a single body is a family of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import Kin, Side
from menscreen.pedigree.person import Origin, Scope, Sex
from menscreen.rules.codons import codon_of
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
from menscreen.rules.facts import FOUND, NOT_FOUND, Body, Fact
from menscreen.rules.families import Family, prepare
from menscreen.rules.matching import matched
from menscreen.rules.rulebook import Rule, Rulebook, parts
from menscreen.rules.truth import Truth, of
from menscreen.vocabulary import vocabulary


#: The bodies that meet a criterion for certain, and those that may.
Masks: TypeAlias = tuple[int, int]

NOBODY: Masks = 0, 0


def term_answers(term: str, wanted: str, excluded: frozenset[str]) -> tuple[bool, bool]:
    """Whether a finding of `term` is, or may turn out to be, a `wanted` one: (certainly, possibly)."""
    words = vocabulary()
    under = words.below(wanted)
    if term in under:
        return True, True
    common = under & words.below(term)
    return False, bool(common if not excluded else common - excluded)


def fact_answers(fact: Fact, has: Has) -> tuple[bool, bool]:
    """Whether one tumor or feature satisfies all conditions of `has`: (certainly, possibly)."""
    is_so = fact.term in vocabulary().below(has.has)
    return conditions(fact, has, is_so) if is_so or fact.term in related_terms(has.has) else (False, False)


def conditions(fact: Fact, has: Has, is_so: bool) -> tuple[bool, bool]:
    """The same for a fact whose term is (`is_so`), or else may turn out to be, what is asked for."""
    if not is_so and fact.summary:
        return False, False  # it is no other kind than the tumors that it stands for
    if fact.excluded and not is_so and not term_answers(fact.term, has.has, fact.excluded)[1]:
        return False, False
    certain, possible = is_so and fact.certain and not fact.doubtful, True
    low, high = fact.low, fact.high
    if has.before is not None:
        certain, possible = certain and high < has.before, possible and low < has.before
    if has.by is not None:
        certain, possible = certain and high <= has.by, possible and low <= has.by
    if has.from_ is not None:
        certain, possible = certain and low >= has.from_, possible and high >= has.from_
    if has.multiple:
        certain, possible = certain and fact.multiple is True, possible and fact.multiple is not False
    if has.bilateral:
        may_be = fact.bilateral is not False and fact.multiple is not False
        certain, possible = certain and fact.bilateral is True, possible and may_be
    if has.larger_than is not None:
        size = fact.size_mm
        larger = size is not None and size > has.larger_than
        certain, possible = certain and larger, possible and (size is None or larger)
    if (has.recurrent and not fact.recurrent) or (has.metastatic and not fact.metastatic):
        return False, False
    return certain, possible


def test_answers(body: Body, tested: Tested) -> tuple[bool, bool]:
    """Whether a recorded test gives this result: (certainly, possibly)."""
    certain = possible = (
        tested.result == "pathogenic" and tested.origin is Origin.GERMLINE and tested.gene in body.carries
    )
    wanted = {"pathogenic": FOUND, "negative": NOT_FOUND}.get(tested.result)
    for test in body.tests:
        if test.gene != tested.gene or test.origin is not tested.origin:
            continue
        if test.result not in wanted if wanted else test.result.value != tested.result:
            continue
        is_other, is_open = _variant(tested.variant, test.variant)
        if is_other or (tested.scope is not None and test.scope not in (None, tested.scope)):
            continue
        possible = True
        certain = certain or not (is_open or (tested.scope is not None and test.scope is None))
    return certain, possible


@cache
def related_terms(term: str) -> frozenset[str]:
    """The terms whose findings are, or may turn out to be, of this term."""
    words = vocabulary()
    return frozenset[str]().union(*map(words.above, words.below(term)))


def _variant(wanted: str | None, recorded: str | None) -> tuple[bool, bool]:
    """Whether the recorded variant is another than the wanted one, and whether that is not known."""
    if wanted is None or wanted == recorded:
        return False, False
    if recorded is None:
        return False, True
    codon, change = codon_of(recorded)
    wanted_codon, wanted_change = codon_of(wanted)
    if codon is None or wanted_codon is None:
        return True, False
    if codon != wanted_codon:
        return True, False
    return (change is not None and wanted_change is not None and change != wanted_change), change is None


def _cost(criterion: Criterion) -> int:
    """What is cheap to evaluate, and often not met, comes first."""
    order = (Tested, Has, PersonIs, Tumors, Meets, AnyOf, AllOf, AtLeast, Relatives, NoneOf)
    return order.index(type(criterion))


class Plan:
    """Criteria made ready to be evaluated together: where their names lead, and which terms and genes touch each.

    Criteria are told apart by identity (`id`), so a plan keeps them alive.
    """

    def __init__(self, roots: Sequence[Criterion], definitions: Sequence[Mapping[str, Criterion]]) -> None:
        self.roots = tuple(roots)
        self.named: dict[int, Criterion] = {}
        #: each finding asked for, once, under the `id` of the first criterion that asks for it
        self._asked: dict[Has, int] = {}
        self.same: dict[int, int] = {}
        self.ordered: dict[int, tuple[Criterion, ...]] = {}
        self._terms: dict[str, tuple[list[tuple[int, Has, bool]], frozenset[int]]] = {}
        self._genes: dict[str, set[int]] = {}
        self._choices: dict[int, list[Has] | None] = {}
        self._touching: list[set[str]] = []
        for number, (root, names) in enumerate(zip(roots, definitions, strict=True)):
            self._touching.append(set())
            self._enter(number, root, names)

    def _enter(self, number: int, root: Criterion, names: Mapping[str, Criterion]) -> None:
        waiting = [root]
        for one in waiting:
            if isinstance(one, Has):
                self.same[id(one)] = self._asked.setdefault(one, id(one))
                self._touching[number] |= related_terms(one.has)
            elif isinstance(one, Tumors):
                self._touching[number].update(*map(related_terms, one.of))
            elif isinstance(one, Tested):
                self._genes.setdefault(one.gene, set()).add(number)
            elif isinstance(one, Meets):
                self.named[id(one)] = names[one.meets]
                waiting.append(names[one.meets])
            elif isinstance(one, AllOf):
                self.ordered[id(one)] = tuple(sorted(one.all, key=_cost))
            waiting.extend(parts(one))

    def of_term(self, term: str) -> tuple[list[tuple[int, Has, bool]], frozenset[int]]:
        """The findings that criteria ask for and that a term is or may be (with whether it is), and the roots it touches."""
        known = self._terms.get(term)
        if known is None:
            words = vocabulary()
            asked = [
                (key, has, term in words.below(has.has))
                for has, key in self._asked.items()
                if term in related_terms(has.has)
            ]
            touched = frozenset(number for number, terms in enumerate(self._touching) if term in terms)
            known = self._terms[term] = asked, touched
        return known

    def choice(self, criterion: Criterion) -> list[Has] | None:
        """The findings that a criterion is a choice of; `None` when it is something else."""
        key = id(criterion)
        if key not in self._choices:
            self._choices[key] = self._read_choice(criterion)
        return self._choices[key]

    def _read_choice(self, criterion: Criterion) -> list[Has] | None:
        found: list[Has] = []
        waiting = [criterion]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Meets):
                waiting.append(self.named[id(one)])
            elif isinstance(one, Has):
                found.append(one)
            elif isinstance(one, AnyOf):
                waiting.extend(one.any)
            else:
                return None
        return found

    def touched(self, family: Family) -> list[int]:
        """The roots that somebody in the family can meet; nobody can meet the others."""
        found: set[int] = set()
        for term in family.by_term:
            found |= self.of_term(term)[1]
        for gene in family.genes:
            found.update(self._genes.get(gene, ()))
        return sorted(found)


class Evaluation:
    """The answers of a plan on one family; each criterion is evaluated once."""

    __slots__ = ("_everybody", "_known", "family", "plan")

    def __init__(self, plan: Plan, family: Family) -> None:
        self.plan = plan
        self.family = family
        self._everybody = (1 << len(family.bodies)) - 1
        self._known: dict[int, Masks] = {}
        for term, facts in family.by_term.items():
            for key, has, is_so in plan.of_term(term)[0]:
                certain, possible = self._known.get(key, NOBODY)
                for bit, fact in facts:
                    is_certain, is_possible = conditions(fact, has, is_so)
                    if is_possible:
                        possible |= bit
                        if is_certain:
                            certain |= bit
                self._known[key] = certain, possible

    def definition(self, name: Meets) -> Criterion:
        """The criterion that a name stands for."""
        return self.plan.named[id(name)]

    def masks(self, criterion: Criterion) -> Masks:
        """The bodies that meet a criterion of the plan."""
        key = id(criterion)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _EVALUATORS[type(criterion)](self, criterion)
        return known

    def _has(self, has: Has) -> Masks:
        """What somebody has was entered when the evaluation was made, under the first criterion that asks for it."""
        return self._known.get(self.plan.same[id(has)], NOBODY)

    def _meets(self, name: Meets) -> Masks:
        return self.masks(self.plan.named[id(name)])

    def _tested(self, tested: Tested) -> Masks:
        if tested.gene not in self.family.genes:
            return NOBODY
        return self._asked(lambda body: test_answers(body, tested))

    def _tumors(self, tumors: Tumors) -> Masks:
        return self._asked(lambda body: _count(body.facts, tumors))

    def _person(self, wanted: PersonIs) -> Masks:
        people = self.family.pedigree.people
        return self._asked(lambda body: _person_answers(body, people[body.position].sex, wanted))

    def _asked(self, answers: Callable[[Body], tuple[bool, bool]]) -> Masks:
        certain = possible = 0
        bit = 1
        for body in self.family.bodies:
            is_certain, is_possible = answers(body)
            if is_possible:
                possible |= bit
                if is_certain:
                    certain |= bit
            bit <<= 1
        return certain, possible

    def _all(self, criterion: AllOf) -> Masks:
        certain = possible = self._everybody
        for part in self.plan.ordered[id(criterion)]:
            evaluator = _NARROW.get(type(part))
            sure, open_ = self.masks(part) if evaluator is None else evaluator(self, part, possible)
            certain &= sure
            possible &= open_
            if not possible:
                return NOBODY
        return certain, possible

    def _any(self, criterion: AnyOf) -> Masks:
        certain = possible = 0
        for part in criterion.any:
            sure, open_ = self._known.get(id(part)) or self.masks(part)
            certain |= sure
            possible |= open_
        return certain, possible

    def _none(self, criterion: NoneOf, asked: int = -1) -> Masks:
        """Exclusions look at what is recorded for certain, so the answer is never open."""
        met = 0
        for part in criterion.none:
            met |= (self._relatives(part, asked) if type(part) is Relatives else self.masks(part))[0]
        left = self._everybody & ~met
        return left, left

    def _at_least(self, criterion: AtLeast) -> Masks:
        answers = [self.masks(part) for part in criterion.of]
        enough = [self._everybody] + [0] * criterion.at_least  # bodies who may meet so many criteria or more
        for _, open_ in answers:
            for k in range(criterion.at_least, 0, -1):
                enough[k] |= enough[k - 1] & open_
        certain = possible = 0
        for number, body in enumerate(self.family.bodies if enough[-1] else ()):
            bit = 1 << number
            if not enough[-1] & bit:
                continue
            tumors = [self._tumors_for(*pair, body, bit) for pair in zip(criterion.of, answers, strict=True)]
            if matched([may_be for _, may_be in tumors]) >= criterion.at_least:
                possible |= bit
                if matched([sure for sure, _ in tumors]) >= criterion.at_least:
                    certain |= bit
        return certain, possible

    def _tumors_for(self, part: Criterion, masks: Masks, body: Body, bit: int) -> tuple[set[object], set[object]]:
        """The tumors of a body that can stand for a criterion, for certain and possibly.

        What is no question of tumors (a test, a relative) stands for itself, once.
        """
        certain, possible = masks
        if not possible & bit:
            return set(), set()
        found = self.plan.choice(part)
        if found is None:
            return ({part} if certain & bit else set()), {part}
        sure: set[object] = set()
        open_: set[object] = set()
        for fact in body.facts:
            if fact.summary:
                continue
            is_certain, is_possible = _either(fact_answers(fact, has) for has in found)
            if is_possible:
                open_.add(fact.order)
                if is_certain:
                    sure.add(fact.same)
        return sure, open_

    def _relatives(self, criterion: Relatives, asked: int = -1) -> Masks:
        """Those of the `asked` bodies who have enough relatives; `asked` saves looking at relatives of the others."""
        inner_certain, inner_possible = inner = self.masks(criterion.have)
        if not inner_possible:
            return NOBODY
        certain = possible = 0
        any_relative = criterion.at_least == 1 and criterion.side is None and not self.family.has_unplaced
        for number, body in enumerate(self.family.bodies):
            bit = 1 << number
            if not asked & bit:
                continue
            if inner_possible == bit:
                continue
            if any_relative:
                relatives = self.family.relatives(body.position, criterion.within)
                if relatives & inner_possible:
                    possible |= bit
                    if relatives & inner_certain:
                        certain |= bit
            else:
                sure, open_ = self._counted(body.position, criterion, inner)
                if open_ >= criterion.at_least:
                    possible |= bit
                    if sure >= criterion.at_least:
                        certain |= bit
        return certain, possible

    def _counted(self, position: int, criterion: Relatives, inner: Masks) -> tuple[int, int]:
        """How many relatives on the better side of the family meet the criterion, for certain and possibly."""
        placed, unplaced_ = self.family.kin(position)
        sides = (Side.MATERNAL, Side.PATERNAL) if criterion.side is None else (Side(criterion.side),)
        sure = dict.fromkeys(sides, 0)
        open_ = dict.fromkeys(sides, 0)
        for other, number in self.family.by_position.items():
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


def _either(answers: Iterable[tuple[bool, bool]]) -> tuple[bool, bool]:
    certain = possible = False
    for is_certain, is_possible in answers:
        certain = certain or is_certain
        possible = possible or is_possible
    return certain, possible


def _count(facts: Sequence[Fact], tumors: Tumors) -> tuple[bool, bool]:
    """Count tumors of a list; one recorded as several counts as two for certain, and as any number possibly."""
    sure: dict[int, int] = {}
    most = 0
    for fact in facts:
        if fact.summary:
            continue
        certain, possible = _either(fact_answers(fact, Has(term)) for term in tumors.of)
        if certain:
            sure[fact.same] = max(sure.get(fact.same, 0), 2 if fact.multiple else 1)
        if possible:
            most += 1 if fact.multiple is False else tumors.at_least
    return sum(sure.values()) >= tumors.at_least, most >= tumors.at_least


def _person_answers(body: Body, sex: Sex, wanted: PersonIs) -> tuple[bool, bool]:
    certain = possible = True
    if wanted.age is not None:
        low, high, age = body.youngest, body.oldest, wanted.age
        if age.before is not None:
            certain, possible = certain and high < age.before, possible and low < age.before
        if age.by is not None:
            certain, possible = certain and high <= age.by, possible and low <= age.by
        if age.from_ is not None:
            certain, possible = certain and low >= age.from_, possible and high >= age.from_
    if wanted.sex is not None:
        certain, possible = certain and sex is wanted.sex, possible and sex in (wanted.sex, Sex.UNKNOWN)
    return certain, possible


_EVALUATORS: Mapping[type, Callable[[Evaluation, Any], Masks]] = {
    Has: Evaluation._has,
    Meets: Evaluation._meets,
    Tested: Evaluation._tested,
    Tumors: Evaluation._tumors,
    PersonIs: Evaluation._person,
    Relatives: Evaluation._relatives,
    AllOf: Evaluation._all,
    AnyOf: Evaluation._any,
    NoneOf: Evaluation._none,
    AtLeast: Evaluation._at_least,
}


#: Criteria that look at relatives can be narrowed to the bodies that are still in question.
_NARROW: Mapping[type, Callable[[Evaluation, Any, int], Masks]] = {
    Relatives: Evaluation._relatives,
    NoneOf: Evaluation._none,
}


def answer(book: Rulebook, rule: Rule, pedigree: Pedigree) -> Truth:
    """Whether the proband meets what a rule asks of a person, without what counts through relatives.

    Open facts leave it undecided; `menscreen.screening` adds for whom a statement counts.
    """
    position = pedigree.position[pedigree.proband]
    family = prepare(pedigree, (position,))
    certain, possible = Evaluation(Plan([rule.when], [book.definitions]), family).masks(rule.when)
    bit = 1 << family.by_position[position]
    return of(certain & bit != 0, possible & bit != 0)

"""How each kind of criterion is answered for all bodies of a family at once: a function for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeAlias

from menscreen.pedigree.kinship import Kin, Side
from menscreen.rules.answers import count_answers, either, fact_answers, person_answers, test_answers
from menscreen.rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    NoneOf,
    PersonIs,
    Relatives,
    Tested,
    Tumors,
)
from menscreen.rules.facts import Body
from menscreen.rules.families import Family
from menscreen.rules.matching import matched

#: The bodies that meet a criterion for certain, and those that may.
Masks: TypeAlias = tuple[int, int]

NOBODY: Masks = 0, 0


class Asked(Protocol):
    """What a criterion asks for its parts; `menscreen.rules.evaluation.Evaluation` is one."""

    answers: list[Masks | None]
    everybody: int
    family: Family

    def numbered(self, number: int) -> Masks:
        """The bodies that meet the criterion of this number."""

    def worked_out(self, number: int) -> Masks:
        """The same, where it is not known yet."""

    def of(self, number: int, bodies: int) -> Masks:
        """The same, of these bodies."""


#: Answers a criterion; the number is the mask of the bodies that are still in question, to save looking at the others:
#: of those the answer may be anything.
Node: TypeAlias = Callable[[Asked, int], Masks]


def node(
    criterion: Tested | Tumors | PersonIs | AllOf | AnyOf | NoneOf | AtLeast | Relatives,
    inside: Sequence[int],
    far: Sequence[bool],
    choice: Callable[[Criterion], list[Has] | None],
) -> Node:
    """The function that answers a criterion; what somebody has is entered when the evaluation is made.

    Args:
        criterion: what is asked.
        inside: the numbers of its parts.
        far: for each number, whether its answer depends on relatives; such parts are looked at last.
        choice: tells the findings that a part is a choice of; `None` when it is something else.
    """
    near, distant = [one for one in inside if not far[one]], [one for one in inside if far[one]]
    match criterion:
        case Tested():
            return _tested(criterion)
        case Tumors():
            return _tumors(criterion)
        case PersonIs():
            return _person_is(criterion)
        case AllOf():
            return _all_of(near, distant)
        case AnyOf():
            return _any_of(near, distant)
        case NoneOf():
            return _none_of(near, distant)
        case AtLeast():
            return _at_least(criterion, inside, [choice(part) for part in criterion.of])
        case Relatives():
            return _relatives(criterion, *inside)


def _of_each(answers: Iterable[tuple[bool, bool]]) -> Masks:
    """The answers of bodies as masks."""
    certain = possible = 0
    bit = 1
    for is_certain, is_possible in answers:
        if is_possible:
            possible |= bit
            if is_certain:
                certain |= bit
        bit <<= 1
    return certain, possible


def _tested(criterion: Tested) -> Node:
    def node(evaluation: Asked, bodies: int) -> Masks:
        return _of_each([test_answers(body, criterion) for body in evaluation.family.bodies])

    return node


def _tumors(criterion: Tumors) -> Node:
    def node(evaluation: Asked, bodies: int) -> Masks:
        return _of_each([count_answers(body.facts, criterion) for body in evaluation.family.bodies])

    return node


def _person_is(criterion: PersonIs) -> Node:
    def node(evaluation: Asked, bodies: int) -> Masks:
        people = evaluation.family.pedigree.people
        everybody = evaluation.family.bodies
        return _of_each([person_answers(body, people[body.position].sex, criterion) for body in everybody])

    return node


def _any_of(near: Sequence[int], distant: Sequence[int]) -> Node:
    def node(evaluation: Asked, bodies: int) -> Masks:
        answers = evaluation.answers
        certain = possible = 0
        for number in near:
            sure, open_ = answers[number] or evaluation.worked_out(number)
            certain |= sure
            possible |= open_
        for number in distant:
            sure, open_ = answers[number] or evaluation.of(number, bodies & ~certain)
            certain |= sure
            possible |= open_
        return certain, possible

    return node


def _all_of(near: Sequence[int], distant: Sequence[int]) -> Node:
    """What looks at relatives comes last, and looks only at the bodies that are left."""

    def node(evaluation: Asked, bodies: int) -> Masks:
        answers = evaluation.answers
        certain = possible = evaluation.everybody & bodies
        for number in near:
            sure, open_ = answers[number] or evaluation.worked_out(number)
            certain &= sure
            possible &= open_
            if not possible:
                return NOBODY
        for number in distant:
            sure, open_ = answers[number] or evaluation.of(number, possible)
            certain &= sure
            possible &= open_
            if not possible:
                return NOBODY
        return certain, possible

    return node


def _none_of(near: Sequence[int], distant: Sequence[int]) -> Node:
    """Exclusions look at what is recorded for certain, so the answer is never open."""

    def node(evaluation: Asked, bodies: int) -> Masks:
        left = evaluation.everybody & bodies
        for number in near:
            left &= ~evaluation.numbered(number)[0]
        for number in distant:
            left &= ~evaluation.of(number, left)[0]
        return left, left

    return node


def _at_least(criterion: AtLeast, inside: Sequence[int], choices: Sequence[list[Has] | None]) -> Node:
    """So many different tumors for so many different criteria."""
    wanted = criterion.at_least
    parts = list(zip(inside, criterion.of, choices, strict=True))

    def node(evaluation: Asked, bodies: int) -> Masks:
        answers = evaluation.answers
        there: list[tuple[Criterion, list[Has] | None, Masks]] = []
        enough = [evaluation.everybody & bodies] + [0] * wanted  # who may meet so many of the criteria, taken singly
        for number, part, choice in parts:
            masks = answers[number] or evaluation.worked_out(number)
            if masks[1]:
                there.append((part, choice, masks))
                for k in range(min(wanted, len(there)), 0, -1):
                    enough[k] |= enough[k - 1] & masks[1]
        certain = possible = 0
        left = enough[wanted]
        while left:
            bit = left & -left
            left ^= bit
            body = evaluation.family.bodies[bit.bit_length() - 1]
            tumors = [_standing_for(part, choice, masks, body, bit) for part, choice, masks in there]
            if matched([open_ for _, open_ in tumors]) >= wanted:
                possible |= bit
                if matched([sure for sure, _ in tumors]) >= wanted:
                    certain |= bit
        return certain, possible

    return node


def _standing_for(
    part: Criterion, choice: list[Has] | None, masks: Masks, body: Body, bit: int
) -> tuple[set[object], set[object]]:
    """The tumors of a body that can stand for a part, for certain and possibly.

    What is no question of tumors (a test, a relative) stands for itself, once.
    """
    certain, possible = masks
    if not possible & bit:
        return set(), set()
    if choice is None:
        return ({part} if certain & bit else set()), {part}
    sure: set[object] = set()
    open_: set[object] = set()
    for fact in body.facts:
        if fact.summary:
            continue
        is_certain, is_possible = either([fact_answers(fact, has) for has in choice])
        if is_possible:
            open_.add(fact.order)
            if is_certain:
                sure.add(fact.same)
    return sure, open_


def _relatives(criterion: Relatives, have: int) -> Node:
    """Those of the bodies in question who have enough relatives."""
    wanted, within = criterion.at_least, criterion.within
    is_simple = wanted == 1 and criterion.side is None

    def node(evaluation: Asked, bodies: int) -> Masks:
        inner = inner_certain, inner_possible = evaluation.answers[have] or evaluation.worked_out(have)
        if inner_possible.bit_count() < wanted:
            return NOBODY
        family = evaluation.family
        others = [
            (other, inner_certain >> number & 1)
            for other, number in family.by_position.items()
            if inner_possible >> number & 1
        ]
        is_plain = is_simple and not inner_possible & family.spoken_of
        certain = possible = 0
        left = evaluation.everybody & bodies
        while left:
            bit = left & -left
            left ^= bit
            if (inner_possible & ~bit).bit_count() < wanted:
                continue
            position = family.bodies[bit.bit_length() - 1].position
            if is_plain:
                for other, is_certain in others:
                    if other != position and family.are_related(position, other, within):
                        possible |= bit
                        if is_certain:
                            certain |= bit
                            break
            else:
                sures, opens = _counted(family, position, criterion, inner)
                if opens >= wanted:
                    possible |= bit
                    if sures >= wanted:
                        certain |= bit
        return certain, possible

    return node


def _counted(family: Family, position: int, criterion: Relatives, inner: Masks) -> tuple[int, int]:
    """How many relatives on the better side of the family meet the criterion, for certain and possibly."""
    sides = sides_of(criterion)
    sure = dict.fromkeys(sides, 0)
    open_ = dict.fromkeys(sides, 0)
    for _, tie, is_certain in related(family, position, criterion, inner):
        for side in sides:
            on_side = on_side_of(tie, side, criterion.side is not None)
            open_[side] += on_side != "no"
            sure[side] += is_certain and on_side == "yes"
    return max(sure.values()), max(open_.values())


def sides_of(criterion: Relatives) -> tuple[Side, ...]:
    """The sides of the family on which the relatives may be."""
    return (Side.MATERNAL, Side.PATERNAL) if criterion.side is None else (Side(criterion.side),)


def related(
    family: Family, position: int, criterion: Relatives, inner: Masks
) -> Iterator[tuple[int, Kin | None, bool]]:
    """The bodies of relatives near enough who may meet the criterion within, how they are related, and whether they do.

    A relative whose place is not known may be near enough, or not.
    """
    placed, unplaced_ = family.kin(position)
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
        if tie is None or criterion.within is None or tie.degree <= criterion.within:
            yield number, tie, is_certain


def on_side_of(tie: Kin | None, side: Side, named: bool) -> str:
    """Whether a relative belongs to a side of the family: yes, no or maybe."""
    if tie is None or tie.side is Side.UNKNOWN:
        return "maybe" if named or tie is None else "yes"
    if tie.side is Side.OWN:
        return "no" if named else "yes"
    return "yes" if tie.side in (side, Side.BOTH) else "no"

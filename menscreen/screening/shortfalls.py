"""What a body lacks to meet a criterion: the fewest facts that would have to be otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from menscreen.rules.answers import count_answers, related_terms, term_answers
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
from menscreen.rules.evaluation import Evaluation
from menscreen.rules.facts import Fact
from menscreen.rules.reasons import Kind
from menscreen.vocabulary import Kind as TermKind, vocabulary

#: So many names stand in a list before it is cut.
MOST_NAMES = 3


class Shortfall(NamedTuple):
    """One fact that keeps a criterion from being met.

    A lack is a record that is not there at all; it is remote when a diagnosis or a test would have to be recorded.
    """

    words: str
    kind: Kind | None = None
    fact: Fact | None = None
    has: Has | None = None
    within: int | None = None
    is_remote: bool = False

    @property
    def is_lack(self) -> bool:
        """Something else would have to be recorded."""
        return self.kind is None


class Shortfalls:
    """Find shortfalls in one evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._family = evaluation.family
        self._known: dict[tuple[int, int], list[Shortfall]] = {}

    def of(self, criterion: Criterion, number: int) -> list[Shortfall]:
        """The shortest list of shortfalls of body `number`; empty when it meets the criterion for certain."""
        key = id(criterion), number
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look(criterion, number)
        return known

    def _look(self, criterion: Criterion, number: int) -> list[Shortfall]:
        if self._evaluation.masks(criterion)[0] >> number & 1:
            return []
        match criterion:
            case Meets():
                return self.of(self._evaluation.plan.definition(criterion), number)
            case AllOf():
                return [short for part in criterion.all for short in self.of(part, number)]
            case AnyOf():
                return min([self.of(part, number) for part in criterion.any], key=_cost, default=[Shortfall("nothing")])
            case AtLeast():
                return self._of_several(criterion, number)
            case Has():
                return self._of_finding(criterion, number)
            case Relatives():
                return [self._of_relatives(criterion, number)]
            case NoneOf():
                met = [part for part in criterion.none if self._evaluation.masks(part)[0] >> number & 1]
                return [Shortfall(f"excluded by {described(met[0])}")] if met else [Shortfall("excluded")]
            case Tumors():
                facts = self._family.bodies[number].facts
                is_open = count_answers(facts, criterion)[1]
                words = f"needs {described(criterion)}"
                return [Shortfall(words, Kind.MULTIPLE if is_open else None)]
            case Tested() | PersonIs():
                return [Shortfall(f"needs {described(criterion)}", is_remote=True)]

    def _of_several(self, criterion: AtLeast, number: int) -> list[Shortfall]:
        """As many of the parts as are wanting, the nearest ones; one tumor that stands twice is a lack as well."""
        by_part = sorted([self.of(part, number) for part in criterion.of], key=_cost)
        wanted = [short for shorts in by_part[: criterion.at_least] for short in shorts]
        lacking = sum(short.is_lack for short in wanted)
        if lacking or not wanted:
            other = "another tumor of" if criterion.at_least > 1 else "one of"
            names = any_of([described(part) for part in criterion.of])
            near = [short for short in wanted if not short.is_lack]
            return near + [Shortfall(f"needs {other} its list as well ({names})")] * max(lacking, 1)
        return wanted

    def _of_finding(self, has: Has, number: int) -> list[Shortfall]:
        related = related_terms(has.has)
        facts = [fact for fact in self._family.bodies[number].facts if fact.term in related]
        found = [list(_conditions(fact, has)) for fact in facts if term_answers(fact.term, has.has, fact.excluded)[1]]
        return min(found, key=_cost) if found else [_not_recorded(has.has)]

    def _of_relatives(self, criterion: Relatives, number: int) -> Shortfall:
        position = self._family.bodies[number].position
        placed, _ = self._family.kin(position)
        met = self._evaluation.masks(criterion.have)[0]
        affected = [
            placed[other].degree
            for other, at in self._family.by_position.items()
            if other != position and other in placed and met >> at & 1
        ]
        near = sum(criterion.within is None or degree <= criterion.within for degree in affected)
        if near < criterion.at_least <= len(affected):
            words = f"needs the relative within degree {criterion.within}"
            return Shortfall(words, Kind.PLACE, within=criterion.within)
        return Shortfall(f"needs {described(criterion)}")


def _cost(shorts: list[Shortfall]) -> tuple[int, int]:
    """How far a list is from being met: what is not recorded at all is farther than a condition that fails."""
    far = 0
    for short in shorts:
        if short.kind is None:
            far += 4 if short.is_remote else 3
    return far, len(shorts)


@cache
def _not_recorded(term: str) -> Shortfall:
    found = vocabulary().terms[term]
    return Shortfall(f"needs {found.name} as well", is_remote=found.kind is TermKind.SYNDROME)


def _conditions(fact: Fact, has: Has) -> Iterator[Shortfall]:
    """The conditions of a criterion that a fact of its kind, or perhaps of its kind, does not meet for certain."""
    name = vocabulary().terms[has.has].name
    if not term_answers(fact.term, has.has, fact.excluded)[0]:
        yield Shortfall(f"only {name} counts", Kind.TYPE, fact, has)
    if not fact.certain:
        yield Shortfall("a suspected finding leaves it open", Kind.CONFIRMED, fact, has)
    if fact.doubtful:
        yield Shortfall("whether it was primary is open", Kind.CAUSE, fact, has)
    too_old = (has.before is not None and fact.high >= has.before) or (has.by is not None and fact.high > has.by)
    if too_old or (has.from_ is not None and fact.low < has.from_):
        yield Shortfall("the age does not count", Kind.AGE, fact, has)
    if has.multiple and not fact.multiple:
        yield Shortfall("only several count", Kind.MULTIPLE, fact, has)
    if has.bilateral and not fact.bilateral:
        yield Shortfall("only both sides count", Kind.BILATERAL, fact, has)
    if has.larger_than is not None and not (fact.size_mm is not None and fact.size_mm > has.larger_than):
        yield Shortfall(f"only more than {has.larger_than} mm counts", Kind.SIZE, fact, has)
    if has.recurrent and not fact.recurrent:
        yield Shortfall("only recurrent disease counts", Kind.HISTORY, fact, has)
    if has.metastatic and not fact.metastatic:
        yield Shortfall("only metastatic disease counts", Kind.HISTORY, fact, has)


def described(criterion: Criterion) -> str:
    """A criterion in few words."""
    names = vocabulary().terms
    match criterion:
        case Has():
            return names[criterion.has].name
        case Tumors():
            return f"{criterion.at_least} of {any_of([names[term].name for term in criterion.of])}"
        case Tested():
            return f"a {criterion.gene} test that is {criterion.result}"
        case Relatives():
            many = "a relative" if criterion.at_least == 1 else f"{criterion.at_least} relatives"
            return f"{many} with {described(criterion.have)}"
        case PersonIs():
            return "another age or sex"
        case Meets():
            return criterion.meets.replace("-", " ")
        case AllOf():
            return any_of([described(part) for part in criterion.all], "and")
        case AnyOf():
            return any_of([described(part) for part in criterion.any])
        case NoneOf():
            return f"no {any_of([described(part) for part in criterion.none])}"
        case AtLeast():
            return f"{criterion.at_least} of {any_of([described(part) for part in criterion.of])}"


def any_of(names: Iterable[str], word: str = "or") -> str:
    """A list in words, cut when it is long.

    >>> any_of(["insulinoma", "gastrinoma"]), any_of(list("abcde"))
    ('insulinoma or gastrinoma', 'a, b, c ...')
    """
    all_ = list(dict.fromkeys(names))
    if len(all_) > MOST_NAMES:
        return f"{', '.join(all_[:MOST_NAMES])} ..."
    return f" {word} ".join(filter(None, (", ".join(all_[:-1]), *all_[-1:])))

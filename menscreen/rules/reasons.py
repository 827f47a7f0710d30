"""Why a body meets a criterion, and which open facts leave it undecided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from menscreen.pedigree.person import GeneticTest
from menscreen.pedigree.placing import spoken_of
from menscreen.rules.answers import fact_answers, person_answers, term_answers, test_gives, variant_answers
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
from menscreen.rules.matching import matched
from menscreen.rules.nodes import on_side_of, related, sides_of


class Kind(StrEnum):
    """What is not known: the type of a tumor, its site, the age, and so on; `PLACE` is how a relative is related.

    `SAME` is whether two records of a tumor are of one, which no record can say.
    """

    TYPE = "histology"
    AGE = "age"
    MULTIPLE = "multiple"
    BILATERAL = "bilateral"
    SIZE = "size"
    CONFIRMED = "confirmed"
    CAUSE = "cause"
    SCOPE = "scope"
    VARIANT = "variant"
    PERSON_AGE = "age-now"
    SEX = "sex"
    PLACE = "relation"
    HISTORY = "history"
    SAME = "same"


class Ground(NamedTuple):
    """A recorded fact that a met criterion rests on; without fact and test, an obligate carrier of `gene`."""

    position: int
    fact: Fact | None
    test: GeneticTest | None
    gene: str | None = None


class Open(NamedTuple):
    """An open fact that decides: of whom, about which tumor or test, and what criterion asks for it."""

    position: int
    kind: Kind
    fact: Fact | None
    test: GeneticTest | None
    criterion: Criterion


class Reasons:
    """Walk criteria for one evaluation; with `every`, grounds are all that bear on a criterion, not the first found."""

    def __init__(self, evaluation: Evaluation, *, every: bool = False) -> None:
        self.evaluation = evaluation
        self._every = every
        self.family = evaluation.family

    def grounds(self, criterion: Criterion, number: int) -> list[Ground]:
        """Recorded facts that suffice for a criterion which body `number` meets for certain."""
        body = self.family.bodies[number]
        bit = 1 << number
        masks = self.evaluation.masks
        match criterion:
            case Meets():
                return self.grounds(self.evaluation.plan.definition(criterion), number)
            case AllOf():
                return [ground for part in criterion.all for ground in self.grounds(part, number)]
            case AnyOf():
                met = [part for part in criterion.any if masks(part)[0] & bit]
                return [ground for part in (met if self._every else met[:1]) for ground in self.grounds(part, number)]
            case AtLeast():
                return [
                    ground for part in criterion.of if masks(part)[0] & bit for ground in self.grounds(part, number)
                ]
            case Has():
                facts = [fact for fact in body.facts if fact_answers(fact, criterion)[0]]
                if not self._every:  # the earliest, whatever the order of the source
                    facts = [min(facts, key=lambda fact: (fact.low, fact.high, fact.term))]
                return [Ground(body.position, fact, None) for fact in facts]
            case Tumors():
                wanted = [fact for fact in body.facts if self._is_any(fact, criterion)[0] and not fact.summary]
                return [Ground(body.position, fact, None) for fact in wanted]
            case Tested():
                for test in body.tests:
                    if test_gives(test, criterion)[0]:
                        return [Ground(body.position, None, test)]
                return [Ground(body.position, None, None, criterion.gene)]
            case Relatives():
                return [
                    ground
                    for other in self._relatives(criterion, number, certain=True)
                    for ground in self.grounds(criterion.have, other)
                ]
            case NoneOf() | PersonIs():
                return []

    def open_facts(self, criterion: Criterion, number: int) -> Iterator[Open]:
        """The open facts that leave a criterion undecided for body `number`."""
        body = self.family.bodies[number]
        certain, possible = self.evaluation.masks(criterion)
        bit = 1 << number
        if certain & bit or not possible & bit:
            return
        match criterion:
            case Meets():
                yield from self.open_facts(self.evaluation.plan.definition(criterion), number)
            case AllOf() | AnyOf() | AtLeast():
                inside = {AllOf: "all", AnyOf: "any", AtLeast: "of"}[type(criterion)]
                for part in getattr(criterion, inside):
                    yield from self.open_facts(part, number)
                if isinstance(criterion, AtLeast):
                    for fact in self._perhaps_one(criterion, number):
                        yield Open(body.position, Kind.SAME, fact, None, criterion)
            case Has():
                for fact in body.facts:
                    yield from self._open_of_fact(body.position, fact, criterion)
            case Tumors():
                for fact in body.facts:
                    yield from self._open_of_tumors(body.position, fact, criterion)
            case Tested():
                for test in body.tests:
                    certain, possible = test_gives(test, criterion)
                    if possible and not certain:
                        if criterion.scope is not None and test.scope is None:
                            yield Open(body.position, Kind.SCOPE, None, test, criterion)
                        if variant_answers(criterion.variant, test.variant)[1]:
                            yield Open(body.position, Kind.VARIANT, None, test, criterion)
            case PersonIs():
                sex = self.family.pedigree.people[body.position].sex
                for kind, part in (
                    (Kind.PERSON_AGE, PersonIs(age=criterion.age)),
                    (Kind.SEX, PersonIs(sex=criterion.sex)),
                ):
                    if not person_answers(body, sex, part)[0]:
                        yield Open(body.position, kind, None, None, criterion)
            case Relatives():
                for other in self._relatives(criterion, number, certain=False):
                    yield from self.open_facts(criterion.have, other)
                    position = self.family.bodies[other].position
                    if position not in self.family.kin(body.position)[0]:
                        for at in spoken_of(self.family.pedigree, position):
                            yield Open(at, Kind.PLACE, None, None, criterion)

    def _relatives(self, criterion: Relatives, number: int, *, certain: bool) -> list[int]:
        """The bodies that count as relatives of body `number`, on each side that has enough of them, nearest first."""
        position = self.family.bodies[number].position
        inner = self.evaluation.masks(criterion.have)
        near = [one for one in related(self.family, position, criterion, inner) if one[2] or not certain]
        counted: set[tuple[int, int]] = set()
        for side in sides_of(criterion):
            on_side = {
                (99 if tie is None else tie.degree, at)
                for at, tie, _ in near
                if on_side_of(tie, side, criterion.side is not None) in (("yes",) if certain else ("yes", "maybe"))
            }
            if len(on_side) >= criterion.at_least:
                counted |= on_side
        return [at for _, at in sorted(counted)]

    def _perhaps_one(self, criterion: AtLeast, number: int) -> list[Fact]:
        """The facts that would fill more of the parts if each were a tumor of its own."""
        facts = [fact for fact in self.family.bodies[number].facts if not fact.summary]
        if len({fact.same for fact in facts}) == len(facts):
            return []
        standing: list[list[Fact]] = []
        for part in criterion.of:
            wanted = self.evaluation.plan.choice(part)
            if wanted is not None:
                standing.append([fact for fact in facts if any(fact_answers(fact, has)[0] for has in wanted)])
        if matched([{fact.order for fact in some} for some in standing]) == matched(
            [{fact.same for fact in some} for some in standing]
        ):
            return []
        of_one = Counter(fact.same for fact in {fact.order: fact for some in standing for fact in some}.values())
        return [fact for fact in facts if of_one[fact.same] > 1]

    def _is_any(self, fact: Fact, tumors: Tumors) -> tuple[bool, bool]:
        answers = [fact_answers(fact, Has(term)) for term in tumors.of]
        return any(certain for certain, _ in answers), any(possible for _, possible in answers)

    def _open_of_tumors(self, position: int, fact: Fact, tumors: Tumors) -> Iterator[Open]:
        certain, possible = self._is_any(fact, tumors)
        if certain and fact.multiple is None:
            yield Open(position, _of_number(fact), fact, None, tumors)
        elif possible and not certain:
            for term in tumors.of:
                yield from self._open_of_fact(position, fact, Has(term))

    def _open_of_fact(self, position: int, fact: Fact, has: Has) -> Iterator[Open]:
        certain, possible = fact_answers(fact, has)
        if certain or not possible:
            return
        for kind in open_kinds(fact, has):
            yield Open(position, kind, fact, None, has)


def _of_number(fact: Fact) -> Kind:
    """What is open about the number of a tumor; of one recorded as single it is whether another record is of it."""
    is_single = any(finding.multiple is False for finding in fact.findings) and "multiple" not in fact.contradicted
    return Kind.SAME if is_single else Kind.MULTIPLE


def open_kinds(fact: Fact, has: Has) -> Iterator[Kind]:
    """What keeps a fact from satisfying `has` for certain, in the order in which to ask."""
    if not fact.certain:
        yield Kind.CONFIRMED
    if not term_answers(fact.term, has.has, fact.excluded)[0]:
        yield Kind.TYPE
    if fact.doubtful:
        yield Kind.CAUSE
    too_young = has.from_ is not None and fact.low < has.from_
    too_old = (has.before is not None and fact.high >= has.before) or (has.by is not None and fact.high > has.by)
    if too_young or too_old:
        yield Kind.AGE
    if has.multiple and fact.multiple is None:
        yield _of_number(fact)
    if has.bilateral and fact.bilateral is None:
        yield Kind.BILATERAL
    if has.larger_than is not None and fact.size_mm is None:
        yield Kind.SIZE

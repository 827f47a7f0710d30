"""What is recorded of one person, made ready for criteria: one fact for each tumor, and what each leaves open.

Two findings that speak of one tumor become one fact; an absent finding excludes its term; a context such as dialysis
puts a parathyroid finding in doubt. docs/readings.md lists every choice made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from menscreen.pedigree.person import MAX_AGE, Finding, GeneticTest, Origin, Person, Result, Scope, Status
from menscreen.pedigree.results import FOUND as FOUND
from menscreen.vocabulary import vocabulary

NOT_FOUND = frozenset({Result.NEGATIVE, Result.BENIGN, Result.LIKELY_BENIGN})

#: Conditions that can raise parathyroid hormone by themselves.
SECONDARY_CAUSES = (
    "secondary-hyperparathyroidism",
    "tertiary-hyperparathyroidism",
    "kidney-failure",
    "dialysis",
    "kidney-transplant",
    "lithium-treatment",
)


_PRESENT, _ABSENT = Status.PRESENT, Status.ABSENT  # looking up a member of an enum costs as much as a call


class Fact:
    """One tumor or feature of one person.

    Attributes:
        term: the most specific term recorded.
        certain: it is there for certain (neither suspected nor contradicted).
        doubtful: a parathyroid finding whose cause may be secondary.
        low, high: bounds of the age at diagnosis, in completed years.
        same: facts that share this number may be one and the same tumor.
        summary: stands for several more specific facts together, and is no further tumor.
        absent: terms that this person is recorded not to have.
        excluded: these, and those that a recorded size rules out.
        contradicted: what two records of this tumor disagree about, and was therefore read as not known.
        findings: what it was made from.
    """

    __slots__ = (
        "absent", "age_recorded", "bilateral", "certain", "contradicted", "doubtful", "excluded", "findings", "high",
        "low", "metastatic", "multiple", "order", "recurrent", "same", "size_mm", "summary", "term",
    )  # fmt: skip

    def __init__(self, finding: Finding, term: str, oldest: int, excluded: frozenset[str], order: int) -> None:
        age = finding.age
        self.term = term
        self.certain = finding.status is _PRESENT and term not in excluded
        self.doubtful = False
        if age is None:
            self.age_recorded, self.low, self.high = False, 0, oldest
        else:
            low, high = age
            self.age_recorded, self.low = True, low
            self.high = low if high == low else min(MAX_AGE if high is None else high, max(oldest, low))
        self.multiple = True if finding.bilateral else finding.multiple
        self.bilateral = finding.bilateral
        self.recurrent = finding.recurrent
        self.metastatic = finding.metastatic
        self.size_mm = finding.size_mm
        self.same = self.order = order
        self.summary = False
        self.contradicted: tuple[str, ...] = ("status",) if term in excluded else ()
        self.absent = excluded
        self.excluded = excluded if finding.size_mm is None else excluded | of_other_size(term, finding.size_mm)
        self.findings: tuple[Finding, ...] = (finding,)


#: A pituitary adenoma smaller than this is a microadenoma, a larger one a macroadenoma, in millimeters.
MICRO = 10


def of_other_size(term: str, size_mm: float) -> frozenset[str]:
    """The kinds of pituitary adenoma that a finding of this size cannot turn out to be."""
    micro, macro = sized_adenomas()
    other = macro if size_mm < MICRO else micro if size_mm > MICRO else frozenset[str]()
    return frozenset() if term in other else other


def cannot_exceed(term: str, millimeters: float) -> bool:
    """Whether the term itself says that a tumor is no larger than this."""
    return millimeters >= MICRO and term in sized_adenomas()[0]


_OF_SIZE = ("pituitary-microadenoma", "pituitary-macroadenoma")


@cache
def _of_hormone() -> frozenset[str]:
    """The terms of pituitary adenomas that tell the hormone, and nothing of the size."""
    return vocabulary().below("pituitary-adenoma") - {"pituitary-adenoma"}.union(*sized_adenomas())


@cache
def sized_adenomas() -> tuple[frozenset[str], frozenset[str]]:
    """The terms of microadenomas and of macroadenomas of the pituitary."""
    words = vocabulary()
    micro, macro = map(words.below, _OF_SIZE)
    return micro, macro


_NO_GENES: frozenset[str] = frozenset()


class Body:
    """A person as criteria see them: position in the pedigree, facts, germline and somatic tests."""

    __slots__ = ("carries", "facts", "oldest", "position", "tests", "youngest")

    def __init__(self, position: int, person: Person, tests: Sequence[GeneticTest]) -> None:
        self.position = position
        self.tests = tests
        self.youngest, self.oldest = age_bounds(person)
        self.facts = facts_of(person.findings, self.oldest)
        #: genes of which the person is an obligate carrier
        self.carries = _NO_GENES

    def variant_of(self, gene: str) -> bool:
        """A germline pathogenic variant of the gene is recorded, or follows from the position in the pedigree."""
        return gene in self.carries or any(
            test.gene == gene and test.result in FOUND and test.origin is Origin.GERMLINE for test in self.tests
        )

    def negative_for(self, gene: str) -> tuple[bool, bool]:
        """Whether the whole gene was read in the germline and nothing was found: (certainly, possibly)."""
        certain = possible = False
        for test in self.tests:
            if test.gene == gene and test.origin is Origin.GERMLINE and test.result in NOT_FOUND:
                certain = certain or test.scope is Scope.FULL
                possible = possible or test.scope in (None, Scope.FULL)
        return certain, possible


def age_bounds(person: Person) -> tuple[int, int]:
    """The lowest and highest age that the person can have now, or had at death."""
    return (0, MAX_AGE) if person.age is None else (person.age.low, person.age.top)


def facts_of(findings: Sequence[Finding], oldest: int) -> list[Fact]:
    """One fact for each tumor among the findings."""
    if not findings:
        return []
    excluded = _excluded(findings)
    facts: list[Fact] = []
    for number, finding in enumerate(findings):
        if finding.term is not None and finding.status is not _ABSENT:
            facts.append(Fact(finding, finding.term, oldest, excluded, number))
    if len(facts) > 1:
        facts = _one_tumor_once(facts)
        _put_in_doubt(facts)
    return facts


def joined(fact: Fact, some: Sequence[Finding], oldest: int) -> list[Fact]:
    """What some of the records of a tumor would make by themselves, its exclusions and doubts staying as they are."""
    facts = [Fact(finding, finding.term or "", oldest, fact.excluded, at) for at, finding in enumerate(some)]
    facts = _one_tumor_once(facts) if len(facts) > 1 else facts
    for one in facts:
        one.doubtful = fact.doubtful
    return facts


def _excluded(findings: Iterable[Finding]) -> frozenset[str]:
    terms = [finding.term for finding in findings if finding.status is _ABSENT and finding.term is not None]
    if not terms:
        return frozenset()
    return frozenset[str]().union(*map(vocabulary().below, terms))


def _one_tumor_once(facts: list[Fact]) -> list[Fact]:
    """Join the facts that speak of one tumor, going from the more specific to the more general.

    A general fact belongs to a specific one that is certain, where there is one. Above two or more different certain
    ones it is kept as their summary, above several that are only suspected as a fact of its own.
    """
    below = vocabulary().below
    kept: list[Fact] = []
    for fact in sorted(facts, key=_from_specific_to_general):
        under = below(fact.term)
        related = [other for other in kept if other.term in under and not other.summary]
        same_time = [other for other in related if _may_be_at_one_time(other, fact)]
        if fact.term in _OF_SIZE and not same_time:
            of_hormone = _of_hormone()
            same_time = [each for each in kept if each.term in of_hormone and _may_be_at_one_time(each, fact)]
        hosts = [other for other in same_time if other.certain] or same_time
        if len({other.term for other in hosts}) == 1:
            _join(hosts[0], fact)
            continue
        if related:
            fact.same = related[0].same
        if hosts and hosts[0].certain:
            _make_summary(fact, hosts)
        for other in related:
            if other.term == fact.term:
                _number_not_known(other)
                _number_not_known(fact)
        kept.append(fact)
    kept.sort(key=lambda each: each.order)
    return kept


def _may_be_at_one_time(one: Fact, other: Fact) -> bool:
    return one.low <= other.high and other.low <= one.high


def _make_summary(fact: Fact, hosts: Sequence[Fact]) -> None:
    """A summary is of no other kind, and of no other age, than the tumors that it stands for."""
    below = vocabulary().below
    fact.summary = True
    fact.excluded |= below(fact.term).difference(*(below(host.term) for host in hosts))
    fact.low = max(fact.low, min(host.low for host in hosts))
    fact.high = min(fact.high, max(host.high for host in hosts))


def _from_specific_to_general(fact: Fact) -> tuple[int, str, bool, int, int, bool]:
    """An order that does not depend on the order of the source."""
    return (
        len(vocabulary().below(fact.term)), fact.term, not fact.age_recorded, fact.low, fact.high, not fact.certain
    )  # fmt: skip


def _number_not_known(fact: Fact) -> None:
    if fact.multiple is False:
        fact.multiple = None


def _join(specific: Fact, general: Fact) -> None:
    """Put what the general fact knows into the specific one; what contradicts becomes not known."""
    if general.certain and not specific.certain and specific.term != general.term:
        specific.term = general.term  # that it is of the special kind is only suspected
    elif general.term in _OF_SIZE and specific.term in _of_hormone() and general.certain is specific.certain:
        (specific.term,) = vocabulary().below(general.term) & vocabulary().below(specific.term)
    specific.certain = specific.certain or general.certain
    specific.age_recorded = specific.age_recorded or general.age_recorded
    specific.low, specific.high = max(specific.low, general.low), min(specific.high, general.high)
    for name in ("multiple", "bilateral", "size_mm"):
        one, other = getattr(specific, name), getattr(general, name)
        if one is None and name not in specific.contradicted:
            setattr(specific, name, other)
        elif one is not None and other is not None and one != other:
            setattr(specific, name, None)
            specific.contradicted += (name,)
            if name == "size_mm":
                specific.excluded = specific.absent
    if specific.size_mm is not None:
        specific.excluded |= of_other_size(specific.term, specific.size_mm)
    if "multiple" in specific.contradicted and specific.bilateral:
        specific.bilateral = None
    specific.recurrent = specific.recurrent or general.recurrent
    specific.metastatic = specific.metastatic or general.metastatic
    specific.findings += general.findings
    specific.order = min(specific.order, general.order)
    specific.contradicted += general.contradicted


@cache
def _parathyroid() -> frozenset[str]:
    words = vocabulary()
    return words.below("parathyroid-tumor") - words.below("parathyroid-carcinoma")


@cache
def secondary_causes() -> frozenset[str]:
    """What hyperparathyroidism may be caused by, in any of its kinds."""
    return frozenset[str]().union(*map(vocabulary().below, SECONDARY_CAUSES))


def _put_in_doubt(facts: list[Fact]) -> None:
    causes = secondary_causes()
    if any(fact.term in causes for fact in facts):
        parathyroid = _parathyroid()
        for fact in facts:
            fact.doubtful = fact.term in parathyroid

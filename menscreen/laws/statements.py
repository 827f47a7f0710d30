"""Laws of what statements answer: definite answers survive whatever turns out, and more never makes less.

What is tested is a function from a family to the answer of each statement, such as `answers_of` makes of a rulebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs
from msgspec.structs import replace

from menscreen.laws.breaking import Broken
from menscreen.laws.completing import with_places
from menscreen.laws.records import DOUBT, are_comparable, below
from menscreen.laws.telling import finding_told
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import with_person
from menscreen.pedigree.person import Finding, Status
from menscreen.rules.criteria import AllOf, AnyOf, AtLeast, Criterion, NoneOf, Relatives
from menscreen.rules.evaluation import Plan, answers_to
from menscreen.rules.families import EXPLANATIONS
from menscreen.rules.rulebook import Rulebook
from menscreen.rules.truth import Truth

Answers: TypeAlias = Callable[[Pedigree], Mapping[str, Truth]]

_STRENGTH = {Truth.NOT_MET: 0, Truth.UNDECIDED: 1, Truth.MET: 2}


def answers_of(book: Rulebook, *, exclusions: bool = True) -> Answers:
    """What each rule of a rulebook answers for the proband of a family.

    Args:
        book: the rulebook.
        exclusions: take the clauses ``none`` as written. They look at what is recorded and not at what may turn out, so
            the laws of this module hold of a rulebook without them.

    >>> from menscreen import Person
    >>> from menscreen.rules.loading import load
    >>> family = Pedigree((Person("Ann", findings=(Finding("medullary-thyroid-carcinoma"),)),), "Ann")
    >>> answers_of(load("eta-2012"))(family)["medullary-carcinoma"]
    <Truth.MET: 'met'>
    """
    roots = [rule.when if exclusions else without_exclusions(rule.when) for rule in book.rules]
    definitions = {name: one if exclusions else without_exclusions(one) for name, one in book.definitions.items()}
    plan = Plan(roots, [definitions] * len(roots))

    def says(family: Pedigree) -> dict[str, Truth]:
        return dict(zip((rule.id for rule in book.rules), answers_to(plan, family), strict=True))

    return says


def without_exclusions(of: Criterion) -> Criterion:
    """The criterion with nothing in its clauses ``none``."""
    if isinstance(of, NoneOf):
        return NoneOf(())
    if isinstance(of, AllOf):
        return AllOf(tuple(map(without_exclusions, of.all)))
    if isinstance(of, AnyOf):
        return AnyOf(tuple(map(without_exclusions, of.any)))
    if isinstance(of, AtLeast):
        return replace(of, of=tuple(map(without_exclusions, of.of)))
    return replace(of, have=without_exclusions(of.have)) if isinstance(of, Relatives) else of


def consistency(says: Answers, family: Pedigree, completed: Pedigree) -> None:
    """A definite answer survives when what is open is filled in.

    Args:
        says: what is tested.
        family: any family.
        completed: the same with facts filled in, from `menscreen.strategies.completions` or `Completing`.

    Raises:
        AssertionError: an answer that was met or not met is another one now.

    >>> from menscreen import Person
    >>> from menscreen.rules.loading import load
    >>> family = Pedigree((Person("Ann", findings=(Finding("thyroid-cancer"),)),), "Ann")
    >>> from menscreen.laws import Completing
    >>> for completed in Completing([load("eta-2012")]).families(family).families:
    ...     consistency(answers_of(load("eta-2012"), exclusions=False), family, completed)
    """
    after = says(completed)
    for name, answer in says(family).items():
        if answer is not Truth.UNDECIDED and after[name] is not answer:
            now = after[name].value
            raise Broken(f"{name} is {answer.value}, and {now} once what is open is filled in", family, completed)


def monotonicity(says: Answers, family: Pedigree, person: str, finding: Finding) -> None:
    """One more tumor never makes an answer weaker.

    Nothing is asserted where the finding is no more tumor: where it is absent, or could be read as one that the person
    already has or was said not to have, or is a disease that puts others in doubt or explains them.

    Args:
        says: what is tested.
        family: any family.
        person: the id of the person who has one more.
        finding: what the person has.

    Raises:
        AssertionError: a statement that was met is so no more, or one that was open is not met.

    >>> from menscreen import Person
    >>> from menscreen.rules.loading import load
    >>> family = Pedigree((Person("Ann", findings=(Finding("thyroid-cancer"),)),), "Ann")
    >>> monotonicity(answers_of(load("eta-2012"), exclusions=False), family, "Ann", Finding("insulinoma"))
    """
    at = family.position[person]
    one = family.people[at]
    if not _is_one_more(finding, one.findings):
        return
    more = attrs.evolve(one, findings=(*one.findings, finding))
    larger = with_places(with_person(family, at, more))
    after = says(larger)
    for name, answer in says(family).items():
        if _STRENGTH[after[name]] < _STRENGTH[answer]:
            what = f"{finding_told(finding)} of {person}"
            raise Broken(f"{name} is {answer.value}, and {after[name].value} with one more: {what}", family, larger)


def _is_one_more(finding: Finding, recorded: tuple[Finding, ...]) -> bool:
    if finding.term is None or finding.status is Status.ABSENT:
        return False
    explaining = below(*(name for _, names, _ in EXPLANATIONS for name in names))
    if finding.term in below(*DOUBT) | explaining:
        return False
    terms = [each.term for each in recorded if each.term is not None]
    return not any(are_comparable(finding.term, term) for term in terms)

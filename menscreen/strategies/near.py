"""A strategy for families at the boundary of a rule."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from menscreen.laws.boundary import Boundary
from menscreen.pedigree.family import Pedigree
from menscreen.problems import RulebookError
from menscreen.rules.loading import load
from menscreen.rules.rulebook import Rule, Rulebook
from menscreen.rules.truth import Truth


def pedigrees_near(
    rule: str, *, rulebook: Rulebook | None = None, answer: Truth | None = None
) -> st.SearchStrategy[Pedigree]:
    """Families that just meet a rule, miss it by one fact, or are left open by one fact that is not known.

    A fact is an age (by a year), a size, a number, a side, a finding, a test, or the degree of a relative. Shrinks to a
    family that meets the rule, and to the fewest records.

    Args:
        rule: such as ``eviq-1428/parathyroid-under-40``; with `rulebook`, the id of one of its rules.
        rulebook: a rulebook of your own, from `menscreen.rules.loading.load`.
        answer: families with this answer only. A rule that asks for a test and nothing else leaves nothing undecided.

    >>> from hypothesis import find
    >>> near = pedigrees_near("eviq-1428/parathyroid-under-40", answer=Truth.NOT_MET)
    >>> str(find(near, lambda family: len(family.people[0].findings) == 1).people[0].findings[0].age)
    '40'
    """
    return st.deferred(lambda: _near(rule, rulebook, answer))


def _near(rule: str, rulebook: Rulebook | None, answer: Truth | None) -> st.SearchStrategy[Pedigree]:
    if answer is not None and not isinstance(answer, Truth):
        raise InvalidArgument(f"answer={answer!r} must be a menscreen.Truth")
    groups = _of_shipped(rule) if rulebook is None else _groups(*_found(rulebook, rule))
    answers = tuple(groups) if answer is None else (answer,)
    wanted = [groups[each] for each in answers if groups[each]]
    if not wanted:
        raise InvalidArgument(f"no family at the boundary of {rule!r} is {' or '.join(one.value for one in answers)}")
    return st.one_of(*map(st.sampled_from, wanted))


@cache
def _of_shipped(rule: str) -> dict[Truth, tuple[Pedigree, ...]]:
    id, slash, _ = rule.partition("/") if isinstance(rule, str) else ("", "", "")
    if not slash:
        raise InvalidArgument(f"rule={rule!r} must be such as 'eviq-1428/parathyroid-under-40'")
    try:
        return _groups(*_found(load(id), rule))
    except RulebookError as error:
        raise InvalidArgument(str(error)) from None


def _found(book: Rulebook, rule: str) -> tuple[Rulebook, Rule]:
    id = rule.removeprefix(f"{book.id}/")
    found = next((one for one in book.rules if one.id == id), None)
    if found is None:
        raise InvalidArgument(f"{book.id} has no rule {id!r}; it has {', '.join(one.id for one in book.rules)}")
    return book, found


def _groups(book: Rulebook, rule: Rule) -> dict[Truth, tuple[Pedigree, ...]]:
    boundary = Boundary(book, rule)
    return {answer: boundary.families(answer) for answer in (Truth.MET, Truth.NOT_MET, Truth.UNDECIDED)}

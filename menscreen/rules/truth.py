"""Truth with three values, after Kleene's strong logic."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """Whether something holds: it does, it does not, or what is known does not decide.

    A `Truth` has no truth value of its own, so that *undecided* can never pass for *no*:

    >>> bool(Truth.UNDECIDED)
    Traceback (most recent call last):
        ...
    TypeError: a Truth is not a bool: compare it with Truth.MET, Truth.NOT_MET or Truth.UNDECIDED
    """

    NOT_MET = "not met"
    UNDECIDED = "undecided"
    MET = "met"

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth is not a bool: compare it with Truth.MET, Truth.NOT_MET or Truth.UNDECIDED")

    def __invert__(self) -> Truth:
        """Negate: *undecided* stays undecided.

        >>> ~Truth.MET
        <Truth.NOT_MET: 'not met'>
        """
        return _NEGATION[self]

    def __and__(self, other: Truth) -> Truth:
        """Both: the weaker of the two.

        >>> Truth.UNDECIDED & Truth.NOT_MET
        <Truth.NOT_MET: 'not met'>
        """
        return self if _RANK[self] <= _RANK[other] else other

    def __or__(self, other: Truth) -> Truth:
        """Either: the stronger of the two.

        >>> Truth.UNDECIDED | Truth.MET
        <Truth.MET: 'met'>
        """
        return self if _RANK[self] >= _RANK[other] else other


_RANK = {Truth.NOT_MET: 0, Truth.UNDECIDED: 1, Truth.MET: 2}
_NEGATION = {Truth.NOT_MET: Truth.MET, Truth.UNDECIDED: Truth.UNDECIDED, Truth.MET: Truth.NOT_MET}


def of(certain: bool, possible: bool) -> Truth:
    """The truth of a statement that is certainly so, possibly so, or neither.

    >>> of(certain=False, possible=True)
    <Truth.UNDECIDED: 'undecided'>
    """
    return Truth.MET if certain else Truth.UNDECIDED if possible else Truth.NOT_MET


def at_least(k: int, truths: Iterable[Truth]) -> Truth:
    """Whether at least `k` of the statements hold, each taken by itself.

    >>> at_least(2, [Truth.MET, Truth.UNDECIDED, Truth.NOT_MET])
    <Truth.UNDECIDED: 'undecided'>
    """
    ranks = [_RANK[truth] for truth in truths]
    return of(sum(rank == 2 for rank in ranks) >= k, sum(rank >= 1 for rank in ranks) >= k)

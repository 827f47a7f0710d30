"""What a family must hold before anybody in it can meet a criterion: a fast first look, from the parts to the whole.

Every criterion has a bit. Those that ask for findings and tests are in reach when a term or gene of the family speaks
to them; the others when enough of their parts are in reach. What is out of reach nobody meets, and is not evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from menscreen.rules.criteria import (
    AllOf,
    AtLeast,
    Criterion,
    Has,
    NoneOf,
    PersonIs,
    Tested,
    Tumors,
)
from menscreen.vocabulary import vocabulary


class Needs:
    """The needs of numbered criteria; parts are entered before what they are parts of."""

    def __init__(self) -> None:
        self._always = 0
        self._asking_for: dict[str, int] = {}
        self._testing: dict[str, int] = {}
        self._made_of: list[tuple[int, int, int]] = []
        self._spoken_to: dict[str, int] = {}

    def enter(self, number: int, criterion: Criterion, inside: Sequence[int]) -> None:
        """Note what a criterion needs; `inside` are the numbers of its parts."""
        bit = 1 << number
        if isinstance(criterion, (Has, Tumors)):
            for term in (criterion.has,) if isinstance(criterion, Has) else criterion.of:
                self._asking_for[term] = self._asking_for.get(term, 0) | bit
        elif isinstance(criterion, Tested):
            self._testing[criterion.gene] = self._testing.get(criterion.gene, 0) | bit
        elif isinstance(criterion, PersonIs):
            self._always |= bit
        else:
            parts = _union(1 << part for part in inside)
            self._made_of.append((bit, parts, _least(criterion, parts.bit_count())))

    def spoken_to(self, terms: Iterable[str], genes: Iterable[str]) -> int:
        """The criteria of findings and tests to which the terms and genes of a family speak, as a mask."""
        there = self._always
        for term in terms:
            there |= self.asking_for(term)
        for gene in genes:
            there |= self._testing.get(gene, 0)
        return there

    def asking_for(self, term: str) -> int:
        """The criteria of findings that a term meets or may meet, as a mask."""
        known = self._spoken_to.get(term)
        if known is None:
            below = vocabulary().below
            under = below(term)
            known = self._spoken_to[term] = _union(
                bits for wanted, bits in self._asking_for.items() if not under.isdisjoint(below(wanted))
            )
        return known

    def in_reach(self, spoken_to: int) -> int:
        """All criteria that somebody may meet when these findings and tests are there, as a mask."""
        there = spoken_to
        for bit, parts, least in self._made_of:
            if (there & parts).bit_count() >= least:
                there |= bit
        return there

    def with_parts(self, some: int) -> int:
        """These criteria and all that have one of them somewhere inside, as a mask."""
        for bit, parts, _ in self._made_of:
            if some & parts:
                some |= bit
        return some


def _least(criterion: Criterion, parts: int) -> int:
    """Of how many parts a criterion needs that somebody may meet them."""
    match criterion:
        case AllOf():
            return parts
        case AtLeast():
            return min(criterion.at_least, parts)
        case NoneOf():
            return 0
        case _:
            return 1


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for bit in bits:
        whole |= bit
    return whole

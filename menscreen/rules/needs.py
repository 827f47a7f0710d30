"""What a family must hold before a rule can be met by anybody in it, whoever has it: a fast first look.

Every set of terms (or a gene) of which something is needed has a bit, a *need*. A rule lists the bits that must all be
there, and for choices of several the bits of which so many must be there. A family's bits are those of its terms and
genes together. Whoever passes is evaluated; whoever does not cannot be met, and costs two operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from menscreen.rules.answers import related_terms
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

#: So many answers are kept at a time.
MOST_REMEMBERED = 10_000


class _Root(NamedTuple):
    every: int
    choices: tuple[tuple[int, int], ...]


class Needs:
    """The needs of some rules, in the order in which they were entered."""

    def __init__(self) -> None:
        self._bits: dict[frozenset[str], int] = {}
        self._roots: list[_Root] = []
        self._of_word: dict[str, int] = {}
        self._met: dict[int, tuple[int, ...]] = {}

    def enter(self, root: Criterion, names: Mapping[str, Criterion]) -> None:
        """Note what a rule needs; its names stand for `names`."""
        every = 0
        choices: list[tuple[int, int]] = []
        waiting = [root]
        for one in waiting:
            if isinstance(one, AllOf):
                waiting.extend(one.all)
            elif isinstance(one, Meets):
                waiting.append(names[one.meets])
            elif isinstance(one, Relatives):
                waiting.append(one.have)
            elif isinstance(one, AtLeast):
                sets = [_words(part, names) for part in one.of]
                if all(sets):
                    bits = [self._bit(words) for words in sets]
                    choices.append((_union(bits), min(one.at_least, len(set(bits)))))
            else:
                words = _words(one, names)
                if words:
                    every |= self._bit(words)
        self._roots.append(_Root(every, tuple(choices)))

    def _bit(self, words: frozenset[str]) -> int:
        return self._bits.setdefault(words, 1 << len(self._bits))

    def met_by(self, terms: Iterable[str], genes: Iterable[str]) -> tuple[int, ...]:
        """The rules whose needs a family with these terms and genes meets; families with the same needs are many."""
        there = 0
        for word in terms:
            known = self._of_word.get(word)
            there |= self._look_up(word) if known is None else known
        for word in genes:
            known = self._of_word.get(word)
            there |= self._look_up(word) if known is None else known
        met = self._met.get(there)
        if met is None:
            if len(self._met) >= MOST_REMEMBERED:
                self._met.clear()
            met = self._met[there] = tuple(
                number
                for number, (every, choices) in enumerate(self._roots)
                if every & there == every and all((bits & there).bit_count() >= least for bits, least in choices)
            )
        return met

    def _look_up(self, word: str) -> int:
        bits = self._of_word[word] = _union(bit for words, bit in self._bits.items() if word in words)
        return bits


def _union(bits: Iterable[int]) -> int:
    whole = 0
    for bit in bits:
        whole |= bit
    return whole


def _words(criterion: Criterion, names: Mapping[str, Criterion]) -> frozenset[str]:
    """Terms and genes of which the criterion needs one; empty when it needs none, or when that is not so simple."""
    found: set[str] = set()
    waiting = [criterion]
    for one in waiting:
        match one:
            case Has():
                found |= related_terms(one.has)
            case Tumors():
                found.update(*map(related_terms, one.of))
            case Tested():
                found.add(one.gene)
            case Meets():
                waiting.append(names[one.meets])
            case AnyOf():
                waiting.extend(one.any)
            case AtLeast():
                waiting.extend(one.of)
            case Relatives():
                waiting.append(one.have)
            case AllOf():
                needed = [words for part in one.all if (words := _words(part, names))]
                if not needed:
                    return frozenset()
                found |= min(needed, key=len)
            case NoneOf() | PersonIs():
                return frozenset()
    return frozenset(found)

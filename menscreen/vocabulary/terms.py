"""Terms and their is-a graph: `Kind`, `Term`, `Graph`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from menscreen.vocabulary.compiling import Compiled


class Kind(StrEnum):
    """What a term is: only tumors and features take part in criteria, the others are named and set aside.

    `CONTEXT` is what changes how another finding is read (dialysis, lithium).
    """

    TUMOR = "tumor"
    FEATURE = "feature"
    SYMPTOM = "symptom"
    SYNDROME = "syndrome"
    BENIGN = "benign"
    CONTEXT = "context"


@attrs.frozen
class Term:
    """A word of the vocabulary.

    Attributes:
        parents: terms that this one is a kind of; several parents all hold.
        site: where it sits; ``None`` is anywhere, or nowhere in particular.
        syndromes: what it, or a kind of it, may be part of, as the results name them ("MEN1").
        plain: a lay phrase for questions, with its article.
    """

    id: str
    name: str
    kind: Kind
    parents: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    site: str | None = None
    syndromes: tuple[str, ...] = ()
    plain: str | None = None


class _Terms(Mapping[str, Term]):
    """The terms by id, each made when it is first asked for."""

    def __init__(self, compiled: Compiled) -> None:
        self._rows = compiled.terms
        self._places = {row[0]: place for place, row in enumerate(self._rows)}
        self._made: dict[str, Term] = {}

    def __getitem__(self, key: str) -> Term:
        term = self._made.get(key)
        if term is None:
            id, name, kind, parents, synonyms, site, syndromes, plain = self._rows[self._places[key]]
            term = Term(id, name, Kind(kind), tuple(parents), tuple(synonyms), site, tuple(syndromes), plain)
            self._made[key] = term
        return term

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._rows)


class Graph:
    """The terms and what is above and below them."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self.terms: Mapping[str, Term] = _Terms(compiled)
        self._parents: dict[str, list[str]] = {row[0]: row[3] for row in compiled.terms}
        self.genes = {symbol: tuple(names) for symbol, names in compiled.genes.items()}
        self._ids = list(self._parents)
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        self._down: dict[str, list[str]] | None = None

    def above(self, id: str) -> frozenset[str]:
        """Return the term and everything above it.

        >>> from menscreen.vocabulary import vocabulary
        >>> "thyroid-cancer" in vocabulary().above("medullary-thyroid-carcinoma")
        True
        """
        found = self._above.get(id)
        if found is None:
            found = self._above[id] = _reachable(id, self._parents)
        return found

    def below(self, id: str) -> frozenset[str]:
        """Return the term and everything below it."""
        found = self._below.get(id)
        if found is None:
            found = self._below[id] = _reachable(id, self._children_of())
        return found

    def children(self, id: str) -> tuple[str, ...]:
        """Return the terms directly below, in the order of the vocabulary."""
        return tuple(self._children_of()[id])

    def _children_of(self) -> dict[str, list[str]]:
        if self._down is None:
            self._down = {id: [] for id in self._ids}
            for id, parents in self._parents.items():
                for parent in parents:
                    self._down[parent].append(id)
        return self._down

    def common_ancestor(self, *ids: str) -> Term | None:
        """Return the nearest term that is all of these or above them; ``None`` when there is no single one."""
        shared = frozenset.intersection(*(self.above(id) for id in ids))
        nearest = [id for id in shared if not any(id != other and id in self.above(other) for other in shared)]
        return self.terms[nearest[0]] if len(nearest) == 1 else None


def _reachable(start: str, neighbors: Mapping[str, list[str]]) -> frozenset[str]:
    seen = {start}
    waiting = [start]
    while waiting:
        for id in neighbors[waiting.pop()]:
            if id not in seen:
                seen.add(id)
                waiting.append(id)
    return frozenset(seen)

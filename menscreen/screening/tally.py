"""The levels of all counts for one person, and the outcome that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Adoption, History
from menscreen.screening.counting import Count, Counting
from menscreen.screening.levels import OUTCOMES, Level
from menscreen.screening.program import Run
from menscreen.screening.verdict import Outcome


class Tally:
    """What the counts for one person add up to.

    Attributes:
        silence: whether silence says nothing here, so that no outcome can be *not indicated*.
        level, possible: the level of the MEN statements: reached, and at most.
        also: the level of the look-alikes.
    """

    def __init__(self, counts: Iterable[Count], silence: bool) -> None:
        self.counts = tuple(counts)
        self.silence = silence
        self.level, self.possible = level_of([count for count in self.counts if count.men])
        if self.level is Level.NOTHING and silence:
            self.level = self.possible = Level.ASK
        self.also = level_of([count for count in self.counts if not count.men])[0]
        if self.also is Level.NOTHING and silence:
            self.also = Level.ASK

    @property
    def outcome(self) -> Outcome:
        """The outcome for MEN."""
        return OUTCOMES[self.level]

    @property
    def could_become(self) -> Outcome:
        """The strongest outcome that an answer to an open fact can bring."""
        return OUTCOMES[self.possible]

    @property
    def also_outcome(self) -> Outcome:
        """The outcome for the look-alikes."""
        return OUTCOMES[self.also]

    @property
    def pointing(self) -> Iterator[Count]:
        """The statements on MEN that ask for something."""
        return (count for count in self.counts if count.men and not count.done and count.certain >= Level.CONSIDER)

    @cached_property
    def syndromes(self) -> tuple[str, ...]:
        """The MEN syndromes that statements point to, the strongest first."""
        pointing = sorted(self.pointing, key=lambda count: (-count.certain, count.distance, count.rule))
        return tuple(dict.fromkeys(syndrome for count in pointing for syndrome in count.syndromes))

    @cached_property
    def could_have(self) -> frozenset[str]:
        """The MEN syndromes that statements point to or could point to."""
        return frozenset(
            syndrome
            for count in self.counts
            if count.men and count.possible >= Level.CONSIDER
            for syndrome in count.syndromes
        )

    @cached_property
    def gist(self) -> tuple[object, ...]:
        """What an answer may change: outcomes, what they could become, syndromes, genes."""
        genes = frozenset(gene for count in self.counts if count.certain >= Level.CONSIDER for gene in count.genes)
        return self.level, self.possible, self.also, frozenset(self.syndromes), self.could_have, genes

    @property
    def undecided(self) -> int:
        """How many statements could count for more than they do."""
        return sum(count.possible > count.certain for count in self.counts)


def level_of(counts: Iterable[Count]) -> tuple[Level, Level]:
    """The level that is reached, and the level that open facts could bring."""
    certain = possible = Level.NOTHING
    for count in counts:
        if count.certain > certain:
            certain = count.certain
        if count.possible > possible:
            possible = count.possible
    if certain is Level.NOTHING and possible is not Level.NOTHING:
        certain = Level.ASK
    return certain, max(certain, possible)


def tally_of(run: Run, position: int) -> Tally:
    """Count all statements for one person."""
    return Tally(Counting(run, position).counts(), silence_says_nothing(run.family.pedigree, position))


#: Sites of the tumors of MEN; who was asked about none of them was not asked.
_ENDOCRINE_SITES = frozenset(
    ("thyroid", "parathyroid", "adrenal", "pituitary", "pancreas", "duodenum", "thymus", "paraganglia")
)


def silence_says_nothing(pedigree: Pedigree, position: int) -> bool:
    """Whether nothing recorded does not mean nothing there: `limits_of` says why."""
    person = pedigree.people[position]
    return (
        person.history is History.UNKNOWN
        or (person.asked is not None and _ENDOCRINE_SITES.isdisjoint(person.asked))
        or pedigree.family_history is FamilyHistory.NOT_ASKED
        or (person.adopted is Adoption.IN and max(pedigree.parents[position]) < 0 and not pedigree.children[position])
    )

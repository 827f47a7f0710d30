"""For whom a statement counts: what each rule, met or open for some body, means for the person screened.

docs/readings.md, "Whose statements count", has every choice made here with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from menscreen.pedigree.kinship import reach
from menscreen.rules.criteria import Tested
from menscreen.rules.facts import FOUND, Body
from menscreen.rules.families import MEN_GENES, MEN_SYNDROMES
from menscreen.rules.rulebook import Rule, every
from menscreen.screening.levels import Level
from menscreen.screening.lines import (
    cut_by_negatives,
    cut_by_other_parent,
    perhaps_through_part_of_a_parent,
    reached_from_anywhere,
)
from menscreen.screening.program import Run

#: The syndrome that a gene speaks for where no MEN gene is left.
OTHER_SYNDROMES: Mapping[str, str] = {
    "VHL": "VHL", "NF1": "NF1", "SDHA": "SDHx", "SDHB": "SDHx", "SDHC": "SDHx", "SDHD": "SDHx", "SDHAF2": "SDHx",
    "CDC73": "HPT-JT", "CASR": "FHH", "TMEM127": "TMEM127", "FH": "HLRCC",
}  # fmt: skip

#: What is left to consider when the MEN1 test was negative.
AFTER_MEN1 = ("CDKN1B", "CDC73", "CASR")


#: Stands for a degree that is not stated where people are sorted by degree.
UNSTATED = 99

_NO_TIES: frozenset[tuple[int, int]] = frozenset()


class Count(NamedTuple):
    """What a rule that is met or open for a body means for the person screened.

    `certain` and `possible` are the levels at which it counts whatever the open facts turn out to be, and at most.
    `degree` is `None` for a relative of unstated degree. `done`: the test was already made.
    """

    rule: int
    body: int
    degree: int | None
    certain: Level
    possible: Level
    men: bool
    done: bool
    syndromes: tuple[str, ...]
    genes: tuple[str, ...]

    @property
    def distance(self) -> int:
        """The degree, to sort by: a relative of unstated degree comes last."""
        return UNSTATED if self.degree is None else self.degree


class Closure(NamedTuple):
    """What tests of a body leave of a statement about it."""

    done: bool
    genes: tuple[str, ...]
    syndromes: tuple[str, ...]
    most: Level
    least: Level


class Counting:
    """Count the statements of one run for one person."""

    def __init__(self, run: Run, person: int) -> None:
        self.run = run
        self.family = run.family
        self.person = person
        self.kin, self.unplaced = run.family.kin(person)
        self.blood = frozenset(self.kin) | {person}
        #: whether a line can be cut because a child has what it has from the other parent: somebody is affected for
        #: certain, and somebody married in
        self._has_in_laws = any(sure for sure, _ in run.answers.values()) and self._any_in_laws()
        self._has_cuts = self._has_in_laws or bool(run.family.genes)
        self._affected: dict[tuple[str, ...], frozenset[int]] = {}
        self._from_anywhere: dict[tuple[int, str], tuple[bool, bool]] = {}
        self._unreached: dict[frozenset[tuple[int, int]], frozenset[int]] = {}

    def counts(self) -> Iterator[Count]:
        """Every statement that counts, or may count, for the person."""
        program = self.run.program
        bodies = self.family.bodies
        latest = self.family.by_position
        degrees = [self._degree(body.position) for body in bodies]
        seconds = [latest[body.position] for body in bodies]
        has_cuts = self._has_cuts
        for number, (met, left) in self.run.answers.items():
            rule = program.rules[number]
            syndromes, genes, is_men = rule.syndromes, rule.genes, program.is_men[number]
            only_self = rule.self_only and program.within[number] is None
            levels = program.levels[number]
            may_meet = left
            while left:
                bit = left & -left
                left ^= bit
                at = bit.bit_length() - 1
                degree = degrees[at]
                if degree == -1 or (only_self and bodies[at].position != self.person):
                    continue
                second = seconds[at]
                if second != at and may_meet >> second & 1:
                    continue  # met without what another syndrome explains, too: counted there
                certain, possible = levels[degree, met & bit != 0]
                if not possible:
                    continue
                men = is_men and second == at
                count = Count(number, at, degree, certain, possible, men, False, syndromes, genes)
                left_of_it = self._cut(rule, bodies[at], count, second != at) if has_cuts else count
                if left_of_it is not None:
                    yield left_of_it

    def _degree(self, position: int) -> int | None:
        """The degree of a blood relative, 0 for the person, -1 for no relative."""
        if position == self.person:
            return 0
        tie = self.kin.get(position)
        if tie is not None:
            return tie.degree
        if position in self.unplaced:
            tie = self.unplaced[position]
            return None if tie is None else tie.degree
        return -1

    def _cut(self, rule: Rule, body: Body, count: Count, explained: bool) -> Count | None:
        """What is left of a count when tests, and lines that cannot carry it, have taken their part."""
        if not (self.family.genes or self._cut_by_other_parent(rule, body)):
            return count
        within = self.run.program.within[count.rule]
        tested = body if within is None else self.family.bodies[self.family.by_position[self.person]]
        closure = self._closure(rule, tested, named=within is not None)
        certain, possible = min(count.certain, closure.least), min(count.possible, closure.most)
        genes, syndromes = closure.genes, closure.syndromes
        if body.position != self.person and not closure.done:
            genes, syndromes, certain, possible = self._along_lines(rule, body, genes, syndromes, certain, possible)
            if possible is Level.NOTHING:
                return None
        men = not explained and not MEN_SYNDROMES.isdisjoint(syndromes)
        return Count(count.rule, count.body, count.degree, certain, possible, men, closure.done, syndromes, genes)

    def _closure(self, rule: Rule, body: Body, *, named: bool) -> Closure:
        """What a test of the body itself leaves of a statement: a variant found, or nothing found in the whole gene.

        For a statement about a `named` relative the body is the person screened, and what a negative test takes away
        depends on the line (`_along_lines`).
        """
        if not rule.closes or not body.tests:
            return Closure(False, rule.genes, rule.syndromes, Level.WARRANTED, Level.WARRANTED)
        genes = rule.genes
        if any(test.gene in genes and test.result in FOUND and test.origin.value == "germline" for test in body.tests):
            return Closure(True, genes, rule.syndromes, Level.NOTHING, Level.NOTHING)
        if named:
            return Closure(False, genes, rule.syndromes, Level.WARRANTED, Level.WARRANTED)
        negative = {gene: body.negative_for(gene) for gene in genes}
        if any(negative.get("RET", ())) and self._meets_clinical_men2(body.position):
            negative["RET"] = False, False
        sure = [gene for gene in genes if negative[gene][0]]
        maybe = [gene for gene in genes if negative[gene][1]]
        if not maybe:
            return Closure(False, genes, rule.syndromes, Level.WARRANTED, Level.WARRANTED)
        left_sure, least = self._left(genes, maybe, body)
        left, most = self._left(genes, sure, body)
        syndromes = _syndromes_left(rule.syndromes, left, sure)
        return Closure(
            not left, left or genes, syndromes or rule.syndromes, most, least if left_sure else Level.NOTHING
        )

    def _left(self, genes: tuple[str, ...], closed: list[str], body: Body) -> tuple[tuple[str, ...], Level]:
        """The genes that are left to test, and the level at which."""
        left = tuple(gene for gene in genes if gene not in closed)
        if "MEN1" in closed and not {"RET", "MAX"}.intersection(left):
            left += tuple(gene for gene in AFTER_MEN1 if gene not in left and not body.negative_for(gene)[0])
            return left, Level.CONSIDER if left else Level.NOTHING
        return left, Level.WARRANTED if left else Level.NOTHING

    def _meets_clinical_men2(self, position: int) -> bool:
        """Somebody in this blood line meets the clinical definition of MEN2, by what they have and not by a variant."""
        line = self.family.kin(position)[0].keys() | {position}
        for number, masks in self.run.answers.items():
            rule = self.run.program.rules[number]
            is_clinical = {"MEN2A", "MEN2B"} & set(rule.defines) and not _by_variant(rule)
            if is_clinical and any(
                masks[0] >> at & 1 and body.position in line for at, body in enumerate(self.family.bodies)
            ):
                return True
        return False

    def _along_lines(
        self,
        rule: Rule,
        body: Body,
        genes: tuple[str, ...],
        syndromes: tuple[str, ...],
        certain: Level,
        possible: Level,
    ) -> tuple[tuple[str, ...], tuple[str, ...], Level, Level]:
        """Take away what cannot have come along any line from the body to the person."""
        other_parent = self._cut_by_other_parent(rule, body)
        kept_sure: list[str] = []
        kept: list[str] = []
        for gene in genes:
            is_reached, may_be_reached = self._reaches(body.position, gene, other_parent)
            if may_be_reached:
                kept.append(gene)
                if is_reached:
                    kept_sure.append(gene)
                    continue
            elif self._is_perhaps_through_part_of_a_parent(body, gene):
                kept.append(gene)
                possible = min(possible, Level.CONSIDER)
            if self._is_perhaps_through_part_of_a_parent(body, gene, certainly=True):
                kept_sure.append(gene)
                certain = min(certain, Level.CONSIDER)
        if not genes and not self._is_reached(body.position, other_parent):
            return genes, syndromes, Level.NOTHING, Level.NOTHING
        lost = [gene for gene in genes if gene not in kept]
        left = _syndromes_left(syndromes, tuple(kept), lost) if lost else syndromes
        if lost and not (kept and left):
            return genes, syndromes, Level.NOTHING, Level.NOTHING
        if genes and not kept_sure:
            certain = Level.NOTHING
        return tuple(kept) if lost else genes, left, certain, possible

    def _reaches(self, position: int, gene: str, other_parent: frozenset[tuple[int, int]]) -> tuple[bool, bool]:
        """Whether a variant may have come from somebody: whatever open scopes and places turn out to be, and at all."""
        if position in self.unplaced:
            if (position, gene) not in self._from_anywhere:
                self._from_anywhere[position, gene] = reached_from_anywhere(self.family, self.person, position, gene)
            return self._from_anywhere[position, gene]
        cut = cut_by_negatives(self.family, gene)
        at_all = self._is_reached(position, cut.certain | other_parent)
        return at_all and self._is_reached(position, cut.possible | other_parent), at_all

    def _is_reached(self, position: int, cut: frozenset[tuple[int, int]]) -> bool:
        if not cut or position in self.unplaced:
            return True
        if cut not in self._unreached:
            self._unreached[cut] = self.blood - reach(self.family.pedigree, self.person, cut)
        return position not in self._unreached[cut]

    def _cut_by_other_parent(self, rule: Rule, body: Body) -> frozenset[tuple[int, int]]:
        if not self._has_in_laws or body.position == self.person:
            return _NO_TIES
        if rule.syndromes not in self._affected:
            rules, wanted = self.run.program.rules, set(rule.syndromes)
            met = 0
            for number, (sure, _) in self.run.answers.items():
                if sure and not wanted.isdisjoint(rules[number].syndromes):
                    met |= sure
            bodies = enumerate(self.family.bodies)
            self._affected[rule.syndromes] = frozenset([one.position for at, one in bodies if met >> at & 1])
        affected = self._affected[rule.syndromes] - {body.position}
        return cut_by_other_parent(self.family, self.blood, body, affected) if affected else _NO_TIES

    def _any_in_laws(self) -> bool:
        """Some child in the blood line has a recorded parent outside of it."""
        blood, parents = self.blood, self.family.pedigree.parents
        for child in self.kin:
            mother, father = parents[child]
            if mother >= 0 and father >= 0 and (mother in blood) != (father in blood):
                return True
        return False

    def _is_perhaps_through_part_of_a_parent(self, body: Body, gene: str, *, certainly: bool = False) -> bool:
        return body.variant_of(gene) and self.person in perhaps_through_part_of_a_parent(
            self.family, body.position, gene, certainly=certainly
        )


def _by_variant(rule: Rule) -> bool:
    return any(isinstance(part, Tested) for part in every(rule.when))


def _syndromes_left(syndromes: tuple[str, ...], left: tuple[str, ...], lost: list[str]) -> tuple[str, ...]:
    """The syndromes that a statement still speaks of when some genes are out of the question."""
    out = {syndrome for gene in lost for syndrome in MEN_GENES.get(gene, (OTHER_SYNDROMES.get(gene, ""),))}
    kept = tuple(syndrome for syndrome in syndromes if syndrome not in out)
    if kept:
        return kept
    named = [name for gene in left for name in MEN_GENES.get(gene, (OTHER_SYNDROMES.get(gene, gene),))]
    return tuple(dict.fromkeys(named))

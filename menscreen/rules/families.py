"""A pedigree made ready for evaluation: who has something recorded, what twins share, what is explained."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cache

from menscreen.pedigree.blood import NOBODY, above, blood_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import Kin, kin, obligate_carriers, unplaced
from menscreen.pedigree.person import GeneticTest, Origin, Person
from menscreen.pedigree.results import of_one_variant
from menscreen.rules.facts import FOUND, Body, Fact
from menscreen.vocabulary import vocabulary

#: The genes of the MEN syndromes, and the syndromes of each.
MEN_GENES: Mapping[str, tuple[str, ...]] = {
    "MEN1": ("MEN1",),
    "RET": ("MEN2A", "MEN2B"),
    "CDKN1B": ("MEN4",),
    "MAX": ("MEN5",),
}

MEN_SYNDROMES = frozenset(syndrome for syndromes in MEN_GENES.values() for syndrome in syndromes)

#: What explains a tumor without MEN (docs/readings.md, "Explained"): the tumors, the reported syndromes, the genes.
EXPLANATIONS = (
    (
        ("ppgl", "adrenal-medullary-hyperplasia"),
        ("nf1", "vhl", "sdhx"),
        frozenset(
            [
                "VHL",
                "NF1",
                "SDHA",
                "SDHB",
                "SDHC",
                "SDHD",
                "SDHAF2",
                "TMEM127",
                "FH",
                "EPAS1",
                "EGLN1",
                "EGLN2",
                "KIF1B",
                "MDH2",
                "DLST",
                "SLC25A11",
                "DNMT3A",
            ]
        ),
    ),
    (("neuroendocrine-tumor",), ("nf1", "vhl", "tsc"), frozenset(("NF1", "VHL", "TSC1", "TSC2"))),
)


class Family:
    """A pedigree made ready for evaluation: its bodies, what they have, and the blood ties between them.

    A person with findings that another recorded syndrome explains has two bodies, the second without those findings; in
    `by_position` the second counts.
    """

    __slots__ = (
        "_above",
        "_kin",
        "_near",
        "_spoken_of",
        "asked",
        "bodies",
        "by_position",
        "by_term",
        "genes",
        "pedigree",
    )

    def __init__(self, pedigree: Pedigree, bodies: Sequence[Body], asked: Collection[int]) -> None:
        self.pedigree = pedigree
        self.bodies = bodies
        self.asked = asked
        self.by_position: dict[int, int] = {}
        #: the facts of each term, with the bit of their body
        self.by_term: dict[str, list[tuple[int, Fact]]] = {}
        self.genes: set[str] = set()
        self._kin: dict[int, tuple[dict[int, Kin], dict[int, Kin | None]]] = {}
        self._near: dict[int, list[int]] = {}
        self._spoken_of: int | None = None
        self._above: dict[int, set[int]] = {}
        by_term = self.by_term
        for number, one in enumerate(bodies):
            self.by_position[one.position] = number
            for fact in one.facts:
                term = fact.term
                if term in by_term:
                    by_term[term].append((1 << number, fact))
                else:
                    by_term[term] = [(1 << number, fact)]
            if one.carries:
                self.genes.update(one.carries)
            if one.tests:
                self.genes.update([test.gene for test in one.tests])

    def kin(self, position: int) -> tuple[dict[int, Kin], dict[int, Kin | None]]:
        """Blood relatives of a person, placed and unplaced."""
        known = self._kin.get(position)
        if known is None:
            placed = kin(self.pedigree, position)
            known = self._kin[position] = placed, unplaced(self.pedigree, position, placed)
        return known

    def are_related(self, one: int, other: int, within: int | None) -> bool:
        """Two people placed in the tree are blood relatives, within a degree (`None`: any)."""
        if one in self.asked:
            tie = self.kin(one)[0].get(other)
        elif other in self.asked:
            tie = self.kin(other)[0].get(one)
        elif within is None:
            return not self._ancestors(one).isdisjoint(self._ancestors(other))
        elif within == 1 and not self.pedigree.twins:
            return other in self._first_degree(one)
        else:
            tie = self.kin(one)[0].get(other)
        return tie is not None and (within is None or tie.degree <= within)

    def _ancestors(self, position: int) -> set[int]:
        """A person and everybody above, monozygotic twins as one."""
        known = self._above.get(position)
        if known is None:
            blood = blood_of(self.pedigree)
            known = self._above[position] = above(blood, blood.node[position])
        return known

    @property
    def spoken_of(self) -> int:
        """The bodies of people who may be relatives by words alone: with a relation in words, and below them."""
        mask = self._spoken_of
        if mask is None:
            mask = self._spoken_of = self._below_spoken() if self.pedigree.has_unplaced else 0
        return mask

    def _below_spoken(self) -> int:
        below = [at for at, one in enumerate(self.pedigree.people) if one.relation is not None]
        seen = set(below)
        for one in below:
            fresh = [child for child in self.pedigree.children[one] if child not in seen]
            seen.update(fresh)
            below += fresh
        return sum(1 << number for at, number in self.by_position.items() if at in seen)

    def _first_degree(self, position: int) -> list[int]:
        """Parents, children and full siblings: what `kin` says, read off directly."""
        near = self._near.get(position)
        if near is None:
            parents, children = self.pedigree.parents, self.pedigree.children
            mother, father = parents[position]
            near = self._near[position] = [mother, father, *children[position]]
            if mother >= 0:
                near += [one for one in children[mother] if father < 0 or parents[one][1] in (father, NOBODY)]
            if father >= 0:
                near += [one for one in children[father] if mother < 0 or parents[one][0] == NOBODY]
        return near

    def assume_kin_of(self, other: Family) -> None:
        """Take the blood ties that are known of a family of the same people."""
        self._kin = other._kin.copy()


def prepare(pedigree: Pedigree, asked: Collection[int]) -> Family:
    """Make bodies of everybody of whom something is recorded, and of the people `asked` about."""
    shared = _shared_tests(pedigree)
    carries = _obligate(pedigree, shared)
    others = {*asked, *shared, *carries}
    bodies: list[Body] = []
    for position, person in enumerate(pedigree.people):
        if person.findings or person.tests or position in others:
            bodies += _bodies(position, person, shared.get(position, person.tests), carries.get(position))
    return Family(pedigree, bodies, asked)


def prepared_with(family: Family, pedigree: Pedigree, position: int) -> Family:
    """Make the family ready again after another age, sex or finding of one person; tests and ties are as before."""
    old = [one for one in family.bodies if one.position == position]
    new = _bodies(position, pedigree.people[position], old[0].tests, old[0].carries)
    at = family.bodies.index(old[0])
    made = Family(pedigree, [*family.bodies[:at], *new, *family.bodies[at + len(old) :]], family.asked)
    made.assume_kin_of(family)
    return made


def _bodies(
    position: int, person: Person, tests: Sequence[GeneticTest], carries: frozenset[str] | None
) -> tuple[Body, ...]:
    """The body of a person, and a second one without what another syndrome explains."""
    one = Body(position, person, tests)
    if carries:
        one.carries = carries
    if tests or carries or not _all_explaining().isdisjoint([fact.term for fact in one.facts]):
        reduced = _without_explained(one)
        if reduced is not None:
            return one, reduced
    return (one,)


def _shared_tests(pedigree: Pedigree) -> dict[int, tuple[GeneticTest, ...]]:
    """The tests of monozygotic twins, each with the germline results of the others."""
    if not pedigree.twins:
        return {}
    people = pedigree.people
    return {
        position: people[position].tests
        + tuple(test for twin in twins for test in people[twin].tests if test.origin is Origin.GERMLINE)
        for position, twins in pedigree.identical.items()
    }


def _obligate(pedigree: Pedigree, shared: Mapping[int, Sequence[GeneticTest]]) -> dict[int, frozenset[str]]:
    """The genes of which people are carriers because they stand between two tested carriers of one variant."""
    with_tests = [(at, person.tests) for at, person in enumerate(pedigree.people) if person.tests or at in shared]
    if not with_tests:
        return {}
    tested: dict[str, list[tuple[int, str | None]]] = {}
    for position, tests in with_tests:
        for test in shared.get(position, tests):
            if test.result in FOUND and test.origin is Origin.GERMLINE:
                tested.setdefault(test.gene, []).append((position, test.variant))
    carries: dict[int, frozenset[str]] = {}
    for gene, carriers in tested.items():
        if len(carriers) < 2:
            continue
        for group in of_one_variant(carriers):
            for position in obligate_carriers(pedigree, group) - {carrier for carrier, _ in carriers}:
                carries[position] = carries.get(position, frozenset()) | {gene}
    return carries


def _without_explained(one: Body) -> Body | None:
    """The body without the tumors that another syndrome of the same person explains; `None` when there are none.

    A tumor of unknown type stays as what it can be without them.
    """
    explained = frozenset[str]().union(
        *(_below(tumors) for tumors, syndromes, genes in EXPLANATIONS if any(_explaining(one, syndromes, genes)))
    )
    below = vocabulary().below
    if all(explained.isdisjoint(below(fact.term)) for fact in one.facts):
        return None
    reduced = Body.__new__(Body)
    reduced.position, reduced.tests, reduced.carries = one.position, one.tests, one.carries
    reduced.youngest, reduced.oldest = one.youngest, one.oldest
    reduced.facts = [_narrowed(fact, explained) for fact in one.facts if fact.term not in explained]
    return reduced


def explained_by(one: Body) -> tuple[str, ...]:
    """What explains tumors of a person without MEN: the recorded syndromes, and the genes with a variant."""
    return tuple(
        dict.fromkeys(name for _, syndromes, genes in EXPLANATIONS for name in _explaining(one, syndromes, genes))
    )


def _explaining(one: Body, syndromes: tuple[str, ...], genes: Collection[str]) -> Iterator[str]:
    terms = vocabulary().terms
    for fact in one.facts:
        if fact.certain and fact.term in _below(syndromes):
            yield from terms[fact.term].syndromes
    yield from sorted(filter(one.variant_of, genes))


def _narrowed(fact: Fact, explained: frozenset[str]) -> Fact:
    """The fact as none of the explained tumors."""
    if explained.isdisjoint(vocabulary().below(fact.term)):
        return fact
    narrowed = copy(fact)
    narrowed.excluded |= explained
    return narrowed


@cache
def _all_explaining() -> frozenset[str]:
    return _below(tuple(syndrome for _, syndromes, _ in EXPLANATIONS for syndrome in syndromes))


@cache
def _below(terms: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(vocabulary().below, terms))

"""Along which lines a statement can count: true negatives, and children explained by their other parent.

A line is a parent-child tie. Ties are taken away for a gene or a syndrome; a relative who can no longer be reached from
the person screened does not count. Ties are pairs of positions, (child, parent).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from menscreen.pedigree.kinship import descendants, reach
from menscreen.pedigree.person import Origin, Scope
from menscreen.pedigree.placing import places, spoken_of
from menscreen.rules.facts import NOT_FOUND, Body
from menscreen.rules.families import Family, prepare

Tie = tuple[int, int]


class Cut(NamedTuple):
    """Ties taken away: for certain, and possibly (a negative test of unknown scope)."""

    certain: frozenset[Tie]
    possible: frozenset[Tie]


NO_CUT = Cut(frozenset(), frozenset())


def carriers(family: Family, gene: str) -> frozenset[int]:
    """Everybody with a recorded pathogenic germline variant of the gene, obligate carriers included."""
    return frozenset(body.position for body in family.bodies if body.variant_of(gene))


def negatives(family: Family, gene: str) -> tuple[frozenset[int], frozenset[int]]:
    """Everybody recorded negative for the variant known in the family: certainly, and possibly (scope not recorded)."""
    known = {variant for body in family.bodies for variant in _variants(body, gene)}
    certain: set[int] = set()
    possible: set[int] = set()
    for body in family.bodies:
        if body.variant_of(gene):
            continue
        for test in body.tests:
            if test.gene != gene or test.origin is not Origin.GERMLINE or test.result not in NOT_FOUND:
                continue
            of_one = test.scope is not Scope.FULL and test.variant is not None
            if test.scope is not Scope.OTHER_VARIANT and not (of_one and known and test.variant not in known):
                possible.add(body.position)
                if test.scope is not None:
                    certain.add(body.position)
    return frozenset(certain), frozenset(possible)


def _variants(body: Body, gene: str) -> frozenset[str]:
    """The variants of the gene that a carrier is recorded with, as they are written; none of an obligate carrier."""
    tests = body.tests if body.variant_of(gene) else ()
    return frozenset(test.variant for test in tests if test.gene == gene and test.variant is not None)


def cut_by_carriers(family: Family, gene: str) -> frozenset[Tie]:
    """The ties of carriers to a parent who is none, where the other parent carries it: it came from that one."""
    bodies = {body.position: body for body in family.bodies if body.variant_of(gene)}
    ties: set[Tie] = set()
    for child, body in bodies.items():
        mother, father = family.pedigree.parents[child]
        for parent, other in ((mother, father), (father, mother)):
            if other in bodies and parent >= 0 and parent not in bodies:
                own, theirs = _variants(body, gene), _variants(bodies[other], gene)
                if not (own and theirs) or own & theirs:
                    ties.add((child, parent))
    return frozenset(ties)


def cut_by_negatives(family: Family, gene: str) -> Cut:
    """The ties along which the known variant of a gene cannot have come, because somebody is a true negative."""
    if gene not in family.genes:
        return NO_CUT
    with_variant = carriers(family, gene)
    certain, possible = negatives(family, gene) if with_variant else (frozenset(), frozenset())
    if not possible:
        return NO_CUT
    ties = {person: _ties_of_negative(family, person, with_variant) for person in possible}
    return Cut(
        frozenset(tie for person in certain for tie in ties[person]),
        frozenset(tie for person in possible for tie in ties[person]),
    )


def _ties_of_negative(family: Family, person: int, with_variant: frozenset[int]) -> list[Tie]:
    pedigree = family.pedigree
    own = descendants(pedigree, person)
    ties: list[Tie] = []
    for parent in pedigree.parents[person]:
        if parent >= 0:
            side = ({parent} | family.kin(parent)[0].keys()) - own - {person}
            if with_variant & side:
                ties.append((person, parent))
    for child in pedigree.children[person]:
        if child in with_variant or with_variant & descendants(pedigree, child):
            ties.append((child, person))
    return ties


def reached_from_anywhere(family: Family, person: int, other: int, gene: str) -> tuple[bool, bool]:
    """Whether a variant may have come to a person from somebody known by words only: in every place, and in some."""
    if not negatives(family, gene)[1]:
        return True, True
    answers: list[tuple[bool, bool]] = []
    for spoken in spoken_of(family.pedigree, other):
        for _, placed in places(family.pedigree, spoken):
            cut = cut_by_negatives(prepare(placed, (person,)), gene)
            answers.append((other in reach(placed, person, cut.possible), other in reach(placed, person, cut.certain)))
    return all(sure for sure, _ in answers), not answers or any(may for _, may in answers)


def apparently_de_novo(family: Family, person: int, gene: str, *, possibly: bool = False) -> bool:
    """Both parents of a carrier are recorded negative for the variant; `possibly` by tests of unknown scope, too."""
    mother, father = family.pedigree.parents[person]
    return mother >= 0 and father >= 0 and {mother, father} <= negatives(family, gene)[possibly]


def perhaps_through_part_of_a_parent(
    family: Family, carrier: int, gene: str, *, certainly: bool = False
) -> frozenset[int]:
    """Whom an apparently new variant may concern because a parent carries it in some cells only.

    These are the siblings and half siblings of the carrier, and who descends from them, but through true negatives.
    With `certainly` it concerns them in this way or as a variant of a parent, whatever open scopes turn out to be.
    """
    if not apparently_de_novo(family, carrier, gene, possibly=certainly):
        return frozenset()
    pedigree, negative = family.pedigree, negatives(family, gene)[certainly]
    line = list(dict.fromkeys(child for parent in pedigree.parents[carrier] for child in pedigree.children[parent]))
    found: set[int] = set()
    for one in line:
        if one != carrier and one not in found and one not in negative:
            found.add(one)
            line += pedigree.children[one]
    return frozenset(found)


def cut_by_other_parent(family: Family, blood: Collection[int], body: Body, affected: Iterable[int]) -> frozenset[Tie]:
    """Ties to children whose other parent, no relative of the person screened, explains what `body` has.

    `blood` is the person screened and their blood relatives; `affected` are the people who meet statements on the same
    syndromes.
    """
    pedigree = family.pedigree
    ties: set[Tie] = set()
    line = [body.position]
    seen = set(line)
    for child in line:
        mother, father = pedigree.parents[child]
        for parent, other in ((mother, father), (father, mother)):
            if parent in blood and parent >= 0:
                if other >= 0 and other not in blood and _explains(family, other, parent, affected):
                    ties.add((child, parent))
                if parent not in seen:
                    seen.add(parent)
                    line.append(parent)
    return frozenset(ties)


def _explains(family: Family, other: int, parent: int, affected: Iterable[int]) -> bool:
    """Somebody is affected on the side of the other parent who does not descend from this parent as well."""
    kin = family.kin(other)[0]
    side = {person for person in affected if person in kin or person == other}
    return bool(side and side - descendants(family.pedigree, parent))

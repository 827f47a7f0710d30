"""Who is related to whom by blood: degree, side, names of relations, kinship coefficient, lines of descent.

People are positions in `Pedigree.people`. Monozygotic twins are one node. Nothing here recurses, and everything but
`kinship_coefficient`, `paths` and `obligate_carriers` is linear in the size of the family.
"""

from __future__ import annotations

from collections.abc import Collection

from menscreen.pedigree.blood import NOBODY, Kin, Side, above, blood_of, people_of, siblings_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.lineage import kinship_coefficient, obligate_carriers, paths, shares
from menscreen.pedigree.names import relation_name
from menscreen.pedigree.relatives import kin, unplaced

__all__ = [
    "Kin",
    "Side",
    "ancestors",
    "children",
    "descendants",
    "founders",
    "half_siblings",
    "kin",
    "kinship_coefficient",
    "obligate_carriers",
    "parents",
    "paths",
    "reach",
    "relation_name",
    "shares",
    "siblings",
    "unplaced",
]


def parents(family: Pedigree, person: int) -> frozenset[int]:
    """Find the recorded biological parents.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(parents(family, 0))
    [1]
    """
    return frozenset(parent for parent in family.parents[person] if parent >= 0)


def children(family: Pedigree, person: int) -> frozenset[int]:
    """Find the biological children.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(children(family, 1))
    [0, 3]
    """
    return frozenset(family.children[person])


def siblings(family: Pedigree, person: int) -> frozenset[int]:
    """Find the full siblings, twins and siblings taken as full included.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(siblings(family, 0))
    [3]
    """
    blood = blood_of(family)
    full, assumed = siblings_of(blood, blood.node[person])
    return people_of(blood, [blood.node[person], *full, *assumed]) - {person}


def half_siblings(family: Pedigree, person: int) -> frozenset[int]:
    """Find the half siblings: one parent in common, the other two recorded and different.

    >>> from menscreen.pedigree.person import Person
    >>> people = (Person("a", mother="m", father="f"), Person("b", mother="m", father="g"), *map(Person, "mfg"))
    >>> sorted(half_siblings(Pedigree(people, "a"), 0))
    [1]
    """
    blood = blood_of(family)
    me = blood.node[person]
    full, assumed = siblings_of(blood, me)
    shared = {child for parent in blood.parents[me] if parent >= 0 for child in blood.children[parent]}
    return people_of(blood, shared - {me, *full, *assumed})


def founders(family: Pedigree) -> frozenset[int]:
    """Find the people without a recorded parent.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(founders(family))
    [2]
    """
    return frozenset(one for one, pair in enumerate(family.parents) if pair == (NOBODY, NOBODY))


def ancestors(family: Pedigree, person: int) -> frozenset[int]:
    """Find everybody above a person, by recorded parents.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(ancestors(family, 0))
    [1, 2]
    """
    blood = blood_of(family)
    me = blood.node[person]
    return people_of(blood, above(blood, me) - {me})


def descendants(family: Pedigree, person: int) -> frozenset[int]:
    """Find everybody below a person (a monozygotic twin's descendants included).

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(descendants(family, 2))
    [0, 1, 3]
    """
    blood = blood_of(family)
    me = blood.node[person]
    below = {me}
    queue = [me]
    for one in queue:
        fresh = [child for child in blood.children[one] if child not in below]
        below.update(fresh)
        queue += fresh
    return people_of(blood, below - {me})


def reach(family: Pedigree, person: int, blocked: Collection[tuple[int, int]]) -> frozenset[int]:
    """Find the person and the blood relatives that remain when some ties of child and parent are cut.

    `blocked` holds pairs (child, parent), such as the ties along which a variant was shown not to have passed.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c"), Person("d", mother="b")), "a")
    >>> sorted(reach(family, 0, {(1, 2)}))
    [0, 1, 3]
    """
    blood = blood_of(family)
    cut = {(blood.node[child], blood.node[parent]) for child, parent in blocked}
    up = [blood.node[person]]
    seen = set(up)
    for one in up:
        for parent in blood.parents[one]:
            if parent >= 0 and parent not in seen and (one, parent) not in cut:
                seen.add(parent)
                up.append(parent)
    for one in up:
        for child in blood.children[one]:
            if child not in seen and (child, one) not in cut:
                seen.add(child)
                up.append(child)
    return people_of(blood, seen)

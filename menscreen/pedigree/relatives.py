"""The blood relatives of a person: those placed in the tree, with degree and side, and those known by words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menscreen.pedigree.blood import NOBODY, Blood, Kin, Side, blood_of, siblings_of
from menscreen.pedigree.family import Pedigree

_Brood = tuple[Sequence[int], int, int]  # people, so many generations up and down
_Mates = tuple[int, ...]


def kin(family: Pedigree, person: int, within: int | None = None) -> dict[int, Kin]:
    """Find every blood relative of a person.

    `within` leaves out what is farther: relatives of a higher degree, and sides on which somebody is related only more
    distantly than that. A monozygotic twin has degree 0. People known only by words are in `unplaced`.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b"), Person("c", mother="b")), "a")
    >>> kin(family, 0)[1].degree, kin(family, 0)[2].assumed
    (1, True)
    """
    blood = blood_of(family)
    me = blood.node[person]
    limit = len(blood.parents) + 1 if within is None else within
    mother, father = blood.parents[me]
    full, assumed = siblings_of(blood, me)
    found = _spread(blood, me, {}, [(blood.children[me], 0, 1), (full, 1, 1)], [(assumed, 1, 1)], Side.OWN, limit)
    if mother >= 0:
        _join(found, _spread(blood, me, {mother: (father,)}, [], [], Side.MATERNAL, limit))
    if father >= 0:
        _join(found, _spread(blood, me, {father: (mother,)}, [], [], Side.PATERNAL, limit))
    if not family.twins:
        return found
    related = {one: found[node] for one, node in enumerate(blood.node) if node in found}
    if within is None or within >= 0:
        related.update((twin, _SAME) for twin in family.identical.get(person, ()))
    return related


_SAME = Kin(0, Side.OWN, False, 0, 0)


def _spread(
    blood: Blood, me: int, up: dict[int, _Mates], down: list[_Brood], guess: list[_Brood], side: Side, limit: int
) -> dict[int, Kin]:
    """Walk up and then down, a degree at a time, from what stands at degree one.

    `up` holds ancestors with the mates by whom they had the line to `me`; `guess` is reached through assumed siblings.
    """
    parents, children = blood.parents, blood.children
    found = {me: _SAME}
    climbed = set(up)
    degree = 1
    while (up or down or guess) and degree <= limit:
        higher: dict[int, _Mates] = {}
        lower: list[_Brood] = []
        lower_guess: list[_Brood] = []
        for ancestor, mates in up.items():
            if ancestor not in found:
                found[ancestor] = Kin(degree, side, False, degree, 0)
            brood = children[ancestor]
            if len(brood) > 1:
                _sort_siblings(parents, ancestor, mates, brood, degree, down, guess, lower)
            mother, father = parents[ancestor]
            if mother >= 0:
                _climb(mother, father, higher, climbed)
            if father >= 0:
                _climb(father, mother, higher, climbed)
        if down:
            _settle(children, found, down, degree, side, False, lower)
        if guess:
            _settle(children, found, guess, degree, side, True, lower_guess)
        up, down, guess = higher, lower, lower_guess
        degree += 1
    del found[me]
    return found


def _climb(parent: int, mate: int, higher: dict[int, _Mates], climbed: set[int]) -> None:
    if parent in higher:
        higher[parent] += (mate,)
    elif parent not in climbed:
        climbed.add(parent)
        higher[parent] = (mate,)


def _settle(
    children: Sequence[Sequence[int]],
    found: dict[int, Kin],
    broods: list[_Brood],
    degree: int,
    side: Side,
    assumed: bool,
    lower: list[_Brood],
) -> None:
    for brood, up, down in broods:
        tie = None
        for one in brood:
            if one not in found:
                tie = found[one] = tie or Kin(degree, side, assumed, up, down)
                if children[one]:
                    lower.append((children[one], up, down + 1))


def _sort_siblings(
    parents: Sequence[tuple[int, int]],
    ancestor: int,
    mates: _Mates,
    brood: Sequence[int],
    degree: int,
    full: list[_Brood],
    guess: list[_Brood],
    half: list[_Brood],
) -> None:
    """Sort the children of an ancestor by how they are siblings of the child through whom the line goes."""
    sure: list[int] = []
    likely: list[int] = []
    known = NOBODY not in mates
    for child in brood:
        mother, father = parents[child]
        mate = father if mother == ancestor else mother
        if mate < 0 or not known:
            likely.append(child)
        elif mate in mates:
            sure.append(child)
    if sure:
        full.append((sure, degree, 1))
    if likely:
        guess.append((likely, degree, 1))
    if len(sure) + len(likely) < len(brood):
        half.append((brood, degree, 1))


def _join(found: dict[int, Kin], side: dict[int, Kin]) -> None:
    """Add the relatives of one side to those already found."""
    for node, tie in side.items():
        known = found.get(node)
        if known is None:
            found[node] = tie
        elif known.side is not Side.OWN or known.assumed or tie.degree < known.degree:
            found[node] = _both(known, tie)


def _both(one: Kin, other: Kin) -> Kin:
    nearer = other if (other.degree, other.assumed) < (one.degree, one.assumed) else one
    if one.side is Side.OWN:
        return one if nearer is one else nearer._replace(side=Side.OWN)
    return nearer._replace(side=Side.BOTH)


def unplaced(family: Pedigree, person: int, known: Mapping[int, Kin] | None = None) -> dict[int, Kin | None]:
    """Find blood relatives who are known by words only, such as an aunt of unknown side, and their descendants.

    ``None`` is a relative whose degree the words do not fix. `known` is the result of `kin`, if it is at hand.

    >>> from menscreen.pedigree.person import Person, UnplacedRelation
    >>> people = (Person("a"), Person("b", relation=UnplacedRelation("a", "aunt")))
    >>> unplaced(Pedigree(people, "a"), 0)[1].degree
    2
    """
    if not family.has_unplaced:
        return {}
    spoken = [at for at, one in enumerate(family.people) if one.relation is not None and at != person]
    from menscreen.pedigree.relations import Tie, parse

    known = kin(family, person) if known is None else known
    found: dict[int, Kin | None] = {}
    for at in spoken:
        relation = family.people[at].relation
        assert relation is not None
        anchor = family.position.get(relation.to, NOBODY)
        words = parse(relation.as_)
        here = _SAME if anchor == person else known.get(anchor)
        if at in known or here is None or (words is not None and words.tie is not Tie.BLOOD):
            continue
        found[at] = _add(here, words.kin) if words is not None and words.kin is not None else None
    queue = list(found)
    for at in queue:
        tie = found[at]
        for child in family.children[at]:
            if child not in found and child not in known and child != person:
                down = tie.down + 1 if tie is not None and tie.down >= 0 else NOBODY
                found[child] = None if tie is None else tie._replace(degree=tie.degree + 1, down=down)
                queue.append(child)
    return found


def _add(here: Kin, words: Kin) -> Kin | None:
    """Add a relation in words to the relation of the person it starts from, if the sum is certain."""
    if here.degree == 0:
        return words
    climbs = here.down == 0 and words.up != 0
    falls = words.up == 0 and here.down > 0
    if not (climbs or falls):
        return None
    known = words.up >= 0
    up, down = (here.up + words.up, here.down + words.down) if known else (NOBODY, NOBODY)
    return Kin(here.degree + words.degree, here.side, here.assumed, up, down)

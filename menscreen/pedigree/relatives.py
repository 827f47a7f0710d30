"""The blood relatives of a person: those placed in the tree, with degree and side, and those known by words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menscreen.pedigree.blood import NOBODY, Blood, Kin, Side, blood_of, siblings_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.relations import Tie, parse

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
    found = _walk(blood, blood.node[person], len(blood.parents) + 1 if within is None else within)
    if not family.twins:
        return found
    related = {one: found[node] for one, node in enumerate(blood.node) if node in found}
    related.update((twin, _SAME) for twin in family.identical.get(person, ()))
    return related


_SAME = Kin(0, Side.OWN, False, 0, 0)


class _Line:
    """A side of the family while it is walked: whom it has found, and its highest ancestors so far.

    `up` holds these ancestors with the mates by whom they had the line.
    """

    __slots__ = ("climbed", "found", "side", "up")

    def __init__(self, side: Side, found: dict[int, Kin], parent: int, mate: int) -> None:
        self.side = side
        self.found = found
        self.up: dict[int, _Mates] = {parent: (mate,)} if parent >= 0 else {}
        self.climbed = {parent}

    def climb(self, parent: int, mate: int) -> None:
        if parent in self.up:
            self.up[parent] += (mate,)
        elif parent not in self.climbed:
            self.climbed.add(parent)
            self.up[parent] = (mate,)


_Brood = tuple[Sequence[int], int, int, _Line]  # people, so many generations up and down along a line


def _walk(blood: Blood, me: int, limit: int) -> dict[int, Kin]:
    """Walk up and then down along all lines together, a degree at a time.

    `guess` is reached through assumed siblings. What the line of a parent finds of `own` certain relatives, who are as
    near, is left out: it teaches nothing.
    """
    parents, children = blood.parents, blood.children
    mother, father = parents[me]
    own = {me: _SAME}
    line = _Line(Side.OWN, own, NOBODY, NOBODY)
    lines = _Line(Side.MATERNAL, {}, mother, father), _Line(Side.PATERNAL, {}, father, mother)
    full, assumed = siblings_of(blood, me)
    down: list[_Brood] = [(children[me], 0, 1, line), (full, 1, 1, line)]
    guess: list[_Brood] = [(assumed, 1, 1, line)] if assumed else []
    degree = 1
    climbing = mother >= 0 or father >= 0
    while (climbing or down or guess) and degree <= limit:
        lower: list[_Brood] = []
        lower_guess: list[_Brood] = []
        if climbing:
            climbing = False
            for line in lines:
                up = line.up
                if up:
                    climbing = True
                    line.up = {}
                    for ancestor, mates in up.items():
                        line.found.setdefault(ancestor, Kin(degree, line.side, False, degree, 0))
                        if len(children[ancestor]) > 1:
                            _sort_siblings(blood, ancestor, mates, degree, line, down, guess, lower)
                        mother, father = parents[ancestor]
                        if mother >= 0:
                            line.climb(mother, father)
                        if father >= 0:
                            line.climb(father, mother)
        for broods, below in ((down, lower), (guess, lower_guess)):
            for brood, ups, downs, line in broods:
                found = line.found
                tie = None
                for one in brood:
                    if one in found or (one in own and not own[one].assumed):
                        continue
                    if tie is None:
                        tie = Kin(degree, line.side, broods is guess, ups, downs)
                    found[one] = tie
                    if children[one]:
                        below.append((children[one], ups, downs + 1, line))
        down, guess = lower, lower_guess
        degree += 1
    for line in lines:
        _join(own, line.found)
    del own[me]
    return own


def _sort_siblings(
    blood: Blood,
    ancestor: int,
    mates: _Mates,
    degree: int,
    line: _Line,
    full: list[_Brood],
    guess: list[_Brood],
    half: list[_Brood],
) -> None:
    """Sort the children of an ancestor by how they are siblings of the child through whom the line goes."""
    brood = blood.children[ancestor]
    match mates:
        case (mate,) if mate >= 0 and blood.children[mate] == brood:
            full.append((brood, degree, 1, line))
            return
    sure: list[int] = []
    likely: list[int] = []
    known = NOBODY not in mates
    for child in brood:
        mother, father = blood.parents[child]
        mate = father if mother == ancestor else mother
        if mate < 0 or not known:
            likely.append(child)
        elif mate in mates:
            sure.append(child)
    if sure:
        full.append((sure, degree, 1, line))
    if likely:
        guess.append((likely, degree, 1, line))
    if len(sure) + len(likely) < len(brood):
        half.append((brood, degree, 1, line))


def _join(found: dict[int, Kin], side: dict[int, Kin]) -> None:
    """Add the relatives of one side to those already found."""
    if found.keys().isdisjoint(side):
        found.update(side)
        return
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

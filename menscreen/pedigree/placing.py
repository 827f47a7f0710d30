"""Where somebody may stand in the family who is known by words of relation only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from operator import eq

import attrs

from menscreen.pedigree.adding import placed
from menscreen.pedigree.blood import Side, above, blood_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.relations import Relation, parse

#: So many generations of which the side is open are told apart.
MOST_OPEN_STEPS = 3


def places(family: Pedigree, position: int) -> Iterator[tuple[str, Pedigree]]:
    """The places that somebody known by words of relation may have: in words, and the family with them in that place.

    Nobody recorded loses a parent, and people keep their positions; a placeholder who is needed no more stays alone.

    >>> from menscreen.pedigree.builder import Relative, build
    >>> from menscreen.pedigree.person import Person
    >>> family, _ = build(Person("a"), [Relative("half-brother", Person("b"))])
    >>> [words for words, _ in places(family, 1)]
    ['maternal half-brother', 'paternal half-brother']
    """
    person = family.people[position]
    if person.relation is None or person.relation.to not in family.position:
        return
    start = family.position[person.relation.to]
    for told, words in _ways(parse(person.relation.as_)):
        tree = placed(family, position, words, start)
        me = tree.people[tree.position[person.id]]
        if me.relation is None and person.mother in (None, me.mother) and person.father in (None, me.father):
            kept = _with_all(tree, family)
            if not _is_own_ancestor(kept, position):
                yield told, kept


def _ways(relation: Relation | None) -> Iterator[tuple[str, str]]:
    """The places that words may mean, each as it is told and as words that fix it."""
    if relation is None or relation.kin is None:
        yield from _ANYWHERE.items()
    elif relation.steps:
        yield from ((words, words) for words in map("'s ".join, product(*_each_step(relation.steps))))
    else:
        up = relation.kin.degree // 2
        for parent, side in (("mother", Side.MATERNAL), ("father", Side.PATERNAL)):
            if relation.kin.side in (side, Side.UNKNOWN):
                down = relation.kin.degree - 1 - up
                words = "'s ".join((parent, *["mother"] * (up - 1), "sibling", *["child"] * down))
                yield f"on the {parent}'s side", words


def _each_step(steps: Sequence[str]) -> Iterator[Sequence[str]]:
    """What each step may be; so far up that no statement tells the lines apart, one of them stands for both."""
    opened = 0
    for step in steps:
        ways = _OPEN_STEPS.get(step, (step,))
        opened += len(ways) > 1
        yield ways if opened <= MOST_OPEN_STEPS else ways[:1]


_OPEN_STEPS = {
    "parent": ("mother", "father"),
    **{f"half-{one}": (f"maternal half-{one}", f"paternal half-{one}") for one in ("brother", "sister", "sibling")},
}
#: Where a relative may stand of whom nothing is told, and words for a place of that kind.
_ANYWHERE = {
    "mother": "mother",
    "father": "father",
    "brother or sister": "sibling",
    "son or daughter": "child",
    "second degree on the mother's side": "mother's sibling",
    "second degree on the father's side": "father's sibling",
    "second degree, through a sibling or child": "sibling's child",
    "third degree on the mother's side": "mother's sibling's child",
    "third degree on the father's side": "father's sibling's child",
    "third degree, through a sibling or child": "sibling's child's child",
    "farther on the mother's side": "mother's sibling's child's child",
    "farther on the father's side": "father's sibling's child's child",
}


def spoken_of(family: Pedigree, position: int) -> list[int]:
    """The people known by words only through whom somebody is related: the person, or ancestors.

    >>> from menscreen.pedigree.person import Person, UnplacedRelation
    >>> aunt = Person("aunt", relation=UnplacedRelation("a", "aunt"))
    >>> spoken_of(Pedigree((Person("a"), aunt, Person("b", mother="aunt")), "a"), 2)
    [1]
    """
    blood = blood_of(family)
    over = above(blood, blood.node[position])
    return [at for at, one in enumerate(family.people) if one.relation is not None and blood.node[at] in over]


def _with_all(tree: Pedigree, before: Pedigree) -> Pedigree:
    """The tree with everybody at the position of before, and who is new behind them."""
    if len(tree.people) >= len(before.people) and all(map(eq, tree.position, before.position)):
        return tree
    alone = {one.id: attrs.evolve(one, mother=None, father=None) for one in before.people}
    old = [tree.people[tree.position[id]] if id in tree.position else alone[id] for id in before.position]
    return attrs.evolve(tree, people=(*old, *(one for one in tree.people if one.id not in before.position)))


def _is_own_ancestor(family: Pedigree, position: int) -> bool:
    blood = blood_of(family)
    me = blood.node[position]
    return any(parent >= 0 and me in above(blood, parent) for parent in blood.parents[me])

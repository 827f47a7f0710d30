"""The English name of a relation, as the person asked about would say it."""

from __future__ import annotations

from menscreen.pedigree.blood import Kin, Side
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import Sex
from menscreen.pedigree.relatives import kin, unplaced

_PARENT = {Sex.FEMALE: "mother", Sex.MALE: "father", Sex.UNKNOWN: "parent"}
_CHILD = {Sex.FEMALE: "daughter", Sex.MALE: "son", Sex.UNKNOWN: "child"}
_SIBLING = {Sex.FEMALE: "sister", Sex.MALE: "brother", Sex.UNKNOWN: "sibling"}
_AUNT = {Sex.FEMALE: "aunt", Sex.MALE: "uncle", Sex.UNKNOWN: "aunt or uncle"}
_NIECE = {Sex.FEMALE: "niece", Sex.MALE: "nephew", Sex.UNKNOWN: "niece or nephew"}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth")
_TIMES = ("", " once removed", " twice removed")


def relation_name(family: Pedigree, person: int, other: int, tie: Kin | None = None) -> str:
    """Name what `other` is to `person`, such as ``maternal half uncle``.

    `tie` is what `kin` or `unplaced` said of `other`, if it is at hand. Somebody known by words only is named by them.

    >>> from menscreen.pedigree.person import Person
    >>> family = Pedigree((Person("a", mother="b"), Person("b", mother="c"), Person("c", sex=Sex.FEMALE)), "a")
    >>> relation_name(family, 0, 2)
    'maternal grandmother'
    """
    if person == other:
        return "self"
    spoken = family.people[other].relation
    if tie is None and spoken is None:
        known = kin(family, person)
        tie = known.get(other) or unplaced(family, person, known).get(other)
    if spoken is not None and family.parents[other] == (-1, -1):
        return _spoken(family, person, spoken.to, spoken.as_)
    if tie is None:
        return _without_blood(family, person, other)
    return _by_blood(family, person, other, tie)


def _spoken(family: Pedigree, person: int, to: str, words: str) -> str:
    anchor = family.position.get(to, -1)
    if anchor == person:
        return words
    if anchor < 0 or family.people[anchor].relation is not None:
        return "relative"
    return f"{relation_name(family, person, anchor)}'s {words}"


def _by_blood(family: Pedigree, person: int, other: int, tie: Kin) -> str:
    sex = family.people[other].sex
    if tie.up < 0:
        return "relative"
    if tie.degree == 0:
        return f"identical twin {_SIBLING[sex]}" if sex is not Sex.UNKNOWN else "identical twin"
    if (tie.up, tie.down) == (1, 0):
        mother, father = family.parents[person]
        return "mother" if other == mother else "father" if other == father else _PARENT[sex]
    name = _noun(tie.up, tie.down, sex)
    if tie.is_half:
        name = f"half {name}"
    elif (tie.up, tie.down) == (1, 1) and _are_twins(family, person, other):
        name = f"twin {name}"
    if tie.up > 1 and tie.side in (Side.MATERNAL, Side.PATERNAL):
        name = f"{tie.side} {name}"
    return name


def _noun(up: int, down: int, sex: Sex) -> str:
    if down == 0:
        return _great(up - 2) + ("grand" if up > 1 else "") + _PARENT[sex]
    if up == 0:
        return _great(down - 2) + ("grand" if down > 1 else "") + _CHILD[sex]
    if up == down == 1:
        return _SIBLING[sex]
    if down == 1:
        return _greats(up - 2, _AUNT[sex])
    if up == 1:
        return _greats(down - 2, _NIECE[sex])
    nearer, removed = min(up, down) - 1, abs(up - down)
    if (nearer, removed) == (1, 0):
        return "cousin"
    ordinal = _ORDINALS[nearer] if nearer < len(_ORDINALS) else f"{nearer}th"
    return f"{ordinal} cousin" + (_TIMES[removed] if removed < len(_TIMES) else f" {removed} times removed")


def _great(times: int) -> str:
    return "great-" * times if times < 4 else f"{times}-times-great-"


def _greats(times: int, noun: str) -> str:
    return " or ".join(_great(times) + word for word in noun.split(" or "))


def _are_twins(family: Pedigree, one: int, other: int) -> bool:
    ids = {family.people[one].id, family.people[other].id}
    return any(ids <= set(twins.people) and twins.zygosity is not Zygosity.MONOZYGOTIC for twins in family.twins)


def _without_blood(family: Pedigree, person: int, other: int) -> str:
    me, them = family.people[person], family.people[other]
    if them.id in me.adoptive_parents:
        return f"adoptive {_PARENT[them.sex]}"
    if me.id in them.adoptive_parents:
        return f"adopted {_CHILD[them.sex]}"
    mates = {one for child in family.children[other] for one in family.parents[child]}
    if person in mates:
        return "partner"
    for parent, name in zip(family.parents[person], ("mother", "father"), strict=True):
        if parent >= 0 and parent in mates:
            return f"{name}'s partner"
    return "not related by blood"

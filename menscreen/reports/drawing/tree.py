"""The family as it is drawn: spots in rows, and the couples whose children hang under them.

Mates stand in one row and their children in the next. Where a loop of the family makes that impossible, somebody is
drawn a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Gender, Person, Sex


class Spot:
    """A place in the drawing: a person, a person drawn again, or (`person` ``None``) a parent whom nobody recorded."""

    __slots__ = ("is_repeat", "person", "row", "sex", "width", "x")

    def __init__(self, person: Person | None, row: int, sex: Sex, is_repeat: bool = False) -> None:
        self.person = person
        self.row = row
        self.sex = sex
        self.is_repeat = is_repeat
        self.width = 0
        self.x = 0.0

    @property
    def is_man(self) -> bool:
        """Whether the spot stands on the left of a couple."""
        if self.person is not None and self.person.gender is not None:
            return self.person.gender is Gender.MAN
        return self.sex is Sex.MALE


class Union(NamedTuple):
    """Two mates by spot, and their children by spot; `adopted` are those of them who came by adoption."""

    mates: tuple[int, int]
    children: tuple[int, ...]
    adopted: frozenset[int]
    is_consanguineous: bool


class TwinSet(NamedTuple):
    """Twins by spot."""

    spots: tuple[int, ...]
    zygosity: Zygosity


class Tree(NamedTuple):
    """What is drawn, before anything has its place in a row."""

    spots: list[Spot]
    unions: list[Union]
    twins: list[TwinSet]
    proband: int


_Pair = tuple[int, int]


class _Levels:
    """Generations as they follow from ties, each tie taken if it agrees with those taken before."""

    def __init__(self, size: int) -> None:
        self._over = list(range(size))
        self._down = [0] * size

    def find(self, one: int) -> tuple[int, int]:
        """The head of everything tied to `one`, and how many generations below it `one` is."""
        line = []
        while self._over[one] != one:
            line.append(one)
            one = self._over[one]
        depth = 0
        for at in reversed(line):
            depth += self._down[at]
            self._over[at], self._down[at] = one, depth
        return one, depth

    def tie(self, upper: int, lower: int, apart: int) -> bool:
        """Put `lower` so many generations below `upper`; tell whether that agrees with what is known."""
        (head, depth), (other, other_depth) = self.find(upper), self.find(lower)
        if head == other:
            return other_depth == depth + apart
        self._over[other], self._down[other] = head, depth + apart - other_depth
        return True


def tree_of(family: Pedigree, people: Sequence[Person]) -> Tree:
    """Lay out the generations of some people of a family, given in an order that does not depend on the source."""
    at = {person.id: number for number, person in enumerate(people)}
    pairs = _couples(people, at, family.twins)
    adoptions = _adoptions(people, at, set(pairs.values()))
    couples = sorted({*pairs.values(), *(pair for _, pair in adoptions)})
    below: dict[_Pair, list[int]] = {couple: [] for couple in couples}
    for child, pair in pairs.items():
        below[pair].append(child)
    number = {couple: len(people) + place for place, couple in enumerate(couples)}
    levels = _Levels(len(people) + len(couples))
    for couple, children in below.items():
        for child in children:
            levels.tie(number[couple], child, 1)
    depth = _depths(pairs, len(people))
    ties = sorted(_ties(couples, depth))
    for *_, mate, couple in ties:
        levels.tie(number[couple], mate, 0)
    for child, couple in adoptions:
        levels.tie(number[couple], child, 1)
    for twins in family.twins:
        together = sorted(at[one] for one in twins.people if one in at)
        for other in together[1:]:
            levels.tie(together[0], other, 0)
    rows = _rows(people, at, levels, len(people) + len(couples))
    making = _Making(people, rows[: len(people)])
    adopted: dict[_Pair, list[int]] = {couple: [] for couple in couples}
    for child, couple in adoptions:
        adopted[couple].append(child)
    lines = _ancestors(pairs, depth)
    for couple in couples:
        shared = couple[0] >= 0 and couple[1] >= 0 and bool(lines[couple[0]] & lines[couple[1]])
        making.add(couple, below[couple], adopted[couple], rows[number[couple]], shared)
    twins_ = [TwinSet(tuple(sorted(at[one] for one in two.people if one in at)), two.zygosity) for two in family.twins]
    return Tree(making.spots, making.unions, sorted(one for one in twins_ if len(one.spots) > 1), at[family.proband])


class _Making:
    """The spots and unions as they are made; the first spots are the people themselves."""

    def __init__(self, people: Sequence[Person], rows: Sequence[int]) -> None:
        self.spots = [Spot(person, row, person.sex) for person, row in zip(people, rows, strict=True)]
        self.unions: list[Union] = []
        self._repeats: dict[tuple[int, int], int] = {}

    def add(self, couple: _Pair, children: list[int], adopted: list[int], row: int, is_consanguineous: bool) -> None:
        """Add a couple with its children by birth, then those by adoption."""
        own = sorted(children, key=self._seniority)
        others = [self._in_row(child, row + 1) for child in sorted(adopted, key=self._seniority)]
        one = self._mate(couple[0], row, Sex.FEMALE)
        adopted_alone = not own and couple[0] >= 0 > couple[1]
        mates = (one, one if adopted_alone else self._mate(couple[1], row, Sex.MALE))
        self.unions.append(Union(mates, (*own, *others), frozenset(others), is_consanguineous))

    def _mate(self, person: int, row: int, sex: Sex) -> int:
        if person < 0:
            self.spots.append(Spot(None, row, sex))
            return len(self.spots) - 1
        return self._in_row(person, row)

    def _in_row(self, person: int, row: int) -> int:
        """The spot of a person in a row, a further one where the person stands in another."""
        spot = self.spots[person]
        if spot.row == row:
            return person
        if (person, row) not in self._repeats:
            self._repeats[person, row] = len(self.spots)
            self.spots.append(Spot(spot.person, row, spot.sex, is_repeat=True))
        return self._repeats[person, row]

    def _seniority(self, child: int) -> tuple[bool, int, int]:
        """Older siblings first as far as that is known; how long somebody lived who died tells nothing of it."""
        person = self.spots[child].person
        assert person is not None
        if person.birth_year is not None:
            return False, person.birth_year, child
        is_known = person.age is not None and not person.deceased
        return not is_known, -person.age.low if is_known and person.age is not None else 0, child


def _ancestors(pairs: dict[int, _Pair], depth: Sequence[int]) -> list[int]:
    """Everybody above each person, and the person, as the bits of a whole number."""
    found = [1 << one for one in range(len(depth))]
    for child in sorted(pairs, key=depth.__getitem__):
        for parent in pairs[child]:
            if parent >= 0:
                found[child] |= found[parent]
    return found


def _ties(couples: Sequence[_Pair], depth: Sequence[int]) -> Iterator[tuple[int, int, int, _Pair]]:
    """Every mate with the couple: first those with as many generations above as the other, the youngest first.

    So an uncle who marries his niece is drawn again beside her, and nobody else is.
    """
    for couple in couples:
        most = max((depth[mate] for mate in couple if mate >= 0), default=0)
        for mate in couple:
            if mate >= 0:
                yield most - depth[mate], -depth[mate], mate, couple


def _couples(people: Sequence[Person], at: dict[str, int], twins: Sequence[Twins]) -> dict[int, _Pair]:
    """The couple above each child: biological parents, below zero for those nobody recorded.

    Twins always have parents, so that they come from one point.
    """
    pairs: dict[int, _Pair] = {}
    for child, person in enumerate(people):
        mother, father = at.get(person.mother or "", -1), at.get(person.father or "", -2)
        if mother >= 0 or father >= 0:
            pairs[child] = (mother, father)
    for number, known in enumerate(sorted(sorted(at[one] for one in two.people if one in at) for two in twins)):
        nobody = (-2 * number - 3, -2 * number - 4)
        pair = next((pairs[one] for one in known if one in pairs), nobody)
        if len(known) > 1 and not set(pair) & set(known):
            pairs |= {one: pair for one in known if one not in pairs}
    return pairs


def _adoptions(people: Sequence[Person], at: dict[str, int], born: Collection[_Pair]) -> list[tuple[int, _Pair]]:
    """Each child by adoption with the couple that adopted it, written as the couple of their children by birth is."""
    found = []
    for child, person in enumerate(people):
        parents = sorted(
            {at[one] for one in person.adoptive_parents if one in at}, key=lambda one: (people[one].sex, one)
        )
        if parents:
            pair = (parents[0], parents[1] if len(parents) > 1 else -2)
            found.append((child, pair[::-1] if pair[::-1] in born else pair))
    return found


def _depths(pairs: dict[int, _Pair], size: int) -> list[int]:
    """How many generations of ancestors each person has."""
    depth = [0] * size
    waiting = sorted(pairs)
    changed = True
    while changed:
        changed = False
        for child in waiting:
            most = 1 + max((depth[parent] for parent in pairs[child] if parent >= 0), default=0)
            if depth[child] < most <= size:
                depth[child], changed = most, True
    return depth


def _rows(people: Sequence[Person], at: dict[str, int], levels: _Levels, size: int) -> list[int]:
    """The row of everybody and every couple; a family apart stands where words tell, else begins at the top."""
    found = [levels.find(one) for one in range(size)]
    top: dict[int, int] = {}
    for head, depth in found:
        top[head] = min(top.get(head, depth), depth)
    shift = {head: -least for head, least in top.items()}
    for _ in range(2):
        for number, person in enumerate(people):
            head, depth = found[number]
            anchor = at.get(person.relation.to, -1) if person.relation is not None else -1
            if anchor >= 0 and found[anchor][0] != head:
                other, other_depth = found[anchor]
                shift[head] = shift[other] + other_depth + _generations_below(person) - depth
    least = min(shift[head] + depth for head, depth in found)
    return [shift[head] + depth - least for head, depth in found]


def _generations_below(person: Person) -> int:
    """How many generations below whom the words start from somebody stands who is known by words only."""
    from menscreen.pedigree.relations import parse

    words = parse(person.relation.as_) if person.relation is not None else None
    kin = words.kin if words is not None else None
    return kin.down - kin.up if kin is not None and kin.up >= 0 else 0

"""Kinship against slow oracles that share no code with it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

import attrs
import pytest
from histories import trees
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.kinship import (
    Kin,
    Side,
    ancestors,
    descendants,
    founders,
    half_siblings,
    kin,
    kinship_coefficient,
    obligate_carriers,
    paths,
    reach,
    shares,
    siblings,
    unplaced,
)
from menscreen.pedigree.lineage import _in_order
from menscreen.pedigree.person import Person, UnplacedRelation
from menscreen.pedigree.validation import problems_of
from menscreen.rules.families import Family

Parents = dict[str, tuple[str | None, str | None]]


class Naive:
    """A family as the textbook sees it: one name for monozygotic twins, explicit parents for other twins."""

    def __init__(self, family: Pedigree) -> None:
        self.name = {person.id: person.id for person in family.people}
        for twins in family.twins:
            if twins.zygosity is Zygosity.MONOZYGOTIC:
                for id in twins.people:
                    self.name[id] = min(twins.people)
        self.parents: Parents = {}
        for person in family.people:
            mother, father = person.mother, person.father
            for twins in family.twins:
                if person.id in twins.people:
                    others = [family.person(id) for id in twins.people]
                    mother = mother or next((one.mother for one in others if one.mother), None)
                    father = father or next((one.father for one in others if one.father), None)
                    if twins.zygosity is not Zygosity.MONOZYGOTIC:
                        mother = mother or f"mother of {min(twins.people)}"
                        father = father or f"father of {min(twins.people)}"
            self.parents[self.name[person.id]] = (
                mother and self.name.get(mother, mother),
                father and self.name.get(father, father),
            )

    def of(self, one: str) -> tuple[str | None, str | None]:
        return self.parents.get(one, (None, None))

    def climbs(self, one: str) -> Iterator[tuple[str, ...]]:
        """Every line upwards from somebody, the empty one first."""
        yield (one,)
        for parent in self.of(one):
            if parent is not None:
                yield from ((one, *line) for line in self.climbs(parent))

    def are_siblings(self, one: str, other: str) -> str | None:
        """Whether two are full siblings: for certain, as far as anybody knows, or not."""
        if one == other:
            return None
        mine, theirs = set(self.of(one)), set(self.of(other))
        if not mine & theirs - {None}:
            return None
        if None in mine or None in theirs:
            return "assumed"
        return "certain" if mine == theirs else None

    def routes(self, one: str, other: str) -> Iterator[tuple[int, bool, int, int, Side]]:
        """Every way up and down: length, whether it rests on an assumption, generations up and down, side."""
        for up in self.climbs(one):
            for down in self.climbs(other):
                if up[-1] == down[-1]:
                    yield len(up) + len(down) - 2, False, len(up) - 1, len(down) - 1, self.side(up)
                elif sure := self.are_siblings(up[-1], down[-1]):
                    length = len(up) + len(down) - 1
                    yield length, sure == "assumed", len(up), len(down), self.side(up)

    def side(self, up: tuple[str, ...]) -> Side:
        if len(up) == 1:
            return Side.OWN
        return Side.MATERNAL if up[1] == self.of(up[0])[0] else Side.PATERNAL


def slow_kin(family: Pedigree, person: int, within: int) -> dict[int, tuple[int, Side, bool, set[tuple[int, int]]]]:
    naive = Naive(family)
    me = family.people[person].id
    found = {}
    for at, other in enumerate(family.people):
        routes = [route for route in naive.routes(naive.name[me], naive.name[other.id]) if route[0] <= within]
        if at == person or not routes:
            continue
        degree, assumed, *_ = min(routes)
        sides = {side for *_, side in routes}
        side = Side.OWN if Side.OWN in sides else Side.BOTH if len(sides) > 1 else sides.pop()
        shapes = {(up, down) for length, guess, up, down, _ in routes if (length, guess) == (degree, assumed)}
        found[at] = (degree, side, assumed, shapes)
    return found


@settings(max_examples=1000, deadline=None)
@given(trees(), st.integers(0, 9), st.none() | st.integers(1, 6))
def test_degree_and_side_are_those_of_all_paths_up_and_down(family: Pedigree, at: int, within: int | None) -> None:
    person = at % len(family.people)
    expected = slow_kin(family, person, 99 if within is None else within)
    found = kin(family, person, within)
    assert {at: tie[:3] for at, tie in found.items()} == {at: tie[:3] for at, tie in expected.items()}
    assert all((tie.up, tie.down) in expected[at][3] for at, tie in found.items())


@settings(max_examples=200, deadline=None)
@given(trees(max_people=12))
def test_degree_is_the_same_both_ways(family: Pedigree) -> None:
    ties = [kin(family, person) for person in range(len(family.people))]
    for one, other in combinations(range(len(ties)), 2):
        there, back = ties[one].get(other), ties[other].get(one)
        assert (there and there.degree) == (back and back.degree)


@given(trees(max_people=12))
def test_the_strategy_makes_families_without_problems(family: Pedigree) -> None:
    assert problems_of(family) == []


def tabular(family: Pedigree) -> dict[tuple[str, str], Fraction]:
    """Kinship coefficients by the tabular method, the oldest first."""
    naive = Naive(family)
    names = list(dict.fromkeys([*naive.parents, *(one for pair in naive.parents.values() for one in pair if one)]))
    done: list[str] = []
    table: dict[tuple[str, str], Fraction] = {}
    while len(done) < len(names):
        for one in names:
            if one in done or any(parent and parent not in done for parent in naive.of(one)):
                continue
            known = [parent for parent in naive.of(one) if parent]
            for other in done:
                table[one, other] = table[other, one] = sum((table[parent, other] for parent in known), Fraction()) / 2
            inbreeding = table[known[0], known[1]] if len(known) == 2 else Fraction()
            table[one, one] = (1 + inbreeding) / 2
            done.append(one)
    return {(a, b): table[naive.name[a], naive.name[b]] for a in naive.name for b in naive.name}


@settings(max_examples=1000, deadline=None)
@given(trees(max_people=14))
def test_kinship_coefficients_are_those_of_the_tabular_method(family: Pedigree) -> None:
    expected = tabular(family)
    ids = [person.id for person in family.people]
    pairs = [(a, b) for a in range(len(ids)) for b in range(a, len(ids))]
    assert {(ids[a], ids[b]): kinship_coefficient(family, a, b) for a, b in pairs} == {
        (ids[a], ids[b]): expected[ids[a], ids[b]] for a, b in pairs
    }


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(trees(max_people=14))
def test_shares_are_twice_the_kinship_coefficient_where_nobody_is_inbred(family: Pedigree) -> None:
    family = with_both_parents(family)
    everybody = range(len(family.people))
    assume(all(kinship_coefficient(family, one, one) == Fraction(1, 2) for one in everybody))
    for one in everybody:
        expected = {other: 2 * kinship_coefficient(family, one, other) for other in everybody if other != one}
        assert shares(family, one, ()) == {other: share for other, share in expected.items() if share}


def with_both_parents(family: Pedigree) -> Pedigree:
    """No sibling is taken as full because a parent is not recorded."""
    people = list(family.people)
    for at, one in enumerate(family.people):
        for role in ("mother", "father"):
            if (one.mother is None) != (one.father is None) and getattr(one, role) is None:
                people.append(Person(f"{one.id}-{role}"))
                people[at] = attrs.evolve(one, **{role: people[-1].id})
    return attrs.evolve(family, people=tuple(people))


def test_where_ties_are_cut_the_variant_came_from_the_parent_who_is_left() -> None:
    people = (Person("a", mother="m", father="f"), Person("b", mother="m", father="f"), Person("m", mother="g"),
              Person("f"), Person("g"), Person("h", mother="m", father="x"), Person("x"))  # fmt: skip
    half = Fraction(1, 2)
    assert shares(Pedigree(people, "a"), 0, ()) == {1: half, 2: half, 3: half, 4: half / 2, 5: half / 2}
    assert shares(Pedigree(people, "a"), 0, {(0, 3)}) == {1: half, 2: 1, 4: half, 5: half}
    assert shares(Pedigree(people, "a"), 0, {(0, 3), (1, 2)}) == {2: 1, 4: half, 5: half}
    assert shares(Pedigree(people, "a"), 0, {(0, 2), (0, 3)}) == {}
    assert shares(Pedigree(people, "a"), 2, {(1, 2), (5, 2)}) == {0: half, 4: half}  # nor what descends from the cut
    aunt = small("a m", "m g", "g", "t g", "c t", "d c")
    assert shares(aunt, 0, {(4, 3)}) == {1: half, 2: half / 2, 3: half / 2}


def test_who_stands_above_and_below_at_once_shares_as_the_ancestor() -> None:
    family = small("a m", "m g f", "g", "f - g", "b g k", "k")
    assert shares(family, 0, ()).keys() == {1, 2, 3, 4}


def test_siblings_taken_as_full_have_one_half() -> None:
    people = (Person("a", mother="m"), Person("b", mother="m", father="f"), Person("m"), Person("f"))
    half = Fraction(1, 2)
    assert shares(Pedigree(people, "a"), 0, ()) == {1: half, 2: half}
    assert shares(Pedigree(people, "a"), 1, ()) == {0: half, 2: half, 3: half}
    assert shares(Pedigree(people, "a"), 1, {(1, 2)}) == {3: 1}


def lines(naive: Naive, one: str, other: str, *, with_assumed: bool) -> set[tuple[str, ...]]:
    """Every line up and down in which nobody stands twice."""
    found = set()
    for up in naive.climbs(one):
        for down in naive.climbs(other):
            if up[-1] == down[-1]:
                line = (*up, *reversed(down[:-1]))
            elif with_assumed and naive.are_siblings(up[-1], down[-1]) == "assumed":
                line = (*up, *reversed(down))
            else:
                continue
            if len(set(line)) == len(line):
                found.add(line)
    return found


def slow_obligate_carriers(family: Pedigree, carriers: set[int]) -> set[int]:
    naive = Naive(family)
    names = {naive.name[family.people[one].id] for one in carriers}
    needed = set(names)
    for one, other in combinations(sorted(names), 2):
        between = [set(line) for line in lines(naive, one, other, with_assumed=True)]
        needed |= set.intersection(*between) if between else set()
    return {at for at, person in enumerate(family.people) if naive.name[person.id] in needed} - carriers


@settings(max_examples=1000, deadline=None)
@given(trees(min_people=4, max_people=9))
def test_obligate_carriers_stand_on_every_line_between_two_carriers(family: Pedigree) -> None:
    for pair in combinations(range(len(family.people)), 2):
        assert obligate_carriers(family, pair) == slow_obligate_carriers(family, set(pair))


@settings(max_examples=200, deadline=None)
@given(trees(max_people=9), st.sets(st.integers(0, 8)))
def test_obligate_carriers_of_many_are_those_of_any_two(family: Pedigree, chosen: set[int]) -> None:
    carriers = {one % len(family.people) for one in chosen}
    assert obligate_carriers(family, carriers) == slow_obligate_carriers(family, carriers)


@settings(max_examples=500, deadline=None)
@given(trees(max_people=9, twins=False), st.integers(0, 8), st.integers(0, 8))
def test_paths_are_all_lines_between_two_people(family: Pedigree, a: int, b: int) -> None:
    a, b = a % len(family.people), b % len(family.people)
    ids = [person.id for person in family.people]
    found = paths(family, a, b)
    expected = lines(Naive(family), ids[a], ids[b], with_assumed=False)
    if len(expected) <= 64:
        assert {tuple(ids[at] for at in line) for line in found} == expected
    assert len(found) == min(64, len(expected))
    assert found == sorted(found, key=len)


@settings(max_examples=300, deadline=None)
@given(trees(max_people=10), st.integers(0, 9))
def test_sets_of_relatives_agree_with_kinship(family: Pedigree, at: int) -> None:
    person = at % len(family.people)
    ties = kin(family, person)
    twins = set(family.identical.get(person, ()))
    naive = Naive(family)
    name = [naive.name[one.id] for one in family.people]
    full = {one for one in range(len(name)) if naive.are_siblings(name[person], name[one])}
    shared = {
        one
        for one in range(len(name))
        if name[one] != name[person] and set(naive.of(name[one])) & set(naive.of(name[person])) - {None}
    }
    assert siblings(family, person) == full | twins
    assert half_siblings(family, person) == shared - full
    assert ancestors(family, person) == {
        one for one in range(len(name)) if any(name[one] in line[1:] for line in naive.climbs(name[person]))
    }
    assert descendants(family, person) == {
        one for one in range(len(name)) if any(name[person] in line[1:] for line in naive.climbs(name[one]))
    }
    assert founders(family) == {
        one for one, human in enumerate(family.people) if human.mother is None and human.father is None
    }
    assert reach(family, person, ()) == {person, *ties}


@settings(max_examples=300, deadline=None)
@given(trees(max_people=9, twins=False), st.data())
def test_reach_is_kinship_in_the_family_with_the_ties_cut(family: Pedigree, data: st.DataObject) -> None:
    import attrs

    ties = [(child, parent) for child, pair in enumerate(family.parents) for parent in pair if parent >= 0]
    blocked = set(data.draw(st.lists(st.sampled_from(ties)))) if ties else set()
    person = data.draw(st.integers(0, len(family.people) - 1))
    ids = [one.id for one in family.people]
    cut = attrs.evolve(
        family,
        people=tuple(
            attrs.evolve(
                one,
                mother=None if one.mother and (at, ids.index(one.mother)) in blocked else one.mother,
                father=None if one.father and (at, ids.index(one.father)) in blocked else one.father,
            )
            for at, one in enumerate(family.people)
        ),
    )
    assert reach(family, person, blocked) == {person, *kin(cut, person)}


def small(*rows: str, twins: tuple[Twins, ...] = (), spoken: dict[str, tuple[str, str]] | None = None) -> Pedigree:
    """A family from rows such as ``child mother father``, with ``-`` for nobody."""
    people = []
    for row in rows:
        id, mother, father, *_ = (*row.split(), "-", "-")
        words = (spoken or {}).get(id)
        relation = UnplacedRelation(*words) if words else None
        people.append(
            Person(
                id,
                mother=None if mother == "-" else mother,
                father=None if father == "-" else father,
                relation=relation,
            )
        )
    return Pedigree(tuple(people), people[0].id, twins=twins)


def test_siblings_with_one_recorded_parent_are_taken_as_full_and_said_so() -> None:
    family = small("p m f", "m", "f", "half m g", "g", "unsure m")
    ties = kin(family, 0)
    assert ties[3][:3] == (2, Side.MATERNAL, False)
    assert ties[5][:3] == (1, Side.OWN, True)
    assert ties[3].is_half
    assert not ties[5].is_half


def test_adoptive_parents_and_partners_are_no_kin() -> None:
    family = Pedigree(
        (Person("p", adoptive_parents=("a",)), Person("a"), Person("c", mother="p", father="h"), Person("h")), "p"
    )
    assert set(kin(family, 0)) == {2}


def test_a_twin_s_child_is_first_degree() -> None:
    family = small("p", "t", "c t", twins=(Twins(("p", "t"), Zygosity.MONOZYGOTIC),))
    assert kin(family, 0) == {1: Kin(0, Side.OWN, False, 0, 0), 2: Kin(1, Side.OWN, False, 0, 1)}


@pytest.mark.parametrize("zygosity", [Zygosity.DIZYGOTIC, Zygosity.UNKNOWN])
def test_other_twins_are_full_siblings_also_without_recorded_parents(zygosity: Zygosity) -> None:
    family = small("p", "t", "c t", twins=(Twins(("p", "t"), zygosity),))
    assert [kin(family, 0)[at].degree for at in (1, 2)] == [1, 2]
    assert kinship_coefficient(family, 0, 1) == Fraction(1, 4)


def test_a_triplet_of_one_identical_twin_is_a_sibling_of_both() -> None:
    twins = (Twins(("b", "c"), Zygosity.DIZYGOTIC), Twins(("a", "b"), Zygosity.MONOZYGOTIC))
    family = small("a", "b", "c", twins=twins)
    assert [tie.degree for _, tie in sorted(kin(family, 0).items())] == [0, 1]
    assert [tie.degree for _, tie in sorted(kin(family, 2).items())] == [1, 1]


@pytest.mark.parametrize(
    ("to", "words", "expected"),
    [
        ("p", "aunt", (2, Side.UNKNOWN)),
        ("p", "half brother", (2, Side.UNKNOWN)),
        ("p", "cousin", (3, Side.UNKNOWN)),
        ("p", "maternal great-aunt", (3, Side.MATERNAL)),
        ("m", "sister", (2, Side.MATERNAL)),
        ("f", "cousin", (4, Side.PATERNAL)),
        ("d", "grandson", (3, Side.OWN)),
        ("p", "relative", None),
        ("p", "family member", None),
        ("m", "daughter", None),
        ("d", "aunt", None),
    ],
)
def test_people_known_by_words_have_the_degree_that_the_words_fix(
    to: str, words: str, expected: tuple[int, Side] | None
) -> None:
    family = small("p m f", "m", "f", "d p", "x", spoken={"x": (to, words)})
    tie = unplaced(family, 0)[4]
    assert (tie and (tie.degree, tie.side)) == expected


@pytest.mark.parametrize("words", ["husband", "stepmother", "mother-in-law", "adoptive father", "foster brother"])
def test_people_without_a_blood_tie_are_not_among_the_unplaced(words: str) -> None:
    assert unplaced(small("p", "x", spoken={"x": ("p", words)}), 0) == {}


def test_the_children_of_an_unplaced_aunt_are_cousins() -> None:
    family = small("p m f", "m", "f", "x", "c x", spoken={"x": ("p", "aunt")})
    assert unplaced(family, 0)[4] == Kin(3, Side.UNKNOWN, False, 2, 2)


def test_parents_of_sibling_carriers_are_not_obliged_but_who_stands_between_is() -> None:
    family = small("p m f", "m g", "f", "g", "s m f")
    assert obligate_carriers(family, {0, 4}) == frozenset()
    assert obligate_carriers(family, {0, 3}) == {1}
    assert obligate_carriers(family, {0}) == frozenset()


def test_the_mother_of_two_half_siblings_is_obliged() -> None:
    family = small("p m f", "m", "f", "h m g", "g")
    assert obligate_carriers(family, {0, 3}) == {1}


def test_who_is_passed_upwards_on_one_line_and_downwards_on_another_is_obliged() -> None:
    family = small("a v f", "b v g", "v w c", "f w", "g - c", "w", "c")
    assert slow_obligate_carriers(family, {0, 1}) == {2}
    assert obligate_carriers(family, {0, 1}) == {2}


def test_a_line_does_not_rise_again_from_a_sibling_taken_as_full() -> None:
    family = small("x p", "y p f", "p", "f", "z q f", "q")
    assert obligate_carriers(family, {0, 4}) == slow_obligate_carriers(family, {0, 4}) == set()


def test_a_grandparent_by_both_parents_of_a_parent_gives_siblings_of_each() -> None:
    family = small("p m", "m x1 x2", "x1 q a", "x2 q", "q", "a", "y q c", "c", "z q a")
    ties = kin(family, 0)
    assert ties[6][:3] == (3, Side.MATERNAL, True)
    assert {at: tie[:3] for at, tie in ties.items()} == {at: tie[:3] for at, tie in slow_kin(family, 0, 99).items()}


def test_a_line_that_came_down_does_not_rise_again_where_somebody_else_may() -> None:
    family = small("a c f", "c", "f g", "g h", "h v k", "v z", "z c q", "q", "r - q", "b v r", "k")
    assert obligate_carriers(family, {0, 9}) == slow_obligate_carriers(family, {0, 9}) == {5}


def test_who_is_an_ancestor_twice_has_the_nearer_place() -> None:
    family = small("p m", "m g f", "g", "f g", "s g")
    assert kin(family, 0)[2] == Kin(2, Side.MATERNAL, False, 2, 0)
    assert {at: tie.degree for at, tie in kin(family, 0).items()} == {1: 1, 2: 2, 3: 2, 4: 2}


def test_a_mother_who_is_a_daughter_of_the_father_is_the_mother() -> None:
    family = small("p m f", "m - f", "f")
    ties = kin(family, 0)
    assert ties == {1: Kin(1, Side.OWN, False, 1, 0), 2: Kin(1, Side.BOTH, False, 1, 0)}
    assert {at: tie[:3] for at, tie in ties.items()} == {at: tie[:3] for at, tie in slow_kin(family, 0, 99).items()}


def test_an_ancestor_stays_the_nearer_relative_that_they_also_are() -> None:
    family = small("p m", "m x f", "x", "f - k", "k - s", "s x y", "y")
    ties = kin(family, 0)
    assert ties[5] == Kin(3, Side.MATERNAL, False, 2, 1)  # a half aunt, and a great-great-grandmother
    assert {at: tie[:3] for at, tie in ties.items()} == {at: tie[:3] for at, tie in slow_kin(family, 0, 99).items()}


def test_kinship_does_not_depend_on_who_stands_first() -> None:
    for rows in (("c m", "m"), ("m", "c m")):
        family = small(*rows)
        assert kinship_coefficient(family, 0, 1) == kinship_coefficient(family, 1, 0) == Fraction(1, 4)
    of_grandmother = small("p g f", "g", "f g")
    assert kinship_coefficient(of_grandmother, 0, 1) == Fraction(3, 8)
    assert kinship_coefficient(of_grandmother, 0, 0) == Fraction(5, 8)


def test_children_are_those_of_either_parent_and_each_once() -> None:
    people = Person("f"), Person("a", father="f"), Person("b", mother="f"), Person("c", mother="f", father="f")
    assert Pedigree(people, "f").children == ((1, 2, 3), (), (), ())


def test_siblings_by_an_ancestor_who_stands_last_are_taken_as_full_as_anywhere() -> None:
    family = Pedigree(
        (Person("self", mother="m"), Person("m", mother="g"), Person("a", mother="g"), Person("g")), "self"
    )
    assert kin(family, 0)[2] == (2, Side.MATERNAL, True, 2, 1)


def test_a_variant_comes_from_the_parent_who_is_left() -> None:
    """The mother stands first: her tie is blocked, so the father gave it, and her other children have no share."""
    people = (Person("m"), Person("self", mother="m", father="f"), Person("f"), Person("half", mother="m", father="x"))
    family = Pedigree((*people, Person("x"), Person("uncle", mother="g", father="h"), Person("g"), Person("h")), "self")
    assert shares(family, 1, [(1, 0)]) == {2: 1}
    assert shares(family, 1, [(1, 2)]) == {0: 1, 3: Fraction(1, 2)}
    assert shares(family, 1, []) == {0: Fraction(1, 2), 2: Fraction(1, 2), 3: Fraction(1, 4)}
    assert shares(family, 1, [(1, 0), (1, 2)]) == {}


@settings(max_examples=200, deadline=None)
@given(trees(), st.sets(st.integers(0, 9), max_size=2))
def test_statements_ask_of_the_same_ties(family: Pedigree, asked: set[int]) -> None:
    size = len(family.people)
    known = [kin(family, one) for one in range(size)]
    tied = Family(family, (), asked)
    for one, other in permutations(range(size), 2):
        tie = known[one].get(other)
        for within in (None, 1, 2, 3):
            is_so = tie is not None and (within is None or tie.degree <= within)
            assert tied.are_related(one, other, within) is is_so, (one, other, within)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.integers(1, 9), max_size=4), min_size=1, max_size=9), st.data())
def test_nobody_comes_before_all_through_whom_they_are_reached(links: list[list[int]], data: st.DataObject) -> None:
    """Each goes on to some who stand behind it."""
    size = len(links)
    onward = [sorted({at + step for step in steps if at + step < size}) for at, steps in enumerate(links)]
    start = data.draw(st.lists(st.integers(0, size - 1), min_size=1, unique=True))
    order = _in_order(start, onward.__getitem__)
    reached, waiting = set(start), list(start)
    for one in waiting:
        waiting += set(onward[one]) - reached
        reached.update(onward[one])
    assert sorted(order) == sorted(reached)
    place = {one: at for at, one in enumerate(order)}
    assert all(place[one] < place[other] for one in order for other in onward[one])


FIRST = (
    # Somebody who matters stands first, where 0 is a place and no absence.
    Person("grandfather"),
    Person("self", mother="mother", father="father"),
    Person("mother", mother="grandmother", father="grandfather"),
    Person("father"),
    Person("grandmother"),
    Person("aunt", mother="grandmother", father="grandfather"),
    Person("half-uncle", mother="other", father="grandfather"),
    Person("other"),
    Person("maybe-aunt", mother="grandmother"),
    Person("maybe-sister", mother="mother"),
    Person("half-sister", mother="lover", father="father"),
    Person("lover"),
)
TIES = {
    "grandfather": Kin(2, Side.MATERNAL, False, 2, 0),
    "grandmother": Kin(2, Side.MATERNAL, False, 2, 0),
    "mother": Kin(1, Side.MATERNAL, False, 1, 0),
    "father": Kin(1, Side.PATERNAL, False, 1, 0),
    "aunt": Kin(2, Side.MATERNAL, False, 2, 1),
    "half-uncle": Kin(3, Side.MATERNAL, False, 2, 1),
    "maybe-aunt": Kin(2, Side.MATERNAL, True, 2, 1),
    "maybe-sister": Kin(1, Side.OWN, True, 1, 1),
    "half-sister": Kin(2, Side.PATERNAL, False, 1, 1),
}


@pytest.mark.parametrize("first", [person.id for person in FIRST])
@pytest.mark.parametrize("last", ["grandfather", "mother", "father", "aunt", "lover"])
@pytest.mark.parametrize("has_twins", [False, True])
def test_ties_are_the_same_wherever_somebody_stands(first: str, last: str, has_twins: bool) -> None:
    """Twins of a family apart change nothing, but are looked at."""
    people = sorted(FIRST, key=lambda person: (person.id != first, person.id == last))
    twins = [Person("x", mother="y"), Person("z", mother="y"), Person("y")] if has_twins else []
    births = (Twins(("x", "z"), Zygosity.MONOZYGOTIC),) if has_twins else ()
    family = Pedigree((*people, *twins), "self", twins=births)
    found = kin(family, family.position["self"])
    assert {family.people[at].id: tie for at, tie in found.items()} == TIES
    tied = Family(family, (), ())
    for id, tie in TIES.items():
        assert tied.are_related(family.position["self"], family.position[id], 1) is (tie.degree == 1)


def test_whoever_goes_up_again_from_a_sibling_is_on_no_line() -> None:
    """The sister is one as far as anybody knows; her father is no way around the mother of both."""
    people = (Person("a", mother="m"), Person("s", mother="m", father="f"), Person("m", mother="g"), Person("g"),
              Person("f", mother="g2"), Person("g2"), Person("b", mother="s"))  # fmt: skip
    family = Pedigree(people, "a")
    carriers = obligate_carriers(family, (0, 3))
    assert {people[at].id for at in carriers} == {"m"}
    assert {people[at].id for at in obligate_carriers(family, (3, 6))} == {"m", "s"}
    assert {people[at].id for at in obligate_carriers(family, (0, 6))} == {"s"}

"""Who descends from whom is worked out once for all families of one shape."""

from __future__ import annotations

from hypothesis import given, strategies as st

from menscreen.pedigree import descent
from menscreen.pedigree.descent import MOST_REMEMBERED, Descent, Parents, descent_of
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import kin
from menscreen.pedigree.person import Person


def line_of(length: int, prefix: str = "p") -> Pedigree:
    """Somebody, the mother, her mother and so on."""
    people = [Person(f"{prefix}{at}", mother=f"{prefix}{at + 1}" if at + 1 < length else None) for at in range(length)]
    return Pedigree(tuple(people), f"{prefix}0")


def test_families_of_one_shape_share_their_descent_whatever_their_ids_are() -> None:
    assert line_of(3, "a").descent is line_of(3, "b").descent
    assert line_of(3).descent is not line_of(4).descent
    assert line_of(4).children == ((), (0,), (1,), (2,))


def test_a_family_of_many_people_is_not_remembered() -> None:
    descent._remembered.cache_clear()
    for more in (0, 1):
        family = line_of(MOST_REMEMBERED + more)
        assert max(tie.degree for tie in kin(family, 0).values()) == MOST_REMEMBERED + more - 1
    assert descent._remembered.cache_info().currsize == 1


def of_one_role_each_without_cycles(parents: Parents) -> bool:
    """By looking at everybody's ancestors, generation after generation."""
    mothers, fathers = ({pair[role] for pair in parents} - {-1} for role in (0, 1))
    for start in range(len(parents)):
        above = {start}
        for _ in parents:
            above = {parent for one in above for parent in parents[one] if parent >= 0}
            if start in above:
                return False
    return not mothers & fathers


PARENTS = st.integers(1, 6).flatmap(
    lambda number: st.lists(
        st.tuples(st.integers(-1, number - 1), st.integers(-1, number - 1)), min_size=number, max_size=number
    ).map(tuple)
)


@given(PARENTS)
def test_sound_is_what_a_slow_look_finds_sound(parents: Parents) -> None:
    found = Descent(parents)
    assert found.is_sound == of_one_role_each_without_cycles(parents)
    for one, below in enumerate(found.children):
        assert list(below) == [child for child, pair in enumerate(parents) if one in pair]


def test_the_same_as_anew() -> None:
    parents = ((1, 2), (-1, -1), (-1, -1))
    assert descent_of(parents).children == Descent(parents).children == ((), (0,), (0,))

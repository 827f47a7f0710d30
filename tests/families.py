"""Hypothesis strategies for valid families: loops, half siblings, twins, several founders, one known parent."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Person, Sex


class _Row(NamedTuple):
    is_female: bool
    mother: int | None
    father: int | None
    sex_recorded: bool


@st.composite
def families(
    draw: st.DrawFn,
    *,
    min_people: int = 1,
    max_people: int = 10,
    twins: bool = True,
    unknown_sex: bool = True,
    shuffled: bool = True,
) -> Pedigree:
    """Valid pedigrees without findings; add those with `attrs.evolve`.

    Parents are drawn from all the people drawn before, so that cousins, uncles and grandparents marry. Shrinks towards
    fewer people, unrelated people and the order of birth. The proband may be anybody.
    """
    size = draw(st.integers(min_people, max_people))
    rows: list[_Row] = []
    sets: list[tuple[list[int], Zygosity]] = []
    while len(rows) < size:
        if twins and rows and draw(st.integers(0, 9)) == 9:
            _add_twin(draw, rows, sets)
        else:
            rows.append(_person(draw, rows, unknown_sex))
    order = draw(st.permutations(range(size))) if shuffled else list(range(size))
    name = {row: f"p{order[row]}" for row in range(size)}
    people = sorted(
        (
            Person(
                name[at],
                sex=(Sex.FEMALE if row.is_female else Sex.MALE) if row.sex_recorded else Sex.UNKNOWN,
                mother=None if row.mother is None else name[row.mother],
                father=None if row.father is None else name[row.father],
            )
            for at, row in enumerate(rows)
        ),
        key=lambda person: int(person.id[1:]),
    )
    return Pedigree(
        tuple(people),
        draw(st.sampled_from([person.id for person in people])),
        twins=tuple(Twins(tuple(sorted(name[row] for row in together)), zygosity) for together, zygosity in sets),
    )


def _person(draw: st.DrawFn, rows: list[_Row], unknown_sex: bool) -> _Row:
    mothers = [None, *(at for at, row in enumerate(rows) if row.is_female)]
    fathers = [None, *(at for at, row in enumerate(rows) if not row.is_female)]
    return _Row(
        draw(st.booleans()),
        draw(st.sampled_from(mothers)),
        draw(st.sampled_from(fathers)),
        not (unknown_sex and draw(st.integers(0, 5)) == 5),
    )


def _add_twin(draw: st.DrawFn, rows: list[_Row], sets: list[tuple[list[int], Zygosity]]) -> None:
    """Add a twin of somebody drawn before; one in four without the parents that the twin has on record."""
    one = draw(st.integers(0, len(rows) - 1))
    row = rows[one]
    known = next((together for together in sets if one in together[0]), None)
    zygosity = known[1] if known else draw(st.sampled_from(list(Zygosity)))
    if zygosity is not Zygosity.MONOZYGOTIC:
        row = row._replace(is_female=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 3:
        row = row._replace(mother=None, father=None)
    if known:
        known[0].append(len(rows))
    else:
        sets.append(([one, len(rows)], zygosity))
    rows.append(row)

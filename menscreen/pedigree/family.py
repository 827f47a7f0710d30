"""The pedigree: people, who is whose parent, twins, and the indexes that everything else reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cached_property

import attrs

from menscreen.pedigree.descent import Descent, Parents, descent_of
from menscreen.pedigree.person import Person
from menscreen.problems import Problem


class Zygosity(StrEnum):
    """Whether twins come from one egg. Monozygotic twins are one node of kinship and share germline results."""

    MONOZYGOTIC = "monozygotic"
    DIZYGOTIC = "dizygotic"
    UNKNOWN = "unknown"


class FamilyHistory(StrEnum):
    """Whether anybody asked about relatives. Not asked: nothing can be *not indicated*."""

    ASKED = "asked"
    NOT_ASKED = "not-asked"


@attrs.frozen
class Twins:
    """Twins, triplets and so on, by id."""

    people: tuple[str, ...]
    zygosity: Zygosity = Zygosity.UNKNOWN


@attrs.frozen
class Pedigree:
    """A family: people in the order of the source, twins, the proband.

    The constructor takes any values; `menscreen.pedigree.validation.problems_of` says what is wrong with them and the
    readers refuse a pedigree with errors. Positions (whole numbers) index `people`; `parents` and `children` speak of
    positions, and biological ties only.
    """

    people: tuple[Person, ...]
    proband: str
    id: str | None = None
    twins: tuple[Twins, ...] = ()
    family_history: FamilyHistory = FamilyHistory.ASKED
    format: str = "menscreen"
    digest: str = ""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def position(self) -> dict[str, int]:
        """The position of each id."""
        return {person.id: at for at, person in enumerate(self.people)}

    @cached_property
    def descent(self) -> Descent:
        """Who is whose parent, and whose child."""
        get: Callable[[str | None, int], int] = self.position.get  # type: ignore[assignment]  # None is no id
        return descent_of(tuple([(get(person.mother, -1), get(person.father, -1)) for person in self.people]))

    @property
    def parents(self) -> Parents:
        """Positions of mother and father of each person, -1 where not recorded."""
        return self.descent.parents

    @property
    def children(self) -> Sequence[Sequence[int]]:
        """Positions of the biological children of each person, in the order of the source."""
        return self.descent.children

    @cached_property
    def has_unplaced(self) -> bool:
        """Somebody is known by words of relation only."""
        return bool([person for person in self.people if person.relation])

    @cached_property
    def identical(self) -> dict[int, tuple[int, ...]]:
        """The monozygotic co-twins of each person who has any, by position."""
        position = self.position
        return {
            position[one]: tuple(position[other] for other in twins.people if other != one)
            for twins in self.twins
            if twins.zygosity is Zygosity.MONOZYGOTIC
            for one in twins.people
        }

    def person(self, id: str) -> Person:
        """The person with this id; `KeyError` when there is none."""
        return self.people[self.position[id]]

    def svg(self) -> str:
        """Draw the family, as `menscreen.draw` does with nothing marked; notebooks show this picture.

        >>> Pedigree((Person("a"),), "a").svg()[:4]
        '<svg'
        """
        from importlib import import_module

        drawn: str = import_module("menscreen").draw(self)  # by its public name: the pedigree knows no report
        return drawn

    _repr_svg_ = svg

"""What there is to draw of the people: their groups of findings, their part in the answer, their standing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Person
from menscreen.reports.drawing.captions import Line, group_of, lines_of
from menscreen.reports.drawing.selection import people_to_draw
from menscreen.reports.drawing.standings import standings
from menscreen.reports.drawing.symbols import NUMBER_OF_PAINT
from menscreen.vocabulary import vocabulary

if TYPE_CHECKING:
    from menscreen.screening.verdict import Flag, Screening


class Facts:
    """Everything that decides how somebody is drawn, by id."""

    def __init__(self, family: Pedigree, screening: Screening | None) -> None:
        self.proband = family.proband
        self.screened = screening.results[0].person if screening is not None else family.proband
        self.evidence = _evidence(screening)
        self.asked_about = _asked_about(screening) if not self.evidence else {}
        #: Whom there is room to draw, in an order that does not depend on the source.
        self.people = people_to_draw(family, self.marked)
        self.standing = standings(family, self.people)
        self._words = vocabulary()

    @property
    def marked(self) -> dict[str, set[str]]:
        """The places of the records that are marked, by the id of whose they are."""
        return self.evidence or self.asked_about

    def paints(self, person: Person) -> list[int]:
        """The numbers of the patterns that the symbol is filled with."""
        groups = {group_of(finding, self._words) for finding in person.findings}
        return sorted(NUMBER_OF_PAINT[group] for group in groups if group is not None)

    def lines(self, person: Person, relation: str) -> list[Line]:
        """What is written below the number; `relation` are the words for somebody who is known by them only."""
        known = self.standing.get(person.id, ())
        standing = [f"{gene} {status}" for gene, status in known if status != "carrier"]
        return lines_of(person, self._words, self.marked.get(person.id, ()), standing, relation)

    def carries(self, person: Person) -> bool:
        """Whether somebody carries, or must carry, a variant known in the family."""
        return any(status != "true negative" for _, status in self.standing.get(person.id, ()))


def _evidence(screening: Screening | None) -> dict[str, set[str]]:
    """The places of the records that the answer for the first person rests on, by the id of whose they are."""
    found: dict[str, set[str]] = {}
    if screening is not None:
        verdict = screening.results[0]
        for flag in _deciding(verdict.flags) or _deciding(verdict.also):
            for fact in flag.evidence:
                found.setdefault(fact.person, set()).add(fact.at)
    return found


def _asked_about(screening: Screening | None) -> dict[str, set[str]]:
    """The places of the records that questions are about."""
    found: dict[str, set[str]] = {}
    if screening is not None:
        for question in screening.results[0].questions:
            if ".findings[" in question.at or ".tests[" in question.at:
                found.setdefault(question.person, set()).add(question.at)
    return found


def _deciding(flags: tuple[Flag, ...]) -> list[Flag]:
    open_ = [flag for flag in flags if not flag.done]
    most = max((flag.strength for flag in open_), default=None)
    return [flag for flag in open_ if flag.strength == most]

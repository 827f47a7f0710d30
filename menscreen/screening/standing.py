"""What the rulebooks make of a family in the course of an interview."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.pedigree.family import Pedigree
from menscreen.rules.families import prepare
from menscreen.screening.cascade import first_to_test
from menscreen.screening.program import Program
from menscreen.screening.questions import OpenQuestion, history_questions, open_questions
from menscreen.screening.safety import urgency_of
from menscreen.screening.tally import tally_of
from menscreen.screening.verdict import Question
from menscreen.screening.wording import Wording


class Standing:
    """What the rulebooks make of a family, each part worked out when it is first asked for."""

    def __init__(self, program: Program, family: Pedigree) -> None:
        self._position = family.position[family.proband]
        self._run = program.run(prepare(family, (self._position,)))
        self._tally = tally_of(self._run, self._position)
        self._ranked: list[OpenQuestion] | None = None

    def ranked(self) -> list[OpenQuestion]:
        """The questions about open facts, the weightiest first."""
        if self._ranked is None:
            self._ranked = open_questions(self._run, self._position, self._tally, self._wording())
        return self._ranked

    def of_silence(self) -> Iterator[Question]:
        """The questions about relatives of whom nothing is known."""
        for question in history_questions(self._run, self._position, self._tally, self._wording()):
            if question.relation != "self":
                yield question

    def first_to_test(self) -> str | None:
        """The id of the relative who would be tested first."""
        return first_to_test(self._run, self._position, self._tally.counts)[0]

    def gist(self) -> tuple[object, ...]:
        """What an answer may change."""
        return (*self._tally.gist, urgency_of(self._run, self._position, self._tally))

    def _wording(self) -> Wording:
        return Wording(self._run.family, self._position)

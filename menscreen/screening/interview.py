"""The interview: state in, next question out. Everything is worked out by replaying the answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs

from menscreen.digest import digest_of
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import History
from menscreen.problems import UsageError
from menscreen.screening.account import Account
from menscreen.screening.conversation import Talk, basics, of_oneself, opening
from menscreen.screening.program import Program, program_of
from menscreen.screening.prompts import Prompt, understood
from menscreen.screening.relating import of_relatives
from menscreen.screening.screen import screened
from menscreen.screening.settling import Settling
from menscreen.screening.standing import Standing
from menscreen.screening.verdict import Screening

#: The name of the state of an interview, as JSON has it.
SCHEMA = "menscreen-interview/1"


@attrs.frozen
class Interview:
    """An interview about one family: what to ask next, given a start and the answers so far.

    An answer is text, or ``None`` for "I don't know". Nothing is kept but the answers: going back, leaving and coming
    again lose nothing.

    Attributes:
        start: a family of which something is known already; `None` begins with nothing.
        answers: those given so far, in the order of the questions.
        profile: the rulebooks that decide what is worth asking.

    >>> interview = Interview().answer("for myself").answer("female").answer("31")
    >>> interview.prompt.topic, interview.family.people[0].age
    ('tumors', Age(low=31, high=31))
    """

    start: Pedigree | None = None
    answers: tuple[str | None, ...] = ()
    profile: str | None = None
    _standings: dict[Pedigree, Standing] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def prompt(self) -> Prompt | None:
        """The next question; `None` when no answer can matter."""
        return self._reached[0]

    @property
    def family(self) -> Pedigree:
        """The family as told so far."""
        return self._reached[1].family

    @property
    def screening(self) -> Screening:
        """What the rulebooks say of the family as told so far."""
        return screened(self.family, self._program)

    def answer(self, value: str | None) -> Interview:
        """Answer the question: with the value or the words of a choice, an age, words of relation, text or ``None``.

        Raises:
            UsageError: the answer does not fit, and the problem says what would; or the interview has ended.
        """
        if self.prompt is None:
            raise UsageError.of("U006", "an answer after the last question", "no answer", "look at the screening")
        given = None if value is None else understood(self.prompt, value)
        return self._with((*self.answers, given))

    def back(self) -> Interview:
        """Take the last answer back; at the first question nothing changes."""
        return self._with(self.answers[:-1])

    @property
    def state(self) -> dict[str, Any]:
        """Everything that must be kept to go on later, as JSON has it; the start is named by its digest only."""
        return {
            "schema": SCHEMA,
            "start": _digest(self.start),
            "profile": self.profile,
            "answers": list(self.answers),
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any], start: Pedigree | None = None) -> Interview:
        """Go on from a state, with the family from which it started.

        Raises:
            UsageError: it is no state, belongs to another start, or was made by a version that asks otherwise.
        """
        is_state = isinstance(state, Mapping) and state.get("schema") == SCHEMA
        answers = state.get("answers") if is_state else None
        if not isinstance(answers, list) or not isinstance(state.get("profile"), str | None):
            raise UsageError.of("U006", "something else than a state", f"a state ({SCHEMA})", "start anew")
        if state.get("start") != _digest(start):
            found = "the state of an interview that began with another family"
            raise UsageError.of("U006", found, "the family it began with", "give the same file, or start anew")
        interview = cls(start, (), state.get("profile"))
        try:
            for given in answers:
                interview = interview.answer(given)
        except UsageError:
            found = "answers that do not fit the questions"
            raise UsageError.of("U006", found, "a state of this version", "start anew") from None
        return interview

    def _with(self, answers: tuple[str | None, ...]) -> Interview:
        """The interview with other answers; what was worked out for the families on the way serves it too."""
        other = attrs.evolve(self, answers=answers)
        other._standings.update(self._standings)
        return other

    @property
    def _program(self) -> Program:
        return program_of(None, profile=self.profile)

    @cached_property
    def _reached(self) -> tuple[Prompt | None, Account]:
        """The question that comes after the answers, and what they told."""
        account = Account(self.start)
        talk = _whole(account, self._program, self._standings)
        prompt = next(talk, None)
        for given in self.answers:
            if prompt is None:
                break
            try:
                prompt = talk.send(given)
            except StopIteration:
                prompt = None
        return prompt, account


def _whole(account: Account, program: Program, known: dict[Pedigree, Standing]) -> Talk:
    """The whole conversation; nothing is asked where nothing is left to ask."""
    family = account.family
    me = family.people[account.proband]
    asks_of_oneself = account.is_from_nothing or me.history is History.UNKNOWN or me.asked == ()
    asks_of_relatives = family.family_history is FamilyHistory.NOT_ASKED
    if not asks_of_oneself and not asks_of_relatives:
        silent = Account(family)
        if next(Settling(silent, program, known).talk(), None) is None:
            return
    yield from opening(account)
    if account.is_from_nothing:
        yield from basics(account)
    if asks_of_oneself:
        yield from of_oneself(account)
    if asks_of_relatives:
        yield from of_relatives(account)
    yield from Settling(account, program, known).talk()


def _digest(start: Pedigree | None) -> str | None:
    """What tells one start from another; a family that was not read has no digest of its source."""
    if start is None:
        return None
    if start.digest:
        return start.digest
    return digest_of(repr(attrs.evolve(start, problems=())).encode())

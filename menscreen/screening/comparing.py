"""Guidelines side by side: what each says of a person, the statement that decided, and the fact on which they part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from menscreen.pedigree.person import MAX_AGE, Age
from menscreen.rules.answers import fact_answers
from menscreen.rules.criteria import Criterion, Has, Meets, Relatives
from menscreen.rules.facts import Fact
from menscreen.rules.loading import is_in_part
from menscreen.rules.reasons import Kind, Open, Reasons
from menscreen.rules.rulebook import Strength, parts
from menscreen.screening.counting import Count
from menscreen.screening.levels import OUTCOMES, OWN, Level
from menscreen.screening.program import Run
from menscreen.screening.shortfalls import Shortfall, Shortfalls, any_of
from menscreen.screening.tally import Tally, level_of
from menscreen.screening.verdict import GuidelineOutcome, Outcome
from menscreen.vocabulary import vocabulary

#: What is open, in words.
OPEN = {
    Kind.TYPE: "the type",
    Kind.AGE: "the age at diagnosis",
    Kind.MULTIPLE: "the number",
    Kind.BILATERAL: "the number of sides",
    Kind.SIZE: "the size",
    Kind.CONFIRMED: "the confirmation",
    Kind.CAUSE: "the cause",
    Kind.SCOPE: "how much of the gene was read",
    Kind.VARIANT: "which variant was found",
    Kind.PERSON_AGE: "the age now",
    Kind.SEX: "the sex",
    Kind.PLACE: "how the relative is related",
    Kind.HISTORY: "the history",
    Kind.SAME: "the number",
}
#: So begins the fact of a rulebook on other syndromes.
SPEAKS_OF = "speaks of "
#: At most so many of the strongest statements are compared with a rulebook that says less.
MOST_LEADS = 3


class _Part(NamedTuple):
    """Where two rulebooks part, and how near they come: the fewest and the most telling shortfalls first."""

    rank: tuple[int, int]
    words: str


class Comparing:
    """Compare the rulebooks of a run on one person."""

    def __init__(self, run: Run, tally: Tally) -> None:
        self.run = run
        self._reasons = Reasons(run.evaluation)
        self._shortfalls = Shortfalls(run.evaluation)
        self._by_book: dict[int, list[Count]] = {}
        self._silent = Level.ASK if tally.silence else Level.NOTHING
        self._nearby: dict[tuple[int, int], dict[int, list[int]]] = {}
        for count in tally.counts:
            self._by_book.setdefault(run.program.book_of[count.rule], []).append(count)

    def rows(self) -> tuple[GuidelineOutcome, ...]:
        """One row for each rulebook, in the order in which they run; facts stand where one says less than another."""
        books = self.run.program.books
        if not self._by_book:
            return _nothing(self.run.program.ids, OUTCOMES[self._silent])
        levels = [level_of(self._by_book.get(at, ()))[0] for at in range(len(books))]
        strongest = max(levels, default=Level.NOTHING)
        counts = (count for counts in self._by_book.values() for count in counts)
        leads = [one for one in _strongest(counts) if _level(one) is strongest] if strongest else []
        rows = []
        for at, (book, level) in enumerate(zip(books, levels, strict=True)):
            mine = _strongest(self._by_book.get(at, ())) if level else []
            rows.append(
                GuidelineOutcome(
                    book.id,
                    OUTCOMES[max(level, self._silent)],
                    self.run.program.names[mine[0].rule] if mine else None,
                    self._fact(at, mine, leads) if level < strongest else None,
                )
            )
        return tuple(rows)

    def _fact(self, at: int, mine: Sequence[Count], leads: Sequence[Count]) -> str:
        """Why a rulebook says less than the strongest: the fact on which it parts from the nearest of them.

        Of equal people, whoever stands first in the family is no nearer than the others.
        """
        if mine:
            return min(self._weaker(one) for one in mine if _rank(one) == _rank(mine[0]))
        book = self.run.program.books[at]
        if not book.rules:
            return "has no statement on whom to test"
        spoken_of = self.run.program.spoken_of[at]
        shared = [lead for lead in leads if not spoken_of.isdisjoint(lead.syndromes)]
        if not shared:
            return _speaks_only(spoken_of)
        return min(self._part(at, lead) for lead in shared[:MOST_LEADS]).words

    def _weaker(self, mine: Count) -> str:
        """What keeps the statement that decides here from counting for more."""
        program, certain = self.run.program, mine.certain
        if certain < Level.CONSIDER:
            criterion = program.criteria[mine.rule]
            first: dict[int | None, Open] = {}  # of each tumor, in whatever order the records stand
            for one in self._reasons.open_facts(criterion, mine.body):
                first.setdefault(None if one.fact is None else one.fact.order, one)
            if first:
                return min(map(_open_here, first.values()))
            return "open here: how the relative is related, or what a test read"
        if mine.degree and certain < OWN[program.rules[mine.rule].strength]:
            return f"for a relative of degree {mine.degree} the statement here counts as consider"
        return "met here too, by a statement that says consider"

    def _part(self, at: int, lead: Count) -> _Part:
        """Where a rulebook that counts nothing parts from a statement of another one."""
        program = self.run.program
        name = program.names[lead.rule]
        done = [count for count in self._by_book.get(at, ()) if count.done]
        if done:
            return _Part((0, 0), "the test that its statement asks for was already made")
        near: list[_Part] = []
        for number in self._near(lead).get(at, ()):
            short = self._shortfalls.of(program.criteria[number], lead.body)
            if not short:
                near.append(_Part((1, 9), self._not_carried(number, lead)))
            elif len(short) <= 2 and sum(one.is_lack for one in short) <= 1:
                words = "; and ".join(dict.fromkeys(self._in_words(one, lead) for one in short))
                near.append(_Part((len(short) + 2 * sum(one.is_lack for one in short), number), words))
        if near:
            return min(near)
        where = " that runs in this profile" if is_in_part(program.books[at]) else ""
        return _Part((9, 0), f"has no statement like {name}{where}")

    def _near(self, lead: Count) -> dict[int, list[int]]:
        """The statements of each rulebook that ask for what a statement rests on."""
        key = lead.rule, lead.body
        known = self._nearby.get(key)
        if known is None:
            known = self._nearby[key] = {}
            asking_for = self.run.evaluation.plan.asking_for
            for number in sorted({number for fact in self._facts(lead) for number in asking_for(fact.term)}):
                known.setdefault(self.run.program.book_of[number], []).append(number)
        return known

    def _facts(self, lead: Count) -> list[Fact]:
        """The recorded facts that a statement rests on, or those that leave it open."""
        criterion = self.run.program.criteria[lead.rule]
        if self.run.answers[lead.rule][0] >> lead.body & 1:
            found = [ground.fact for ground in self._reasons.grounds(criterion, lead.body)]
        else:
            found = [one.fact for one in self._reasons.open_facts(criterion, lead.body)]
        return [fact for fact in found if fact is not None]

    def _not_carried(self, number: int, lead: Count) -> str:
        if self.run.program.rules[number].strength is Strength.ASK:
            return "the statement here only asks for what is not yet known"
        if self.run.program.rules[number].self_only:
            return "the statement here is not passed on to relatives"
        return f"the statement here does not reach a relative of degree {lead.degree}"

    def _in_words(self, short: Shortfall, lead: Count) -> str:
        """A shortfall beside what the other statement makes of the same fact."""
        other = self.run.program.books[self.run.program.book_of[lead.rule]].id
        fact, has = short.fact, short.has
        theirs = None if fact is None else next(self._met_by(fact, lead), None)
        if short.kind is Kind.AGE and fact is not None and has is not None:
            age = "an age not recorded" if (fact.low, fact.high) == (0, MAX_AGE) else str(Age(fact.low, fact.high))
            return f"{age} counts {bound(theirs)} in {other}, not {bound(has)} here"
        if short.kind is Kind.MULTIPLE and (theirs is None or not theirs.multiple):
            return f"any number counts in {other}, only several here"
        if short.kind is Kind.PLACE and short.within is not None:
            reach = self._reach(lead)
            there = "any relative counts" if reach is None else f"relatives within degree {reach} count"
            return f"{there} in {other}, only those within degree {short.within} here"
        return f"{short.words} here"

    def _met_by(self, fact: Fact, lead: Count) -> Iterator[Has]:
        """The criteria of the other statement that the fact meets."""
        for one in self._within(lead):
            if isinstance(one, Has) and fact_answers(fact, one)[0]:
                yield one

    def _reach(self, lead: Count) -> int | None:
        return next((one.within for one in self._within(lead) if isinstance(one, Relatives)), None)

    def _within(self, lead: Count) -> Iterator[Criterion]:
        waiting: list[Criterion] = [self.run.program.criteria[lead.rule]]
        for one in waiting:
            yield one
            waiting.extend((self.run.evaluation.plan.definition(one),) if isinstance(one, Meets) else parts(one))


@lru_cache(maxsize=256)
def _speaks_only(syndromes: frozenset[str]) -> str:
    return f"{SPEAKS_OF}{any_of(sorted(syndromes), 'and')} only"


@lru_cache(maxsize=8)
def _nothing(books: tuple[str, ...], outcome: Outcome) -> tuple[GuidelineOutcome, ...]:
    return tuple(GuidelineOutcome(id, outcome) for id in books)


def _open_here(one: Open) -> str:
    about = f" of the {vocabulary().terms[one.fact.term].name}" if one.fact is not None else ""
    return f"open here: {OPEN[one.kind]}{about}"


def _strongest(counts: Iterable[Count]) -> list[Count]:
    """The counts that can decide, the strongest and nearest first."""
    deciding = [count for count in counts if not count.done and count.possible]
    deciding.sort(key=_rank)
    return deciding


def _rank(count: Count) -> tuple[int, int, int, int]:
    return -_level(count), -count.possible, count.distance, count.rule


def _level(count: Count) -> Level:
    return count.certain if count.certain is not Level.NOTHING else Level.ASK


def bound(has: Has | None) -> str:
    """The ages that a criterion takes, such as ``below 40``.

    >>> bound(Has("insulinoma", by=20)), bound(Has("insulinoma"))
    ('at or below 20', 'at any age')
    """
    if has is None:
        return "at any age"
    bounds = (("below", has.before), ("at or below", has.by), ("from", has.from_))
    return " and ".join(f"{word} {age}" for word, age in bounds if age is not None) or "at any age"

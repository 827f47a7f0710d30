"""What to ask next: how many questions it takes against the best possible order and chance, and what an answer keeps.

Run as a program it prints the comparison that docs/questions.md shows: ``python tests/test_asking.py``.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from statistics import fmean as mean
from typing import NamedTuple

import attrs
import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.reports.writing import write
from menscreen.rules.answers import related_terms
from menscreen.rules.criteria import Has, Meets, NoneOf, Tumors
from menscreen.rules.examples import family as shorthand
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind, Open
from menscreen.rules.rulebook import parts
from menscreen.screening.answers import answered, choices
from menscreen.screening.levels import Level
from menscreen.screening.program import Run, program_of
from menscreen.screening.questions import OpenQuestion, is_settled, open_facts, open_questions
from menscreen.screening.screen import screen
from menscreen.screening.tally import Tally, tally_of
from menscreen.screening.verdict import Outcome
from menscreen.screening.wording import Wording
from menscreen.vocabulary import vocabulary

PROGRAM = program_of(None)
FAMILIES, RANDOM_ORDERS = 60, 200

#: Records with facts hidden, as a questionnaire brings them.
RECORDS = (
    "thyroid cancer", "thyroid tumor", "parathyroid tumor", "hyperparathyroidism", "hypercalcemia", "adrenal tumor",
    "pancreatic tumor", "pituitary adenoma", "primary hyperparathyroidism", "neuroendocrine tumor", "insulinoma",
    "pheochromocytoma", "pancreatic neuroendocrine tumor", "primary hyperparathyroidism, suspected", "paraganglioma",
    "medullary thyroid carcinoma, suspected", "pheochromocytoma, suspected", "prolactinoma",
)  # fmt: skip
RELATIVES = (
    "self", "mother", "father", "sister", "brother", "daughter", "maternal aunt", "maternal grandmother",
    "paternal uncle", "paternal grandfather",
)  # fmt: skip


def simulated(seed: int) -> Pedigree:
    """A family in which two to five people have one record each of which the deciding facts are hidden."""
    chance = random.Random(seed)
    people: dict[str, list[str]] = {"self": ["female"], "mother": [], "father": []}
    for relative in chance.sample(RELATIVES, chance.choice((2, 3, 3, 4, 4, 5))):
        people.setdefault(relative, []).append(chance.choice(RECORDS))
    return shorthand(people)


def found_in(family: Pedigree) -> tuple[Run, int, Tally]:
    position = family.position[family.proband]
    run = PROGRAM.run(prepare(family, (position,)))
    return run, position, tally_of(run, position)


def asked(family: Pedigree) -> list[OpenQuestion]:
    """The questions for the proband, as ranked."""
    run, position, tally = found_in(family)
    return open_questions(run, position, tally, Wording(run.family, position))


# The best possible order


@cache
def seen_by_the_rules(term: str) -> Hashable:
    """What the rules ask for that a term is: two terms that are the same here, and leave nothing open, are the same."""
    wanted: set[str] = set()
    waiting = list(PROGRAM.criteria)
    for one in waiting:
        wanted.update((one.has,) if isinstance(one, Has) else one.of if isinstance(one, Tumors) else ())
        waiting.extend((PROGRAM.plan.definition(one),) if isinstance(one, Meets) else parts(one))
    near = {one for one in wanted if term in related_terms(one)}
    below = vocabulary().below
    return frozenset(near) if all(term in below(one) for one in near) else term


def recorded(family: Pedigree) -> Hashable:
    """What the rules see of a family in which everybody has one record at most."""
    return tuple(
        (at, seen_by_the_rules(one.term or ""), one.status, one.age, one.multiple, one.bilateral, one.size_mm)
        for at, person in enumerate(family.people)
        for one in person.findings
    )


class State:
    """What is known at one time of an interview, and what there is to ask."""

    def __init__(self, family: Pedigree) -> None:
        run, position, tally = found_in(family)
        self.family = family
        self.open = [] if is_settled(tally) else open_facts(run, position, tally)
        reached = Level.NOTHING if tally.level is Level.ASK else tally.level
        stronger = {PROGRAM.names[one.rule] for one in tally.counts if one.men and one.possible > reached}
        self.bearing = [number for number, one in enumerate(self.open) if not stronger.isdisjoint(one.rules)]
        self.ways: dict[int, list[State]] = {}
        self.fewest: float | None = None


class Interview:
    """Counts the questions until the outcome is settled, for one family; every listed answer is equally likely."""

    def __init__(self, family: Pedigree) -> None:
        self._states: dict[Hashable, State] = {}
        self.start = self._at(family)

    def _at(self, family: Pedigree) -> State:
        key = recorded(family)
        if key not in self._states:
            self._states[key] = State(family)
        return self._states[key]

    def ways(self, state: State, number: int) -> list[State]:
        """The state after each answer about an open fact."""
        if number not in state.ways:
            fact = state.open[number].opens
            after = [self._at(answered(state.family, fact[0], choice.value)) for choice in choices(fact, state.family)]
            state.ways[number] = after
        return state.ways[number]

    def best(self, state: State) -> float:
        """The mean number of the best order: all orders of the open facts, whatever the ranking thinks of them.

        Left out is only what cannot be better: facts that bear on no statement by which the outcome could become
        stronger, and orders that would lose with one more question after each answer that does not settle.
        """
        if state.fewest is None:
            hopes = {
                number: 1 + mean(bool(after.open) for after in self.ways(state, number)) for number in state.bearing
            }
            fewest = float("inf") if state.open else 0.0
            for number in sorted(hopes, key=hopes.__getitem__):
                if hopes[number] < fewest:
                    fewest = min(fewest, 1 + mean(map(self.best, self.ways(state, number))))
            state.fewest = fewest
        return state.fewest

    def ranked(self) -> float:
        """The mean number when the first question of the ranking is asked each time."""

        @cache
        def count(state: State) -> float:
            if not state.open:
                return 0.0
            first = asked(state.family)[0]
            return 1 + mean(count(self._at(answered(state.family, first.open, one.value))) for one in first.choices)

        return count(self.start)

    def by_chance(self, chance: random.Random) -> float:
        """The mean number when any of the open facts is asked for."""
        questions = 0
        for _ in range(RANDOM_ORDERS):
            state = self.start
            while state.open:
                state = chance.choice(self.ways(state, chance.randrange(len(state.open))))
                questions += 1
        return questions / RANDOM_ORDERS


class Compared(NamedTuple):
    """The open facts of a family, and the mean number of questions in each order."""

    open: int
    best: float
    ranked: float
    chance: float


def compared(families: int, most_open: int) -> list[Compared]:
    """The first simulated families with three open facts or more and an outcome that is not settled."""
    chance = random.Random(0)
    found: list[Compared] = []
    seed = 0
    while len(found) < families:
        seed += 1
        interview = Interview(simulated(seed))
        count = len(interview.start.open)
        if 3 <= count <= most_open:
            best = interview.best(interview.start)
            found.append(Compared(count, best, interview.ranked(), interview.by_chance(chance)))
    return found


def test_the_ranking_is_within_a_tenth_of_the_best_order_and_far_below_chance() -> None:
    _, best, ranked, chance = map(mean, zip(*compared(25, most_open=6), strict=True))
    assert best <= ranked <= 1.1 * best
    assert ranked <= 0.65 * chance


# Whatever is answered


def interviews(seeds: range) -> Iterator[tuple[Pedigree, OpenQuestion, Pedigree]]:
    """Random families asked until no question is left: what was known, the question, and what is known then."""
    for seed in seeds:
        chance = random.Random(seed)
        people: dict[str, list[str]] = {"self": ["female"], "mother": [], "father": []}
        for relative in chance.choices(RELATIVES, k=chance.randint(1, 5)):
            people.setdefault(relative, []).append(chance.choice(RECORDS))
        family = shorthand(people)
        for _ in range(60):
            questions = asked(family)
            if not questions:
                break
            one = chance.choice(questions[:2])
            after = answered(family, one.open, chance.choice(one.choices).value)
            yield family, one, after
            family = after
        else:
            pytest.fail("an interview does not end")


def flags(family: Pedigree) -> set[tuple[int, int, Level]]:
    """The statements that count for certain: the rule, the person, how strongly."""
    run, _, tally = found_in(family)
    return {
        (count.rule, run.family.bodies[count.body].position, count.certain)
        for count in tally.counts
        if count.certain >= Level.CONSIDER
    }


def excludes(rule: int) -> bool:
    """An exclusion looks at what is recorded, so a record of what it excludes takes the statement away."""
    waiting = [PROGRAM.criteria[rule]]
    for one in waiting:
        waiting.extend((PROGRAM.plan.definition(one),) if isinstance(one, Meets) else parts(one))
    return any(isinstance(one, NoneOf) for one in waiting)


def test_what_was_certain_stays_certain_whatever_is_answered() -> None:
    kept = 0
    for before, one, after in interviews(range(150)):
        later = flags(after)
        for rule, position, level in flags(before):
            if one.open.kind is not Kind.CONFIRMED and not excludes(rule):
                assert (rule, position, level) in later, PROGRAM.names[rule]
                kept += 1
    assert kept > 300


def test_an_outcome_that_is_settled_stays_whatever_is_answered() -> None:
    kept = 0
    for before, one, after in interviews(range(150, 300)):
        tally = found_in(before)[2]
        leading = [count.rule for count in tally.counts if count.men and count.certain is tally.level]
        if is_settled(tally) and one.open.kind is not Kind.CONFIRMED and not any(map(excludes, leading)):
            assert found_in(after)[2].outcome is tally.outcome
            kept += 1
    assert kept > 50


def test_no_question_is_asked_twice_and_none_about_what_is_known() -> None:
    for before, one, after in interviews(range(300, 350)):
        for each in asked(before):
            assert is_unknown(each.open), each.question
        again = [(each.question.at, each.question.kind, each.question.ask) for each in asked(after)]
        assert (one.question.at, one.question.kind, one.question.ask) not in again


def is_unknown(one: Open) -> bool:
    assert one.fact is not None, "these families hold findings only"
    fact = one.fact
    return {
        Kind.AGE: fact.low < fact.high,
        Kind.MULTIPLE: fact.multiple is None,
        Kind.BILATERAL: fact.bilateral is None,
        Kind.SIZE: fact.size_mm is None,
        Kind.CONFIRMED: not fact.certain,
        Kind.CAUSE: fact.doubtful,
        Kind.TYPE: bool(vocabulary().children(fact.term)),
    }[one.kind]


def test_what_somebody_declined_to_say_is_not_asked_for() -> None:
    family = shorthand({"self": ["female"], "mother": ["thyroid cancer"]})
    assert [one.question.kind for one in asked(family)] == ["histology"]
    at = asked(family)[0].open.position
    mother = family.people[at]
    declined = attrs.evolve(mother.findings[0], declined=("histology",))
    people = (*family.people[:at], attrs.evolve(mother, findings=(declined,)), *family.people[at + 1 :])
    assert not asked(attrs.evolve(family, people=people))


def test_each_answer_gives_the_outcome_that_it_is_said_to_give() -> None:
    for family in map(simulated, range(40)):
        for one in asked(family):
            for choice, answer in zip(one.choices, one.question.answers, strict=True):
                assert found_in(answered(family, one.open, choice.value))[2].outcome is answer.then


# What is asked, and what is not


def test_what_changes_only_the_syndromes_of_a_woman_who_is_flagged_is_asked_for() -> None:
    family = shorthand({"self": ["female", "primary hyperparathyroidism @31"], "mother": ["thyroid cancer"]})
    verdict = screen(family).results[0]
    assert verdict.outcome is Outcome.WARRANTED
    question = next(one for one in verdict.questions if one.relation == "mother")
    assert question.kind == "histology"
    assert set(question.could_add) >= {"MEN2A", "MEN2B"}


def test_what_only_several_answers_together_change_is_asked_for() -> None:
    """Two tumors whose type, age and number are open: the mother's carcinoma already speaks for CDC73."""
    family = shorthand(
        {
            "self": ["female", "pituitary adenoma @40"],
            "mother": ["parathyroid carcinoma, single @50"],
            "maternal aunt": ["parathyroid tumor"],
            "maternal grandmother": ["parathyroid tumor"],
        }
    )
    before = found_in(family)[2]
    questions = asked(family)
    for one in questions:
        for choice in one.choices:
            assert found_in(answered(family, one.open, choice.value))[2].gist == before.gist
    assert {one.question.kind for one in questions} == {"histology", "age", "multiple"}


def test_a_question_is_left_as_long_as_the_outcome_is_open() -> None:
    unsettled = 0
    for _, _, after in interviews(range(600, 700)):
        if not is_settled(found_in(after)[2]):
            assert asked(after)
            unsettled += 1
    assert unsettled > 100


def test_nothing_is_asked_where_no_answer_matters_and_the_page_says_so(tmp_path: Path) -> None:
    screening = screen(shorthand({"self": ["female"], "mother": ["breast cancer @60"]}))
    assert not screening.questions
    write(screening, tmp_path / "page.txt")
    assert "no answer to an open fact could change this result" in (tmp_path / "page.txt").read_text()


@pytest.mark.parametrize(
    ("record", "common"),
    [
        ("thyroid cancer", "papillary-thyroid-carcinoma"),
        ("thyroid tumor", "papillary-thyroid-carcinoma"),
        ("adrenal tumor", "adrenocortical-adenoma"),
    ],
)
def test_the_commonest_type_is_among_the_answers(record: str, common: str) -> None:
    [question] = asked(shorthand({"self": ["female"], "mother": [record], "father": []}))
    *named, _ = question.choices
    offered = {term for choice in named for term in vocabulary().below(choice.value)}
    assert common in offered


def test_questions_speak_of_glands_where_there_are_several() -> None:
    def texts(record: str) -> list[str]:
        return [one.question.ask for one in asked(shorthand({"self": ["female", record], "mother": [], "father": []}))]

    assert "Was one parathyroid gland affected, or several?" in texts("parathyroid adenoma @50")
    assert "Was it one mucosal neuroma, or several?" in texts("mucosal neuroma")


def test_what_can_be_done_instead_is_said_once() -> None:
    family = shorthand({"self": ["female"], "mother": ["thyroid cancer"], "sister": ["thyroid cancer"]})
    questions = screen(family).questions
    assert sorted(one.relation for one in questions) == ["mother", "sister"]
    assert [one.instead is not None for one in questions] == [True, False]


if __name__ == "__main__":
    rows = compared(FAMILIES, most_open=8)
    lines = ["open facts  families  best order  as ranked  by chance  ranked / best"]
    for name, counts in (*((str(count), {count}) for count in range(3, 9)), ("all", set(range(3, 9)))):
        some = [row for row in rows if row.open in counts]
        if some:
            _, best, ranked, chance = map(mean, zip(*some, strict=True))
            lines.append(
                f"{name:>10}  {len(some):8}  {best:10.2f}  {ranked:9.2f}  {chance:9.2f}  {ranked / best:13.3f}"
            )
    sys.stdout.write("\n".join(lines) + "\n")

"""Where two rulebooks differ: the smallest families that one flags and the other does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import attrs

from menscreen.pedigree.family import FamilyHistory
from menscreen.rules.examples import family
from menscreen.rules.families import prepare
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.boundaries import Boundaries, Item, Spec, ordered, shorthand
from menscreen.screening.program import Program
from menscreen.screening.tally import tally_of
from menscreen.screening.verdict import Outcome


class Difference(NamedTuple):
    """A family that one rulebook flags and the other does not, and what each says."""

    family: str
    one: Outcome
    other: Outcome


Answers = tuple[Outcome, Outcome]


def differences(one: Rulebook, other: Rulebook) -> list[Difference]:
    """Compare two rulebooks on the boundary families of both, the smallest first.

    A family that holds a smaller one with the same answers is left out, and so is what one relative has if it gives the
    same answers when the person has it; ages with the same answers share a row.
    """
    specs = Boundaries((rule.when, book.definitions) for book in (one, other) for rule in book.rules).families()
    first, second = saying(one), saying(other)
    found: dict[Spec, Answers] = {}
    for spec in specs:
        answers = first(spec), second(spec)
        if (answers[0] >= Outcome.CONSIDER) == (answers[1] >= Outcome.CONSIDER) or found.get(_as_own(spec)) == answers:
            continue
        if not any(theirs == answers and _holds(spec, small) for small, theirs in found.items()):
            found[spec] = answers
    return _in_rows(found)


def saying(book: Rulebook) -> Callable[[Spec], Outcome]:
    """What a rulebook says of a family: the stronger of its outcomes for MEN and for the look-alikes."""
    program = Program([book])

    def says(spec: Spec) -> Outcome:
        pedigree = attrs.evolve(family(shorthand(spec)), family_history=FamilyHistory.ASKED)
        position = pedigree.position[pedigree.proband]
        tally = tally_of(program.run(prepare(pedigree, (position,))), position)
        return max(tally.outcome, tally.also_outcome)

    return says


def _holds(spec: Spec, small: Spec) -> bool:
    """Every record of the smaller family stands in the other one, perhaps with more said of it."""
    return len(small) <= len(spec) and all(any(_says_more(one, item) for one in spec) for item in small)


def _as_own(spec: Spec) -> Spec:
    """The records of a family whose records are all of one person, as records of the person screened."""
    is_of_one = len({item.relation for item in spec}) == 1
    return frozenset(item._replace(relation="self") for item in spec) if is_of_one else spec


def _says_more(one: Item, item: Item) -> bool:
    return one[:3] == item[:3] and set(item.flags) <= set(one.flags)


def _in_rows(found: Mapping[Spec, Answers]) -> list[Difference]:
    """The families in words; those that differ in one age only share a row."""
    rows: dict[tuple[Spec, Item | None, Answers], list[int]] = {}
    for spec, answers in found.items():
        dated = [item for item in ordered(spec) if item.age is not None]
        if not dated:
            rows[spec, None, answers] = []
            continue
        last = dated[-1]
        ageless = last._replace(age=None)
        rows.setdefault((spec - {last}, ageless, answers), []).append(last.age or 0)
    return [Difference(_in_words(spec, item, ages), *answers) for (spec, item, answers), ages in rows.items()]


def _in_words(spec: Spec, item: Item | None, ages: Iterable[int]) -> str:
    """A family in words, with the ages that one of its records may have."""
    people: dict[str, list[str]] = {}
    for one in ordered(spec | {item} if item else spec):
        people.setdefault(one.relation, []).append(f"{one} @{_spans(ages)}" if one is item else str(one))
    return "; ".join(
        ", ".join(facts) if relation == "self" else f"{relation}: {', '.join(facts)}"
        for relation, facts in people.items()
    )


def _spans(ages: Iterable[int]) -> str:
    """Ages in words, such as ``36-39, 41``."""
    spans: list[list[int]] = []
    for age in sorted(ages):
        if spans and age == spans[-1][1] + 1:
            spans[-1][1] = age
        else:
            spans.append([age, age])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in spans)

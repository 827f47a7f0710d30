"""Where somebody known by words only may stand, and what follows for the person screened."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from menscreen.formats.native import read_native
from menscreen.pedigree.adding import placed
from menscreen.pedigree.blood import Side
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import kin, relation_name, unplaced
from menscreen.pedigree.person import Person, UnplacedRelation
from menscreen.pedigree.placing import places, spoken_of
from menscreen.pedigree.validation import problems_of
from menscreen.problems import Severity
from menscreen.screening.interview import Interview
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Outcome, Question

RET = {"gene": "RET", "result": "pathogenic"}
NEGATIVE = {"gene": "RET", "result": "negative", "scope": "familial-variant"}
WORDS = (
    "parent", "grandmother", "grandparent", "great-grandfather", "half-brother", "half-sibling", "aunt", "great-aunt",
    "cousin", "second cousin", "first cousin once removed", "maternal cousin once removed", "mother's half-sister",
    "paternal great-uncle",
)  # fmt: skip


def family(*relatives: dict[str, Any], **proband: Any) -> Pedigree:
    return read_native({"proband": {"sex": "female", "age": 30, **proband}, "relatives": list(relatives)})


def question(of: Pedigree) -> Question:
    [found] = [one for one in screen(of).results[0].questions if one.kind == "relation"]
    return found


@pytest.mark.parametrize("others", [(), ("maternal aunt", "father", "sister", "paternal grandfather")])
@pytest.mark.parametrize("words", WORDS)
def test_every_place_is_of_the_degree_and_side_that_the_words_fix(words: str, others: tuple[str, ...]) -> None:
    start = family(
        {"relation": words, "findings": [{"finding": "MTC", "age": 40}]}, *({"relation": one} for one in others)
    )
    at = start.position["r1"]
    told = unplaced(start, 0)[at]
    found = list(places(start, at))
    assert found
    assert told is not None
    for _, made in found:
        tie = kin(made, 0)[at]
        assert tie.degree == told.degree
        assert told.side in (Side.UNKNOWN, tie.side)
        assert [person.id for person in made.people][: len(start.people)] == [person.id for person in start.people]
        assert made.people[at].findings == start.people[at].findings
        errors = [one.code for one in problems_of(made) if one.severity is Severity.ERROR]
        assert not errors
    if told.side is Side.UNKNOWN and not others:
        assert {kin(made, 0)[at].side for _, made in found} == {Side.MATERNAL, Side.PATERNAL}


def test_a_relative_of_whom_nothing_is_told_may_stand_anywhere() -> None:
    start = family({"relation": "relative", "findings": [{"finding": "MTC", "age": 40}]})
    ties = [kin(made, 0)[1] for _, made in places(start, 1)]
    assert {tie.degree for tie in ties} == {1, 2, 3, 4}
    for degree in (1, 2, 3, 4):
        assert {Side.MATERNAL, Side.PATERNAL} <= {tie.side for tie in ties if tie.degree == degree}
    asked = question(start)
    assert {answer.value: answer.then for answer in asked.answers}.items() >= {
        ("mother", Outcome.WARRANTED),
        ("brother or sister", Outcome.WARRANTED),
        ("second degree on the mother's side", Outcome.CONSIDER),
        ("farther on the father's side", Outcome.NOT_INDICATED),
    }
    assert asked.could_become is screen(start).results[0].could_become


def test_only_somebody_known_by_words_has_places_to_choose_from() -> None:
    start = family({"relation": "sister"}, {"relation": "aunt"})
    assert list(places(start, start.position["r1"])) == []
    nowhere = UnplacedRelation("somebody who is not recorded", "aunt")
    alone = Pedigree((Person("a"), Person("b", relation=nowhere)), "a")
    assert list(places(alone, 1)) == []


def test_a_recorded_mother_leaves_the_place_of_the_father() -> None:
    start = family({"relation": "mother"}, {"relation": "parent", "tests": [RET]})
    [(words, made)] = places(start, start.position["r2"])
    assert words == "father"
    assert made.people[0].father == "r2"


def test_somebody_whose_mother_is_another_is_no_half_sibling_by_the_mother() -> None:
    start = read_native({
        "proband": "p",
        "people": [
            {"id": "p", "mother": "m"},
            {"id": "m", "sex": "female"},
            {"id": "n", "sex": "female"},
            {"id": "h", "sex": "male", "mother": "n", "relation": {"to": "p", "as": "half-brother"}},
        ],
    })  # fmt: skip
    assert [words for words, _ in places(start, 3)] == ["paternal half-brother"]


def test_nobody_becomes_their_own_ancestor() -> None:
    start = read_native({
        "proband": "p",
        "people": [
            {"id": "p"},
            {"id": "c", "mother": "p"},
            {"id": "x", "mother": "c", "sex": "female", "relation": {"to": "p", "as": "relative"}},
        ],
    })  # fmt: skip
    assert "mother" not in [words for words, _ in places(start, 2)]


def test_a_half_brother_is_of_the_second_degree_wherever_he_stands() -> None:
    start = family(
        {"relation": "mother", "tests": [NEGATIVE]},
        {"relation": "half-brother", "tests": [RET]},
    )
    asked = question(start)
    assert [answer.value for answer in asked.answers] == ["maternal half-brother", "paternal half-brother"]
    # what he carries did not come from their mother, who is negative for it
    assert [answer.then for answer in asked.answers] == [Outcome.NOT_INDICATED, Outcome.WARRANTED]
    without = family({"relation": "half-brother", "findings": [{"finding": "parathyroid adenoma", "age": 35}]})
    assert not [one for one in screen(without).results[0].questions if one.kind == "relation"]  # both say the same


def test_each_answer_gives_the_outcome_of_the_family_with_that_relative_placed() -> None:
    start = family(
        {"relation": "mother", "tests": [NEGATIVE]},
        {"relation": "aunt", "tests": [RET]},
    )
    for answer in question(start).answers:
        known = family(
            {"relation": "mother", "tests": [NEGATIVE]},
            {"relation": answer.value, "tests": [RET]},
        )
        assert screen(known).results[0].outcome is answer.then


def test_of_a_cousin_through_an_aunt_of_unknown_side_the_aunt_is_asked_about() -> None:
    start = read_native({
        "proband": "p",
        "people": [
            {"id": "p", "mother": "m"},
            {"id": "m", "sex": "female", "tests": [NEGATIVE]},
            {"id": "a", "sex": "female", "relation": {"to": "p", "as": "aunt"}},
            {"id": "c", "mother": "a", "tests": [RET]},
        ],
    })  # fmt: skip
    assert spoken_of(start, 3) == [2]
    assert question(start).person == "a"
    assert [answer.value for answer in question(start).answers] == ["mother's sister", "father's sister"]


@pytest.mark.parametrize("words", ["aunt", "half-brother", "grandmother"])
def test_who_is_negative_for_the_family_variant_is_so_on_either_side(words: str) -> None:
    start = family({"relation": words, "tests": [RET]}, tests=[NEGATIVE])
    assert screen(start).results[0].outcome is Outcome.NOT_INDICATED
    assert screen(family({"relation": words, "tests": [RET]})).results[0].outcome is Outcome.WARRANTED


def test_while_the_side_of_a_carrier_is_open_a_negative_mother_leaves_the_outcome_open() -> None:
    start = family({"relation": "aunt", "tests": [RET]}, {"relation": "mother", "tests": [NEGATIVE]})
    found = screen(start).results[0]
    assert (found.outcome, found.could_become) == (Outcome.CLARIFY, Outcome.WARRANTED)


# Giving a place


@pytest.mark.parametrize(
    ("others", "words", "name"),
    [
        ((), "mother", "mother"),
        ((), "mother's mother", "maternal grandmother"),
        (("paternal aunt",), "father's mother", "paternal grandmother"),
        (("sister",), "mother", "mother"),
    ],
)
def test_an_ancestor_takes_the_place_of_a_placeholder(others: tuple[str, ...], words: str, name: str) -> None:
    start = family({"relation": "relative", "sex": "female"}, *({"relation": one} for one in others))
    made = placed(start, start.position["r1"], words)
    assert relation_name(made, 0, made.position["r1"]) == name
    assert not [one for one in problems_of(made) if one.severity is Severity.ERROR]
    for number, other in enumerate(others, start=2):
        assert relation_name(made, made.position["self"], made.position[f"r{number}"]) == other
    lines = {id for one in made.people for id in (one.mother, one.father)} | {"self"}
    assert not [one.id for one in made.people if one.placeholder and one.id not in lines]


def test_nobody_takes_the_place_of_a_recorded_ancestor() -> None:
    start = family({"relation": "mother"}, {"relation": "parent"})
    assert placed(start, 2, "mother") == start
    man = attrs.evolve(start.people[2], sex=start.people[1].sex.MALE)
    start = attrs.evolve(start, people=(*start.people[:2], man))
    assert placed(start, 2, "mother") == start


def test_the_interview_puts_a_grandmother_of_unknown_side_above_the_parent_who_is_named() -> None:
    start = family({"relation": "grandmother", "tests": [RET]}, {"relation": "mother", "tests": [NEGATIVE]})
    interview = Interview(start)
    while (prompt := interview.prompt) is not None:
        answers = {"for-whom": "self", "side": "father"}
        interview = interview.answer(answers.get(prompt.topic))
    told = interview.family
    assert relation_name(told, told.position["self"], told.position["r1"]) == "paternal grandmother"
    assert interview.screening.outcome is Outcome.WARRANTED


def test_who_has_a_place_or_is_related_to_nobody_here_has_no_other() -> None:
    people = Person("self"), Person("a", relation=UnplacedRelation("nobody", "aunt"))
    assert [list(places(Pedigree(people, "self"), at)) for at in (0, 1)] == [[], []]


@pytest.mark.parametrize(("words", "count"), [("aunt", 2), ("great-aunt", 4), ("great-great-aunt", 8),
                                              ("great-great-great-aunt", 8)])  # fmt: skip
def test_three_generations_of_which_the_side_is_open_are_told_apart(words: str, count: int) -> None:
    people = Person("self"), Person("a", relation=UnplacedRelation("self", words))
    told = [words for words, _ in places(Pedigree(people, "self"), 1)]
    assert len(set(told)) == count
    assert all(one.count("mother") + one.count("father") == max(1, words.count("great") + 1) for one in told)

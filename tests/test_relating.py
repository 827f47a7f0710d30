"""Who a relative is, as an interview finds out: the side, whether twins are identical, who was told of already."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding, History, Person, Sex
from menscreen.screening.account import Account
from menscreen.screening.prompts import Prompt
from menscreen.screening.relating import MOST_TOLD, _parents, _twin, _who, sided

F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN
Told = tuple[list[tuple[str, str, tuple[str, ...]]], object]


def told(talk: Generator[Prompt, str | None, object], *answers: str | None) -> Told:
    """What is asked, with the choices, and what comes of it."""
    asked: list[tuple[str, str, tuple[str, ...]]] = []
    left = list(answers)
    try:
        prompt = next(talk)
        while True:
            asked.append((prompt.topic, prompt.text, tuple(str(choice.value) for choice in prompt.choices)))
            prompt = talk.send(left.pop(0))
    except StopIteration as end:
        assert not left
        return asked, end.value


def account(sex: Sex = F) -> Account:
    return Account(Pedigree((Person("self", sex=sex),), "self"))


SIDES = ("mother", "father")


@pytest.mark.parametrize(
    ("words", "answers", "questions", "meant"),
    [
        ("maternal aunt", (), [], "maternal aunt"),
        ("relative", (), [], "relative"),
        ("green", (), [], "green"),
        ("aunt", ("father",), ["Is that on your mother's side, or on your father's side?"], "father's sister"),
        ("aunt", (None,), ["Is that on your mother's side, or on your father's side?"], "aunt"),
        ("parent", ("mother",), ["Is that your mother, or your father?"], "mother"),
        (
            "grandparent",
            ("mother", "father"),
            [
                "Is that on your mother's side, or on your father's side?",
                "Is that your mother's mother, or your mother's father?",
            ],
            "mother's father",
        ),
        (
            "great-aunt",
            ("father", "mother"),
            [
                "Is that on your mother's side, or on your father's side?",
                "Is that on your father's mother's side, or on your father's father's side?",
            ],
            "father's mother's sister",
        ),
        (
            "half-sister",
            ("mother",),
            ["Is it the mother or the father who the half sister shares with you?"],
            "maternal half-sister",
        ),
        (
            "mother's half-brother",
            ("father",),
            ["Is it the mother or the father who the half brother shares with your mother?"],
            "mother's paternal half-brother",
        ),
    ],
)
def test_the_side_that_words_leave_open_is_asked_for(
    words: str, answers: tuple[str | None, ...], questions: list[str], meant: str
) -> None:
    mine = account()
    asked, result = told(sided(mine, words, mine.proband), *answers)
    assert asked == [("side", text, SIDES) for text in questions]
    assert result == meant


@pytest.mark.parametrize(
    ("sex", "words", "answers", "meant", "sex_after"),
    [
        (F, "sister", (), "sister", F),
        (F, "twin brother", (), "fraternal twin brother", F),
        (F, "identical twin", (), "identical twin", F),
        (F, "fraternal twin sister", (), "fraternal twin sister", F),
        (F, "twin sister", ("yes",), "identical twin sister", F),
        (F, "twin sister", ("no",), "fraternal twin sister", F),
        (F, "twin sister", (None,), "twin sister", F),
        (U, "twin brother", ("yes",), "identical twin brother", M),
        (U, "twin brother", ("no",), "fraternal twin brother", U),
        (U, "identical twin sister", (), "identical twin sister", F),
        (F, "mother's twin sister", (), "mother's twin sister", F),
        (M, "mother's identical twin sister", (), "mother's identical twin sister", M),
        (F, "green", (), "green", F),
    ],
)
def test_whether_a_twin_is_identical_is_asked_of_ones_own_only(
    sex: Sex, words: str, answers: tuple[str | None, ...], meant: str, sex_after: Sex
) -> None:
    mine = account(sex)
    asked, result = told(_twin(mine, words), *answers)
    question = "Are you and that twin identical, as far as anybody knows?"
    assert asked == [("zygosity", question, ("yes", "no"))] * len(answers)
    assert result == meant
    assert mine.family.people[0].sex is sex_after


FIRST = "Who had a tumor? For example: your mother, a sister, an uncle on your father's side."


def test_somebody_new_is_added_and_one_told_of_already_is_found() -> None:
    mine = account()
    asked, at = told(_who(mine, "a tumor", MOST_TOLD), "sister")
    assert (asked, at, mine.family.people[1].id) == ([("who", FIRST, ())], 1, "r1")
    mine.record(1, "insulinoma")
    again = ("same-person", "Is that somebody you have told of already?", ("r1", "other"))
    who = ("who", "And who had a tumor?", ())
    assert told(_who(mine, "a tumor", MOST_TOLD - 1), "sister", "r1") == ([who, again], 1)
    before = len(mine.family.people)
    assert told(_who(mine, "a tumor", 1), "my sister", "other") == ([who, again], before)
    assert told(_who(mine, "a tumor", 1), "sister", None)[1] == before + 1
    mother = mine.family.position[mine.family.people[0].mother or ""]
    assert told(_who(mine, "a tumor", 1), "mother") == ([who], mother)
    assert told(_who(mine, "a tumor", 1), None)[0] == [who]
    assert mine.family.people[-1].relation is not None


def test_ones_own_words_are_told_back() -> None:
    mine = account()
    mine.add("sister")
    mine.record(1, "insulinoma")
    talk = _who(mine, "a tumor", 1)
    next(talk)
    prompt = talk.send("sister")
    assert [choice.words for choice in prompt.choices] == ["your sister (insulinoma)", "no, somebody else"]
    assert Finding("insulinoma", at="people[1].findings[0]") in mine.family.people[1].findings


@pytest.mark.parametrize(
    ("answer", "known"),
    [("both", {"mother", "father"}), ("mother", {"mother"}), ("father", {"father"}), ("neither", set()), (None, set())],
)
@pytest.mark.parametrize("is_own", [True, False])
def test_of_which_parent_anything_is_known_is_asked(answer: str | None, known: set[str], is_own: bool) -> None:
    mine = account()
    mine.is_own = is_own
    who, whose = ("Would you", "your") if is_own else ("Would anybody", "her")
    text = f"{who} know if {whose} mother or father by birth had had one of these?"
    asked, _ = told(_parents(mine), answer)
    assert asked == [("parents-known", text, ("both", "mother", "father", "neither"))]
    me = mine.family.people[0]
    for role in SIDES:
        parent = mine.family.person(getattr(me, role))
        assert parent.history is (History.KNOWN if role in known else History.UNKNOWN)
        assert ("history", parent.id) in mine.settled


@pytest.mark.parametrize(("answer", "is_known"), [("yes", True), ("no", False), (None, False)])
def test_only_the_parent_of_whom_nothing_was_told_is_asked_about(answer: str | None, is_known: bool) -> None:
    mine = account()
    mine.record(mine.add("mother"), "insulinoma")
    asked, _ = told(_parents(mine), answer)
    text = "Would you know if your father by birth had had one of these?"
    assert asked == [("parent-known", text, ("yes", "no"))]
    father = mine.family.person(mine.family.people[0].father or "")
    assert father.history is (History.KNOWN if is_known else History.UNKNOWN)

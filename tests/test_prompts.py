"""How what somebody answers in an interview is understood."""

from __future__ import annotations

from typing import Any

import pytest

from menscreen.pedigree.person import MAX_AGE, Age, Scope, Sex
from menscreen.problems import UsageError
from menscreen.rules.codons import codon_of
from menscreen.rules.reasons import Kind
from menscreen.screening.answers import _FIXED, Choice, _ages, _band, _sizes, _variants
from menscreen.screening.prompts import YES_NO, Prompt, age_of, typed, understood

AGES: dict[str, tuple[int, int | None] | None] = {
    "44": (44, 44),
    "0": (0, 0),
    "125": (125, 125),
    "126": None,
    "1000": None,
    "-3": None,
    "": None,
    "green": None,
    "44 years": (44, 44),
    "44 yrs old": (44, 44),
    "44y": (44, 44),
    "44 years of age": (44, 44),
    "at 44": (44, 44),
    "aged 44": (44, 44),
    "at the age 44": (44, 44),
    "When  she 44": None,
    "30-39": (30, 39),
    "30 – 39": (30, 39),
    "30 to 39": (30, 39),
    "30 and 39": (30, 39),
    "30 or 31": (30, 31),
    "39-30": None,
    "120-126": None,
    "30s": (30, 39),
    "in my 30's": (30, 39),
    "in the early 40s": (40, 49),
    "35s": None,
    "120s": None,
    "thirties": (30, 39),
    "in her late twenties": (20, 29),
    "teens": (10, 19),
    "forties": (40, 49),
    "fifties": (50, 59),
    "sixties": (60, 69),
    "seventies": (70, 79),
    "eighties": (80, 89),
    "ninety": None,
    "Nineties": (90, 99),
    "under 40": (0, 39),
    "before 40": (0, 39),
    "below 1": (0, 0),
    "before 0": None,
    "younger than 40 years": (0, 39),
    "less than 40": (0, 39),
    "< 40": (0, 39),
    "before 126": (0, 125),
    "before 127": None,
    "over 60": (61, None),
    "after 60": (61, None),
    "above 60": (61, None),
    "older than 60": (61, None),
    "more than 60": (61, None),
    ">60": (61, None),
    "over 124": (125, None),
    "over 125": None,
    "60+": (60, None),
    "60 or older": (60, None),
    "60 years or older": (60, None),
    "60 and older": (60, None),
    "60 or more": (60, None),
    "125+": (125, None),
    "126+": None,
    "40 or younger": (0, 40),
    "40 years or younger": (0, 40),
    "40 or less": (0, 40),
    "40 and younger": (0, 40),
    "about 40": (38, 42),
    "around 1": (0, 3),
    "approximately 2": (0, 4),
    "ca. 50": (48, 52),
    "~50": (48, 52),
    "roughly 123": (121, 125),
    "about 124": None,
    "18 months": (1, 1),
    "11 months old": (0, 0),
    "12 months": (1, 1),
    "1 month": (0, 0),
    "51 weeks": (0, 0),
    "52 weeks": (1, 1),
    "104 weeks": (2, 2),
    "364 days": (0, 0),
    "365 days": (1, 1),
    "730 days": (2, 2),
    "newborn": (0, 0),
    "at birth": (0, 0),
    "baby": (0, 0),
    "infant": (0, 0),
}


@pytest.mark.parametrize("words", AGES)
def test_an_age_in_words_is_a_band_of_years(words: str) -> None:
    assert age_of(words) == AGES[words]


def prompt(kind: str, *choices: str, topic: str = "any", **more: Any) -> Prompt:
    return Prompt(topic, "?", kind, "p1", "self", tuple(Choice(f"the {one} one", one) for one in choices), **more)


@pytest.mark.parametrize(
    ("ages", "words", "recorded"),
    [
        ((0, MAX_AGE), "44", "44"),
        ((0, MAX_AGE), "30-39", "30-39"),
        ((0, MAX_AGE), "60+", "60+"),
        ((0, MAX_AGE), "before 40", "0-39"),
        ((0, MAX_AGE), "before 1", "0"),
        ((0, 50), "60 or younger", "0-50"),
        ((0, 50), "45+", "45-50"),
        ((0, 50), "50+", "50"),
        ((20, 50), "10-20", "20"),
        ((20, 50), "10-60", "20-50"),
        ((20, 50), "19", "an age from 20 to 50"),
        ((20, 50), "before 20", "an age from 20 to 50"),
        ((20, 50), "51", "an age from 20 to 50"),
        ((0, 50), "over 50", "an age of at most 50"),
        ((0, 50), "39-30", "an age in years"),
        ((0, 50), "long ago", "an age in years"),
    ],
)
def test_an_age_is_recorded_within_what_is_possible(ages: tuple[int, int], words: str, recorded: str) -> None:
    asked = prompt("age", ages=ages)
    if recorded[0].isdigit():
        assert understood(asked, words) == recorded
    else:
        assert needed(asked, words) == recorded


def needed(asked: Prompt, words: str) -> str:
    with pytest.raises(UsageError) as error:
        understood(asked, words)
    (problem,) = error.value.problems
    assert (problem.code, problem.found[:10]) == ("U005", "an answer ")
    assert problem.found.endswith("that is not understood")
    assert len(words) < 8 or words not in str(problem)
    return problem.needed


NUMBER = prompt("choice", "one", "several", topic="number")
SIZE = prompt("choice", "less than 40 mm", "more than 40 mm", topic="size")
KINDS = prompt("choice", "insulinoma", "gastrinoma", "insulin pump")
FINDINGS = prompt("choice", "insulinoma", "other", takes_words=True)


@pytest.mark.parametrize(
    ("asked", "words", "recorded"),
    [
        (NUMBER, "1", "one"),
        (NUMBER, "1.0", "one"),
        (NUMBER, "2", "several"),
        (NUMBER, "about 3", "several"),
        (NUMBER, "Both", "several"),
        (NUMBER, "more than one", "several"),
        (NUMBER, "several", "several"),
        (NUMBER, "the one", "one"),
        (NUMBER, "2 cm", None),
        (NUMBER, "", None),
        (SIZE, "3 cm", "30 mm"),
        (SIZE, "about 3,5 centimeters", "35 mm"),
        (SIZE, "12", "12 mm"),
        (SIZE, "12.5 mm", "12.5 mm"),
        (SIZE, "12 millimetres", "12 mm"),
        (SIZE, "0", None),
        (SIZE, "1", "1 mm"),
        (SIZE, "0.5 mm", "0.5 mm"),
        (SIZE, "500", "500 mm"),
        (SIZE, "501", None),
        (SIZE, "51 cm", None),
        (SIZE, "less", "less than 40 mm"),
        (prompt("choice", "one"), "2", None),
        (KINDS, "gastrinoma", "gastrinoma"),
        (KINDS, "Gastrinoma", "gastrinoma"),
        (KINDS, "the gastrinoma one", "gastrinoma"),
        (KINDS, "the gas", "gastrinoma"),
        (KINDS, "gas", "gastrinoma"),
        (KINDS, "insulinoma", "insulinoma"),
        (KINDS, "insulin", None),
        (KINDS, "", None),
        (KINDS, "glucagonoma", None),
        (prompt("yes-no")._replace(choices=YES_NO), "Y", "yes"),
        (prompt("yes-no")._replace(choices=YES_NO), "maybe", None),
        (FINDINGS, "maybe insulinoma", "insulinoma?"),
        (FINDINGS, "gastrinoma", "gastrinoma"),
        (FINDINGS, "maybe gastrinoma", "maybe gastrinoma"),
        (FINDINGS, "maybe other", None),
        (FINDINGS, "green hair", None),
        (FINDINGS, "", None),
        (prompt("text"), "NAME", "NAME"),
        (prompt("text"), "No", None),
        (prompt("text"), "", None),
        (prompt("relation"), "My mother's sister", "My mother's sister"),
        (prompt("relation"), "matrnal ant", None),
        (prompt("relation"), "me", None),
        (prompt("relation"), "stepmother", None),
        (prompt("text"), "x" * 2000, "x" * 2000),
        (prompt("text"), "x" * 2001, None),
    ],
)
def test_an_answer_is_recorded_or_refused(asked: Prompt, words: str, recorded: str | None) -> None:
    if recorded is None:
        assert needed(asked, words)
    else:
        assert understood(asked, words) == recorded


@pytest.mark.parametrize(
    ("asked", "words", "message"),
    [
        (
            KINDS,
            "lipoma",
            "an answer of 6 characters that is not understood (U005)\n  needed: one of the answers offered    "
            "fix: choose the insulinoma one, the gastrinoma one or the insulin pump one",
        ),
        (
            prompt("choice", "first"),
            "x",
            "an answer of 1 character that is not understood (U005)\n  needed: one of the answers offered    "
            "fix: choose the first one",
        ),
        (
            prompt("relation"),
            "matrnal ant",
            "an answer of 11 characters that is not understood (U005)\n  needed: a relation such as 'my mother' or 'an "
            "aunt on my father's side'    fix: write 'maternal aunt', 'paternal aunt' or 'maternal great-aunt'",
        ),
        (
            prompt("relation"),
            "zzzzzz",
            "an answer of 6 characters that is not understood (U005)\n  needed: a relation such as 'my mother' or 'an "
            "aunt on my father's side'    fix: say it with mother, brother, daughter ...",
        ),
    ],
)
def test_a_refusal_says_what_would_be_an_answer(asked: Prompt, words: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        understood(asked, words)
    assert str(error.value.problems[0]) == message


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("\x1b[31mgreen\x1b[0m\thair\x07", "green hair"),
        ("\x9b1;2Hgreen  hair\n", "green hair"),
        ("\x1b]0;title\x07green", "green"),
        ("\x1b]0;title\x1b\\green", "green"),
        ("gr\x00een\u200b", "green"),
        ("plain", "plain"),
    ],
)
def test_what_acts_on_a_terminal_is_left_out(words: str, meant: str) -> None:
    assert typed(words) == meant


def test_a_prompt_is_told_as_json_has_it() -> None:
    told = prompt("choice", "one", ages=(3, 9), site="thyroid").to_dict()
    assert told == {
        "topic": "any", "text": "?", "kind": "choice", "person": "p1", "relation": "self",
        "choices": [{"words": "the one one", "value": "one"}], "ages": [3, 9], "instead": None, "takes_words": False,
        "site": "thyroid",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "cuts", "bands"),
    [
        (0, 125, [40, 20], [("19 or younger", 0, 19), ("20-39", 20, 39), ("40 or older", 40, 125)]),
        (20, 60, [20, 21, 60, 61], [("20", 20, 20), ("21-59", 21, 59), ("60", 60, 60)]),
        (20, 99, [40], [("20-39", 20, 39), ("40-99", 40, 99)]),
        (20, 100, [40], [("20-39", 20, 39), ("40 or older", 40, 100)]),
        (0, 60, [], [("60 or younger", 0, 60)]),
        (0, 0, [1], [("0", 0, 0)]),
    ],
)
def test_ages_are_offered_in_the_bands_between_the_cuts(
    low: int, high: int, cuts: list[int], bands: list[tuple[str, int, int]]
) -> None:
    assert _ages(low, high, cuts) == [Choice(words, Age(start, end)) for words, start, end in bands]
    assert [_band(start, end, high) for _, start, end in bands] == [words for words, *_ in bands]


def test_sizes_are_offered_in_the_bands_between_the_limits() -> None:
    assert _sizes({40, None, 20}) == [
        ("more than 40 mm", 41.0), ("more than 20 mm, at most 40 mm", 40.0), ("20 mm", 20.0), ("less than 20 mm", 19.0),
    ]  # fmt: skip
    assert _sizes({20}) == [("more than 20 mm", 21.0), ("20 mm", 20.0), ("less than 20 mm", 19.0)]


def test_of_several_names_of_a_variant_that_which_says_most_is_offered() -> None:
    assert codon_of("p.Met918Thr") == codon_of("M918T")
    assert [one.words for one in _variants(["codon 918", "M918T", None, "codon 634"])] == [
        "M918T", "codon 634", "another variant",
    ]  # fmt: skip
    assert [one.value for one in _variants([None])] == ["another variant"]


def test_each_choice_of_a_fixed_list_has_its_value() -> None:
    assert {kind: dict(choices) for kind, choices in _FIXED.items()} == {
        Kind.MULTIPLE: {"several": True, "one": False},
        Kind.BILATERAL: {"both sides": True, "one side": False},
        Kind.CONFIRMED: {"confirmed": True, "not confirmed": False},
        Kind.CAUSE: {"primary": True, "secondary": False},
        Kind.SCOPE: {scope.value: scope for scope in Scope},
        Kind.SEX: {"female": Sex.FEMALE, "male": Sex.MALE},
    }

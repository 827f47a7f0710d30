"""Which words are one: plural and singular, types that stand apart, and those that look most alike."""

from __future__ import annotations

import pytest

from menscreen.vocabulary.folding import _singular, fold
from menscreen.vocabulary.nearness import nearest_keys


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("tumors", "tumor"), ("ovaries", "ovary"), ("malignancies", "malignancy"), ("masses", "mass"), ("boxes", "box"),
        ("rashes", "rash"), ("branches", "branch"), ("headaches", "headache"), ("adenomata", "adenoma"),
        ("pancreas", "pancreas"), ("thyroiditis", "thyroiditis"), ("hypothalamus", "hypothalamus"), ("mass", "mass"),
        ("gas", "gas"), ("eyes", "eye"), ("nets", "net"), ("lens", "lens"), ("goiter", "goiter"), ("toes", "toe"),
    ],
)  # fmt: skip
def test_a_plural_is_its_singular(word: str, singular: str) -> None:
    assert _singular(word) == singular


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("type 1 neurofibromatosis", "neurofibromatosis type 1"),
        ("neurofibromatosis, type II", "neurofibromatosis 2"),
        ("MEN syndrome type 2A", "MEN2A"),
        ("type 2A MEN", "MEN 2 A"),
        ("multiple endocrine neoplasia type IIb syndrome", "men2b"),
    ],
)
def test_a_type_belongs_to_what_it_numbers(words: str, same: str) -> None:
    assert fold(words) == fold(same)


@pytest.mark.parametrize(
    ("key", "known", "n", "places"),
    [
        ("abcd", {"abxy": 7}, 3, [7]),  # two of five triples each
        ("abcd", {"axyz": 7}, 3, []),
        ("abcd", {"abcd": 1, "abcx": 2, "abxy": 3}, 3, [1, 2, 3]),
        ("abcd", {"abxy": 3, "abcx": 2, "abcd": 1}, 2, [1, 2]),
        ("abcd", {"abcy": 5, "abcx": 4}, 2, [4, 5]),
        ("abcd", {"abxy": 3, "abcd": 3, "abcx": 4}, 3, [3, 4]),
        ("abcd", {"abcdabcdab": 1, "abcdabcdabc": 2}, 3, [1]),
        ("abcdabcdab", {"abcd": 1}, 3, [1]),
        ("abcdabcdabc", {"abcd": 1}, 3, []),
        ("", {"abcd": 1}, 3, []),
    ],
)
def test_the_nearest_words_are_those_with_the_most_letters_in_common(
    key: str, known: dict[str, int], n: int, places: list[int]
) -> None:
    assert nearest_keys(key, known, n) == places

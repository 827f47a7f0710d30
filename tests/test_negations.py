"""The words before a negation are what a sentence tells."""

from __future__ import annotations

import pytest

from menscreen.vocabulary import vocabulary
from menscreen.vocabulary.speech import _not_negated


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("thyroid cancer", "thyroid cancer"),
        ("thyroid cancer no pheo", "thyroid cancer"),
        ("no thyroid cancer", ""),
        ("thyroid cancer ruled out", ""),
        ("thyroid cancer ruled", "thyroid cancer ruled"),
        ("out ruled thyroid", "out ruled thyroid"),
        ("thyroid cancer negative", "thyroid cancer"),
        ("thyroid cancer negative for", "thyroid cancer"),
        ("thyroid cancer not sure", "thyroid cancer not sure"),
        ("thyroid cancer not known whether pheo", "thyroid cancer not known whether pheo"),
        ("thyroid cancer not pheo", "thyroid cancer"),
        ("thyroid cancer without", "thyroid cancer"),
        ("", ""),
    ],
)
def test_what_is_negated_is_left_out(words: str, left: str) -> None:
    assert _not_negated(words.split()) == left.split()


def test_of_organs_that_have_nothing_in_common_the_first_is_meant() -> None:
    for text, id in (
        ("tumor in the pancreas and carotid body tumor", "pancreatic-tumor"),
        ("pituitary tumor and thymus tumor", "pituitary-tumor"),
        ("thyroid cancer and a pheo", "endocrine-tumor"),
    ):
        spoken = vocabulary().tumor_spoken_of(text)
        assert spoken is not None
        assert spoken.id == id

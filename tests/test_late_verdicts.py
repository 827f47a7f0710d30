"""A verdict is explained when it is first asked for what needs explaining, and is then like any other."""

from __future__ import annotations

import pickle

import pytest

import menscreen
from menscreen.rules.examples import family
from menscreen.screening.verdict import Verdict

PEOPLE = family({"self": ["pheochromocytoma @40", "vhl"], "mother": ["medullary thyroid carcinoma @50"]})


def test_a_verdict_that_was_sent_elsewhere_is_a_plain_one_that_says_the_same() -> None:
    screening = menscreen.screen(PEOPLE)
    (told,) = screening.results
    sent = pickle.loads(pickle.dumps(told))
    assert type(sent) is Verdict
    assert sent == told == sent
    assert hash(sent) == hash(told)
    assert pickle.loads(pickle.dumps(screening)) == screening
    assert sent != menscreen.screen(PEOPLE, person="r1").results[0] != told
    assert told != "a verdict"
    assert sent.flags == screening.flags != ()
    assert sent.also == screening.also != ()


def test_there_is_nothing_else_in_a_verdict() -> None:
    with pytest.raises(AttributeError, match="risk"):
        menscreen.screen(PEOPLE).results[0].risk  # noqa: B018

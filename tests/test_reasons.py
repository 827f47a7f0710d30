"""Which open facts a criterion asks for, where the rulebooks that ship have no rule of its kind."""

from __future__ import annotations

import pytest

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Age, Person, Sex
from menscreen.rules.criteria import AgeNow, PersonIs
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.families import prepare
from menscreen.rules.reasons import Kind, Reasons

WOMAN_BELOW_50 = PersonIs(age=AgeNow(before=50), sex=Sex.FEMALE)


@pytest.mark.parametrize(
    ("age", "sex", "asked"),
    [
        (Age(40, 40), Sex.UNKNOWN, [Kind.SEX]),
        (None, Sex.FEMALE, [Kind.PERSON_AGE]),
        (Age(45, 55), Sex.UNKNOWN, [Kind.PERSON_AGE, Kind.SEX]),
        (Age(40, 40), Sex.FEMALE, []),  # met
        (Age(60, 60), Sex.UNKNOWN, []),  # whatever the sex, not met
        (None, Sex.MALE, []),
    ],
)
def test_only_what_is_open_of_age_and_sex_is_asked_for(age: Age | None, sex: Sex, asked: list[Kind]) -> None:
    family = Pedigree((Person("a", sex=sex, age=age),), "a")
    evaluation = Evaluation(Plan([WOMAN_BELOW_50], [{}]), prepare(family, (0,)))
    assert [one.kind for one in Reasons(evaluation).open_facts(WOMAN_BELOW_50, 0)] == asked

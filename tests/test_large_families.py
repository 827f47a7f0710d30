"""Very large pedigrees: in seconds, without recursion, and saying what was not looked at."""

from __future__ import annotations

import json
import random
import time

import pytest

import menscreen
from menscreen.screening.vicinity import MOST_PEOPLE, vicinity

FINDINGS = ("primary hyperparathyroidism", "papillary thyroid carcinoma", "goiter", "MTC", "thyroid cancer")


def line(people: int) -> list[dict[str, object]]:
    """A mother's mother's mother ..."""
    return [{"id": f"p{at}", "sex": "female", "mother": f"p{at + 1}"} for at in range(people - 1)] + [
        {"id": f"p{people - 1}", "sex": "female"}
    ]


def village(people: int) -> list[dict[str, object]]:
    """Random marriages over many generations; every third person has something recorded."""
    chance = random.Random(1)
    made: list[dict[str, object]] = []
    for at in range(people):
        one: dict[str, object] = {"id": f"p{at}", "sex": "female" if at % 2 else "male"}
        if at > 20:
            first = max(0, at - 500)
            one["mother"] = f"p{chance.randrange(first, at - 1) | 1}"
            one["father"] = f"p{chance.randrange(first, at - 1) & ~1}"
        if chance.random() < 0.3:
            one["findings"] = [{"finding": chance.choice(FINDINGS), "age": chance.randrange(20, 80)}]
        made.append(one)
    return made


def seconds(people: list[dict[str, object]], proband: str) -> tuple[float, menscreen.Screening]:
    document = json.dumps({"proband": proband, "people": people}).encode()
    start = time.perf_counter()
    screening = menscreen.screen(menscreen.read(document))
    assert screening.flags is not None
    return time.perf_counter() - start, screening


@pytest.mark.clock
def test_a_hundred_thousand_people_in_a_line_are_screened_in_seconds() -> None:
    took, screening = seconds(line(100_000), "p0")
    assert screening.outcome == "not-indicated"
    assert took < 20


@pytest.mark.clock
def test_a_village_of_a_hundred_thousand_is_screened_in_seconds_and_says_who_was_left_out() -> None:
    took, screening = seconds(village(100_000), "p99999")
    assert screening.outcome >= menscreen.Outcome.CONSIDER
    assert [str(problem) for problem in screening.problems] == [
        "people: 100000 people (P020)\n  needed: at most 1000 people, to be looked at whole    "
        "fix: nothing need be done: the nearest were looked at, which all statements ask for"
    ]
    assert took < 60


def test_the_nearest_people_are_kept_and_a_small_family_stays_as_it_is() -> None:
    family = menscreen.read({"proband": "p0", "people": line(50)})
    near = vicinity(family, 0, most=10)
    assert [person.id for person in near.people] == [f"p{at}" for at in range(10)]
    assert vicinity(family, 0, most=50) is family


def test_who_is_connected_with_nobody_is_not_near() -> None:
    apart = [{"id": f"alone{at}"} for at in range(20)]
    family = menscreen.read({"proband": "p0", "people": [*line(5), *apart]})
    assert [person.id for person in vicinity(family, 0, most=10).people] == [f"p{at}" for at in range(5)]


def test_a_finding_among_the_nearest_counts_in_a_very_large_pedigree() -> None:
    people = line(MOST_PEOPLE + 500)
    people[2]["findings"] = [{"finding": "MTC", "age": 40}]
    _, screening = seconds(people, "p0")
    assert screening.outcome == "consider"
    assert screening.results[0].flags[0].evidence[0].at == "people[2].findings[0]"

"""On either side of each line exactly the sources flag a family whose operators say so."""

from __future__ import annotations

import attrs
import pytest
from disagreements import TOPICS, Case, Topic

import menscreen
from menscreen.pedigree.family import FamilyHistory
from menscreen.rules.examples import family
from menscreen.screening.verdict import Outcome

CASES = [pytest.param(topic, case, id=f"{topic.title}: {case.words}") for topic in TOPICS for case in topic.cases]


def flags(id: str, case: Case) -> bool:
    people = attrs.evolve(family(case.people), family_history=FamilyHistory.ASKED)
    verdict = menscreen.screen(people, rulebooks=[id], drafts=True).results[0]
    return max(verdict.outcome, verdict.also_outcome) >= Outcome.CONSIDER


@pytest.mark.parametrize(("topic", "case"), CASES)
def test_exactly_the_sources_flag_a_family_that_say_so(topic: Topic, case: Case) -> None:
    assert {id for id in topic.sources if flags(id, case)} == topic.flagging(case)


def test_every_source_stands_on_both_sides_of_its_line_or_counts_all_or_none() -> None:
    for topic in TOPICS:
        for id, (words, _) in topic.sources.items():
            flagged = {id in topic.flagging(case) for case in topic.cases}
            whole = any(word in words for word in ("any", "every", "only", "none", "not one"))
            assert flagged == {True, False} or whole, (topic.title, id)

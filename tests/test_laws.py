"""Each law holds of the package (also in test_invariance and test_accounting), and sees what breaks it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import attrs
import pytest
from histories import effort
from hypothesis import given, strategies as st

import menscreen
from menscreen import Age, Finding, Pedigree, Person, Screening, Sex, Truth, laws
from menscreen.laws import Completing
from menscreen.laws.statements import Answers
from menscreen.rules.loading import rulebooks_of
from menscreen.strategies import completions, findings, pedigrees

FAMILY = Pedigree(
    (
        Person("ann", sex=Sex.FEMALE, mother="bea", findings=(Finding("primary-hyperparathyroidism"),)),
        Person("bea", sex=Sex.FEMALE, findings=(Finding("insulinoma", Age(44, 44)),)),
    ),
    "ann",
)


@cache
def statements() -> tuple[Answers, ...]:
    """The default rulebooks without exclusions."""
    return tuple(laws.answers_of(book, exclusions=False) for book in rulebooks_of("default"))


@effort(60)
@given(pedigrees(max_people=4, carried=False), st.data())
def test_definite_answers_survive_every_completion(family: Pedigree, data: st.DataObject) -> None:
    completed = data.draw(completions(family))
    for says in statements():
        laws.consistency(says, family, completed)


@effort(60)
@given(pedigrees(max_people=4, carried=False), findings(carried=False), st.integers(0, 3))
def test_one_more_tumor_makes_no_answer_weaker(family: Pedigree, finding: Finding, at: int) -> None:
    for says in statements():
        laws.monotonicity(says, family, family.people[at % len(family.people)].id, finding)


@effort(40)
@given(pedigrees())
def test_the_native_format_loses_nothing(family: Pedigree) -> None:
    laws.round_trip(lambda one: menscreen.convert(one, "menscreen").content, menscreen.read, family)


# What breaks them


def changed(**keys: Any) -> Callable[[Pedigree], Screening]:
    """A screening whose verdict is changed."""

    def screen(family: Pedigree) -> bytes:
        document = json.loads(laws.screenings.write_json(menscreen.screen(family)))
        document["results"][0] |= {name: value(family, document["results"][0]) for name, value in keys.items()}
        return json.dumps(document).encode()

    return screen  # type: ignore[return-value]


def broken(law: Callable[..., None], *arguments: Any) -> str:
    with pytest.raises(AssertionError) as caught:
        law(*arguments)
    return str(caught.value)


def test_names_sees_an_outcome_that_depends_on_a_name() -> None:
    screen = changed(outcome=lambda family, _: "warranted" if family.proband < "idB" else "consider")
    said = broken(laws.names, screen, FAMILY)
    assert said.startswith('other ids change results[0].outcome: "warranted" becomes "consider"')
    assert "\n  ann (proband): female; mother bea; primary-hyperparathyroidism\n" in said


def test_order_sees_that_only_the_first_person_counts() -> None:
    screen = changed(outcome=lambda family, _: family.people[0].id)
    assert broken(laws.order, screen, FAMILY).startswith("another order of people changes results[0].outcome")


def test_order_sees_that_only_the_first_record_counts() -> None:
    two = Finding("insulinoma"), Finding("goiter")
    family = Pedigree((Person("ann", findings=two),), "ann")
    screen = changed(outcome=lambda family, _: family.people[0].findings[0].term)
    assert broken(laws.order, screen, family).startswith("another order of records changes")


def test_determinism_sees_a_counter() -> None:
    count = iter(range(9))
    assert "other bytes" in broken(laws.determinism, changed(outcome=lambda *_: next(count)), FAMILY)


@pytest.mark.parametrize(
    ("accounted", "what"),
    [
        (lambda entries: entries[1:], "ann: primary-hyperparathyroidism is accounted for 0 times"),
        (lambda entries: entries * 2, "is accounted for 2 times"),
        (lambda entries: [{**one, "why": ""} for one in entries], "without a reason"),
        (lambda entries: [{**one, "role": "set-aside"} for one in entries], "set-aside, and|is set aside, and asked"),
    ],
)
def test_accounting_sees_what_is_lost_doubled_or_called_otherwise(
    accounted: Callable[[list[Any]], list[Any]], what: str
) -> None:
    said = broken(laws.accounting, changed(accounted=lambda _, result: accounted(result["accounted"])), FAMILY)
    assert re.search(what, said)


def test_round_trip_sees_what_a_format_leaves_out() -> None:
    def write(family: Pedigree) -> bytes:
        return menscreen.convert(family, "ped").content

    said = broken(laws.round_trip, write, menscreen.read, FAMILY)
    assert said.startswith("what was written comes back otherwise: asked of ann was None and is ()")


def test_round_trip_sees_people_who_are_lost() -> None:
    alone = attrs.evolve(FAMILY, people=FAMILY.people[:1])
    said = broken(laws.round_trip, lambda family: b"", lambda _: alone, FAMILY)
    assert "2 people are 1" in said


def test_spellings_sees_a_reader_that_takes_a_question_mark_for_a_value() -> None:
    def screen_json(document: bytes) -> bytes:
        return menscreen.screen_json(document.replace(b'"age": "?"', b'"age": 50'))

    said = broken(laws.spellings, screen_json, FAMILY)
    assert said.startswith('"?" at people[0].age says something else than an absent key')


def test_spellings_sees_a_reader_that_takes_an_empty_status_for_present() -> None:
    def screen_json(document: bytes) -> bytes:
        return menscreen.screen_json(document.replace(b'"status": ""', b'"status": "present"'))

    assert broken(laws.spellings, screen_json, FAMILY).startswith('status "" says something else than status null')


def test_consistency_sees_an_unknown_age_read_as_no() -> None:
    def says(family: Pedigree) -> dict[str, Truth]:
        (finding,) = family.people[0].findings
        return {"young": Truth.MET if finding.age and finding.age.top < 40 else Truth.NOT_MET}

    family = Pedigree((Person("ann", findings=(Finding("insulinoma"),)),), "ann")
    completed = Completing(rulebooks_of("default")).families(family).families
    young = next(one for one in completed if one.people[0].findings[0].age == Age(39, 39))
    said = broken(laws.consistency, says, family, young)
    assert said.startswith("young is not met, and met once what is open is filled in")


def test_monotonicity_sees_a_count_of_exactly_one() -> None:
    def says(family: Pedigree) -> dict[str, Truth]:
        return {"one": Truth.MET if len(family.people[0].findings) == 1 else Truth.NOT_MET}

    said = broken(laws.monotonicity, says, FAMILY, "ann", Finding("insulinoma"))
    assert said.startswith("one is met, and not met with one more: insulinoma of ann")


@pytest.mark.parametrize(
    "finding",
    [
        Finding("parathyroid-adenoma"),  # may be the tumor that is recorded
        Finding("insulinoma", status=menscreen.Status.ABSENT),
        Finding("dialysis"),
        Finding("nf1"),
        Finding(None, text="odd nosebleeds"),
    ],
)
def test_monotonicity_says_nothing_of_what_is_no_more_tumor(finding: Finding) -> None:
    def says(family: Pedigree) -> dict[str, Truth]:
        return {"one": Truth.MET if len(family.people[0].findings) == 1 else Truth.NOT_MET}

    laws.monotonicity(says, FAMILY, "ann", finding)


def test_a_law_takes_the_bytes_of_a_service() -> None:
    def service(family: Pedigree) -> bytes:
        return menscreen.screen_json(menscreen.convert(family, "menscreen").content)

    for law in (laws.names, laws.order, laws.determinism, laws.accounting):
        law(service, FAMILY)


def test_every_law_is_described_and_has_an_example() -> None:
    for name in laws.__all__:
        assert getattr(laws, name).__doc__

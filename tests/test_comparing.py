"""Guidelines side by side: which statement decided, and where a rulebook parts from one that says more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from own_rulebooks import book

import menscreen
from menscreen import FamilyHistory, History, Outcome, Pedigree, Person
from menscreen.reports.fhir import write_fhir
from menscreen.reports.html import write_html
from menscreen.reports.json import write_json
from menscreen.reports.markdown import write_markdown
from menscreen.reports.summary import summary_of
from menscreen.reports.text import write_text
from menscreen.rules.examples import family
from menscreen.rules.loading import shipped
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.verdict import GuidelineOutcome

SINGLE = {"self": ["parathyroid adenoma, single @39"]}
AUNT_WITH_INSULINOMA = {"self": ["female"], "mother's sister": ["insulinoma @30"]}
AUNT = {"self": ["female"], "mother's sister": ["medullary thyroid carcinoma @30"]}


def rows(people: dict[str, list[str]], *books: str | Rulebook) -> dict[str, GuidelineOutcome]:
    found = menscreen.screen(family(people), rulebooks=books).results[0].guidelines
    return {row.id: row for row in found}


def test_the_strongest_has_its_statement_and_no_fact() -> None:
    row = rows(SINGLE, "eviq-1428", "genotes-men1")["eviq-1428"]
    assert (row.outcome, row.rule, row.fact) == ("warranted", "eviq-1428/parathyroid-under-40", None)


@pytest.mark.parametrize(
    ("people", "books", "fact"),
    [
        (
            {"self": ["parathyroid adenoma, multiple @36"]},
            ("eviq-1428", "genotes-men1"),
            "36 counts at any age in eviq-1428, not at or below 35 here",
        ),
        (
            SINGLE,
            ("eviq-1428", "genotes-men1"),
            "39 counts below 40 in eviq-1428, not at or below 35 here; and any number counts in eviq-1428, only several"
            " here",
        ),
        (
            {"self": ["parathyroid adenoma, single @33"]},
            ("eviq-1428", "genotes-men1"),
            "any number counts in eviq-1428, only several here",
        ),
        (
            {"self": ["insulinoma @21"]},
            ("eviq-1428", "genotes-men1"),
            "21 counts below 40 in eviq-1428, not at or below 20 here",
        ),
        ({"self": ["gastrinoma, single @70"]}, ("eviq-1428", "eta-2012"), "speaks of MEN2A and MEN2B only"),
        (
            {"self": ["pheochromocytoma, unilateral @60"]},
            ("endo-ppgl-2014", "genotes-ppgl"),
            "60 counts at any age in endo-ppgl-2014, not below 60 here",
        ),
        (
            {"self": ["pheochromocytoma, unilateral @70"]},
            ("endo-ppgl-2014", "gr-men2"),
            "has no statement like endo-ppgl-2014/any-pheochromocytoma",
        ),
        (AUNT, ("eta-2012", "ata-2015"), "needs a RET test that is pathogenic here"),
        ({"self": ["thyroid cancer @30"]}, ("eta-2012", "men5"), "speaks of MEN5 only"),
        (
            {"self": [], "maternal cousin": ["MEN1"]},
            ("eviq-3176", "eviq-1428"),
            "the statement here does not reach a relative of degree 3",
        ),
        (
            {"self": [], "mother's father": ["parathyroid adenoma, single @38", "test MEN1 negative, full"]},
            ("eviq-1428", "de-kps-men4"),
            "the statement here is not passed on to relatives",
        ),
    ],
)
def test_a_rulebook_that_says_less_names_the_fact_on_which_it_parts(
    people: dict[str, list[str]], books: tuple[str, str], fact: str
) -> None:
    row = rows({**people, "daughter": []}, *books)[books[1]]
    assert row.outcome == "not-indicated"
    assert row.rule is None
    assert row.fact == fact


@pytest.mark.parametrize(
    ("people", "one", "other", "fact"),
    [
        (
            AUNT_WITH_INSULINOMA,
            "{ relatives = { have = INSULINOMA } }",
            "{ relatives = { within = 1, have = INSULINOMA } }",
            "any relative counts in one, only those within degree 1 here",
        ),
        (
            AUNT_WITH_INSULINOMA,
            "{ relatives = { within = 2, have = INSULINOMA } }",
            "{ relatives = { within = 1, have = INSULINOMA } }",
            "relatives within degree 2 count in one, only those within degree 1 here",
        ),
        (
            {"self": ["insulinoma @30"]},
            "INSULINOMA",
            '{ has = "insulinoma", metastatic = true }',
            "only metastatic disease counts here",
        ),
        (
            {"self": ["pituitary adenoma, 8 mm @30"]},
            '{ has = "pituitary-adenoma" }',
            '{ has = "pituitary-adenoma", larger_than = 10 }',
            "only more than 10 mm counts here",
        ),
        (
            {"self": ["insulinoma @30"]},
            "INSULINOMA",
            '{ has = "insulinoma", recurrent = true }',
            "only recurrent disease counts here",
        ),
    ],
)
def test_a_rulebook_of_a_clinic_names_the_fact_as_well(
    tmp_path: Path, people: dict[str, list[str]], one: str, other: str, fact: str
) -> None:
    written = {
        id: when.replace("INSULINOMA", '{ has = "insulinoma" }') for id, when in (("one", one), ("other", other))
    }
    books = [book(tmp_path, id, when) for id, when in written.items()]
    assert rows(people, *books)["other"].fact == fact


@pytest.mark.parametrize(
    ("test", "outcome", "fact"),
    [
        ("test CDKN1B negative, full", "not-indicated", "the test that its statement asks for was already made"),
        ("test CDKN1B negative", "clarify", "open here: how the relative is related, or what a test read"),
    ],
)
def test_a_rulebook_whose_test_was_made_says_so(tmp_path: Path, test: str, outcome: str, fact: str) -> None:
    when = '{ has = "insulinoma" }'
    books = book(tmp_path, "one", when), book(tmp_path, "other", when, gene="CDKN1B")
    row = rows({"self": ["insulinoma @30", test], "daughter": []}, *books)["other"]
    assert (row.outcome, row.fact) == (outcome, fact)


def test_what_is_open_in_a_rulebook_is_named() -> None:
    row = rows({"self": ["parathyroid adenoma @33"]}, "eviq-1428", "genotes-men1")["genotes-men1"]
    assert (row.outcome, row.rule) == ("clarify", "genotes-men1/multigland-parathyroid-by-35")
    assert row.fact == "open here: the number of the parathyroid adenoma"


def test_a_weaker_statement_and_a_farther_relative_are_told() -> None:
    found = rows({"self": ["pheochromocytoma, bilateral @40"]}, "genotes-ppgl", "endo-ppgl-2014")
    assert found["endo-ppgl-2014"].fact == "met here too, by a statement that says consider"
    mutual = {"self": ["female"], "mother": ["test RET pathogenic"], "mother's sister": ["medullary thyroid carcinoma"]}
    assert rows(mutual, "gr-men2", "nhs-r218-swt")["nhs-r218-swt"].fact == (
        "for a relative of degree 2 the statement here counts as consider"
    )


def test_rulebooks_that_agree_have_no_facts() -> None:
    for people in ({"self": ["goiter"]}, {"self": ["gastrinoma, single @30"]}):
        found = rows(people, "eviq-1428")
        assert [row.fact for row in found.values()] == [None]


def test_every_rulebook_that_says_less_has_a_fact() -> None:
    for people in (SINGLE, AUNT, {"self": ["pheochromocytoma @60"]}, {"self": ["thyroid cancer"]}):
        found = menscreen.screen(family({**people, "daughter": []}), profile="everything").results[0].guidelines
        strongest = max(row.outcome for row in found)
        assert {row.id for row in found} <= set(shipped())
        for row in found:
            assert (row.fact is None) == (row.outcome is strongest), row
            assert (row.rule is None) == (row.outcome == "not-indicated"), row


NOTHING_KNOWN = [
    pytest.param(Pedigree((Person("p", asked=()), Person("m", asked=())), "p"), id="a file that cannot carry tumors"),
    pytest.param(Pedigree((Person("p", history=History.UNKNOWN), Person("m")), "p"), id="nobody could ask"),
    pytest.param(Pedigree((Person("p"),), "p", family_history=FamilyHistory.NOT_ASKED), id="no relative"),
]


@pytest.mark.parametrize("people", NOTHING_KNOWN)
def test_where_silence_says_nothing_nothing_is_said_not_to_be_indicated(people: Pedigree) -> None:
    screening = menscreen.screen(people)
    (verdict,) = screening.results
    assert (verdict.outcome, verdict.also_outcome) == (Outcome.CLARIFY, Outcome.CLARIFY)
    assert {row.outcome for row in verdict.guidelines} == {Outcome.CLARIFY}
    summary = summary_of([screening])
    assert set(summary.outcomes) == set(summary.also_outcomes) == {"clarify"}
    assert {outcome for row in summary.guidelines.values() for outcome in row} == {"clarify"}


@pytest.mark.parametrize("people", NOTHING_KNOWN)
def test_no_report_says_of_such_a_family_what_is_not_indicated(people: Pedigree) -> None:
    screening = menscreen.screen(people)
    for report in (write_text(screening), write_markdown(screening), write_html(screening)):
        assert "Open, since too little is known, by " in " ".join(report.split())
        assert "Not indicated" not in report
    told = json.loads(write_json(screening))["results"][0]
    told.pop("questions")  # what an answer would give
    assert "not-indicated" not in json.dumps(told)
    assert b"not-indicated" not in write_fhir(screening)


def test_a_rulebook_says_the_same_beside_others_as_by_itself() -> None:
    books = ("eta-2012", "cowden", "eviq-1428", "genotes-men1")
    for people in (*(one.values[0] for one in NOTHING_KNOWN), family(SINGLE), family(AUNT)):
        for row in menscreen.screen(people, rulebooks=books).results[0].guidelines:
            alone = menscreen.screen(people, rulebooks=(row.id,)).results[0]
            assert row.outcome is max(alone.outcome, alone.also_outcome), row.id


def test_a_statement_that_a_profile_leaves_out_is_not_said_to_be_missing() -> None:
    people = family({"self": ["pheochromocytoma, unilateral @70"]})
    facts = {row.id: row.fact for row in menscreen.screen(people).results[0].guidelines}
    assert facts["se-ppgl"] == "has no statement like endo-ppgl-2014/any-pheochromocytoma that runs in this profile"
    assert facts["gr-men2"] == "has no statement like endo-ppgl-2014/any-pheochromocytoma"


def test_the_order_of_two_records_of_a_tumor_changes_no_row() -> None:
    mother = {
        "id": "self",
        "sex": "female",
        "findings": [{"finding": "acral keratosis"}, {"finding": "gonadotroph macroadenoma", "age": 4}],
    }
    tumors = [{"finding": "adrenal tumor", "age": 4}, {"finding": "adrenal tumor", "age": 5, "status": "suspected"}]
    told = []
    for findings in (tumors, tumors[::-1]):
        child = {"id": "child", "mother": "self", "findings": findings}
        family = menscreen.read({"proband": "self", "people": [mother, child]})
        told.append(menscreen.screen(family).results[0].guidelines)
    assert told[0] == told[1]
    assert any(row.fact is not None and row.fact.startswith("open here: ") for row in told[0])

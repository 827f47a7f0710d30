"""Actions and notes of rulebooks: with which flags they are shown."""

from __future__ import annotations

import re
from pathlib import Path

import menscreen
from menscreen.rules.examples import family
from menscreen.rules.loading import full_rulebook, load, shipped
from menscreen.rules.rulebook import Rulebook

PERCENT = re.compile(r"\d ?%|\d percent")
#: An action that gives a number says of whom it holds.
POPULATION = re.compile(
    r"famil|unselected|general population|population|cohort|series|adults|clinic|of people|carriers|patients"
)

OWN = """
[guideline]
id = "own"
title = "Own"
publisher = "A clinic"
edition = "1"
url = "https://example.org"
read = "2026-11"
syndromes = ["MEN1"]
status = "{status}"

[definitions.operated]
says = "a tumor of the pituitary"
has = "pituitary-tumor"

[[rules]]
id = "gland"
says = "Test a parathyroid adenoma."
locator = "1"
provenance = "verbatim"
strength = "warranted"
genes = ["MEN1"]
actions = ["First its own."]
when = {{ has = "parathyroid-adenoma" }}

[[rules]]
id = "net"
says = "Test an insulinoma."
locator = "2"
provenance = "verbatim"
strength = "warranted"
genes = ["MEN1"]
when = {{ has = "insulinoma" }}
"""
ACTION = """
[[actions]]
id = "{id}"
says = "{says}"
statement = []
locator = "page 1"
provenance = "verbatim"
{more}
"""


def book(tmp_path: Path, *actions: tuple[str, str, str], status: str = "active") -> Rulebook:
    path = tmp_path / "own.toml"
    text = OWN.format(status=status) + "".join(ACTION.format(id=id, says=says, more=more) for id, says, more in actions)
    path.write_text(text)
    return load(path)


def shown(tmp_path: Path, people: dict[str, list[str]], *actions: tuple[str, str, str]) -> dict[str, tuple[str, ...]]:
    screening = menscreen.screen(family(people), rulebooks=[book(tmp_path, *actions)])
    return {f"{flag.rule} {flag.relation}": flag.actions for flag in screening.flags}


def test_an_action_is_shown_with_its_source_after_those_of_the_rule(tmp_path: Path) -> None:
    found = shown(tmp_path, {"self": ["parathyroid adenoma"]}, ("a", "Measure calcium.", ""))
    assert found == {"own/gland self": ("First its own.", "Measure calcium. (own, page 1)")}


def test_an_action_for_a_rule_is_shown_with_that_rule_only(tmp_path: Path) -> None:
    people = {"self": ["parathyroid adenoma", "insulinoma"]}
    found = shown(tmp_path, people, ("a", "Fast for three days.", 'rules = ["net"]'))
    assert found == {"own/gland self": ("First its own.",), "own/net self": ("Fast for three days. (own, page 1)",)}


def test_an_action_for_another_syndrome_is_not_shown(tmp_path: Path) -> None:
    found = shown(tmp_path, {"self": ["insulinoma"]}, ("a", "Look at the eyes.", 'syndromes = ["VHL"]'))
    assert found == {"own/net self": ()}


def test_a_condition_is_asked_of_the_person_whose_history_raised_the_flag(tmp_path: Path) -> None:
    people = {"self": ["insulinoma"], "mother": ["parathyroid adenoma", "pituitary adenoma"]}
    found = shown(tmp_path, people, ("a", "Look at the fields of vision.", 'when = { meets = "operated" }'))
    assert found == {
        "own/net self": (),
        "own/gland mother": ("First its own.", "Look at the fields of vision. (own, page 1)"),
    }


def test_an_open_condition_shows_nothing(tmp_path: Path) -> None:
    found = shown(tmp_path, {"self": ["insulinoma"]}, ("a", "Young.", 'when = { has = "insulinoma", before = 30 }'))
    assert found == {"own/net self": ()}


def test_no_text_stands_twice_in_a_flag(tmp_path: Path) -> None:
    found = shown(tmp_path, {"self": ["insulinoma"]}, ("a", "Once.", ""), ("b", "Once.", 'rules = ["net"]'))
    assert found == {"own/net self": ("Once. (own, page 1)",)}


def test_the_page_shows_an_action_once(tmp_path: Path) -> None:
    screening = menscreen.screen(
        family({"self": ["insulinoma", "parathyroid adenoma"]}), rulebooks=[book(tmp_path, ("a", "Once.", ""))]
    )
    from menscreen.reports.text import write_text

    assert write_text(screening).count("Once. (own, page 1)") == 1


def test_the_statement_of_a_draft_says_that_its_wording_is_not_confirmed(tmp_path: Path) -> None:
    draft = book(tmp_path, status="draft")
    flag = menscreen.screen(family({"self": ["insulinoma"]}), rulebooks=[draft], drafts=True).flags[0]
    assert flag.statement == "Test an insulinoma. (Wording not confirmed.)"


def test_numbers_in_actions_say_of_whom_they_hold() -> None:
    for id in shipped():
        for action in full_rulebook(id).actions:
            assert not PERCENT.search(action.says) or POPULATION.search(action.says), (id, action.id)


def test_every_action_of_a_rule_names_a_rule_that_there_is() -> None:
    books = [full_rulebook(id) for id in shipped()]
    known = {f"{book.id}/{rule.id}" for book in books for rule in book.rules}
    for book in books:
        ids = [action.id for action in book.actions]
        assert len(set(ids)) == len(ids), book.id
        for action in book.actions:
            named = {rule if "/" in rule else f"{book.id}/{rule}" for rule in action.rules}
            assert named <= known, (book.id, action.id)

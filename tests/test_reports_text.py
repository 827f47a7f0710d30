"""The text report: what stands first, how people are named, and that nothing in it can do harm."""

from __future__ import annotations

import os
import re
from pathlib import Path

import attrs
import pytest
from handmade import OTHER, flag, screening, verdict
from hypothesis import given, settings, strategies as st

import menscreen
import menscreen.reports
from menscreen.pedigree.person import Age
from menscreen.problems import Problem, Severity
from menscreen.reports.layout import columns, harmless, wrapped
from menscreen.reports.text import write_problems, write_text
from menscreen.reports.writing import save
from menscreen.screening.verdict import GuidelineOutcome, Outcome, Urgency

FORBIDDEN = re.compile(
    r"high.risk|low.risk|\bpositive\b|\bcleared\b|\bsafe\b|ruled out|has MEN|\bmutation|you need|\d ?%", re.IGNORECASE
)


def page(*verdicts: object, **options: object) -> str:
    return write_text(screening(*verdicts), **options)  # type: ignore[arg-type]


def heads(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.isupper() and not line.startswith(" ")]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_outcome_stands_first_and_the_closing_last() -> None:
    lines = page().splitlines()
    assert lines[0] == "family-0042 (menscreen 0.1.0)"
    assert lines[2].startswith("MEN: consider. An evaluation of the person screened (p1) for MEN1 can be")
    assert "not a diagnosis" in flat(" ".join(lines[-2:]))


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("also_outcome", list(Outcome))
def test_both_outcomes_are_said_and_the_other_syndromes_lead_only_when_men_is_not_indicated(
    outcome: Outcome, also_outcome: Outcome
) -> None:
    text = page(verdict(outcome=outcome, also_outcome=also_outcome))
    men, other = text.index(f"MEN: {outcome}"), text.index(f"Other syndromes (VHL): {also_outcome}")
    leads = outcome is Outcome.NOT_INDICATED and also_outcome is not Outcome.NOT_INDICATED
    assert (other < men) is leads


def test_the_headline_names_the_relative_it_comes_through_and_whom_to_evaluate_first() -> None:
    text = flat(page())
    assert "It comes through the mother (p2)." in text
    assert "In this family: evaluate the mother (p2) first (affected and living)." in text


def test_a_question_about_another_syndrome_says_that_men_stays_as_it_is() -> None:
    family = menscreen.read(
        {
            "proband": {},
            "relatives": [{"relation": "mother", "findings": [{"finding": "breast cancer"}]}],
        }
    )
    text = flat(write_text(menscreen.screen(family)))
    assert "30 or younger, 31 or older -> MEN stays not-indicated" in text


def test_the_facts_tell_what_the_statement_rests_on_beside_the_age() -> None:
    finding = {"finding": "primary hyperparathyroidism", "age": 60, "multiple": True, "recurrent": True}
    family = menscreen.read({"proband": {"findings": [finding]}, "relatives": [{"relation": "mother"}]})
    text = flat(write_text(menscreen.screen(family)))
    assert "Person screened (self): primary hyperparathyroidism at 60 (several, recurrent)." in text


def test_two_sisters_with_one_tumor_are_told_apart() -> None:
    sister = {"relation": "sister", "findings": [{"finding": "papillary thyroid carcinoma"}]}
    text = flat(write_text(menscreen.screen(menscreen.read({"proband": {}, "relatives": [sister, sister, sister]}))))
    carcinoma = "papillary thyroid carcinoma of the sister"
    assert f"the {carcinoma} (r1) with the {carcinoma} (r2)" in text
    assert "carcinoma alone" not in text


def test_a_question_with_very_many_answers_names_the_first() -> None:
    sister = {"relation": "sister", "findings": [{"finding": "endocrine tumor"}]}
    text = flat(write_text(menscreen.screen(menscreen.read({"proband": {}, "relatives": [sister]}))))
    assert re.search(r"decides (\S+, ){7}\S+ and \d+ more", text)


def test_urgency_and_notices_stand_above_the_details() -> None:
    text = page(verdict(urgency=Urgency.URGENT))
    assert text.index("Urgency: URGENT") < text.index("PLEASE NOTE") < text.index("Exclude pheo") < text.index("WHY")
    assert "Urgency" not in page(verdict(urgency=None))


def test_the_sections_have_their_order() -> None:
    assert heads(page()) == [
        "PLEASE NOTE",
        "WHY",
        "WHAT POINTS ELSEWHERE",
        "WHAT TO ASK",
        "LIMITS",
        "SET ASIDE",
        "GUIDELINES SIDE BY SIDE",
        "SOURCES",
        "PROBLEMS IN THE INPUT",
    ]


def test_statements_on_the_same_facts_stand_under_them_once() -> None:
    second = flag(rule="genotes-men1/phpt", statement="Hyperparathyroidism in a young adult")
    third = flag(rule="x/y", age=Age(50, 50))
    text = page(verdict(flags=(flag(), second, third), also=()))
    assert text.count("at 31.") == 1
    assert text.count("at 50.") == 1
    assert text.index("at 31.") < text.index("before 40") < text.index("young adult") < text.index("at 50.")


def test_facts_that_come_again_later_are_not_repeated() -> None:
    again = flag(rule="z/z", statement="Any parathyroid tumor")
    text = page(verdict(flags=(flag(), flag(rule="x/y", age=Age(50, 50)), again), also=()))
    assert text.count("at 31.") == 1
    assert text.index("Any parathyroid tumor") < text.index("at 50.")


def test_a_statement_met_by_several_people_is_written_once() -> None:
    text = flat(page(verdict(flags=(flag(), flag("p4", "maternal aunt")), also=())))
    assert text.count("Parathyroid adenoma or hyperplasia before 40") == 1
    assert "also warranted: Maternal aunt (p4): primary hyperparathyroidism at 31" in text


def test_a_guideline_has_a_row_with_the_statement_that_decided_or_the_fact_on_which_it_parts() -> None:
    rows = (
        GuidelineOutcome("eviq-1428", Outcome.WARRANTED, "eviq-1428/parathyroid-under-40"),
        GuidelineOutcome("genotes-men1", Outcome.CLARIFY, "genotes-men1/two", "open here: the number of the adenoma"),
    )
    table = write_text(screening(attrs.evolve(verdict(), guidelines=rows))).split("SIDE BY SIDE\n")[1].split("\n\n")[0]
    assert table == (
        "  eviq-1428     warranted      parathyroid-under-40\n"
        "  genotes-men1  clarify        two; open here: the number of the adenoma"
    )


def test_guidelines_that_indicate_nothing_share_a_sentence_by_the_reason() -> None:
    rows = (
        GuidelineOutcome("men5", Outcome.NOT_INDICATED, None, "speaks of MEN5 only"),
        GuidelineOutcome("gr-men4", Outcome.NOT_INDICATED, None, "needs a MEN1 test that is negative here"),
        GuidelineOutcome("eviq-1428", Outcome.CLARIFY, "eviq-1428/two", "open here: the number"),
        GuidelineOutcome("eta-2012", Outcome.WARRANTED, "eta-2012/mtc"),
        GuidelineOutcome("cnc", Outcome.NOT_INDICATED, None, "speaks of CNC only"),
        GuidelineOutcome("de-kps-men4", Outcome.NOT_INDICATED, None, "needs a MEN1 test that is negative here"),
    )
    table = write_text(screening(attrs.evolve(verdict(), guidelines=rows))).split("SIDE BY SIDE\n")[1].split("\n\n")[0]
    assert table.split("\n") == [
        "  eta-2012   warranted      mtc",
        "  eviq-1428  clarify        two; open here: the number",
        "  Not indicated by gr-men4, de-kps-men4 (needs a MEN1 test that is negative",
        "  here). On other syndromes only: men5, cnc.",
    ]


def test_a_statement_names_guideline_locator_and_how_its_wording_was_seen() -> None:
    text = flat(page())
    assert "eviq-1428, bullet 2; wording seen in the source" in text
    assert "gr-vhl, table 1; wording seen in a secondary source" in text
    assert "MEN1 and CDKN1B: genetic testing (2024)" in text
    assert OTHER.url in text


def test_a_test_already_done_is_said() -> None:
    assert "already tested" in flat(page(verdict(flags=(flag(done=True),), also=())))
    assert "already tested" not in page()


def test_a_question_says_what_each_answer_would_do() -> None:
    text = page()
    assert "1. Father (p3): What kind of thyroid cancer was it?" in text
    assert "medullary -> warranted" in text
    assert "papillary, follicular -> clarify" in text
    assert "could add MEN2A, MEN2B" in text
    assert "decides eta-2012/mtc" in text
    assert "could make this warranted" in flat(text)


def test_what_was_set_aside_is_named_with_its_reason() -> None:
    aside = page().split("SET ASIDE")[1].split("GUIDELINES")[0]
    assert "Maternal aunt (p4): goiter: benign disease" in aside
    assert "hyperparathyroidism" not in aside


def test_several_people_are_listed_before_their_pages() -> None:
    text = page(verdict("p1"), verdict("p2", outcome=Outcome.WARRANTED))
    assert text.index("p2: warranted; other syndromes: consider") < text.index("WHY")


def test_forbidden_words_never_stand_in_the_sentences_of_the_report() -> None:
    for outcome in Outcome:
        for urgency in (None, *Urgency):
            text = page(verdict(outcome=outcome, also_outcome=outcome, urgency=urgency, flags=(flag(done=True),)))
            assert not FORBIDDEN.search(flat(text.split("PROBLEMS IN THE INPUT")[0]))


def test_color_changes_nothing_but_the_color() -> None:
    colored = page(color=True)
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == page()
    assert "\x1b" not in page()


nasty = st.text(max_size=120) | st.text("\x1b[2J\x9b\u202e\r\n\t\b x家", max_size=200)


@settings(max_examples=150)
@given(id=nasty, person=nasty.filter(bool), statement=nasty, width=st.integers(40, 100))
def test_no_line_is_wider_and_no_control_character_is_left(id: str, person: str, statement: str, width: int) -> None:
    made = verdict(person, flags=(flag(person=person, statement=statement),))
    text = write_text(screening(made, id=id), width=width)
    assert all(columns(line) <= width for line in text.splitlines())
    assert text.replace("\n", "").isprintable()


def test_a_word_of_a_hundred_thousand_characters_is_broken() -> None:
    lines = write_text(screening(verdict("x" * 100_000))).splitlines()
    assert max(map(len, lines)) == 80


@given(st.text())
def test_escaping_leaves_printable_text_alone_and_nothing_else(text: str) -> None:
    assert harmless(text).isprintable()
    assert not text.isprintable() or harmless(text) == text


@given(st.lists(st.text("abc", min_size=1, max_size=9)), st.integers(40, 100))
def test_wrapping_keeps_every_word(words: list[str], width: int) -> None:
    assert " ".join(wrapped(" ".join(words), width, "", "")).split() == words


def test_a_problem_shows_its_source_place_need_and_fix_and_no_control_character() -> None:
    problem = Problem("D004", Severity.ERROR, "people[0]", "an unknown key\n\x1b[2J", "a key of the table", "drop it")
    assert write_problems([problem], "a\x1bb.json") == (
        "a\\x1bb.json: people[0]: an unknown key\\x0a\\x1b[2J (D004)\n  needed: a key of the table    fix: drop it\n"
    )


def test_the_report_module_says_nothing_that_is_forbidden() -> None:
    modules = list(Path(menscreen.reports.__file__).parent.rglob("*.py"))
    assert len(modules) > 6
    written = {module.name: re.sub(r"max-width:100%|:\.\d%}", "", module.read_text()) for module in modules}
    assert not [name for name, text in written.items() if FORBIDDEN.search(text)]


def test_an_interruption_after_the_file_has_its_name_stays_an_interruption(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.replace

    def interrupted(one: str, other: str) -> None:
        rename(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(b"whole", tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_bytes() == b"whole"

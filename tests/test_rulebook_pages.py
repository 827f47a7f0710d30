"""The pages made from the rulebooks are in step with them; what stands by hand stays."""

from __future__ import annotations

from rulebook_pages import DOCS, pages

from menscreen.rules.loading import full_rulebook, shipped


def test_every_page_is_as_the_rulebooks_make_it() -> None:
    stale = [path.name for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    assert stale == [], "python tests/rulebook_pages.py writes them anew"


def test_there_is_a_page_for_each_rulebook_and_no_other() -> None:
    assert {path.stem for path in (DOCS / "rulebooks").glob("*.md")} == set(shipped())


def test_a_page_holds_every_statement_reading_and_example() -> None:
    for id in shipped():
        page = (DOCS / "rulebooks" / f"{id}.md").read_text("utf-8")
        book = full_rulebook(id)
        for rule in book.rules:
            assert rule.says in page
            assert all(reading.decision in page for reading in rule.readings)
            assert all(f"| {example.answer} |" in page for example in rule.examples)
        assert all(action.says in page for action in book.actions)


def test_the_general_readings_stand_by_hand_above_those_of_the_rules() -> None:
    by_hand, _, made = (DOCS / "readings.md").read_text("utf-8").partition("<!-- made: readings -->")
    for title in ("Findings", "Counting and ages", "Whose statements count", "Explained", "Safety"):
        assert f"\n## {title}\n" in by_hand
    assert "### eviq-1428" in made

"""The lock: what counts as a change of a rule, and that none goes without a row."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from menscreen.problems import RulebookError
from menscreen.rules import locking
from menscreen.rules.criteria import AnyOf, Has, Meets
from menscreen.rules.loading import FOLDER, full_rulebook, shipped
from menscreen.rules.locking import (
    CHANGES,
    LOCK,
    Locked,
    digest,
    digests,
    locked,
    problems_of,
    renewed,
    undescribed,
    written as lock_text,
)
from menscreen.rules.rulebook import Reach, Strength
from menscreen.rules.verifying import check

replace = msgspec.structs.replace
BOOK = full_rulebook("eviq-1428")
RULE = BOOK.rules[1]


def test_every_shipped_rule_answers_as_it_is_locked() -> None:
    problems = [str(problem) for id in shipped() for problem in problems_of(full_rulebook(id))]
    assert problems == []


def test_every_change_and_every_rule_that_is_gone_has_a_row() -> None:
    assert list(undescribed(locked(), CHANGES.read_text(encoding="utf-8"))) == []


def test_the_lock_is_written_as_it_would_be_anew() -> None:
    now = digests(full_rulebook(id) for id in shipped())
    assert LOCK.read_text(encoding="utf-8") == lock_text(renewed(locked(), now))


@pytest.mark.parametrize(
    "changed",
    [
        replace(RULE, when=Has("insulinoma", before=41)),
        replace(RULE, strength=Strength.CONSIDER),
        replace(RULE, reach=Reach.ANY),
        replace(RULE, self_only=True),
        replace(RULE, genes=("CDKN1B",)),
        replace(RULE, syndromes=("MEN4",)),
        replace(RULE, closes=not RULE.closes),
        replace(RULE, defines=("MEN4",)),
    ],
)
def test_what_can_change_an_answer_changes_the_digest(changed: object) -> None:
    assert digest(changed, BOOK.definitions) != digest(RULE, BOOK.definitions)  # type: ignore[arg-type]


def test_words_examples_and_other_definitions_do_not_change_it() -> None:
    other = replace(RULE, says="Otherwise said.", locator="elsewhere", examples=(), readings=(), actions=("Do.",))
    assert digest(other, {**BOOK.definitions, "unused": Has("insulinoma")}) == digest(RULE, BOOK.definitions)


def test_a_definition_that_is_reached_through_another_changes_it() -> None:
    rule = replace(RULE, when=Meets("outer"))
    one = {"outer": AnyOf((Meets("inner"),)), "inner": Has("insulinoma", before=40)}
    other = {**one, "inner": Has("insulinoma", by=40)}
    assert digest(rule, one) != digest(rule, other)


def test_a_changed_a_new_and_a_lost_rule_are_told() -> None:
    known = locked()
    name = f"{BOOK.id}/{RULE.id}"
    changed = {**known, name: Locked("0", "0")}
    assert [(one.code, one.where) for one in problems_of(BOOK, changed)] == [("R013", "eviq-1428.toml: rules[1]")]
    new = {rule: line for rule, line in known.items() if rule != name}
    assert [one.found for one in problems_of(BOOK, new)] == ["a rule that is not locked"]
    lost = {**known, "eviq-1428/was-here": Locked("1", "1")}
    assert [one.found for one in problems_of(BOOK, lost)] == ["a locked rule that is missing"]


def test_a_change_needs_a_row_of_four_cells_with_its_digest() -> None:
    lines = renewed({"a/b": Locked("1", "1"), "a/c": Locked("1", "1")}, {"a/b": "2", "a/d": "3"})
    assert lines == {"a/b": Locked("1", "2"), "a/c": Locked("1", "-"), "a/d": Locked("3", "3")}
    assert len(list(undescribed(lines, ""))) == 2
    page = "| `a/b` | `2` | narrower | at 40 |\n| `a/c` | `-` | gone | all |\n"
    assert list(undescribed(lines, page)) == []
    assert len(list(undescribed(lines, page.replace("narrower", "")))) == 1
    assert len(list(undescribed(renewed(lines, {"a/b": "4"}), page))) == 2


def test_checking_a_shipped_file_looks_at_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from menscreen.rules import locking

    assert check(FOLDER / "men5.toml") == []
    monkeypatch.setattr(locking, "LOCK", tmp_path / "rules.lock")
    assert {problem.code for problem in check(FOLDER / "men5.toml")} == {"R013"}
    own = tmp_path / "men5.toml"
    own.write_bytes((FOLDER / "men5.toml").read_bytes())
    assert check(own) == []


def test_the_lock_is_written_once_every_change_has_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, page = tmp_path / "rules.lock", tmp_path / "rulebook-changes.md"
    monkeypatch.setattr(locking, "LOCK", lock)
    monkeypatch.setattr(locking, "CHANGES", page)
    before = LOCK.read_text(encoding="utf-8").splitlines(keepends=True)
    rule, first, _ = before[1].split()
    lock.write_text("".join([before[0], f"{rule} {'0' * len(first)} {first}\n", *before[2:]]), encoding="utf-8")
    with pytest.raises(RulebookError) as error:
        locking.update()
    assert {problem.where for problem in error.value.problems} == {"rulebook-changes.md"}
    assert any(f"`{rule}`" in problem.found for problem in error.value.problems)
    page.write_text(CHANGES.read_text(encoding="utf-8"), encoding="utf-8")
    lock.write_text("".join(before), encoding="utf-8")
    locking.update()
    assert lock.read_text(encoding="utf-8") == "".join(before)

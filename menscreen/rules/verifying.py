"""Everything that can be wrong with a rulebook: its form, its examples, and for a shipped one the lock."""

from __future__ import annotations

from pathlib import Path

from menscreen.problems import Problem, RulebookError
from menscreen.rules.examples import failing
from menscreen.rules.loading import FOLDER, load
from menscreen.rules.locking import problems_of


def check(path: Path) -> list[Problem]:
    """Every problem of a rulebook file, examples that do not give their answer among them.

    A shipped rulebook must answer as the lock says (`menscreen.rules.locking`).
    """
    try:
        book = load(path)
    except RulebookError as error:
        return list(error.problems)
    is_shipped = path.resolve().parent == FOLDER.resolve()
    return failing(book) + (problems_of(book) if is_shipped else [])

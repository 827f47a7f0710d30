"""The page of problem codes is in step with the table."""

from __future__ import annotations

import problem_page


def test_the_page_of_problems_is_in_step_with_the_codes() -> None:
    assert problem_page.PAGE.read_text(encoding="utf-8") == problem_page.page(), "run python tests/problem_page.py"

"""The page of names is in step with what the package offers."""

from __future__ import annotations

import names_page

import menscreen


def test_the_page_of_names_is_in_step_with_the_package() -> None:
    assert names_page.PAGE.read_text(encoding="utf-8") == names_page.page(), "run python tests/names_page.py"


def test_every_name_says_what_it_is() -> None:
    for name in menscreen.__all__:
        assert getattr(menscreen, name).__doc__, name

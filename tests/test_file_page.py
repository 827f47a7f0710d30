"""Files written by others are read, or refused with something that a stranger can act on."""

from __future__ import annotations

from pathlib import Path

import pytest
from file_page import FILES, PAGE, files, page

import menscreen
from menscreen.formats.table import FORMATS
from menscreen.pedigree.family import Pedigree
from menscreen.problems import PedigreeError

pytestmark = pytest.mark.skipif(not FILES.exists(), reason="the files of others are not here")


def became(path: Path, format: str | None = None) -> Pedigree | PedigreeError:
    try:
        return menscreen.read(path, format=format)
    except PedigreeError as refused:
        return refused


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_is_read_or_refused(path: Path) -> None:
    found = became(path)
    if isinstance(found, PedigreeError):
        assert all(problem.needed and problem.fix and problem.found for problem in found.problems)
        assert len(str(found)) < 20_000
    else:
        assert found.proband in found.position
        assert menscreen.screen(found).results


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}/{path.name}")
@pytest.mark.parametrize("id", FORMATS)
def test_no_reader_breaks_on_the_file_of_another_format(id: str, path: Path) -> None:
    found = became(path, id)
    if isinstance(found, PedigreeError):
        assert all(problem.needed and problem.fix for problem in found.problems)
    else:
        assert found.people


def test_the_page_tells_what_becomes_of_each_file() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python tests/file_page.py`"

"""Every Python and console block of the README and the docs runs and prints what it shows.

``python tests/test_docs.py`` writes what the console blocks print now into the pages.
"""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "examples/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(python|pycon|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[object]:
    """The blocks in a language; a page name and a line tell them apart."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for match in BLOCK.finditer(text):
            if match[1] == language:
                line = text.count("\n", 0, match.start()) + 2
                found.append(pytest.param(match[2], id=f"{page.relative_to(ROOT)}:{line}"))
    return found


@pytest.fixture
def beside_the_examples(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("block", blocks("python"))
def test_a_python_block_runs(block: str) -> None:
    exec(compile(block, "block", "exec"), {})


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```pycon\n" in page.read_text()], ids=lambda page: page.name
)
def test_the_python_sessions_of_a_page_give_what_they_show(page: Path) -> None:
    sessions = "\n".join(match[2] for match in BLOCK.finditer(page.read_text()) if match[1] == "pycon")
    test = doctest.DocTestParser().get_doctest(sessions, {}, page.name, None, 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert result.attempted
    assert not result.failed, "".join(said)


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("block", blocks("console"))
def test_a_console_block_prints_what_it_shows(block: str) -> None:
    assert block == printed(block)


def printed(block: str) -> str:
    """The block with what its commands print now."""
    commands = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    assert commands, "a console block shows a command"
    return "".join(f"$ {command}\n{output(command)}" for command in commands)


def output(command: str) -> str:
    program, *words = shlex.split(command)
    assert program == "menscreen", "only menscreen is shown in console blocks"
    done = subprocess.run(
        [sys.executable, "-m", "menscreen", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.stdout


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def refresh() -> None:
    for page in PAGES:
        text = page.read_text()
        fresh = BLOCK.sub(
            lambda match: f"```console\n{printed(match[2])}```" if match[1] == "console" else match[0], text
        )
        if fresh != text:
            page.write_text(fresh)


if __name__ == "__main__":
    with contextlib.chdir(ROOT):
        refresh()

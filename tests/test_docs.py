"""Every Python and console block of the README and the docs runs and prints what it shows.

``python tests/test_docs.py`` writes what the console blocks print now into the pages.
"""

from __future__ import annotations

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


def blocks(page: Path, *languages: str) -> list[tuple[int, str]]:
    """The blocks of a page in these languages, each with its line."""
    text = page.read_text()
    return [
        (text.count("\n", 0, match.start()) + 2, match[2]) for match in BLOCK.finditer(text) if match[1] in languages
    ]


def pages_with(*languages: str) -> list[object]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES if blocks(page, *languages)]


@pytest.fixture
def beside_the_examples(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("page", pages_with("python", "pycon"))
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path) -> None:
    names: dict[str, object] = {}
    for line, block in blocks(page, "python", "pycon"):
        if ">>>" not in block:
            exec(compile("\n" * (line - 1) + block, str(page), "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(block, {}, page.name, str(page), line - 1)
        test.globs = names
        said: list[str] = []
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append, clear_globs=False)
        assert result.attempted
        assert not result.failed, "".join(said)


@pytest.mark.parametrize("page", pages_with("console"))
def test_the_console_blocks_of_a_page_print_what_they_show(page: Path) -> None:
    for _, block in blocks(page, "console"):
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
        cwd=ROOT,
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
    refresh()

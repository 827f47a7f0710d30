"""Every block of the README and the docs runs: Python, commands with what they print, and families as JSON.

``python tests/test_docs.py`` writes what the commands print now into the pages, and draws the tutorial's picture.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import menscreen

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "examples/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: A block with its language; before it the name of the file that a page tells its reader to write it into.
BLOCK = re.compile(r"(?:`([\w.-]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: A page of the tutorial's picture, and the file there that the picture is a copy of.
TUTORIAL, PICTURE, DRAWN = ROOT / "docs/tutorial.md", ROOT / "docs/tutorial.svg", "family.svg"


#: Pages whose Python needs an extra, and what must be there for it.
NEEDS = {ROOT / "docs/cluster.md": ("pyspark", "pandas", "polars", "pyarrow")}


def blocks(page: Path, *languages: str) -> list[tuple[int, str]]:
    """The blocks of a page in these languages, each with its line."""
    text = page.read_text()
    return [
        (text.count("\n", 0, match.start(2)) + 2, match[3]) for match in BLOCK.finditer(text) if match[2] in languages
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
    for package in NEEDS.get(page, ()):
        pytest.importorskip(package, reason="pip install 'menscreen[cluster-test]'")
    if "pyspark" in NEEDS.get(page, ()) and shutil.which("java") is None:
        pytest.skip("no Java here (Debian: openjdk-17-jre-headless)")
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


@pytest.mark.usefixtures("beside_the_examples")
@pytest.mark.parametrize("page", pages_with("console"))
def test_the_commands_of_a_page_print_what_it_shows(page: Path) -> None:
    text = page.read_text()
    assert text == refreshed(text)
    if page == TUTORIAL:
        assert Path(DRAWN).read_text() == PICTURE.read_text(), "run python tests/test_docs.py"


@pytest.mark.parametrize("page", pages_with("json"))
def test_the_families_of_a_page_can_be_read(page: Path) -> None:
    for _, block in blocks(page, "json"):
        assert menscreen.read(json.loads(block)).people


def test_every_task_of_the_command_page_works(tmp_path: Path) -> None:
    table = (ROOT / "docs/command.md").read_text().split("| to | write |")[1].split("\n\n")[0]
    commands = re.findall(r"`menscreen (.*?)`", table)
    assert len(commands) > 10
    example = (ROOT / "examples/men1-three-generations.json").read_text()
    (tmp_path / "families").mkdir()
    for name in ("family.json", "families/one.json", "families/two.json"):
        (tmp_path / name).write_text(example)
    (tmp_path / "families.ndjson").symlink_to(ROOT / "examples/families.ndjson")
    (tmp_path / "my.toml").symlink_to(ROOT / "menscreen/rulebooks/eta-2012.toml")
    for command in commands:
        line = f"{shlex.quote(sys.executable)} -m menscreen {command}"
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True)
        rejected = 3 if command.startswith("batch") else 0
        assert done.returncode == (1 if "--fail-on" in command else rejected), (command, done.stderr)


def test_no_block_escapes_the_tests() -> None:
    """The README's shell commands are run by CI; a text is what something said that other tests run."""
    for page in PAGES:
        languages = {match[2] for match in BLOCK.finditer(page.read_text())}
        others = {"sh"} if page == ROOT / "README.md" else {"text"}
        assert languages <= {"python", "pycon", "console", "json", *others}, page


def test_the_first_page_lists_every_page() -> None:
    """Its lists are the navigation of the site, which adds the pages in a folder to the page of its name."""
    listed = re.findall(r"^- \[.*?\]\((.*?)\)", (ROOT / "docs/index.md").read_text(), re.MULTILINE)
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert pages | {"../CHANGELOG.md", "../examples/README.md"} == set(listed)
    for folder in {path.parent for path in (ROOT / "docs").glob("*/*.md")}:
        assert folder.with_suffix(".md").exists()


def test_the_glossary_has_the_words_of_results_and_formats() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text()
    words = [menscreen.Outcome, menscreen.Role, menscreen.Urgency, menscreen.Status, menscreen.Origin, menscreen.Result]
    for word in [one.value.replace("-", "[- ]") for kind in words for one in kind]:
        assert re.search(rf"\b{word}\b", glossary), word


def refreshed(text: str) -> str:
    """A page with what its commands print now, run one after the other in this folder, with the files it tells of."""

    def fresh(match: re.Match[str]) -> str:
        name, language, block = match.groups()
        if name is not None:
            Path(name).write_text(block)
        return match[0].replace(block, printed(block)) if language == "console" else match[0]

    return BLOCK.sub(fresh, text)


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
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(ROOT / "examples", Path(folder, "examples"))
            os.chdir(folder)
            text = page.read_text()
            if (fresh := refreshed(text)) != text:
                page.write_text(fresh)
            if page == TUTORIAL:
                PICTURE.write_text(Path(DRAWN).read_text())


if __name__ == "__main__":
    refresh()

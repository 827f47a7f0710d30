"""The README's promise: two commands, each on a line of its own, that set themselves up; CI runs them as printed."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def commands() -> list[str]:
    section = README.split("\n## Try it\n")[1].split("\n## ")[0]
    return [line for block in re.findall(r"^```sh\n(.*?)^```$", section, re.M | re.S) for line in block.splitlines()]


def test_there_are_two_commands_and_each_sets_itself_up() -> None:
    screen, test = commands()
    for command in (screen, test):
        assert command.startswith("python3 -m venv ")
        assert "pip install" in command
    assert re.search(r"menscreen screen examples/[a-z0-9-]+\.json$", screen)
    assert test.endswith("-m pytest -q")
    assert "[test]" in test


def test_the_screened_example_is_there() -> None:
    assert (ROOT / commands()[0].rpartition(" ")[2]).exists()


def test_ci_takes_the_commands_from_the_readme_and_runs_them_unchanged() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "sed -n '/^## Try it/,/^## /p' README.md" in script
    assert 'bash -c "${commands[0]}"' in script
    assert 'bash -c "${commands[1]}"' in script
    assert "pytest -q" in commands()[1]

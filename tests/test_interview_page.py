"""The page of the interview shows what is said at a terminal now.

``python tests/test_interview_page.py`` writes the transcript into the page.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from terminal import Terminal

PAGE = Path(__file__).parents[1] / "docs" / "interview.md"
BLOCK = re.compile(
    r"(?<=<!-- transcript: written by tests/test_interview_page.py -->\n```text\n)(.*?)(?=^```$)", re.M | re.S
)

LINES = (
    *("1", "1", "34", "2", "1", "31", "8", "1", "8", "1", "my mom", "5", "44"),
    *("4", "matrnal ant", "my aunt", "1", "1", "?", "8", "8", "yes", "?", "one", "?"),
)


def transcript(folder: Path) -> str:
    """What is shown at a terminal, with what was typed, up to the first paragraph of the report."""
    terminal = Terminal(["ask"], folder)
    left = iter(LINES)
    while terminal.heard().endswith("> "):
        terminal.say(next(left, ""))
    assert terminal.status() == 0
    report = terminal.shown.index("\nMEN: ")
    end = terminal.shown.index("\n\n", report)
    return "\n".join(line.rstrip() for line in f"$ menscreen ask\n{terminal.shown[:end]}".splitlines()) + "\n"


def test_the_page_shows_what_is_said(tmp_path: Path) -> None:
    found = BLOCK.search(PAGE.read_text())
    assert found is not None
    assert found[1] == transcript(tmp_path)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        shown = transcript(Path(folder))
    PAGE.write_text(BLOCK.sub(lambda match: shown, PAGE.read_text(), count=1))

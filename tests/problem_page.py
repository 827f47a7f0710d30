"""The page of the docs that lists the problem codes; ``python tests/problem_page.py`` writes it anew."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from menscreen.problems import CODES

PAGE = Path(__file__).parents[1] / "docs" / "problems.md"
PARTS = {
    "D": "The document",
    "P": "People and their relations",
    "A": "Ages and years",
    "F": "Findings",
    "T": "Genetic tests",
    "R": "Rulebooks and profiles",
    "U": "Usage",
    "B": "Batches",
}
HEAD = """# Problems

An input is checked whole, and every problem is told at once. Each has a `code`, a `severity` (an `error` stops the
reading, a `warning` is reported beside the result), the place (`where`), what was `found`, what is `needed` and how
to mend it (`fix`). `found` quotes words of the vocabulary only, otherwise it tells the kind and the length of what
stood there: no id, name or date of birth reaches a message.
"""


def page() -> str:
    """The text of the page."""
    parts = [HEAD]
    for letter, codes in groupby(CODES, key=lambda code: code[0]):
        rows = "".join(f"| {code} | {CODES[code]} |\n" for code in codes)
        parts.append(f"\n## {PARTS[letter]}\n\n| code | meaning |\n|---|---|\n{rows}")
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

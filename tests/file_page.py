"""The page that tells what became of files written by others; ``python tests/file_page.py`` writes it anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import menscreen
from menscreen.formats.table import FORMATS
from menscreen.problems import PedigreeError

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "formats" / "files.md"
FILES = ROOT.parent / "shared" / "formats" / "data"
HEAD = """# Files of others

What became of public files that other systems and projects wrote; none of them is part of this project. *Warnings* are
the codes of [problems.md](../problems.md); most say that a word is not in the vocabulary and is kept as text. The
definitions and code tables of a standard are no families, and are refused as such.
"""
TOP = "| file | read as | people | findings | tests | warnings |\n|---|---|---|---|---|---|\n"


def files() -> list[Path]:
    """Every file, in order; none when the collection is not here."""
    return sorted(path for path in FILES.rglob("*") if path.is_file() and path.parent != FILES)


def page() -> str:
    """The text of the page."""
    parts = [HEAD]
    for folder in dict.fromkeys(path.parent for path in files()):
        parts.append(f"\n## {folder.name}\n\n{TOP}")
        parts += [f"| `{path.name}` | {' | '.join(_became(path))} |\n" for path in files() if path.parent == folder]
    return "".join(parts)


def _became(path: Path) -> Iterator[str]:
    try:
        family = menscreen.read(path)
    except PedigreeError as refused:
        problem = refused.problems[0]
        yield f"refused ({problem.code}): {problem.found}; {problem.fix}".replace("|", "\\|")
        yield from [""] * 4
        return
    codes = Counter(problem.code for problem in family.problems)
    yield FORMATS[family.format].name
    yield str(sum(not person.placeholder for person in family.people))
    yield str(sum(len(person.findings) for person in family.people))
    yield str(sum(len(person.tests) for person in family.people))
    yield ", ".join(f"{code} ×{times}" if times > 1 else code for code, times in sorted(codes.items()))


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")

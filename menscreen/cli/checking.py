"""``menscreen check``."""

from __future__ import annotations

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import Files, FormatOfFiles, Strict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(check)


def check(
    files: Files,
    strict: Strict = False,
    from_: FormatOfFiles = None,
) -> None:
    """Print every problem of families, screening nothing."""
    from menscreen.cli.console import each, emit, named, source
    from menscreen.formats.reading import read
    from menscreen.reports.layout import harmless
    from menscreen.reports.text import write_problems

    def page(file: str) -> str:
        family = read(source(file), strict=strict, format=from_)
        return write_problems(family.problems, named(file)) or f"{harmless(named(file))}: no problems\n"

    emit("".join(each([(file, file) for file in files], page)))

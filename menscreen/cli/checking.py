"""``menscreen check``."""

from __future__ import annotations

from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(check)


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Pedigree files; - is standard input.")],
    strict: Annotated[bool, typer.Option("--strict", help="Refuse words that the vocabulary does not know.")] = False,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="The format of the files; default: content tells.")
    ] = None,
) -> None:
    """Print every problem of families, screening nothing."""
    from menscreen.cli.console import Failures, emit, named, source
    from menscreen.formats.reading import read
    from menscreen.reports.layout import harmless
    from menscreen.reports.text import write_problems

    failures = Failures()
    pages = []
    for file in files:
        with failures.of(file):
            family = read(source(file), strict=strict, format=from_)
            name = named(file)
            pages.append(write_problems(family.problems, name) or f"{harmless(name)}: no problems\n")
    failures.stop_if_any()
    emit("".join(pages))

"""``menscreen convert``."""

from __future__ import annotations

from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import FormatOfFile, Output, Strict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(convert)


def convert(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A pedigree file; - is standard input.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FORMAT", help="The format to write.")] = None,
    from_: FormatOfFile = None,
    output: Output = None,
    template: Annotated[
        str | None, typer.Option(metavar="FORMAT", help="Write an empty file of this format to be filled in.")
    ] = None,
    strict: Strict = False,
) -> None:
    """Write a family in another format.

    Before anything is written, everything that the format cannot carry is named on standard error. Without --to the
    ending of OUT decides.
    """
    from menscreen.cli.console import each, emit, named, source
    from menscreen.formats.table import named as format_named, to_write

    if template is not None:
        emit(_template(template), output)
        return
    if file is None or (to is None and output is None):
        raise typer.BadParameter("a FILE and --to FORMAT (or -o OUT) are needed")
    target = to_write(to, output or "")
    if from_ is not None:
        format_named(from_)
    from menscreen.conversion import convert as converted
    from menscreen.reports.text import write_problems

    [done] = each([(file, file)], lambda file: converted(source(file), target.id, format=from_, strict=strict))
    typer.echo(write_problems(done.problems, named(file)), err=True, nl=False)
    for loss in done.losses:
        typer.echo(f"{target.name} cannot carry: {loss}", err=True)
    emit(done.content, output)


def _template(format: str) -> bytes:
    from menscreen.formats.table import FORMATS, named

    found = named(format).template
    if found is None:
        having = ", ".join(one.id for one in FORMATS.values() if one.template is not None) or "no format"
        raise typer.BadParameter(f"there is a template of {having} only", param_hint="--template")
    return found

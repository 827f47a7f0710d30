"""``menscreen draw``."""

from __future__ import annotations

from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import Drafts, FormatOfFile, Guideline, Output, Person, Profile, Strict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(draw)


def draw(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A pedigree file; - is standard input.")],
    output: Output = None,
    person: Person = None,
    profile: Profile = None,
    guideline: Guideline = None,
    drafts: Drafts = False,
    plain: Annotated[bool, typer.Option("--plain", help="Screen nothing and mark nothing.")] = False,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="The title, which screen readers say.")
    ] = "Family pedigree",
    strict: Strict = False,
    from_: FormatOfFile = None,
) -> None:
    """Draw the pedigree of a family as an SVG picture.

    The facts that the outcome rests on are marked. The picture shows the labels of people, or their ids. An OUT that
    ends in .png or .pdf is converted, if menscreen[pictures] is installed.
    """
    from menscreen.cli.console import Failures, emit, source
    from menscreen.reports.drawing.picture import draw as drawn

    if plain:
        from menscreen.formats.reading import read

        failures = Failures()
        with failures.of(file):
            family, screening = read(source(file), strict=strict, format=from_), None
        failures.stop_if_any()
    else:
        from menscreen.cli.screening import asked
        from menscreen.screening.screen import screened

        families, program = asked([file], profile, guideline, drafts, strict, from_)
        family = families[0][1]
        failures = Failures()
        with failures.of(file):
            screening = screened(family, program, person=person)
        failures.stop_if_any()
    emit(_as_asked(drawn(family, screening, title=title), output), output)


def _as_asked(picture: str, output: str | None) -> str | bytes:
    """The picture in the format that the ending of the output asks for."""
    from menscreen.cli.console import Failures
    from menscreen.reports.drawing.converting import ENDINGS, converted

    ending = next((ending for ending in ENDINGS if (output or "").lower().endswith(ending)), None)
    if ending is None:
        return picture
    failures = Failures()
    content = b""
    with failures.of(output or ""):
        content = converted(picture, ending)
    failures.stop_if_any()
    return content

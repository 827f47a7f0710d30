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
    from menscreen.cli.console import each, emit, source
    from menscreen.reports.drawing.picture import draw as drawn

    if plain:
        from menscreen.formats.reading import read

        [family] = each([(file, file)], lambda file: read(source(file), strict=strict, format=from_))
        screening = None
    else:
        from menscreen.cli.screening import asked, screenings_of

        families, program = asked([file], profile, guideline, drafts, strict, from_)
        family = families[0][1]
        [screening] = screenings_of(families, program, person)
    emit(_as_asked(drawn(family, screening, title=title), output), output)


def _as_asked(picture: str, output: str | None) -> str | bytes:
    """The picture in the format that the ending of the output asks for."""
    from menscreen.cli.console import each
    from menscreen.reports.drawing.converting import ENDINGS, converted

    ending = next((ending for ending in ENDINGS if (output or "").lower().endswith(ending)), None)
    if ending is None:
        return picture
    [content] = each([(output or "", picture)], lambda picture: converted(picture, ending))
    return content

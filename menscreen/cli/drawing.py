"""``menscreen draw``."""

from __future__ import annotations

from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(draw)


def draw(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A pedigree file; - is standard input.")],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT", help="Write to a file, whole or not at all.")
    ] = None,
    person: Annotated[str | None, typer.Option(metavar="ID", help="Screen this person, not the proband.")] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Run the rulebooks of this profile, such as australia.")
    ] = None,
    guideline: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|PATH", help="Run this rulebook instead of a profile (may be given again)."),
    ] = None,
    drafts: Annotated[bool, typer.Option("--drafts", help="Also run rulebooks whose wording nobody has seen.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Screen nothing and mark nothing.")] = False,
    title: Annotated[
        str, typer.Option(metavar="TEXT", help="The title, which screen readers say.")
    ] = "Family pedigree",
    strict: Annotated[bool, typer.Option("--strict", help="Refuse words that the vocabulary does not know.")] = False,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="The format of the file; default: its content tells.")
    ] = None,
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

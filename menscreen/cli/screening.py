"""``menscreen screen``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import Drafts, Everyone, Files, FormatOfFiles, Guideline, Person, Profile, Strict

if TYPE_CHECKING:
    from menscreen.pedigree.family import Pedigree
    from menscreen.rules.rulebook import Rulebook
    from menscreen.screening.program import Program
    from menscreen.screening.verdict import Outcome, Screening


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(screen)


def screen(
    files: Files,
    person: Person = None,
    everyone: Everyone = False,
    profile: Profile = None,
    guideline: Guideline = None,
    drafts: Drafts = False,
    strict: Strict = False,
    from_: FormatOfFiles = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="The report: text, markdown, html, json or fhir; default: the ending of OUT tells, else text.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="Write the report to a file, whole or not at all."),
    ] = None,
    fail_on: Annotated[
        str | None, typer.Option(metavar="OUTCOME", help="Exit with 1 if an outcome is this or stronger.")
    ] = None,
    men_only: Annotated[
        bool,
        typer.Option("--men-only", help="Let --fail-on read the outcome for MEN only, not that for other syndromes."),
    ] = False,
) -> None:
    """Screen families by published guidelines.

    Says which statements are met, on which people and facts that rests, what is open and what to ask. A FILE is a
    pedigree in any format that docs/formats.md lists. Nothing is written if anything is wrong with any file; every
    problem goes to standard error with its place.
    """
    from menscreen.cli.console import emit, one_of
    from menscreen.screening.verdict import Outcome

    if format is None:
        format = _format_of(output)
    one_of(format, ("text", "markdown", "html", "json", "fhir"), "--format")
    if format == "html" and len(files) > 1:
        raise typer.BadParameter("an HTML page holds one family: name one FILE", param_hint="--format")
    limit = None if fail_on is None else Outcome(one_of(fail_on, list(Outcome), "--fail-on"))
    families, program = asked(files, profile, guideline, drafts, strict, from_)
    screenings = screenings_of(families, program, person, everyone=everyone)
    emit(_text(screenings, output) if format == "text" else _lines(screenings, format), output)
    if limit is not None and any(_reaches(one, limit, men_only) for one in screenings):
        raise typer.Exit(1)


def asked(
    files: list[str],
    profile: str | None,
    guideline: list[str] | None,
    drafts: bool,
    strict: bool,
    format: str | None = None,
) -> tuple[list[tuple[str, Pedigree]], Program]:
    """Read the families and the rulebooks; every problem of any of them is printed before the command ends."""
    from menscreen.cli.console import Failures, source
    from menscreen.formats.reading import read
    from menscreen.rules.loading import load
    from menscreen.screening.program import program_of

    failures = Failures()
    rulebooks: list[Rulebook] = []
    for named in guideline or ():
        with failures.of(named):
            rulebooks.append(load(named))
    families: list[tuple[str, Pedigree]] = []
    for file in files:
        with failures.of(file):
            families.append((file, read(source(file), strict=strict, format=format)))
    if len(rulebooks) == len(guideline or ()):
        with failures.of(""):
            program = program_of(rulebooks or None, profile=profile, drafts=drafts)
    failures.stop_if_any()
    return families, program


def screenings_of(
    families: list[tuple[str, Pedigree]], program: Program, person: str | None, *, everyone: bool = False
) -> list[Screening]:
    """Screen families; every problem of any of them is printed before the command ends."""
    from menscreen.cli.console import each
    from menscreen.screening.screen import screened

    return each(families, lambda family: screened(family, program, person=person, everyone=everyone))


def _format_of(output: str | None) -> str:
    if output is None:
        return "text"
    from menscreen.reports.writing import format_of

    return format_of(output) or "text"


def _lines(screenings: list[Screening], format: str) -> bytes:
    from menscreen.reports.writing import render

    between = b"\n---\n\n" if format == "markdown" else b""
    return between.join(render(screening, format) for screening in screenings)


def _text(screenings: list[Screening], output: str | None) -> str:
    from menscreen.cli.console import wants_color, width
    from menscreen.reports.text import write_text

    is_shown = output in (None, "-")
    columns, color = (width(), wants_color()) if is_shown else (80, False)
    return f"\n{'=' * columns}\n\n".join(write_text(one, width=columns, color=color) for one in screenings)


def _reaches(screening: Screening, limit: Outcome, men_only: bool) -> bool:
    """Whether anybody's outcome is the limit or stronger; that for other syndromes counts unless `men_only`."""
    return any(
        not outcome < limit
        for verdict in screening.results
        for outcome in ((verdict.outcome,) if men_only else (verdict.outcome, verdict.also_outcome))
    )

"""``menscreen batch``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import Drafts, Everyone, FormatOfFiles, Guideline, Profile, Strict


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(batch)


def batch(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="A file with a family in each line; - is standard input.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="Where the results go; - is standard output.")
    ] = "-",
    everyone: Everyone = False,
    profile: Profile = None,
    guideline: Guideline = None,
    drafts: Drafts = False,
    strict: Strict = False,
    from_: FormatOfFiles = None,
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of a Parquet file, the column with the families.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOMES",
            help="Write only families of whom anybody's outcome is or could become one of these, such as "
            "warranted,consider; rejected ones are written too.",
        ),
    ] = None,
    men_only: Annotated[
        bool,
        typer.Option(
            "--men-only", help="Let --only and --summary read the outcome for MEN only, not that for other syndromes."
        ),
    ] = False,
    summary: Annotated[
        str | None,
        typer.Option(metavar="OUT", help="Write what was counted: as a page if OUT ends in .html, else as JSON."),
    ] = None,
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="So many processes; default: one for each core.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")] = False,
) -> None:
    """Screen many families, one in each line, into as many results, in the same order.

    A line is a family as JSON: a pedigree, a FHIR bundle or a phenopacket. A line that is no family becomes a result
    with its problems. The status is 3 if there was any.
    """
    from menscreen.cli.console import abandoned, one_of
    from menscreen.cli.progress import Told
    from menscreen.screening.verdict import Outcome
    from menscreen.streaming.batch import batch as screened_batch

    wanted = [one_of(word.strip(), list(Outcome), "--only") for word in (only or "").split(",") if word.strip()]
    if only is not None and not wanted:
        raise typer.BadParameter("name at least one outcome", param_hint="--only")
    if workers is not None and not (workers.isdecimal() and len(workers) < 10 and int(workers)):
        raise typer.BadParameter(f"{workers!r} is not a number of processes, such as 2", param_hint="--workers")
    with Told() as told, abandoned():
        total = screened_batch(
            source if source != "-" else sys.stdin.buffer,
            output if output != "-" else sys.stdout.buffer,
            everyone=everyone,
            profile=profile,
            rulebooks=guideline or None,
            drafts=drafts,
            strict=strict,
            format=from_,
            column=column,
            only=wanted,
            men_only=men_only,
            workers=None if workers is None else int(workers),
            resume=resume,
            summary=summary,
            progress=told.progress,
        )
        told.end(total)
        if total.rejected:
            raise typer.Exit(3)

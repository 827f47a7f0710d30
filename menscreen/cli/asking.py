"""``menscreen ask``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand

if TYPE_CHECKING:
    from menscreen.cli.kept import Kept
    from menscreen.pedigree.family import Pedigree
    from menscreen.screening.interview import Interview

#: Where the family goes when no file is named.
DEFAULT_OUTPUT = "family.json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(ask)


def ask(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A family of which something is known.")] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help="Where the family goes, as pedigree JSON.")
    ] = DEFAULT_OUTPUT,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ask what the rulebooks of this profile need.")
    ] = None,
) -> None:
    """Ask about a family, then write it down and screen it.

    Questions go to standard error, the report to standard output. After each answer the interview is kept beside OUT,
    in OUT.interview, until it ends; the same command goes on with it.
    """
    from menscreen.cli.conversing import Conversation, quoted
    from menscreen.cli.kept import Kept
    from menscreen.problems import UsageError
    from menscreen.screening.interview import Interview

    start = None if file is None else _read(file)
    kept = Kept(output)
    unfinished = kept.interview(start)
    _check_profile(profile, unfinished)
    _check_output(file, output, kept, unfinished)
    conversation = Conversation(kept, [*quoted(file), *quoted(output, DEFAULT_OUTPUT, "-o")])
    try:
        interview = conversation.begun(Interview(start, (), profile), unfinished)
        interview = conversation.held(interview)
        _write(interview, file, output)
    except KeyboardInterrupt:
        conversation.save()
        conversation.say_how_to_go_on()
        raise typer.Exit(130) from None
    except EOFError:
        conversation.say_how_to_go_on()
        return
    except UsageError:
        conversation.say_how_to_go_on()
        raise
    kept.forget()
    _report(interview, output)


def _read(file: str) -> Pedigree:
    from menscreen.cli.console import each, source
    from menscreen.formats.reading import read

    if file == "-":
        raise typer.BadParameter("standard input is where the answers come from; name a file", param_hint="FILE")
    [family] = each([(file, file)], lambda file: read(source(file)))
    return family


def _check_profile(profile: str | None, unfinished: Interview | None) -> None:
    """Refuse to go on with other rulebooks: what they ask is other, and the answers would stand under it."""
    if unfinished is None or profile in (None, unfinished.profile):
        return
    from menscreen.problems import UsageError

    begun = "without a profile" if unfinished.profile is None else f"with the profile {unfinished.profile}"
    same = "without --profile" if unfinished.profile is None else f"with --profile {unfinished.profile}"
    fix = f"go on {same}, or name another file with -o to begin anew"
    raise UsageError.of("U006", f"an interview that was begun {begun}", "the profile it was begun with", fix)


def _check_output(file: str | None, output: str, kept: Kept, unfinished: Interview | None) -> None:
    """Refuse to write over a family, unless it is the one that is being completed."""
    if output == "-":
        raise typer.BadParameter("the family needs a file; the report goes to standard output", param_hint="-o")
    if not os.path.exists(output) or _are_same(file, output):
        return
    found, fix = f"{output} is there already", "name another file"
    if unfinished is not None:
        if _is_written(unfinished, output):
            return
        found += f", and an interview that is not finished is kept in {kept.path}"
        fix = f"give {output} another name and call the same command to go on"
    raise typer.BadParameter(f"{found}; {fix}", param_hint="-o")


def _are_same(file: str | None, output: str) -> bool:
    return file is not None and os.path.exists(output) and os.path.samefile(file, output)


def _content(interview: Interview) -> bytes:
    from menscreen.formats.table import to_write

    return to_write("menscreen").write(interview.family)


def _is_written(interview: Interview, output: str) -> bool:
    """Whether the interview came to its end and was cut off only after its family was there."""
    if interview.prompt is not None or not os.path.isfile(output):
        return False
    with open(output, "rb") as file:
        return file.read() == _content(interview)


def _write(interview: Interview, file: str | None, output: str) -> None:
    """Write the family; over a file only if it is the one that the interview completes, as it was.

    Raises:
        UsageError: the file cannot be written, or was not there, or not so, when the interview began.
    """
    from menscreen.reports.writing import save

    content = _content(interview)
    if _is_written(interview, output):
        return
    if _are_same(file, output):
        _check_unchanged(interview, output)
    save(content, output, is_new=not _are_same(file, output))


def _check_unchanged(interview: Interview, file: str) -> None:
    """Refuse to write over a family that is no longer what the interview began with."""
    from menscreen.formats.reading import read
    from menscreen.problems import PedigreeError, UsageError

    try:
        digest = read(file).digest
    except PedigreeError:
        digest = None
    if interview.start is None or digest != interview.start.digest:
        found = f"{file} was changed while it was completed"
        fix = f"give the changed file another name, and {file} the family that the interview began with, to go on"
        raise UsageError.of("U003", found, "the family that the interview began with", fix)


def _report(interview: Interview, output: str) -> None:
    """Say where the family is, and what it comes to."""
    from menscreen.cli.console import emit, wants_color, width
    from menscreen.reports.text import write_text

    typer.echo(f"\nThank you. The family is in {output}; this is what it comes to:\n", err=True)
    emit(write_text(interview.screening, width=width(), color=wants_color()))

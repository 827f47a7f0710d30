"""``menscreen explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand
from menscreen.cli.options import Drafts, Files, Guideline, Profile, Strict

if TYPE_CHECKING:
    from menscreen.screening.counterfactuals import Counterfactual


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(explain)


def explain(
    files: Files,
    person: Annotated[str | None, typer.Option(metavar="ID", help="Explain for this person, not the proband.")] = None,
    profile: Profile = None,
    guideline: Guideline = None,
    drafts: Drafts = False,
    strict: Strict = False,
    format: Annotated[str, typer.Option(metavar="text|json", help="The format of the answer.")] = "text",
) -> None:
    """Say what would have met the statements that are not met.

    For each statement the nearest recorded fact is named, and how it would have to be. What is not recorded is asked
    about by `menscreen screen`.
    """
    from menscreen.cli.console import each, emit, one_of
    from menscreen.cli.screening import asked
    from menscreen.screening.counterfactuals import near_misses

    one_of(format, ("text", "json"), "--format")
    families, program = asked(files, profile, guideline, drafts, strict)
    found = each(families, lambda family: near_misses(family, program, person=person))
    emit(_text(found) if format == "text" else _lines(found), None)


def _text(families: list[tuple[Counterfactual, ...]]) -> str:
    from menscreen.cli.console import width
    from menscreen.reports.layout import wrapped

    lines: list[str] = []
    for found in families:
        lines += [""] if lines else []
        lines += [] if found else ["No single recorded fact would meet a further statement."]
        for one in found:
            lines += wrapped(f"{one.rule} {one.sentence}.", width(), "- ", "  ")
    return "\n".join(lines) + "\n"


def _lines(families: list[tuple[Counterfactual, ...]]) -> bytes:
    import attrs
    import msgspec

    return b"".join(msgspec.json.encode([attrs.asdict(one) for one in found]) + b"\n" for found in families)

"""The Typer application, made of no more commands than the words ask for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from menscreen.cli.lean import LeanGroup

#: Each command with the module that registers it.
COMMANDS = {
    "screen": "menscreen.cli.screening",
    "explain": "menscreen.cli.explaining",
    "check": "menscreen.cli.checking",
    "convert": "menscreen.cli.converting",
    "draw": "menscreen.cli.drawing",
    "batch": "menscreen.cli.batching",
    "ask": "menscreen.cli.asking",
    "rules": "menscreen.cli.rules",
    "vocabulary": "menscreen.cli.vocabulary",
    "schema": "menscreen.cli.schema",
}


def application(words: Sequence[str]) -> typer.Typer:
    """Build the command that the first word names; all of them, and shell completion, where it names none."""
    named = words[0] if words and "_MENSCREEN_COMPLETE" not in os.environ else ""
    is_one = named in COMMANDS
    app = typer.Typer(
        name="menscreen",
        cls=LeanGroup,
        help="Screen a family history for multiple endocrine neoplasia (MEN) by published guidelines.",
        epilog="Exit status: 0 done, whatever the outcome; 1 --fail-on matched; 2 the input or the usage was wrong; "
        "3 a batch was done, with rejected families.",
        add_completion=not is_one,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_menscreen)
    for command in [named] if is_one else COMMANDS:
        import_module(COMMANDS[command]).register(app)
    return app


def _menscreen(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=lambda value: _show_version(value), help="Show the version."),
    ] = False,
) -> None: ...


def _show_version(wanted: bool) -> None:
    if wanted:
        from menscreen import __version__

        typer.echo(f"menscreen {__version__}")
        raise typer.Exit

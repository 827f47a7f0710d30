"""``menscreen schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from menscreen.cli.lean import LeanCommand

_KINDS = ("pedigree", "result", "rulebook")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(schema)


def schema(
    kind: Annotated[str, typer.Argument(metavar="pedigree|result|rulebook", help="Of which document.")],
) -> None:
    """Print the JSON Schema of a document."""
    import json

    from menscreen.cli.console import emit, one_of
    from menscreen.formats.schema import schema as json_schema

    emit(json.dumps(json_schema(one_of(kind, _KINDS, "KIND")), indent=2, ensure_ascii=False) + "\n")

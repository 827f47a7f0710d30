"""Arguments and options that several commands have, each told once."""

from __future__ import annotations

from typing import Annotated

import typer

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Pedigree files; - is standard input.")]
Person = Annotated[str | None, typer.Option(metavar="ID", help="Screen this person, not the proband.")]
Everyone = Annotated[bool, typer.Option("--everyone", help="Screen every person of the family.")]
Profile = Annotated[
    str | None, typer.Option(metavar="NAME", help="Run the rulebooks of this profile, such as australia.")
]
Guideline = Annotated[
    list[str] | None,
    typer.Option(metavar="ID|PATH", help="Run this rulebook instead of a profile (may be given again)."),
]
Drafts = Annotated[bool, typer.Option("--drafts", help="Also run rulebooks whose wording nobody has seen.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse words that the vocabulary does not know.")]
FormatOfFile = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The format of the file; default: its content tells.")
]
FormatOfFiles = Annotated[
    str | None, typer.Option("--from", metavar="FORMAT", help="The format of the files; default: content tells.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="OUT", help="Write to a file, whole or not at all.")
]

"""``menscreen vocabulary``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand

if TYPE_CHECKING:
    from menscreen.vocabulary import Term, Vocabulary


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(cls=LeanCommand)(vocabulary)


def vocabulary(
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD]", help="A finding in any spelling, or an id; without it, all terms.")
    ] = None,
) -> None:
    """Show a word of the vocabulary, or list all terms.

    A word is shown with its term, what is above and below it, its synonyms, the codes that mean it, and the other
    codes that are read as it. "(mapped)" was seen in a mapping only, without the label of the code. Of a word that
    means different things the meanings are shown.
    """
    from menscreen.cli.console import emit
    from menscreen.vocabulary import vocabulary as vocabulary_of_findings

    words = vocabulary_of_findings()
    if word is None:
        emit("".join(f"{term.name} ({term.kind})\n" for term in words.terms.values()))
        return
    term = words.lookup(word) or words.terms.get(word)
    if means := words.meanings(word):
        emit("\n".join(_meanings(word, means, words)) + "\n")
        return
    if term is None:
        near = ", ".join(words.nearest(word))
        raise typer.BadParameter(
            f"{word!r} is not in the vocabulary." + (f" The nearest words: {near}." if near else ""), param_hint="WORD"
        )
    emit("\n".join(_lines(term, words)) + "\n")


def _meanings(word: str, means: tuple[Term, ...], words: Vocabulary) -> Iterator[str]:
    from menscreen.reports.layout import harmless, wrapped

    yield harmless(word)
    yield from wrapped("; ".join(term.name for term in means), 80, "  may mean      ")
    yield f"  source        {words.source_of_meanings(word)}"


def _lines(term: Term, words: Vocabulary) -> Iterator[str]:
    from menscreen.reports.layout import wrapped

    rows = (
        ("id", [term.id]),
        ("kind", [str(term.kind)]),
        ("site", [term.site] if term.site else []),
        ("is a", [words.terms[id].name for id in term.parents]),
        ("kinds of it", [words.terms[id].name for id in words.children(term.id)]),
        ("part of", list(term.syndromes)),
        ("also written", list(term.synonyms)),
        ("codes", [_written(code, words) for code in words.codes(term.id)]),
        ("read as it", [_written(code, words) for code in words.codes_read_as(term.id)]),
    )
    yield term.name
    for name, values in rows:
        if values:
            yield from wrapped("; ".join(values), 80, f"  {name:<13} ")


def _written(code: tuple[str, str], words: Vocabulary) -> str:
    """The code, with how it was seen where that is not under its own label."""
    seen = words.how_seen(*code)
    return " ".join(code) + ("" if seen == "label" else f" ({seen})")

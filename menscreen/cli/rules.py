"""``menscreen rules``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand, LeanGroup
from menscreen.cli.options import Drafts, Files, Output, Strict

if TYPE_CHECKING:
    from menscreen.rules.rulebook import Rule, Rulebook


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    rules = typer.Typer(cls=LeanGroup, no_args_is_help=True, rich_markup_mode=None)
    rules.command("list", cls=LeanCommand)(list_rulebooks)
    rules.command(cls=LeanCommand)(show)
    rules.command(cls=LeanCommand)(compare)
    rules.command(cls=LeanCommand)(diff)
    rules.command(cls=LeanCommand)(check)
    rules.command("test", cls=LeanCommand)(try_rulebook)
    app.add_typer(rules, name="rules", help="The rulebooks: list, show and compare them, check one of your own.")


def list_rulebooks() -> None:
    """List the shipped rulebooks; * marks those that run by default.

    Each with its status, the number of its rules and actions, and how their wording was seen.
    """
    from menscreen.cli.console import emit
    from menscreen.reports.layout import wrapped
    from menscreen.rules.loading import load, profile, shipped

    running = profile("default")
    lines: list[str] = []
    for id in shipped():
        book = load(id)
        about = book.guideline
        mark = "*" if id in running else " "
        seen = dict.fromkeys([rule.provenance for rule in book.rules] + [action.provenance for action in book.actions])
        count = f"{_count(len(book.rules), 'rule')}, {_count(len(book.actions), 'action')}"
        lines += wrapped(f"{about.status}; {count}; {', '.join(seen)}", 80, f"{mark} {id:<28} ")
        lines += wrapped(f"{about.title}; {about.edition}", 80, "    ")
    emit("\n".join(lines) + "\n")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def show(
    rulebook: Annotated[str, typer.Argument(metavar="ID", help="The id of a shipped rulebook, or a path.")],
) -> None:
    """Show the statements of a rulebook.

    Each with how it is read, where it stands, how its wording was seen, and the readings of what it leaves open.
    """
    from menscreen.cli.console import emit
    from menscreen.rules.loading import full_rulebook, load, shipped

    book = full_rulebook(rulebook) if rulebook in shipped() else load(rulebook)
    emit("\n".join(_pages(book)) + "\n")


def compare(
    files: Files,
    person: Annotated[str | None, typer.Option(metavar="ID", help="Of this person, not the proband.")] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="The rulebooks of this profile; default: everything.")
    ] = None,
    guideline: Annotated[
        list[str] | None,
        typer.Option(metavar="ID|PATH", help="This rulebook instead of a profile (may be given again)."),
    ] = None,
    drafts: Drafts = False,
    strict: Strict = False,
) -> None:
    """Show what each guideline says of a family, and on which fact they part."""
    from menscreen.cli.console import emit, width
    from menscreen.cli.screening import asked, screenings_of
    from menscreen.reports.text import write_comparison

    families, program = asked(files, profile or (None if guideline else "everything"), guideline, drafts, strict)
    pages = []
    for screening in screenings_of(families, program, person):
        title = f"{screening.pedigree.id or 'family without an id'}, {screening.results[0].person}"
        pages.append(write_comparison(screening.results[0].guidelines, title, width()))
    emit("\n".join(pages))


def diff(
    one: Annotated[str, typer.Argument(metavar="A", help="The id of a shipped rulebook, or a path.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
) -> None:
    """Show the smallest families that one rulebook flags and the other does not.

    The families are built from the lines that the two rulebooks draw: ages, numbers, pairs of findings, degrees. Ages
    that were tried and give the same answers share a row.
    """
    from menscreen.cli.console import each, emit
    from menscreen.reports.layout import wrapped
    from menscreen.rules.loading import load
    from menscreen.screening.differing import differences

    books = each([(one, one), (other, other)], load)
    first, second = (book.id for book in books)
    size = max(len(first), 13), max(len(second), 13)
    lines = [f"{first:<{size[0]}}  {second:<{size[1]}}  family"]
    for row in differences(*books):
        lines += wrapped(row.family, 80, f"{row.one:<{size[0]}}  {row.other:<{size[1]}}  ")
    emit("\n".join(lines if len(lines) > 1 else [f"{first} and {second} flag the same families"]) + "\n")


def check(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A rulebook as a TOML file.")],
) -> None:
    """Check a rulebook of your own.

    Every problem is printed at once, examples that do not give their answer among them.
    """
    from menscreen.cli.console import emit
    from menscreen.problems import RulebookError
    from menscreen.reports.layout import harmless
    from menscreen.rules.verifying import check

    problems = check(Path(path))
    if problems:
        raise RulebookError(problems)
    emit(f"{harmless(path)}: no problems\n")


def try_rulebook(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A rulebook as a TOML file.")],
    format: Annotated[str, typer.Option(metavar="FORMAT", help="text or json.")] = "text",
    output: Output = None,
) -> None:
    """Try a rulebook of your own.

    Its examples are run. Each line of each rule is shifted, and each part dropped, to see whether an example notices.
    Families at the boundary of each rule are made, and the laws are tried on them. What is wrong is printed with its
    place, and with the example that is missing.
    """
    from menscreen.cli.console import emit, one_of, width
    from menscreen.cli.trying import as_json, as_text
    from menscreen.laws import trial
    from menscreen.problems import RulebookError
    from menscreen.rules.loading import load

    one_of(format, ("text", "json"), "--format")
    done = trial(load(Path(path)))
    emit(as_json(done) if format == "json" else as_text(done, width()), output)
    if done.problems:
        raise RulebookError(done.problems)


def _pages(book: Rulebook) -> Iterator[str]:
    from menscreen.reports.layout import wrapped
    from menscreen.rules.rulebook import criterion
    from menscreen.rules.words import in_words

    about = book.guideline
    yield from wrapped(f"{about.id}: {about.title}", 80, "", "  ")
    yield from wrapped(f"{about.publisher}; {about.edition}; {about.status}; read {about.read}", 80, "  ")
    yield from wrapped(about.url, 80, "  ")
    if about.note:
        yield from wrapped(about.note, 80, "  ")
    for rule in book.rules:
        yield ""
        yield from _rule(rule)
    if book.definitions:
        yield from ("", "Definitions")
    for name, definition in book.definitions.items():
        yield from wrapped(f"{name}: {book.meanings[name]}", 80, "  ", "    ")
        yield from wrapped(in_words(definition), 80, "    is read: ", "      ")
    if book.actions:
        yield from ("", "Actions and notes")
    for action in book.actions:
        yield from wrapped(action.says, 80, "  > " if action.kind == "action" else "  * ", "    ")
        yield from wrapped(f"{action.locator}; wording: {action.provenance}", 80, "    ")
        if action.when is not None:
            yield from wrapped(in_words(criterion(action.when)), 80, "    when: ", "      ")
    for left_out in book.left_out:
        yield from wrapped(f"{', '.join(left_out.statement)}: {left_out.because}", 80, "  left out: ", "    ")


def _rule(rule: Rule) -> Iterator[str]:
    from menscreen.reports.layout import wrapped
    from menscreen.rules.words import in_words

    yield rule.id
    yield from wrapped(rule.says, 80, "  ")
    yield from wrapped(in_words(rule.when), 80, "  is read: ", "    ")
    genes = f"; genes {', '.join(rule.genes)}" if rule.genes else ""
    yield from wrapped(f"{rule.strength}; {', '.join(rule.syndromes)}{genes}", 80, "  ")
    yield from wrapped(f"{rule.locator}; wording: {rule.provenance}", 80, "  ")
    for action in rule.actions:
        yield from wrapped(action, 80, "  > ")
    for reading in rule.readings:
        yield from wrapped(
            f"{reading.question} {reading.decision} Because: {reading.because}", 80, "  reading: ", "    "
        )

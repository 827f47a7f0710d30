"""``menscreen rules``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand, LeanGroup

if TYPE_CHECKING:
    from menscreen.rules.rulebook import Rule, Rulebook


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    rules = typer.Typer(cls=LeanGroup, no_args_is_help=True, rich_markup_mode=None)
    for name, command in (("list", list_rulebooks), ("show", show), ("check", check)):
        rules.command(name, cls=LeanCommand)(command)
    app.add_typer(rules, name="rules", help="The rulebooks: list them, show one, check one of your own.")


def list_rulebooks() -> None:
    """List the shipped rulebooks; * marks those that run by default."""
    from menscreen.cli.console import emit
    from menscreen.reports.layout import wrapped
    from menscreen.rules.loading import default_rulebooks, load, shipped

    running = {book.id for book in default_rulebooks()}
    ids = shipped()
    longest = max(map(len, ids), default=0)
    lines: list[str] = []
    for id in ids:
        about = load(id).guideline
        mark = "*" if id in running else " "
        status = "" if about.status == "active" else f" [{about.status}]"
        lines += wrapped(f"{about.title} ({about.edition}){status}", 80, f"{mark} {id:<{longest}}  ")
    emit("\n".join(lines) + "\n")


def show(
    rulebook: Annotated[str, typer.Argument(metavar="ID", help="The id of a shipped rulebook, or a path.")],
) -> None:
    """Show the statements of a rulebook.

    Each with where it stands, how its wording was seen, and the readings of what it leaves open.
    """
    from menscreen.cli.console import emit
    from menscreen.rules.loading import full_rulebook, load, shipped

    book = full_rulebook(rulebook) if rulebook in shipped() else load(rulebook)
    emit("\n".join(_pages(book)) + "\n")


def check(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A rulebook as a TOML file.")],
) -> None:
    """Check a rulebook of your own.

    Every problem is printed at once, examples that do not give their answer among them.
    """
    from menscreen.cli.console import emit
    from menscreen.problems import RulebookError
    from menscreen.reports.layout import harmless
    from menscreen.rules.loading import check

    problems = check(Path(path))
    if problems:
        raise RulebookError(problems)
    emit(f"{harmless(path)}: no problems\n")


def _pages(book: Rulebook) -> Iterator[str]:
    from menscreen.reports.layout import wrapped

    about = book.guideline
    yield from wrapped(f"{about.id}: {about.title}", 80, "", "  ")
    yield from wrapped(f"{about.publisher}; {about.edition}; {about.status}; read {about.read}", 80, "  ")
    yield from wrapped(about.url, 80, "  ")
    if about.note:
        yield from wrapped(about.note, 80, "  ")
    for rule in book.rules:
        yield ""
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    from menscreen.reports.layout import wrapped

    yield rule.id
    yield from wrapped(rule.says, 80, "  ")
    genes = f"; genes {', '.join(rule.genes)}" if rule.genes else ""
    yield from wrapped(f"{rule.strength}; {', '.join(rule.syndromes)}{genes}", 80, "  ")
    yield from wrapped(f"{rule.locator}; wording: {rule.provenance}", 80, "  ")
    for action in rule.actions:
        yield from wrapped(action, 80, "  > ")
    for reading in rule.readings:
        yield from wrapped(
            f"{reading.question} {reading.decision} Because: {reading.because}", 80, "  reading: ", "    "
        )

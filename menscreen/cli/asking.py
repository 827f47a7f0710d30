"""``menscreen ask``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from menscreen.cli.lean import LeanCommand

if TYPE_CHECKING:
    from menscreen.pedigree.family import Pedigree
    from menscreen.screening.interview import Interview
    from menscreen.screening.prompts import Prompt

#: Where the family goes when no file is named.
DEFAULT_OUTPUT = "family.json"

_WELCOME = (
    "I shall ask a few questions about tumors of hormone glands, about you or about somebody you speak for, and about "
    "the family. Press Enter or write ? for what you do not know, b to go back, q to leave. Whatever you have told is "
    "kept, and you can go on later."
)


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
    from menscreen.screening.interview import Interview

    start = None if file is None else _read(file)
    kept = f"{output}.interview"
    again = " ".join(["menscreen ask", *_quoted(file, output, profile)])
    _check_output(file, output, kept)
    interview = Interview(start, (), profile)
    conversation = _Conversation(kept, again)
    try:
        interview = conversation.resumed(interview, start)
        interview = conversation.held(interview)
        _finish(interview, output, kept)
    except KeyboardInterrupt:
        conversation.save()
        conversation.say(f"\n{conversation.how_to_go_on()}")
        raise typer.Exit(130) from None
    except EOFError:
        conversation.say(f"\n{conversation.how_to_go_on()}")


def _read(file: str) -> Pedigree:
    from menscreen.cli.console import each, source
    from menscreen.formats.reading import read

    if file == "-":
        raise typer.BadParameter("standard input is where the answers come from; name a file", param_hint="FILE")
    [family] = each([(file, file)], lambda file: read(source(file)))
    return family


def _quoted(file: str | None, output: str, profile: str | None) -> list[str]:
    """The words that call the command in the same way again."""
    from shlex import quote

    words = [] if file is None else [quote(file)]
    words += ["-o", quote(output)] if output != DEFAULT_OUTPUT else []
    return words + (["--profile", quote(profile)] if profile is not None else [])


def _check_output(file: str | None, output: str, kept: str) -> None:
    """Refuse to write over a family, unless it is the one that is being completed."""
    if output == "-":
        raise typer.BadParameter("the family needs a file; the report goes to standard output", param_hint="-o")
    is_same = file is not None and os.path.exists(output) and os.path.samefile(file, output)
    if os.path.exists(output) and not is_same and not os.path.exists(kept):
        raise typer.BadParameter(f"{output} is there already; name another file", param_hint="-o")


class _Conversation:
    """Questions on standard error, answers from standard input, the state in a file."""

    def __init__(self, kept: str, again: str) -> None:
        self._kept = kept
        self._again = again
        self._interview: Interview | None = None
        self._has_hinted: set[str] = set()

    def say(self, text: str) -> None:
        """Print for the one who answers."""
        typer.echo(text, err=True)

    def how_to_go_on(self) -> str:
        """Where everything is, and the command that goes on."""
        return f"Everything you have told is kept in {self._kept}.\nTo go on: {self._again}"

    def save(self) -> None:
        """Keep the state, whole or not at all, for the eyes of the user alone."""
        if self._interview is None:
            return
        import json
        from pathlib import Path

        from menscreen.reports.writing import save, unwritable

        try:
            Path(self._kept).touch(mode=0o600)
        except OSError as error:
            raise unwritable(error) from None
        save(json.dumps(self._interview.state).encode() + b"\n", self._kept)

    def resumed(self, interview: Interview, start: Pedigree | None) -> Interview:
        """Go on with what is kept, if there is anything and the user wants to."""
        found = _kept_state(self._kept)
        if not found or not found.get("answers"):
            self._say_wrapped(_WELCOME)
            return self._keep(interview)
        unfinished = type(interview).from_state(found, start)
        number = len(unfinished.answers)
        answers = "one answer" if number == 1 else f"{number} answers"
        while True:
            self._say_wrapped(f"\nThere is an interview with {answers} that is not finished. Shall we go on with it?")
            words = self._heard("(yes or no; no begins anew and keeps the old one aside)").lower()
            if words in ("", "?", "y", "yes"):
                return self._keep(unfinished)
            if words in ("n", "no"):
                os.replace(self._kept, f"{self._kept}.old")
                self._say_wrapped(_WELCOME)
                return self._keep(interview)
            if words == "q":
                raise EOFError
            self.say("Please answer yes or no.")

    def held(self, interview: Interview) -> Interview:
        """Ask until no question is left; `EOFError` when the user leaves."""
        while (prompt := interview.prompt) is not None:
            self._show(prompt)
            after = self._after(interview, prompt)
            if after is not interview:
                interview = self._keep(after)
        return interview

    def _keep(self, interview: Interview) -> Interview:
        self._interview = interview
        self.save()
        return interview

    def _after(self, interview: Interview, prompt: Prompt) -> Interview:
        """The interview after the next words that are understood."""
        from menscreen.problems import UsageError

        while True:
            words = self._heard(self._hint(prompt))
            if words == "q":
                raise EOFError
            if words == "b":
                if not interview.answers:
                    self.say("This is the first question.")
                    continue
                return interview.back()
            try:
                return interview.answer(None if words in ("", "?") else _chosen(prompt, words))
            except UsageError as error:
                problem = error.problems[0]
                self._say_wrapped(f"I did not understand that. I need {problem.needed}: {problem.fix}.")

    def _show(self, prompt: Prompt) -> None:
        self._say_wrapped(f"\n{prompt.text}")
        if prompt.kind == "choice":
            width = len(str(len(prompt.choices)))
            for number, choice in enumerate(prompt.choices, 1):
                self._say_wrapped(f"  {number:>{width}}  {choice.words}", " " * (width + 4))
        if prompt.instead is not None:
            self._say_wrapped(f"({prompt.instead})")

    def _hint(self, prompt: Prompt) -> str:
        """What can be written; the long hints only once."""
        if prompt.kind == "yes-no":
            return "(yes or no)"
        if prompt.kind in self._has_hinted:
            return ""
        self._has_hinted.add(prompt.kind)
        return _HINTS.get(prompt.kind, "")

    def _heard(self, hint: str) -> str:
        """A line of standard input; `EOFError` at its end."""
        import sys

        typer.echo(f"{hint} > ".lstrip(), err=True, nl=False)
        line = b"" if sys.stdin is None else sys.stdin.buffer.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return line.decode("utf-8", "replace").strip()

    def _say_wrapped(self, text: str, indent: str = "") -> None:
        from shutil import get_terminal_size
        from textwrap import fill

        columns = min(get_terminal_size().columns, 100)
        for line in text.split("\n"):
            self.say(fill(line, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False))


_HINTS = {
    "choice": "(a number)",
    "age": "(years, such as 44, or 30-39, or before 40)",
    "relation": "(in your own words)",
}


def _kept_state(kept: str) -> dict[str, object]:
    """The state that is kept; nothing where there is none. One that cannot be read is no state, and is refused."""
    import json

    try:
        with open(kept, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return {}
    if not content:
        return {}
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"answers": "?"}


def _chosen(prompt: Prompt, words: str) -> str:
    """The value of a choice by its number; other words as they are."""
    if prompt.kind == "choice" and words.isdecimal():
        from menscreen.screening.prompts import not_understood

        number = int(words)
        if not 1 <= number <= len(prompt.choices):
            needed = f"a number from 1 to {len(prompt.choices)}"
            raise not_understood(words, needed, "write the number of the answer, or Enter if you do not know")
        return str(prompt.choices[number - 1].value)
    return words


def _finish(interview: Interview, output: str, kept: str) -> None:
    """Write the family, show the report, and forget the state."""
    from menscreen.cli.console import emit, wants_color, width
    from menscreen.formats.table import to_write
    from menscreen.reports.text import write_text
    from menscreen.reports.writing import save

    save(to_write("menscreen").write(interview.family), output)
    typer.echo(f"\nThank you. The family is in {output}; this is what it comes to:\n", err=True)
    emit(write_text(interview.screening, width=width(), color=wants_color()))
    if os.path.exists(kept):
        os.unlink(kept)

"""An interview held at a terminal: what is shown, what is heard, and what is kept after each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from menscreen.cli.kept import Kept
    from menscreen.problems import UsageError
    from menscreen.screening.interview import Interview
    from menscreen.screening.prompts import Prompt

_WELCOME = (
    "I shall ask a few questions about tumors of hormone glands, about you or about somebody you speak for, and about "
    "the family. Press Enter or write ? for what you do not know, b to go back, q to leave. Whatever you have told is "
    "kept, and you can go on later."
)


def quoted(value: str | None, default: str | None = None, *option: str) -> list[str]:
    """The words that give a value to the command again."""
    from shlex import quote

    return [] if value is None or value == default else [*option, quote(value)]


class Conversation:
    """Questions on standard error, answers from standard input, the state in a file."""

    def __init__(self, kept: Kept, words: list[str]) -> None:
        self._kept = kept
        self._words = words
        self._interview: Interview | None = None
        self._has_hinted: set[str] = set()
        self._listed: set[str] = set()

    def say(self, text: str) -> None:
        """Print for the one who answers."""
        from menscreen.reports.layout import harmless

        typer.echo("\n".join(map(harmless, text.split("\n"))), err=True)

    def say_how_to_go_on(self) -> None:
        """Say where everything is, and which command goes on."""
        profile = None if self._interview is None else self._interview.profile
        again = " ".join(["menscreen ask", *self._words, *quoted(profile, None, "--profile")])
        self.say(f"\nEverything you have told is kept in {self._kept.path}.\nTo go on: {again}")

    def save(self) -> None:
        """Keep what was told so far."""
        if self._interview is not None:
            self._kept.write(self._interview)

    def begun(self, interview: Interview, unfinished: Interview | None) -> Interview:
        """The interview to hold: a new one, or the unfinished one if there is one and the user wants to go on."""
        if unfinished is None:
            self._say_wrapped(_WELCOME)
            return self._keep(interview)
        self._interview = unfinished
        number = len(unfinished.answers)
        answers = "one answer" if number == 1 else f"{number} answers"
        begun = "" if unfinished.profile is None else f", begun with the profile {unfinished.profile}"
        question = f"There is an interview with {answers} that is not finished{begun}. Shall we go on with it?"
        while True:
            self._say_wrapped(f"\n{question}")
            words = self._heard("(yes or no; no begins anew and keeps the old one aside)").lower()
            if words in ("", "?", "y", "yes"):
                return unfinished
            if words in ("n", "no"):
                self._say_wrapped(f"The old one is now in {self._kept.put_aside()}.\n\n{_WELCOME}")
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
                self._say_wrapped(_puzzled(prompt, words, error))

    def _show(self, prompt: Prompt) -> None:
        self._say_wrapped(f"\n{prompt.text}")
        if prompt.topic in self._listed:
            entries = (
                f"{at}\N{NO-BREAK SPACE}{_NO.get(each.value, each.value)}" for at, each in enumerate(prompt.choices, 1)
            )
            self._say_wrapped(f"  {', '.join(entries)}", "  ")
        elif prompt.kind == "choice" and not _is_brief(prompt):
            if prompt.topic.removeprefix("relatives-") in _LISTS:
                self._listed.add(prompt.topic)
            width = len(str(len(prompt.choices)))
            for number, choice in enumerate(prompt.choices, 1):
                self._say_wrapped(f"  {number:>{width}}  {choice.words}", " " * (width + 4))
        if prompt.instead is not None:
            self._say_wrapped(f"(For the doctor: {prompt.instead[0].lower()}{prompt.instead[1:]})")

    def _hint(self, prompt: Prompt) -> str:
        """What can be written; the long hints only once."""
        if prompt.kind == "yes-no":
            return "(yes or no)"
        if _is_brief(prompt):
            *words, last = (choice.words for choice in prompt.choices)
            return f"({', '.join(words)} or {last})"
        if prompt.kind in self._has_hinted:
            return ""
        self._has_hinted.add(prompt.kind)
        return _HINTS.get(prompt.kind, "")

    def _heard(self, hint: str) -> str:
        """A line of standard input; `EOFError` at its end. Half a line at a terminal is none."""
        import sys

        typer.echo(f"{hint} > ".lstrip(), err=True, nl=False)
        if sys.stdin is None:
            raise EOFError
        line = sys.stdin.buffer.readline(_LONGEST_LINE)
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(_LONGEST_LINE)
        if not line or (not line.endswith(b"\n") and not rest and sys.stdin.isatty()):
            raise EOFError
        return line.decode("utf-8", "replace").strip()

    def _say_wrapped(self, text: str, indent: str = "") -> None:
        from shutil import get_terminal_size
        from textwrap import fill

        columns = min(get_terminal_size().columns, 100)
        for line in text.split("\n"):
            filled = fill(line, columns, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
            self.say(filled.replace("\N{NO-BREAK SPACE}", " "))


#: What follows in a longer line is not read.
_LONGEST_LINE = 100_000

_HINTS = {
    "choice": "(a number, or in words)",
    "age": "(years, such as 44, or 30-39, or before 40)",
    "relation": "(in your own words)",
}


#: The topics of lists that come again after each entry.
_LISTS = ("tumors", "signs")
#: How the end of a list is called when the list comes again, in a word for each entry.
_NO = {"none": "no"}
#: Where a number is the answer itself.
_COUNTED = ("number", "size")
#: Answers as short as these are offered within the line.
_BRIEF = 40


def _is_brief(prompt: Prompt) -> bool:
    return prompt.kind == "choice" and sum(len(choice.words) for choice in prompt.choices) <= _BRIEF


def _puzzled(prompt: Prompt, words: str, error: UsageError) -> str:
    """What to say to an answer that is not understood; a list that was just shown is not read out again."""
    problem = error.problems[0]
    if prompt.kind != "choice" or _is_brief(prompt):
        return f"I did not understand that. I need {problem.needed}: {problem.fix}."
    if words.lower() in ("y", "yes"):
        return "Which of them? Please write its number."
    numbers = f"a number from 1 to {len(prompt.choices)}"
    return f"I did not understand that. Please write {numbers}, or nothing if you do not know."


def _chosen(prompt: Prompt, words: str) -> str:
    """The value of a choice by its number; other words as they are."""
    if prompt.kind == "choice" and prompt.topic not in _COUNTED and words.isdecimal() and len(words) < 10:
        from menscreen.screening.prompts import not_understood

        number = int(words)
        if not 1 <= number <= len(prompt.choices):
            needed = f"a number from 1 to {len(prompt.choices)}"
            raise not_understood(words, needed, "write the number of the answer, or Enter if you do not know")
        return str(prompt.choices[number - 1].value)
    return words

"""How far a batch has come, on standard error: a bar on a terminal, else a line now and then; and how it ended."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from types import TracebackType
from typing import Any

from menscreen.problems import CODES
from menscreen.reports.summary import Summary, by_strength, reasons
from menscreen.streaming.batch import Progress

#: Seconds between two lines.
PAUSE = 10.0


class Told:
    """Tells how far a batch has come while it is open, and what was found in the end."""

    def __init__(self) -> None:
        self._bar = _bar()
        self._task = self._bar.add_task("", total=None, said="") if self._bar is not None else None
        self._last = time.monotonic()

    def __enter__(self) -> Told:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        if isinstance(fault, KeyboardInterrupt):
            _say("interrupted; what was done is kept, and --resume goes on from there")

    def progress(self, now: Progress) -> None:
        """Tell how far it has come, if it is time to."""
        if self._bar is not None:
            total = None if now.share is None else 1.0
            self._bar.update(self._task, completed=now.share or 0.0, total=total, said=_counted(now))
        elif time.monotonic() - self._last >= PAUSE:
            self._last = time.monotonic()
            share = "" if now.share is None else f", {now.share:.0%} of the input"
            _say(f"{_counted(now)}{share}")

    def end(self, total: Summary) -> None:
        """Tell what was found."""
        self._close()
        written = "" if total.kept == total.families else f", {total.kept:,} written"
        _say(f"{_counted(Progress(total.families, total.rejected, None))}{written}")
        if total.people:
            _line("outcome for MEN", by_strength(total.outcomes))
        if total.also_outcomes:
            _line("other syndromes", by_strength(total.also_outcomes))
        for code, one in reasons(total):
            _say(f"  rejected, {CODES[code]} ({code}): {one.families:,}, first in line {one.first:,}")
        if total.rejected == total.families > 1 and "D001" in total.rejects:
            _say("  fix: write each family into one line; a file that is one family is for menscreen screen")

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Any:
    """A bar of rich, where standard error is a terminal and rich is here."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    try:
        progress, console = import_module("rich.progress"), import_module("rich.console")
    except ImportError:
        return None
    return progress.Progress(
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
        progress.TextColumn("{task.fields[said]}"),
        console=console.Console(stderr=True),
        transient=True,
    )


def _counted(now: Progress) -> str:
    families = "1 family" if now.families == 1 else f"{now.families:,} families"
    return f"{families}, {now.rejected:,} rejected" if now.rejected else families


def _line(name: str, counts: dict[str, int]) -> None:
    _say(f"  {name}: {', '.join(f'{number:,} {outcome}' for outcome, number in counts.items())}")


def _say(line: str) -> None:
    if sys.stderr is not None:
        print(line, file=sys.stderr, flush=True)  # noqa: T201

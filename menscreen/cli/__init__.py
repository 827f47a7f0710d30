"""The command: `main` is what ``menscreen`` and ``python -m menscreen`` run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn


def main() -> NoReturn:
    """Run the command that the words of the process ask for, and end the process with its status.

    A start makes much that lives and little that dies, so garbage is looked for seldom, and not at the end: this takes
    a fifth off the time of a small family.
    """
    import gc
    import sys

    gc.set_threshold(100_000)
    try:
        run(sys.argv[1:])
    finally:
        gc.freeze()


def run(words: Sequence[str]) -> NoReturn:
    """Run the command that the words ask for; raises `SystemExit` with its status."""
    import sys

    try:
        from menscreen.cli.application import application

        command = application(words)
        command(args=list(words), prog_name="menscreen", complete_var="_MENSCREEN_COMPLETE")
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        sys.exit(_apology(fault))


def _apology(fault: Exception) -> int:
    """Say where the program failed, without a traceback or a value, which could name people."""
    import sys
    from pathlib import Path

    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace is not None else ""
    sys.stderr.write(
        f"menscreen failed: {type(fault).__name__}{place}. This is a fault of the program, not of the input.\n"
        "  fix: report this line, and the version that menscreen --version shows\n"
    )
    return 2

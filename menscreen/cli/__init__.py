"""The command: `main` is what ``menscreen`` and ``python -m menscreen`` run."""

from __future__ import annotations

from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> None:
    """Run the command that the words (without: those of the process) ask for, and exit with its status."""
    import gc
    import sys

    gc.disable()  # imports make much that lives and little that dies: looking for garbage is a tenth of a start
    try:
        from menscreen.cli.application import application

        chosen = list(sys.argv[1:] if words is None else words)
        command = application(chosen)
        gc.enable()
        command(args=chosen, prog_name="menscreen", complete_var="_MENSCREEN_COMPLETE")
    except KeyboardInterrupt:
        sys.exit(130)

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

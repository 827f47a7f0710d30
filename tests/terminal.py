"""A command at a pseudo-terminal: what it prints is read as a person would, and answered line by line."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

#: Nothing takes longer than this on a slow machine.
PATIENCE = 60.0


class Terminal:
    """A process whose standard input, output and error are one dumb terminal."""

    def __init__(self, words: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._mine, its = pty.openpty()
        settings = termios.tcgetattr(its)
        settings[1] &= ~termios.OPOST
        termios.tcsetattr(its, termios.TCSANOW, settings)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "menscreen", *words],
            stdin=its,
            stdout=its,
            stderr=its,
            cwd=folder,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "90", "PYTHONPATH": str(Path(__file__).parents[1]),
                 **(environment or {})},
            start_new_session=True,
            preexec_fn=_as_controlling_terminal,
        )  # fmt: skip
        os.close(its)
        self.shown = ""
        self._read_so_far = 0

    def heard(self, end: str = "> ") -> str:
        """What is shown from the last time until the command waits for an answer, or ends."""
        started = time.monotonic()
        while not self.shown[self._read_so_far :].endswith(end):
            if time.monotonic() - started > PATIENCE:
                raise TimeoutError(self.shown[self._read_so_far :])
            ready, _, _ = select.select([self._mine], [], [], 0.2)
            if not ready:
                continue
            try:
                piece = os.read(self._mine, 65536)
            except OSError:  # the other end is closed
                piece = b""
            if not piece:
                break
            self.shown += piece.decode()
        new, self._read_so_far = self.shown[self._read_so_far :], len(self.shown)
        return new

    def say(self, line: str) -> None:
        """Write a line as at a keyboard."""
        os.write(self._mine, line.encode() + b"\n")

    def press(self, key: bytes) -> None:
        """Press a key such as Ctrl-C (3) or Ctrl-D (4)."""
        os.write(self._mine, key)

    def status(self) -> int:
        """The exit status, after everything was shown."""
        self.heard(end="\0")
        status = self._process.wait(PATIENCE)
        os.close(self._mine)
        return status

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        os.close(self._mine)


def _as_controlling_terminal() -> None:
    """Make Ctrl-C at the terminal reach the process, also where the tests run in the background and ignore it."""
    import fcntl

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

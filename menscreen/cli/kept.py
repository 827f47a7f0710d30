"""The file beside the output of ``menscreen ask`` that holds an interview which is not finished."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menscreen.pedigree.family import Pedigree
    from menscreen.screening.interview import Interview


class Kept:
    """The state of an interview in a file that is whole at every moment, for the eyes of the user alone.

    Attributes:
        path: where it is.
    """

    def __init__(self, output: str) -> None:
        self.path = f"{output}.interview"

    def interview(self, start: Pedigree | None) -> Interview | None:
        """What is kept, if there is any answer in it.

        Raises:
            UsageError: it cannot be read, or belongs to another start.
        """
        from menscreen.screening.interview import Interview

        found = self._state()
        return Interview.from_state(found, start) if found.get("answers") else None

    def _state(self) -> dict[str, object]:
        """The state as JSON has it; nothing where there is none. One that cannot be read is no state."""
        import json

        try:
            with open(self.path, "rb") as file:
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

    def write(self, interview: Interview) -> None:
        """Keep an interview.

        Raises:
            UsageError: the file cannot be written.
        """
        import json
        from pathlib import Path

        from menscreen.reports.writing import save, unwritable

        try:
            Path(self.path).touch(mode=0o600)
        except OSError as error:
            raise unwritable(error) from None
        save(json.dumps(interview.state).encode() + b"\n", self.path)

    def put_aside(self) -> str:
        """Give what is kept a name of its own, and say which."""
        number, aside = 1, f"{self.path}.old"
        while os.path.lexists(aside):
            number += 1
            aside = f"{self.path}.old-{number}"
        os.rename(self.path, aside)
        return aside

    def forget(self) -> None:
        """Remove the file of an interview that has come to its end."""
        if os.path.exists(self.path):
            os.unlink(self.path)

"""What a broken law says."""

from __future__ import annotations

from menscreen.laws.telling import told
from menscreen.pedigree.family import Pedigree


class Broken(AssertionError):
    """A law does not hold of a family; the message says what broke and shows the family, ids included."""

    def __init__(self, what: str, *families: Pedigree) -> None:
        shown = "\nwith this difference, or filled in so:\n".join(map(told, families))
        super().__init__(f"{what}\n{shown}")
        self.what = what

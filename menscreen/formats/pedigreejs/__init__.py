"""The JSON of pedigreejs: a list of people with ids of parents, a key for each disease, and tests by gene.

Which diseases a site asks about is its own choice and stands nowhere: the file can speak of those that somebody in it
has, and of no others.
"""

from __future__ import annotations

from menscreen.formats.pedigreejs.reading import read
from menscreen.formats.pedigreejs.writing import carried, losses, write

__all__ = ["carried", "losses", "read", "write"]

"""The JSON of pedigreejs: a list of people with ids of parents, a key for each disease, and tests by gene.

Which diseases a site asks about is its own choice and stands nowhere: the file can speak of those that somebody in it
has, and of no others.
"""

from __future__ import annotations

from menscreen.formats.pedigreejs.reading import read
from menscreen.formats.pedigreejs.writing import carried, losses, write
from menscreen.formats.structure import is_plain_id as is_allowed

__all__ = ["carried", "is_allowed", "losses", "read", "write"]

"""Many families: the whole path from the bytes of a pedigree to the bytes of its result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from menscreen.formats.reading import read
from menscreen.reports.json import write_json
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.screen import screen


def screen_json(
    document: bytes,
    *,
    person: str | None = None,
    everyone: bool = False,
    profile: str | None = None,
    rulebooks: Sequence[Rulebook | str | Path] | None = None,
    drafts: bool = False,
    strict: bool = False,
) -> bytes:
    """Screen a pedigree given as JSON and give the result as one line of JSON, without a line end.

    The same document, rulebooks and version give the same bytes.

    Raises:
        PedigreeError: the document is no pedigree that can be screened.
        UsageError: the person is not in the pedigree, or the options do not go together.

    >>> result = screen_json(b'{"proband": {"sex": "female", "findings": [{"finding": "goiter"}]}}')
    >>> result[:31]
    b'{"schema":"menscreen-result/1",'
    """
    family = read(document, strict=strict)
    screening = screen(family, person=person, everyone=everyone, profile=profile, rulebooks=rulebooks, drafts=drafts)
    return write_json(screening)

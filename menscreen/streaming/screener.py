"""The whole path from the bytes of a pedigree to the bytes of its result, with everything made ready once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import attrs
import msgspec

from menscreen.digest import digest_of
from menscreen.formats.reading import read
from menscreen.pedigree.family import FamilyHistory
from menscreen.problems import MenscreenError, Problem, Severity
from menscreen.reports.json import write_json
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.program import Program, books_to_run
from menscreen.screening.screen import VERSION, screen, screened
from menscreen.screening.verdict import PedigreeUsed, Screening

#: A document, or why there is none: the place where it should be is damaged, empty or too long.
Document: TypeAlias = bytes | tuple[Problem, ...]


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


def contents(books: tuple[Rulebook, ...]) -> tuple[object, ...]:
    """What tells rulebooks apart: their bytes, and which of their statements run."""
    return tuple((book.id, book.digest, tuple(rule.id for rule in book.rules)) for book in books)


@attrs.frozen
class Manner:
    """How the families of a run are screened, with the rulebooks themselves, so that it can be sent to a worker.

    Manners are equal, and have one hash, when they screen every family alike.

    Attributes:
        everyone: every person of a family, not the proband alone.
        strict: words that the vocabulary does not know are errors.
        format: the id of the format; not given, the content of each document tells.
    """

    books: tuple[Rulebook, ...] = attrs.field(eq=contents)
    everyone: bool = False
    strict: bool = False
    format: str | None = None


def manner_of(
    *,
    profile: str | None = None,
    rulebooks: Sequence[Rulebook | str | Path] | None = None,
    drafts: bool = False,
    everyone: bool = False,
    strict: bool = False,
    format: str | None = None,
) -> Manner:
    """The manner that these options ask for.

    Raises:
        RulebookError: there is no such profile or rulebook, or a file is wrong.
        UsageError: there is no such format, or the options do not go together.
    """
    if format is not None:
        from menscreen.formats.table import named

        named(format)
    return Manner(books_to_run(rulebooks, profile=profile, drafts=drafts), everyone, strict, format)


class Screener:
    """Screens one document after the other, and refuses none: a rejected one becomes a screening without results.

    >>> screener = Screener(manner_of())
    >>> [len(screener.screening(document).results) for document in (b'{"proband": {"age": 34}}', b'{"proband": ')]
    [1, 0]
    """

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._program = Program(manner.books)

    def screening(self, document: Document) -> Screening:
        """Screen a family; every problem of a document that is none stands in the `problems` of what comes back."""
        if not isinstance(document, bytes):
            return self._rejected(b"", document)
        manner = self._manner
        try:
            family = read(document, strict=manner.strict, format=manner.format)
            if family.format == "fhir" and _is_one_record(document):
                family = attrs.evolve(
                    family, family_history=FamilyHistory.NOT_ASKED, problems=(*family.problems, _ONE_RECORD)
                )
            return screened(family, self._program, everyone=manner.everyone)
        except MenscreenError as error:
            return self._rejected(document, error.problems)
        except Exception as fault:
            return self._rejected(document, (_fault(fault),))

    def _rejected(self, document: bytes, problems: tuple[Problem, ...]) -> Screening:
        used = PedigreeUsed(_id_of(document), "unknown", digest_of(document))
        return Screening(VERSION, self._program.used, used, (), problems)


class _Resource(msgspec.Struct, rename="camel"):
    resource_type: str = ""


_resource_of = msgspec.json.Decoder(_Resource).decode
#: Of these a family has many; in a bulk export each stands on a line of its own.
_RECORDS = {"FamilyMemberHistory", "Patient", "Condition", "Observation", "Procedure"}
_ONE_RECORD = Problem(
    "D021",
    Severity.WARNING,
    "document",
    "one record of FHIR on a line of its own",
    "the whole family of a patient on each line",
    "put the records of each patient into a Bundle, one Bundle on each line; what others may tell is not known",
)


def _is_one_record(document: bytes) -> bool:
    try:
        return _resource_of(document).resource_type in _RECORDS
    except msgspec.MsgspecError:
        return False


def _id_of(document: bytes) -> str | None:
    """The id of the family, if it can be seen, so that a rejected one is found again."""
    from menscreen.formats.content import Content

    seen = Content(document).document
    id = seen.get("id") if isinstance(seen, dict) else None
    return id if isinstance(id, str) else None


def _fault(fault: Exception) -> Problem:
    """What went wrong in the program itself, without a value, which could name people."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}" if trace is not None else ""
    found = f"{type(fault).__name__}{place}, a fault of the program"
    fix = "report this, and the version that menscreen --version shows"
    return Problem("B001", Severity.ERROR, "document", found, "a family that can be screened", fix)

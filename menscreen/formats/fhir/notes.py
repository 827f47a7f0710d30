"""Free text in the record of a relative: notes are read where they name a tumor that no condition does, or reported."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from menscreen.formats.fhir.elements import Json, objects
from menscreen.formats.gathering import Gathering
from menscreen.formats.values import known_text
from menscreen.pedigree.person import Finding
from menscreen.problems import within
from menscreen.vocabulary import Kind, finding_spoken_of, findings_said, vocabulary
from menscreen.vocabulary.asides import LONGEST

_MARKUP = re.compile(r"<[^<>]*>")
_TOLD = (Kind.TUMOR, Kind.SYNDROME)


def findings_in_notes(body: Json, known: list[Finding], at: str, gathering: Gathering) -> list[Finding]:
    """The tumors and syndromes of the notes that the conditions leave out; what is told of others is reported."""
    found: list[Finding] = []
    for number, one in enumerate(objects(body.get("note"))):
        text, place = known_text(one.get("text")), within(at, f"note[{number}]")
        if text is None or not tells_of_tumor(text):
            continue
        told = _terms_in(text)
        if not told:
            _report(gathering, place, "a note that speaks of a tumor of somebody")
        elif not all(_is_known(term, [*known, *found]) for term in told):
            found += gathering.findings(gathering.name(place, text), {"age": None, "at": place})
    narrative = None if found or "condition" in body or body.get("note") else narrative_of(body.get("text"))
    if narrative is not None and tells_of_tumor(narrative):
        _report(gathering, within(at, "text"), "a narrative that speaks of a tumor, and no condition")
    return found


def is_telling(notes: Any, narrative: Any) -> bool:
    """Whether notes, or a narrative, speak of a tumor."""
    texts = [known_text(one.get("text")) for one in objects(notes)]
    return any(text is not None and tells_of_tumor(text) for text in (*texts, narrative_of(narrative)))


def tells_of_tumor(text: str) -> bool:
    """Whether a text speaks of a tumor or a syndrome, of whomever; a long one is not remembered."""
    return _remembered(text) if len(text) <= LONGEST else _tells_of_tumor(text)


def _tells_of_tumor(text: str) -> bool:
    return bool(_terms_in(text)) or vocabulary().is_tumor_spoken_of(text)


_remembered = lru_cache(maxsize=4096)(_tells_of_tumor)


def narrative_of(text: Any) -> str | None:
    """The words of a narrative, without its markup."""
    written = text.get("div") if text.__class__ is dict else None
    return " ".join(_MARKUP.sub(" ", written).split()) or None if written.__class__ is str else None


def _terms_in(text: str) -> list[str]:
    said = findings_said(text)
    spoken = [] if said else [one for one in [finding_spoken_of(text)] if one is not None]
    return [one.term.id for one in (*said, *spoken) if one.term.kind in _TOLD]


def _is_known(term: str, findings: list[Finding]) -> bool:
    """Whether a finding is one of this kind, or of its organ."""
    terms, above = vocabulary().terms, vocabulary().above
    ids = [one.term for one in findings if one.term is not None]
    return any(
        term in above(id) or id in above(term) or (terms[term].site is not None and terms[term].site == terms[id].site)
        for id in ids
    )


def _report(gathering: Gathering, at: str, found: str) -> None:
    needed, fix = "a condition of the relative who had it", "record it as a condition; the text was not read"
    gathering.complain("F012", at, found, needed, fix, warning=True)

"""The result as FHIR R4: a Bundle with one RiskAssessment for each person screened.

Why RiskAssessment and not DetectedIssue: docs/formats/fhir.md. No probability and no degree of risk is given, since the
screening has none: the outcome, what it rests on and what the guidelines say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from menscreen.screening.verdict import Evidence, Flag, Outcome, Screening, Verdict
from menscreen.screening.wording import age_in_words

_OWN = "urn:menscreen:"
_STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"


def write_fhir(screening: Screening) -> bytes:
    """Write the result as a Bundle of FHIR R4 (type collection), on one line of UTF-8, without a line end.

    >>> from menscreen.screening.verdict import PedigreeUsed, Screening
    >>> write_fhir(Screening("0.1.0", (), PedigreeUsed("family-1", "menscreen", "sha256:0"), (), ()))
    b'{"resourceType":"Bundle","type":"collection"}'
    """
    bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "collection"}
    if screening.results:
        bundle["entry"] = [
            {"fullUrl": f"{_OWN}assessment-{number}", "resource": _assessment(screening, verdict, number)}
            for number, verdict in enumerate(screening.results, 1)
        ]
    return msgspec.json.encode(bundle)


def _assessment(screening: Screening, verdict: Verdict, number: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "RiskAssessment",
        "id": f"assessment-{number}",
        "extension": [
            {"url": f"{_OWN}outcome", "valueCode": verdict.outcome.value},
            {"url": f"{_OWN}could-become", "valueCode": verdict.could_become.value},
            {"url": f"{_OWN}also-outcome", "valueCode": verdict.also_outcome.value},
        ],
        "status": "preliminary" if verdict.questions or verdict.outcome is Outcome.CLARIFY else "final",
        "method": {"text": _method(screening)},
        "code": {"text": "Screening of a family history for multiple endocrine neoplasia by published guidelines"},
        "subject": {"type": "Patient", "identifier": {"system": f"{_OWN}person", "value": verdict.person}},
    }
    flags = [*verdict.flags, *verdict.also]
    basis = _basis(one for flag in flags for one in flag.evidence)
    if basis:
        made["basis"] = basis
    if flags:
        made["prediction"] = [_prediction(flag) for flag in flags]
    actions = dict.fromkeys(action for flag in flags if not flag.done for action in flag.actions)
    if actions:
        made["mitigation"] = "\n".join(actions)
    made["note"] = [{"text": text} for text in _notes(verdict)]
    return made


def _method(screening: Screening) -> str:
    books = ", ".join(f"{book.id} ({book.digest})" for book in screening.rulebooks)
    return f"menscreen {screening.menscreen}; rulebooks: {books}" if books else f"menscreen {screening.menscreen}"


def _basis(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    """The records that statements rest on, each person and finding once, by the ids of the family."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in evidence:
        kind = "Patient" if one.relation == "self" else "FamilyMemberHistory"
        found.setdefault(
            (one.person, one.finding),
            {
                "type": kind,
                "identifier": {"system": f"{_OWN}person", "value": one.person},
                "display": f"{one.relation}: {one.finding}{age_in_words(one.age)}",
            },
        )
    return list(found.values())


def _prediction(flag: Flag) -> dict[str, Any]:
    cited = flag.citation
    artifact: dict[str, Any] = {"type": "citation", "display": f"{cited.title}, {cited.locator}".rstrip(", ")}
    if cited.url:
        artifact["url"] = cited.url
    return {
        "extension": [
            {"url": f"{_OWN}rule", "valueString": flag.rule},
            {"url": f"{_OWN}strength", "valueCode": flag.strength.value},
            {"url": f"{_OWN}done", "valueBoolean": flag.done},
            {"url": f"{_STRUCTURE}workflow-relatedArtifact", "valueRelatedArtifact": artifact},
        ],
        "outcome": {"text": ", ".join(flag.syndromes) or "a hereditary endocrine tumor syndrome"},
        "rationale": f"{flag.statement} Because: {flag.because}",
    }


def _notes(verdict: Verdict) -> list[str]:
    notes = [f"Outcome: {verdict.outcome.value}. It could become: {verdict.could_become.value}."]
    notes += [notice.text for notice in verdict.notices]
    notes += [f"To ask ({question.relation}): {question.ask}" for question in verdict.questions]
    notes += [f"Limit ({limit.relation}): {limit.why}" for limit in verdict.limits]
    return notes

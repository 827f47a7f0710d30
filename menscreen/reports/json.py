"""The result as JSON, ``menscreen-result/1``: the same screening gives the same bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec

from menscreen.screening.verdict import (
    Cascade,
    Citation,
    Evidence,
    Flag,
    GuidelineOutcome,
    Notice,
    Question,
    RulebookUsed,
    Screening,
    Verdict,
)

SCHEMA = "menscreen-result/1"

_encode = msgspec.json.Encoder().encode

T = TypeVar("T")


def write_json(screening: Screening) -> bytes:
    """Write the result as one line of JSON in UTF-8, without a line end.

    Labels of people never appear; ids do, since the result must be joined to the family again.

    >>> from menscreen.screening.verdict import PedigreeUsed, Screening
    >>> write_json(Screening("0.1.0", (), PedigreeUsed("family-1", "menscreen", "sha256:0"), (), ()))[:51]
    b'{"schema":"menscreen-result/1","menscreen":"0.1.0",'
    """
    return _encode(
        {
            "schema": SCHEMA,
            "menscreen": screening.menscreen,
            "rulebooks": _rulebooks(_Same(screening.rulebooks)),
            "pedigree": _keyed(screening.pedigree, "id", "format", "digest"),
            "results": [_verdict(verdict) for verdict in screening.results],
            "problems": [_keyed(problem, *KEYS_OF_PROBLEM) for problem in screening.problems],
            "cascade": [_cascade(one) for one in screening.cascade],
        }
    )


#: What is said of a problem, in this order.
KEYS_OF_PROBLEM = ("code", "severity", "where", "found", "needed", "fix")


def _keyed(value: object, *keys: str) -> dict[str, Any]:
    """The attributes under these keys, in this order (that of attrs classes is not kept by msgspec)."""
    return {key: getattr(value, key) for key in keys}


class _Same(Generic[T]):
    """A value told from others by identity alone: comparing what stands in many results would take longer."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@lru_cache(maxsize=16)
def _rulebooks(used: _Same[tuple[RulebookUsed, ...]]) -> msgspec.Raw:
    """The rulebooks of a profile, which are the same for every family."""
    return msgspec.Raw(_encode([_keyed(book, "id", "edition", "digest") for book in used.value]))


@lru_cache(maxsize=16)
def _guidelines(rows: _Same[tuple[GuidelineOutcome, ...]]) -> msgspec.Raw:
    """What each guideline says, which is the same for all families in which no statement counts."""
    return msgspec.Raw(_encode([_keyed(row, "id", "outcome", "rule", "fact") for row in rows.value]))


@lru_cache(maxsize=256)
def _notice(notice: _Same[Notice]) -> msgspec.Raw:
    """A notice, which says the same of many families."""
    return msgspec.Raw(_encode({"text": notice.value.text, "citation": _citation(notice.value.citation)}))


def _verdict(verdict: Verdict) -> dict[str, Any]:
    through = verdict.through
    urgency = {} if verdict.urgency is None else {"urgency": verdict.urgency}
    return {
        "person": verdict.person,
        "outcome": verdict.outcome,
        "could_become": verdict.could_become,
        "through": None if through is None else _keyed(through, "person", "relation"),
        "test_first": verdict.test_first,
        "syndromes": verdict.syndromes,
        **urgency,
        "notices": [_notice(_Same(notice)) for notice in verdict.notices],
        "also_outcome": verdict.also_outcome,
        "also": [_flag(flag) for flag in verdict.also],
        "flags": [_flag(flag) for flag in verdict.flags],
        "questions": [_question(question) for question in verdict.questions],
        "limits": [_keyed(limit, "person", "relation", "why") for limit in verdict.limits],
        "guidelines": _guidelines(_Same(verdict.guidelines)),
        "accounted": [_keyed(one, "person", "at", "finding", "role", "why") for one in verdict.accounted],
        "test_first_because": verdict.test_first_because,
        "standing": [_keyed(one, "gene", "status") for one in verdict.standing],
        "rests_on": [_evidence(fact) for fact in verdict.rests_on],
    }


def _cascade(cascade: Cascade) -> dict[str, Any]:
    people = [_keyed(one, "person", "relation", "degree", "status", "share") for one in cascade.people]
    return {"gene": cascade.gene, "people": people, "ages": cascade.ages}


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "person": flag.person,
        "relation": flag.relation,
        "rule": flag.rule,
        "syndromes": flag.syndromes,
        "strength": flag.strength,
        "statement": flag.statement,
        "because": flag.because,
        "evidence": [_evidence(fact) for fact in flag.evidence],
        "genes": flag.genes,
        "done": flag.done,
        "actions": flag.actions,
        "citation": _citation(flag.citation),
        "suffices": [[fact.at for fact in facts] for facts in flag.suffices],
        "sets": flag.sets,
        "explained_by": flag.explained_by,
    }


def _evidence(fact: Evidence) -> dict[str, Any]:
    age = fact.age
    return {
        "person": fact.person,
        "relation": fact.relation,
        "finding": fact.finding,
        "age": age.low if age is not None and age.low == age.high else age,
        "at": fact.at,
        **({"qualities": fact.qualities} if fact.qualities else {}),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return _keyed(citation, "guideline", "title", "year", "locator", "url", "provenance")


def _question(question: Question) -> dict[str, Any]:
    return {
        "person": question.person,
        "relation": question.relation,
        "at": question.at,
        "kind": question.kind,
        "ask": question.ask,
        "answers": [{"value": answer.value, "then": answer.then} for answer in question.answers],
        "decides": question.decides,
        "could_become": question.could_become,
        "could_add": question.could_add,
        "instead": question.instead,
    }

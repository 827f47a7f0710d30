"""The result as JSON, ``menscreen-result/1``: the same screening gives the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from menscreen.pedigree.person import Age
from menscreen.screening.verdict import Evidence, Flag, Screening, Verdict

SCHEMA = "menscreen-result/1"

_encode = msgspec.json.Encoder().encode


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
            "rulebooks": screening.rulebooks,
            "pedigree": screening.pedigree,
            "results": [_verdict(verdict) for verdict in screening.results],
            "problems": screening.problems,
        }
    )


def _verdict(verdict: Verdict) -> dict[str, Any]:
    urgency = {} if verdict.urgency is None else {"urgency": verdict.urgency}
    return {
        "person": verdict.person,
        "outcome": verdict.outcome,
        "could_become": verdict.could_become,
        "through": verdict.through,
        "test_first": verdict.test_first,
        "syndromes": verdict.syndromes,
        **urgency,
        "notices": verdict.notices,
        "also_outcome": verdict.also_outcome,
        "also": [_flag(flag) for flag in verdict.also],
        "flags": [_flag(flag) for flag in verdict.flags],
        "questions": verdict.questions,
        "limits": verdict.limits,
        "guidelines": verdict.guidelines,
        "accounted": [
            {"person": one.person, "at": one.at, "finding": one.finding, "role": one.role, "why": one.why}
            for one in verdict.accounted
        ],
    }


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
        "citation": flag.citation,
    }


def _evidence(fact: Evidence) -> dict[str, Any]:
    return {
        "person": fact.person,
        "relation": fact.relation,
        "finding": fact.finding,
        "age": _age(fact.age),
        "at": fact.at,
    }


def _age(age: Age | None) -> int | tuple[int, int | None] | None:
    return age.low if age is not None and age.low == age.high else age

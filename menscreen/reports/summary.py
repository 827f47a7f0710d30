"""What many screenings add up to: counts of outcomes, flags, questions and rejected families, as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

import attrs
import msgspec

from menscreen.screening.verdict import Outcome, Screening, Verdict

SCHEMA = "menscreen-summary/1"


@attrs.frozen
class Rejects:
    """How many families were rejected for a reason, and the number of the first, counted from one."""

    families: int
    first: int


@attrs.frozen
class Summary:
    """What was found in families, in their order. One summary added to another is that of all their families.

    Attributes:
        families: how many, rejected ones among them.
        rejected: those that could not be screened, each of which has at least one of the `rejects`.
        kept: those whose results were written.
        people: those asked about: the proband of each family, or everyone.
        outcomes: people by their outcome for MEN; `could_become` by the strongest that an answer can bring, and
            `also_outcomes` by that for other syndromes (empty where MEN only is asked about).
        urgency: people by how soon, where a source says so.
        flags: people by the statement that is met for them; `questions` counts questions by kind.
        guidelines: for each rulebook people by what it alone says.
        rejects: rejected families by the code of a problem; `warnings` the other families by that of a warning.
    """

    families: int = 0
    rejected: int = 0
    kept: int = 0
    people: int = 0
    outcomes: Mapping[str, int] = attrs.field(factory=dict)
    could_become: Mapping[str, int] = attrs.field(factory=dict)
    also_outcomes: Mapping[str, int] = attrs.field(factory=dict)
    urgency: Mapping[str, int] = attrs.field(factory=dict)
    flags: Mapping[str, int] = attrs.field(factory=dict)
    questions: Mapping[str, int] = attrs.field(factory=dict)
    guidelines: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)
    rejects: Mapping[str, Rejects] = attrs.field(factory=dict)
    warnings: Mapping[str, int] = attrs.field(factory=dict)

    def __add__(self, later: Summary) -> Summary:
        rejects = dict(self.rejects)
        for code, more in later.rejects.items():
            known = rejects.get(code, Rejects(0, self.families + more.first))
            rejects[code] = attrs.evolve(known, families=known.families + more.families)
        ids = dict.fromkeys((*self.guidelines, *later.guidelines))
        return Summary(
            families=self.families + later.families,
            rejected=self.rejected + later.rejected,
            kept=self.kept + later.kept,
            people=self.people + later.people,
            guidelines={id: _both(self.guidelines.get(id, {}), later.guidelines.get(id, {})) for id in ids},
            rejects=rejects,
            **{name: _both(getattr(self, name), getattr(later, name)) for name in _COUNTS},
        )


_COUNTS = ("outcomes", "could_become", "also_outcomes", "urgency", "flags", "questions", "warnings")


def _both(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    both = dict(one)
    for key, number in other.items():
        both[key] = both.get(key, 0) + number
    return both


def summary_of(screenings: Iterable[Screening], *, kept: int = 0, men_only: bool = False) -> Summary:
    """Add up some screenings; a family that was rejected is one without results.

    >>> from menscreen.screening.verdict import PedigreeUsed
    >>> summary_of([Screening("0.1.0", (), PedigreeUsed(None, "unknown", ""), (), ())]).rejected
    1
    """
    verdicts: list[Verdict] = []
    warnings: Counter[str] = Counter()
    rejects: dict[str, Rejects] = {}
    families = rejected = 0
    for screening in screenings:
        families += 1
        codes = {problem.code for problem in screening.problems} if screening.problems else ()
        if screening.results:
            verdicts += screening.results
            warnings.update(codes)
            continue
        rejected += 1
        for code in codes:
            known = rejects.get(code, Rejects(0, families))
            rejects[code] = attrs.evolve(known, families=known.families + 1)
    counted = Counter((row.id, row.outcome) for verdict in verdicts for row in verdict.guidelines)
    guidelines: dict[str, dict[str, int]] = {}
    for (id, outcome), people in counted.items():
        guidelines.setdefault(id, {})[outcome] = people
    return Summary(
        families=families,
        rejected=rejected,
        kept=kept,
        people=len(verdicts),
        outcomes=Counter(one.outcome for one in verdicts),
        could_become=Counter(one.could_become for one in verdicts),
        also_outcomes={} if men_only else Counter(one.also_outcome for one in verdicts),
        urgency=Counter(one.urgency for one in verdicts if one.urgency is not None),
        flags=Counter(chain.from_iterable(_flags(one, men_only) for one in verdicts)),
        questions=Counter(question.kind for one in verdicts for question in one.questions),
        guidelines=guidelines,
        rejects=rejects,
        warnings=warnings,
    )


def _flags(verdict: Verdict, men_only: bool) -> set[str]:
    """The statements met for a person, each once, however many relatives meet it."""
    flags = verdict.flags if men_only else (*verdict.flags, *verdict.also)
    return {flag.rule for flag in flags}


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The counts, the largest first; equal ones by name."""
    return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


def by_strength(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts of outcomes, the strongest first, also those of which there are none."""
    return {outcome.value: counts.get(outcome, 0) for outcome in sorted(Outcome, reverse=True)}


def write_summary(summary: Summary) -> bytes:
    """Write a summary as JSON, in UTF-8, ending in a line end.

    >>> write_summary(Summary(families=1, rejected=1, rejects={"D001": Rejects(1, 1)})).splitlines()[1]
    b' "schema": "menscreen-summary/1",'
    """
    document = {
        "schema": SCHEMA,
        "families": summary.families,
        "rejected": summary.rejected,
        "kept": summary.kept,
        "people": summary.people,
        "outcomes": by_strength(summary.outcomes),
        "could_become": by_strength(summary.could_become),
        "also_outcomes": by_strength(summary.also_outcomes) if summary.also_outcomes else {},
        "urgency": dict(ranked(summary.urgency)),
        "flags": dict(ranked(summary.flags)),
        "questions": dict(ranked(summary.questions)),
        "guidelines": {id: by_strength(counts) for id, counts in sorted(summary.guidelines.items())},
        "rejects": {code: {"families": one.families, "first": one.first} for code, one in reasons(summary)},
        "warnings": dict(ranked(summary.warnings)),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def reasons(summary: Summary) -> list[tuple[str, Rejects]]:
    """Why families were rejected, the most frequent reason first."""
    return sorted(summary.rejects.items(), key=lambda row: (-row[1].families, row[0]))

"""What ``menscreen rules test`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from menscreen.laws import RuleTrial, Trial

SCHEMA = "menscreen-trial/1"


def as_text(trial: Trial, width: int) -> str:
    """The trial for people."""
    from menscreen.reports.layout import wrapped

    lines = wrapped(f"{trial.rulebook}; {trial.edition}", width)
    for rule in trial.rules:
        lines += ["", rule.rule]
        for row in _of_rule(rule):
            lines += wrapped(row, width, "  ", "    ")
    lines.append("")
    for row in _of_all(trial):
        lines += wrapped(row, width, "", "  ")
    return "\n".join(lines) + "\n"


def _of_rule(rule: RuleTrial) -> Iterator[str]:
    for what, counts in (("examples", rule.examples), ("families at its boundary", rule.families)):
        yield f"{what}: {', '.join(f'{number} {answer}' for answer, number in counts.items())}"


def _of_all(trial: Trial) -> Iterator[str]:
    counts = trial.changes
    made = _count(sum(counts.values()), "change")
    yield (
        f"{made} of rules and definitions: {counts['noticed']} noticed by an example, {counts['equivalent']} that "
        f"change no answer, {counts['unnoticed']} that no example notices"
    )
    yield f"laws on {_count(max(trial.laws.values()), 'family', 'families')}: {', '.join(trial.laws)}"
    yield _count(len(trial.problems), "problem") if trial.problems else "no problems"


def _count(number: int, word: str, several: str = "") -> str:
    return f"{number} {word if number == 1 else several or word + 's'}"


def as_json(trial: Trial) -> bytes:
    """The trial for programs, as one line."""
    import attrs
    import msgspec

    def written(one: object) -> object:
        return attrs.asdict(one, recurse=False) if attrs.has(type(one)) else one  # type: ignore[arg-type]

    problems = [written(problem) for problem in trial.problems]
    rules = [written(rule) for rule in trial.rules]
    document = {"schema": SCHEMA, **written(trial), "rules": rules, "problems": problems}  # type: ignore[dict-item]
    return msgspec.json.encode(document) + b"\n"

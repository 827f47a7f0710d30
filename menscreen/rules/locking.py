"""The lock on the shipped rules: a digest of what can change an answer, for each rule ever shipped.

A line of ``rules.lock`` is a rule, its first digest and its digest now (``-`` when the rule is gone; its id is never
used again). Where the two differ, ``docs/rulebook-changes.md`` has a row with the rule and the digest now.

``python -m menscreen.rules.locking`` writes the file anew, once the page has a row for every change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from menscreen.problems import Problem, RulebookError, Severity
from menscreen.rules.criteria import Criterion, Meets
from menscreen.rules.loading import FOLDER, shipped, shipped_rulebook
from menscreen.rules.rulebook import Rule, Rulebook, every

LOCK = FOLDER / "rules.lock"
CHANGES = Path(__file__).parents[2] / "docs" / "rulebook-changes.md"
GONE = "-"


class Locked(NamedTuple):
    """The digest with which a rule was first shipped, and the one that it has now."""

    first: str
    now: str


def digest(rule: Rule, definitions: Mapping[str, Criterion]) -> str:
    """Name everything about a rule that can change an answer; words, citations and examples do not count."""
    named = {name: definitions[name] for name in sorted(reached(rule.when, definitions))}
    told = (
        _plain(rule.when),
        {name: _plain(definition) for name, definition in named.items()},
        rule.strength,
        rule.reach,
        rule.self_only,
        rule.genes,
        rule.syndromes,
        rule.closes,
        rule.defines,
    )
    return sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()[:16]


def reached(root: Criterion, definitions: Mapping[str, Criterion]) -> set[str]:
    """The definitions that a criterion names, directly or through others."""
    found: set[str] = set()
    waiting = [root]
    for one in waiting:
        for part in every(one):
            if isinstance(part, Meets) and part.meets not in found:
                found.add(part.meets)
                waiting.append(definitions[part.meets])
    return found


def _plain(criterion: Criterion) -> object:
    """A criterion as plain data, each part with the name of its kind."""
    return type(criterion).__name__, [
        (field.name, _value(getattr(criterion, field.name))) for field in msgspec.structs.fields(criterion)
    ]


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return _plain(value) if isinstance(value, Criterion) else value


def digests(books: Iterable[Rulebook]) -> dict[str, str]:
    """The digest of every rule."""
    return {f"{book.id}/{rule.id}": digest(rule, book.definitions) for book in books for rule in book.rules}


def locked() -> dict[str, Locked]:
    """What ``rules.lock`` says."""
    if not LOCK.exists():
        return {}
    lines = (line.split() for line in LOCK.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {rule: Locked(first, now) for rule, first, now in lines}


def problems_of(book: Rulebook, known: Mapping[str, Locked] | None = None) -> list[Problem]:
    """The rules of a shipped rulebook that answer otherwise than the lock says."""
    lines = locked() if known is None else known
    found = digests([book])
    problems = []
    for number, rule in enumerate(book.rules):
        name = f"{book.id}/{rule.id}"
        line = lines.get(name)
        if line is None or line.now != found[name]:
            what = "a rule that is not locked" if line is None else "a rule that answers otherwise than the locked one"
            where = f"{book.id}.toml: rules[{number}]"
            problems.append(
                _changed(where, what if line is None or line.now != GONE else "the id of a rule that is gone")
            )
    for name, line in lines.items():
        if name.startswith(f"{book.id}/") and name not in found and line.now != GONE:
            problems.append(_changed(f"{book.id}.toml: rules", "a locked rule that is missing"))
    return problems


def _changed(where: str, found: str) -> Problem:
    needed = "the digest in rules.lock, and a row in docs/rulebook-changes.md for what changed"
    fix = "describe the change there, then run python -m menscreen.rules.locking"
    return Problem("R013", Severity.ERROR, where, found, needed, fix)


def renewed(known: Mapping[str, Locked], found: Mapping[str, str]) -> dict[str, Locked]:
    """The lock for the rules as they are: new ones start here, lost ones are gone for good."""
    lines = {rule: Locked(line.first, found.get(rule, GONE)) for rule, line in known.items()}
    return dict(sorted({**{rule: Locked(now, now) for rule, now in found.items()}, **lines}.items()))


def undescribed(lines: Mapping[str, Locked], page: str) -> Iterator[str]:
    """The changes that have no row: ``| `rule` | `digest` | which way | which examples |``."""
    rows = {
        (cells[0].strip("`"), cells[1].strip("`"))
        for cells in ([cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines())
        if len(cells) >= 4 and all(cells[:4])
    }
    for rule, line in lines.items():
        if line.now != line.first and (rule, line.now) not in rows:
            yield f"| `{rule}` | `{line.now}` | which way | which example families |"


def written(lines: Mapping[str, Locked]) -> str:
    """The text of ``rules.lock``."""
    head = "# rule, first digest, digest now: see menscreen/rules/locking.py\n"
    return head + "".join(f"{rule} {line.first} {line.now}\n" for rule, line in lines.items())


def update() -> None:
    """Write the lock for the shipped rules.

    Raises:
        RulebookError: when a change has no row in docs/rulebook-changes.md; the rows that are missing are given.
    """
    lines = renewed(locked(), digests(map(shipped_rulebook, shipped())))
    page = CHANGES.read_text(encoding="utf-8") if CHANGES.exists() else ""
    missing = list(undescribed(lines, page))
    if missing:
        raise RulebookError([_changed(CHANGES.name, f"no row such as {row}") for row in missing])
    LOCK.write_text(written(lines), encoding="utf-8")


if __name__ == "__main__":
    update()

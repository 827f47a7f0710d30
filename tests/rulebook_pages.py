"""The pages of the docs that are made from the rulebooks; ``python tests/rulebook_pages.py`` writes them anew.

What stands by hand in ``docs/rulebooks.md`` and ``docs/readings.md`` stays: only what is between
``<!-- made: NAME -->`` and ``<!-- end -->`` is replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs
from disagreements import TOPICS, Case

import menscreen
from menscreen.pedigree.family import FamilyHistory
from menscreen.rules.examples import family
from menscreen.rules.loading import full_rulebook, profile, profiles, shipped
from menscreen.rules.rulebook import Action, Example, Reach, Rule, Rulebook, criterion
from menscreen.rules.words import in_words

DOCS = Path(__file__).parents[1] / "docs"
BOOKS = {id: full_rulebook(id) for id in shipped()}
REACH = {
    Reach.NEAR: "first degree; second degree: consider",
    Reach.THIRD: "first degree; second and third degree: consider",
    Reach.KINDRED: "first and second degree; farther: consider",
    Reach.ANY: "every blood relative",
}
SEEN = {
    "verbatim": "the source's own words were seen",
    "secondary": "seen second-hand",
    "recalled": "recalled, not seen",
}

HEAD = """# Where the guidelines differ

Each source with its operator, and families on either side of each line: a cell says what the rulebook says of the
family, and is empty where it flags nothing. A test holds that exactly the sources flag a family whose operators say so.
`menscreen rules diff A B` finds such families for any two rulebooks, and `menscreen rules compare FILE` shows for a
family of yours who says what, and on which fact they part.
"""


def pages() -> dict[Path, str]:
    """Every page that is made, with its text."""
    made = {DOCS / "rulebooks" / f"{id}.md": _page(book) for id, book in BOOKS.items()}
    made[DOCS / "disagreements.md"] = _disagreements()
    for name, parts in (
        ("rulebooks.md", {"profiles": _profiles, "register": _register, "left out": _left_out}),
        ("readings.md", {"readings": _readings}),
    ):
        made[DOCS / name] = _filled((DOCS / name).read_text(encoding="utf-8"), parts)
    return made


def _filled(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    for name, make in parts.items():
        pattern = re.compile(rf"(<!-- made: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert pattern.search(text), name
        made = make()
        text = pattern.sub(lambda match, made=made: f"{match[1]}\n{made}\n{match[2]}", text)  # type: ignore[misc]
    return text


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; nothing when it has no rows."""
    lines = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    titles = list(head)
    return "\n".join(["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles), *lines]) + "\n" if lines else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _named(id: str, folder: str = "rulebooks/") -> str:
    return f"[`{id}`]({folder}{id}.md)"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _profiles() -> str:
    parts = []
    for name, says in profiles().items():
        members = profile(name)
        parts.append(f"### `{name}`\n\n{says}\n")
        if set(members) | {id for id in BOOKS if BOOKS[id].guideline.status == "draft"} == set(BOOKS):
            parts.append(f"{len(members)} rulebooks: {next(iter(members.values()))}\n")
            continue
        rows = [
            (_named(id), f"{BOOKS[id].guideline.publisher}, {BOOKS[id].guideline.edition}", because)
            for id, because in profile(name, drafts=True).items()
        ]
        drafts = profile(name, drafts=True).keys() - members.keys()
        rows = [
            (f"{link} (with `--drafts`)" if id in drafts else link, edition, because)
            for id, (link, edition, because) in zip(profile(name, drafts=True), rows, strict=True)
        ]
        parts.append(_table(("rulebook", "publisher, edition", "why it runs"), rows))
    return "\n".join(parts)


def _register() -> str:
    rows = []
    for id, book in BOOKS.items():
        seen = Counter(one.provenance for one in _statements(book))
        covers = sorted({statement for table in (*book.rules, *book.actions) for statement in table.statement})
        evidence = ", ".join(f"{number} {how}" for how, number in sorted(seen.items()))
        what = f"{_count(len(book.rules), 'rule')}, {_count(len(book.actions), 'action')}"
        rows.append((_named(id), book.guideline.status, what, ", ".join(covers), book.guideline.read, evidence))
    return _table(("rulebook", "status", "holds", "covers", "last compared", "by what evidence"), rows)


def _statements(book: Rulebook) -> Iterator[Rule | Action]:
    yield from book.rules
    yield from book.actions


def _left_out() -> str:
    rows = [(_named(id), ", ".join(one.statement), one.because) for id, book in BOOKS.items() for one in book.left_out]
    return _table(("rulebook", "statement", "why"), rows)


def _readings() -> str:
    parts = []
    for id, book in BOOKS.items():
        rows = [
            (f"`{rule.id}`", reading.question, reading.decision, reading.because)
            for rule in book.rules
            for reading in rule.readings
        ]
        if rows:
            table = _table(("rule", "question", "decision", "because"), rows)
            parts.append(f"### {id}\n\n{book.guideline.title}.\n\n{table}")
    return "\n".join(parts)


def _page(book: Rulebook) -> str:
    """The page of one rulebook."""
    about = book.guideline
    runs = [name for name in profiles() if about.id in profile(name)]
    drafts = [name for name in profiles() if about.id in profile(name, drafts=True) and name not in runs]
    facts = [
        ("publisher", about.publisher),
        ("edition", about.edition),
        ("address", f"<{about.url}>"),
        ("speaks of", ", ".join(about.syndromes)),
        ("status", about.status),
        ("last compared with its source", about.read),
        ("in the profiles", ", ".join(runs + [f"{name} (with --drafts)" for name in drafts]) or "none"),
    ]
    parts = [
        f"# {about.id}\n\n{about.title}. Statements are paraphrased; check the live page before clinical use.\n",
        *([f"{about.note}\n"] if about.note else []),
        _table(("field", "value"), facts),
        *([f"## Rules\n\n{_count(len(book.rules), 'statement')} on whom to test.\n"] if book.rules else []),
        *(_rule(book, rule) for rule in book.rules),
        *_definitions(book),
        *_actions(book),
        *_codons(book),
    ]
    if book.left_out:
        rows = [(", ".join(one.statement), one.because) for one in book.left_out]
        parts.append("## Left out\n\n" + _table(("statement", "why"), rows))
    return "\n".join(parts)


def _rule(book: Rulebook, rule: Rule) -> str:
    reach = "the person alone" if rule.self_only else REACH[rule.reach]
    facts = [
        ("read as", in_words(rule.when)),
        ("says", rule.strength.value),
        ("counts for", reach),
        ("genes", ", ".join(rule.genes) or "none named"),
        ("speaks of", ", ".join(rule.syndromes)),
        ("stands in", rule.locator if rule.url == book.guideline.url else f"{rule.locator}, <{rule.url}>"),
        ("wording", SEEN[rule.provenance]),
        ("evidence", ", ".join(rule.statement)),
    ]
    parts = [f"### `{rule.id}`\n\n{rule.says}\n", _table(("field", "value"), facts)]
    if rule.actions:
        parts.append("".join(f"- {action}\n" for action in rule.actions))
    if rule.readings:
        rows = [(one.question, one.decision, one.because) for one in rule.readings]
        parts.append("What the wording leaves open:\n\n" + _table(("question", "decision", "because"), rows))
    rows = [(one.name, _family(one), one.answer, one.breaks or "") for one in rule.examples]
    parts.append(_table(("example", "family", "answer", "breaks"), rows))
    return "\n".join(parts)


def _family(example: Example) -> str:
    return "; ".join(f"{relation}: {', '.join(facts)}" for relation, facts in example.family.items())


def _definitions(book: Rulebook) -> Iterator[str]:
    if book.definitions:
        rows = [
            (name.replace("-", " "), book.meanings[name], in_words(made)) for name, made in book.definitions.items()
        ]
        yield "## Definitions\n\n" + _table(("definition", "means", "read as"), rows)


def _actions(book: Rulebook) -> Iterator[str]:
    if book.actions:
        rows = [
            (
                one.says,
                one.kind,
                "" if one.when is None else in_words(criterion(one.when)),
                ", ".join(one.rules or one.syndromes or book.guideline.syndromes),
                f"{one.locator}; {SEEN[one.provenance]}",
                ", ".join(one.statement),
            )
            for one in book.actions
        ]
        head = ("says", "kind", "when", "with flags of", "source", "evidence")
        yield "## Actions and notes\n\n" + _table(head, rows)


def _codons(book: Rulebook) -> Iterator[str]:
    if book.codons:
        rows = [(str(one.codon), ", ".join(one.changes), one.class_, one.status) for one in book.codons]
        yield "## Codons of RET\n\n" + _table(("codon", "changes", "class", "seen"), rows)


def _disagreements() -> str:
    parts = [HEAD]
    for topic in TOPICS:
        parts.append(f"## {topic.title}\n\n{topic.says}\n")
        rows = [(_named(id), words) for id, (words, _) in topic.sources.items()]
        parts.append(_table(("rulebook", "flags"), rows))
        cells = [(case.words, *(_said(id, case) for id in topic.sources)) for case in topic.cases]
        parts.append(_table(("family", *(f"`{id}`" for id in topic.sources)), cells))
    return "\n".join(parts)


def _said(id: str, case: Case) -> str:
    people = attrs.evolve(family(case.people), family_history=FamilyHistory.ASKED)
    verdict = menscreen.screen(people, rulebooks=[id], drafts=True).results[0]
    said = max(verdict.outcome, verdict.also_outcome)
    return str(said) if said >= menscreen.Outcome.CONSIDER else ""


def write() -> None:
    """Write every page that is not as it should be, and take away those of rulebooks that are gone."""
    (DOCS / "rulebooks").mkdir(exist_ok=True)
    made = pages()
    for path in (DOCS / "rulebooks").glob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()

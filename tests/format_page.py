"""The page of the docs on formats; ``python tests/format_page.py`` writes it anew from the table of formats."""

from __future__ import annotations

from pathlib import Path

from menscreen.formats.coverage import FACTS
from menscreen.formats.table import FORMATS, Format

PAGE = Path(__file__).parents[1] / "docs" / "formats.md"
HEAD = """# Formats

A family is read from any of these; the content tells which it is, never the name of the file, and `--from` overrules
it. Content compressed with gzip is expanded, up to 64 megabytes. `menscreen convert FILE --to FORMAT` writes one, and
names on standard error, before it writes, everything that the format cannot carry.

```python
import menscreen

family = menscreen.read({"proband": {"label": "Ann", "findings": [{"finding": "MTC", "age": 31}]}})
done = menscreen.convert(family, "fhir")
assert done.losses == ()
assert menscreen.read(done.content).person("self").findings[0].term == "medullary-thyroid-carcinoma"
```

What a format cannot say is not known, never absent: a file that cannot carry tumors gives `clarify` with that reason,
however healthy its people look. Problems and evidence tell their place in the file: keys (`people[3].findings[0]`), a
JSON pointer (`/proband/subject`), or a line or row with its column. What became of public files of others is told in
[Files of others](formats/files.md).

"""


AFTER = """
A reader takes what the format has, also where our writer does not write it. Where a format is narrower still (a fixed
list of cancers or genes), `convert` says so. An id that the format reads as nobody (`0`, `NA`) or cannot hold is
replaced (`P1`, `P2` ...), and `convert` says how many were. [The pedigree format](format.md) is that of `menscreen`.
"""


def page() -> str:
    """The text of the page."""
    formats = list(FORMATS.values())
    rows = "".join(
        f"| `{one.id}` | {_named(one)} | {'yes' if one.is_written else 'no'} | {_asked(one)} |\n" for one in formats
    )
    table = "| format | what it is | written | can tell of tumors |\n|---|---|---|---|\n" + rows
    written = [one for one in formats if one.is_written]
    lines = [f"| fact | {' | '.join(one.id for one in written)} |", f"|---|{'---|' * len(written)}"]
    for name, fact in FACTS.items():
        marks = " | ".join("yes" if name in one.facts else "" for one in written)
        lines.append(f"| {fact.words} | {marks} |")
    facts = "\n## What our writers carry\n\n" + "\n".join(lines) + "\n"
    return HEAD + table + facts + AFTER


def _named(one: Format) -> str:
    place = PAGE.parent / "formats" / f"{ {'fhh': 'portrait'}.get(one.id, one.id) }.md"
    return f"[{one.name}](formats/{place.name})" if place.exists() else one.name


def _asked(one: Format) -> str:
    if one.asked is None:
        return "yes"
    return f"of {', '.join(one.asked)} only" if one.asked else "no"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""The page of the docs that lists what `menscreen` offers; ``python tests/names_page.py`` writes it anew."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import menscreen

PAGE = Path(__file__).parents[1] / "docs" / "names.md"
HEAD = """# Names

What `import menscreen` offers; [The library](library.md) shows how to use it. The values are what a family is made of
and what a screening says; they are frozen.

```python
from menscreen import (
    Adoption, Age, Finding, Gender, GeneticTest, History, Origin, Pedigree, Person, Result, Scope, Sex, Status, Twins,
    UnplacedRelation, Zygosity, screen,
)

medullary = Finding("medullary-thyroid-carcinoma", age=Age(41, 41), status=Status.PRESENT, at="m.findings[0]")
test = GeneticTest("RET", Result.PATHOGENIC, "c.1900T>C", scope=Scope.FULL, origin=Origin.GERMLINE, at="m.tests[0]")
people = (
    Person("self", sex=Sex.FEMALE, gender=Gender.WOMAN, mother="m", at="self"),
    Person("twin", sex=Sex.FEMALE, mother="m", history=History.UNKNOWN, at="twin"),
    Person("m", sex=Sex.FEMALE, findings=(medullary,), tests=(test,), at="m"),
    Person("aunt", sex=Sex.FEMALE, relation=UnplacedRelation("self", "aunt"), adopted=Adoption.OUT, at="aunt"),
)
screening = screen(Pedigree(people, "self", twins=(Twins(("self", "twin"), Zygosity.MONOZYGOTIC),)))
verdict = screening.results[0]
assert [flag.syndromes for flag in verdict.flags][0] == ("MEN2A", "MEN2B")
assert {one.person: one.share for one in screening.cascade[0].people}["self"] == "1/2"
assert verdict.accounted[0].role == "counted"
```

Everything is documented where it is defined: `help(menscreen.Flag)`. Modules are imported by their full names, such as
`menscreen.rules.loading`.
"""
KINDS = ("Functions", "Errors", "Values", "Words", "Modules")
#: Where the functions are that docs/library.md names in full, and what a rulebook is made of.
MODULES = ("rules.criteria", "rules.loading", "rules.rulebook", "rules.verifying", "screening.differing")


def page() -> str:
    """The text of the page."""
    rows: dict[str, list[str]] = {kind: [] for kind in KINDS}
    values = {name: getattr(menscreen, name) for name in menscreen.__all__}
    values |= {name: import_module(f"menscreen.{name}") for name in MODULES}
    for name, value in sorted(values.items(), key=lambda one: one[0].lower()):
        if name != "__version__":
            first = " ".join((value.__doc__ or "").strip().split("\n\n")[0].split()).replace("|", "\\|")
            rows[_kind(value)].append(f"| `{name}` | {first} |\n")
    return HEAD + "".join(f"\n## {kind}\n\n| name | is |\n|---|---|\n{''.join(rows[kind])}" for kind in KINDS)


def _kind(value: object) -> str:
    if isinstance(value, ModuleType):
        return "Modules"
    if not isinstance(value, type):
        return "Functions"
    if issubclass(value, Exception):
        return "Errors"
    return "Words" if hasattr(value, "__members__") else "Values"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

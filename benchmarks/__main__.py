"""``python -m benchmarks`` measures everything and writes the tables and plots of docs/benchmarks.md.

``--short`` measures the whole path only, and fails where it costs many times what it did. ``--only NAME`` runs one
case; ``--families N`` sets how many families the batches have at most.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import cases
from benchmarks.cases import Case
from benchmarks.page import plot, table

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "benchmarks.md"
#: Times `json.loads`; a run that needs more has become much slower, whatever the machine.
LIMITS = {"one in twenty has something telling": 40.0, "every family has": 250.0}


def main() -> int:
    """Run what is asked for."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--short", action="store_true")
    words.add_argument("--only", action="append", default=[])
    words.add_argument("--families", type=int, default=100_000)
    asked = words.parse_args()
    if asked.short:
        return short()
    most = asked.families
    made: dict[str, Callable[[], Case | None]] = {
        "path": lambda: cases.path(25),
        "readable": lambda: cases.readable(7),
        "sizes": lambda: cases.sizes(11, 100_000),
        "rules": lambda: cases.rules(15),
        "relations": lambda: cases.relations(11),
        "languages": lambda: cases.languages(11),
        "workers": lambda: cases.workers(5, min(most, 20_000)),
        "spark": lambda: cases.spark(9, min(most, 10_000)),
        "memory": lambda: cases.memory(most),
    }
    for name, measure in made.items():
        if asked.only and name not in asked.only:
            continue
        case = measure()
        if case is not None:
            print(f"{case.title}: times {case.unit}")
            for row, one in case.rows.items():
                print(f"  {row}: {one}", flush=True)
            keep(case)
    return 0


def keep(case: Case) -> None:
    """Put the table and the plot of a case where the page has a place for them."""
    text = PAGE.read_text()
    picture = f"benchmarks/{case.name}.svg"
    if picture in text:
        (DOCS / picture).write_text(plot(case))
    place = re.compile(rf"(<!-- {case.name} -->\n).*?(<!-- end -->)", re.DOTALL)
    PAGE.write_text(place.sub(lambda match: f"{match[1]}{table(case)}{match[2]}", text))


def short() -> int:
    """Measure the whole path a few times; the status tells whether it is within the limits."""
    status = 0
    for row, one in cases.path(5).rows.items():
        limit = next(limit for name, limit in LIMITS.items() if name in row)
        print(f"{row}: {one} times json.loads, at most {limit:g}")
        if one.median > limit:
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())

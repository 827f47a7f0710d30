"""A pytest plugin: which test runs which line of the core, and how long each test takes.

Used with ``coverage run``; the times go to the file that MENSCREEN_TIMES names.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

TIMES: defaultdict[str, float] = defaultdict(float)
#: Those that did not pass, which could tell nothing of a mutant: some measure time, and tracing takes time.
LEFT: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    tracer = coverage.Coverage.current()
    assert tracer is not None, "run me with `coverage run -m pytest`"
    tracer.switch_context(item.nodeid)
    try:
        return (yield)
    finally:
        tracer.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    TIMES[report.nodeid] += report.duration
    if report.outcome != "passed":
        LEFT.add(report.nodeid)


def pytest_sessionfinish() -> None:
    kept = {test: seconds for test, seconds in TIMES.items() if test not in LEFT}
    Path(os.environ["MENSCREEN_TIMES"]).write_text(json.dumps(kept, indent=1), encoding="utf-8")

"""What holds for all tests, and what they tell beside passing: how the mutants of the rules ended."""

from __future__ import annotations

import pytest
from histories import EFFORT, ENDED
from hypothesis import settings

#: The same examples each time, so that a commit passes or fails whoever runs it; more effort draws others.
settings.register_profile("menscreen", derandomize=EFFORT == 1, deadline=None)
settings.load_profile("menscreen")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ENDED:
        counts = ", ".join(f"{number} {how}" for how, number in sorted(ENDED.items()))
        terminalreporter.write_line(f"mutants of the rules: {sum(ENDED.values())} made, {counts}")

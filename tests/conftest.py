"""What the tests tell beside passing: how the mutants of the rules ended."""

from __future__ import annotations

import pytest
from mutants import ENDED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ENDED:
        counts = ", ".join(f"{number} {how}" for how, number in sorted(ENDED.items()))
        terminalreporter.write_line(f"mutants of the rules: {sum(ENDED.values())} made, {counts}")

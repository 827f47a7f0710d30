"""What a start costs, as a multiple of an empty Python started side by side.

The best of many runs counts, so that a busy machine makes no failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import menscreen
from menscreen.rules.loading import compile_rulebooks
from menscreen.vocabulary.compiling import compile_vocabulary

EXAMPLE = Path(__file__).parents[1] / "examples" / "men1-three-generations.json"
COMMAND = Path(sys.executable).parent / "menscreen"
NOTHING = [sys.executable, "-c", "pass"]


#: With bytecode kept from the first run on, as an installed package has it.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@pytest.fixture(scope="module", autouse=True)
def compiled_data() -> None:
    """Compile the data as an install does: sources may have been edited since."""
    package = Path(menscreen.__file__).parent
    (package / "vocabulary" / "compiled.msgpack").write_bytes(compile_vocabulary())
    (package / "rulebooks" / "compiled.msgpack").write_bytes(compile_rulebooks())


def seconds(words: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def times_nothing(words: list[str], limit: float) -> float:
    """The smallest ratio of the best times seen; measuring ends early once it is below the limit."""
    ratio = float("inf")
    nothing, something = seconds(NOTHING), seconds(words)
    for run in range(40):
        nothing, something = min(nothing, seconds(NOTHING)), min(something, seconds(words))
        ratio = something / nothing
        if run >= 10 and ratio <= limit:
            break
    return ratio


def test_importing_menscreen_costs_at_most_a_fifth_more_than_nothing() -> None:
    assert times_nothing([sys.executable, "-c", "import menscreen"], 1.2) <= 1.2


@pytest.mark.parametrize("format", ["text", "json"])
def test_screening_a_file_costs_at_most_12_times_nothing(format: str) -> None:
    if not COMMAND.exists():
        pytest.skip("the command is not installed beside this Python")
    assert times_nothing([str(COMMAND), "screen", str(EXAMPLE), "--format", format], 12) <= 12

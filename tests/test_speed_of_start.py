"""What a start costs, as a multiple of an empty Python started side by side.

The best of several rounds counts, so that a busy machine makes no failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

import menscreen
from menscreen.rules.loading import compile_rulebooks
from menscreen.vocabulary.compiling import compile_vocabulary

pytestmark = pytest.mark.clock

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
    """The smallest ratio of medians of up to 8 rounds of 12 runs in turns; measuring ends once it is below the limit.

    Medians, as one lucky run of an empty Python says more of the machine than of the command; rounds, as a busy
    minute does.
    """
    seconds(words)
    ratio = float("inf")
    for _ in range(8):
        pairs = [(seconds(NOTHING), seconds(words)) for _ in range(12)]
        ratio = min(ratio, median(each[1] for each in pairs) / median(each[0] for each in pairs))
        if ratio <= limit:
            break
    return ratio


def test_importing_menscreen_costs_at_most_a_fifth_more_than_nothing() -> None:
    assert times_nothing([sys.executable, "-c", "import menscreen"], 1.2) <= 1.2


@pytest.mark.parametrize("format", ["text", "json"])
def test_screening_a_file_costs_at_most_12_times_nothing(format: str) -> None:
    if not COMMAND.exists():
        pytest.skip("the command is not installed beside this Python")
    assert times_nothing([str(COMMAND), "screen", str(EXAMPLE), "--format", format], 12) <= 12

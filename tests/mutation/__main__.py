"""``python -m tests.mutation`` changes the core in small ways, one at a time, and tells which changes no test notices.

``--branches`` runs the plain tests with nothing changed and fails where a branch of the core is taken by none.
``--trace`` runs them with those of random families, and keeps which test runs which line, for what follows. Without
either 400 mutants are tried, or ``--sample N``, the same ones for the same ``--seed``; ``--all`` tries every one,
``--words`` those of vocabularies, keys and messages instead of those of the logic, ``--matching TEXT`` those whose name
has the text, ``--again`` those that lived last time. ``--tests FILE`` runs these tests instead of the traced ones.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from . import running
from .changing import ROOMS, ROOT, Mutant, sample
from .running import Batch, Ending, Tests, ending

FOLDER = ROOT / ".mutation"
EXPLAINED = Path(__file__).with_name("explained.toml")
#: Tests of other rooms, of commands and of pages: they tell little of the core, and take long.
LEFT_OUT = (
    "arrow", "asking_at_a_terminal", "batch*", "browser", "canrisk", "ccda", "cli", "csv", "drawing*", "fhir",
    "file_page", "formats", "ga4gh_pedigree", "hostile_formats", "interview_page", "killed", "markup", "mutation",
    "names_page", "package", "ped", "pedigreejs", "phenopackets", "phenotips", "portrait", "problem_page", "readme",
    "reports_fhir", "reports_writing", "rulebook_pages", "schema", "seeded_bugs", "site", "spark", "speed*",
    "strategies", "trial",
)  # fmt: skip
#: Tests that take long, and no branch of the core that a quicker one does not take as well.
SLOW = ("asking", "docs", "oracle", "reports_*")


def main() -> int:
    """Do what is asked for."""
    words = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    words.add_argument("--branches", action="store_true")
    words.add_argument("--trace", action="store_true")
    words.add_argument("--all", action="store_true")
    words.add_argument("--sample", type=int, default=400)
    words.add_argument("--seed", default="1")
    words.add_argument("--matching", default="")
    words.add_argument("--words", action="store_true")
    words.add_argument("--again", action="store_true")
    words.add_argument("--tests", nargs="+", default=[])
    asked = words.parse_args()
    os.chdir(ROOT)
    FOLDER.mkdir(exist_ok=True)
    if asked.branches:
        return branches()
    if asked.trace:
        return trace()
    running.warm()
    tests = None if asked.tests else Tests.traced(FOLDER)
    mutants = sample(
        None if asked.all or asked.matching or asked.again else asked.sample, asked.seed, words=asked.words
    )
    last = FOLDER / "lived.txt"
    if asked.again:
        again = set(last.read_text(encoding="utf-8").splitlines())
        mutants = [one for one in mutants if one.key in again]
    mutants = [one for one in mutants if asked.matching in one.key]
    lived = tried(mutants, tests, asked.tests)
    last.write_text("".join(f"{one.key}\n" for one in lived), encoding="utf-8")
    return told(mutants, lived)


def branches() -> int:
    """Which branches no plain test takes: what a random family takes today, it may not take tomorrow."""
    left_out = "--ignore=menscreen/strategies", *(f"--ignore-glob=*/test_{name}.py" for name in SLOW)
    return covered("branches.sqlite", "not clock and not hypothesis", *left_out)


def trace() -> int:
    """Which test runs which line, and for how long."""
    os.environ["MENSCREEN_TIMES"] = str(FOLDER / "times.json")
    return covered("lines.sqlite", "not clock", "-p", "tests.mutation.tracing")


def covered(data: str, marked: str, *options: str) -> int:
    """Run the tests with nothing changed, and report the branches that none takes; what was run is kept."""
    os.environ["COVERAGE_FILE"] = str(FOLDER / data)
    left_out = [f"--ignore-glob=*/test_{name}.py" for name in LEFT_OUT]
    coverage = [sys.executable, "-m", "coverage"]
    pytest = ["run", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", marked, *left_out, *options]
    tests = subprocess.run([*coverage, *pytest], check=False)
    return tests.returncode or subprocess.run([*coverage, "report", "--fail-under=100"], check=False).returncode


def tried(mutants: Sequence[Mutant], tests: Tests | None, given: Sequence[str]) -> list[Mutant]:
    """Those that no test notices; each is told when it ends. A module of each room with nothing changed must live."""

    def batches(one: Mutant) -> list[Batch]:
        return [Batch(list(given), 20.0)] if tests is None else tests.batches(one)

    for plain in {one.room: one for one in mutants}.values():
        if ending(plain.path, None, batches(plain)) is not Ending.LIVED:
            raise SystemExit(f"the tests fail with nothing changed: {plain.path}")
    lived, began = [], time.monotonic()
    for count, one in enumerate(mutants, 1):
        how = ending(one.path, one.number, batches(one))
        if how is Ending.LIVED:
            lived.append(one)
        passed = time.monotonic() - began
        print(f"{count}/{len(mutants)} {passed:5.0f} s  {how.value}: {one.line} {one.key}", flush=True)
    return lived


def told(mutants: Sequence[Mutant], lived: Sequence[Mutant]) -> int:
    """Print what lived, and the scores: raw, and without those whose reason is kept."""
    explained = reasons()
    unexplained = [one for one in lived if one.key not in explained]
    print("\nlived:")
    for one in unexplained:
        print(f"  {one.path}:{one.line} {one.where}: {one.was} -> {one.now}")
    print("\nlived, and change nothing that anyone could see:")
    for one in lived:
        if one.key in explained:
            print(f"  {one.path}:{one.line} {one.where}: {one.was} -> {one.now}: {explained[one.key]}")
    every, alive = Counter(one.room for one in mutants), Counter(one.room for one in lived)
    gone = explained.keys() - {one.key for one in sample(None, "")}
    print("", *(f"explained, but no longer there: {key}" for key in sorted(gone)), sep="\n")
    for room in ROOMS:
        if every[room]:
            print(f"{room}: {score(every[room] - alive[room], every[room])}")
    print(f"all: {score(len(mutants) - len(lived), len(mutants))}")
    counted = len(mutants) - (len(lived) - len(unexplained))
    print(f"without the explained ones: {score(counted - len(unexplained), counted)}")
    return 0


def reasons() -> dict[str, str]:
    """Why a mutant that lives is no fault: by its key."""
    rows = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("explained", [])
    return {mutant: row["because"] for row in rows for mutant in row["mutants"]}


def score(noticed: int, every: int) -> str:
    """A share with the interval that holds the true one 19 times in 20 (Wilson)."""
    if not every:
        return "none"
    low, high = wilson(noticed, every)
    return f"{noticed} of {every} noticed, {noticed / every:.1%} ({low:.1%} to {high:.1%})"


def wilson(hits: int, tries: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval for a share."""
    share = hits / tries
    middle = share + z * z / (2 * tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return (middle - half) / (1 + z * z / tries), (middle + half) / (1 + z * z / tries)


if __name__ == "__main__":
    sys.exit(main())

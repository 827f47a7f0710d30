"""Fuzzing of every reader and of the loader of rulebooks, guided by what code an input reaches (atheris).

``python tests/fuzzing.py --inputs 1000000`` or ``--seconds 30``. An input gives a result or a problem; anything else is
a fault, of which the input is kept. At the end: how many inputs each target had and how many of them gave a result, the
slowest (in seconds of the processor, instrumented), the peak of memory.
"""

from __future__ import annotations

import argparse
import os
import pkgutil
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

from distortion import SECRET, distorted

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus"
EXAMPLES = FOLDER.parent / "examples"
#: Inputs are no longer than this: every branch of a reader fits in, and libFuzzer stays quick.
LONGEST = 24_000
#: One accepted input of so many is screened and written as well, if the family has no more people than this.
ONE_IN, MOST_PEOPLE = 100, 60


@cache
def targets() -> dict[str, Callable[[bytes], None]]:
    """What is fuzzed: each format of the table by name, content that tells its own format, and rulebooks."""
    from menscreen.formats.table import FORMATS

    found: dict[str, Callable[[bytes], None]] = {id: lambda data, id=id: _read(data, id) for id in FORMATS}
    return {**found, "any": lambda data: _read(data, None), "rulebook": _load}


@cache
def seeds() -> dict[str, list[bytes]]:
    """Documents in order for each target: the corpus, and our examples as our writers write them."""
    import menscreen
    from menscreen.formats.table import FORMATS

    found = {target: [path.read_bytes() for path in sorted(CORPUS.glob(f"{target}.*"))] for target in targets()}
    found["menscreen"] += [path.read_bytes() for path in sorted(EXAMPLES.glob("*.json"))]
    families = [menscreen.read(CORPUS / "family.json"), menscreen.read(EXAMPLES / "men1-three-generations.json")]
    for id, format in FORMATS.items():
        if format.is_written:
            found[id] += [format.write(family) for family in families]
    found["any"] = [one for id in FORMATS for one in found[id][:2]]
    return found


def judged(target: str, data: bytes) -> bool:
    """Whether an input gives a target a result; raises where it gives neither that nor problems that name nobody."""
    from menscreen.problems import CODES, MenscreenError

    try:
        targets()[target](data)
    except MenscreenError as error:
        refused = error
    else:
        return True
    assert refused.problems, "a refusal without a problem"
    assert all(one.code in CODES and one.needed and one.fix for one in refused.problems), "half a problem"
    assert target == "rulebook" or SECRET not in str(refused), "a problem that quotes the input"
    return False


def _read(data: bytes, format: str | None) -> None:
    import menscreen

    family = menscreen.read(data, format=format)
    assert not any(SECRET in str(problem) for problem in family.problems), "a warning that quotes the input"
    if crc32(data) % ONE_IN == 0 and len(family.people) <= MOST_PEOPLE:
        _screened_and_written(family)


def _screened_and_written(family: Any) -> None:
    import menscreen
    from menscreen.formats.table import FORMATS
    from menscreen.reports.writing import FORMATS as REPORTS, render

    screening = menscreen.screen(family)
    for format in REPORTS:
        assert render(screening, format)
    for format in FORMATS.values():
        if format.is_written:
            written = format.write(family)
            try:
                menscreen.read(written, format=format.id)
            except menscreen.PedigreeError as error:
                if format.id == "menscreen":
                    raise AssertionError(f"what was written is refused: {error}") from None


def _load(data: bytes) -> None:
    import menscreen
    from menscreen.rules.loading import load
    from menscreen.rules.verifying import check

    path = _file()
    path.write_bytes(data)
    book = load(path)
    if crc32(data) % ONE_IN == 0:
        check(path)
        for example in sorted(EXAMPLES.glob("m*.json")):
            menscreen.screen(menscreen.read(example), rulebooks=[book])


@cache
def _file() -> Path:
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None)) / "fuzzed.toml"


class Slow(NamedTuple):
    seconds: float
    target: str
    data: bytes


class Run:
    """Inputs one after the other until there were enough; what was seen of them."""

    def __init__(self, most: int, seconds: float, folder: Path) -> None:
        self.names = list(targets())
        self.most, self.until, self.folder = most, time.monotonic() + seconds, folder
        self.began = time.monotonic()
        self.counts: Counter[str] = Counter()
        self.accepted: Counter[str] = Counter()
        self.slowest: dict[str, Slow] = {}
        self.faults: dict[str, bytes] = {}

    def one(self, data: bytes) -> None:
        """Judge an input, of which the first byte chooses the target."""
        done = self.counts.total()
        if done >= self.most or time.monotonic() > self.until:
            self.end()
        if done % 10_000 == 0:
            (self.folder / "report.md").write_text(self.report() + "\n")
        if not data:
            return
        target, data = self.names[data[0] % len(self.names)], data[1:]
        began = time.process_time()
        try:
            self.accepted[target] += judged(target, data)
        except Exception as fault:
            self.note(fault, target, data)
        took = time.process_time() - began
        self.counts[target] += 1
        if took > self.slowest.get(target, Slow(0, "", b"")).seconds:
            self.slowest[target] = Slow(took, target, data)

    def note(self, fault: Exception, target: str, data: bytes) -> None:
        """Keep the input of a fault at a place where none was before."""
        last = traceback.extract_tb(fault.__traceback__)[-1]
        ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if "menscreen" in frame.filename]
        place = ours[-1] if ours else last
        key = f"{type(fault).__name__} in {Path(place.filename).name}, line {place.lineno}: {str(fault)[:120]!a}"
        if key not in self.faults and len(self.faults) < 200:
            self.faults[key] = data
            (self.folder / f"{target}-{crc32(key.encode()):08x}").write_bytes(data)
            sys.stderr.write(f"FAULT ({target}): {key}\n")

    def end(self) -> None:
        """Print the report and leave; libFuzzer would go on."""
        sys.stdout.write(self.report() + "\n")
        sys.stdout.flush()
        for target, slow in self.slowest.items():
            (self.folder / f"slowest-{target}").write_bytes(slow.data)
        os._exit(1 if self.faults else 0)

    def report(self) -> str:
        """What a run has shown, as a table."""
        rows = [
            f"| {target} | {self.counts[target]:,} | {self.accepted[target]:,} | "
            f"{self.slowest[target].seconds:.2f} | {len(self.slowest[target].data):,} |"
            for target in self.names
            if self.counts[target]
        ]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return "\n".join(
            [
                "| target | inputs | with a result | slowest, s | its bytes |",
                "|---|---|---|---|---|",
                *rows,
                f"{self.counts.total():,} inputs in {time.monotonic() - self.began:.0f} s; "
                f"peak of memory {peak:.0f} MB; faults at {len(self.faults)} places",
            ]
        )


def fuzz(most: int, seconds: float, seed: int, folder: Path) -> None:
    """Run libFuzzer over all targets at once; does not return."""
    import atheris

    with atheris.instrument_imports(include=["menscreen"]):
        for room in ("menscreen.formats", "menscreen.rules"):
            for module in pkgutil.walk_packages(import_module(room).__path__, f"{room}."):
                import_module(module.name)
    known = seeds()
    names = list(targets())
    start = Path(tempfile.mkdtemp())
    for number, name in enumerate(names):
        for place, data in enumerate(known[name]):
            if len(data) < LONGEST:
                (start / f"{name}-{place}").write_bytes(bytes([number]) + data)
    lent = {name: [one for one in known[name] if len(one) < LONGEST] for name in names}

    def mutated(data: bytes, largest: int, seed: int) -> bytes:
        chance = Random(seed)
        if not data or chance.random() < 0.4:
            number = chance.randrange(len(names))
            data = bytes([number]) + chance.choice(lent[names[number]])
        if chance.random() < 0.15:
            made = bytes(atheris.Mutate(data[1:], largest - 1))
        else:
            made = distorted(data[1:], lent[names[data[0] % len(names)]], chance)
        return (data[:1] + made)[:largest]

    run = Run(most, seconds, folder)
    options = [
        f"-seed={seed}",
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-verbosity=0",
        "-timeout=600",
        "-report_slow_units=600",
        f"-artifact_prefix={folder}/",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup([sys.argv[0], *options, str(start)], run.one, custom_mutator=mutated)
    atheris.Fuzz()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10**12)
    parser.add_argument("--seconds", type=float, default=10**9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="a folder for the report and the inputs of faults")
    chosen = parser.parse_args()
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="fuzzed-"))
    folder.mkdir(parents=True, exist_ok=True)
    fuzz(chosen.inputs, chosen.seconds, chosen.seed, folder)


if __name__ == "__main__":
    main()

"""What is measured. Each case gives rows: what, and how many times as much as the first row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from oracle import Oracle
from population import TELLING, family, large, population

import menscreen
from benchmarks.rounds import Spread, ratios, seconds, spread
from menscreen.pedigree.kinship import kin
from menscreen.rules.loading import load, rulebooks_of, shipped
from menscreen.streaming.screener import Screener, manner_of

ROOT = Path(__file__).parents[1]


class Case(NamedTuple):
    """One question, with the answer.

    Attributes:
        unit: what a figure is a multiple of.
    """

    name: str
    title: str
    unit: str
    rows: dict[str, Spread]


def _screening(lines: list[bytes], **options: object) -> Callable[[], object]:
    def run() -> None:
        for line in lines:
            menscreen.screen_json(line, **options)  # type: ignore[arg-type]

    return run


def _loads(lines: list[bytes]) -> Callable[[], object]:
    return lambda: [json.loads(line) for line in lines]


def path(rounds: int) -> Case:
    """Bytes to bytes with the default rulebooks, beside `json.loads` of the same lines."""
    rows: dict[str, Spread] = {}
    for size in (12, 30):
        groups = {
            "one in twenty has something telling": list(population(200, sizes=(size,))),
            "every family has": list(population(60, sizes=(size,), telling=1.0)),
        }
        for name, lines in groups.items():
            found = ratios({"loads": _loads(lines), "screened": _screening(lines)}, "loads", rounds)
            rows[f"{size} people, {name}"] = found["screened"]
    return Case("path", "The whole path, bytes to bytes", "json.loads of the same line", rows)


def readable(rounds: int) -> Case:
    """The statements of one rulebook on a family, beside the brute-force evaluator of the tests."""
    book = load("eta-2012")
    families = [menscreen.read(family(records)) for records in TELLING]

    def slow() -> None:
        for one in families:
            for rule in book.rules:
                Oracle(one, book.definitions).answers(rule.when, one.position[one.proband])

    def fast() -> None:
        for one in families:
            _ = menscreen.screen(one, rulebooks=[book]).outcome

    found = ratios({"menscreen.screen": fast, "the brute-force evaluator": slow}, "menscreen.screen", rounds)
    return Case("readable", "One rulebook, families of twelve", "menscreen.screen", found)


def sizes(rounds: int, largest: int) -> Case:
    """The cost by the number of people, each beside `json.loads` of the same line."""
    rows: dict[str, Spread] = {}
    for size in (12, 30, 60, 1_000, 100_000):
        if size <= largest:
            lines = [large(size)] if size > 60 else list(population(60, sizes=(size,)))
            found = ratios(
                {"loads": _loads(lines), "screened": _screening(lines)}, "loads", rounds if size <= 1_000 else 3
            )
            rows[f"{size:,} people"] = found["screened"]
    return Case("sizes", "By the size of the family", "json.loads of the same line", rows)


def rules(rounds: int) -> Case:
    """The cost by the number of rules that run, beside one small rulebook."""
    lines = list(population(60))
    default = [book.id for book in rulebooks_of("default", drafts=False)]
    every = [id for id in shipped() if load(id).guideline.status != "draft"]
    actions: dict[str, Callable[[], object]] = {}
    for ids in (["eta-2012"], default[:7], default[:14], default, every):
        books = [load(id) for id in ids]
        screener = Screener(manner_of(rulebooks=books))
        number = sum(len(book.rules) for book in books)

        def run(screener: Screener = screener) -> None:
            from menscreen.reports.json import write_json

            for line in lines:
                write_json(screener.screening(line))

        actions[f"{number} rules in {len(books)} rulebook{'s' if len(books) > 1 else ''}"] = run
    first = next(iter(actions))
    return Case("rules", "By the number of rules", first, ratios(actions, first, rounds))


def relations(rounds: int) -> Case:
    """How everybody is related to the proband, in families of thirty, beside packages for pedigrees."""
    from benchmarks.rivals import peddy_relations, pednet_relations

    families = [menscreen.read(line) for line in population(10, sizes=(30,))]
    actions: dict[str, Callable[[], object]] = {
        "menscreen": lambda: [kin(one, one.position[one.proband]) for one in families]
    }
    for name, make in (("PedNet", pednet_relations), ("peddy", peddy_relations)):
        made = make(families)
        if made is not None:
            actions[name] = made
    return Case("relations", "Relations of thirty people to one", "menscreen", ratios(actions, "menscreen", rounds))


def languages(rounds: int) -> Case:
    """One criterion on a FHIR bundle, beside engines of the Clinical Quality Language."""
    from benchmarks.rivals import bundles, cql_execution, dhis2w

    documents = bundles()
    actions: dict[str, Callable[[], object]] = {
        "menscreen, 1 rulebook": _screening(documents, rulebooks=[load("eta-2012")]),
        "menscreen, all default rulebooks": _screening(documents),
    }
    for criteria in (1, 30):
        made = dhis2w(documents, criteria)
        if made is not None:
            actions[f"dhis2w-fhir-engine, {criteria} criteri{'a' if criteria > 1 else 'on'}"] = made
    found = ratios(actions, "menscreen, 1 rulebook", rounds)
    node = cql_execution(documents, actions["menscreen, 1 rulebook"], rounds)
    if node is not None:
        found["cql-execution (Node), 1 criterion"] = node
    return Case("languages", "A family in FHIR, from bytes", "menscreen, 1 rulebook", found)


def workers(rounds: int, families: int) -> Case | None:
    """A batch with two workers beside one with one, start included: how many times as quick.

    Two processes need two cores: rounds before or after which somebody else takes one do not count.
    """
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.write_bytes(b"\n".join(population(families)))
        for turn in range(3 * rounds):
            taken: dict[int, float] = {}
            is_quiet = _others() < 0.1
            for number in (1, 2) if turn % 2 else (2, 1):
                begun = time.perf_counter()
                _batch(source, number)
                taken[number] = time.perf_counter() - begun
            if is_quiet and _others() < 0.1:
                found.append(taken[1] / taken[2])
            if len(found) == rounds:
                break
    if len(found) < 3:
        return None
    title = f"A batch of {families:,} families, of {len(found)} quiet rounds"
    return Case("workers", title, "the speed of one worker", {"1 worker": Spread(1, 1, 1), "2 workers": spread(found)})


def _others() -> float:
    """How much of a core others take while nothing runs here."""
    before = _busy()
    time.sleep(0.5)
    return (_busy() - before) / 0.5


def _busy() -> float:
    user, nice, system, *_ = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")


def _batch(source: Path, workers: int) -> None:
    words = ["batch", str(source), "-o", f"{source}.out", "--workers", str(workers)]
    done = subprocess.run([sys.executable, "-m", "menscreen", *words], capture_output=True)
    assert done.returncode == 0, done.stderr


def memory(most: int) -> Case:
    """The most memory of a batch with two workers, all its processes together, by the number of families."""
    peaks: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in (1_000, 10_000, 100_000, 1_000_000):
            if number <= most:
                source = Path(folder) / "in"
                with source.open("wb") as file:
                    file.writelines(line + b"\n" for line in population(number))
                peaks[number] = _peak(source)
    rows = {f"{number:,} families": spread([peak / peaks[min(10_000, most)]]) for number, peak in peaks.items()}
    return Case("memory", "Memory of a batch", f"that of {min(10_000, most):,} families", rows)


def _peak(source: Path) -> float:
    """The sum of the most that each process has held (kilobytes), looked at while they run."""
    words = ["batch", str(source), "-o", f"{source}.out", "--workers", "2", "--only", "warranted"]
    started = subprocess.Popen(
        [sys.executable, "-m", "menscreen", *words], stderr=subprocess.DEVNULL, start_new_session=True
    )
    seen: dict[str, int] = {}
    while started.poll() is None:
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if os.getsid(int(entry.name)) == started.pid:
                    status = (entry / "status").read_text()
                    held = int(status.partition("VmHWM:")[2].split()[0])
                    seen[entry.name] = max(held, seen.get(entry.name, 0))
            except (OSError, IndexError, ValueError):
                continue
        time.sleep(0.02)
    assert started.returncode == 0
    return float(sum(seen.values()))


def spark(rounds: int, families: int) -> Case | None:
    """The same families in local Spark with two workers, beside `batch` with two, the start of either apart."""
    from benchmarks.rivals import local_spark

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        lines = list(population(families))
        source.write_bytes(b"\n".join(lines))
        small = Path(folder) / "small"
        small.write_bytes(b"\n".join(lines[:200]))
        inside = local_spark(lines)
        if inside is None:
            return None
        found: list[float] = []
        for _ in range(rounds):
            whole, taken, start = _timed(source), seconds(inside), _timed(small)
            found.append(taken / (whole - start))
    rows = {"menscreen batch": Spread(1, 1, 1), "menscreen.spark, local[2]": spread(found)}
    return Case("spark", f"{families:,} families, two processes", "menscreen batch", rows)


def _timed(source: Path) -> float:
    begun = time.perf_counter()
    _batch(source, 2)
    return time.perf_counter() - begun

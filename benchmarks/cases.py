"""What is measured. Each case gives rows: what, and how many times as much as the first row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from oracle import Oracle
from population import TELLING, family, large, population

import menscreen
from benchmarks.rounds import Spread, ratios, spread
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


def workers(rounds: int, families: int) -> Case:
    """A batch with two workers beside one with one, in processor time, which a busy machine leaves as it is."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in"
        source.write_bytes(b"\n".join(population(families)))
        for _ in range(rounds):
            one, two = (_watched(source, "--workers", number).processor for number in "12")
            found.append(two / one)
    rows = {"1 worker": Spread(1, 1, 1), "2 workers, all processes together": spread(found)}
    return Case("workers", f"A batch of {families:,} families", "the processor time of one worker", rows)


def memory(most: int) -> Case:
    """The most memory of a batch with two workers, all its processes together, by the number of families."""
    peaks: dict[int, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in (1_000, 10_000, 100_000, 1_000_000):
            if number <= most:
                source = Path(folder) / "in"
                with source.open("wb") as file:
                    file.writelines(line + b"\n" for line in population(number))
                peaks[number] = _watched(source, "--workers", "2", "--only", "warranted").kilobytes
    rows = {f"{number:,} families": spread([peak / peaks[min(10_000, most)]]) for number, peak in peaks.items()}
    return Case("memory", "Memory of a batch", f"that of {min(10_000, most):,} families", rows)


class Watched(NamedTuple):
    """What all processes of a command took together: the most memory of each, and processor time."""

    kilobytes: int
    processor: float


def _watched(source: Path, *words: str) -> Watched:
    """Run a batch and look at its processes while they run."""
    command = [sys.executable, "-m", "menscreen", "batch", str(source), "-o", f"{source}.out", *words]
    started = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    memory: dict[int, int] = {}
    processor: dict[int, float] = {}
    while started.poll() is None:
        for process in _processes():
            with suppress(OSError, IndexError, ValueError):
                if os.getsid(process) == started.pid:
                    held = int(Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2].split()[0])
                    memory[process] = max(held, memory.get(process, 0))
                    processor[process] = _processor(process)
        time.sleep(0.02)
    assert started.returncode == 0
    return Watched(sum(memory.values()), sum(processor.values()))


def _processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def _processor(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _below(process: int) -> float:
    """The processor time of all processes that this one has started, and those have, which are still there."""
    parents: dict[int, int] = {}
    for one in _processes():
        with suppress(OSError):
            parents[one] = int(Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[1])
    found = {process}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    total = 0.0
    for one in found - {process}:
        with suppress(OSError):
            total += _processor(one)
    return total


def spark(rounds: int, families: int) -> Case | None:
    """The same families in local Spark and by `batch`, in processor time, the start of either apart."""
    from benchmarks.rivals import local_spark

    lines = list(population(families))
    inside = local_spark(lines)
    if inside is None:
        return None
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        source, small = Path(folder) / "in", Path(folder) / "small"
        source.write_bytes(b"\n".join(lines))
        small.write_bytes(b"\n".join(lines[:200]))
        for _ in range(rounds):
            whole, start = (_watched(file, "--workers", "2").processor for file in (source, small))
            before = _below(os.getpid())
            inside()
            found.append((_below(os.getpid()) - before) / (whole - start))
    rows = {"menscreen batch": Spread(1, 1, 1), "menscreen.spark, local[2], Java and Python together": spread(found)}
    return Case("spark", f"{families:,} families", "the processor time of menscreen batch", rows)

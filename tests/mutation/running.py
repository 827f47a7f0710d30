"""What the tests make of a mutant: each in a process of its own, with the tests that run its line first."""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import re
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

import attrs
import coverage

from .changing import ROOT, Mutant, changed

#: How many tests are tried first, and then, and the seconds that they may take, as they were with nothing changed.
FEW, FIRST = 60, 3.0
MANY, MOST = 600, 30.0
OF_EACH_LINE = 8
#: Modules that use what was compiled when the package was built; in their rooms they are given the sources instead.
COMPILED = {"menscreen.vocabulary.compiling": "vocabulary", "menscreen.rules.loading": "rules"}
#: What a mutant may take of the machine.
MEMORY = 4 * 1024**3
#: So many times the seconds that its tests took, and so many more for imports, until a mutant is held to run forever.
SLOWER, LONGER = 3, 25


class Ending(Enum):
    """How the run of a mutant ended."""

    NOTICED = "noticed"
    TIMED_OUT = "timed out"
    LIVED = "lived"


class Batch(NamedTuple):
    """Tests that are run together, and the seconds that they took with nothing changed."""

    tests: list[str]
    seconds: float


@attrs.frozen(slots=False)
class Tests:
    """What is known of the tests: which line each runs, and the seconds it takes."""

    data: Path
    times: dict[str, float]
    _known: dict[str, dict[int, list[str]]] = attrs.field(factory=dict, init=False)

    @classmethod
    def traced(cls, folder: Path) -> Tests:
        """What a traced run has left behind."""
        return cls(folder / "lines.sqlite", json.loads((folder / "times.json").read_text(encoding="utf-8")))

    @cached_property
    def _read(self) -> coverage.CoverageData:
        data = coverage.CoverageData(str(self.data))
        data.read()
        return data

    def batches(self, mutant: Mutant) -> list[Batch]:
        """A few of the tests that name what it makes or run its lines, more of them, and a few that run its module.

        Of the many that run a line most go the same way from there: a few that run each line of its function come
        first.
        A value that is kept after its first use is made in one test only, which is why those of the module follow.
        """
        at = self._at(mutant.path)
        running = {test for line in mutant.lines for test in self._at(line.path).get(line.number, ())}
        running |= {test for name in mutant.makes for test in self._naming(name)}
        others = {test for tests in at.values() for test in tests} - running
        near = self._nearest(running)
        first = self._within(near, FEW, FIRST)
        each = [test for line in mutant.around for test in self._nearest(at.get(line, ()))[:OF_EACH_LINE]]
        near = list(dict.fromkeys([*near[:first], *each, *near[first:]]))
        second = first + self._within(near[first:], MANY, MOST)
        far = self._nearest(others.difference(each))
        batches = near[:first], near[first:second], far[: self._within(far, FEW * 2, FIRST * 2)]
        return [Batch(batch, sum(map(self.times.__getitem__, batch))) for batch in batches if batch]

    def _at(self, path: str) -> dict[int, list[str]]:
        if path not in self._known:
            self._known[path] = self._read.contexts_by_lineno(path)
        return self._known[path]

    def _naming(self, name: str) -> Iterator[str]:
        """The tests in a file that names a constant."""
        word = re.compile(rf"\b{name}\b")
        for file, text in self._texts.items():
            if name.isupper() and word.search(text):
                yield from (test for test in self.times if test.startswith(file))

    @cached_property
    def _texts(self) -> dict[str, str]:
        files = {test.partition("::")[0] for test in self.times}
        return {f"{file}::": (ROOT / file).read_text(encoding="utf-8") for file in files}

    def _nearest(self, tests: Iterable[str]) -> list[str]:
        """Those that run little else come first: they are quick, and about this."""
        return sorted(
            (test for test in tests if test in self.times), key=lambda test: (self._breadth.get(test, 0), test)
        )

    @cached_property
    def _breadth(self) -> dict[str, int]:
        with sqlite3.connect(self.data) as data:
            count = "select context, count(*) from arc join context on context.id = context_id group by context"
            return dict(data.execute(count))

    def _within(self, tests: Sequence[str], most: int, seconds: float) -> int:
        spent = 0.0
        for at, test in enumerate(tests[:most]):
            spent += self.times[test]
            if spent > seconds and at:
                return at
        return min(most, len(tests))


def warm() -> None:
    """Import what tests need, but nothing of the package: each child imports that itself."""
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"
    import hypothesis.strategies  # noqa: F401
    import jsonschema  # noqa: F401
    import msgspec  # noqa: F401
    import pytest  # noqa: F401
    import typer.testing  # noqa: F401

    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    loaded = [name for name in sys.modules if name.partition(".")[0] == "menscreen"]
    assert not loaded, loaded


def ending(path: str, number: int | None, batches: Sequence[Batch]) -> Ending:
    """How it ends when a module has one change: in a child, so that nothing of it stays."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            _quiet()
            status = _run(path, number, batches)
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU):
        return Ending.TIMED_OUT
    return Ending.LIVED if status == 0 else Ending.NOTICED


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _run(path: str, number: int | None, batches: Sequence[Batch]) -> int:
    import pytest

    changing = _Changing(path, changed(ROOT / path, number))
    sys.meta_path.insert(0, changing)
    from menscreen.strategies.registering import register

    register()
    changing.import_all()  # pytest would load by itself, and unchanged, what it is given for its doctests
    for batch in batches:
        signal.alarm(int(batch.seconds * SLOWER) + LONGER)
        status = pytest.main([*batch.tests, "-x", "-q", "-p", "no:cacheprovider"])
        if status is not pytest.ExitCode.OK:
            return 1
    return 0


class _Changing(importlib.abc.MetaPathFinder):
    """Finds one module in its changed form."""

    def __init__(self, path: str, tree: ast.Module) -> None:
        self._path, self._tree, self._room = ROOT / path, tree, path.split("/")[1]
        self._name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def import_all(self) -> None:
        """Import the changed module, and those that are given the sources."""
        for name in (self._name, *(name for name, room in COMPILED.items() if room == self._room)):
            importlib.import_module(name)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name and COMPILED.get(fullname) != self._room:
            return None
        path = ROOT / f"{fullname.replace('.', '/')}.py" if fullname in COMPILED else self._path
        tree = self._tree if fullname == self._name else ast.parse(path.read_text(encoding="utf-8"))
        loader = _Loader(fullname, path, compile(tree, str(path), "exec"))
        return importlib.util.spec_from_file_location(fullname, path, loader=loader)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, fullname: str, path: Path, code: CodeType) -> None:
        super().__init__(fullname, str(path))
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        if module.__name__ in COMPILED:
            module.COMPILED = type(module.COMPILED)("nothing.msgpack")  # type: ignore[attr-defined]

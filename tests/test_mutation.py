"""The mutation run: its mutants are other programs, and what a test notices is told from what none does."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from mutation.changing import ROOT, changed, changes, mutants, sample

pytest.importorskip("coverage")

from mutation.__main__ import reasons, wilson

TRUTH = ROOT / "menscreen" / "rules" / "truth.py"


def now(code: str) -> set[str]:
    """Everything that a line of code may be changed into."""
    found = set()
    for number, _ in enumerate(changes(ast.parse(code))):
        tree = ast.parse(code)
        list(changes(tree))[number].make()
        found.add(ast.unparse(tree))
    return found


@pytest.mark.parametrize(
    ("code", "mutants"),
    [
        ("a < 1", {"a <= 1", "a < 2", "a < 0", "pass"}),
        ("a = b and not c", {"a = b or not c", "a = b and c"}),
        ("a = f(b, c, d=True)", {"a = f(c, b, d=True)", "a = f(b, c, d=False)"}),
        ("a = any(b)", {"a = all(b)"}),
        ("a = max(b, c)", {"a = min(b, c)"}),
        ("def f():\n    return True", {"def f():\n    return False"}),
        ("if a:\n    b()", {"if not a:\n    b()", "if a:\n    pass"}),
        ("a = [b for b in c if b]", {"a = [b for b in c if not b]"}),
        ("a += -1", {"pass", "a -= -1", "a += 1", "a += -2", "a += -0"}),
        ("def f(a: int = 0) -> str:\n    'text'\n    return 'b'", {
            "def f(a: int=1) -> str:\n    'text'\n    return 'b'",
            "def f(a: int=-1) -> str:\n    'text'\n    return 'b'",
            "def f(a: int=0) -> str:\n    'text'\n    return None",
            "def f(a: int=0) -> str:\n    'text'\n    return 'b?'",
        }),
    ],
)  # fmt: skip
def test_a_line_is_changed_in_each_way_that_a_slip_could_be(code: str, mutants: set[str]) -> None:
    assert now(code) == {ast.unparse(ast.parse(one)) for one in mutants}


def test_each_mutant_is_another_program() -> None:
    plain = ast.dump(changed(TRUTH, None))
    trees = [changed(TRUTH, one.number) for one in mutants(TRUTH)]
    assert len({ast.dump(tree) for tree in trees} - {plain}) == len(trees) > 25
    for tree in trees:
        compile(tree, str(TRUTH), "exec")


def test_what_a_module_makes_when_it_is_imported_is_tried_where_it_is_used() -> None:
    ranks = [one for one in mutants(TRUTH) if "_RANK" in one.makes]
    code = TRUTH.read_text(encoding="utf-8").splitlines()
    used = {number for number, line in enumerate(code, 1) if "_RANK[" in line}
    assert ranks
    assert used
    for one in ranks:
        assert {line.number for line in one.lines} == used | {one.line}


def test_a_default_is_tried_where_the_function_runs() -> None:
    offers = next(
        one
        for one in mutants(ROOT / "menscreen" / "pedigree" / "relations.py")
        if "nearest_relations: 3 -> 4" in one.key
    )
    assert max(line.number for line in offers.lines) > offers.line + 5


def test_a_sample_is_spread_over_the_rooms_and_the_same_for_the_same_seed() -> None:
    one, again, other = sample(100, "1"), sample(100, "1"), sample(100, "2")
    assert one == again != other
    assert 98 <= len({mutant.key for mutant in one}) <= 102
    rooms = [mutant.room for mutant in sample(None, "1")]
    for room in set(rooms):
        share = rooms.count(room) / len(rooms)
        assert abs(sum(mutant.room == room for mutant in one) - 100 * share) <= 0.5


def test_what_is_explained_is_explained_in_a_sentence() -> None:
    assert all(len(because.split()) > 3 for because in reasons().values())


def test_the_interval_is_that_of_wilson() -> None:
    low, high = wilson(81, 100)
    assert (round(low, 4), round(high, 4)) == (0.7222, 0.8749)
    assert wilson(10, 10)[1] == pytest.approx(1.0)


def test_a_change_that_a_test_notices_is_told_from_one_that_none_does() -> None:
    def run(what: str, tests: str = "tests/test_truth.py") -> str:
        command = ["-m", "tests.mutation", "--tests", tests, "--matching", what]
        done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    assert "all: 1 of 1 noticed" in run("truth.py Truth.__invert__: return")
    lived = run("truth.py Truth.__and__: LtE in _RANK[self] <= _RANK[other] -> Lt")
    assert "all: 0 of 1 noticed" in lived
    assert "of two that are equal either will do" in lived
    assert "all: 1 of 1 noticed" in run(
        "rules/words.py _name: return", tests="menscreen/rules/words.py::menscreen.rules.words.in_words"
    )

"""Small faults in a module: each change of its syntax tree that a slip of the hand could be."""

from __future__ import annotations

import ast
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
#: The core: what a screening rests on.
ROOMS = ("vocabulary", "pedigree", "rules", "screening")

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip
RENAMED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
#: What is read by a type checker, by attrs or by nobody, and never when a family is screened.
UNREAD = {"annotation", "returns", "type_comment", "decorator_list", "bases", "keywords"}


class Line(NamedTuple):
    """A line of the core."""

    path: str
    number: int


class Mutant(NamedTuple):
    """One change of one module.

    Attributes:
        lines: those of the expression or statement that is changed; where it is run once, when the module is imported,
            those that use what it makes.
        around: those of the function that it is in.
        makes: the names that it makes once, when the module is imported or the function is called first.
    """

    path: str
    where: str
    number: int
    line: int
    lines: frozenset[Line]
    around: range
    makes: frozenset[str]
    was: str
    now: str
    again: int
    is_of_words: bool

    @property
    def key(self) -> str:
        """The same as long as this piece of code is: lines above may come and go."""
        again = f" ({self.again})" if self.again else ""
        return f"{self.path} {self.where}: {self.was} -> {self.now}{again}"

    @property
    def room(self) -> str:
        return self.path.split("/")[1]


class Change(NamedTuple):
    """A place in a tree, and what to put there."""

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    new: ast.AST
    where: str
    lines: range
    around: range
    makes: frozenset[str]

    @property
    def is_of_words(self) -> bool:
        return isinstance(self.node, ast.Constant) and isinstance(self.node.value, str)

    def make(self) -> None:
        """Change the tree."""
        new = ast.copy_location(self.new, self.node) if hasattr(self.node, "lineno") else self.new
        if self.index is None:
            setattr(self.parent, self.field, new)
        else:
            getattr(self.parent, self.field)[self.index] = new


def files() -> Iterator[Path]:
    """The modules of the core, in order."""
    for room in ROOMS:
        yield from sorted((ROOT / "menscreen" / room).rglob("*.py"))


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a module."""
    name = path.relative_to(ROOT).as_posix()
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for number, one in enumerate(changes(ast.parse(path.read_text(encoding="utf-8")))):
        was, now = _shown(one.node, one.parent), _shown(one.new, one.parent)
        again = seen[one.where, was, now]
        seen[one.where, was, now] += 1
        lines = frozenset(Line(name, line) for line in one.lines).union(*(uses().get(made, ()) for made in one.makes))
        line = one.lines.start
        found.append(
            Mutant(name, one.where, number, line, lines, one.around, one.makes, was, now, again, one.is_of_words)
        )
    return found


@cache
def uses() -> Mapping[str, set[Line]]:
    """The lines of the core that use a name."""
    found = defaultdict[str, set[Line]](set)
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Name(id=used, ctx=ast.Load()) | ast.Attribute(attr=used, ctx=ast.Load()):
                    found[used].add(Line(name, node.lineno))
    return found


def changed(path: Path, number: int | None) -> ast.Module:
    """The tree of a module with one change; with none for ``None``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if number is not None:
        for at, one in enumerate(changes(tree)):
            if at == number:
                one.make()
                break
    return ast.fix_missing_locations(tree)


def sample(size: int | None, seed: str, *, words: bool = False) -> list[Mutant]:
    """So many mutants, spread over the rooms in proportion; all of them for ``None``.

    Those of the logic, or those of the words: of vocabularies, keys and messages.

    Which ones follows from the seed and the key of each alone: a change elsewhere leaves the others in the sample.
    """
    every = [one for path in files() for one in mutants(path) if one.is_of_words is words]
    if size is None:
        return every
    chosen: list[Mutant] = []
    for room in ROOMS:
        here = [one for one in every if one.room == room]
        here.sort(key=lambda one: hashlib.sha256(f"{seed} {one.key}".encode()).digest())
        chosen += here[: round(size * len(here) / len(every))]
    return chosen


def changes(tree: ast.Module) -> Iterator[Change]:
    """Every change of a tree, in the order of the code."""
    yield from _below(tree, "module", range(1, 2), range(0), frozenset())


def _below(parent: ast.AST, where: str, lines: range, around: range, makes: frozenset[str]) -> Iterator[Change]:
    for field, value in ast.iter_fields(parent):
        if field in UNREAD and not (field == "keywords" and isinstance(parent, ast.Call)):
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or _is_docstring(parent, field, index, node) or _is_for_types(node):
                continue
            inside, own, function, made = where, lines, around, makes
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                inside = node.name if where == "module" else f"{where}.{node.name}"
            if isinstance(parent, ast.Module | ast.ClassDef):
                made = _made(node)
            if isinstance(node, ast.stmt | ast.expr) and not isinstance(parent, ast.arguments):
                own = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            if isinstance(node, ast.FunctionDef):
                function = own
            at = index if isinstance(value, list) else None
            for new in _instead(node, parent, field):
                yield Change(parent, field, at, node, new, where, own, function, made)
            yield from _below(node, inside, own, function, made)


def _made(node: ast.AST) -> frozenset[str]:
    """The names that a statement makes once: when the module is imported, or when what is remembered is called."""
    match node:
        case ast.Assign(targets=targets):
            return frozenset(target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            return frozenset({name})
        case ast.FunctionDef(name=name, decorator_list=decorators):
            return frozenset({name} if any("cache" in ast.unparse(one) for one in decorators) else ())
    return frozenset()


def _instead(node: ast.AST, parent: ast.AST, field: str) -> Iterator[ast.AST]:
    if (other := SWAPPED.get(type(node))) is not None:
        yield other()
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str(value)):
            yield ast.Constant(f"{value}?" if value else "?")
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Return(value=value) if value is not None and not _is_constant(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Raise():
            yield ast.Pass()
        case ast.Name(id=name) if field == "func" and name in RENAMED:
            yield ast.Name(RENAMED[name], ast.Load())
        case ast.Call(func=ast.Name(id="min" | "max")):
            pass  # the same whatever comes first
        case ast.Call(func=func, args=[first, second, *more], keywords=keywords) if not _are_same(first, second):
            yield ast.Call(func, [second, first, *more], keywords)
    is_test = field == "ifs" or (field == "test" and isinstance(parent, ast.If | ast.IfExp))
    if is_test and isinstance(node, ast.expr) and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _are_same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)


def _is_constant(node: ast.expr) -> bool:
    # Nothing is no other answer than False, and True is changed itself.
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _is_docstring(parent: ast.AST, field: str, index: int, node: ast.AST) -> bool:
    # A text alone in a line is a docstring, wherever it stands.
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_for_types(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Call(func=ast.Name(id="TypeVar" | "cast")):
            return True
    return isinstance(node, ast.Import | ast.ImportFrom)


def _shown(node: ast.AST, parent: ast.AST) -> str:
    if isinstance(node, ast.operator | ast.cmpop | ast.boolop | ast.unaryop):
        return f"{type(node).__name__} in {_short(ast.unparse(parent))}"
    return _short(ast.unparse(node))


def _short(text: Any) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= 100 else f"{words[:97]}..."

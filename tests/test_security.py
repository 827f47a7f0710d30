"""The page on security: every test that it names exists, and what it says of the code holds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE)


def test_every_test_that_the_page_names_exists() -> None:
    rows = [line for line in PAGE.partition("## Limits")[0].splitlines() if line.startswith("| ")]
    threats = [row for row in rows if not row.startswith("| threat")]
    assert len(NAMED) == len(threats) > 20
    for file, name in NAMED:
        code = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert name in {one.name for one in code.body if isinstance(one, ast.FunctionDef)}, f"{file}::{name}"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "menscreen").rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_text_becomes_code() -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    for name, code in modules():
        for one in ast.walk(code):
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                assert one.func.id not in forbidden, f"{name}, line {one.lineno}"


def test_nothing_opens_a_connection_or_starts_a_program() -> None:
    forbidden = {"asyncio", "ctypes", "ftplib", "http", "logging", "marshal", "pickle", "requests",
                 "shelve", "smtplib", "socket", "ssl", "subprocess", "urllib", "webbrowser"}  # fmt: skip
    for name, code in modules():
        for one in ast.walk(code):
            imported = {alias.name for alias in one.names} if isinstance(one, ast.Import) else set()
            if isinstance(one, ast.ImportFrom):
                imported = {one.module or ""}
            assert not forbidden & {module.partition(".")[0] for module in imported}, f"{name}, line {one.lineno}"
            if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "os":
                assert not one.attr.startswith(("system", "popen", "exec", "spawn")), f"{name}, line {one.lineno}"

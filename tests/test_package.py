"""The package from outside: public names, what an import brings along, metadata."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import menscreen

ROOT = Path(__file__).parents[1]


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("name", menscreen.__all__)
def test_every_public_name_is_there_and_described(name: str) -> None:
    value = getattr(menscreen, name)
    assert value is getattr(menscreen, name)
    assert name in dir(menscreen)
    if name not in ("__version__", *menscreen._ROOMS):
        assert value.__doc__
        assert value.__module__ in menscreen._PLACES


def test_the_names_for_type_checkers_are_the_names_at_run_time() -> None:
    import ast

    tree = ast.parse((ROOT / "menscreen" / "__init__.py").read_text())
    typed = {
        alias.asname: node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    typed = {name: module for name, module in typed.items() if name}
    rooms = dict.fromkeys(menscreen._ROOMS, "menscreen")
    assert typed == menscreen._MODULE_OF | rooms


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'scren'"):
        _ = menscreen.scren  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_else() -> None:
    assert loaded_after("import menscreen") - loaded_after("") <= {"menscreen", "__future__"}


def test_the_library_does_not_bring_the_command_along() -> None:
    loaded = loaded_after("import menscreen; menscreen.screen; menscreen.read; menscreen.screen_json; menscreen.write")
    assert not loaded & {"typer", "click", "rich", "pydantic", "tomllib"}


def test_screening_a_file_builds_no_type_adapter() -> None:
    example = ROOT / "examples" / "men1-three-generations.json"
    code = (
        "import os\n"
        "from menscreen.cli import run\n"
        f"try: run(['screen', {str(example)!r}, '-o', os.devnull])\n"
        "except SystemExit as exit: assert not exit.code, exit.code"
    )
    assert not loaded_after(code) & {"pydantic", "menscreen.cli.rules", "menscreen.cli.vocabulary"}


def test_every_module_can_be_imported_by_itself() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in (ROOT / "menscreen").rglob("*.py")
    )
    for module in modules:
        importlib.import_module(module)


def test_the_package_says_that_it_is_typed_and_forbids_no_newer_dependency() -> None:
    import tomllib

    assert (ROOT / "menscreen" / "py.typed").exists()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {one.split(">=")[0] for one in project["dependencies"]} == {"attrs", "msgspec", "typer"}
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    bounds = [one.split(";")[0] for one in [*project["dependencies"], *extras]]
    assert not [one for one in bounds if "<" in one or "==" in one or "~" in one]


def test_results_name_the_version_of_the_package() -> None:
    from menscreen.screening.screen import VERSION

    assert menscreen.__version__ == VERSION

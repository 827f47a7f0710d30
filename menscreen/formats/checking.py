"""Every problem of a family, without screening it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from menscreen.formats.reading import read
from menscreen.problems import PedigreeError, Problem


def check(
    source: str | Path | bytes | Mapping[str, Any], *, strict: bool = False, format: str | None = None
) -> tuple[Problem, ...]:
    """List every problem of a family, errors and warnings; where there is an error it cannot be screened.

    >>> [problem.where for problem in check({"proband": {"sex": "female", "age": 200}})]
    ['proband.age']
    """
    try:
        return read(source, strict=strict, format=format).problems
    except PedigreeError as error:
        return error.problems

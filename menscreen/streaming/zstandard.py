"""Zstandard: in Python's own library from 3.14 on, before that a package with the same names, if it is there."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from menscreen.problems import UsageError

MAGIC = b"\x28\xb5\x2f\xfd"


def _found() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


def codec() -> Any:
    """The module.

    Raises:
        UsageError: there is none.
    """
    found = _found()
    if found is None:
        needed = "Python 3.14, or the package backports.zstd"
        fix = "pip install 'menscreen[zstd]', or compress with gzip"
        raise UsageError.of("U007", "a file compressed with Zstandard", needed, fix)
    return found


def errors() -> tuple[type[Exception], ...]:
    """What is raised for a damaged file."""
    found = _found()
    return () if found is None else (found.ZstdError,)

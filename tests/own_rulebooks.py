"""Rulebooks of a clinic, for what no shipped one says."""

from __future__ import annotations

from pathlib import Path

from menscreen.rules.loading import load
from menscreen.rules.rulebook import Rulebook

HEAD = """
[guideline]
id = "{id}"
title = "Own"
publisher = "A clinic"
edition = "1"
url = "https://example.org"
read = "2026-11"
syndromes = ["MEN1"]
status = "{status}"
"""
RULE = """
[[rules]]
id = "{id}"
says = "Test."
locator = "1"
provenance = "verbatim"
strength = "warranted"
genes = ["{gene}"]
when = {when}
"""


def book(tmp_path: Path, id: str, *whens: str, status: str = "active", gene: str = "MEN1") -> Rulebook:
    """A rulebook with a rule for each criterion, written as in TOML."""
    path = tmp_path / f"{id}.toml"
    rules = "".join(RULE.format(id=f"r{at}", when=when, gene=gene) for at, when in enumerate(whens))
    path.write_text(HEAD.format(id=id, status=status) + rules, encoding="utf-8")
    return load(path)

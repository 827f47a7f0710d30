"""Reports as files: the format by name or ending, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from handmade import screening

import menscreen
from menscreen.reports.json import write_json
from menscreen.reports.text import write_text
from menscreen.reports.writing import render, save


def test_the_ending_of_the_name_chooses_the_format(tmp_path: Path) -> None:
    menscreen.write(screening(), tmp_path / "a.json")
    menscreen.write(screening(), str(tmp_path / "a.TXT"))
    assert (tmp_path / "a.json").read_bytes() == write_json(screening()) + b"\n"
    assert (tmp_path / "a.TXT").read_text() == write_text(screening())


def test_a_format_that_is_named_wins(tmp_path: Path) -> None:
    menscreen.write(screening(), tmp_path / "a.json", format="text")
    assert (tmp_path / "a.json").read_bytes() == render(screening(), "text")


@pytest.mark.parametrize(("name", "format"), [("a", None), ("a.pdf", None), ("a.txt", "pdf")])
def test_a_format_that_is_not_known_writes_nothing(name: str, format: str | None, tmp_path: Path) -> None:
    with pytest.raises(menscreen.UsageError) as raised:
        menscreen.write(screening(), tmp_path / name, format=format)
    assert [problem.code for problem in raised.value.problems] == ["U004"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_write_that_fails_leaves_what_stood_there(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(menscreen.UsageError, match="no space left on device"):
        save(b"new", target)
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert target.read_text() == "old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    save(b"new", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    save(b"new", os.devnull)
    assert not Path(os.devnull).is_file()

"""The audit of CI says what it did: a finding fails it, and a database that does not answer is no clean bill."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

AUDIT = Path(__file__).parents[1] / ".ci" / "audit"
pytestmark = pytest.mark.skipif(not AUDIT.exists(), reason="the checks of CI are not in a source distribution")
CANARY = {"name": "django", "version": "1.11", "vulns": [{"id": "A-1"}]}


def audited(folder: Path, *answers: dict[str, Any], says: str | None = None) -> subprocess.CompletedProcess[str]:
    pip_audit = folder / "pip-audit"
    said = json.dumps({"dependencies": answers}) if says is None else says
    pip_audit.write_text(f"#!{sys.executable}\nimport sys\nprint({said!r})\nsys.exit('could not connect')\n")
    pip_audit.chmod(0o755)
    command = [sys.executable, str(AUDIT), str(pip_audit)]
    return subprocess.run(command, input="One_Package==1.0\nother==2.0\n", capture_output=True, text=True)


def test_a_finding_fails(tmp_path: Path) -> None:
    found = {"name": "one-package", "version": "1.0", "vulns": [{"id": "A-2"}, {"id": "A-3"}]}
    done = audited(tmp_path, found, {"name": "other", "vulns": []}, CANARY)
    assert (done.returncode, done.stderr) == (1, "One_Package==1.0: A-2, A-3\n")


def test_without_a_finding_it_passes_and_says_what_the_database_does_not_know(tmp_path: Path) -> None:
    done = audited(
        tmp_path, {"name": "one-package", "vulns": []}, {"name": "other", "skip_reason": "not found"}, CANARY
    )
    assert (done.returncode, done.stdout) == (0, "1 releases audited; the database does not know: other\n")


@pytest.mark.parametrize("says", [None, "", '{"dependencies": []}'])
def test_a_database_that_does_not_answer_is_told_and_no_clean_bill(tmp_path: Path, says: str | None) -> None:
    names = ("one-package", "other", "django")
    done = audited(tmp_path, *({"name": name, "skip_reason": "not found"} for name in names), says=says)
    assert done.returncode == 0
    assert "skipped" in done.stdout
    assert ("could not connect" in done.stdout) is (says is not None)

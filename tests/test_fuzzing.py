"""Valid documents of every format, and rulebooks, made odd: a result or a problem, nothing else.

`tests/fuzzing.py` does the same for as long as wanted, guided by the code that an input reaches (docs/security.md).
"""

from __future__ import annotations

from random import Random

import pytest
from distortion import SECRET, distorted
from fuzzing import CORPUS, judged, seeds, targets
from histories import EFFORT

from menscreen.formats.table import FORMATS


def test_every_format_is_a_target_and_has_documents_to_begin_with() -> None:
    assert set(targets()) == {*FORMATS, "any", "rulebook"}
    assert all(seeds().values())
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < 50_000


@pytest.mark.parametrize("target", targets())
def test_the_documents_to_begin_with_are_in_order(target: str) -> None:
    for data in seeds()[target]:
        targets()[target](data)


@pytest.mark.parametrize("target", targets())
def test_an_odd_document_gives_a_result_or_a_problem(target: str) -> None:
    chance = Random(f"{target} made odd")
    for _ in range(150 * EFFORT):
        data = distorted(chance.choice(seeds()[target]), seeds()[target], chance)
        judged(target, data)
        if chance.random() < 0.3:
            judged(target, distorted(data, seeds()[target], chance))


def test_what_is_neither_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from menscreen.problems import PedigreeError, Problem, Severity

    def refuses(problem: Problem | None) -> None:
        def read(*_: object, **__: object) -> None:
            raise PedigreeError([problem] if problem else [])

        monkeypatch.setattr("menscreen.read", read)

    for problem in (
        None,
        Problem("D001", Severity.ERROR, "document", f"the name {SECRET}", "none", "take it out"),
        Problem("X999", Severity.ERROR, "document", "something", "something else", "change it"),
        Problem("D001", Severity.ERROR, "document", "something", "", "change it"),
    ):
        refuses(problem)
        with pytest.raises(AssertionError):
            judged("any", b"{}")

"""Verdicts whose explanation is made on demand: it costs more than the outcome."""

from __future__ import annotations

import attrs

from menscreen.screening.program import Run
from menscreen.screening.tally import Tally, tally_of
from menscreen.screening.verdict import Verdict


class LateVerdict(Verdict):
    """A verdict whose outcomes and syndromes are there at once, and everything else when it is first looked at."""

    __slots__ = ("_source",)
    _source: tuple[Run, int, Tally]

    def __init__(self, run: Run, position: int) -> None:
        tally = tally_of(run, position)
        keep = object.__setattr__  # as attrs does in a frozen class
        keep(self, "_source", (run, position, tally))
        keep(self, "person", run.family.pedigree.people[position].id)
        keep(self, "outcome", tally.outcome)
        keep(self, "could_become", tally.could_become)
        keep(self, "also_outcome", tally.also_outcome)

    def __getattr__(self, name: str) -> object:
        """Explain, once; Python asks here only for what is not there yet."""
        if name == "syndromes":
            object.__setattr__(self, name, self._source[2].syndromes)
            return self.syndromes
        if name not in _EXPLAINED:
            raise AttributeError(name)
        from menscreen.screening.everything import explained  # heavy, and seldom needed

        keep = object.__setattr__
        whole = explained(*self._source)
        for field, value in whole.items():
            keep(self, field, value)
        return whole[name]

    def __eq__(self, other: object) -> bool:
        """Whether a verdict, explained on demand or not, says the same."""
        return isinstance(other, Verdict) and _said(self) == _said(other)

    __hash__ = Verdict.__hash__

    def __reduce__(self) -> tuple[type[Verdict], tuple[object, ...]]:
        """Pickle as a plain verdict."""
        return Verdict, _said(self)


def _said(verdict: Verdict) -> tuple[object, ...]:
    return tuple(getattr(verdict, field.name) for field in attrs.fields(Verdict))


_EXPLAINED = frozenset(field.name for field in attrs.fields(Verdict)) - {
    "person", "outcome", "could_become", "also_outcome", "syndromes"
}  # fmt: skip

"""Explain an outcome: flags, questions, notices, accounting. This costs more than the outcome: done on demand."""

from __future__ import annotations

import attrs

from menscreen.screening.flags import Flagging
from menscreen.screening.program import Run
from menscreen.screening.tally import Tally, tally_of
from menscreen.screening.verdict import Verdict
from menscreen.screening.wording import Wording


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
        whole = explained(*self._source)
        for field in _EXPLAINED:
            object.__setattr__(self, field, getattr(whole, field))
        return getattr(self, name)

    def __reduce__(self) -> tuple[type[Verdict], tuple[object, ...]]:
        """Pickle as a plain verdict."""
        return Verdict, tuple(getattr(self, field.name) for field in attrs.fields(Verdict))


_EXPLAINED = frozenset(field.name for field in attrs.fields(Verdict)) - {
    "person", "outcome", "could_become", "also_outcome", "syndromes"
}  # fmt: skip


def explained(run: Run, position: int, tally: Tally) -> Verdict:
    """Everything that is said of one person."""
    from menscreen.screening.accounting import accounted
    from menscreen.screening.cascade import first_to_test, standings
    from menscreen.screening.comparing import Comparing
    from menscreen.screening.evidence import undoing
    from menscreen.screening.limits import limits_of
    from menscreen.screening.questions import questions_of
    from menscreen.screening.safety import Safety

    wording = Wording(run.family.pedigree, position, run.family.kin(position)[0])
    flagging = Flagging(run, position, wording)
    flags = flagging.flags(count for count in tally.counts if count.men)
    also = flagging.flags(count for count in tally.counts if not count.men)
    safety = Safety(run, position, tally)
    questions = questions_of(run, position, tally, wording)
    first, because = first_to_test(run, position, tally.counts)
    counted = [flag for flag in flags if not flag.done]
    return Verdict(
        person=run.family.pedigree.people[position].id,
        outcome=tally.outcome,
        could_become=tally.could_become,
        through=flagging.through(counted),
        test_first=first,
        syndromes=tally.syndromes,
        urgency=safety.urgency(),
        notices=safety.notices(),
        also_outcome=tally.also_outcome,
        also=also,
        flags=flags,
        questions=questions,
        limits=limits_of(run, position, wording),
        guidelines=Comparing(run, tally).rows(),
        accounted=accounted(run, position, tally.counts, questions, wording),
        test_first_because=because,
        standing=standings(run, position),
        rests_on=flagging.records(undoing(run, tally)),
    )

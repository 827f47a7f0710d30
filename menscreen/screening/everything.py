"""Explain an outcome: flags, questions, notices, accounting."""

from __future__ import annotations

from menscreen.screening.accounting import accounted
from menscreen.screening.cascade import NO_TEST, first_to_test, standings
from menscreen.screening.comparing import Comparing
from menscreen.screening.evidence import undoing
from menscreen.screening.flags import Flagging
from menscreen.screening.limits import limits_of
from menscreen.screening.program import Run
from menscreen.screening.questions import questions_of
from menscreen.screening.safety import Safety
from menscreen.screening.tally import Tally
from menscreen.screening.wording import Wording


def explained(run: Run, position: int, tally: Tally) -> dict[str, object]:
    """The fields of a `Verdict` that explain its outcome."""
    wording = Wording(run.family, position)
    safety = Safety(run, position, tally)
    questions = questions_of(run, position, tally, wording, safety)
    return {
        "urgency": safety.urgency(),
        "notices": safety.notices(),
        "questions": questions,
        "limits": limits_of(run, position, tally, wording),
        "guidelines": Comparing(run, tally).rows(),
        "accounted": accounted(run, position, tally.counts, questions, wording),
        "standing": standings(run, position),
        **(_of_statements(run, position, tally, wording) if tally.counts else _OF_NONE),
    }


def _of_statements(run: Run, position: int, tally: Tally, wording: Wording) -> dict[str, object]:
    """What is said of the statements that count, or may count."""
    flagging = Flagging(run, position, wording)
    flags = flagging.flags([count for count in tally.counts if count.men])
    first, because = first_to_test(run, position, tally.counts)
    return {
        "through": flagging.through([flag for flag in flags if not flag.done]),
        "test_first": first,
        "test_first_because": because,
        "flags": flags,
        "also": flagging.flags([count for count in tally.counts if not count.men]),
        "rests_on": flagging.records(undoing(run, tally)),
    }


#: In most families no statement does.
_OF_NONE: dict[str, object] = {
    "through": None,
    "test_first": None,
    "test_first_because": NO_TEST,
    "flags": (),
    "also": (),
    "rests_on": (),
}

"""Explain an outcome: flags, questions, notices, accounting."""

from __future__ import annotations

from menscreen.screening.accounting import accounted
from menscreen.screening.cascade import first_to_test, standings
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
    flagging = Flagging(run, position, wording)
    flags = flagging.flags([count for count in tally.counts if count.men])
    also = flagging.flags([count for count in tally.counts if not count.men])
    safety = Safety(run, position, tally)
    questions = questions_of(run, position, tally, wording, safety)
    first, because = first_to_test(run, position, tally.counts)
    return {
        "through": flagging.through([flag for flag in flags if not flag.done]),
        "test_first": first,
        "urgency": safety.urgency(),
        "notices": safety.notices(),
        "also": also,
        "flags": flags,
        "questions": questions,
        "limits": limits_of(run, position, tally, wording),
        "guidelines": Comparing(run, tally).rows(),
        "accounted": accounted(run, position, tally.counts, questions, wording),
        "test_first_because": because,
        "standing": standings(run, position),
        "rests_on": flagging.records(undoing(run, tally)),
    }

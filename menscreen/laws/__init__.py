"""What must hold of any screening, any rulebook and any document, as functions that take what they test and a family.

A law returns nothing, and raises an `AssertionError` that says what broke and shows the family. Laws need no test
framework; with `menscreen.strategies` Hypothesis finds the families.

>>> import menscreen
>>> from menscreen import laws
>>> laws.names(menscreen.screen, menscreen.read({"proband": {"findings": [{"finding": "MTC"}]}}))
"""

from __future__ import annotations

from menscreen.laws.changing import as_recorded as as_recorded
from menscreen.laws.completing import Completing as Completing, Completions as Completions
from menscreen.laws.documents import round_trip as round_trip, spellings as spellings
from menscreen.laws.screenings import (
    accounting as accounting,
    determinism as determinism,
    names as names,
    order as order,
)
from menscreen.laws.statements import (
    answers_of as answers_of,
    consistency as consistency,
    monotonicity as monotonicity,
)
from menscreen.laws.trial import RuleTrial as RuleTrial, Trial as Trial, trial as trial

__all__ = [
    "Completing",
    "Completions",
    "RuleTrial",
    "Trial",
    "accounting",
    "answers_of",
    "as_recorded",
    "consistency",
    "determinism",
    "monotonicity",
    "names",
    "order",
    "round_trip",
    "spellings",
    "trial",
]

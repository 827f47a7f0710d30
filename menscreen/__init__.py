"""Screen a family history for multiple endocrine neoplasia by published guidelines, offline.

>>> import menscreen
>>> family = menscreen.read({"proband": {"sex": "female", "age": 34, "findings": [{"finding": "MTC", "age": 30}]}})
>>> menscreen.screen(family).outcome
<Outcome.WARRANTED: 'warranted'>
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = (
    False  # the name that type checkers take for true; importing it from typing would double the import time
)
if TYPE_CHECKING:
    from menscreen import arrow as arrow, rules as rules, spark as spark, vocabulary as vocabulary
    from menscreen.conversion import Conversion as Conversion, convert as convert, write as write
    from menscreen.formats.checking import check as check
    from menscreen.formats.reading import read as read
    from menscreen.formats.schema import schema as schema
    from menscreen.pedigree.family import (
        FamilyHistory as FamilyHistory,
        Pedigree as Pedigree,
        Twins as Twins,
        Zygosity as Zygosity,
    )
    from menscreen.pedigree.person import (
        Adoption as Adoption,
        Age as Age,
        Finding as Finding,
        Gender as Gender,
        GeneticTest as GeneticTest,
        History as History,
        Origin as Origin,
        Person as Person,
        Result as Result,
        Scope as Scope,
        Sex as Sex,
        Status as Status,
        UnplacedRelation as UnplacedRelation,
    )
    from menscreen.problems import (
        MenscreenError as MenscreenError,
        PedigreeError as PedigreeError,
        Problem as Problem,
        RulebookError as RulebookError,
        Severity as Severity,
        UsageError as UsageError,
    )
    from menscreen.reports.drawing.picture import draw as draw
    from menscreen.reports.summary import Rejects as Rejects, Summary as Summary
    from menscreen.rules.rulebook import Rulebook as Rulebook
    from menscreen.rules.truth import Truth as Truth
    from menscreen.screening.counterfactuals import Counterfactual as Counterfactual, explain as explain
    from menscreen.screening.interview import Interview as Interview
    from menscreen.screening.prompts import Prompt as Prompt
    from menscreen.screening.screen import screen as screen
    from menscreen.screening.verdict import (
        Accounted as Accounted,
        Answer as Answer,
        Cascade as Cascade,
        Citation as Citation,
        Concerned as Concerned,
        Evidence as Evidence,
        Flag as Flag,
        GuidelineOutcome as GuidelineOutcome,
        Limit as Limit,
        Notice as Notice,
        Outcome as Outcome,
        PedigreeUsed as PedigreeUsed,
        Question as Question,
        Role as Role,
        RulebookUsed as RulebookUsed,
        Screening as Screening,
        Standing as Standing,
        Through as Through,
        Urgency as Urgency,
        Verdict as Verdict,
    )
    from menscreen.streaming.batch import Progress as Progress, batch as batch
    from menscreen.streaming.screener import screen_json as screen_json

#: Where each public name lives; it is imported when it is first asked for.
_PLACES = {
    "menscreen.conversion": "Conversion convert write",
    "menscreen.formats.checking": "check",
    "menscreen.formats.reading": "read",
    "menscreen.formats.schema": "schema",
    "menscreen.pedigree.family": "FamilyHistory Pedigree Twins Zygosity",
    "menscreen.pedigree.person": (
        "Adoption Age Finding Gender GeneticTest History Origin Person Result Scope Sex Status UnplacedRelation"
    ),
    "menscreen.problems": "MenscreenError PedigreeError Problem RulebookError Severity UsageError",
    "menscreen.reports.drawing.picture": "draw",
    "menscreen.reports.summary": "Rejects Summary",
    "menscreen.rules.rulebook": "Rulebook",
    "menscreen.rules.truth": "Truth",
    "menscreen.screening.counterfactuals": "Counterfactual explain",
    "menscreen.screening.interview": "Interview",
    "menscreen.screening.prompts": "Prompt",
    "menscreen.screening.screen": "screen",
    "menscreen.screening.verdict": (
        "Accounted Answer Cascade Citation Concerned Evidence Flag GuidelineOutcome Limit Notice "
        "Outcome PedigreeUsed Question Role RulebookUsed Screening Standing Through Urgency Verdict"
    ),
    "menscreen.streaming.batch": "Progress batch",
    "menscreen.streaming.screener": "screen_json",
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names.split()}
_ROOMS = ("arrow", "rules", "spark", "vocabulary")

__all__ = [*_MODULE_OF, *_ROOMS, "__version__"]


if not TYPE_CHECKING:  # a type checker that saw it would take every name for a public one

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _ROOMS:
            return import_module(f"menscreen.{name}")
        if name not in _MODULE_OF:
            raise AttributeError(f"module 'menscreen' has no attribute {name!r}")
        value = getattr(import_module(_MODULE_OF[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)

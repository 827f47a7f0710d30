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
    from menscreen import rules as rules
    from menscreen import vocabulary as vocabulary
    from menscreen.batch import screen_json as screen_json
    from menscreen.conversion import Conversion as Conversion
    from menscreen.conversion import convert as convert
    from menscreen.conversion import write as write
    from menscreen.formats.checking import check as check
    from menscreen.formats.reading import read as read
    from menscreen.formats.schema import schema as schema
    from menscreen.pedigree.family import (
        FamilyHistory as FamilyHistory,
    )
    from menscreen.pedigree.family import (
        Pedigree as Pedigree,
    )
    from menscreen.pedigree.family import (
        Twins as Twins,
    )
    from menscreen.pedigree.family import (
        Zygosity as Zygosity,
    )
    from menscreen.pedigree.person import (
        Adoption as Adoption,
    )
    from menscreen.pedigree.person import (
        Age as Age,
    )
    from menscreen.pedigree.person import (
        Finding as Finding,
    )
    from menscreen.pedigree.person import (
        Gender as Gender,
    )
    from menscreen.pedigree.person import (
        GeneticTest as GeneticTest,
    )
    from menscreen.pedigree.person import (
        History as History,
    )
    from menscreen.pedigree.person import (
        Origin as Origin,
    )
    from menscreen.pedigree.person import (
        Person as Person,
    )
    from menscreen.pedigree.person import (
        Result as Result,
    )
    from menscreen.pedigree.person import (
        Scope as Scope,
    )
    from menscreen.pedigree.person import (
        Sex as Sex,
    )
    from menscreen.pedigree.person import (
        Status as Status,
    )
    from menscreen.pedigree.person import (
        UnplacedRelation as UnplacedRelation,
    )
    from menscreen.problems import (
        MenscreenError as MenscreenError,
    )
    from menscreen.problems import (
        PedigreeError as PedigreeError,
    )
    from menscreen.problems import (
        Problem as Problem,
    )
    from menscreen.problems import (
        RulebookError as RulebookError,
    )
    from menscreen.problems import (
        Severity as Severity,
    )
    from menscreen.problems import (
        UsageError as UsageError,
    )
    from menscreen.rules.rulebook import Rulebook as Rulebook
    from menscreen.rules.truth import Truth as Truth
    from menscreen.screening.screen import screen as screen
    from menscreen.screening.verdict import (
        Accounted as Accounted,
    )
    from menscreen.screening.verdict import (
        Answer as Answer,
    )
    from menscreen.screening.verdict import (
        Citation as Citation,
    )
    from menscreen.screening.verdict import (
        Evidence as Evidence,
    )
    from menscreen.screening.verdict import (
        Flag as Flag,
    )
    from menscreen.screening.verdict import (
        GuidelineOutcome as GuidelineOutcome,
    )
    from menscreen.screening.verdict import (
        Limit as Limit,
    )
    from menscreen.screening.verdict import (
        Notice as Notice,
    )
    from menscreen.screening.verdict import (
        Outcome as Outcome,
    )
    from menscreen.screening.verdict import (
        PedigreeUsed as PedigreeUsed,
    )
    from menscreen.screening.verdict import (
        Question as Question,
    )
    from menscreen.screening.verdict import (
        Role as Role,
    )
    from menscreen.screening.verdict import (
        RulebookUsed as RulebookUsed,
    )
    from menscreen.screening.verdict import (
        Screening as Screening,
    )
    from menscreen.screening.verdict import (
        Through as Through,
    )
    from menscreen.screening.verdict import (
        Urgency as Urgency,
    )
    from menscreen.screening.verdict import (
        Verdict as Verdict,
    )

#: Where each public name lives; it is imported when it is first asked for.
_PLACES = {
    "menscreen.batch": "screen_json",
    "menscreen.conversion": "Conversion convert write",
    "menscreen.formats.checking": "check",
    "menscreen.formats.reading": "read",
    "menscreen.formats.schema": "schema",
    "menscreen.pedigree.family": "FamilyHistory Pedigree Twins Zygosity",
    "menscreen.pedigree.person": (
        "Adoption Age Finding Gender GeneticTest History Origin Person Result Scope Sex Status UnplacedRelation"
    ),
    "menscreen.problems": "MenscreenError PedigreeError Problem RulebookError Severity UsageError",
    "menscreen.rules.rulebook": "Rulebook",
    "menscreen.rules.truth": "Truth",
    "menscreen.screening.screen": "screen",
    "menscreen.screening.verdict": (
        "Accounted Answer Citation Evidence Flag GuidelineOutcome Limit Notice "
        "Outcome PedigreeUsed Question Role RulebookUsed Screening Through Urgency Verdict"
    ),
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names.split()}
_ROOMS = ("rules", "vocabulary")

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

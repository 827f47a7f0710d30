"""Hypothesis strategies for families of every shape, their records and documents; extra ``menscreen[testing]``.

All arguments are keywords, besides what a strategy is about. What is wrong with them is an `InvalidArgument` when the
first value is drawn. Nothing depends on anything but the draws, so failures can be replayed. With the package
installed, `hypothesis.strategies.from_type` knows `menscreen.Pedigree`, `Person`, `Finding`, `GeneticTest` and `Age`.

>>> from hypothesis import find
>>> family = find(pedigrees(min_people=3), lambda family: True)
>>> [person.id for person in family.people]
['p0', 'p1', 'p2']
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from menscreen.strategies.completing import completions as completions
    from menscreen.strategies.damage import BrokenDocument as BrokenDocument
    from menscreen.strategies.documents import (
        fhir_bundles as fhir_bundles,
        native_documents as native_documents,
        relatives_forms as relatives_forms,
    )
    from menscreen.strategies.families import pedigrees as pedigrees
    from menscreen.strategies.near import pedigrees_near as pedigrees_near
    from menscreen.strategies.records import (
        ages as ages,
        findings as findings,
        genetic_tests as genetic_tests,
        people as people,
    )

#: Where each name lives. They are imported when they are first asked for, since Hypothesis imports this package at its
#: start, to register types.
_PLACES = {
    "completing": "completions",
    "damage": "BrokenDocument",
    "documents": "fhir_bundles native_documents relatives_forms",
    "families": "pedigrees",
    "near": "pedigrees_near",
    "records": "ages findings genetic_tests people",
}
_MODULE_OF = {name: module for module, names in _PLACES.items() for name in names.split()}

__all__ = [*_MODULE_OF]


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name not in _MODULE_OF:
            raise AttributeError(f"module 'menscreen.strategies' has no attribute {name!r}")
        try:
            value = getattr(import_module(f"menscreen.strategies.{_MODULE_OF[name]}"), name)
        except ModuleNotFoundError as error:
            if error.name != "hypothesis":
                raise
            raise ModuleNotFoundError(
                "menscreen.strategies needs Hypothesis: pip install 'menscreen[testing]'", name="hypothesis"
            ) from None
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)

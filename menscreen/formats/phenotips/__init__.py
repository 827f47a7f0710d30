"""PhenoTips and Open Pedigree: the list of people ("simple JSON"), and the graph that the editor saves."""

from __future__ import annotations

from menscreen.formats.phenotips.reading import read

__all__ = ["read"]

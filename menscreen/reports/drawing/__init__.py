"""The pedigree drawn: `svg`."""

from __future__ import annotations

from menscreen.reports.drawing.picture import draw as svg

__all__ = ["svg"]

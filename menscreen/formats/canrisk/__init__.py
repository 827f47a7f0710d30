"""CanRisk 1 to 4 and BOADICEA import files: structure, five cancers, and tests of genes of breast and ovary.

A 0 says "unaffected or not known" of one of five cancers, and nothing of any other tumor: of the thyroid, parathyroids,
adrenals and pituitary these files cannot speak, nor of neuroendocrine tumors of the pancreas.
"""

from __future__ import annotations

from menscreen.formats.canrisk.reading import read
from menscreen.formats.canrisk.writing import carried, is_allowed, is_allowed_of_family, losses, write

__all__ = ["carried", "is_allowed", "is_allowed_of_family", "losses", "read", "write"]

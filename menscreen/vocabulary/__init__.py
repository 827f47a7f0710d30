"""Words and codes of findings, sites and genes, and the is-a graph of the terms they name."""

from __future__ import annotations

from menscreen.vocabulary.asides import qualifiers, without_doubt, without_notes
from menscreen.vocabulary.genes import GENES, gene
from menscreen.vocabulary.lookup import Coded, Vocabulary, vocabulary
from menscreen.vocabulary.terms import Kind, Term

__all__ = [
    "GENES",
    "Coded",
    "Kind",
    "Term",
    "Vocabulary",
    "gene",
    "qualifiers",
    "vocabulary",
    "without_doubt",
    "without_notes",
]

"""Words and codes of findings, sites and genes, and the is-a graph of the terms they name."""

from __future__ import annotations

from menscreen.vocabulary.genes import GENES, gene
from menscreen.vocabulary.terms import Coded, Kind, Term, Vocabulary, vocabulary

__all__ = ["GENES", "Coded", "Kind", "Term", "Vocabulary", "gene", "vocabulary"]

"""Words and codes of findings, sites and genes, and the is-a graph of the terms they name."""

from __future__ import annotations

from menscreen.vocabulary.asides import age_among, parted_from_age, qualifiers, without_doubt, without_notes
from menscreen.vocabulary.genes import GENES, gene, gene_test_spoken_of
from menscreen.vocabulary.lookup import Coded, Vocabulary, vocabulary
from menscreen.vocabulary.saying import (
    Facts,
    Said,
    finding_spoken_of,
    findings_said,
    leaves_open,
    said_of,
    says_no_more,
    term_said,
)
from menscreen.vocabulary.terms import Kind, Term

__all__ = [
    "GENES",
    "Coded",
    "Facts",
    "Kind",
    "Said",
    "Term",
    "Vocabulary",
    "age_among",
    "finding_spoken_of",
    "findings_said",
    "gene",
    "gene_test_spoken_of",
    "leaves_open",
    "parted_from_age",
    "qualifiers",
    "said_of",
    "says_no_more",
    "term_said",
    "vocabulary",
    "without_doubt",
    "without_notes",
]

"""The risk class of a RET variant by its codon, from the codon tables of the rulebooks that run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from menscreen.rules.rulebook import Codon, Rulebook

_AMINO_ACIDS = {
    "ala": "A", "arg": "R", "asn": "N", "asp": "D", "cys": "C", "gln": "Q", "glu": "E", "gly": "G", "his": "H",
    "ile": "I", "leu": "L", "lys": "K", "met": "M", "phe": "F", "pro": "P", "ser": "S", "thr": "T", "trp": "W",
    "tyr": "Y", "val": "V",
}  # fmt: skip
_PROTEIN = r"(?:\bp\.\(?|\b)([A-Z][a-z]{2}|[A-Z])(\d{2,4})([A-Z][a-z]{2}|[A-Z])\)?(?![a-z0-9])"
_CODING = r"\bc\.(\d{1,6})[ACGT]>[ACGT]"
_CODON = r"(?i)\bcodon (\d{2,4})\b"
_compiled = cache(re.compile)  # when first needed: a family without tests needs none


def codon_of(variant: str) -> tuple[int | None, str | None]:
    """The codon that a variant changes and the change, such as ``(634, "C634R")``; `None` where it does not say.

    Understands ``p.Cys634Arg``, ``C634R``, ``c.1900T>C`` (the codon only) and ``codon 634``.

    >>> codon_of("p.Met918Thr"), codon_of("c.1900T>C"), codon_of("exon 11 variant")
    ((918, 'M918T'), (634, None), (None, None))
    """
    protein = _compiled(_PROTEIN).search(variant)
    if protein:
        before, codon, after = protein.groups()
        one = _AMINO_ACIDS.get(before.lower(), before if len(before) == 1 else None)
        other = _AMINO_ACIDS.get(after.lower(), after if len(after) == 1 else None)
        if one and other:
            return int(codon), f"{one}{codon}{other}"
    coding = _compiled(_CODING).search(variant)
    if coding:
        return (int(coding[1]) + 2) // 3, None
    words = _compiled(_CODON).search(variant)
    return (int(words[1]), None) if words else (None, None)


def class_of(variant: str, books: Iterable[Rulebook]) -> tuple[Codon, Rulebook] | None:
    """The row of a codon table for a variant; `None` when it is in no table.

    A change of protein must be listed; where only the codon is known, all its changes must be of one class.
    """
    codon, change = codon_of(variant)
    for book in books:
        rows = [row for row in book.codons if row.codon == codon]
        listed = rows if change is None else [row for row in rows if change in row.changes]
        if listed and len({row.class_ for row in listed}) == 1:
            return listed[0], book
    return None

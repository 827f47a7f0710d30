"""Codons of variants, and the risk classes of the tables of the rulebooks."""

from __future__ import annotations

import msgspec
import pytest
from histories import books
from hypothesis import given, strategies as st

from menscreen.rules.codons import class_of, codon_of
from menscreen.rules.rulebook import Codon, Rulebook


@pytest.mark.parametrize(
    ("variant", "codon", "change"),
    [
        ("p.Cys634Arg", 634, "C634R"),
        ("p.(Cys634Arg)", 634, "C634R"),
        ("Cys634Arg", 634, "C634R"),
        ("C634R", 634, "C634R"),
        ("p.M918T", 918, "M918T"),
        ("p.Met918Thr", 918, "M918T"),
        ("RET p.Val804Met", 804, "V804M"),
        ("NM_020975.6:c.2753T>C (p.Met918Thr)", 918, "M918T"),
        ("c.2753T>C", 918, None),
        ("c.1900T>C", 634, None),
        ("c.1T>C", 1, None),
        ("c.3T>C", 1, None),
        ("c.4T>C", 2, None),
        ("codon 634", 634, None),
        ("Codon 918 variant", 918, None),
    ],
)
def test_the_codon_and_the_change_are_read(variant: str, codon: int, change: str | None) -> None:
    assert codon_of(variant) == (codon, change)


@pytest.mark.parametrize(
    "variant", ["", "exon 11 variant", "deletion of exon 3", "p.Xyz634Arg", "634", "c.1900", "BRCA1"]
)
def test_what_names_no_codon_is_read_as_none(variant: str) -> None:
    assert codon_of(variant) == (None, None)


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text: str) -> None:
    codon, change = codon_of(text)
    assert codon is not None or change is None


def table(*rows: Codon) -> Rulebook:
    return msgspec.structs.replace(books()[0], codons=rows)


ONE_CLASS = Codon(634, ("C634R", "C634Y"), "H", "verbatim")
TWO_CLASSES = (Codon(804, ("V804M",), "MOD", "verbatim"), Codon(804, ("V804L",), "H", "verbatim"))


def test_a_listed_change_has_the_class_of_its_row() -> None:
    book = table(ONE_CLASS, *TWO_CLASSES)
    assert class_of("p.Val804Leu", [book]) == (TWO_CLASSES[1], book)
    assert class_of("C634Y", [book]) == (ONE_CLASS, book)


def test_an_unlisted_or_unstated_change_has_a_class_only_where_the_codon_has_one() -> None:
    book = table(ONE_CLASS, *TWO_CLASSES)
    assert class_of("codon 634", [book]) == (ONE_CLASS, book)
    assert class_of("codon 804", [book]) is None
    assert class_of("V804A", [book]) is None


def test_a_codon_in_no_table_has_no_class() -> None:
    assert class_of("C999R", [table(ONE_CLASS)]) is None
    assert class_of("exon 11", [table(ONE_CLASS)]) is None


def test_the_first_table_that_has_the_codon_decides() -> None:
    other = Codon(634, ("C634R",), "2", "secondary")
    empty, first, second = table(), table(other), table(ONE_CLASS)
    assert class_of("C634R", [empty, first, second]) == (other, first)


@pytest.mark.parametrize("book", [book for book in books() if book.codons], ids=lambda book: book.id)
def test_every_change_of_a_shipped_table_is_found_in_its_row(book: Rulebook) -> None:
    for row in book.codons:
        for change in row.changes:
            assert class_of(f"p.{change}", [book]) == (row, book)
            assert codon_of(change) == (row.codon, change)


def test_the_highest_class_is_that_of_m918t() -> None:
    found = class_of("c.2753T>C (p.Met918Thr)", books())
    assert found is not None
    assert found[0].class_ == "HST"

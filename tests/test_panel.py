"""The lists that an interview reads out: every entry has its parts in their places."""

from __future__ import annotations

import re

import pytest

from menscreen.screening import conversation, panel, relating
from menscreen.screening.answers import Choice
from menscreen.screening.panel import GENES, LISTS, SIGNS, TUMORS, Item, offered
from menscreen.vocabulary import finding_spoken_of, findings_said, vocabulary

ITEMS = [*TUMORS, *SIGNS]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_entry_has_its_parts_in_their_places(item: Item) -> None:
    known = vocabulary().terms
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", item.id)
    assert " " in item.words
    assert " " in item.short
    assert len(item.short) <= len(item.words)
    assert item.term is None or item.term in known
    assert item.ask == "" or item.ask.endswith("?")
    assert set(item.kinds) <= known.keys()
    assert len(set(item.kinds)) == len(item.kinds)
    for choice in item.beside:
        assert findings_said(choice.value) or finding_spoken_of(choice.value)
        assert len(choice.words) > len(choice.value)


def test_every_entry_and_every_kind_is_offered_in_words_of_its_own() -> None:
    assert len({item.id for item in ITEMS}) == len({item.words for item in ITEMS}) == len(ITEMS)
    for item in ITEMS:
        assert len({offered(kind) for kind in item.kinds}) == len(item.kinds)


def test_the_genes_of_men_are_asked_for_by_their_symbols() -> None:
    assert GENES == ("RET", "MEN1", "CDKN1B", "MAX")


def test_what_is_offered_is_said_in_more_words_than_it_is_recorded_in() -> None:
    tables = [value for module in (conversation, relating, panel) for value in vars(module).values()]
    offers = [one for table in tables if isinstance(table, tuple) for one in table if isinstance(one, Choice)]
    assert offers
    for one in offers:
        assert len(one.words) >= len(one.value)
        assert " " not in one.value or one.words == one.value or findings_said(one.value)


def test_every_list_is_read_out() -> None:
    assert LISTS == {"tumors": TUMORS, "signs": SIGNS}

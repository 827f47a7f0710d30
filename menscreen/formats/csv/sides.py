"""A column that tells the side of the family beside the relation: "aunt" and "maternal"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from menscreen.formats.csv import cells
from menscreen.formats.csv.headers import Column
from menscreen.formats.csv.people import Cell
from menscreen.formats.gathering import Gathering
from menscreen.pedigree.blood import Side
from menscreen.pedigree.relations import Tie, parse

_RELATION, _SIDE = Column("person", "relation"), Column("person", "side")
_SIDES = {
    word: side
    for side, parents in ((Side.MATERNAL, "mother mom mum maternal mat"), (Side.PATERNAL, "father dad paternal pat"))
    for parent in parents.split()
    for word in (parent, f"{parent}'s", f"{parent}s", f"{parent} side", f"{parent}'s side", f"{parent}s side")
} | {"m": Side.MATERNAL, "p": Side.PATERNAL}
_OF_BODY = {"left", "right", "l", "r", "bilateral", "both", "unilateral"}
#: Says nothing of a side.
_NO_SIDE = {"self", "own", "none", "both", "not applicable", "neither"}


def is_of_body(texts: Iterable[str]) -> bool:
    """Whether a column of sides holds those of the body."""
    said = {cells.folded(text) for text in texts} - cells.BLANK - cells.NOT_KNOWN
    return bool(said) and said <= _OF_BODY


def with_side(values: Mapping[Column, Cell], gathering: Gathering) -> dict[Column, Cell]:
    """The cells of a row with the side said in the words of relation, where these leave it open."""
    found = dict(values)
    cell, relation = found.pop(_SIDE, None), values.get(_RELATION)
    word = cells.folded(cell.text).rstrip(".") if cell is not None else ""
    if cell is None or relation is None or cells.is_silent(cell.text) or word in _NO_SIDE:
        return found
    side, told = _SIDES.get(word), parse(relation.text)
    if side is None:
        cell.refuse(gathering, "D005", "maternal or paternal", warning=True)
    elif told is not None and told.tie is Tie.BLOOD and told.kin is not None:
        joined = parse(words := f"{side} {relation.text.strip()}")
        if told.kin.side is Side.UNKNOWN and joined is not None and joined.tie is Tie.BLOOD:
            found[_RELATION] = relation._replace(text=words)
        elif told.kin.side is Side.UNKNOWN or told.kin.side in {Side.MATERNAL, Side.PATERNAL} - {side}:
            needed, fix = "a relation and a side that go together", "write both in the relation, such as maternal aunt"
            what = "a side that does not go with the relation"
            gathering.complain("P012", cell.at, what, needed, f"{fix}; the relation was read alone", warning=True)
    return found

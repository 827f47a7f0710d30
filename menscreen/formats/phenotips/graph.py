"""The graph of PhenoTips and Open Pedigree as a list of people: couples and sibships are nodes of their own there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part

#: Properties of the graph under the names that the list of people has.
_NAMES = {
    "gender": "sex", "fName": "firstName", "lName": "lastName", "externalID": "externalId", "dob": "birthDate",
    "dod": "deathDate", "lNameAtB": "lastNameAtBirth",
}  # fmt: skip
_SEXES = {"F": "female", "M": "male"}


class Drawn(Part):
    """Somebody of the graph, under the names of the list of people, each at its place in the graph."""

    __slots__ = ("_places",)

    def __init__(self, values: Mapping[str, Any], at: str, places: Mapping[str, str], gathering: Gathering) -> None:
        super().__init__(values, at, gathering)
        self._places = places

    def place(self, key: str) -> str:
        """The place of a property; that of the node for what the edges tell."""
        return self._places.get(key, self.at)


def people_of_graph(document: Mapping[str, Any], gathering: Gathering) -> list[Part] | None:
    """The people of the nodes of `GG`, with mother and father; ``None`` where there is no list of nodes.

    An edge leads from a partner to a couple, from a couple to its sibship, from there to a child.
    """
    nodes = document.get("GG")
    if not isinstance(nodes, list):
        return None
    found = [(number, node) for number, node in enumerate(nodes) if isinstance(node, Mapping)]
    children = {_id(node): _targets(node) for _, node in found}
    links = {_id(node) for _, node in found if _is_link(node)}
    people = [(f"/GG/{number}", node, _record(node)) for number, node in found if not _is_link(node)]
    by_id = {record["id"]: (at, record) for at, _, record in reversed(people)}
    for _, node, record in people:
        for link in _targets(node):
            for child in _reached(link, children, links):
                if child in by_id:
                    _add_parent(by_id[child], record, gathering)
    proband = str(document.get("probandNodeID", 0))
    if proband in by_id:
        by_id[proband][1]["proband"] = True
    return [Drawn(record, at, _places(node, at), gathering) for at, node, record in people]


def _is_link(node: Mapping[str, Any]) -> bool:
    return any(key in node for key in ("rel", "relationship", "hub", "haschhub", "chhub", "virt", "virtual"))


def _id(node: Mapping[str, Any]) -> str:
    return str(node.get("id", node.get("name", "")))


def _targets(node: Mapping[str, Any]) -> list[str]:
    edges = node.get("outedges")
    return [str(edge.get("to")) for edge in edges if isinstance(edge, Mapping)] if isinstance(edges, list) else []


def _reached(link: str, children: Mapping[str, list[str]], links: set[str]) -> list[str]:
    """The people at the end of the links that begin with this one."""
    reached: list[str] = []
    seen: set[str] = set()
    waiting = [link]
    while waiting:
        here = waiting.pop()
        if here not in links:
            reached.append(here)
        elif here not in seen:
            seen.add(here)
            waiting += children.get(here, [])
    return list(dict.fromkeys(reversed(reached)))


def _record(node: Mapping[str, Any]) -> dict[str, Any]:
    properties = node.get("prop", node.get("properties"))
    record: dict[str, Any] = {}
    if isinstance(properties, Mapping):
        record = {_NAMES.get(key, str(key)): value for key, value in properties.items()}
    sex = record.get("sex", node.get("gender"))
    record["sex"] = _SEXES.get(str(sex).upper()[:1], "unknown")
    record["id"] = _id(node)
    record.pop("externalId", None)
    for key in ("birthDate", "deathDate"):
        if isinstance(record.get(key), Mapping):
            record[key] = "-".join(str(record[key][part]) for part in ("year", "month", "day") if record[key].get(part))
    return record


def _places(node: Mapping[str, Any], at: str) -> dict[str, str]:
    """Where the properties of a node stand, under the names that they have in a record."""
    key = "prop" if "prop" in node else "properties"
    properties = node.get(key)
    spelled = properties if isinstance(properties, Mapping) else {}
    return {_NAMES.get(name, str(name)): f"{at}/{key}/{name}" for name in spelled}


def _add_parent(placed: tuple[str, dict[str, Any]], parent: Mapping[str, Any], gathering: Gathering) -> None:
    """A parent by sex; of unknown sex, in the place that is left."""
    at, child = placed
    roles = {"female": ("mother",), "male": ("father",)}.get(parent["sex"], ("mother", "father"))
    free = [role for role in roles if role not in child]
    if not free and parent["sex"] != "unknown":
        other = "father" if roles == ("mother",) else "mother"
        if other not in child:
            child[other] = child[roles[0]]
            free = [roles[0]]
    if free:
        child[free[0]] = parent["id"]
    else:
        gathering.complain(
            "P011", at, "a child of more than two parents", "two parents", "draw one couple for each sibship"
        )

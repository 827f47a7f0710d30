"""The tree: ids, parents, and the words of those whom no link places."""

from __future__ import annotations

from typing import Any

from menscreen.formats.fhir.node import Node
from menscreen.formats.fhir.ties import Ties
from menscreen.formats.gathering import Gathering
from menscreen.formats.placing import place
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Twins
from menscreen.pedigree.making import Draft, closed
from menscreen.pedigree.person import Person, UnplacedRelation
from menscreen.pedigree.relations import parse

_UP = {"mother", "father", "parent"}


def placed(ties: Ties, me: Node, gathering: Gathering) -> tuple[list[Person], str, tuple[Twins, ...]]:
    """Everybody with their parents, the id of the proband, and the twins.

    Links that lead to the proband place people; words of relation place the others.
    """
    ids = _ids(ties, me)
    connected = ties.connected(me.key)
    _drop_contradictions(ties, connected, gathering)
    proband: Any = _draft(ties, me, ids, connected)
    relatives = [_relative(ties, node, ids, connected) for node in ties.nodes.values() if node is not me]
    twins = ties.twins(ids)
    drafts: list[Any] = [proband, *[one.person for one in relatives]]
    is_spoken = any(one.relation for one in relatives)
    is_linked = any(one.mother or one.father or one.adoptive_parents for one in drafts)
    if is_spoken and not is_linked and not proband.adopted:
        family, problems = build(proband, relatives, taking=True)
    else:
        people = list(map(closed, drafts))
        if not is_spoken:
            return people, people[0].id, tuple(dict.fromkeys(twins))
        family, problems = place(people[0], relatives, taking=True)
    gathering.problems += problems
    return list(family.people), family.proband, tuple(dict.fromkeys((*family.twins, *twins)))


def _relative(ties: Ties, node: Node, ids: dict[str, str], connected: set[str]) -> Relative:
    """A relative, without the words if they are not needed: links lead to the proband, or to adoptive parents only.

    The person is a draft, for `build` to take or `closed` to finish.
    """
    draft: Any = _draft(ties, node, ids, connected)
    is_settled = node.key in connected or draft.relation is not None
    if node.adoptive and draft.mother is None is draft.father:
        is_settled = True
    return Relative("" if is_settled else node.words, draft, 1, node.at)


def _drop_contradictions(ties: Ties, connected: set[str], gathering: Gathering) -> None:
    """Leave out links between ancestors that their relations to the patient contradict."""
    for key, node in ties.nodes.items():
        if node.mother is None is node.father or key in connected:
            continue
        child = parse(node.words) if node.words else None
        if child is None or not child.steps or not _UP.issuperset(child.steps):
            continue
        for role in ("mother", "father"):
            key_of_parent = getattr(node, role)
            parent = None if key_of_parent is None else ties.nodes.get(key_of_parent)
            said = parse(parent.words) if parent is not None and parent.words else None
            if said is None or len(said.steps) != len(child.steps) + 1 or not _UP.issuperset(said.steps):
                continue
            if any(
                "parent" not in pair and pair[0] != pair[1]
                for pair in zip((*child.steps, role), said.steps, strict=True)
            ):
                setattr(node, role, None)
                gathering.complain(
                    "P012",
                    node.at,
                    f"a {role} whose own relation to the patient leads elsewhere",
                    "links and relations that go together",
                    "correct one of the two; the relation was read and the link left out",
                    warning=True,
                )


def _ids(ties: Ties, me: Node) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for number, (key, node) in enumerate(ties.nodes.items()):
        id = node.id or ("self" if node is me else f"r{number}")
        while id in taken:
            id += "_"
        taken.add(id)
        ids[key] = id
    return ids


def _draft(ties: Ties, node: Node, ids: dict[str, str], connected: set[str]) -> Draft:
    draft = node.draft(ids[node.key])
    if node.mother is None is node.father and node.relation is None and not node.adoptive:
        return draft
    if node.relation is not None and (node.key not in connected or node.words == ""):
        to, words = node.relation
        to = ties.alias.get(to, to)
        draft.relation = UnplacedRelation(ids[to], words) if to in ids and words else None
    draft.adoptive_parents = tuple(ids[key] for key in node.adoptive if key in ids)
    draft.mother, draft.father = (None if key is None else ids.get(key) for key in (node.mother, node.father))
    return draft

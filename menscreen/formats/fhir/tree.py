"""The tree: ids, parents, and the words of those whom no link places."""

from __future__ import annotations

from typing import Any

from menscreen.formats.fhir.node import Node
from menscreen.formats.fhir.ties import Ties
from menscreen.formats.gathering import Gathering
from menscreen.formats.placing import place
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import Draft, closed, described
from menscreen.pedigree.person import UnplacedRelation
from menscreen.pedigree.relations import parse

_UP = {"mother", "father", "parent"}


def placed(ties: Ties, me: Node, gathering: Gathering) -> Pedigree:
    """Everybody with their parents, the proband, and the twins.

    Links that lead to the proband place people; words of relation place the others.
    """
    ids, drafts = _drafts(ties, me)
    proband: Any = drafts[me.key]
    settled = _tied(ties, me, ids, drafts, gathering)
    # Drafts are for `build` to take, or `closed` to finish.
    relatives = [
        Relative("" if key in settled else node.words, drafts[key], 1, node.at)  # type: ignore[arg-type]
        for key, node in ties.nodes.items()
        if node is not me
    ]
    twins = ties.twins(ids)
    is_spoken = any(one.relation for one in relatives)
    if is_spoken and not proband.adopted and not any(map(_has_parents, drafts.values() if settled else ())):
        family, problems = build(proband, relatives, taking=True)
    else:
        people = list(map(closed, drafts.values()))
        if not is_spoken:
            return Pedigree(tuple(people), people[0].id, twins=tuple(dict.fromkeys(twins)))
        family, problems = place(people[0], relatives, taking=True)
    gathering.problems += problems
    return described(family, twins=tuple(dict.fromkeys((*family.twins, *twins)))) if twins else family


def _has_parents(draft: Draft) -> bool:
    return bool(draft.mother or draft.father or draft.adoptive_parents)


def _drafts(ties: Ties, me: Node) -> tuple[dict[str, str], dict[str, Draft]]:
    """The id of everybody, and the person without ties, by the key of the node."""
    ids: dict[str, str] = {}
    drafts: dict[str, Draft] = {}
    taken: set[str] = set()
    for number, (key, node) in enumerate(ties.nodes.items()):
        id = node.id or ("self" if node is me else f"r{number}")
        while id in taken:
            id += "_"
        taken.add(id)
        ids[key] = id
        drafts[key] = node.draft(id)
    return ids, drafts


def _tied(ties: Ties, me: Node, ids: dict[str, str], drafts: dict[str, Draft], gathering: Gathering) -> set[str]:
    """Give everybody their ties, and tell whose words of relation are not needed.

    That is who is linked to the proband, to adoptive parents only, or stands in a relation to somebody else.
    """
    tied = [one for one in ties.nodes.values() if one.mother or one.father or one.adoptive or one.relation is not None]
    if not tied:
        return set()
    connected = ties.connected(me.key)
    _drop_contradictions(ties, connected, gathering)
    settled = set(connected)
    for node in tied:
        draft = drafts[node.key]
        if node.relation is not None and (node.key not in connected or node.words == ""):
            to, words = node.relation
            to = ties.alias.get(to, to)
            draft.relation = UnplacedRelation(ids[to], words) if to in ids and words else None
        if node.adoptive:
            draft.adoptive_parents = tuple(ids[key] for key in node.adoptive if key in ids)
        if node.mother is not None:
            draft.mother = ids.get(node.mother)
        if node.father is not None:
            draft.father = ids.get(node.father)
        if draft.relation is not None or (node.adoptive and draft.mother is None is draft.father):
            settled.add(node.key)
    return settled


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

"""The tree: ids, parents, and the words of those whom no link places."""

from __future__ import annotations

from menscreen.formats.fhir.people import Node
from menscreen.formats.fhir.ties import Ties
from menscreen.formats.gathering import Gathering
from menscreen.formats.placing import place
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Twins
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
    nodes = [node for key, node in ties.nodes.items() if key != me.key]
    proband = _person(ties, me, ids, connected)
    people = [_person(ties, node, ids, connected) for node in nodes]
    twins = ties.twins(ids)
    spoken = [
        Relative("" if _is_settled(node, person, connected) else node.words, person, 1, person.at)
        for node, person in zip(nodes, people, strict=True)
    ]
    if any(one.relation for one in spoken):
        is_linked = any(one.mother or one.father or one.adoptive_parents for one in (proband, *people))
        family, problems = (place if is_linked or proband.adopted else build)(proband, spoken)
        gathering.problems += problems
        people, twins = list(family.people), (*family.twins, *twins)
    else:
        people.insert(0, proband)
    return people, proband.id, tuple(dict.fromkeys(twins))


def _is_settled(node: Node, person: Person, connected: set[str]) -> bool:
    """Whether the words of relation are not needed: links lead to the proband, or to adoptive parents only."""
    is_adopted = bool(node.adoptive) and person.mother is None and person.father is None
    return node.key in connected or person.relation is not None or is_adopted


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


def _person(ties: Ties, node: Node, ids: dict[str, str], connected: set[str]) -> Person:
    if node.mother is None is node.father and node.relation is None and not node.adoptive:
        return node.person(ids[node.key], None, None, (), None)
    relation = None
    if node.relation is not None and (node.key not in connected or node.words == ""):
        to, words = node.relation
        to = ties.alias.get(to, to)
        relation = UnplacedRelation(ids[to], words) if to in ids and words else None
    adoptive = tuple(ids[key] for key in node.adoptive if key in ids)
    mother, father = (None if key is None else ids.get(key) for key in (node.mother, node.father))
    return node.person(ids[node.key], mother, father, adoptive, relation)

"""Who is whose parent or twin: what relationships and extensions say, gathered as links between nodes."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from menscreen.formats.fhir.elements import Json, concept, objects, reference, value_of
from menscreen.formats.fhir.node import Node
from menscreen.formats.fhir.relations import relation_of
from menscreen.formats.fhir.resource import Resource
from menscreen.formats.fhir.resources import Resources
from menscreen.formats.gathering import Gathering
from menscreen.formats.kin import ZYGOSITY, Kin, Tie as KinTie
from menscreen.formats.structure import shared_parents
from menscreen.pedigree.family import Twins, Zygosity
from menscreen.pedigree.person import Adoption, Sex
from menscreen.pedigree.relations import Relation, Tie

_SEXED = {"mother": Sex.FEMALE, "father": Sex.MALE}
_PARENTS = {"mother", "father", "parent"}
_ROLES = ("mother", "father")
#: The parents that siblings share.
_SHARED = {
    KinTie.SIBLING: _ROLES,
    KinTie.FULL_SIBLING: _ROLES,
    KinTie.MATERNAL_HALF: ("mother",),
    KinTie.PATERNAL_HALF: ("father",),
}
PARENT = "family-member-history-genetics-parent"
SIBLING = "family-member-history-genetics-sibling"


class Ties:
    """Links between nodes, and what is wrong with them.

    Attributes:
        nodes: by key.
        alias: the key of the node of each record, by its place.
    """

    def __init__(self, found: Resources, gathering: Gathering) -> None:
        self.nodes: dict[str, Node] = {}
        self.alias: dict[str, str] = {}
        self._found = found
        self._gathering = gathering
        self._siblings: list[tuple[str, str, tuple[str, ...]]] = []
        self._twins: list[tuple[str, str, Zygosity]] = []

    def node(self, key: str, at: str = "") -> Node:
        """The node of a key, made if it is not there."""
        key = self.alias.get(key, key)
        node = self.nodes.get(key)
        if node is None:
            node = self.nodes[key] = Node(key, at)
        return node

    def extension(self, resource: Resource, node: Node, extension: Json, is_parent: bool) -> None:
        """Take in the parent or sibling that an extension of a record names."""
        kind = target = None
        for part in objects(extension.get("extension")):
            key = str(part.get("url")).rpartition(".")[2]  # DSTU2 wrote "parent.type"
            if key == "type":
                kind = value_of(part)
            elif key == "reference":
                target = value_of(part)
        said = relation_of(concept(kind))
        key = self._found.name(target, resource)
        key = self.alias.get(key, key)
        if key not in self.nodes:
            self._complain(
                "D024",
                resource.at,
                "a parent or sibling who is not in the file" if reference(target) else "a link without a reference",
                "a reference to a record of this file",
                "add the record; the link was left out",
            )
        elif is_parent:
            self._parent(resource.at, node, self.nodes[key], said.relation)
        else:
            self.sibling(node.key, key, said.relation)

    def _parent(self, at: str, child: Node, parent: Node, relation: Relation | None) -> None:
        tie = relation.tie if relation is not None else Tie.BLOOD
        step = relation.steps[0] if relation is not None and len(relation.steps) == 1 else "parent"
        if tie is Tie.ADOPTIVE:
            self.adopt(child, parent)
        elif tie is Tie.BLOOD and step in _PARENTS:
            self.parent(at, child, parent, step)

    def adopt(self, child: Node, parent: Node) -> None:
        """Make a node the adoptive parent of another."""
        if parent.key not in child.adoptive:
            child.adoptive = (*child.adoptive, parent.key)
        child.learn(adopted=Adoption.IN)

    def parent(self, at: str, child: Node, parent: Node, role: str) -> None:
        """Make a node the parent of another; a second one, or one of the wrong sex, is reported and left out."""
        if role == "parent":
            role = "father" if parent.sex is Sex.MALE else "mother"
            if parent.sex is Sex.UNKNOWN and child.mother not in (None, parent.key):
                role = "father"
        if parent.sex is not Sex.UNKNOWN and parent.sex is not _SEXED[role]:
            self._left_out(at, f"a {parent.sex} relative as {role}")
        elif getattr(child, role) not in (None, parent.key):
            self._left_out(at, f"a second {role} of one person")
        else:
            setattr(child, role, parent.key)

    def _left_out(self, at: str, found: str) -> None:
        self._complain(
            "P012", at, found, "links and relationships that go together", "correct one; the link was left out"
        )

    def sibling(self, one: str, other: str, relation: Relation | None) -> None:
        """Take in that two nodes are siblings, or twins."""
        if relation is not None and relation.twin is not None:
            self._twins.append((one, other, relation.twin))
        elif relation is None or (relation.tie is Tie.BLOOD and "half" not in " ".join(relation.steps)):
            self._siblings.append((one, other, _ROLES))

    def kinship(self, at: str, holder: Node, patient: Node, kin: Kin) -> None:
        """Take in what the kinship ontology says of the holder of a record and the patient of it."""
        tie = kin.tie
        if tie in _PARENTS:
            child, parent = (holder, patient) if kin.is_turned else (patient, holder)
            self.parent(at, child, parent, tie.value)
        elif tie is KinTie.ADOPTIVE:
            self.adopt(patient, holder)
        elif tie in ZYGOSITY:
            self._twins.append((holder.key, patient.key, ZYGOSITY[tie]))
        elif tie in _SHARED:
            self._siblings.append((holder.key, patient.key, _SHARED[tie]))
        elif tie is KinTie.WORDS:
            holder.relation = (patient.key, kin.words_for(holder.sex))

    def share_parents(self, make: bool) -> None:
        """Give siblings and twins the parents of each other; where one is not known and `make`, make it up."""
        pairs = [
            (one, other, roles)
            for one, other, roles in (*self._siblings, *((one, other, _ROLES) for one, other, _ in self._twins))
            if not (self.nodes[one].is_ours and self.nodes[other].is_ours)
        ]
        for role in _ROLES if pairs else ():
            siblings = [(one, other) for one, other, roles in pairs if role in roles]
            known = {key: parent for key, node in self.nodes.items() if (parent := getattr(node, role)) is not None}
            for key, parent in shared_parents(siblings, known, partial(self._made_up, role) if make else None).items():
                setattr(self.nodes[key], role, parent)

    def _made_up(self, role: str, of: str) -> str:
        """The key of a placeholder for a parent of a node."""
        made = self.node(f"{role} of {of}")
        made.id, made.sex = f"{self.nodes[of].id or 'person'}-{role}", _SEXED[role]
        made.placeholder = True
        return made.key

    def twins(self, ids: dict[str, str]) -> tuple[Twins, ...]:
        """The sets of twins."""
        sets: list[tuple[list[str], Zygosity]] = []
        for one, other, zygosity in self._twins:
            joined = next((known for known, kind in sets if kind is zygosity and {one, other} & set(known)), None)
            if joined is None:
                sets.append(([one, other], zygosity))
            else:
                joined.extend(key for key in (one, other) if key not in joined)
        return tuple(Twins(tuple(ids[key] for key in known), kind) for known, kind in sets)

    def connected(self, start: str) -> set[str]:
        """The keys of everybody whom links of any kind connect with a node."""
        near: defaultdict[str, list[str]] = defaultdict(list)
        for key, node in self.nodes.items():
            if node.mother is None is node.father and not node.adoptive:
                continue
            for other in (node.mother, node.father, *node.adoptive):
                if other is not None and other in self.nodes:
                    near[key].append(other)
                    near[other].append(key)
        reached, waiting = {start}, [start]
        for key in waiting:
            for other in near[key]:
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached

    def _complain(self, code: str, at: str, found: str, needed: str, fix: str) -> None:
        self._gathering.complain(code, at, found, needed, fix, warning=True)

"""From the resources of a file to one family: whom it is about, everybody in it, and what is recorded of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import attrs

from menscreen.formats.content import Content
from menscreen.formats.fhir.conditions import (
    AS_WRITTEN,
    condition_of_patient,
    condition_of_relative,
    in_error,
    not_understood,
    observed,
    procedure,
)
from menscreen.formats.fhir.elements import NO_CONCEPT, OWN, age_at, concept, extensions, objects, value_of
from menscreen.formats.fhir.genetics import is_genetic, test_of
from menscreen.formats.fhir.node import Node
from menscreen.formats.fhir.people import is_withdrawn, patient, read_history
from menscreen.formats.fhir.proband import named_proband, record_of
from menscreen.formats.fhir.relations import kinship_of, relation_of
from menscreen.formats.fhir.resource import Resource
from menscreen.formats.fhir.resources import Resources, report_gaps, status_of
from menscreen.formats.fhir.shapes import listed
from menscreen.formats.fhir.ties import PARENT, SIBLING, Ties
from menscreen.formats.fhir.tree import placed
from menscreen.formats.gathering import Gathering, condition_of_family
from menscreen.formats.values import known_text
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Adoption, Finding, History, Person, Sex, Status, UnplacedRelation
from menscreen.pedigree.relations import Tie
from menscreen.problems import within

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
#: To look a member of an enumeration up takes as long as several of these steps.
_SELF, _UNKNOWN = Tie.SELF, Sex.UNKNOWN
_OBSERVATION = "family-member-history-genetics-observation"
_RELATION = f"{OWN}relation"
_WITHDRAWN = {"entered-in-error", "cancelled"}
#: Of a FamilyMemberHistory that holds; many a server leaves it out, and another may mean anything.
_STATUSES = {"", "completed", "partial", "health-unknown"}


class Assembly:
    """Puts a family together."""

    def __init__(self, found: Resources, gathering: Gathering) -> None:
        self.found = found
        self.gathering = gathering
        self.ties = Ties(found, gathering)
        self.histories = [one for one in found.of("FamilyMemberHistory") if one.node is not None or self._holds(one)]
        self.subjects = [found.names.get(one.patient) or found.patient(one) for one in self.histories]
        self.me = self._proband()
        self.others: list[Person] = []
        self.family_history: FamilyHistory | None = None
        self.is_asked = False
        self.has_own_record = False
        self.uses_kinship = False

    def _holds(self, resource: Resource) -> bool:
        """Whether a record may be read: neither withdrawn nor modified in a way that is not understood."""
        if is_withdrawn(resource):
            in_error(resource.at, self.gathering)
            return False
        if resource.body.get("modifierExtension"):
            not_understood(within(resource.at, "modifierExtension"), self.gathering)
            return False
        if resource.kind == "FamilyMemberHistory" and status_of(resource.body) not in _STATUSES:
            not_understood(within(resource.at, "status"), self.gathering)
            return False
        return True

    def _proband(self) -> Node:
        key = named_proband(self.found, self.histories, self.subjects, self.gathering)
        at = next((one.at for one in self.found.of("Patient") if one.at == key), "")
        me = self.ties.node(key, at or "patient")
        tail = key.rpartition("/")[2]
        if not at and tail != key and _ID.fullmatch(tail):
            me.id = tail
        return me

    # Everybody

    def family(self, content: Content) -> Pedigree:
        """The family; every problem is raised if there is an error among them."""
        relatives = [self._plain(one) if one.node is not None else self._relative(one) for one in self.histories]
        for resource in self.found.of("Patient"):
            if resource.at in self.ties.nodes or self.uses_kinship:
                patient(self.ties.node(resource.at, resource.at), resource)
        others = {one for one in set(self.subjects) if one and self.ties.alias.get(one, one) != self.me.key}
        for resource, node, subject in zip(self.histories, relatives, self.subjects, strict=True):
            if (resource.links or subject in others or self.uses_kinship) and node is not None:
                self._tie(resource, node, subject)
        self.ties.share_parents(make=self.uses_kinship)
        self._age_of_proband()
        self._records()
        self._silences()
        tree = placed(self.ties, self.me, self.gathering)
        if self.others:
            tree = attrs.evolve(tree, people=(*tree.people, *self._others(tree)))
        return self.gathering.family_of(tree, content, id=self._family_id(), family_history=self._said_history())

    def _others(self, tree: Pedigree) -> Iterator[Person]:
        """The relatives who cannot be placed, with ids that nobody has."""
        ids = (id for number in count(1) if (id := f"family-{number}") not in tree.position)
        for other, id in zip(self.others, ids, strict=False):
            yield attrs.evolve(other, id=id, relation=UnplacedRelation(tree.proband, "relative"))

    def _plain(self, resource: Resource) -> Node | None:
        """The node of a plain record, unless there is one already."""
        node, at = resource.node, resource.at
        if node is None or at in self.ties.nodes:
            return self._relative(resource)
        self.is_asked = True
        self.ties.nodes[at] = node
        if resource.told:
            findings = node.findings
            for reading, age, place, facts in resource.told:
                reading.tell(findings, age, place, self.gathering, facts)
        return node

    def _relative(self, resource: Resource) -> Node | None:
        """The node of a record; none for one about the whole family."""
        at = resource.at
        body = resource.body
        record = record_of(self.found, resource) if "extension" in body else None
        said = relation_of(concept(body.get("relationship")))
        if said.is_kinship:
            self.uses_kinship = self.is_asked = True
            node = self.ties.node(record or at, at)
            self.ties.alias[at] = node.key
            read_history(node, body, at, self.gathering)
            return node
        if said.is_family and record is None:
            self._whole_family(resource)
            return None
        if said.relation is not None and said.relation.tie is _SELF:
            node = self.me
            node.at = at if node.at == "patient" else node.at
            self.has_own_record = True
            self._own_history(resource)
        else:
            self.is_asked = True
            node = self.ties.node(record or at, at)
            if node is not self.me:
                node.words = said.words
                if said.conflict or not said.words:
                    node.words = self._vague(resource, said.conflict)
        if node.key != at:
            self.ties.alias[at] = node.key
        read_history(node, body, at, self.gathering)
        if said.relation is not None and node.sex is _UNKNOWN and node is not self.me and not node.is_ours:
            node.sex = said.relation.sex
        return node

    def _own_history(self, resource: Resource) -> None:
        for url, one in extensions(resource.body):
            if url == f"{OWN}family-history" and value_of(one) in list(FamilyHistory):
                self.family_history = FamilyHistory(value_of(one))

    def _vague(self, resource: Resource, is_conflict: bool) -> str:
        """The words for a relation that is not understood."""
        self.gathering.complain(
            "P012" if is_conflict else "P010",
            within(resource.at, "relationship"),
            "a code, a display and a text that name different relatives"
            if is_conflict
            else "a relation not understood",
            "one relation, such as the v3 RoleCode MAUNT",
            "correct the record; until then the degree is not known",
            warning=True,
        )
        return "relative"

    def _whole_family(self, resource: Resource) -> None:
        """A record about the family as a whole: what somebody in it has, who that is not being said."""
        body = resource.body
        self.is_asked |= body.get("status") != "health-unknown" and not body.get("dataAbsentReason")
        for url, one in extensions(body):
            if url == "patient-adopted" and value_of(one) is True:
                self.me.learn(adopted=Adoption.IN)
        prefix = "condition" if resource.at == "FamilyMemberHistory" else within(resource.at, "condition")
        for number, entry in listed(body.get("condition"), prefix, self.gathering):
            at = f"{prefix}[{number}]"
            self._somebody(condition_of_relative(entry, at, self.gathering, None), at)

    def _somebody(self, findings: list[Finding], at: str) -> None:
        """A relative who cannot be placed, for findings of somebody in the family."""
        found = [one for one in findings if one.status is not Status.ABSENT]
        if found:
            self.others.append(self.gathering.relative_with("", "", found, at))

    def _tie(self, resource: Resource, node: Node, subject: str) -> None:
        """Take in how a relative is tied to others than the proband."""
        related = NO_CONCEPT if resource.node is not None else concept(resource.body.get("relationship"))
        if related is not NO_CONCEPT and relation_of(related).is_kinship:
            kinship = kinship_of(related)
            if kinship is None:
                self._vague(resource, False)
            elif self._is_here(subject, resource):
                self.ties.kinship(resource.at, node, self.ties.node(subject), kinship)
        elif self._is_of_another(subject, node) and self._is_here(subject, resource):
            node.relation = (subject, node.words)
            self._direct(resource, node, self.ties.node(subject))
        for url, one in resource.links:
            if url in (PARENT, SIBLING):
                self.ties.extension(resource, node, one, url == PARENT)
            elif url == _OBSERVATION:
                self._test(self.found.resolved(value_of(one), resource), node)
            elif url == _RELATION:
                parts = {str(part.get("url")): value_of(part) for part in objects(one.get("extension"))}
                to = self.found.name(parts.get("to"), resource) or self.me.key
                node.relation = (to, str(parts.get("as") or "relative"))

    def _is_of_another(self, subject: str, node: Node) -> bool:
        """Whether a record tells the relation to somebody who is not the proband."""
        return bool(subject) and self.ties.alias.get(subject, subject) != self.me.key and node is not self.me

    def _is_here(self, subject: str, resource: Resource) -> bool:
        if self.ties.alias.get(subject, subject) in self.ties.nodes:
            return True
        if any(one.at == subject for one in self.found.of("Patient")):
            return True
        fix = "add the record; the relation was left out"
        self.gathering.complain(
            "D024", within(resource.at, "patient"), "a patient who is not in the file", "a reference", fix, warning=True
        )
        return False

    def _direct(self, resource: Resource, node: Node, subject: Node) -> None:
        """A parent or child of somebody who is not the proband."""
        relation = relation_of(concept(resource.body.get("relationship"))).relation
        if relation is None or relation.tie is not Tie.BLOOD or len(relation.steps) != 1:
            return
        if relation.steps[0] in ("mother", "father", "parent"):
            self.ties.parent(resource.at, subject, node, relation.steps[0])
        elif relation.steps[0] in ("son", "daughter", "child"):
            self.ties.parent(resource.at, node, subject, "parent")

    def _age_of_proband(self) -> None:
        """The age of the proband on the day of the newest record; no clock is read."""
        if self.me.born is None or self.me.age is not None or self.me.deceased:
            return
        written = [bundle.get("timestamp") for bundle in self.found.bundles]
        written += [
            one.body.get("date") if one.node is None else one.date
            for kind in ("FamilyMemberHistory", "Composition")
            for one in self.found.of(kind)
        ]
        newest = max((one for one in written if one.__class__ is str), default=None)
        self.me.learn(age=age_at(self.me.born, newest))

    def _silences(self) -> None:
        """Let nobody be taken for healthy of whom the file has no record of health.

        That is the patient, where there are relatives only, and everybody without a finding in a bare pedigree.
        """
        if not self.has_own_record and not self.me.findings and not self.me.tests:
            self.me.learn(history=History.UNKNOWN)
        for node in self.ties.nodes.values() if self.uses_kinship else ():
            if not node.findings and not node.tests and not node.placeholder:
                node.learn(history=History.UNKNOWN)

    # What is recorded of patients

    def _records(self) -> None:
        for resource in self.found.of("Condition"):
            node = self._subject(resource)
            if node is None:
                continue
            self.has_own_record |= node is self.me
            body, at = resource.body, resource.at
            is_told = any(url == f"{OWN}{AS_WRITTEN}" for url, _ in extensions(body))
            in_family = None if is_told else condition_of_family(*concept(body.get("code")))
            if in_family is None:
                node.findings += condition_of_patient(body, at, self.gathering, node.born)
            else:
                spoken = {**body, "code": {"coding": [{"display": word} for word in in_family]}}
                self._somebody(condition_of_patient(spoken, at, self.gathering, None), at)
        for resource in self.found.of("Procedure"):
            if (node := self._subject(resource)) is not None:
                node.findings += procedure(resource.body, resource.at, self.gathering, node.born)
        for resource in self.found.of("Observation"):
            if resource.at not in self.ties.alias:
                self._observation(resource)

    def _observation(self, resource: Resource) -> None:
        body = resource.body
        if status_of(resource.body) in _WITHDRAWN:
            return
        focused = [self.ties.alias.get(self.found.name(one, resource)) for one in objects(body.get("focus"))]
        node = next((self.ties.nodes[key] for key in focused if key), None) or self._subject(resource)
        if node is None:
            return
        if is_genetic(body):
            self._test(resource, node)
        elif body.get("modifierExtension"):
            not_understood(within(resource.at, "modifierExtension"), self.gathering)
        else:
            node.findings += observed(body, resource.at, self.gathering, node.born)

    def _test(self, resource: Resource | None, node: Node) -> None:
        if resource is None or status_of(resource.body) in _WITHDRAWN:
            return
        self.ties.alias[resource.at] = node.key
        if resource.kind == "Observation" and is_genetic(resource.body):
            test = test_of(resource.body, resource.at, self.gathering)
            if test is not None:
                node.tests.append(test)

    def _subject(self, resource: Resource) -> Node | None:
        """Whom a record is about; one about nobody of the family is reported."""
        if not self._holds(resource):
            return None
        key = self.found.name(resource.body.get("subject"), resource)
        if not key and not self.uses_kinship:
            return self.me
        key = self.ties.alias.get(key, key)
        if key in self.ties.nodes:
            return self.ties.nodes[key]
        fix = "add the patient, or correct the reference; the record was left out"
        self.gathering.complain(
            "D024", within(resource.at, "subject"), "a patient who is not in the file", "a reference", fix, warning=True
        )
        return None

    # The whole

    def _said_history(self) -> FamilyHistory:
        if report_gaps(self.found, self.gathering):
            return FamilyHistory.NOT_ASKED
        if self.family_history is not None:
            return self.family_history
        return FamilyHistory.ASKED if self.is_asked else FamilyHistory.NOT_ASKED

    def _family_id(self) -> str | None:
        for bundle in self.found.bundles:
            identifier = bundle.get("identifier")
            if identifier.__class__ is dict and identifier.get("system") == f"{OWN}family":
                return known_text(identifier.get("value"))
        return None

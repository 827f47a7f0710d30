"""Somebody of a file of FHIR, while facts about them are still collected."""

from __future__ import annotations

from typing import Any

import msgspec

from menscreen.formats.dates import Date
from menscreen.formats.fhir.elements import OWN, Extensions, Json, code_of, objects, sex_of, value_of
from menscreen.formats.values import known_text
from menscreen.pedigree.making import Draft
from menscreen.pedigree.person import (
    Adoption,
    Age,
    Finding,
    Gender,
    GeneticTest,
    History,
    Sex,
)

#: To look a member of an enumeration up takes as long as several of these steps.
_KNOWN, _UNKNOWN = History.KNOWN, Sex.UNKNOWN


_GENDERS = {
    **dict.fromkeys(("female", "woman", "446141000124107", "transgender-female"), Gender.WOMAN),
    **dict.fromkeys(("male", "man", "446151000124109", "transgender-male"), Gender.MAN),
    **dict.fromkeys(("non-binary", "nonbinary", "other", "33791000087105"), Gender.NONBINARY),
}


class Node(msgspec.Struct, eq=False, gc=False):
    """Somebody of the file, while facts about them are still collected.

    Attributes:
        key: what references call this person (`Resources.name`).
        words: of the relation to the patient; empty where links say it.
        is_ours: the record is one that we wrote, with every link in it.
        mother, father, adoptive: keys of other nodes.
        born: the date of birth, for ages of events; it is not kept.
    """

    key: str
    at: str
    id: str | None = None
    words: str = ""
    sex: Sex = _UNKNOWN
    findings: list[Finding] = []
    tests: list[GeneticTest] = []
    relation: tuple[str, str] | None = None
    mother: str | None = None
    father: str | None = None
    adoptive: tuple[str, ...] = ()
    born: Date | None = None
    is_ours: bool = False
    label: str | None = None
    gender: Gender | None = None
    adopted: Adoption | None = None
    age: Age | None = None
    deceased: bool | None = None
    birth_year: int | None = None
    history: History | None = None
    asked: tuple[str, ...] | None = None
    placeholder: bool = False

    def learn(self, **facts: Any) -> None:
        """Take in what nothing said before."""
        for key, value in facts.items():
            if value is not None and getattr(self, key) is None:
                setattr(self, key, value)

    def draft(self, id: str) -> Draft:
        """The person, without ties."""
        made = Draft()
        made.id = id
        made.label = self.label
        made.sex = self.sex
        made.gender = self.gender
        made.mother = None
        made.father = None
        made.adoptive_parents = ()
        made.adopted = self.adopted
        made.age = self.age
        made.deceased = self.deceased is True
        made.birth_year = self.birth_year
        made.history = self.history or _KNOWN
        made.asked = self.asked
        made.findings = tuple(self.findings)
        made.tests = tuple(self.tests)
        made.relation = None
        made.placeholder = self.placeholder
        made.at = self.at
        return made


def identify(node: Node, body: Json) -> None:
    """Give a node its id: the one under which we wrote it, else that of its first record."""
    if "identifier" in body:
        for one in objects(body["identifier"]):
            if one.get("system") == f"{OWN}person" and known_text(one.get("value")):
                node.id, node.is_ours, node.words = known_text(one["value"]), True, ""
                return
    node.id = node.id or known_text(body.get("id"))


#: Extensions that say something of the person alone: our own, and those of others by the last part of their address.
_OF_PERSON = {
    *(f"{OWN}{key}" for key in ("gender", "adopted", "placeholder", "asked", "birth-year")),
    *("patient-adopted", "us-core-birthsex", "patient-birthSex"),
    *("patient-genderIdentity", "us-core-genderIdentity", "individual-genderIdentity"),
}


def own_facts(node: Node, said: Extensions) -> None:
    """Take in what our own extensions, and a few of others, say of a person."""
    for url, one in said:
        if url not in _OF_PERSON:
            continue
        value = value_of(one)
        if url == f"{OWN}gender" and value in list(Gender):
            node.gender = Gender(value)
        elif url == f"{OWN}adopted" and value in list(Adoption):
            node.adopted = Adoption(value)
        elif url == f"{OWN}placeholder":
            node.placeholder = value is True
        elif url == f"{OWN}asked" and value.__class__ is str:
            node.asked = () if value == "nothing" else tuple(value.split())
        elif url == f"{OWN}birth-year" and value.__class__ is int:
            node.birth_year = value
        elif url == "patient-adopted" and value is True:
            node.learn(adopted=Adoption.IN)
        elif url.endswith("genderIdentity"):
            node.learn(gender=_GENDERS.get(code_of(value)))
        elif url in ("us-core-birthsex", "patient-birthSex") and value is not None:
            node.sex = sex_of(value)

"""Somebody of a file of FHIR, while facts about them are still collected."""

from __future__ import annotations

from typing import Any

import msgspec

from menscreen.formats.dates import Date
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

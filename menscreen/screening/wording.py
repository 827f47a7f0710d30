"""People, findings and tests in words, as seen from the person screened."""

from __future__ import annotations

from menscreen.pedigree.kinship import relation_name
from menscreen.pedigree.person import Age, Finding, GeneticTest
from menscreen.rules.facts import Fact
from menscreen.rules.families import Family
from menscreen.vocabulary import vocabulary


class Wording:
    """Words for the people of one family; relations are those of the person screened."""

    def __init__(self, family: Family, position: int) -> None:
        self._family = family
        self._position = position
        self._relations: dict[int, str] = {}

    def relation(self, position: int) -> str:
        """How somebody is related to the person screened, such as ``mother``."""
        known = self._relations.get(position)
        if known is None:
            tie = None if position == self._position else self._family.kin(self._position)[0].get(position)
            known = relation_name(self._family.pedigree, self._position, position, tie)
            self._relations[position] = known
        return known

    def id(self, position: int) -> str:
        """The id of a person."""
        return self._family.pedigree.people[position].id


def name_of(finding: Finding) -> str:
    """The name of what was found; text that the vocabulary does not know is called so and not repeated."""
    return "unrecognized text" if finding.term is None else vocabulary().terms[finding.term].name


def age_in_words(age: Age | None) -> str:
    """``at 31``, ``at 30-39``, or nothing."""
    return "" if age is None else f" at {age}"


def described(fact: Fact) -> str:
    """A tumor with what its records say together, such as ``primary hyperparathyroidism at 31, several``."""
    age = Age(fact.low, fact.high) if fact.age_recorded else None
    return ", ".join((vocabulary().terms[fact.term].name + age_in_words(age), *qualities(fact)))


def qualities(fact: Fact) -> tuple[str, ...]:
    """What the records of a tumor say of it beside its age, such as ``several`` and ``recurrent``."""
    number = "both sides" if fact.bilateral else "several" if fact.multiple else ""
    events = ("recurrent" if fact.recurrent else "", "metastatic" if fact.metastatic else "")
    return tuple(filter(None, (number, *events)))


def test_in_words(test: GeneticTest) -> str:
    """A test with its result, such as ``RET pathogenic``."""
    where = "" if test.origin.value == "germline" else " (in the tumor)"
    return f"{test.gene} {test.result.value}{where}"

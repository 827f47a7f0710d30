"""How an interview speaks: of "you" or "she", of "your mother", and of findings in plain words."""

from __future__ import annotations

import re
from typing import NamedTuple

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.names import relation_name
from menscreen.pedigree.person import Age, Finding, Person, Sex, Status
from menscreen.vocabulary import vocabulary

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


class Someone(NamedTuple):
    """A person as a sentence speaks of them: ``you``, ``she``, ``your mother``.

    Texts are written as to "you" with the words that change in braces: ``{Have} {you} ever had {your} ...``.
    """

    name: str
    possessive: str
    object: str
    pronoun: str

    @property
    def is_addressed(self) -> bool:
        """Whether it is the one who answers."""
        return self.name == "you"

    def said(self, text: str, **words: str) -> str:
        """Fill a text in."""
        you = self.is_addressed
        return text.format(
            you=self.name,
            your=self.possessive,
            them=self.object,
            they=self.pronoun,
            have="have" if you else "has",
            Have="Have" if you else "Has",
            were="were" if you else "was",
            are="are" if you else "is",
            Are="Are" if you else "Is",
            do="do" if you else "does",
            was="were" if is_plural(words.get("name", "")) else "was",
            Was="Were" if is_plural(words.get("name", "")) else "Was",
            was_found="were found" if is_plural(words.get("name", "")) else "was found",
            **words,
        )


#: How to speak of the person screened when somebody else answers.
_SPOKEN_FOR = {
    Sex.FEMALE: Someone("she", "her", "her", "she"),
    Sex.MALE: Someone("he", "his", "him", "he"),
    Sex.UNKNOWN: Someone("the person", "the person's", "the person", "they"),
}


def someone(family: Pedigree, position: int, own: bool) -> Someone:
    """How to speak of somebody; `own` is whether the proband answers."""
    proband = family.position[family.proband]
    screened = Someone("you", "your", "you", "you") if own else _SPOKEN_FOR[family.people[proband].sex]
    if position == proband:
        return screened
    relation = _told_apart(family, proband, position)
    name = "the relative" if relation == "relative" else f"{screened.possessive} {relation}"
    return Someone(name, f"{name}'s", name, _SPOKEN_FOR[family.people[position].sex].pronoun)


def _told_apart(family: Pedigree, proband: int, position: int) -> str:
    """The relation, with what tells this one of several from the others."""
    relation = relation_name(family, proband, position)
    alike = [
        at
        for at, person in enumerate(family.people)
        if at != proband and not person.placeholder and relation_name(family, proband, at) == relation
    ]
    if len(alike) < 2 or position not in alike:
        return relation
    people = [family.people[at] for at in alike]
    me = family.people[position]
    for trait in (_years, _illness):
        if trait(me) and [trait(person) for person in people].count(trait(me)) == 1:
            return f"{relation} {trait(me)}"
    number = alike.index(position)
    return f"{_ORDINALS[number]} {relation}" if number < len(_ORDINALS) else f"{relation} number {number + 1}"


def _years(person: Person) -> str:
    return "" if person.age is None else f"of {person.age}"


def _illness(person: Person) -> str:
    return f"with the {spoken(person.findings[0])}" if person.findings else ""


def spoken(finding: Finding) -> str:
    """The name of a finding in plain words, without an article.

    >>> spoken(Finding("pheochromocytoma")), spoken(Finding(None, text="green hair"))
    ('pheochromocytoma', 'green hair')
    """
    return named(finding.term) if finding.term is not None else finding.text or "illness"


def named(term: str) -> str:
    """The name of a term in plain words, without an article and without what stands in brackets."""
    known = vocabulary().terms[term]
    words = re.sub(r" \([^()]*\)", "", known.plain or known.name)
    return words.removeprefix("a ").removeprefix("an ")


_PLURAL = re.compile(r"\b(?:bumps|stones|lips|macules|nodules|lumps|cysts|polyps|leiomyomas|fibroids|glands)\b")


def is_plural(name: str) -> bool:
    """Tell whether the name of a finding speaks of several, such as ``kidney stones``."""
    return _PLURAL.search(name) is not None


def another(number: int) -> str:
    """What stands before the name of the second tumor (number 1) of one name, the third, and so on.

    >>> another(0), another(1), another(2)
    ('', 'other ', 'third ')
    """
    return "" if number == 0 else f"{_ORDINALS[number]} " if 2 <= number < len(_ORDINALS) else "other "


def told(finding: Finding) -> str:
    """A finding with its age, such as ``insulinoma at 31``, and on which sides or whether there were several."""
    at = "" if finding.age is None else f" {_at(finding.age)}"
    suspected = "suspected " if finding.status is Status.SUSPECTED else ""
    number = " on both sides" if finding.bilateral else " (several)" if finding.multiple else ""
    return f"{suspected}{spoken(finding)}{number}{at}"


def _at(age: Age) -> str:
    if age.low == 0 and age.high is not None and age.high > 0:
        return f"at {age.high} or younger"
    return f"at {age}"


def told_of(person: Person) -> str:
    """Everything told of a person, such as ``insulinoma at 31 and kidney stones``."""
    parts = [told(finding) for finding in person.findings if finding.status is not Status.ABSENT]
    parts += [f"a {test.gene} test" for test in person.tests]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""

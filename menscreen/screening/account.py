"""What has been told in an interview so far: the family, and what nobody knows."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import attrs

from menscreen.pedigree.adding import added
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.kinship import relation_name
from menscreen.pedigree.person import Finding, GeneticTest, Person, Sex
from menscreen.screening.answers import Choice
from menscreen.screening.panel import LISTS
from menscreen.screening.prompts import YES_NO, Prompt
from menscreen.screening.speaking import Someone, someone

#: Lists and kinds, which somebody may answer with the name of what it was.
_TAKING_WORDS = frozenset(["kind", *LISTS, *(f"relatives-{part}" for part in LISTS)])


class Account:
    """A family that grows while somebody tells of it.

    Attributes:
        is_own: whether the person screened answers.
        new: ids of the people who were added, and places of the records that were.
        settled: what was asked already, and need not be asked again.
        heard: the lists that were read out in full.
        primary: places of the records of which somebody said, of several causes, that it was there by itself.
    """

    def __init__(self, start: Pedigree | None) -> None:
        self.is_from_nothing = start is None
        nobody = Pedigree((Person("self", at="people[0]"),), "self", family_history=FamilyHistory.NOT_ASKED)
        self.family = nobody if start is None else start
        self.is_own = True
        self.new: set[str] = set()
        self.settled: set[tuple[object, ...]] = set()
        self.primary: set[str] = set()
        self.heard: set[str] = set()

    @property
    def proband(self) -> int:
        """The position of the person screened."""
        return self.family.position[self.family.proband]

    def someone(self, position: int) -> Someone:
        """How to speak of somebody."""
        return someone(self.family, position, self.is_own)

    def prompt(
        self,
        topic: str,
        position: int,
        text: str,
        kind: str = "choice",
        choices: tuple[Choice, ...] = (),
        ages: tuple[int, int] | None = None,
        instead: str | None = None,
        site: str | None = None,
        **words: str,
    ) -> Prompt:
        """A question about somebody; `text` is filled in as `Someone.said` does."""
        relation = relation_name(self.family, self.proband, position)
        asked = Prompt(
            topic, self.someone(position).said(text, **words), kind, self.family.people[position].id, relation
        )
        if kind == "yes-no":
            choices = YES_NO
        takes_words = topic in _TAKING_WORDS
        asked = asked._replace(choices=choices, instead=instead, takes_words=takes_words, site=site)
        return asked if ages is None else asked._replace(ages=ages)

    def change(self, position: int, **facts: Any) -> None:
        """Record something of a person."""
        people = self.family.people
        person = attrs.evolve(people[position], **facts)
        self.family = attrs.evolve(self.family, people=(*people[:position], person, *people[position + 1 :]))

    def set_sex(self, position: int, sex: Sex) -> None:
        """Record a sex; a parent whose sex was not known becomes the mother or the father."""
        self.change(position, sex=sex)
        id = self.family.people[position].id
        wrong, right = ("mother", "father") if sex is Sex.MALE else ("father", "mother")
        for child in self.family.children[position]:
            person = self.family.people[child]
            if getattr(person, wrong) == id:
                self.change(child, **{wrong: getattr(person, right), right: id})

    def add(self, words: str) -> int:
        """Add a relative; an ancestor who is there already is that person."""
        before = len(self.family.people)
        self.family, position = added(self.family, words)
        fresh = range(before, len(self.family.people))
        self.new.update(self.family.people[at].id for at in fresh)
        for at in fresh:
            self.change(at, at=f"people[{at}]")
        return position

    def record(self, position: int, term: str | None, text: str | None = None, **facts: Any) -> int:
        """Record a finding and give back its number among those of the person."""
        findings = self.family.people[position].findings
        place = f"people[{position}].findings[{len(findings)}]"
        self.new.add(place)
        self.change(position, findings=(*findings, Finding(term, text=text, at=place, **facts)))
        return len(findings)

    def tell_apart(self, position: int, number: int, offered: Collection[str]) -> None:
        """Notice that an overactive gland was said to be there by itself, when a cause was offered too."""
        finding = self.family.people[position].findings[number]
        if finding.term == "primary-hyperparathyroidism" and "secondary-hyperparathyroidism" in offered:
            self.primary.add(finding.at)

    def keep_words(self, position: int, said: str, note: str | None) -> None:
        """Record something that is neither a known finding nor a test, so that it is not lost; it changes no answer."""
        self.note(position, self.record(position, None, said), note=note)

    def note(self, position: int, number: int, **facts: Any) -> None:
        """Record more of a finding."""
        findings = list(self.family.people[position].findings)
        findings[number] = attrs.evolve(findings[number], **facts)
        self.change(position, findings=tuple(findings))

    def record_test(self, position: int, test: GeneticTest) -> None:
        """Record a genetic test."""
        tests = self.family.people[position].tests
        place = f"people[{position}].tests[{len(tests)}]"
        self.new.add(place)
        self.change(position, tests=(*tests, attrs.evolve(test, at=place)))

    def answer_for_relatives(self, history: FamilyHistory) -> None:
        """Record whether anybody could tell of the relatives."""
        self.family = attrs.evolve(self.family, family_history=history)

"""What is wrong with an input: the table of problem codes, `Problem`, and the exceptions that carry problems.

A problem never quotes an id, a name or a date of birth. `found` holds a word of the vocabulary, a number, or the
kind and the length of what stood there.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs


class Severity(StrEnum):
    """How much a problem matters: an error stops the reading, a warning is reported beside the result."""

    ERROR = "error"
    WARNING = "warning"


#: Looking for the nearest known word takes a while: only so many problems of an input offer one.
MOST_OFFERS = 50

#: Every problem code with what it means. Codes are never reused; the first letter names the part of the input.
CODES: dict[str, str] = {
    # D: the document
    "D001": "the document cannot be read as JSON",
    "D002": "the document is not a pedigree",
    "D003": "a key stands twice",
    "D004": "an unknown key",
    "D005": "a value of the wrong kind",
    "D006": "a required key is missing",
    "D007": "people and relatives stand together",
    "D008": "the document is too large or too deep",
    "D009": "an unknown schema",
    "D010": "the file cannot be opened",
    "D011": "the format is not known or not supported",
    "D012": "an impossible count",
    "D013": "more problems than are listed",
    "D014": "the document cannot be read as XML",
    "D015": "text in another encoding than UTF-8",
    "D016": "a file of several families",
    "D017": "a table that cannot be read, or a column that is not known",
    "D020": "a version of a format that is not read",
    "D021": "a part of a larger answer",
    "D022": "a record entered in error",
    "D023": "a record with a modifier that is not understood",
    "D024": "a reference to nothing in the file",
    # P: people and their relations
    "P001": "an id stands twice",
    "P002": "a person who is not in the pedigree",
    "P003": "a person among their own ancestors",
    "P004": "a parent of the wrong sex",
    "P005": "one person as mother and father",
    "P006": "a parent younger than the child",
    "P007": "monozygotic twins of different sex",
    "P008": "twins with different parents",
    "P009": "twins of fewer than two people",
    "P010": "a relation that is not understood",
    "P011": "a second entry for a relation of which there is one",
    "P012": "a relation that contradicts another",
    "P013": "parents of an adopted person read as adoptive",
    "P014": "the proband is missing",
    "P015": "a person in several sets of twins",
    "P016": "recorded sex contradicts the relation",
    "P017": "a condition of the family recorded of the patient",
    "P018": "people marked as affected by something that is not told",
    "P019": "a document that does not say who the proband is",
    "P020": "a pedigree so large that only the nearest people were looked at",
    "P021": "more people than a family has",
    # A: ages and years
    "A001": "an impossible age",
    "A002": "an age at diagnosis above the age of the person",
    "A003": "an age range upside down",
    "A004": "an impossible year",
    "A005": "an age that cannot be read",
    # F: findings
    "F012": "an unknown finding",
    "F013": "a finding without finding, site, histology or code",
    "F014": "the code and the word do not agree",
    "F015": "an unknown code",
    "F016": "present and absent of the same finding",
    "F017": "two records of one tumor contradict each other",
    "F018": "an unknown site",
    "F019": "site and histology do not go together",
    "F020": "text read as the tumor that it speaks of",
    "F021": "an impossible size",
    "F022": "a key that contradicts the words of the finding",
    "F023": "a laboratory value, which is not read",
    "F024": "more findings and tests of one person than anybody has",
    "F025": "several findings in one entry",
    "F026": "words that mean different things",
    "F027": "a preventive operation, which is no tumor",
    "F028": "words that deny what they name, or say that nobody knows it",
    # T: genetic tests
    "T001": "a test without a gene",
    "T002": "an unknown gene",
    "T003": "'positive' read as pathogenic",
    "T004": "a result that contradicts the position in the pedigree",
    "T005": "a test without a known result",
    "T006": "a variant classed for a disease that has nothing to do with tumors",
    # R: rulebooks and profiles
    "R001": "the rulebook cannot be read as TOML",
    "R002": "an unknown key or a value of the wrong kind in a rulebook",
    "R003": "a required part of a rule is missing",
    "R004": "an unknown finding in a rule",
    "R005": "an unknown gene or syndrome in a rule",
    "R006": "a definition that is missing or refers to itself",
    "R007": "an address that is not https",
    "R008": "an impossible number in a rule",
    "R009": "an id that stands twice",
    "R010": "an unknown rulebook or profile",
    "R011": "an example that does not give its answer",
    "R012": "the rulebook is too large",
    "R013": "a shipped rule that changed without an entry",
    "R014": "more problems of a rulebook than are listed",
    "R015": "a change of a rule that no example notices",
    "R016": "a rule that nobody can meet",
    "R017": "a law that does not hold of a rulebook",
    # U: usage
    "U001": "a person who is not in the pedigree was asked for",
    "U002": "options that do not go together",
    "U003": "the output cannot be written",
    "U004": "a report format that is not known",
    "U005": "an answer that is not understood",
    "U006": "an interview that cannot be gone on with",
    "U007": "a library that is needed for this and is not here",
    # B: batches
    "B001": "the program failed on a family",
    "B002": "a worker process that ended",
    "B003": "an interrupted run that cannot be gone on with",
    "B004": "an input that cannot be read to its end",
    "B005": "a table without a column of families",
}


@attrs.frozen
class Problem:
    """Say what is wrong, where, what was found, what is needed and how to mend it.

    `where` is a place such as ``people[3].findings[0].age``; `found` quotes words of the vocabulary only.
    """

    code: str
    severity: Severity
    where: str
    found: str
    needed: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.found} ({self.code})\n  needed: {self.needed}    fix: {self.fix}"


def within(place: str, part: str) -> str:
    """The place of a part of something: of a person, the mother.

    What a JSON pointer points to, a line or a row need not have it under this key: these are left as they are.

    >>> within("people[3]", "mother"), within("/GG/1", "mother"), within("line 3", "birth_year")
    ('people[3].mother', '/GG/1, mother', 'line 3, birth year')
    >>> within("line 3, condition[0]", "code")
    'line 3, condition[0].code'
    """
    if place[:1] == "/" or (" " in place and place.rpartition(" ")[2].isalnum()):
        return f"{place}, {part.replace('_', ' ')}"
    return f"{place}.{part}" if place else part


def of_length(what: str, text: object) -> str:
    """Speak of a text that must not be quoted.

    >>> of_length("an id", "x"), of_length("a text", "Smith")
    ('an id of 1 character', 'a text of 5 characters')
    """
    length = len(str(text))
    return f"{what} of {length} character{'' if length == 1 else 's'}"


class MenscreenError(Exception):
    """Carry every problem of an input at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[MenscreenError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class PedigreeError(MenscreenError):
    """The input is no pedigree that can be screened."""


class RulebookError(MenscreenError):
    """A rulebook, a profile or a guideline id is wrong."""


class UsageError(MenscreenError):
    """What was asked for cannot be done with this input."""

    @classmethod
    def of(cls, code: str, found: str, needed: str, fix: str, where: str = "") -> UsageError:
        """The error of one problem, which most are."""
        return cls([Problem(code, Severity.ERROR, where, found, needed, fix)])

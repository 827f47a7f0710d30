"""What is wrong with the name of a finding: codes and words that are unknown, contradict each other or deny."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from menscreen.problems import Problem, Severity, of_length
from menscreen.vocabulary import (
    Said,
    Term,
    gene_test_spoken_of,
    leaves_open,
    term_said,
    vocabulary,
    without_doubt,
    without_notes,
)

#: Of longer words none is offered.
_LONGEST = 200


class Complaint(NamedTuple):
    """A problem without its place. `unknown` marks what nobody understood: an error in strict reading.

    `word` is the unknown word, for which the nearest words of the vocabulary may be offered.
    """

    code: str
    key: str
    found: str
    needed: str
    fix: str
    unknown: bool = False
    word: str | None = None

    def at(self, where: str, *, strict: bool, offering: bool) -> Problem:
        """The problem, at its place. Finding words to offer takes milliseconds."""
        refused = strict and self.unknown
        return Problem(
            "F012" if refused and self.code == "F020" else self.code,
            Severity.ERROR if refused else Severity.WARNING,
            where,
            self.found,
            self.needed,
            self.fix if self.word is None else f"{_offer(self.word if offering else '')}; {self.fix}",
        )


def conflict(one: Term, other: Term, read_as: str) -> Complaint:
    """The complaint about a word and a code that name different things."""
    found = f"{one.name} and {other.name} in one finding"
    fix = f"correct one of them or make two findings; it was read as {read_as}"
    return Complaint("F014", "code", found, "one finding", fix)


PERSONAL = "personal history"
_UNSPECIFIC = "unspecific"
_FIX_OF_CODE = {
    _UNSPECIFIC: "write the finding in words beside it; a morphology of ICD-O-3 needs its topography, or a `site`",
    PERSONAL: "write what this person had as a finding: in words or a code of the tumor, with the age at diagnosis",
    "family history": "record the finding with the relative who had it",
    "carrier status": "record the variant under `tests`",
}


def unknown_code(reason: str | None) -> Complaint:
    """The complaint about a code that names no finding, for a known reason or because nobody knows it."""
    return Complaint(
        "F015",
        "code",
        _found_of_code(reason),
        "a code of a finding in HPO, MONDO, OMIM, ORPHA, SNOMED CT, NCIt, ICD-O-3, ICD-10 or ICD-10-CM",
        _FIX_OF_CODE.get(reason or "", "write the finding in words beside the code"),
        unknown=reason is None,
    )


def _found_of_code(reason: str | None) -> str:
    if reason is None:
        return "a code that the vocabulary does not hold"
    return "a code that covers too much to name a finding" if reason == _UNSPECIFIC else f"a code of {reason}"


OF_PERSONAL_HISTORY = unknown_code(PERSONAL)


def unknown(word: str, key: str, read: Said | None) -> Complaint:
    """The complaint about words that name no finding; `read` is what they speak of all the same."""
    from menscreen.vocabulary.denying import denied, unsaid

    known = vocabulary()
    if read is None and (means := known.meanings(without_doubt(word) or word) or known.meanings(without_notes(word))):
        names = " or ".join(f"'{term.name}'" for term in means)
        return Complaint(
            "F026",
            key,
            f"words that mean different things: {', '.join(term.name for term in means)}",
            "the name in full",
            f"write {names}, whichever is meant; it is kept as text and changes no answer",
            unknown=True,
        )
    fix = "it is kept as text and changes no answer"
    leaves = leaves_open(word) or denied(word) is not None or unsaid(word) == ""
    if read is None and leaves and gene_test_spoken_of(word) is None:
        return _left_open(word, key)
    if read is not None and known.syndrome_prevented(word) == read.term:
        return Complaint(
            "F027",
            key,
            "a preventive operation, which is no tumor",
            "the reason for it",
            f"record the genetic test under `tests`, or the syndrome; it was read as suspected {read.term.name}",
            unknown=True,
        )
    if read is not None and term_said(without_notes(word)) is read.term:
        fix = f"it was read as {read.term.name}; write what else it says, such as an age, under its own key"
    elif read is not None:
        fix = f"it was read as {read.term.name} of a type not known"
    of_gene = gene_test_spoken_of(word)
    if of_gene is not None:
        example = f'{{"gene": "{of_gene or "RET"}", "result": "pathogenic"}}'
        results = "likely-pathogenic, uncertain, likely-benign, benign or negative"
        test = f"record the genetic test under `tests`, such as {example}, or with {results}"
        fix = f"{test}; as a finding {fix}" if read is None else f"{fix}; {test}"
    return Complaint(
        "F012" if read is None else "F020",
        key,
        f"unrecognized: {of_length('a text', word)}",
        "a word of the vocabulary",
        fix,
        unknown=True,
        word=None if of_gene is not None and read is None else word[:_LONGEST],
    )


def _left_open(word: str, key: str) -> Complaint:
    """The complaint about words that deny what they name, or leave it open, in a way that is not understood."""
    from menscreen.vocabulary.denying import says_nothing, unsaid

    if says_nothing(word) or unsaid(word) == "":
        needed = "a finding, or no entry"
        fix = "leave the entry out; to record what was asked about and denied, write its name and that it is absent"
        return Complaint("F028", key, "words that name no finding", needed, fix)
    return Complaint(
        "F028",
        key,
        f"a denial that is not understood, or something that nobody knows: {of_length('a text', word)}",
        "a finding, and beside it whether it is present, absent or suspected",
        "write the name of the finding alone and its status beside it; it is kept as text and changes no answer",
        unknown=True,
    )


@lru_cache(maxsize=1024)
def _offer(word: str) -> str:
    nearest = " or ".join(f"'{name}'" for name in vocabulary().nearest(word)) if word else ""
    offer = f"write {nearest} if that is meant" if nearest else "write a word of the vocabulary"
    return f"{offer} (menscreen vocabulary lists them)"

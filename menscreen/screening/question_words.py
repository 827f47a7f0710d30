"""The words in which an interview puts its ranked questions; `menscreen.screening.speaking` fills them in."""

from __future__ import annotations

from menscreen.rules.reasons import Kind, Open
from menscreen.screening.questions import OF_ANY_ORGAN
from menscreen.screening.speaking import is_plural, named
from menscreen.vocabulary import vocabulary
from menscreen.vocabulary.terms import Kind as TermKind, Term

#: What each question asks for, the same for everybody.
TOPICS = {
    Kind.TYPE: "kind",
    Kind.AGE: "age-at-diagnosis",
    Kind.MULTIPLE: "number",
    Kind.BILATERAL: "sides",
    Kind.SIZE: "size",
    Kind.CONFIRMED: "confirmed",
    Kind.CAUSE: "cause",
    Kind.SCOPE: "scope",
    Kind.VARIANT: "variant",
    Kind.PERSON_AGE: "age-now",
    Kind.SEX: "sex",
}
_TEXTS = {
    Kind.TYPE: "What kind of {name} was it that {you} had?",
    Kind.AGE: "How old {were} {you} when the {name} {was_found}?",
    Kind.MULTIPLE: "Was it one {name} that {you} had, or several?",
    Kind.BILATERAL: "{Was} {your} {name} on one side, or on both?",
    Kind.SIZE: "How large {was} {your} {name}?",
    Kind.CONFIRMED: "{Was} {your} {name} confirmed in the end?",
    Kind.CAUSE: "Was {your} {name} there before any kidney disease or lithium, or did it come with them or after?",
    Kind.SCOPE: "Did {your} {gene} test read the whole gene, or look only for the change known in the family?",
    Kind.VARIANT: "Which change was found in {your} {gene} gene? Its name is on the report, such as {example}.",
    Kind.PERSON_AGE: "How old {are} {you} now? If {they} died, at which age?",
    Kind.SEX: "{Are} {you} female or male by birth?",
}
_SPOKEN = {
    (Kind.CONFIRMED, "confirmed"): "yes",
    (Kind.CONFIRMED, "not confirmed"): "no",
    (Kind.CAUSE, "primary"): "before them, or without them (primary)",
    (Kind.CAUSE, "secondary"): "with them or after (secondary)",
    (Kind.SCOPE, "full"): "the whole gene",
    (Kind.SCOPE, "familial-variant"): "only the known change",
    (Kind.SCOPE, "other-variant"): "only another change",
}


def choice_words(kind: Kind, words: str) -> str:
    """How an answer is offered."""
    return _SPOKEN.get((kind, words), words)


def text_of(one: Open, is_own: bool, is_other: bool) -> str:
    """The words of a question about an open fact.

    `is_own`: about the person screened. `is_other`: about a tumor that is told from one of the same name before it.
    """
    if is_own and one.kind is Kind.PERSON_AGE:
        return "How old {are} {you}?"
    if one.fact is None:
        return _TEXTS[one.kind]
    term = vocabulary().terms[one.fact.term]
    is_of_glands = term.site == "parathyroid" and not is_other
    if one.kind is Kind.TYPE:
        return _text_of_kind(term, is_of_glands)
    if one.kind is Kind.MULTIPLE and is_of_glands:
        return "How many of {your} parathyroid glands were affected: one, or several?"
    if one.kind is Kind.MULTIPLE and is_plural(named(term.id)):
        return "How many {name} did {you} have: one, or several?"
    if one.kind is Kind.CONFIRMED and term.kind is TermKind.SYNDROME:
        return f"Was it confirmed in the end that {{you}} had {term.plain or term.name}?"
    return _TEXTS[one.kind]


def _text_of_kind(term: Term, is_of_glands: bool) -> str:
    if term.kind is TermKind.SYNDROME:
        return "Which kind of {name} {were} {you} told of?"
    if term.id == "lip-or-tongue-bumps":
        return "Does anybody know what {your} {name} were?"
    if term.kind is not TermKind.TUMOR:
        return "What was behind {your} {name}?"
    if is_of_glands:
        return "Does anybody know what was found in {your} parathyroid glands?"
    if term.id in OF_ANY_ORGAN:
        return "In which organ was {your} {name}, and what kind was it?"
    return _TEXTS[Kind.TYPE]

"""Criteria in words, as the pages and ``menscreen rules show`` print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menscreen.pedigree.person import Origin
from menscreen.rules.criteria import (
    AgeNow,
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    PersonIs,
    Relatives,
    Tested,
    Tumors,
)
from menscreen.vocabulary import vocabulary


def in_words(criterion: Criterion) -> str:
    """Say what a criterion asks of a person; rulebooks are checked not to be nested deeply.

    >>> in_words(Has("insulinoma", before=40)), in_words(Relatives(Has("insulinoma"), within=1))
    ('insulinoma before 40', 'a relative within degree 1 with: insulinoma')
    """
    match criterion:
        case Has():
            return ", ".join(_finding(criterion))
        case Tumors():
            return f"at least {criterion.at_least} tumors among: {', '.join(map(_name, criterion.of))}"
        case Tested():
            return _test(criterion)
        case Relatives():
            return _relatives(criterion)
        case PersonIs():
            age = "" if criterion.age is None else f"aged {_ages(criterion.age)}"
            return " ".join(filter(None, (criterion.sex, age)))
        case Meets():
            return criterion.meets.replace("-", " ")
        case AllOf():
            return _joined(criterion.all, "and")
        case AnyOf():
            return _joined(criterion.any, "or")
        case NoneOf():
            return f"not recorded: {_joined(criterion.none, 'or')}"
        case AtLeast():
            of = "; ".join(map(in_words, criterion.of))
            return f"{criterion.at_least} different tumors for {criterion.at_least} of these: {of}"


def _finding(has: Has) -> Iterator[str]:
    yield " ".join(filter(None, (_name(has.has), _ages(has))))
    if has.bilateral:
        yield "both sides"
    elif has.multiple:
        yield "several"
    if has.recurrent:
        yield "recurrent"
    if has.metastatic:
        yield "metastatic"
    if has.larger_than is not None:
        yield f"more than {has.larger_than} mm"


def _ages(bounds: Has | AgeNow) -> str:
    """Such as ``before 40`` (below), ``by 40`` (at or below), ``from 18`` (at or above)."""
    words = (("before", bounds.before), ("by", bounds.by), ("from", bounds.from_))
    return " and ".join(f"{word} {age}" for word, age in words if age is not None)


def _test(tested: Tested) -> str:
    origin = "tumor" if tested.origin is Origin.SOMATIC else "germline"
    scope = (
        "" if tested.scope is None else " of the whole gene" if tested.scope == "full" else " for the family's variant"
    )
    variant = "" if tested.variant is None else f" ({tested.variant})"
    result = "of uncertain significance" if tested.result == "uncertain" else tested.result
    return f"{origin} {tested.gene} test{scope}: {result}{variant}"


def _relatives(relatives: Relatives) -> str:
    many = "a relative" if relatives.at_least == 1 else f"at least {relatives.at_least} relatives of one side"
    side = "" if relatives.side is None else f" on the {relatives.side} side"
    near = "" if relatives.within is None else f" within degree {relatives.within}"
    return f"{many}{side}{near} with: {in_words(relatives.have)}"


def _joined(parts: Sequence[Criterion], word: str) -> str:
    """Parts that are joined themselves stand in brackets."""
    return f" {word} ".join(
        f"({in_words(part)})" if len(parts) > 1 and isinstance(part, (AllOf, AnyOf, AtLeast)) else in_words(part)
        for part in parts
    )


def _name(term: str) -> str:
    return vocabulary().terms[term].name

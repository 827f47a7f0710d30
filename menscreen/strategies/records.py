"""Strategies for what is recorded of one person: ages, findings, genetic tests, people."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import attrs
from hypothesis import strategies as st

from menscreen.pedigree.person import (
    Age,
    Finding,
    Gender,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Sex,
    Status,
)
from menscreen.strategies.arguments import check_strategies, check_switches, sizes
from menscreen.strategies.asked import cuts, genes, leaves, terms

#: Words that are carried and shown, with signs that formats must escape.
WORDS = ("seen in 1990", "the left one, <5 mm & round", 'says "maybe"', "Größe unklar", "a, b; c")
UNRECOGNIZED = ("odd nosebleeds", "bumps of unclear kind")
LABELS = ("I-1", "Großtante <A>")
VARIANTS = ("c.1900T>C", "p.(Met918Thr)")

#: Whether there were several tumors, and on both sides: several are on one or both, and both sides are several.
KNOWN_NUMBERS = ((False, False), (True, False), (True, True))
NUMBERS = ((None, None),) * 4 + KNOWN_NUMBERS + ((False, None), (True, None), (None, False))
#: Recurrent, metastatic.
EVENTS = ((False, False),) * 8 + ((True, False), (False, True), (True, True))
STATUSES = (Status.PRESENT,) * 6 + (Status.ABSENT, Status.SUSPECTED)
SIZES = (None, None, None, 10.0, 11.0, 4.5)
#: Sexes, and whether nothing else is known of the person.
KNOWN_SEXES = ((Sex.FEMALE, False), (Sex.MALE, False))
SEXES = tuple((sex, is_bare) for is_bare in (True, False, False) for sex in (Sex.FEMALE, Sex.MALE) * 2 + (Sex.UNKNOWN,))
#: Living and dead, with a history that is known or not.
LIVES = ((False, History.KNOWN),) * 6 + ((True, History.KNOWN),) * 2
UNKNOWN_LIVES = ((False, History.UNKNOWN), (True, History.UNKNOWN))
RESULTS = (Result.PATHOGENIC, Result.NEGATIVE, Result.NEGATIVE, *Result)
ORIGINS = (Origin.GERMLINE,) * 4 + (Origin.SOMATIC,)

T = TypeVar("T")


@cache
def _exact_ages() -> tuple[Age, ...]:
    """Every age, those at the lines that rules draw first and several times."""
    near = sorted({cut + step for cut in cuts() for step in (0, -1, 1)})
    return tuple(Age(year, year) for year in (*near * 3, *range(91)))


@cache
def _bands() -> tuple[Age, ...]:
    """Bands of ages on either side of the lines, and across them."""
    return tuple(Age(max(0, cut - 5), high) for cut in cuts() for high in (cut - 1, cut, cut + 5, None))


def _one_in(number: int) -> st.SearchStrategy[bool]:
    """True about once in so many draws; shrinks to false."""
    return _weighted((False,) * (number - 1) + (True,))


@cache
def _weighted(values: tuple[T, ...]) -> st.SearchStrategy[T]:
    """One of these; those that stand several times more often. Shrinks to the first."""
    return st.sampled_from(values)


@st.composite
def ages(draw: st.DrawFn, *, unknowns: bool = True) -> Age:
    """Ages in completed years, often at the lines that rules draw.

    Shrinks to an exact age, and to the lowest line.

    Args:
        draw: given by Hypothesis.
        unknowns: bands of ages too, also with an open end.

    >>> from hypothesis import find
    >>> find(ages(), lambda age: age.high is None).low < 40
    True
    """
    check_switches(unknowns=unknowns)
    return draw(_ages(unknowns))


@cache
def _ages(unknowns: bool) -> st.SearchStrategy[Age]:
    return st.sampled_from(_exact_ages() + _bands() * unknowns)


@st.composite
def findings(
    draw: st.DrawFn,
    *,
    terms: st.SearchStrategy[str] | None = None,
    unknowns: bool = True,
    carried: bool = True,
) -> Finding:
    """Findings as a reader would make them.

    Shrinks to a present finding of which nothing else is recorded.

    Args:
        draw: given by Hypothesis.
        terms: ids of the vocabulary; by default those that rules ask for and those near them.
        unknowns: facts may not be recorded, findings may be suspected, and kinds not known.
        carried: also what is carried and shown only: stages, notes, words that the vocabulary does not know.

    >>> from hypothesis import find
    >>> find(findings(unknowns=False), lambda finding: finding.status is Status.ABSENT).age is None
    False
    """
    check_switches(unknowns=unknowns, carried=carried)
    check_strategies(terms=terms)
    multiple, bilateral = draw(_weighted(NUMBERS if unknowns else KNOWN_NUMBERS))
    recurrent, metastatic = draw(_weighted(EVENTS))
    made = Finding(
        draw(_terms(unknowns) if terms is None else terms),
        draw(_ages_or_none()) if unknowns else draw(_ages(False)),
        draw(_weighted(STATUSES if unknowns else STATUSES[:-1])),
        multiple,
        bilateral,
        recurrent,
        metastatic,
        size_mm=draw(_weighted(SIZES if unknowns else SIZES[3:])),
    )
    return draw(_with_carried(made)) if carried and draw(_one_in(4)) else made


@cache
def _terms(unknowns: bool) -> st.SearchStrategy[str]:
    return st.sampled_from(terms() if unknowns else leaves())


@cache
def _ages_or_none() -> st.SearchStrategy[Age | None]:
    return st.sampled_from((*[None] * 60, *_exact_ages(), *_bands()))


@st.composite
def _with_carried(draw: st.DrawFn, made: Finding) -> Finding:
    unknown = draw(_weighted((None, None, None, *UNRECOGNIZED)))
    confirmed = {Status.PRESENT: (None, True), Status.SUSPECTED: (None, False), Status.ABSENT: (None,)}[made.status]
    return Finding(
        made.term if unknown is None else None,
        made.age,
        made.status,
        made.multiple,
        made.bilateral,
        made.recurrent,
        made.metastatic,
        draw(_weighted(confirmed)),
        draw(_weighted(((), ("age",)))),
        made.size_mm,
        draw(_weighted((None, "II", "T1aN0"))),
        draw(_weighted((None, "G2"))),
        draw(_weighted((None, "expressed"))),
        unknown,
        draw(_weighted((None, *WORDS))),
    )


@st.composite
def genetic_tests(
    draw: st.DrawFn, *, genes: st.SearchStrategy[str] | None = None, unknowns: bool = True
) -> GeneticTest:
    """Genetic tests; shrinks to a pathogenic germline variant of the first gene.

    Args:
        draw: given by Hypothesis.
        genes: symbols; by default those of which rules speak.
        unknowns: scope and variant may not be recorded.

    >>> from hypothesis import find
    >>> find(genetic_tests(unknowns=False), lambda test: test.gene == "RET").scope
    <Scope.FULL: 'full'>
    """
    check_switches(unknowns=unknowns)
    check_strategies(genes=genes)
    return GeneticTest(
        draw(_genes() if genes is None else genes),
        draw(_weighted(RESULTS)),
        draw(_weighted((None, *VARIANTS) if unknowns else VARIANTS)),
        draw(_weighted((None, *Scope) if unknowns else tuple(Scope))),
        draw(_weighted(ORIGINS)),
    )


@cache
def _genes() -> st.SearchStrategy[str]:
    return st.sampled_from(genes())


@st.composite
def people(
    draw: st.DrawFn,
    *,
    findings: st.SearchStrategy[Finding] | None = None,
    tests: st.SearchStrategy[GeneticTest] | None = None,
    max_findings: int = 2,
    max_tests: int = 1,
    unknowns: bool = True,
    carried: bool = True,
) -> Person:
    """People, each by itself, with the id ``p0``: their ties belong to `pedigrees`.

    Shrinks to a woman of known history of whom nothing is recorded.

    Args:
        draw: given by Hypothesis.
        findings: what they have; by default `findings` with the same `unknowns` and `carried`.
        tests: what was tested; by default `genetic_tests` with the same `unknowns`.
        max_findings: at most so many findings of one person.
        max_tests: at most so many tests of one person.
        unknowns: sex, age and history may not be known.
        carried: also what is carried and shown only, such as labels, genders and notes.

    >>> from hypothesis import find
    >>> find(people(), lambda person: person.tests).findings
    ()
    """
    check_switches(unknowns=unknowns, carried=carried)
    check_strategies(findings=findings, tests=tests)
    sizes(0, max_findings, 0, "findings")
    sizes(0, max_tests, 0, "tests")
    sex, is_bare = draw(_weighted(SEXES if unknowns else KNOWN_SEXES))
    if is_bare:
        return Person("p0", sex=sex)
    some = _findings(unknowns, carried) if findings is None else findings
    found = draw(st.lists(some, max_size=max_findings))
    done = draw(st.lists(_tests(unknowns) if tests is None else tests, max_size=max_tests)) if draw(_one_in(3)) else []
    oldest = max([one.age.low for one in found if one.age is not None], default=0)
    deceased, history = draw(_weighted(LIVES + UNKNOWN_LIVES * unknowns))
    made = Person(
        "p0",
        sex=sex,
        age=draw(_now(oldest, unknowns)),
        deceased=deceased,
        history=history,
        findings=tuple(found),
        tests=tuple(done),
    )
    return draw(_with_more(made, unknowns)) if carried and draw(_one_in(4)) else made


@st.composite
def _with_more(draw: st.DrawFn, made: Person, unknowns: bool) -> Person:
    return attrs.evolve(
        made,
        label=draw(_weighted((None, *LABELS))),
        gender=draw(_weighted((None, *Gender))),
        birth_year=draw(_weighted((None, 1950))),
        asked=draw(_weighted((None, ("thyroid",), ()))) if unknowns else None,
    )


@cache
def _findings(unknowns: bool, carried: bool) -> st.SearchStrategy[Finding]:
    return findings(unknowns=unknowns, carried=carried)


@cache
def _tests(unknowns: bool) -> st.SearchStrategy[GeneticTest]:
    return genetic_tests(unknowns=unknowns)


@cache
def _now(oldest: int, unknowns: bool) -> st.SearchStrategy[Age | None]:
    """Ages now, or at death, of somebody who had something at this age."""
    later = (*(age for age in _exact_ages() if age.low >= oldest), Age(max(oldest, 91), max(oldest, 91)))
    if not unknowns:
        return st.sampled_from(later)
    bands = tuple(age for age in _bands() if age.high is None or age.high >= oldest)
    return st.sampled_from((*[None] * 60, *later, *bands))

"""Whether one tumor, one test or one person satisfies a criterion: pairs of (certainly, possibly)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from menscreen.pedigree.person import GeneticTest, Origin, Scope, Sex
from menscreen.rules.codons import codon_of
from menscreen.rules.criteria import Has, PersonIs, Tested, Tumors
from menscreen.rules.facts import FOUND, NOT_FOUND, Body, Fact, cannot_exceed
from menscreen.vocabulary import vocabulary


def term_answers(term: str, wanted: str, excluded: frozenset[str]) -> tuple[bool, bool]:
    """Whether a finding of `term` is, or may turn out to be, a `wanted` one: (certainly, possibly)."""
    words = vocabulary()
    under = words.below(wanted)
    if term in under:
        return True, True
    common = under & words.below(term)
    return False, bool(common if not excluded else common - excluded)


def fact_answers(fact: Fact, has: Has) -> tuple[bool, bool]:
    """Whether one tumor or feature satisfies all conditions of `has`: (certainly, possibly)."""
    is_so = fact.term in vocabulary().below(has.has)
    return conditions(fact, has, is_so) if is_so or fact.term in related_terms(has.has) else (False, False)


def conditions(fact: Fact, has: Has, is_so: bool) -> tuple[bool, bool]:
    """The same for a fact whose term is (`is_so`), or else may turn out to be, what is asked for."""
    if not is_so and fact.summary:
        return False, False  # it is no other kind than the tumors that it stands for
    if fact.excluded and not is_so and not term_answers(fact.term, has.has, fact.excluded)[1]:
        return False, False
    if (has.recurrent and not fact.recurrent) or (has.metastatic and not fact.metastatic):
        return False, False
    certain, possible = is_so and fact.certain and not fact.doubtful, True
    low, high = fact.low, fact.high
    if has.before is not None:
        certain, possible = certain and high < has.before, low < has.before
    if has.by is not None:
        certain, possible = certain and high <= has.by, possible and low <= has.by
    if has.from_ is not None:
        certain, possible = certain and low >= has.from_, possible and high >= has.from_
    if has.multiple:
        certain, possible = certain and fact.multiple is True, possible and fact.multiple is not False
    if has.bilateral:
        may_be = fact.bilateral is not False and fact.multiple is not False
        certain, possible = certain and fact.bilateral is True, possible and may_be
    if has.larger_than is not None:
        size = fact.size_mm
        larger = size is not None and size > has.larger_than
        may_be = size is None and not any(cannot_exceed(term, has.larger_than) for term in (fact.term, has.has))
        certain, possible = certain and larger, possible and (may_be or larger)
    return certain, possible


def test_answers(body: Body, tested: Tested) -> tuple[bool, bool]:
    """Whether a recorded test gives this result: (certainly, possibly)."""
    carried = tested.result == "pathogenic" and tested.origin is Origin.GERMLINE and tested.gene in body.carries
    return either([(carried, carried), *(test_gives(test, tested) for test in body.tests)])


def test_gives(test: GeneticTest, tested: Tested) -> tuple[bool, bool]:
    """Whether one test gives this result: (certainly, possibly)."""
    wanted = {"pathogenic": FOUND, "negative": NOT_FOUND}.get(tested.result)
    if test.gene != tested.gene or test.origin is not tested.origin:
        return False, False
    if test.result not in wanted if wanted else test.result.value != tested.result:
        return False, False
    if test.scope is Scope.OTHER_VARIANT and test.result in NOT_FOUND:
        return False, False  # it says nothing
    is_other, is_open = variant_answers(tested.variant, test.variant)
    if is_other or (tested.scope is not None and test.scope not in (None, tested.scope)):
        return False, False
    return not (is_open or (tested.scope is not None and test.scope is None)), True


@cache
def related_terms(term: str) -> frozenset[str]:
    """The terms whose findings are, or may turn out to be, of this term."""
    words = vocabulary()
    return frozenset[str]().union(*map(words.above, words.below(term)))


def variant_answers(wanted: str | None, recorded: str | None) -> tuple[bool, bool]:
    """Whether the recorded variant is another than the wanted one, and whether that is not known."""
    if wanted is None or wanted == recorded:
        return False, False
    if recorded is None:
        return False, True
    codon, change = codon_of(recorded)
    wanted_codon, wanted_change = codon_of(wanted)
    if codon is None or wanted_codon is None:
        return True, False
    if codon != wanted_codon:
        return True, False
    return (change is not None and wanted_change is not None and change != wanted_change), change is None


def either(answers: Iterable[tuple[bool, bool]]) -> tuple[bool, bool]:
    """One of several or more."""
    certain = possible = False
    for is_certain, is_possible in answers:
        certain = certain or is_certain
        possible = possible or is_possible
    return certain, possible


def count_answers(facts: Sequence[Fact], tumors: Tumors) -> tuple[bool, bool]:
    """Count tumors of a list; one recorded as several counts as two for certain, and as any number possibly."""
    sure: dict[int, int] = {}
    most = 0
    related = _related_to_any(tumors.of)
    for fact in facts:
        if fact.summary or fact.term not in related:
            continue
        certain, possible = either([fact_answers(fact, _any(term)) for term in tumors.of])
        if certain:
            sure[fact.same] = max(sure.get(fact.same, 0), 2 if fact.multiple else 1)
        if possible:
            most += 1 if fact.multiple is False else tumors.at_least
    return sum(sure.values()) >= tumors.at_least, most >= tumors.at_least


@cache
def _related_to_any(terms: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*map(related_terms, terms))


@cache
def _any(term: str) -> Has:
    return Has(term)


def person_answers(body: Body, sex: Sex, wanted: PersonIs) -> tuple[bool, bool]:
    """Whether the age now or at death, and the sex, are as wanted."""
    certain = possible = True
    if wanted.age is not None:
        low, high, age = body.youngest, body.oldest, wanted.age
        if age.before is not None:
            certain, possible = certain and high < age.before, possible and low < age.before
        if age.by is not None:
            certain, possible = certain and high <= age.by, possible and low <= age.by
        if age.from_ is not None:
            certain, possible = certain and low >= age.from_, possible and high >= age.from_
    if wanted.sex is not None:
        certain, possible = certain and sex is wanted.sex, possible and sex in (wanted.sex, Sex.UNKNOWN)
    return certain, possible

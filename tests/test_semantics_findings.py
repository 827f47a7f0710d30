"""Findings and the graph: each sentence of that page of the semantics has a test of its name."""

from __future__ import annotations

from itertools import permutations

import attrs
import pytest
from histories import alone

from menscreen.laws.completing import placed
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import MAX_AGE, Age, Finding, Person, Status
from menscreen.rules.criteria import AtLeast, Criterion, Has, Tumors
from menscreen.rules.evaluation import answer
from menscreen.rules.facts import Fact, facts_of
from menscreen.rules.truth import Truth
from menscreen.screening.screen import screen
from menscreen.vocabulary import vocabulary

MET, OPEN, NOT_MET = Truth.MET, Truth.UNDECIDED, Truth.NOT_MET


def at(age: int, high: int | None = -1) -> Age:
    return Age(age, age if high == -1 else high)


def facts(*findings: Finding, oldest: int = MAX_AGE) -> list[Fact]:
    return facts_of(findings, oldest)


def only(*findings: Finding) -> Fact:
    """The one fact that findings make, whatever their order."""
    for order in permutations(findings):
        (fact,) = facts(*order)
    return fact


def family(*findings: Finding) -> Pedigree:
    return Pedigree((placed(Person("p0", findings=findings), 0),), "p0")


def asked(criterion: Criterion, *findings: Finding) -> Truth:
    return answer(*alone(criterion), family(*findings))


def has(term: str, *findings: Finding) -> Truth:
    return asked(Has(term), *findings)


def nets(count: int, *findings: Finding) -> Truth:
    return asked(Tumors(("gastroduodenopancreatic-net",), count), *findings)


# Is-a


def test_is_a_person_has_what_a_present_finding_is_or_is_below() -> None:
    papillary = Finding("papillary-thyroid-carcinoma")
    assert has("papillary-thyroid-carcinoma", papillary) is MET
    assert has("thyroid-cancer", papillary) is MET
    assert has("endocrine-tumor", papillary) is MET
    assert has("medullary-thyroid-carcinoma", papillary) is NOT_MET
    assert has("parathyroid-tumor", papillary) is NOT_MET


def test_is_a_several_parents_all_hold() -> None:
    tumor = Finding("pancreatic-gastrinoma")
    assert has("gastrinoma", tumor) is MET
    assert has("pancreatic-net", tumor) is MET
    assert has("duodenal-net", tumor) is NOT_MET


def test_is_a_in_either_place_is_one_common_parent() -> None:
    assert has("pancreatic-net", Finding("gastrinoma")) is OPEN
    assert has("duodenal-net", Finding("gastrinoma")) is OPEN
    assert has("gastroduodenopancreatic-net", Finding("gastrinoma")) is MET


# Undecided


def test_undecided_if_finding_and_term_have_a_common_descendant() -> None:
    assert has("medullary-thyroid-carcinoma", Finding("thyroid-tumor")) is OPEN
    assert has("prolactinoma", Finding("pituitary-macroadenoma")) is OPEN
    assert has("microprolactinoma", Finding("pituitary-macroadenoma")) is NOT_MET


def test_undecided_an_inner_term_stands_for_another_kind_too() -> None:
    words = vocabulary()
    only_children = [term for term in words.terms if len(words.children(term)) == 1]
    assert only_children
    for term in only_children:
        assert has(words.children(term)[0], Finding(term)) is OPEN


# Parathyroid


@pytest.mark.parametrize("term", ["parathyroid-adenoma", "parathyroid-hyperplasia", "primary-hyperparathyroidism"])
def test_parathyroid_adenoma_or_hyperplasia_before_40_is_met_by_primary_hyperparathyroidism(term: str) -> None:
    assert asked(Has("primary-hyperparathyroidism", before=40), Finding(term, at(39))) is MET


def test_parathyroid_hyperplasia_alone_does_not_say_several_glands() -> None:
    several = Has("primary-hyperparathyroidism", multiple=True)
    assert asked(several, Finding("parathyroid-hyperplasia")) is OPEN
    assert asked(several, Finding("parathyroid-hyperplasia", multiple=True)) is MET


@pytest.mark.parametrize("term", ["hyperparathyroidism", "hypercalcemia"])
def test_parathyroid_hyperparathyroidism_without_primary_and_hypercalcemia_are_of_kind_not_known(term: str) -> None:
    assert has("primary-hyperparathyroidism", Finding(term)) is OPEN


CAUSES = ["secondary-hyperparathyroidism", "tertiary-hyperparathyroidism", "kidney-failure", "chronic-kidney-disease",
          "dialysis", "kidney-transplant", "lithium-treatment"]  # fmt: skip


@pytest.mark.parametrize("cause", CAUSES)
def test_parathyroid_with_a_recorded_cause_the_criteria_are_undecided(cause: str) -> None:
    several = Has("primary-hyperparathyroidism", multiple=True)
    tumor = Finding("parathyroid-hyperplasia", multiple=True)
    assert asked(several, tumor, Finding(cause)) is OPEN
    assert asked(several, Finding(cause), tumor) is OPEN
    assert asked(several, tumor, Finding(cause, status=Status.ABSENT)) is MET


def test_parathyroid_a_carcinoma_is_never_in_doubt() -> None:
    assert has("parathyroid-carcinoma", Finding("parathyroid-carcinoma"), Finding("dialysis")) is MET


def test_parathyroid_the_cause_puts_no_other_tumor_in_doubt() -> None:
    assert has("pituitary-adenoma", Finding("pituitary-adenoma"), Finding("dialysis")) is MET


def test_parathyroid_secondary_disease_alone_is_set_aside_by_name() -> None:
    secondary = Finding("secondary-hyperparathyroidism")
    assert has("primary-hyperparathyroidism", secondary) is NOT_MET
    assert has("primary-hyperparathyroidism", secondary, Finding("hyperparathyroidism")) is NOT_MET
    (entry,) = screen(family(secondary)).results[0].accounted
    assert (entry.role.value, entry.why) == ("set-aside", "secondary disease, caused by another illness")


# A site alone


def test_a_site_alone_is_a_tumor_of_that_site_of_histology_not_known() -> None:
    term = vocabulary().of_site("thyroid")
    assert term is not None
    assert has("medullary-thyroid-carcinoma", Finding(term.id)) is OPEN
    assert has("parathyroid-tumor", Finding(term.id)) is NOT_MET


@pytest.mark.parametrize("words", ["lung cancer", "stomach cancer", "colon cancer", "liver cancer"])
def test_cancer_of_lung_or_stomach_opens_nothing_unless_net_is_said(words: str) -> None:
    term = vocabulary().lookup(words)
    assert term is not None
    for wanted in ("bronchial-net", "gastric-net", "neuroendocrine-tumor", "gastroenteropancreatic-net"):
        assert has(wanted, Finding(term.id)) is NOT_MET
    assert has("neuroendocrine-tumor", Finding("bronchial-net")) is MET


def test_symptoms_never_trigger_and_never_open() -> None:
    _opens_nothing("symptom")


def test_benign_disease_is_named_and_set_aside() -> None:
    _opens_nothing("benign")
    (entry,) = screen(family(Finding("goiter"))).results[0].accounted
    assert (entry.finding, entry.role.value) == ("goiter", "set-aside")


def _opens_nothing(kind: str) -> None:
    terms = [term for id, term in vocabulary().terms.items() if term.kind.value == kind]
    assert len(terms) > 10
    for term in terms:
        verdict = screen(family(Finding(term.id))).results[0]
        assert verdict.could_become.value == "not-indicated", term.id


# One tumor once


PAIRS = [
    ("parathyroid-adenoma", "hyperparathyroidism"),
    ("insulinoma", "pancreatic-net"),
    ("prolactinoma", "pituitary-adenoma"),
    ("papillary-thyroid-carcinoma", "thyroid-cancer"),
]


@pytest.mark.parametrize(("special", "general"), PAIRS)
def test_one_tumor_once_when_one_term_is_above_the_other_and_ages_do_not_exclude_each_other(
    special: str, general: str
) -> None:
    assert only(Finding(special, at(44)), Finding(general, at(44))).term == special
    assert only(Finding(special), Finding(general, at(44))).term == special
    assert only(Finding(special, at(40, 49)), Finding(general, at(44))).term == special
    assert only(Finding(special, at(44)), Finding(special)).term == special


def test_two_tumors_when_neither_term_is_above_the_other_or_ages_exclude_each_other() -> None:
    assert len(facts(Finding("insulinoma"), Finding("glucagonoma"))) == 2
    assert len(facts(Finding("insulinoma", at(30)), Finding("pancreatic-net", at(40)))) == 2
    assert len(facts(Finding("insulinoma", at(30, 39)), Finding("pancreatic-net", at(40, None)))) == 2


def test_one_tumor_once_the_specific_term_and_the_known_values_win() -> None:
    special = Finding("insulinoma", size_mm=12.0, metastatic=True)
    general = Finding("pancreatic-net", at(30, 39), multiple=True, recurrent=True)
    fact = only(special, general)
    assert (fact.term, fact.low, fact.high) == ("insulinoma", 30, 39)
    assert (fact.multiple, fact.size_mm, fact.recurrent, fact.metastatic) == (True, 12.0, True, True)
    assert only(Finding("insulinoma", at(35)), general).low == 35


def test_one_tumor_once_a_contradiction_becomes_not_known_with_a_warning() -> None:
    one = Finding("pheochromocytoma", multiple=True, bilateral=True, size_mm=20.0)
    other = Finding("pheochromocytoma", multiple=False, size_mm=30.0)
    fact = only(one, other)
    assert (fact.multiple, fact.bilateral, fact.size_mm) == (None, None, None)
    assert asked(Has("pheochromocytoma", bilateral=True), one, other) is OPEN
    assert [problem.code for problem in screen(family(one, other)).problems] == ["F017"]


@pytest.mark.parametrize("values", sorted({*permutations((True, True, False)), *permutations((True, False, False))}))
def test_one_tumor_once_a_contradiction_stays_one_whatever_a_third_record_says(values: tuple[bool, ...]) -> None:
    records = [Finding("pheochromocytoma", at(30), multiple=value) for value in values]
    fact = only(*records)
    assert (fact.multiple, fact.contradicted) == (None, ("multiple",))
    assert asked(Has("pheochromocytoma", multiple=True), *records) is OPEN


@pytest.mark.parametrize("sizes", [(8.0, 12.0), (12.0, 8.0), (8.0, 12.0, 8.0), (12.0, 8.0, 8.0)])
def test_one_tumor_once_sizes_that_contradict_each_other_rule_nothing_out(sizes: tuple[float, ...]) -> None:
    records = [Finding("pituitary-adenoma", at(30), size_mm=size) for size in sizes]
    assert only(*records).size_mm is None
    assert asked(Has("pituitary-macroadenoma"), *records) is OPEN
    assert asked(Has("pituitary-microadenoma"), *records) is OPEN


def test_one_tumor_once_the_same_term_at_ages_apart_leaves_the_count_not_known() -> None:
    first, second = Finding("pancreatic-net", at(30), multiple=False), Finding("pancreatic-net", at(50), multiple=False)
    assert nets(1, first, second) is MET
    assert nets(2, first, second) is OPEN
    assert asked(Has("pancreatic-net", multiple=True), first) is NOT_MET
    assert asked(Has("pancreatic-net", multiple=True), first, second) is OPEN


def test_one_tumor_once_the_conditions_of_a_criterion_hold_on_one_finding_after_the_merging() -> None:
    young_and_several = Has("primary-hyperparathyroidism", before=40, multiple=True)
    young = Finding("parathyroid-adenoma", at(30))
    several = Finding("hyperparathyroidism", multiple=True)
    assert asked(young_and_several, young, several) is MET
    late = attrs.evolve(several, age=at(50), term="primary-hyperparathyroidism")
    assert asked(young_and_several, attrs.evolve(young, multiple=False), late) is NOT_MET


def test_a_general_record_above_two_certain_tumors_is_no_third_one() -> None:
    two = Finding("insulinoma", multiple=False), Finding("glucagonoma", multiple=False)
    for order in permutations((*two, Finding("pancreatic-net", multiple=False))):
        assert nets(2, *order) is MET
        assert nets(3, *order) is NOT_MET
    assert has("gastrinoma", *two, Finding("pancreatic-net")) is NOT_MET


def test_a_general_record_at_another_age_takes_no_tumor_away() -> None:
    two = Finding("insulinoma", at(30)), Finding("glucagonoma", at(30))
    assert nets(2, *two, Finding("pancreatic-net", at(50))) is MET


def test_a_certain_general_record_above_suspected_kinds_is_there() -> None:
    suspected = [Finding(term, status=Status.SUSPECTED) for term in ("insulinoma", "glucagonoma")]
    net = Finding("pancreatic-net")
    clinical = AtLeast(2, (Has("parathyroid-tumor"), Has("gastroduodenopancreatic-net")))
    assert asked(clinical, *suspected, net, Finding("parathyroid-adenoma")) is MET
    assert has("insulinoma", *suspected, net) is OPEN


def test_a_general_record_above_two_certain_kinds_is_no_third_tumor() -> None:
    three = Finding("insulinoma"), Finding("glucagonoma"), Finding("pancreatic-net")
    kinds = Has("insulinoma"), Has("glucagonoma"), Has("pancreatic-net")
    assert asked(AtLeast(2, kinds), *three) is MET
    assert asked(AtLeast(3, kinds), *three) is NOT_MET


def test_a_general_record_belongs_to_the_certain_kind_before_a_suspected_one() -> None:
    general = Finding("endocrine-tumor", at(40))
    pituitary, net = Finding("pituitary-adenoma"), Finding("appendiceal-net", status=Status.SUSPECTED)
    for order in permutations((general, pituitary, net)):
        found = {fact.term: (fact.low, fact.certain) for fact in facts(*order)}
        assert found == {"pituitary-adenoma": (40, True), "appendiceal-net": (0, False)}


def test_one_tumor_of_an_organ_is_not_on_both_sides() -> None:
    both = Has("pheochromocytoma", bilateral=True)
    assert asked(both, Finding("pheochromocytoma", multiple=False)) is NOT_MET
    assert asked(both, Finding("pheochromocytoma")) is OPEN
    assert asked(both, Finding("pheochromocytoma", bilateral=True)) is MET
    assert asked(Has("pheochromocytoma", multiple=True), Finding("pheochromocytoma", bilateral=True)) is MET


# Absent, suspected, reported, shared


def test_absent_excludes_the_term_and_all_below_it() -> None:
    no_cancer = Finding("thyroid-cancer", status=Status.ABSENT)
    tumor = Finding("thyroid-tumor")
    assert has("medullary-thyroid-carcinoma", tumor, no_cancer) is NOT_MET
    assert has("thyroid-cancer", tumor, no_cancer) is NOT_MET
    assert has("thyroid-tumor", tumor, no_cancer) is MET
    assert has("niftp", tumor, no_cancer) is OPEN


def test_present_and_absent_of_one_term_is_not_known_with_a_warning() -> None:
    both = Finding("medullary-thyroid-carcinoma"), Finding("medullary-thyroid-carcinoma", status=Status.ABSENT)
    assert has("medullary-thyroid-carcinoma", *both) is OPEN
    assert [problem.code for problem in screen(family(*both)).problems] == ["F016"]


def test_suspected_may_be_absent() -> None:
    suspected = Finding("medullary-thyroid-carcinoma", status=Status.SUSPECTED)
    assert has("medullary-thyroid-carcinoma", suspected) is OPEN
    assert has("thyroid-cancer", suspected) is OPEN
    assert has("papillary-thyroid-carcinoma", suspected) is NOT_MET


def test_of_a_present_tumor_the_special_kind_may_be_suspected() -> None:
    both = Finding("thyroid-cancer"), Finding("medullary-thyroid-carcinoma", status=Status.SUSPECTED)
    assert has("thyroid-cancer", *both) is MET
    assert has("medullary-thyroid-carcinoma", *both) is OPEN


@pytest.mark.parametrize("syndrome", ["men1", "men2", "men2a", "men2b", "men4", "men5"])
def test_a_reported_syndrome_satisfies_its_definition_and_implies_no_tumor(syndrome: str) -> None:
    reported = Finding(syndrome)
    assert screen(family(reported)).outcome.value == "warranted"
    for tumor in ("endocrine-tumor", "parathyroid-tumor", "medullary-thyroid-carcinoma", "pheochromocytoma"):
        assert has(tumor, reported) is NOT_MET


@pytest.mark.parametrize(
    ("system", "code", "between"),
    [
        ("icd-10", "C73", ("papillary-thyroid-carcinoma", "medullary-thyroid-carcinoma")),
        ("hpo", "HP:0000843", ("primary-hyperparathyroidism", "secondary-hyperparathyroidism")),
    ],
)
def test_a_code_of_several_terms_means_their_nearest_common_ancestor(
    system: str, code: str, between: tuple[str, str]
) -> None:
    term = vocabulary().by_code(system, code)
    assert term is not None
    for wanted in between:
        assert has(wanted, Finding(term.id)) is OPEN


# Ages


def test_an_age_not_recorded_lies_between_0_and_the_age_now() -> None:
    (fact,) = facts(Finding("pituitary-adenoma"), oldest=34)
    assert (fact.low, fact.high) == (0, 34)
    (fact,) = facts(Finding("pituitary-adenoma"))
    assert (fact.low, fact.high) == (0, MAX_AGE)


def test_a_band_is_inclusive_and_an_open_end_is_open_up_to_the_age_now() -> None:
    before_40 = Has("pituitary-adenoma", before=40)
    assert asked(before_40, Finding("pituitary-adenoma", at(30, 39))) is MET
    assert asked(before_40, Finding("pituitary-adenoma", at(30, 40))) is OPEN
    assert asked(before_40, Finding("pituitary-adenoma", at(40, None))) is NOT_MET
    (fact,) = facts(Finding("pituitary-adenoma", at(30, None)), oldest=36)
    assert (fact.low, fact.high) == (30, 36)


# Size


MACRO, LARGE = Has("pituitary-macroadenoma"), Has("pituitary-adenoma", larger_than=10)


@pytest.mark.parametrize("term", ["pituitary-adenoma", "prolactinoma", "pituitary-tumor"])
def test_the_size_of_a_pituitary_adenoma_says_which_kind_it_is_not(term: str) -> None:
    for size, macro, micro in ((6, NOT_MET, OPEN), (10, OPEN, OPEN), (11, OPEN, NOT_MET), (None, OPEN, OPEN)):
        finding = Finding(term, size_mm=size)
        assert asked(MACRO, finding) is macro, size
        assert asked(Has("pituitary-microadenoma"), finding) is micro, size


def test_a_microadenoma_is_not_larger_than_10_mm() -> None:
    for term in ("pituitary-microadenoma", "microprolactinoma"):
        assert asked(LARGE, Finding(term)) is NOT_MET
        assert asked(Has("pituitary-adenoma", larger_than=5), Finding(term)) is OPEN
        assert asked(LARGE, Finding(term, size_mm=12)) is MET  # what is recorded counts
    assert asked(MACRO, Finding("pituitary-macroadenoma", size_mm=6)) is MET


def test_the_size_counts_when_it_stands_with_another_record_of_the_tumor() -> None:
    both = Finding("prolactinoma", at(25)), Finding("pituitary-adenoma", at(25), size_mm=6)
    for some in permutations(both):
        assert asked(MACRO, *some) is NOT_MET


def test_a_microadenoma_of_a_young_adult_is_settled() -> None:
    for finding in (Finding("pituitary-adenoma", at(25), size_mm=6), Finding("microprolactinoma", at(25))):
        assert screen(family(finding)).results[0].questions == ()


@pytest.mark.parametrize("hormone", ["somatotroph-adenoma", "prolactinoma", "nonfunctioning-pituitary-adenoma"])
def test_the_size_and_the_hormone_of_a_pituitary_adenoma_are_one_tumor(hormone: str) -> None:
    records = Finding(hormone, at(45)), Finding("pituitary-macroadenoma", at(45))
    assert vocabulary().above(only(*records).term) >= {hormone, "pituitary-macroadenoma"}
    two = Tumors(("pituitary-adenoma",), 2)
    for some in permutations(records):
        single = [attrs.evolve(one, multiple=False) for one in some]
        assert asked(two, *single) is NOT_MET
        assert asked(AtLeast(2, (Has("pituitary-adenoma"), Has("endocrine-tumor"))), *some) is NOT_MET
    apart = Finding(hormone, at(45)), Finding("pituitary-macroadenoma", at(60))
    assert asked(two, *(attrs.evolve(one, multiple=False) for one in apart)) is MET
    suspected = Finding(hormone, at(45)), Finding("pituitary-macroadenoma", at(45), Status.SUSPECTED)
    assert asked(MACRO, *suspected) is OPEN
    assert only(*suspected).term == hormone

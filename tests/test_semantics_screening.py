"""What a family's values mean for the outcome: a test for each paragraph, under the paragraph's name.

The paragraphs on findings and the graph are in test_semantics_findings.py, those on accounting in test_accounting.py.
"""

from __future__ import annotations

import re

import pytest

import menscreen
from menscreen.reports.phrases import other_syndromes
from menscreen.rules.evaluation import answer
from menscreen.rules.examples import family
from menscreen.rules.families import MEN_SYNDROMES
from menscreen.rules.loading import load, shipped_rulebook
from menscreen.rules.truth import Truth
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Outcome, Urgency, Verdict

MTC, PHPT = "medullary thyroid carcinoma @44", "primary hyperparathyroidism @31"


def said(people: dict[str, list[str]]) -> Verdict:
    return screen(family({"self": ["female"], **people})).results[0]


def truth(rulebook: str, rule: str, *facts: str) -> Truth:
    book = shipped_rulebook(rulebook)
    return answer(book, next(one for one in book.rules if one.id == rule), family({"self": list(facts)}))


# Counting


def test_counting_k_different_tumors_for_k_different_criteria() -> None:
    assert truth("eviq-3176", "clinical-men1", "insulinoma @50", "glucagonoma @50") is Truth.NOT_MET
    assert truth("eviq-3176", "clinical-men1", "insulinoma @50", "prolactinoma @50") is Truth.MET


def test_counting_a_number_not_recorded_is_open_and_an_event_not_recorded_is_no() -> None:
    assert truth("eviq-1428", "multigland-hyperparathyroidism", "primary hyperparathyroidism @60") is Truth.UNDECIDED
    assert truth("eviq-1428", "recurrent-hyperparathyroidism", "primary hyperparathyroidism @60") is Truth.NOT_MET


def test_counting_before_40_with_the_number_not_known_is_met() -> None:
    assert truth("eviq-1428", "net-under-40", "insulinoma @39") is Truth.MET


def test_counting_before_40_is_certain_in_a_woman_of_34() -> None:
    assert truth("eviq-1428", "parathyroid-under-40", "age 34", "primary hyperparathyroidism") is Truth.MET
    assert truth("eviq-1428", "parathyroid-under-40", "age 44", "primary hyperparathyroidism") is Truth.UNDECIDED


# What is open, and what is only a limit


@pytest.mark.parametrize(
    "fact",
    ["thyroid cancer @44", "primary hyperparathyroidism, single", "parathyroid adenoma @60", "MTC, suspected",
     "hypercalcemia @30", "neuroendocrine tumor, single @35"],
)  # fmt: skip
def test_open_facts_make_a_rule_undecided(fact: str) -> None:
    verdict = said({"self": ["age 70", fact], "mother": []})
    assert verdict.outcome is Outcome.CLARIFY
    assert verdict.questions


def test_what_is_recorded_of_an_unknown_history_counts() -> None:
    assert said({"mother": ["history unknown", MTC]}).outcome is Outcome.WARRANTED


def test_a_limit_is_listed_and_does_not_make_clarify() -> None:
    verdict = said({"mother": ["history unknown"], "father": []})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert [limit.relation for limit in verdict.limits] == ["mother"]
    assert [question.kind for question in verdict.questions] == ["history"]


def test_silence_about_a_person_whose_history_is_known_means_not_reported() -> None:
    assert said({"mother": [], "father": []}).outcome is Outcome.NOT_INDICATED


def test_exclusion_clauses_look_at_recorded_findings_only() -> None:
    rule = ("eviq-1428", "parathyroid-under-40")
    assert truth(*rule, "primary hyperparathyroidism @30", "parathyroid carcinoma, suspected @30") is Truth.MET
    assert truth(*rule, "parathyroid carcinoma @30") is Truth.NOT_MET


# Outcome


def test_outcome_warranted_before_consider_before_clarify_before_not_indicated() -> None:
    people = {"maternal aunt": [MTC], "father": ["thyroid cancer @50"]}
    verdict = said(people)
    assert verdict.outcome is Outcome.CONSIDER
    assert verdict.could_become is Outcome.WARRANTED
    assert said({**people, "mother": [PHPT]}).outcome is Outcome.WARRANTED
    assert said({"father": ["thyroid cancer @50"]}).outcome is Outcome.CLARIFY


def test_outcome_the_stronger_is_the_greater_also_beside_a_word() -> None:
    order = [Outcome.NOT_INDICATED, Outcome.CLARIFY, Outcome.CONSIDER, Outcome.WARRANTED]
    assert max(order) is Outcome.WARRANTED
    for at, one in enumerate(order):
        for number, other in enumerate(order):
            assert [one < other, one <= other, one > other, one >= other] == [
                at < number, at <= number, at > number, at >= number
            ]  # fmt: skip
            assert (one <= other.value) is (at <= number)


def test_outcome_the_founding_rulebook_can_only_ask() -> None:
    book = load("ochsner-net")
    for fact, outcome in (("MTC @40", Outcome.NOT_INDICATED), ("thyroid cancer @40", Outcome.CLARIFY)):
        assert screen(family({"self": [], "mother": [fact]}), rulebooks=[book]).outcome is outcome


# MEN and the look-alikes


def test_look_alikes_stand_under_also_and_leave_the_outcome_alone() -> None:
    verdict = said({"self": ["paraganglioma @30"], "mother": []})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert verdict.also_outcome is Outcome.WARRANTED
    assert {"SDHx"} <= {syndrome for flag in verdict.also for syndrome in flag.syndromes}


@pytest.mark.parametrize("reason", ["neurofibromatosis type 1", "von Hippel-Lindau disease", "test SDHB pathogenic"])
def test_look_alikes_explain_a_pheochromocytoma(reason: str) -> None:
    verdict = said({"self": [reason, "pheochromocytoma @32"], "mother": []})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert any(flag.rule.startswith("genotes-ppgl/") for flag in verdict.also)


def test_a_negative_test_closes_no_statement_that_names_a_relative() -> None:
    people = {"self": ["test RET negative, full"], "mother": [MTC]}
    found = screen(family(people), rulebooks=["aetna-0319"]).results[0]
    rule = "aetna-0319/first-degree-relative-with-medullary-carcinoma"
    assert [(flag.strength, flag.done) for flag in found.flags if flag.rule == rule] == [(Outcome.WARRANTED, False)]


@pytest.mark.parametrize(
    ("of_partner", "counts"), [([], True), ([{"finding": "MTC", "age": 40}], False), ([{"finding": "goiter"}], True)]
)
def test_a_statement_without_a_gene_counts_along_a_line_that_nobody_else_explains(
    of_partner: list[dict[str, object]], counts: bool
) -> None:
    tumors = [{"finding": "MTC", "age": 20}, {"finding": "pheochromocytoma", "age": 20}]
    tests = [{"gene": "RET", "result": "negative", "scope": "full"}]
    child = {"id": "c", "mother": "p", "father": "f", "findings": tumors, "tests": tests}
    people = [{"id": "p", "sex": "female"}, {"id": "f", "sex": "male", "findings": of_partner}, child]
    record = menscreen.read({"proband": "p", "people": people})
    found = screen(record, rulebooks=["ata-2015", "eta-2012"]).results[0]
    assert ("ata-2015/clinical-men2-without-variant" in {flag.rule for flag in found.flags}) is counts


@pytest.mark.parametrize(("explained", "counts"), [("", True), ("f", True), ("h", True), ("fh", False)])
def test_a_statement_counts_while_one_of_two_lines_is_explained_by_nobody(explained: str, counts: bool) -> None:
    """A grandchild by two children who are half siblings, each with a father of their own."""
    tumor = [{"finding": "MTC", "age": 30}]
    fathers = [{"id": id, "sex": "male", "findings": tumor if id in explained else []} for id in "fh"]
    between = [{"id": "s", "sex": "male", "mother": "p", "father": "f"}, {"id": "d", "mother": "p", "father": "h"}]
    grandchild = {"id": "g", "mother": "d", "father": "s", "findings": tumor}
    people = [{"id": "p", "sex": "female"}, *fathers, *between, grandchild]
    found = screen(menscreen.read({"proband": "p", "people": people})).results[0]
    assert found.outcome is (Outcome.CONSIDER if counts else Outcome.NOT_INDICATED)


def test_look_alikes_explain_what_an_adrenal_tumor_may_turn_out_to_be() -> None:
    tumor = "adrenal tumor @50"
    alone, with_nf1 = (said({"self": [tumor, *more], "mother": []}) for more in ([], ["neurofibromatosis type 1"]))
    assert (alone.outcome, alone.could_become) == (Outcome.CLARIFY, Outcome.WARRANTED)
    assert with_nf1.outcome is with_nf1.could_become is Outcome.NOT_INDICATED


def test_look_alikes_a_men_gene_explains_nothing_away() -> None:
    assert said({"self": ["test MAX pathogenic", "pheochromocytoma @32"], "mother": []}).outcome is Outcome.WARRANTED


# Whose statements count


@pytest.mark.parametrize(
    ("relation", "outcome"),
    [("mother", Outcome.WARRANTED), ("son", Outcome.WARRANTED), ("brother", Outcome.WARRANTED),
     ("maternal aunt", Outcome.CONSIDER), ("maternal grandmother", Outcome.CONSIDER), ("niece", Outcome.CONSIDER),
     ("maternal cousin", Outcome.NOT_INDICATED), ("stepfather", Outcome.NOT_INDICATED),
     ("husband", Outcome.NOT_INDICATED)],
)  # fmt: skip
def test_whose_statements_count_by_degree(relation: str, outcome: Outcome) -> None:
    assert said({relation: [PHPT]}).outcome is outcome


def test_whose_statements_count_never_stronger_than_their_own() -> None:
    assert said({"mother": ["pheochromocytoma, unilateral @80"]}).outcome is Outcome.CONSIDER


@pytest.mark.parametrize("fact", ["MTC @40", "mucosal neuroma, multiple"])
def test_whose_statements_count_medullary_carcinoma_and_the_men2b_phenotype_in_the_third_degree(fact: str) -> None:
    assert said({"maternal cousin": [fact]}).outcome is Outcome.CONSIDER
    assert said({"maternal first cousin once removed": [fact]}).outcome is Outcome.NOT_INDICATED


@pytest.mark.parametrize("gene", ["RET", "MEN1", "CDKN1B", "MAX"])
@pytest.mark.parametrize("result", ["pathogenic", "likely-pathogenic"])
def test_known_variants_first_and_second_degree_warranted_farther_consider(gene: str, result: str) -> None:
    for relation, outcome in (("father", Outcome.WARRANTED), ("paternal uncle", Outcome.WARRANTED),
                              ("paternal cousin", Outcome.CONSIDER), ("relative", Outcome.CONSIDER)):  # fmt: skip
        assert said({relation: [f"test {gene} {result}"]}).outcome is outcome, relation


@pytest.mark.parametrize("syndrome", ["MEN1", "MEN2A", "MEN2B", "MEN4", "MEN5", "MEN2", "MEN"])
def test_reported_syndromes_count_as_known_variants_do(syndrome: str) -> None:
    assert said({"paternal grandfather": [syndrome]}).outcome is Outcome.WARRANTED
    assert said({"paternal cousin": [syndrome]}).outcome is Outcome.CONSIDER


@pytest.mark.parametrize("result", ["uncertain", "likely-benign", "benign"])
def test_a_variant_that_is_not_pathogenic_starts_nothing(result: str) -> None:
    assert said({"father": [f"test RET {result}"]}).outcome is Outcome.NOT_INDICATED


def test_tumor_sequencing_does_not_pass_on() -> None:
    somatic = ["test MEN1 pathogenic, somatic"]
    assert said({"self": somatic, "mother": []}).outcome is Outcome.WARRANTED
    assert said({"mother": somatic}).outcome is Outcome.NOT_INDICATED


# Safety


@pytest.mark.parametrize(
    ("people", "by"),
    [
        (["pheochromocytoma @35", "neurofibromatosis type 1"], ("NF1",)),
        (["pheochromocytoma @35", "test TMEM127 pathogenic"], ("TMEM127",)),
        (["pancreatic neuroendocrine tumor @35", "test VHL pathogenic", "von Hippel-Lindau disease"], ("VHL",)),
    ],
)
def test_what_is_explained_names_what_explains_it(people: list[str], by: tuple[str, ...]) -> None:
    verdict = said({"self": people, "mother": []})
    assert verdict.flags == ()
    explained = [flag for flag in verdict.also if not MEN_SYNDROMES.isdisjoint(flag.syndromes)]
    assert {flag.explained_by for flag in explained} == {by}
    assert MEN_SYNDROMES.isdisjoint(re.findall(r"\w+", other_syndromes(verdict))), "MEN is no other syndrome"


def test_a_variant_of_ret_explains_no_tumor_of_men1() -> None:
    """No statement on the parathyroid names it as an exception; what eviQ names belongs to the familial diagnosis."""
    verdict = said({"self": ["female", PHPT, "test RET pathogenic"]})
    assert {"MEN1", "MEN2A"} <= {syndrome for flag in verdict.flags for syndrome in flag.syndromes}
    assert verdict.outcome is Outcome.WARRANTED


def test_what_nothing_else_explains_is_explained_by_nothing() -> None:
    verdict = said({"self": ["pheochromocytoma @35"], "mother": ["neurofibromatosis type 1"]})
    assert {flag.explained_by for flag in (*verdict.flags, *verdict.also)} == {()}


def test_siblings_of_an_apparently_new_variant_stay_at_consider_whatever_the_parents_tests_read() -> None:
    carrier = [MTC, "test RET pathogenic"]
    for scope in ("full", "familial-variant"):
        parents = {parent: [f"test RET negative, {scope}"] for parent in ("mother", "father")}
        verdict = said({"brother": carrier, **parents})
        assert (verdict.outcome, verdict.could_become) == (Outcome.CONSIDER, Outcome.CONSIDER)
    verdict = said({"brother": carrier, "mother": ["test RET negative"], "father": ["test RET negative"]})
    assert (verdict.outcome, verdict.could_become) == (Outcome.CONSIDER, Outcome.WARRANTED)


def test_the_scope_of_a_negative_test_between_the_person_and_a_carrier_is_asked_about() -> None:
    verdict = said({"mother's mother": [MTC, "test RET pathogenic"], "mother": ["test RET negative"]})
    assert verdict.outcome is Outcome.CLARIFY
    (question,) = [one for one in verdict.questions if one.kind == "scope"]
    assert question.relation == "mother"
    assert {answer.value: answer.then for answer in question.answers} == {
        "full": Outcome.NOT_INDICATED,
        "familial-variant": Outcome.NOT_INDICATED,
        "other-variant": Outcome.WARRANTED,
    }


def test_an_answer_adds_only_the_syndromes_that_depend_on_it() -> None:
    verdict = said({"self": ["pheochromocytoma", "primary hyperparathyroidism"], "mother": []})
    adds = {
        (one.kind, one.ask.split()[-3]): one.could_add for one in verdict.questions if one.kind in ("age", "bilateral")
    }
    assert adds == {
        ("age", "hyperparathyroidism"): ("MEN1",),
        ("age", "pheochromocytoma"): (),
        ("bilateral", "or"): (),
    }


def test_a_notice_to_test_the_affected_relative_first_needs_an_affected_relative() -> None:
    assert "test that relative first" not in notices(said({"self": [MTC], "mother": []}))
    assert "test that relative first" in notices(said({"self": [MTC], "mother": [MTC]}))


def test_a_carrier_of_a_variant_in_another_gene_is_called_so() -> None:
    verdict = said({"self": ["pheochromocytoma @40", "test SDHB pathogenic"], "mother": []})
    assert [(one.gene, one.status) for one in verdict.standing] == [("SDHB", "carrier")]


def notices(verdict: Verdict) -> str:
    return " ".join(notice.text for notice in verdict.notices)


def test_safety_exclude_pheochromocytoma_first() -> None:
    for fact in ("pheochromocytoma @40", "adrenal tumor @40", "pheochromocytoma, suspected", MTC):
        assert "pheochromocytoma" in notices(said({"self": [fact], "mother": []})).lower(), fact
    assert "pheochromocytoma" not in notices(said({"self": [PHPT], "mother": []})).lower()


def test_safety_not_indicated_is_no_clearance() -> None:
    assert "Screen again" in notices(said({"mother": []}))
    assert "Screen again" not in notices(said({"mother": [MTC]}))


def test_safety_urgency_where_a_source_gives_one() -> None:
    assert said({"self": ["age 4", "mucosal neuroma, multiple"], "mother": []}).urgency is Urgency.URGENT
    assert said({"self": ["age 50", "medullary thyroid carcinoma @50"], "mother": []}).urgency is Urgency.SOON
    assert said({"self": ["age 50", "primary hyperparathyroidism @31"], "mother": []}).urgency is None


def test_safety_every_notice_is_cited() -> None:
    verdict = said({"self": [MTC, "pheochromocytoma @40"], "mother": []})
    assert verdict.notices
    for notice in verdict.notices:
        assert notice.citation.url.startswith("https://")
        assert notice.citation.locator


def test_a_denial_in_unknown_words_stops_no_question_about_a_suspected_tumor() -> None:
    findings = [{"finding": "MTC", "status": "suspected"}, {"finding": "odd nosebleeds", "status": "absent"}]
    verdict = menscreen.screen(menscreen.read({"proband": {"findings": findings}})).results[0]
    assert "confirmed" in [question.kind for question in verdict.questions]

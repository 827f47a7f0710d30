"""Families that a genetic counselor meets, and what must be said of each: one test a scenario."""

from __future__ import annotations

from typing import Any

from menscreen.formats.native import read_native
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Outcome, Verdict


def full(*people: dict[str, Any], proband: str = "p", **more: Any) -> Verdict:
    """Screen a family in the full form; relatives have been asked about."""
    return screen(read_native({"proband": proband, "family_history": "asked", "people": list(people), **more})).results[
        0
    ]


def short(proband: dict[str, Any], *relatives: dict[str, Any], **more: Any) -> Verdict:
    """Screen a family in the short form."""
    return screen(read_native({"proband": proband, "relatives": list(relatives), **more})).results[0]


def has(finding: str, age: object = None, **more: Any) -> dict[str, Any]:
    return {"finding": finding, "age": age, **more}


def why(verdict: Verdict, at: str) -> str:
    return next(entry.why for entry in verdict.accounted if entry.at == at)


MTC = has("medullary thyroid carcinoma", 44)
PHPT = has("primary hyperparathyroidism", 31)


def test_a_spouse_whose_child_is_affected_through_the_other_parent() -> None:
    people = (
        {"id": "p", "sex": "female"},
        {"id": "husband", "sex": "male", "findings": [MTC]},
        {"id": "child", "sex": "male", "mother": "p", "father": "husband", "findings": [has("MTC", 12)]},
    )
    verdict = full(*people)
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert "no blood relative" in why(verdict, "people[1].findings[0]")
    assert "line" in why(verdict, "people[2].findings[0]")
    assert full(*people, proband="husband").outcome is Outcome.WARRANTED


def test_a_child_affected_without_an_affected_other_parent_counts() -> None:
    people = (
        {"id": "p", "sex": "female"},
        {"id": "husband", "sex": "male"},
        {"id": "child", "sex": "male", "mother": "p", "father": "husband", "findings": [has("MTC", 12)]},
    )
    assert full(*people).outcome is Outcome.WARRANTED
    assert full(*people, proband="husband").outcome is Outcome.WARRANTED


def test_affected_siblings_do_not_explain_each_other_away() -> None:
    affected = {"sex": "male", "mother": "p", "father": "husband", "findings": [has("MTC", 12)]}
    parents = ({"id": "p", "sex": "female"}, {"id": "husband", "sex": "male"})
    for others in (
        [{"id": "second", **affected}],
        [
            {"id": "second", **affected, "findings": []},
            {"id": "grandchild", "father": "second", "findings": [has("MTC", 8)]},
        ],
    ):
        people = (*parents, {"id": "first", **affected}, *others)
        assert full(*people).outcome is Outcome.WARRANTED
        assert full(*people, proband="husband").outcome is Outcome.WARRANTED


def test_an_affected_half_sibling_explains_a_child_by_the_parent_they_share() -> None:
    people = (
        {"id": "p", "sex": "female"},
        {"id": "husband", "sex": "male"},
        {"id": "child", "sex": "male", "mother": "p", "father": "husband", "findings": [has("MTC", 12)]},
        {"id": "half", "sex": "male", "father": "husband", "findings": [has("MTC", 20)]},
    )
    assert full(*people).outcome is Outcome.NOT_INDICATED
    assert full(*people, proband="husband").outcome is Outcome.WARRANTED


def test_a_spouse_of_a_carrier_is_not_concerned_by_the_variant_of_the_child() -> None:
    variant = [{"gene": "MEN1", "result": "pathogenic"}]
    people = (
        {"id": "p", "sex": "female"},
        {"id": "husband", "sex": "male", "tests": variant},
        {"id": "child", "sex": "male", "mother": "p", "father": "husband", "tests": variant},
    )
    assert full(*people).outcome is Outcome.NOT_INDICATED
    in_law = {"id": "grandfather", "sex": "male", "findings": [has("MEN1")]}
    carrier_in_between = (
        {"id": "p", "sex": "female"},
        {"id": "husband", "sex": "male", "father": "grandfather"},
        {"id": "child", "sex": "male", "mother": "p", "father": "husband", "tests": variant},
        in_law,
    )
    assert full(*carrier_in_between).outcome is Outcome.NOT_INDICATED


def test_a_cousin_with_men1() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "maternal cousin", "findings": [has("MEN1")]})
    assert verdict.outcome is Outcome.CONSIDER
    assert verdict.syndromes == ("MEN1",)


def test_a_cousin_with_medullary_carcinoma() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "maternal cousin", "findings": [MTC]})
    assert verdict.outcome is Outcome.CONSIDER
    assert set(verdict.syndromes) == {"MEN2A", "MEN2B"}


def test_a_cousin_with_hyperparathyroidism_is_too_far() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "maternal cousin", "findings": [PHPT]})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert "degree 3" in verdict.accounted[0].why


def test_a_grandparent_with_a_known_variant() -> None:
    verdict = short(
        {"sex": "female", "age": 30},
        {"relation": "maternal grandmother", "tests": [{"gene": "RET", "result": "pathogenic"}]},
        {"relation": "mother"},
    )
    assert verdict.outcome is Outcome.WARRANTED
    assert verdict.through is not None
    assert verdict.through.relation == "maternal grandmother"
    assert verdict.test_first == "r2"  # the mother connects


def test_the_child_of_a_man_with_pheochromocytoma_at_89() -> None:
    verdict = short({"sex": "male", "age": 55}, {"relation": "father", "findings": [has("pheochromocytoma", 89)]})
    assert verdict.outcome is Outcome.CONSIDER
    assert {flag.rule.split("/")[0] for flag in verdict.flags} == {"endo-ppgl-2014"}


def test_a_true_negative_for_men1_with_medullary_carcinoma_on_the_other_side() -> None:
    people = (
        {
            "id": "p", "sex": "male", "mother": "m", "father": "f",
            "tests": [{"gene": "MEN1", "result": "negative", "scope": "familial-variant"}],
        },
        {"id": "m", "sex": "female", "tests": [{"gene": "MEN1", "result": "pathogenic"}], "findings": [PHPT]},
        {"id": "f", "sex": "male", "findings": [MTC]},
    )  # fmt: skip
    verdict = full(*people)
    assert verdict.outcome is Outcome.WARRANTED
    assert set(verdict.syndromes) == {"MEN2A", "MEN2B"}
    without_father = full(people[0], people[1], {"id": "f", "sex": "male"})
    assert without_father.outcome is Outcome.NOT_INDICATED


def test_a_true_negative_keeps_own_findings_and_passes_nothing_on() -> None:
    negative = [{"gene": "MEN1", "result": "negative", "scope": "familial-variant"}]
    people = (
        {"id": "child", "sex": "male", "father": "p"},
        {"id": "p", "sex": "male", "mother": "m", "tests": negative},
        {"id": "m", "sex": "female", "tests": [{"gene": "MEN1", "result": "pathogenic"}]},
    )
    assert full(*people, proband="child").outcome is Outcome.NOT_INDICATED
    people[1]["findings"] = [has("primary hyperparathyroidism", 25)]  # type: ignore[index]
    assert full(*people).outcome is Outcome.WARRANTED


def test_a_negative_test_of_unknown_scope_is_open() -> None:
    verdict = full(
        {"id": "p", "sex": "male", "mother": "m", "tests": [{"gene": "MEN1", "result": "negative"}]},
        {"id": "m", "sex": "female", "tests": [{"gene": "MEN1", "result": "pathogenic"}]},
    )
    assert verdict.outcome is Outcome.CLARIFY
    assert verdict.could_become is Outcome.WARRANTED
    assert [question.kind for question in verdict.questions] == ["scope"]


def test_a_negative_test_without_a_known_variant_is_uninformative() -> None:
    test = {"gene": "MEN1", "result": "negative", "scope": "full"}
    verdict = short({"sex": "male", "age": 30, "tests": [test]}, {"relation": "mother", "findings": [PHPT]})
    assert verdict.outcome is Outcome.WARRANTED
    assert any("uninformative" in limit.why for limit in verdict.limits)


def test_the_sibling_of_a_de_novo_carrier() -> None:
    negative = [{"gene": "RET", "result": "negative", "scope": "familial-variant"}]
    people = (
        {"id": "p", "sex": "male", "mother": "m", "father": "f"},
        {
            "id": "carrier",
            "sex": "male",
            "mother": "m",
            "father": "f",
            "tests": [{"gene": "RET", "result": "pathogenic"}],
        },
        {"id": "m", "sex": "female", "tests": negative},
        {"id": "f", "sex": "male", "tests": negative},
        {"id": "aunt", "sex": "female", "mother": "gm", "father": "gf"},
        {"id": "gm", "sex": "female"},
        {"id": "gf", "sex": "male"},
    )
    people[2].update(mother="gm", father="gf")
    assert full(*people).outcome is Outcome.CONSIDER
    assert full(*people, proband="aunt").outcome is Outcome.NOT_INDICATED
    assert full(*people, proband="carrier").outcome is Outcome.WARRANTED


def test_medullary_carcinoma_with_a_full_negative_ret_test() -> None:
    closed = {
        "sex": "female",
        "age": 60,
        "findings": [MTC],
        "tests": [{"gene": "RET", "result": "negative", "scope": "full"}],
    }
    verdict = short(closed, {"relation": "daughter"})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert verdict.flags
    assert all(flag.done for flag in verdict.flags)
    relative = short({"sex": "male", "age": 30}, {"relation": "mother", **closed})
    assert relative.outcome is Outcome.NOT_INDICATED
    only_variant = {**closed, "tests": [{"gene": "RET", "result": "negative", "scope": "familial-variant"}]}
    assert short(only_variant, {"relation": "daughter"}).outcome is Outcome.WARRANTED
    uncertain = {**closed, "tests": [{"gene": "RET", "result": "uncertain", "scope": "full"}]}
    assert short(uncertain, {"relation": "daughter"}).outcome is Outcome.WARRANTED
    somatic = {**closed, "tests": [{"gene": "RET", "result": "negative", "scope": "full", "origin": "somatic"}]}
    assert short(somatic, {"relation": "daughter"}).outcome is Outcome.WARRANTED


def test_a_ret_negative_family_that_meets_clinical_men2_stays_open() -> None:
    findings = [MTC, has("pheochromocytoma", 40)]
    test = {"gene": "RET", "result": "negative", "scope": "full"}
    verdict = short({"sex": "male", "age": 30}, {"relation": "mother", "findings": findings, "tests": [test]})
    assert verdict.outcome is Outcome.WARRANTED


def test_a_negative_men1_test_leaves_consider() -> None:
    test = {"gene": "MEN1", "result": "negative", "scope": "full"}
    verdict = short({"sex": "female", "age": 40, "findings": [PHPT], "tests": [test]}, {"relation": "mother"})
    assert verdict.outcome is Outcome.CONSIDER
    assert "MEN4" in verdict.syndromes
    assert "MEN1" not in verdict.syndromes
    assert any("CDKN1B" in flag.genes for flag in verdict.flags)


def test_men_in_the_family_of_unstated_degree() -> None:
    for said in ("MEN1", "MEN"):
        verdict = short({"sex": "female", "age": 40}, {"relation": "relative", "findings": [has(said)]})
        assert verdict.outcome is Outcome.CONSIDER, said
        assert verdict.could_become is Outcome.WARRANTED


def test_an_aunt_of_unknown_side_counts_as_second_degree() -> None:
    verdict = short({"sex": "female", "age": 40}, {"relation": "aunt", "findings": [MTC]})
    assert verdict.outcome is Outcome.CONSIDER
    assert verdict.flags[0].relation == "aunt"


def test_an_adoptee() -> None:
    people = (
        {"id": "p", "sex": "female", "age": 35, "adopted": "in", "adoptive_parents": ["m", "f"]},
        {"id": "m", "sex": "female", "findings": [MTC]},
        {"id": "f", "sex": "male"},
    )
    verdict = full(*people)
    assert verdict.outcome is Outcome.CLARIFY
    assert any("adopted" in limit.why for limit in verdict.limits)
    assert "no blood relative" in why(verdict, "people[1].findings[0]")
    own = full({**people[0], "findings": [PHPT]}, *people[1:])
    assert own.outcome is Outcome.WARRANTED


def test_one_person_alone() -> None:
    verdict = screen(read_native({"proband": {"sex": "male", "age": 50}})).results[0]
    assert verdict.outcome is Outcome.CLARIFY
    assert verdict.questions[0].kind == "history"
    asked = screen(read_native({"proband": {"sex": "male", "age": 50}, "family_history": "asked"})).results[0]
    assert asked.outcome is Outcome.NOT_INDICATED


def test_a_father_of_whom_nothing_is_known() -> None:
    verdict = short({"sex": "male", "age": 50}, {"relation": "father", "history": "unknown"}, {"relation": "mother"})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert [limit.relation for limit in verdict.limits] == ["father"]


def test_multigland_disease_after_years_of_dialysis() -> None:
    findings = [has("primary hyperparathyroidism", 50, multiple=True), has("dialysis", 40)]
    verdict = short({"sex": "male", "age": 55, "findings": findings}, {"relation": "mother"})
    assert verdict.outcome is Outcome.CLARIFY
    assert "cause" in {question.kind for question in verdict.questions}


def test_secondary_disease_alone_is_set_aside_by_name() -> None:
    verdict = short(
        {"sex": "male", "age": 35, "findings": [has("secondary hyperparathyroidism", 30)]}, {"relation": "mother"}
    )
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert "secondary" in verdict.accounted[0].why


def test_a_boy_and_girl_twin() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "twin brother", "findings": [PHPT]})
    assert verdict.outcome is Outcome.WARRANTED  # a first-degree relative
    people = (
        {"id": "p", "sex": "female"},
        {"id": "b", "sex": "male", "findings": [PHPT]},
        {"id": "m", "sex": "female"},
    )
    for one in people[:2]:
        one["mother"] = "m"
    twins = [{"people": ["p", "b"], "zygosity": "dizygotic"}]
    assert full(*people, twins=twins).outcome is Outcome.WARRANTED


def test_hyperparathyroidism_and_parathyroid_adenoma_in_one_person_are_one_tumor() -> None:
    findings = [has("primary hyperparathyroidism", 55), has("parathyroid adenoma", 55, multiple=False)]
    verdict = short({"sex": "male", "age": 60, "findings": findings}, {"relation": "mother"})
    assert verdict.outcome is Outcome.NOT_INDICATED


def test_nf1_with_pheochromocytoma() -> None:
    findings = [has("neurofibromatosis type 1"), has("pheochromocytoma", 32)]
    verdict = short({"sex": "male", "age": 32, "findings": findings}, {"relation": "mother"})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert verdict.also_outcome is Outcome.WARRANTED
    assert {flag.rule.split("/")[0] for flag in verdict.also} == {"endo-ppgl-2014", "genotes-ppgl", "nf1-2021"}


def test_nf1_does_not_explain_medullary_carcinoma() -> None:
    findings = [has("neurofibromatosis type 1"), has("pheochromocytoma", 32), MTC]
    assert short({"sex": "male", "age": 45, "findings": findings}, {"relation": "mother"}).outcome is Outcome.WARRANTED


def test_identical_twins_of_whom_one_was_tested() -> None:
    def family(result: str, zygosity: str) -> Verdict:
        test = {"gene": "RET", "result": result, "scope": "full"}
        return full(
            {"id": "p", "sex": "female", "mother": "m", "father": "f"},
            {"id": "t", "sex": "female", "mother": "m", "father": "f", "tests": [test]},
            {"id": "m", "sex": "female", "tests": [{"gene": "RET", "result": "pathogenic"}]},
            {"id": "f", "sex": "male"},
            twins=[{"people": ["p", "t"], "zygosity": zygosity}],
        )  # fmt: skip

    assert family("negative", "monozygotic").outcome is Outcome.NOT_INDICATED
    assert family("negative", "dizygotic").outcome is Outcome.WARRANTED
    assert family("negative", "unknown").outcome is Outcome.WARRANTED
    carrier = family("pathogenic", "monozygotic")
    assert carrier.outcome is Outcome.WARRANTED
    assert any(flag.person == "p" and not flag.done for flag in carrier.flags)


def test_identical_twins_do_not_pool_their_tumors() -> None:
    verdict = full(
        {
            "id": "p",
            "sex": "female",
            "mother": "m",
            "findings": [has("primary hyperparathyroidism", 60, multiple=False)],
        },
        {"id": "t", "sex": "female", "mother": "m", "findings": [has("pituitary adenoma", 60)]},
        {"id": "m", "sex": "female"},
        twins=[{"people": ["p", "t"], "zygosity": "monozygotic"}],
    )
    assert "eviq-3176/clinical-men1" not in {flag.rule for flag in verdict.flags}


def test_a_known_variant_in_the_person() -> None:
    verdict = short(
        {"sex": "female", "age": 50, "findings": [MTC], "tests": [{"gene": "RET", "result": "pathogenic"}]},
        {"relation": "mother"},
    )
    assert verdict.outcome is Outcome.WARRANTED
    testing = next(flag for flag in verdict.flags if flag.rule.startswith("eta-2012"))
    assert testing.done


def test_an_obligate_carrier() -> None:
    variant = [{"gene": "MEN1", "result": "pathogenic"}]
    people = (
        {"id": "p", "sex": "female", "mother": "gm"},
        {"id": "brother", "sex": "male", "mother": "gm"},
        {"id": "gm", "sex": "female", "tests": variant},
        {"id": "niece", "sex": "female", "father": "brother", "tests": variant},
    )
    verdict = full(*people, proband="brother")
    own = [flag for flag in verdict.flags if flag.person == "brother"]
    assert own
    assert "obligate carrier" in own[0].because


def test_half_siblings_are_second_degree() -> None:
    verdict = full(
        {"id": "p", "sex": "female", "mother": "m", "father": "f"},
        {"id": "h", "sex": "male", "mother": "m", "father": "g", "findings": [PHPT]},
        {"id": "m", "sex": "female"}, {"id": "f", "sex": "male"}, {"id": "g", "sex": "male"},
    )  # fmt: skip
    assert verdict.outcome is Outcome.CONSIDER


def test_a_thyroid_cancer_of_unknown_type_is_asked_about() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "mother", "findings": [has("thyroid cancer", 44)]})
    assert verdict.outcome is Outcome.CLARIFY
    assert verdict.could_become is Outcome.WARRANTED
    question = verdict.questions[0]
    assert question.kind == "histology"
    assert question.relation == "mother"
    then = {answer.value: answer.then for answer in question.answers}
    assert then["medullary thyroid carcinoma"] is Outcome.WARRANTED
    assert Outcome.NOT_INDICATED in then.values()
    assert set(question.could_add) == {"MEN2A", "MEN2B"}


def test_a_fact_that_nobody_knows_is_not_asked_again() -> None:
    finding = has("thyroid cancer", 44, declined=["histology"])
    verdict = short({"sex": "female", "age": 30}, {"relation": "mother", "findings": [finding]})
    assert verdict.outcome is Outcome.CLARIFY
    assert not [question for question in verdict.questions if question.kind == "histology"]


def test_a_file_that_cannot_speak_of_tumors_never_says_not_indicated() -> None:
    people = [{"id": one, "sex": "female", "asked": []} for one in ("p", "m")]
    people[0]["mother"] = "m"
    verdict = full(*people)
    assert verdict.outcome is Outcome.CLARIFY
    assert "cannot speak of tumors" in verdict.limits[0].why


def test_one_mucosal_neuroma_is_undecided_and_several_are_not() -> None:
    assert (
        short({"sex": "male", "age": 6, "findings": [has("mucosal neuroma")]}, {"relation": "mother"}).outcome
        is Outcome.CLARIFY
    )
    several = has("mucosal neuroma", multiple=True)
    verdict = short({"sex": "male", "age": 6, "findings": [several]}, {"relation": "mother"})
    assert verdict.outcome is Outcome.WARRANTED
    assert verdict.syndromes == ("MEN2B",)
    for weak in ("lipoma", "constipation"):
        assert (
            short({"sex": "male", "age": 6, "findings": [has(weak)]}, {"relation": "mother"}).outcome
            is Outcome.NOT_INDICATED
        )


def test_symptoms_never_trigger_and_never_open() -> None:
    findings = [has(symptom) for symptom in ("flushing", "diarrhea", "palpitations", "kidney stones", "peptic ulcer")]
    verdict = short({"sex": "male", "age": 40, "findings": findings}, {"relation": "mother"})
    assert verdict.outcome is Outcome.NOT_INDICATED
    assert verdict.could_become is Outcome.NOT_INDICATED
    assert all("symptom" in entry.why for entry in verdict.accounted)


def test_a_second_degree_relative_gives_consider() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "maternal aunt", "findings": [MTC]})
    assert verdict.outcome is Outcome.CONSIDER


def test_first_degree_keeps_the_strength_and_names_whom_to_evaluate_first() -> None:
    verdict = short({"sex": "female", "age": 30}, {"relation": "mother", "findings": [PHPT]})
    assert verdict.outcome is Outcome.WARRANTED
    assert verdict.through is not None
    assert verdict.through.relation == "mother"
    assert verdict.test_first == "r1"

"""Whom to test first, how people stand to a known variant, and whom it concerns."""

from __future__ import annotations

from typing import Any

import pytest

from menscreen.formats.native import read_native
from menscreen.problems import UsageError
from menscreen.rules.examples import family as shorthand
from menscreen.rules.families import prepare
from menscreen.screening.cascade import standings
from menscreen.screening.program import program_of
from menscreen.screening.screen import screen
from menscreen.screening.verdict import Cascade, Outcome, Screening


def screened(*people: dict[str, Any], proband: str = "p", everyone: bool = False, **more: Any) -> Screening:
    document = {"proband": proband, "family_history": "asked", "people": list(people), **more}
    return screen(read_native(document), everyone=everyone)


def has(finding: str, age: int | None = None, **more: Any) -> dict[str, Any]:
    return {"finding": finding, "age": age, **more}


RET = {"gene": "RET", "result": "pathogenic", "variant": "p.Cys634Arg"}
NEGATIVE = {"gene": "RET", "result": "negative", "scope": "familial-variant"}


def three_generations() -> list[dict[str, Any]]:
    """A grandmother who carries RET, her three children, their children; the proband is a grandchild."""
    return [
        {"id": "p", "sex": "female", "age": 10, "mother": "m", "father": "f"},
        {"id": "brother", "sex": "male", "age": 4, "mother": "m", "father": "f"},
        {"id": "m", "sex": "female", "age": 35, "mother": "gm"},
        {"id": "f", "sex": "male", "age": 36},
        {"id": "uncle", "sex": "male", "age": 40, "mother": "gm", "tests": [NEGATIVE]},
        {"id": "cousin", "sex": "female", "age": 12, "father": "uncle"},
        {"id": "aunt", "sex": "female", "age": 42, "mother": "gm"},
        {"id": "gm", "sex": "female", "age": 66, "tests": [RET], "findings": [has("MTC", 50)]},
    ]


def by_person(cascade: Cascade) -> dict[str, tuple[str, str | None]]:
    return {one.person: (one.status, one.share) for one in cascade.people}


def test_the_cascade_names_carriers_true_negatives_those_at_one_half_and_those_released() -> None:
    [cascade] = screened(*three_generations()).cascade
    assert cascade.gene == "RET"
    assert by_person(cascade) == {
        "gm": ("carrier", None),
        "uncle": ("true negative", None),
        "m": ("untested", "1/2"),
        "aunt": ("untested", "1/2"),
        "p": ("untested", "1/4"),
        "brother": ("untested", "1/4"),
        "cousin": ("released", None),
    }


def test_the_cascade_is_in_the_order_of_degree_and_age() -> None:
    [cascade] = screened(*three_generations()).cascade
    waiting = [one.person for one in cascade.people if one.status == "untested"]
    assert waiting == ["m", "aunt", "brother", "p"]


def test_the_cascade_gives_the_ages_of_the_class_of_the_variant() -> None:
    [cascade] = screened(*three_generations()).cascade
    assert any("class H:" in age for age in cascade.ages)
    assert not any("MOD" in age for age in cascade.ages)
    people = three_generations()
    people[-1]["tests"] = [{"gene": "RET", "result": "pathogenic"}]
    [unknown] = screened(*people).cascade
    assert any("MOD" in age for age in unknown.ages)
    assert any("HST" in age for age in unknown.ages)


def test_there_is_no_cascade_without_a_known_variant() -> None:
    people = three_generations()
    people[-1]["tests"] = [{"gene": "RET", "result": "uncertain"}]
    assert screened(*people).cascade == ()


def test_an_obligate_carrier_is_named() -> None:
    people = three_generations()
    people[0]["tests"] = [RET]
    screening = screened(*people, proband="m")
    assert by_person(screening.cascade[0])["m"] == ("obligate carrier", None)
    assert [(one.gene, one.status) for one in screening.results[0].standing] == [("RET", "obligate carrier")]
    assert by_person(screening.cascade[0])["brother"] == ("untested", "1/2")


def test_standing_of_a_true_negative_needs_a_related_carrier() -> None:
    people = three_generations()
    assert screened(*people, proband="uncle").results[0].standing[0].status == "true negative"
    people[3]["tests"] = [NEGATIVE]
    assert screened(*people, proband="f").results[0].standing == ()


def test_one_person_and_everyone_cannot_be_asked_for_together() -> None:
    family = read_native({"proband": {"age": 40}})
    with pytest.raises(UsageError, match=r"a person together with everyone(.|\n)*leave one out"):
        screen(family, person="self", everyone=True)


def test_everyone_is_the_proband_and_the_living_blood_relatives() -> None:
    people = three_generations()
    people[6]["deceased"] = True
    screening = screened(*people, everyone=True)
    assert [verdict.person for verdict in screening.results] == ["p", "brother", "m", "f", "uncle", "cousin", "gm"]
    outcomes = {verdict.person: verdict.outcome for verdict in screening.results}
    assert outcomes["m"] is Outcome.WARRANTED
    assert outcomes["f"] is Outcome.NOT_INDICATED
    assert outcomes["uncle"] is Outcome.NOT_INDICATED
    assert outcomes["cousin"] is Outcome.NOT_INDICATED


def test_the_affected_with_the_youngest_onset_is_tested_first() -> None:
    screening = screened(
        {"id": "p", "sex": "female", "mother": "m", "father": "f"},
        {"id": "m", "sex": "female", "findings": [has("MTC", 60)]},
        {"id": "f", "sex": "male"},
        {"id": "sister", "sex": "female", "mother": "m", "father": "f", "findings": [has("MTC", 25)]},
    )
    verdict = screening.results[0]
    assert verdict.test_first == "sister"
    assert verdict.test_first_because == "affected and living, first diagnosed at 25"


def test_somebody_nearer_is_not_preferred_to_somebody_affected() -> None:
    verdict = screened(
        {"id": "p", "sex": "female", "mother": "m"},
        {"id": "m", "sex": "female", "mother": "gm"},
        {"id": "gm", "sex": "female", "findings": [has("MTC", 60)]},
    ).results[0]
    assert verdict.test_first == "gm"


def test_nobody_affected_is_living_is_an_answer() -> None:
    verdict = screened(
        {"id": "p", "sex": "female", "mother": "m"},
        {"id": "m", "sex": "female", "deceased": True, "findings": [has("MTC", 60)]},
    ).results[0]
    assert verdict.outcome is Outcome.WARRANTED
    assert verdict.test_first is None
    assert "nobody affected is living" in verdict.test_first_because


def test_the_relative_who_connects_to_a_known_variant_is_tested_first() -> None:
    assert screened(*three_generations()).results[0].test_first == "m"
    people = three_generations()
    people[2]["deceased"] = True
    verdict = screened(*people).results[0]
    assert verdict.test_first == "p"
    assert verdict.test_first_because == "nearest to the known variant"


def test_identical_twins_share_a_standing() -> None:
    verdict = screened(
        {"id": "p", "sex": "female"},
        {"id": "t", "sex": "female", "tests": [RET]},
        twins=[{"people": ["p", "t"], "zygosity": "monozygotic"}],
    ).results[0]
    assert [(one.gene, one.status) for one in verdict.standing] == [("RET", "carrier")]


def test_the_variant_came_from_the_parent_who_carries_it_and_does_not_concern_the_other() -> None:
    people = three_generations()
    people[0]["tests"] = people[2]["tests"] = [RET]
    people += [
        {"id": "half", "sex": "male", "age": 2, "father": "f", "mother": "other"},
        {"id": "other", "sex": "female", "age": 30},
    ]
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["brother"] == ("untested", "1/2")
    assert not {"f", "half", "other"} & by_person(cascade).keys()
    del people[2]["tests"]  # now she follows from her place in the tree
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["m"] == ("obligate carrier", None)
    assert not {"f", "half"} & by_person(cascade).keys()


def test_a_carrier_whose_parents_were_not_tested_may_have_the_variant_from_either() -> None:
    people = three_generations()
    people[0]["tests"], people[-1]["tests"] = [RET], []
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["m"] == by_person(cascade)["f"] == ("untested", "1/2")


def test_a_parent_who_carries_another_variant_does_not_explain_that_of_the_child() -> None:
    people = three_generations()
    people[0]["tests"] = [RET]
    people[2]["tests"] = [{**RET, "variant": "p.Val804Met"}]
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["f"] == ("untested", "1/2")


def test_a_carrier_of_an_unstated_side_concerns_the_family_all_the_same() -> None:
    document = {
        "proband": {"sex": "female", "age": 30},
        "relatives": [{"relation": "aunt", "age": 60, "tests": [RET]}, {"relation": "brother", "age": 33}],
    }
    [cascade] = screen(read_native(document)).cascade
    found = {one.person: (one.degree, one.status, one.share) for one in cascade.people}
    assert found["self"] == (2, "untested", "1/4")
    assert found["r2"] == (None, "untested", None)  # a mother's sister of a half brother is no relative
    assert [one.person for one in cascade.people][-1] == "r2"


def test_siblings_of_an_apparently_new_variant_are_not_released() -> None:
    people = [
        {"id": "p", "sex": "female", "age": 30, "mother": "m", "father": "f", "tests": [RET]},
        {"id": "sister", "sex": "female", "age": 28, "mother": "m", "father": "f"},
        {"id": "m", "sex": "female", "age": 55, "mother": "gm", "tests": [NEGATIVE]},
        {"id": "f", "sex": "male", "age": 56, "tests": [NEGATIVE]},
        {"id": "gm", "sex": "female", "age": 80},
    ]
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["sister"] == ("untested", None)
    assert by_person(cascade)["gm"] == ("released", None)
    assert screened(*people, proband="sister").results[0].outcome is Outcome.CONSIDER


def of_a_new_variant(**sister: Any) -> list[dict[str, Any]]:
    """Somebody with a RET variant whose parents do not have it; a sister, her daughter and granddaughter."""
    return [
        {"id": "p", "sex": "female", "age": 60, "mother": "m", "father": "f", "tests": [RET]},
        {"id": "sister", "sex": "female", "age": 58, "mother": "m", "father": "f", **sister},
        {"id": "m", "sex": "female", "age": 85, "mother": "gm", "tests": [NEGATIVE]},
        {"id": "f", "sex": "male", "age": 86, "tests": [NEGATIVE]},
        {"id": "gm", "sex": "female", "deceased": True},
        {"id": "aunt", "sex": "female", "age": 80, "mother": "gm"},
        {"id": "half", "sex": "male", "age": 40, "mother": "m", "father": "other"},
        {"id": "other", "sex": "male", "age": 80},
        {"id": "niece", "sex": "female", "age": 30, "mother": "sister"},
        {"id": "great-niece", "sex": "female", "age": 5, "mother": "niece"},
    ]


def test_who_descends_from_siblings_of_an_apparently_new_carrier_is_not_released() -> None:
    people = of_a_new_variant()
    [cascade] = screened(*people).cascade
    concerned = {"sister", "half", "niece", "great-niece"}
    assert {id for id, one in by_person(cascade).items() if one == ("untested", None)} == concerned
    assert by_person(cascade)["aunt"] == ("released", None)
    for id in concerned:
        assert screened(*people, proband=id).results[0].outcome is Outcome.CONSIDER
    assert screened(*people, proband="aunt").results[0].outcome is Outcome.NOT_INDICATED


def test_a_sibling_of_an_apparently_new_carrier_who_is_negative_releases_the_descendants() -> None:
    people = of_a_new_variant(tests=[NEGATIVE])
    [cascade] = screened(*people).cascade
    assert by_person(cascade)["sister"] == ("true negative", None)
    assert by_person(cascade)["niece"] == by_person(cascade)["great-niece"] == ("released", None)
    assert screened(*people, proband="niece").results[0].outcome is Outcome.NOT_INDICATED


def test_what_open_scopes_leave_of_an_apparently_new_variant() -> None:
    """Both parents negative by tests of which nobody knows how much they read."""
    unknown = {"gene": "RET", "result": "negative"}
    people = of_a_new_variant()
    for one in people:
        if one["id"] in ("m", "f"):
            one["tests"] = [unknown]
    for id in ("sister", "niece", "great-niece"):
        assert screened(*people, proband=id).results[0].outcome is Outcome.CONSIDER
    people[1]["tests"] = [unknown]  # now the sister may be negative
    for id, most in (("sister", Outcome.WARRANTED), ("niece", Outcome.WARRANTED), ("great-niece", Outcome.CONSIDER)):
        verdict = screened(*people, proband=id).results[0]
        assert (verdict.outcome, verdict.could_become) == (Outcome.CLARIFY, most)


def test_somebody_related_in_two_ways_has_the_share_of_both() -> None:
    """Two sisters had children with two brothers."""
    people = [
        {"id": "p", "sex": "female", "age": 30, "mother": "m", "father": "f", "tests": [RET]},
        {"id": "cousin", "sex": "male", "age": 31, "mother": "aunt", "father": "uncle"},
        {"id": "half-cousin", "sex": "male", "age": 20, "mother": "aunt", "father": "x"},
        *({"id": id, "sex": "female", "mother": "gm1", "father": "gf1"} for id in ("m", "aunt")),
        *({"id": id, "sex": "male", "mother": "gm2", "father": "gf2"} for id in ("f", "uncle")),
        *({"id": id, "sex": "female" if id.startswith("gm") else "male"} for id in ("gm1", "gf1", "gm2", "gf2", "x")),
    ]
    [cascade] = screened(*people).cascade
    found = {one.person: (one.degree, one.share) for one in cascade.people}
    assert found["cousin"] == (3, "1/4")
    assert found["half-cousin"] == (3, "1/8")
    assert found["m"] == (1, "1/2")


def test_where_one_parent_is_negative_the_variant_came_from_the_other_unless_it_is_new() -> None:
    people = [
        {"id": "p", "sex": "female", "age": 30, "mother": "m", "father": "f", "tests": [RET]},
        {"id": "sister", "sex": "female", "age": 28, "mother": "m", "father": "f"},
        {"id": "half", "sex": "male", "age": 40, "mother": "m", "father": "other"},
        {"id": "m", "sex": "female", "age": 55, "mother": "gm", "father": "gf"},
        {"id": "f", "sex": "male", "age": 56, "tests": [NEGATIVE]},
        {"id": "gm", "sex": "female", "age": 80},
        {"id": "gf", "sex": "male", "age": 80},
        {"id": "other", "sex": "male", "age": 80},
        {"id": "child", "sex": "male", "age": 3, "mother": "p"},
    ]
    [cascade] = screened(*people).cascade
    assert {one.person: one.share for one in cascade.people if one.status == "untested"} == {
        "m": "1", "sister": "1/2", "half": "1/2", "gm": "1/2", "gf": "1/2", "child": "1/2",
    }  # fmt: skip


def test_nobody_is_tested_first_where_the_person_carries_the_variant() -> None:
    people = three_generations()
    people[0]["tests"] = [RET]
    verdict = screened(*people).results[0]
    assert verdict.test_first is None
    assert verdict.test_first_because == "the variant is known, and relatives can be tested for it"


def test_nobody_deceased_is_tested_first() -> None:
    people = three_generations()
    people[0]["deceased"] = people[2]["deceased"] = True
    verdict = screened(*people).results[0]
    assert verdict.test_first is None
    assert verdict.test_first_because == "nobody on the way to the known variant is living"


def test_the_onset_is_that_of_what_counts() -> None:
    verdict = screened(
        {"id": "p", "sex": "female", "mother": "m", "findings": [has("breast cancer", 30), has("MTC", 60)]},
        {"id": "brother", "sex": "male", "mother": "m", "findings": [has("MTC", 50)]},
        {"id": "m", "sex": "female"},
    ).results[0]
    assert verdict.test_first == "brother"
    assert verdict.test_first_because == "affected and living, first diagnosed at 50"


def test_of_two_with_the_same_onset_the_one_whose_history_meets_more_statements_is_tested_first() -> None:
    verdict = screened(
        {"id": "p", "sex": "female", "mother": "m", "father": "f"},
        {"id": "f", "sex": "male", "findings": [has("pheochromocytoma", 40)]},
        {"id": "m", "sex": "female", "findings": [has("MTC", 40)]},
    ).results[0]
    assert verdict.test_first == "m"


def test_somebody_of_whom_nothing_is_recorded_has_no_standing() -> None:
    family = shorthand({"self": ["test RET pathogenic"], "brother": []})
    run = program_of(None).run(prepare(family, (0,)))
    assert standings(run, family.position["r1"]) == ()
    assert [one.gene for one in standings(run, 0)] == ["RET"]

"""Where two rulebooks differ: on families built from their own lines, the smallest first."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from own_rulebooks import book

import menscreen
from menscreen.pedigree.family import FamilyHistory
from menscreen.rules.examples import family
from menscreen.rules.loading import full_rulebook, shipped
from menscreen.rules.truth import Truth
from menscreen.screening.boundaries import Boundaries, Item, shorthand
from menscreen.screening.differing import _as_own, _holds, _says_more, _spans, differences, saying


@pytest.mark.parametrize(
    ("one", "other", "rows"),
    [
        (
            '{ person = { sex = "female" } }',
            '{ person = { sex = "male" } }',
            [("female", "w", "n"), ("male", "n", "w")],
        ),
        ('{ has = "insulinoma", before = 40 }', '{ has = "insulinoma", by = 40 }', [("insulinoma @40", "n", "w")]),
        ('{ has = "insulinoma", before = 40 }', '{ has = "insulinoma", by = 39 }', []),
        (
            '{ has = "insulinoma", before = 40 }',
            '{ has = "insulinoma", by = 20 }',
            [("insulinoma @21, 39", "w", "n")],
        ),
        (
            '{ has = "insulinoma" }',
            '{ has = "insulinoma", multiple = true }',
            [("insulinoma, single", "w", "n")],
        ),
        (
            '{ all = [{ has = "insulinoma" }, { has = "lipoma" }] }',
            '{ has = "insulinoma" }',
            [("insulinoma", "n", "w")],
        ),
    ],
)
def test_the_families_on_which_two_rulebooks_differ(
    tmp_path: Path, one: str, other: str, rows: list[tuple[str, str, str]]
) -> None:
    found = differences(book(tmp_path, "a", one), book(tmp_path, "b", other))
    letters = [(row.family, row.one[0], row.other[0]) for row in found]
    assert letters == rows


def test_a_rulebook_differs_nowhere_from_itself() -> None:
    for id in ("eviq-1428", "genotes-ppgl", "ret-cons"):
        assert differences(full_rulebook(id), full_rulebook(id)) == []


def test_differences_turn_when_the_rulebooks_do() -> None:
    one, other = full_rulebook("eviq-1428"), full_rulebook("genotes-men1")
    turned = [(row.family, row.other, row.one) for row in differences(other, one)]
    assert sorted(turned) == sorted((row.family, row.one, row.other) for row in differences(one, other))


def test_the_known_difference_at_40_of_two_australian_lists() -> None:
    found = differences(full_rulebook("eviq-1428"), full_rulebook("qld-cpc"))
    at_40 = [row for row in found if row.family == "primary hyperparathyroidism, single @40"]
    assert [(row.one, row.other) for row in at_40] == [("not-indicated", "warranted")]


@pytest.mark.parametrize("id", shipped())
def test_the_boundary_families_of_a_rule_meet_it_and_miss_it(id: str) -> None:
    from menscreen.rules.evaluation import answer

    full = full_rulebook(id)
    for rule in full.rules:
        specs = Boundaries([(rule.when, full.definitions)]).families()
        answers = {answer(full, rule, family(shorthand(spec))) for spec in specs[:400]}
        assert {Truth.MET, Truth.NOT_MET} <= answers, rule.id


def test_what_a_rulebook_says_of_a_family_is_what_a_screening_with_it_says() -> None:
    full = full_rulebook("genotes-men1")
    says = saying(full)
    specs = Boundaries((rule.when, full.definitions) for rule in full.rules).families()
    for spec in specs[:: max(len(specs) // 60, 1)]:
        pedigree = attrs.evolve(family(shorthand(spec)), family_history=FamilyHistory.ASKED)
        verdict = menscreen.screen(pedigree, rulebooks=[full]).results[0]
        assert says(spec) == max(verdict.outcome, verdict.also_outcome)


@pytest.mark.parametrize(
    ("ages", "words"),
    [([], ""), ([40], "40"), ([41, 40], "40-41"), ([1, 2, 3, 5, 7, 8], "1-3, 5, 7-8"), ([39, 41], "39, 41")],
)
def test_ages_in_a_row_are_told_as_spans(ages: list[int], words: str) -> None:
    assert _spans(ages) == words


def test_a_family_holds_another_of_which_it_says_all_and_more() -> None:
    plain, several = Item("self", "insulinoma", 40), Item("self", "insulinoma", 40, ("multiple", "bilateral"))
    mother, older = plain._replace(relation="mother"), plain._replace(age=41)
    pairs = {
        (plain, plain): True, (several, plain): True, (plain, several): False, (older, plain): False,
        (mother, plain): False, (several._replace(words="vipoma"), plain): False,
    }  # fmt: skip
    for (one, item), is_so in pairs.items():
        assert _says_more(one, item) is is_so
        assert _holds(frozenset({one}), frozenset({item})) is is_so
        assert _holds(frozenset({one, mother}), frozenset({item, mother})) is is_so
    assert _holds(frozenset({plain}), frozenset())
    assert not _holds(frozenset({several}), frozenset({plain, several._replace(flags=("multiple",))}))


def test_what_relatives_have_is_compared_with_the_same_of_the_person() -> None:
    plain = Item("self", "insulinoma", 40)
    mother, father = plain._replace(relation="mother"), plain._replace(relation="father", words="vipoma")
    assert _as_own(frozenset({mother})) == frozenset({plain})
    assert _as_own(frozenset({mother, father})) == frozenset({mother, father})
    assert _as_own(frozenset()) == frozenset()

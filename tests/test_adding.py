"""Adding one relative after another gives the tree that words of relation mean."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from menscreen.pedigree.adding import added, placed, resembling
from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.kinship import Side, kin, relation_name
from menscreen.pedigree.person import Person, Sex
from menscreen.pedigree.relations import parse
from menscreen.pedigree.validation import problems_of
from menscreen.pedigree.words import OFFERS
from menscreen.problems import Severity

BLOOD = [words for words in OFFERS if (told := parse(words)) is not None and told.tie == "blood"]
PLACED = [words for words in BLOOD if (told := parse(words)) is not None and told.is_placed and told.twin is None]


LINKS = (
    "mother", "father", "brother", "sister", "son", "daughter", "child", "maternal half-brother",
    "paternal half-sister",
)  # fmt: skip
WALKS = [walk for length in (1, 2, 3) for walk in product(LINKS, repeat=length)]
WALKS += [(*up, *down) for up in product(LINKS[:2], repeat=3) for down in (("sister",), ("sister", "son", "child"))]


def alone() -> Pedigree:
    return Pedigree((Person("self"),), "self")


@pytest.mark.parametrize("words", [*BLOOD, "mother's identical twin sister", "father's twin", "uncle's twin"])
def test_words_mean_the_same_added_and_read(words: str) -> None:
    family, at = added(alone(), words)
    read, _ = build(Person("self"), [Relative(words, Person("r1"))])
    assert relation_name(family, 0, at) == relation_name(read, 0, read.position["r1"])
    assert kin(family, 0).get(at) == kin(read, 0).get(read.position["r1"])
    assert family.twins == read.twins


@pytest.mark.parametrize("first", LINKS)
def test_words_have_the_degree_and_side_of_the_tree_that_they_make(first: str) -> None:
    for walk in WALKS:
        if walk[0] != first:
            continue
        told = parse("'s ".join(walk))
        assert told is not None, walk
        rising = [index for index, link in enumerate(walk) if link in ("mother", "father")]
        across = [index for index, link in enumerate(walk) if "brother" in link or "sister" in link]
        is_one_arch = rising == list(range(len(rising))) and across in ([], [len(rising)])
        if is_one_arch and (across or not rising or len(rising) == len(walk)):
            family, at = added(alone(), "'s ".join(walk))
            assert kin(family, 0)[at] == told.kin, walk
        else:
            assert told.kin is None, walk


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(BLOOD), max_size=10))
def test_any_relatives_one_after_another_make_a_family_in_order(several: list[str]) -> None:
    family = alone()
    names: dict[int, tuple[str, str]] = {}
    for words in several:
        family, at = added(family, words)
        names[at] = words, relation_name(family, 0, at)
    assert not [one for one in problems_of(family) if one.severity is Severity.ERROR and one.code != "P007"]
    for at, (words, name) in names.items():
        assert relation_name(family, 0, at) == name
        assert at in resembling(family, words) or family.people[at].relation is not None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PLACED), max_size=8))
def test_the_tree_does_not_depend_on_how_it_was_made(several: list[str]) -> None:
    family = alone()
    people = set()
    for words in several:
        family, at = added(family, words)
        people.add(at)
    told = sorted(relation_name(family, 0, at) for at in people)
    once = list(dict.fromkeys(words for words in several if is_of_one(words)))
    read, _ = build(
        Person("self"), [Relative(one, Person("")) for one in [*once, *(w for w in several if not is_of_one(w))]]
    )
    assert told == sorted(
        relation_name(read, 0, at) for at, one in enumerate(read.people) if at and not one.placeholder
    )


def is_of_one(words: str) -> bool:
    relation = parse(words)
    return relation is not None and set(relation.steps) <= {"mother", "father"}


def test_a_placeholder_that_is_named_becomes_the_person() -> None:
    family, _ = added(alone(), "maternal aunt")
    mother = family.people[resembling(family, "mother")[0]]
    assert mother.placeholder
    family, at = added(family, "my mother")
    assert family.people[at].id == mother.id
    assert not family.people[at].placeholder


def test_a_cousin_hangs_on_the_one_aunt_who_is_known() -> None:
    family, aunt = added(alone(), "maternal aunt")
    family, cousin = added(family, "maternal aunt's son")
    assert family.people[cousin].mother == family.people[aunt].id


def test_triplets_are_one_set_and_an_identical_twin_another() -> None:
    family = alone()
    for words in ("fraternal twin brother", "fraternal twin sister", "identical twin sister"):
        family, _ = added(family, words)
    assert [(twins.people, twins.zygosity) for twins in family.twins] == [
        (("self", "r1", "r2"), Zygosity.DIZYGOTIC),
        (("self", "r3"), Zygosity.MONOZYGOTIC),
    ]


def test_a_twin_of_a_relative_is_born_with_that_relative() -> None:
    family, aunt = added(alone(), "mother's identical twin sister")
    mother = family.people[0].mother
    assert family.twins == (Twins((mother or "", "r1"), Zygosity.MONOZYGOTIC),)
    assert kin(family, 0)[aunt] == (1, Side.MATERNAL, False, 1, 0)
    family, _ = added(family, "brother")
    assert len(family.twins) == 1


def test_twins_of_another_or_of_unknown_kind_join_the_same_birth() -> None:
    family = alone()
    for words in ("identical twin sister", "twin brother", "fraternal twin sister", "fraternal twin brother"):
        family, _ = added(family, words)
    assert family.twins == (
        Twins(("self", "r1"), Zygosity.MONOZYGOTIC),
        Twins(("self", "r2", "r3", "r4"), Zygosity.UNKNOWN),
    )


def test_somebody_known_by_words_is_placed_later() -> None:
    family, at = added(alone(), "aunt")
    assert family.people[at].relation is not None
    family = placed(family, at, "father's sister")
    assert family.people[at].relation is None
    assert relation_name(family, 0, at) == "paternal aunt"


def test_sexes_tell_people_apart() -> None:
    family, brother = added(alone(), "brother")
    family, sibling = added(family, "sibling")
    assert resembling(family, "brother") == (brother, sibling)
    assert resembling(family, "sister") == (sibling,)
    assert family.people[sibling].sex is Sex.UNKNOWN


@pytest.mark.parametrize("words", ["stepmother", "husband", "green", "me"])
def test_nobody_is_added_without_a_tie_of_blood(words: str) -> None:
    with pytest.raises(ValueError, match="relation by blood"):
        added(alone(), words)


@pytest.mark.parametrize("words", ["husband", "stepmother", "green hair"])
def test_words_of_no_blood_relation_mean_nobody(words: str) -> None:
    family, _ = build(Person("self"), [Relative("husband", Person("r1")), Relative("mother", Person("r2"))])
    assert resembling(family, words) == ()


def test_somebody_whose_place_the_words_leave_open_stays_one_person() -> None:
    family, at = added(alone(), "relative")
    after = placed(family, at, "aunt")
    assert [person.id for person in after.people] == ["self", "r1"]
    assert after.people[at].relation is not None
    assert after.people[at].relation.as_ == "aunt"


def test_somebody_known_by_words_is_meant_by_the_same_words_of_the_same_person() -> None:
    family, sister = added(alone(), "sister")
    family, aunt = added(family, "aunt")
    assert resembling(family, "Aunt") == (aunt,)
    assert resembling(family, "uncle") == resembling(family, "maternal aunt") == ()
    assert resembling(family, "aunt", sister) == ()


def test_a_placeholder_has_an_id_that_nobody_has() -> None:
    family, at = added(Pedigree((Person("a"), Person("a-mother")), "a"), "mother")
    assert (family.people[at].id, family.people[0].mother) == ("a-mother_", "a-mother_")


def test_new_people_have_numbers_that_nobody_has() -> None:
    family, _ = added(Pedigree((Person("self"), Person("r2")), "self"), "child")
    family, _ = added(family, "child")
    assert [person.id for person in family.people] == ["self", "r2", "r1", "r3"]


def test_words_mean_those_of_their_side_only() -> None:
    family, maternal = added(alone(), "maternal aunt")
    family, paternal = added(family, "paternal aunt")
    assert resembling(family, "maternal aunt") == (maternal,)
    assert resembling(family, "paternal aunt") == (paternal,)
    assert resembling(family, "aunt") == (maternal, paternal)
    assert resembling(family, "grandmother") == resembling(family, "maternal grandparent") == ()


def test_somebody_of_both_sides_is_meant_by_words_of_either() -> None:
    """The parents are siblings, and so is the aunt."""
    people = (Person("self", mother="m", father="f"), *(Person(id, mother="g", father="h") for id in "mfa"))
    family = Pedigree((*people, Person("g"), Person("h")), "self")
    assert resembling(family, "maternal aunt") == resembling(family, "paternal aunt") == (3,)


def test_an_ancestor_is_found_wherever_they_stand() -> None:
    family = Pedigree((Person("m", mother="g"), Person("self", mother="m"), Person("g")), "self")
    assert resembling(family, "mother") == (0,)
    assert resembling(family, "mother's mother") == (2,)
    assert resembling(family, "father") == resembling(family, "mother's father") == ()
    assert resembling(family, "father's mother") == resembling(family, "mother's father's mother") == ()
    assert resembling(family, "mother", 0) == (2,)


def test_words_in_any_spelling_mean_who_was_told_by_them() -> None:
    family, one = added(alone(), "Great-Aunt")
    family, other = added(family, "relative")
    family, mother = added(family, "mother")
    family, hers = added(family, "great aunt", mother)
    assert resembling(family, "great aunt") == (one,)
    assert resembling(family, "relative") == (other,)
    assert resembling(family, "great aunt", mother) == (hers,)
    assert resembling(family, "great uncle") == ()


def tied(family: Pedigree) -> list[tuple[str, Sex, str | None, str | None]]:
    """Everybody who is recorded, with their sex and parents; placeholders in capitals."""
    shown = {one.id: one.id.upper() if one.placeholder else one.id for one in family.people}
    return [
        (shown[one.id], one.sex, one.mother and shown[one.mother], one.father and shown[one.father])
        for one in family.people
    ]


F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN


def test_somebody_takes_the_place_of_a_placeholder_with_all_its_ties() -> None:
    family, _ = added(alone(), "maternal aunt")
    family, _ = added(family, "sister")
    family, at = added(family, "relative")
    after = placed(family, at, "mother")
    assert tied(after) == [
        ("self", U, "r3", "SELF-FATHER"),
        ("r1", F, "SELF-MOTHER-MOTHER", "SELF-MOTHER-FATHER"),
        ("SELF-MOTHER-MOTHER", F, None, None),
        ("SELF-MOTHER-FATHER", M, None, None),
        ("r2", F, "r3", "SELF-FATHER"),
        ("SELF-FATHER", M, None, None),
        ("r3", F, "SELF-MOTHER-MOTHER", "SELF-MOTHER-FATHER"),
    ]
    assert after.people[after.position["r3"]].relation is None


def test_somebody_is_made_the_parent_of_one_who_has_none() -> None:
    family = Pedigree((Person("a"), Person("self"), Person("b", sex=M)), "self")
    assert tied(placed(family, 0, "mother")) == [("a", F, None, None), ("self", U, "a", None), ("b", M, None, None)]
    assert tied(placed(family, 2, "father")) == [("a", U, None, None), ("self", U, None, "b"), ("b", M, None, None)]
    assert tied(placed(family, 0, "father", 2)) == [("a", M, None, None), ("self", U, None, None), ("b", M, None, "a")]


def test_parents_of_their_own_are_kept_by_who_takes_a_place() -> None:
    people = (Person("self", mother="m"), Person("m", mother="g", father="h", placeholder=True), *map(Person, "gho"))
    family = Pedigree((*people, Person("new", mother="o")), "self")
    assert tied(placed(family, 5, "mother")) == [
        ("self", U, "new", None),
        *((id, U, None, None) for id in "gho"),
        ("new", F, "o", "h"),
    ]


def test_a_place_that_is_taken_stays_as_it_is() -> None:
    family, at = added(added(alone(), "mother")[0], "relative")
    assert placed(family, at, "mother") is family
    male = Pedigree((Person("self"), Person("a", sex=M)), "self")
    assert placed(male, 1, "mother") is male
    twins, _ = added(alone(), "mother's twin sister")
    twins, at = added(twins, "relative")
    assert placed(twins, at, "mother") is twins


def test_relatives_hang_on_whoever_is_there_alone() -> None:
    family, _ = added(alone(), "maternal aunt's son")
    family, _ = added(family, "maternal aunt")
    family, _ = added(family, "maternal aunt's daughter")
    family, _ = added(family, "maternal half-brother's child")
    family, _ = added(family, "paternal half-sister")
    assert tied(family) == [
        ("self", U, "SELF-MOTHER", "SELF-FATHER"),
        ("r1", M, "SELF-MOTHER-SISTER", None),
        ("SELF-MOTHER", F, "SELF-MOTHER-MOTHER", "SELF-MOTHER-FATHER"),
        ("SELF-MOTHER-SISTER", F, "SELF-MOTHER-MOTHER", "SELF-MOTHER-FATHER"),
        ("SELF-MOTHER-MOTHER", F, None, None),
        ("SELF-MOTHER-FATHER", M, None, None),
        ("r2", F, "SELF-MOTHER-MOTHER", "SELF-MOTHER-FATHER"),
        ("r3", F, "r2", None),
        ("r4", U, None, "SELF-MATERNAL-HALF-BROTHER"),
        ("SELF-MATERNAL-HALF-BROTHER", M, "SELF-MOTHER", "SELF-MATERNAL-HALF-BROTHER-FATHER"),
        ("SELF-FATHER", M, None, None),
        ("SELF-MATERNAL-HALF-BROTHER-FATHER", M, None, None),
        ("r5", F, "R5-MOTHER", "SELF-FATHER"),
        ("R5-MOTHER", F, None, None),
    ]

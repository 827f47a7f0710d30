"""Names of relations, and families of a hundred thousand people."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.kinship import (
    Side,
    kin,
    kinship_coefficient,
    obligate_carriers,
    paths,
    reach,
    relation_name,
    unplaced,
)
from menscreen.pedigree.person import Person, Sex, UnplacedRelation
from menscreen.pedigree.validation import problems_of

F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN

FAMILY = Pedigree(
    (
        Person("self", sex=F, mother="mother", father="father", adoptive_parents=("adopter",)),
        Person("mother", sex=F, mother="mgm", father="mgf"),
        Person("father", sex=M, mother="pgm", father="pgf"),
        Person("mgm", sex=F, mother="mggm"),
        Person("mgf", sex=M),
        Person("mggm", sex=F),
        Person("pgm", sex=U, mother="pggm", father="pggf"),
        Person("pgf", sex=M),
        Person("pggm", sex=F),
        Person("pggf", sex=M, mother="pgggm"),
        Person("pgggm", sex=F),
        Person("sister", sex=F, mother="mother", father="father"),
        Person("twin", sex=F, mother="mother", father="father"),
        Person("fraternal", sex=M, mother="mother", father="father"),
        Person("half", sex=F, mother="mother", father="lover"),
        Person("lover", sex=M),
        Person("aunt", sex=F, mother="mgm", father="mgf"),
        Person("half-uncle", sex=M, mother="other", father="mgf"),
        Person("other", sex=F),
        Person("great-uncle", sex=M, mother="pggm", father="pggf"),
        Person("cousin", sex=M, mother="aunt"),
        Person("removed", sex=F, mother="aunt2", father="great-uncle"),
        Person("aunt2", sex=F),
        Person("second", sex=F, father="removed-brother"),
        Person("removed-brother", sex=M, mother="aunt2", father="great-uncle"),
        Person("niece", sex=F, mother="sister"),
        Person("grandnephew", sex=M, mother="niece"),
        Person("half-nephew", sex=M, mother="half"),
        Person("husband", sex=M),
        Person("son", sex=M, mother="self", father="husband"),
        Person("grandchild", sex=U, father="son"),
        Person("great-granddaughter", sex=F, mother="grandchild"),
        Person("adopter", sex=F),
        Person("adoptee", sex=M, adoptive_parents=("self",)),
        Person("stranger", sex=M),
        Person("spoken", sex=F, relation=UnplacedRelation("self", "aunt")),
        Person("spoken2", sex=F, relation=UnplacedRelation("mother", "cousin")),
        Person("spoken's child", sex=F, mother="spoken"),
    ),
    "self",
    twins=(Twins(("self", "twin"), Zygosity.MONOZYGOTIC), Twins(("self", "twin", "fraternal"), Zygosity.DIZYGOTIC)),
)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("self", "self"),
        ("mother", "mother"),
        ("father", "father"),
        ("mgm", "maternal grandmother"),
        ("mggm", "maternal great-grandmother"),
        ("pgm", "paternal grandparent"),
        ("pgf", "paternal grandfather"),
        ("pgggm", "paternal great-great-grandmother"),
        ("sister", "sister"),
        ("twin", "identical twin sister"),
        ("fraternal", "twin brother"),
        ("half", "half sister"),
        ("lover", "mother's partner"),
        ("aunt", "maternal aunt"),
        ("half-uncle", "maternal half uncle"),
        ("great-uncle", "paternal great-uncle"),
        ("cousin", "maternal cousin"),
        ("removed", "paternal first cousin once removed"),
        ("second", "paternal second cousin"),
        ("niece", "niece"),
        ("grandnephew", "great-nephew"),
        ("half-nephew", "half nephew"),
        ("husband", "partner"),
        ("son", "son"),
        ("grandchild", "grandchild"),
        ("great-granddaughter", "great-granddaughter"),
        ("adopter", "adoptive mother"),
        ("adoptee", "adopted son"),
        ("stranger", "not related by blood"),
        ("spoken", "aunt"),
        ("spoken2", "mother's cousin"),
        ("spoken's child", "cousin"),
    ],
)
def test_relations_have_english_names(id: str, name: str) -> None:
    at = FAMILY.position[id]
    known = kin(FAMILY, 0)
    assert relation_name(FAMILY, 0, at) == name
    tie = known.get(at) or unplaced(FAMILY, 0, known).get(at)
    assert relation_name(FAMILY, 0, at, tie) == name


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [("mother", "self", "daughter"), ("niece", "self", "maternal aunt"), ("husband", "self", "partner")],
)
def test_names_are_seen_from_the_person_asked_about(one: str, other: str, name: str) -> None:
    assert relation_name(FAMILY, FAMILY.position[one], FAMILY.position[other]) == name


def test_unknown_sex_is_not_guessed() -> None:
    family = Pedigree(
        (
            Person("p", mother="m", father="f"),
            Person("m", mother="g", father="h"),
            *map(Person, "fgh"),
            Person("s", mother="m", father="f"),
            Person("a", mother="g", father="h"),
            Person("n", mother="s"),
            Person("c", mother="p"),
        ),
        "p",
    )
    names = [relation_name(family, 0, family.position[id]) for id in "msanc"]
    assert names == ["mother", "sibling", "maternal aunt or uncle", "niece or nephew", "child"]


SIZE = 100_000


def chain() -> Pedigree:
    """A line of descent, the proband at its end."""
    people = (Person(str(at), sex=F, mother=str(at + 1) if at + 1 < SIZE else None) for at in range(SIZE))
    return Pedigree(tuple(people), "0")


def star() -> Pedigree:
    """One couple and their children."""
    children = (Person(str(at), mother="m", father="f") for at in range(SIZE))
    return Pedigree((*children, Person("m", sex=F), Person("f", sex=M)), "0")


def ladder() -> Pedigree:
    """Brothers marry sisters, generation after generation: two lines to each ancestor doubles the paths each time."""
    people = []
    for at in range(0, SIZE, 2):
        up = (str(at + 2), str(at + 3)) if at + 2 < SIZE else (None, None)
        people += [
            Person(str(at), sex=F, mother=up[0], father=up[1]),
            Person(str(at + 1), sex=M, mother=up[0], father=up[1]),
        ]
    return Pedigree(tuple(people), "0")


@pytest.mark.clock
@pytest.mark.parametrize(("shape", "relatives"), [(chain, SIZE - 1), (star, SIZE + 1), (ladder, SIZE - 1)])
def test_a_hundred_thousand_people_take_seconds(shape: Callable[[], Pedigree], relatives: int) -> None:
    family = shape()
    start = time.perf_counter()
    assert len(kin(family, 0)) == relatives
    assert len(reach(family, 0, ())) == relatives + 1
    assert obligate_carriers(family, (0, 1)) == frozenset()
    assert paths(family, 0, 1)
    assert problems_of(family) == []
    assert time.perf_counter() - start < 20


def test_the_ends_of_a_long_line_are_related() -> None:
    family = chain()
    assert kin(family, 0)[SIZE - 1].degree == SIZE - 1
    assert len(obligate_carriers(family, (0, SIZE - 1))) == SIZE - 2
    assert kinship_coefficient(family, 0, SIZE - 1).numerator == 1
    assert relation_name(family, 0, SIZE - 1) == "maternal 99997-times-great-grandmother"


@pytest.mark.parametrize("to", ["known by words too", "nobody"])
def test_who_is_related_to_somebody_whose_place_is_not_known_is_a_relative(to: str) -> None:
    by_words = Person("known by words too", relation=UnplacedRelation("self", "aunt"))
    family = Pedigree((Person("self"), by_words, Person("x", relation=UnplacedRelation(to, "sister"))), "self")
    assert relation_name(family, 0, 2) == "relative"


def test_a_child_of_whom_only_the_degree_is_known_is_a_relative() -> None:
    removed = Person("x", relation=UnplacedRelation("self", "first cousin once removed"))
    family = Pedigree((Person("self"), removed, Person("y", mother="x")), "self")
    assert unplaced(family, 0)[2] == (5, Side.UNKNOWN, False, -1, -1)
    assert relation_name(family, 0, 2) == "relative"


def test_a_child_of_two_people_known_by_words_has_one_place() -> None:
    aunt = Person("aunt", relation=UnplacedRelation("self", "aunt"))
    cousin = Person("cousin", relation=UnplacedRelation("self", "cousin"))
    family = Pedigree((Person("self"), aunt, cousin, Person("child", mother="aunt", father="cousin")), "self")
    assert list(unplaced(family, 0)) == [1, 2, 3]
    assert relation_name(family, 0, 3) == "cousin"


def test_lines_too_many_to_be_looked_at_are_left_out() -> None:
    """Siblings marry, generation after generation: each doubles the lines, and after twenty no machine lists them."""
    people = [Person("f0"), Person("m0")]
    for at in range(1, 21):
        people += [Person(f"{who}{at}", mother=f"f{at - 1}", father=f"m{at - 1}") for who in "fm"]
    family = Pedigree(tuple(people), "f20")
    oldest, youngest = 0, len(people) - 2
    up, down = paths(family, youngest, youngest - 2 * 7), paths(family, youngest - 2 * 7, youngest)
    assert (len(up), len(down)) == (64, 64)
    assert {len(line) for line in (*up, *down)} == {8}
    assert paths(family, youngest, oldest) == []
    assert paths(family, oldest, youngest) == []


def test_partners_are_known_by_their_children_wherever_they_stand() -> None:
    people = (Person("mother"), Person("lover"), Person("self", mother="mother", father="father"), Person("father"),
              Person("half", mother="mother", father="lover"), Person("other", mother="step", father="father"),
              Person("step"), Person("stray", mother="alone"), Person("alone"))  # fmt: skip
    family = Pedigree(people, "self")
    names = {person.id: relation_name(family, 2, at) for at, person in enumerate(people)}
    assert names == {
        "self": "self", "mother": "mother", "father": "father", "half": "half sibling", "other": "half sibling",
        "lover": "mother's partner", "step": "father's partner", "stray": "not related by blood",
        "alone": "not related by blood",
    }  # fmt: skip
    assert relation_name(Pedigree((Person("a"), Person("b", mother="c"), Person("c")), "a"), 0, 2) == (
        "not related by blood"
    )

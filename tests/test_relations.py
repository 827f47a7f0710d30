"""Words of relation: the v3 RoleCode family list and the English of a questionnaire."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from menscreen.pedigree.family import Zygosity
from menscreen.pedigree.kinship import Kin, Side
from menscreen.pedigree.person import Sex
from menscreen.pedigree.relations import Relation, Tie, fold, kin_of, nearest_relations, parse, plain_words

F, M, U = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN

ROLE_CODES = Path(__file__).parents[2] / "shared/formats/data/fhir-spec/v3RoleCode_FAMMEMB_descendants.tsv"


def understood(words: str) -> Relation:
    relation = parse(words)
    assert relation is not None, words
    return relation


def steps(words: str) -> str:
    return " ".join(step.replace(" ", "-") for step in understood(words).steps)


STEPS = {
    # parents and siblings
    "mother": "mother",
    "Mum": "mother",
    "my mom": "mother",
    "Dad": "father",
    "biological father": "father",
    "birth mother": "mother",
    "parent": "parent",
    "brother": "brother",
    "sisters": "sister",
    "older brother": "brother",
    "younger sister": "sister",
    "full sister": "sister",
    "full brother (same parents)": "brother",
    "sister (deceased)": "sister",
    "sibling": "sibling",
    "brother or sister": "sibling",
    "brother/sister": "sibling",
    "father's son": "father son",
    # half siblings
    "half sister": "half-sister",
    "halfbrother": "half-brother",
    "half-sibling": "half-sibling",
    "maternal half-brother": "maternal-half-brother",
    "half brother (same mother)": "maternal-half-brother",
    "half-brother, same father": "paternal-half-brother",
    "half sister (different fathers)": "maternal-half-sister",
    "half sister on my father's side": "paternal-half-sister",
    "half-sister through mother": "maternal-half-sister",
    "half sister by my dad": "paternal-half-sister",
    "half sister (maternal)": "maternal-half-sister",
    "brother from another mother": "paternal-half-brother",
    "half sibling who shares my mother": "maternal-half-sibling",
    # twins
    "twin": "sibling",
    "twin sister": "sister",
    "identical twin brother": "brother",
    "non-identical twin": "sibling",
    "mother's twin sister": "mother sister",
    # children and grandchildren
    "son": "son",
    "kids": "child",
    "children": "child",
    "grandson": "child son",
    "grand-daughter": "child daughter",
    "great-grandchild": "child child child",
    "great granddaughter": "child child daughter",
    "daughter's son": "daughter son",
    "son of my daughter": "daughter son",
    # nieces and nephews
    "niece": "sibling daughter",
    "nephews": "sibling son",
    "niece/nephew": "sibling child",
    "niece or nephew": "sibling child",
    "sister's son": "sister son",
    "sisters' son": "sister son",
    "mothers' sisters' sons": "mother sister son",
    "sisters son": "sister son",
    "great-niece": "sibling child daughter",
    "grandnephew": "sibling child son",
    "grand-niece": "sibling child daughter",
    "great-great-nephew": "sibling child child son",
    "half niece": "half-sibling daughter",
    # grandparents
    "grandmother": "parent mother",
    "grand mother": "parent mother",
    "maternal grandmother": "mother mother",
    "mother's mother": "mother mother",
    "mothers mother": "mother mother",
    "Mom’s mom": "mother mother",
    "grandma on mom's side": "mother mother",
    "grandmother on the maternal side": "mother mother",
    "grandmother (maternal)": "mother mother",
    "grandmother, maternal": "mother mother",
    "grandad on dad's side": "father father",
    "granny": "parent mother",
    "grandparent": "parent parent",
    "grandparents": "parent parent",
    "paternal grandparent": "father parent",
    "great-grandmother": "parent parent mother",
    "great grand father": "parent parent father",
    "great-grandmother (mother's mother's mother)": "mother mother mother",
    "mother's mother's mother": "mother mother mother",
    "maternal great-grandfather": "mother parent father",
    "great-great-grandmother": "parent parent parent mother",
    "greatgrandmother": "parent parent mother",
    # aunts and uncles
    "aunt": "parent sister",
    "auntie": "parent sister",
    "aunt or uncle": "parent sibling",
    "aunt/uncle": "parent sibling",
    "maternal aunt": "mother sister",
    "Maternal Aunts": "mother sister",
    "mat. aunt": "mother sister",
    "maternal aunt/uncle": "mother sibling",
    "aunt (dad's side)": "father sister",
    "aunt (mother's sister)": "mother sister",
    "uncle on my mother's side of the family": "mother brother",
    "father's brother": "father brother",
    "brother of my father": "father brother",
    "mother's half-sister": "mother half-sister",
    "aunt through my mother": "mother sister",
    "grandmother by dad": "father mother",
    "half aunt": "parent half-sister",
    "maternal half-uncle": "mother half-brother",
    "mother's maternal half-sister": "mother maternal-half-sister",
    "great-aunt": "parent parent sister",
    "grandaunt": "parent parent sister",
    "grand uncle": "parent parent brother",
    "great-uncle on dad's side": "father parent brother",
    "great-uncle on dad’s side": "father parent brother",
    "maternal great-aunt": "mother parent sister",
    "grandmother's brother": "parent mother brother",
    "maternal grandmother's brother": "mother mother brother",
    "mother's father's sister": "mother father sister",
    # cousins
    "cousin": "parent sibling child",
    "first cousin": "parent sibling child",
    "1st cousin": "parent sibling child",
    "maternal cousin": "mother sibling child",
    "paternal first cousin": "father sibling child",
    "cousin on mother's side": "mother sibling child",
    "mother's brother's daughter": "mother brother daughter",
    "daughter of my mother's brother": "mother brother daughter",
    "maternal aunt's son": "mother sister son",
    "aunt's daughter": "parent sister daughter",
    "uncle's kid on dad's side": "father brother child",
    "cousin (son of maternal aunt)": "mother sister son",
    "second cousin": "parent parent sibling child child",
    "maternal second cousin": "mother parent sibling child child",
    "half cousin": "parent half-sibling child",
    "cousin's daughter": "parent sibling child daughter",
    "mother's cousin": "mother parent sibling child",
}


@pytest.mark.parametrize("words", STEPS)
def test_words_of_blood_relation_are_steps_from_the_person(words: str) -> None:
    assert understood(words).tie is Tie.BLOOD
    assert steps(words) == STEPS[words]


TIES = {
    Tie.SELF: ["self", "proband", "the patient", "index case", "me"],
    Tie.PARTNER: [
        "husband", "wife", "ex-wife", "partner", "spouse", "significant other", "domestic partner", "former spouse",
        "daughter's father", "father of my child", "late husband", "boyfriend",
    ],
    Tie.IN_LAW: [
        "mother-in-law", "Father in law", "brothers-in-law", "daughter in-law", "husband's mother", "wife's sister",
        "brother's wife", "uncle by marriage", "aunt (by marriage)", "in-law", "in-laws", "son's wife's mother",
        "husband's stepmother", "stepmother's husband", "wife's adopted son",
    ],
    Tie.STEP: [
        "stepbrother on my mother's side", "adopted son's stepson", "stepfather", "step-mother", "step dad",
        "stepsister", "step sibling", "stepchild", "mum's stepfather", "step-cousin", "step-aunt on my mother's side",
    ],
    Tie.ADOPTIVE: [
        "stepson's adopted son", "adoptive mother", "adopted son", "adopted brother", "adoptive parents",
        "adoptive cousin",
    ],
    Tie.FOSTER: ["foster mother", "foster child", "foster-brother"],
    Tie.GESTATIONAL: ["gestational mother"],
}  # fmt: skip


@pytest.mark.parametrize(("tie", "words"), [(tie, words) for tie, all_ in TIES.items() for words in all_])
def test_people_without_a_blood_tie_are_told_apart(tie: Tie, words: str) -> None:
    assert understood(words).tie is tie
    assert understood(words).kin is None


KIN = {
    "mother": (1, Side.MATERNAL),
    "parent": (1, Side.UNKNOWN),
    "sister": (1, Side.OWN),
    "half sister": (2, Side.UNKNOWN),
    "maternal half-sister": (2, Side.MATERNAL),
    "identical twin": (0, Side.OWN),
    "twin brother": (1, Side.OWN),
    "mother's identical twin": (1, Side.MATERNAL),
    "aunt": (2, Side.UNKNOWN),
    "half aunt": (3, Side.UNKNOWN),
    "mother's half-sister": (3, Side.MATERNAL),
    "grandmother": (2, Side.UNKNOWN),
    "cousin": (3, Side.UNKNOWN),
    "paternal cousin": (3, Side.PATERNAL),
    "half cousin": (4, Side.UNKNOWN),
    "first cousin once removed": (4, Side.UNKNOWN),
    "cousin once removed": (4, Side.UNKNOWN),
    "maternal first cousin twice removed": (5, Side.MATERNAL),
    "first cousin once removed on mom's side": (4, Side.MATERNAL),
    "second cousin": (5, Side.UNKNOWN),
    "second cousin once removed": (6, Side.UNKNOWN),
    "niece": (2, Side.OWN),
    "great-nephew": (3, Side.OWN),
    "half nephew": (3, Side.UNKNOWN),
    "great-grandson": (3, Side.OWN),
    "great-uncle on dad's side": (3, Side.PATERNAL),
    "relative": None,
    "family member": None,
    "maternal relative": None,
    "distant relative": None,
    "distant relative's daughter": None,
    "mother's sister on my mother's side": (2, Side.MATERNAL),
    "maternal half-brother on my mother's side": (2, Side.MATERNAL),
    "sister (mother's daughter)": None,
    "mother's daughter": None,
    "sister's mother": None,
}


@pytest.mark.parametrize("words", KIN)
def test_degree_and_side_are_fixed_as_far_as_the_words_fix_them(words: str) -> None:
    kin = understood(words).kin
    assert understood(words).tie is Tie.BLOOD
    assert (kin and (kin.degree, kin.side)) == KIN[words]


@pytest.mark.parametrize(
    ("words", "is_placed"),
    [
        ("maternal aunt", True),
        ("maternal cousin", True),
        ("niece", True),
        ("maternal half-brother", True),
        ("twin", True),
        ("aunt", False),
        ("cousin", False),
        ("half brother", False),
        ("mother's half-sister", False),
        ("grandmother", False),
        ("maternal grandparent", False),
        ("great-uncle on dad's side", False),
        ("first cousin once removed", False),
        ("relative", False),
        ("parent", False),
        ("husband", False),
        ("stepmother", False),
    ],
)
def test_who_could_stand_in_several_places_is_not_placed(words: str, is_placed: bool) -> None:
    assert understood(words).is_placed is is_placed


@pytest.mark.parametrize(
    ("words", "zygosity"),
    [
        ("identical twin brother", Zygosity.MONOZYGOTIC),
        ("monozygotic twin", Zygosity.MONOZYGOTIC),
        ("MZ twin", Zygosity.MONOZYGOTIC),
        ("fraternal twin sister", Zygosity.DIZYGOTIC),
        ("non-identical twin", Zygosity.DIZYGOTIC),
        ("twin", Zygosity.UNKNOWN),
        ("sister", None),
    ],
)
def test_twins_have_their_zygosity(words: str, zygosity: Zygosity | None) -> None:
    assert understood(words).twin is zygosity


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("aunt", Sex.FEMALE),
        ("nephew", Sex.MALE),
        ("maternal half-uncle", Sex.MALE),
        ("cousin", Sex.UNKNOWN),
        ("wife", Sex.FEMALE),
        ("step-dad", Sex.MALE),
        ("sister-in-law", Sex.FEMALE),
        ("mother's brother's daughter", Sex.FEMALE),
        ("daughter of my brother", Sex.FEMALE),
        ("child", Sex.UNKNOWN),
    ],
)
def test_words_say_the_sex_if_they_do(words: str, sex: Sex) -> None:
    assert understood(words).sex is sex


@pytest.mark.parametrize(
    "words",
    [
        "", " ", "?", "matrnal ant", "maternal", "mother's", "of", "'s", "aunt uncle", "maternal paternal aunt",
        "great", "great mother", "maternal sister", "maternal son", "half mother", "twin aunt", "half", "half twin",
        "aunt (father's mother)", "sister (brother)", "cousin removed", "fifty cousin", "on mum's side", "(mother)'s",
        "mother and aunt", "grand", "maternal mother", "same mother", "grand sister",
        "mother's sister on my father's side", "step", "foster", "cousin aunt", "aunt cousin", "neighbor in law",
        "by marriage", "neighbor's wife by marriage",
        "maternal aunt (father's sister)", "by my dad",
        "first cousin once removed (second cousin)", "grandchild (niece or nephew)", "half cousin (second cousin)",
        "maternal half-aunt (great-aunt)", "uncle (stepbrother)",
    ],
)  # fmt: skip
def test_what_is_no_relation_is_not_understood(words: str) -> None:
    assert parse(words) is None


WHOLE = {
    "mother": Relation(Tie.BLOOD, ("mother",), F, Kin(1, Side.MATERNAL, False, 1, 0)),
    "NMTH": Relation(Tie.BLOOD, ("mother",), F, Kin(1, Side.MATERNAL, False, 1, 0), is_stated=True),
    "birth father": Relation(Tie.BLOOD, ("father",), M, Kin(1, Side.PATERNAL, False, 1, 0), is_stated=True),
    "identical twin brother": Relation(Tie.BLOOD, ("brother",), M, Kin(0, Side.OWN, False, 0, 0), Zygosity.MONOZYGOTIC),
    "fraternal twin": Relation(Tie.BLOOD, ("sibling",), U, Kin(1, Side.OWN, False, 1, 1), Zygosity.DIZYGOTIC),
    "biological half-sister": Relation(
        Tie.BLOOD, ("half-sister",), F, Kin(2, Side.UNKNOWN, False, 1, 1), is_stated=True
    ),
    "great-great-nephew": Relation(Tie.BLOOD, ("sibling", "child", "child", "son"), M, Kin(4, Side.OWN, False, 1, 4)),
    "paternal second cousin": Relation(
        Tie.BLOOD, ("father", "parent", "sibling", "child", "child"), U, Kin(5, Side.PATERNAL, False, 3, 3)
    ),
    "half second cousin": Relation(
        Tie.BLOOD, ("parent", "parent", "half-sibling", "child", "child"), U, Kin(6, Side.UNKNOWN, False, 3, 3)
    ),
    "third cousin 3 times removed": Relation(Tie.BLOOD, (), U, Kin(10, Side.UNKNOWN, False, -1, -1)),
    "maternal half second cousin once removed": Relation(Tie.BLOOD, (), U, Kin(7, Side.MATERNAL, False, -1, -1)),
    "first cousin 12 times removed": Relation(Tie.BLOOD, (), U, Kin(15, Side.UNKNOWN, False, -1, -1)),
    "cousin once removed (mother's cousin)": Relation(
        Tie.BLOOD, ("mother", "parent", "sibling", "child"), U, Kin(4, Side.MATERNAL, False, 3, 2)
    ),
    "mother's sister's child (cousin)": Relation(
        Tie.BLOOD, ("mother", "sister", "child"), U, Kin(3, Side.MATERNAL, False, 2, 2)
    ),
    "maternal cousin (uncle's son)": Relation(
        Tie.BLOOD, ("mother", "sibling", "child"), U, Kin(3, Side.MATERNAL, False, 2, 2)
    ),
    "maternal great-aunt (great-aunt)": Relation(
        Tie.BLOOD, ("mother", "parent", "sister"), F, Kin(3, Side.MATERNAL, False, 3, 1)
    ),
    "great-aunt (grandmother's sister on my dad's side)": Relation(
        Tie.BLOOD, ("father", "mother", "sister"), F, Kin(3, Side.PATERNAL, False, 3, 1)
    ),
    "relative (mother's sister)": Relation(Tie.BLOOD, ("mother", "sister"), F, Kin(2, Side.MATERNAL, False, 2, 1)),
    "sister (sibling)": Relation(Tie.BLOOD, ("sister",), F, Kin(1, Side.OWN, False, 1, 1)),
    "sibling (sister)": Relation(Tie.BLOOD, ("sister",), F, Kin(1, Side.OWN, False, 1, 1)),
    "mother's identical twin's son": Relation(
        Tie.BLOOD, ("mother", "sibling", "son"), M, Kin(3, Side.MATERNAL, False, 2, 2)
    ),
    "birth relative": Relation(Tie.BLOOD, (), U, None, is_stated=True),
    "relative": Relation(Tie.BLOOD, (), U, None),
    "relative's daughter": Relation(Tie.BLOOD, (), F, None),
    "self": Relation(Tie.SELF, (), U, None),
    "ex-wife": Relation(Tie.PARTNER, (), F, None),
    "father of my son": Relation(Tie.PARTNER, (), M, None),
    "brothers-in-law": Relation(Tie.IN_LAW, (), M, None),
    "in-law": Relation(Tie.IN_LAW, (), U, None),
    "aunt by marriage": Relation(Tie.IN_LAW, (), F, None),
    "stepgrandson": Relation(Tie.STEP, ("child", "son"), M, None),
    "step cousin": Relation(Tie.STEP, (), U, None),
    "adopted cousin": Relation(Tie.ADOPTIVE, (), U, None),
    "mother's stepfather": Relation(Tie.STEP, (), M, None),
    "adopted daughter": Relation(Tie.ADOPTIVE, ("daughter",), F, None),
    "foster parent": Relation(Tie.FOSTER, ("parent",), U, None),
}


@pytest.mark.parametrize("words", WHOLE)
def test_words_are_understood_whole(words: str) -> None:
    assert parse(words) == WHOLE[words]


PIECES = (
    "mother's", "of", "great", "half", "(", ")", "/", ",", "-", "in law", "on", "side", "dad's", "aunt", "'s",
    "removed",
)  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_text_is_read_without_an_exception(words: str) -> None:
    relation = parse(words)
    assert relation is None or isinstance(relation, Relation)


@given(
    st.sampled_from(sorted(STEPS)),
    st.sampled_from([str, str.upper, str.title]),
    st.sampled_from(["-", " ", "‑", "–", "_"]),
    st.sampled_from(["'", "’", "ʼ", "`"]),
)
def test_case_hyphens_and_apostrophes_do_not_matter(words: str, case: object, hyphen: str, apostrophe: str) -> None:
    assert callable(case)
    varied = case(words).replace("-", hyphen).replace("'", apostrophe).replace("’", apostrophe)
    assert parse(f"  {varied} ") == parse(words)


def test_a_long_chain_is_no_trouble() -> None:
    relation = understood("mother's " * 5000 + "sister")
    assert len(relation.steps) == 5001
    assert relation.kin is not None
    assert relation.kin.degree == 5001


def _role_codes() -> list[tuple[str, str, str]]:
    if not ROLE_CODES.exists():
        return []
    with ROLE_CODES.open(encoding="utf-8", newline="") as lines:
        return [(row["code"], row["display"], row["path"]) for row in csv.DictReader(lines, delimiter="\t")]


def test_every_code_of_the_family_list_is_understood_and_says_what_its_words_say() -> None:
    codes = _role_codes()
    if not codes:
        pytest.skip("the code list is not here")
    assert len(codes) > 100
    for code, display, _ in codes:
        by_code, by_words = understood(code), understood(display)
        assert by_code._replace(is_stated=False) == by_words._replace(is_stated=False), code
        assert parse(code.lower()) == by_code


def test_the_place_of_a_code_in_the_list_fits_how_it_is_understood() -> None:
    codes = _role_codes()
    if not codes:
        pytest.skip("the code list is not here")
    for code, display, path in codes:
        relation = understood(code)
        outside = {
            "STP": Tie.STEP,
            "FOST": Tie.FOSTER,
            "ADOPT": Tie.ADOPTIVE,
            "INLAW": Tie.IN_LAW,
            "GESTM": Tie.GESTATIONAL,
        }
        expected = next(
            (tie for part, tie in outside.items() if part in f"{path}/{code}" and "SPS" not in code), Tie.BLOOD
        )
        if "SIGOTHR" in f"{path}/{code}":
            expected = Tie.PARTNER
        assert relation.tie is expected, (code, display)
        if expected is Tie.BLOOD and "/SIB" in path and relation.kin is not None:
            assert relation.kin.degree == (2 if code.startswith("H") else 0 if code.startswith("I") else 1), code


def test_codes_are_spoken_as_words() -> None:
    assert plain_words("MAUNT") == "maternal aunt"
    assert plain_words(" my aunt ") == "my aunt"


def test_misspelt_relations_get_an_offer_that_is_understood() -> None:
    assert nearest_relations("granmother maternal")
    assert nearest_relations("matrnal ant")[0] == "maternal aunt"
    for offer in nearest_relations("brother", n=50):
        assert parse(offer) is not None
    assert nearest_relations("zzzzzz") == ()


@pytest.mark.parametrize(("stated", "words"), [(True, "biological mother"), (True, "NMTH"), (False, "mother")])
def test_birth_is_heard_where_it_is_stated(stated: bool, words: str) -> None:
    assert understood(words).is_stated is stated


def test_folding_is_idempotent() -> None:
    assert fold(fold("Mother’s  Half–Sister")) == fold("Mother’s  Half–Sister") == "mother's half sister"


def test_going_up_after_going_down_has_no_certain_degree() -> None:
    assert kin_of(("sister", "mother")) is None
    assert kin_of(("daughter", "brother")) is None


def test_an_identical_twin_stands_where_the_other_does() -> None:
    assert understood("identical twin sister").kin == Kin(0, Side.OWN, False, 0, 0)
    assert understood("mother's identical twin sister").kin == Kin(1, Side.MATERNAL, False, 1, 0)
    assert understood("mother's twin sister").kin == Kin(2, Side.MATERNAL, False, 2, 1)


@pytest.mark.parametrize(
    ("words", "number"),
    [("once", 1), ("one time", 1), ("1x", 1), ("1 time", 1), ("twice", 2), ("two times", 2), ("2x", 2), ("2 times", 2),
     ("thrice", 3), ("three times", 3), ("3x", 3), ("99 times", 99)],
)  # fmt: skip
def test_cousins_are_so_often_removed(words: str, number: int) -> None:
    kin = understood(f"first cousin {words} removed").kin
    assert kin is not None
    assert kin.degree == 3 + number


@pytest.mark.parametrize(
    ("words", "grade"),
    [("first", 1), ("1st", 1), ("second", 2), ("2nd", 2), ("third", 3), ("3rd", 3), ("fourth", 4), ("4th", 4)],
)
def test_cousins_are_of_a_grade(words: str, grade: int) -> None:
    assert understood(f"{words} cousin").steps == (*["parent"] * grade, "sibling", *["child"] * grade)


@pytest.mark.parametrize("words", ["first cousin 100 times removed", "first cousin 0 times removed", "fifth cousin"])
def test_other_numbers_are_not_understood(words: str) -> None:
    assert parse(words) is None

"""CanRisk and BOADICEA: five cancers, and nothing of the endocrine organs."""

from __future__ import annotations

import attrs
import pytest
from histories import effort
from hypothesis import given

import menscreen
from menscreen.formats import canrisk
from menscreen.formats.canrisk.columns import CANCERS, GENES, GENES_OF, PATHOLOGY, STRUCTURE
from menscreen.formats.content import Content
from menscreen.laws.changing import in_one_order
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Age, Result, Scope, Sex
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome
from menscreen.strategies import pedigrees


def line(id: str, version: int = 2, **cells: str) -> str:
    genes = GENES_OF[version]
    written = dict.fromkeys((*STRUCTURE, *CANCERS, "Ashkn"), "0") | dict.fromkeys(genes, "0:0")
    written |= {PATHOLOGY: "0:0:0:0:0", "FamID": "F1", "IndivID": id, "Name": id, "Sex": "F"} | cells
    return "\t".join(written[name] for name in (*STRUCTURE, *CANCERS, "Ashkn", *genes, PATHOLOGY))


def header(version: int = 2) -> str:
    return f"##CanRisk {version}.0\n##menarche=12\n##" + "\t".join(
        (*STRUCTURE, *CANCERS, "Ashkn", *GENES_OF[version], PATHOLOGY)
    )


def text(*lines: str, version: int = 2) -> str:
    return "\n".join((header(version), *lines)) + "\n"


FAMILY = text(
    line("kid", Target="1", FathID="dad", MothID="mum", Age="40", Yob="1980"),
    line("dad", Sex="M", Dead="1", Age="61", PAN="60"),
    line("mum", BC1="AU", BC2="55", BRCA1="S:P", BRCA2="T:N"),
)


def read(written: str) -> Pedigree:
    return menscreen.read(written.encode())


def refused(written: str) -> list[str]:
    with pytest.raises(PedigreeError) as error:
        menscreen.read(written.encode(), format="canrisk")
    return [problem.code for problem in error.value.problems]


def test_a_family() -> None:
    family = read(FAMILY)
    kid, dad, mum = family.people
    assert (family.format, family.proband, family.id) == ("canrisk", "kid", "F1")
    assert (kid.age, kid.birth_year, kid.mother, kid.father) == (Age(40, 40), 1980, "mum", "dad")
    assert (dad.deceased, dad.age) == (True, Age(61, 61))
    assert [(one.term, one.age, one.at) for one in dad.findings] == [
        ("pancreatic-tumor", Age(60, 60), "line 5, column 16")
    ]
    assert [(one.term, one.age, one.bilateral) for one in mum.findings] == [
        ("breast-cancer", None, None),
        ("breast-cancer", Age(55, 55), True),
    ]
    assert [(one.gene, one.result, one.scope) for one in mum.tests] == [
        ("BRCA1", Result.PATHOGENIC, Scope.FULL),
        ("BRCA2", Result.NEGATIVE, Scope.FAMILIAL_VARIANT),
    ]


def test_a_zero_says_nothing_of_the_thyroid() -> None:
    family = read(text(line("kid", Target="1", Age="40")))
    assert family.people[0].asked == canrisk.reading.ASKED
    verdict = menscreen.screen(family).results[0]
    assert verdict.outcome is Outcome.CLARIFY
    assert any("breast, ovary, prostate" in limit.why for limit in verdict.limits)


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_versions_have_their_columns(version: int) -> None:
    family = read(text(line("kid", version, Target="1", BRIP1="S:N"), version=version))
    assert [one.gene for one in family.people[0].tests] == ["BRIP1"]
    assert len(line("kid", version).split("\t")) == {1: 26, 2: 27, 3: 27, 4: 28}[version]


def test_hoxb13_tells_how_many_copies() -> None:
    (test,) = read(text(line("kid", 4, Target="1", HOXB13="T:HET"), version=4)).people[0].tests
    assert (test.gene, test.result) == ("HOXB13", Result.PATHOGENIC)


def test_spaces_instead_of_tabs_and_any_case_of_the_names() -> None:
    spaced = FAMILY.replace("\t", "   ")
    assert read(spaced).people == read(FAMILY).people
    shouted = FAMILY.replace(header().splitlines()[2], header().splitlines()[2].upper())
    assert read(shouted).people == read(FAMILY).people


def test_a_file_without_names_of_columns() -> None:
    short = "\n".join(one for one in FAMILY.splitlines() if "FamID" not in one)
    assert [len(one.findings) for one in read(short).people] == [0, 1, 2]


def test_twins_by_mark() -> None:
    family = read(text(line("a", Target="1", MZtwin="1"), line("b", MZtwin="1"), line("c", MZtwin="2")))
    assert [(one.people, one.zygosity) for one in family.twins] == [(("a", "b"), Zygosity.MONOZYGOTIC)]


BOADICEA = {
    1: "FamID Name Target IndivID FathID MothID Sex MZtwin Dead Age Yob 1BrCa 2BrCa OvCa ProCa PanCa Gtest Mutn Ashkn",
    2: "FamID Name Target IndivID FathID MothID Sex MZtwin Dead Age Yob 1BrCa 2BrCa OvCa ProCa PanCa Gtest Mutn Ashkn"
    " ER PR HER2 CK14 CK56",
}


@pytest.mark.parametrize("version", [1, 2])
def test_boadicea_1_and_2_have_one_test_for_two_genes(version: int) -> None:
    row = "F1 n 1 a 0 0 F 0 0 50 1970 AU 0 44 0 0 S 2 0" + (" 0 0 0 0 0" if version == 2 else "")
    family = read(f"BOADICEA import pedigree file format {version}.0\n{BOADICEA[version]}\n{row}\n")
    assert [one.age for one in family.people[0].findings] == [None, Age(44, 44)]
    assert [(one.gene, one.result) for one in family.people[0].tests] == [
        ("BRCA1", Result.NEGATIVE),
        ("BRCA2", Result.PATHOGENIC),
    ]


def test_boadicea_4_has_two_columns_for_a_test() -> None:
    names = BOADICEA[2].replace(
        "Gtest Mutn Ashkn", "Ashkn BRCA1t BRCA1r BRCA2t BRCA2r PALB2t PALB2r ATMt ATMr CHEK2t CHEK2r"
    )
    row = "F1\tn\t1\ta\t0\t0\tF\t0\t0\t50 \t1970\t0\t0\t0\t0\t0\t0\tS\tP\t0\t0\t0\t0\t0\t0\tT\tN\t0\t0\t0\t0\t0"
    family = read(f"BOADICEA import pedigree file format 4.0\n{names}\n{row}\n")
    assert [(one.gene, one.scope) for one in family.people[0].tests] == [
        ("BRCA1", Scope.FULL),
        ("CHEK2", Scope.FAMILIAL_VARIANT),
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (text(line("a", Target="1"), line("b", FamID="F2")), "D016"),
        (text(line("a")), "P014"),
        (text(line("a", Target="1"), line("b", Target="1")), "P014"),
        (text(line("a", Target="1"), "F1\tb\t0"), "D005"),
        (text(line("a", Target="1", Age="old")), "A001"),
        (text(line("a", Target="1", Yob="80")), "A004"),
        (text(line("a", Target="1", Age="40", BC1="41")), "A002"),
        (text(line("a", Target="1"), line("a")), "P001"),
        ("##CanRisk 9.0\n", "D011"),
        ("BOADICEA import pedigree file format 3.0\n", "D011"),
        ("", "D011"),
    ],
)
def test_what_is_impossible_is_an_error(written: str, code: str) -> None:
    assert code in refused(written)


def test_no_id_or_name_reaches_a_message() -> None:
    with pytest.raises(PedigreeError) as error:
        read(text(line("smith", Target="1", Name="Ann", Age="forty", Sex="Q", BRCA1="X:Y"), line("smith"), "F1 jones"))
    assert not any(word in str(error.value) for word in ("smith", "Ann", "forty", "jones", "X:Y"))


@effort(150)
@given(pedigrees())
def test_what_is_written_comes_back_as_what_can_be_carried(family: Pedigree) -> None:
    again = canrisk.read(Content(canrisk.write(family)), strict=True)
    assert {person.asked for person in again.people} == {canrisk.reading.ASKED}
    everything = attrs.evolve(again, people=tuple(attrs.evolve(one, asked=None) for one in again.people))
    assert in_one_order(everything) == in_one_order(canrisk.carried(family))


@effort(60)
@given(pedigrees())
def test_what_is_written_keeps_the_rules_of_canrisk(family: Pedigree) -> None:
    rows = [one.split("\t") for one in canrisk.write(family).decode().splitlines()[2:]]
    ids = [row[3] for row in rows]
    assert len(set(ids)) == len(ids)
    assert all(len(row) == 28 and len(row[3]) <= 7 and len(row[0]) <= 13 for row in rows)
    assert all((row[4] == "0") == (row[5] == "0") for row in rows)
    assert [row[2] for row in rows].count("1") == 1
    tests = [cell for row in rows for cell in row[17 : 17 + len(GENES)]]
    assert set(tests) <= {"0:0", "S:P", "S:N", "T:P", "T:N"}


def test_a_neuroendocrine_tumor_is_not_written_as_pancreatic_cancer() -> None:
    person = menscreen.Person("p1", findings=(menscreen.Finding("pancreatic-net", Age(50, 50)),))
    family = Pedigree((person,), "p1")
    assert canrisk.write(family).decode().splitlines()[2].split("\t")[15] == "0"
    assert any("findings other than cancer" in loss for loss in canrisk.losses(family))


def test_a_parent_recorded_of_one_identical_twin_is_written_of_both() -> None:
    people = (
        menscreen.Person("a", sex=Sex.FEMALE, mother="m", father="f"),
        menscreen.Person("b", sex=Sex.FEMALE, mother="m"),
        menscreen.Person("m", sex=Sex.FEMALE),
        menscreen.Person("f", sex=Sex.MALE),
    )
    family = Pedigree(people, "a", twins=(Twins(("a", "b"), Zygosity.MONOZYGOTIC),))
    again = canrisk.read(Content(canrisk.write(family)), strict=True)
    assert (again.person("b").father, len(again.people)) == ("f", 4)

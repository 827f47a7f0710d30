"""PED and FAM: structure only, so that nobody can be cleared by one."""

from __future__ import annotations

import attrs
import pytest
from histories import effort
from hypothesis import given

import menscreen
from menscreen.formats import ped
from menscreen.formats.content import Content
from menscreen.formats.coverage import reduced
from menscreen.formats.table import FORMATS, recognized
from menscreen.laws.changing import in_one_order
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Sex
from menscreen.problems import PedigreeError
from menscreen.screening.verdict import Outcome
from menscreen.strategies import pedigrees

TRIO = "F1 kid dad mum 2 2\nF1 dad 0 0 1 1\nF1 mum 0 0 2 0\n"


def read(text: str) -> Pedigree:
    return menscreen.read(text.encode())


def codes(family: Pedigree) -> list[str]:
    return [problem.code for problem in family.problems]


def refused(text: str) -> list[str]:
    with pytest.raises(PedigreeError) as error:
        menscreen.read(text.encode(), format="ped")
    return [problem.code for problem in error.value.problems]


def test_a_trio() -> None:
    family = read(TRIO)
    kid = family.person("kid")
    assert (family.format, family.id, family.proband) == ("ped", "F1", "kid")
    assert (kid.mother, kid.father, kid.sex, kid.at) == ("mum", "dad", Sex.FEMALE, "line 1")


def test_a_ped_file_clears_nobody() -> None:
    screening = menscreen.screen(read(TRIO), everyone=True)
    assert {verdict.outcome for verdict in screening.results} == {Outcome.CLARIFY}
    assert any("cannot speak of tumors" in limit.why for limit in screening.results[0].limits)


@pytest.mark.parametrize("coding", ["2 1 0", "1 0 -9", "0 0 0", "1 1 1", "2 2 2", "-9 -9 -9", "NA NA NA", "1.5 2.0 0"])
def test_no_coding_of_affected_says_anything(coding: str) -> None:
    family = read("\n".join(f"{line[:-1]}{mark}" for line, mark in zip(TRIO.splitlines(), coding.split(), strict=True)))
    assert all(not person.findings for person in family.people)
    assert menscreen.screen(family).outcome is Outcome.CLARIFY


def test_affected_people_are_counted_in_a_warning() -> None:
    assert codes(read(TRIO)) == ["P019", "P018"]


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("1", "male"),
        ("2", "female"),
        ("0", "unknown"),
        ("3", "unknown"),
        ("-9", "unknown"),
        ("M", "male"),
        ("F", "female"),
    ],
)
def test_sex_codes(written: str, sex: str) -> None:
    assert read(f"F1 a 0 0 {written} 0").people[0].sex == sex


def test_one_parent_is_enough() -> None:
    family = read("F1 kid 0 mum 1 0\nF1 mum 0 0 2 0\n")
    assert (family.people[0].mother, family.people[0].father) == ("mum", None)


@pytest.mark.parametrize("missing", ["0", ".", "-9", "NA"])
def test_ways_to_write_no_parent(missing: str) -> None:
    person = read(f"F1\tkid\t{missing}\t{missing}\t1\t0\n").people[0]
    assert (person.mother, person.father) == (None, None)


def test_a_parent_without_a_line_is_a_placeholder() -> None:
    family = read("F1 a dad 0 1 0\nF1 b dad 0 2 0\n")
    assert family.person("dad").placeholder
    assert "P002" in codes(family)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("F1 a 0 0 1 0\nF1 a 0 0 2 0\n", "P001"),
        ("F1 a b 0 1 0\nF1 b a 0 1 0\n", "P003"),
        ("F1 a a 0 1 0\n", "P003"),
        ("F1 a b 0 1 0\nF1 b 0 0 2 0\n", "P004"),
        ("F1 a b b 1 0\nF1 b 0 0 0 0\n", "P005"),
        ("F1 a 0 0 1 0\nF2 b 0 0 2 0\n", "D016"),
        ("F1 a 0 0 1 0\nF1 b\n", "D005"),
        ("F1 0 0 0 1 0\n", "D006"),
        ("\n \n", "P014"),
    ],
    ids=["id twice", "cycle", "own father", "wrong sex", "one parent twice", "families", "short", "no id", "nothing"],
)
def test_what_is_impossible_is_an_error(text: str, code: str) -> None:
    assert code in refused(text)


def test_a_header_names_the_columns() -> None:
    family = read("#FamilyID\tSampleID\tMotherID\tFatherID\tSex\tPhenotype\nF1\tkid\tmum\tdad\t2\t2\n")
    assert (family.people[0].mother, family.people[0].father) == ("mum", "dad")


def test_genotypes_are_left_alone() -> None:
    family = read("F1 a 0 0 1 2 " + "A C " * 100_000)
    assert len(family.people) == 1


def test_linkage_after_makeped_marks_the_proband() -> None:
    family = read(
        "1 1 0 0 3 0 0 1 0 1 Ped: X Per: 1\n1 2 0 0 3 0 0 2 0 1 Ped: X Per: 2\n1 3 1 2 0 0 0 2 1 2 Ped: X Per: 3\n"
    )
    assert family.proband == "3"
    assert (family.person("3").father, family.person("3").mother) == ("1", "2")


def test_no_id_reaches_a_message() -> None:
    with pytest.raises(PedigreeError) as error:
        menscreen.read(b"SMITH qann 0 0 1 2\nSMITH qann qbob qeve 2 2\nJONES x y\n", format="ped")
    assert not any(word in str(error.value) for word in ("SMITH", "JONES", "qann", "qbob", "qeve"))


def test_a_table_with_more_columns_is_no_ped() -> None:
    found = recognized(Content(b"id\tfather\tmother\tsex\tfinding\na\t0\t0\t1\tMTC\n"))
    assert found is None or found.id != "ped"


@effort(150)
@given(pedigrees())
def test_what_is_written_comes_back_as_what_can_be_carried(family: Pedigree) -> None:
    again = ped.read(Content(ped.write(family)), strict=True)
    assert all(person.asked == () for person in again.people)
    everything = attrs.evolve(again, people=tuple(attrs.evolve(one, asked=None) for one in again.people))
    assert in_one_order(everything) == in_one_order(reduced(family, FORMATS["ped"].facts))


def test_ids_that_cannot_be_written_are_replaced_and_announced() -> None:
    family = Pedigree((menscreen.Person("a b", mother="0"), menscreen.Person("0")), "a b")
    done = menscreen.convert(family, "ped")
    assert done.content.splitlines()[0].split(b"\t")[1:4] == [b"P1", b"0", b"P2"]
    assert "ids that the format does not allow, which are replaced (2)" in done.losses


def test_that_nobody_is_named_as_the_proband_is_announced() -> None:
    said = "who the proband is: the first person stands for one"
    assert said in menscreen.convert(TRIO.encode(), "ped").losses
    assert said not in menscreen.convert(b"F1 a 0 0 1 0\n", "ped").losses

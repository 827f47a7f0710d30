"""What holds for every format of the table."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from histories import effort
from hypothesis import given, strategies as st
from odd_ids import ids

import menscreen
from menscreen.formats.content import Content
from menscreen.formats.coverage import FACTS, losses_of, reduced
from menscreen.formats.table import FORMATS, recognized
from menscreen.laws import as_recorded, round_trip
from menscreen.laws.changing import in_one_order, renamed
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Age, Finding, Person, Sex, UnplacedRelation
from menscreen.problems import PedigreeError, UsageError
from menscreen.strategies import pedigrees

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
WRITTEN = [one.id for one in FORMATS.values() if one.is_written]


@pytest.mark.parametrize("id", FORMATS)
def test_a_format_lists_facts_that_exist(id: str) -> None:
    assert FORMATS[id].facts <= set(FACTS)


@pytest.mark.parametrize("id", WRITTEN)
def test_what_is_written_comes_back_up_to_the_announced_losses(id: str) -> None:
    format = FORMATS[id]

    @effort(60)
    @given(pedigrees())
    def comes_back(family: Pedigree) -> None:
        content = Content(format.write(family))
        kept = reduced(family, format.facts)
        if format.losses(kept):
            return  # narrower than its facts: the module tests what comes back
        round_trip(lambda _: content.data, lambda data: format.read(Content(data), strict=False), kept, ordered=False)

    comes_back()


@pytest.mark.parametrize("id", WRITTEN)
def test_what_is_written_is_recognized_as_what_it_is(id: str) -> None:
    @effort(15)
    @given(pedigrees())
    def is_recognized(family: Pedigree) -> None:
        found = recognized(Content(FORMATS[id].write(family)))
        assert found is FORMATS[id]

    is_recognized()


@pytest.mark.parametrize("id", WRITTEN)
def test_what_a_format_carries_is_no_loss(id: str) -> None:
    @effort(15)
    @given(pedigrees())
    def is_no_loss(family: Pedigree) -> None:
        kept = reduced(family, FORMATS[id].facts)
        assert losses_of(kept, FORMATS[id].facts) == []
        assert bool(losses_of(family, FORMATS[id].facts)) == (kept != family)

    is_no_loss()


@pytest.mark.parametrize("id", WRITTEN)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_without_losses_gives_the_same_result_in_every_format(id: str, example: Path) -> None:
    family = menscreen.read(example)
    done = menscreen.convert(family, id)
    again = menscreen.read(done.content)
    assert again.format == id
    if done.losses:
        return
    one, other = (menscreen.screen(each, everyone=True).results for each in (family, again))
    by_person = {verdict.person: verdict for verdict in other}
    for verdict in one:
        assert verdict.outcome == by_person[verdict.person].outcome
        assert [flag.rule for flag in verdict.flags] == [flag.rule for flag in by_person[verdict.person].flags]


def test_losses_are_named_before_anything_is_written() -> None:
    family = Pedigree((Person("p1", label="Ann", age=Age(40, 49)),), "p1")
    assert losses_of(family, {"age"}) == ["labels (1)", "ages known as a range (1)"]


# Compressed and hostile content


def test_gzip_is_expanded_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "family.json"
    path.write_bytes(gzip.compress(EXAMPLES[0].read_bytes()))
    assert as_recorded(menscreen.read(path)) == as_recorded(menscreen.read(EXAMPLES[0]))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(b" " * (70 * 2**20)), "D008"),
        (gzip.compress(gzip.compress(b"{}")), "D011"),
        (gzip.compress(b'{"proband": {}}')[:-9], "D001"),
        (b"\x1f\x8bnonsense", "D001"),
        (b"{" + b" " * (64 * 2**20), "D008"),
        (b"x" * (64 * 2**20 + 1), "D008"),
        (b"[" * 100_000, "D008"),
        (b'{"resourceType":' * 1000, "D008"),
        (b"<a/>", "D011"),
        (b"\x00\x01\x02\x03", "D011"),
    ],
    ids=["bomb", "twice", "cut off", "damaged", "large", "one long line", "deep list", "deep FHIR", "XML", "binary"],
)
def test_hostile_content_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(PedigreeError) as refused:
        menscreen.read(content)
    assert refused.value.problems[0].code == code


def test_an_unknown_format_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="write fhir"):
        menscreen.read(b"{}", format="fihr")
    with pytest.raises(UsageError, match="one of menscreen"):
        menscreen.convert(b"{}", "")
    with pytest.raises(UsageError) as refused:
        menscreen.convert({"proband": {}}, "phenotip")
    assert "phenotips" not in str(refused.value)


def test_a_bundle_is_not_what_a_file_of_a_resource_a_line_holds(tmp_path: Path) -> None:
    family = menscreen.read({"proband": {}})
    with pytest.raises(UsageError, match="D011"):
        menscreen.write(family, tmp_path / "family.ndjson")
    menscreen.write(family, tmp_path / "family.fhir.json")
    assert menscreen.read(tmp_path / "family.fhir.json").format == "fhir"


def test_a_native_document_brings_no_other_reader_along() -> None:
    code = f"import sys, menscreen; menscreen.read({str(EXAMPLES[0])!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name for name in done.stdout.split() if name.startswith("menscreen.formats")}
    assert not [name for name in loaded if name.rpartition(".")[2] in ("table", "signs", "coverage", "gathering")]


def test_the_page_on_formats_is_that_of_the_table() -> None:
    from format_page import PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/format_page.py"


# Ids that a format has another meaning for


def a_family_of(ids: list[str]) -> Pedigree:
    """Six people with every kind of tie between them, the parents first."""
    mother, father, me, twin, adoptive, cousin = ids
    return Pedigree(
        (
            Person(mother, sex=Sex.FEMALE, birth_year=1951),
            Person(father, sex=Sex.MALE, birth_year=1952, age=Age(61, 61), deceased=True),
            Person(me, sex=Sex.FEMALE, mother=mother, father=father, birth_year=1983,
                   findings=(Finding("medullary-thyroid-carcinoma", Age(31, 31)),)),
            Person(twin, sex=Sex.FEMALE, mother=mother, father=father, birth_year=1983, adoptive_parents=(adoptive,)),
            Person(adoptive, sex=Sex.FEMALE, birth_year=1955),
            Person(cousin, sex=Sex.MALE, birth_year=1986, relation=UnplacedRelation(me, "cousin")),
        ),
        me,
        twins=(Twins((me, twin), Zygosity.MONOZYGOTIC),),
    )  # fmt: skip


@pytest.mark.parametrize("id", WRITTEN)
def test_no_id_changes_what_is_read_again(id: str) -> None:
    format = FORMATS[id]
    plain = format.read(Content(format.write(a_family_of(["a", "b", "c", "d", "e", "f"]))), strict=True)

    @effort(150)
    @given(st.lists(ids, min_size=6, max_size=6, unique=True))
    def holds(six: list[str]) -> None:
        family = a_family_of(six)
        content = Content(format.write(family))
        assert recognized(content) is format
        again = format.read(content, strict=True)
        assert [one.code for one in again.problems] == [one.code for one in plain.problems]
        names = {new.id: old.id for new, old in zip(again.people, plain.people, strict=True)}
        assert len(names) == len(again.people)
        assert in_one_order(renamed(again, names)) == in_one_order(plain)
        if not any(loss.startswith("ids that the format does not allow") for loss in format.losses(family)):
            assert set(six) <= set(names)

    holds()


@pytest.mark.parametrize("id", WRITTEN)
def test_an_id_of_a_family_comes_back_or_is_announced(id: str) -> None:
    format = FORMATS[id]

    @effort(150)
    @given(ids)
    def holds(name: str) -> None:
        family = Pedigree((Person("a", sex=Sex.FEMALE, mother="b"), Person("b", sex=Sex.FEMALE)), "a", name)
        again = format.read(Content(format.write(family)), strict=True)
        assert again.id == name or any("id of the family" in loss for loss in format.losses(family))

    holds()


def test_an_id_that_means_not_known_in_our_format_is_replaced() -> None:
    family = Pedigree((Person("unknown", mother="?"), Person("?"), Person("me", mother="unknown")), "me")
    again = menscreen.read(menscreen.convert(family, "menscreen").content)
    assert [(person.id, person.mother) for person in again.people] == [("P1", "P2"), ("P2", None), ("me", "P1")]

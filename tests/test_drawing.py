"""What a drawn pedigree shows: the standardized nomenclature, the marks of the answer, and text that stays text."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import menscreen
from menscreen.reports.drawing import svg
from menscreen.reports.drawing.converting import converted
from menscreen.reports.drawing.selection import MOST_PEOPLE
from menscreen.reports.drawing.symbols import PAINTS, STYLE

ROOT = Path(__file__).parents[1]
NAMESPACE = "{http://www.w3.org/2000/svg}"


def family(*people: dict[str, Any], **more: Any) -> menscreen.Pedigree:
    return menscreen.read({"proband": people[0]["id"], "people": list(people), **more})


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def texts(picture: str) -> list[str]:
    return [one.text or "" for one in parsed(picture).iter(f"{NAMESPACE}text")]


def elements(picture: str, name: str, kind: str) -> list[ElementTree.Element]:
    """Elements with this class, the key left out (it has the squares of the patterns)."""
    return [one for one in parsed(picture).iter(NAMESPACE + name) if kind in (one.get("class") or "").split()]


PARENTS = ({"id": "m", "sex": "female"}, {"id": "f", "sex": "male"})


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*.json")), ids=lambda path: path.stem)
def test_every_example_is_drawn_as_well_formed_markup(example: Path) -> None:
    pedigree = menscreen.read(example)
    picture = menscreen.draw(pedigree, menscreen.screen(pedigree))
    root = parsed(picture)
    assert root.get("role") == "img"
    assert [one.tag.removeprefix(NAMESPACE) for one in list(root)[:3]] == ["title", "desc", "style"]
    assert all(one.get("style") is None for one in root.iter())
    assert menscreen.draw(pedigree) == pedigree.svg() == pedigree._repr_svg_() == svg(pedigree)


def test_the_shape_shows_gender_and_sex_at_birth_is_written_where_it_differs() -> None:
    for sex, gender, shape, written in [
        ("female", None, "circle", None),
        ("male", None, "rect", None),
        ("unknown", None, "path", None),
        ("female", "woman", "circle", None),
        ("female", "man", "rect", "AFAB"),
        ("male", "woman", "circle", "AMAB"),
        ("male", "nonbinary", "path", "AMAB"),
        ("unknown", "man", "rect", None),
    ]:
        picture = menscreen.draw(family({"id": "p", "sex": sex, "gender": gender}))
        assert len(elements(picture, shape, "symbol")) == 1
        assert [one for one in texts(picture) if one in ("AFAB", "AMAB")] == ([written] if written else [])


def test_generations_have_roman_numerals_and_people_arabic_ones() -> None:
    shown = texts(menscreen.draw(family({"id": "p", "mother": "m", "father": "f"}, *PARENTS)))
    assert {"I", "II", "I-1", "I-2", "II-1"} <= set(shown)
    assert shown.index("I-1") < shown.index("f") < shown.index("I-2") < shown.index("m")


def test_the_proband_has_an_arrow_with_a_letter_and_the_person_asked_about_one_without() -> None:
    pedigree = family({"id": "p", "mother": "m", "father": "f"}, *PARENTS)
    assert texts(menscreen.draw(pedigree)).count("P") == 1
    assert len(elements(menscreen.draw(pedigree), "path", "solid")) == 1
    asked = menscreen.draw(pedigree, menscreen.screen(pedigree, person="m"))
    assert texts(asked).count("P") == 1
    assert len(elements(asked, "path", "solid")) == 2


def test_ages_and_deaths_are_written() -> None:
    shown = texts(
        menscreen.draw(
            family(
                {"id": "p", "age": 34, "findings": [{"finding": "MTC", "age": [20, 29]}]},
                {"id": "q", "age": 71, "deceased": True},
                {"id": "r", "age": [60, None], "birth_year": 1950},
            )
        )
    )
    assert {"34 y", "d. 71 y", "60+ y", "b. 1950"} <= set(shown)
    assert "carcinoma at\N{NO-BREAK SPACE}20-29" in shown


def test_somebody_deceased_is_struck_through() -> None:
    living = menscreen.draw(family({"id": "p"}))
    dead = menscreen.draw(family({"id": "p", "deceased": True}))
    assert len(elements(dead, "path", "line")) == len(elements(living, "path", "line")) + 1
    assert "slash: deceased (d.)" in texts(dead)


def test_the_slash_stands_out_of_a_frame() -> None:
    dead = {"id": "p", "deceased": True, "findings": [{"finding": "MTC"}]}
    picture = menscreen.draw(family(dead), menscreen.screen(family(dead)))
    frame = elements(picture, "rect", "ring")[0]
    corner = float(frame.get("x") or 0) + float(frame.get("width") or 0)
    slash = next(one.get("d", "") for one in elements(picture, "path", "line") if "L" in one.get("d", ""))
    assert float(slash.split("L")[1].split()[0]) >= corner + 5


def test_twins_and_the_sex_at_birth_are_explained() -> None:
    child = {"mother": "m", "father": "f"}
    people = ({"id": "a", "sex": "female", "gender": "man", **child}, {"id": "b", "sex": "female", **child}, *PARENTS)
    shown = texts(menscreen.draw(family(*people, twins=[{"people": ["a", "b"]}])))
    assert "lines from one point: twins; bar: identical; ?: not known" in shown
    assert "AFAB, AMAB: female, male at birth" in shown
    shown = texts(menscreen.draw(family({"id": "a"}, {"id": "b"})))
    assert not [one for one in shown if "twins" in one or "AFAB" in one]


def test_a_test_is_written_beneath_many_findings() -> None:
    words = (
        "metastatic medullary thyroid carcinoma",
        "bilateral pheochromocytoma",
        "multigland parathyroid hyperplasia",
    )
    person = {
        "id": "p",
        "findings": [{"finding": one, "age": 30} for one in words],
        "tests": [{"gene": "RET", "result": "pathogenic", "variant": "c.1900T>C"}],
    }
    shown = " ".join(texts(menscreen.draw(family(person))))
    assert "RET c.1900T>C pathogenic" in shown
    assert "and more" not in shown
    many = {**person, "findings": [{"finding": f"{one} {at}"} for at in range(9) for one in ("odd", "rare")]}
    assert "and more" in texts(menscreen.draw(family(many)))


def test_each_group_of_findings_has_its_part_and_its_pattern() -> None:
    findings = [{"finding": one} for one in ("primary hyperparathyroidism", "prolactinoma", "insulinoma")]
    picture = menscreen.draw(family({"id": "p", "findings": findings}))
    used = [one.get("fill") for one in parsed(picture).iter(f"{NAMESPACE}path") if one.get("fill")]
    assert len(used) == len(set(used)) == 3
    assert {"parathyroid disease", "pituitary tumor", "neuroendocrine or pancreatic tumor"} <= set(texts(picture))


def test_patterns_differ_without_their_colors() -> None:
    assert len({paint.pattern for paint in PAINTS}) == len(PAINTS)
    assert all("var(" not in rule for rule in STYLE.split("}"))


@pytest.mark.parametrize(("status", "is_filled"), [("present", True), ("absent", False), ("suspected", False)])
def test_only_what_is_there_fills_a_symbol(status: str, is_filled: bool) -> None:
    picture = menscreen.draw(family({"id": "p", "findings": [{"finding": "prolactinoma", "status": status}]}))
    assert ("pituitary tumor" in texts(picture)) is is_filled
    expected = {"present": "prolactinoma", "absent": "no prolactinoma", "suspected": "suspected"}[status]
    assert any(expected in one for one in texts(picture))


def test_an_adopted_child_has_brackets_and_a_dashed_line_to_the_adoptive_parents() -> None:
    child = {"id": "p", "adopted": "in", "adoptive_parents": ["m", "f"]}
    own = {"id": "b", "mother": "m", "father": "f"}
    picture = menscreen.draw(family(child, own, *PARENTS))
    assert len(elements(picture, "path", "dashed")) == 1
    assert any(one.startswith("brackets") for one in texts(picture))
    assert not elements(menscreen.draw(family({**own, "id": "p"}, *PARENTS)), "path", "dashed")


def test_one_person_may_adopt_alone() -> None:
    picture = menscreen.draw(family({"id": "p", "adopted": "in", "adoptive_parents": ["m"]}, PARENTS[0]))
    assert {"I-1", "II-1"} <= set(texts(picture))
    assert not elements(picture, "rect", "faint")
    assert len(elements(picture, "path", "dashed")) >= 1


def test_parents_by_birth_and_by_adoption_are_one_couple_whatever_the_order() -> None:
    child = {"id": "p", "adopted": "in"}
    own = {"id": "b", "mother": "m", "father": "f"}
    pictures = {
        menscreen.draw(family({**child, "adoptive_parents": parents}, own, {"id": "m"}, {"id": "f"}))
        for parents in (["m", "f"], ["f", "m"])
    }
    assert len(pictures) == 1
    assert len(elements(pictures.pop(), "path", "dashed")) == 1


@pytest.mark.parametrize(
    ("zygosity", "lines", "marks"), [("monozygotic", 1, 0), ("dizygotic", 0, 0), ("unknown", 0, 1)]
)
def test_twins_come_from_one_point(zygosity: str, lines: int, marks: int) -> None:
    child = {"sex": "female", "mother": "m", "father": "f"}
    people = ({"id": "a", **child}, {"id": "b", **child}, *PARENTS)
    picture = menscreen.draw(family(*people, twins=[{"people": ["a", "b"], "zygosity": zygosity}]))
    slanted = [
        one.get("d", "").split("L")[0]
        for one in elements(picture, "path", "line")
        if "L" in one.get("d", "") and one.get("d", "").split()[0][1:] != one.get("d", "").split("L")[1].split()[0]
    ]
    assert len({start for start in slanted if slanted.count(start) == 2}) == 1
    alike = menscreen.draw(family(*people, twins=[{"people": ["a", "b"], "zygosity": "dizygotic"}]))
    assert len(elements(picture, "path", "line")) == len(elements(alike, "path", "line")) + lines
    assert texts(picture).count("?") == marks


def test_the_bar_of_identical_twins_among_triplets_lies_on_their_lines() -> None:
    child = {"sex": "female", "mother": "m", "father": "f"}
    people = ({"id": "a", **child}, {"id": "b", **child}, {"id": "c", **child}, *PARENTS)
    sets = [{"people": ["a", "b"], "zygosity": "monozygotic"}, {"people": ["a", "b", "c"], "zygosity": "dizygotic"}]
    lines = [one.get("d", "") for one in elements(menscreen.draw(family(*people, twins=sets)), "path", "line")]
    slanted = [re.findall(r"[\d.]+", one) for one in lines if "L" in one]
    middles = sorted((float(x) + float(to)) / 2 for x, top, to, _ in slanted if top == slanted[0][1])
    flat = [re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", one) for one in lines]
    bars = [(float(one[1]), float(one[2])) for one in flat if one is not None]
    assert any(abs(left - middles[0]) <= 1 and abs(right - middles[1]) <= 1 for left, right in bars)


def test_brackets_stand_outside_of_a_frame_and_touch_nothing() -> None:
    found = {"adopted": "out", "mother": "m", "father": "f", "findings": [{"finding": "MTC"}]}
    people = family(*({"id": one, **found} for one in "abc"), {"id": "d", "mother": "m", "father": "f"}, *PARENTS)
    picture = menscreen.draw(people, menscreen.screen(people, person="d"))
    frames = [float(one.get("x") or 0) for one in elements(picture, "rect", "ring")]
    width = float(elements(picture, "rect", "ring")[0].get("width") or 0)
    brackets = [one.get("d", "") for one in elements(picture, "path", "line") if one.get("d", "").count("M") == 2]
    ends = [[float(x) for x in re.findall(r"[MH]([\d.]+)", one)] for one in brackets]
    assert len(frames) == len(ends) == 3
    for left, xs in zip(frames, ends, strict=True):
        assert sorted(xs)[2] <= left - 3
        assert left + width + 3 <= sorted(xs)[3]
    for xs, following in pairwise(ends):
        assert max(xs) + 4 < min(following)


def test_cousins_who_marry_have_a_double_line() -> None:
    people = [
        {"id": "p", "mother": "c", "father": "d"},
        {"id": "c", "sex": "female", "mother": "a"},
        {"id": "d", "sex": "male", "mother": "b"},
        {"id": "a", "sex": "female", "mother": "m", "father": "f"},
        {"id": "b", "sex": "female", "mother": "m", "father": "f"},
    ]
    assert "double line: related by blood" in texts(menscreen.draw(family(*people, *PARENTS)))
    apart = [*people[:3], {"id": "a", "sex": "female"}, {"id": "b", "sex": "female"}]
    assert "double line: related by blood" not in texts(menscreen.draw(family(*apart)))


def test_an_uncle_who_marries_his_niece_is_drawn_again_with_a_reference() -> None:
    people = [
        {"id": "p", "mother": "niece", "father": "uncle"},
        {"id": "niece", "sex": "female", "mother": "sister"},
        {"id": "sister", "sex": "female", "mother": "m", "father": "f"},
        {"id": "uncle", "sex": "male", "mother": "m", "father": "f"},
    ]
    shown = texts(menscreen.draw(family(*people, *PARENTS)))
    number = shown[shown.index("uncle") - 1]
    assert f"= {number}" in shown
    assert shown.count("uncle") == 1


def test_a_parent_whom_nobody_recorded_is_dotted_and_has_no_number() -> None:
    picture = menscreen.draw(family({"id": "p", "mother": "m"}, {"id": "m", "sex": "female"}))
    assert len(elements(picture, "rect", "faint")) == 1
    assert "I-2" not in texts(picture)


def test_an_unknown_history_is_a_question_mark() -> None:
    assert "?" in texts(menscreen.draw(family({"id": "p", "history": "unknown"})))
    assert "?" not in texts(menscreen.draw(family({"id": "p"})))


def test_carriers_and_true_negatives_are_told() -> None:
    found = {"gene": "RET", "result": "pathogenic", "variant": "c.1900T>C"}
    people = [
        {"id": "p", "mother": "m", "father": "f", "tests": [found]},
        {"id": "b", "mother": "m", "father": "f", "tests": [{**found, "result": "negative", "scope": "full"}]},
        {"id": "m", "sex": "female", "mother": "g"},
        {"id": "f", "sex": "male"},
        {"id": "g", "sex": "female", "tests": [found]},
    ]
    shown = texts(menscreen.draw(family(*people)))
    assert "RET true negative" in shown
    assert "RET obligate carrier" in " ".join(shown)
    assert "line in the middle: carries the variant, no finding" in shown


def test_the_identical_twin_of_a_tested_carrier_is_a_carrier() -> None:
    found = {"gene": "RET", "result": "pathogenic", "variant": "c.1900T>C"}
    people = [{"id": "p", "sex": "female"}, {"id": "t", "sex": "female", "tests": [found]}]
    twins = [{"people": ["p", "t"], "zygosity": "monozygotic"}]
    assert "obligate carrier" not in " ".join(texts(menscreen.draw(family(*people, twins=twins))))


def test_somebody_known_by_words_only_stands_apart_with_the_words() -> None:
    pedigree = family(
        {"id": "p", "mother": "m"}, {"id": "m", "sex": "female"}, {"id": "x", "relation": {"to": "p", "as": "aunt"}}
    )
    shown = texts(menscreen.draw(pedigree))
    assert "aunt of II-1" in shown
    assert shown[shown.index("x") - 1].startswith("I-")


def test_the_facts_that_the_answer_rests_on_are_marked() -> None:
    pedigree = family(
        {"id": "p", "mother": "m", "father": "f"},
        {**PARENTS[0], "findings": [{"finding": "MTC", "age": 40}, {"finding": "goiter"}]},
        PARENTS[1],
    )
    picture = menscreen.draw(pedigree, menscreen.screen(pedigree))
    assert len(elements(picture, "rect", "ring")) == 1
    strong = " ".join(one.text or "" for one in elements(picture, "text", "strong"))
    assert strong == "medullary thyroid carcinoma at\N{NO-BREAK SPACE}40"
    assert "framed, bold: what the answer rests on" in texts(picture)
    assert not elements(menscreen.draw(pedigree), "rect", "ring")


def test_where_nothing_is_met_what_the_questions_are_about_is_marked() -> None:
    pedigree = family({"id": "p", "findings": [{"site": "thyroid", "age": 40}]})
    picture = menscreen.draw(pedigree, menscreen.screen(pedigree))
    assert "framed, bold: what a question is about" in texts(picture)
    assert elements(picture, "text", "strong")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a&b", '"><svg onload="x">', "]]>", "\x00\x1b[2J\u202e"])
def test_text_stays_text(text: str) -> None:
    pedigree = family({"id": f"p{text}", "label": f"x{text}", "findings": [{"finding": f"odd {text}"}]})
    picture = menscreen.draw(pedigree, title=text or "t")
    root = parsed(picture)
    assert {one.tag.removeprefix(NAMESPACE) for one in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "circle", "path", "text", "g", "defs", "pattern",
    }  # fmt: skip
    assert not [one for one in root.iter() for name in one.keys() if name.startswith("on")]  # noqa: SIM118
    assert all(one.isprintable() or one == "\n" for one in picture)


def test_labels_are_shown_and_ids_where_there_are_none() -> None:
    shown = texts(menscreen.draw(family({"id": "p", "label": "Ana"}, {"id": "q"})))
    assert {"Ana", "q"} <= set(shown)
    assert "p" not in shown


def test_a_large_family_is_cut_to_the_relatives_that_matter_and_says_so() -> None:
    line = [{"id": f"p{at}", "sex": "female", "mother": f"p{at + 1}"} for at in range(40)]
    others = [{"id": f"c{at}", "mother": "p3"} for at in range(90)]
    carrier = {"id": "far", "sex": "female", "mother": "p12", "findings": [{"finding": "MTC", "age": 30}]}
    pedigree = family(*line, {"id": "p40", "sex": "female"}, *others, carrier)
    picture = menscreen.draw(pedigree, menscreen.screen(pedigree, person="p12"))
    assert "far" in texts(picture)
    assert "p0" in texts(picture)
    left_out = len(pedigree.people) - MOST_PEOPLE
    assert f"{left_out} more people of the family are not drawn" in texts(picture)
    assert f"{left_out} more people are not drawn." in (parsed(picture)[1].text or "")


def test_a_very_long_line_of_descent_is_drawn_quickly() -> None:
    people = [{"id": f"p{at}", "sex": "female", "mother": f"p{at + 1}"} for at in range(20_000)]
    assert menscreen.draw(family(*people, {"id": "p20000", "sex": "female"}))


@pytest.mark.clock
def test_drawing_a_family_of_twenty_takes_at_most_ten_milliseconds() -> None:
    people: list[dict[str, Any]] = [{"id": "p0", "sex": "female"}, {"id": "p1", "sex": "male"}]
    for at in range(2, 20, 2):
        parents = {"mother": f"p{(at - 2) // 4 * 2}", "father": f"p{(at - 2) // 4 * 2 + 1}"}
        finding = {"findings": [{"finding": "MTC", "age": 30}, {"finding": "pheochromocytoma"}]}
        people += [{"id": f"p{at}", "sex": "female", **parents, **finding}, {"id": f"p{at + 1}", "sex": "male"}]
    pedigree = family(*people)
    screening = menscreen.screen(pedigree)
    menscreen.draw(pedigree, screening)
    times = []
    for _ in range(20):
        start = time.process_time()
        menscreen.draw(pedigree, screening)
        times.append(time.process_time() - start)
    assert min(times) <= 0.010


def test_the_style_is_one_text_so_that_a_page_can_allow_it_by_its_digest() -> None:
    pictures = [menscreen.draw(family({"id": "p"})), menscreen.draw(family({"id": "q", "deceased": True}))]
    for picture in pictures:
        assert [one.text for one in parsed(picture).iter(f"{NAMESPACE}style")] == [STYLE]
    assert "prefers-color-scheme:dark" in STYLE


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "menscreen", *words], capture_output=True, text=True, cwd=ROOT)


def test_the_command_draws_what_the_function_does(tmp_path: Path) -> None:
    example, out = "examples/men1-three-generations.json", tmp_path / "family.svg"
    pedigree = menscreen.read(ROOT / example)
    assert run("draw", example, "-o", str(out)).returncode == 0
    assert out.read_text() == menscreen.draw(pedigree, menscreen.screen(pedigree))
    plain = run("draw", example, "--plain", "--title", "One <family>")
    assert plain.stdout == menscreen.draw(pedigree, title="One <family>")
    other = run("draw", example, "--person", "p2", "--profile", "everything")
    assert other.stdout == menscreen.draw(pedigree, menscreen.screen(pedigree, person="p2", profile="everything"))


@pytest.mark.parametrize(
    "words", ["draw nowhere.json", "draw nowhere.json --plain", "draw examples/adoptee.json --person x"]
)
def test_what_cannot_be_drawn_is_a_problem_and_nothing_is_written(words: str, tmp_path: Path) -> None:
    done = run(*words.split(), "-o", str(tmp_path / "out.svg"))
    assert done.returncode == 2
    assert "fix:" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("ending", "start"), [(".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_other_formats_are_converted_where_the_converter_is_installed(ending: str, start: bytes) -> None:
    pytest.importorskip("cairosvg", reason="menscreen[pictures] is not installed")
    assert converted(menscreen.draw(family({"id": "p"})), ending).startswith(start)


def test_without_the_converter_the_problem_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(menscreen.UsageError) as caught:
        converted(menscreen.draw(family({"id": "p"})), ".png")
    assert "menscreen[pictures]" in caught.value.problems[0].fix

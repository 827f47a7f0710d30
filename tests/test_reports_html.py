"""The HTML page and the Markdown page: what they tell, in which order, and that the input stays text."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from handmade import flag, screening, verdict
from test_reports_examples import EXAMPLES, everybody
from test_reports_text import FORBIDDEN, flat

import menscreen
from menscreen import cli
from menscreen.reports.html import write_html
from menscreen.reports.layout import harmless
from menscreen.reports.markdown import write_markdown
from menscreen.reports.text import write_text
from menscreen.screening.verdict import Cascade, Citation, Concerned, Outcome, Urgency

#: What a browser needs no end tag for.
_VOID = {"meta", "br", "rect", "path", "circle", "line", "use"}
_HOSTILE = "<script>alert(1)</script>\"'&amp;<img src=x onerror=alert(2)>]]>\x1b\u202e"


class Page(HTMLParser):
    """The elements of a page, its text, and whether every element is closed by its own end."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.styles: list[str] = []
        self.titles: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.styles.append(data)
        else:
            self.words.append(data)
            if {"h1", "h2", "h3"} & set(self._open):
                self.titles.append(data)

    def attributes(self, name: str) -> list[str]:
        return [value for _, found in self.elements if (value := found.get(name)) is not None]

    @property
    def text(self) -> str:
        return flat(" ".join(self.words))


def of_example(path: Path, *, everyone: bool = False) -> menscreen.Screening:
    return menscreen.screen(menscreen.read(path), everyone=everyone)


def test_the_outcome_is_the_first_heading_and_the_sections_have_their_order() -> None:
    one = attrs.evolve(
        screening(), cascade=(Cascade("RET", (Concerned("p1", "self", 1, "untested", "1/2"),), ("Test by 5.",)),)
    )
    titles = [title.strip() for title in Page(write_html(one)).titles if title.strip()]
    lead = ["MEN:", "\u25c6", "consider", "An evaluation of the person screened (p1) for MEN1 can be considered."]
    assert titles[:4] == lead
    sections = [
        "Please note",
        "Why",
        "What points elsewhere",
        "What to ask",
        "Guidelines side by side",
        "Every finding accounted for",
        "Limits",
        "Relatives and the known RET variant",
        "Problems in the input",
        "Sources",
        "Provenance",
    ]
    assert titles[4:] == sections
    assert re.findall(r"^## (.*)$", write_markdown(one), re.MULTILINE) == sections


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_is_a_word_and_a_shape(outcome: Outcome) -> None:
    page = write_html(screening(verdict(outcome=outcome)))
    shapes = re.findall(rf'<span aria-hidden="true">([^<]+)</span> {outcome}</b>', page)
    assert len(set(shapes)) == 1
    others = set(re.findall(r'<span aria-hidden="true">([^<]+)</span> (\S+)</b>', page))
    assert len({shape for shape, _ in others}) == len(others)


@everybody
@pytest.mark.parametrize("everyone", [False, True], ids=["one", "everyone"])
def test_a_page_tells_what_the_result_holds(path: Path, everyone: bool) -> None:
    result = of_example(path, everyone=everyone)
    page = Page(write_html(result)).text
    plain = flat(re.sub(r"\\([^\w\s])", r"\1", write_markdown(result)))
    for told in (page, plain):
        for one in result.results:
            for raised in (*one.flags, *one.also):
                assert flat(raised.statement) in told
                assert raised.citation.guideline in told
                assert raised.citation.locator in told
                assert all(flat(action) in told for action in raised.actions)
            assert all(flat(question.ask) in told for question in one.questions)
            assert all(flat(notice.text) in told for notice in one.notices)
            assert all(flat(limit.why) in told for limit in one.limits)
            assert all(row.id in told for row in one.guidelines)
            assert all(each.role != "set-aside" or f"set aside: {flat(each.why)}" in told for each in one.accounted)
        for used in (*result.rulebooks, result.pedigree):
            assert used.digest.removeprefix("sha256:")[:12] in told
        assert "Relatives and the known" in told or not result.cascade


@everybody
@pytest.mark.parametrize("everyone", [False, True], ids=["one", "everyone"])
def test_a_page_says_nothing_that_is_forbidden(path: Path, everyone: bool) -> None:
    result = of_example(path, everyone=everyone)
    source = re.sub(r'<section class="sources".*?</section>', "", write_html(result), flags=re.DOTALL)
    assert not FORBIDDEN.search(Page(source).text)
    assert not FORBIDDEN.search(re.sub(r"\n## Sources.*?(?=\n## )", "", write_markdown(result), flags=re.DOTALL))


@everybody
def test_actions_and_notices_are_told_once(path: Path) -> None:
    result = of_example(path, everyone=True)
    page = Page(write_html(result)).text
    actions = {action for one in result.results for raised in (*one.flags, *one.also) for action in raised.actions}
    notices = {notice.text for one in result.results for notice in one.notices}
    whole = [text for text in actions | notices if sum(flat(text) in flat(other) for other in actions | notices) == 1]
    assert [text for text in whole if page.count(flat(text)) != 1] == []


@everybody
@pytest.mark.parametrize("everyone", [False, True], ids=["one", "everyone"])
def test_the_policy_of_the_page_allows_its_styles_and_nothing_else(path: Path, everyone: bool) -> None:
    page = Page(write_html(of_example(path, everyone=everyone)))
    policy = next(found["content"] for tag, found in page.elements if tag == "meta" and "http-equiv" in found)
    hashes = [f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" for style in page.styles]
    assert len(hashes) == 2
    assert policy == f"default-src 'none'; style-src {' '.join(hashes)}; base-uri 'none'; form-action 'none'"
    assert not {"script", "img", "link", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    assert not [
        name for _, found in page.elements for name in found if name.startswith("on") or name in ("style", "src")
    ]
    assert all(address.startswith(("https://", "#")) for address in page.attributes("href"))
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in page.attributes("href") if address[0] == "#"} <= set(ids)
    assert set(page.attributes("aria-labelledby")) <= set(ids)


def test_the_same_family_gives_the_same_bytes() -> None:
    once, again = (write_html(of_example(EXAMPLES[1])) for _ in range(2))
    assert once == again


def hostile_family() -> dict[str, object]:
    finding = {"finding": _HOSTILE, "note": _HOSTILE, "text": _HOSTILE, "stage": _HOSTILE, "grade": _HOSTILE}
    return {
        "id": _HOSTILE,
        "proband": f"a{_HOSTILE}",
        "people": [
            {
                "id": f"a{_HOSTILE}",
                "label": _HOSTILE,
                "sex": "female",
                "mother": f"b{_HOSTILE}",
                "findings": [finding, {"finding": "MTC", "age": 30, "sstr": _HOSTILE, "note": _HOSTILE}],
                "tests": [{"gene": "RET", "result": "pathogenic", "variant": _HOSTILE}],
            },
            {"id": f"b{_HOSTILE}", "label": f"b{_HOSTILE}", "sex": "female", "findings": [{"site": "thyroid"}]},
            {"id": f"c{_HOSTILE}", "relation": {"to": f"a{_HOSTILE}", "as": "aunt"}, "history": "unknown"},
        ],
    }


def hostile_screening() -> menscreen.Screening:
    return menscreen.screen(menscreen.read(hostile_family()), everyone=True)


def handmade_hostile_screening() -> menscreen.Screening:
    cited = Citation(_HOSTILE, _HOSTILE, 2024, _HOSTILE, f"javascript:{_HOSTILE}", _HOSTILE)
    raised = flag(statement=_HOSTILE, relation=_HOSTILE, rule=_HOSTILE, finding=_HOSTILE, citation=cited)
    return screening(verdict(flags=(raised,), urgency=Urgency.URGENT), id=_HOSTILE)


@pytest.mark.parametrize("made", [hostile_screening, handmade_hostile_screening])
def test_what_looks_like_markup_in_the_input_stays_text(made: object) -> None:
    source = write_html(made())  # type: ignore[operator]
    page = Page(source)
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert flat(harmless(_HOSTILE)) in page.text
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert all(address.startswith(("https://", "#")) for address in page.attributes("href"))


@pytest.mark.parametrize("made", [hostile_screening, handmade_hostile_screening])
def test_what_looks_like_markup_in_the_input_stays_text_in_markdown(made: object) -> None:
    markdown = pytest.importorskip("markdown_it")
    page = Page(markdown.MarkdownIt("commonmark").enable("table").render(write_markdown(made())))  # type: ignore[operator]
    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert "<script>alert(1)</script>" in page.text
    assert all(address.startswith("https://") for address in page.attributes("href"))


@pytest.mark.parametrize("id", ["- p1", "1. p1", "# p1", "*p1*", "a | b", "[p1](x)", "`p1`", "p_1_", "a\n\nb", "$x$"])
def test_an_id_that_is_markdown_stays_text(id: str) -> None:
    markdown = pytest.importorskip("markdown_it")
    made = markdown.MarkdownIt("commonmark").enable("table").render(write_markdown(screening(id=id)))
    assert f"<h1>{flat(harmless(id))}</h1>" in made


def test_labels_stand_on_the_page_and_in_no_other_report() -> None:
    people = [
        {"id": "p1", "label": "Ada", "mother": "p2", "findings": [{"finding": "MTC", "age": 30}]},
        {"id": "p2", "label": "Bea", "sex": "female", "findings": [{"finding": "MTC"}]},
        {"id": "p3", "label": "Bea", "mother": "p2", "sex": "female", "findings": [{"finding": "goiter"}]},
    ]
    made = menscreen.screen(menscreen.read({"proband": "p1", "people": people}))
    page = Page(write_html(made)).text
    assert "person screened (Ada)" in page
    assert "Mother (Bea, p2)" in page
    assert "(Bea, p3)" in page
    assert "Ada" not in write_markdown(made)


def test_a_result_without_its_family_has_no_picture() -> None:
    assert "<svg" not in write_html(screening())
    assert write_html(of_example(EXAMPLES[0])).count("<svg") == 1
    assert write_html(of_example(EXAMPLES[0], everyone=True)).count("<svg") == 1


def test_the_family_is_no_part_of_what_is_equal() -> None:
    made = of_example(EXAMPLES[0])
    assert made.family is not None
    assert attrs.evolve(made, family=None) == made
    assert "family=" not in repr(attrs.evolve(screening(), family=made.family))


@pytest.mark.parametrize("write", [write_html, write_markdown, write_text])
def test_whom_to_test_first_is_called_by_the_relation_even_when_nothing_else_is_said_of_them(write: object) -> None:
    path = next(path for path in EXAMPLES if path.stem == "men2a-cousins")
    assert "evaluate the maternal uncle (p4) first" in write(of_example(path)).replace("\n", " ")  # type: ignore[operator]


def test_a_statement_whose_test_was_made_shows_no_outcome_of_its_own() -> None:
    page = write_html(screening(verdict(flags=(flag(done=True),), outcome=Outcome.NOT_INDICATED, also=())))
    part = page[page.index("Already tested") : page.index("What to ask")]
    assert 'class="outcome' not in part
    assert "already tested, so it asks for nothing more" in part


def test_relations_of_the_cascade_are_those_to_the_proband_when_a_relative_is_screened() -> None:
    path = next(path for path in EXAMPLES if path.stem == "men2a-cousins")
    mother = menscreen.screen(menscreen.read(path), person="p2")
    for told in (Page(write_html(mother)).text, write_text(mother)):
        assert "Proband (p1)" in told
        assert "Relations are those to the proband." in told
    assert "Relations are those to" not in Page(write_html(of_example(path))).text


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<!DOCTYPE"), ("a.HTM", b"<!DOCTYPE"), ("a.md", b"# ")])
def test_the_ending_of_the_name_chooses_the_page(name: str, start: bytes, tmp_path: Path) -> None:
    menscreen.write(of_example(EXAMPLES[0]), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def status(*words: str) -> int:
    with pytest.raises(SystemExit) as exit:
        cli.run(words)
    return int(exit.value.code or 0)


def test_the_command_writes_the_page_that_the_ending_asks_for(tmp_path: Path) -> None:
    for name in ("report.html", "report.md"):
        assert status("screen", str(EXAMPLES[0]), "-o", str(tmp_path / name)) == 0
        menscreen.write(of_example(EXAMPLES[0]), tmp_path / f"library-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"library-{name}").read_bytes()


def test_several_families_are_one_document_in_markdown_and_none_in_html(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = [str(EXAMPLES[0]), str(EXAMPLES[1])]
    assert status("screen", *files, "--format", "markdown") == 0
    parts = capfd.readouterr().out.split("\n---\n\n")
    assert [part.splitlines()[0] for part in parts] == [f"# example-{path.stem}" for path in EXAMPLES[:2]]
    assert status("screen", *files, "-o", str(tmp_path / "a.html")) == 2
    assert "one family" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.clock
def test_a_page_takes_at_most_40_milliseconds() -> None:
    def seconds(path: Path) -> float:
        made = of_example(path)
        start = time.process_time()
        write_html(made)
        return time.process_time() - start

    write_html(of_example(EXAMPLES[0]))
    assert max(min(seconds(path) for _ in range(5)) for path in EXAMPLES) < 0.04

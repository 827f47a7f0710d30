"""The HTML page in a real browser: it renders without complaint, fits a phone and paper, and reads well aloud.

``python tests/browser.py`` installs what these tests need; without it they are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import AXE, Browser, executable, pages
from population import population
from test_reports_examples import EXAMPLES
from test_reports_html import hostile_screening

import menscreen

pytestmark = pytest.mark.skipif(
    executable() is None or not AXE.exists(), reason="no Chromium or no axe-core here: python tests/browser.py"
)
A4 = (595, 842)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    made = Browser()
    yield made
    made.close()


@pytest.fixture(
    scope="module", params=[*EXAMPLES, "everyone", "hostile", "summary"], ids=lambda one: getattr(one, "stem", one)
)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an example, of everybody in the largest, of a family full of markup, and the summary of a batch."""
    if request.param == "summary":
        folder = tmp_path_factory.mktemp("page")
        (folder / "in").write_bytes(b"\n".join([*population(500), b"{"]))
        menscreen.batch(folder / "in", folder / "out", summary=folder / "summary.html", workers=2)
        return folder / "summary.html"
    if request.param == "hostile":
        made = hostile_screening()
    elif request.param == "everyone":
        largest = max(EXAMPLES, key=lambda path: path.stat().st_size)
        made = menscreen.screen(menscreen.read(largest), everyone=True)
    else:
        made = menscreen.screen(menscreen.read(request.param))
    target = tmp_path_factory.mktemp("page") / f"{getattr(request.param, 'stem', request.param)}.html"
    menscreen.write(made, target)
    return target


def test_nothing_complains_and_nothing_is_fetched(browser: Browser, page: Path) -> None:
    browser.open(page)
    assert browser.complaints() == []
    assert browser.requests() == [page.as_uri()]
    assert browser.value("document.querySelectorAll('script, img').length") == 0
    assert browser.value("getComputedStyle(document.querySelector('main')).display") == "block"
    element, side = ("td", "Bottom") if page.stem == "summary" else (".lead", "Left")
    assert browser.value(f"getComputedStyle(document.querySelector('{element}')).border{side}Style") == "solid"


@pytest.mark.parametrize("width", [360, 768])
def test_nothing_scrolls_sideways(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width)
    room = browser.value("document.documentElement.clientWidth")
    assert width - 20 < room <= width
    assert browser.value("document.documentElement.scrollWidth") <= room
    too_wide = (
        "[...document.querySelectorAll('main *')].filter(one => !one.closest('.picture, .wide')"
        f" && one.getBoundingClientRect().right > {room}).map(one => one.outerHTML.slice(0, 200))"
    )
    assert browser.value(too_wide) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(browser: Browser, page: Path, width: int, scheme: str) -> None:
    browser.open(page, width, scheme=scheme)
    assert browser.violations() == []


def test_axe_would_find_a_violation(browser: Browser, page: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(page.read_text().replace('lang="en"', "", 1))
    browser.open(broken)
    assert any(one.startswith("html-has-lang") for one in browser.violations())


def test_the_dark_page_is_dark_and_the_printed_one_is_not(browser: Browser, page: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    browser.open(page, scheme="dark")
    assert browser.value(background) == "rgb(20, 23, 27)"
    browser.open(page, media="print", scheme="dark")
    assert browser.value(background) == "rgb(255, 255, 255)"


def test_an_example_prints_to_at_most_three_pages_of_a4(browser: Browser, page: Path) -> None:
    browser.open(page, media="print")
    printed = pages(browser.pdf())
    assert printed
    assert {(round(width), round(height)) for width, height in printed} == {A4}
    assert len(printed) <= 3 or page.stem in ("everyone", "hostile")


def test_a_wide_pedigree_is_printed_across_a_page_of_its_own(browser: Browser, tmp_path: Path) -> None:
    child = {"mother": "m", "father": "f", "findings": [{"finding": "MTC", "age": 30}]}
    parents = [{"id": "m", "sex": "female"}, {"id": "f", "sex": "male"}]
    family = menscreen.read({"proband": "c0", "people": [*parents, *({"id": f"c{at}", **child} for at in range(20))]})
    target = tmp_path / "wide.html"
    menscreen.write(menscreen.screen(family), target)
    browser.open(target, media="print")
    sizes = [(round(width), round(height)) for width, height in pages(browser.pdf())]
    assert sizes.count(A4[::-1]) == 1
    assert sizes[0] == A4


def test_a_script_in_a_page_would_not_run(browser: Browser, page: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(page.read_text().replace("<main>", "<main><script>document.title = 'run'</script>", 1))
    browser.open(broken)
    assert browser.value("document.title") != "run"
    assert browser.complaints()

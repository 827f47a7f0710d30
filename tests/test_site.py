"""The documentation site: it builds offline without a warning, and its pages are whole and good to read in a browser.

Needs the extra `docs`; the tests in the browser also need what ``python tests/browser.py`` installs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from browser import AXE, Browser, executable

import menscreen

pytest.importorskip("sphinx", reason="menscreen[docs] is not installed")
ROOT = Path(__file__).parents[1]
#: Pages of every kind: text, code, wide tables, docstrings, a picture, one from outside docs/.
PAGES = ("docs/index", "docs/tutorial", "docs/names", "docs/formats", "docs/rulebooks/eta-2012", "CHANGELOG")
in_a_browser = pytest.mark.skipif(
    executable() is None or not AXE.exists(), reason="no Chromium or no axe-core here: python tests/browser.py"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as the README says."""
    command = re.search(r"&& sphinx-build (.*?) site`", (ROOT / "README.md").read_text())
    assert command
    target = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "sphinx", *command[1].split(), "-q", "-d", str(target / ".doctrees"), str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    made = Browser()
    yield made
    made.close()


class Loaded(HTMLParser):
    """The addresses that a page loads by itself."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            is_loaded = name in ("src", "srcset", "data", "poster") or (name == "href" and tag == "link")
            if is_loaded and value and dict(attrs).get("rel") not in ("next", "prev", "search", "index"):
                self.addresses.append(value)


def test_every_page_of_the_repository_is_in_the_site(site: Path) -> None:
    sources = [path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md")]
    for source in [*sources, Path("CHANGELOG.md"), Path("examples/README.md")]:
        assert (site / source.with_suffix(".html")).exists(), source
    assert "docs/index.html" in (site / "index.html").read_text()


def test_the_navigation_has_the_pages_in_the_order_of_the_first_page(site: Path) -> None:
    listed = re.findall(r"^- \[.*?\]\((.*?)\.md\)", (ROOT / "docs/index.md").read_text(), re.MULTILINE)
    assert len(listed) == len(set(listed)) > 20
    drawer = (site / "docs/index.html").read_text().split('class="sidebar-tree"')[1].split("</aside>")[0]
    assert re.findall(r'class="toctree-l1.*?href="(.*?)\.html"', drawer) == listed


def test_every_public_name_is_documented(site: Path) -> None:
    page = (site / "docs/names.html").read_text()
    names = set(menscreen.__all__) - {"__version__"}
    assert {name for name in names if f'id="menscreen.{name}"' not in page} <= set(menscreen._ROOMS)
    assert {"module-menscreen.rules", "module-menscreen.vocabulary"} <= set(re.findall(r'id="(module-[^"]+)"', page))


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        outside = [one for one in Loaded(page).addresses if re.match(r"\w+:|//", one)]
        assert not outside, page
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", page.read_text()), page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", sheet.read_text()), sheet


@in_a_browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_good_to_read(browser: Browser, site: Path, page: str, width: int, scheme: str) -> None:
    browser.open(site / f"{page}.html", width, scheme=scheme)
    assert browser.complaints() == []
    assert [one for one in browser.requests() if not one.startswith(("file:", "data:"))] == []
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.violations() == []

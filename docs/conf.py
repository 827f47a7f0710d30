"""The documentation site; the README says how to build it.

The pages are plain Markdown that reads well without a site. What only a site has is made here: the navigation, from the
links of docs/index.md, and the docstrings, where docs/names.md has a line for each name.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

import menscreen

project = "menscreen"
version = release = menscreen.__version__
copyright = author = "The menscreen maintainers"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
include_patterns = ["docs/**.md", "examples/README.md", "CHANGELOG.md"]
exclude_patterns = [".*", "site", "tests"]
root_doc = "docs/index"
nitpicky = True
#: Types of other packages, and those inside the house that a public name speaks of, have no page here.
nitpick_ignore_regex = [
    ("py:.*", r"(?!menscreen\.).*"),
    ("py:.*", r"menscreen\.screening\.(answers|boundaries|standing)\..*"),
]
default_role = "code"
napoleon_use_ivar = True
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
myst_heading_anchors = 3
html_theme = "furo"
html_title = "menscreen"
html_extra_path = ["site"]
html_show_copyright = False
html_copy_source = False

_CONTENTS = "\n```{{toctree}}\n:hidden:\n{options}\n{pages}\n```\n"
#: Values that are public by themselves stand among the values, not in their module again.
_OPTIONS = {
    "Words": ":undoc-members:",
    "Modules": f":exclude-members: {', '.join(name for name in menscreen.__all__ if name[0].isupper())}",
}
_DIRECTIVES = {"Functions": "autofunction", "Errors": "autoexception", "Modules": "automodule"}

#: What the theme leaves out for people who read aloud or by keyboard.
_AIDS = """
document.addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll("[role=heading]")) one.setAttribute("aria-level", "2");
  for (const one of document.querySelectorAll("pre, .table-wrapper"))
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
  document.querySelector(".sidebar-drawer").setAttribute("aria-label", "Pages");
});
"""


def _complete(app: Sphinx, page: str, source: list[str]) -> None:
    """Add to a page what only a site has."""
    if page == root_doc:
        source[0] += "".join(map(_navigation, source[0].split("\n## ")[1:]))
    elif page == "docs/names":
        source[0] = re.sub(r"\n## (\w+)\n\n\|.*?\n(?=\n|$)", _docstrings, source[0], flags=re.DOTALL)
    elif any(Path(app.srcdir, page).glob("*.md")):
        source[0] += _CONTENTS.format(options=":glob:", pages=f"/{page}/*")


def _navigation(section: str) -> str:
    """The pages that a section of the first page links to."""
    pages = "\n".join(re.findall(r"^- \[.*?\]\((.*?)\.md\)", section, re.MULTILINE))
    return _CONTENTS.format(options=f":caption: {section.splitlines()[0]}", pages=pages)


def _docstrings(section: re.Match[str]) -> str:
    """The documentation of the names in a table."""
    directive = _DIRECTIVES.get(section[1], "autoclass")
    names = re.findall(r"^\| `([\w.]+)`", section[0], re.MULTILINE)
    option = _OPTIONS.get(section[1], "")
    told = "\n".join(f".. {directive}:: menscreen.{name}\n   {option}\n" for name in names)
    return f"\n## {section[1]}\n\n```{{eval-rst}}\n{told}\n```\n"


def setup(app: Sphinx) -> None:
    """Tell Sphinx."""
    app.connect("source-read", _complete)
    app.add_js_file(None, body=_AIDS)

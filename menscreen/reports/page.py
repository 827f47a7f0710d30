"""What all pages share: the head with its security policy, the style, and the one way for text to come in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from menscreen.reports.layout import harmless
from menscreen.screening.verdict import Outcome

#: A shape beside each outcome, so that it is never told by color alone.
_SHAPES = {
    Outcome.WARRANTED: "&#9650;",
    Outcome.CONSIDER: "&#9670;",
    Outcome.CLARIFY: "?",
    Outcome.NOT_INDICATED: "&#9675;",
}


def head(title: str, inner: Iterable[str] = (), style: str = "") -> Iterator[str]:
    """The lines of a page up to its body.

    Args:
        title: as text.
        inner: styles that stand inside the body and are allowed too.
        style: what is added to the style of all pages.
    """
    own = _style() + style
    hashes = " ".join(
        dict.fromkeys(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in (own, *inner))
    )
    policy = f"default-src 'none'; style-src {hashes}; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{own}</style>"
    yield "</head>"
    yield "<body>"


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text("utf-8")


def badge(outcome: Outcome) -> str:
    """An outcome with its shape and color."""
    return f'<b class="outcome {outcome}"><span aria-hidden="true">{_SHAPES[outcome]}</span> {outcome}</b>'


def text(text: str) -> str:
    """The text as text: no markup, no control characters, nothing that turns the order of what follows."""
    return escape(harmless(text))

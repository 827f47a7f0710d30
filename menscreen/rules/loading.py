"""Find and load rulebooks: the shipped ones, compiled when the package is built, and files of one's own.

The sources in ``menscreen/rulebooks`` are the truth. ``compiled.msgpack`` beside them holds what a screening needs of
them, without examples and readings; it is used only when it was made from exactly these sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from menscreen.problems import Problem, RulebookError, Severity
from menscreen.rules.rulebook import Rulebook, rulebook

FOLDER = Path(__file__).parent.parent / "rulebooks"
COMPILED = FOLDER / "compiled.msgpack"
#: Files of the folder that are no rulebooks.
OTHERS = frozenset({"profiles.toml", "safety.toml"})
LARGEST = 2_000_000


class Compiled(msgspec.Struct, frozen=True):
    """The sources of the shipped rulebooks as plain data; `checksum` names the sources."""

    checksum: str
    documents: dict[str, tuple[str, dict[str, object]]]
    others: dict[str, dict[str, object]]


def shipped() -> tuple[str, ...]:
    """The ids of all rulebooks of the package, in alphabetical order."""
    return tuple(sorted(_compiled().documents))


@cache
def shipped_rulebook(id: str) -> Rulebook:
    """A rulebook of the package by its id, as a screening needs it (examples and readings left out)."""
    documents = _compiled().documents
    if id not in documents:
        from difflib import get_close_matches

        near = get_close_matches(id, documents, 1, 0.3)
        raise RulebookError(
            [
                Problem(
                    code="R010",
                    severity=Severity.ERROR,
                    where="",
                    found="an unknown rulebook",
                    needed="the id of a shipped rulebook, or a path that ends in .toml",
                    fix=f"write {near[0]} (menscreen rules list shows all)" if near else "see menscreen rules list",
                )
            ]
        )
    digest, document = documents[id]
    return rulebook(document, digest)


def full_rulebook(id: str) -> Rulebook:
    """A rulebook of the package with its examples and readings."""
    shipped_rulebook(id)
    return _read(FOLDER / f"{id}.toml")


def load(source: str | Path) -> Rulebook:
    """Load a rulebook by its id, or from a path that ends in ``.toml``.

    Raises:
        RulebookError: with every problem of the file and its place.
    """
    if isinstance(source, Path) or source.endswith(".toml"):
        return _read(Path(source))
    return shipped_rulebook(source)


def check(path: Path) -> list[Problem]:
    """Every problem of a rulebook file, examples that do not give their answer among them."""
    from menscreen.rules.examples import failing

    try:
        book = _read(path)
    except RulebookError as error:
        return list(error.problems)
    return failing(book)


def default_rulebooks() -> tuple[Rulebook, ...]:
    """The rulebooks that run when none is named, with their reasons in ``profiles.toml``."""
    return tuple(map(shipped_rulebook, profile("default")))


def profile(name: str) -> dict[str, str]:
    """The rulebooks of a profile and why each runs."""
    profiles = msgspec.convert(_compiled().others["profiles.toml"]["profiles"], dict[str, _Profile])
    return {member.id: member.because for member in profiles[name].rulebooks}


def safety() -> Mapping[str, object]:
    """The document of notices and urgencies."""
    return _compiled().others["safety.toml"]


class _Member(msgspec.Struct, frozen=True):
    id: str
    because: str


class _Profile(msgspec.Struct, frozen=True):
    rulebooks: tuple[_Member, ...]


def _read(path: Path) -> Rulebook:
    from menscreen.rules.checking import parse, problems_in

    text = _bytes(path)
    document = parse(text, path.name)
    problems = problems_in(document, path.name)
    if problems:
        raise RulebookError(problems)
    return rulebook(document, _digest(text))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise RulebookError([_unreadable(path, f"a file that cannot be read ({error.strerror})")]) from None
    if len(text) > LARGEST:
        raise RulebookError([_unreadable(path, f"more than {LARGEST} bytes", "R012")])
    return text


def _unreadable(path: Path, found: str, code: str = "R001") -> Problem:
    return Problem(code, Severity.ERROR, path.name, found, "a rulebook as a TOML file", "name another file")


def _digest(text: bytes) -> str:
    from hashlib import sha256

    return "sha256:" + sha256(text).hexdigest()


def _sources() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}


def _checksum(sources: Mapping[str, bytes]) -> str:
    from zlib import crc32

    value = 0
    for name, text in sources.items():
        value = crc32(text, crc32(name.encode(), value))
    return f"{value:08x}-{sum(map(len, sources.values()))}"


@cache
def _compiled() -> Compiled:
    sources = _sources()
    try:
        compiled = msgspec.msgpack.decode(COMPILED.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        compiled = None
    if compiled is None or compiled.checksum != _checksum(sources):
        compiled = _compile(sources)
    return compiled


def _compile(sources: Mapping[str, bytes]) -> Compiled:
    import tomllib

    documents: dict[str, tuple[str, dict[str, object]]] = {}
    others: dict[str, dict[str, object]] = {}
    for name, text in sources.items():
        document = tomllib.loads(text.decode())
        if name in OTHERS:
            others[name] = document
            continue
        for rule in document.get("rules", ()):
            rule.pop("examples", None)
            rule.pop("readings", None)
        documents[name.removesuffix(".toml")] = _digest(text), document
    return Compiled(_checksum(sources), documents, others)


def compile_rulebooks() -> bytes:
    """The bytes of ``compiled.msgpack`` for the sources as they are; called when the package is built."""
    return msgspec.msgpack.encode(_compile(_sources()))

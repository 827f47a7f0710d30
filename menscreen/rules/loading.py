"""Find and load rulebooks: the shipped ones, compiled when the package is built, and files of one's own.

The sources in ``menscreen/rulebooks`` are the truth. ``compiled.msgpack`` beside them holds what a screening needs of
them, without examples and readings; each part is used only when it was made from its source as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from menscreen.digest import digest_of
from menscreen.problems import Problem, RulebookError, Severity
from menscreen.rules.rulebook import Rulebook, RulebookTable, made, rulebook

FOLDER = Path(__file__).parent.parent / "rulebooks"
COMPILED = FOLDER / "compiled.msgpack"
#: Files of the folder that are no rulebooks.
OTHERS = frozenset({"profiles.toml", "safety.toml"})
LARGEST = 2_000_000


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """The sources of the folder as plain data, each with the checksum of its source and still to be decoded.

    Rulebooks have their digest beside them.
    """

    rulebooks: dict[str, tuple[int, str, msgspec.Raw]]
    others: dict[str, tuple[int, msgspec.Raw]]


def shipped() -> tuple[str, ...]:
    """The ids of all rulebooks of the package, in alphabetical order."""
    names = os.listdir(FOLDER)
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml") and name not in OTHERS))


@cache
def shipped_rulebook(id: str) -> Rulebook:
    """A rulebook of the package by its id, as a screening needs it (examples and readings left out)."""
    name = f"{id}.toml"
    if not id.replace("-", "").isalnum() or name in OTHERS:
        raise _no_rulebook(id)
    try:
        with open(os.path.join(FOLDER, name), "rb", 0) as file:
            source = file.readall()
    except OSError:
        raise _no_rulebook(id) from None
    known = _compiled().rulebooks.get(id)
    if known is not None and known[0] == crc32(source):
        return made(msgspec.msgpack.decode(known[2], type=RulebookTable), known[1])
    return rulebook(_lean(source), digest_of(source))


def _no_rulebook(id: str) -> RulebookError:
    needed = "the id of a shipped rulebook, or a path that ends in .toml"
    return RulebookError([_unknown(id, shipped(), "an unknown rulebook", needed, "menscreen rules list")])


def _unknown(name: str, known: Iterable[str], found: str, needed: str, list_of: str, where: str = "") -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(name, tuple(known), cutoff=0.3)
    fix = f"write {near[0]} ({list_of} shows all)" if near else f"see {list_of}"
    return Problem("R010", Severity.ERROR, where, found, needed, fix)


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


def rulebooks_of(name: str, *, drafts: bool = False) -> tuple[Rulebook, ...]:
    """The rulebooks of a profile, with the statements of each that run in it; its drafts only on demand."""
    return tuple(map(_in_profile, _members(name, drafts=drafts)))


def _in_profile(member: _Member) -> Rulebook:
    book = shipped_rulebook(member.id)
    if not member.only:
        return book
    return msgspec.structs.replace(book, rules=tuple(rule for rule in book.rules if rule.id in member.only))


def is_in_part(book: Rulebook) -> bool:
    """Only some statements of a shipped rulebook are in it, as a profile can say."""
    if book.id not in _known_ids():
        return False
    whole = shipped_rulebook(book.id)
    return whole.digest == book.digest and len(book.rules) < len(whole.rules)


@cache
def _known_ids() -> frozenset[str]:
    return frozenset(shipped())


def profiles() -> dict[str, str]:
    """The names of all profiles, with what each is for."""
    return {name: written.says for name, written in _profiles().items()}


def profile(name: str, *, drafts: bool = False) -> dict[str, str]:
    """The rulebooks of a profile and why each runs; its drafts only on demand.

    Raises:
        RulebookError: when there is no such profile.
    """
    return {member.id: member.because for member in _members(name, drafts=drafts)}


def _members(name: str, *, drafts: bool) -> tuple[_Member, ...]:
    known = _profiles()
    if name not in known:
        raise RulebookError(
            [_unknown(name, known, "an unknown profile", "one of " + ", ".join(known), "docs/rulebooks.md", "profile")]
        )
    written = known[name]
    if written.all_because is not None:
        of = {id: shipped_rulebook(id).guideline.status for id in shipped()}
        return tuple(_Member(id, written.all_because) for id, status in of.items() if drafts or status != "draft")
    return written.rulebooks + (written.drafts if drafts else ())


def safety() -> Mapping[str, object]:
    """The document of notices and urgencies."""
    return _other("safety.toml")


class _Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rulebook of a profile; `only` names the statements that run in it, all of them when it is empty."""

    id: str
    because: str
    only: tuple[str, ...] = ()


class _Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    says: str
    rulebooks: tuple[_Member, ...] = ()
    drafts: tuple[_Member, ...] = ()
    #: why every shipped rulebook is a member
    all_because: str | None = None


@cache
def _profiles() -> dict[str, _Profile]:
    return msgspec.convert(_other("profiles.toml")["profiles"], dict[str, _Profile])


def _read(path: Path) -> Rulebook:
    from menscreen.rules.checking import parse, problems_in

    text = _bytes(path)
    document = parse(text, path.name)
    problems = problems_in(document, path.name)
    if problems:
        raise RulebookError(problems)
    return rulebook(document, digest_of(text))


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


@cache
def _compiled() -> Compiled:
    try:
        return msgspec.msgpack.decode(COMPILED.read_bytes(), type=Compiled)
    except (OSError, msgspec.DecodeError):
        return Compiled({}, {})


@cache
def _other(name: str) -> dict[str, Any]:
    source = (FOLDER / name).read_bytes()
    known = _compiled().others.get(name)
    if known is not None and known[0] == crc32(source):
        document: dict[str, Any] = msgspec.msgpack.decode(known[1])
        return document
    return _document(source)


def _document(source: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(source.decode())


def _lean(source: bytes) -> dict[str, Any]:
    """What a screening needs of a rulebook."""
    document = _document(source)
    document.pop("left_out", None)
    for rule in document.get("rules", ()):
        rule.pop("examples", None)
        rule.pop("readings", None)
    return document


def compile_rulebooks() -> bytes:
    """The bytes of ``compiled.msgpack`` for the sources as they are; called when the package is built."""
    sources = {path.name: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}
    others = {name: (crc32(text), _raw(_document(text))) for name, text in sources.items() if name in OTHERS}
    rulebooks = {
        name.removesuffix(".toml"): (crc32(text), digest_of(text), _raw(_lean(text)))
        for name, text in sources.items()
        if name not in OTHERS
    }
    return msgspec.msgpack.encode(Compiled(rulebooks, others))


def _raw(document: object) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(document))

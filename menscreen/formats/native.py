"""Read the native format `menscreen-pedigree/1`: JSON bytes, or a mapping of the same shape.

A document in order is decoded into the strict structs of `menscreen.formats.wire` at once. Any other goes a second way,
through `menscreen.formats.diagnosis`, which finds every problem with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

import attrs
import msgspec

from menscreen.digest import digest_of
from menscreen.formats import wire
from menscreen.formats.recording import FAMILY_HISTORY, Recorder
from menscreen.formats.values import known_text
from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins
from menscreen.pedigree.person import Person
from menscreen.pedigree.validation import MOST_PEOPLE, problems_of, too_many_people
from menscreen.problems import PedigreeError, Problem, Severity

_BOM = b"\xef\xbb\xbf"


def read_native(
    data: bytes | Mapping[str, Any],
    *,
    strict: bool = False,
    name: str = "",
    otherwise: Callable[[bytes | Mapping[str, Any], bool], Pedigree | None] | None = None,
) -> Pedigree:
    """Read a family from JSON bytes (UTF-8, with or without a byte order mark) or from a mapping.

    Args:
        data: the document.
        strict: words that the vocabulary does not know are errors.
        name: put before the place of every problem, such as the name of the file.
        otherwise: asked to read (strictly or not) what is no document in order, before its problems are looked for.

    Raises:
        PedigreeError: with every problem of the document, warnings too.

    >>> family = read_native(b'{"proband": {"age": 34, "findings": [{"finding": "MTC", "age": 31}]}}')
    >>> family.people[0].findings[0].term
    'medullary-thyroid-carcinoma'
    """
    found: list[Problem] = []
    written = data.removeprefix(_BOM) if isinstance(data, bytes) else data
    document = _decoded(written) if isinstance(written, bytes) else _converted(written)
    if document is None:
        other = otherwise(data, strict) if otherwise is not None else None
        if other is not None:
            return other
        from menscreen.formats.diagnosis import diagnose

        document, found = diagnose(written)
    family = None
    if document is not None:
        digest = "" if found else digest_of(data if isinstance(data, bytes) else msgspec.json.encode(document))
        family = _family(document, digest, found, strict)
    if name:
        found = [attrs.evolve(problem, where=f"{name}: {problem.where}") for problem in found]
    if family is None or (found and any(problem.severity is Severity.ERROR for problem in found)):
        raise PedigreeError(sorted(found, key=lambda problem: problem.severity is not Severity.ERROR))
    return attrs.evolve(family, problems=tuple(found)) if found else family


class _WithOtherKeys(wire.Document, forbid_unknown_fields=False):
    """A document that may have other keys at the top."""


class _Decoders(NamedTuple):
    strict: msgspec.json.Decoder[wire.Document]
    with_other_keys: msgspec.json.Decoder[_WithOtherKeys]
    top: msgspec.json.Decoder[dict[str, msgspec.Raw]]


@cache
def _decoders() -> _Decoders:
    return _Decoders(*map(msgspec.json.Decoder, (wire.Document, _WithOtherKeys, dict[str, msgspec.Raw])))


def _decoded(data: bytes) -> wire.Document | None:
    """The document, or None when it must be diagnosed.

    A key that stands twice is lost in decoding, and its colon with it: the colons that come back tell.
    """
    if b"\\" in data and b"\\u003" in data:
        return None
    if b'"x-' in data:
        return _decoded_without_x(data)
    try:
        decoded = _decoders().strict.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return decoded if _colons(decoded) == data.count(b":") else None


def _decoded_without_x(data: bytes) -> wire.Document | None:
    """The document without the keys that begin with `x-`: at the top, where they mostly stand, or wherever they are."""
    decoders = _decoders()
    try:
        decoded = decoders.with_other_keys.decode(data)
        ignored = {key: value for key, value in decoders.top.decode(data).items() if key.startswith("x-")}
        return decoded if _colons((decoded, ignored)) == data.count(b":") else None
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    try:
        document = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None
    return _converted(document) if _colons(document) == data.count(b":") else None


def _colons(decoded: Any) -> int:
    return msgspec.json.encode(decoded).count(b":")


def _converted(document: Any) -> wire.Document | None:
    try:
        converted = msgspec.convert(_without_x(document), wire.Document)
        msgspec.json.encode(converted)  # text with half a character is diagnosed, as in bytes
        return converted
    except (msgspec.MsgspecError, RecursionError, TypeError, ValueError):
        return None


def _without_x(value: Any, depth: int = 8) -> Any:
    """The document without the keys that begin with `x-`; nothing of the format lies deeper than `depth`."""
    if depth and isinstance(value, dict):
        return {
            key: _without_x(inner, depth - 1)
            for key, inner in value.items()
            if not (isinstance(key, str) and key.startswith("x-"))
        }
    if isinstance(value, (set, frozenset)):
        raise TypeError("a set has no order")
    if depth and isinstance(value, (list, tuple)):
        return [_without_x(inner, depth - 1) for inner in value]
    return value


def _family(document: wire.Document, digest: str, found: list[Problem], strict: bool) -> Pedigree | None:
    """The family, adding to `found` what is wrong with the values and with the structure."""
    recorder = Recorder(strict)
    short = type(document.proband) is wire.Recorded
    _check_form(document, recorder)
    family = (_short_form if short else _full_form)(document, digest, recorder)
    is_whole = not any(map(_breaks_structure, (*found, *recorder.problems)))
    if recorder.problems:
        reported = {problem.where for problem in found}
        found += [problem for problem in recorder.problems if not _follows_from(reported, problem)]
    if is_whole:
        found += problems_of(family)
    return family


#: Problems that a part brings which is missing only because it was refused.
_PARTS = {"F013": ("finding", "site", "histology", "code", "text"), "T001": ("gene",), "T005": ("result",)}


def _follows_from(reported: set[str], problem: Problem) -> bool:
    parts = _PARTS.get(problem.code, ())
    return problem.where in reported or any(f"{problem.where}.{part}" in reported for part in parts)


def _breaks_structure(problem: Problem) -> bool:
    """Whether people or ids are missing because of this problem, so that complaints about the tree would mislead."""
    return problem.severity is Severity.ERROR and (
        problem.code in ("D006", "D007", "P014") or (problem.code == "D005" and "." not in problem.where)
    )


def _check_form(document: wire.Document, recorder: Recorder) -> None:
    people, relatives = isinstance(document.people, list), isinstance(document.relatives, list)
    short = type(document.proband) is wire.Recorded
    if people and relatives:
        recorder.complain(
            "D007",
            "relatives",
            "`people` and `relatives` in one document",
            "one of them",
            "keep `people` with `mother` and `father`, or `relatives` with `relation`",
        )
    elif short and people:
        recorder.complain(
            "D005", "proband", "a person", "an id of `people`", "move this person to `people` and write the id here"
        )
    elif not short and known_text(document.proband) is None:
        recorder.complain(
            "P014",
            "proband",
            "nobody",
            "the id of a person, or a person with `relatives`",
            "say about whom the family is asked",
        )
    elif not short and relatives:
        recorder.complain(
            "D005", "proband", "an id", "a person beside `relatives`", 'write the person, such as `{"sex": "female"}`'
        )
    elif not short and not people:
        recorder.complain("D006", "people", "a document without people", "a list of `people`", "add the people")


def _history(document: wire.Document, has_relatives: bool) -> FamilyHistory:
    said: FamilyHistory | None = FAMILY_HISTORY[document.family_history]
    return said or (FamilyHistory.ASKED if has_relatives else FamilyHistory.NOT_ASKED)


def _twins(document: wire.Document, recorder: Recorder) -> tuple[Twins, ...]:
    entries = document.twins if isinstance(document.twins, list) else []
    return tuple(recorder.twins(entry) for entry in entries if type(entry) is wire.Twins)


def _full_form(document: wire.Document, digest: str, recorder: Recorder) -> Pedigree:
    people: list[Person] = []
    for number, entry in enumerate(document.people if isinstance(document.people, list) else []):
        if type(entry) is wire.Person:
            people.append(recorder.person(entry, f"people[{number}]"))
        elif entry is not wire.REFUSED:
            people.append(recorder.person(wire.Person(), f"people[{number}]"))
    return Pedigree(
        tuple(people),
        known_text(document.proband) or "",
        known_text(document.id),
        _twins(document, recorder),
        _history(document, len(people) > 1),
        "menscreen",
        digest,
    )


def _short_form(document: wire.Document, digest: str, recorder: Recorder) -> Pedigree:
    from menscreen.pedigree.builder import Relative, build

    assert type(document.proband) is wire.Recorded
    proband = recorder.recorded(document.proband, known_text(document.proband.id) or "", "proband")
    relatives: list[Relative] = []
    number_of_people = 1
    for number, entry in enumerate(document.relatives if isinstance(document.relatives, list) else []):
        at = f"relatives[{number}]"
        if entry is wire.REFUSED:
            continue
        record = entry if type(entry) is wire.Relative else wire.Relative()
        count = recorder.count(record.count, f"{at}.count")
        number_of_people += count
        if number_of_people > MOST_PEOPLE:
            recorder.problems.append(too_many_people())
            relatives.clear()
            break
        if count:
            words = recorder.relation_words(record.relation, at)
            person = recorder.recorded(record, known_text(record.id) or "", at)
            relatives.append(Relative(words, person, count, at))
    family, problems = build(
        proband,
        relatives,
        id=known_text(document.id),
        family_history=_history(document, bool(relatives)),
        digest=digest,
        taking=True,
    )
    recorder.problems += problems
    twins = _twins(document, recorder)
    return attrs.evolve(family, twins=family.twins + twins) if twins else family

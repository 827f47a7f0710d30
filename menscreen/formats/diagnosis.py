"""Find every problem in the shape of a document, each with its place: the second look at what did not decode at once.

What the document should look like is read off the structs of `menscreen.formats.wire`, so that there is one
description. What is in order is kept, so that its values can be checked as well.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from msgspec import inspect

from menscreen.formats import wire
from menscreen.problems import Problem, Severity, of_length

#: No more problems than this are listed of one document.
MOST_PROBLEMS = 1000

#: What people write for a value. The nearest spelling would mislead: a "woman" is no male, and "VUS" not benign.
_OTHER_WORDS = {
    "f": "female",
    "girl": "female",
    "woman": "female",
    "boy": "male",
    "m": "male",
    "man": "male",
    "confirmed": "present",
    "yes": "present",
    "denied": "absent",
    "excluded": "absent",
    "no": "absent",
    "possible": "suspected",
    "probable": "suspected",
    "questionable": "suspected",
    "abnormal": "positive",
    "detected": "positive",
    "mutation": "positive",
    "normal": "negative",
    "not detected": "negative",
    "wild type": "negative",
    "wild-type": "negative",
    "variant of uncertain significance": "uncertain",
    "vus": "uncertain",
    "blood": "germline",
    "constitutional": "germline",
    "tumor": "somatic",
    "tumour": "somatic",
    "familial": "familial-variant",
    "site-specific": "familial-variant",
    "targeted": "familial-variant",
    "full gene": "full",
    "panel": "full",
    "identical": "monozygotic",
    "mz": "monozygotic",
    "dz": "dizygotic",
    "fraternal": "dizygotic",
}
#: Keys of other programs, and what they are called here.
_OTHER_NAMES = {
    "children": "people",
    "condition": "finding",
    "conditions": "findings",
    "dad": "father",
    "date_of_birth": "birth_year",
    "dead": "deceased",
    "diagnoses": "findings",
    "diagnosis": "finding",
    "disease": "finding",
    "dob": "birth_year",
    "individuals": "people",
    "age_at_diagnosis": "age",
    "age_of_onset": "age",
    "members": "people",
    "mom": "mother",
    "morphology": "histology",
    "mum": "mother",
    "mutation": "variant",
    "name": "label",
    "onset": "age",
    "organ": "site",
    "relationship": "relation",
    "size": "size_mm",
}
_KEY_CODES = {"age": "A001", "birth_year": "A004", "size_mm": "F021", "schema": "D009"}


class _Enough(Exception):
    """There are more problems than anybody reads."""


class _Doubled(dict[str, Any]):
    """An object of JSON in which keys stand twice."""

    twice: tuple[str, ...] = ()


class _Shape(NamedTuple):
    """What may stand at a place."""

    text: bool
    words: tuple[str, ...]
    flag: bool
    number: bool
    item: inspect.Type | None
    struct: inspect.StructType | None


def diagnose(data: bytes | Mapping[str, Any]) -> tuple[wire.Document | None, list[Problem]]:
    """Look at a document closely: what of it can be used (None: nothing), and what is wrong with its shape."""
    if isinstance(data, bytes):
        document, problem = _parsed(data)
        if problem is not None:
            return None, [problem]
    else:
        document = data
    if not isinstance(document, Mapping):
        return None, [
            _error(
                "D002",
                "document",
                _kind(document),
                "an object with `proband`, and `people` or `relatives`",
                'begin with `{"proband": ...`',
            )
        ]
    diagnosis = _Diagnosis()
    try:
        usable = diagnosis.struct(document, _struct_type(), "")
    except _Enough:
        return None, diagnosis.problems
    return usable, diagnosis.problems


def _error(code: str, where: str, found: str, needed: str, fix: str) -> Problem:
    return Problem(code, Severity.ERROR, where, found, needed, fix)


def _parsed(data: bytes) -> tuple[Any, Problem | None]:
    needed = "a pedigree in JSON"
    if not data.strip():
        return None, _error("D001", "document", "nothing", needed, "give a document that is not empty")
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object), None
    except UnicodeDecodeError as error:
        found = "text in UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "bytes that are not UTF-8"
        return None, _error("D001", f"byte {error.start + 1}", found, "text in UTF-8", "save the file as UTF-8")
    except json.JSONDecodeError as error:
        return None, _error(
            "D001",
            f"line {error.lineno}, column {error.colno}",
            f"text that is not JSON ({error.msg[0].lower()}{error.msg[1:]})",
            needed,
            "look for a comma, quotation mark or bracket that is missing or too much there",
        )
    except RecursionError:
        return None, _error(
            "D008",
            "document",
            "lists or objects within each other, too deep to read",
            "the few levels of a pedigree",
            "check the program that wrote the document",
        )
    except ValueError:
        return None, _error("D001", "document", "a number with thousands of digits", needed, "correct the number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    doubled = _Doubled(value)
    doubled.twice = tuple(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return doubled


@cache
def _struct_type() -> inspect.StructType:
    shape = inspect.type_info(wire.Document)
    assert isinstance(shape, inspect.StructType)
    return shape


def _shape(type_: inspect.Type) -> _Shape:
    text = flag = number = False
    words: list[str] = []
    item: inspect.Type | None = None
    struct: inspect.StructType | None = None
    for kind in _alternatives(type_):
        match kind:
            case inspect.StrType():
                text = True
            case inspect.BoolType():
                flag = True
            case inspect.IntType() | inspect.FloatType():
                number = True
            case inspect.LiteralType(values):
                words += [str(value) for value in values if value not in wire.NOT_KNOWN]
            case inspect.ListType():
                item = kind.item_type
            case inspect.StructType():
                struct = kind
    return _Shape(text, tuple(words), flag, number, item, struct)


def _alternatives(type_: inspect.Type) -> Iterable[inspect.Type]:
    if isinstance(type_, inspect.Metadata):
        type_ = type_.type
    if isinstance(type_, inspect.UnionType):
        for kind in type_.types:
            yield from _alternatives(kind)
    else:
        yield type_


class _Diagnosis:
    """A walk over a document that collects problems. It goes no deeper than the format does."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._shapes: dict[int, _Shape] = {}

    def report(self, code: str, where: str, found: str, needed: str, fix: str) -> None:
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(
                _error("D013", "document", "more problems than these", "fewer", "mend these, then read it again")
            )
            raise _Enough
        self.problems.append(_error(code, where, found, needed, fix))

    def struct(self, value: Mapping[Any, Any], type_: inspect.StructType, place: str) -> Any:
        """The struct that can be made of the keys that are in order."""
        fields = {field.encode_name: field for field in type_.fields}
        for key in getattr(value, "twice", ()):
            self._twice(key, fields, place)
        usable: dict[str, Any] = {}
        for number, (key, inner) in enumerate(value.items(), start=1):
            if isinstance(key, str) and key.startswith("x-"):
                continue
            if key not in fields:
                self._unknown_key(key, number, list(fields), place)
                continue
            field = fields[key]
            cleaned = self.value(inner, field.type, f"{place}.{key}" if place else key)
            if cleaned is not wire.REFUSED:
                usable[field.name] = cleaned
        return type_.cls(**usable)

    def value(self, value: Any, type_: inspect.Type, place: str) -> Any:
        """The value as the wire has it, or `REFUSED` after a report."""
        shape = self._shapes.get(id(type_))
        if shape is None:
            shape = self._shapes[id(type_)] = _shape(type_)
        if value is None or (isinstance(value, str) and value.strip().lower() in wire.NOT_KNOWN):
            return None
        if isinstance(value, Mapping) and shape.struct is not None:
            return self.struct(value, shape.struct, place)
        if isinstance(value, (list, tuple)) and shape.item is not None:
            return [self.value(inner, shape.item, f"{place}[{n}]") for n, inner in enumerate(value)]
        if _fits(value, shape):
            return value
        self._wrong_kind(value, shape, place)
        return wire.REFUSED

    def _twice(self, key: str, fields: Mapping[str, Any], place: str) -> None:
        if not key.startswith("x-"):
            found = f"the key `{key}` twice" if key in fields else f"{of_length('a key', key)} twice"
            self.report("D003", place or "document", found, "each key once", "keep the one that is right")

    def _unknown_key(self, key: Any, number: int, known: list[str], place: str) -> None:
        word = str(key)[:40].lower() if isinstance(key, (str, int)) else ""
        meant = [_OTHER_NAMES[word]] if _OTHER_NAMES.get(word) in known else get_close_matches(word, known, 1, 0.5)
        unknown = of_length("an unknown key", key) if isinstance(key, str) else "an unknown key that is no text"
        self.report(
            "D004",
            place or "document",
            f"{unknown} (key number {number})",
            "one of " + ", ".join(f"`{name}`" for name in known),
            f"did you mean `{meant[0]}`?" if meant else "take it out, or let it begin with `x-` to have it ignored",
        )

    def _wrong_kind(self, value: Any, shape: _Shape, place: str) -> None:
        key = place.rpartition(".")[2].partition("[")[0]
        code = _KEY_CODES.get(key, "D005") if key == "schema" or _is_number(value) else "D005"
        if isinstance(value, str) and shape.words and not shape.text:
            fix = _word_meant(value[:40].strip().lower(), shape.words)
        elif isinstance(value, str) and shape.number and value.strip().isdigit():
            fix = "write the number without quotation marks"
        elif _is_number(value) and shape.text:
            fix = "put it in quotation marks"
        elif shape.item is not None and shape.struct is None and not shape.number:
            fix = "put it in square brackets, or leave it out if it is not known"
        else:
            fix = "correct it, or leave it out if it is not known"
        self.report(code, place, _kind(value), _needed(shape), fix)


def _fits(value: Any, shape: _Shape) -> bool:
    if isinstance(value, str):
        return value in shape.words or (shape.text and _is_unicode(value))
    if isinstance(value, bool):
        return shape.flag
    return shape.number and _is_number(value) and (isinstance(value, int) or isfinite(value))


def _word_meant(value: str, words: Sequence[str]) -> str:
    """How to correct a word: as people mean it, as it is spelled nearly, or as one of the words."""
    if len(words) == 1:
        return f"write `{words[0]}`"
    other = _OTHER_WORDS.get(value)
    near = [other] if other in words else get_close_matches(value, words, 1, 0.7)
    return f"did you mean `{near[0]}`?" if near else "write one of these words, or leave it out if it is not known"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kind(value: Any) -> str:
    """What stands there, by kind and length alone."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            half = "" if _is_unicode(value) else " with half a character"
            return of_length("a text", value) + half
        case int() | float():
            return "a number" if isinstance(value, int) or isfinite(value) else "no finite number"
        case list() | tuple():
            return f"a list of {len(value)}"
        case Mapping():
            return "an object"
    return f"a value of type {type(value).__name__}"


def _needed(shape: _Shape) -> str:
    kinds = [f"`{word}`" for word in shape.words]
    kinds += ["a text"] if shape.text else []
    kinds += ["true or false"] if shape.flag else []
    kinds += ["a number"] if shape.number else []
    kinds += ["an object"] if shape.struct else []
    kinds += ["a list of two numbers" if shape.number else "a list"] if shape.item else []
    return " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))

"""Documents of other programs, part by part: JSON, or YAML where PyYAML is there, in camelCase or snake_case.

A `Part` is an object of the document with its place, a JSON pointer. What it holds of the wrong kind is reported there,
and so are keys that nobody asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from menscreen.formats.content import Content, has_every_key, keys_counted, refusal
from menscreen.formats.gathering import Gathering
from menscreen.pedigree.validation import MOST_PEOPLE
from menscreen.problems import PedigreeError, of_length

#: Nothing of these formats lies deeper.
_DEEPEST = 100
_UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")


@lru_cache(maxsize=512)
def snake(key: str) -> str:
    """Spell a key of JSON as the schema files do.

    >>> snake("timeAtLastEncounter")
    'time_at_last_encounter'
    """
    return _UPPER.sub(r"_\1", key).lower()


class Part:
    """An object of a document.

    Attributes:
        at: its place, a JSON pointer; empty for the whole document.
    """

    __slots__ = ("_asked_for", "_gathering", "_values", "at")

    def __init__(self, values: Mapping[str, Any], at: str, gathering: Gathering) -> None:
        self._values = values
        self._gathering = gathering
        self._asked_for: set[str] = set()
        self.at = at

    def __contains__(self, key: str) -> bool:
        return key in self._values or snake(key) in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def get(self, key: str) -> Any:
        """The value of a key in either spelling, of whatever kind; ``None`` where it is absent."""
        self._asked_for.add(key)
        value = self._values.get(key)
        if value is None and (other := snake(key)) != key:
            self._asked_for.add(other)
            value = self._values.get(other)
        return value

    def place(self, key: str) -> str:
        """The place of a value, under the spelling that stands there."""
        return f"{self.at}/{key if key in self._values or snake(key) not in self._values else snake(key)}"

    def text(self, key: str) -> str | None:
        """A text without spaces around it, or a whole number as text; ``None`` where it is absent or empty."""
        value = self.get(key)
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self._refuse(key, value, "a text")
        return None

    def texts(self, key: str) -> list[str]:
        """The texts of a list."""
        value = self.get(key)
        if not isinstance(value, (list, str, type(None))):
            self._refuse(key, value, "a list of texts")
            return []
        entries = [value] if isinstance(value, str) else value or []
        return [str(one) for one in entries if isinstance(one, (str, int)) and str(one).strip()]

    def flag(self, key: str) -> bool:
        """True or false, also in words; absent is false."""
        value = self.get(key)
        if isinstance(value, str) and value.strip().lower() in ("true", "false"):
            return value.strip().lower() == "true"
        if value in (None, "", True, False):
            return bool(value)
        self._refuse(key, value, "true or false")
        return False

    def part(self, key: str) -> Part | None:
        """The object of a key; ``None`` where it is absent or empty."""
        value = self.get(key)
        if isinstance(value, Mapping):
            return Part(value, self.place(key), self._gathering) if value else None
        self._refuse(key, value, "an object")
        return None

    def parts(self, key: str) -> list[Part]:
        """The objects of a list."""
        value = self.get(key)
        if not isinstance(value, list):
            self._refuse(key, value, "a list")
            return []
        return parts_of(value, self.place(key), self._gathering)

    def leave(self, keys: Iterable[str]) -> None:
        """Pass over keys that have nothing to say here, then report those that no such object has."""
        known = self._asked_for | {spelling for key in keys for spelling in (key, snake(key))}
        strange = [key for key in self._values if key not in known]
        for key in strange[:5]:
            self._gathering.complain(
                "D004",
                self.at or "document",
                of_length("an unknown key", str(key)),
                "a key of this format",
                meant(str(key), known),
                warning=True,
            )

    def _refuse(self, key: str, value: Any, needed: str) -> None:
        if value is not None and value != "":
            fix = "correct it, or leave it out if it is not known"
            self._complain("D005", self.place(key), kind(value), needed, fix)

    def _complain(self, code: str, at: str, found: str, needed: str, fix: str) -> None:
        self._gathering.complain(code, at, found, needed, fix)


def meant(key: str, known: Iterable[str]) -> str:
    """A fix for an unknown key, with the known one that is nearest."""
    from difflib import get_close_matches

    near = get_close_matches(key[:40], sorted(known), 1, 0.75)
    return f"did you mean `{near[0]}`? it was not read" if near else "it was not read; take it out if it says nothing"


def kind(value: Any) -> str:
    """What stands there, by kind and length alone.

    >>> kind("Smith"), kind([1, 2])
    ('a text of 5 characters', 'a list of 2')
    """
    match value:
        case bool() | None:
            return str(value).lower()
        case str():
            return of_length("a text", value)
        case int() | float():
            return "a number"
        case list():
            return f"a list of {len(value)}"
    return "an object" if isinstance(value, Mapping) else "a value of another kind"


def parts_of(entries: list[Any], at: str, gathering: Gathering) -> list[Part]:
    """The objects of the list that stands at this place; no list of them is longer than the people of a family."""
    if len(entries) > MOST_PEOPLE:
        found, needed = f"a list of {len(entries)}", f"at most {MOST_PEOPLE:,} entries"
        raise refusal("D008", found, needed, "give each family a document of its own", at or "document")
    parts = []
    for number, one in enumerate(entries):
        if isinstance(one, Mapping):
            parts.append(Part(one, f"{at}/{number}", gathering))
        elif one is not None:
            gathering.complain("D005", f"{at}/{number}", kind(one), "an object", "correct it")
    return parts


def document_of(content: Content, gathering: Gathering) -> Any:
    """The document in JSON or YAML; a key that stands twice is reported.

    Raises:
        PedigreeError: it cannot be read as either, is too deep, or has text that nothing can write.
    """
    is_json = content.head[:1] in (b"{", b"[")
    document = content.document if is_json else None
    if document is not None and has_every_key(document, content.data):
        return document
    document = _json(content, gathering) if is_json else _yaml(content, gathering)
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except RecursionError:
        raise _too_deep() from None
    except UnicodeEncodeError:
        found, fix = "text with half a character", r"correct the `\ud...` that stands alone"
        raise refusal("D001", found, "text of whole characters", fix) from None
    return document


def _json(content: Content, gathering: Gathering) -> Any:
    try:
        document, twice = keys_counted(content.data.decode())
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise refusal("D001", "bytes that are not UTF-8", "text in UTF-8", "save the file as UTF-8", where) from None
    except json.JSONDecodeError as error:
        where, found = f"line {error.lineno}, column {error.colno}", error.msg[0].lower() + error.msg[1:]
        fix = "look for a comma, quotation mark or bracket that is missing or too much there"
        raise refusal("D001", f"text that is not JSON ({found})", "a document in JSON", fix, where) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        raise refusal("D001", "a number with thousands of digits", "JSON", "correct the number") from None
    if twice:
        _report_twice(twice, gathering)
    return document


def _report_twice(times: int, gathering: Gathering) -> None:
    found = f"{times} key{'' if times == 1 else 's'} that stand{'s' if times == 1 else ''} twice in one object"
    gathering.complain("D003", "document", found, "each key once in an object", "keep the one that is right")


def _too_deep() -> PedigreeError:
    found = "lists or objects within each other, too deep to read"
    return refusal("D008", found, "the few levels of a pedigree", "check the program that wrote the document")


def _yaml(content: Content, gathering: Gathering) -> Any:
    from importlib import import_module

    try:
        yaml: Any = import_module("yaml")
    except ImportError:
        fix = "install PyYAML, or convert the document to JSON"
        raise refusal("D011", "a document in YAML, and no PyYAML to read it", "JSON", fix) from None
    fix = "look at the indentation and the colons there, or convert the document to JSON"
    try:
        return _constructed(yaml, content.data.decode(), gathering)
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1}"
        raise refusal("D001", "bytes that are not UTF-8", "text in UTF-8", "save the file as UTF-8", where) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "document"
        raise refusal("D001", "text that is neither JSON nor YAML", "a document in JSON or YAML", fix, where) from None
    except (RecursionError, ValueError, TypeError):
        raise refusal("D001", "values that YAML does not have", "a document in JSON or YAML", fix) from None


def _constructed(yaml: Any, text: str, gathering: Gathering) -> Any:
    """The document of the events of YAML. Anchors are refused: they can stand for more than any memory holds."""
    open_: list[Any] = [[]]
    keys: list[Any] = [None]
    twice = 0

    def put(value: Any) -> None:
        nonlocal twice
        if isinstance(open_[-1], list):
            open_[-1].append(value)
        elif keys[-1] is None:
            keys[-1] = (str(value),)
        else:
            twice += keys[-1][0] in open_[-1]
            open_[-1][keys[-1][0]] = value
            keys[-1] = None

    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        match type(event).__name__:
            case "AliasEvent":
                raise refusal("D008", "an alias of YAML", "YAML without anchors and aliases", "write the part out")
            case "MappingStartEvent" | "SequenceStartEvent":
                if len(open_) > _DEEPEST:
                    raise _too_deep()
                open_.append({} if type(event).__name__.startswith("Map") else [])
                keys.append(None)
            case "MappingEndEvent" | "SequenceEndEvent":
                keys.pop()
                put(open_.pop())
            case "ScalarEvent":
                put(_scalar(event.value) if event.implicit[0] else event.value)
    if twice:
        _report_twice(twice, gathering)
    if len(open_[0]) > 1:
        raise refusal("D016", f"{len(open_[0])} documents in one file", "one document", "give each a file of its own")
    return open_[0][0] if open_[0] else None


def _scalar(text: str) -> Any:
    """A plain scalar: true, false, null; everything else is read as text, numbers and dates too."""
    return {"true": True, "false": False, "null": None, "~": None, "": None}.get(text.lower(), text)

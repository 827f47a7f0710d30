"""Valid documents made odd: values swapped, kinds changed, numbers huge, nesting deep, text of half characters.

`distorted` changes the tree of a document in JSON or TOML, or the words and lines of any text. Nothing here recurses
into a document either, since a distorted one may be deep.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Sequence
from random import Random
from typing import Any

#: Stands in seeds wherever a person could be named; no message may contain it.
SECRET = "Qxzw"

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 40, 126, 10**20, 10**400, -(10**30), 1e308, -0.0, 0.5, float("nan"), float("inf"),
    "", "?", "unknown", "0", "-3", "40", "1950-02-30", "1950-13", "P31Y", "P9999999Y", "<", "a" * 5000, "9" * 5000,
    "\x00", "\ud800", "e\u0301\u202e", "\u0661\u0662", "\uff11", "\u00b2", "٣", "İ", "ß", "\ufeff", "#", "http://[",
    SECRET, f"{SECRET} tumor", "medullary thyroid carcinoma", "thyroid", "absent", "pathogenic", "RET", "female",
    "mother", [], {}, [[]], [None], {"": None}, ["unknown"], [1, 2], {"value": 1}, {SECRET: SECRET},
)  # fmt: skip

_TOKEN = re.compile(r'"[^"\n]*"|[\w.+-]+|\s+|.', re.DOTALL)
_ODD_TOKENS = (
    '"', "{", "}", "[", "]", "<", ">", "&", ",", ":", "=", ";", "\t", "\n", "\r", "\x00", "nan", "1e999", "9" * 5000,
    "-1", "null", "true", "<a>", "&lt;", "&#0;", "<!DOCTYPE a>", "2020-01-01", '"""', "é", "\ud800", SECRET,
)  # fmt: skip


def distorted(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """A document with one to four changes; `others` lend parts."""
    kind, document = _tree(data) if chance.random() < 0.7 else ("", None)
    if not kind:
        return _as_text(data, others, chance)
    root = [document]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 4))):
        _change(root, others, chance)
    return written(root[0], kind, chance)


def _tree(data: bytes) -> tuple[str, Any]:
    try:
        if data.lstrip()[:1] in (b"{", b"["):
            return "json", json.loads(data)
        if b" = " in data:
            return "toml", tomllib.loads(data.decode())
    except (ValueError, RecursionError):
        pass
    return "", None


def written(document: Any, kind: str, chance: Random) -> bytes:
    """The bytes of a tree."""
    try:
        if kind == "toml" and isinstance(document, dict):
            return "".join(f"{_key(key)} = {_inline(value)}\n" for key, value in document.items()).encode(
                "utf-8", "surrogatepass"
            )
        return json.dumps(document, ensure_ascii=chance.random() < 0.3).encode("utf-8", "surrogatepass")
    except (RecursionError, ValueError):  # deeper than the writer goes, or a number of too many digits
        return b"[" * 5000


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key)


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if value is None:
        return '"?"'
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value, ensure_ascii=False).replace("NaN", "nan").replace("Infinity", "inf")
    return str(value)  # dates


def _slots(root: Any, most: int = 3000) -> list[tuple[Any, Any]]:
    """Every place of a tree that a value can be put into."""
    found: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting and len(found) < most:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if isinstance(one[key], (dict, list)):
                waiting.append(one[key])
    return found


def _change(root: list[Any], others: Sequence[bytes], chance: Random) -> None:
    slots = _slots(root)
    holder, key = chance.choice(slots)
    value = holder[key]
    match chance.randrange(11):
        case 0 | 1:
            holder[key] = _odd(chance)
        case 2:
            other, place = chance.choice(slots)
            holder[key] = _copied(other[place])
        case 3 if isinstance(holder, dict):
            del holder[key]
        case 4 if isinstance(holder, dict):
            _, name = chance.choice(slots)
            holder[name if isinstance(name, str) else chance.choice(("x-y", SECRET, "", "ages", "Age"))] = value
        case 5:
            for _ in range(chance.choice((1, 2, 3, 30, 300))):
                value = [value] if chance.random() < 0.7 else {"all": [value]}
            holder[key] = value
        case 6 if isinstance(value, list) and value:
            holder[key] = (value * chance.choice((2, 3, 20)))[:400]
        case 7 if isinstance(value, str):
            holder[key] = _reworded(value, chance)
        case 8 if isinstance(value, (int, float)):
            half = value / 2 if abs(value) < 1e300 else 0.5
            holder[key] = chance.choice((value + 1, value - 1, -value, half, str(value), [value, value], 10**30))
        case 9 if others:
            kind, document = _tree(chance.choice(others))
            if kind:
                other, place = chance.choice(_slots([document]))
                holder[key] = _copied(other[place])
        case _ if isinstance(value, str):
            strings = [other[place] for other, place in slots if isinstance(other[place], str)]
            holder[key] = chance.choice(strings)
        case _:
            holder[key] = _odd(chance)


def _odd(chance: Random) -> Any:
    return _copied(chance.choice(ODD))


def _copied(value: Any) -> Any:
    try:
        return json.loads(json.dumps(value)) if isinstance(value, (dict, list)) else value
    except (RecursionError, ValueError, TypeError):
        return None


def _reworded(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    odd = str(chance.choice(ODD))
    return chance.choice((text[:at], text[at:], text[:at] + odd + text[at:], text.upper(), text * 2, f" {text}\n", odd))


def _as_text(data: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    by_line = chance.random() < 0.3
    tokens = text.splitlines(keepends=True) if by_line else _TOKEN.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3))):
        if not tokens:
            break
        at, to = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        match chance.randrange(9):
            case 0:
                tokens[at], tokens[to] = tokens[to], tokens[at]
            case 1:
                del tokens[at]
            case 2:
                tokens.insert(at, tokens[to])
            case 3:
                tokens[at] = tokens[to]
            case 4:
                tokens[at] = str(_odd(chance))
            case 5:
                tokens[at] = chance.choice(_ODD_TOKENS)
            case 6:
                tokens.insert(at, chance.choice(_ODD_TOKENS) * chance.choice((1, 1, 2, 300)))
            case 7:
                first, last = sorted((at, to))
                tokens[at:at] = tokens[first : min(last, first + 30)] * chance.choice((1, 2, 5))
            case 8 if others:
                lines = chance.choice(others).decode("utf-8", "replace").splitlines(keepends=True) or [""]
                tokens.insert(at, chance.choice(lines))
    made = "".join(tokens)
    match chance.randrange(40):
        case 0:
            return made.encode("utf-16", "surrogatepass")
        case 1:
            return gzip.compress(made.encode("utf-8", "surrogatepass"), 1, mtime=0)
        case 2:
            return b"\xef\xbb\xbf" + made.encode("utf-8", "surrogatepass")
        case 3:
            return made.replace("\n", "\r\n").encode("utf-8", "surrogatepass")
        case 4:
            return made.encode("latin-1", "replace")
        case 5:
            return made.encode("utf-8", "surrogatepass")[: chance.randrange(len(made) + 1)]
    return made.encode("utf-8", "surrogatepass")

"""JSON Schemas of the pedigree, the result and the rulebook, made from the classes that read and hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Any upper or lower case and surrounding space of the words that mean *not known*.
_NOT_KNOWN = {"type": "string", "pattern": r"^\s*([Uu][Nn][Kk][Nn][Oo][Ww][Nn]|\?)?\s*$"}
_SPELLINGS = {"", "?", "unknown"}


def schema(kind: str) -> dict[str, Any]:
    """Make the JSON Schema (2020-12) of a document: `pedigree`, `result` or `rulebook`.

    >>> schema("pedigree")["title"]
    'menscreen-pedigree/1'
    """
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode({"$schema": _DIALECT, **_KINDS[kind]()}))
    return made


def _pedigree() -> dict[str, Any]:
    from menscreen.formats import wire

    made = msgspec.json.schema(wire.Document)
    _visit(made, _open_words)
    for definition in made["$defs"].values():
        definition["patternProperties"] = {"^x-": {}}
    made["$defs"]["Document"]["required"] = ["proband"]
    return {"title": wire.SCHEMA, **made}


def _open_words(node: dict[str, Any]) -> None:
    words = node.get("enum", ())
    if set(words) >= _SPELLINGS:
        del node["enum"]
        values = [word for word in words if word not in _SPELLINGS]
        if values:
            node["anyOf"] = [{"enum": values}, _NOT_KNOWN]
        else:
            node.update(_NOT_KNOWN)


def _result() -> dict[str, Any]:
    from menscreen.screening.verdict import Screening

    made = msgspec.json.schema(Screening)
    defs = made["$defs"]
    whole = defs["Screening"]
    whole["properties"] = {"schema": {"const": "menscreen-result/1"}, **whole["properties"]}
    whole["required"].insert(0, "schema")
    defs["Verdict"]["required"].remove("urgency")
    defs["Accounted"]["required"].remove("relation")
    defs["Flag"]["properties"]["suffices"]["items"]["items"] = {"type": "string"}  # where each stands: `Evidence.at`
    defs["Age"] = {"title": "Age", "anyOf": [{"type": "integer"}, {**defs["Age"], "items": False}]}
    for definition in defs.values():
        if definition.get("type") == "object":
            definition["additionalProperties"] = False
    return {"title": "menscreen-result/1", **made}


def _rulebook() -> dict[str, Any]:
    from menscreen.rules.rulebook import RulebookTable

    criterion = {"$ref": "#/$defs/Criterion"}
    made = msgspec.json.schema(RulebookTable, schema_hook=lambda _: {"criterion": True})
    _visit(made, _whole_criterion)
    definitions = made["$defs"]["RulebookTable"]["properties"]["definitions"]
    definitions["additionalProperties"] = {"$ref": "#/$defs/Definition"}
    return {"title": "menscreen rulebook", **made, "$defs": {**made["$defs"], **_criteria(criterion)}}


def _whole_criterion(node: dict[str, Any]) -> None:
    if node.get("additionalProperties") == {"criterion": True}:
        node.clear()
        node["$ref"] = "#/$defs/Criterion"


def _criteria(criterion: dict[str, Any]) -> dict[str, Any]:
    """The closed list of criteria in the shape in which rulebooks write them."""
    from menscreen.rules.criteria import AgeNow, Has, Meets, Tested, Tumors

    _, made = msgspec.json.schema_components([Has, Tumors, Tested, Meets, AgeNow], ref_template="#/$defs/{name}")
    several = {"type": "array", "items": criterion}
    count = {"type": "integer", "minimum": 1}
    plain = {name: _object(**{name.lower(): {"$ref": f"#/$defs/{name}"}}) for name in ("Tumors", "Tested")}
    relatives = {
        "have": criterion,
        "within": {"type": "integer", "minimum": 1},
        "side": {"enum": ["maternal", "paternal"]},
        "at_least": count,
    }
    person = {"age": {"$ref": "#/$defs/AgeNow"}, "sex": {"enum": ["female", "male"]}}
    shapes = [
        {"$ref": "#/$defs/Has"},
        {"$ref": "#/$defs/Meets"},
        *plain.values(),
        _object(relatives={**_object(**relatives), "required": ["have"], "additionalProperties": False}),
        _object(person={**_object(**person), "required": [], "additionalProperties": False}),
        *(_object(**{connective: several}) for connective in ("all", "any", "none")),
        _object(at_least=count, of=several),
    ]
    for name in ("Has", "Meets"):
        del made[name]["additionalProperties"]
    shape = {"$ref": "#/$defs/CriterionShape", "unevaluatedProperties": False}
    return {
        **made,
        "CriterionShape": {"anyOf": shapes},
        "Criterion": shape,
        "Definition": {**shape, "properties": {"says": {"type": "string", "description": "what it means"}}},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _visit(node: Any, change: Callable[[dict[str, Any]], None]) -> None:
    """Change every object inside a schema."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            change(one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


_KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "pedigree": _pedigree,
    "result": _result,
    "rulebook": _rulebook,
}

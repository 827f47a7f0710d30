"""A resource of FHIR, and what is known of it before anybody looks for more."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Raw

from menscreen.formats.fhir.conditions import Reading
from menscreen.formats.fhir.elements import Extensions, Json, extensions
from menscreen.formats.fhir.node import Node
from menscreen.pedigree.person import Age

_decode = msgspec.json.Decoder().decode
#: A condition of a plain record: what its code says, the age at onset, its place, and what else it says.
Told = tuple[Reading, Age | None, str, dict[str, Any] | None]


class Resource(msgspec.Struct, gc=False):
    """A resource with its place.

    Attributes:
        kind: its `resourceType`.
        at: its place, such as ``entry[3].resource``.
        scope: the place of the resource that contains it, for references that begin with ``#``.
        source: all that it says, untyped or as it stands in the file.
        id: by which others refer to it.
        links: its extensions, which may tie a relative to others.
        node: the relative of a plain record (`menscreen.formats.fhir.plain`); nobody needs its `body` then.
        patient: the reference of a plain record to the patient.
        date: when a plain record was written.
        told: the conditions of a plain record.
    """

    kind: str
    at: str
    scope: str
    source: Json | Raw
    id: Any = None
    links: Extensions = []
    node: Node | None = None
    patient: str = ""
    date: Any = None
    told: list[Told] = []

    @property
    def body(self) -> Json:
        """Everything that it says, untyped."""
        if self.source.__class__ is Raw:
            self.source = _decode(self.source)
        return self.source  # type: ignore[return-value]  # it was decoded


def untyped(kind: str, at: str, scope: str, body: Json) -> Resource:
    """A resource of which everything is still to be read."""
    return Resource(kind, at, scope, body, body.get("id"), extensions(body))

"""The resources of a file: one, a Bundle, a List or others with `contained`, a list of JSON, or NDJSON, one a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from menscreen.formats.content import Content, has_every_key, keys_counted, refusal
from menscreen.formats.fhir.elements import Json, objects, reference
from menscreen.formats.fhir.plain import plain_bundle
from menscreen.formats.fhir.resource import Resource, untyped
from menscreen.formats.fhir.shapes import is_of_old_version
from menscreen.formats.gathering import Gathering
from menscreen.formats.values import known_text
from menscreen.problems import PedigreeError, within

#: Keys that FamilyMemberHistory had before R4, with the meaning that would be lost or turned.
_BEFORE_R4 = {"gender", "notDone", "notDoneReason", "definition", "ageQuantity", "deceasedQuantity"}
#: How a Procedure said before R4 that it was not done.
_NOT_DONE = {"notDone", "notDoneReason", "notPerformed", "reasonNotPerformed"}
#: Resources that hold no others, unless they have `contained`.
_PLAIN = ("FamilyMemberHistory", "Condition", "Observation", "Procedure", "Patient")
#: More than this many resources are no family.
MOST = 50_000


class Resources:
    """The resources of a file, by kind and by what references call them."""

    def __init__(self) -> None:
        self.kinds: dict[str, list[Resource]] = {}
        self.bundles: list[Json] = []
        self._addressed: dict[str, Resource] = {}
        self._contained: dict[str, Resource] = {}
        self._by_id: dict[str, dict[str, Resource]] = {}
        #: What references that were asked for point to (`name`).
        self.names: dict[str, str] = {}

    def add(self, resource: Resource, address: Any) -> None:
        """Take a resource in; `address` is the `fullUrl` of its entry."""
        self.kinds.setdefault(resource.kind, []).append(resource)
        if resource.scope != resource.at and resource.id.__class__ is str:
            self._contained.setdefault(f"{resource.scope}#{resource.id.removeprefix('#')}", resource)
        if address.__class__ is str:
            self._addressed.setdefault(address, resource)

    def of(self, kind: str) -> list[Resource]:
        """The resources of a kind, in the order of the file."""
        return self.kinds.get(kind, [])

    def resolved(self, value: Any, source: Resource) -> Resource | None:
        """The resource that a Reference of another points to, if it is here."""
        address = reference(value)
        if not address:
            return None
        if address.startswith("#"):
            return self._contained.get(source.scope + address)
        found = self._addressed.get(address)
        if found is None and "/" in address:
            kind, id = address.rsplit("/", 2)[-2:]
            found = self._ids(kind).get(id)
        return found

    def _ids(self, kind: str) -> dict[str, Resource]:
        """The resources of a kind by id; those that others contain are none of them."""
        known = self._by_id.get(kind)
        if known is None:
            known = self._by_id[kind] = {}
            for one in self.of(kind):
                if one.id.__class__ is str and one.scope == one.at:
                    known.setdefault(one.id, one)
        return known

    def patient(self, history: Resource) -> str:
        """What the reference to the patient of a FamilyMemberHistory points to."""
        if history.node is None:
            return self.name(history.body.get("patient"), history)
        return self.name({"reference": history.patient}, history)

    def name(self, value: Any, source: Resource) -> str:
        """What a Reference points to: the same text for the same thing, here or elsewhere; empty for nothing."""
        written = value.get("reference") if value.__class__ is dict else None
        if written.__class__ is str and (known := self.names.get(written)) is not None:
            return known
        address = reference(value)
        found = self.resolved(value, source)
        name = "/".join(address.rsplit("/", 2)[-2:]) if "://" in address else address
        if found is not None:
            name = found.at
        if address and address == written and not address.startswith("#"):
            self.names[address] = name
        return name


def resources_of(content: Content, gathering: Gathering) -> Resources:
    """Find every resource of a file, those in Bundles and `contained` too.

    Raises:
        PedigreeError: it is not JSON, a version of FHIR that is not read, or too large.
    """
    found = Resources()
    if content.head.startswith(b"<"):
        raise refusal("D011", "FHIR in XML", "FHIR in JSON", "ask the server for application/fhir+json")
    bundle = plain_bundle(content.data)
    for at, document in _documents(content, gathering) if bundle is None else ():
        if document.__class__ is list:
            for number, one in enumerate(document):
                _collect([(one, f"[{number}]", None, None)], found)
        else:
            _collect([(document, at, None, None)], found)
    if bundle is not None:
        found.bundles.append(bundle[0])
        _collect(_entered(bundle[1], "entry", found), found)
    _check_version(found)
    return found


def _documents(content: Content, gathering: Gathering) -> list[tuple[str, Any]]:
    document = content.document
    if document is None and b"\n" in content.data.strip():
        lines = _lines(content.data)
        if lines:
            return lines
    if document is not None and has_every_key(document, content.data):
        return [("", document)]
    from menscreen.formats.parts import document_of

    document = document_of(content, gathering)
    gathering.stop_if_wrong()
    return [("", document)]


def _lines(data: bytes) -> list[tuple[str, Any]]:
    """The documents of NDJSON; none if it is something else."""
    decode = msgspec.json.Decoder().decode
    found: list[tuple[str, Any]] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            document = decode(line)
            is_whole = has_every_key(document, line) or not keys_counted(line.decode())[1]
        except (msgspec.MsgspecError, RecursionError, ValueError):
            if not found:
                return []
            raise refusal(
                "D001",
                "a line that is not JSON",
                "a resource of FHIR on each line",
                "look whether the file is whole",
                f"line {number}",
            ) from None
        if not is_whole:
            raise refusal(
                "D003", "a key that stands twice", "each key once", "keep the one that is right", f"line {number}"
            )
        found.append((f"line {number}", document))
        if len(found) > MOST:
            raise _too_many()
    return found


#: A document that may be a resource, its place, the scope of its references, and its address.
_Waiting = tuple[Any, str, str | None, Any]


def _collect(waiting: list[_Waiting], found: Resources) -> None:
    """Walk documents iteratively; a document is a tree, so a Bundle that refers to itself is walked once."""
    count = 0
    waiting.reverse()
    while waiting:
        body, place, scope, address = waiting.pop()
        kind = body.get("resourceType") if body.__class__ is dict else None
        if kind.__class__ is not str:
            continue
        count += 1
        if count > MOST:
            raise _too_many()
        if kind == "Bundle":
            found.bundles.append(body)
            entries = body.get("entry")
            pairs = [
                (one.get("resource"), one.get("fullUrl")) if one.__class__ is dict else (None, None)
                for one in (entries if entries.__class__ is list else ())
            ]
            inner = _entered(pairs, within(place, "entry"), found)
            count += len(pairs)
        else:
            own = scope if scope is not None else place or kind
            found.add(untyped(kind, place or kind, own, body), address)
            contained = body.get("contained")
            inner = [
                (one, within(place, f"contained[{number}]"), own, None)
                for number, one in enumerate(contained if contained.__class__ is list else [])
            ]
        waiting.extend(reversed(inner))


def _entered(entries: Sequence[tuple[Any, Any]], place: str, found: Resources) -> list[_Waiting]:
    """Take in the entries of a Bundle that hold no further resources; the others are left."""
    if len(entries) > MOST:
        raise _too_many()
    left: list[_Waiting] = []
    add = found.add
    for number, (one, address) in enumerate(entries):
        if one.__class__ is Resource:
            add(one, address)
            continue
        at = f"{place}[{number}].resource"
        if one.__class__ is dict and (kind := one.get("resourceType")) in _PLAIN and "contained" not in one:
            add(untyped(kind, at, at, one), address)
        else:
            left.append((one, at, None, address))
    return left


def _check_version(found: Resources) -> None:
    for resource in found.of("FamilyMemberHistory"):
        if resource.node is not None:
            continue
        body = resource.body
        if is_of_old_version(body.get("meta")):
            raise _old(resource, "meta.profile")
        if not _BEFORE_R4.isdisjoint(body):
            raise _old(resource, min(_BEFORE_R4 & body.keys()))
        if body.get("note").__class__ is dict:
            raise _old(resource, "note")
        conditions = body.get("condition")
        for one in conditions if conditions.__class__ is list else objects(conditions):
            if one.__class__ is dict and "onsetQuantity" in one:
                raise _old(resource, "condition.onsetQuantity")
    for resource in found.of("Condition"):
        for key in ("verificationStatus", "clinicalStatus"):
            if resource.body.get(key).__class__ is str:
                raise _old(resource, key)
        if "subject" not in resource.body and "patient" in resource.body:
            raise _old(resource, "patient")
    for resource in found.of("Procedure"):
        if not _NOT_DONE.isdisjoint(resource.body):
            raise _old(resource, min(_NOT_DONE & resource.body.keys()))
    for resource in (*found.of("CapabilityStatement"), *found.of("Conformance")):
        if (known_text(resource.body.get("fhirVersion")) or "").startswith(("0.", "1.", "3.")):
            raise _old(resource, "fhirVersion")


def _old(resource: Resource, key: str) -> PedigreeError:
    return refusal(
        "D020",
        f"FHIR DSTU2 or STU3 (`{key}` in a form that R4 does not have)",
        "FHIR R4, R4B or R5: older versions write who, whether and when in other keys, and facts would be lost",
        "ask the server for R4 (Accept: application/fhir+json; fhirVersion=4.0)",
        resource.at,
    )


def _too_many() -> PedigreeError:
    return refusal("D008", f"more than {MOST} resources", "one family", "give each patient a file of their own")


def report_gaps(found: Resources, gathering: Gathering) -> bool:
    """Report whether records are missing: further pages, entries of a List, what a server could not tell."""
    before = len(gathering.problems)
    if any(one.get("relation") == "next" for bundle in found.bundles for one in objects(bundle.get("link"))):
        told = "one page of an answer that has more", "all pages"
        fix = "fetch the pages that follow and put their entries into one Bundle"
        gathering.complain("D021", "link", *told, fix, warning=True)
    for resource in found.of("List"):
        items = [one.get("item") for one in objects(resource.body.get("entry"))]
        missing = sum(reference(one) != "" and found.resolved(one, resource) is None for one in items)
        if missing:
            gathering.complain(
                "D024",
                within(resource.at, "entry"),
                "a record that is not in the file" if missing == 1 else f"{missing} records that are not in the file",
                "the records of the list",
                "put them into one Bundle with the list; nothing is known of what they tell",
                warning=True,
            )
    for resource in found.of("OperationOutcome"):
        if any(one.get("severity") in ("error", "fatal") for one in objects(resource.body.get("issue"))):
            told = "an answer in which the server reports an error", "the whole answer"
            fix = "look at the error and ask the server again; records may be missing"
            gathering.complain("D021", resource.at, *told, fix, warning=True)
    return len(gathering.problems) > before


def status_of(body: Json) -> str:
    """The status of a resource in lower case; empty where it has none."""
    return (known_text(body.get("status")) or "").strip().lower()

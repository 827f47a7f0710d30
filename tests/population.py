"""Families of a general population, as a service sees them that screens everybody: few have anything of MEN.

Each is one line of JSON in the full form, with a key of somebody else's (``x-``), as real exports have them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping

import menscreen
from menscreen.formats import native_json

#: The relatives of families of twelve and of thirty, and of larger ones, in this order.
RELATIVES = (
    "mother", "father", "sister", "brother", "maternal grandmother", "maternal grandfather",
    "paternal grandmother", "paternal grandfather", "daughter", "son", "maternal aunt",
    "maternal uncle", "paternal aunt", "paternal uncle", "niece", "nephew",
)  # fmt: skip
#: Those of whom there can be several.
SEVERAL = ("sister", "brother", "daughter", "son", "maternal aunt", "maternal uncle", "paternal aunt", "paternal uncle")
Records = dict[str, list[dict[str, object]]]


def found(name: str, age: int | None = None) -> Records:
    """The record of one finding."""
    return {"findings": [{"finding": name} if age is None else {"finding": name, "age": age}]}


#: Common diseases, and the age at diagnosis where it is usually recorded.
COMMON: tuple[tuple[str, int | None], ...] = (
    ("goiter", None), ("hypothyroidism", None), ("papillary thyroid carcinoma", 40), ("breast cancer", 60),
    ("kidney stones", None), ("diabetes", None), ("hypertension", None), ("colorectal cancer", 70),
    ("lung cancer", 66), ("prostate cancer", 70),
)  # fmt: skip
#: What is recorded of whom in the families that need an answer.
TELLING: tuple[dict[str, Records], ...] = (
    {"self": found("primary hyperparathyroidism", 31), "mother": found("thyroid cancer")},
    {"mother": found("medullary thyroid carcinoma", 50)},
    {"self": found("pheochromocytoma", 33)},
    {"father": {"tests": [{"gene": "MEN1", "result": "pathogenic"}]}},
    {"father": found("thyroid cancer")},
    {"mother": found("pancreatic tumor"), "maternal aunt": found("hyperparathyroidism")},
    {"sister": found("adrenal tumor")},
    {"self": found("pituitary adenoma", 28)},
)


def family(records: dict[str, Records], size: int = 12, id: str = "family") -> bytes:
    """A family of so many people as a line."""
    who = [*RELATIVES[: size - 1]]
    while len(who) < size - 1:
        who.append(SEVERAL[len(who) % len(SEVERAL)])
    told: set[str] = set()
    relatives = []
    for relation in who:
        relatives.append({"relation": relation, **({} if relation in told else records.get(relation, {}))})
        told.add(relation)
    short = {"id": id, "proband": {"sex": "female", **records.get("self", {})}, "relatives": relatives}
    return _full(short)


def _full(short: Mapping[str, object]) -> bytes:
    full = json.loads(native_json.write(menscreen.read(dict(short))))
    return json.dumps({**full, "x-source": {"system": "intake", "form": 3}}, separators=(",", ":")).encode()


def usual(chance: random.Random) -> dict[str, Records]:
    """What is recorded in a family without anything of MEN."""
    records: dict[str, Records] = {}
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        mine = records.setdefault(chance.choice((*RELATIVES[:11], "self")), {"findings": []})
        mine["findings"] += found(*chance.choice(COMMON))["findings"]
    return records


#: So many families are drawn one by one; of more, each is one of these under another id.
MOST_DRAWN = 20_000


def population(
    count: int, *, sizes: tuple[int, ...] = (12, 30), telling: float = 0.05, seed: int = 1
) -> Iterator[bytes]:
    """So many families, no two with the same id; this share of them has something telling."""
    chance = random.Random(seed)
    made: list[bytes] = []
    for number in range(count):
        if len(made) < MOST_DRAWN:
            records = chance.choice(TELLING) if chance.random() < telling else usual(chance)
            made.append(drawn(chance, chance.choice(sizes), records))
        one = made[number] if number < len(made) else chance.choice(made)
        yield one.replace(b'"id":"family"', b'"id":"family-%06d"' % number, 1)


def drawn(chance: random.Random, size: int, records: dict[str, Records]) -> bytes:
    """A family of so many people where chance says who there is, how old they are, and which ages are recorded."""
    always = ("self", *RELATIVES[:2], *RELATIVES[4:8])
    others = [relation for relation in records if relation not in always]
    others += chance.choices(SEVERAL, k=size - len(always) - len(others))
    people: list[dict[str, object]] = []
    told: set[str] = set()
    for relation in (*always, *sorted(others, key=SEVERAL.index)):
        age = chance.randint(*_ages(relation))
        mine = {} if relation in told else records.get(relation, {})
        told.add(relation)
        person: dict[str, object] = {"relation": relation, **mine}
        if "findings" in mine:
            names = [one["finding"] for one in mine["findings"]]
            person["findings"] = [
                {"finding": name, "age": chance.randint(1, age)} if chance.random() < 0.5 else {"finding": name}
                for name in names
            ]
        if chance.random() < 0.6:
            person["age"] = age
        if chance.random() < age / 200:
            person["deceased"] = True
        people.append(person)
    proband = {"sex": "female", **people[0]}
    del proband["relation"]
    return _full({"id": "family", "proband": proband, "relatives": people[1:]})


def _ages(relation: str) -> tuple[int, int]:
    """The ages that a relative may have beside a proband of 20 to 60."""
    if "grand" in relation:
        return 70, 95
    if relation in ("daughter", "son"):
        return 1, 30
    return (20, 60) if relation in ("self", "sister", "brother") else (45, 85)


#: Lines that are no family, one of each kind.
BROKEN: tuple[bytes, ...] = (
    b"", b" ", b"{", b"[]", b"null", b"true", b"17", b'"text"', b"hello", b"<html>", b"\xff\xfe\x00", b"\x00",
    b"\x1f\x8b\x08 no gzip", b"{}", b'{"proband": "nobody"}', b'{"proband": {"age": 300}}',
    b'{"proband": {"aeg": 30}}', b'{"proband": {}, "proband": {}}', b'{"proband": {}} {"proband": {}}',
    b'{"schema": "menscreen-pedigree/9", "proband": {}}', b'{"proband": {}, "relatives": [{"relation": "chum"}]}',
    b'{"resourceType": "Bundle", "entry": []}', b'{"proband": {"age": 1e999}}',
    b'{"proband": ' + b"[" * 100_000, b'{"proband": {"sex": "f\xe9male"}}',
)  # fmt: skip


def large(size: int) -> bytes:
    """A family of so many people, by descent from one couple: three children to a couple, each with a partner."""
    people: list[dict[str, object]] = [{"id": "p0", "sex": "female"}, {"id": "p1", "sex": "male"}]
    couples = [("p0", "p1")]
    for mother, father in couples:
        for number in range(3):
            child, partner = f"p{len(people)}", f"p{len(people) + 1}"
            sexes = ("female", "male") if number % 2 else ("male", "female")
            people.append({"id": child, "sex": sexes[0], "mother": mother, "father": father})
            people.append({"id": partner, "sex": sexes[1]})
            couples.append((child, partner) if sexes[0] == "female" else (partner, child))
        if len(people) >= size:
            break
    people[2] = {**people[2], **found("goiter")}
    document = {"id": "large", "proband": "p4", "family_history": "asked", "people": people[:size], "x-source": "tree"}
    return json.dumps(document, separators=(",", ":")).encode()

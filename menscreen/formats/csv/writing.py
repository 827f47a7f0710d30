"""Write a family as a table: a row for each person, columns for what is recorded, more of them for more findings."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.formats.csv.cells import guarded, written
from menscreen.formats.csv.people import NO_PARENTS
from menscreen.formats.csv.sheet import is_remark
from menscreen.pedigree.family import Pedigree, Twins
from menscreen.pedigree.person import Adoption, Finding, GeneticTest, Origin, Person, Sex, Status
from menscreen.vocabulary import vocabulary

_END = "\r\n"
_TEMPLATE_ROWS = (
    (
        "id",
        "relation",
        "sex",
        "age",
        "deceased",
        "history",
        "finding",
        "age at diagnosis",
        "multiple",
        "gene",
        "result",
    ),
    ("p1", "self", "female", "34", "", "", "primary hyperparathyroidism", "31", "yes", "", ""),
    ("p2", "mother", "female", "61", "yes", "", "thyroid cancer", "40 to 49", "", "", ""),
    ("p3", "father", "male", "", "", "unknown", "", "", "", "", ""),
    ("p4", "maternal aunt", "female", "58", "", "", "none", "", "", "RET", "negative"),
)


def write(family: Pedigree) -> bytes:
    """Write a family in UTF-8; with a byte order mark if there are letters for which a spreadsheet needs it.

    >>> write(Pedigree((Person("p1", sex=Sex.FEMALE),), "p1")).decode().split()
    ['id,proband,family', 'history,sex', 'p1,yes,asked,female']
    """
    born: dict[str, list[tuple[int, Twins]]] = {}
    for number, twins in enumerate(family.twins, start=1):
        for id in twins.people:
            born.setdefault(id, []).append((number, twins))
    rows = []
    for person in family.people:
        cells = dict(_person(person))
        if person.id == family.proband:
            cells["proband"] = "yes"
            cells["family history"] = family.family_history.value
        if family.id is not None:
            cells["family"] = family.id
        if sets := born.get(person.id):
            cells["twins"] = ";".join(f"set {number}" for number, _ in sets)
            cells["zygosity"] = ";".join(twins.zygosity.value for _, twins in sets)
        rows.append(cells)
    columns = _columns(family, rows)
    return _bytes([columns, *([row.get(column, "") for column in columns] for row in rows)])


def is_allowed(id: str) -> bool:
    """Whether an id is one cell, also in a list, and a row that begins with it is one of the table."""
    is_cell = id == id.strip() != "" and ";" not in id and "\0" not in id
    return is_cell and id != NO_PARENTS and not is_remark([id])


_ORDER = (
    "family", "id", "label", "proband", "family history", "relation", "relation to", "sex", "gender", "mother",
    "father", "adoptive parents", "adopted", "age", "deceased", "birth year", "history", "asked", "twins", "zygosity",
    "placeholder",
)  # fmt: skip
_OF_FINDING = (
    "finding", "age at diagnosis", "status", "multiple", "bilateral", "recurrent", "metastatic", "confirmed",
    "declined", "size mm", "stage", "grade", "sstr", "text", "note",
)  # fmt: skip
_OF_TEST = ("gene", "result", "variant", "scope", "origin")


def _columns(family: Pedigree, rows: list[dict[str, str]]) -> list[str]:
    used = {column for row in rows for column in row}
    columns = [column for column in _ORDER if column in used]
    for keys, most in (
        (_OF_FINDING, max((len(person.findings) for person in family.people), default=0)),
        (_OF_TEST, max((len(person.tests) for person in family.people), default=0)),
    ):
        columns += [name for number in range(1, most + 1) for key in keys if (name := _numbered(key, number)) in used]
    return columns


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key} {number}"


def _person(person: Person) -> Iterator[tuple[str, str]]:
    yield "id", person.id
    if person.label is not None:
        yield "label", person.label
    if person.relation is not None:
        yield "relation", person.relation.as_
        yield "relation to", person.relation.to
    if person.sex is not Sex.UNKNOWN:
        yield "sex", person.sex.value
    if person.gender is not None:
        yield "gender", person.gender.value
    for key, id in (("mother", person.mother), ("father", person.father)):
        if id is not None:
            yield key, id
    if person.adoptive_parents:
        yield "adoptive parents", ";".join(person.adoptive_parents)
    elif person.adopted is Adoption.IN and (person.mother or person.father):
        yield "adoptive parents", NO_PARENTS
    if person.adopted is not None:
        yield "adopted", person.adopted.value
    if person.age is not None:
        yield "age", written(person.age)
    if person.deceased:
        yield "deceased", "yes"
    if person.birth_year is not None:
        yield "birth year", str(person.birth_year)
    if person.history.value != "known":
        yield "history", person.history.value
    if person.asked is not None:
        yield "asked", ";".join(person.asked) or "none"
    if person.placeholder:
        yield "placeholder", "yes"
    for number, finding in enumerate(person.findings, start=1):
        yield from ((_numbered(key, number), text) for key, text in _finding(finding))
    for number, test in enumerate(person.tests, start=1):
        yield from ((_numbered(key, number), text) for key, text in _test(test))


def _finding(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.term is not None:
        yield "finding", vocabulary().terms[finding.term].name
    if finding.age is not None:
        yield "age at diagnosis", written(finding.age)
    if finding.status is not Status.PRESENT:
        yield "status", finding.status.value
    for key in ("multiple", "bilateral", "confirmed"):
        if (value := getattr(finding, key)) is not None:
            yield key, "yes" if value else "no"
    for key in ("recurrent", "metastatic"):
        if getattr(finding, key):
            yield key, "yes"
    if finding.declined:
        yield "declined", ";".join(finding.declined)
    if finding.size_mm is not None:
        yield "size mm", f"{finding.size_mm:.12g}"
    for key in ("stage", "grade", "sstr", "text", "note"):
        if (text := getattr(finding, key)) is not None:
            yield key, text


def _test(test: GeneticTest) -> Iterator[tuple[str, str]]:
    yield "gene", test.gene
    yield "result", test.result.value
    if test.variant is not None:
        yield "variant", test.variant
    if test.scope is not None:
        yield "scope", test.scope.value
    if test.origin is not Origin.GERMLINE:
        yield "origin", test.origin.value


def _bytes(rows: list[list[str]] | tuple[tuple[str, ...], ...]) -> bytes:
    text = "".join(",".join(map(_cell, row)) + _END for row in rows)
    return text.encode("ascii" if text.isascii() else "utf-8-sig")


def _cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula, in quotation marks where it needs them."""
    safe = guarded(text)
    needs_marks = any(sign in safe for sign in ',;"\r\n\t|') or safe != safe.strip()
    return '"' + safe.replace('"', '""') + '"' if needs_marks else safe


#: A table to be filled in: headers and four rows that show how.
TEMPLATE = _bytes(_TEMPLATE_ROWS)

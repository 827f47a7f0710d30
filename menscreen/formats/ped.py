"""PED and FAM files of genomics programs: who is related to whom, and nothing of tumors.

Columns are family, person, father, mother, sex (1 male, 2 female) and a mark of "affected" by whatever the file was
made for. The mark has two codings in use (2 and 1, or 1 and 0) and names no disease, so it is not read.
"""

from __future__ import annotations

from menscreen.formats.content import Content
from menscreen.formats.gathering import Gathering
from menscreen.formats.ped_columns import MADE, SEXES, USUAL, header_of
from menscreen.formats.rows import lines_of, one_family, split, stop_if_hopeless
from menscreen.formats.structure import (
    NO_PARENT,
    UNNAMED,
    named,
    report_affected,
    with_missing_parents,
)
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Person, Sex

_MOST_COLUMNS = 12


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a PED or FAM file. It names no proband: the first person stands for one unless a column tells."""
    gathering = Gathering("ped", strict=strict, asked=())
    columns, rows = _rows(content, gathering)
    people: list[Person] = []
    families: dict[str, int] = {}
    affected, probands = 0, []
    for number, row in rows:
        if len(row) <= max(columns[name] for name in ("id", "father", "mother", "sex")):
            _report_short(number, len(row), gathering)
            continue
        if "family" in columns:
            families.setdefault(row[columns["family"]], number)
        person = _person(row, columns, number, gathering)
        people.append(person)
        affected += _cell(row, columns, "affected").lower() in ("2", "affected")
        probands += [person.id] if _cell(row, columns, "proband").lower() in ("1", "y", "yes", "true") else []
    one_family(families, gathering)
    if len(people) > 1 and len(probands) != 1:
        gathering.complain(
            "P019",
            people[0].at,
            "a format that names no proband" if "proband" not in columns else f"{len(probands)} probands",
            "the person to be screened",
            "name the person; the first of the file was taken",
            warning=True,
        )
    report_affected(affected, "document", gathering)
    gathering.stop_if_wrong()
    people = with_missing_parents(people, gathering)
    proband = probands[0] if probands else people[0].id if people else ""
    id = named(next(iter(families), None))
    return gathering.family(people, proband, content, id=id, family_history=FamilyHistory.ASKED)


def _rows(content: Content, gathering: Gathering) -> tuple[dict[str, int], list[tuple[int, list[str]]]]:
    """The columns by name, and the rows with their line numbers."""
    columns = USUAL
    rows: list[tuple[int, list[str]]] = []
    for number, line in lines_of(content):
        is_comment = line.startswith("#")
        cells = split(line.lstrip("# ") if is_comment else line, _MOST_COLUMNS)
        if not rows:
            header = header_of(cells)
            if header is not None:
                columns = header
                continue
            if "Ped:" in line and "Per:" in line and not is_comment:
                columns = MADE
        if not is_comment:
            rows.append((number, cells))
    return columns, rows


def _cell(row: list[str], columns: dict[str, int], name: str) -> str:
    at = columns.get(name, len(row))
    return row[at] if at < len(row) else ""


def _person(row: list[str], columns: dict[str, int], number: int, gathering: Gathering) -> Person:
    id, at = row[columns["id"]], f"line {number}"
    if id in NO_PARENT:
        gathering.complain("D006", at, "a person without an id", "an id", "give this person an id other than 0")
        stop_if_hopeless(gathering)
    mother, father = (None if (one := row[columns[role]]) in NO_PARENT else one for role in ("mother", "father"))
    sex = SEXES.get(row[columns["sex"]].lower())
    if sex is None:
        place = f"{at}, column {columns['sex'] + 1}"
        needed = "1 for male, 2 for female, 0 for not known"
        gathering.complain("D005", place, "a sex that is not understood", needed, "correct it", warning=True)
    return Person(id, sex=sex or Sex.UNKNOWN, mother=mother, father=father, at=at)


def _report_short(number: int, count: int, gathering: Gathering) -> None:
    gathering.complain(
        "D005",
        f"line {number}",
        f"a line of {count} column{'' if count == 1 else 's'}",
        "family, person, father, mother, sex, affected",
        "complete the line; a missing parent is 0",
    )
    stop_if_hopeless(gathering)


def is_allowed(id: str) -> bool:
    """Whether an id is one cell of a line, and stands for somebody."""
    return id.isprintable() and " " not in id and not id.startswith("#") and id not in (*NO_PARENT, UNNAMED)


def losses(family: Pedigree) -> list[str]:
    """Name what is lost beside the facts that have no column."""
    silent = ["whether anybody had a tumor: a PED file tells who is related, and nothing else"]
    return silent + ["who the proband is: the first person stands for one"] * (len(family.people) > 1)


def write(family: Pedigree) -> bytes:
    """Write a PED file, the proband first; affected (2) is who has a tumor or a syndrome, nobody is unaffected (1).

    >>> write(Pedigree((Person("p1", sex=Sex.FEMALE, mother="p2"), Person("p2", sex=Sex.FEMALE)), "p1")).split()[:6]
    [b'unnamed-family', b'p1', b'0', b'p2', b'2', b'0']
    """
    from menscreen.formats.phenopackets.writing import is_affected

    sexes = {Sex.MALE: "1", Sex.FEMALE: "2", Sex.UNKNOWN: "0"}
    rows = [
        (
            family.id or UNNAMED,
            one.id,
            one.father or "0",
            one.mother or "0",
            sexes[one.sex],
            "2" if is_affected(one) else "0",
        )
        for one in sorted(family.people, key=lambda one: one.id != family.proband)
    ]
    return "".join("\t".join(row) + "\n" for row in rows).encode()

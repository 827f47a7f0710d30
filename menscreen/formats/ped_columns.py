"""The columns of PED and FAM files, and how their lines are recognized."""

from __future__ import annotations

import re

from menscreen.pedigree.person import Sex

#: The columns by their usual names, lower case without punctuation.
NAMES = {
    **dict.fromkeys(("fid", "famid", "fam", "family", "familyid", "ped", "pedid", "pedigree", "pedigreeid"), "family"),
    **dict.fromkeys(
        ("iid", "id", "individual", "individualid", "indid", "person", "personid", "sample", "sampleid", "name"), "id"
    ),
    **dict.fromkeys(("pat", "father", "fatherid", "fathid", "paternalid", "paternal", "pid", "dad", "dadid"), "father"),
    **dict.fromkeys(("mat", "mother", "motherid", "mothid", "maternalid", "maternal", "mid", "mom", "momid"), "mother"),
    **dict.fromkeys(("sex", "gender"), "sex"),
    **dict.fromkeys(("phenotype", "phen", "pheno", "affected", "affection", "affectionstatus", "status"), "affected"),
    "proband": "proband",
}
USUAL = {"family": 0, "id": 1, "father": 2, "mother": 3, "sex": 4, "affected": 5}
#: LINKAGE after "makeped", recognized by "Ped:" and "Per:" at the end of each line.
MADE = {"family": 0, "id": 1, "father": 2, "mother": 3, "sex": 7, "proband": 8, "affected": 9}
SEXES = {
    **dict.fromkeys(("1", "m", "male"), Sex.MALE),
    **dict.fromkeys(("2", "f", "female"), Sex.FEMALE),
    **dict.fromkeys(("0", "3", "-9", ".", "-", "u", "na", "unknown", "other", "o", ""), Sex.UNKNOWN),
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?$")


def header_of(cells: list[str]) -> dict[str, int] | None:
    """The columns of a header line, or ``None`` where it is none."""
    found: dict[str, int] = {}
    for number, cell in enumerate(cells):
        name = NAMES.get(_name(cell))
        if name is not None:
            found.setdefault(name, number)
    return found if {"id", "father", "mother", "sex"} <= found.keys() else None


def is_header(cells: list[str]) -> bool:
    """Whether a line names the columns of a PED file and no others: a table may have more to tell.

    >>> is_header("FID IID PAT MAT SEX PHENOTYPE".split()), is_header("id father mother sex finding".split())
    (True, False)
    """
    return header_of(cells) is not None and all(_name(cell) in (*NAMES, "avail", "available") for cell in cells)


def _name(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell[:100].lower())  # a cell may be as long as the file


def is_row(cells: list[str]) -> bool:
    """Whether a line may be one of a PED file: four ids, a sex, and a number or a missing value."""
    if len(cells) < 5 or cells[4].lower() not in SEXES:
        return False
    return len(cells) == 5 or cells[5].upper() in ("NA", ".", "-") or _NUMBER.match(cells[5]) is not None

"""Read CanRisk 1 to 4 and BOADICEA import files, whose first line tells the version."""

from __future__ import annotations

import re

from menscreen.formats.canrisk.columns import ASKED, CANCERS, GENES, GENES_OF, NO_FAMILY, PATHOLOGY, STRUCTURE
from menscreen.formats.content import Content, refusal
from menscreen.formats.gathering import Gathering
from menscreen.formats.rows import lines_of, one_family, split, stop_if_hopeless
from menscreen.formats.structure import NO_PARENT, twins_by_mark, with_missing_parents
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.person import MAX_AGE, Age, Finding, GeneticTest, Person, Result, Scope, Sex
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR
from menscreen.problems import of_length

_COLUMN = {name.lower(): name for name in (*STRUCTURE, *CANCERS, *GENES, "Ashkn", "Gtest", "Mutn")}
_COLUMN |= {other: name for name, (others, _) in CANCERS.items() for other in others}
_COLUMN |= {f"{gene.lower()}{end}": f"{gene}{end}" for gene in GENES for end in "tr"}

_CANRISK = re.compile(r"##\s*CanRisk\s+(\d{1,3})\b(?:\.\d+)*", re.IGNORECASE)
_BOADICEA = re.compile(r"BOADICEA\s+import\s+pedigree\s+file\s+format\s+(\d{1,3})\b(?:\.\d+)*", re.IGNORECASE)
_MOST_COLUMNS = 64
_SCOPES = {"S": Scope.FULL, "T": Scope.FAMILIAL_VARIANT, "0": None, "-": None}
_RESULTS = {
    **dict.fromkeys(("P", "HET", "HOM"), Result.PATHOGENIC),
    "N": Result.NEGATIVE,
}
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, "U": Sex.UNKNOWN, "0": Sex.UNKNOWN}


class _Row:
    """A person's line: the cell of a column, 0 where there is no such column."""

    __slots__ = ("cells", "columns", "number")

    def __init__(self, names: list[str], cells: list[str], number: int) -> None:
        self.cells = dict(zip(names, cells, strict=True))
        self.columns = {name: at for at, name in enumerate(names)}
        self.number = number

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name) or "0"

    def at(self, name: str = "") -> str:
        return f"line {self.number}" + (f", column {self.columns[name] + 1}" if name in self.columns else "")


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a CanRisk or BOADICEA file of one family; the target is the proband."""
    gathering = Gathering("canrisk", strict=strict, asked=ASKED)
    people, marks, targets = [], [], []
    families: dict[str, int] = {}
    for row in _rows(content, gathering):
        families.setdefault(row["FamID"], row.number)
        person = _person(row, gathering)
        people.append(person)
        targets += [person.id] if row["Target"] != "0" else []
        marks += [(row["MZtwin"], person.id)] if row["MZtwin"] != "0" else []
    one_family(families, gathering)
    if len(targets) != 1 and len(families) <= 1:
        found = f"{len(targets)} people marked as target" if targets else "nobody marked as target"
        gathering.complain("P014", "column 3", found, "1 in the column Target of one person", "mark the proband")
    gathering.stop_if_wrong()
    twins = twins_by_mark(marks, Zygosity.MONOZYGOTIC)
    people = with_missing_parents(people, gathering)
    id = next(iter(families), NO_FAMILY)
    return gathering.family(
        people, targets[0], content, id=None if id == NO_FAMILY else id, twins=twins, family_history=FamilyHistory.ASKED
    )


def _rows(content: Content, gathering: Gathering) -> list[_Row]:
    lines = list(lines_of(content))
    names = _usual_columns(lines[0][1] if lines else "")
    rows: list[_Row] = []
    for number, line in lines[1:]:
        text = line.strip()
        if text.lstrip("#").lower().startswith("famid"):
            names = [_COLUMN.get(one.lower(), one) for one in text.lstrip("#").split(None, _MOST_COLUMNS)]
        elif not text.startswith("##"):
            cells = split(line.rstrip(), _MOST_COLUMNS)
            if len(cells) != len(names):
                cells = line.split(None, _MOST_COLUMNS)
            if len(cells) != len(names):
                gathering.complain(
                    "D005",
                    f"line {number}",
                    f"{len(cells)} column{'' if len(cells) == 1 else 's'}",
                    f"{len(names)} columns, as in the line of their names",
                    "complete the line; what is not known is 0",
                )
                stop_if_hopeless(gathering)
                continue
            rows.append(_Row(names, cells, number))
    return rows


def _usual_columns(first: str) -> list[str]:
    """The columns of the version of the first line, for files that do not name them."""
    canrisk, boadicea = _CANRISK.match(first.strip()), _BOADICEA.match(first.strip())
    if canrisk and int(canrisk[1]) in GENES_OF:
        return [*STRUCTURE, *CANCERS, "Ashkn", *GENES_OF[int(canrisk[1])], PATHOLOGY]
    if boadicea and int(boadicea[1]) in (1, 2, 4):
        tests = [f"{gene}{end}" for gene in GENES_OF[1][:5] for end in "tr"]
        tested = ["Ashkn", *tests] if int(boadicea[1]) == 4 else ["Gtest", "Mutn", "Ashkn"]
        return [*STRUCTURE, *CANCERS, *tested, *PATHOLOGY.split(":")]
    found = "a version that is not known" if canrisk or boadicea else "a first line of another format"
    needed = "`##CanRisk` 1 to 4, or `BOADICEA import pedigree file format` 1, 2 or 4"
    raise refusal("D011", found, needed, "export the family from CanRisk as version 4", "line 1")


def _person(row: _Row, gathering: Gathering) -> Person:
    id, at = row["IndivID"], row.at()
    if id in NO_PARENT:
        gathering.complain("D006", row.at("IndivID"), "a person without an id", "an id", "give this person an id")
    sex = _SEXES.get(row["Sex"].upper())
    if sex is None:
        gathering.complain("D005", row.at("Sex"), "a sex that is not understood", "M or F", "correct it", warning=True)
    label = row["Name"]
    dead = row["Dead"]
    if dead not in ("0", "1"):
        gathering.complain("D005", row.at("Dead"), "neither 0 nor 1", "0 or 1", "write 1 if dead", warning=True)
    return Person(
        id,
        None if label in ("0", "NA", id) else label,
        sex or Sex.UNKNOWN,
        mother=_parent(row["MothID"]),
        father=_parent(row["FathID"]),
        age=_age(row, "Age", gathering),
        deceased=dead == "1",
        birth_year=_number(row, "Yob", range(FIRST_YEAR, LAST_YEAR + 1), "A004", gathering),
        findings=tuple(_cancers(row, gathering)),
        tests=tuple(_tests(row, gathering)),
        at=at,
    )


def _parent(id: str) -> str | None:
    return None if id in NO_PARENT else id


def _number(row: _Row, name: str, within: range, code: str, gathering: Gathering) -> int | None:
    """A whole number; 0 is not known."""
    text = row[name]
    if text in ("0", "NA", "."):
        return None
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text) in within:
        return int(text)
    needed = f"a whole number from {within[0]} to {within[-1]}, or 0"
    fix = "correct it, or write 0 if it is not known"
    gathering.complain(code, row.at(name), of_length("a text", text), needed, fix)
    return None


def _age(row: _Row, name: str, gathering: Gathering) -> Age | None:
    years = _number(row, name, range(1, MAX_AGE + 1), "A001", gathering)
    return None if years is None else Age(years, years)


def _cancers(row: _Row, gathering: Gathering) -> list[Finding]:
    """The cancers that are there; a second breast cancer is one of the other side."""
    found = []
    for name, (_, term) in CANCERS.items():
        if row[name] == "0":
            continue
        age = None if row[name].upper() == "AU" else _age(row, name, gathering)
        both = True if name == "BC2" else None
        found.append(Finding(term, age, multiple=both, bilateral=both, at=row.at(name)))
    return found


def _tests(row: _Row, gathering: Gathering) -> list[GeneticTest]:
    tests = []
    for gene in GENES:
        kind, _, result = row[gene].partition(":")
        name = gene
        if f"{gene}r" in row.cells:
            name, kind, result = f"{gene}r", row[f"{gene}t"], row[f"{gene}r"]
        tests += _test(row, gene, name, kind, result, gathering)
    mutation = row["Mutn"]
    if mutation != "0":
        found = {"N": "NN", "1": "PN", "2": "NP", "3": "PP"}.get(mutation.upper(), "??")
        for gene, result in zip(("BRCA1", "BRCA2"), found, strict=True):
            tests += _test(row, gene, "Mutn", row["Gtest"], result, gathering)
    return tests


def _test(row: _Row, gene: str, name: str, kind: str, result: str, gathering: Gathering) -> list[GeneticTest]:
    if result in ("0", "", "-"):
        return []
    if kind.upper() not in _SCOPES or result.upper() not in _RESULTS:
        needed = "0:0, or S or T with N or P"
        gathering.complain("T005", row.at(name), "a test that is not understood", needed, "correct it", warning=True)
        return []
    return [GeneticTest(gene, _RESULTS[result.upper()], scope=_SCOPES[kind.upper()], at=row.at(name))]

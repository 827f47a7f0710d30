"""The people of a table: what the cells of a row say of somebody, findings and tests apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from menscreen.formats.csv import cells
from menscreen.formats.csv.findings import FindingReader
from menscreen.formats.gathering import Gathering
from menscreen.formats.structure import adopted_child
from menscreen.pedigree.person import Adoption, Age, Gender, History, Person, Sex
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR
from menscreen.vocabulary import vocabulary

_ADOPTED = {"in": Adoption.IN, "adopted in": Adoption.IN, "out": Adoption.OUT, "adopted out": Adoption.OUT}
_GENDERS = {"woman": Gender.WOMAN, "man": Gender.MAN, "nonbinary": Gender.NONBINARY, "nb": Gender.NONBINARY}
#: Where an id should stand: there is none, unless somebody has this id.
_MISSING_ID = {"0", *cells.BLANK, *cells.NOT_KNOWN}
#: In the column of adoptive parents: there are none, and mother and father are those by birth.
NO_PARENTS = "none"


#: Dead, with the age: "d. 62".
_DIED = re.compile(r"(?:d|died|dead|deceased)\b[\s.,:(]*(?:at\b|@|aged?\b|in\b)?[\s.:]*(?P<age>[^)]*\d[^)]*)\)?")


class Cell(NamedTuple):
    """A cell that is not empty, with its place."""

    text: str
    row: int
    column: int

    @property
    def at(self) -> str:
        """The place in words."""
        return place_of(self.row, self.column)

    def refuse(self, gathering: Gathering, code: str, needed: str, warning: bool = False) -> None:
        """Report that the cell says something else than is needed."""
        cells.refuse(gathering, code, self.text, self.at, needed, warning)


def place_of(row: int, column: int) -> str:
    """A place as a spreadsheet names it, such as ``row 3, column E``."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"row {row}, column {letters}"


class PersonReader:
    """Makes people of cells.

    Attributes:
        ids: all ids of the table.
        has_sex: whether there is a column of sexes, so that one of genders means genders.
    """

    def __init__(self, gathering: Gathering, ids: set[str], *, has_sex: bool) -> None:
        self.gathering, self.ids, self.has_sex = gathering, ids, has_sex

    def person(self, row: int, said: dict[str, Cell], finder: FindingReader) -> Person:
        """The person of these cells, and of what the rows say of findings and tests."""
        at = f"row {row}"
        findings, tests, is_complete = finder.read(self.gathering)
        deceased, age = self.life(said)
        sex, gender = self.sexes(said)
        history = History.KNOWN if is_complete and not self.is_history_unknown(said) else History.UNKNOWN
        person = Person(
            said["id"].text.strip() if "id" in said else "",
            label=said["label"].text if "label" in said else None,
            sex=sex,
            gender=gender,
            mother=self.parent(said.get("mother")),
            father=self.parent(said.get("father")),
            adoptive_parents=self.ids_of(said.get("adoptive parents")),
            adopted=self.adopted(said.get("adopted")),
            age=age,
            deceased=deceased,
            birth_year=self.year(said.get("birth year")),
            history=history,
            asked=self.asked(said.get("asked")),
            findings=findings,
            tests=tests,
            placeholder="placeholder" in said and bool(cells.flag(said["placeholder"].text)),
            at=at,
        )
        return person if "adoptive parents" in said else self.with_adoptive_parents(person)

    def with_adoptive_parents(self, person: Person) -> Person:
        """Read the parents of somebody adopted in as adoptive, unless there is a column for these."""
        apart = adopted_child(person)
        if apart is not person:
            self.gathering.complain(
                "P013",
                person.at,
                "parents of a person who was adopted in",
                "biological parents in `mother` and `father`, the others in `adoptive parents`",
                "move them, or write none as the adoptive parents; they were read as adoptive, with no blood tie",
                warning=True,
            )
        return apart

    def is_history_unknown(self, said: dict[str, Cell]) -> bool:
        """Whether the column says that nobody knows, or nobody asked."""
        cell = said.get("history")
        if cell is None or cells.is_blank(cell.text):
            return False
        word = cells.folded(cell.text)
        if word in ("known", "yes", "y"):
            return False
        if not (cells.is_not_known(word) or word in ("no", "n", "not asked")):
            cell.refuse(self.gathering, "D005", "known or unknown")
        return True

    def parent(self, cell: Cell | None) -> str | None:
        """The id of a parent, unless the cell says that there is none."""
        if cell is None:
            return None
        id = cell.text.strip()
        return None if id not in self.ids and id.lower() in _MISSING_ID else id

    def ids_of(self, cell: Cell | None) -> tuple[str, ...]:
        """Ids with semicolons between."""
        if cell is None:
            return ()
        text = cell.text.strip()
        if text not in self.ids and text.lower() in (*_MISSING_ID, NO_PARENTS):
            return ()
        return tuple(id for part in cell.text.split(";") if (id := part.strip()))

    def adopted(self, cell: Cell | None) -> Adoption | None:
        """Adopted in or out; yes means in."""
        if cell is None or cells.is_silent(cell.text):
            return None
        word = cells.folded(cell.text)
        yes = cells.flag(word)
        if word not in _ADOPTED and yes is None:
            cell.refuse(self.gathering, "D005", "in, out, yes or no")
        return _ADOPTED.get(word) or (Adoption.IN if yes else None)

    def sexes(self, said: dict[str, Cell]) -> tuple[Sex, Gender | None]:
        """Sex and gender; a column of genders alone with female and male in it is read as the sex."""
        sex, gender = Sex.UNKNOWN, None
        if (cell := said.get("sex")) is not None:
            sex = self.sex(cell)
        if (cell := said.get("gender")) is not None and not cells.is_silent(cell.text):
            word = cells.folded(cell.text)
            gender = _GENDERS.get(word.replace("-", ""))
            told = cells.sex(word)
            if not self.has_sex and told is not None and word not in _GENDERS:
                sex = told
            elif gender is None and told is not None:
                gender = Gender.WOMAN if told is Sex.FEMALE else Gender.MAN
            elif gender is None:
                cell.refuse(self.gathering, "D005", "woman, man or nonbinary", warning=True)
        return sex, gender

    def sex(self, cell: Cell) -> Sex:
        """The sex; numbers are not guessed at."""
        told = cells.sex(cell.text)
        if told is None and not cells.is_silent(cell.text):
            cell.refuse(
                self.gathering, "D005", "female or male, in words or as F and M", warning=cell.text.strip().isdigit()
            )
        return told or Sex.UNKNOWN

    def life(self, said: dict[str, Cell]) -> tuple[bool, Age | None]:
        """Whether the person died, and the age now or then."""
        deceased, died = False, None
        for key, is_alive in (("deceased", False), ("alive", True)):
            cell = said.get(key)
            if cell is None or cells.is_silent(cell.text):
                continue
            word = cells.folded(cell.text)
            yes = cells.flag(word)
            if (told := _DIED.fullmatch(word)) is not None:
                deceased, died = True, self.age(cell._replace(text=told["age"]))
            elif word in cells.ALIVE | cells.DEAD:
                deceased = deceased or word in cells.DEAD
            elif yes is None:
                cell.refuse(self.gathering, "D005", "yes or no")
            else:
                deceased = deceased or yes is not is_alive
        at_death = self.age(said.get("age at death")) or died
        return deceased or at_death is not None, at_death or self.age(said.get("age"))

    def age(self, cell: Cell | None) -> Age | None:
        """The age, reported if it is none."""
        return cells.age_in(self.gathering, cell.text, cell.at) if cell is not None else None

    def year(self, cell: Cell | None) -> int | None:
        """The year of a date; day and month are not kept."""
        if cell is None or cells.is_silent(cell.text):
            return None
        years = re.findall(r"(?<!\d)\d{4}(?!\d)", cell.text)
        if len(years) == 1 and FIRST_YEAR <= int(years[0]) <= LAST_YEAR:
            return int(years[0])
        cell.refuse(self.gathering, "A004", "a year of four digits", warning=True)
        return None

    def asked(self, cell: Cell | None) -> tuple[str, ...] | None:
        """The sites that were asked about; "none" is no site."""
        if cell is None:
            return None
        sites = []
        for word in filter(None, map(str.strip, cell.text.split(";"))):
            if word.lower() == "none":
                continue
            site = vocabulary().site(word)
            if site is None:
                cell.refuse(
                    self.gathering,
                    "F018",
                    "sites such as thyroid; pancreas, or none",
                    warning=not self.gathering.strict,
                )
            sites.append(site or word)
        return tuple(dict.fromkeys(sites))

"""Read a table of people: a row for each person, or several rows for one who has several findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from menscreen.formats.content import Content
from menscreen.formats.csv import cells
from menscreen.formats.csv.findings import FindingReader
from menscreen.formats.csv.headers import Column, meaning, nearest, tumor_of
from menscreen.formats.csv.people import Cell, PersonReader, place_of
from menscreen.formats.csv.sheet import Sheet, sheet_of
from menscreen.formats.csv.sides import is_of_body, with_side
from menscreen.formats.gathering import Gathering
from menscreen.formats.placing import place
from menscreen.pedigree.builder import Relative
from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.person import History, Person, UnplacedRelation
from menscreen.pedigree.relations import Tie, parse
from menscreen.problems import of_length
from menscreen.vocabulary import findings_said


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family from a table with headers."""
    return _Reader(sheet_of(content), strict).family(content)


class _Draft:
    """A person in the making: the cells of all rows that are about them."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.cells: dict[str, Cell] = {}
        self.findings = FindingReader()


_Row = tuple[int, dict[Column, Cell]]
_ID, _RELATION = Column("person", "id"), Column("person", "relation")
_ZYGOSITY = {"mz": Zygosity.MONOZYGOTIC, "identical": Zygosity.MONOZYGOTIC, "monozygotic": Zygosity.MONOZYGOTIC,
             "dz": Zygosity.DIZYGOTIC, "fraternal": Zygosity.DIZYGOTIC, "dizygotic": Zygosity.DIZYGOTIC,
             "non-identical": Zygosity.DIZYGOTIC}  # fmt: skip


class _Reader:
    def __init__(self, sheet: Sheet, strict: bool) -> None:
        self.gathering = Gathering("csv", strict=strict)
        self.complain = self.gathering.complain
        self.sheet = sheet
        self.columns = list(self.known_columns())
        self.tumors = {number: tumor_of(sheet.headers[number]) for number, _ in self.columns}
        self.ids: set[str] = set()

    # The table

    def known_columns(self) -> Iterator[tuple[int, Column]]:
        if self.sheet.is_guessed:
            self.complain(
                "D015",
                "document",
                "text that is not UTF-8",
                "text in UTF-8",
                "save the file as UTF-8; it was read as Windows-1252",
                warning=True,
            )
        seen: dict[Column, int] = {}
        for number, header in enumerate(self.sheet.headers):
            column = meaning(header)
            if column is None:
                self.unknown_column(number, header)
                continue
            if column.key == "status" and self.tells_who_lives(number):
                column = Column("person", "alive")
            if column.key == "side" and is_of_body(row[number] for _, row in self.sheet.rows if number < len(row)):
                column = Column("finding", "laterality")
            if column in seen and column.kind in ("finding", "test"):
                # The same header again: the next finding, as when a form repeats its columns.
                column = column._replace(number=max(one.number for one in seen if one[:2] == column[:2]) + 1)
            elif column in seen:
                where = place_of(self.sheet_row, number)
                self.complain("D003", where, "a second column of one fact", "each column once", "take one out")
            seen[column] = number
            yield number, column
        if not {column.key for column in seen} & {"id", "relation", "finding", "sex", "label"}:
            self.complain(
                "D017",
                f"row {self.sheet_row}",
                "no headers that are known",
                "a first row with headers such as id, relation, sex, finding, age at diagnosis",
                "begin with the template (menscreen convert --template csv)",
            )
        self.gathering.stop_if_wrong()

    def tells_who_lives(self, number: int) -> bool:
        """Whether a column that might tell the status of findings holds alive and dead."""
        said = {cells.folded(row[number]) for _, row in self.sheet.rows if number < len(row)} - cells.BLANK
        return bool(said) and said - cells.NOT_KNOWN <= cells.ALIVE | cells.DEAD

    @property
    def sheet_row(self) -> int:
        return self.sheet.rows[0][0] - 1 if self.sheet.rows else 1

    def unknown_column(self, number: int, header: str) -> None:
        """A header that looks like a known one is a slip that may lose facts; other columns are the owner's affair."""
        header = header.strip()
        is_empty = not any(number < len(row) and row[number].strip() for _, row in self.sheet.rows)
        if is_empty or header.lower().startswith("x-"):
            return
        meant = nearest(header)
        self.complain(
            "D017",
            place_of(self.sheet_row, number),
            f"{of_length('a header', header)} that is not known",
            "a header of the template",
            f"did you mean '{meant}'? to have the column ignored let its header begin with x-"
            if meant
            else "the column was not read; if it holds a fact, give it a header of the template",
            warning=meant is None and not self.gathering.strict,
        )

    def drafts(self) -> list[_Draft]:
        """The people of the table, rows with one id, or of a relation of which there is one, joined."""
        found: dict[object, _Draft] = {}
        rows = [(row, with_side(self.values(row, texts), self.gathering)) for row, texts in self.sheet.rows]
        for row, values in self.without_ids_of_patient(rows):
            key = self.identity(values) or row
            draft = found.setdefault(key, _Draft(row))
            self.add(draft, values)
        return list(found.values())

    def values(self, row: int, texts: list[str]) -> dict[Column, Cell]:
        """The cells of a row that are not empty, by their columns."""
        return {
            column: Cell(self.spoken(cells.unguarded(texts[number]), number), row, number)
            for number, column in self.columns
            if number < len(texts) and texts[number].strip()
        }

    def without_ids_of_patient(self, rows: list[_Row]) -> list[_Row]:
        """The rows; an id that stands beside several relations is that of the patient in the row of each relative."""
        if any(column.key in ("mother", "father", "relation to") for _, column in self.columns):
            return rows
        relations: dict[str, set[str]] = {}
        for _, values in rows:
            if _ID in values and _RELATION in values:
                words = cells.folded(values[_RELATION].text)
                relations.setdefault(values[_ID].text.strip(), set()).add(words)
        if all(len(said) < 2 for said in relations.values()):
            return rows
        first = next(values[_ID] for _, values in rows if _ID in values)
        fix = "give each person an id, or name the column `family id`; it was not read"
        found, needed = "one id beside different relations", "an id for each person"
        self.complain("P001", first.at, found, needed, fix, warning=True)
        return [(row, {column: cell for column, cell in values.items() if column != _ID}) for row, values in rows]

    def spoken(self, text: str, number: int) -> str:
        """What a cell says in its column: in one of cancers, an organ, or a kind of it, stands for its cancer."""
        tumor = self.tumors[number]
        return text if tumor is None else "; ".join(_of_tumor(one.strip(), tumor) for one in text.split(";"))

    def identity(self, values: dict[Column, Cell]) -> object:
        """What tells that two rows are about one person."""
        text = {column.key: cell.text.strip() for column, cell in values.items() if column.kind == "person"}
        id = text.get("id")
        if id:
            return text.get("family"), id
        relation = parse(text["relation"]) if "relation" in text else None
        if relation is None or "count" in text:
            return None
        if relation.tie is Tie.SELF or {"mother", "father"}.issuperset(relation.steps or ("",)):
            return text.get("family"), relation.tie, relation.steps
        return (text["label"], relation) if "label" in text else None

    def add(self, draft: _Draft, values: dict[Column, Cell]) -> None:
        for column, cell in values.items():
            if column.kind != "person":
                continue
            present = draft.cells.setdefault(column.key, cell)
            if cells.folded(present.text) != cells.folded(cell.text):
                self.complain(
                    "P001",
                    cell.at,
                    "another value than in an earlier row of the same person",
                    "one value for each fact of a person",
                    "leave the cell empty or make the rows agree",
                )
        cause = values.get(Column("cause", "cause of death"))
        if cause is not None and not cells.is_blank(cause.text):
            draft.cells.setdefault("deceased", cause._replace(text="yes"))
        draft.findings.add({column: (cell.text, cell.at) for column, cell in values.items() if column.kind != "person"})

    # The family

    def family(self, content: Content) -> Pedigree:
        drafts = self.drafts()
        self.refuse_families(drafts)
        self.ids = {cell.text.strip() for draft in drafts if (cell := draft.cells.get("id")) is not None}
        columns = {column.key for _, column in self.columns}
        reader = PersonReader(self.gathering, self.ids, has_sex="sex" in columns)
        people = [reader.person(draft.row, draft.cells, draft.findings) for draft in drafts]
        first = self.proband(drafts)
        if first is None:
            proband, others = Person("self", history=History.UNKNOWN), list(zip(drafts, people, strict=True))
        else:
            proband = people[first]
            others = [(one, two) for at, (one, two) in enumerate(zip(drafts, people, strict=True)) if at != first]
        relatives = [self.relative(draft, person) for draft, person in others]
        family, problems = place(proband, relatives)
        self.gathering.problems += problems
        by_row = {person.at: person.id for person in family.people if person.at}
        made = self.in_order(family, drafts)
        return self.gathering.family(
            made,
            family.proband,
            content,
            id=next((cell.text.strip() for one in drafts if (cell := one.cells.get("family")) is not None), None),
            twins=(*family.twins, *self.twins(drafts, by_row)),
            family_history=self.family_history(drafts),
        )

    def in_order(self, family: Pedigree, drafts: list[_Draft]) -> list[Person]:
        """The people in the order of the rows, placeholders last."""
        order = {f"row {draft.row}": number for number, draft in enumerate(drafts)}
        return sorted(
            family.people, key=lambda person: order.get(person.at, -1 if not person.placeholder else len(order))
        )

    def refuse_families(self, drafts: list[_Draft]) -> None:
        named = {cell.text.strip() for draft in drafts if (cell := draft.cells.get("family")) is not None}
        if len(named) > 1:
            self.complain(
                "D016",
                "document",
                f"{len(named)} families",
                "one family",
                "make a file for each family of the column",
            )

    def proband(self, drafts: list[_Draft]) -> int | None:
        """The row of the proband: marked, or related to nobody but themselves, or alone."""
        marked = [
            at
            for at, draft in enumerate(drafts)
            if ((cell := draft.cells.get("proband")) is not None and cells.flag(cell.text))
            or ((cell := draft.cells.get("relation")) is not None and _is_self(cell.text))
        ]
        has_relations = any("relation" in draft.cells for draft in drafts)
        if len(marked) == 1 or (not marked and len(drafts) == 1 and not has_relations):
            return marked[0] if marked else 0
        if not marked and has_relations:
            self.complain(
                "P014",
                "document",
                "no row of the proband",
                "a row with the relation `self`",
                "add the person about whom the family is asked; nothing is known of them until then",
                warning=True,
            )
            return None
        self.complain(
            "P014",
            "document",
            f"{len(marked)} probands" if marked else "no proband",
            "one row marked as the proband",
            "write yes in a column `proband` of one row, or `self` as the relation",
        )
        self.gathering.stop_if_wrong()
        return None

    def relative(self, draft: _Draft, person: Person) -> Relative:
        words, to = draft.cells.get("relation"), draft.cells.get("relation to")
        count, number = draft.cells.get("count"), 1
        if count is not None:
            if count.text.strip().isdecimal() and len(count.text) < 10 and int(count.text) <= 100:
                number = int(count.text)
            else:
                count.refuse(self.gathering, "D012", "a count up to 100")
        if words is None or cells.is_blank(words.text):
            return Relative("", person, number, f"row {draft.row}")
        if to is not None:
            relation = UnplacedRelation(to.text.strip(), words.text.strip())
            return Relative("", attrs.evolve(person, relation=relation), number, f"row {draft.row}")
        if cells.is_not_known(words.text):
            return Relative("relative", person, number, f"row {draft.row}")
        return Relative(words.text.strip(), person, number, f"row {draft.row}")

    def family_history(self, drafts: list[_Draft]) -> FamilyHistory | None:
        for draft in drafts:
            cell = draft.cells.get("family history")
            if cell is not None and cells.folded(cell.text) in ("not-asked", "not asked"):
                return FamilyHistory.NOT_ASKED
            if cell is not None and cells.folded(cell.text) == "asked":
                return FamilyHistory.ASKED
        return None

    def twins(self, drafts: list[_Draft], by_row: dict[str, str]) -> list[Twins]:
        """The people with one word in the column of twins, or with the id of a twin in it."""
        groups: dict[str, list[str]] = {}
        said: dict[str, set[Zygosity]] = {}
        for draft in drafts:
            cell, kind = draft.cells.get("twins"), draft.cells.get("zygosity")
            if cell is None or cells.is_blank(cell.text):
                continue
            words = [part.strip() for part in cell.text.split(";")]
            kinds = [cells.folded(part) for part in kind.text.split(";")] if kind is not None else []
            for number, word in enumerate(words):
                groups.setdefault(word, []).append(by_row[f"row {draft.row}"])
                if number < len(kinds) and kinds[number] in _ZYGOSITY:
                    said.setdefault(word, set()).add(_ZYGOSITY[kinds[number]])
        for word, ids in groups.items():
            if len(ids) == 1 and word in self.ids:
                ids.append(word)
        order = sorted(groups, key=lambda word: (len(word), word))
        one_kind = {word: kinds.pop() for word, kinds in said.items() if len(kinds) == 1}
        return [Twins(tuple(groups[word]), one_kind.get(word, Zygosity.UNKNOWN)) for word in order]


_OTHER = re.compile(r"^other\b\s*[:(,-]+\s*(?=\w)", re.IGNORECASE)


def _of_tumor(text: str, tumor: str) -> str:
    """The text with the word for the tumor of each organ of a list, where it names something only with this word."""
    text = _OTHER.sub("", text)
    if findings_said(text):
        return text
    whole = f"{text} {tumor}"
    if findings_said(whole):
        return whole
    parts = [part.strip() for part in text.split(",")]
    named = [part if findings_said(part) else f"{part} {tumor}" for part in parts]
    return ", ".join(named) if all(map(findings_said, named)) else text


def _is_self(words: str) -> bool:
    relation = parse(words)
    return relation is not None and relation.tie is Tie.SELF

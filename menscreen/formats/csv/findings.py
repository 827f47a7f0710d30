"""The findings and genetic tests in the rows of one person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from menscreen.formats.csv import cells
from menscreen.formats.csv.headers import Column
from menscreen.formats.gathering import Gathering
from menscreen.formats.naming import Codes
from menscreen.formats.values import known_text
from menscreen.pedigree.person import Age, Finding, GeneticTest, Origin, Result, Scope, Status
from menscreen.vocabulary import findings_said, vocabulary
from menscreen.vocabulary.denying import says_nothing

#: The text of a cell and its place.
Cell = tuple[str, str]
_Group = dict[str, Cell]

_NAMES = ("finding", "site", "histology", "code", "text")
_FLAGS = ("multiple", "bilateral", "recurrent", "metastatic", "confirmed")
_TEXTS = ("stage", "grade", "sstr", "text", "note")
_STATUS = {
    "present": Status.PRESENT, "yes": Status.PRESENT, "y": Status.PRESENT, "confirmed": Status.PRESENT,
    "affected": Status.PRESENT, "true": Status.PRESENT, "1": Status.PRESENT, "definite": Status.PRESENT,
    "absent": Status.ABSENT, "no": Status.ABSENT, "n": Status.ABSENT, "excluded": Status.ABSENT,
    "denied": Status.ABSENT, "false": Status.ABSENT, "0": Status.ABSENT, "unaffected": Status.ABSENT,
    "suspected": Status.SUSPECTED, "possible": Status.SUSPECTED, "probable": Status.SUSPECTED,
    "unconfirmed": Status.SUSPECTED, "maybe": Status.SUSPECTED, "reported": Status.SUSPECTED,
}  # fmt: skip
_RESULTS = {
    "pathogenic": Result.PATHOGENIC, "p": Result.PATHOGENIC, "positive": Result.PATHOGENIC, "pos": Result.PATHOGENIC,
    "+": Result.PATHOGENIC, "carrier": Result.PATHOGENIC, "mutation": Result.PATHOGENIC,
    "likely-pathogenic": Result.LIKELY_PATHOGENIC, "likely pathogenic": Result.LIKELY_PATHOGENIC,
    "lp": Result.LIKELY_PATHOGENIC, "uncertain": Result.UNCERTAIN, "vus": Result.UNCERTAIN,
    "uncertain significance": Result.UNCERTAIN, "likely-benign": Result.LIKELY_BENIGN,
    "likely benign": Result.LIKELY_BENIGN, "lb": Result.LIKELY_BENIGN, "benign": Result.BENIGN, "b": Result.BENIGN,
    "negative": Result.NEGATIVE, "neg": Result.NEGATIVE, "normal": Result.NEGATIVE, "wild type": Result.NEGATIVE,
    "wt": Result.NEGATIVE, "no variant": Result.NEGATIVE, "not detected": Result.NEGATIVE,
}  # fmt: skip
#: Before an age, and the bracket behind it.
_YES = re.compile(r"^\s*(?:yes|y)\b[\s,;:(@-]*(?:at\b)?|\)\s*$", re.IGNORECASE)
_POSITIVE = {"positive", "pos", "+", "carrier", "mutation"}
_NOT_DONE = {"not done", "not tested", "untested", "no", "none", "pending"}


class FindingReader:
    """Gathers the cells of a person, row by row, and makes findings and tests of them."""

    def __init__(self) -> None:
        self.groups: list[tuple[str, _Group]] = []
        self.is_complete = True

    def add(self, row: Mapping[Column, Cell]) -> None:
        """Take the cells of a row that are not of the person."""
        found: dict[tuple[str, object], _Group] = {}
        for column, cell in row.items():
            key = (column.kind, column.number) if column.kind in ("finding", "test") else ("", column.key)
            kind = column.kind if column.kind in ("finding", "test", "tested", "cause") else "term"
            group = found.setdefault(key, {})
            if not group:
                self.groups.append((kind, group))
            name = {"tested": "result", "term": "said", "term age": "age at diagnosis"}.get(column.kind, column.key)
            group[name] = cell
            if column.kind in ("term", "term age", "tested"):
                group["named"] = (column.key, cell[1])

    def read(self, gathering: Gathering) -> tuple[tuple[Finding, ...], tuple[GeneticTest, ...], bool]:
        """The findings, the tests, and whether no finding was said to be unknown."""
        self.gathering = gathering
        findings: list[Finding] = []
        tests: list[GeneticTest] = []
        for kind, group in self.groups:
            if kind == "finding":
                findings.extend(self._findings(group))
            elif kind == "cause":
                self._cause_of_death(group["cause of death"], findings)
            elif kind == "term":
                findings.extend(self._term(group))
            else:
                tests.extend(self._tests(group))
        return tuple(findings), tuple(tests), self.is_complete

    # Findings

    def _findings(self, group: _Group) -> Iterator[Finding]:
        named = {key: group[key] for key in group if key in _NAMES or key.startswith("code ")}
        named = {key: cell for key, cell in named.items() if not cells.is_blank(cell[0])}
        if not set(named) - {"text"}:
            yield from self._of_text(group)
            return
        texts = {key: cell[0].strip() for key, cell in named.items()}
        words = texts.get("finding")
        if words is not None and cells.is_not_known(words):
            self.is_complete = self.is_complete and len(texts) > 1
            words = None
        if words is not None and (cells.folded(words) in cells.NOTHING or says_nothing(words)):
            return
        place = next(iter(named.values()))[1]
        if words is None and len(texts) == 1 and "finding" in texts:
            return
        several = [words] if words is None or vocabulary().lookup(words) is not None else words.split(";")
        several = [one for one in several if one is None or one.strip()]
        ages = group.get("age at diagnosis", ("", place))
        parts = ages[0].split(";") if len(several) > 1 else [ages[0]]
        if len(parts) != len(several):
            if not cells.is_blank(ages[0]):
                cells.refuse(
                    self.gathering, "A001", *ages, f"{len(several)} ages with semicolons between", warning=True
                )
            parts = [""] * len(several)
        for one, part in zip(several, parts, strict=True):
            yield from self._finding(one, texts, {**group, "age at diagnosis": (part, ages[1])}, place)

    def _finding(self, words: str | None, texts: dict[str, str], group: _Group, place: str) -> Iterator[Finding]:
        words = words.strip() if words is not None else None
        age = self._age(group.get("age at diagnosis"))
        status = self._status(group.get("status"))
        codes = self._codes(group)
        if not (words or codes or "site" in texts or "histology" in texts):
            return
        name = self.gathering.name(
            place,
            words,
            site=texts.get("site"),
            histology=texts.get("histology"),
            codes=codes,
            absent=status is Status.ABSENT,
        )
        yield from self.gathering.findings(name, self._details(group, age, status, place))

    def _cause_of_death(self, cell: Cell, findings: list[Finding]) -> None:
        """Join a cause of death to the finding that it repeats, or add it where it is one that is known."""
        known = vocabulary()
        term = known.lookup(cell[0]) or known.tumor_spoken_of(cell[0])
        if term is None:
            return
        for at, one in enumerate(findings):
            if one.term is not None and (term.id in known.above(one.term) or one.term in known.above(term.id)):
                findings[at] = attrs.evolve(one, note=one.note or "cause of death")
                return
        findings += self._finding(cell[0], {}, {"note": ("cause of death", cell[1])}, cell[1])

    def _of_text(self, group: _Group) -> Iterator[Finding]:
        """A finding that is told in free text alone; a note counts where it speaks of a tumor."""
        for key in ("text", "note"):
            cell = group.get(key)
            if cell is None or known_text(cell[0]) is None:
                continue
            known = vocabulary()
            text, place = cell
            if key == "note" and known.lookup(text) is None and known.tumor_spoken_of(text) is None:
                continue
            status = self._status(group.get("status"))
            name = self.gathering.name(place, text, absent=status is Status.ABSENT)
            made = self._details(group, self._age(group.get("age at diagnosis")), status, place)
            yield from self.gathering.findings(name, {**made, "text": None})
            return

    def _details(self, group: _Group, age: Age | None, status: Status, place: str) -> dict[str, Any]:
        """All of a finding but its name."""
        flags = {key: self._flag(group.get(key)) for key in _FLAGS}
        side = cells.folded(group["laterality"][0]) if "laterality" in group else ""
        if flags["bilateral"] is None and side in ("bilateral", "both"):
            flags["bilateral"] = True
        if flags["confirmed"] is False and status is Status.PRESENT:
            status = Status.SUSPECTED
        declined = group["declined"][0].split(";") if "declined" in group else []
        return {
            "age": age,
            "status": status,
            "multiple": True if flags["bilateral"] else flags["multiple"],
            "bilateral": flags["bilateral"],
            "recurrent": bool(flags["recurrent"]),
            "metastatic": bool(flags["metastatic"]),
            "confirmed": flags["confirmed"],
            "declined": tuple(word for one in declined if (word := one.strip())),
            "size_mm": self._size(group.get("size mm")),
            "at": place,
            **{key: known_text(group[key][0]) if key in group else None for key in _TEXTS},
        }

    def _term(self, group: _Group) -> Iterator[Finding]:
        """A finding that has a column of its own: yes, no, suspected, or the age at diagnosis."""
        id, place = group["named"]
        said, when = group.get("said"), group.get("age at diagnosis")
        age = self._age(when) if when is not None and cells.flag(when[0]) is not False else None
        word = cells.folded(said[0]) if said is not None else ""
        status: Status | None = Status.PRESENT if age is not None else None
        if word in cells.NOT_KNOWN:
            self.is_complete = False
        elif word not in cells.BLANK:
            yes = cells.flag(word)
            if yes is not None:
                status = Status.PRESENT if yes else Status.ABSENT
            elif word in _STATUS:
                status = _STATUS[word]
            elif said is not None and (told := _standing(id, said[0])) is not None:
                status = told
            elif said is not None and (stated := self._age((_YES.sub("", said[0]), place))) is not None:
                age, status = stated, Status.PRESENT
        if status is not None:
            yield Finding(id, age if status is not Status.ABSENT else None, status, at=place)

    def _codes(self, group: _Group) -> Codes:
        found = []
        system = group.get("code system", ("", ""))[0].strip()
        for key, (text, place) in group.items():
            if key != "code" and (not key.startswith("code ") or key == "code system"):
                continue
            for one in (part.strip() for part in re.split(r"[;|]", text)):
                named, _, rest = one.partition(" ") if key == "code" and not system else ("", "", one)
                spelled = key.removeprefix("code ") if key != "code" else system or named
                if one and not (spelled and rest):
                    prefix, _, digits = one.partition(":")
                    spelled, rest = (prefix, one) if digits else ("", one)
                if one and not spelled:
                    self.gathering.complain(
                        "D006",
                        place,
                        "a code without its terminology",
                        "a column `code system`, or a code such as ICD-10-CM E31.22",
                        "say which terminology the code is of",
                    )
                elif one:
                    found.append((spelled, rest))
        return tuple(found)

    # Cells

    def _age(self, cell: Cell | None) -> Age | None:
        return cells.age_in(self.gathering, *cell) if cell is not None else None

    def _status(self, cell: Cell | None) -> Status:
        if cell is None or cells.is_blank(cell[0]):
            return Status.PRESENT
        word = cells.folded(cell[0])
        if word not in _STATUS and not cells.is_not_known(word):
            cells.refuse(self.gathering, "D005", *cell, "present, absent or suspected")
        return _STATUS.get(word, Status.SUSPECTED)

    def _flag(self, cell: Cell | None) -> bool | None:
        if cell is None or cells.is_silent(cell[0]):
            return None
        yes = cells.flag(cell[0])
        if yes is None:
            cells.refuse(self.gathering, "D005", *cell, "yes or no")
        return yes

    def _size(self, cell: Cell | None) -> float | None:
        if cell is None or cells.is_silent(cell[0]):
            return None
        match = re.fullmatch(r"(\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)\s*(mm|cm)?", cells.folded(cell[0]))
        if match:
            size = float(match[1].replace(",", ".")) * (10 if match[2] == "cm" else 1)
            if 0 < size <= 5000:
                return size
        cells.refuse(self.gathering, "F021", *cell, "a size in millimeters")
        return None

    # Tests

    def _tests(self, group: _Group) -> Iterator[GeneticTest]:
        gene = group.get("named") or group.get("gene")
        if gene is None or cells.is_blank(gene[0]):
            if any(not cells.is_blank(cell[0]) for key, cell in group.items() if key in ("result", "variant")):
                self.gathering.complain(
                    "T001",
                    next(iter(group.values()))[1],
                    "a test without a gene",
                    "a gene such as RET",
                    "name the gene",
                )
            return
        result = group.get("result", ("", gene[1]))
        word = cells.folded(result[0])
        if word in _NOT_DONE or ("named" in group and (word in cells.BLANK or word in cells.NOT_KNOWN)):
            return
        if word not in _RESULTS and word not in cells.BLANK and word not in cells.NOT_KNOWN:
            cells.refuse(
                self.gathering,
                "D005",
                *result,
                "pathogenic, likely pathogenic, uncertain, likely benign, benign or negative",
            )
            return
        self._mention_positive(word, result[1])
        scope = cells.folded(group["scope"][0]).replace(" ", "-") if "scope" in group else ""
        origin = cells.folded(group["origin"][0]) if "origin" in group else ""
        test = self.gathering.test(
            gene[0],
            _RESULTS.get(word),
            gene[1],
            variant=known_text(group["variant"][0]) if "variant" in group else None,
            scope=Scope(scope) if scope in set(Scope) else None,
            origin=Origin.SOMATIC if origin in ("somatic", "tumor", "tumour") else Origin.GERMLINE,
        )
        if test is not None:
            yield test

    def _mention_positive(self, word: str, place: str) -> None:
        if word in _POSITIVE:
            self.gathering.complain(
                "T003",
                place,
                "positive",
                "pathogenic, likely pathogenic or uncertain",
                "look at the report and write its class; it was read as pathogenic",
                warning=True,
            )


def _standing(term: str, cell: str) -> Status | None:
    """What the words of a cell say of the finding of its column: denied or doubted; ``None`` for other words."""
    said = findings_said(f"{vocabulary().terms[term].name}: {cell}")
    if len(said) != 1 or said[0].term.id != term:
        return None
    return Status.ABSENT if said[0].is_denied else Status.SUSPECTED if said[0].is_doubted else None

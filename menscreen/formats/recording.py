"""From the wire to the model: what an absent key means, what *not known* means, and what a value means, key by key.

The tables below say it: `UNSET` is the absent key, the other spellings are *not known*. docs/format.md prints the
same table for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import UNSET

from menscreen.formats import wire
from menscreen.formats.naming import Name, name_of, named_beside, settled, settled_age
from menscreen.formats.values import Values, known_text
from menscreen.pedigree.family import FamilyHistory, Twins, Zygosity
from menscreen.pedigree.making import make_finding, make_person
from menscreen.pedigree.person import (
    Adoption,
    Finding,
    Gender,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Sex,
    Status,
    UnplacedRelation,
)
from menscreen.problems import of_length
from menscreen.vocabulary import GENES, Facts, gene, vocabulary


def _table(absent: Any, not_known: Any, values: Mapping[Any, Any]) -> dict[Any, Any]:
    return {UNSET: absent, None: not_known, "": not_known, "?": not_known, "unknown": not_known} | dict(values)


def _words(absent: Any, not_known: Any, values: Any) -> dict[Any, Any]:
    return _table(absent, not_known, {value.value: value for value in values if value.value != "unknown"})


_SEX = _words(Sex.UNKNOWN, Sex.UNKNOWN, Sex)
_GENDER = _words(None, None, Gender)
_ADOPTED = _words(None, None, Adoption)
_HISTORY = _words(History.KNOWN, History.UNKNOWN, History)
_STATUS = _words(Status.PRESENT, Status.SUSPECTED, Status)
_OPEN = _table(None, None, {True: True, False: False})
_NO = _table(False, False, {True: True, False: False})
_RESULT = _words(None, None, Result) | {"positive": Result.PATHOGENIC}
_SCOPE = _words(None, None, Scope)
_ORIGIN = _words(Origin.GERMLINE, Origin.GERMLINE, Origin)
_ABSENT = Status.ABSENT
_NOTHING = Name(None)
_symbol_of = lru_cache(maxsize=256)(gene)
_ZYGOSITY = _words(Zygosity.UNKNOWN, Zygosity.UNKNOWN, Zygosity)
#: Not known whether anybody asked is as good as not asked; an absent key is for the reader to decide.
FAMILY_HISTORY = _words(None, FamilyHistory.NOT_ASKED, FamilyHistory)


class Recorder(Values):
    """Turns structs of the wire into people, and collects what is wrong or worth saying on the way."""

    def __init__(self, strict: bool = False) -> None:
        super().__init__(strict)
        #: What the entries of findings of the person in hand name beside their first.
        self._beside: list[Finding] = []

    def person(self, record: wire.Person, at: str) -> Person:
        """A person of the full form."""
        id = known_text(record.id) or self._without_id(at)
        mother = None if record.mother is UNSET else known_text(record.mother)
        father = None if record.father is UNSET else known_text(record.father)
        adoptive = () if record.adoptive_parents is UNSET else self.words(record.adoptive_parents)
        if record.adopted == "in" and record.adoptive_parents.__class__ is not list and (mother or father):
            adoptive, mother, father = tuple(filter(None, (mother, father))), None, None
            self.complain(
                "P013",
                at,
                "parents of a person who was adopted in",
                "biological parents in `mother` and `father`, the others in `adoptive_parents`",
                "move them to `adoptive_parents`; they were read as adoptive, with no blood tie",
                warning=True,
            )
        relation = self._relation(record.relation, at) if record.relation is not UNSET else None
        return self.recorded(record, id, at, mother, father, adoptive, relation, _NO[record.placeholder])

    def _without_id(self, at: str) -> str:
        """Complain that the id is missing, which the full form requires."""
        self.complain(
            "D006",
            f"{at}.id",
            "a person without an id",
            "an id for each person",
            "give this person an id of its own",
        )
        return ""

    def recorded(
        self,
        record: wire.Recorded,
        id: str,
        at: str,
        mother: str | None = None,
        father: str | None = None,
        adoptive: tuple[str, ...] = (),
        relation: UnplacedRelation | None = None,
        placeholder: bool = False,
    ) -> Person:
        """What is recorded of a person of either form, under this id and with these ties."""
        history = _HISTORY[record.history]
        findings: tuple[Finding, ...] = ()
        if record.findings is not UNSET:
            findings, is_complete = self._findings(record.findings, at)
            if not is_complete:
                history = History.UNKNOWN
        return make_person(
            id,
            None if record.label is UNSET else known_text(record.label),
            _SEX[record.sex],
            _GENDER[record.gender],
            mother,
            father,
            adoptive,
            _ADOPTED[record.adopted],
            None if record.age is UNSET else self.age(record.age, f"{at}.age"),
            _NO[record.deceased],
            None if record.birth_year is UNSET else self.year(record.birth_year, f"{at}.birth_year"),
            history,
            None if record.asked is UNSET else self._asked(record.asked, f"{at}.asked"),
            findings,
            () if record.tests is UNSET else self._tests(record.tests, at),
            relation,
            placeholder,
            at,
        )

    def _findings(self, value: Any, at: str) -> tuple[tuple[Finding, ...], bool]:
        """The findings, and whether neither the list nor an entry of it is *not known*."""
        if value.__class__ is not list:
            return (), False
        findings, is_complete = [], True
        for n, entry in enumerate(value):
            if entry.__class__ is wire.Finding:
                findings.append(self.finding(entry, f"{at}.findings[{n}]"))
            elif entry is not wire.REFUSED:
                is_complete = False
        if self._beside:
            findings += self._beside
            self._beside.clear()
        return tuple(findings), is_complete

    def finding(self, record: wire.Finding, at: str) -> Finding:
        """A finding. `confirmed` false makes a present one suspected; `bilateral` true implies `multiple`."""
        confirmed = _OPEN[record.confirmed]
        status = _STATUS[record.status]
        if confirmed is False and status is Status.PRESENT:
            status = Status.SUSPECTED
        name = self._name(record, at, status)
        multiple, bilateral = _OPEN[record.multiple], _OPEN[record.bilateral]
        recurrent, metastatic = _NO[record.recurrent], _NO[record.metastatic]
        if name.facts:
            multiple, bilateral, recurrent, metastatic = self._facts(record, name.facts, at)
        age = None if record.age is UNSET else self.age(record.age, f"{at}.age")
        if name.age is not None:
            age, complaints = settled_age(age, name.age)
            self.problems += [one.at(f"{at}.{one.key}", strict=self.strict, offering=False) for one in complaints]
        finding = make_finding(
            name.term,
            age,
            name.status(status),
            bilateral or multiple,
            bilateral,
            recurrent,
            metastatic,
            confirmed,
            () if record.declined is UNSET else self.words(record.declined),
            None if record.size_mm is UNSET else self.size(record.size_mm, f"{at}.size_mm"),
            None if record.stage is UNSET else _written(record.stage),
            None if record.grade is UNSET else _written(record.grade),
            None if record.sstr is UNSET else known_text(record.sstr),
            name.text,
            None if record.note is UNSET else known_text(record.note),
            at,
        )
        if name.also:
            self._beside += named_beside(name, finding, status)
        return finding

    def _name(self, record: wire.Finding, at: str, status: Status) -> Name:
        """What the finding names, with the complaints made and all the words to keep in `text`."""
        word = None if record.finding is UNSET else known_text(record.finding)
        site = None if record.site is UNSET else known_text(record.site)
        histology = None if record.histology is UNSET else known_text(record.histology)
        text = None if record.text is UNSET else known_text(record.text)
        told = len(self.problems)
        codes = () if record.code is UNSET else self._codes(record.code, f"{at}.code")
        if not (word or site or histology or codes):
            if text is None:
                if told == len(self.problems):
                    self._names_nothing(at)
                return _NOTHING
            word = text
        name = name_of(word, site, histology, codes, status is _ABSENT)
        for complaint in name.complaints:
            self.problems.append(complaint.at(f"{at}.{complaint.key}", strict=self.strict, offering=self.offering))
        if text is None or name.text == text:
            return name
        return name._replace(text=text if name.text is None else f"{name.text}; {text}")

    def _facts(self, record: wire.Finding, said: Facts, at: str) -> tuple[bool | None, bool | None, bool, bool]:
        """The facts of the keys, and those of the words where a key says nothing."""
        keys = {fact: _OPEN[getattr(record, fact)] for fact in ("multiple", "bilateral", "recurrent", "metastatic")}
        facts, complaints = settled(keys, said)
        for complaint in complaints:
            self.problems.append(complaint.at(f"{at}.{complaint.key}", strict=self.strict, offering=False))
        return facts["multiple"], facts["bilateral"], bool(facts["recurrent"]), bool(facts["metastatic"])

    def _names_nothing(self, at: str) -> None:
        self.complain(
            "F013",
            at,
            "a finding that names nothing",
            "a `finding`, or a `site`, or a `code`",
            "say what was found, or give the person `history`: `unknown` if nobody knows",
        )

    def _codes(self, value: Any, at: str) -> tuple[tuple[str, str], ...]:
        entries = [(at, value)] if type(value) is wire.Code else []
        if isinstance(value, list):
            entries = [(f"{at}[{n}]", entry) for n, entry in enumerate(value) if type(entry) is wire.Code]
        codes = []
        for place, entry in entries:
            system, code = known_text(entry.system), known_text(entry.code)
            if code and system:
                codes.append((system, code))
            elif code or system:
                missing = "code" if system else "system"
                self.complain(
                    "D006",
                    f"{place}.{missing}",
                    f"a code without `{missing}`",
                    "`system` and `code`",
                    f"add `{missing}`",
                )
        return tuple(codes)

    def _tests(self, value: Any, at: str) -> tuple[GeneticTest, ...]:
        if value.__class__ is not list:
            return ()
        entries = [(n, entry) for n, entry in enumerate(value) if entry.__class__ is wire.Test]
        tests = [self._test(entry, f"{at}.tests[{n}]") for n, entry in entries]
        return tuple([test for test in tests if test is not None])

    def _test(self, record: wire.Test, at: str) -> GeneticTest | None:
        written, result = known_text(record.gene), _RESULT[record.result]
        if written is None:
            self.complain(
                "T001", at, "a test without a gene", "a gene such as `RET` or `MEN1`", "say which gene was tested"
            )
            return None
        symbol = _symbol_of(written)
        if symbol is None:
            symbol = written.strip().upper()
            self.complain(
                "T002",
                f"{at}.gene",
                of_length("a text", written),
                "a gene that has to do with endocrine tumors",
                f"{self._gene_meant(symbol)}; the test is kept and changes no answer",
                warning=True,
            )
        if result is None:
            self.complain(
                "T005",
                at,
                "a test whose result is not known",
                "a `result`",
                "add the result when it is there; until then the test counts as not done",
                warning=True,
            )
            return None
        if record.result == "positive":
            self.complain(
                "T003",
                f"{at}.result",
                "positive",
                "`pathogenic`, `likely-pathogenic` or `uncertain`",
                "look at the report and write its class; it was read as pathogenic",
                warning=True,
            )
        return GeneticTest(symbol, result, known_text(record.variant), _SCOPE[record.scope], _ORIGIN[record.origin], at)

    def _gene_meant(self, symbol: str) -> str:
        if not self.offering:
            return "correct it if another gene is meant"
        from difflib import get_close_matches

        near = get_close_matches(symbol[:20], list(GENES), 1, 0.5)
        return f"did you mean {near[0]}?" if near else "correct it if another gene is meant"

    def twins(self, record: wire.Twins) -> Twins:
        """A set of twins; zygosity not known is `Zygosity.UNKNOWN`."""
        return Twins(self.words(record.people), _ZYGOSITY[record.zygosity])

    def _asked(self, value: Any, at: str) -> tuple[str, ...]:
        sites = []
        for word in self.words(value):
            site = vocabulary().site(word)
            if site is None:
                self.complain(
                    "F018",
                    at,
                    of_length("a text", word),
                    "a site such as thyroid, parathyroid, pancreas or adrenal",
                    "write the name of the organ",
                    warning=not self.strict,
                )
            sites.append(site or word)
        return tuple(dict.fromkeys(sites))

    def relation_words(self, value: Any, at: str) -> str:
        """The words of relation of the short form; somebody whose relation is not known is a relative."""
        words = known_text(value)
        if words is None:
            self.complain(
                "P010",
                f"{at}.relation",
                "a relative whose relation is not known",
                "a relation such as `maternal aunt`",
                "say how this person is related; until then the degree is not known",
                warning=True,
            )
        return words or "relative"

    def _relation(self, value: Any, at: str) -> UnplacedRelation | None:
        if type(value) is not wire.Relation:
            return None
        to, as_ = known_text(value.to), known_text(value.as_)
        for key, given in (("to", to), ("as", as_)):
            if given is None:
                self.complain(
                    "D006", f"{at}.relation.{key}", f"a relation without `{key}`", "`to` and `as`", f"add `{key}`"
                )
        return UnplacedRelation(to, as_) if to and as_ else None


def _written(value: Any) -> str | None:
    return known_text(value if value.__class__ is str or value is None else str(value))

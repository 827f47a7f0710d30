"""My Family Health Portrait, the tool of the US Surgeon General, and other files of the HL7 v3 family history model.

The tool writes ages as bands, a cause of death as a second record of the finding, and ids in an attribute that it
spells `extention`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs
from msgspec.structs import replace

from menscreen.formats.content import Content, refusal
from menscreen.formats.dates import Date, age_between, date_of
from menscreen.formats.gathering import Gathering
from menscreen.formats.markup import Element, parse
from menscreen.formats.markup_codes import age_of, codes_of, relation_in, sex_of, words_of
from menscreen.formats.placing import place
from menscreen.formats.structure import adopted_child
from menscreen.pedigree.builder import Relative
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Adoption, Age, Finding, GeneticTest, History, Person, Result, Sex, Status
from menscreen.problems import within

_ADOPTED = "160496001"
_TWINS = {"313415001": Zygosity.MONOZYGOTIC, "313416000": Zygosity.DIZYGOTIC}
_DEATH = "419620001"
#: Weight, height, body mass index.
_MEASURES = {"107647005", "271603002", "301331008"}
#: Codes that the tool writes beside those of the HL7 list.
_OWN_RELATIONS = {
    "GRNSON": "grandson", "GRNDAU": "granddaughter", "MHBRO": "maternal half-brother", "PHBRO": "paternal half-brother",
    "MHSIS": "maternal half-sister", "PHSIS": "paternal half-sister",
}  # fmt: skip
#: The roles of parents by the end of a code: NMTH, MTH, GRMTH, NFTH, FTH.
_ROLES = {"MTH": "mother", "FTH": "father"}
_WRONG = {"mother": Sex.MALE, "father": Sex.FEMALE}
_BEFORE_BIRTH = "pre-birth"
_HARMFUL = {"DELETERIOUS", "PATHOGENIC", "A", "AA", "POS"}


class _Record(NamedTuple):
    """What stands of one person: in the entry (`around`), and in the holder inside it."""

    holder: Element
    around: Element

    def all(self, *path: str) -> list[Element]:
        """Every element at the end of a path, in both places."""
        found = [self.holder] if self.around is self.holder else [self.holder, self.around]
        for name in path:
            found = [child for one in found for child in one.all(name)]
        return found

    def first(self, *path: str) -> Element | None:
        """The first of `all`."""
        return next(iter(self.all(*path)), None)


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family; the person asked about is the `patientPerson`."""
    root = next((one for one in parse(content.data).walk() if one.name == "FamilyHistory"), None)
    patient = root.first("subject", "patient") if root is not None else None
    person = patient.first("patientPerson") if patient is not None else None
    if root is None or patient is None or person is None:
        raise refusal(
            "D002",
            "XML without `FamilyHistory/subject/patient/patientPerson`",
            "a file saved by My Family Health Portrait",
            "save the family history in the tool as XML again",
        )
    return _Reader(content, root, strict).family(_Record(person, patient))


class _Reader:
    def __init__(self, content: Content, root: Element, strict: bool) -> None:
        self.gathering = Gathering("fhh", strict=strict)
        self.content = content
        effective = root.first("effectiveTime")
        self.written = date_of(effective.get("value")) if effective is not None else None
        self.ids: set[str] = set()
        self.twins: dict[str, tuple[Zygosity, Date | None]] = {}

    def family(self, patient: _Record) -> Pedigree:
        proband = self.person(patient, self.own_id(_id(patient) or "self"), patient.holder.at)
        entries = list(self.relatives(patient.holder))
        everybody: dict[str, list[Person]] = {}
        for record, person in ((patient, proband), *((record, one.person) for record, one in entries)):
            everybody.setdefault(_id(record) or person.id, []).append(person)
        relatives = [replace(one, person=self.with_parents(record, one.person, everybody)) for record, one in entries]
        family, problems = place(proband, relatives)
        self.gathering.problems += problems
        # The tool calls all parents natural, so that the code says nothing against the mark of adoption.
        people = tuple(map(adopted_child, family.people))
        self.mention_adoption(people)
        twins = (*family.twins, *self.born_together(family))
        return self.gathering.family(people, family.proband, self.content, twins=twins)

    def own_id(self, id: str | None) -> str:
        """An id for one person alone: the tool has given one id to two."""
        own = id or f"r{len(self.ids)}"
        while own in self.ids:
            own += "_"
        self.ids.add(own)
        return own

    def relatives(self, patient: Element) -> Iterator[tuple[_Record, Relative]]:
        """The relatives of the list, then parents of theirs of whom more than an id stands inside another entry."""
        inner: list[Element] = []
        listed: set[str] = set()
        for entry in patient.all("relative"):
            record = _record(entry)
            id = _id(record)
            if id in listed:
                self.gathering.complain(
                    "P001",
                    within(entry.at, "id"),
                    "the id of somebody else",
                    "an id of its own",
                    "check whose parents are whose; the sex was used to tell the two apart",
                    warning=True,
                )
            listed.add(id or "")
            yield record, Relative(self.words(entry), self.person(record, self.own_id(id), entry.at), at=entry.at)
            inner += record.holder.all("relative")
        for nested in inner:
            record = _record(nested)
            inner += record.holder.all("relative")
            id = _id(record)
            if id and id not in listed and _says_something(record):
                listed.add(id)
                yield record, Relative("", self.person(record, self.own_id(id), nested.at), at=nested.at)

    def with_parents(self, record: _Record, person: Person, everybody: Mapping[str, list[Person]]) -> Person:
        """The person with the ids of the parents of whom more than an id is in the file."""
        parents: dict[str, str] = {}
        for role, id in _parents(record):
            fitting = [one for one in everybody.get(id, ()) if one.sex is not _WRONG[role]]
            if len(fitting) > 1:
                return person
            if fitting:
                parents.setdefault(role, fitting[0].id)
            elif len(everybody.get(id, ())) == 1:
                # In the tool the children of a woman have her as their father.
                other = "mother" if role == "father" else "father"
                parents.setdefault(other, everybody[id][0].id)
        return attrs.evolve(person, mother=parents.get("mother"), father=parents.get("father"))

    def words(self, entry: Element) -> str:
        """The words of relation."""
        code = entry.first("code")
        said = [code.get("code"), code.get("displayName"), code.get("originalText")] if code is not None else []
        known = [_OWN_RELATIONS.get(one.upper(), one) for one in said if one]
        return relation_in(known, within(entry.at, "relation"), self.gathering)

    def person(self, record: _Record, id: str, at: str) -> Person:
        observations = record.all("subjectOf2", "clinicalObservation")
        marks = {_mark(one) for one in observations}
        name, birth = record.first("name"), _value(record.first("birthTime"))
        born = date_of(birth)
        for code, zygosity in _TWINS.items():
            if code in marks:
                self.twins[id] = (zygosity, born)
        findings, is_complete = self.findings(observations)
        died, age = self.age(record, born)
        return Person(
            id,
            label=(name.get("formatted") or name.words or None) if name is not None else None,
            sex=sex_of(record.first("administrativeGenderCode")),
            adopted=Adoption.IN if _ADOPTED in marks else None,
            age=age,
            deceased=died,
            birth_year=born[0] if born is not None else None,
            history=History.KNOWN if is_complete else History.UNKNOWN,
            findings=findings,
            tests=tuple(self.tests(record)),
            at=at,
        )

    def age(self, record: _Record, born: Date | None) -> tuple[bool, Age | None]:
        """Whether the person died, and the age then or when the file was written."""
        at_death = record.first("subjectOf1", "deceasedEstimatedAge")
        flag = record.first("deceasedIndCode") or record.first("deceasedInd")
        died = (_value(flag) or "").lower() == "true" or (flag is None and at_death is not None)
        if died:
            return True, self.band(at_death)
        living = self.band(record.first("subjectOf1", "livingEstimatedAge"))
        return False, living or age_between(born, self.written)

    def band(self, stated: Element | None) -> Age | None:
        """An estimated age: a number, a band, or words; days and months become completed years."""
        if stated is None:
            return None
        code = stated.first("code")
        if code is not None and (code.get("originalText") or "").lower() == _BEFORE_BIRTH:
            return Age(0, 0)
        return age_of(self.gathering, stated.first("value"))

    def findings(self, observations: list[Element]) -> tuple[tuple[Finding, ...], bool]:
        """The findings, a cause of death joined to the record of the same finding; False if one names nothing."""
        found: list[Finding] = []
        causes: list[Finding] = []
        is_complete = True
        for one in observations:
            code = one.first("code")
            if code is None or not _is_of_health(one, code):
                continue
            made = self.finding(one, code)
            is_complete = is_complete and bool(made)
            (causes if _is_cause_of_death(one) else found).extend(made)
        for cause in causes:
            same = [at for at, one in enumerate(found) if (one.term, one.text) == (cause.term, cause.text)]
            note = "cause of death"
            if same:
                found[same[0]] = attrs.evolve(found[same[0]], note=note)
            else:
                found.append(attrs.evolve(cause, note=note))
        return tuple(found), is_complete

    def finding(self, one: Element, code: Element) -> list[Finding]:
        denied = one.get("negationInd") == "true"
        words, codes = words_of(code.get("originalText"), code.get("displayName")), codes_of(code)
        if not words and not codes:
            return []
        age = self.band(one.first("subject", "dataEstimatedAge"))
        name = self.gathering.concept(code.at, words, codes, absent=denied)
        status = Status.ABSENT if denied else Status.PRESENT
        return self.gathering.findings(name, {"age": age, "status": status, "at": code.at})

    def tests(self, record: _Record) -> Iterator[GeneticTest]:
        for locus in record.all("subjectOf2", "geneticLocus"):
            gene = locus.first("value")
            if gene is None or not (written := gene.get("displayName") or gene.get("code")):
                continue
            for variation in (one for one in locus.walk() if one.name == "sequenceVariation"):
                value, meaning = variation.first("value"), variation.first("interpretationCode")
                harmful = meaning is not None and (meaning.get("code") or "").upper() in _HARMFUL
                result = Result.PATHOGENIC if harmful else None
                variant = value.get("code") if value is not None else None
                test = self.gathering.test(written, result, variation.at, variant=variant)
                if test is not None:
                    yield test
                break

    def mention_adoption(self, people: Sequence[Person]) -> None:
        """Say how the parents of somebody adopted were read."""
        for person in people:
            if person.adopted is Adoption.IN and person.adoptive_parents:
                self.gathering.complain(
                    "P013",
                    person.at,
                    "parents of an adopted person",
                    "biological parents apart from adoptive ones",
                    "check them; they were read as adoptive, with no blood tie",
                    warning=True,
                )

    def born_together(self, family: Pedigree) -> Iterator[Twins]:
        """Full siblings marked as twins: two of them, or those with one date of birth."""
        groups: dict[tuple[Zygosity, str | None, str | None], list[tuple[str, Date | None]]] = {}
        for id, (zygosity, born) in self.twins.items():
            person = family.person(id)
            if person.mother or person.father:
                groups.setdefault((zygosity, person.mother, person.father), []).append((id, born))
        for (zygosity, *_), people in groups.items():
            if len(people) == 2 and len({born for _, born in people if born}) < 2:
                yield Twins(tuple(id for id, _ in people), zygosity)
                continue
            for day in dict.fromkeys(born for _, born in people if born is not None and len(born) == 3):
                together = tuple(id for id, born in people if born == day)
                if len(together) > 1:
                    yield Twins(together, zygosity)


def _record(entry: Element) -> _Record:
    return _Record(entry.first("relationshipHolder") or entry, entry)


def _says_something(record: _Record) -> bool:
    silent = {"id", "subjectOf2", "relative"}
    return any(one.name not in silent or one.children for one in record.holder.children if one.name != "id")


def _id(record: _Record) -> str | None:
    id = record.first("id")
    return (id.get("extention") or id.get("extension")) if id is not None else None


def _value(element: Element | None) -> str | None:
    return element.get("value") if element is not None else None


def _parents(record: _Record) -> Iterator[tuple[str, str]]:
    """The parents inside an entry, by role: the code may also be that of a grandparent, by the view of the patient."""
    for nested in record.holder.all("relative"):
        code, id = nested.first("code"), _id(_record(nested))
        role = _ROLES.get((code.get("code") or "").upper().removesuffix("F")[-3:]) if code is not None else None
        if role is not None and id is not None:
            yield role, id


def _mark(observation: Element) -> str:
    """The code alone: the tool writes no other system for what is no finding."""
    code = observation.first("code")
    return (code.get("code") or "") if code is not None else ""


def _is_cause_of_death(observation: Element) -> bool:
    return any(code.get("code") == _DEATH for source in observation.all("sourceOf") for code in source.all("code"))


def _is_of_health(observation: Element, code: Element) -> bool:
    if _mark(observation) in _MEASURES | {_ADOPTED} | _TWINS.keys():
        return False
    return not (code.get("originalText") or "").lower().startswith("parental consanguinity")

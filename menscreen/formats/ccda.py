"""The family history of a C-CDA document: its section, or the whole document with the patient's own problems.

A relative is an organizer with a related subject; two organizers of one relation are two people, unless the subject has
the same id. Without a section of problems nothing is known of the patient.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import attrs

from menscreen.formats.content import Content, refusal
from menscreen.formats.dates import Date, age_between, date_of
from menscreen.formats.gathering import Gathering, condition_of_family
from menscreen.formats.markup import Element, parse
from menscreen.formats.markup_codes import age_of, codes_of, relation_in, sex_of, words_of
from menscreen.formats.placing import place
from menscreen.formats.relatives import SNOMED_RELATIVES
from menscreen.pedigree.builder import Relative
from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import Age, Finding, History, Person, Sex, Status
from menscreen.pedigree.relations import parse as relation_of
from menscreen.problems import within
from menscreen.vocabulary.denying import denied, says_nothing

_FAMILY = {"10157-6", "2.16.840.1.113883.10.20.22.2.15", "2.16.840.1.113883.10.20.1.4"}
_PROBLEMS = {
    "11450-4",
    "11348-0",
    "2.16.840.1.113883.10.20.22.2.5",
    "2.16.840.1.113883.10.20.22.2.5.1",
    "2.16.840.1.113883.10.20.22.2.20",
}
_PROBLEM = {
    "2.16.840.1.113883.10.20.22.4.4",
    *("55607006", "64572001", "282291009", "404684003", "29308-4", "75326-9", "75323-6"),
}
_AGE = {"2.16.840.1.113883.10.20.22.4.31", "445518008", "397659008", "63900-5", "30525-0"}
_DEATH = {"2.16.840.1.113883.10.20.22.4.47"}
_DEAD = {"419099009", "419620001"}
#: What is negated where no problem at all is known: disease, problem, condition; or said outright.
_ANYTHING = {"64572001", "55607006", "404684003", "418799008"}
_NOTHING = {"160245001", "160243008"}


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a family from a document, a section or a single organizer."""
    reader = _Reader(parse(content.data), strict)
    if not reader.sections(_FAMILY) and not any(one.first("subject", "relatedSubject") for one in reader.root.walk()):
        raise refusal(
            "D002",
            "XML without a section of family history",
            "a C-CDA document with the section 10157-6",
            "export the document with the family history",
        )
    return reader.family(content)


class _Entry(NamedTuple):
    """A relative as the entries say; several entries of one subject are one relative."""

    words: str
    person: Person
    at: str
    identity: str | None


class _Reader:
    def __init__(self, root: Element, strict: bool) -> None:
        self.gathering = Gathering("ccda", strict=strict)
        self.root = root

    def sections(self, kinds: set[str]) -> list[Element]:
        """The sections of these templates or codes."""
        return [one for one in self.root.walk() if one.name == "section" and _kinds(one) & kinds]

    def family(self, content: Content) -> Pedigree:
        proband, of_kin = self.proband()
        entries = list(self.merged(entry for place in self.places() for entry in self.relatives(place)))
        family, problems = place(proband, [Relative(one.words, one.person, at=one.at) for one in entries])
        self.gathering.problems += problems
        people = [*family.people]
        for number, finding in enumerate(of_kin, start=1):
            people.append(self.gathering.relative_with(f"{proband.id}-kin{number}", proband.id, [finding], finding.at))
        self.mention_narrative()
        asked = FamilyHistory.ASKED if self.is_asked or len(people) > 1 else FamilyHistory.NOT_ASKED
        return self.gathering.family(people, family.proband, content, family_history=asked)

    def mention_narrative(self) -> None:
        """Report a section of family history that holds text alone: it is for people to read."""
        for section in self.sections(_FAMILY):
            text = section.first("text")
            if text is None or not text.words or any(one.first("subject") for one in section.walk()):
                continue
            if says_nothing(text.words) or denied(text.words) is not None:
                continue
            found, needed = "a section of family history with text alone", "an entry for each relative"
            fix = "enter the relatives and what they had; the text was not read"
            self.gathering.complain("F012", text.at, found, needed, fix, warning=True)

    def places(self) -> list[Element]:
        return self.sections(_FAMILY) or [self.root]

    @cached_property
    def is_asked(self) -> bool:
        """Whether there is an entry, even one that says that nobody has anything."""
        return any(one.name in ("organizer", "observation") for place in self.places() for one in place.walk())

    @cached_property
    def narrative(self) -> dict[str, str]:
        """The text of what has an id, to which entries refer."""
        return {id: one.words[:200] for one in self.root.walk() if (id := one.get("ID")) is not None}

    # The patient

    def proband(self) -> tuple[Person, list[Finding]]:
        """The patient, and what the list of problems says of the family."""
        patient = self.root.first("recordTarget", "patientRole", "patient")
        born = _date(patient, "birthTime")
        sections = self.sections(_PROBLEMS)
        found: list[Finding] = []
        of_kin: list[Finding] = []
        for section in sections:
            for entry in section.all("entry"):
                for one in (one for one in entry.walk() if one.name == "observation" and _is_of_problem(one)):
                    of_family_, findings = self.findings(one, born)
                    (of_kin if of_family_ else found).extend(findings)
        person = Person(
            "self",
            sex=_sex(patient),
            age=age_between(born, _date(self.root, "effectiveTime")),
            birth_year=born[0] if born else None,
            history=History.KNOWN if sections else History.UNKNOWN,
            findings=tuple(found),
            at=patient.at if patient is not None else "",
        )
        return person, of_kin

    # Relatives

    def relatives(self, place: Element) -> Iterator[_Entry]:
        for one in place.walk():
            related = one.first("subject", "relatedSubject")
            if related is None or one.name not in ("organizer", "observation"):
                continue
            observations = [part for component in one.all("component") for part in component.all("observation")]
            observations += [one] if one.name == "observation" else []
            entry = self.relative(one, related, observations)
            if entry is not None:
                yield entry

    def relative(self, organizer: Element, related: Element, observations: list[Element]) -> _Entry | None:
        words = self.relation(related)
        subject = related.first("subject") or related
        born = _date(subject, "birthTime")
        findings = [finding for one in observations for finding in self.findings(one, born)[1]]
        deaths = [one for part in observations for one in part.walk() if one.name == "observation" and _is_death(one)]
        died, flag = _date(subject, "deceasedTime"), subject.first("deceasedInd")
        is_deceased = bool(deaths or died) or (flag is not None and flag.get("value") == "true")
        at_death = next((age for one in deaths if (age := self.age(one, None)) is not None), None)
        if relation_of(words) == relation_of("family member"):
            findings = [one for one in findings if one.status is not Status.ABSENT]
            if not findings:
                return None
        name = subject.first("name")
        person = Person(
            "",
            label=name.words or None if name is not None else None,
            sex=_sex(subject),
            age=(at_death or age_between(born, died)) if is_deceased else age_between(born, _written(self.root)),
            deceased=is_deceased,
            birth_year=born[0] if born else None,
            findings=tuple(findings),
            at=organizer.at,
        )
        return _Entry(words, person, organizer.at, _identity(subject))

    def relation(self, related: Element) -> str:
        """The words of relation."""
        code = related.first("code")
        said: list[str | None] = []
        for one in (code, *code.all("translation")) if code is not None else ():
            written = one.get("code")
            said += [SNOMED_RELATIVES.get(written or ""), written if written and not written.isdigit() else None]
        if code is not None:
            said += [code.get("displayName"), *self.texts(code)]
        return relation_in(said, within(related.at, "relation"), self.gathering)

    def merged(self, entries: Iterator[_Entry]) -> Iterator[_Entry]:
        """Entries of one subject as one relative; a second mother or father without an id is the same one."""
        found: dict[object, _Entry] = {}
        for number, entry in enumerate(entries):
            relation = relation_of(entry.words)
            is_single = relation is not None and relation.steps and {"mother", "father"}.issuperset(relation.steps)
            key: object = entry.identity or (relation.steps if relation is not None and is_single else number)
            present = found.get(key)
            if present is None:
                found[key] = entry
                continue
            first, second = present.person, entry.person
            joined = attrs.evolve(
                first,
                age=first.age or second.age,
                deceased=first.deceased or second.deceased,
                birth_year=first.birth_year or second.birth_year,
                findings=(*first.findings, *second.findings),
            )
            found[key] = present._replace(person=joined)
        yield from found.values()

    # Findings

    def findings(self, observation: Element, born: Date | None) -> tuple[bool, list[Finding]]:
        """What an observation says, and whether it says it of the family."""
        value = observation.first("value")
        if value is None or _is_void(observation):
            return False, []
        codes = codes_of(value)
        is_denied = observation.get("negationInd") == "true"
        marks = {code for _, code in codes}
        if marks & _NOTHING or (is_denied and (marks & _ANYTHING or value.get("nullFlavor") is not None)):
            return False, []
        said = [value.get("displayName"), *self.texts(value), " ".join(value.text.split()) or None]
        said += [one.get("displayName") for one in value.all("translation")]
        said += [] if any(said) else self.texts(observation)
        words = words_of(*said)
        if not words and not codes:
            return False, []
        in_family = condition_of_family(codes, words)
        is_kin = in_family is not None
        told = (in_family, ()) if in_family is not None else (words, codes)
        name = self.gathering.concept(value.at, *told, absent=is_denied)
        age = self.age(observation, born) if not is_kin else None
        status = Status.ABSENT if is_denied else Status.PRESENT
        return is_kin, self.gathering.findings(name, {"age": age, "status": status, "at": value.at})

    def texts(self, element: Element) -> list[str | None]:
        """The original text of an element, or the narrative to which it refers."""
        found: list[str | None] = []
        for text in (*element.all("originalText"), *element.all("text")):
            reference = text.first("reference")
            found.append(self.narrative.get((reference.get("value") or "").lstrip("#")) if reference else text.words)
        return found

    def age(self, observation: Element, born: Date | None) -> Age | None:
        """The age stated inside an observation, or that on its date."""
        for inside in observation.all("entryRelationship"):
            for one in inside.all("observation"):
                if _kinds(one) & _AGE:
                    return age_of(self.gathering, one.first("value"))
        when = observation.first("effectiveTime")
        date = (_date(observation, "effectiveTime") or _date(when, "low")) if when is not None else None
        return age_between(born, date)


def _kinds(element: Element) -> set[str]:
    """The ids of the templates of an element, and its code."""
    code = element.first("code")
    kinds = {one.get("root") for one in element.all("templateId")} | {code.get("code") if code is not None else None}
    return {kind for kind in kinds if kind is not None}


def _is_death(observation: Element) -> bool:
    value = observation.first("value")
    return bool(_kinds(observation) & _DEATH) or (value is not None and value.get("code") in _DEAD)


def _is_of_problem(observation: Element) -> bool:
    """Whether an observation is a problem itself, not the age or the status of one."""
    return observation.first("value") is not None and bool(_kinds(observation) & _PROBLEM)


def _is_void(observation: Element) -> bool:
    status = observation.first("statusCode")
    return status is not None and status.get("code") in ("nullified", "cancelled", "aborted")


def _sex(subject: Element | None) -> Sex:
    return sex_of(subject.first("administrativeGenderCode") if subject is not None else None)


def _date(element: Element | None, name: str) -> Date | None:
    child = element.first(name) if element is not None else None
    return date_of(child.get("value")) if child is not None else None


def _written(root: Element) -> Date | None:
    return _date(root, "effectiveTime")


def _identity(subject: Element) -> str | None:
    """The id of the person, where it has the part that tells one from another."""
    for id in subject.all("id"):
        if id.get("extension") or id.get("root"):
            return f"{id.get('root')} {id.get('extension')}"
    return None

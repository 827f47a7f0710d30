"""Conditions of relatives and of the patient, procedures and plain observations: from records to findings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from menscreen.formats.complaints import Complaint
from menscreen.formats.dates import Date
from menscreen.formats.fhir.elements import (
    OWN,
    Concept,
    Json,
    age_at,
    age_in_words,
    age_of_quantity,
    age_of_range,
    code_of,
    concept,
    extensions,
    objects,
    value_of,
)
from menscreen.formats.fhir.shapes import OF_CONDITION, OF_HISTORY_CONDITION, listed, report_unknown_keys
from menscreen.formats.gathering import Gathering, concept_named, condition_of_family, of_family
from menscreen.formats.naming import Name
from menscreen.formats.values import known_text
from menscreen.pedigree.making import make_plain_finding
from menscreen.pedigree.person import Age, Finding, Status
from menscreen.problems import within
from menscreen.vocabulary import Kind, Term, findings_said, vocabulary
from menscreen.vocabulary.denying import denied

#: Qualifiers of presence and absence: SNOMED CT, and words.
_PRESENT = {"10828004", "52101004", "410515003", "positive", "present", "y", "yes", "detected", "pos", "la9633-4"}
_ABSENT = {"260385009", "2667000", "410516002", "negative", "absent", "n", "no", "not detected", "neg", "la9634-2"}
_SUSPECTED = {"unconfirmed", "provisional", "differential"}
#: Our own extension for words that were not recognized and would be read as a negative or a family history.
AS_WRITTEN = "as-written"
_FLAGS = {"multiple", "bilateral", "recurrent", "metastatic", "confirmed"}
_TEXTS = {"stage", "grade", "sstr", "note", "text"}


def conditions_of_relative(conditions: Any, place: str, gathering: Gathering, born: Date | None) -> list[Finding]:
    """The findings of `FamilyMemberHistory.condition`, each at its place within that of the record."""
    found: list[Finding] = []
    prefix = "condition" if place == "FamilyMemberHistory" else within(place, "condition")
    for number, body in listed(conditions, prefix, gathering):
        at = f"{prefix}[{number}]"
        report_unknown_keys(body, OF_HISTORY_CONDITION, at, gathering)
        found += condition_of_relative(body, at, gathering, born)
    return found


def condition_of_relative(body: Json, at: str, gathering: Gathering, born: Date | None) -> list[Finding]:
    """The findings of one condition; none if withdrawn or not understood.

    Words such as "family history of" in the record of a relative speak of this relative.
    """
    said = concept(body.get("code"))
    status = status_of_modifiers(body, at, gathering) if "modifierExtension" in body else _HAS
    if status is None:
        return []
    facts = _facts(body) if "extension" in body else {}
    facts["age"] = onset(body, at, gathering, born)
    if "note" in body:
        _note(body, facts)
    return named(said, at, gathering, status, facts, of_relative=True)


#: To look a member of an enumeration up takes as long as several of these steps.
_HAS = Status.PRESENT


def condition_of_patient(body: Json, at: str, gathering: Gathering, born: Date | None) -> list[Finding]:
    """The findings of a Condition of the patient; none if it was entered in error or is not understood."""
    report_unknown_keys(body, OF_CONDITION, at, gathering)
    status = status_of_modifiers(body, at, gathering)
    verification = code_of(body.get("verificationStatus"))
    if status is None or verification == "entered-in-error":
        if verification == "entered-in-error":
            in_error(at, gathering)
        return []
    facts = _facts(body)
    if verification == "refuted":
        status = Status.ABSENT
    elif verification in _SUSPECTED:
        status = Status.SUSPECTED
    elif verification == "confirmed":
        facts.setdefault("confirmed", True)
    if code_of(body.get("clinicalStatus")) in ("recurrence", "relapse"):
        facts["recurrent"] = True
    facts["age"] = onset(body, at, gathering, born)
    _note(body, facts)
    for stage in objects(body.get("stage")):
        summary = concept(stage.get("summary"))
        if summary.words and "stage" not in facts:
            facts["stage"] = summary.words[0]
    places = [concept(one) for one in objects(body.get("bodySite"))]
    site = next((word for place in places for word in place.words if vocabulary().site(word)), None)
    if any("bilateral" in word.lower() for place in places for word in place.words):
        facts.setdefault("bilateral", True)
    return named(concept(body.get("code")), at, gathering, status, facts, site=site)


def procedure(body: Json, at: str, gathering: Gathering, born: Date | None) -> list[Finding]:
    """What an operation on an endocrine organ lets suppose: a tumor there, of a type not known; else nothing."""
    status = code_of(body.get("status"))
    if status in ("not-done", "entered-in-error", "preparation") or body.get("modifierExtension"):
        return []
    said = concept(body.get("code"))
    word = next((word for word in said.words if vocabulary().tumor_spoken_of(word) is not None), None)
    if word is None or denied(word) is not None or of_family(word):
        return []
    age = next((age for key in ("performed", "occurrence") if (age := _age_of_choice(body, key, born))), None)
    name = gathering.concept(within(at, "code"), (word,))
    return gathering.findings(name, {"age": age, "at": at})


def observed(body: Json, at: str, gathering: Gathering, born: Date | None) -> list[Finding]:
    """The finding that an Observation says to be there or not; others, laboratory values among them, say none here."""
    said = concept(body.get("code"))
    known = vocabulary()
    if not any(known.by_code(*code) for code in said.codes) and not any(map(known.lookup, said.words)):
        return []
    value = next((body[key] for key in ("valueBoolean", "valueCodeableConcept", "valueString") if key in body), None)
    status = value if value.__class__ is bool else presence(value)
    if status is True or status is Status.PRESENT:
        status = Status.PRESENT
    elif status is False or status is Status.ABSENT:
        status = Status.ABSENT
    else:
        return _observed_in_words(said, value, at, gathering)
    age = next((age for key in ("effective",) if (age := _age_of_choice(body, key, born))), None)
    like = {"age": Age(0, age.high) if age is not None and status is Status.PRESENT else None}
    return named(said, at, gathering, status, like)


def _observed_in_words(said: Concept, value: Any, at: str, gathering: Gathering) -> list[Finding]:
    """The finding that a value in words says to be there or not ("yes, at 44"); others are reported."""
    words = value if value.__class__ is str else next(iter(concept(value).words), None)
    term = _term_of(said)
    if words is None or known_text(words) is None or term is None or term.kind not in (Kind.TUMOR, Kind.SYNDROME):
        return []
    stated = f"{term.name}: {words}"
    if [one.term for one in findings_said(stated)] == [term]:
        name = gathering.name(within(at, "value"), stated)
        return gathering.findings(name, {"age": None, "at": at})
    found, fix = "a value that is not understood", "say whether it is present or absent; the record was left out"
    gathering.complain("F028", within(at, "value"), found, "present or absent", fix, warning=True)
    return []


def _term_of(said: Concept) -> Term | None:
    """The term that a concept names."""
    name, _ = concept_named(said.words, said.codes, None, False)
    return None if name.term is None else vocabulary().terms[name.term]


def presence(value: Any) -> Status | None:
    """Present or absent, as a qualifier says it; ``None`` where it is not understood."""
    codes, words = concept(value)
    said = {code.lower() for _, code in codes} | {word.lower() for word in words}
    if said & _PRESENT and not said & _ABSENT:
        return Status.PRESENT
    if said & _ABSENT and not said & _PRESENT:
        return Status.ABSENT
    return None


def status_of_modifiers(body: Json, at: str, gathering: Gathering) -> Status | None:
    """What the modifying extensions make of a record; ``None`` if it must not be read.

    A record whose modifier is not understood may mean the contrary of what it says.
    """
    modifiers = body.get("modifierExtension")
    if not modifiers:
        return Status.PRESENT
    status = Status.PRESENT
    for one in objects(modifiers):
        url = one.get("url")
        key = url.rpartition("/")[2] if url.__class__ is str and not url.startswith(OWN) else url
        value = value_of(one)
        if key == "condition-result" and (told := presence(value)) is not None:
            status = told
        elif key == f"{OWN}status" and value in ("suspected", "absent"):
            status = Status(value)
        elif key == "condition-lifecycle-status" and code_of(value):
            if "error" in code_of(value) or any("error" in word.lower() for word in concept(value).words):
                in_error(at, gathering)
                return None
        else:
            not_understood(within(at, "modifierExtension"), gathering)
            return None
    return status


def in_error(at: str, gathering: Gathering) -> None:
    """Tell that a record was withdrawn."""
    fix = "nothing, if that is right; it was left out"
    gathering.complain("D022", at, "a record entered in error", "records that hold", fix, warning=True)


def not_understood(at: str, gathering: Gathering) -> None:
    """Tell that a record was left out because something modifies it that is not understood."""
    gathering.complain(
        "D023",
        at,
        "a modifier that is not understood",
        "a record that means what it says",
        "look at the record and enter it by hand; it was left out, neither present nor absent",
        warning=not gathering.strict,
    )


def named(
    said: Concept,
    at: str,
    gathering: Gathering,
    status: Status,
    facts: dict[str, Any],
    *,
    site: str | None = None,
    of_relative: bool = False,
) -> list[Finding]:
    """The findings that a concept names."""
    if (text := facts.pop("as_written", None)) is not None:
        facts["text"], facts["at"] = text, at
        facts["status"] = status if said.words[:1] == (text,) else Status.ABSENT
        return [Finding(None, **facts)]
    findings: list[Finding] = []
    reading_of(said, status, site, of_relative).tell(findings, facts.pop("age"), at, gathering, facts)
    return findings


class Reading(NamedTuple):
    """What a concept says in a record of somebody; without a name, it has neither a code nor words.

    Attributes:
        is_plain: it names a finding, or is kept as text, and says nothing else.
    """

    name: Name | None
    status: Status
    complaints: tuple[Complaint, ...] = ()
    is_plain: bool = False

    def tell(
        self, findings: list[Finding], age: Age | None, at: str, gathering: Gathering, facts: dict[str, Any] | None
    ) -> None:
        """Add the findings of a record at this place, and report what is wrong."""
        name = self.name
        if name is None:
            found, fix = "a record that names nothing", "say what was found"
            gathering.complain("F013", within(at, "code"), found, "a code or a text", fix, warning=True)
            return
        if self.complaints:
            gathering.report(self.complaints, within(at, "code"))
        if self.is_plain and not facts:
            findings.append(make_plain_finding(name.term, age, self.status, at, name.text))
        else:
            findings += gathering.findings(name, {**(facts or {}), "age": age, "status": self.status, "at": at})


@lru_cache(maxsize=4096)
def reading_of(said: Concept, status: Status, site: str | None = None, of_relative: bool = False) -> Reading:
    """Read a concept in a record of this status."""
    codes, words = said
    if of_relative:
        words = tuple(re.sub(_NOT_OF_FAMILY, r"\1", one) if "amily" in one else one for one in words)
    if of_relative and (in_family := condition_of_family(codes, words)) is not None:
        words, codes = in_family, ()
    if not codes and not words:
        return Reading(None, status)
    name, complaints = concept_named(words, codes, site, status is Status.ABSENT)
    is_plain = name == Name(name.term, name.text, name.complaints) and (name.term or name.text) is not None
    return Reading(name, status, complaints, is_plain)


#: Of a relative "no family history of" speaks of this relative.
_NOT_OF_FAMILY = r"(?i:^(\s*(?:no|negative|denies|without)\b.*?)\b(?:personal (?:and|or) )?family (?=history\b|hx\b))"


def onset(body: Json, at: str, gathering: Gathering, born: Date | None) -> Age | None:
    """The age at onset, from whichever of its forms is there; a date needs a date of birth."""
    return choice(body, "onset", at, gathering, born)


def choice(body: Json, key: str, at: str, gathering: Gathering, born: Date | None) -> Age | None:
    """The age in a choice such as ``onset[x]``; one that cannot be read is reported and not known."""
    written = body.get(_FORMS[key][0])
    if written is not None and (age := age_of_quantity(written)) is not None:
        return age
    age = _age_of_choice(body, key, born)
    if age is None:
        for name in _FORMS[key][:3]:
            written = body.get(name)
            if written and not (name.endswith("String") and known_text(written) is None):
                gathering.complain(
                    "A005",
                    within(at, name),
                    "an age that cannot be read",
                    "years (UCUM code a), months, weeks or days, from 0 to 125",
                    "correct value or unit; the age was left open",
                    warning=True,
                )
    return age


#: The names of a choice of ages: an Age, a Range, a text, then what needs a date of birth.
_FORMS = {
    key: tuple(key + form for form in ("Age", "Range", "String", "Period", "DateTime", "Date"))
    for key in ("onset", "age", "deceased", "performed", "occurrence", "effective")
}


def _age_of_choice(body: Json, key: str, born: Date | None) -> Age | None:
    as_age, as_range, as_words, *as_moments = _FORMS[key]
    if as_age in body:
        return age_of_quantity(body[as_age])
    if as_range in body:
        return age_of_range(body[as_range])
    if body.get(as_words).__class__ is str:
        return age_in_words(body[as_words]) or age_at(born, body[as_words])
    return next((age_at(born, body[name]) for name in as_moments if name in body), None)


def _note(body: Json, facts: dict[str, Any]) -> None:
    if (note := note_of(body.get("note"))) is not None:
        facts.setdefault("note", note)


def note_of(annotations: Any) -> str | None:
    """What notes say."""
    notes = [text for one in objects(annotations) if (text := known_text(one.get("text")))]
    return " ".join(notes) or None


def _facts(body: Json) -> dict[str, Any]:
    """What our own extensions say of a finding."""
    facts: dict[str, Any] = {}
    if "extension" not in body:
        return facts
    for url, one in extensions(body):
        if not url.startswith(OWN):
            continue
        key, value = url[len(OWN) :], value_of(one)
        if (key in _FLAGS and value.__class__ is bool) or (key in _TEXTS and value.__class__ is str):
            facts[key] = value
        elif key == AS_WRITTEN and value.__class__ is str:
            facts["as_written"] = value
        elif key == "size-mm" and value.__class__ in (int, float) and 0 < value <= 5000:
            facts["size_mm"] = float(value)
        elif key == "declined" and value.__class__ is str:
            facts["declined"] = (*facts.get("declined", ()), value)
    if facts.get("bilateral"):
        facts["multiple"] = True
    return facts

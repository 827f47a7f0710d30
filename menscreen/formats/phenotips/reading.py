"""PhenoTips and Open Pedigree: the list of people ("simple JSON"), and the graph that the editor saves.

Disorders are OMIM numbers or free words; no age at onset is recorded. Of somebody of whom nothing is recorded, nothing
is known.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from menscreen.formats.content import Content, refusal
from menscreen.formats.dates import age_between, date_of
from menscreen.formats.gathering import Gathering, is_of_family
from menscreen.formats.parts import Part, document_of, kind, parts_of
from menscreen.formats.phenopackets.curies import code_of
from menscreen.formats.phenotips.graph import people_of_graph
from menscreen.formats.structure import adopted_child, twins_by_mark
from menscreen.formats.values import known_text
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import MAX_AGE, Adoption, Age, Finding, History, Person, Sex, Status
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR
from menscreen.problems import of_length
from menscreen.vocabulary import Kind, findings_said, vocabulary

#: How a parent is referred to, the first that somebody has.
_NAMES = ("id", "externalId", "name", "firstName")
_SEXES = {"male": Sex.MALE, "m": Sex.MALE, "female": Sex.FEMALE, "f": Sex.FEMALE}
_ENDED = ("aborted", "miscarriage", "stillborn", "unborn")
_YES = ("true", "yes", "y", "1")
#: What a person may have beside what is read.
_OTHER = (
    "lastName", "lastNameAtBirth", "gender", "lostContact", "numPersons", "deathDate", "ethnicities", "childlessStatus",
    "childlessReason", "deceasedCause", "gestationAge", "properties", "cancers", "deceasedAge", "evaluationDate",
)  # fmt: skip


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read the list of people, of whom the first is the proband unless another is marked, or the graph."""
    gathering = Gathering("phenotips", strict=strict)
    document = document_of(content, gathering)
    parts = None
    if isinstance(document, Mapping):
        parts = people_of_graph(document, gathering)
    elif isinstance(document, list):
        parts = parts_of(document, "", gathering)
    if parts is None:
        raise refusal("D002", kind(document), "a list of people, or an object with `GG`", "export it as simple JSON")
    parts = [one for one in parts if "relationshipId" not in one and "partner1" not in one]
    ids = [_id(one, number) for number, one in enumerate(parts)]
    known = _references(parts, ids)
    people = [_person(one, id, known, gathering) for one, id in zip(parts, ids, strict=True)]
    probands = [id for one, id in zip(parts, ids, strict=True) if _is_so(one, "proband")]
    if len(probands) > 1:
        found, fix = f"{len(probands)} probands", "mark one; the first was taken"
        gathering.complain("P019", "document", found, "one proband", fix, warning=True)
    gathering.stop_if_wrong()
    proband = probands[0] if probands else ids[0] if ids else ""
    twins = [
        one
        for zygosity in (Zygosity.MONOZYGOTIC, Zygosity.UNKNOWN)
        for one in twins_by_mark(_twin_marks(parts, ids, zygosity), zygosity)
    ]
    _report_silent(parts, gathering)
    return gathering.family(people, proband, content, twins=twins)


def _id(one: Part, number: int) -> str:
    """The id, else the external id; names are no ids, and never leave."""
    return one.text("id") or one.text("externalId") or f"person-{number + 1}"


def _references(parts: list[Part], ids: list[str]) -> list[dict[str, str | None]]:
    """For each kind of name the id that it stands for; ``None`` for a name of several people."""
    tables: list[dict[str, str | None]] = []
    for key in _NAMES:
        table: dict[str, str | None] = {}
        for one, id in zip(parts, ids, strict=True):
            name = one.text(key)
            if name is not None:
                table[name] = None if name in table else id
        tables.append(table)
    return tables


def _referred(one: Part, role: str, tables: list[dict[str, str | None]], gathering: Gathering) -> str | None:
    name = one.text(role)
    if name is None:
        return None
    for table in tables:
        if name in table:
            id = table[name]
            if id is None:
                fix = "refer to the parent by an `id` of its own"
                gathering.complain("P001", one.place(role), "a name of several people", "a name of one person", fix)
            return id
    found, needed = of_length("a name", name), "the id or the name of one of the people"
    gathering.complain("P002", one.place(role), found, needed, f"add this person, or leave out the {role}")
    return None


def _person(one: Part, id: str, known: list[dict[str, str | None]], gathering: Gathering) -> Person:
    status = (one.text("lifeStatus") or "").lower()
    born = date_of(one.text("birthDate"))
    findings = [*_disorders(one, gathering), *_features(one, gathering)]
    _report_genes(one, gathering)
    is_evaluated = _is_so(one, "evaluated")
    person = Person(
        id,
        sex=_SEXES.get((one.text("sex") or "").lower(), Sex.UNKNOWN),
        mother=_referred(one, "mother", known, gathering),
        father=_referred(one, "father", known, gathering),
        age=Age(0, 0) if status in _ENDED else _age(one),
        deceased=status in (*_ENDED, "deceased"),
        birth_year=born[0] if born and FIRST_YEAR <= born[0] <= LAST_YEAR else None,
        history=History.KNOWN if findings or is_evaluated else History.UNKNOWN,
        findings=tuple(findings),
        at=one.at,
    )
    is_in = _is_so(one, "adoptedIn") or one.text("adoptedStatus") == "adoptedIn"
    is_out = _is_so(one, "adoptedOut") or one.text("adoptedStatus") == "adoptedOut"
    for key in (*_NAMES, "comments", "twinGroup", "monozygotic", "proband", "carrierStatus"):
        one.get(key)
    one.leave(_OTHER)
    if is_in:
        return adopted_child(attrs.evolve(person, adopted=Adoption.IN))
    return attrs.evolve(person, adopted=Adoption.OUT) if is_out else person


def _is_so(one: Part, key: str) -> bool:
    value = one.get(key)
    return value is True or value == 1 or (isinstance(value, str) and value.strip().lower() in _YES)


def _age(one: Part) -> Age | None:
    """The age at death, as it is written or between the dates; the age now would need a clock."""
    written = str(one.get("deceasedAge") if one.get("deceasedAge") is not None else "").strip()
    if written.isascii() and written.isdigit() and len(written) < 4 and int(written) <= MAX_AGE:
        return Age(int(written), int(written))
    return age_between(date_of(one.text("birthDate")), date_of(one.text("deathDate")))


def _disorders(one: Part, gathering: Gathering) -> list[Finding]:
    """Disorders as the carrier status qualifies them: a carrier of a syndrome has it in the family, no tumor."""
    value = one.get("disorders")
    status = (one.text("carrierStatus") or "affected").lower()
    found: list[Finding] = []
    for number, entry in enumerate(value if isinstance(value, list) else [value] if value else []):
        at = f"{one.place('disorders')}/{number}"
        written = entry.get("id") or entry.get("label") if isinstance(entry, Mapping) else entry
        words = str(written).strip() if isinstance(written, (str, int)) and not isinstance(written, bool) else ""
        if not words:
            gathering.complain("D005", at, kind(entry), "an OMIM number or words", "correct it")
            continue
        if known_text(words) is None:
            continue
        is_number = words.isascii() and words.isdigit()
        code = ("OMIM", words) if is_number else code_of(words)
        name = gathering.name(at, None if code else words, codes=(code,) if code else ())
        is_syndrome = name.term is not None and vocabulary().terms[name.term].kind is Kind.SYNDROME
        if status in ("affected", "") or is_syndrome:
            found += gathering.findings(name, Finding(None, at=at))
        elif status == "uncertain":
            found += gathering.findings(name, Finding(None, status=Status.SUSPECTED, at=at))
        else:
            needed = "disorders that the person has"
            fix = "record the variant as a genetic test; the disorder was not read as a finding"
            gathering.complain("P018", at, "a disorder of a carrier", needed, fix, warning=True)
    return found


def _report_of_family(at: str, gathering: Gathering) -> None:
    gathering.complain(
        "P017",
        at,
        "a condition of the family among somebody's own features",
        "a feature of the relative who has it",
        "record it of this relative; it was left out",
        warning=True,
    )


def _features(one: Part, gathering: Gathering) -> list[Finding]:
    """Features in HPO and in words; one that was looked for in vain is absent."""
    found: list[Finding] = []
    unknown: list[str] = []
    for key in ("features", "hpoTerms", "nonstandardFeatures"):
        value = one.get(key)
        for number, entry in enumerate(value if isinstance(value, list) else []):
            at = f"{one.place(key)}/{number}"
            parts = entry if isinstance(entry, Mapping) else {"id": entry}
            id, label = str(parts.get("id") or ""), known_text(str(parts.get("label") or parts.get("name") or ""))
            code = code_of(id.replace("_", ":"))
            words = label or (None if code else known_text(id))
            absent = str(parts.get("observed", "yes")).lower() in ("no", "false")
            if not (code or words):
                continue
            if is_of_family((code,) if code else (), words):
                _report_of_family(at, gathering)
                continue
            is_known = bool(words and findings_said(words)) or (code is not None and vocabulary().by_code(*code))
            if not is_known and not gathering.strict and (not words or absent or not _speaks_of_tumor(words)):
                unknown.append(at)
                found.append(Finding(None, status=Status.ABSENT if absent else Status.PRESENT, text=words or id, at=at))
                continue
            name = gathering.name(at, words, codes=(code,) if code else (), absent=absent)
            like = Finding(None, status=Status.ABSENT if absent else Status.PRESENT, at=at)
            found += gathering.findings(name, like)
    if unknown:
        gathering.complain(
            "F012",
            unknown[0],
            f"{len(unknown)} feature{'' if len(unknown) == 1 else 's'} outside of the vocabulary",
            "findings that have to do with endocrine tumors",
            "they are kept and change no answer; write a finding of this kind in words if one is meant",
            warning=True,
        )
    return found


def _speaks_of_tumor(words: str) -> bool:
    return vocabulary().tumor_spoken_of(words) is not None


def _report_genes(one: Part, gathering: Gathering) -> None:
    """Genes are candidates, causes or excluded ones, without a variant: no result of a test."""
    count = 0
    for key in ("genes", "candidateGenes", "causalGenes", "carrierGenes", "rejectedGenes"):
        value = one.get(key)
        count += len(value) if isinstance(value, list) else 0
    if count:
        gathering.complain(
            "T005",
            one.at,
            f"{count} gene{'' if count == 1 else 's'} without a classed variant",
            "a variant with its class",
            "record the result of the test; a gene alone was not read",
            warning=True,
        )


def _twin_marks(parts: list[Part], ids: list[str], zygosity: Zygosity) -> list[tuple[str, str]]:
    """Twin groups by the parents, whose children the numbers count."""
    return [
        (f"{one.text('mother')}\0{one.text('father')}\0{mark}", id)
        for one, id in zip(parts, ids, strict=True)
        if (mark := one.text("twinGroup")) is not None
        and _is_so(one, "monozygotic") is (zygosity is Zygosity.MONOZYGOTIC)
    ]


def _report_silent(parts: list[Part], gathering: Gathering) -> None:
    """Say what is not read: comments, which may hold ages and diagnoses, and people who stand for several."""
    comments = [one.place("comments") for one in parts if one.text("comments")]
    groups = [one.place("numPersons") for one in parts if (one.text("numPersons") or "0") not in ("0", "1")]
    for places, what, fix in (
        (comments, "free comments", "record ages and diagnoses that stand there as findings; they were not read"),
        (groups, "symbols that stand for several people", "draw each person; each was read as one person"),
    ):
        if places:
            count = f"{len(places)} {what if len(places) > 1 else what.replace('s ', ' ', 1).removesuffix('s')}"
            gathering.complain("F012", places[0], count, "people and their findings", fix, warning=True)

"""What the headers of columns mean, in the words that people use, in any case, order and punctuation."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from menscreen.vocabulary import gene, vocabulary
from menscreen.vocabulary.codes import normal_system

#: The column of each fact, then other headers for it. The first one is what our writer writes.
_PERSON = """
family: pedigree name, family name, family id, fid, fam id, famid, pedigree, pedigree id, kindred, kindred id
id: person, person id, individual, individual id, indiv id, individ, individ id, iid, member id
id: subject id, patient id, ped id, upn
label: name, full name, initials, display name
proband: is proband, proband status, index, index case, index patient, is index, consultand, target
relation: relationship, relation to proband, relationship to proband, relation to patient, relationship to patient
relation: family member, relative, kin, relation to index
relation to: related to
side: family side, side of family, side of the family, maternal or paternal, maternal paternal, paternal or maternal
side: lineage, parental side, maternal paternal side, which side
count: number, how many, number of people
sex: sex assigned at birth, sex at birth, biological sex, birth sex
gender: gender identity
mother: mother id, mothid, moth id, maternal id, mom, mum, mat, dam
father: father id, fathid, fath id, paternal id, dad, pat, sire
adoptive parents: adoptive parent ids
adopted: adoption, is adopted
age: current age, age now, present age, age years, age in years, age at last contact, age last seen
age at death: death age, age died, age of death
deceased: dead, died, is dead, is deceased
alive: living, is alive, vital status
birth year: year of birth, yob, birthyear, born, dob, date of birth, birth date, birthdate
history: history known, own history
family history: family history asked
asked: sites asked, asked about
twins: twin, twin group, twin set, twin of
zygosity: twin type
placeholder: nothing recorded
"""
_FINDING = """
finding: findings, diagnosis, diagnoses, condition, conditions, disease, disorder, dx, problem
finding: tumor, tumors, tumour, tumours, tumor type, tumour type, cancer, cancers, cancer type, type of cancer
site: organ, location, primary site, tumor site, cancer site, topography
histology: morphology, histologic type, histological type, pathology, cell type
code: diagnosis code, finding code
code system: coding system, terminology
age at diagnosis: age of diagnosis, diagnosis age, age diagnosed, age at onset, age of onset, onset, onset age, dx age
age at diagnosis: age dx, age at dx, diagnosed at, diagnosed at age, age onset, finding age
status: finding status, diagnosis status
multiple: multifocal, several, several tumors, multiple tumors, multiple glands
bilateral: both sides
laterality: side of body, body side
recurrent: recurrence, relapse
metastatic: metastasis, metastases, mets, metastasized
confirmed: pathology confirmed, verified
declined: not known to anybody
size mm: size, tumor size, diameter, diameter mm, size in mm
stage: tnm, tumor stage
grade: ki 67, who grade
sstr: somatostatin receptor, somatostatin receptors
text: as reported, free text, description
note: notes, comment, comments, remark, remarks
"""
_TEST = """
gene: gene tested, genetic test, tested gene
result: test result, genetic result, gene result, genetic test result, classification
variant: mutation, hgvs, variant found
scope: test scope
origin: germline or somatic, variant origin
"""
#: As many findings and tests as one person may have; a number that is larger is a year.
_NUMBER = r"[1-9]\d{0,2}|1000"
_ABOUT_FINDING = re.compile(rf"(?:finding|diagnosis|tumor|tumour|cancer|condition|disease|dx) ?({_NUMBER}) (.+)")
_ABOUT_TEST = re.compile(rf"(?:gene|test) ?({_NUMBER}) (.+)")
_NUMBERED = re.compile(rf"(.+?) ?({_NUMBER})")


#: What forms write before each header of their part on the family.
_OF_RELATIVE = re.compile(r"^(?:fh|fhx|fam hx|rel|relative|relative s|family member) (?=\w)")


class Column(NamedTuple):
    """What a column holds.

    Attributes:
        kind: `person`, `finding` and `test` for a `key` of these; `term` and `term age` where the header names a
            finding and `key` is the term; `tested` where it names a gene; `cause` is a cause of death.
        number: of the finding or test in the row, from 1.
    """

    kind: str
    key: str
    number: int = 1


@cache
def _known() -> dict[str, Column]:
    found = {words: Column("cause", "cause of death") for words in ("cause of death", "death cause", "died of", "cod")}
    for kind, table in (("person", _PERSON), ("finding", _FINDING), ("test", _TEST)):
        for line in table.strip().splitlines():
            key, others = line.split(": ")
            for words in (key, *others.split(", ")):
                found[words] = Column(kind, key)
    return found


def fold(header: str) -> str:
    """Bring case and punctuation of a header to one form.

    >>> fold(" Age_at-Diagnosis (yrs) ")
    'age at diagnosis yrs'
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.strip())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", spaced.lower()).split())


def meaning(header: str) -> Column | None:
    """What a column with this header holds; ``None`` for a header that is not known.

    >>> meaning("Dx Age"), meaning("finding_2").number, meaning("MTC").key
    (Column(kind='finding', key='age at diagnosis', number=1), 2, 'medullary-thyroid-carcinoma')
    """
    words = fold(header)
    plain = _OF_RELATIVE.sub("", words)
    for form in (words, words.removesuffix(" years").removesuffix(" yrs"), words.replace(" ", ""), plain):
        found = _known().get(form)
        if found is not None:
            return found
    return _numbered(words) or _coded(header) or _wide(header, words)


def _numbered(words: str) -> Column | None:
    """A column of the second finding or test: "finding 2", "tumor2 age"."""
    for about, kind in ((_ABOUT_FINDING, "finding"), (_ABOUT_TEST, "test")):
        if match := about.fullmatch(words):
            rest = "age at diagnosis" if match[2] in ("age", "onset") else match[2]
            found = _known().get(rest) or _coded(rest)
            if found is not None and found.kind == kind:
                return found._replace(number=int(match[1]))
    if match := _NUMBERED.fullmatch(words):
        found = _known().get(match[1]) or _coded(match[1])
        if found is not None and found.kind != "person":
            return found._replace(number=int(match[2]))
    return None


def _coded(header: str) -> Column | None:
    """A column of the codes of one terminology."""
    words = header.lower().removesuffix("code").removesuffix("codes").strip(" _-")
    system = normal_system(words)
    return Column("finding", f"code {system}") if system is not None else None


def _wide(header: str, words: str) -> Column | None:
    """A column for one finding or one gene: "MTC", "age at pheochromocytoma", "RET"."""
    if (symbol := gene(header.strip())) is not None:
        return Column("tested", symbol)
    for before, behind in (("age at ", ""), ("", " age"), ("", " age at diagnosis"), ("", " onset")):
        if words.startswith(before) and words.endswith(behind):
            term = vocabulary().lookup(words.removeprefix(before).removesuffix(behind))
            if term is not None:
                return Column("term age", term.id)
    term = vocabulary().lookup(header)
    return Column("term", term.id) if term is not None else None


def tumor_of(header: str) -> str | None:
    """What an organ alone means in a column with this header, "cancer" or "tumor"; ``None`` where it means no more.

    >>> tumor_of("Cancer type"), tumor_of("tumour 2"), tumor_of("tumor site"), tumor_of("Diagnosis")
    ('cancer', 'tumor', None, None)
    """
    column = meaning(header)
    if column is None or (column.kind, column.key) != ("finding", "finding"):
        return None
    words = fold(header)
    return "cancer" if "cancer" in words else "tumor" if "tumo" in words else None


def nearest(header: str) -> str | None:
    """The known header that looks most like this one, if it is near enough to be a slip."""
    from difflib import get_close_matches

    near = get_close_matches(fold(header)[:60], _known(), 1, 0.8)
    return near[0] if near else None

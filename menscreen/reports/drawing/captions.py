"""What is written beneath a symbol, and how its findings fill it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from menscreen.pedigree.person import Age, Finding, Gender, GeneticTest, Person, Result, Sex, Status
from menscreen.vocabulary import Kind, Vocabulary

#: The groups that findings are filled by: what the legend calls them, and the term that they are or are below.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "thyroid-medullary": (
        "medullary thyroid carcinoma, C-cell hyperplasia",
        ("medullary-thyroid-carcinoma", "c-cell-hyperplasia"),
    ),
    "thyroid": ("other or unknown thyroid tumor", ("thyroid-tumor",)),
    "parathyroid": ("parathyroid disease", ("parathyroid-tumor", "hyperparathyroidism")),
    "pituitary": ("pituitary tumor", ("pituitary-tumor",)),
    "pheochromocytoma": ("pheochromocytoma, paraganglioma", ("ppgl", "adrenal-medullary-hyperplasia")),
    "adrenal": ("adrenal tumor", ("adrenal-tumor",)),
    "neuroendocrine": ("neuroendocrine or pancreatic tumor", ("neuroendocrine-tumor", "pancreatic-tumor")),
}
_BY_KIND = {Kind.TUMOR: "other-tumor", Kind.FEATURE: "feature", Kind.SYNDROME: "syndrome"}
NAMES = {name: words for name, (words, _) in GROUPS.items()} | {
    "other-tumor": "other tumor",
    "feature": "feature of a syndrome",
    "syndrome": "syndrome, as reported",
}
#: The longest line and the longest word, in characters, and the most lines about findings and tests.
_LONGEST = 18
_LONGEST_WORD = 26
_MOST_LINES = 16

_RESULTS = {
    Result.PATHOGENIC: "pathogenic",
    Result.LIKELY_PATHOGENIC: "likely pathogenic",
    Result.UNCERTAIN: "VUS",
    Result.LIKELY_BENIGN: "likely benign",
    Result.BENIGN: "benign",
    Result.NEGATIVE: "no variant found",
}


class Line(NamedTuple):
    """A line of text; `is_strong` where the answer rests on what it says."""

    text: str
    is_strong: bool = False


def harmless(text: str) -> str:
    r"""Make a text of the input one line of characters that show, in order.

    >>> harmless("a\x1b[2J\u202eb\n c")
    'a[2Jb c'
    """
    return " ".join("".join(one if one.isprintable() else " " if one.isspace() else "" for one in text).split())


def group_of(finding: Finding, words: Vocabulary) -> str | None:
    """The group whose pattern a finding is filled with; none for one that is not said to be there, or no disease."""
    if finding.term is None or finding.status is not Status.PRESENT or finding.term not in words.terms:
        return None
    above = words.above(finding.term)
    for name, (_, terms) in GROUPS.items():
        if any(term in above for term in terms):
            return name
    return _BY_KIND.get(words.terms[finding.term].kind)


def age_text(person: Person) -> str:
    """The age now, or at death."""
    age = "" if person.age is None else f"{_short(person.age)} y"
    if person.deceased:
        return f"d. {age}" if age else "d."
    return age


def sex_at_birth(person: Person) -> str:
    """What is written where the sex at birth differs from what the symbol shows."""
    usual = {Gender.WOMAN: Sex.FEMALE, Gender.MAN: Sex.MALE}
    if person.gender is None or usual.get(person.gender) is person.sex or person.sex is Sex.UNKNOWN:
        return ""
    return "AFAB" if person.sex is Sex.FEMALE else "AMAB"


def lines_of(
    person: Person, words: Vocabulary, facts: Collection[str], standing: Iterable[str], relation: str = ""
) -> list[Line]:
    """What is written beneath somebody, below the number; the answer rests on records at the places `facts`."""
    lines: list[Line] = []
    if not person.placeholder:
        lines += _wrapped(harmless(person.label or person.id), False, 2)
    lines += _wrapped(harmless(relation), False, 3)
    born = f"b. {person.birth_year}" if person.birth_year is not None else ""
    lines += [Line(text) for text in (born, age_text(person), sex_at_birth(person)) if text]
    told: list[Line] = []
    for finding in sorted(person.findings, key=_when):
        told += _wrapped(finding_text(finding, words), finding.at in facts, 4)
    for test in sorted(person.tests, key=lambda test: (test.gene, test.result, test.variant or "")):
        told += _wrapped(test_text(test), test.at in facts, 3)
    for text in standing:
        told += _wrapped(text, False, 2)
    if len(told) > _MOST_LINES:
        told = [*told[: _MOST_LINES - 1], Line("and more")]
    return lines + told


def finding_text(finding: Finding, words: Vocabulary) -> str:
    """A finding in words, with the age at diagnosis."""
    if finding.term is not None and finding.term in words.terms:
        name = words.terms[finding.term].name
    else:
        name = harmless(finding.text or "finding")
    if finding.status is Status.ABSENT:
        return f"no {name}"
    said = ["suspected"] if finding.status is Status.SUSPECTED else []
    said += [word for word, holds in (("bilateral", finding.bilateral), ("metastatic", finding.metastatic)) if holds]
    if finding.multiple and not finding.bilateral:
        said.append("multiple")
    return f"{' '.join([*said, name])}{_at(finding.age)}"


def test_text(test: GeneticTest) -> str:
    """A genetic test in words."""
    somatic = "in the tumor " if test.origin == "somatic" else ""
    variant = f" {harmless(test.variant)}" if test.variant else ""
    result = "not found" if variant and test.result is Result.NEGATIVE else _RESULTS[test.result]
    return f"{harmless(test.gene)}{variant} {somatic}{result}"


def _at(age: Age | None) -> str:
    return "" if age is None else f" at\N{NO-BREAK SPACE}{_short(age)}"


def _short(age: Age) -> str:
    return f"{age.low}+" if age.high is None else str(age)


def _when(finding: Finding) -> tuple[int, str, str]:
    return (finding.age.low if finding.age is not None else 1000), finding.term or "~", finding.text or ""


def _wrapped(text: str, is_strong: bool, most: int) -> list[Line]:
    lines: list[str] = [""]
    for word in text.split(" "):
        half = _LONGEST_WORD // 2
        piece = word if len(word) <= _LONGEST_WORD else f"{word[: half - 1]}…{word[-half:]}"
        if lines[-1] and len(lines[-1]) + 1 + len(piece) > _LONGEST:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: _LONGEST - 1]}…"]
    return [Line(line, is_strong) for line in lines if line]

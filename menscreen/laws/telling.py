"""A family in a few words, for somebody who must see at once why a law is broken."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Finding, GeneticTest, History, Person, Sex, Status


def told(family: Pedigree) -> str:
    """The family, a person a line, with ids and everything that is recorded and that a rule can read.

    >>> print(told(Pedigree((Person("p1", sex=Sex.FEMALE, findings=(Finding("insulinoma"),)),), "p1")))
      p1 (proband): female; insulinoma
    """
    lines = [_person(one, is_proband=one.id == family.proband) for one in family.people]
    lines += [f"  twins {', '.join(each.people)}: {each.zygosity.value}" for each in family.twins]
    return "\n".join(lines)


def _person(one: Person, *, is_proband: bool) -> str:
    facts = [*_ties(one), *map(finding_told, one.findings), *map(_test, one.tests)]
    mark = " (proband)" if is_proband else ""
    return f"  {one.id}{mark}: {'; '.join(facts) or 'nothing recorded'}"


def _ties(one: Person) -> Iterator[str]:
    if one.sex is not Sex.UNKNOWN:
        yield one.sex.value
    if one.mother is not None:
        yield f"mother {one.mother}"
    if one.father is not None:
        yield f"father {one.father}"
    if one.adopted is not None:
        yield f"adopted {one.adopted.value}"
    if one.adoptive_parents:
        yield f"adoptive parents {', '.join(one.adoptive_parents)}"
    if one.relation is not None:
        yield f"{one.relation.as_} of {one.relation.to}"
    if one.history is History.UNKNOWN:
        yield "history unknown"
    if one.age is not None:
        yield f"age {one.age}"


def finding_told(one: Finding) -> str:
    """A finding in words.

    >>> finding_told(Finding("insulinoma", multiple=True))
    'insulinoma, multiple'
    """
    words = [one.term or "words that the vocabulary does not know"]
    if one.status is not Status.PRESENT:
        words.append(one.status.value)
    if one.multiple is not None:
        words.append("multiple" if one.multiple else "single")
    if one.bilateral is not None:
        words.append("bilateral" if one.bilateral else "unilateral")
    words += [name for name in ("recurrent", "metastatic") if getattr(one, name)]
    if one.size_mm is not None:
        words.append(f"{one.size_mm:g} mm")
    return ", ".join(words) + ("" if one.age is None else f" at {one.age}")


def _test(one: GeneticTest) -> str:
    words = [f"{one.gene} {one.result.value}", one.origin.value]
    words += [str(part) for part in (one.scope, one.variant) if part is not None]
    return ", ".join(words)

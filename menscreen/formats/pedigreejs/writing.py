"""Write a family as pedigreejs keeps it, with a key for each finding."""

from __future__ import annotations

from typing import Any

import attrs

from menscreen.formats.coverage import reduced
from menscreen.formats.pedigreejs.reading import AGE, TEST
from menscreen.pedigree.family import FamilyHistory, Pedigree, Zygosity
from menscreen.pedigree.person import Adoption, Age, GeneticTest, Person, Result, Scope, Sex


def carried(family: Pedigree) -> Pedigree:
    """The family as it comes back when what is written is read, but for the sites that were asked about."""
    return _settled(_reduced(family))


def _reduced(family: Pedigree) -> Pedigree:
    from menscreen.formats.table import FORMATS

    return reduced(family, FORMATS["pedigreejs"].facts)


def _settled(family: Pedigree) -> Pedigree:
    """The family as pedigreejs can say it, after everything that it has no place for is gone."""
    twins = tuple(one for one in family.twins if one.zygosity is not Zygosity.UNKNOWN)
    people = tuple(_carried(person) for person in family.people)
    return attrs.evolve(family, people=people, twins=twins, family_history=_implied(family))


def _implied(family: Pedigree) -> FamilyHistory:
    """Whether anybody asked about relatives, as the number of people tells."""
    return FamilyHistory.ASKED if len(family.people) > 1 else FamilyHistory.NOT_ASKED


def _carried(person: Person) -> Person:
    adoptive = person.adoptive_parents
    if adoptive or person.adopted is Adoption.IN:
        is_plain = not (person.mother or person.father) and len(adoptive) <= 2
        person = attrs.evolve(
            person,
            adopted=Adoption.IN if is_plain else None,
            adoptive_parents=adoptive if is_plain else (),
        )
    tests: dict[str, GeneticTest] = {}
    for test in person.tests:
        is_told = test.scope is not Scope.OTHER_VARIANT  # of which pedigreejs knows nothing
        if is_told and test.result in (Result.PATHOGENIC, Result.NEGATIVE):
            tests.setdefault(test.gene, test)
    known = tuple(attrs.evolve(one, age=_positive(one.age)) for one in person.findings)
    label = None if person.label is None or person.label.strip() in ("", person.id) else person.label.strip()
    return attrs.evolve(person, findings=known, tests=tuple(tests.values()), age=_positive(person.age), label=label)


def _positive(age: Age | None) -> Age | None:
    return age if age is not None and age.low else None


def losses(family: Pedigree) -> list[str]:
    """Name what is lost or changed though there is a key for it."""
    before = _reduced(family)
    after = _settled(before)
    pairs = list(zip(before.people, after.people, strict=True))
    counts = {
        "adoptive parents beside others, or more than two": sum(
            (one.adopted, one.adoptive_parents) != (other.adopted, other.adoptive_parents) for one, other in pairs
        ),
        "results of tests other than pathogenic or negative, for another variant, or of a second test of a gene": sum(
            len(one.tests) - len(other.tests) for one, other in pairs
        ),
        "ages of 0": sum(
            one.age != other.age or any(a.age != b.age for a, b in zip(one.findings, other.findings, strict=True))
            for one, other in pairs
        ),
        "twins of unknown kind": len(before.twins) - len(after.twins),
        "labels that say nothing more than the id": sum(one.label != other.label for one, other in pairs),
    }
    if before.family_history is not after.family_history:
        asked = "that nobody asked about relatives"
        counts[asked if after.family_history is FamilyHistory.ASKED else "that relatives were asked about"] = 1
    silent = "that anybody was asked about a tumor that nobody has: pedigreejs writes only what is there"
    return [silent, *(f"{words} ({count})" for words, count in counts.items() if count)]


def write(family: Pedigree) -> bytes:
    """Write the list that pedigreejs loads; a key such as ``medullary_thyroid_carcinoma_diagnosis_age`` per finding.

    >>> b'"proband": true' in write(Pedigree((Person("p1"),), "p1"))
    True
    """
    import msgspec

    kept = carried(family)
    numbered = [(str(number), twins) for number, twins in enumerate(kept.twins, start=1)]
    marks = {
        kind: {id: number for number, twins in numbered if twins.zygosity is kind for id in twins.people}
        for kind in (Zygosity.MONOZYGOTIC, Zygosity.DIZYGOTIC)
    }
    sexes = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.UNKNOWN: "U"}
    people = []
    for one in kept.people:
        written: dict[str, Any] = {"name": one.id, "display_name": one.label or one.id, "sex": sexes[one.sex]}
        written |= _ties(one, kept)
        for key, zygosity in (("mztwin", Zygosity.MONOZYGOTIC), ("dztwin", Zygosity.DIZYGOTIC)):
            written |= {key: marks[zygosity][one.id]} if one.id in marks[zygosity] else {}
        people.append(written | _recorded(one))
    return msgspec.json.format(msgspec.json.encode(people), indent=1) + b"\n"


def _ties(one: Person, family: Pedigree) -> dict[str, Any]:
    mother, father = one.mother, one.father
    if one.adopted is Adoption.IN and one.adoptive_parents:
        mother, father = _as_couple(one.adoptive_parents, family)
    ties = {
        "famid": family.id,
        "proband": True if one.id == family.proband else None,
        "mother": mother,
        "father": father,
        "top_level": True if mother is None and father is None else None,
        "adopted_in": True if one.adopted is Adoption.IN else None,
        "adopted_out": True if one.adopted is Adoption.OUT else None,
        "hidden": True if one.placeholder else None,
    }
    return {key: value for key, value in ties.items() if value is not None}


def _as_couple(parents: tuple[str, ...], family: Pedigree) -> tuple[str | None, str | None]:
    """Adoptive parents as mother and father, by their sex where it is recorded."""
    first = parents[0]
    if len(parents) == 1:
        return (None, first) if family.person(first).sex is Sex.MALE else (first, None)
    second = parents[1]
    is_turned = family.person(first).sex is Sex.MALE or family.person(second).sex is Sex.FEMALE
    return (second, first) if is_turned else (first, second)


def _recorded(one: Person) -> dict[str, Any]:
    written: dict[str, Any] = {"status": "1" if one.deceased else "0"}
    if one.age is not None:
        written["age"] = one.age.low
    if one.birth_year is not None:
        written["yob"] = one.birth_year
    times: dict[str, int] = {}
    for finding in one.findings:
        assert finding.term is not None
        key = finding.term.replace("-", "_")
        number = times[key] = times.get(key, 0) + 1
        key += f"_no{number}" if number > 1 else ""  # a bare number may make another word: hyperparathyroidism 2
        written |= {key: True} if finding.age is None else {f"{key}{AGE}": finding.age.low}
    for test in one.tests:
        kinds = {Scope.FULL: "S", Scope.FAMILIAL_VARIANT: "T", None: "-"}
        result = "P" if test.result is Result.PATHOGENIC else "N"
        written[f"{test.gene.lower()}{TEST}"] = {"type": kinds[test.scope], "result": result}
    return written

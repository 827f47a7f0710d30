"""Write a family as CanRisk 4: structure, years, the cancers of breast, ovary, prostate and pancreas, and ten genes."""

from __future__ import annotations

import re

import attrs

from menscreen.formats.canrisk.columns import CANCERS, GENES, NO_FAMILY, PATHOLOGY, STRUCTURE
from menscreen.formats.coverage import reduced
from menscreen.formats.structure import NO_PARENT
from menscreen.pedigree.family import Pedigree, Twins, Zygosity
from menscreen.pedigree.person import Age, Finding, GeneticTest, Person, Result, Scope, Sex, Status

_ID = re.compile(r"[A-Za-z0-9\-]+")
#: Readers take ids of up to 7 and family ids of up to 13 characters.
_LONGEST_ID, _LONGEST_FAMILY_ID = 7, 13
_SEXES = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.UNKNOWN: "U"}
_SCOPES = {Scope.FULL: "S", Scope.FAMILIAL_VARIANT: "T"}


def carried(family: Pedigree) -> Pedigree:
    """The family as it comes back, but for the sites that were asked about."""
    return _settled(_reduced(family))


def _settled(family: Pedigree) -> Pedigree:
    """The family as CanRisk can say it, after everything that it has no column for is gone."""
    fathers, mothers = ({getattr(one, role) for one in family.people} for role in ("father", "mother"))
    people = [_carried(one, fathers, mothers) for one in family.people]
    twins = tuple(one for one in family.twins if one.zygosity is Zygosity.MONOZYGOTIC)
    return attrs.evolve(family, people=tuple(_with_both_parents(_with_parents_of_twins(people, twins))), twins=twins)


def _with_parents_of_twins(people: list[Person], twins: tuple[Twins, ...]) -> list[Person]:
    """A parent recorded of one identical twin is the parent of all."""
    of: dict[str, list[Person]] = {
        id: [other for other in people if other.id in each.people] for each in twins for id in each.people
    }
    return [
        attrs.evolve(
            one,
            mother=next((other.mother for other in of[one.id] if other.mother is not None), None),
            father=next((other.father for other in of[one.id] if other.father is not None), None),
        )
        if one.id in of
        else one
        for one in people
    ]


def _reduced(family: Pedigree) -> Pedigree:
    from menscreen.formats.table import FORMATS

    return reduced(family, FORMATS["canrisk"].facts)


def is_allowed(id: str) -> bool:
    """Whether readers of CanRisk take an id."""
    return len(id) <= _LONGEST_ID and _ID.fullmatch(id) is not None and id.strip("0-") != "" and id not in NO_PARENT


def is_allowed_of_family(id: str) -> bool:
    """Whether readers of CanRisk take an id of a family."""
    return len(id) <= _LONGEST_FAMILY_ID and _ID.fullmatch(id) is not None and id != NO_FAMILY


def _carried(person: Person, fathers: set[str | None], mothers: set[str | None]) -> Person:
    """The person with a sex that follows from being a parent, and what has a column of findings and tests."""
    sex = person.sex
    if sex is Sex.UNKNOWN:
        sex = Sex.MALE if person.id in fathers else Sex.FEMALE if person.id in mothers else sex
    tests: dict[str, GeneticTest] = {}
    for test in person.tests:
        is_told = test.gene in GENES and test.scope is not Scope.OTHER_VARIANT
        if is_told and (test.result is Result.NEGATIVE or _is_plain_positive(test)):
            tests.setdefault(test.gene, attrs.evolve(test, scope=test.scope or Scope.FULL))
    by_gene = tuple(tests[gene] for gene in GENES if gene in tests)
    age = person.age if person.age is not None and person.age.low else None
    return attrs.evolve(person, sex=sex, age=age, findings=tuple(_cells(person).values()), tests=by_gene)


def _is_plain_positive(test: GeneticTest) -> bool:
    """Of HOXB13 the column tells whether one or both copies are changed, which nobody recorded."""
    return test.result is Result.PATHOGENIC and test.gene != "HOXB13"


def _cells(person: Person) -> dict[str, Finding]:
    """What goes into which column of cancers; a cancer of both breasts fills the second, too."""
    cells: dict[str, Finding] = {}
    for name, (_, term) in CANCERS.items():
        found = [one for one in person.findings if one.term == term and one.status is Status.PRESENT]
        both = [one for one in found if one.bilateral]
        chosen = (both if name == "BC2" else [one for one in found if not one.bilateral])[:1]
        for one in chosen:
            cells[name] = Finding(term, _years(one.age), multiple=one.bilateral, bilateral=one.bilateral)
    return cells


def _years(age: Age | None) -> Age | None:
    """One age from 1 on: 0 stands for no cancer."""
    return age if age is not None and age.low == age.high and age.low else None


def _with_both_parents(people: list[Person]) -> list[Person]:
    """Readers demand both parents or none: who has one gets another of whom nothing is known."""
    taken = {person.id for person in people}
    others: dict[tuple[str, str], str] = {}
    made: list[Person] = []
    changed = []
    for person in people:
        for role, other in (("mother", "father"), ("father", "mother")):
            known, missing = getattr(person, role), getattr(person, other)
            if known is not None and missing is None:
                id = others.get((role, known))
                if id is None:
                    id = next(one for n in range(1, len(people) + 2) if (one := f"X{n}") not in taken)
                    taken.add(id)
                    others[role, known] = id
                    made.append(Person(id, sex=Sex.MALE if other == "father" else Sex.FEMALE))
                is_father = other == "father"
                person = attrs.evolve(person, father=id) if is_father else attrs.evolve(person, mother=id)
        changed.append(person)
    return changed + made


def losses(family: Pedigree) -> list[str]:
    """Name what is lost or changed though there is a column for it."""
    before = _reduced(family)
    after = _settled(before)
    pairs = list(zip(before.people, after.people, strict=False))
    counts = {
        "findings other than cancer of breast, ovary, prostate and pancreas": sum(
            len(one.findings) - len(other.findings) for one, other in pairs
        ),
        "tests of genes or with results that have no column": sum(
            len(one.tests) - len(other.tests) for one, other in pairs
        ),
        "whether a test read the whole gene, which is written of all": sum(
            test.scope is None and test.gene in GENES for one, _ in pairs for test in one.tests
        ),
        "ages at diagnosis of 0": sum(
            finding.age is not None and finding.age.low == 0 for one, _ in pairs for finding in one.findings
        ),
        "people of unknown sex, whom readers of CanRisk may refuse": sum(
            other.sex is Sex.UNKNOWN for _, other in pairs
        ),
        "sexes, which follow from being a parent": sum(one.sex is not other.sex for one, other in pairs),
        "a second parent of whom nothing is known, who is added": len(after.people) - len(before.people),
        "twins that are not identical": len(before.twins) - len(after.twins),
        "ages of 0": sum(one.age != other.age for one, other in pairs),
    }
    told = [f"{words} ({count})" for words, count in counts.items() if count]
    silent = "whether anybody had a tumor of an endocrine organ: a CanRisk file has no column for it"
    return [silent, *told]


def write(family: Pedigree) -> bytes:
    """Write a CanRisk 4 file.

    >>> write(Pedigree((Person("p1", sex=Sex.FEMALE),), "p1")).splitlines()[0]
    b'##CanRisk 4.0'
    """
    kept = carried(family)
    marks = {id: str(n) for n, twins in enumerate(kept.twins, start=1) for id in twins.people}
    header = [*STRUCTURE, *CANCERS, "Ashkn", *GENES, PATHOLOGY]
    lines = ["##CanRisk 4.0", "##" + "\t".join(header)]
    lines += ["\t".join(_row(one, kept, marks.get(one.id, "0"))) for one in kept.people]
    return ("\n".join(lines) + "\n").encode()


def _row(person: Person, family: Pedigree, mark: str) -> list[str]:
    cells, tests = _cells(person), {test.gene: test for test in person.tests}
    return [
        family.id or NO_FAMILY,
        person.id,
        "1" if person.id == family.proband else "0",
        person.id,
        person.father or "0",
        person.mother or "0",
        _SEXES[person.sex],
        mark,
        "1" if person.deceased else "0",
        str(person.age.low) if person.age is not None else "0",
        str(person.birth_year or 0),
        *(_cell(cells.get(name)) for name in CANCERS),
        "0",
        *(_tested(tests.get(gene)) for gene in GENES),
        "0:0:0:0:0",
    ]


def _cell(finding: Finding | None) -> str:
    if finding is None:
        return "0"
    return "AU" if finding.age is None else str(finding.age.low)


def _tested(test: GeneticTest | None) -> str:
    if test is None:
        return "0:0"
    return f"{_SCOPES[test.scope or Scope.FULL]}:{'P' if test.result is Result.PATHOGENIC else 'N'}"

"""Everything that is wrong with the structure of a pedigree, at once."""

from __future__ import annotations

from collections.abc import Iterator

from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import MAX_AGE, Adoption, Age, Finding, Person, Sex, UnplacedRelation
from menscreen.pedigree.relations import advice, parse
from menscreen.pedigree.results import contradicted
from menscreen.problems import MOST_OFFERS, Problem, Severity, of_length, within

#: A document with more is no family; of these the nearest are screened (`menscreen.screening.vicinity`).
MOST_PEOPLE = 200_000
#: Findings and tests of one person.
MOST_RECORDS = 1_000
#: Years of birth outside of these are refused as impossible.
FIRST_YEAR, LAST_YEAR = 1700, 2200

#: To look a member of an enumeration up costs more than the rest of a glance at a person.
_FEMALE, _MALE = Sex.FEMALE, Sex.MALE


def problems_of(family: Pedigree) -> list[Problem]:
    """Find every structural problem of a pedigree, in the order of the people; errors and warnings alike.

    It takes any values, duplicate ids and cycles included, and never quotes an id.

    >>> [str(problem.where) for problem in problems_of(Pedigree((Person("a", mother="b"),), "a"))]
    ['people[0].mother']
    """
    people = family.people
    if len(people) > MOST_PEOPLE:
        return [too_many_people()]
    laden = [at for at, person in enumerate(people) if len(person.findings) + len(person.tests) > MOST_RECORDS]
    if laden:
        return [_too_many_records(family, at) for at in laden]
    first = family.position
    unique = len(first) == len(people)
    if not unique:
        first = {person.id: at for at, person in reversed(list(enumerate(people)))}
    found: list[Problem] = []
    if family.proband not in first:
        found.append(_missing_proband(family))
    for at in _doubtful(family) if unique else range(len(people)):
        found += _problems_of_person(family, at, first, offering=len(found) < MOST_OFFERS)
    if not (unique and family.descent.is_sound):
        found += _role_problems(family, first)
        found += _cycles(family, first)
    if family.twins:
        found += _twin_problems(family, first)
    tested = [person for person in people if person.tests]
    if tested and not any(one.severity is Severity.ERROR for one in found):
        found += contradicted(family)
    return found


def too_many_people() -> Problem:
    """The refusal of a family of too many people."""
    most = f"at most {MOST_PEOPLE:,} people"
    return _error("P021", "people", f"more than {MOST_PEOPLE:,} people", most, "give each family a document of its own")


def _too_many_records(family: Pedigree, at: int) -> Problem:
    person = family.people[at]
    found = f"{len(person.findings)} findings and {len(person.tests)} tests"
    needed = f"at most {MOST_RECORDS:,} of one person"
    return _error("F024", _place(family, at), found, needed, "check the program that wrote the document")


def _doubtful(family: Pedigree) -> list[int]:
    """The positions of the people of whom there may be something to say; a glance clears all others, mostly all."""
    people = family.people
    return [
        at
        for at, (person, (mother, father)) in enumerate(zip(people, family.parents, strict=True))
        if person.birth_year is not None
        or person.adoptive_parents
        or (person.relation is not None and not _is_placeable(person.relation, person, family.position))
        or ((people[mother].sex is _MALE) if mother >= 0 else (person.mother is not None))
        or ((people[father].sex is _FEMALE or father == mother) if father >= 0 else (person.father is not None))
        or ((person.age is not None or person.findings) and not _are_possible(person.age, person.findings))
    ]


def _is_placeable(relation: UnplacedRelation, person: Person, first: dict[str, int]) -> bool:
    return relation.to in first and relation.to != person.id and parse(relation.as_) is not None


def _are_possible(age: Age | None, findings: tuple[Finding, ...]) -> bool:
    top = MAX_AGE
    if age is not None:
        low, high = age
        if high is not None:
            top = high
        if not 0 <= low <= top <= MAX_AGE:
            return False
    for finding in findings:
        if finding.age is not None:
            low, high = finding.age
            if not (0 <= low <= top and low <= (MAX_AGE if high is None else high) <= MAX_AGE):
                return False
    return True


def _problems_of_person(family: Pedigree, at: int, first: dict[str, int], *, offering: bool) -> Iterator[Problem]:
    person = family.people[at]
    where = _place(family, at)
    if first[person.id] != at:
        yield _twice(where, _place(family, first[person.id]))
    yield from _parent_problems(family, person, where, first)
    yield from _age_problems(person, where)
    yield from _adoption_problems(person, where, first)
    if person.relation is not None:
        yield from _relation_problems(person, person.relation, where, first, offering=offering)


def _place(family: Pedigree, at: int) -> str:
    return family.people[at].at or f"people[{at}]"


def _error(code: str, where: str, found: str, needed: str, fix: str) -> Problem:
    return Problem(code, Severity.ERROR, where, found, needed, fix)


def _missing_proband(family: Pedigree) -> Problem:
    found = of_length("an id", family.proband) if family.proband else "no proband"
    return _error("P014", "proband", found, "the id of one of the people", "name the person whom the family is about")


def _twice(where: str, other: str) -> Problem:
    return _error("P001", within(where, "id"), f"the id of {other}", "an id of its own", "give each person another id")


def _parent_problems(family: Pedigree, person: Person, where: str, first: dict[str, int]) -> Iterator[Problem]:
    if person.mother is not None and person.mother == person.father:
        yield _error(
            "P005",
            within(where, "father"),
            "the person who is also the mother",
            "two different people",
            "leave out the parent who is not known",
        )
    for role, id, wrong in (("mother", person.mother, Sex.MALE), ("father", person.father, Sex.FEMALE)):
        if id is None:
            continue
        at = first.get(id)
        if at is None:
            yield _error(
                "P002",
                within(where, role),
                of_length("an id", id),
                "the id of one of the people",
                f"add this person to people, or leave out the {role}",
            )
            continue
        parent = family.people[at]
        if parent.sex is wrong:
            yield _error(
                "P004",
                within(where, role),
                f"{_place(family, at)}, recorded as {wrong}",
                f"a {role} who is {Sex.FEMALE if wrong is Sex.MALE else Sex.MALE} or of unknown sex",
                "exchange mother and father, or correct the sex",
            )
        years = (parent.birth_year, person.birth_year)
        if years[0] is not None and years[1] is not None and years[0] >= years[1] and parent is not person:
            yield _error(
                "P006",
                within(where, role),
                f"{_place(family, at)}, who is not older than the child",
                "a parent born before the child",
                "correct one of the two years of birth, or the parent",
            )


def _role_problems(family: Pedigree, first: dict[str, int]) -> Iterator[Problem]:
    """Somebody of unknown sex who is mother of one person and father of another."""
    mothers = {person.mother for person in family.people if person.mother is not None}
    if mothers.isdisjoint([person.father for person in family.people]):
        return
    for at, person in enumerate(family.people):
        id = person.father
        if id in mothers and id in first and id != person.mother and family.people[first[id]].sex is Sex.UNKNOWN:
            yield _error(
                "P012",
                within(_place(family, at), "father"),
                f"{_place(family, first[id])}, who is the mother of somebody else",
                "one person as mother only, or as father only",
                "record the sex, and correct the parent",
            )


def _age_problems(person: Person, where: str) -> Iterator[Problem]:
    yield from _age_itself(person.age, within(where, "age"))
    year = person.birth_year
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        yield _error("A004", within(where, "birth_year"), str(year), "a year of four digits", "correct the year")
    for index, finding in enumerate(person.findings):
        if finding.age is None:
            continue
        place = within(finding.at or within(where, f"findings[{index}]"), "age")
        wrong = list(_age_itself(finding.age, place))
        yield from wrong
        if not wrong and person.age is not None and finding.age.low > person.age.top:
            yield _error(
                "A002",
                place,
                f"{finding.age}, in a person of {person.age}",
                "an age at diagnosis up to the age now or at death",
                "correct one of the two ages",
            )


def _age_itself(age: Age | None, where: str) -> Iterator[Problem]:
    if age is None:
        return
    low, high = age
    if low < 0 or low > MAX_AGE or (high is not None and not 0 <= high <= MAX_AGE):
        yield _error("A001", where, str(age), f"completed years from 0 to {MAX_AGE}", "correct the age")
    elif high is not None and high < low:
        yield _error("A003", where, str(age), "the lower age first", f"write [{high}, {low}]")


def _adoption_problems(person: Person, where: str, first: dict[str, int]) -> Iterator[Problem]:
    for index, id in enumerate(person.adoptive_parents):
        if id not in first:
            yield _error(
                "P002",
                within(where, f"adoptive_parents[{index}]"),
                of_length("an id", id),
                "the id of one of the people",
                "add this person to people, or leave the adoptive parent out",
            )
        elif id in (person.mother, person.father) or id == person.id:
            yield _error(
                "P012",
                within(where, f"adoptive_parents[{index}]"),
                "the person themselves" if id == person.id else "a biological parent of the same person",
                "an adoptive parent without a blood tie",
                "keep the parent in one of the two places",
            )
    if person.adopted is Adoption.OUT and person.adoptive_parents and person.mother is None and person.father is None:
        yield Problem(
            "P012",
            Severity.WARNING,
            within(where, "adopted"),
            "adopted out, with adoptive parents and no biological parent",
            "adopted 'in' for a person who came to this family by adoption",
            "write adopted 'in', or record the biological parents",
        )


def _relation_problems(
    person: Person, relation: UnplacedRelation, where: str, first: dict[str, int], *, offering: bool
) -> Iterator[Problem]:
    if relation.to not in first:
        yield _error(
            "P002",
            within(where, "relation.to"),
            of_length("an id", relation.to),
            "the id of one of the people",
            "name one of the people",
        )
    elif relation.to == person.id:
        yield _error(
            "P012",
            within(where, "relation.to"),
            "the person themselves",
            "somebody else",
            "name whom they are related to",
        )
    if parse(relation.as_) is None:
        yield _error(
            "P010",
            within(where, "relation.as"),
            of_length("words", relation.as_),
            "a relation such as 'maternal aunt'",
            advice(relation.as_ if offering else ""),
        )


def _cycles(family: Pedigree, first: dict[str, int]) -> Iterator[Problem]:
    """Report each group of people who are their own ancestors once."""
    links = [
        [first[id] for id in (person.mother, person.father) if id is not None and id in first]
        for person in family.people
    ]
    for group in _strongly_connected(links):
        if len(group) > 1 or group[0] in links[group[0]]:
            at = min(group)
            others = f", through {_count(len(group) - 1)}" if len(group) > 1 else ""
            yield _error(
                "P003",
                _place(family, at),
                f"a person among their own ancestors{others}",
                "parents who are not descendants",
                "correct a mother or father of this line",
            )


def _count(others: int) -> str:
    return "one other person" if others == 1 else f"{others} other people"


def _strongly_connected(links: list[list[int]]) -> list[list[int]]:
    """Group people who are ancestors of each other (Kosaraju's two walks)."""
    order: list[int] = []
    seen: set[int] = set()
    for root in range(len(links)):
        stack = [(root, False)]
        while stack:
            at, done = stack.pop()
            if done:
                order.append(at)
            elif at not in seen:
                seen.add(at)
                stack.append((at, True))
                stack += [(parent, False) for parent in links[at] if parent not in seen]
    back: list[list[int]] = [[] for _ in links]
    for at, parents in enumerate(links):
        for parent in parents:
            back[parent].append(at)
    groups: list[list[int]] = []
    taken: set[int] = set()
    for root in reversed(order):
        if root in taken:
            continue
        taken.add(root)
        group = [root]
        for at in group:
            fresh = [child for child in dict.fromkeys(back[at]) if child not in taken]
            taken.update(fresh)
            group += fresh
        groups.append(group)
    return sorted(groups, key=min)


def _place_of_twins(family: Pedigree, index: int, first: dict[str, int]) -> str:
    """Their number in our own documents, which have a list of them; in others the place of the first of them."""
    places = [family.people[first[id]].at for id in family.twins[index].people if id in first]
    place = next(filter(None, places), "")
    return f"twins[{index}]" if not place or place.startswith("people[") else place


def _twin_problems(family: Pedigree, first: dict[str, int]) -> Iterator[Problem]:
    taken: dict[tuple[str, bool], int] = {}
    for index, twins in enumerate(family.twins):
        where = _place_of_twins(family, index, first)
        if len(set(twins.people)) < 2:
            yield _error("P009", where, f"{_people(len(set(twins.people)))}", "two people or more", "name both twins")
        for number, id in enumerate(twins.people):
            if id not in first:
                fix = "add this person to people, or leave the twins out"
                yield _error(
                    "P002",
                    within(where, f"people[{number}]"),
                    of_length("an id", id),
                    "the id of one of the people",
                    fix,
                )
            key = (id, twins.zygosity is Zygosity.MONOZYGOTIC)
            if taken.setdefault(key, index) != index:
                yield _error(
                    "P015",
                    within(where, f"people[{number}]"),
                    f"a person who is also in {_place_of_twins(family, taken[key], first)}",
                    "one set of twins for each birth",
                    "put all who were born together into one set",
                )
        people = [family.people[first[id]] for id in twins.people if id in first]
        sexes = {person.sex for person in people} - {Sex.UNKNOWN}
        if twins.zygosity is Zygosity.MONOZYGOTIC and len(sexes) > 1:
            fix = "correct the sex, or write dizygotic"
            yield _error("P007", where, "female and male", "monozygotic twins of one sex", fix)
        for role in ("mother", "father"):
            if len({getattr(person, role) for person in people} - {None}) > 1:
                fix = "correct a parent, or leave the twins out"
                yield _error("P008", where, f"twins with different {role}s", f"twins with one {role}", fix)


def _people(count: int) -> str:
    return {0: "nobody", 1: "one person"}.get(count, f"{count} people")

"""Hypothesis strategies for families in which every kind of fact is recorded of somebody, and their plain form."""

from __future__ import annotations

import attrs
from families import families
from hypothesis import strategies as st

from menscreen.pedigree.family import FamilyHistory, Pedigree
from menscreen.pedigree.person import (
    Adoption,
    Age,
    Finding,
    Gender,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Sex,
    Status,
    UnplacedRelation,
)

TERMS = (
    "medullary-thyroid-carcinoma",
    "thyroid-tumor",
    "papillary-thyroid-carcinoma",
    "primary-hyperparathyroidism",
    "hyperparathyroidism",
    "parathyroid-adenoma",
    "pheochromocytoma",
    "paraganglioma",
    "pituitary-adenoma",
    "prolactinoma",
    "pancreatic-net",
    "insulinoma",
    "adrenocortical-carcinoma",
    "kidney-stones",
    "goiter",
    "men1",
    "men2a",
    "mucosal-neuroma",
)
WORDS = st.sampled_from(["seen in 1990", "the left one, <5 mm & round", 'says "maybe"', "Größe unklar", "a, b; c"])


def ages(top: int = 80) -> st.SearchStrategy[Age]:
    low = st.integers(0, top)
    return st.one_of(low.map(lambda years: Age(years, years)), st.tuples(low, low).map(lambda pair: Age(*sorted(pair))))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """A finding as a reader would make it: with words only where the vocabulary does not know them."""
    is_known = draw(st.integers(0, 9)) < 9
    term = draw(st.sampled_from(TERMS)) if is_known else None
    status = draw(st.sampled_from([Status.PRESENT, Status.PRESENT, Status.ABSENT, Status.SUSPECTED]))
    bilateral = draw(st.sampled_from([None, None, True, False]))
    multiple = True if bilateral else draw(st.sampled_from([None, None, True, False]))
    confirmed = {Status.PRESENT: [None, True], Status.SUSPECTED: [None, False], Status.ABSENT: [None]}[status]
    return Finding(
        term,
        draw(st.none() | ages()),
        status,
        multiple,
        bilateral,
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(confirmed)),
        draw(st.sampled_from([(), (), ("age",)])),
        draw(st.sampled_from([None, None, 4.5, 12.0])),
        draw(st.sampled_from([None, None, "II", "T1aN0"])),
        draw(st.sampled_from([None, None, "G2"])),
        draw(st.sampled_from([None, None, "expressed"])),
        None if term is not None else draw(st.sampled_from(["odd nosebleeds", "bumps of unclear kind"])),
        draw(st.none() | WORDS),
    )


def tests() -> st.SearchStrategy[GeneticTest]:
    return st.builds(
        GeneticTest,
        st.sampled_from(["RET", "MEN1", "CDKN1B", "VHL", "SDHB"]),
        st.sampled_from(list(Result)),
        st.sampled_from([None, "c.1900T>C", "p.(Met918Thr)"]),
        st.sampled_from([None, *Scope]),
        st.sampled_from([Origin.GERMLINE, Origin.GERMLINE, Origin.SOMATIC]),
    )


@st.composite
def recorded_families(draw: st.DrawFn, max_people: int = 8) -> Pedigree:
    """Valid families with findings, tests, ages, adoptions, relations in words, unknown histories, placeholders."""
    bare = draw(families(max_people=max_people))
    parents = {id for person in bare.people for id in (person.mother, person.father)}
    people = [draw(_recorded(person, person.id not in parents)) for person in bare.people]
    if draw(st.booleans()):
        words = draw(st.sampled_from(["aunt", "half-brother", "second cousin", "relative"]))
        sex = Sex.FEMALE if words == "aunt" else Sex.MALE if words == "half-brother" else Sex.UNKNOWN
        unplaced = Person("u1", sex=sex, relation=UnplacedRelation(bare.proband, words))
        people.append(draw(_recorded(unplaced, True)))
    history = FamilyHistory.ASKED if len(people) > 1 else draw(st.sampled_from(list(FamilyHistory)))
    return attrs.evolve(
        bare, people=tuple(people), id=draw(st.sampled_from([None, "family-1"])), family_history=history
    )


@st.composite
def _recorded(draw: st.DrawFn, person: Person, may_have_age: bool) -> Person:
    if draw(st.integers(0, 5)) == 5:
        return attrs.evolve(person, placeholder=person.relation is None and draw(st.booleans()))
    adopted = None if person.mother or person.father else draw(st.sampled_from([None, None, None, *Adoption]))
    found = draw(st.lists(findings(), max_size=3))
    return attrs.evolve(
        person,
        label=draw(st.sampled_from([None, "I-1", "Großtante <A>"])),
        gender=draw(st.sampled_from([None, None, *Gender])),
        age=draw(st.sampled_from([None, Age(85, 85), Age(80, 89), Age(81, None)])) if may_have_age else None,
        deceased=draw(st.booleans()),
        birth_year=draw(st.sampled_from([None, None, 1950])) if may_have_age else None,
        adopted=adopted,
        history=draw(st.sampled_from([History.KNOWN, History.KNOWN, History.UNKNOWN])),
        asked=draw(st.sampled_from([None, None, ("thyroid",), ()])),
        findings=tuple(found),
        tests=tuple(draw(st.lists(tests(), max_size=2))),
    )


def plain(family: Pedigree) -> Pedigree:
    """The family without what only tells where it was read: places, digest, format, warnings."""
    people = tuple(
        attrs.evolve(
            person,
            at="",
            findings=tuple(attrs.evolve(one, at="") for one in person.findings),
            tests=tuple(attrs.evolve(one, at="") for one in person.tests),
        )
        for person in family.people
    )
    return attrs.evolve(family, people=people, format="", digest="", problems=())

"""Examples of rules: families in shorthand, and whether each rule answers them as it should.

A family is a table from a relation (``self``, ``mother``, ``mother's brother``) to what is recorded of that person::

    self = ["age 45", "parathyroid adenoma @39, single"]
    mother = ["medullary thyroid carcinoma", "test RET pathogenic, full, variant c.1900T>C"]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from menscreen.pedigree.builder import Relative, build
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import (
    Age,
    Finding,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Sex,
    Status,
)
from menscreen.problems import Problem, Severity
from menscreen.rules.evaluation import answer
from menscreen.rules.rulebook import Rulebook
from menscreen.vocabulary import vocabulary

#: What the words after the first comma say of a finding.
FLAGS: Mapping[str, Mapping[str, Any]] = {
    "multiple": {"multiple": True},
    "single": {"multiple": False},
    "bilateral": {"bilateral": True, "multiple": True},
    "unilateral": {"bilateral": False},
    "recurrent": {"recurrent": True},
    "metastatic": {"metastatic": True},
    "suspected": {"status": Status.SUSPECTED},
    "absent": {"status": Status.ABSENT},
}


def family(people: Mapping[str, Sequence[str]]) -> Pedigree:
    """Build a family from shorthand.

    >>> people = family({"self": ["age 45", "parathyroid adenoma @39"], "mother": ["pheochromocytoma, bilateral"]})
    >>> people.person("self").findings[0].age
    Age(low=39, high=39)

    Raises:
        ValueError: when a word is not understood.
    """
    proband = _person("self", people.get("self", ()))
    relatives = [
        Relative(relation, _person(relation, facts), 1, relation)
        for relation, facts in people.items()
        if relation != "self"
    ]
    pedigree, problems = build(proband, relatives)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ValueError("; ".join(map(str, errors)))
    return pedigree


def _person(at: str, facts: Sequence[str]) -> Person:
    person = Person(id="self" if at == "self" else "", at=at)
    for number, fact in enumerate(facts):
        place = f"{at}[{number}]"
        word, *rest = fact.split(" ", 1)
        if word == "test":
            person = attrs.evolve(person, tests=(*person.tests, _test(rest[0], place)))
        elif word == "age":
            person = attrs.evolve(person, age=_age(rest[0]))
        elif fact in ("female", "male"):
            person = attrs.evolve(person, sex=Sex(fact))
        elif fact == "history unknown":
            person = attrs.evolve(person, history=History.UNKNOWN)
        else:
            person = attrs.evolve(person, findings=(*person.findings, _finding(fact, place)))
    return person


def _age(words: str) -> Age:
    low, _, high = words.partition("-")
    return Age(int(low), int(high) if high else int(low))


def _finding(words: str, at: str) -> Finding:
    words, _, age = words.partition("@")
    name, *flags = [part.strip() for part in words.split(",")]
    term = vocabulary().lookup(name)
    if term is None:
        raise ValueError(f"{at}: the vocabulary does not know {name!r}")
    finding = Finding(term=term.id, age=_age(age.strip()) if age else None, at=at)
    for flag in flags:
        if flag.endswith(" mm"):
            finding = attrs.evolve(finding, size_mm=float(flag.removesuffix(" mm")))
        elif flag in FLAGS:
            finding = attrs.evolve(finding, **FLAGS[flag])
        else:
            raise ValueError(f"{at}: {flag!r} is no flag of a finding")
    return finding


def _test(words: str, at: str) -> GeneticTest:
    first, *flags = [part.strip() for part in words.split(",")]
    gene, _, result = first.partition(" ")
    test = GeneticTest(gene=gene, result=Result(result), at=at)
    for flag in flags:
        if flag == "somatic":
            test = attrs.evolve(test, origin=Origin.SOMATIC)
        elif flag.startswith("variant "):
            test = attrs.evolve(test, variant=flag.removeprefix("variant "))
        else:
            test = attrs.evolve(test, scope=Scope(flag))
    return test


def failing(book: Rulebook) -> list[Problem]:
    """The examples of a rulebook that cannot be built or do not give their answer."""
    problems = []
    for number, rule in enumerate(book.rules):
        for at, example in enumerate(rule.examples):
            where = f"{book.id}.toml: rules[{number}].examples[{at}]"
            try:
                found = answer(book, rule, family(example.family)).value
            except ValueError as error:
                problems.append(_wrong(where, f"a family that is not understood ({error})", "a family in shorthand"))
            else:
                if found != example.answer:
                    problems.append(_wrong(where, f"the answer {found!r}", f"the answer {example.answer!r}"))
    return problems


def _wrong(where: str, found: str, needed: str) -> Problem:
    return Problem("R011", Severity.ERROR, where, found, needed, "correct the rule or its example")

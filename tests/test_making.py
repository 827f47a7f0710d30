"""People and findings that are made quickly are those that the constructors make."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins, Zygosity
from menscreen.pedigree.making import described, make_finding, make_person
from menscreen.pedigree.person import Finding, Person

MAKERS: list[Any] = [pytest.param(Person, make_person, id="person"), pytest.param(Finding, make_finding, id="finding")]


def different_values(cls: type[Any]) -> list[str]:
    return [f"value of {attribute.name}" for attribute in attrs.fields(cls)]


@pytest.mark.parametrize(("cls", "make"), MAKERS)
def test_every_attribute_is_set_as_by_the_constructor(cls: type[Any], make: Callable[..., Any]) -> None:
    values = different_values(cls)
    made, constructed = make(*values), cls(*values)
    assert type(made) is cls
    assert attrs.astuple(made) == tuple(values)
    assert (made, hash(made), repr(made)) == (constructed, hash(constructed), repr(constructed))
    assert pickle.loads(pickle.dumps(made)) == made
    assert attrs.evolve(made, at="elsewhere") == attrs.evolve(constructed, at="elsewhere")


@pytest.mark.parametrize(("cls", "make"), MAKERS)
def test_what_is_made_is_frozen(cls: type[Any], make: Callable[..., Any]) -> None:
    made = make(*different_values(cls))
    for name in ("at", "nothing"):
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(made, name, "other")
    assert made.at == "value of at"


def test_a_family_that_is_described_differs_in_what_was_said_alone() -> None:
    people = (Person("a", mother="m"), Person("b", mother="m"), Person("m"))
    family = Pedigree(people, "a", "old", format="ped", digest="1")
    twins = (Twins(("a", "b"), Zygosity.MONOZYGOTIC),)
    made = described(family, id=None, twins=twins, family_history=FamilyHistory.NOT_ASKED)
    told = attrs.evolve(family, id=None, twins=twins, family_history=FamilyHistory.NOT_ASKED)
    assert (made, hash(made), repr(made)) == (told, hash(told), repr(told))
    assert (made.position, made.descent) == (family.position, family.descent)
    assert (made.identical, family.identical) == ({0: (1,), 1: (0,)}, {})
    assert pickle.loads(pickle.dumps(made)) == made

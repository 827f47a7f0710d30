"""Laws of a screening: what may not matter, and what may not be lost.

What is tested is a function from a family to its screening, such as `menscreen.screen` or the software of a clinic
around it. It may also give the result as JSON bytes (`menscreen-result/1`), as a service does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from menscreen.laws.breaking import Broken
from menscreen.laws.changing import records_reordered, renamed, reordered
from menscreen.laws.completing import with_places
from menscreen.laws.telling import finding_told
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Status
from menscreen.reports.json import write_json
from menscreen.screening.verdict import Screening

Screens: TypeAlias = Callable[[Pedigree], Screening | bytes]


def names(screen: Screens, family: Pedigree) -> None:
    """Other ids change nothing but the ids.

    The ids are exchanged for others that stand in the opposite order.

    Args:
        screen: what is tested.
        family: any family.

    Raises:
        AssertionError: something else changed.

    >>> import menscreen
    >>> names(menscreen.screen, Pedigree((menscreen.Person("Ann"), menscreen.Person("Bob")), "Ann"))
    """
    count = len(family.people)
    ones = {one.id: f"idA{at:06}" for at, one in enumerate(family.people)}
    others = {f"idA{at:06}": f"idB{count - at:06}" for at in range(count)}
    plain = renamed(family, ones)
    expected = _exchanged(_results(screen(plain)), others)
    _compare("other ids change", expected, _results(screen(renamed(plain, others))), family)


def order(screen: Screens, family: Pedigree, people: Sequence[int] | None = None) -> None:
    """The order of people, and of everybody's records, changes places and the order of lists only.

    Args:
        screen: what is tested.
        family: any family.
        people: the positions of the people in their new order; by default the other way round.

    Raises:
        AssertionError: something else changed. Of equals, another may be named first; that is no change.

    >>> import menscreen
    >>> order(menscreen.screen, Pedigree((menscreen.Person("Ann"), menscreen.Person("Bob")), "Ann"))
    """
    family = with_places(family)
    expected = _essence(screen(family), family)
    for what, moved in (
        ("another order of people changes", reordered(family, people)),
        ("another order of records changes", records_reordered(family)),
    ):
        _compare(what, expected, _essence(screen(moved), moved), family, moved)


def determinism(screen: Screens, family: Pedigree) -> None:
    """The same family gives the same bytes, whatever was screened before.

    Args:
        screen: what is tested.
        family: any family.

    Raises:
        AssertionError: the bytes differ.

    >>> import menscreen
    >>> determinism(menscreen.screen, Pedigree((menscreen.Person("Ann"),), "Ann"))
    """
    first = _bytes(screen(family))
    screen(reordered(family))
    for again in (family, renamed(family, {})):
        if _bytes(screen(again)) != first:
            raise Broken("the same family gives other bytes when it is screened again", family)


def accounting(screen: Screens, family: Pedigree) -> None:
    """Every recorded finding has one entry with a reason; what a flag rests on is counted, what is asked about asked.

    Args:
        screen: what is tested.
        family: any family.

    Raises:
        AssertionError: a finding is lost, or stands there twice, or as something that it is not.

    >>> import menscreen
    >>> accounting(menscreen.screen, Pedigree((menscreen.Person("Ann"),), "Ann"))
    """
    family = with_places(family)
    recorded = {
        one.at: f"{person.id}: {finding_told(one)}"
        for person in family.people
        for one in person.findings
        if one.status is not Status.ABSENT
    }
    for result in _results(screen(family))["results"]:
        entries = Counter(entry["at"] for entry in result["accounted"])
        for at in {*recorded, *entries}:
            if entries[at] != (at in recorded):
                raise Broken(f"{recorded.get(at, at)} is accounted for {entries[at]} times", family)
        of = {entry["at"]: entry for entry in result["accounted"]}
        for at, entry in of.items():
            if not entry["why"]:
                raise Broken(f"{recorded[at]} is {entry['role']} without a reason", family)
        for flag in (*result["flags"], *result["also"]):
            for evidence in () if flag["done"] else flag["evidence"]:
                at = evidence["at"]
                if at in of and of[at]["role"] != "counted":
                    raise Broken(f"{recorded[at]} is {of[at]['role']}, and {flag['rule']} rests on it", family)
        for question in result["questions"]:
            at = question["at"]
            if at in of and of[at]["role"] == "set-aside":
                raise Broken(f"{recorded[at]} is set aside, and asked about", family)


def _bytes(answer: Screening | bytes) -> bytes:
    return write_json(answer) if isinstance(answer, Screening) else answer


def _results(answer: Screening | bytes) -> dict[str, Any]:
    """The result without what names the document that it was read from."""
    document: dict[str, Any] = json.loads(_bytes(answer))
    document.pop("pedigree", None)
    return document


def _exchanged(value: Any, words: Mapping[str, str]) -> Any:
    """The same with words put in the place of others."""
    if not words:
        return value
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    return json.loads(pattern.sub(lambda match: words[match[0]], json.dumps(value)))


def _essence(answer: Screening | bytes, family: Pedigree) -> Any:
    """A result without order: that of people and records, of lists, of the records in a sentence, and of equals.

    Equals are people through whom an outcome comes, records of one tumor that a question may name, and questions of
    which the first says what can be done instead.
    """
    document = _results(answer)
    for result in document["results"]:
        for name in ("through", "test_first", "test_first_because"):
            result.pop(name, None)
        for flag in (*result["flags"], *result["also"]):
            flag["because"] = sorted(re.split("; |, |: ", flag["because"]))
        for question in result["questions"]:
            question["at"] = question["at"].partition(".findings")[0]
        result["instead"] = [question.pop("instead", None) for question in result["questions"]]
    places = {person.at: person.id for person in family.people}
    for person in family.people:
        places |= {one.at: f"{person.id}, {finding_told(one)}" for one in person.findings}
        places |= {one.at: f"{person.id}, {one.gene} {one.result} {one.scope} {one.variant}" for one in person.tests}
    return _unordered(_exchanged(document, {place: json.dumps(words)[1:-1] for place, words in places.items()}))


def _unordered(value: Any) -> Any:
    """The same with every list in one order."""
    if isinstance(value, dict):
        return {key: _unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted(map(_unordered, value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _compare(what: str, one: Any, other: Any, *families: Pedigree) -> None:
    for place, before, after in _differences(one, other, ""):
        raise Broken(f"{what} {place}: {_short(before)} becomes {_short(after)}", *families)


def _differences(one: Any, other: Any, place: str) -> list[tuple[str, Any, Any]]:
    """The places at which two results differ, with what stands there."""
    if one == other:
        return []
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [row for key in one for row in _differences(one[key], other[key], f"{place}.{key}".lstrip("."))]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            row
            for at, (left, right) in enumerate(zip(one, other, strict=True))
            for row in _differences(left, right, f"{place}[{at}]")
        ]
    return [(place, one, other)]


def _short(value: Any) -> str:
    words = json.dumps(value)
    return words if len(words) <= 120 else words[:117] + "..."

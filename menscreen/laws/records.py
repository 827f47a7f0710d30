"""What is recorded of a person, one record for each tumor, in every way in which it can be understood.

Written from what the values mean, and sharing no code with the evaluation: a law may not believe what it tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product
from typing import Any, NamedTuple

from menscreen.pedigree.person import MAX_AGE, Finding, Person, Status
from menscreen.vocabulary import vocabulary

#: What puts a parathyroid tumor in doubt, typed here from what the values mean.
DOUBT = ("secondary-hyperparathyroidism", "tertiary-hyperparathyroidism", "kidney-failure", "dialysis",
         "kidney-transplant", "lithium-treatment")  # fmt: skip


def below(*terms: str) -> frozenset[str]:
    """The terms and everything below them."""
    return frozenset(chain.from_iterable(map(vocabulary().below, terms)))


def are_comparable(one: str, other: str) -> bool:
    """Whether one term is the other, or above or below it."""
    return one in below(other) or other in below(one)


SIZED = ("pituitary-microadenoma", "pituitary-macroadenoma")


def tells_hormone(term: str) -> bool:
    """Whether a term tells the hormone of a pituitary adenoma and nothing of its size."""
    return term in below("pituitary-adenoma") - below(*SIZED) - {"pituitary-adenoma"}


def is_of_size(kind: str, size: float | None) -> bool:
    """Whether a tumor of a kind can have a size: a microadenoma up to 10 mm, a macroadenoma from there on."""
    micro, macro = map(below, SIZED)
    return size is None or not ((kind in micro and size > 10) or (kind in macro and size < 10))


class Record(NamedTuple):
    """A tumor as recorded; ``None`` is open."""

    term: str
    is_certain: bool
    low: int
    high: int
    several: bool | None
    bilateral: bool | None
    size: float | None
    recurrent: bool
    metastatic: bool


def around(cuts: set[int], low: int, high: int) -> list[int]:
    """The ends of a band, and the years on both sides of every cut within it."""
    near = {cut + step for cut in cuts for step in (-1, 0, 1)}
    return sorted({low, high, *(age for age in near if low <= age <= high)})


def band(finding: Finding, person: Person) -> tuple[int, int]:
    """The lowest and highest age at which a finding can have been made."""
    oldest = MAX_AGE if person.age is None else person.age.top
    if finding.age is None:
        return 0, oldest
    return finding.age.low, min(finding.age.top, max(oldest, finding.age.low))


def mergings(person: Person) -> Iterator[list[Record]]:
    """One tumor once: every way in which more general findings can belong to more specific ones, the certain first."""
    absent = below(*(each.term for each in person.findings if each.term and each.status is Status.ABSENT))
    found = [each for each in person.findings if each.term and each.status is not Status.ABSENT]
    bands = [band(each, person) for each in found]

    def is_host(one: int, other: int) -> bool:
        """One is of a more special kind than the other, or of the same with the age known better; ages agree."""
        (low, high), (start, end) = bands[one], bands[other]
        same_kind = found[one].term == found[other].term and (high - low, one) < (end - start, other)
        told = tells_hormone(found[one].term or "") and found[other].term in SIZED
        is_special = told or (
            found[one].term != found[other].term and found[one].term in below(found[other].term or "")
        )
        return one != other and low <= end and start <= high and (same_kind or is_special)

    places = range(len(found))
    alone = [at for at in places if not any(is_host(one, at) for one in places)]
    choices = []
    for at in places:
        hosts = [one for one in alone if is_host(one, at)]
        certain = [one for one in hosts if is_certain(found[one], absent)]
        choices.append([*(certain or hosts), at])
    ways = [
        [[at for at in places if choice[at] == tumor] for tumor in sorted(set(choice))] for choice in product(*choices)
    ]
    possible = [way for way in ways if all(is_one_time([bands[at] for at in tumor]) for tumor in way)]
    fewest = min(map(len, possible))
    for way in possible:
        if len(way) > fewest:
            continue
        records = [merge([found[at] for at in tumor], person, absent) for tumor in way]
        terms = [record.term for record in records]
        yield [
            record._replace(several=record.several or None) if terms.count(record.term) > 1 else record
            for record in records
        ]


def is_one_time(bands: Sequence[tuple[int, int]]) -> bool:
    """Whether there is an age in all of these bands."""
    return max(low for low, _ in bands) <= min(high for _, high in bands)


def is_certain(finding: Finding, absent: frozenset[str]) -> bool:
    """Whether a finding is neither suspected nor contradicted."""
    return finding.status is Status.PRESENT and finding.term not in absent


def merge(findings: Sequence[Finding], person: Person, absent: frozenset[str]) -> Record:
    """The specific term and the known values win; a contradiction becomes not known."""
    certain = [each for each in findings if is_certain(each, absent)]
    terms = [each.term for each in certain or findings]
    bands = [band(each, person) for each in findings]
    several = agreed([True if each.bilateral else each.multiple for each in findings])
    bilateral = agreed([each.bilateral for each in findings])
    special = [term for term in terms if term and not any(one != term and one in below(term) for one in terms)]
    if len(set(special)) > 1:  # the size of a pituitary adenoma, and its hormone
        special = sorted(frozenset.intersection(*map(below, special)))
    return Record(
        term=special[0],
        is_certain=bool(certain),
        low=max(low for low, _ in bands),
        high=min(high for _, high in bands),
        several=several,
        bilateral=None if several is None and bilateral else bilateral,
        size=agreed([each.size_mm for each in findings]),
        recurrent=any(each.recurrent for each in findings),
        metastatic=any(each.metastatic for each in findings),
    )


def agreed(values: Sequence[Any]) -> Any:
    """The one known value, where there is exactly one."""
    known = set(values) - {None}
    return known.pop() if len(known) == 1 else None

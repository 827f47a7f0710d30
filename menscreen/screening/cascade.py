"""From one person to the family: whom to test first, who carries a known variant, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from menscreen.pedigree.kinship import paths, reach, shares
from menscreen.pedigree.person import Person, Scope
from menscreen.rules.codons import class_of
from menscreen.rules.facts import FOUND, Body
from menscreen.rules.families import MEN_GENES, Family
from menscreen.rules.reasons import Reasons
from menscreen.screening.counting import UNSTATED, Count
from menscreen.screening.levels import Level
from menscreen.screening.lines import (
    carriers,
    cut_by_carriers,
    cut_by_negatives,
    negatives,
    perhaps_through_part_of_a_parent,
)
from menscreen.screening.program import Run
from menscreen.screening.safety import testing_ages
from menscreen.screening.verdict import Cascade, Concerned, Standing
from menscreen.screening.wording import Wording

#: Why nobody is tested first.
NO_TEST = "no statement asks for a test"


def first_to_test(run: Run, position: int, counts: Iterable[Count]) -> tuple[str | None, str]:
    """Whom to test first for the person at `position`, and why.

    An affected living person who was not tested yet: the one whose statement is strongest, then the one with the
    youngest onset, then the one whose history meets the most statements, then the nearest. Where a variant is known,
    the nearest living person on the way to a carrier.
    """
    counting = [count for count in counts if count.men and not count.done and count.certain >= Level.CONSIDER]
    if not counting:
        return None, NO_TEST
    people = run.family.pedigree.people
    known = [count for count in counting if _is_carrier(run.family.bodies[count.body], count.genes)]
    if known:
        return _toward_the_carrier(run, position, known)
    affected: dict[int, list[Count]] = {}
    for count in counting:
        at = run.family.bodies[count.body].position
        if not people[at].deceased:
            affected.setdefault(at, []).append(count)
    if not affected:
        return None, "nobody affected is living: ask for stored tissue or records, or test the nearest living relative"
    first = min(_Affected.of(run, at, mine) for at, mine in affected.items())
    why = "affected and living" + ("" if first.onset == _NO_AGE else f", first diagnosed at {first.onset}")
    return people[first.position].id, why


_NO_AGE = 999


class _Affected(NamedTuple):
    """An affected person; who comes first in this order is tested first."""

    weakness: int
    onset: int
    statements: int
    distance: int
    position: int

    @classmethod
    def of(cls, run: Run, position: int, counts: Sequence[Count]) -> _Affected:
        """By the statements that are met by the history of somebody, and by the tumors of their own that these rest on.

        What no statement counts, such as another cancer in youth, is no onset.
        """
        reasons = Reasons(run.evaluation, every=True)
        grounds = [one for count in counts for one in reasons.grounds(run.program.criteria[count.rule], count.body)]
        facts = [one.fact for one in grounds if one.position == position and one.fact is not None]
        onset = min((fact.low for fact in facts if fact.age_recorded), default=_NO_AGE)
        strongest = max(count.certain for count in counts)
        return cls(-strongest, onset, -len({count.rule for count in counts}), counts[0].distance, position)


def _is_carrier(body: Body, genes: Sequence[str]) -> bool:
    return any(body.variant_of(gene) for gene in genes if gene in MEN_GENES)


def _toward_the_carrier(run: Run, position: int, known: Sequence[Count]) -> tuple[str | None, str]:
    people = run.family.pedigree.people
    nearest = min(known, key=lambda count: count.distance)
    carrier = run.family.bodies[nearest.body].position
    if carrier == position:
        return None, "the variant is known, and relatives can be tested for it"
    for path in paths(run.family.pedigree, position, carrier)[:1]:
        for between in reversed(path[1:-1]):
            is_recorded = between < len(people)  # a parent whom nobody recorded stands on the way, too
            if is_recorded and not people[between].deceased and not _was_tested(people[between], nearest.genes):
                return people[between].id, "connects to the known variant and was not tested"
    if people[position].deceased:
        return None, "nobody on the way to the known variant is living"
    return people[position].id, "nearest to the known variant"


def _was_tested(person: Person, genes: Sequence[str]) -> bool:
    return any(test.gene in genes and test.scope is not Scope.OTHER_VARIANT for test in person.tests)


def standings(run: Run, position: int) -> tuple[Standing, ...]:
    """How somebody stands to the variants known in the family: carrier, obligate carrier, or true negative."""
    found = []
    number = run.family.by_position.get(position)
    if number is None:
        return ()
    body = run.family.bodies[number]
    for gene in sorted(run.family.genes):
        if any(test.gene == gene and test.result in FOUND and test.origin.value == "germline" for test in body.tests):
            found.append(Standing(gene, "carrier"))
        elif gene in body.carries:
            found.append(Standing(gene, "obligate carrier"))
        elif position in negatives(run.family, gene)[0] and _has_related_carrier(run.family, position, gene):
            found.append(Standing(gene, "true negative"))
    return tuple(found)


def _has_related_carrier(family: Family, position: int, gene: str) -> bool:
    return not carriers(family, gene).isdisjoint(reach(family.pedigree, position, ()))


def cascade(run: Run, wording: Wording) -> tuple[Cascade, ...]:
    """For each MEN gene with a known variant, the living blood relatives of the carriers and how it concerns them.

    The share is that of inheritance alone, along all lines that can have carried the variant. Relatives are in the
    order of degree, then age (unknown ages last).
    """
    return tuple(
        Cascade(gene, tuple(_Concerning(run, gene, known).people(wording)), _ages(run, gene, known))
        for gene in sorted(run.family.genes & MEN_GENES.keys())
        if (known := carriers(run.family, gene))
    )


class _Concerning:
    """Whom a variant concerns that the people at `known` carry."""

    def __init__(self, run: Run, gene: str, known: frozenset[int]) -> None:
        self._family, self._gene, self._known = run.family, gene, known
        pedigree = run.family.pedigree
        elsewhere = cut_by_carriers(run.family, gene)
        cut = elsewhere | cut_by_negatives(run.family, gene).certain
        self._shares = {carrier: shares(pedigree, carrier, cut) for carrier in known}
        self._related = frozenset[int]().union(*(reach(pedigree, carrier, elsewhere) for carrier in known))
        self._true_negatives = negatives(run.family, gene)[0]
        self._in_words = [carrier for carrier in known if pedigree.people[carrier].relation is not None]
        self._perhaps = frozenset[int]().union(
            *(perhaps_through_part_of_a_parent(run.family, carrier, gene) for carrier in known)
        )

    def people(self, wording: Wording) -> Iterator[Concerned]:
        """The living of them, in the order of degree and age."""
        found = []
        for at, person in enumerate(self._family.pedigree.people):
            distance = min(self._distances(at), default=None)
            if not (person.deceased or person.placeholder) and (distance is not None or at in self._related):
                found.append((distance or 0, person.age.low if person.age else _NO_AGE, at, self._status(at, distance)))
        for distance, _, at, status in sorted(found):
            degree = distance if distance and distance != UNSTATED else None
            share = self._share(at, degree) if degree and status == "untested" else None
            yield Concerned(wording.id(at), wording.relation(at), degree, status, share)

    def _share(self, at: int, degree: int) -> str:
        """The share of inheritance alone, from the carrier with whom it is largest; by words of relation from those."""
        found = [mine[at] for mine in self._shares.values() if at in mine]
        return str(max(found)) if found else f"1/{2**degree}"

    def _distances(self, at: int) -> Iterator[int]:
        """The degrees to carriers from whom the variant may have come to somebody, or to whom from them.

        `UNSTATED` where words of relation leave the degree open, and for siblings of a carrier with an apparently new
        variant, and who descends from them: a parent may carry it in part of the body.
        """
        for carrier in self._known - {at}:
            if at in self._shares[carrier]:
                yield self._family.kin(carrier)[0][at].degree
        if at in self._perhaps and at not in self._known:
            yield UNSTATED
        for carrier in self._in_words:
            unplaced = self._family.kin(at)[1]
            if carrier in unplaced:
                tie = unplaced[carrier]
                yield UNSTATED if tie is None else tie.degree

    def _status(self, at: int, distance: int | None) -> str:
        if at in self._known:
            carries = self._family.bodies[self._family.by_position[at]].carries
            return "obligate carrier" if self._gene in carries else "carrier"
        if at in self._true_negatives:
            return "true negative"
        return "released" if distance is None else "untested"


def _ages(run: Run, gene: str, known: frozenset[int]) -> tuple[str, ...]:
    """From which age each source says that testing matters, for this gene and the class of its variant."""
    classes = {
        found[0].class_
        for carrier in known
        for test in run.family.pedigree.people[carrier].tests
        if test.gene == gene and test.variant is not None
        if (found := class_of(test.variant, run.program.books)) is not None
    }
    return tuple(
        f"{age.says} ({age.citation.guideline}, {age.citation.locator})"
        for age in testing_ages()
        if age.gene == gene and (age.class_ is None or age.class_ in classes or not classes)
    )

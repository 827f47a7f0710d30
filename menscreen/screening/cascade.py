"""From one person to the family: whom to test first, who carries a known variant, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from menscreen.pedigree.kinship import paths, reach
from menscreen.pedigree.person import Person
from menscreen.rules.codons import class_of
from menscreen.rules.facts import FOUND, Body
from menscreen.rules.families import MEN_GENES, Family
from menscreen.screening.counting import Count
from menscreen.screening.levels import Level
from menscreen.screening.lines import carriers, cut_by_negatives, negatives
from menscreen.screening.program import Run
from menscreen.screening.safety import testing_ages
from menscreen.screening.verdict import Cascade, Concerned, Standing
from menscreen.screening.wording import Wording


def first_to_test(run: Run, position: int, counts: Iterable[Count]) -> tuple[str | None, str]:
    """Whom to test first for the person at `position`, and why.

    An affected living person who was not tested yet: the one whose statement is strongest, then the one with the
    youngest onset, then the nearest. Where a variant is known, the nearest living person on the way to a carrier.
    """
    counting = [count for count in counts if count.men and not count.done and count.certain >= Level.CONSIDER]
    if not counting:
        return None, "no statement asks for a test"
    people = run.family.pedigree.people
    known = [count for count in counting if _is_carrier(run.family.bodies[count.body], count.genes)]
    if known:
        return _toward_the_carrier(run, position, known)
    affected = [count for count in counting if not people[run.family.bodies[count.body].position].deceased]
    if not affected:
        return None, "nobody affected is living: ask for stored tissue or records, or test the nearest living relative"
    first = min(affected, key=lambda count: _rank(run, count))
    body = run.family.bodies[first.body]
    onset = _onset(body)
    why = "affected and living" + ("" if onset is None else f", first diagnosed at {onset}")
    return people[body.position].id, why


def _rank(run: Run, count: Count) -> tuple[int, int, int, int]:
    body = run.family.bodies[count.body]
    onset = _onset(body)
    return -count.certain, 999 if onset is None else onset, count.distance, body.position


def _onset(body: Body) -> int | None:
    ages = [fact.low for fact in body.facts if fact.age_recorded and fact.certain]
    return min(ages, default=None)


def _is_carrier(body: Body, genes: Sequence[str]) -> bool:
    return any(body.variant_of(gene) for gene in genes if gene in MEN_GENES)


def _toward_the_carrier(run: Run, position: int, known: Sequence[Count]) -> tuple[str | None, str]:
    people = run.family.pedigree.people
    nearest = min(known, key=lambda count: count.distance)
    carrier = run.family.bodies[nearest.body].position
    if carrier == position:
        return people[position].id, "carries the known variant: relatives can be tested for it"
    for path in paths(run.family.pedigree, position, carrier)[:1]:
        for between in reversed(path[1:-1]):
            is_recorded = between < len(people)  # a parent whom nobody recorded stands on the way, too
            if is_recorded and not people[between].deceased and not _was_tested(people[between], nearest.genes):
                return people[between].id, "connects to the known variant and was not tested"
    return people[position].id, "nearest to the known variant"


def _was_tested(person: Person, genes: Sequence[str]) -> bool:
    return any(test.gene in genes for test in person.tests)


def standings(run: Run, position: int) -> tuple[Standing, ...]:
    """How somebody stands to the variants known in the family: carrier, obligate carrier, or true negative."""
    found = []
    number = run.family.by_position.get(position)
    if number is None:
        return ()
    body = run.family.bodies[number]
    for gene in sorted(run.family.genes & MEN_GENES.keys()):
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

    The share is that of inheritance alone: one half for each step from the nearest carrier along lines that no true
    negative cuts. Relatives are in the order of degree, then age (unknown ages last).
    """
    return tuple(
        _of_gene(run, gene, known, wording)
        for gene in sorted(run.family.genes & MEN_GENES.keys())
        if (known := carriers(run.family, gene))
    )


def _of_gene(run: Run, gene: str, known: frozenset[int], wording: Wording) -> Cascade:
    pedigree = run.family.pedigree
    cut = cut_by_negatives(run.family, gene).certain
    reached = {carrier: reach(pedigree, carrier, cut) for carrier in known}
    related = frozenset[int]().union(*(reach(pedigree, carrier, ()) for carrier in known))
    true_negatives = negatives(run.family, gene)[0]
    concerned = []
    for at in sorted(related):
        person = pedigree.people[at]
        if person.deceased or person.placeholder:
            continue
        degree = min(
            (run.family.kin(carrier)[0][at].degree for carrier in known if at in reached[carrier] and at != carrier),
            default=None,
        )
        status = _status(run, at, gene, known, true_negatives, degree)
        share = f"1/{2 ** max(degree, 1)}" if degree is not None and status == "untested" else None
        concerned.append((degree or 0, person.age.low if person.age else 999, at, status, share))
    concerned.sort()
    people = tuple(
        Concerned(wording.id(at), wording.relation(at), degree, status, share)
        for degree, _, at, status, share in concerned
    )
    return Cascade(gene, people, _ages(run, gene, known))


def _status(
    run: Run, at: int, gene: str, known: frozenset[int], true_negatives: frozenset[int], degree: int | None
) -> str:
    number = run.family.by_position.get(at)
    if at in known:
        body = run.family.bodies[number] if number is not None else None
        return "obligate carrier" if body is not None and gene in body.carries else "carrier"
    if at in true_negatives:
        return "true negative"
    return "released" if degree is None else "untested"


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

"""Who carries a variant known in the family, must carry it, or was shown not to."""

from __future__ import annotations

from collections.abc import Iterable

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Origin, Person
from menscreen.pedigree.results import FOUND


def standings(family: Pedigree, people: Iterable[Person]) -> dict[str, list[tuple[str, str]]]:
    """How some people stand to variants known in the family, by id: the gene, with one of three words.

    ``carrier`` (tested), ``obligate carrier``, or ``true negative``.
    """
    tested: dict[str, set[int]] = {}
    for at, person in enumerate(family.people):
        for test in person.tests:
            if test.result in FOUND and test.origin is Origin.GERMLINE:
                tested.setdefault(test.gene, set()).add(at)
    found: dict[str, list[tuple[str, str]]] = {}
    if not tested:
        return found
    from menscreen.pedigree.kinship import reach
    from menscreen.rules.families import prepare
    from menscreen.screening.lines import carriers, negatives

    prepared = prepare(family, (family.position[family.proband],))
    known = {gene: carriers(prepared, gene) | tested[gene] for gene in sorted(tested)}
    free = {gene: negatives(prepared, gene)[0] for gene in known}
    for person in people:
        at = family.position[person.id]
        for gene in known:
            if at in known[gene]:
                is_obligate = at not in tested[gene] and gene in prepared.bodies[prepared.by_position[at]].carries
                status = "obligate carrier" if is_obligate else "carrier"
            elif at in free[gene] and not known[gene].isdisjoint(reach(family, at, ())):
                status = "true negative"
            else:
                continue
            found.setdefault(person.id, []).append((gene, status))
    return found

"""Who carries a variant known in the family, must carry it, or was shown not to."""

from __future__ import annotations

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Origin, Result

_FOUND = (Result.PATHOGENIC, Result.LIKELY_PATHOGENIC)


def standings(family: Pedigree) -> dict[str, list[tuple[str, str]]]:
    """How people stand to known variants, by id: a gene, and ``carrier``, ``obligate carrier`` or ``true negative``."""
    tested: dict[str, set[int]] = {}
    for at, person in enumerate(family.people):
        for test in person.tests:
            if test.result in _FOUND and test.origin is Origin.GERMLINE:
                tested.setdefault(test.gene, set()).add(at)
    found: dict[str, list[tuple[str, str]]] = {}
    if not tested:
        return found
    from menscreen.pedigree.kinship import reach
    from menscreen.rules.families import prepare
    from menscreen.screening.lines import carriers, negatives

    prepared = prepare(family, (family.position[family.proband],))
    for gene in sorted(tested):
        known = carriers(prepared, gene) | tested[gene]
        related = frozenset[int]().union(*(reach(family, carrier, ()) for carrier in sorted(known)))
        status = dict.fromkeys(negatives(prepared, gene)[0] & related, "true negative")
        status |= dict.fromkeys(known, "obligate carrier") | dict.fromkeys(tested[gene], "carrier")
        for at in status:
            found.setdefault(family.people[at].id, []).append((gene, status[at]))
    return found

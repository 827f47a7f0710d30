"""Results of genetic tests against the position in the pedigree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import GeneticTest, Origin, Result
from menscreen.problems import Problem, Severity

#: Results that find the variant of a carrier.
FOUND = frozenset({Result.PATHOGENIC, Result.LIKELY_PATHOGENIC})


def of_one_variant(carriers: Sequence[tuple[int, str | None]]) -> list[set[int]]:
    """Group carriers, given with their variants; a variant that is not recorded may be any of them.

    >>> of_one_variant([(0, "M918T"), (1, None), (2, "C634R")])
    [{0, 1}, {1, 2}]
    """
    variants: dict[str | None, None] = dict.fromkeys(variant for _, variant in carriers if variant is not None)
    return [{position for position, variant in carriers if variant in (None, one)} for one in variants or [None]]


def contradicted(family: Pedigree) -> Iterator[Problem]:
    """Report negative tests of those who must carry a variant: they stand between two carriers, or are twin of one.

    The family is without errors; twins are those from one egg.
    """
    from menscreen.pedigree.lineage import obligate_carriers

    carriers: dict[str, list[tuple[int, str | None]]] = {}
    negative: dict[str, list[tuple[int, GeneticTest]]] = {}
    for at, person in enumerate(family.people):
        for test in person.tests:
            if test.origin is Origin.GERMLINE and test.result in FOUND:
                carriers.setdefault(test.gene, []).append((at, test.variant))
            elif test.origin is Origin.GERMLINE and test.result is Result.NEGATIVE:
                negative.setdefault(test.gene, []).append((at, test))
    for gene in negative:
        groups = of_one_variant(carriers.get(gene, []))
        must = {at for group in groups if group for at in obligate_carriers(family, group)}
        for at, test in negative[gene]:
            if at in must:
                yield Problem(
                    "T004",
                    Severity.WARNING,
                    test.at or f"people[{at}].tests",
                    f"a negative test of {gene} in somebody through whom its variant must have come",
                    "results and parents that go together",
                    "look at the reports of this person and of the carriers, and at the parents recorded",
                )

"""Whether one genetic test gives the result that is asked for, in every combination."""

from __future__ import annotations

from itertools import product

import pytest

from menscreen.pedigree.person import GeneticTest, Origin, Result, Scope
from menscreen.rules.answers import either, test_gives as gives, variant_answers
from menscreen.rules.criteria import Tested as GeneTested

RESULTS = {
    "pathogenic": {Result.PATHOGENIC, Result.LIKELY_PATHOGENIC},
    "uncertain": {Result.UNCERTAIN},
    "negative": {Result.NEGATIVE, Result.BENIGN, Result.LIKELY_BENIGN},
}
#: Whether the recorded variant is the wanted one; nothing is recorded, or a codon only, where that is open.
VARIANTS: dict[tuple[str | None, str | None], bool | None] = {
    (None, None): True, (None, "M918T"): True, ("M918T", None): None, ("M918T", "M918T"): True,
    ("M918T", "p.Met918Thr"): True, ("M918T", "M918V"): False, ("M918T", "C634R"): False, ("M918T", "codon 918"): None,
    ("codon 918", "M918V"): True, ("codon 918", "codon 918"): True, ("codon 918", "C634R"): False,
    ("M918T", "exon 16"): False, ("exon 16", "M918T"): False, ("exon 16", "exon 16"): True,
}  # fmt: skip


def test_a_test_gives_what_it_says_of_gene_origin_scope_and_variant() -> None:
    tests = product(("RET", "MEN1"), Result, Origin, (None, *Scope))
    asked = list(product(RESULTS, Origin, (None, Scope.FULL, Scope.FAMILIAL_VARIANT)))
    for (gene, result, origin, scope), (kind, wanted_origin, wanted_scope) in product(tests, asked):
        for (wanted, recorded), is_same in VARIANTS.items():
            test = GeneticTest(gene, result, origin=origin, scope=scope, variant=recorded)
            criterion = GeneTested("RET", kind, scope=wanted_scope, origin=wanted_origin, variant=wanted)  # type: ignore[arg-type]
            says_nothing = scope is Scope.OTHER_VARIANT and result in RESULTS["negative"]
            is_of_it = gene == "RET" and result in RESULTS[kind] and origin is wanted_origin and not says_nothing
            is_scope = True if wanted_scope is None else None if scope is None else scope is wanted_scope
            parts = (is_of_it, is_scope, is_same)
            expected = (all(parts), False not in parts)
            assert gives(test, criterion) == expected, (test, criterion)


@pytest.mark.parametrize(("wanted", "recorded"), VARIANTS)
def test_a_variant_is_another_the_same_or_open(wanted: str | None, recorded: str | None) -> None:
    is_same = VARIANTS[wanted, recorded]
    is_other, is_open = variant_answers(wanted, recorded)
    assert (is_other, is_open and not is_other) == (is_same is False, is_same is None)


@pytest.mark.parametrize("answers", list(product([(False, False), (False, True), (True, True)], repeat=2)))
def test_one_of_several_or_more(answers: tuple[tuple[bool, bool], ...]) -> None:
    assert either(answers) == (any(sure for sure, _ in answers), any(may for _, may in answers))
    assert either([]) == (False, False)

"""Genes by HGNC symbol, older names and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from menscreen.vocabulary.folding import gene_key
from menscreen.vocabulary.lookup import vocabulary


def gene(words: str) -> str | None:
    """Return the HGNC symbol of a gene of the project's scope, or ``None``.

    >>> gene("HRPT2"), gene("p27"), gene("menin")
    ('CDC73', 'CDKN1B', 'MEN1')
    """
    return vocabulary().gene(gene_key(words))


class _Genes(Mapping[str, tuple[str, ...]]):
    """The known genes with their other names, read when first asked for."""

    def __getitem__(self, symbol: str) -> tuple[str, ...]:
        return vocabulary().genes[symbol]

    def __iter__(self) -> Iterator[str]:
        return iter(vocabulary().genes)

    def __len__(self) -> int:
        return len(vocabulary().genes)


#: HGNC symbol to other names in use.
GENES: Mapping[str, tuple[str, ...]] = _Genes()

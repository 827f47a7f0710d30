"""Genes by HGNC symbol, older names and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]")
_LABEL = re.compile(r"\b(?:the|gene|germline)\b")


def gene_key(words: str) -> str:
    """Fold what does not matter in the name of a gene: case, hyphens, spaces, the word "gene"."""
    folded = words.casefold()
    return _NOT_ALPHANUMERIC.sub("", _LABEL.sub("", folded)) or _NOT_ALPHANUMERIC.sub("", folded)


def gene(words: str) -> str | None:
    """Return the HGNC symbol of a gene of the project's scope, or ``None``.

    >>> gene("HRPT2"), gene("p27"), gene("menin")
    ('CDC73', 'CDKN1B', 'MEN1')
    """
    from menscreen.vocabulary.lookup import vocabulary

    return vocabulary().gene(gene_key(words))


class _Genes(Mapping[str, tuple[str, ...]]):
    """The known genes with their other names, read when first asked for."""

    def __getitem__(self, symbol: str) -> tuple[str, ...]:
        from menscreen.vocabulary.lookup import vocabulary

        return vocabulary().genes[symbol]

    def __iter__(self) -> Iterator[str]:
        from menscreen.vocabulary.lookup import vocabulary

        return iter(vocabulary().genes)

    def __len__(self) -> int:
        from menscreen.vocabulary.lookup import vocabulary

        return len(vocabulary().genes)


#: HGNC symbol to other names in use.
GENES: Mapping[str, tuple[str, ...]] = _Genes()

"""Genes by HGNC symbol, older names and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from menscreen.vocabulary.folding import gene_key
from menscreen.vocabulary.lookup import vocabulary


def gene(words: str) -> str | None:
    """Return the HGNC symbol of a gene of the project's scope, or ``None``.

    >>> gene("HRPT2"), gene("p27"), gene("menin")
    ('CDC73', 'CDKN1B', 'MEN1')
    """
    return vocabulary().gene(gene_key(words))


_OF_A_TEST = re.compile(r"\b(carriers?|genetic|germline|mutat\w+|pathogenic)\b")
_OF_A_GENE = re.compile(r"\b(deletions?|gene|heterozygo\w+|positive|negative|tested|variants?|vus)\b")


def gene_test_spoken_of(text: str) -> str | None:
    """Return the gene whose test a text tells of, ``""`` for a test of a gene that it does not name, or ``None``.

    >>> gene_test_spoken_of("RET mutation"), gene_test_spoken_of("genetic test done"), gene_test_spoken_of("RET M918T")
    ('RET', '', 'RET')
    >>> gene_test_spoken_of("FH of goiter"), gene_test_spoken_of("max. 3 cm")
    (None, None)
    """
    named = {word: symbol for word in re.findall(r"\w+", text) if (symbol := gene(word)) is not None}
    folded = text.casefold()
    if _OF_A_TEST.search(folded) or (named and _OF_A_GENE.search(folded)):
        return next(iter(named.values()), "")
    # Without such a word only a symbol in capitals is surely a gene; "FH" is more often the family history.
    return next((symbol for word, symbol in named.items() if word == symbol != "FH"), None)


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

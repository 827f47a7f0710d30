"""What the shipped rules ask for: the terms, genes and ages at which a family is worth looking at."""

from __future__ import annotations

from functools import cache

from menscreen.laws.completing import criteria_of
from menscreen.rules.criteria import Criterion, Has, Tested, Tumors
from menscreen.rules.loading import shipped, shipped_rulebook
from menscreen.vocabulary import vocabulary

#: What puts other tumors in doubt, explains them, or is set aside.
OTHERS = ("thyroid-tumor", "endocrine-tumor", "papillary-thyroid-carcinoma", "hypercalcemia", "dialysis", "goiter",
          "secondary-hyperparathyroidism", "lithium-treatment", "nf1", "vhl", "flushing", "kidney-stones")  # fmt: skip


@cache
def asked() -> frozenset[Criterion]:
    """Every criterion of every shipped rule and definition."""
    return criteria_of(map(shipped_rulebook, shipped()))


@cache
def terms() -> tuple[str, ...]:
    """The terms that rules ask for, those just above and below them, and others that change how these are read."""
    words = vocabulary()
    wanted = {part.has for part in asked() if isinstance(part, Has)}
    wanted.update(term for part in asked() if isinstance(part, Tumors) for term in part.of)
    near = {parent for term in wanted for parent in words.terms[term].parents}
    near |= {child for term in wanted for child in words.children(term)}
    return (*sorted(wanted), *sorted(near - wanted), *sorted(set(OTHERS) - near - wanted))


@cache
def leaves() -> tuple[str, ...]:
    """Those of the terms of which there are no kinds."""
    return tuple(term for term in terms() if not vocabulary().children(term))


@cache
def genes() -> tuple[str, ...]:
    """The genes whose tests rules ask for."""
    return tuple(sorted({part.gene for part in asked() if isinstance(part, Tested)}))


@cache
def cuts() -> tuple[int, ...]:
    """The ages at which rules draw a line."""
    found = {age for part in asked() if isinstance(part, Has) for age in (part.before, part.by, part.from_)}
    return tuple(sorted(age for age in found if age is not None))

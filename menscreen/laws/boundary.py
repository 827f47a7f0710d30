"""The families at the boundary of one rule: that just meet it, miss it by one fact, or are left open by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from menscreen.laws.completing import with_places
from menscreen.laws.statements import answers_of
from menscreen.pedigree.family import Pedigree
from menscreen.rules.examples import family
from menscreen.rules.rulebook import Rule, Rulebook
from menscreen.rules.truth import Truth
from menscreen.screening.boundaries import Boundaries, Item, Spec, shorthand
from menscreen.vocabulary import vocabulary


class Boundary:
    """The families at the boundary of a rule, the smallest first, by the answer that the rule gives them.

    >>> from menscreen.rules.loading import full_rulebook
    >>> book = full_rulebook("eviq-1428")
    >>> boundary = Boundary(book, book.rules[0])
    >>> [len(boundary.families(answer)) > 0 for answer in Truth]
    [True, True, True]
    """

    def __init__(self, book: Rulebook, rule: Rule) -> None:
        self._says = answers_of(replace(book, rules=(rule,)))
        self._id = rule.id
        self.specs: dict[Truth, tuple[Spec, ...]] = {}
        near = Boundaries([(rule.when, book.definitions)]).near(rule.when, book.definitions)
        just = [(spec, others) for spec, others in near if self._answer(spec) is Truth.MET]
        met = [spec for spec, _ in just]
        self.specs[Truth.MET] = self._answered(met, Truth.MET)
        self.specs[Truth.NOT_MET] = self._answered((one for _, others in just for one in others), Truth.NOT_MET)
        self.specs[Truth.UNDECIDED] = self._answered((one for spec in met for one in opened(spec)), Truth.UNDECIDED)

    def families(self, answer: Truth, most: int | None = None) -> tuple[Pedigree, ...]:
        """The families that the rule gives this answer, or the smallest of them."""
        return tuple(map(built, self.specs[answer][:most]))

    def _answer(self, spec: Spec) -> Truth:
        return self._says(built(spec))[self._id]

    def _answered(self, specs: Iterable[Spec], answer: Truth) -> tuple[Spec, ...]:
        found = (spec for spec in dict.fromkeys(specs) if self._answer(spec) is answer)
        return tuple(sorted(found, key=lambda spec: (len(spec), str(shorthand(spec)))))


def built(spec: Spec) -> Pedigree:
    """The family of some records."""
    return with_places(family(shorthand(spec)))


def opened(spec: Spec) -> Iterator[Spec]:
    """The family with one fact not known: an age, a number, a side, a size, a kind, whether it is so, whose it is."""
    for item in spec:
        rest = spec - {item}
        yield from (rest | {other} for other in _opened(item))
    for relation in {item.relation for item in spec} - {"self"}:
        yield frozenset(item._replace(relation="relative") if item.relation == relation else item for item in spec)


def _opened(item: Item) -> Iterator[Item]:
    if item.term is None:
        words, _, rest = item.words.partition(", ")
        if item.words.startswith("test ") and rest:
            yield item._replace(words=words)
        return
    if item.age is not None:
        yield item._replace(age=None)
    for flag in item.flags:
        if flag not in ("recurrent", "metastatic"):
            yield item._replace(flags=tuple(one for one in item.flags if one != flag))
    yield item._replace(flags=(*item.flags, "suspected"))
    words_ = vocabulary()
    for parent in words_.terms[item.term].parents:
        yield item._replace(words=words_.terms[parent].name, term=parent)

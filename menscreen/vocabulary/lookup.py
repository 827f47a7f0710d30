"""Every way to find a term: by words, site and histology, or code. Use `vocabulary()`, which is cached."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from menscreen.vocabulary.asides import plainer, qualifiers, without_qualifiers
from menscreen.vocabulary.codes import is_hierarchical, normal_code, sibling_system
from menscreen.vocabulary.folding import fold
from menscreen.vocabulary.terms import Graph, Term


class Coded(NamedTuple):
    """What a list of codes says: the term, and whether the codes agree on it."""

    term: Term | None
    agree: bool


class Vocabulary(Graph):
    """The terms, their graph, and every way to find one."""

    # Words

    def lookup(self, words: str) -> Term | None:
        """Return the term of these words; never a guess.

        Case, hyphens, plural, punctuation, British spelling and word order do not matter. A trailing "type unknown"
        is folded away, and so is what `qualifiers` reads ("bilateral"); a trailing bracket must say the same as what
        stands before it.

        >>> vocabulary().lookup("Phaeochromocytomas").name
        'pheochromocytoma'
        >>> vocabulary().lookup("medulary thyroid cancer") is None
        True
        """
        found = self._lookup(words)
        if found is None and words.rstrip().endswith(")") and "(" in words:
            outside, _, inside = words.rstrip()[:-1].rpartition("(")
            found = self._lookup(outside)
            if found != self._lookup(inside):
                found = None
        return None if found is None else self.terms[self._ids[found]]

    def _lookup(self, words: str) -> int | None:
        keys = fold(words)
        bags = self._compiled.bags
        found = self._compiled.joined.get(keys.joined)
        if found is None:
            found = bags.get(keys.bag)
        if found is None:
            bag = without_qualifiers(fold(plainer(words)).bag)
            found = bags.get(bag)
            if found is None:
                found = self._lookup_beside_own_site(bag)
        return found

    def named(self, words: str) -> Term | None:
        """Return the term that these words name without a word beside it, such as a side or a number.

        >>> vocabulary().named("pheochromocytomas").id, vocabulary().named("bilateral pheochromocytoma") is None
        ('pheochromocytoma', True)
        """
        if qualifiers(words):
            return None
        keys = fold(words)
        found = self._compiled.joined.get(keys.joined, self._compiled.bags.get(keys.bag))
        found = self._lookup_beside_own_site(keys.bag) if found is None else found
        return None if found is None else self.terms[self._ids[found]]

    def _lookup_beside_own_site(self, bag: str) -> int | None:
        """Find words that name the site beside a finding which sits there anyway: "insulinoma of the pancreas"."""
        words = bag.split()
        for word in words:
            site = self._compiled.sites.get(word)
            rest = " ".join(other for other in words if other != word)
            found = self._compiled.bags.get(rest) if site else None
            if found is not None and self.terms[self._ids[found]].site == site:
                return found
            means = self._compiled.ambiguous.get(rest, ()) if site else ()
            if here := [id for id in means if self.terms[id].site == site]:
                return self._ids.index(here[0])
        return None

    def meanings(self, words: str) -> tuple[Term, ...]:
        """Return the terms that words may mean which mean different things; empty for all others.

        >>> [term.id for term in vocabulary().meanings("metastatic ACC")]
        ['adrenocortical-carcinoma', 'adenoid-cystic-carcinoma']
        """
        return tuple(self.terms[id] for id in self._compiled.ambiguous.get(self._ambiguous(words), ()))

    def source_of_meanings(self, words: str) -> str:
        """Return the address that shows what else ambiguous words mean; empty for all others."""
        return self._compiled.ambiguous_by.get(self._ambiguous(words), "")

    def _ambiguous(self, words: str) -> str:
        bag = fold(words).bag
        return bag if bag in self._compiled.ambiguous else without_qualifiers(fold(plainer(words)).bag)

    def nearest(self, words: str, n: int = 3) -> tuple[str, ...]:
        """Return the names of the terms whose words look most alike, best first; empty when none is near.

        >>> vocabulary().nearest("medulary thyroid cancer")[0]
        'medullary thyroid carcinoma'
        """
        from menscreen.vocabulary.nearness import nearest_keys

        places = nearest_keys(fold(words).joined, self._compiled.joined, n)
        return tuple(self.terms[self._ids[place]].name for place in places)

    def tumor_spoken_of(self, text: str) -> Term | None:
        """Return the tumor of the endocrine organ that an unknown text speaks of, unless it is negated or of kin.

        Several organs give their common ancestor, or the first that is spoken of.

        >>> vocabulary().tumor_spoken_of("had half her thyroid removed in 1990, cancer?").id
        'thyroid-tumor'
        >>> vocabulary().tumor_spoken_of("no thyroid cancer") is None
        True
        """
        from menscreen.vocabulary.speech import terms_spoken_of

        ids = terms_spoken_of(text)
        if not ids:
            return None
        return self.common_ancestor(*ids) or self.terms[ids[0]]

    def is_tumor_spoken_of(self, text: str) -> bool:
        """Return whether a text speaks of a tumor of an endocrine organ, be it of this person or of a relative.

        >>> vocabulary().is_tumor_spoken_of("Mother had thyroid cancer")
        True
        """
        from menscreen.vocabulary.speech import speaks_of_anybody

        return speaks_of_anybody(text)

    def syndrome_prevented(self, text: str) -> Term | None:
        """Return the syndrome for which a preventive operation is done that a text speaks of: MEN2, of the thyroid.

        >>> vocabulary().syndrome_prevented("thyroid taken out as a precaution at 6").id
        'men2'
        """
        from menscreen.vocabulary.speech import speaks_of_preventive_thyroidectomy

        return self.terms["men2"] if speaks_of_preventive_thyroidectomy(text) else None

    # Sites

    def site(self, words: str) -> str | None:
        """Return the site that these words name ("lungs", "carotid body"), or ``None``."""
        return self._compiled.sites.get(fold(words).bag)

    def of_site(self, site: str) -> Term | None:
        """Return the tumor of a site whose histology is not known."""
        known = self.site(site)
        id = self._compiled.site_terms.get(known) if known else None
        return None if id is None else self.terms[id]

    def of_site_and_histology(self, site: str, histology: str) -> Term | None:
        """Return the term of a site with a histology ("medullary", "8345/3"); ``None`` when they do not go together.

        >>> vocabulary().of_site_and_histology("thyroid", "medullary").id
        'medullary-thyroid-carcinoma'
        """
        known = self.site(site)
        if known is None:
            return None
        if fold(f"{site} type {histology}").bag == fold(site).bag:
            return self.of_site(known)
        for place in (site, known):
            for word in ("", "tumor", "carcinoma"):
                term = self.lookup(f"{place} {histology} {word}")
                if term is not None:
                    return term
        term = self.by_code("ICD-O-3", histology) or self.lookup(histology)
        return None if term is None else self.finding_at_site(term.id, site)

    def finding_at_site(self, term_id: str, site: str) -> Term | None:
        """Return the finding narrowed to a site; ``None`` when finding and site do not go together.

        >>> vocabulary().finding_at_site("neuroendocrine-tumor", "small bowel").id
        'small-bowel-net'
        """
        term, known = self.terms[term_id], self.site(site)
        if known is not None and term.site == known:
            return term
        named = self.lookup(f"{site} {term.name}")
        if named is not None and any(named.id in self.below(id) for id in (term_id, *term.parents)):
            return named
        if known is None:
            return None
        below = self.below(term_id)
        here = {id for id in below if self.terms[id].site == known}
        widest = [id for id in here if not (self.above(id) - {id}) & here]
        if len(widest) == 1:
            return self.terms[widest[0]]
        if term.site is None and not any(self.terms[id].site for id in below):
            return term
        if term_id == "neuroendocrine-tumor" and known not in _SPREAD_TO:
            return self.terms["other-net"]
        return term if term_id == "neuroendocrine-tumor" else None

    def gene(self, key: str) -> str | None:
        """Return the HGNC symbol for a folded name (`genes.gene_key`)."""
        return self._compiled.gene_names.get(key)

    # Codes

    def by_code(self, system: str, code: str) -> Term | None:
        """Return the term of a code; for a code of several terms, their nearest common ancestor.

        An ICD code that is not listed means what its category means. A code of history or screening is no finding.

        >>> vocabulary().by_code("icd-10-cm", "E3122").name
        'MEN2A'
        """
        key = normal_code(system, code)
        if key is None:
            return None
        for name, value in _spellings_of(*key):
            ids = self._compiled.codes.get(name, {}).get(value)
            if ids:
                return self.common_ancestor(*ids)
            if value in self._compiled.set_aside.get(name, {}):
                return None
        return None

    def set_aside(self, system: str, code: str) -> str | None:
        """Return why a known code is no finding: "family history", "personal history", "carrier status", "screening"...

        "unspecific" is a code that covers too much to name a finding.
        """
        key = normal_code(system, code)
        if key is None:
            return None
        for name, value in _spellings_of(*key):
            if value in self._compiled.codes.get(name, {}):
                return None
            reason = self._compiled.set_aside.get(name, {}).get(value)
            if reason:
                return reason
        return None

    def by_codes(self, codes: list[tuple[str, str]]) -> Coded:
        """Return what several codes of one finding say; a morphology is read together with its topography.

        Of codes on one line of the graph the most specific counts; otherwise their common ancestor, not agreed.

        >>> vocabulary().by_codes([("ICD-O-3", "8140/0"), ("ICD-O-3", "C75.0")]).term.id
        'parathyroid-adenoma'
        """
        from menscreen.vocabulary.codes import paired_codes

        pairs, single = paired_codes(codes)
        found = [self._by_pair(*pair) for pair in pairs] + [self.by_code(*code) for code in single]
        ids = list(dict.fromkeys(term.id for term in found if term is not None))
        if not ids:
            return Coded(None, True)
        specific = [id for id in ids if all(other in self.above(id) for other in ids)]
        if specific:
            return Coded(self.terms[specific[0]], True)
        return Coded(self.common_ancestor(*ids), False)

    def _by_pair(self, morphology: str, topography: str) -> Term | None:
        ids = self._compiled.codes.get("ICD-O-3", {})
        for length in (len(topography), 3):
            exact = ids.get(f"{morphology} {topography[:length]}")
            if exact:
                return self.terms[exact[0]]
        place, term = self.by_code("ICD-O-3", topography), self.by_code("ICD-O-3", morphology)
        if term is None or place is None or place.site is None:
            return term or place
        return self.finding_at_site(term.id, place.site) or term

    def codes(self, id: str) -> tuple[tuple[str, str], ...]:
        """Return the codes that mean a term, as (system, code): those to write it with.

        >>> [code for system, code in vocabulary().codes("men2a") if system == "ORPHA"]
        ['247698']
        """
        return self._codes_of(id, exact=True)

    def codes_read_as(self, id: str) -> tuple[tuple[str, str], ...]:
        """Return the other codes that are read as a term: of kinds of it, and wider ones."""
        return self._codes_of(id, exact=False)

    def _codes_of(self, id: str, *, exact: bool) -> tuple[tuple[str, str], ...]:
        return tuple(
            (system, self._compiled.written.get(f"{system} {code}", code))
            for system, codes in self._compiled.codes.items()
            for meant in [frozenset(self._compiled.exact.get(system, ()))]
            for code, ids in codes.items()
            if id in ids and (code in meant) is exact
        )

    def how_seen(self, system: str, code: str) -> str | None:
        """Return how a listed code was checked; ``None`` for a code that is not listed.

        "label": with its own label in an edition of its system; "mapped": in a published mapping; "page": on a page of
        a medical society; "recalled": not seen.

        >>> vocabulary().how_seen("SNOMED CT", "302835009")
        'label'
        """
        morphology, _, topography = code.partition(" + ")
        key = normal_code(system, morphology)
        if key is None:
            return None
        system, value = key[0], " ".join(filter(None, (key[1], topography.replace(".", ""))))
        if not any(value in table.get(system, {}) for table in (self._compiled.codes, self._compiled.set_aside)):
            return None
        return self._compiled.unlabeled.get(f"{system} {value}", "label")


#: Where a neuroendocrine tumor is often a metastasis from elsewhere.
_SPREAD_TO = frozenset({"liver", "bone", "lymph-node", "brain"})


def _spellings_of(system: str, code: str) -> Iterator[tuple[str, str]]:
    """Yield where a code may be listed: as written, in the related system, then its wider categories."""
    systems = [system, *sibling_system(system)]
    yield from ((name, code) for name in systems)
    if is_hierarchical(system, code):
        for length in range(len(code) - 1, 2, -1):
            yield from ((name, code[:length]) for name in systems)


@cache
def vocabulary() -> Vocabulary:
    """Return the shipped vocabulary."""
    from menscreen.vocabulary.compiling import shipped

    return Vocabulary(shipped())

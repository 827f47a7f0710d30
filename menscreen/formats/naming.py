"""What a recorded finding names: from words, site, histology and codes to one term of the vocabulary.

Where the parts contradict each other, the honest reading is what they have in common, with a warning. Words that the
vocabulary does not know are kept as text. Facts that stand in the words ("bilateral") are read beside the term.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from menscreen.formats.complaints import OF_PERSONAL_HISTORY, PERSONAL, Complaint, conflict, unknown, unknown_code
from menscreen.pedigree.person import Age, Finding, Status
from menscreen.problems import of_length
from menscreen.vocabulary import (
    Facts,
    Kind,
    Said,
    Term,
    finding_spoken_of,
    findings_said,
    leaves_open,
    said_of,
    term_said,
    vocabulary,
    without_doubt,
)

#: Names longer than this are looked up, but not remembered.
_REMEMBERED = 200


class Name(NamedTuple):
    """The term that a finding names, the words that must be kept beside it, and what was wrong.

    `also` are further terms: a syndrome beside a tumor (hyperparathyroidism with the code of MEN1) contradicts nothing,
    and words may name several findings ("MTC and pheo"). `facts` are what the words say beside the term: bilateral,
    multiple, recurrent, metastatic. `is_doubted` when the words say that it is not certain ("?MEN1"), `is_denied` when
    they say that it is not there ("no MTC"). `age` is the age at diagnosis that they tell.
    """

    term: str | None
    text: str | None = None
    complaints: tuple[Complaint, ...] = ()
    also: tuple[Name, ...] = ()
    facts: Facts = ()
    is_doubted: bool = False
    is_denied: bool = False
    age: Age | None = None

    def status(self, recorded: Status) -> Status:
        """The status: what is doubted or denied in its own words is so, whatever form holds it."""
        if recorded is not Status.PRESENT:
            return recorded
        return Status.ABSENT if self.is_denied else Status.SUSPECTED if self.is_doubted else recorded


Codes = tuple[tuple[str, str], ...]


def name_of(word: str | None, site: str | None, histology: str | None, codes: Codes = (), absent: bool = False) -> Name:
    """Name a finding.

    Args:
        word: a word of the vocabulary or a synonym.
        site: with `word`, where it is; alone, a tumor of that site, histology not known.
        histology: of the tumor of that site.
        codes: pairs of terminology and code.
        absent: the finding is excluded. Words that the vocabulary does not know then exclude nothing.

    >>> name_of("phaeochromocytoma", None, None).term
    'pheochromocytoma'
    >>> name_of(None, "thyroid", "medullary").term
    'medullary-thyroid-carcinoma'
    """
    if len(word or "") + len(site or "") + len(histology or "") > _REMEMBERED or len(codes) > 9:
        return _name_of(word, site, histology, codes, absent)
    return _remembered(word, site, histology, codes, absent)


def _name_of(word: str | None, site: str | None, histology: str | None, codes: Codes, absent: bool) -> Name:
    if word and not (site or histology or codes) and len(several := _read(word)) > 1:
        return _several(several)
    said: list[Complaint] = []
    coded, also = _coded(_placed(codes, site), said) if codes else (None, None)
    quiet = absent or coded is not None or also is not None
    read, text = None, None
    if word:
        read, text = _worded(word, site, said, quiet)
    elif (placed := _coded_at(coded, site, histology)) is not None:
        coded = placed
    elif site or histology:
        read, text = _sited(site, histology, said, quiet)
    spoken = None if read is None else read.term
    if spoken is not None and spoken.kind is Kind.SYNDROME:
        coded, also = also, coded
    if coded and read is not None and read.is_denied and read.term.id not in vocabulary().above(coded.id):
        return _denied_beside(read.term, coded, said, word)
    term = _common(spoken, coded, said) if spoken and coded else spoken or coded
    if coded is not None and read is None and word is not None and leaves_open(word):
        term, also, text = None, None, word
    if term is None:
        term, also = also, None
    if codes and (term is None or term.kind is Kind.SYNDROME) and _are_of_personal_history(codes):
        said.append(OF_PERSONAL_HISTORY)
    if term is None and text is None:
        text = ", ".join(" ".join(code) for code in codes) or None
    name = Name(term.id if term else None, text, tuple(said), (Name(also.id),) if also else ())
    return name if read is None or term is None else _as_said(name, read)


_remembered = lru_cache(maxsize=4096)(_name_of)


def _denied_beside(denied: Term, coded: Term, said: list[Complaint], word: str | None) -> Name:
    """The name where words deny something else than the code names; what they deny of a wider one leaves it open."""
    if coded.id in vocabulary().above(denied.id):
        said.append(conflict(denied, coded, f"suspected {coded.name} without {denied.name}"))
        return Name(coded.id, word, tuple(said), (Name(denied.id, is_denied=True),), is_doubted=True)
    said.append(conflict(denied, coded, "neither"))
    return Name(None, word, tuple(said))


def _as_said(name: Name, said: Said) -> Name:
    """The name with what its words say beside the term."""
    return name._replace(facts=said.facts, is_doubted=said.is_doubted, is_denied=said.is_denied, age=_age_of(said))


def _age_of(said: Said) -> Age | None:
    if said.age is None or said.term.kind is Kind.SYNDROME:
        return None
    from menscreen.formats.ages import NoAgeError, age_told

    try:
        return age_told(said.age)[0]
    except NoAgeError:
        return None


def _read(words: str) -> tuple[Said, ...]:
    """The findings that words name, if each age beside them is one."""
    found = findings_said(words)
    return () if any(one.age is not None and _age_of(one) is None for one in found) else found


def _several(parts: tuple[Said, ...]) -> Name:
    """The names of several findings in one entry ("MTC and pheo")."""
    first, *others = [_as_said(Name(one.term.id), one) for one in parts]
    if all(one.is_denied for one in parts):
        return first._replace(also=tuple(others))
    read_as = " and ".join(_standing(one) + one.term.name for one in parts)
    complaint = Complaint(
        "F025",
        "finding",
        f"{len(parts)} findings in one",
        "one finding in each entry",
        f"make a finding of each, with its own age; it was read as {read_as}",
    )
    return first._replace(complaints=(complaint,), also=tuple(others))


def _standing(said: Said) -> str:
    return "absent " if said.is_denied else "suspected " if said.is_doubted else ""


def _coded_at(coded: Term | None, site: str | None, histology: str | None) -> Term | None:
    """The kind of the coded finding that sits at the site, where nothing else is said."""
    return vocabulary().finding_at_site(coded.id, site) if coded is not None and site and not histology else None


def _placed(codes: Codes, site: str | None) -> Codes:
    """The codes, with the topography of the site for a morphology that has none."""
    is_oncology = [code for system, code in codes if system.upper().startswith("ICD-O")]
    term = vocabulary().of_site(site) if site and is_oncology else None
    if term is None or not all("/" in code for code in is_oncology):
        return codes
    known = vocabulary()
    own = (*known.codes(term.id), *known.codes_read_as(term.id))
    return (*codes, *[(system, code) for system, code in own if system == "ICD-O-3" and "/" not in code][:1])


def _coded(codes: Codes, said: list[Complaint]) -> tuple[Term | None, Term | None]:
    """What the codes say of a tumor or another finding, and what of a syndrome."""
    known = vocabulary()
    findings, syndromes = [], []
    for code in codes:
        term = known.by_code(*code)
        if term is None and not code[0].upper().startswith("ICD-O"):
            reason = known.set_aside(*code)
            if reason != PERSONAL:
                said.append(unknown_code(reason))
        elif term is not None and term.kind is Kind.SYNDROME:
            syndromes.append(code)
        else:
            findings.append(code)
    return _agreed(findings, said), _agreed(syndromes, said)


def _agreed(codes: list[tuple[str, str]], said: list[Complaint]) -> Term | None:
    term, agree = vocabulary().by_codes(codes)
    if agree:
        if term is None and codes:
            said.append(unknown_code(next(filter(None, (vocabulary().set_aside(*code) for code in codes)), None)))
        return term
    if term is None or not term.parents:
        term = vocabulary().by_code(*codes[0])
    said.append(
        Complaint(
            "F014",
            "code",
            f"{len(codes)} codes that do not agree",
            "codes of one finding",
            f"make a finding of each; they were read as {term.name if term else 'nothing that is known'}",
        )
    )
    return term


def _are_of_personal_history(codes: Codes) -> bool:
    return any(vocabulary().set_aside(*code) == PERSONAL for code in codes)


def named_beside(name: Name, like: Finding, status: Status) -> list[Finding]:
    """Make the findings that an entry names beside its first: at the same age, unless either is a syndrome."""
    terms, made = vocabulary().terms, []
    for one in name.also:
        has_syndrome = any(terms[id].kind is Kind.SYNDROME for id in (name.term, one.term) if id is not None)
        keys: dict[str, bool | None] = {"multiple": None, "bilateral": None, "recurrent": None, "metastatic": None}
        facts, _ = settled(keys, one.facts)
        made.append(
            Finding(
                one.term,
                None if has_syndrome or one.is_denied else one.age or (None if name.age else like.age),
                one.status(status),
                facts["bilateral"] or facts["multiple"],
                facts["bilateral"],
                bool(facts["recurrent"]),
                bool(facts["metastatic"]),
                at=like.at,
            )
        )
    return made


#: A fact that another one brings with it: both are true, or both are false.
_BROUGHT = {("bilateral", True): "multiple", ("multiple", False): "bilateral"}


def settled(keys: dict[str, bool | None], said: Facts) -> tuple[dict[str, bool | None], list[Complaint]]:
    """Answer the keys that say nothing with the facts of the words; against a key the words do not count.

    >>> settled({"bilateral": None, "multiple": None}, (("bilateral", True),))[0]
    {'bilateral': True, 'multiple': None}
    """
    facts, against = dict(keys), []
    for fact, value in said:
        contradicted = [key for key in (fact, _BROUGHT.get((fact, value), fact)) if keys[key] is (not value)]
        if contradicted:
            against.append(_against(contradicted[0], fact, value))
        else:
            facts[fact] = value
    return facts, against


def settled_age(key: Age | None, said: Age) -> tuple[Age, list[Complaint]]:
    """Answer an age that is not known with that of the words; against a known one the words do not count.

    >>> settled_age(None, Age(44, 44))[0], settled_age(Age(40, 49), Age(44, 44))[0]
    (Age(low=44, high=44), Age(low=40, high=49))
    """
    if key is None:
        return said, []
    if key.low <= said.top and said.low <= key.top:
        return key, []
    needed, fix = "an age that goes with the words", "correct the word or the age; the age beside the words was read"
    return key, [Complaint("F022", "age", f"{key} beside words that say {said}", needed, fix)]


def _against(key: str, fact: str, value: bool) -> Complaint:
    says = str(value).lower()
    return Complaint(
        "F022",
        key,
        f"words of the finding that say `{fact}` is {says}",
        f"a `{key}` that goes with the words",
        f"correct the word or `{key}`; the key was read",
    )


def _worded(word: str, site: str | None, said: list[Complaint], quiet: bool) -> tuple[Said | None, str | None]:
    known = vocabulary()
    read = next(iter(_read(word)), None)
    if read is None and site is not None and known.meanings(word):
        read = next(iter(_read(f"{word} {site}")), None)
    text = None
    if read is None:
        text = word
        read = None if quiet else finding_spoken_of(word)
        if not quiet or site is None:
            said.append(unknown(word, "finding", read))
    if site is None:
        return read, text
    if read is None:
        term = _site(site, said)
        return None if term is None else Said(term), text
    placed = known.finding_at_site(read.term.id, site)
    if placed is None:
        said.append(
            Complaint(
                "F019",
                "site",
                "a site that does not go with the finding",
                f"a site where {read.term.name} occurs",
                "correct the site or leave it out; the finding was read without it",
            )
        )
    return read._replace(term=placed or read.term), text


def _sited(
    site: str | None, histology: str | None, said: list[Complaint], quiet: bool
) -> tuple[Said | None, str | None]:
    if site is None:
        return _worded(histology or "", None, said, quiet)
    if histology is None:
        term = _site(site, said)
        return (Said(term), None) if term else (None, site)
    known = vocabulary()
    for text in (without_doubt(histology) or histology, histology):
        term = known.of_site_and_histology(site, text) or known.lookup(f"{text} {site}")
        if term is not None:
            return said_of(term, histology), None
    of_site, of_histology = _site(site, said), term_said(histology)
    if of_histology is None or of_site is None:
        if of_site is not None:
            said.append(unknown(histology, "histology", Said(of_site)))
        either = of_site or of_histology
        return None if either is None else Said(either), f"{histology}, {site}"
    term = known.finding_at_site(of_histology.id, site)
    if term is not None:
        return said_of(term, histology), None
    said.append(
        Complaint(
            "F019",
            "histology",
            "a histology that does not go with the site",
            f"a kind of {of_site.name}",
            f"correct site or histology; it was read as {of_site.name} of a kind not known",
        )
    )
    return Said(of_site), f"{histology}, {site}"


def _site(site: str, said: list[Complaint]) -> Term | None:
    known = vocabulary()
    term = known.of_site(site)
    if term is None:
        term = known.tumor_spoken_of(f"tumor of the {site}")
        read_as = f"; it was read as {term.name} of a type not known" if term else ""
        said.append(
            Complaint(
                "F018",
                "site",
                of_length("a text", site),
                "a site such as thyroid, parathyroid, pancreas, adrenal, pituitary or small-bowel",
                f"write the name of the organ, or the whole finding in `finding`{read_as}",
                unknown=True,
            )
        )
    return term


def _common(one: Term, other: Term, said: list[Complaint]) -> Term:
    """The more specific of two related terms; of others the nearest term above both, or `one`, with a warning."""
    known = vocabulary()
    if other.id in known.above(one.id):
        return one
    if one.id in known.above(other.id):
        return other
    common = known.common_ancestor(one.id, other.id)
    if common is None or not common.parents:
        common = one
    said.append(conflict(one, other, common.name))
    return common

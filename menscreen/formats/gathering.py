"""What readers of other formats share: they gather people, findings and tests, and every problem on the way.

A reader makes one `Gathering` for a file and ends with `Gathering.family`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from menscreen.digest import digest_of
from menscreen.formats.complaints import Complaint
from menscreen.formats.content import Content
from menscreen.formats.naming import Codes, Name, name_of, named_beside, settled_age
from menscreen.formats.values import Values, known_text
from menscreen.pedigree.family import FamilyHistory, Pedigree, Twins
from menscreen.pedigree.making import described, make_plain_finding
from menscreen.pedigree.person import (
    Finding,
    GeneticTest,
    History,
    Origin,
    Person,
    Result,
    Scope,
    Status,
    UnplacedRelation,
)
from menscreen.pedigree.validation import problems_of
from menscreen.problems import PedigreeError, Severity, of_length
from menscreen.vocabulary import Term, findings_said, gene, leaves_open, says_no_more, vocabulary
from menscreen.vocabulary.codes import normal_system
from menscreen.vocabulary.denying import takes_back

_OF_FAMILY = re.compile(
    r"^\s*(?:positive\s+)?(?:family\s+history|famhx|fam\s+hx|fhx?)\b\s*(?:(?:of\b|:|-)\s*)?(?P<what>\S.*)$",
    re.IGNORECASE,
)
#: Who of the family it was; where this is told only so, the degree stays open.
_IN_RELATIVE = re.compile(
    r"(?<!\s)\s*\b(?:in|of)\s[\s-]*"
    r"(?:(?:the|a|an|his|her|their|patient's|first|second|degree|maternal|paternal|great|other)[\s-]+)*"
    r"(?:mother|father|parents?|brothers?|sisters?|siblings?|sons?|daughters?|child(?:ren)?|grand\w+|aunts?|uncles?|cousins?"
    r"|nieces?|nephews?|relatives?|family(?: members?)?)\b",
    re.IGNORECASE,
)


def of_family(words: str | None) -> str | None:
    """What "family history of ..." speaks of; ``None`` for other words.

    >>> of_family("Family history of pheochromocytoma in mother at 44"), of_family("goiter")
    ('pheochromocytoma at 44', None)
    """
    found = _OF_FAMILY.match(words or "")
    return _IN_RELATIVE.sub("", found["what"]).strip(" ()[].,") or None if found else None


#: What codes of family history speak of, where they say it.
_FAMILY_CODES = {"Z8341": "multiple endocrine neoplasia"}


@lru_cache(maxsize=4096)
def condition_of_family(codes: Codes, words: tuple[str, ...]) -> tuple[str, ...] | None:
    """What a record of family history speaks of, in words; ``None`` for a record that speaks of the patient.

    >>> condition_of_family((("ICD-10-CM", "Z83.41"),), ()), condition_of_family((), ("goiter",))
    (('multiple endocrine neoplasia',), None)
    """
    if not is_of_family(codes, None) and not any(map(of_family, words)):
        return None
    told = [_FAMILY_CODES.get(code.replace(".", "").upper()) for _, code in codes]
    spoken = [of_family(word) or word for word in words]
    found = tuple(dict.fromkeys(filter(None, (*told, *spoken))))
    return found or tuple(" ".join(_in_system(code)) for code in codes)


def is_of_family(codes: Codes, words: str | None) -> bool:
    """Whether a record speaks of somebody else's condition: a code or words of family history.

    >>> is_of_family((("ICD-10-CM", "Z83.41"),), None)
    True
    """
    known = vocabulary()
    return any(known.set_aside(*code) == "family history" for code in codes) or of_family(words) is not None


_FACTS_OF_FINDING = tuple(one.name for one in attrs.fields(Finding) if one.name != "term")


class Gathering(Values):
    """Collects what a file says and what is wrong with it.

    Attributes:
        format: id of the format, for `Pedigree.format`.
        asked: the sites that the format can speak of (`Format.asked`).
    """

    def __init__(self, format: str, *, strict: bool, asked: tuple[str, ...] | None = None) -> None:
        super().__init__(strict)
        self.format = format
        self.asked = asked

    def name(
        self,
        at: str,
        word: str | None = None,
        *,
        site: str | None = None,
        histology: str | None = None,
        codes: Codes = (),
        absent: bool = False,
    ) -> Name:
        """Name a finding; what is unknown, or in conflict (F014), is reported at its place."""
        name = name_of(known_text(word), known_text(site), known_text(histology), codes, absent)
        self.report(name.complaints, at)
        return name

    def concept(
        self, at: str, words: tuple[str, ...], codes: Codes = (), *, site: str | None = None, absent: bool = False
    ) -> Name:
        """Name what codes with their displays, and a text, say together; where they do not agree that is reported.

        Codes that the vocabulary does not hold are passed over when there are words.
        """
        name, complaints = concept_named(words, codes, site, absent)
        self.report(complaints, at)
        return name

    def report(self, complaints: Sequence[Complaint], at: str) -> None:
        """Report what is wrong with a name, at the place where it stands: not every format has the keys of ours."""
        for complaint in complaints:
            self.problems.append(complaint.at(at, strict=self.strict, offering=self.offering))

    def findings(self, name: Name, like: Finding | Mapping[str, Any]) -> list[Finding]:
        """Make the findings of a name: one, or more when others stand beside it, `like` holding all but the term.

        What the name says ("bilateral") counts where `like` is silent. A name that says nothing makes no finding.
        """
        if name.term is None and name.text is None and not _text_of(like):
            at = like.at if isinstance(like, Finding) else like["at"]
            self.complain(
                "F013", at, "a finding that names nothing", "a code or words", "say what was found", warning=True
            )
            return []
        says_no_more = name == Name(name.term)
        if not isinstance(like, Finding) and "text" not in like and says_no_more and not like.get("note"):
            if len(like) == 3 and "age" in like:
                return [make_plain_finding(name.term, like["age"], like["status"], like["at"])]
            return [Finding(name.term, **like)]
        known = {key: getattr(like, key) for key in _FACTS_OF_FINDING} if isinstance(like, Finding) else dict(like)
        if name.text is not None or "text" in known:
            known["text"] = "; ".join(dict.fromkeys(filter(None, (name.text, known.get("text"))))) or None
        for fact, value in name.facts:
            if not known.get(fact) and not (fact in ("multiple", "bilateral") and known.get(fact) is False):
                known[fact] = value
        if name.age is not None and known.get("status") is not Status.ABSENT:
            known["age"], complaints = settled_age(known.get("age"), name.age)
            self.report(complaints, known.get("at", ""))
        finding = Finding(name.term, **known)
        if finding.note is not None and finding.status is Status.PRESENT and takes_back(finding.note):
            finding = attrs.evolve(finding, status=Status.SUSPECTED)
            found, needed = "a note that takes the finding back", "a finding that holds, or one that is absent"
            fix = "correct one of the two; the finding was read as suspected"
            self.complain("F028", finding.at, found, needed, fix, warning=True)
        others = named_beside(name, finding, finding.status)
        status = name.status(finding.status)
        return [finding if status is finding.status else attrs.evolve(finding, status=status), *others]

    def relative_with(self, id: str, proband: str, findings: Sequence[Finding], at: str) -> Person:
        """A relative of unstated degree: the bearer of a "family history of ..." on the patient's own list."""
        self.complain(
            "P017",
            at,
            "a condition of the family on the patient's own list",
            "a relative who has it",
            "record the relative; until then the degree is not known",
            warning=True,
        )
        relation = UnplacedRelation(proband, "relative")
        return Person(id, findings=tuple(findings), relation=relation, history=History.UNKNOWN, at=at)

    def test(
        self,
        written: str,
        result: Result | None,
        at: str,
        *,
        variant: str | None = None,
        scope: Scope | None = None,
        origin: Origin = Origin.GERMLINE,
    ) -> GeneticTest | None:
        """A genetic test; one without a result counts as not done, and is reported."""
        symbol = gene(written)
        if result is None:
            self.complain(
                "T005",
                at,
                "a test whose result is not known",
                "a result such as pathogenic or negative",
                "add the result when it is there; until then the test counts as not done",
                warning=True,
            )
            return None
        if symbol is None:
            symbol = written.strip().upper()
            self.complain(
                "T002",
                at,
                of_length("a text", written),
                "a gene that has to do with endocrine tumors",
                "correct it if another gene is meant; the test is kept and changes no answer",
                warning=True,
            )
        return GeneticTest(symbol, result, variant, scope, origin, at)

    def family(
        self,
        people: Sequence[Person],
        proband: str,
        content: Content,
        *,
        id: str | None = None,
        twins: Sequence[Twins] = (),
        family_history: FamilyHistory | None = None,
    ) -> Pedigree:
        """Put the family together and look at its structure.

        Without `family_history`: asked if there is anybody beside the proband.

        Raises:
            PedigreeError: with every problem of the file, when there is an error among them.
        """
        if self.asked is not None:
            people = [attrs.evolve(one, asked=self.asked) if one.asked is None else one for one in people]
        tree = Pedigree(tuple(people), proband, twins=tuple(twins))
        return self.family_of(tree, content, id=id, family_history=family_history)

    def family_of(
        self, tree: Pedigree, content: Content, *, id: str | None = None, family_history: FamilyHistory | None = None
    ) -> Pedigree:
        """Look at the structure of a tree that is put together, and add what is known of the family as a whole.

        Without `family_history`: asked if there is anybody beside the proband.

        Raises:
            PedigreeError: with every problem of the file, when there is an error among them.
        """
        if family_history is None:
            family_history = FamilyHistory.ASKED if len(tree.people) > 1 else FamilyHistory.NOT_ASKED
        self.problems += problems_of(tree)
        self.stop_if_wrong()
        return described(
            tree,
            id=id,
            family_history=family_history,
            format=self.format,
            digest=digest_of(content.data),
            problems=tuple(self.problems),
        )

    def stop_if_wrong(self) -> None:
        """Raise every problem if there is an error among them."""
        if any(problem.severity is Severity.ERROR for problem in self.problems):
            raise PedigreeError(sorted(self.problems, key=lambda problem: problem.severity is not Severity.ERROR))


_PREFIXED = re.compile(r"(HP|MONDO|OMIM|MIM|ORPHA|Orphanet|NCIT)[:_]\w+", re.IGNORECASE)


def _in_system(code: tuple[str, str]) -> tuple[str, str]:
    """The code with the usual name of its system, which its own prefix may tell."""
    system = normal_system(code[0])
    if system is None and (prefix := _PREFIXED.fullmatch(code[1])):
        system = normal_system(prefix[1])
    return system or code[0], code[1]


@lru_cache(maxsize=4096)
def concept_named(
    words: tuple[str, ...], codes: Codes, site: str | None, absent: bool
) -> tuple[Name, tuple[Complaint, ...]]:
    """The name of a finding from words and codes together, and what is wrong with them.

    Words that the vocabulary does not hold are kept as text. Beside a code that it holds they are no complaint unless
    they say more than the code, or something else: most codes have a title that nobody but their makers uses.
    """
    known = vocabulary()
    codes = tuple(map(_in_system, codes))
    used = tuple(code for code in codes if known.by_code(*code) is not None or known.set_aside(*code) is not None)
    spoken = [(word, term) for word in words if (term := _term_of(word)) is not None]
    if used and not any(map(findings_said, words)):
        coded = name_of(None, site, None, used, absent)
        if coded.term is not None and all(says_no_more(word, known.terms[coded.term]) for word in words):
            return coded._replace(text=coded.text or next(iter(words), None), complaints=()), coded.complaints
    word = min(words, key=_saying_least, default=None)
    if not used and word is None:
        used = codes
    name = name_of(word, site, None, used, absent)
    said = list(name.complaints)
    for other, term in spoken:
        if name.term is not None and other != word:
            name = _agreed(name, other, term, said)
    return name, tuple(said)


def _agreed(name: Name, words: str, term: Term, said: list[Complaint]) -> Name:
    """The name, with what other words of the same record name; of what contradicts it the common is left."""
    known = vocabulary()
    here = known.terms[name.term or term.id]
    if here.id == term.id or term.id in known.above(here.id) or (name.is_denied and term.id in known.below(here.id)):
        return name
    if term.id in known.below(here.id):
        return name._replace(term=term.id)
    common = known.common_ancestor(here.id, term.id)
    read_as = common if common is not None and common.parents else here
    said.append(
        Complaint(
            "F014",
            "code",
            f"{here.name} and {term.name} in one record",
            "a code, its display and a text that say the same",
            f"correct one of them; it was read as {'nothing' if name.is_denied else read_as.name}",
        )
    )
    text = "; ".join(filter(None, (name.text, words)))
    return Name(None, text) if name.is_denied else name._replace(term=read_as.id, text=text)


def _term_of(words: str) -> Term | None:
    said = findings_said(words)
    return said[0].term if len(said) == 1 and not said[0].is_denied else None


def _saying_least(words: str) -> int:
    """Which of several words of one record counts: what denies or doubts, what tells more, what is known, the first."""
    if len(said := findings_said(words)) != 1:
        return 0 if leaves_open(words) else 4
    one = said[0]
    return 0 if one.is_denied else 1 if one.is_doubted else 2 if one.age or one.facts else 3


def _text_of(like: Finding | Mapping[str, Any]) -> str | None:
    return known_text(like.text if isinstance(like, Finding) else like.get("text"))

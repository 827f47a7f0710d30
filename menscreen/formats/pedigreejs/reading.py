"""Read the list of people that pedigreejs saves."""

from __future__ import annotations

import re

import attrs

from menscreen.formats.content import Content, refusal
from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part, document_of, kind, parts_of
from menscreen.formats.structure import NO_PARENT, adopted_child, twins_by_mark, with_missing_parents
from menscreen.pedigree.family import Pedigree, Zygosity
from menscreen.pedigree.person import MAX_AGE, Adoption, Age, Finding, GeneticTest, Person, Result, Scope, Sex
from menscreen.pedigree.validation import FIRST_YEAR, LAST_YEAR
from menscreen.vocabulary import gene, vocabulary
from menscreen.vocabulary.denying import says_nothing

AGE = "_diagnosis_age"
TEST = "_gene_test"
_PATHOLOGY = "_bc_pathology"
#: Keys that say nothing of diseases: of the drawing, the calculation, ancestry, and the tree.
_OTHER = frozenset(
    [
        "name",
        "display_name",
        "first_name",
        "last_name",
        "sex",
        "father",
        "mother",
        "noparents",
        "top_level",
        "proband",
        "status",
        "age",
        "yob",
        "famid",
        "mztwin",
        "dztwin",
        "adopted_in",
        "adopted_out",
        "miscarriage",
        "stillbirth",
        "termination",
        "divorced",
        "hidden",
        "exclude",
        "ashkenazi",
        "level",
        "id",
        "parent_node",
        "x",
        "y",
        "depth",
        "data",
        "height",
        "children",
        "consanguinity",
        "affected",
        "alleles",
        "ancestry",
        "approx_diagnosis_age",
        "urlparams",
        "no_parents",
        "exp_genotype",
        "email",
        "ethnicity",
        "contact",
    ]
)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, "MALE": Sex.MALE, "FEMALE": Sex.FEMALE}
_SCOPES = {"S": Scope.FULL, "T": Scope.FAMILIAL_VARIANT}
_RESULTS = {"P": Result.PATHOGENIC, "HET": Result.PATHOGENIC, "HOM": Result.PATHOGENIC, "N": Result.NEGATIVE}
#: Flags of a pregnancy that ended before or at birth.
_ENDED = ("miscarriage", "stillbirth", "termination")


def read(content: Content, *, strict: bool) -> Pedigree:
    """Read a pedigree of pedigreejs."""
    gathering = Gathering("pedigreejs", strict=strict)
    document = document_of(content, gathering)
    if not isinstance(document, list):
        raise refusal("D002", kind(document), "a list of people", "give the list that pedigreejs saves")
    parts = parts_of(document, "", gathering)
    people = [person for one in parts if (person := _person(one, gathering)) is not None]
    probands = [id for one in parts if one.flag("proband") and (id := one.text("name")) is not None]
    families = {one.text("famid") for one in parts} - {None}
    if len(probands) != 1:
        gathering.complain(
            "P019",
            "document",
            f"{len(probands)} people marked as proband",
            "`proband` of one person",
            f"mark the person to be screened; the first {'of them' if probands else 'person'} was taken",
            warning=True,
        )
    identical, other = (
        [(mark, id) for one in parts if (mark := one.text(key)) and (id := one.text("name"))]
        for key in ("mztwin", "dztwin")
    )
    twins = twins_by_mark(identical, Zygosity.MONOZYGOTIC) + twins_by_mark(other, Zygosity.DIZYGOTIC)
    gathering.stop_if_wrong()
    gathering.asked = _asked(people)
    people = with_missing_parents(people, gathering)
    proband = probands[0] if probands else people[0].id if people else ""
    id = families.pop() if len(families) == 1 else None
    return gathering.family(people, proband, content, id=id, twins=twins)


def _asked(people: list[Person]) -> tuple[str, ...]:
    """The sites of the diseases that stand somewhere; pancreatic cancer says nothing of neuroendocrine tumors."""
    terms = vocabulary().terms
    found = {finding.term for person in people for finding in person.findings if finding.term is not None}
    sites = {terms[term].site for term in found if term != "pancreatic-tumor"} - {None}
    return tuple(sorted(site for site in sites if site is not None))


def _person(one: Part, gathering: Gathering) -> Person | None:
    id = one.text("name")
    if id is None:
        gathering.complain("D006", one.at, "a person without `name`", "`name`, which is the id", "give this person one")
        return None
    label, ended = one.text("display_name"), any(one.flag(key) for key in _ENDED)
    age = _years(one, "age", gathering)
    person = Person(
        id,
        None if label == id else label,
        _SEXES.get((one.text("sex") or "").upper(), Sex.UNKNOWN),
        mother=_parent(one, "mother"),
        father=_parent(one, "father"),
        age=Age(0, 0) if ended else age,
        deceased=ended or (one.text("status") or "0") == "1" or one.get("status") is True,
        birth_year=_year(one),
        findings=tuple(_findings(one, gathering)),
        tests=tuple(_tests(one, gathering)),
        placeholder=one.flag("hidden"),
        at=one.at,
    )
    if one.flag("adopted_in"):
        return adopted_child(attrs.evolve(person, adopted=Adoption.IN))
    return attrs.evolve(person, adopted=Adoption.OUT) if one.flag("adopted_out") else person


def _parent(one: Part, role: str) -> str | None:
    """A parent; those of somebody with `noparents` only tell where to draw a person who married in."""
    id = one.text(role)
    return None if id in NO_PARENT or one.flag("noparents") else id


def _number(one: Part, key: str) -> int | None:
    value = one.get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _years(one: Part, key: str, gathering: Gathering) -> Age | None:
    """An age; 0, empty, "AU" and the like are not known."""
    value = one.get(key)
    years = _number(one, key)
    if years is not None and 0 < years <= MAX_AGE:
        return Age(years, years)
    if years != 0 and value not in (None, "", "AU", "au", "unknown", "?", True, False, "-1", -1):
        needed = f"an age from 1 to {MAX_AGE}"
        fix = "correct it; until then the age is not known"
        gathering.complain("A001", one.place(key), kind(value), needed, fix, warning=True)
    return None


def _year(one: Part) -> int | None:
    year = _number(one, "yob")
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def _findings(one: Part, gathering: Gathering) -> list[Finding]:
    """The diseases: those with an age at diagnosis, and those that are only said to be there."""
    found: list[Finding] = []
    for key in one:
        value = one.get(key)
        disease = key.removesuffix(AGE) if key.endswith(AGE) else key
        if key.endswith((TEST, _PATHOLOGY)) or key in _OTHER:
            continue
        if key.endswith(AGE):
            is_there = value not in (None, "0", 0, False, "-1", -1) and not _says_no(value)
        else:
            is_there = _is_yes(key, value) and f"{disease}{AGE}" not in one
        if is_there:
            age = _years(one, key, gathering) if key.endswith(AGE) else None
            words = _words(disease)
            at = one.place(key) if vocabulary().lookup(words) is not None else one.at  # a place quotes no strange key
            found += gathering.findings(gathering.name(at, words), Finding(None, age, at=at))
    return found


def _is_yes(key: str, value: object) -> bool:
    """Whether a flag is set; a number or text sets that of a known disease only: a site keeps other things too."""
    if isinstance(value, str):
        value = value.strip().lower()
    return value is True or (value in (1, "1", "true", "yes", "y") and vocabulary().lookup(_words(key)) is not None)


def _says_no(value: object) -> bool:
    """Whether a text in the place of an age says that there is nothing, or nothing at all."""
    if not isinstance(value, str):
        return False
    return value.strip().lower() in ("", "n", "false") or says_nothing(value) or _NOT_THERE.fullmatch(value) is not None


_NOT_THERE = re.compile(r"[\W_]*|n\W?/?\W?a\W?|not applicable", re.IGNORECASE)


def _words(disease: str) -> str:
    """The words of a key; the number of a second tumor is left out.

    >>> _words("breast_cancer2"), _words("hyperparathyroidism_no2"), _words("men1")
    ('breast cancer', 'hyperparathyroidism', 'men1')
    """
    words = re.sub(r"_no\d+$", "", disease).replace("_", " ").strip()
    if vocabulary().lookup(words) is None and words[-1:].isdigit():
        return words[:-1].strip()
    return words


def _tests(one: Part, gathering: Gathering) -> list[GeneticTest]:
    tests = []
    for key in one:
        if not key.endswith(TEST):
            continue
        value = one.get(key)
        said = value if isinstance(value, dict) else {}
        result = str(said.get("result") or "")
        if result in ("", "0", "-"):
            continue
        written, found = key.removesuffix(TEST).upper(), _RESULTS.get(result.upper())
        scope = _SCOPES.get(str(said.get("type") or "").upper())
        if found is None:
            gathering.test(written, None, one.place(key) if gene(written) else one.at)  # reports it
        else:
            tests.append(GeneticTest(gene(written) or written, found, scope=scope, at=one.place(key)))
    return tests

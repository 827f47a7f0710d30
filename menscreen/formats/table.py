"""The formats: what each is called, how its content is recognized, what it can say, and where its reader lives.

A format is a module with

- ``read(content: Content, *, strict: bool) -> Pedigree``,
- if it can be written, ``write(family: Pedigree) -> bytes``, and ``is_allowed(id: str) -> bool`` of the ids that come
  back as they are; others are replaced before it writes, and a family with such an id is written without,
- if another rule holds for ids of families, ``is_allowed_of_family(id: str) -> bool``,
- if it is narrower than its `Format.facts` tell, ``losses(family: Pedigree) -> list[str]``,
- if people fill it in, ``TEMPLATE: bytes``.

Adding one means a row here, a sign in `menscreen.formats.signs`, and that module. No reader is imported before it is
needed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from menscreen.formats import signs
from menscreen.formats.content import Content
from menscreen.formats.coverage import FACTS, losses_of
from menscreen.pedigree.family import Pedigree
from menscreen.problems import Problem, Severity, UsageError


class Format(NamedTuple):
    """A format.

    Attributes:
        id: what ``--from`` and ``--to`` call it.
        name: what people call it.
        place: the module of its reader and writer.
        sign: whether content is in this format; asked in the order of the table.
        facts: names of `menscreen.formats.coverage.FACTS` that a file can carry and our writer writes.
        asked: the sites of which a file can tell whether there was a tumor; ``None`` is all of them. A reader records
            it as `Person.asked`: what a format cannot say is not known, never absent.
        endings: of file names, for choosing a format to write.
    """

    id: str
    name: str
    place: str
    sign: Callable[[Content], bool]
    facts: frozenset[str]
    asked: tuple[str, ...] | None = None
    endings: tuple[str, ...] = ()

    @property
    def _module(self) -> Any:
        return import_module(self.place)

    @property
    def is_written(self) -> bool:
        """Whether there is a writer."""
        return hasattr(self._module, "write")

    @property
    def template(self) -> bytes | None:
        """A file to be filled in by people."""
        found: bytes | None = getattr(self._module, "TEMPLATE", None)
        return found

    def read(self, content: Content, *, strict: bool) -> Pedigree:
        """Read a family; `PedigreeError` with every problem when it cannot be screened."""
        family: Pedigree = self._module.read(content, strict=strict)
        return family

    def write(self, family: Pedigree) -> bytes:
        """Write a family; what `losses` names is left out."""
        written: bytes = self._module.write(self._with_ids(family))
        return written

    def _with_ids(self, family: Pedigree) -> Pedigree:
        """The family with other ids where the format cannot tell them from something else."""
        from menscreen.formats.structure import with_ids

        is_allowed: Callable[[str], bool] = self._module.is_allowed
        return with_ids(family, is_allowed, getattr(self._module, "is_allowed_of_family", is_allowed))

    def losses(self, family: Pedigree) -> list[str]:
        """Name everything of a family that this format cannot carry."""
        from menscreen.formats.structure import replaced_ids

        own: Callable[[Pedigree], list[str]] | None = getattr(self._module, "losses", None)
        kept = self._with_ids(family)
        named = losses_of(kept, self.facts) + (own(kept) if own is not None else [])
        return named + replaced_ids(family, kept)


ALL = frozenset(FACTS)

_OF_PACKETS = ALL - {
    "twins", "zygosity", "label", "relation", "adoption", "asked", "suspected", "text", "unrecognized", "confirmed",
    "declined", "size", "stage", "grade", "sstr", "note", "negative test", "scope",
}  # fmt: skip

_OF_TREES = frozenset({"family id", "sex", "parents"})

_ROWS = (
    Format("menscreen", "menscreen JSON", "menscreen.formats.native_json", signs.is_native, ALL, None, (".json",)),
    Format(
        "fhir",
        "FHIR FamilyMemberHistory",
        "menscreen.formats.fhir",
        signs.is_fhir,
        ALL,
        None,
        (".fhir.json",),
    ),
    Format(
        "phenopackets",
        "Phenopackets 2",
        "menscreen.formats.phenopackets",
        signs.is_phenopackets,
        _OF_PACKETS,
        None,
        (".phenopackets.json",),
    ),
    Format(
        "ga4gh-pedigree",
        "GA4GH Pedigree",
        "menscreen.formats.ga4gh_pedigree",
        signs.is_ga4gh_pedigree,
        _OF_PACKETS | {"twins", "zygosity", "relation", "adoption"},
        None,
        (".ga4gh.json",),
    ),
    Format(
        "pedigreejs",
        "pedigreejs JSON",
        "menscreen.formats.pedigreejs",
        signs.is_pedigreejs,
        _OF_TREES
        | {"twins", "zygosity", "label", "age", "deceased", "birth year", "placeholder", "adoption", "not asked"}
        | {"findings", "age at diagnosis", "tests", "scope", "negative test"},
        None,
        (".pedigreejs.json",),
    ),
    Format("phenotips", "PhenoTips JSON", "menscreen.formats.phenotips", signs.is_phenotips, frozenset()),
    Format(
        "canrisk",
        "CanRisk",
        "menscreen.formats.canrisk",
        signs.is_canrisk,
        _OF_TREES
        | {"twins", "zygosity", "age", "deceased", "birth year", "findings", "age at diagnosis"}
        | {"bilateral", "multiple", "tests", "scope", "negative test"},
        ("breast", "ovary", "prostate"),
        (".canrisk", ".canrisk4"),
    ),
    Format("ped", "PED", "menscreen.formats.ped", signs.is_ped, _OF_TREES, (), (".ped", ".fam")),
    Format("fhh", "My Family Health Portrait", "menscreen.formats.portrait", signs.is_portrait, frozenset()),
    Format("ccda", "C-CDA family history", "menscreen.formats.ccda", signs.is_ccda, frozenset()),
    # Last, since its sign is words alone.
    Format("csv", "CSV or TSV", "menscreen.formats.csv", signs.is_csv, ALL, None, (".csv", ".tsv")),
)

#: The formats by id, in the order in which content is asked for their signs.
FORMATS = {row.id: row for row in _ROWS}


def recognized(content: Content) -> Format | None:
    """The format of some content, by what stands in it; ``None`` when there is no sign of any."""
    return next((one for one in FORMATS.values() if one.sign(content)), None)


def named(id: str, *, to_write: bool = False) -> Format:
    """The format with this id; of those that are offered instead, `to_write` are those that can be written.

    Raises:
        UsageError: there is none.
    """
    if id in FORMATS:
        return FORMATS[id]
    from difflib import get_close_matches

    offered = [one.id for one in FORMATS.values() if one.is_written or not to_write]
    near = get_close_matches(id.lower(), offered, 1)
    raise UsageError(
        [
            Problem(
                "D011",
                Severity.ERROR,
                "",
                "a format that is not known",
                f"one of {', '.join(offered)}",
                f"write {near[0]}" if near else "name the format",
            )
        ]
    )


def to_write(id: str | None, path: str = "") -> Format:
    """The format to write: the one named, or the one whose file names end like this.

    Raises:
        UsageError: there is none, or it is read only.
    """
    if id is None:
        ended = [one for one in FORMATS.values() for end in one.endings if path.lower().endswith(end)]
        longest = max(ended, key=lambda one: max(len(end) for end in one.endings), default=None)
        chosen = longest or named("", to_write=True)
    else:
        chosen = named(id, to_write=True)
    if not chosen.is_written:
        writable = ", ".join(one.id for one in FORMATS.values() if one.is_written)
        found = f"{chosen.name}, which is read only"
        raise UsageError.of("D011", found, f"one of {writable}", "name another format")
    return chosen

"""Spellings of code systems and codes: `ICD-10-CM` and `icd10cm`, `E31.22` and `E3122`, `HP:0002666` and `0002666`."""

from __future__ import annotations

import re
from functools import cache

#: Compiled when first needed: a family in words needs none of the expressions below.
_compiled = cache(re.compile)

#: The usual name of each code system, then other spellings with all but letters and digits left out.
_SPELLED = """
HPO: hp humanphenotypeontology httphumanphenotypeontologyorg httppurlobolibraryorgobohpowl
MONDO: httppurlobolibraryorgobomondoowl
OMIM: mim httpomimorg httpwwwomimorg httpswwwomimorg httpsomimorg urnoid216840111388363174
ORPHA: orphanet ordo orphacode httpwwworphanet httpwwworphadata
SNOMED CT: snomed sct httpsnomedinfosct urnoid2168401113883696
NCIt: nci ncithesaurus httpncicbncinihgovxmlowlevsthesaurusowl urnoid216840111388332611
ICD-O-3: icdo icdo31 icdo32 icdo3morphology icdo3topography icdo31morphology icdo31topography icdo32morphology
ICD-O-3: icdo32topography httpterminologyhl7orgcodesystemicdo3 httphl7orgfhirsidicdo3 urnoid21684011138836431
ICD-10: icd10who whoicd10 httphl7orgfhirsidicd10 urnoid216840111388363
ICD-10-CM: icd10us httphl7orgfhirsidicd10cm urnoid2168401113883690
ICD-10-GM: httpfhirdecodesystembfarmicd10gm httpfhirdecodesystemdimdiicd10gm
ICD-11: icd11foundation httpidwhointicd11foundation httpidwhointicdentity
SKS: sksdenmark
"""
_NOT_ALPHANUMERIC = r"[^a-z0-9]"
_ICD_LIKE = {"ICD-10", "ICD-10-CM", "ICD-10-GM", "SKS"}
_OTHER = r"[^A-Z0-9]"
_PREFIX = r"^(?:HP|HPO|MONDO)[:_]?"
_MORPHOLOGY = r"M?-?(\d{4})[/ ]?(\d)"
_TOPOGRAPHY = r"C\d{2}\d?"


@cache
def _systems() -> dict[str, str]:
    """The usual name of each spelling of a code system."""
    return {
        spelling: name
        for line in _SPELLED.strip().splitlines()
        for name, others in [line.split(": ")]
        for spelling in (_folded(name), *others.split())
    }


def _folded(system: str) -> str:
    return _compiled(_NOT_ALPHANUMERIC).sub("", system.casefold())


def normal_system(system: str) -> str | None:
    """Return the usual spelling of a code system, or ``None`` for one that is not known.

    >>> normal_system("icd10cm"), normal_system("HP")
    ('ICD-10-CM', 'HPO')
    """
    return _systems().get(_folded(system))


def normal_code(system: str, code: str) -> tuple[str, str] | None:
    """Return system and code in the spelling of the tables; ``None`` for an unknown system or no code at all.

    >>> normal_code("hpo", "2666"), normal_code("ICD-10", "e21.0")
    (('HPO', '0002666'), ('ICD-10', 'E210'))
    """
    name = normal_system(system)
    if name is None:
        return None
    text = code.strip().upper().rpartition("/OBO/")[2]
    if name in ("HPO", "MONDO"):
        digits = _compiled(_PREFIX).sub("", text)
        return (name, digits.zfill(7)) if digits.isdigit() else None
    if name == "ICD-O-3":
        return _icd_o_code(text)
    if name in _ICD_LIKE:
        text = _compiled(_OTHER).sub("", text)
    else:
        text = _compiled(_OTHER).sub("", text.rpartition(":")[2].removeprefix("ORPHANET_").removeprefix("NCIT_"))
        text = text.removeprefix("ORPHA").removeprefix("MIM") if name != "NCIt" else text
        if name == "NCIt" and text.isdigit():
            text = f"C{text}"
    return (name, text) if text else None


def _icd_o_code(text: str) -> tuple[str, str] | None:
    morphology = _compiled(_MORPHOLOGY).fullmatch(text)
    if morphology:
        return "ICD-O-3", f"{morphology[1]}/{morphology[2]}"
    topography = text.replace(".", "")
    return ("ICD-O-3", topography) if _compiled(_TOPOGRAPHY).fullmatch(topography) else None


def sibling_system(system: str) -> tuple[str, ...]:
    """Return the systems whose codes mean the same where they have them."""
    return {"ICD-10-CM": ("ICD-10",), "ICD-10": ("ICD-10-CM",), "ICD-10-GM": ("ICD-10",)}.get(system, ())


def is_hierarchical(system: str, code: str) -> bool:
    """Say whether a longer code is a kind of what the shorter code means."""
    return system in _ICD_LIKE - {"SKS"} or (system == "ICD-O-3" and code.startswith("C"))


def paired_codes(codes: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Separate the ICD-O-3 pairs (morphology, topography) from codes that stand alone."""
    morphologies: list[str] = []
    topographies: list[str] = []
    single: list[tuple[str, str]] = []
    for system, code in codes:
        key = normal_code(system, code)
        if key is None or key[0] != "ICD-O-3":
            single.append((system, code))
        else:
            (morphologies if "/" in key[1] else topographies).append(key[1])
    if len(topographies) == 1 and morphologies:
        return [(morphology, topographies[0]) for morphology in morphologies], single
    return [], [*single, *(("ICD-O-3", code) for code in [*morphologies, *topographies])]

"""The Kinship Ontology (KIN): what its relations mean for a pedigree. "A isBiologicalMotherOf B" reads A to B.

Codes and labels are of KIN 2024; those of earlier drafts, which tools in use still write, are read as well.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from menscreen.pedigree.family import Zygosity
from menscreen.pedigree.person import Sex


class Tie(StrEnum):
    """What a relation says about the tree. `WORDS` is a blood tie without a place; `NONE` is no blood tie."""

    PARENT = "parent"
    MOTHER = "mother"
    FATHER = "father"
    ADOPTIVE = "adoptive"
    SIBLING = "sibling"
    FULL_SIBLING = "full sibling"
    MATERNAL_HALF = "maternal half-sibling"
    PATERNAL_HALF = "paternal half-sibling"
    TWIN = "twin"
    MONOZYGOTIC = "monozygotic"
    DIZYGOTIC = "dizygotic"
    WORDS = "words"
    NONE = "none"


ZYGOSITY = {
    Tie.TWIN: Zygosity.UNKNOWN,
    Tie.MONOZYGOTIC: Zygosity.MONOZYGOTIC,
    Tie.DIZYGOTIC: Zygosity.DIZYGOTIC,
}


class Kin(NamedTuple):
    """A relation of KIN. `words` are those for `Tie.WORDS`: for a woman, a man, and somebody of unknown sex."""

    tie: Tie
    words: tuple[str, str, str] = ("", "", "")
    is_turned: bool = False

    def words_for(self, sex: Sex) -> str:
        """The words for somebody of this sex."""
        return self.words[{Sex.FEMALE: 0, Sex.MALE: 1, Sex.UNKNOWN: 2}[sex]]


def _spoken(female: str, male: str, unknown: str) -> Kin:
    return Kin(Tie.WORDS, (female, male, unknown))


_UNCLE = ("{}aunt", "{}uncle", "{}aunt or uncle")


def _sided(words: tuple[str, str, str], side: str) -> Kin:
    female, male, unknown = (one.format(side) for one in words)
    return _spoken(female, male, unknown)


_GRANDPARENT = ("{}grandmother", "{}grandfather", "{}grandparent")
_COUSIN = ("{}cousin", "{}cousin", "{}cousin")
_NO_BLOOD = Kin(Tie.NONE)

KIN: dict[str, Kin] = {
    "001": _spoken("relative", "relative", "relative"),  # by blood or not
    "002": _spoken("relative", "relative", "relative"),
    "003": Kin(Tie.PARENT),
    "004": Kin(Tie.FATHER),
    "006": Kin(Tie.MOTHER),
    "007": Kin(Tie.SIBLING),
    "008": Kin(Tie.FULL_SIBLING),
    "009": Kin(Tie.TWIN),
    "010": Kin(Tie.MONOZYGOTIC),
    "011": Kin(Tie.DIZYGOTIC),
    "012": _spoken("half-sister", "half-brother", "half-sibling"),
    "013": _sided(_UNCLE, ""),
    "014": _sided(_COUSIN, ""),
    "015": _sided(_COUSIN, "maternal "),
    "016": _sided(_COUSIN, "paternal "),
    "017": _sided(_GRANDPARENT, ""),
    "018": _sided(_GRANDPARENT, "great-"),
    "022": Kin(Tie.ADOPTIVE),
    "027": Kin(Tie.MOTHER),
    "028": Kin(Tie.FATHER),
    "032": Kin(Tie.PARENT, is_turned=True),
    "036": _spoken("granddaughter", "grandson", "grandchild"),
    "038": Kin(Tie.MOTHER),
    "046": _spoken("niece", "nephew", "niece or nephew"),
    "047": _spoken("great-granddaughter", "great-grandson", "great-grandchild"),
    "052": _sided(_GRANDPARENT, "maternal "),
    "053": _sided(_GRANDPARENT, "paternal "),
    "054": Kin(Tie.MATERNAL_HALF),
    "055": Kin(Tie.PATERNAL_HALF),
    "058": _sided(_UNCLE, "maternal "),
    "059": _sided(_UNCLE, "paternal "),
    "060": _sided(_UNCLE, "maternal "),
    "061": _sided(_UNCLE, "paternal "),
    # of earlier drafts
    "033": Kin(Tie.PARENT),
    "034": Kin(Tie.PARENT, is_turned=True),
    "035": _spoken("granddaughter", "grandson", "grandchild"),
    "037": _sided(_GRANDPARENT, ""),
    "040": Kin(Tie.FATHER, is_turned=True),
    "041": Kin(Tie.MOTHER, is_turned=True),
    "042": Kin(Tie.MOTHER, is_turned=True),
    "043": Kin(Tie.MOTHER, is_turned=True),
    "044": Kin(Tie.FATHER, is_turned=True),
    "045": _spoken("great-granddaughter", "great-grandson", "great-grandchild"),
    # social, legal and gestational ties, partners
    **dict.fromkeys(
        (
            *("005", "019", "020", "021", "023", "024", "025", "026", "029", "030", "039", "048", "049"),
            *("050", "051", "056", "057"),
        ),
        _NO_BLOOD,
    ),
}

_LABELS = {
    "biologicalrelative": "002", "biologicalparent": "003", "spermdonor": "004", "surrogateovumdonor": "006",
    "biologicalsibling": "007", "fullsibling": "008", "multiplebirthsibling": "009", "twin": "009",
    "monozygoticmultiplebirthsibling": "010", "monozygotictwin": "010", "polyzygoticmultiplebirthsibling": "011",
    "polyzygotictwin": "011", "dizygoticmultiplebirthsibling": "011", "dizygotictwin": "011", "halfsibling": "012",
    "parentalsibling": "013", "cousin": "014", "maternalcousin": "015", "paternalcousin": "016",
    "grandparent": "017", "greatgrandparent": "018", "adoptiveparent": "022", "biologicalmother": "027",
    "biologicalfather": "028", "biologicalchild": "032", "grandchild": "036", "ovumdonor": "038",
    "greatgrandchild": "047", "maternalgrandparent": "052", "paternalgrandparent": "053",
    "maternalhalfsibling": "054", "paternalhalfsibling": "055", "maternaluncle": "058", "paternaluncle": "059",
    "maternalaunt": "060", "paternalaunt": "061", "relative": "001", "gestationalcarrier": "005",
    "sociallegalrelative": "019", "parentfigure": "020", "fosterparent": "021", "stepparent": "023",
    "siblingfigure": "024", "stepsibling": "025", "partner": "026", "mitochondrialdonor": "029",
    "consanguineouspartner": "030", "separatedpartner": "050", "separatedconsanguineouspartner": "051",
    "brokenpartner": "050", "brokenconsanguineouspartner": "051",
}  # fmt: skip
_HAS = {
    "biologicalchild": "033", "biologicalparent": "034", "grandparent": "035", "grandchild": "037",
    "biologicalfather": "040", "biologicalmother": "041", "ovumdonor": "042", "surrogateovumdonor": "043",
    "spermdonor": "044", "greatgrandparent": "045", "parentalsibling": "046", "gestationalcarrier": "039",
}  # fmt: skip
_CODE = re.compile(r"KIN[:_](\d{3})$", re.IGNORECASE)

#: The labels of the relations that are written.
WRITTEN = {
    "KIN:002": "isBiologicalRelativeOf",
    "KIN:009": "isMultipleBirthSiblingOf",
    "KIN:010": "isMonozygoticMultipleBirthSiblingOf",
    "KIN:011": "isPolyzygoticMultipleBirthSiblingOf",
    "KIN:012": "isHalfSiblingOf",
    "KIN:013": "isParentalSiblingOf",
    "KIN:014": "isCousinOf",
    "KIN:015": "isMaternalCousinOf",
    "KIN:016": "isPaternalCousinOf",
    "KIN:017": "isGrandparentOf",
    "KIN:018": "isGreatGrandparentOf",
    "KIN:022": "isAdoptiveParentOf",
    "KIN:027": "isBiologicalMotherOf",
    "KIN:028": "isBiologicalFatherOf",
    "KIN:036": "isGrandchildOf",
    "KIN:047": "isGreatGrandchildOf",
    "KIN:052": "isMaternalGrandparentOf",
    "KIN:053": "isPaternalGrandparentOf",
}


def kin_of(code: str | None, label: str | None) -> Kin | None:
    """What a relation means, by code and label; ``None`` where it is not understood, or the two do not agree.

    >>> kin_of("KIN:041", "hasBiologicalMother"), kin_of("KIN:039", "isSpermDonorOf"), kin_of(None, "isTwin").tie
    (Kin(tie=<Tie.MOTHER: 'mother'>, words=('', '', ''), is_turned=True), None, <Tie.TWIN: 'twin'>)
    """
    found = _CODE.search((code or "").strip())
    coded = KIN.get(found[1]) if found else None
    words = re.sub(r"[^a-z]", "", (label or "").lower())
    key = words.removeprefix("is").removeprefix("has").removesuffix("of")
    spoken = (_HAS if words.startswith("has") else _LABELS).get(key)
    named = KIN[spoken] if spoken else None
    if coded is not None and named is not None and coded != named:
        return None
    return coded or named

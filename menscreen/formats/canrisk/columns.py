"""The columns of CanRisk and BOADICEA files."""

from __future__ import annotations

#: The sites of which a file tells whether there was a tumor. Of the pancreas it tells cancer only.
ASKED = ("breast", "ovary", "prostate")

STRUCTURE = ("FamID", "Name", "Target", "IndivID", "FathID", "MothID", "Sex", "MZtwin", "Dead", "Age", "Yob")
#: The cancers: column, its other names, the term.
CANCERS = {
    "BC1": (("1brca", "1stbrca"), "breast-cancer"),
    "BC2": (("2brca", "2ndbrca"), "breast-cancer"),
    "OC": (("ovca",), "ovarian-cancer"),
    "PRO": (("proca",), "prostate-tumor"),
    "PAN": (("panca",), "pancreatic-tumor"),
}
GENES_OF = {
    1: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "RAD51D", "RAD51C", "BRIP1"),
    2: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "BARD1", "RAD51D", "RAD51C", "BRIP1"),
    4: ("BRCA1", "BRCA2", "PALB2", "ATM", "CHEK2", "BARD1", "RAD51D", "RAD51C", "BRIP1", "HOXB13"),
}
GENES_OF[3] = GENES_OF[2]
GENES = GENES_OF[4]
#: What programs write for a family without an id.
NO_FAMILY = "XXXX"
PATHOLOGY = "ER:PR:HER2:CK14:CK56"

"""The words of relation: nouns and their spellings, what stands before them, codes, and the offers of messages."""

from __future__ import annotations

_SPELLINGS = {
    "mother": "mother mum mom mam mama mamma mummy mommy mommie ma mater",
    "father": "father dad daddy papa poppa pa pop da",
    "parent": "parent",
    "brother": "brother bro",
    "sister": "sister sis",
    "sibling": "sibling sib",
    "son": "son",
    "daughter": "daughter dau",
    "child": "child kid offspring",
    "grandmother": "grandmother grandma grandmom grandmum granny gran gramma nan nana nanna nanny grandmama",
    "grandfather": "grandfather grandpa grandad granddad grampa gramps granddaddy grandpapa",
    "grandparent": "grandparent",
    "grandson": "grandson",
    "granddaughter": "granddaughter grandaughter",
    "grandchild": "grandchild grandkid",
    "aunt": "aunt auntie aunty",
    "uncle": "uncle",
    "pibling": "pibling",
    "niece": "niece",
    "nephew": "nephew",
    "nibling": "nibling",
    "cousin": "cousin cousn",
    "twin": "twin",
    "husband": "husband hubby",
    "wife": "wife",
    "partner": "partner spouse boyfriend girlfriend fiance fiancee fiancé fiancée husband/wife",
    "relative": "relative relation kin kinsman kinswoman family",
}
NOUNS = {spelling: noun for noun, spellings in _SPELLINGS.items() for spelling in spellings.split()}
PLURALS = {
    "wives": "wife", "children": "child", "grandchildren": "grandchild", "mummies": "mother", "grannies": "grandmother",
    "aunties": "aunt", "offsprings": "child", "families": "relative",
}  # fmt: skip

STEPS: dict[str, tuple[str, ...]] = {
    **{
        noun: (noun,)
        for noun in ("mother", "father", "parent", "brother", "sister", "sibling", "son", "daughter", "child")
    },
    "grandmother": ("parent", "mother"),
    "grandfather": ("parent", "father"),
    "grandparent": ("parent", "parent"),
    "grandson": ("child", "son"),
    "granddaughter": ("child", "daughter"),
    "grandchild": ("child", "child"),
    "aunt": ("parent", "sister"),
    "uncle": ("parent", "brother"),
    "pibling": ("parent", "sibling"),
    "niece": ("sibling", "daughter"),
    "nephew": ("sibling", "son"),
    "nibling": ("sibling", "child"),
    "cousin": ("parent", "sibling", "child"),
}

CODES = {
    "AUNT": "aunt", "UNCLE": "uncle", "NIECE": "niece", "NEPHEW": "nephew", "CHILD": "child", "SIB": "sibling",
    "BRO": "brother", "SIS": "sister", "TWIN": "twin", "WIFE": "wife",
    "FAMMEMB": "family member", "CHLDADOPT": "adopted child", "DAUADOPT": "adopted daughter", "SONADOPT": "adopted son",
    "CHLDFOST": "foster child", "DAUFOST": "foster daughter", "SONFOST": "foster son", "DAUC": "daughter",
    "DAU": "natural daughter", "STPDAU": "stepdaughter", "NCHILD": "natural child", "SON": "son",
    "SONC": "son", "STPSON": "stepson", "STPCHLD": "stepchild", "EXT": "relative", "MAUNT": "maternal aunt",
    "PAUNT": "paternal aunt", "COUSN": "cousin", "MCOUSN": "maternal cousin", "PCOUSN": "paternal cousin",
    "GGRPRN": "great-grandparent", "GGRFTH": "great-grandfather", "MGGRFTH": "maternal great-grandfather",
    "PGGRFTH": "paternal great-grandfather", "GGRMTH": "great-grandmother", "MGGRMTH": "maternal great-grandmother",
    "PGGRMTH": "paternal great-grandmother", "MGGRPRN": "maternal great-grandparent",
    "PGGRPRN": "paternal great-grandparent", "GRNDCHILD": "grandchild", "GRNDDAU": "granddaughter",
    "GRNDSON": "grandson", "GRPRN": "grandparent", "GRFTH": "grandfather", "MGRFTH": "maternal grandfather",
    "PGRFTH": "paternal grandfather", "GRMTH": "grandmother", "MGRMTH": "maternal grandmother",
    "PGRMTH": "paternal grandmother", "MGRPRN": "maternal grandparent", "PGRPRN": "paternal grandparent",
    "INLAW": "in-law", "CHLDINLAW": "child-in-law", "DAUINLAW": "daughter-in-law", "SONINLAW": "son-in-law",
    "PRNINLAW": "parent-in-law", "FTHINLAW": "father-in-law", "MTHINLAW": "mother-in-law",
    "SIBINLAW": "sibling-in-law", "BROINLAW": "brother-in-law", "SISINLAW": "sister-in-law",
    "NIENEPH": "niece or nephew", "MUNCLE": "maternal uncle", "PUNCLE": "paternal uncle", "PRN": "parent",
    "ADOPTP": "adoptive parent", "ADOPTF": "adoptive father", "ADOPTM": "adoptive mother", "FTH": "father",
    "FTHFOST": "foster father", "NFTH": "natural father", "NFTHF": "natural father", "STPFTH": "stepfather",
    "MTH": "mother", "GESTM": "gestational mother", "MTHFOST": "foster mother", "NMTH": "natural mother",
    "NMTHF": "natural mother", "STPMTH": "stepmother", "NPRN": "natural parent", "PRNFOST": "foster parent",
    "STPPRN": "stepparent", "HBRO": "half-brother", "NBRO": "natural brother", "TWINBRO": "twin brother",
    "FTWINBRO": "fraternal twin brother", "ITWINBRO": "identical twin brother", "STPBRO": "stepbrother",
    "HSIB": "half-sibling", "HSIS": "half-sister", "NSIB": "natural sibling", "NSIS": "natural sister",
    "TWINSIS": "twin sister", "FTWINSIS": "fraternal twin sister", "ITWINSIS": "identical twin sister",
    "FTWIN": "fraternal twin", "ITWIN": "identical twin", "STPSIS": "stepsister", "STPSIB": "stepsibling",
    "SIGOTHR": "partner", "DOMPART": "partner", "FMRSPS": "former spouse", "SPS": "spouse", "HUSB": "husband",
}  # fmt: skip

SELF = {"self", "oneself", "myself", "me", "i", "proband", "patient", "index", "index case", "index patient",
         "consultand", "propositus", "proposita", "onself"}  # fmt: skip

#: Words that say nothing of the relation.
IDLE = {
    "my", "the", "a", "an", "his", "her", "their", "our", "your", "own", "older", "younger", "elder", "eldest",
    "oldest", "youngest", "big", "little", "baby", "late", "deceased", "dear", "only", "another", "living", "dead",
}  # fmt: skip
_BIRTH = ("natural", "biological", "bio", "birth", "blood", "genetic", "full", "true", "real")
MANNERS = {
    **dict.fromkeys(("maternal", "mat"), "maternal"),
    **dict.fromkeys(("paternal", "pat"), "paternal"),
    **dict.fromkeys(("step", "stp"), "step"),
    **dict.fromkeys(("adoptive", "adopted", "adopting", "adoption"), "adoptive"),
    **dict.fromkeys(("foster", "fostered"), "foster"),
    **dict.fromkeys(("gestational", "surrogate"), "gestational"),
    **dict.fromkeys(("half",), "half"),
    **dict.fromkeys(("identical", "monozygotic", "monozygous", "mz"), "identical"),
    **dict.fromkeys(("fraternal", "nonidentical", "dizygotic", "dizygous", "dz"), "fraternal"),
    **dict.fromkeys(("former", "ex", "previous", "current", "domestic", "life", "late", "divorced"), "idle"),
    **dict.fromkeys(_BIRTH, "birth"),
    **dict.fromkeys(("great", "gt"), "great"),
    "grand": "grand",
    "twin": "twin",
}
COUNTS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "once": 1,
           "twice": 2, "thrice": 3, "one": 1, "two": 2, "three": 3, "1x": 1, "2x": 2, "3x": 3}  # fmt: skip

PAIRS = {
    frozenset(("aunt", "uncle")): "pibling",
    frozenset(("niece", "nephew")): "nibling",
    frozenset(("brother", "sister")): "sibling",
    frozenset(("mother", "father")): "parent",
    frozenset(("son", "daughter")): "child",
    frozenset(("husband", "wife")): "partner",
    frozenset(("grandmother", "grandfather")): "grandparent",
    frozenset(("grandson", "granddaughter")): "grandchild",
}
WHOLE = {
    "significant other": "partner",
    "family member": "relative",
    "extended family": "relative",
    "extended family member": "relative",
    "blood relation": "relative",
    "distant relative": "relative",
    "someone in family": "relative",
    "co parent": "partner",
}


OFFERS = (
    "mother", "father", "brother", "sister", "son", "daughter", "maternal half-brother", "paternal half-brother",
    "maternal half-sister", "paternal half-sister", "half-brother", "half-sister", "twin brother", "twin sister",
    "identical twin brother", "identical twin sister", "fraternal twin brother", "fraternal twin sister",
    "maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather", "grandmother",
    "grandfather", "maternal aunt", "maternal uncle", "paternal aunt", "paternal uncle", "aunt", "uncle", "niece",
    "nephew", "sister's son", "sister's daughter", "brother's son", "brother's daughter", "grandson", "granddaughter",
    "maternal cousin", "paternal cousin", "cousin", "maternal great-aunt", "maternal great-uncle",
    "paternal great-aunt", "paternal great-uncle", "great-grandmother", "great-grandfather", "great-niece",
    "great-nephew", "first cousin once removed", "second cousin", "mother's half-sister", "mother's half-brother",
    "father's half-sister", "father's half-brother", "husband", "wife", "partner", "stepmother", "stepfather",
    "stepbrother", "stepsister", "adoptive mother", "adoptive father", "adopted son", "adopted daughter",
    "foster mother", "foster father", "mother-in-law", "father-in-law", "brother-in-law", "sister-in-law", "relative",
)  # fmt: skip

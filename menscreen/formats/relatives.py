"""Codes of relatives in SNOMED CT, which some systems send in place of the HL7 codes."""

from __future__ import annotations

#: In words that `menscreen.pedigree.relations.parse` reads.
SNOMED_RELATIVES = {
    "72705000": "mother", "65656005": "natural mother", "66839005": "father", "9947008": "natural father",
    "27733009": "sister", "73678001": "natural sister", "70924004": "brother", "60614009": "natural brother",
    "2272004": "half-sister", "45929001": "half-brother", "11286003": "twin sibling", "67822003": "child",
    "65616008": "son", "113160008": "natural son", "66089001": "daughter", "83420006": "natural daughter",
    "25211005": "aunt", "442031000124102": "maternal aunt", "442041000124107": "paternal aunt",
    "38048003": "uncle", "442051000124109": "maternal uncle", "355398002": "paternal uncle",
    "113157001": "grandmother", "17945006": "natural grandmother", "394859001": "maternal grandmother",
    "394858009": "paternal grandmother", "34871008": "grandfather", "62296006": "natural grandfather",
    "394857004": "maternal grandfather", "394856008": "paternal grandfather", "55538000": "cousin",
    "34581001": "niece", "83559000": "nephew", "303071001": "relative",
}  # fmt: skip

"""The tables of the page on the vocabulary: its codes, and words that mean different things.

``python tests/codes_page.py`` writes them anew.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

from menscreen.vocabulary import vocabulary

PAGE = Path(__file__).parents[1] / "docs" / "vocabulary.md"
CODES = Path(__file__).parents[1] / "menscreen" / "vocabulary" / "codes.tsv"
TERMS = CODES.with_name("terms.toml")
SEEN = ("label", "mapped", "page", "recalled")
EDITIONS = {
    "HPO": "hp.obo of 2025-01-16",
    "MONDO": "Mondo of 2026-08-04",
    "OMIM": "titles in Mondo of 2026-08-04",
    "ORPHA": "names in Mondo of 2026-08-04",
    "NCIt": "names in Mondo of 2026-08-04",
    "SNOMED CT": "names in value sets of US quality measures (2021 to 2025), HL7 and DICOM; mapped: Mondo, HPO",
    "ICD-10": "WHO, 2019",
    "ICD-10-CM": "April 2026",
    "ICD-11": "MMS, and names in Mondo of 2026-08-04",
    "ICD-O-3": "3.1, and its changes to 3.2",
    "SKS": "Danish Endocrine Society, national treatment guide",
}


def rows() -> list[dict[str, str]]:
    """The rows of the table of codes."""
    with CODES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def table() -> str:
    """The table: a row for each system."""
    counts = Counter((row["system"], row["seen"]) for row in rows())
    systems = {row["system"] for row in rows()}
    lines = ["| system | codes | label seen | mapped | page | recalled | edition |", "|---|---|---|---|---|---|---|"]
    for system in [*(one for one in EDITIONS if one in systems), *sorted(systems - set(EDITIONS))]:
        each = [counts[system, seen] for seen in SEEN]
        cells = [system, str(sum(each)), *(str(count or "") for count in each), EDITIONS.get(system, "")]
        lines.append("| " + " | ".join(cells) + " |")
    each = [sum(counts[system, seen] for system in systems) for seen in SEEN]
    lines.append("| " + " | ".join(["all", *map(str, [sum(each), *each]), ""]) + " |")
    return "\n".join(lines) + "\n"


def meanings() -> str:
    """The table of the words that mean different things."""
    lines = ["| words | may mean | seen |", "|---|---|---|"]
    for words, entry in tomllib.loads(TERMS.read_text(encoding="utf-8"))["ambiguous"].items():
        names = "; ".join(vocabulary().terms[id].name for id in entry["means"])
        lines.append(f"| {words} | {names} | [source]({entry['source']}) |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The text of the page with the tables as they should be."""
    made = {"codes": table(), "meanings": meanings()}
    return re.sub(
        r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}\n{made[match[2]]}\n{match[3]}",
        PAGE.read_text(encoding="utf-8"),
        flags=re.S,
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

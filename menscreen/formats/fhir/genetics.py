"""Observations of genetic tests: gene, result, variant, where it was looked for."""

from __future__ import annotations

import re

from menscreen.formats.fhir.conditions import not_understood, presence
from menscreen.formats.fhir.elements import OWN, Concept, Json, concept, extensions, objects, value_of
from menscreen.formats.gathering import Gathering
from menscreen.formats.values import known_text
from menscreen.pedigree.person import GeneticTest, Origin, Result, Scope, Status
from menscreen.problems import within
from menscreen.vocabulary import gene

#: LOINC codes of observations and their components.
GENE, SIGNIFICANCE, SOURCE, ASSESSMENT = "48018-6", "53037-8", "48002-0", "69548-6"
VARIANTS = ("48004-6", "48005-3", "81290-9", "51958-7", "81252-9", "48006-1")
RESULTS = {
    "LA6668-3": Result.PATHOGENIC,
    "LA26332-9": Result.LIKELY_PATHOGENIC,
    "LA26333-7": Result.UNCERTAIN,
    "LA26334-5": Result.LIKELY_BENIGN,
    "LA6675-8": Result.BENIGN,
}
#: Other names of results; the first that a text speaks of counts.
_SPOKEN = (
    (r"likely\s+pathogenic", Result.LIKELY_PATHOGENIC),
    (r"likely\s+benign", Result.LIKELY_BENIGN),
    (r"uncertain|unknown significance|\bvus\b", Result.UNCERTAIN),
    (r"no\s+(?:\w+\s+){0,3}(?:pathogenic|mutation|variant)|not\s+detected|\bnegative\b|\babsent\b", Result.NEGATIVE),
    (r"\bbenign\b", Result.BENIGN),
    (r"pathogenic|\bpositive\b|mutation (?:detected|found)", Result.PATHOGENIC),
)
_GENETIC = {GENE, ASSESSMENT, "81247-9", "51968-6", "21636-6", "21637-4", "81304-8", "55232-3", *VARIANTS}
_WORD = re.compile(r"[A-Z][A-Z0-9]{2,9}")


def is_genetic(body: Json) -> bool:
    """Whether an Observation is about a gene: by its code in LOINC, its words, or its extensions."""
    said = concept(body.get("code"))
    if any(code in _GENETIC for _, code in said.codes):
        return True
    if any(key in ("observation-geneticsGene", "observation-geneticsVariant") for key, _ in extensions(body)):
        return True
    return _gene_in(said.words) is not None


def test_of(body: Json, at: str, gathering: Gathering) -> GeneticTest | None:
    """The test that an Observation reports; ``None`` if it has no gene or no result."""
    if body.get("modifierExtension"):
        not_understood(within(at, "modifierExtension"), gathering)
        return None
    parts = {code: part for part in objects(body.get("component")) for _, code in concept(part.get("code")).codes}
    own = dict(extensions(body))
    named = _words(parts.get(GENE)) or _gene_of_extension(own) or _gene_in(concept(body.get("code")).words)
    if named is None and any(code == GENE for _, code in concept(body.get("code")).codes):
        named = _words(body)
    if named is None:
        gathering.complain(
            "T001", at, "a test without a gene", "a gene such as RET or MEN1", "say which gene was tested", warning=True
        )
        return None
    variant = next((words for code in VARIANTS if (words := _words(parts.get(code)))), None)
    source = value_of(parts[SOURCE]) if SOURCE in parts else None
    scope = value_of(own[f"{OWN}scope"]) if f"{OWN}scope" in own else None
    return gathering.test(
        named,
        _result(body, parts.get(SIGNIFICANCE)),
        at,
        variant=variant,
        scope=Scope(scope) if scope in list(Scope) else None,
        origin=_origin(concept(source)),
    )


def _result(body: Json, significance: Json | None) -> Result | None:
    value = concept(value_of(body))
    if presence(value_of(body)) is Status.ABSENT:
        return Result.NEGATIVE
    said = concept(value_of(significance)) if significance is not None else None
    interpretations = [concept(one) for one in objects(body.get("interpretation"))]
    for one in filter(None, (said, *interpretations, value)):
        for _, code in one.codes:
            if code in RESULTS:
                return RESULTS[code]
        for word in one.words:
            if (found := spoken_result(word)) is not None:
                return found
    return None


def spoken_result(words: str) -> Result | None:
    """The result that words of a report say.

    >>> spoken_result("Likely pathogenic"), spoken_result("No pathogenic variant found"), spoken_result("see report")
    (<Result.LIKELY_PATHOGENIC: 'likely-pathogenic'>, <Result.NEGATIVE: 'negative'>, None)
    """
    text = words.lower()
    return next((result for pattern, result in _SPOKEN if re.search(pattern, text)), None)


def _origin(source: Concept) -> Origin:
    said = {code for _, code in source.codes} | {word.lower() for word in source.words}
    return Origin.SOMATIC if said & {"LA6684-0", "somatic", "tumor", "tumour"} else Origin.GERMLINE


def _words(part: Json | None) -> str | None:
    if part is None:
        return None
    said = concept(value_of(part))
    return next(iter(said.words), None) or next((code for _, code in said.codes), None)


def _gene_of_extension(own: dict[str, Json]) -> str | None:
    given = own.get("observation-geneticsGene")
    return None if given is None else known_text(_words(given))


def _gene_in(words: tuple[str, ...]) -> str | None:
    """The gene that words name; a disease that bears the name of a gene is none."""
    for text in words:
        for word in _WORD.findall(text):
            if re.search(r"gene|variant|mutation|sequenc|germline|DNA", text, re.IGNORECASE) and gene(word):
                return str(word)
    return None

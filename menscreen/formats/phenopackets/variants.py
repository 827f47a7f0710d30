"""Interpretations of a phenopacket, as genetic tests.

A class of pathogenicity is given for a disease. Where that disease has nothing to do with tumors, the variant is
reported and no test: pathogenic for a malformation says nothing about tumors.
"""

from __future__ import annotations

import re

from menscreen.formats.gathering import Gathering
from menscreen.formats.parts import Part
from menscreen.formats.phenopackets.conditions import Conditions
from menscreen.formats.phenopackets.curies import code_of
from menscreen.pedigree.person import GeneticTest, Origin, Result
from menscreen.vocabulary import gene, vocabulary

CLASSES = {
    "PATHOGENIC": Result.PATHOGENIC,
    "LIKELY_PATHOGENIC": Result.LIKELY_PATHOGENIC,
    "UNCERTAIN_SIGNIFICANCE": Result.UNCERTAIN,
    "LIKELY_BENIGN": Result.LIKELY_BENIGN,
    "BENIGN": Result.BENIGN,
}
#: The classes in the order of the schema, which a file may give by number.
_NUMBERED = (None, "BENIGN", "LIKELY_BENIGN", "UNCERTAIN_SIGNIFICANCE", "LIKELY_PATHOGENIC", "PATHOGENIC")
_OF_TUMORS = re.compile(r"neopla|tumou?r|cancer|carcino|paragangli|ph(?:a?e)ochromo|adenoma|polyposis|endocrin", re.I)
_SOLVED = frozenset({"SOLVED", "COMPLETED", "2", "3"})
_CAUSAL = frozenset({"CAUSATIVE", "CONTRIBUTORY", "3", "4"})
#: What marks a sample as one of a tumor.
_OF_A_TUMOR = ("tumorProgression", "tumorGrade", "histologicalDiagnosis", "pathologicalStage")


def tests_of(
    interpretations: list[Part], samples: list[Part], conditions: Conditions, gathering: Gathering
) -> list[GeneticTest]:
    """The tests of a person. A solved case without a variant that counts is a diagnosis, added to `conditions`."""
    somatic = {sample.text("id") for sample in samples if any(key in sample for key in _OF_A_TUMOR)}
    tests: list[GeneticTest] = []
    for interpretation in interpretations:
        diagnosis = interpretation.part("diagnosis")
        if diagnosis is None:
            continue
        disease = diagnosis.part("disease")
        made = [
            test
            for one in diagnosis.parts("genomicInterpretations")
            if (test := _test(one, disease, somatic, gathering)) is not None
        ]
        tests += made
        causes = [one.text("interpretationStatus") for one in diagnosis.parts("genomicInterpretations")]
        is_solved = interpretation.text("progressStatus") in _SOLVED and (not causes or _CAUSAL & set(causes))
        if disease is not None and is_solved and not made and _is_of_tumors(disease):
            conditions.diagnosis(disease)
    return tests


def _test(part: Part, disease: Part | None, somatic: set[str | None], gathering: Gathering) -> GeneticTest | None:
    call = part.part("variantInterpretation")
    descriptor = call.part("variationDescriptor") if call else None
    context = part.part("gene") if call is None else descriptor.part("geneContext") if descriptor else None
    written = (context.text("symbol") or context.text("valueId")) if context else None
    if written is None:
        if call is not None:
            gathering.complain(
                "T001", part.at, "a variant without a gene", "a gene", "say in which gene it is", warning=True
            )
        return None
    symbol = gene(written) or gene((context.text("valueId") if context else None) or "")
    result = CLASSES.get(_class_of(call)) if call else None
    if disease is not None and not _is_of_tumors(disease) and result not in (Result.BENIGN, Result.LIKELY_BENIGN):
        if symbol is None:
            return None
        gathering.complain(
            "T006",
            part.at,
            "a variant classed for a disease that has nothing to do with tumors",
            "its class for a disease with endocrine tumors",
            "record it for that disease if it is known to cause tumors; it was not read as a test",
            warning=True,
        )
        return None
    origin = Origin.SOMATIC if part.text("subjectOrBiosampleId") in somatic else Origin.GERMLINE
    variant = _variant(descriptor) if descriptor else None
    return gathering.test(symbol or written, result, part.at, variant=variant, origin=origin)


def _class_of(call: Part) -> str:
    word = (call.text("acmgPathogenicityClassification") or "").upper()
    if len(word) == 1 and word.isdecimal() and int(word) < len(_NUMBERED):
        return _NUMBERED[int(word)] or ""
    return word


def _variant(descriptor: Part) -> str | None:
    """The change of the coding sequence and of the protein, else the label."""
    changes: dict[str, str] = {}
    for expression in descriptor.parts("expressions"):
        syntax, value = expression.text("syntax") or "", expression.text("value")
        if value and syntax.startswith("hgvs"):
            change = value.rpartition(":")[2]
            changes.setdefault(change[:2], change)
    written = [changes[kind] for kind in ("c.", "p.") if kind in changes]
    return " ".join(written) or descriptor.text("label")


def _is_of_tumors(disease: Part) -> bool:
    """Whether a disease is in the vocabulary, or speaks of tumors."""
    label, code = disease.text("label") or "", code_of(disease.text("id"))
    if _OF_TUMORS.search(label) or not (label or code):
        return True
    known = vocabulary()
    return known.lookup(label) is not None or (code is not None and known.by_code(*code) is not None)

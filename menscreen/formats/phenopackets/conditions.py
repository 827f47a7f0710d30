"""What a phenopacket records of a person as present or excluded: features, diseases, operations, tissue of a tumor."""

from __future__ import annotations

import re
from typing import Any

import attrs

from menscreen.formats.gathering import Gathering, is_of_family, of_family
from menscreen.formats.naming import Name, name_of
from menscreen.formats.parts import Part
from menscreen.formats.phenopackets.curies import code_of
from menscreen.formats.phenopackets.times import Times
from menscreen.formats.values import known_text
from menscreen.pedigree.person import Finding, Person, Status
from menscreen.vocabulary import findings_said, leaves_open, vocabulary
from menscreen.vocabulary.denying import denied

#: Identifiers that say no more than that there is something; the label beside them counts.
GENERAL = frozenset({"HP:0000001", "HP:0000118", "HP:0002664", "MONDO:0000001"})

#: What modifiers and laterality say, by identifier and by label.
_MODIFIERS: dict[str, dict[str, bool]] = {
    "HP:0012832": {"bilateral": True, "multiple": True},
    "HP:0012833": {"bilateral": False},
    "HP:0030651": {"multiple": True},
    "HP:0031796": {"recurrent": True},
    "NCIT:C3261": {"metastatic": True},
    "NCIT:C48700": {"metastatic": True},
}
_WORDS = {
    "bilateral": "HP:0012832",
    "unilateral": "HP:0012833",
    "multifocal": "HP:0030651",
    "recurrent": "HP:0031796",
    "metastatic": "NCIT:C3261",
    "metastatic neoplasm": "NCIT:C3261",
}
_DISTANT = re.compile(r"\b[cpy]*M1[a-z]?\b")
_Code = tuple[str, str]
_SHAPE = ("description", "severity", "evidence", "resolution", "modifiers")


class Conditions:
    """Reads the conditions of one person. Terms outside of the vocabulary are counted, not reported one by one."""

    def __init__(self, times: Times, gathering: Gathering) -> None:
        self.findings: list[Finding] = []
        self.relatives: list[Person] = []
        self._times = times
        self._gathering = gathering
        self._unknown: list[str] = []

    def features(self, parts: list[Part]) -> None:
        """Phenotypic features."""
        for part in parts:
            self._add(part, part.part("type"), _facts(part.parts("modifiers")))
            part.leave(_SHAPE)

    def diseases(self, parts: list[Part]) -> None:
        """Diseases, with site, side and stage."""
        for part in parts:
            side, tnm = part.part("laterality"), part.parts("clinicalTnmFinding")
            facts = _facts([*([side] if side else []), *tnm])
            stages = [label for one in part.parts("diseaseStage") if (label := one.text("label"))]
            site = part.part("primarySite")
            self._add(
                part,
                part.part("term"),
                {**facts, **({"stage": ", ".join(stages)} if stages else {})},
                site.text("label") if site else None,
            )
            part.leave(_SHAPE)

    def diagnosis(self, term: Part) -> None:
        """A disease that an interpretation names, unless it is recorded already."""
        label, code = term.text("label"), code_of(term.text("id"))
        name = self._named(term.at, label, code, None, absent=False)
        if name.term is not None and all(name.term != one.term for one in self.findings):
            self.findings.append(Finding(name.term, at=term.at))

    def tissue(self, samples: list[Part]) -> None:
        """What a sample turned out to be, where the vocabulary knows it and nothing else says it."""
        known = vocabulary()
        for sample in samples:
            diagnosis, tissue = sample.part("histologicalDiagnosis"), sample.part("sampledTissue")
            if diagnosis is None:
                continue
            label, code = diagnosis.text("label"), code_of(diagnosis.text("id"))
            term = (known.lookup(label) if label else None) or (known.by_code(*code) if code else None)
            place = (tissue.text("label") if tissue else None) or ""
            if term is not None:
                term = (known.finding_at_site(term.id, place) if known.site(place) else None) or term
                progress = sample.part("tumorProgression")
                if not any(one.term is not None and term.id in known.above(one.term) for one in self.findings):
                    facts = _facts([progress] if progress else [])
                    self.findings.append(attrs.evolve(Finding(term.id, at=diagnosis.at), **facts))

    def operations(self, actions: list[Part]) -> None:
        """Operations on an endocrine organ without a recorded tumor: what they were for is not known."""
        known = vocabulary()
        for action in actions:
            procedure = action.part("procedure")
            code = procedure.part("code") if procedure else None
            label = code.text("label") if code else None
            organ = known.tumor_spoken_of(label) if label else None
            if procedure is None or code is None or organ is None or action.part("treatmentTarget"):
                continue
            if not any(one.term is not None and organ.site == known.terms[one.term].site for one in self.findings):
                self._add(procedure, code, {}, when="performed")

    def report_unknown(self, at: str) -> None:
        """Say how many findings are outside of the vocabulary."""
        count = len(self._unknown)
        if count:
            self._gathering.complain(
                "F012",
                self._unknown[0] if count == 1 else at,
                f"{count} finding{'' if count == 1 else 's'} outside of the vocabulary",
                "findings that have to do with endocrine tumors",
                "they are kept and change no answer; write a finding of this kind in words if one is meant",
                warning=True,
            )

    def _add(
        self, part: Part, term: Part | None, facts: dict[str, Any], site: str | None = None, *, when: str = "onset"
    ) -> None:
        id = term.text("id") if term else None
        code = code_of(id)
        label = (term.text("label") if term else None) or part.text("description") or (None if code else id)
        label = known_text(label)
        excluded = part.flag("excluded")
        like = Finding(None, self._times.age(part, when), Status.ABSENT if excluded else Status.PRESENT, at=part.at)
        like = attrs.evolve(like, **facts)
        codes = (code,) if code else ()
        if is_of_family(codes, label) and not excluded:
            name = self._named(part.at, of_family(label) or label, None, site, absent=False)
            id = f"relative{part.at.replace('/', '-')}"
            found = self._gathering.findings(name, Finding(None, at=part.at))
            self.relatives.append(self._gathering.relative_with(id, "", found, part.at))
            return
        name = self._named(part.at, label, code, site, absent=excluded)
        self.findings += self._gathering.findings(name, like)

    def _named(
        self, at: str, label: str | None, code: tuple[str, str] | None, site: str | None, *, absent: bool
    ) -> Name:
        """Name a finding by its code and its label, whose conflict is reported."""
        known = vocabulary()
        if code is not None and code[1] in GENERAL and label:
            code = None
        coded = known.by_code(*code) if code else None
        said = findings_said(label) if label else ()
        spoken = said[0].term if said else None
        if coded is not None and spoken is None and label and denied(label) is None and not leaves_open(label):
            spoken = None if absent else known.tumor_spoken_of(label)
            label = spoken.name if spoken is not None else None
        if coded is None and spoken is not None:
            code = None
        if site is not None and known.site(site) is None:
            site = None
        name = name_of(label, site, None, (code,) if code else (), absent)
        is_unknown = name.term is None and not self._gathering.strict
        if is_unknown:
            self._unknown.append(at)
        for complaint in name.complaints:
            if not (is_unknown and complaint.code in ("F012", "F015")):
                offering = self._gathering.offering
                self._gathering.problems.append(complaint.at(at, strict=self._gathering.strict, offering=offering))
        return name


def _facts(modifiers: list[Part]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for one in modifiers:
        id, label = one.text("id") or "", one.text("label") or ""
        said = _MODIFIERS.get(id) or _MODIFIERS.get(_WORDS.get(label.lower(), ""), {})
        facts.update(said or ({"metastatic": True} if _DISTANT.search(label) else {}))
    return facts

"""A screening made by hand, with something under every heading, for the tests of the reports."""

from __future__ import annotations

from menscreen.pedigree.person import Age
from menscreen.problems import Problem, Severity
from menscreen.screening.verdict import (
    Accounted,
    Answer,
    Citation,
    Evidence,
    Flag,
    GuidelineOutcome,
    Limit,
    Notice,
    Outcome,
    PedigreeUsed,
    Question,
    Role,
    RulebookUsed,
    Screening,
    Through,
    Urgency,
    Verdict,
)

CITATION = Citation(
    guideline="eviq-1428",
    title="MEN1 and CDKN1B: genetic testing",
    year=2024,
    locator="bullet 2",
    url="https://www.eviq.org.au/cancer-genetics/1428",
    provenance="verbatim",
)
OTHER = Citation("gr-vhl", "Von Hippel-Lindau disease", None, "table 1", "https://example.org/vhl", "secondary")


def flag(
    person: str = "p2",
    relation: str = "mother",
    rule: str = "eviq-1428/parathyroid-under-40",
    syndromes: tuple[str, ...] = ("MEN1",),
    strength: Outcome = Outcome.WARRANTED,
    statement: str = "Parathyroid adenoma or hyperplasia before 40",
    age: Age | None = Age(31, 31),  # noqa: B008
    finding: str = "primary-hyperparathyroidism",
    done: bool = False,
    citation: Citation = CITATION,
) -> Flag:
    return Flag(
        person=person,
        relation=relation,
        rule=rule,
        syndromes=syndromes,
        strength=strength,
        statement=statement,
        because=f"{person}: primary hyperparathyroidism at 31",
        evidence=(Evidence(person, relation, finding, age, "people[1].findings[0]"),),
        genes=("MEN1",),
        done=done,
        actions=("Offer testing of MEN1 to the affected person first",),
        citation=citation,
    )


def question(person: str = "p3") -> Question:
    return Question(
        person=person,
        relation="father",
        at="people[2].findings[0]",
        kind="histology",
        ask="What kind of thyroid cancer was it?",
        answers=(
            Answer("medullary", Outcome.WARRANTED),
            Answer("papillary", Outcome.CLARIFY),
            Answer("follicular", Outcome.CLARIFY),
        ),
        decides=("eta-2012/mtc",),
        could_become=Outcome.WARRANTED,
        could_add=("MEN2A", "MEN2B"),
    )


def verdict(
    person: str = "p1",
    outcome: Outcome = Outcome.CONSIDER,
    could_become: Outcome = Outcome.WARRANTED,
    also_outcome: Outcome = Outcome.CONSIDER,
    urgency: Urgency | None = Urgency.SOON,
    flags: tuple[Flag, ...] | None = None,
    also: tuple[Flag, ...] | None = None,
    through: Through | None = Through("p2", "mother"),  # noqa: B008
) -> Verdict:
    vhl = flag("p4", "maternal aunt", "gr-vhl/hemangioblastoma", ("VHL",), Outcome.CONSIDER, citation=OTHER)
    return Verdict(
        person=person,
        outcome=outcome,
        could_become=could_become,
        through=through,
        test_first="p2",
        syndromes=("MEN1",),
        urgency=urgency,
        notices=(Notice("Exclude pheochromocytoma before any operation", CITATION),),
        also_outcome=also_outcome,
        also=(vhl,) if also is None else also,
        flags=(flag(),) if flags is None else flags,
        questions=(question(),),
        limits=(Limit("p5", "paternal grandmother", "nothing is known of this person's history"),),
        guidelines=(GuidelineOutcome("eviq-1428", outcome), GuidelineOutcome("genotes-men1", Outcome.CLARIFY)),
        test_first_because="affected and living",
        accounted=(
            Accounted("p2", "mother", "people[1].findings[0]", "primary-hyperparathyroidism", Role.COUNTED, "met"),
            Accounted("p4", "maternal aunt", "people[3].findings[0]", "goiter", Role.SET_ASIDE, "benign disease"),
        ),
    )


def screening(*verdicts: Verdict, id: str | None = "family-0042") -> Screening:
    return Screening(
        menscreen="0.1.0",
        rulebooks=(
            RulebookUsed("eviq-1428", "page read 2026", "sha256:1"),
            RulebookUsed("genotes-men1", "2025", "sha256:2"),
        ),
        pedigree=PedigreeUsed(id, "menscreen", "sha256:3"),
        results=verdicts or (verdict(),),
        problems=(
            Problem(
                code="T003",
                severity=Severity.WARNING,
                where="people[2].tests[0].result",
                found="the word 'positive'",
                needed="a result in the words of ACMG/AMP 2015",
                fix="write pathogenic or likely-pathogenic",
            ),
        ),
    )

"""Screen a family: what all statements add up to becomes one `Verdict` for each person asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import kin, unplaced
from menscreen.problems import Problem, Severity, UsageError, of_length
from menscreen.rules.families import prepare
from menscreen.rules.rulebook import Rulebook
from menscreen.screening.explaining import LateVerdict
from menscreen.screening.program import Program, Run, program_of
from menscreen.screening.verdict import Cascade, PedigreeUsed, Screening
from menscreen.screening.vicinity import MOST_PEOPLE, vicinity
from menscreen.screening.wording import Wording

VERSION = "0.1.0"


def screen(
    family: Pedigree,
    *,
    person: str | None = None,
    everyone: bool = False,
    profile: str | None = None,
    rulebooks: Iterable[Rulebook | str | Path] | None = None,
    drafts: bool = False,
) -> Screening:
    """Screen the proband of a family, another person of it, or everyone.

    Args:
        family: from `menscreen.read`; open facts in it lead to *undecided* statements and to questions.
        person: id of the person the answer is about.
        everyone: one verdict for the proband and for each living blood relative, in the order of the source.
        profile: name of the set of rulebooks to run (docs/rulebooks.md lists them); by default ``default``.
        rulebooks: those to run instead of a profile: loaded ones, ids, or paths that end in ``.toml``.
        drafts: run rulebooks whose wording nobody has seen too; their statements say so.

    Raises:
        RulebookError: when there is no such profile or rulebook, or a file is wrong.
        UsageError: when there is no such person, `person` and `everyone` are given together, or a profile and
            rulebooks, or a draft is named without `drafts`.
    """
    program = program_of(rulebooks, profile=profile, drafts=drafts)
    return screened(family, program, person=person, everyone=everyone)


def screened(family: Pedigree, program: Program, *, person: str | None = None, everyone: bool = False) -> Screening:
    """Screen with rulebooks that were made ready before."""
    asked = people_asked(family, person, everyone=everyone)
    if len(family.people) > MOST_PEOPLE:
        return _screened_nearby(family, program, [family.people[at].id for at in asked])
    run = program.run(prepare(family, asked))
    return Screening(
        menscreen=VERSION,
        rulebooks=program.used,
        pedigree=PedigreeUsed(family.id, family.format, family.digest),
        results=tuple([LateVerdict(run, position) for position in asked]),
        problems=family.problems + contradictions(run),
        cascade=_cascade(run) if run.family.genes else (),
        family=family,
    )


def _screened_nearby(family: Pedigree, program: Program, ids: Sequence[str]) -> Screening:
    """Screen each person of a very large pedigree among the people nearest to them, and say so."""
    each = []
    for id in ids:
        near = vicinity(family, family.position[id])
        each.append(screened(near, program, person=id))
    found = f"{len(family.people)} people"
    needed = f"at most {MOST_PEOPLE} people, to be looked at whole"
    fix = "nothing need be done: the nearest were looked at, which all statements ask for"
    large = Problem("P020", Severity.WARNING, "people", found, needed, fix)
    results = tuple(verdict for one in each for verdict in one.results)
    problems = dict.fromkeys((large, *family.problems, *(problem for one in each for problem in one.problems)))
    return attrs.evolve(
        each[0],
        pedigree=PedigreeUsed(family.id, family.format, family.digest),
        results=results,
        problems=tuple(problems),
        family=family,
    )


def _cascade(run: Run) -> tuple[Cascade, ...]:
    from menscreen.screening.cascade import cascade

    family = run.family.pedigree
    proband = family.position.get(family.proband, 0)
    return cascade(run, Wording(run.family, proband))


def people_asked(family: Pedigree, person: str | None, *, everyone: bool) -> Sequence[int]:
    """The positions of the people asked about; `UsageError` when there is no such person."""
    if everyone:
        if person is not None:
            raise UsageError.of("U002", "a person together with everyone", "one of the two", "leave one out", "person")
        proband = family.position[family.proband]
        blood = kin(family, proband).keys() | unplaced(family, proband).keys()
        living = [at for at, one in enumerate(family.people) if at in blood and not (one.deceased or one.placeholder)]
        return [proband, *living]
    wanted = family.proband if person is None else person
    if wanted not in family.position:
        found, needed = of_length("an id", wanted), "the id of a person in the pedigree"
        fix = "use one of people[].id (self, r1, r2 ... in the short form)"
        raise UsageError.of("U001", found, needed, fix, "person")
    return [family.position[wanted]]


def contradictions(run: Run) -> tuple[Problem, ...]:
    """Warn of records of one tumor that contradict each other, and were therefore read as not known."""
    found: list[Problem] = []
    seen: set[str] = set()
    for body in run.family.bodies:
        for fact in body.facts:
            where = fact.findings[0].at
            if not fact.contradicted or where in seen:
                continue
            seen.add(where)
            if "status" in fact.contradicted:
                code, what, needed = "F016", "present and absent of one finding; read as not known", "one of the two"
            else:
                names = ", ".join(name for name in fact.contradicted)
                code, what = "F017", f"records of one tumor that disagree ({names}); read as not known"
                needed = "records that agree"
            found.append(Problem(code, Severity.WARNING, where, what, needed, "correct the wrong one"))
    return tuple(found)

"""What would have met a rule: the nearest recorded fact, had it been another.

What is not recorded is a question (`menscreen.screening.questions`); what would undo an outcome stands with its
evidence (`menscreen.screening.evidence.undoing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import changed_finding, changed_person, with_person
from menscreen.pedigree.person import Age, Finding
from menscreen.rules.answers import fact_answers
from menscreen.rules.criteria import Criterion, Has, Meets, Tumors
from menscreen.rules.evaluation import Evaluation, Plan
from menscreen.rules.facts import Fact
from menscreen.rules.families import prepare
from menscreen.rules.rulebook import Rulebook, parts
from menscreen.screening.counting import Counting
from menscreen.screening.levels import Level
from menscreen.screening.program import Program, Run, program_of
from menscreen.screening.screen import people_asked
from menscreen.screening.tally import tally_of
from menscreen.screening.wording import Wording, name_of
from menscreen.vocabulary import vocabulary

#: A change of another kind than age is as far as this many years.
OTHER_CHANGE = 1_000


@attrs.frozen
class Counterfactual:
    """The nearest recorded fact that would meet a rule which is not met, and how it would have to be.

    `distance` orders them: years of age, more for a number, a side, a size or an event.
    """

    rule: str
    person: str
    relation: str
    at: str
    fact: str
    recorded: str
    needed: str
    distance: int
    sentence: str


def explain(
    family: Pedigree,
    *,
    person: str | None = None,
    profile: str | None = None,
    rulebooks: Iterable[Rulebook | str | Path] | None = None,
    drafts: bool = False,
) -> tuple[Counterfactual, ...]:
    """Say, for each statement that is not met, which recorded fact would have met it, had it been another.

    Ages at diagnosis, numbers, sides, sizes and events are looked at, one at a time; the nearest fact is named. Facts
    that are not recorded are questions of the screening. The arguments are those of `menscreen.screen`.

    >>> from menscreen.rules.examples import family
    >>> people = family({"self": ["age 60"], "mother": ["insulinoma, single @42"]})
    >>> [one.sentence for one in explain(people, rulebooks=["eviq-1428"])][0]
    "would be met had the mother's insulinoma been diagnosed before 40; it was at 42"

    Raises:
        UsageError: when there is no such person, or the profile and rulebooks do not go together.
    """
    program = program_of(rulebooks, profile=profile, drafts=drafts)
    return near_misses(family, program, person=person)


def near_misses(family: Pedigree, program: Program, *, person: str | None = None) -> tuple[Counterfactual, ...]:
    """The same with rulebooks that were made ready before."""
    [position] = people_asked(family, person, everyone=False)
    run = program.run(prepare(family, (position,)))
    return counterfactuals(run, position, Wording(run.family, position))


def counterfactuals(run: Run, position: int, wording: Wording) -> tuple[Counterfactual, ...]:
    """For each rule that does not count for the person, the nearest recorded fact that would make it count.

    Rules for which no single recorded fact would do are left out. The nearest come first.
    """
    counting = {count.rule for count in tally_of(run, position).counts if count.possible is not Level.NOTHING}
    found: list[Counterfactual] = []
    for rule in run.program.plan.touched(run.family):
        if rule in counting or run.program.rules[rule].strength.value == "ask":
            continue
        nearest = _nearest(run, position, rule, wording)
        if nearest is not None:
            found.append(nearest)
    return tuple(sorted(found, key=lambda one: (one.distance, one.rule, one.at)))


def _nearest(run: Run, position: int, rule: int, wording: Wording) -> Counterfactual | None:
    """Try the changes in order of distance; the first that makes the rule count is the nearest."""
    for change in sorted(changes(run, rule), key=lambda change: (change.distance, change.position, change.finding.at)):
        if counts_with(run.program, _with(run.family.pedigree, change), position, rule):
            name = name_of(change.finding)
            whose = wording.relation(change.position)
            subject = "the person's own" if whose == "self" else f"the {whose}'s"
            return Counterfactual(
                rule=run.program.names[rule],
                person=wording.id(change.position),
                relation=whose,
                at=change.finding.at,
                fact=change.name,
                recorded=change.recorded,
                needed=change.needed,
                distance=change.distance,
                sentence=f"would be met had {subject} {name} {change.words}",
            )
    return None


@attrs.frozen
class Change:
    """One recorded fact, changed."""

    position: int
    fact: Fact
    name: str
    value: Any
    recorded: str
    needed: str
    words: str
    distance: int

    @property
    def finding(self) -> Finding:
        """The first record of the fact."""
        return self.fact.findings[0]


def changes(run: Run, rule: int) -> Iterator[Change]:
    """Changes of single recorded facts that could bear on a rule: to just inside each bound, to several and so on.

    The type of a tumor stays: that a papillary carcinoma is not medullary is no near miss.
    """
    wanted = list(_findings(run.program.criteria[rule], run.evaluation.plan))
    for body in run.family.bodies:
        for fact in body.facts:
            for has in wanted:
                if not fact_answers(fact, has)[0]:
                    yield from _changes_of(body.position, fact, has, body.oldest)


def _findings(criterion: Criterion, plan: Plan) -> Iterator[Has]:
    waiting = [criterion]
    seen: set[Has] = set()
    for one in waiting:
        if isinstance(one, Meets):
            waiting.append(plan.definition(one))
        elif isinstance(one, Tumors):
            waiting.extend(Has(term, multiple=True) for term in one.of)
        elif isinstance(one, Has) and one not in seen:
            seen.add(one)
            yield one
        waiting.extend(parts(one))


def _changes_of(position: int, fact: Fact, has: Has, oldest: int) -> Iterator[Change]:
    if fact.term in vocabulary().below(has.has):
        if fact.age_recorded:
            yield from _of_age(position, fact, has, oldest)
        for name in ("multiple", "bilateral"):
            if getattr(has, name) and getattr(fact, name) is False:
                several = "several glands or tumors" if name == "multiple" else "on both sides"
                yield Change(
                    position, fact, name, True, "one" if name == "multiple" else "one side", several,
                    f"been {several}", OTHER_CHANGE,
                )  # fmt: skip
        for name, word in (("recurrent", "come back"), ("metastatic", "spread")):
            if getattr(has, name) and not getattr(fact, name):
                yield Change(position, fact, name, True, "not recorded", word, word, OTHER_CHANGE)
        if has.larger_than is not None and fact.size_mm is not None and fact.size_mm <= has.larger_than:
            yield Change(
                position, fact, "size_mm", has.larger_than + 1.0, f"{fact.size_mm:g} mm",
                f"more than {has.larger_than} mm", f"been larger than {has.larger_than} mm; it was {fact.size_mm:g} mm",
                OTHER_CHANGE,
            )  # fmt: skip


def _of_age(position: int, fact: Fact, has: Has, oldest: int) -> Iterator[Change]:
    """The nearest age inside the bounds."""
    last = min(age for age in (
        has.before - 1 if has.before is not None else oldest, has.by if has.by is not None else oldest, oldest
    ))  # fmt: skip
    first = has.from_ or 0
    nearest = min(max(fact.low, first), last)
    if first <= last and (fact.high > last or fact.low < first):
        recorded = str(Age(fact.low, fact.high))
        bound = _bound(has, below=fact.high > last)
        distance = fact.high - last if fact.high > last else first - fact.low
        words = f"been diagnosed {bound}; it was at {recorded}"
        yield Change(position, fact, "age", Age(nearest, nearest), recorded, bound, words, distance)


def _bound(has: Has, *, below: bool) -> str:
    if below:
        return f"before {has.before}" if has.before is not None else f"at {has.by} or younger"
    return f"at {has.from_} or older"


def _with(pedigree: Pedigree, change: Change) -> Pedigree:
    """The family with the change in every record of the tumor that speaks of the changed fact."""
    person = pedigree.people[change.position]
    findings = tuple(_changed(one, change) if one in change.fact.findings else one for one in person.findings)
    return with_person(pedigree, change.position, changed_person(person, findings=findings))


def _changed(finding: Finding, change: Change) -> Finding:
    if change.name == "age" and finding.age is None:
        return finding
    if change.name == "bilateral":
        return changed_finding(finding, bilateral=True, multiple=True)
    return changed_finding(finding, **{change.name: change.value})


def counts_with(program: Program, pedigree: Pedigree, position: int, rule: int) -> bool:
    """Whether a rule counts for a person in a family, for certain and as more than a question."""
    family = prepare(pedigree, (position,))
    evaluation = Evaluation(program.plan, family)
    masks = evaluation.masks(program.criteria[rule])
    if not masks[0]:
        return False
    counts: Sequence[Any] = tuple(Counting(program.run(family), position).counts())
    return any(count.rule == rule and count.certain >= Level.CONSIDER for count in counts)

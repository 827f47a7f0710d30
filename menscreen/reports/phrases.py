"""What the reports say, in words that all of them share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from menscreen.pedigree.family import Pedigree
from menscreen.screening.comparing import SPEAKS_OF
from menscreen.screening.verdict import (
    Citation,
    Evidence,
    Flag,
    GuidelineOutcome,
    Outcome,
    Question,
    Screening,
    Urgency,
    Verdict,
)
from menscreen.screening.wording import age_in_words

_SENTENCES = {
    Outcome.WARRANTED: "An evaluation of {whom} for {what} is warranted.",
    Outcome.CONSIDER: "An evaluation of {whom} for {what} can be considered.",
    Outcome.CLARIFY: "Nothing is met for {whom} with what is known; what is open could change that.",
    Outcome.NOT_INDICATED: "Nothing recorded meets a statement for {whom}. Screen again when a new fact appears.",
}
_ALSO_SENTENCES = {
    Outcome.WARRANTED: "A statement on another syndrome that asks for an evaluation is met.",
    Outcome.CONSIDER: "A statement on another syndrome that says to consider an evaluation is met.",
    Outcome.CLARIFY: "Nothing is met with what is known; what is open could change that.",
    Outcome.NOT_INDICATED: "No statement on another syndrome is met.",
}
_URGENCIES = {
    Urgency.ROUTINE: "routine: no running source asks for haste.",
    Urgency.SOON: "soon: a running source asks for it without delay.",
    Urgency.URGENT: "URGENT: a running source asks for action now.",
}
_PROVENANCES = {
    "verbatim": "wording seen in the source",
    "secondary": "wording seen in a secondary source",
    "recalled": "wording recalled, not seen",
}
#: So many ways to meet a statement are written out.
_MOST_WAYS = 6
NOTHING_TO_ASK = "Nothing: no answer to an open fact could change this result."
CLOSING = (
    "Decision support for professionals, not a diagnosis. Statements are paraphrased; the sources decide. "
    "What the family tells is as reported, not confirmed."
)


class People(NamedTuple):
    """How people are called: by their relation to the person screened, with something to find them by beside it.

    Attributes:
        relations: of everybody whom the report speaks of.
        marks: what stands beside the relation; for who is not among them, the id.
        own: how the person is called to whom the relations are.
    """

    relations: Mapping[str, str]
    marks: Mapping[str, str] = {}
    own: str = "person screened"

    def named(self, relation: str, person: str) -> str:
        """Such as ``mother (p2)``."""
        return f"{self.own if relation == 'self' else relation} ({self.marks.get(person, person)})"

    def whom(self, person: str) -> str:
        """Such as ``the mother (p2)``."""
        return f"the {self.named(self.relations.get(person, 'relative'), person)}"


def people_of(verdict: Verdict, family: Pedigree | None, marks: Mapping[str, str] | None = None) -> People:
    """The people of whom a verdict speaks; the family tells who somebody is of whom nothing else is said."""
    flags = (*verdict.flags, *verdict.also)
    spoken_of = (
        *flags,
        *(fact for flag in flags for fact in flag.evidence),
        *verdict.questions,
        *verdict.limits,
        *verdict.accounted,
        *(() if verdict.through is None else (verdict.through,)),
    )
    relations = {one.person: one.relation for one in spoken_of} | {verdict.person: "self"}
    first = verdict.test_first
    if first is not None and first not in relations and family is not None:
        relations[first] = _relation(family, verdict.person, first)
    return People(relations, marks or {})


def _relation(family: Pedigree, person: str, other: str) -> str:
    from menscreen.pedigree.kinship import kin, relation_name

    one, another = family.position.get(person), family.position.get(other)
    if one is None or another is None:
        return "relative"
    return relation_name(family, one, another, kin(family, one).get(another))


def people_of_cascade(screening: Screening, marks: Mapping[str, str] | None = None) -> People:
    """The people of the cascade, whose relations are those to the proband, whoever was screened."""
    own = next((one.person for part in screening.cascade for one in part.people if one.relation == "self"), None)
    screened = [verdict.person for verdict in screening.results]
    return People({}, marks or {}, "person screened" if screened == [own] else "proband")


def whose_relations(people: People) -> str:
    """To whom the relations are, where that is not the person screened."""
    return "" if people.own == "person screened" else f"Relations are those to the {people.own}."


def outcome_sentence(verdict: Verdict, people: People) -> str:
    """What the outcome for MEN means, in a sentence."""
    what = " or ".join(verdict.syndromes) or "MEN"
    return _SENTENCES[verdict.outcome].format(whom=people.whom(verdict.person), what=what)


def other_syndromes(verdict: Verdict) -> str:
    """``Other syndromes``, with the names of those that are met, or that explain what would point to MEN."""
    asking = [flag for flag in verdict.also if not flag.done]
    named = ", ".join(dict.fromkeys(name for flag in asking for name in flag.explained_by or flag.syndromes))
    return f"Other syndromes ({named})" if named else "Other syndromes"


def also_sentence(verdict: Verdict) -> str:
    """What the outcome for other syndromes means, in a sentence."""
    if verdict.also_outcome is Outcome.NOT_INDICATED and verdict.also:
        return "What a statement on them asks for was already done."
    return _ALSO_SENTENCES[verdict.also_outcome]


def others_lead(verdict: Verdict) -> bool:
    """Whether the other syndromes stand first: MEN is not indicated, and they say more."""
    return verdict.outcome is Outcome.NOT_INDICATED and verdict.outcome < verdict.also_outcome


def outcome_details(verdict: Verdict, people: People) -> Iterator[str]:
    """Through whom the outcome comes, whom to test first, and how the person stands to known variants."""
    through = verdict.through
    if through is not None and through.person != verdict.person:
        yield f"It comes through the {people.named(through.relation, through.person)}."
    first = verdict.test_first
    if first is not None and first != verdict.person:
        yield f"In this family: evaluate {people.whom(first)} first ({verdict.test_first_because})."
    elif first is None and any(not flag.done for flag in verdict.flags):
        yield f"Whom to test first: {verdict.test_first_because}."
    for standing in verdict.standing:
        yield f"{capital(people.whom(verdict.person))}: {standing.status} for {standing.gene}."


def could_become(verdict: Verdict) -> str:
    """What an answer could make of the outcome; nothing where it cannot rise."""
    if not verdict.outcome < verdict.could_become:
        return ""
    return f"An answer to what is asked below could make this {verdict.could_become}."


def leaves_men(question: Question, outcome: Outcome) -> str:
    """That no answer moves the outcome for MEN, so that the question is about something else; nothing otherwise.

    What somebody would tell who was never asked is not known.
    """
    stays = question.kind != "history" and all(answer.then is outcome for answer in question.answers)
    return f"MEN stays {outcome}" if stays else ""


#: At most so many answers or statements are named at one place.
_MOST_NAMED = 8


def first_of(names: Sequence[str]) -> str:
    """Names in a row, the last of very many left out."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names) if more < 2 else f"{', '.join(names[:_MOST_NAMED])} and {more} more"


def urgency(verdict: Verdict) -> str:
    """How soon; nothing where no running source says."""
    return "" if verdict.urgency is None else f"Urgency: {_URGENCIES[verdict.urgency]}"


def rests_on(verdict: Verdict, people: People) -> str:
    """The records that the outcome cannot do without; nothing where there is none."""
    if not verdict.rests_on:
        return ""
    return f"The outcome would be weaker without {' or '.join(_records(verdict.rests_on, people))}."


def _records(found: Iterable[Evidence], people: People, among: Iterable[Evidence] = ()) -> list[str]:
    """Records as somebody's, such as ``the mother's insulinoma``; of two siblings each with the id."""
    found = list(found)
    alike: dict[str, set[str]] = {}
    for one in (*found, *among):
        alike.setdefault(one.relation, set()).add(one.person)
    return list(dict.fromkeys(_record(one, people, len(alike[one.relation]) > 1) for one in found))


def _record(fact: Evidence, people: People, is_one_of_several: bool) -> str:
    if fact.relation == "self":
        return f"the person's own {word(fact.finding)}"
    if is_one_of_several:
        return f"the {word(fact.finding)} of the {people.named(fact.relation, fact.person)}"
    return f"the {fact.relation}'s {word(fact.finding)}"


class Statement(NamedTuple):
    """A statement that is told once.

    Attributes:
        flag: the first that it raised.
        others: those that it raised by the history of other people.
        actions: of all of them, without those told before.
    """

    flag: Flag
    others: tuple[Flag, ...]
    actions: tuple[str, ...]


def statements(flags: Iterable[Flag], people: People, told: set[str]) -> dict[str, list[Statement]]:
    """Put each statement once under the facts that it rests on first; `told` gathers the actions."""
    raised: dict[str, list[Flag]] = {}
    for flag in flags:
        raised.setdefault(flag.rule, []).append(flag)
    groups: dict[str, list[Flag]] = {}
    for first, *_ in raised.values():
        groups.setdefault(facts(first, people), []).append(first)
    made: dict[str, list[Statement]] = {}
    for on, group in groups.items():
        for first in group:
            every = raised[first.rule]
            actions = [action for flag in every for action in flag.actions if action not in told]
            told.update(actions)
            made.setdefault(on, []).append(Statement(first, tuple(every[1:]), tuple(dict.fromkeys(actions))))
    return made


def facts(flag: Flag, people: People) -> str:
    """The people and the facts that a flag rests on, such as ``Mother (p2): insulinoma at 31``."""
    if not flag.evidence:
        return capital(f"{people.named(flag.relation, flag.person)}: {flag.because}")
    parts = [
        f"{people.named(relation, person)}: {', '.join(map(_fact, found))}"
        for (relation, person), found in groupby(flag.evidence, key=lambda one: (one.relation, one.person))
    ]
    return capital("; ".join(parts))


def _fact(evidence: Evidence) -> str:
    qualities = f" ({', '.join(evidence.qualities)})" if evidence.qualities else ""
    return word(evidence.finding) + age_in_words(evidence.age) + qualities


def concerning(flag: Flag) -> str:
    """The syndromes of a flag and their genes, what explains it otherwise, and whether the test was already made."""
    about = ", ".join(flag.syndromes)
    if flag.genes and flag.genes != flag.syndromes:
        about += f"; {'gene' if len(flag.genes) == 1 else 'genes'} {', '.join(flag.genes)}"
    if flag.explained_by:
        about += f"; explained by {', '.join(flag.explained_by)}, so it does not count for MEN"
    if flag.done:
        about += "; already tested, so it asks for nothing more"
    return about


def enough(flag: Flag, people: People) -> str:
    """The smallest sets of records that suffice; nothing where all of them are needed."""
    if (flag.sets is not None and flag.sets < 2) or not flag.suffices:
        return ""
    ways = []
    for found in flag.suffices[:_MOST_WAYS]:
        words = _records(found, people, flag.evidence)
        ways.append(f"{words[0]} alone" if len(words) == 1 else f"{words[0]} with {' and '.join(words[1:])}")
    more = "many" if flag.sets is None else flag.sets - _MOST_WAYS if flag.sets > _MOST_WAYS else None
    return f"Enough for this: {', or '.join(dict.fromkeys(ways))}{f', or {more} more ways' if more else ''}."


def seen(citation: Citation) -> str:
    """How the wording of a statement was seen."""
    return _PROVENANCES.get(citation.provenance, citation.provenance)


def speaking(guidelines: Iterable[GuidelineOutcome]) -> list[GuidelineOutcome]:
    """The guidelines that say something of a person, the strongest first."""
    said = [one for one in guidelines if one.rule is not None]
    return sorted(said, key=lambda one: one.outcome, reverse=True)


def deciding(guideline: GuidelineOutcome) -> str:
    """The statement that decided, without the name of its guideline, and the fact on which it parts from others."""
    rule = "" if guideline.rule is None else guideline.rule.removeprefix(f"{guideline.id}/")
    if guideline.rule is None and guideline.outcome is not Outcome.NOT_INDICATED:
        rule = _TOO_LITTLE
    return "; ".join(filter(None, (rule, guideline.fact)))


#: Why a guideline is open by which nothing is.
_TOO_LITTLE = "too little is known"


def silent(guidelines: Iterable[GuidelineOutcome]) -> str:
    """The guidelines by which nothing is met or open, by the reason, and those on other syndromes by name alone."""
    by_reason: dict[bool, dict[str, list[str]]] = {False: {}, True: {}}
    elsewhere: list[str] = []
    for one in guidelines:
        if one.rule is not None:
            continue
        if one.fact is not None and one.fact.startswith(SPEAKS_OF):
            elsewhere.append(one.id)
        else:
            by_reason[one.outcome is Outcome.NOT_INDICATED].setdefault(one.fact or "", []).append(one.id)
    begun = {False: f"Open, since {_TOO_LITTLE}, by", True: "Not indicated by"}
    sentences = [f"{begun[is_told]} {_by_reason(ids)}." for is_told, ids in by_reason.items() if ids]
    if elsewhere:
        sentences.append(f"On other syndromes only: {', '.join(elsewhere)}.")
    return " ".join(sentences)


def _by_reason(named: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{', '.join(ids)}{f' ({reason})' if reason else ''}" for reason, ids in named.items())


def sources(screening: Screening) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Every source that the report cites, by id: title with year and edition, and the addresses."""
    pages: dict[tuple[str, str], list[str]] = {}
    for citation in _citations(screening):
        year = "" if citation.year is None else f" ({citation.year})"
        addresses = pages.setdefault((citation.guideline, f"{citation.title}{year}"), [])
        if citation.url not in addresses:
            addresses.append(citation.url)
    editions = {used.id: f"; {used.edition}" for used in screening.rulebooks}
    for (id, title), addresses in sorted(pages.items()):
        yield id, f"{title}{editions.get(id, '')}", addresses


def _citations(screening: Screening) -> Iterator[Citation]:
    for verdict in screening.results:
        for notice in verdict.notices:
            yield notice.citation
        for flag in (*verdict.flags, *verdict.also):
            yield flag.citation


def word(finding: str) -> str:
    """The name of a term of the vocabulary; other words, such as ``RET pathogenic``, as they stand."""
    from menscreen.vocabulary import vocabulary

    term = vocabulary().terms.get(finding)
    return finding if term is None else term.name


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]

"""The second part of an interview: the ranked questions, until no answer can change anything."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import attrs

from menscreen.pedigree.adding import placed
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.making import changed_finding, changed_person, with_person
from menscreen.pedigree.person import MAX_AGE, Finding, History, Sex
from menscreen.pedigree.relations import parse
from menscreen.rules.facts import Fact
from menscreen.rules.reasons import Kind, Open
from menscreen.screening.account import Account
from menscreen.screening.answers import Choice, answered, youngest
from menscreen.screening.conversation import Talk, named_in, of_person, taken_down
from menscreen.screening.panel import OF_UNKNOWN_KIND, offered
from menscreen.screening.program import Program
from menscreen.screening.prompts import Prompt, age_of
from menscreen.screening.question_words import TOPICS, choice_words, text_of
from menscreen.screening.questions import OpenQuestion, declined_names
from menscreen.screening.relating import sided
from menscreen.screening.speaking import another, named
from menscreen.screening.standing import Standing
from menscreen.vocabulary import vocabulary
from menscreen.vocabulary.terms import Kind as TermKind


class Settling:
    """Ask for what can still change the outcome. `known` keeps what was worked out for a family already."""

    def __init__(self, account: Account, program: Program, known: dict[Pedigree, Standing]) -> None:
        self._account = account
        self._program = program
        self._known = known
        #: The places of the records for each of which a name stood in a question.
        self._named: dict[tuple[Kind, int, str], list[set[str]]] = {}

    def _standing(self, family: Pedigree) -> Standing:
        if family not in self._known:
            self._known[family] = Standing(self._program, family)
        return self._known[family]

    def talk(self) -> Talk:
        """Ask until nothing is left: open facts, silent relatives, events, and whether whom to test first is living."""
        while True:
            one = self._next_open()
            if one is not None:
                yield from self._open(one)
                continue
            silent = self._next_silent()
            if silent is not None:
                yield from self._silent(silent)
                continue
            event = self._next_event()
            if event is not None:
                yield from self._event(*event)
                continue
            first = self._next_to_test()
            if first is None:
                return
            yield from self._living(first)

    def _next_open(self) -> OpenQuestion | None:
        for one in self._standing(self._account.family).ranked():
            key = self._key(one.open)
            if key not in self._account.settled:
                self._account.settled.add(key)
                return one
        return None

    def _key(self, one: Open) -> tuple[object, ...]:
        """What makes a question new: the same fact may be asked for again once more is known of it."""
        if one.fact is not None:
            narrowed = (one.fact.low, one.fact.high, one.fact.age_recorded) if one.kind is Kind.AGE else ()
            return one.kind, one.position, one.fact.findings[0].at, one.fact.term, narrowed
        if one.test is not None:
            return one.kind, one.position, one.test.at
        age = self._account.family.people[one.position].age if one.kind is Kind.PERSON_AGE else None
        return one.kind, one.position, age

    def _open(self, one: OpenQuestion) -> Talk:
        account, fact = self._account, one.open
        if fact.kind is Kind.PLACE:
            yield from self._place(fact.position)
            return
        if fact.kind is Kind.CAUSE and not account.primary.isdisjoint(_places(fact)):
            self._record(fact, True)
            return
        prompt, values = self._prompt(one)
        if prompt.kind == "choice" and len(prompt.choices) < 2:
            return
        answer = yield prompt
        if answer is None:
            self._declined(fact)
        elif answer == "other" and fact.kind is Kind.TYPE:
            yield from self._another_kind(fact)
        elif fact.kind is Kind.SIZE and answer not in values:
            self._record(fact, float(answer.removesuffix(" mm")))
        elif prompt.takes_words and answer not in values:
            yield from self._kind_in_words(fact, answer)
        else:
            self._record(fact, age_of(answer) if prompt.kind == "age" else values.get(answer, answer))
            if fact.kind is Kind.TYPE:
                self._tell_apart(fact, values)

    def _record(self, one: Open, value: Any) -> None:
        """Record the answer about an open fact."""
        account = self._account
        before = account.family.people[one.position].findings
        account.family = answered(account.family, one, value)
        if isinstance(value, Sex):
            account.set_sex(one.position, value)
        if one.kind is Kind.CAUSE and value is True:
            self._keep_causes(one, before)
        if value in OF_UNKNOWN_KIND:
            self._declined(one, value)

    def _tell_apart(self, one: Open, offered: Collection[str]) -> None:
        for number in self._numbers(one):
            self._account.tell_apart(one.position, number, offered)

    def _numbers(self, one: Open) -> list[int]:
        """The numbers of the records that an open fact is about, among those of the person."""
        findings = self._account.family.people[one.position].findings
        return [number for number, finding in enumerate(findings) if finding.at in _places(one)]

    def _keep_causes(self, one: Open, before: tuple[Finding, ...]) -> None:
        """What no longer puts the tumor in doubt leaves the record; a note of it stays."""
        kept = self._account.family.people[one.position].findings
        gone = ", ".join(named(finding.term) for finding in before if finding.term and finding.at not in
                         {other.at for other in kept})  # fmt: skip
        for number in self._numbers(one) if gone else ():
            self._account.note(one.position, number, note=f"primary, not caused by {gone}")

    def _declined(self, one: Open, term: str | None = None) -> None:
        """Record that nobody knows; of a fact that is no finding, that it was asked is remembered."""
        if one.fact is None:
            return
        name = declined_names(one.kind)[0]
        places = _places(one)
        findings = tuple(
            attrs.evolve(finding, declined=(*finding.declined, name))
            if finding.at in places and name not in finding.declined and term in (None, finding.term)
            else finding
            for finding in self._account.family.people[one.position].findings
        )
        self._account.change(one.position, findings=findings)

    def _prompt(self, one: OpenQuestion) -> tuple[Prompt, dict[str, Any]]:
        """The question, and what each choice records."""
        account, fact = self._account, one.open
        name = "tumor" if fact.fact is None else self._name(fact.kind, fact.position, fact.fact)
        words = {"name": name, "gene": fact.test.gene if fact.test is not None else ""}
        is_other = fact.fact is not None and name != named(fact.fact.term)
        text = text_of(fact, fact.position == account.proband, is_other)
        person = account.family.people[fact.position]
        if fact.kind is Kind.TYPE:
            named_choices = [(offered(each.value), each.value) for each in one.choices if isinstance(each.value, str)]
            choices = (*(Choice(*pair) for pair in named_choices), Choice("something else", "other"))
            values = {choice.value: choice.value for choice in choices}
        else:
            choices = tuple(Choice(choice_words(fact.kind, option.words), option.words) for option in one.choices)
            values = {option.words: option.value for option in one.choices}
            if fact.kind in (Kind.MULTIPLE, Kind.BILATERAL):
                choices = choices[::-1]  # as the question says it
        kind, ages = "choice", None
        if fact.kind is Kind.AGE and fact.fact is not None and not fact.fact.age_recorded:
            kind, ages, choices = "age", (fact.fact.low, fact.fact.high), ()
        elif fact.kind is Kind.PERSON_AGE and person.age is None:
            kind, ages, choices = "age", (youngest(person), MAX_AGE), ()
        elif fact.kind is Kind.VARIANT:
            kind, choices, words = "text", (), words | {"example": one.choices[0].words}
        instead = one.question.instead
        if ("instead", instead) in account.settled:
            instead = None
        account.settled.add(("instead", instead))
        site = None if fact.fact is None else vocabulary().terms[fact.fact.term].site
        topic, at = TOPICS[fact.kind], fact.position
        return account.prompt(topic, at, text, kind, choices, ages, instead, site, **words), values

    def _name(self, kind: Kind, position: int, fact: Fact) -> str:
        """The name of a tumor, told from those of the same name, or of a kind of it, that were spoken of before it."""
        places = {finding.at for finding in fact.findings}
        kinds = vocabulary().below(fact.term)
        alike = [one.at in places for one in self._account.family.people[position].findings if one.term in kinds]
        before: list[set[str]] = [] if not alike or alike[0] else [set()]
        asked = self._named.setdefault((kind, position, named(fact.term)), before)
        number = next((at for at, others in enumerate(asked) if not places.isdisjoint(others)), len(asked))
        if number == len(asked):
            asked.append(places)
        return f"{another(number)}{named(fact.term)}"

    def _another_kind(self, one: Open) -> Talk:
        """A kind that is not among those offered: taken if it is one of this tumor."""
        assert one.fact is not None
        text = "What exactly was {your} {name}? Please write what it was called."
        prompt = self._account.prompt("name", one.position, text, "text", name=named(one.fact.term))
        said = yield prompt
        if said is None:
            self._declined(one)
        else:
            yield from self._kind_in_words(one, said)

    def _kind_in_words(self, one: Open, said: str) -> Talk:
        """A kind in words: of this tumor, certain or in doubt; what else they name is recorded beside it."""
        assert one.fact is not None
        known, term = vocabulary(), one.fact.term
        kinds = known.below(term) - one.fact.excluded - {term}
        found = yield from named_in(self._account, one.position, said, known.terms[term].site)
        sure = [each.term.id for each in found if not (each.is_doubted or each.is_denied)]
        kind = next((id for id in sure if id in kinds), None)
        if kind is not None:
            self._record(one, kind)
        else:
            self._declined(one)
            for number in self._numbers(one):
                self._account.note(one.position, number, note=said)
        for each in found:
            if each.term.id not in (kind, term):
                like = self._numbers(one)[0] if each.term.id in kinds else None
                yield from taken_down(self._account, one.position, each, like=like)

    def _place(self, position: int) -> Talk:
        """How somebody is related of whom words tell too little."""
        account = self._account
        relation = account.family.people[position].relation
        anchor = account.proband if relation is None else account.family.position.get(relation.to, account.proband)
        words = relation.as_ if relation is not None else "relative"
        known = parse(words)
        if known is None or not known.steps:
            text = "Can you say step by step who {you} is? For example: my mother's sister's son."
            said = yield account.prompt("who", position, text, "relation")
            if said is None:
                return
            words, anchor = said, account.proband
        words = yield from sided(account, words, anchor, position)
        account.family = placed(account.family, position, words, anchor)

    def _next_silent(self) -> int | None:
        family = self._account.family
        for question in self._standing(family).of_silence():
            if ("history", question.person) not in self._account.settled:
                self._account.settled.add(("history", question.person))
                return family.position[question.person]
        return None

    def _silent(self, position: int) -> Talk:
        account = self._account
        choices = (
            Choice("yes, there was something", "yes"),
            Choice("there was nothing of the kind", "no"),
        )
        text = (
            "Can anybody say whether {you} had a tumor or an operation of the thyroid, the parathyroid glands, "
            "the pancreas or an adrenal gland?"
        )
        answer = yield account.prompt("history", position, text, "choice", choices)
        if answer is None:
            return
        account.change(position, history=History.KNOWN)
        if answer == "yes":
            yield from of_person(account, position, "tumors")

    def _next_event(self) -> tuple[int, int, str] | None:
        """A tumor told of here that came back or spread, if that would change anything; silence counts as no."""
        account = self._account
        before = self._standing(account.family).gist()
        for position, person in enumerate(account.family.people):
            for number, finding in enumerate(person.findings):
                if finding.at not in account.new or finding.term is None:
                    continue
                if vocabulary().terms[finding.term].kind is not TermKind.TUMOR:
                    continue
                for event in ("recurrent", "metastatic"):
                    key = event, position, finding.term
                    if getattr(finding, event) or key in account.settled:
                        continue
                    if self._standing(_with_event(account.family, position, number, event)).gist() != before:
                        account.settled.add(key)
                        return position, number, event
        return None

    def _event(self, position: int, number: int, event: str) -> Talk:
        account = self._account
        term = account.family.people[position].findings[number].term
        text = {
            "recurrent": "Did {your} {name} come back after it had been treated?",
            "metastatic": "Did {your} {name} spread to other parts of the body?",
        }[event]
        answer = yield account.prompt(event, position, text, "yes-no", name=named(term or ""))
        if answer == "yes":
            account.note(position, number, **{event: True})

    def _next_to_test(self) -> int | None:
        account = self._account
        first = self._standing(account.family).first_to_test()
        if first is None or first == account.family.proband or first not in account.new:
            return None
        if ("living", first) in account.settled:
            return None
        account.settled.add(("living", first))
        return account.family.position[first]

    def _living(self, position: int) -> Talk:
        answer = yield self._account.prompt("living", position, "{Are} {you} living?", "yes-no")
        if answer == "no":
            self._account.change(position, deceased=True)


def _with_event(family: Pedigree, position: int, number: int, event: str) -> Pedigree:
    person = family.people[position]
    findings = list(person.findings)
    findings[number] = changed_finding(findings[number], **{event: True})
    return with_person(family, position, changed_person(person, findings=tuple(findings)))


def _places(one: Open) -> set[str]:
    """The places of the records that an open fact is about."""
    return set() if one.fact is None else {finding.at for finding in one.fact.findings}

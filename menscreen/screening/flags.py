"""Flags: the statements that are met, in words, with the people and records they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from menscreen.rules.codons import class_of
from menscreen.rules.families import explained_by
from menscreen.rules.reasons import Ground, Reasons
from menscreen.screening.actions import Acting
from menscreen.screening.counting import Count
from menscreen.screening.evidence import MOST_SETS, minimal_sets
from menscreen.screening.levels import OUTCOMES, OWN, Level
from menscreen.screening.program import Run
from menscreen.screening.verdict import Evidence, Flag, Through
from menscreen.screening.wording import Wording, described, qualities, test_in_words


class Flagging:
    """Make flags of counts, for one person screened."""

    def __init__(self, run: Run, position: int, wording: Wording) -> None:
        self.run = run
        self.position = position
        self.wording = wording
        self._reasons = Reasons(run.evaluation)
        self._acting = Acting(run)

    def flags(self, counts: Iterable[Count]) -> tuple[Flag, ...]:
        """The flags of the counts that are certain or done: the strongest and nearest first."""
        shown = [count for count in counts if count.certain >= Level.CONSIDER or self._was_done(count)]
        shown.sort(key=lambda count: (count.done, -count.certain, count.distance, count.rule, count.body))
        return tuple(map(self._flag, shown))

    def _was_done(self, count: Count) -> bool:
        return count.done and self.run.answers[count.rule][0] >> count.body & 1 == 1

    def _flag(self, count: Count) -> Flag:
        program = self.run.program
        rule = program.rules[count.rule]
        position = self.run.family.bodies[count.body].position
        grounds = self.grounds(count)
        sets, are_all = minimal_sets(self.run.evaluation, program.criteria[count.rule], count.body)
        strength = OUTCOMES[OWN[rule.strength] if count.done else count.certain]
        return Flag(
            person=self.wording.id(position),
            relation=self.wording.relation(position),
            rule=program.names[count.rule],
            syndromes=count.syndromes,
            strength=strength,
            statement=program.statement(count.rule),
            because=self._because(grounds),
            evidence=tuple(evidence for ground in grounds for evidence in self._evidence(ground)),
            genes=count.genes,
            done=count.done,
            actions=tuple(dict.fromkeys((*rule.actions, *self._classes(grounds), *self._acting.actions(count)))),
            citation=program.citations[count.rule],
            suffices=tuple(self.records(sorted(one)) for one in sets[:MOST_SETS]),
            sets=len(sets) if are_all else None,
            explained_by=self._explained_by(count),
        )

    def _explained_by(self, count: Count) -> tuple[str, ...]:
        """What explains the findings without which the statement would not be met."""
        family = self.run.family
        body = family.bodies[count.body]
        return explained_by(body) if family.by_position[body.position] != count.body else ()

    def grounds(self, count: Count) -> list[Ground]:
        """The recorded facts that a met statement rests on, each once."""
        found = self._reasons.grounds(self.run.program.criteria[count.rule], count.body)
        return list(
            {(ground.position, id(ground.fact), id(ground.test), ground.gene): ground for ground in found}.values()
        )

    def _because(self, grounds: Sequence[Ground]) -> str:
        by_person: dict[int, list[str]] = {}
        for ground in sorted(grounds, key=_when):
            by_person.setdefault(ground.position, []).append(ground_in_words(ground))
        return "; ".join(f"{self.wording.id(position)}: {', '.join(words)}" for position, words in by_person.items())

    def _evidence(self, ground: Ground) -> list[Evidence]:
        id, relation = self.wording.id(ground.position), self.wording.relation(ground.position)
        if ground.fact is not None:
            return [
                Evidence(id, relation, finding.term or "", finding.age, finding.at, qualities(ground.fact))
                for finding in ground.fact.findings
            ]
        at = "" if ground.test is None else ground.test.at
        return [Evidence(id, relation, ground_in_words(ground), None, at)]

    def _classes(self, grounds: Iterable[Ground]) -> tuple[str, ...]:
        sentences = []
        for ground in grounds:
            test = ground.test
            if test is not None and test.gene == "RET" and test.variant is not None:
                found = class_of(test.variant, self.run.program.books)
                if found is not None:
                    row, book = found
                    sentences.append(
                        f"RET codon {row.codon} is in class {row.class_} ({book.guideline.title}, {row.status});"
                        " risks by class come from families with the disease."
                    )
        return tuple(dict.fromkeys(sentences))

    def records(self, places: Iterable[tuple[int, str]]) -> tuple[Evidence, ...]:
        """Findings and tests by their places."""
        found = []
        for position, at in places:
            person = self.run.family.pedigree.people[position]
            finding = next((one for one in person.findings if one.at == at), None)
            test = next((one for one in person.tests if one.at == at), None)
            what = finding.term or "" if finding is not None else "" if test is None else test_in_words(test)
            age = None if finding is None else finding.age
            found.append(Evidence(self.wording.id(position), self.wording.relation(position), what, age, at))
        return tuple(found)

    def through(self, flags: Sequence[Flag]) -> Through | None:
        """The person whose history gives the outcome."""
        return Through(flags[0].person, flags[0].relation) if flags else None


def _when(ground: Ground) -> tuple[int, str]:
    """Tumors in the order of age, what has no age last; the order of the source says nothing."""
    fact = ground.fact
    return fact.low if fact is not None and fact.age_recorded else 999, ground_in_words(ground)


def ground_in_words(ground: Ground) -> str:
    """A ground in words: the tumor, the test, or the place in the pedigree."""
    if ground.fact is not None:
        return described(ground.fact)
    if ground.test is not None:
        return test_in_words(ground.test)
    return f"obligate carrier of a {ground.gene} variant"

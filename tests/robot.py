"""Somebody who answers an interview from a family that is on record, and knows nothing that is not."""

from __future__ import annotations

from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.kinship import relation_name
from menscreen.pedigree.person import Age, Finding, History, Sex
from menscreen.screening.interview import Interview
from menscreen.screening.panel import LISTS, SIGNS, TUMORS
from menscreen.screening.prompts import Prompt
from menscreen.screening.speaking import named
from menscreen.vocabulary import vocabulary


class Robot:
    """Answers each prompt by looking it up in the record."""

    def __init__(self, record: Pedigree) -> None:
        self.record = record
        self.proband = record.position[record.proband]
        self.known = {"self": self.proband}
        self.left = {
            (at, part): [finding for finding in person.findings if part_of(finding)[0] == part]
            for at, person in enumerate(record.people)
            for part in LISTS
        }
        self.telling: tuple[int, Finding] | None = None

    def answered(self, interview: Interview) -> Interview:
        """The interview after the next answer."""
        prompt = interview.prompt
        assert prompt is not None
        return self.noticed(interview, interview.answer(self.answer(prompt)))

    def noticed(self, before: Interview, after: Interview) -> Interview:
        """Notice whom of the family told so far the one on record is."""
        counts = {person.id: len(person.findings) for person in before.family.people}
        if self.telling is not None:
            for person in after.family.people:
                if len(person.findings) > counts.get(person.id, 0):
                    self.known[person.id] = self.telling[0]
        return after

    def answer(self, prompt: Prompt) -> str | None:
        """The answer of the record, ``None`` where it says nothing."""
        return getattr(self, "_" + prompt.topic.replace("-", "_"))(prompt)

    def _at(self, prompt: Prompt) -> int | None:
        at = self.known.get(prompt.person)
        if at is None and self.telling is not None:
            return self.telling[0]
        return at

    def _for_whom(self, prompt: Prompt) -> str:
        return "other"

    def _sex(self, prompt: Prompt) -> str | None:
        at = self._at(prompt)
        sex = Sex.UNKNOWN if at is None else self.record.people[at].sex
        return None if sex is Sex.UNKNOWN else sex.value

    def _age_now(self, prompt: Prompt) -> str | None:
        at = self._at(prompt)
        return None if at is None else of_age(self.record.people[at].age, prompt)

    def _tumors(self, prompt: Prompt) -> str:
        return self._next(self.proband, prompt.topic)

    _signs = _tumors

    def _next(self, at: int, part: str) -> str:
        left = self.left[at, part]
        if not left:
            return "none"
        self.telling = at, left.pop(0)
        return part_of(self.telling[1])[1]

    def _relatives(self, prompt: Prompt) -> str:
        part = prompt.topic.removeprefix("relatives-")
        for at in range(len(self.record.people)):
            if at != self.proband and self.left[at, part]:
                return self._next(at, part)
        return "none"

    _relatives_tumors = _relatives_signs = _relatives

    def _who(self, prompt: Prompt) -> str:
        assert self.telling is not None
        return relation_name(self.record, self.proband, self.telling[0])

    def _same_person(self, prompt: Prompt) -> str:
        assert self.telling is not None
        return next((id for id, at in self.known.items() if at == self.telling[0]), "other")

    def _kind(self, prompt: Prompt) -> str | None:
        offered = [choice.value for choice in prompt.choices]
        if self.telling is not None and self.telling[0] == self._at(prompt) and not self._is_told(prompt):
            term = self.telling[1].term
            item = next(item for item in (*TUMORS, *SIGNS) if item.id == part_of(self.telling[1])[1])
            return term if term in offered else None if term == item.term else "other"
        for finding in self._findings(prompt):
            if finding.term in offered:
                return finding.term
        return None

    def _is_told(self, prompt: Prompt) -> bool:
        """The panel asks with words of its own; the ranked questions say the name."""
        is_ranked = prompt.text.startswith(("What kind of", "What was behind", "In which organ", "Does anybody know"))
        return is_ranked and "tumor of" not in prompt.text

    def _findings(self, prompt: Prompt) -> list[Finding]:
        at = self._at(prompt)
        return [] if at is None else [one for one in self.record.people[at].findings if one.term is not None]

    def _name(self, prompt: Prompt) -> str | None:
        assert self.telling is not None
        term = self.telling[1].term
        return self.telling[1].text if term is None else vocabulary().terms[term].name

    def _nearest_name(self, prompt: Prompt) -> str:
        return "none"

    def _age_at_diagnosis(self, prompt: Prompt) -> str | None:
        for finding in self._findings(prompt):
            if named(finding.term or "") in prompt.text:
                return of_age(finding.age, prompt)
        return None

    def _about(self, prompt: Prompt) -> list[Finding]:
        found = self._findings(prompt)
        if "parathyroid gland" in prompt.text:
            return [one for one in found if vocabulary().terms[one.term or ""].site == "parathyroid"]
        return [one for one in found if named(one.term or "") in prompt.text]

    def _number(self, prompt: Prompt) -> str | None:
        said = {True if finding.bilateral else finding.multiple for finding in self._about(prompt)}
        return "several" if True in said else "one" if False in said else None

    def _sides(self, prompt: Prompt) -> str | None:
        said = {finding.bilateral for finding in self._about(prompt)}
        return "both sides" if True in said else "one side" if False in said else None

    def _recurrent(self, prompt: Prompt) -> str:
        return "yes" if any(finding.recurrent for finding in self._about(prompt)) else "no"

    def _metastatic(self, prompt: Prompt) -> str:
        return "yes" if any(finding.metastatic for finding in self._about(prompt)) else "no"

    def _parents_known(self, prompt: Prompt) -> str:
        return "both"

    def _parent_known(self, prompt: Prompt) -> str:
        return "yes"

    def _living(self, prompt: Prompt) -> str:
        at = self._at(prompt)
        return "no" if at is not None and self.record.people[at].deceased else "yes"

    def _nothing(self, prompt: Prompt) -> None:
        return None

    _side = _size = _confirmed = _cause = _scope = _history = _nothing


def of_age(age: Age | None, prompt: Prompt) -> str | None:
    """An age as it is said, or the band of those offered in which it lies."""
    if age is None:
        return None
    if prompt.kind == "age":
        return str(age)
    for choice in prompt.choices:
        low, _, high = choice.value.partition("-")
        if low.isdigit() and int(low) <= age.low <= int(high or low):
            return str(choice.value)
    return None


def part_of(finding: Finding) -> tuple[str, str]:
    """The list and the entry under which somebody would tell of a finding."""
    words = vocabulary()
    for part, items in LISTS.items():
        for item in items:
            roots = [root for root in (item.term, *item.kinds) if root is not None]
            if finding.term is not None and any(finding.term in words.below(root) for root in roots):
                return part, item.id
    return "signs", "other"


def interviewed(record: Pedigree) -> Interview:
    """A whole interview answered from a record."""
    assert all(person.history is History.KNOWN for person in record.people)
    robot, interview = Robot(record), Interview()
    while interview.prompt is not None:
        interview = robot.answered(interview)
    return interview

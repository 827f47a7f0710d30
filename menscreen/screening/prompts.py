"""What an interview asks, as data, and how what is answered is understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from menscreen.pedigree.person import MAX_AGE, Age
from menscreen.problems import UsageError, of_length
from menscreen.screening.answers import Choice
from menscreen.vocabulary import finding_spoken_of, findings_said, vocabulary, without_doubt


class Prompt(NamedTuple):
    """One question of an interview.

    Attributes:
        topic: what is asked for, such as ``kind-of-tumor``; the same for everybody, so that software can put its own
            words.
        text: the question in plain words.
        kind: ``choice`` (one of `choices`), ``yes-no``, ``age`` (years, or a band of them), ``relation`` (words of
            relation by blood) or ``text``.
        person: id of the person whom it is about.
        relation: what that person is to the one screened, ``self`` for the same.
        choices: for ``choice`` and ``yes-no``: words and the value to answer with.
        ages: for ``age``: the lowest and the highest that are possible.
        instead: what can be done when nobody knows.
        takes_words: for ``choice``: whether other words that name a finding are an answer too ("maybe medullary").
        site: with `takes_words`: the organ that such words may leave out.
    """

    topic: str
    text: str
    kind: str
    person: str
    relation: str
    choices: tuple[Choice, ...] = ()
    ages: tuple[int, int] = (0, MAX_AGE)
    instead: str | None = None
    takes_words: bool = False
    site: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the prompt as JSON has it."""
        return {**self._asdict(), "choices": [choice._asdict() for choice in self.choices], "ages": list(self.ages)}


#: Nobody writes more in one answer.
LONGEST = 2_000
#: Escape sequences: of colors and keys, of titles, and others.
_SEQUENCES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)|\x1b.?", re.DOTALL)

YES_NO = (Choice("yes", "yes"), Choice("no", "no"))


def understood(prompt: Prompt, words: str) -> str:
    """Bring an answer to the form in which it is recorded.

    >>> understood(Prompt("age", "How old are you?", "age", "self", "self"), "in my thirties")
    '30-39'

    Raises:
        UsageError: the answer does not fit; the problem says what would.
    """
    if not isinstance(words, str):
        raise not_understood("", "text, or nothing for 'I do not know'", "give the answer as text")
    plain = typed(words)
    if len(plain) > LONGEST:
        raise not_understood(plain, f"an answer of at most {LONGEST:,} characters", "say it in fewer words")
    return _READERS[prompt.kind](prompt, plain)


def typed(words: str) -> str:
    r"""What somebody meant to write: without the sequences and characters that act on a terminal.

    >>> typed("\x1b[31mgreen\x1b[0m\thair\x07")
    'green hair'
    """
    plain = _SEQUENCES.sub("", words) if "\x1b" in words or "\x9b" in words else words
    return " ".join("".join(one if one.isprintable() else " " if one.isspace() else "" for one in plain).split())


def _choice(prompt: Prompt, words: str) -> str:
    found = _of_amount(prompt, words) or _chosen(prompt, words)
    if found is None and prompt.takes_words and words:
        certain = without_doubt(words)
        doubted = _chosen(prompt, certain) if certain else None
        if doubted is not None and doubted in vocabulary().terms:
            return f"{doubted}?"
        found = words if _names_a_finding(words, prompt.site) else None
    if found is None:
        offered = _listed([one.words for one in prompt.choices])
        raise not_understood(words, "one of the answers offered", f"choose {offered}")
    return found


_AMOUNT = re.compile(r"(?:about )?(\d{1,3}(?:[.,]\d+)?)\s*(mm|millimet\w+|cm|centimet\w+)?")
#: No tumor is larger, in millimeters.
_LARGEST = 500
_SEVERAL = frozenset(["two", "three", "four", "both", "more", "many", "more than one", "some", "all"])


def _of_amount(prompt: Prompt, words: str) -> str | None:
    """The answer of somebody who counted or measured where that is asked for: glands, tumors, millimeters."""
    amount = _AMOUNT.fullmatch(words.lower())
    if prompt.topic == "number" and (words.lower() in _SEVERAL or (amount and not amount[2])):
        return "one" if amount and float(amount[1].replace(",", ".")) == 1 else "several"
    if prompt.topic == "size" and amount:
        millimeters = float(amount[1].replace(",", ".")) * (10 if (amount[2] or "").startswith("c") else 1)
        return f"{millimeters:g} mm" if 0 < millimeters <= _LARGEST else None
    return None


def _names_a_finding(words: str, site: str | None) -> bool:
    known = vocabulary()
    named = findings_said(words, site) or finding_spoken_of(words)
    return bool(named) or bool(known.meanings(without_doubt(words) or words))


def _chosen(prompt: Prompt, words: str) -> str | None:
    """The value of the choice that these words are, or begin."""
    values = [choice.value for choice in prompt.choices]
    if words in values:
        return words
    wanted = _folded(words)
    exact = [choice.value for choice in prompt.choices if wanted in (_folded(choice.words), _folded(choice.value))]
    begun = [choice.value for choice in prompt.choices if wanted and _folded(choice.words).startswith(wanted)]
    for found in (exact, begun):
        if len(found) == 1:
            return str(found[0])
    return None


def _folded(words: str) -> str:
    return re.sub(r"^(a|an|the|my) ", "", " ".join(words.lower().replace("-", " ").split()))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _age(prompt: Prompt, words: str) -> str:
    age = age_of(words)
    lowest, highest = prompt.ages
    if age is None:
        raise not_understood(words, "an age in years", "write an age such as 44, or 30-39, or 'before 40'")
    if age.low > highest or age.top < lowest or age.low > age.top:
        needed = f"an age from {lowest} to {highest}" if lowest else f"an age of at most {highest}"
        raise not_understood(words, needed, "go back (b) if an age given before is wrong")
    low, high = max(age.low, lowest), min(age.top, highest)
    return str(low) if low == high else f"{low}-{high}" if high < MAX_AGE else f"{low}+"


_TENS = {
    "teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
_NUMBER = r"(\d{1,3})"
_AGES: tuple[tuple[str, Callable[[re.Match[str]], Age | None]], ...] = (
    (rf"{_NUMBER}\s*(?:-|–|to|and|or)\s*{_NUMBER}", lambda m: Age(int(m[1]), int(m[2]))),
    (rf"{_NUMBER}'?s", lambda m: Age(int(m[1]), int(m[1]) + 9) if int(m[1]) % 10 == 0 else None),
    (rf"(?:under|below|before|younger than|less than|<)\s*{_NUMBER}", lambda m: Age(0, int(m[1]) - 1)),
    (rf"(?:over|above|after|older than|more than|>)\s*{_NUMBER}", lambda m: Age(int(m[1]) + 1, None)),
    (rf"{_NUMBER}\s*(?:\+|or older|or more|and older)", lambda m: Age(int(m[1]), None)),
    (rf"{_NUMBER}\s*(?:or younger|or less|and younger)", lambda m: Age(0, int(m[1]))),
    (rf"(?:about|around|approximately|roughly|ca\.?|~)\s*{_NUMBER}", lambda m: _about(int(m[1]))),
    (rf"{_NUMBER}\s*(?:months?|weeks?|days?)(?: old)?", lambda m: _of_child(int(m[1]), m[0])),
    (rf"{_NUMBER}", lambda m: Age(int(m[1]), int(m[1]))),
)


def age_of(words: str) -> Age | None:
    """Read an age or a band of ages; ``None`` when it is not understood. "About 40" is read as 38 to 42.

    >>> age_of("before 40"), age_of("18 months"), age_of("60+")
    (Age(low=0, high=39), Age(low=1, high=1), Age(low=60, high=None))
    """
    text = " ".join(words.lower().split())
    text = re.sub(r"^(?:at|in|aged?|when)\s+(?:(?:age|my|her|his|their|the|early|mid|late)\s+)*", "", text)
    text = re.sub(r"(?<![a-z])\s*(?:years?|yrs?|y)(?:\s+(?:old|of age))?$", "", text)
    text = re.sub(r"\s*years? (?=or )", " ", text)
    if text in _TENS:
        return Age(_TENS[text], _TENS[text] + 9)
    if text in ("birth", "newborn", "baby", "infant"):
        return Age(0, 0)
    for pattern, made in _AGES:
        if match := re.fullmatch(pattern, text):
            age = made(match)
            return age if age is not None and age.low <= min(MAX_AGE, age.top) and age.top <= MAX_AGE else None
    return None


def _about(years: int) -> Age:
    return Age(max(0, years - 2), years + 2)


def _of_child(number: int, words: str) -> Age:
    years = number // 12 if "month" in words else number // 52 if "week" in words else number // 365
    return Age(years, years)


def _relation(prompt: Prompt, words: str) -> str:
    from menscreen.pedigree.relations import Tie, nearest_relations, parse

    relation = parse(words)
    if relation is None:
        near = nearest_relations(words)
        fix = f"write {_listed([repr(one) for one in near])}" if near else "say it with mother, brother, daughter ..."
        raise not_understood(words, "a relation such as 'my mother' or 'an aunt on my father's side'", fix)
    if relation.tie is Tie.SELF:
        raise not_understood(words, "a relative", "name a relative, or go back (b)")
    if relation.tie is not Tie.BLOOD:
        raise not_understood(words, "somebody related by blood", "leave out step, adoptive and in-law relatives")
    return words


def _text(prompt: Prompt, words: str) -> str:
    if words.lower() in ("", "yes", "no", "none"):
        raise not_understood(words, "a name", "write what it is called, or nothing if you do not know")
    return words


def not_understood(words: str, needed: str, fix: str) -> UsageError:
    """An answer that does not fit its question; what was answered is not repeated."""
    found = f"{of_length('an answer', words)} that is not understood"
    return UsageError.of("U005", found, needed, fix)


_READERS: dict[str, Callable[[Prompt, str], str]] = {
    "choice": _choice,
    "yes-no": _choice,
    "age": _age,
    "relation": _relation,
    "text": _text,
}

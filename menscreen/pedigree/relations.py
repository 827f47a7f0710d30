"""Words of relation: from "great-uncle on dad's side" or the code ``MAUNT`` to steps from one person to another.

The words are those of the HL7 v3 RoleCode family list and the English of a questionnaire, American and British, with
any hyphens and apostrophes.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from menscreen.pedigree.blood import Kin, Side
from menscreen.pedigree.family import Zygosity
from menscreen.pedigree.person import Sex
from menscreen.pedigree.words import CODES, COUNTS, IDLE, MANNERS, NOUNS, OFFERS, PAIRS, PLURALS, SELF, STEPS, WHOLE


class Tie(StrEnum):
    """What ties two people; only `BLOOD` counts for kinship. `SELF` is the person themselves."""

    SELF = "self"
    BLOOD = "blood"
    PARTNER = "partner"
    IN_LAW = "in-law"
    STEP = "step"
    ADOPTIVE = "adoptive"
    FOSTER = "foster"
    GESTATIONAL = "gestational"


class Relation(NamedTuple):
    """A relation that was understood.

    Attributes:
        steps: from the person to the relative: mother, father, parent; brother, sister, sibling, with ``half-`` and the
            shared parent (``maternal half-sister``) before; son, daughter, child. Empty where words fix no steps
            ("relative", "first cousin once removed", "husband").
        kin: degree and side as far as the words fix them; ``None`` where they do not, and without a blood tie.
        twin: zygosity, if the relative is a twin of the person before the last step.
        is_stated: the words say that the tie is one of birth ("biological mother").
    """

    tie: Tie
    steps: tuple[str, ...]
    sex: Sex
    kin: Kin | None
    twin: Zygosity | None = None
    is_stated: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether the words say where in the tree the relative stands."""
        return self.tie is Tie.BLOOD and are_placed(self.steps)


_OPEN = {"parent", "half-brother", "half-sister", "half-sibling"}


def are_placed(steps: tuple[str, ...]) -> bool:
    """Tell whether steps lead to one place: no parent of unknown sex, no half sibling of unknown side.

    >>> are_placed(("mother", "sister")), are_placed(("parent", "sister"))
    (True, False)
    """
    return bool(steps) and _OPEN.isdisjoint(steps)


_SEX = {
    **dict.fromkeys(("mother", "sister", "daughter", "wife"), Sex.FEMALE),
    **dict.fromkeys(("father", "brother", "son", "husband"), Sex.MALE),
}
_UP = {"mother", "father", "parent"}
_ACROSS = {"brother", "sister", "sibling"}
_DOWN = {"son", "daughter", "child"}

_MUM = r"(?:mother|mum|mom|mommy|mummy|mam|ma)"
_DAD = r"(?:father|dad|daddy|pa|papa)"
_SIDE = re.compile(
    rf"(?:\b(?:on|from|of|through|via|by)\s+)?(?:\b(?:my|the|his|her|their|your)\s+)*"
    rf"\b(?:(?P<m>maternal|{_MUM}(?:'?s)?)|(?P<p>paternal|{_DAD}(?:'?s)?))\s+(?:side|line|family|half)"
    rf"(?:\s+of\s+(?:the|my)\s+family)?$"
)
_SHARED = re.compile(
    rf"(?:\b(?:with|who|has|have|by|from|through|via)\s+)*"
    rf"(?:\b(?:the|a|my|our)\s+)*\b(?P<how>same|shared?|shares|sharing|common|different|another|other|by|through|via)"
    rf"\s+(?:(?:the|a|my|our|same|one)\s+)*(?:(?P<m>{_MUM})s?|(?P<p>{_DAD})s?)$"
)
_PREFIX = re.compile(r"(?:step|half|grand|great|foster|god)(?=[a-z])")
_SAME_PARENTS = re.compile(r"\b(?:same|both)\s+(?:mother and father|father and mother|parents)$")


def fold(words: str) -> str:
    """Bring case, apostrophes, hyphens and spaces to one form.

    >>> fold("Mother's  Half-Sister")
    "mother's half sister"
    """
    text = words.strip().lower()
    for mark in "’‘ʼ`´＇":
        text = text.replace(mark, "'")
    return " ".join(re.sub(r"[\-‐‑‒–—_.;:]+", " ", text).split())


def plain_words(words: str) -> str:
    """Put a v3 RoleCode into English; other words stay as they are, without spaces around them.

    >>> plain_words("MAUNT")
    'maternal aunt'
    """
    return CODES.get(words.strip().upper(), words.strip())


@lru_cache(maxsize=4096)
def parse(words: str) -> Relation | None:
    """Understand words of relation, or a v3 RoleCode; ``None`` when they are not understood.

    >>> parse("mother's half-sister").steps
    ('mother', 'half-sister')
    >>> parse("great-uncle on dad's side").kin.degree
    3
    >>> parse("brother from another mother") is None
    False
    """
    text = fold(plain_words(words)).removesuffix(" of fetus")
    asides = re.findall(r"\(([^()]*)\)", text)
    main = " ".join(re.sub(r"\([^()]*\)", " ", text).split())
    main, *tail = [part.strip() for part in main.split(",")]
    relation = _phrase(main)
    for aside in filter(None, map(str.strip, [*asides, *tail])):
        relation = _with_aside(relation, main, aside)
    return relation


def _with_aside(relation: Relation | None, main: str, aside: str) -> Relation | None:
    """Read what stands in brackets or after a comma: a side, a shared parent, or the relation again, in other words."""
    if aside in ("maternal", "paternal"):
        return _on_side(relation, aside)
    qualified = _phrase(f"{main} {aside}") or _phrase(f"{aside} {main}")
    if qualified is not None:
        return qualified
    again = _phrase(aside)
    if relation is None or again is None or not _agree(relation, again):
        return None
    return max(relation, again, key=_exactness)


def _exactness(relation: Relation) -> tuple[bool, bool, bool, int, bool]:
    # Of two that fit, steps that may lead to two people count: "mother's daughter" is a sister or a half sister.
    is_open = relation.kin is None and bool(relation.steps)
    has_side = relation.kin is not None and relation.kin.side is not Side.UNKNOWN
    return is_open, relation.is_placed, has_side, len(relation.steps), relation.sex is not Sex.UNKNOWN


def _agree(one: Relation, other: Relation) -> bool:
    if one.tie is not other.tie or (one.sex is not other.sex and Sex.UNKNOWN not in (one.sex, other.sex)):
        return False
    if one.kin is None or other.kin is None:
        return True
    sides = {one.kin.side, other.kin.side} - {Side.UNKNOWN}
    shapes = {(tie.up, tie.down) for tie in (one.kin, other.kin) if tie.up >= 0}
    return one.kin.degree == other.kin.degree and len(sides) < 2 and len(shapes) < 2


def _phrase(text: str) -> Relation | None:
    """Read one phrase: a chain of atoms, with a side or a shared parent behind it."""
    if " ".join(word for word in text.split() if word not in IDLE) in SELF:
        return Relation(Tie.SELF, (), Sex.UNKNOWN, None)
    side = None
    if match := _SIDE.search(text):
        side, text = ("maternal" if match["m"] else "paternal"), text[: match.start()].strip(" ,")
    elif match := _SHARED.search(text):
        same = match["how"] not in ("different", "another", "other")
        side, text = ("maternal" if bool(match["m"]) == same else "paternal"), text[: match.start()].strip(" ,")
        if not any(word in text for word in ("half", "aunt", "uncle", "cousin", "grand")):
            text = f"half {text}"
    text = _SAME_PARENTS.sub("", text).strip()
    by_marriage = text.endswith(" by marriage")
    text = text.removesuffix(" by marriage").removesuffix(" by blood")
    relation = _chain(text)
    if by_marriage and relation is not None:
        return Relation(Tie.IN_LAW, (), relation.sex, None)
    return relation if side is None else _on_side(relation, side)


def _on_side(relation: Relation | None, side: str) -> Relation | None:
    """Give a relation its side, where it can have one."""
    if relation is None or relation.tie is not Tie.BLOOD:
        return relation
    if not relation.steps:
        kin = relation.kin
        return relation._replace(kin=None if kin is None else kin._replace(side=Side(side)))
    first, *rest = relation.steps
    parent = "mother" if side == "maternal" else "father"
    if first == "parent" and rest:
        first = parent
    elif first.startswith("half-"):
        first = f"{side} {first}"
    elif not first.startswith(side) and (first != parent or not rest):
        return None
    return _blood((first, *rest), relation.twin, relation.is_stated)


def _chain(text: str) -> Relation | None:
    """Read "mother's brother's daughter" and "daughter of my mother's brother"."""
    links: list[str] = []
    for part in reversed(re.split(r"\bof\b", text)):
        links += _possessives(part)
    atoms = [_atom(link) for link in links]
    if any(atom is None for atom in atoms):
        return None
    relations = [atom for atom in atoms if atom is not None]
    steps = tuple(step for relation in relations for step in relation.steps)
    last = relations[-1]
    if len(relations) == 1:
        return last
    if len(relations) == len(steps) == 2 and steps[0] in _DOWN and steps[1] in _UP:
        return Relation(Tie.PARTNER, (), last.sex, None)
    ties = [relation.tie for relation in relations if relation.tie is not Tie.BLOOD]
    if ties:
        return Relation(Tie.IN_LAW if Tie.PARTNER in ties else ties[-1], (), last.sex, None)
    if any(not relation.steps for relation in relations):
        return Relation(Tie.BLOOD, (), last.sex, None)
    return _blood(steps, last.twin, last.is_stated)


def _possessives(text: str) -> list[str]:
    """Split "mothers brother's daughter" into its links."""
    text = re.sub(r"'s\b|(?<=s)'(?=\s|$)", " '", text)
    links: list[str] = []
    link: list[str] = []
    words = text.split()
    for index, word in enumerate(words):
        if word == "'":
            links.append(" ".join(link))
            link = []
            continue
        link.append(word)
        more = index + 1 < len(words) and words[index + 1] != "'" and words[index + 1] not in ("in", "or", "and", "&")
        if more and word.endswith("s") and word not in NOUNS and _singular(word) is not None:
            links.append(" ".join(link))
            link = []
    return [*links, " ".join(link)]


def _singular(word: str) -> str | None:
    noun = NOUNS.get(word) or PLURALS.get(word)
    if noun is None and word.endswith("s"):
        noun = NOUNS.get(word[:-1])
    return noun


_EITHER = re.compile(r"\s*(?:/|\bor\b|\band\b|&)\s*")


def _atom(text: str) -> Relation | None:
    """Read one link of a chain: manners and a noun, such as "maternal half aunt"."""
    text = " ".join(_apart(word) for word in text.split() if word not in IDLE)
    text = WHOLE.get(text, text)
    if (halves := _EITHER.split(text)) and len(halves) == 2:
        nouns = frozenset(noun for half in halves if (noun := _join(half)[1]) is not None)
        if nouns not in PAIRS:
            return None
        words = [*_join(halves[0])[0], PAIRS[nouns]]
    else:
        words = text.replace("non identical", "fraternal").replace("pair of twins", "twin").split()
    in_law = re.search(r"\bin laws?$|\binlaws?$", text) is not None
    if in_law:
        words = re.sub(r"\s*(?:\bin laws?|\binlaws?)$", "", text).split()
        return _in_law(words)
    if "cousin" in text or "cousn" in text:
        return _cousin(words)
    return _qualified(words)


def _apart(word: str) -> str:
    """Take "stepmother" and "greatgrandmother" apart."""
    prefixes: list[str] = []
    while _singular(word) is None and (match := _PREFIX.match(word)):
        prefixes.append(match[0])
        word = word[match.end() :]
    return " ".join((*prefixes, word))


def _join(text: str) -> tuple[list[str], str | None]:
    """Split "great grand mother" into manners and a noun."""
    *manners, last = text.split() or [""]
    noun = _singular(last)
    if manners and manners[-1] == "grand" and noun is not None and f"grand{noun}" in STEPS:
        manners, noun = manners[:-1], f"grand{noun}"
    return manners, noun


def _in_law(words: list[str]) -> Relation | None:
    if not words:
        return Relation(Tie.IN_LAW, (), Sex.UNKNOWN, None)
    noun = _join(" ".join(words))[1]
    if noun is None:
        return None
    return Relation(Tie.IN_LAW, (), _sex_of(noun), None)


def _sex_of(noun: str) -> Sex:
    steps = STEPS.get(noun, (noun,))
    return _SEX.get(steps[-1].rpartition("-")[2], Sex.UNKNOWN)


def _qualified(words: list[str]) -> Relation | None:
    manners, noun = _join(" ".join(words))
    kinds = [MANNERS.get(manner, "") for manner in manners]
    if noun is None or not all(kinds):
        return None
    if noun == "twin":
        noun, kinds = "sibling", [*kinds, "twin"]
    sides = {kind for kind in kinds if kind in ("maternal", "paternal")}
    for tie in (Tie.STEP, Tie.ADOPTIVE, Tie.FOSTER, Tie.GESTATIONAL):
        if tie in kinds and (tie is not Tie.ADOPTIVE or "birth" not in kinds):
            return Relation(tie, STEPS.get(noun, ()), _sex_of(noun), None)
    if noun in ("husband", "wife", "partner"):
        return Relation(Tie.PARTNER, (), _sex_of(noun), None) if set(kinds) <= {"idle", "birth"} else None
    if noun == "relative":
        return Relation(Tie.BLOOD, (), Sex.UNKNOWN, None, is_stated="birth" in kinds)
    steps = _great(noun, kinds.count("great"), "grand" in kinds)
    if steps is None or len(sides) > 1:
        return None
    if "half" in kinds:
        halved = [f"half-{step}" if step in _ACROSS else step for step in steps]
        if tuple(halved) == steps:
            return None
        steps = tuple(halved)
    twin = None
    if {"twin", "identical", "fraternal"} & set(kinds):
        if steps[0] not in _ACROSS or len(steps) > 1:
            return None
        known = {"identical": Zygosity.MONOZYGOTIC, "fraternal": Zygosity.DIZYGOTIC}
        twin = next((known[kind] for kind in kinds if kind in known), Zygosity.UNKNOWN)
    relation = _blood(steps, twin, "birth" in kinds)
    return _on_side(relation, sides.pop()) if sides else relation


def _great(noun: str, greats: int, grand: bool) -> tuple[str, ...] | None:
    """Lengthen the steps of a noun by its greats; a grandaunt is a great-aunt."""
    steps = STEPS.get(noun)
    if grand:
        if noun not in ("aunt", "uncle", "pibling", "niece", "nephew", "nibling"):
            return None
        greats += 1
    if steps is None or not greats:
        return steps
    if noun.startswith("grand") or noun in ("aunt", "uncle", "pibling"):
        return (steps[0],) * greats + steps
    if noun in ("niece", "nephew", "nibling"):
        return (steps[0], *["child"] * greats, steps[-1])
    return None


_REMOVED = re.compile(r"\s*\b(\w+)\s+(?:times?\s+)?removed$")


def _cousin(words: list[str]) -> Relation | None:
    """Read cousins: of which grade, how often removed, of which side."""
    text = " ".join(words)
    removed = 0
    if match := _REMOVED.search(text):
        times = match[1]
        removed = COUNTS.get(times, int(times) if times.isdecimal() and len(times) < 3 else 0)
        text = text[: match.start()]
        if not removed:
            return None
    *manners, noun = text.split()
    if _singular(noun) != "cousin":
        return None
    grades = [COUNTS[manner] for manner in manners if manner in COUNTS]
    kinds = [MANNERS.get(manner, "") for manner in manners if manner not in COUNTS]
    if not all(kinds) or len(grades) > 1 or set(kinds) - {"maternal", "paternal", "half", "birth", "step", "adoptive"}:
        return None
    if "step" in kinds or "adoptive" in kinds:
        return Relation(Tie.STEP if "step" in kinds else Tie.ADOPTIVE, (), Sex.UNKNOWN, None)
    grade = grades[0] if grades else 1
    across = "half-sibling" if "half" in kinds else "sibling"
    sides = [kind for kind in kinds if kind in ("maternal", "paternal")]
    if removed:
        side = Side(sides[0]) if sides else Side.UNKNOWN
        degree = 2 * grade + 1 + removed + ("half" in kinds)
        return Relation(Tie.BLOOD, (), Sex.UNKNOWN, Kin(degree, side, False, -1, -1))
    steps = ("parent",) * grade + (across,) + ("child",) * grade
    relation = _blood(steps)
    return _on_side(relation, sides[0]) if sides else relation


def _blood(steps: tuple[str, ...], twin: Zygosity | None = None, is_stated: bool = False) -> Relation:
    """The blood relation that these steps make."""
    sex = _SEX.get(steps[-1].rpartition("-")[2], Sex.UNKNOWN)
    return Relation(Tie.BLOOD, steps, sex, kin_of(steps, twin), twin, is_stated)


def kin_of(steps: tuple[str, ...], twin: Zygosity | None = None) -> Kin | None:
    """Reckon degree and side of a chain of steps; ``None`` where another route may be nearer ("mother's daughter").

    >>> kin_of(("mother", "sister")).degree
    2
    """
    up = down = degree = 0
    for step in steps:
        kind = step.rpartition("-")[2]
        half = "half-" in step
        if kind in _UP:
            if down:
                return None
            up, degree = up + 1, degree + 1
        elif kind in _ACROSS:
            if down:
                return None
            up, down, degree = up + 1, 1, degree + 1 + half
        elif up and not down:
            return None
        else:
            down, degree = down + 1, degree + 1
    first = steps[0]
    side = Side.OWN
    if first == "mother" or first.startswith("maternal"):
        side = Side.MATERNAL
    elif first == "father" or first.startswith("paternal"):
        side = Side.PATERNAL
    elif first == "parent" or first.startswith("half-"):
        side = Side.UNKNOWN
    if twin is Zygosity.MONOZYGOTIC:
        if len(steps) == 1:
            return Kin(0, Side.OWN, False, 0, 0)
        degree, up, down = degree - 1, up - 1, 0
    return Kin(degree, side, False, up, down)


def nearest_relations(words: str, n: int = 3) -> tuple[str, ...]:
    """Offer words of relation that look most like these, for messages.

    >>> nearest_relations("matrnal ant", 1)
    ('maternal aunt',)
    """
    from difflib import get_close_matches

    return tuple(get_close_matches(fold(words)[:100], OFFERS, n))


def advice(words: str) -> str:
    """Say how to mend words of relation that nobody understands; without words there is no offer, which takes a while.

    >>> advice("matrnal ant")
    "write 'maternal aunt'"
    """
    nearest = nearest_relations(words, 1) if words else ()
    return f"write '{nearest[0]}'" if nearest else "say it with mother, father, sister, brother, daughter and son"

"""The part of an interview about the relatives: what they had, who they are, and of which parent anything is known."""

from __future__ import annotations

from collections.abc import Generator

from menscreen.pedigree.adding import is_ancestor, resembling
from menscreen.pedigree.family import FamilyHistory, Zygosity
from menscreen.pedigree.person import History, Sex
from menscreen.pedigree.relations import parse
from menscreen.screening.account import Account
from menscreen.screening.answers import Choice
from menscreen.screening.conversation import Talk, details, entries, in_words, item_of
from menscreen.screening.panel import LISTS
from menscreen.screening.prompts import Prompt
from menscreen.screening.speaking import told_of

Asking = Generator[Prompt, str | None, int]

#: So many findings of all relatives are taken down; nobody who answers has more to tell.
MOST_TOLD = 60


_FAMILY_FIRST = {
    "tumors": "Now {your} family: everybody related by blood, from parents, brothers, sisters and children to "
    "grandparents, aunts, uncles and cousins. Has any of them ever had one of these? Begin with any.",
    "signs": "And has anybody in {your} family ever had one of these?",
}


def of_relatives(account: Account) -> Talk:
    """The panel about the relatives, and of which parent anything is known."""
    account.answer_for_relatives(FamilyHistory.ASKED)
    left = MOST_TOLD
    for part in LISTS:
        is_first = True
        while left:
            answer = yield _family_list(account, part, is_first)
            if answer is None and is_first and part == "tumors":
                account.answer_for_relatives(FamilyHistory.NOT_ASKED)
            if answer in (None, "none"):
                break
            item = item_of(part, answer)
            position = yield from _who(account, answer or "" if item is None else item.short, left)
            if item is not None:
                yield from details(account, position, item)
            else:
                yield from in_words(account, position, answer or "", None)
            is_first, left = False, left - 1
    yield from _parents(account)


def _family_list(account: Account, part: str, is_first: bool) -> Prompt:
    choices = entries(account, part, "no, nobody" if is_first else "no, that was all")
    topic, me = f"relatives-{part}", account.proband
    if is_first:
        return account.prompt(topic, me, _FAMILY_FIRST[part], "choice", choices)
    text = "So far: {told}. Has anybody else in {your} family had one of these, or one of them anything more?"
    return account.prompt(topic, me, text, "choice", choices, told=_so_far(account))


def _so_far(account: Account) -> str:
    people = enumerate(account.family.people)
    told = [
        f"{account.someone(at).name} ({told_of(person)})"
        for at, person in people
        if at != account.proband and (person.findings or person.tests)
    ]
    return "; ".join(told) or "nothing that has a name"


def _who(account: Account, short: str, left: int) -> Asking:
    """The relative of whom something is told: one of the family, or somebody new."""
    text = "And who had {short}?"
    if left == MOST_TOLD:
        text = "Who had {short}? For example: {your} mother, a sister, an uncle on {your} father's side."
    words = yield account.prompt("who", account.proband, text, "relation", short=short)
    if words is None:
        words = "relative"
    words = yield from sided(account, words, account.proband)
    words = yield from _twin(account, words)
    known = resembling(account.family, words)
    relation = parse(words)
    if known and not (relation is not None and is_ancestor(relation)):
        choices = (*(Choice(_described(account, at), account.family.people[at].id) for at in known),
                   Choice("no, somebody else", "other"))  # fmt: skip
        answer = yield account.prompt("same-person", account.proband, "Is that somebody you have told of already?",
                                      "choice", choices)  # fmt: skip
        if answer not in (None, "other"):
            return account.family.position[answer or ""]
    return account.add(words)


def _described(account: Account, position: int) -> str:
    told = told_of(account.family.people[position])
    return account.someone(position).name + (f" ({told})" if told else "")


def sided(account: Account, words: str, anchor: int, position: int | None = None) -> Generator[Prompt, str | None, str]:
    """Words of relation with the side that they leave open, if anybody can say which it is.

    The words start from the person at `anchor` and are those of the one at `position`, or of somebody just named.
    """
    that, about = ("that", anchor) if position is None else (account.someone(position).name, position)
    your = account.someone(anchor).possessive
    relation = parse(words)
    if relation is None or relation.is_placed or not relation.steps:
        return words
    steps = list(relation.steps)
    for number, step in enumerate(steps):
        whose = " ".join((your, *(f"{one}'s" for one in steps[:number])))
        if step == "parent":
            text = f"Is {that} on {whose} mother's side, or on {whose} father's side?"
            if number == len(steps) - 1:
                text = f"Is {that} {whose} mother, or {whose} father?"
            choices = (Choice("the mother's", "mother"), Choice("the father's", "father"))
        elif step.startswith("half-"):
            sibling = f"the {step.replace('-', ' ')}" if position is None else that
            whom = whose.removesuffix("'s") if number else account.someone(anchor).object
            text = f"Is it the mother or the father who {sibling} shares with {whom}?"
            choices = (Choice("the mother", "mother"), Choice("the father", "father"))
        else:
            continue
        answer = yield account.prompt("side", about, text, "choice", choices)
        if answer is None:
            return words
        side = {"mother": "maternal", "father": "paternal"}[answer]
        steps[number] = answer if step == "parent" else f"{side} {step}"
    return "'s ".join(steps)


def _twin(account: Account, words: str) -> Generator[Prompt, str | None, str]:
    """Words of relation that say whether somebody's own twin is identical, which one of another sex is not."""
    relation = parse(words)
    if relation is None or relation.twin is None or len(relation.steps) > 1:
        return words
    me, plain = account.family.people[account.proband], _TWIN[relation.sex]
    if Sex.UNKNOWN not in (me.sex, relation.sex) and me.sex is not relation.sex:
        return f"fraternal {plain}"
    is_identical = relation.twin is Zygosity.MONOZYGOTIC
    if relation.twin is Zygosity.UNKNOWN:
        text = "Are {you} and that twin identical, as far as anybody knows?"
        answer = yield account.prompt("zygosity", account.proband, text, "yes-no")
        if answer is None:
            return plain
        is_identical = answer == "yes"
    if is_identical and me.sex is Sex.UNKNOWN:
        account.set_sex(account.proband, relation.sex)
    return f"{'identical' if is_identical else 'fraternal'} {plain}"


_TWIN = {Sex.FEMALE: "twin sister", Sex.MALE: "twin brother", Sex.UNKNOWN: "twin"}


def _parents(account: Account) -> Talk:
    """Of which parent anything is known; of one who was spoken of, something is."""
    me = account.proband
    whoever = "Would you" if account.is_own else "Would anybody"
    silent = [one for one in ("mother", "father") if not _is_told_of(account, one)]
    if len(silent) == 2:
        choices = (
            Choice("yes, of both", "both"),
            Choice("of the mother only", "mother"),
            Choice("of the father only", "father"),
            Choice("no, of neither", "neither"),
        )
        text = f"{whoever} know if {{your}} mother or father by birth had had one of these?"
        answer = yield account.prompt("parents-known", me, text, "choice", choices)
        known = {"both": {"mother", "father"}, "mother": {"mother"}, "father": {"father"}}.get(answer or "", set())
    else:
        known = set()
        for one in silent:
            answer = yield account.prompt(
                "parent-known", me, f"{whoever} know if {{your}} {one} by birth had had one of these?", "yes-no"
            )
            known = {one} if answer == "yes" else set()
    for one in silent:
        position = account.add(one)
        account.change(position, history=History.KNOWN if one in known else History.UNKNOWN)
        account.settled.add(("history", account.family.people[position].id))


def _is_told_of(account: Account, one: str) -> bool:
    known = resembling(account.family, one)
    if not known:
        return False
    person = account.family.people[known[0]]
    return not person.placeholder and (bool(person.findings or person.tests) or person.id not in account.new)

"""The first part of an interview: for whom, the panel about the person and about the relatives, who is known at all.

Each function is a part of the conversation: it yields a `Prompt` and is sent the answer, ``None`` for "don't know".
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache

from menscreen.pedigree.adding import is_ancestor, resembling
from menscreen.pedigree.family import FamilyHistory, Zygosity
from menscreen.pedigree.person import GeneticTest, History, Result, Sex
from menscreen.pedigree.relations import parse
from menscreen.screening.account import Account
from menscreen.screening.answers import Choice
from menscreen.screening.panel import GENES, LISTS, OF_UNKNOWN_KIND, Item, offered
from menscreen.screening.prompts import Prompt, age_of
from menscreen.screening.speaking import named, told_of
from menscreen.vocabulary import gene as gene_of, vocabulary
from menscreen.vocabulary.terms import Kind

Talk = Generator[Prompt, str | None, None]
Asking = Generator[Prompt, str | None, int]

#: So many findings of one person and so many of all relatives are taken down; nobody who answers has more to tell.
MOST_TOLD = 12
MOST_TOLD_OF_RELATIVES = 60


def opening(account: Account) -> Talk:
    """Whether the one who answers is the one screened."""
    choices = (Choice("for myself", "self"), Choice("for somebody else", "other"))
    text = "Are you answering for yourself, or for somebody else?"
    answer = yield Prompt("for-whom", text, "choice", account.family.proband, "self", choices)
    account.is_own = answer != "other"


def basics(account: Account) -> Talk:
    """Sex and age of the person screened."""
    me = account.proband
    sexes = (Choice("female", "female"), Choice("male", "male"))
    answer = yield account.prompt("sex", me, "Which sex was recorded for {you} at birth?", "choice", sexes)
    if answer is not None:
        account.set_sex(me, Sex(answer))
    years = yield account.prompt("age-now", me, "How old {are} {you}?", "age")
    if years is not None:
        account.change(me, age=age_of(years))


def of_oneself(account: Account) -> Talk:
    """The panel about the person screened."""
    me = account.proband
    if account.family.people[me].history is History.UNKNOWN:
        account.change(me, history=History.KNOWN)
    for part in LISTS:
        yield from of_person(account, me, part)
    account.change(me, asked=None)


def of_person(account: Account, position: int, part: str) -> Talk:
    """One list of the panel about one person, until nothing more is told."""
    is_first = True
    for _ in range(MOST_TOLD):
        answer = yield _list(account, position, part, is_first)
        if answer is None and is_first and part == "tumors" and not account.family.people[position].findings:
            account.change(position, history=History.UNKNOWN)
        if answer in (None, "none"):
            return
        yield from _details(account, position, _item(part, answer))
        is_first = False


def _item(part: str, answer: str | None) -> Item:
    return next(item for item in LISTS[part] if item.id == answer)


_FIRST = {
    "tumors": "{Have} {you} ever had one of these? Begin with any of them; the others come after it.",
    "signs": "And {have} {you} ever had one of these?",
}


def _list(account: Account, position: int, part: str, is_first: bool) -> Prompt:
    choices = _entries(part, is_first, "no, none of these" if is_first else "no, nothing else")
    so_far = told_of(account.family.people[position])
    if is_first:
        return account.prompt(part, position, _FIRST[part], "choice", choices)
    text = "So far: {told}. {Have} {you} had anything else on this list?"
    return account.prompt(part, position, text, "choice", choices, told=so_far or "nothing that has a name")


def _entries(part: str, is_first: bool, no: str) -> tuple[Choice, ...]:
    """A list to choose from: in full the first time, shorter when it comes again."""
    return (*(Choice(item.words if is_first else item.short, item.id) for item in LISTS[part]), Choice(no, "none"))


def _details(account: Account, position: int, item: Item) -> Talk:
    """What exactly it was, and at which age."""
    if item.id == "test":
        yield from _test(account, position)
        return
    if not item.ask:
        if item.term is None:
            yield from _in_words(account, position)
        else:
            account.record(position, item.term)
        return
    choices = tuple(Choice(offered(term), term) for term in item.kinds)
    if item.term not in item.kinds:
        choices = (*choices, Choice("something else", "other"))
    answer = yield account.prompt("kind", position, item.ask, "choice", choices)
    if answer == "other":
        yield from _in_words(account, position)
    elif answer is not None:
        declined = ("histology",) if answer in OF_UNKNOWN_KIND else ()
        yield from _aged(account, position, account.record(position, answer, declined=declined))
    elif item.term is not None:
        yield from _aged(account, position, account.record(position, item.term, declined=("histology",)))
    else:
        account.keep_words(position, "reported, kind not known", item.short)


def _aged(account: Account, position: int, number: int) -> Talk:
    """At which age a tumor was found; of what is no tumor the age is asked only if it matters."""
    person = account.family.people[position]
    term = person.findings[number].term
    if term is None or not _has_age(term):
        return
    oldest = 125 if person.age is None else person.age.top
    text = "How old {were} {you} when the {name} {was_found}?"
    if sum(finding.term == term for finding in person.findings) > 1:
        text = "How old {were} {you} when the other {name} {was_found}?"
    answer = yield account.prompt("age-at-diagnosis", position, text, "age", ages=(0, oldest), name=named(term))
    if answer is None:
        account.note(position, number, declined=(*person.findings[number].declined, "age"))
    else:
        account.note(position, number, age=age_of(answer))


@cache
def _has_age(term: str) -> bool:
    words = vocabulary()
    raised = words.below("hyperparathyroidism") | words.below("hypercalcemia")
    return words.terms[term].kind is Kind.TUMOR or (term in raised and words.terms[term].kind is Kind.FEATURE)


def _in_words(account: Account, position: int) -> Talk:
    """What it was called, in the words of the one who answers."""
    said = yield account.prompt("name", position, "What was it called, in {your} case?", "text")
    if said is None:
        return
    words = vocabulary()
    term = words.lookup(said)
    if term is not None:
        yield from _aged(account, position, account.record(position, term.id))
        return
    term = words.tumor_spoken_of(said)
    if term is not None:
        yield from _aged(account, position, account.record(position, term.id, said))
        return
    near = words.nearest(said)
    answer = None
    if near:
        choices = (*(Choice(one, one) for one in near), Choice("none of these: keep my words", "none"))
        answer = yield account.prompt("nearest-name", position, "I do not know {said!r}. Is it one of these?", "choice",
                                      choices, said=said)  # fmt: skip
    term = None if answer in (None, "none") else words.lookup(answer or "")
    if term is None:
        account.record(position, None, said)
    else:
        yield from _aged(account, position, account.record(position, term.id))


_RESULTS = (
    Choice("a change that causes the disease was found", "pathogenic"),
    Choice("a change of unclear meaning was found", "uncertain"),
    Choice("nothing was found", "negative"),
)


def _test(account: Account, position: int) -> Talk:
    """Which gene was tested, and what was found."""
    choices = (*(Choice(gene, gene) for gene in GENES), Choice("another gene", "other"))
    gene = yield account.prompt("gene", position, "Which gene was tested in {your} case?", "choice", choices)
    if gene == "other":
        said = yield account.prompt("gene-name", position, "What is the gene called?", "text")
        gene = None if said is None else gene_of(said)
        if gene is None:
            account.keep_words(position, "genetic test of another gene", said)
            return
    if gene is None:
        account.keep_words(position, "genetic test, gene not known", None)
        return
    result = yield account.prompt(
        "result", position, "What did {your} {gene} test show?", "choice", _RESULTS, gene=gene
    )
    if result is None:
        account.keep_words(position, "genetic test, result not known", gene)
        return
    variant = None
    if result == "pathogenic":
        text = "Is the exact change in {your} {gene} gene known, such as c.1900T>C or p.Cys634Arg?"
        variant = yield account.prompt("variant", position, text, "text", gene=gene)
    account.record_test(position, GeneticTest(gene, Result(result), variant))


_FAMILY_FIRST = {
    "tumors": "Now {your} family: everybody related by blood, from parents, brothers, sisters and children to "
    "grandparents, aunts, uncles and cousins. Has anybody of them ever had one of these? Begin with any.",
    "signs": "And has anybody in {your} family ever had one of these?",
}


def of_relatives(account: Account) -> Talk:
    """The panel about the relatives, and of which parent anything is known."""
    account.answer_for_relatives(FamilyHistory.ASKED)
    left = MOST_TOLD_OF_RELATIVES
    for part in LISTS:
        is_first = True
        while left:
            answer = yield _family_list(account, part, is_first)
            if answer is None and is_first and part == "tumors":
                account.answer_for_relatives(FamilyHistory.NOT_ASKED)
            if answer in (None, "none"):
                break
            position = yield from _who(account, _item(part, answer), left)
            yield from _details(account, position, _item(part, answer))
            is_first, left = False, left - 1
    yield from _parents(account)


def _family_list(account: Account, part: str, is_first: bool) -> Prompt:
    choices = _entries(part, is_first, "no, nobody" if is_first else "no, that was all")
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


def _who(account: Account, item: Item, left: int) -> Asking:
    """The relative of whom something is told: one of the family, or somebody new."""
    text = "And who had {short}?"
    if left == MOST_TOLD_OF_RELATIVES:
        text = "Who had {short}? For example: {your} mother, a sister, an uncle on {your} father's side."
    words = yield account.prompt("who", account.proband, text, "relation", short=item.short)
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
        if step == "parent":
            whose = your if not number else f"the {steps[number - 1]}'s"
            text = f"Is {that} on {whose} mother's side, or on {whose} father's side?"
            if number == len(steps) - 1:
                text = f"Is {that} {whose} mother, or {whose} father?"
            choices = (Choice("the mother's", "mother"), Choice("the father's", "father"))
        elif step.startswith("half-"):
            sibling = f"the {step.replace('-', ' ')}" if position is None else that
            text = f"Is it the mother or the father who {sibling} shares with {account.someone(anchor).name}?"
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
    """Words of relation that say whether twins are identical, which those of different sex are not."""
    relation = parse(words)
    if relation is None or relation.twin is None:
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

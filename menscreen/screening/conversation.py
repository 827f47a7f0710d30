"""The first part of an interview: for whom, and the panel about one person.

Each function is a part of the conversation: it yields a `Prompt` and is sent the answer, ``None`` for "don't know".
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache

from menscreen.pedigree.person import GeneticTest, History, Result, Sex
from menscreen.rules.reasons import Kind as Fact
from menscreen.screening.account import Account
from menscreen.screening.answers import Choice
from menscreen.screening.panel import GENES, LISTS, OF_UNKNOWN_KIND, Item, offered
from menscreen.screening.prompts import Prompt, age_of
from menscreen.screening.speaking import named, told_of
from menscreen.vocabulary import gene as gene_of, vocabulary
from menscreen.vocabulary.terms import Kind

Talk = Generator[Prompt, str | None, None]

#: So many findings of one person are taken down from one list; nobody who answers has more to tell.
MOST_TOLD = 12


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
    answer = yield account.prompt("sex", me, "Which sex was recorded for {them} at birth?", "choice", sexes)
    if answer is not None:
        account.set_sex(me, Sex(answer))
    years = yield account.prompt("age-now", me, "How old {are} {you}?", "age")
    if years is not None:
        account.change(me, age=age_of(years))
    account.settled |= {(Fact.SEX, me, None), (Fact.PERSON_AGE, me, None)}


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
        yield from details(account, position, item_of(part, answer))
        is_first = False


def item_of(part: str, answer: str | None) -> Item:
    """The entry of a list that was chosen."""
    return next(item for item in LISTS[part] if item.id == answer)


_FIRST = {
    "tumors": "{Have} {you} ever had one of these? Begin with any of them; the others come after it.",
    "signs": "And {have} {you} ever had one of these?",
}


def _list(account: Account, position: int, part: str, is_first: bool) -> Prompt:
    choices = entries(part, is_first, "no, none of these" if is_first else "no, nothing else")
    so_far = told_of(account.family.people[position])
    if is_first:
        return account.prompt(part, position, _FIRST[part], "choice", choices)
    text = "So far: {told}. {Have} {you} had anything else on this list?"
    return account.prompt(part, position, text, "choice", choices, told=so_far or "nothing that has a name")


def entries(part: str, is_first: bool, no: str) -> tuple[Choice, ...]:
    """A list to choose from: in full the first time, shorter when it comes again."""
    return (*(Choice(item.words if is_first else item.short, item.id) for item in LISTS[part]), Choice(no, "none"))


def details(account: Account, position: int, item: Item) -> Talk:
    """What exactly it was, and at which age."""
    if item.id == "test":
        yield from _test(account, position)
        return
    if not item.ask:
        if item.term is None:
            yield from _in_words(account, position, item)
        else:
            account.record(position, item.term)
        return
    choices = tuple(Choice(offered(term), term) for term in item.kinds)
    if item.term not in item.kinds:
        choices = (*choices, Choice("something else", "other"))
    answer = yield account.prompt("kind", position, item.ask, "choice", choices)
    if answer == "other":
        yield from _in_words(account, position, item)
    elif answer is not None:
        declined = ("histology",) if answer in OF_UNKNOWN_KIND else ()
        yield from _aged(account, position, account.record(position, answer, declined=declined))
    else:
        yield from _of_no_kind(account, position, item)


def _of_no_kind(account: Account, position: int, item: Item) -> Talk:
    """Something of which nobody knows more than the list says."""
    if item.term is None:
        account.keep_words(position, "reported, kind not known", item.short)
    else:
        yield from _aged(account, position, account.record(position, item.term, declined=("histology",)))


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


def _in_words(account: Account, position: int, item: Item) -> Talk:
    """What it was called, in the words of the one who answers."""
    said = yield account.prompt(
        "name", position, "What exactly did {you} have? Please write what it was called.", "text"
    )
    if said is None:
        yield from _of_no_kind(account, position, item)
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
    gene = yield account.prompt("gene", position, "Which of {your} genes was tested?", "choice", choices)
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

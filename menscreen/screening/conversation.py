"""The first part of an interview: for whom, and the panel about one person.

Each function is a part of the conversation: it yields a `Prompt` and is sent the answer, ``None`` for "don't know".
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache

from menscreen.pedigree.person import GeneticTest, History, Result, Sex, Status
from menscreen.rules.reasons import Kind as Fact
from menscreen.screening.account import Account
from menscreen.screening.answers import Choice
from menscreen.screening.panel import GENES, LISTS, OF_UNKNOWN_KIND, Item, offered
from menscreen.screening.prompts import Prompt, age_of
from menscreen.screening.speaking import named, told_of
from menscreen.vocabulary import (
    Said,
    age_among,
    finding_spoken_of,
    findings_said,
    gene as gene_of,
    said_of,
    vocabulary,
    without_doubt,
)
from menscreen.vocabulary.terms import Kind, Term

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
        if answer is None or answer == "none":
            return
        item = item_of(part, answer)
        if item is not None:
            yield from details(account, position, item)
        else:
            yield from in_words(account, position, answer, None)
        is_first = False


def item_of(part: str, answer: str | None) -> Item | None:
    """The entry of a list that was chosen; ``None`` when what it was called was said instead."""
    return next((item for item in LISTS[part] if item.id == answer), None)


_FIRST = {
    "tumors": "{Have} {you} ever had one of these? Begin with any of them; the others come after it.",
    "signs": "And {have} {you} ever had one of these?",
}


def _list(account: Account, position: int, part: str, is_first: bool) -> Prompt:
    choices = entries(account, part, "no, none of these" if is_first else "no, nothing else")
    so_far = told_of(account.family.people[position])
    if is_first:
        return account.prompt(part, position, _FIRST[part], "choice", choices)
    text = "So far: {told}. {Have} {you} had anything else on this list?"
    return account.prompt(part, position, text, "choice", choices, told=so_far or "nothing that has a name")


def entries(account: Account, part: str, no: str) -> tuple[Choice, ...]:
    """A list to choose from: in full the first time, shorter when it comes again."""
    is_new = part not in account.heard
    account.heard.add(part)
    return (*(Choice(item.words if is_new else item.short, item.id) for item in LISTS[part]), Choice(no, "none"))


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
    choices = (*(Choice(offered(term), term) for term in item.kinds), *item.beside)
    if item.term not in item.kinds:
        choices = (*choices, Choice("something else", "other"))
    answer = yield account.prompt("kind", position, item.ask, "choice", choices, site=item.site)
    if answer == "other":
        yield from _in_words(account, position, item)
    elif answer is None:
        yield from _of_no_kind(account, position, item)
    elif answer in item.kinds:
        declined = ("histology",) if answer in OF_UNKNOWN_KIND else ()
        number = account.record(position, answer, declined=declined)
        account.tell_apart(position, number, item.kinds)
        yield from _aged(account, position, number)
    else:
        yield from in_words(account, position, answer, item.term)


def _of_no_kind(account: Account, position: int, item: Item) -> Talk:
    """Something of which nobody knows more than the list says."""
    if item.term is None:
        account.keep_words(position, "reported, kind not known", item.short)
    else:
        yield from _aged(account, position, account.record(position, item.term, declined=("histology",)))


def _aged(account: Account, position: int, number: int, said: str | None = None) -> Talk:
    """At which age a tumor was found, unless it was said; of what is no tumor it is asked only if it matters."""
    person = account.family.people[position]
    term = person.findings[number].term
    age = None if said is None else age_of(said)
    if age is not None and (person.age is None or age.low <= person.age.top):
        account.note(position, number, age=age)
        return
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
    else:
        yield from in_words(account, position, said, item.term)


def in_words(account: Account, position: int, words: str, certain: str | None) -> Talk:
    """Record what words name; `certain` is what somebody had in any case, whatever is in doubt of its kind."""
    known = vocabulary()
    site = None if certain is None else known.terms[certain].site
    found = yield from named_in(account, position, words, site)
    if found and certain is not None and all(one.is_denied for one in found):
        yield from _aged(account, position, account.record(position, certain, declined=("histology",)))
    for one in found:
        yield from taken_down(account, position, one, certain=certain)
    if found:
        return
    if _means(words):
        yield from _kept(account, position, words, certain)
        return
    spoken = finding_spoken_of(words)
    if spoken is not None:
        yield from taken_down(account, position, spoken, text=words)
        return
    near = known.nearest(words)
    answer = None
    if near:
        choices = (*(Choice(one, one) for one in near), Choice("none of these: keep my words", "none"))
        answer = yield account.prompt("nearest-name", position, "I do not know {said!r}. Is it one of these?", "choice",
                                      choices, said=words)  # fmt: skip
    term = None if answer in (None, "none") else known.lookup(answer or "")
    if term is None:
        yield from _kept(account, position, words, certain)
    else:
        yield from _aged(account, position, account.record(position, term.id))


def _kept(account: Account, position: int, words: str, certain: str | None) -> Talk:
    """Record words that name nothing, with what somebody had in any case."""
    declined = () if certain is None else ("histology",)
    yield from _aged(account, position, account.record(position, certain, words, declined=declined), age_among(words))


def named_in(
    account: Account, position: int, words: str, site: str | None
) -> Generator[Prompt, str | None, tuple[Said, ...]]:
    """The findings that words name; of those that mean different things it is asked which."""
    found = findings_said(words, site)
    means = () if found else _means(words)
    if not means:
        return found
    choices = (*(Choice(offered(term.id), term.id) for term in means), Choice("something else", "other"))
    text = "{said!r} can mean different things. Which of them was it?"
    answer = yield account.prompt("meaning", position, text, "choice", choices, said=words)
    meant = [term for term in means if term.id == answer]
    return tuple(said_of(term, words) for term in meant)


def _means(words: str) -> tuple[Term, ...]:
    return vocabulary().meanings(without_doubt(words) or words)


def taken_down(
    account: Account,
    position: int,
    said: Said,
    *,
    certain: str | None = None,
    like: int | None = None,
    text: str | None = None,
) -> Talk:
    """Record a finding as it was said.

    If only its kind is in doubt, what is `certain` is recorded beside it. It has the age of the record `like`, if
    there is one.
    """
    term, facts = said.term.id, dict(said.facts)
    if said.is_denied:
        account.record(position, term, status=Status.ABSENT)
        return
    if facts.get("bilateral"):
        facts["multiple"] = True
    if said.is_doubted and certain is not None and term in vocabulary().below(certain) - {certain}:
        like = account.record(position, certain, declined=("histology",))
        yield from _aged(account, position, like, said.age)
    status = Status.SUSPECTED if said.is_doubted else Status.PRESENT
    number = account.record(position, term, text, status=status, **facts)
    if like is None:
        yield from _aged(account, position, number, said.age)
    else:
        other = account.family.people[position].findings[like]
        declined = tuple(fact for fact in other.declined if fact == "age")
        account.note(position, number, age=other.age, declined=declined)


_RESULTS = (
    Choice("a change that causes the disease (a pathogenic variant)", "pathogenic"),
    Choice("a change of unclear meaning (a variant of uncertain significance, VUS)", "uncertain"),
    Choice("nothing (negative)", "negative"),
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
        text = "What exactly is changed in {your} {gene} gene? The report says something like c.1900T>C or p.Cys634Arg."
        variant = yield account.prompt("variant", position, text, "text", gene=gene)
    account.record_test(position, GeneticTest(gene, Result(result), variant))

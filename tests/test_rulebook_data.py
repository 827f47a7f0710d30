"""The shipped rulebooks: every part of every rule is noticed by an example, and the docs and the evidence agree."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs
import msgspec
import pytest

import menscreen
from menscreen.rules.criteria import (
    AtLeast,
    Criterion,
    Has,
    Meets,
    Relatives,
    Tumors,
)
from menscreen.rules.evaluation import answer
from menscreen.rules.examples import failing, family
from menscreen.rules.loading import FOLDER, full_rulebook, shipped
from menscreen.rules.rulebook import Rulebook, criterion, every
from menscreen.rules.truth import Truth
from menscreen.screening.boundaries import Boundaries, Spec, shorthand
from menscreen.screening.safety import SafetyTable

ROOT = Path(__file__).parents[1]
EVIDENCE = ROOT.parent / "shared" / "clinical" / "criteria.tsv"
BOOKS = shipped()
#: Statements that the evidence calls recalled and whose wording was seen since; their rules say where.
CONFIRMED_SINCE = {"NHSE-R151-04"}
FORBIDDEN = re.compile(
    r"high risk|low risk|ruled out|has MEN\b|you need|\d ?%"
    r"|\b(positive|cleared|safe|carriers?|mutations?)\b",
    re.IGNORECASE,
)
#: Numbers are shown only with the people of whom they hold (tests/test_actions.py).
SAYS_OF_WHOM = re.compile(r"famil|unselected|population|cohort|series|adults|of people|carriers")


@pytest.mark.parametrize("id", BOOKS)
def test_every_example_gives_its_answer(id: str) -> None:
    assert failing(full_rulebook(id)) == []


@pytest.mark.parametrize("id", BOOKS)
def test_every_rule_has_examples_on_all_sides(id: str) -> None:
    book = full_rulebook(id)
    for rule in book.rules:
        answers = Counter(example.answer for example in rule.examples)
        assert min(answers["met"], answers["not met"]) >= 3, rule.id
        if any(_is_counted_or_dated(one) for one in _inside(rule.when, book)):
            assert answers["undecided"] >= 3, rule.id


@pytest.mark.parametrize("id", BOOKS)
def test_near_misses_say_what_breaks(id: str) -> None:
    for rule in full_rulebook(id).rules:
        for example in rule.examples:
            assert (example.answer == "not met") == (example.breaks is not None), (rule.id, example.name)


def test_every_statement_of_a_rule_stands_in_the_evidence_as_it_was_seen() -> None:
    if not EVIDENCE.exists():
        pytest.skip("the evidence is not at hand")
    rows = [line.split("\t") for line in EVIDENCE.read_text(encoding="utf-8").splitlines()[1:]]
    confidence = {row[0]: row[-1] for row in rows}
    for id in BOOKS:
        book = full_rulebook(id)
        for rule in book.rules:
            seen = [confidence[statement] for statement in rule.statement if statement not in CONFIRMED_SINCE]
            if rule.provenance == "verbatim":
                assert all(how.startswith("H") for how in seen), rule.id
            assert book.guideline.status == "draft" or not any(how.startswith("U") for how in seen), rule.id


def test_every_statement_of_the_evidence_is_a_rule_an_action_or_left_out_with_a_reason() -> None:
    if not EVIDENCE.exists():
        pytest.skip("the evidence is not at hand")
    known = {line.split("\t")[0] for line in EVIDENCE.read_text(encoding="utf-8").splitlines()[1:]}
    accounted: set[str] = set()
    for book in map(full_rulebook, BOOKS):
        for table in (*book.rules, *book.actions, *book.left_out):
            accounted.update(table.statement)
        assert all(table.because for table in book.left_out)
    assert accounted == known


def test_ids_are_those_of_the_files_and_stand_once() -> None:
    for id in BOOKS:
        book = full_rulebook(id)
        ids = [rule.id for rule in book.rules] + [action.id for action in book.actions]
        assert book.guideline.id == id
        assert len(set(ids)) == len(ids), id


def test_every_statement_has_an_address_a_locator_and_provenance() -> None:
    for book in map(full_rulebook, BOOKS):
        assert book.guideline.url.startswith("https://"), book.id
        assert re.fullmatch(r"20\d\d-\d\d", book.guideline.read), book.id
        for rule in book.rules:
            assert rule.url.startswith("https://"), rule.id
            assert rule.locator.strip(), rule.id
        for action in book.actions:
            assert (action.url or book.guideline.url).startswith("https://"), action.id
            assert action.locator.strip(), action.id


def test_superseded_editions_are_marked_and_wording_that_nobody_has_seen_is_a_draft() -> None:
    assert {id for id in BOOKS if full_rulebook(id).guideline.status == "superseded"} >= {"pdq-men1"}
    for book in map(full_rulebook, BOOKS):
        recalled = any(one.provenance == "recalled" for one in (*book.rules, *book.actions))
        assert not recalled or book.guideline.status == "draft", book.id


def test_no_text_for_people_uses_a_forbidden_word() -> None:
    texts = [table.text for table in _safety()]
    for id in BOOKS:
        book = full_rulebook(id)
        texts += [book.guideline.note or "", *book.meanings.values()]
        texts += [action.says for action in book.actions] + [left_out.because for left_out in book.left_out]
        for rule in book.rules:
            texts += [rule.says, *rule.actions]
        texts += [action.says for action in full_rulebook(id).actions if not SAYS_OF_WHOM.search(action.says)]
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_every_notice_and_urgency_has_a_condition_and_a_source() -> None:
    tables = _safety()
    assert len({table.id for table in tables}) == len(tables)
    for table in tables:
        assert (table.when is not None) + (table.outcome is not None) + (table.flags is not None) == 1, table.id
        assert table.citation.url.startswith("https://"), table.id
        assert table.citation.provenance in ("verbatim", "secondary"), table.id


ADRENAL = "exclude-pheochromocytoma-adrenal"
MEN2 = "exclude-pheochromocytoma-men2"
CALCIUM = "calcium-creatinine-clearance"
OPEN = "pheochromocytoma-not-excluded"
CHILD = "child-of-a-parent-with-men2b"
UNTESTED = "medullary-carcinoma-without-test"
YOUNG = "young-child-of-ret-family"


def _safety() -> list[SafetyTable]:
    document = tomllib.loads((FOLDER / "safety.toml").read_text(encoding="utf-8"))
    return msgspec.convert([*document["notices"], *document["urgencies"]], list[SafetyTable])


SHOWN: list[tuple[str, bool, dict[str, list[str]]]] = [
    (ADRENAL, True, {"self": ["adrenal tumor"]}),
    (ADRENAL, True, {"self": ["pheochromocytoma, suspected"]}),
    (ADRENAL, False, {"self": ["adrenocortical adenoma"]}),
    (MEN2, True, {"mother": ["medullary thyroid carcinoma"]}),
    (MEN2, True, {"father": ["test RET pathogenic"]}),
    (MEN2, False, {"mother": ["thyroid cancer"]}),
    ("alpha-before-beta", True, {"self": ["paraganglioma"]}),
    ("alpha-before-beta", False, {"self": ["papillary thyroid carcinoma"]}),
    ("glp-1-receptor-agonists", True, {"mother": ["MEN2A"]}),
    ("glp-1-receptor-agonists", False, {"mother": ["papillary thyroid carcinoma"]}),
    (CALCIUM, True, {"self": ["hypercalcemia"]}),
    (CALCIUM, False, {"self": ["secondary hyperparathyroidism"]}),
    ("ret-risks-are-family-based", True, {"mother": ["test RET pathogenic"]}),
    ("pheochromocytoma-and-pregnancy", True, {"mother": ["test MAX pathogenic"]}),
    ("affected-relative-first", True, {"mother": ["medullary thyroid carcinoma"]}),
    ("affected-relative-first", False, {"mother": ["papillary thyroid carcinoma"]}),
    ("not-indicated-is-no-clearance", True, {"mother": ["papillary thyroid carcinoma"]}),
    ("not-indicated-is-no-clearance", False, {"mother": ["thyroid cancer"]}),
    ("men2b-in-a-child", True, {"self": ["age 17", "thick lips", "alacrima"]}),
    ("men2b-in-a-child", False, {"self": ["age 18", "thick lips", "alacrima"]}),
    ("men2b-in-a-child", True, {"self": ["age 30"], "son": ["age 2", "mucosal neuroma, multiple"]}),
    ("men2b-in-a-child", True, {"self": ["age 12", "medullary thyroid carcinoma", "mucosal neuroma"]}),
    (CHILD, True, {"self": ["age 0"], "mother": ["MEN2B"]}),
    (CHILD, True, {"self": ["age 0"], "mother": ["test RET pathogenic, variant M918T"]}),
    (CHILD, False, {"self": ["age 0"], "mother": ["test RET pathogenic, variant C634R"]}),
    (CHILD, False, {"self": ["age 0", "test RET negative"], "mother": ["MEN2B"]}),
    (OPEN, True, {"self": ["adrenal tumor"]}),
    (OPEN, False, {"self": ["pheochromocytoma"]}),
    (OPEN, False, {"self": ["adrenal tumor", "pheochromocytoma, absent"]}),
    (UNTESTED, True, {"mother": ["medullary thyroid carcinoma"]}),
    (UNTESTED, False, {"mother": ["medullary thyroid carcinoma", "test RET negative, full"]}),
    (UNTESTED, True, {"self": ["medullary thyroid carcinoma"]}),
    (UNTESTED, True, {"mother's mother": ["medullary thyroid carcinoma"]}),
    (UNTESTED, False, {"mother's sister's son": ["medullary thyroid carcinoma"]}),
    ("adrenocortical-carcinoma", True, {"self": ["adrenocortical carcinoma"]}),
    ("metastatic-disease", True, {"self": ["insulinoma, metastatic"]}),
    ("metastatic-disease", False, {"self": ["insulinoma"]}),
    (YOUNG, True, {"self": ["age 10"], "mother": ["test RET pathogenic"]}),
    (YOUNG, False, {"self": ["age 11"], "mother": ["test RET pathogenic"]}),
    ("pheochromocytoma-and-pregnancy", False, {"mother": ["papillary thyroid carcinoma"]}),
    ("uninformative-negative", True, {"mother": ["medullary thyroid carcinoma"]}),
    ("uninformative-negative", False, {"mother": ["papillary thyroid carcinoma"]}),
    ("ret-risks-are-family-based", False, {"mother": ["test RET negative, full"]}),
    ("adrenocortical-carcinoma", False, {"self": ["adrenocortical adenoma"]}),
    ("symptoms-of-pheochromocytoma", True, {"self": ["palpitations", "sweating"]}),
    ("symptoms-of-pheochromocytoma", False, {"self": ["hypertension"]}),
    ("symptoms-of-high-calcium", True, {"self": ["kidney stones"]}),
    ("symptoms-of-high-calcium", False, {"self": ["kidney stones", "primary hyperparathyroidism"]}),
    ("symptoms-of-insulinoma", True, {"self": ["hypoglycemia"]}),
    ("symptoms-of-insulinoma", False, {"mother": ["hypoglycemia"]}),
    ("symptoms-of-gastrinoma", True, {"self": ["peptic ulcer, multiple"]}),
    ("symptoms-of-gastrinoma", False, {"self": ["peptic ulcer, single"]}),
    ("symptoms-of-carcinoid", True, {"self": ["flushing", "diarrhea"]}),
    ("symptoms-of-carcinoid", False, {"self": ["flushing"]}),
    ("symptoms-of-pituitary-adenoma", True, {"self": ["galactorrhea"]}),
    ("symptoms-of-pituitary-adenoma", False, {"self": ["galactorrhea", "prolactinoma"]}),
    ("symptoms-of-medullary-carcinoma", True, {"self": ["neck mass", "diarrhea"]}),
    ("symptoms-of-medullary-carcinoma", False, {"self": ["neck mass"]}),
]


@pytest.mark.parametrize(("id", "shown", "people"), SHOWN)
def test_a_notice_is_shown_exactly_when_its_condition_holds(id: str, shown: bool, people: dict[str, list[str]]) -> None:
    text = next(table.text for table in _safety() if table.id == id)
    notices = menscreen.screen(family({"self": [], **people})).results[0].notices
    assert (text in {notice.text for notice in notices}) is shown


def test_every_notice_and_urgency_is_seen_shown_and_not_shown() -> None:
    for shown in (True, False):
        assert {id for id, is_shown, _ in SHOWN if is_shown is shown} == {table.id for table in _safety()}


@pytest.mark.parametrize("table", [table for table in _safety() if table.when is not None], ids=lambda table: table.id)
def test_a_notice_is_shown_on_no_boundary_family_but_those_of_its_condition(table: SafetyTable) -> None:
    rule = msgspec.structs.replace(full_rulebook("men5").rules[0], when=criterion(table.when or {}))
    book = full_rulebook("men5")
    wanted = {Truth.MET} if table.shown == "met" else {Truth.MET, Truth.UNDECIDED}
    for spec in Boundaries([(rule.when, {})]).families():
        for moved in ("self", "mother"):
            people = family({"self": (), moved: shorthand(spec).get("self", ()), **_others(spec)})
            asked = [person.id for person in people.people if table.of == "family" or person.id == people.proband]
            holds = any(answer(book, rule, attrs.evolve(people, proband=id)) in wanted for id in asked)
            notices = menscreen.screen(people).results[0].notices
            assert (table.text in {notice.text for notice in notices}) is holds, shorthand(spec)


def _others(spec: Spec) -> dict[str, tuple[str, ...]]:
    return {relation: facts for relation, facts in shorthand(spec).items() if relation not in ("self", "mother")}


@pytest.mark.parametrize(
    ("urgency", "people"),
    [
        ("urgent", {"self": ["age 3", "mucosal neuroma, multiple"]}),
        ("urgent", {"self": ["adrenal tumor"], "mother": ["medullary thyroid carcinoma"]}),
        ("soon", {"self": ["medullary thyroid carcinoma"]}),
        (None, {"self": ["parathyroid adenoma @30"]}),
    ],
)
def test_the_most_pressing_urgency_is_named(urgency: str | None, people: dict[str, list[str]]) -> None:
    assert menscreen.screen(family(people)).results[0].urgency == urgency


def _inside(criterion: Criterion, book: Rulebook) -> Iterator[Criterion]:
    for one in every(criterion):
        yield one
        if isinstance(one, Meets):
            yield from _inside(book.definitions[one.meets], book)


def _is_counted_or_dated(one: Criterion) -> bool:
    if isinstance(one, Has):
        return any((one.before, one.by, one.from_, one.multiple, one.bilateral, one.larger_than))
    return isinstance(one, (Tumors, AtLeast)) or (isinstance(one, Relatives) and one.at_least > 1)

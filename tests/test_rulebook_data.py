"""The shipped rulebooks: every part of every rule is noticed by an example, and the docs and the evidence agree."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import menscreen
from menscreen.pedigree.family import Pedigree
from menscreen.pedigree.person import Origin
from menscreen.rules.criteria import (
    AllOf,
    AnyOf,
    AtLeast,
    Criterion,
    Has,
    Meets,
    NoneOf,
    Relatives,
    Tumors,
)
from menscreen.rules.criteria import Tested as GeneTested
from menscreen.rules.evaluation import answer
from menscreen.rules.examples import failing, family
from menscreen.rules.loading import FOLDER, full_rulebook, profile, shipped
from menscreen.rules.rulebook import Rule, Rulebook, every
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
replace = msgspec.structs.replace


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


@pytest.mark.parametrize("id", BOOKS)
def test_an_example_notices_when_any_part_of_a_rule_is_dropped_or_shifted(id: str) -> None:
    book = full_rulebook(id)
    families = {rule.id: [family(example.family) for example in rule.examples] for rule in book.rules}
    unnoticed = []
    for rule in book.rules:
        for what, changed in _changes(rule.when):
            if not _noticed(book, [replace(rule, when=changed)], families):
                unnoticed.append(f"{rule.id}: {what}")
    for name, definition in book.definitions.items():
        for what, changed in _changes(definition):
            other = replace(book, definitions={**book.definitions, name: changed})
            if not _noticed(other, book.rules, families):
                unnoticed.append(f"definition {name}: {what}")
    assert unnoticed == []


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


def test_only_active_rulebooks_run_by_default() -> None:
    members = profile("default")
    assert {id: full_rulebook(id).guideline.status for id in members} == dict.fromkeys(members, "active")
    assert full_rulebook("pdq-men1").guideline.status == "superseded"
    assert "pdq-men1" not in members


def test_the_docs_give_the_reason_for_every_rulebook_that_runs() -> None:
    page = (ROOT / "docs" / "rulebooks.md").read_text(encoding="utf-8")
    for id, because in profile("default").items():
        assert re.search(rf"^\| `{id}` \|.*\| {re.escape(because)} \|$", page, re.MULTILINE), id


def test_the_docs_hold_every_reading() -> None:
    page = (ROOT / "docs" / "readings.md").read_text(encoding="utf-8")
    for id in BOOKS:
        section = page.partition(f"\n## {id}\n")[2].partition("\n## ")[0]
        rows = [
            f"| `{rule.id}` | {reading.question} | {reading.decision} | {reading.because} |"
            for rule in full_rulebook(id).rules
            for reading in rule.readings
        ]
        assert [line for line in section.splitlines() if line.startswith("| `")] == rows


def test_every_statement_of_the_evidence_is_accounted_for_in_one_place() -> None:
    if not EVIDENCE.exists():
        pytest.skip("the evidence is not at hand")
    rows = EVIDENCE.read_text(encoding="utf-8").splitlines()[1:]
    places: dict[str, set[str]] = {row.split("\t")[0]: set() for row in rows}
    for id in BOOKS:
        book = full_rulebook(id)
        for kind, entries in (("rules", book.rules), ("actions", book.actions), ("left out", book.left_out)):
            for entry in entries:
                for statement in entry.statement:
                    places[statement].add(f"{id}: {kind}")
    assert {statement: where for statement, where in places.items() if len(where) != 1} == {}


def test_actions_are_cited_and_name_rules_that_are_there() -> None:
    for id in BOOKS:
        book = full_rulebook(id)
        rules = {rule.id for rule in book.rules}
        assert len({action.id for action in book.actions}) == len(book.actions), id
        for action in book.actions:
            assert action.locator, (id, action.id)
            assert {rule for rule in action.rules if "/" not in rule} <= rules, (id, action.id)


def test_no_text_for_people_uses_a_forbidden_word() -> None:
    texts = [table.text for table in _safety()]
    for id in BOOKS:
        book = full_rulebook(id)
        texts += [book.guideline.note or "", *book.meanings.values()]
        texts += [action.says for action in book.actions] + [left_out.because for left_out in book.left_out]
        for rule in book.rules:
            texts += [rule.says, *rule.actions]
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_every_notice_and_urgency_has_a_condition_and_a_source() -> None:
    tables = _safety()
    assert len({table.id for table in tables}) == len(tables)
    for table in tables:
        assert (table.when is not None) + (table.outcome is not None) + table.flags == 1, table.id
        assert table.citation.url.startswith("https://"), table.id
        assert table.citation.provenance in ("verbatim", "secondary"), table.id


ADRENAL = "exclude-pheochromocytoma-adrenal"
MEN2 = "exclude-pheochromocytoma-men2"
CALCIUM = "calcium-creatinine-clearance"
OPEN = "pheochromocytoma-not-excluded"
CHILD = "child-of-a-parent-with-men2b"
UNTESTED = "medullary-carcinoma-without-test"
YOUNG = "young-child-of-ret-family"


@pytest.mark.parametrize(
    ("id", "shown", "people"),
    [
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
        ("adrenocortical-carcinoma", True, {"self": ["adrenocortical carcinoma"]}),
        ("metastatic-disease", True, {"self": ["insulinoma, metastatic"]}),
        ("metastatic-disease", False, {"self": ["insulinoma"]}),
        (YOUNG, True, {"self": ["age 10"], "mother": ["test RET pathogenic"]}),
        (YOUNG, False, {"self": ["age 11"], "mother": ["test RET pathogenic"]}),
    ],
)
def test_a_notice_is_shown_exactly_when_its_condition_holds(id: str, shown: bool, people: dict[str, list[str]]) -> None:
    text = next(table.text for table in _safety() if table.id == id)
    notices = menscreen.screen(family({"self": [], **people})).results[0].notices
    assert (text in {notice.text for notice in notices}) is shown


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


def _safety() -> list[SafetyTable]:
    document = tomllib.loads((FOLDER / "safety.toml").read_text(encoding="utf-8"))
    return msgspec.convert([*document["notices"], *document["urgencies"]], list[SafetyTable])


def _inside(criterion: Criterion, book: Rulebook) -> Iterator[Criterion]:
    for one in every(criterion):
        yield one
        if isinstance(one, Meets):
            yield from _inside(book.definitions[one.meets], book)


def _is_counted_or_dated(one: Criterion) -> bool:
    if isinstance(one, Has):
        return any((one.before, one.by, one.from_, one.multiple, one.bilateral, one.larger_than))
    return isinstance(one, (Tumors, AtLeast)) or (isinstance(one, Relatives) and one.at_least > 1)


def _noticed(book: Rulebook, rules: list[Rule] | tuple[Rule, ...], families: dict[str, list[Pedigree]]) -> bool:
    return any(
        answer(book, rule, pedigree).value != example.answer
        for rule in rules
        for example, pedigree in zip(rule.examples, families[rule.id], strict=True)
    )


def _changes(of: Criterion) -> Iterator[tuple[str, Criterion]]:
    """Every criterion that differs from this one in one part, and what was done."""
    if isinstance(of, Has):
        yield from _changed_finding(of)
    elif isinstance(of, GeneTested):
        yield from _changed_test(of)
    elif isinstance(of, Tumors):
        yield from _changed_count(of)
    elif isinstance(of, Relatives):
        yield from _changed_relatives(of)
    elif isinstance(of, AtLeast):
        yield from _changed_count(of)
        yield from ((what, replace(of, of=parts)) for what, parts in _changed_parts(of.of))
    elif isinstance(of, (AllOf, AnyOf, NoneOf)):
        parts = of.all if isinstance(of, AllOf) else of.any if isinstance(of, AnyOf) else of.none
        yield from ((what, type(of)(changed)) for what, changed in _changed_parts(parts) if changed)


def _changed_finding(of: Has) -> Iterator[tuple[str, Criterion]]:
    for name in ("before", "by", "from_", "larger_than"):
        bound = getattr(of, name)
        if bound is not None:
            yield f"{name} one less", replace(of, **{name: bound - 1})
            yield f"{name} one more", replace(of, **{name: bound + 1})
            yield f"{name} dropped", replace(of, **{name: None})
    for name in ("multiple", "bilateral", "recurrent", "metastatic"):
        if getattr(of, name):
            yield f"{name} dropped", replace(of, **{name: None})


def _changed_test(of: GeneTested) -> Iterator[tuple[str, Criterion]]:
    yield "origin turned", replace(of, origin=Origin.SOMATIC if of.origin is Origin.GERMLINE else Origin.GERMLINE)
    for result in ("pathogenic", "uncertain", "negative"):
        if result != of.result:
            yield f"result {result}", replace(of, result=result)
    if of.scope is not None:
        yield "scope dropped", replace(of, scope=None)


def _changed_count(of: Tumors | AtLeast | Relatives) -> Iterator[tuple[str, Criterion]]:
    yield "one more", replace(of, at_least=of.at_least + 1)
    if of.at_least > 1:
        yield "one less", replace(of, at_least=of.at_least - 1)


def _changed_relatives(of: Relatives) -> Iterator[tuple[str, Criterion]]:
    yield from _changed_count(of)
    if of.within is None:
        yield "only first degree", replace(of, within=1)
    else:
        yield "one degree more", replace(of, within=of.within + 1)
        if of.within > 1:
            yield "one degree less", replace(of, within=of.within - 1)
    yield from ((what, replace(of, have=changed)) for what, changed in _changes(of.have))


def _changed_parts(parts: tuple[Criterion, ...]) -> Iterator[tuple[str, tuple[Criterion, ...]]]:
    for at, part in enumerate(parts):
        yield f"without {part}", parts[:at] + parts[at + 1 :]
        for what, changed in _changes(part):
            yield f"{what} in {part}", (*parts[:at], changed, *parts[at + 1 :])

"""Profiles: which rulebooks run together; what the look-alikes may and may not change; what loading costs."""

from __future__ import annotations

import json
import time
from pathlib import Path

import msgspec
import pytest
from own_rulebooks import book

import menscreen
from menscreen.problems import RulebookError, UsageError
from menscreen.rules import loading
from menscreen.rules.examples import family
from menscreen.rules.loading import full_rulebook, profile, profiles, rulebooks_of, shipped

CASES = Path(__file__).parents[2] / "shared" / "cases" / "published.json"
LOOK_ALIKES = frozenset(
    {
        "genotes-acc",
        "chompret-2015",
        "hptjt",
        "fhh",
        "vhl-dk",
        "nf1-2021",
        "cnc",
        "cowden",
        "dicer1",
        "ata-dtc-2025",
        "hlrcc",
        "familial-pancreatic-cancer",
    }
)
NAMES = (
    "default",
    "australia",
    "united-kingdom",
    "germany",
    "netherlands",
    "france",
    "united-states",
    "singapore",
    "everything",
)
#: Milliseconds.
MOST = 3


def test_the_profiles_are_these() -> None:
    assert tuple(profiles()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_member_of_a_profile_is_there_and_has_a_reason(name: str) -> None:
    with_drafts = profile(name, drafts=True)
    assert profile(name).items() <= with_drafts.items()
    for id, because in with_drafts.items():
        assert full_rulebook(id).guideline.id == id
        assert because[0].isupper(), (name, id)
        assert because.endswith("."), (name, id)
    assert all(full_rulebook(id).guideline.status != "draft" for id in profile(name))
    assert all(full_rulebook(id).guideline.status == "draft" for id in with_drafts.keys() - profile(name).keys())


def test_the_default_profile_holds_the_look_alikes_and_no_superseded_edition() -> None:
    assert set(profile("default")) >= LOOK_ALIKES
    assert {full_rulebook(id).guideline.status for id in profile("default")} == {"active"}


def test_everything_is_everything_but_drafts_until_they_are_asked_for() -> None:
    drafts = {id for id in shipped() if full_rulebook(id).guideline.status == "draft"}
    assert set(profile("everything")) == set(shipped()) - drafts
    assert set(profile("everything", drafts=True)) == set(shipped())


def test_a_screening_runs_the_profile_that_is_named() -> None:
    people = family({"self": ["parathyroid adenoma, single @39"]})
    for name in NAMES:
        ran = [book.id for book in menscreen.screen(people, profile=name).rulebooks]
        assert ran == [book.id for book in rulebooks_of(name)]
    assert menscreen.screen(people) == menscreen.screen(people, profile="default")
    with pytest.raises(RulebookError, match="R010"):
        menscreen.screen(people, profile="austria")
    with pytest.raises(UsageError, match="U002"):
        menscreen.screen(people, profile="australia", rulebooks=["eviq-1428"])


def test_a_draft_runs_only_for_those_who_say_so(tmp_path: Path) -> None:
    people = family({"self": ["insulinoma @39"]})
    draft = book(tmp_path, "own", '{ has = "insulinoma" }', status="draft")
    with pytest.raises(UsageError, match=r"a draft, whose wording nobody has seen(.|\n)*say --drafts"):
        menscreen.screen(people, rulebooks=[draft])
    assert menscreen.screen(people, rulebooks=[draft], drafts=True).outcome == "warranted"


@pytest.mark.parametrize("together", [False, True])
def test_look_alikes_change_no_men_outcome(together: bool) -> None:
    if not CASES.exists():
        pytest.skip("the published cases are not here")
    men = [id for id in profile("default") if id not in LOOK_ALIKES]
    members = [[*men, *LOOK_ALIKES]] if together else [[*men, id] for id in sorted(LOOK_ALIKES)]
    programs = [[loading.shipped_rulebook(id) for id in ids] for ids in members]
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        people = menscreen.read(case["pedigree"])
        alone = menscreen.screen(people, rulebooks=men).results[0]
        for books in programs:
            both = menscreen.screen(people, rulebooks=books).results[0]
            assert (both.outcome, both.could_become, both.syndromes) == (
                alone.outcome,
                alone.could_become,
                alone.syndromes,
            ), case["id"]


@pytest.mark.clock
def test_loading_the_default_profile_costs_at_most_3_milliseconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = tmp_path / "compiled.msgpack"
    compiled.write_bytes(loading.compile_rulebooks())
    monkeypatch.setattr(loading, "COMPILED", compiled)
    best = min(_milliseconds() for _ in range(30))
    assert best <= MOST, f"{best:.2f} ms for {len(profile('default'))} rulebooks"


def _milliseconds() -> float:
    _forget()
    start = time.perf_counter()
    loading.rulebooks_of("default")
    return (time.perf_counter() - start) * 1000


def test_a_part_that_is_older_than_its_source_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (loading.FOLDER / "men5.toml").read_text()
    for name in ("men5.toml", "profiles.toml", "safety.toml"):
        (tmp_path / name).write_bytes((loading.FOLDER / name).read_bytes())
    monkeypatch.setattr(loading, "FOLDER", tmp_path)
    monkeypatch.setattr(loading, "COMPILED", tmp_path / "compiled.msgpack")
    loading.COMPILED.write_bytes(loading.compile_rulebooks())
    _forget()
    assert loading.shipped_rulebook("men5").rules[0].says in text
    (tmp_path / "men5.toml").write_text(text.replace('edition = "', 'edition = "other ', 1))
    _forget()
    assert loading.shipped_rulebook("men5").guideline.edition.startswith("other ")
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in (loading.shipped_rulebook, loading._compiled, loading._other, loading._profiles):
        cached.cache_clear()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("gene", ["RET", "MEN1", "CDKN1B", "MAX"])
def test_a_known_variant_in_a_relative_counts_in_every_profile(name: str, gene: str) -> None:
    for relation, outcome in (("mother", "warranted"), ("mother's sister", "warranted"), ("cousin", "consider")):
        relation = {"cousin": "mother's sister's son"}.get(relation, relation)
        people = family({"self": ["female"], relation: [f"test {gene} pathogenic"]})
        assert menscreen.screen(people, profile=name).outcome == outcome, relation


@pytest.mark.parametrize("name", NAMES)
def test_a_syndrome_in_a_relative_and_a_tumor_of_unknown_type_count_in_every_profile(name: str) -> None:
    for syndrome in ("MEN1", "MEN2A", "MEN2B", "MEN4", "MEN5"):
        people = family({"self": ["female"], "mother's sister": [syndrome]})
        assert menscreen.screen(people, profile=name).outcome == "warranted", syndrome
    for tumor in ("thyroid cancer", "pancreatic tumor", "adrenal tumor", "hyperparathyroidism"):
        people = family({"self": ["female"], "mother": [tumor]})
        assert menscreen.screen(people, profile=name).outcome >= "clarify", tumor
    for own in ("mucosal neuroma, multiple", "medullary thyroid carcinoma"):
        people = family({"self": ["age 4", own], "mother": ["goiter"]})
        assert menscreen.screen(people, profile=name).outcome == "warranted", own


def test_without_the_compiled_file_the_sources_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> object:
        _forget()
        return loading.rulebooks_of("default"), loading.profiles(), loading.safety()

    compiled = told()
    monkeypatch.setattr(loading, "COMPILED", tmp_path / "nothing.msgpack")
    assert told() == compiled
    loading.COMPILED.write_bytes(b"\xff damaged")
    assert told() == compiled
    monkeypatch.undo()
    _forget()


@pytest.mark.parametrize("name", ["profiles", "safety", "../men5", "", "no-such"])
def test_what_is_no_rulebook_is_none(name: str) -> None:
    with pytest.raises(RulebookError) as error:
        loading.load(name)
    assert [problem.code for problem in error.value.problems] == ["R010"]


def test_a_file_that_cannot_be_read_is_told_by_its_name_alone(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as error:
        loading.load(tmp_path / "mine.toml")
    (problem,) = error.value.problems
    assert (problem.code, problem.where) == ("R001", "mine.toml")
    assert problem.found == "a file that cannot be read (No such file or directory)"


def test_a_rulebook_is_in_part_when_it_is_a_shipped_one_with_statements_left_out() -> None:
    book = loading.load("men5")
    assert not loading.is_in_part(book)
    assert loading.is_in_part(msgspec.structs.replace(book, rules=book.rules[1:]))
    own = msgspec.structs.replace(book.guideline, id="own")
    assert not loading.is_in_part(msgspec.structs.replace(book, guideline=own, rules=book.rules[1:]))


def test_no_rulebook_is_not_the_same_as_those_of_the_profile() -> None:
    with pytest.raises(UsageError) as error:
        menscreen.screen(family({"self": []}), rulebooks=[])
    assert error.value.problems[0].found == "no rulebook"

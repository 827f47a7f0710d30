"""``menscreen ask`` at a pseudo-terminal: the published cases, leaving at every point, going on, and files."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from robot import Robot
from terminal import Terminal

import menscreen
from menscreen.screening.interview import Interview
from menscreen.screening.prompts import Prompt

CASES = Path(__file__).parents[2] / "shared" / "cases" / "published.json"

#: Answered so far, and every kind of question: choice, age, relation, yes or no, text.
TALK = ["1", "1", "34", "2", "1", "31", "8", "8", "1", "my aunt", "1", "", "44", "8", "8", "1", "1", "", "2"]


def typed(prompt: Prompt, answer: str | None) -> str:
    """What somebody types: the number of a choice, else the words."""
    if answer is None:
        return ""
    if prompt.kind == "choice":
        return str(1 + [choice.value for choice in prompt.choices].index(answer))
    return answer


def said(text: str) -> str:
    """What was shown, without line breaks and indents."""
    return " ".join(text.split())


def finished(terminal: Terminal, answers: list[str]) -> str:
    """Give answers, Enter when they are used up, until the command ends; give back what was shown last."""
    left = iter(answers)
    while (shown := terminal.heard()).endswith("> "):
        terminal.say(next(left, ""))
    return shown


def cases() -> list[object]:
    if not CASES.exists():
        return []
    return [pytest.param(one, id=one["id"]) for one in json.loads(CASES.read_text())]


@pytest.mark.skipif(not CASES.exists(), reason="the published cases are not here")
@pytest.mark.parametrize("case", cases())
def test_a_published_case_answered_at_the_terminal_gives_its_outcome(case: dict[str, object], tmp_path: Path) -> None:
    record = menscreen.read(case["pedigree"])  # type: ignore[arg-type]
    robot, interview = Robot(record), Interview()
    terminal = Terminal(["ask", "-o", "told.json"], tmp_path)
    while (prompt := interview.prompt) is not None:
        assert said(prompt.text) in said(terminal.heard())
        after = robot.answered(interview)
        terminal.say(typed(prompt, after.answers[-1]))
        interview = after
    assert terminal.status() == 0
    expected = menscreen.screen(record)
    assert f"MEN: {expected.outcome.value}." in terminal.shown
    found = menscreen.screen(menscreen.read(tmp_path / "told.json"))
    assert found.outcome is expected.outcome
    assert found.results[0].also_outcome is expected.results[0].also_outcome
    assert set(found.results[0].syndromes) == set(expected.results[0].syndromes)
    assert "\x1b" not in terminal.shown
    assert not list(tmp_path.glob("*.interview*"))


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    terminal = Terminal(["ask"], folder)
    shown = finished(terminal, TALK)
    assert terminal.status() == 0
    return shown, (folder / "family.json").read_bytes()


LEAVING = {"Ctrl-C": (b"\x03", 130), "the end of input": (b"\x04", 0), "q": (b"q\n", 0), "a power cut": (b"", None)}


EVERYWHERE = [("Ctrl-C", place) for place in range(len(TALK) + 1)]
HERE_AND_THERE = [(how, place) for how in list(LEAVING)[1:] for place in (0, 1, 9, len(TALK))]


@pytest.mark.parametrize(("how", "place"), EVERYWHERE + HERE_AND_THERE)
def test_leaving_anywhere_and_coming_again_gives_the_same_end(
    how: str, place: int, uninterrupted: tuple[str, bytes], tmp_path: Path
) -> None:
    key, status = LEAVING[how]
    terminal = Terminal(["ask"], tmp_path)
    for line in TALK[:place]:
        terminal.heard()
        terminal.say(line)
    terminal.heard()
    if status is None:
        terminal.kill()
    else:
        terminal.press(key)
        assert terminal.status() == status
        assert "kept in family.json.interview" in terminal.shown
        assert "To go on: menscreen ask" in said(terminal.shown)
    assert not (tmp_path / "family.json").exists()
    again = Terminal(["ask"], tmp_path)
    if place:
        assert "an interview with" in said(again.heard())
        again.say("yes")
    shown = finished(again, TALK[place:])
    assert again.status() == 0
    assert shown.split("this is what it comes to")[1] == uninterrupted[0].split("this is what it comes to")[1]
    assert (tmp_path / "family.json").read_bytes() == uninterrupted[1]
    assert sorted(os.listdir(tmp_path)) == ["family.json"]


def test_interruptions_at_any_moment_lose_no_answer(uninterrupted: tuple[str, bytes], tmp_path: Path) -> None:
    """Ctrl-C while the command is busy, not only while it waits."""
    chance = random.Random(7)
    given = 0
    for _ in range(8):
        terminal = Terminal(["ask"], tmp_path)
        shown = terminal.heard()
        if "not finished" in said(shown):
            terminal.say("")
            terminal.heard()
        before = json.loads((tmp_path / "family.json.interview").read_text())["answers"]
        assert len(before) in (given, given - 1)
        given = len(before)
        for _ in range(chance.randint(0, 2)):
            terminal.say(TALK[given])
            terminal.heard()
            given += 1
        terminal.say(TALK[given])
        given += 1
        terminal.press(b"\x03")
        assert terminal.status() == 130
        terminal = None
    last = Terminal(["ask"], tmp_path)
    last.heard()
    last.say("yes")
    done = len(json.loads((tmp_path / "family.json.interview").read_text())["answers"])
    finished(last, TALK[done:])
    assert last.status() == 0
    assert (tmp_path / "family.json").read_bytes() == uninterrupted[1]


def test_b_goes_back_and_wrong_input_is_asked_again_with_a_hint(tmp_path: Path) -> None:
    terminal = Terminal(["ask"], tmp_path)
    terminal.heard()
    terminal.say("b")
    assert "This is the first question" in terminal.heard()
    for line, hint in {"9": "a number from 1 to 2", "green": "one of the answers offered"}.items():
        terminal.say(line)
        assert hint in said(terminal.heard())
    for line in ("1", "1", "b"):
        terminal.say(line)
        shown = terminal.heard()
    assert "Which sex was recorded for you at birth?" in said(shown)
    terminal.say("male")
    assert "How old are you?" in said(terminal.heard())
    terminal.say("old")
    assert "write an age such as 44" in said(terminal.heard())
    terminal.press(b"\x04")
    assert terminal.status() == 0


def test_no_to_going_on_keeps_the_old_interview_aside(tmp_path: Path) -> None:
    terminal = Terminal(["ask"], tmp_path)
    for line in ("1", "2", "q"):
        terminal.heard()
        terminal.say(line)
    assert terminal.status() == 0
    again = Terminal(["ask"], tmp_path)
    assert "2 answers" in said(again.heard())
    again.say("no")
    assert "Are you answering for yourself" in said(again.heard())
    again.press(b"\x03")
    assert again.status() == 130
    assert json.loads((tmp_path / "family.json.interview.old").read_text())["answers"] == ["self", "male"]


def asked(folder: Path, *words: str, lines: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "menscreen", "ask", *words]
    return subprocess.run(command, input=lines, capture_output=True, text=True, cwd=folder, env=environment)


def test_questions_go_to_standard_error_and_the_report_to_standard_output(tmp_path: Path) -> None:
    done = asked(tmp_path, lines="\n" * 40)
    assert done.returncode == 0
    assert "Are you answering for yourself" in done.stderr
    assert "MEN: clarify." in done.stdout
    assert "Are you answering" not in done.stdout


def test_a_number_of_thousands_of_digits_is_asked_again(tmp_path: Path) -> None:
    done = asked(tmp_path, lines=f"{'9' * 5000}\n" + "\n" * 40)
    assert done.returncode == 0
    assert "MEN: clarify." in done.stdout


def test_a_file_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "family.json").write_text("{}")
    done = asked(tmp_path)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert (tmp_path / "family.json").read_text() == "{}"


def test_a_family_can_be_completed_in_its_own_file(tmp_path: Path) -> None:
    document = {"proband": {"sex": "female", "age": 34}, "relatives": [
        {"relation": "mother", "findings": [{"finding": "thyroid cancer", "age": 44}]},
    ]}  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(document))
    done = asked(tmp_path, "a.json", "-o", "a.json", lines="1\nmedullary thyroid cancer\n" + "\n" * 20)
    assert done.returncode == 0
    assert "your mother had?" in done.stderr
    assert menscreen.screen(menscreen.read(tmp_path / "a.json")).outcome is menscreen.Outcome.WARRANTED


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["-o", "nowhere/family.json"], "cannot be written"),
        (["-o", "/proc/family.json"], "cannot be written"),
        (["-"], "standard input"),
        (["-o", "-"], "needs a file"),
        (["missing.json"], "missing.json"),
        (["--profile", "nowhere"], "profile"),
    ],
)
def test_what_cannot_work_is_said_before_the_first_question(words: list[str], found: str, tmp_path: Path) -> None:
    done = asked(tmp_path, *words, lines="\n" * 40)
    assert done.returncode == 2
    assert found in done.stderr
    assert "Are you answering" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": "x", "answers": [1]}'])
def test_a_state_that_cannot_be_read_is_never_written_over(content: str, tmp_path: Path) -> None:
    state = tmp_path / "family.json.interview"
    state.write_text(content)
    done = asked(tmp_path)
    if content:
        assert done.returncode == 2
        assert state.read_text() == content
    else:
        assert done.returncode == 0


def test_the_state_is_for_the_eyes_of_the_user_alone(tmp_path: Path) -> None:
    assert asked(tmp_path, lines="1\n").returncode == 0
    assert (tmp_path / "family.json.interview").stat().st_mode & 0o077 == 0


WHOLE = "\n" * 40


def left(folder: Path, *words: str, lines: str = "1\n2\n") -> bytes:
    """The state that somebody leaves after a few answers."""
    assert asked(folder, *words, lines=lines).returncode == 0
    return (folder / "family.json.interview").read_bytes()


def test_a_file_that_came_beside_a_kept_interview_is_not_written_over(tmp_path: Path) -> None:
    kept = left(tmp_path)
    (tmp_path / "family.json").write_text("{}")
    done = asked(tmp_path, lines=f"yes{WHOLE}")
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert "family.json.interview" in done.stderr
    assert (tmp_path / "family.json").read_text() == "{}"
    assert (tmp_path / "family.json.interview").read_bytes() == kept
    (tmp_path / "family.json").rename(tmp_path / "other.json")
    assert asked(tmp_path, lines=f"yes{WHOLE}").returncode == 0


def test_a_file_that_comes_during_the_interview_is_not_written_over(tmp_path: Path) -> None:
    terminal = Terminal(["ask"], tmp_path)
    terminal.heard()
    (tmp_path / "family.json").write_text("{}")
    terminal.say("1")
    shown = finished(terminal, [])
    assert terminal.status() == 2
    assert "is there already" in said(shown)
    assert "kept in family.json.interview" in said(shown)
    assert (tmp_path / "family.json").read_text() == "{}"
    (tmp_path / "family.json").unlink()
    again = asked(tmp_path, lines="yes\n")
    assert again.returncode == 0
    assert "MEN: clarify." in again.stdout


def test_a_file_that_changes_while_it_is_completed_is_not_written_over(tmp_path: Path) -> None:
    family = tmp_path / "a.json"
    family.write_text(json.dumps({"proband": {"sex": "female", "age": 34}, "family_history": "not-asked"}))
    terminal = Terminal(["ask", "a.json", "-o", "a.json"], tmp_path)
    terminal.heard()
    family.write_text("{}")
    terminal.say("1")
    shown = finished(terminal, [])
    assert terminal.status() == 2
    assert "changed" in said(shown)
    assert family.read_text() == "{}"
    assert (tmp_path / "a.json.interview").exists()


def test_what_was_killed_when_the_family_was_written_already_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    terminal = Terminal(["ask"], tmp_path)
    states = []
    while terminal.heard().endswith("> "):
        states.append((tmp_path / "family.json.interview").read_bytes())
        terminal.say("")
    assert terminal.status() == 0
    last = json.loads(states[-1])
    last["answers"].append(None)
    (tmp_path / "family.json.interview").write_text(json.dumps(last))
    written = (tmp_path / "family.json").read_bytes()
    done = asked(tmp_path, lines="yes\n")
    assert done.returncode == 0
    assert "MEN: clarify." in done.stdout
    assert (tmp_path / "family.json").read_bytes() == written
    assert not (tmp_path / "family.json.interview").exists()


def test_an_interview_put_aside_does_not_write_over_another_that_was(tmp_path: Path) -> None:
    first = left(tmp_path)
    second = left(tmp_path, lines="no\n1\n1\n44\n")
    assert asked(tmp_path, lines="no\n").returncode == 0
    aside = sorted(one for one in tmp_path.iterdir() if ".interview.old" in one.name)
    assert sorted(one.read_bytes() for one in aside) == sorted([first, second])


def test_another_profile_than_the_interview_was_begun_with_is_an_error(tmp_path: Path) -> None:
    kept = left(tmp_path, "--profile", "australia")
    done = asked(tmp_path, "--profile", "germany", lines=f"yes{WHOLE}")
    assert done.returncode == 2
    assert "(U006)" in done.stderr
    assert "--profile australia" in done.stderr
    assert (tmp_path / "family.json.interview").read_bytes() == kept
    assert asked(tmp_path, "--profile", "australia", lines=f"yes{WHOLE}").returncode == 0


def test_an_interview_goes_on_with_the_profile_it_was_begun_with_and_says_so(tmp_path: Path) -> None:
    left(tmp_path, "--profile", "australia")
    done = asked(tmp_path, lines="yes\nq\n")
    assert "with the profile australia" in said(done.stderr)
    assert "menscreen ask --profile australia" in said(done.stderr)


def test_the_last_line_of_a_file_counts_without_a_line_end(tmp_path: Path) -> None:
    assert json.loads(left(tmp_path, lines="1\n1\n34"))["answers"] == ["self", "female", "34"]


def test_short_answers_are_offered_in_the_line_and_a_list_comes_in_full_once(tmp_path: Path) -> None:
    done = asked(tmp_path, lines="1\nfemale\n60\nyes\n44\ninsulinoma\n30\nno\nq\n")
    shown = said(done.stderr)
    assert "(for myself or for somebody else) >" in shown
    assert "(female or male) >" in shown
    assert "Which of them? Please write its number." in shown
    assert "Please write a number from 1 to 8, or nothing if you do not know." in shown
    assert shown.count("at the front of the neck") == 1
    assert "1 thyroid, 2 parathyroid, 3 pancreas, 4 adrenal, 5 pituitary, 6 carcinoid, 7 paraganglioma, 8 no" in shown


HOSTILE = "\x1b[2J\x1b]0;title\x07green\x00 \x1b[31mhair\x1b[0m\u202e\x9b1m"


def test_control_characters_that_are_pasted_reach_neither_the_terminal_nor_the_file(tmp_path: Path) -> None:
    done = asked(tmp_path, lines=f"1\n1\n34\n8\n7\n{HOSTILE}\n{WHOLE}")
    assert done.returncode == 0
    written = (tmp_path / "family.json").read_text()
    assert '"green hair' in written
    for shown in (done.stderr, done.stdout, written):
        assert shown.replace("\n", "").isprintable()


def test_control_characters_in_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    document = {"proband": {"sex": "female", "age": 34, "findings": [{"text": HOSTILE}]}, "family_history": "not-asked"}
    (tmp_path / "a.json").write_text(json.dumps({**document, "proband": {**document["proband"], "history": None}}))
    done = asked(tmp_path, "a.json", lines="1\n1\n\n\n")
    assert "So far" in done.stderr
    assert done.stderr.replace("\n", "").isprintable()


def test_a_very_long_line_is_an_answer_like_any_other(tmp_path: Path) -> None:
    long = "cousin " * 200_000
    done = asked(tmp_path, lines=f"1\n1\n{'9' * 1_000_000}\n34\n8\n8\n1\n{long}\nmy aunt\n{long}{WHOLE}")
    assert done.returncode == 0
    assert len(done.stderr) < 20_000

"""When a repetition is clean in what can be seen, and what is said of it in window, report, plan and files."""

import pytest

from formcheck.analysis.clean import clean_as_seen, clean_count, unseen_in_clean
from formcheck.analysis.progression import suggest
from formcheck.exercises import EXERCISES
from formcheck.gui.widgets.rep_strip import outcome_words
from formcheck.gui.widgets.set_words import fault_words, rep_words
from formcheck.report.document import Facts
from formcheck.report.session_report import session_document
from formcheck.report.words import clean_words, outcome
from formcheck.results import Finding, Rep, Session, Severity, Side, VideoInfo

BANDED = EXERCISES["banded-rotation"]
CLOTHES = "how far the arms turn cannot be told through clothes"
PULL = {"arm_pull": CLOTHES}
SPINE = Finding("spine_rotation", Severity.FAULT, 1.0, 25.0, 15.0, "deg")
WATCHED = {
    "clam": "pelvic_roll",
    "sidelying-er": "pelvic_roll",
    "banded-rotation": "spine_rotation",
    "single-leg-squat": "knee_valgus",
    "lateral-band-walk": "trunk_lean",
    "monster-walk": "trunk_lean",
    "pivot": "pelvic_drop",
    "running": "pelvic_drop",
    "treadmill-walking": "pelvic_drop",
}
"""The fault that each exercise is watched for, as a therapist would name it."""


def rep(number: int, *found: Finding, unseen: dict[str, str] | None = None) -> Rep:
    return Rep(number, Side.LEFT, 3.0 * number, 3.0 * number + 1, 3.0 * number + 2, {}, found, unseen or {})


def banded(*reps: Rep) -> Session:
    video = VideoInfo("a.mp4", 640, 480, 30.0, 40.0, 1200)
    return Session("0.1.0", "banded-rotation", "close", Side.LEFT, video, "full", 600, {}, reps)


def test_the_table_names_every_exercise() -> None:
    assert set(WATCHED) == set(EXERCISES)


@pytest.mark.parametrize(("name", "watched"), WATCHED.items())
def test_only_the_watched_fault_must_be_judged(name: str, watched: str) -> None:
    exercise = EXERCISES[name]
    others = {f.name: "hidden" for f in exercise.faults if f.name != watched}
    assert clean_as_seen(rep(1), exercise)
    assert clean_as_seen(rep(1, unseen=others), exercise)
    assert not clean_as_seen(rep(1, unseen={watched: "hidden"}), exercise)
    assert not clean_as_seen(rep(1, unseen={watched: "hidden"} | others), exercise)
    assert not clean_as_seen(rep(1, Finding(next(iter(others)), Severity.CAUTION, 1.0, 1.0, 1.0, "deg")), exercise)


def test_of_an_exercise_that_is_not_known_nothing_may_be_missing() -> None:
    assert clean_as_seen(rep(1), None)
    assert not clean_as_seen(rep(1, unseen=PULL), None)


SET = banded(rep(1, unseen=PULL), rep(2, SPINE, unseen=PULL), rep(3), rep(4, unseen=PULL | {"spine_rotation": "hidden"}))


def test_a_set_is_counted_by_the_rule_and_the_file_keeps_its_stricter_count() -> None:
    assert clean_count(SET) == 2
    assert unseen_in_clean(SET) == {"arm_pull": 1}
    assert SET.clean_reps == 1


def test_report_and_window_say_it_in_words_and_name_what_was_not_seen() -> None:
    assert [outcome(SET, r) for r in SET.reps] == [
        "clean in what can be seen, Pulling with the arms not assessable",
        "Turning from the spine (fault), Pulling with the arms not assessable",
        "clean",
        "Pulling with the arms not assessable, Turning from the spine not assessable",
    ]
    assert clean_words(SET) == "2 clean in what can be seen"
    assert clean_words(banded(rep(1), rep(2, SPINE))) == "1 clean"
    facts = next(dict(b.pairs) for b in session_document(SET).blocks if isinstance(b, Facts))
    assert facts["Repetitions"] == "4, of them 2 clean in what can be seen"
    assert facts["Not assessable"] == "1 of 4 repetitions"
    assert facts["Not assessable in clean repetitions"] == "Pulling with the arms (1)"
    assert "Not assessable in clean repetitions: Pulling with the arms" in fault_words(SET, BANDED)
    assert [outcome_words(r, BANDED) for r in SET.reps] == [
        "clean in what can be seen",
        "fault",
        "clean",
        "not everything could be seen",
    ]
    assert rep_words(SET.reps[0], BANDED).endswith(
        f"clean in what can be seen; Pulling with the arms: not assessable ({CLOTHES})"
    )


def test_a_plan_goes_on_from_it_and_says_so() -> None:
    done = [banded(*(rep(i, unseen=PULL) for i in range(1, 11)))] * 3
    suggestion = suggest("banded-rotation", "close", done)
    assert suggestion is not None
    assert "clean. That is in what can be seen; not assessable: Pulling with the arms." in suggestion.words
    hidden = [banded(*(rep(i, unseen={"spine_rotation": "hidden"}) for i in range(1, 11)))] * 3
    assert suggest("banded-rotation", "close", hidden) is None

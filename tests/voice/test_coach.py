"""What is said in a set: the right words at the right moment, and no more than was asked for."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.handsfree import Stage
from formcheck.analysis.setup import CheckResult
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import SetupCheck
from formcheck.frames import Frame, PoseFrame
from formcheck.results import Finding, Rep, Severity
from formcheck.run.live.live_set import LiveUpdate
from formcheck.run.loop import MeasuredFrame
from formcheck.voice.coach import Coach, Talk, summary
from formcheck.voice.speaker import Urgency

CLAM = EXERCISES["clam"]
FRAME = Frame(np.zeros((48, 64, 3), np.uint8), 0, 0.0)
ROLL = Finding("pelvic_roll", Severity.FAULT, 1.0, 20.0, 15.0, "deg")


def rep(number: int, *findings: Finding) -> Rep:
    return Rep(number, None, 0.0, 1.0, 2.0, {}, findings)


def update(stage: Stage, *, reps: tuple[Rep, ...] = (), finished: Rep | None = None, **more: object) -> LiveUpdate:
    active = more.pop("active", ())
    snapshot = Snapshot(0.0, AnalysisState.READY, None, {}, 0.0, reps, finished, active, 1)  # type: ignore[arg-type]
    base = LiveUpdate(MeasuredFrame(FRAME, PoseFrame.nobody(FRAME), snapshot), stage, (), None, 0.0, False, None)
    return replace(base, **more)  # type: ignore[arg-type]


def words(coach: Coach, *updates: LiveUpdate, step_s: float = 2.0) -> list[str]:
    return [u.words for i, one in enumerate(updates) for u in coach.update(one, 100.0 + i * step_s)]


def counted(*reps: Rep) -> list[LiveUpdate]:
    return [update(Stage.RUNNING, reps=reps[: i + 1], finished=reps[i]) for i in range(len(reps))]


def test_the_countdown_and_the_beginning() -> None:
    stages = [update(Stage.COUNTDOWN, countdown_s=s) for s in (2.9, 2.5, 1.9, 0.9)] + [update(Stage.RUNNING)]
    assert words(Coach(CLAM), *stages, step_s=0.3) == ["3", "2", "1", "Go."]


@pytest.mark.parametrize(("every", "heard"), [(1, ["1.", "2.", "3."]), (2, ["2."]), (0, [])])
def test_the_number_as_often_as_asked(every: int, heard: list[str]) -> None:
    coach = Coach(CLAM, talk=Talk.COUNT, count_every=every)
    assert words(coach, *counted(rep(1), rep(2), rep(3))) == ["Go.", *heard]


def test_one_cue_a_repetition_and_praise_for_the_next_clean_one() -> None:
    moving = update(Stage.RUNNING, active=(ROLL,))
    coach = Coach(CLAM, count_every=0)
    heard = words(coach, moving, moving, moving, *counted(rep(1, ROLL), rep(2), rep(3)))
    assert heard == ["Go.", CLAM.fault("pelvic_roll").cue, "Good. Keep it like that."]


def test_a_cue_for_the_next_repetition_is_said_after_the_number_of_this_one() -> None:
    coach = Coach(CLAM)
    coach.update(update(Stage.RUNNING), 0.0)
    said = coach.update(update(Stage.RUNNING, active=(ROLL,), reps=(rep(1, ROLL),), finished=rep(1, ROLL)), 2.0)
    assert [u.words for u in said] == ["1.", CLAM.fault("pelvic_roll").cue]
    assert said[1].urgency is said[0].urgency
    assert said[1].latest_s > 1.0


def test_a_warning_is_the_most_urgent() -> None:
    coach = Coach(CLAM)
    coach.update(update(Stage.RUNNING), 0.0)
    assert coach.update(update(Stage.RUNNING, active=(ROLL,)), 1.0)[0].urgency is Urgency.WARNING


def test_what_is_left_is_said_at_the_end() -> None:
    coach = Coach(CLAM, planned=4)
    assert words(coach, *counted(rep(1), rep(2), rep(3), rep(4))) == ["Go.", "1.", "2. Two more.", "3. Last one.", "4."]


def test_set_up_words_only_when_they_last() -> None:
    failing = update(Stage.CHECKING, checks=(CheckResult(SetupCheck.DISTANCE, False, "Come closer"),))
    coach = Coach(CLAM)
    assert words(coach, failing, failing, step_s=0.5) == []
    assert [u.words for u in coach.update(failing, 102.0)] == ["Come closer"]
    assert coach.update(failing, 103.0) == []


def test_quiet_says_nothing() -> None:
    assert words(Coach(CLAM, talk=Talk.QUIET), *counted(rep(1, ROLL), rep(2)), update(Stage.DONE)) == []


def test_a_rest_is_announced_and_counted_down() -> None:
    coach = Coach(CLAM)
    heard = [u.words for left in np.arange(30, 0, -0.1) for u in coach.rest(float(left), 0.0)]
    assert heard == ["Rest. 30 seconds.", "3", "2", "1"]


def test_the_end_in_one_sentence() -> None:
    reps = [rep(i) for i in range(1, 9)] + [rep(9, ROLL), rep(10, ROLL)]
    assert summary(CLAM, reps) == "10 repetitions, 8 clean. Pelvis rolls back, in the last 2."
    assert summary(CLAM, [rep(1)]) == "1 repetition, 1 clean."
    assert summary(CLAM, []) == "The set is over. No repetition was counted."
    assert summary(CLAM, [rep(1, ROLL), rep(2), rep(3, ROLL), rep(4)]) == "4 repetitions, 2 clean. Pelvis rolls back, 2 times."
    done = update(Stage.DONE, reps=tuple(reps))
    assert words(Coach(CLAM), done) == [summary(CLAM, reps)]


def test_the_summary_is_said_once_however_the_set_ends() -> None:
    """Whoever has done the repetitions that were asked for sees no further frame."""
    coach = Coach(CLAM)
    words(coach, *counted(rep(1), rep(2, ROLL)))
    assert [u.words for u in coach.end((rep(1), rep(2, ROLL)), 110.0)] == ["2 repetitions, 1 clean. Pelvis rolls back, once."]
    assert coach.end((rep(1),), 110.0) == []
    assert words(coach, update(Stage.DONE)) == []
    assert Coach(CLAM, talk=Talk.COUNT).end((rep(1),), 0.0) == []

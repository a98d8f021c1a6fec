"""A set starts when the person is still, pauses when they leave, ends when they sit up; a key or a raised hand does the same."""

from typing import cast

from formcheck.analysis.handsfree import HandsFree, Seen, Stage
from formcheck.analysis.snapshot import AnalysisState

STEP_S = 1 / 30


class Play:
    """Feeds a state machine for stretches of time."""

    def __init__(self, machine: HandsFree) -> None:
        self.machine = machine
        self.now_s = 0.0

    def go(self, seconds: float, state: AnalysisState = AnalysisState.READY, *, ready: bool = False, hand: bool = False) -> Stage:
        for _ in range(round(seconds / STEP_S)):
            self.now_s += STEP_S
            self.machine.update(Seen(self.now_s, ready, state, hand))
        return self.machine.stage


def running() -> Play:
    play = Play(HandsFree())
    play.go(0.2, ready=True)
    assert play.go(3.2, ready=True) is Stage.RUNNING
    return play


def test_waits_for_all_checks_then_counts_down_three_seconds() -> None:
    play = Play(HandsFree())
    assert play.go(10) is Stage.CHECKING
    assert play.go(0.1, ready=True) is Stage.COUNTDOWN
    left = play.machine.countdown_s(play.now_s)
    assert left is not None
    assert 2.8 < left <= 3.0
    assert play.go(2.5) is Stage.COUNTDOWN
    assert play.go(0.6) is Stage.RUNNING


def test_without_checks_it_runs_at_once() -> None:
    assert HandsFree(checks=False).stage is Stage.RUNNING


def test_leaving_in_the_countdown_goes_back_to_the_checks() -> None:
    play = Play(HandsFree())
    play.go(0.1, ready=True)
    assert play.go(0.1, AnalysisState.NOBODY) is Stage.CHECKING


def test_leaving_pauses_and_coming_back_goes_on() -> None:
    play = running()
    assert play.go(1.0, AnalysisState.NOBODY) is Stage.RUNNING
    assert play.go(1.0, AnalysisState.NOBODY) is Stage.PAUSED
    assert play.go(0.1) is Stage.RUNNING


def test_sitting_up_ends_but_a_flicker_does_not() -> None:
    play = running()
    play.go(1.0)
    assert play.go(1.5, AnalysisState.WRONG_POSITION) is Stage.RUNNING
    play.go(0.1)
    assert play.go(1.5, AnalysisState.WRONG_POSITION) is Stage.RUNNING
    assert play.go(1.0, AnalysisState.WRONG_POSITION) is Stage.DONE


def test_being_gone_for_long_ends() -> None:
    play = running()
    assert play.go(29, AnalysisState.NOBODY) is Stage.PAUSED
    assert play.go(2, AnalysisState.NOBODY) is Stage.DONE


def test_a_key_starts_pauses_and_goes_on_and_a_pause_by_key_lasts() -> None:
    play = Play(HandsFree())
    play.machine.signal()
    assert play.go(0.1) is Stage.COUNTDOWN
    play.go(3.1)
    play.machine.signal()
    assert play.go(5) is Stage.PAUSED
    play.machine.signal()
    assert play.go(0.1) is Stage.RUNNING


def test_someone_who_sits_up_in_a_pause_they_asked_for_is_not_done() -> None:
    play = running()
    play.go(1)
    play.machine.signal()
    assert play.go(10, AnalysisState.WRONG_POSITION) is Stage.PAUSED


def test_a_raised_hand_pauses_once_and_ends_when_held_on() -> None:
    play = running()
    assert play.go(1.0, hand=True) is Stage.RUNNING
    assert play.go(1.0, hand=True) is Stage.PAUSED
    assert play.go(1.0) is Stage.PAUSED
    assert play.go(2.0, hand=True) is Stage.RUNNING
    play.go(1.0)
    assert play.go(4.2, hand=True) is Stage.DONE


def test_done_stays_done() -> None:
    play = running()
    play.machine.end()
    assert play.go(5, ready=True, hand=True) is Stage.DONE


def test_an_end_in_the_middle_of_an_update_is_not_lost() -> None:
    play = running()

    class Meddling:
        """A frame during whose reading the other thread ends the set, and ours then writes over it."""

        time_s, ready, state = play.now_s, False, AnalysisState.READY

        @property
        def hand(self) -> bool:
            play.machine.end()
            play.machine.stage = Stage.RUNNING
            return False

    assert play.machine.update(cast(Seen, Meddling())) is Stage.DONE

"""What is learned of a body within a set, and what must never be learned."""

import numpy as np
import pytest

from formcheck.exercises.banded_rotation import EXERCISE
from formcheck.measurement.standing.turns import PLANTED, Arms, Spine, averaged, without_drift

THORAX = 50.0 * np.sin(np.linspace(0.0, np.pi, 41))
SPINE, ARMS = (EXERCISE.fault(name).limits.caution for name in ("spine_rotation", "arm_pull"))


def repeat(spine: Spine, share: float, times: int) -> float:
    """The largest turn on the pelvis in the last of some repetitions that show this share of the thorax' turn."""
    for _ in range(times):
        spine.learn(share * THORAX, THORAX)
    return float(spine.turn(share * THORAX, THORAX).max())


@pytest.mark.parametrize("share", [0.02, 0.2])
def test_a_body_that_shows_more_or_less_of_a_riding_thorax_comes_to_read_nearer_to_nothing(share: float) -> None:
    first, last = repeat(Spine(PLANTED), share, 1), repeat(Spine(PLANTED), share, 5)
    assert abs(last) < abs(first) or abs(last) < 2.0
    assert abs(last) < 5.0


@pytest.mark.parametrize("share", [0.3, 0.33, 0.5])
def test_turning_from_the_spine_with_every_repetition_does_not_become_the_rule(share: float) -> None:
    assert repeat(Spine(PLANTED), share, 10) > SPINE
    assert repeat(Spine(PLANTED), share, 10) == repeat(Spine(PLANTED), share, 1)


@pytest.mark.parametrize("missing", [np.full(41, np.nan), np.where(np.arange(41) == 20, np.nan, THORAX)])
def test_what_was_not_seen_teaches_nothing(missing: np.ndarray) -> None:
    spine, arms = Spine(PLANTED), Arms("close")
    before = (spine.share, arms.factor)
    spine.learn(0.2 * THORAX, missing)
    arms.learn(missing, THORAX)
    assert (spine.share, arms.factor) == before


def test_arms_that_ride_along_come_to_read_as_riding_though_they_look_long() -> None:
    arms = Arms("straight")
    pointing = 1.25 * THORAX
    before = arms.turn(pointing, THORAX).max()
    for _ in range(6):
        arms.learn(pointing, THORAX)
    assert before > 12.0 > 8.0 > arms.turn(pointing, THORAX).max()


def test_pulling_with_every_repetition_does_not_become_the_rule() -> None:
    arms = Arms("straight")
    for _ in range(10):
        arms.learn(THORAX + 0.9 * THORAX, THORAX)
    assert arms.turn(THORAX + 0.9 * THORAX, THORAX).max() > ARMS


@pytest.mark.parametrize("form", ["close", "straight"])
def test_arms_point_where_hands_and_elbows_are(form: str) -> None:
    arms = Arms(form)
    turns = np.array([-30.0, 0.0, 20.0, 50.0])
    share = np.sin(np.radians(turns))
    hands, elbows = {"close": (0.56, 0.29), "straight": (1.08, 0.65)}[form]
    assert arms.point(hands * share, elbows * share) == pytest.approx(turns)


def test_what_has_not_come_back_is_taken_for_drift() -> None:
    times = np.linspace(0.0, 4.0, 41)
    values = np.where(times < 1.0, 0.0, 8.0)
    assert without_drift(times, values, 5, 35)[[0, 5, 35, 40]] == pytest.approx([0.0, 0.0, 0.0, 0.0])


def test_one_picture_that_was_read_wrong_makes_no_turn() -> None:
    times = np.linspace(0.0, 4.0, 61)
    turn = 30.0 * np.sin(np.pi * times / 4.0)
    spike = np.where(np.arange(61) == 20, 30.0, 0.0)
    lost = np.where(np.arange(61) == 40, np.nan, 0.0)
    assert averaged(times, spike, 0, 60).max() < 5.0
    assert averaged(times, turn + lost, 0, 60).max() == pytest.approx(30.0, abs=0.5)

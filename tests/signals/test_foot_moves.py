"""Feet that go somewhere are told from feet that sway, tap or tremble, at any frame rate."""

import numpy as np
import pytest
from standing_figure import Figure, observe

from formcheck.results import Side
from formcheck.signals.foot_moves import FootMove, FootMoves

STAND = Figure(left_foot=(0.3, 0.0), right_foot=(-0.3, 0.0))


def stand(left: float, lifted: float = 0.0) -> Figure:
    return Figure(left_foot=(0.3 + left, lifted), right_foot=(-0.3, 0.0))


def moves(figures: list[Figure], fps: float) -> list[FootMove]:
    feet = FootMoves()
    return [move for o in observe(figures, fps) for move in feet.update(o)]


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_a_step_is_timed_and_measured(fps: int) -> None:
    """One second of rest, one of stepping 0.4 torso lengths to the left, one of rest."""
    way = [np.clip(i / fps - 1, 0, 1) for i in range(3 * fps)]
    (move,) = moves([stand(0.4 * w, 0.1 * np.sin(np.pi * w)) for w in way], fps)
    assert move.side is Side.LEFT
    assert move.outward
    assert move.left == pytest.approx(0.4, abs=0.03)
    assert move.down == pytest.approx(0.0, abs=0.03)
    assert move.start_s == pytest.approx(1.0, abs=0.25)
    assert move.end_s == pytest.approx(2.0, abs=0.25)


def test_a_foot_that_comes_back_has_not_moved() -> None:
    tap = [stand(0.0, 0.3 * np.sin(np.pi * np.clip(2 * (i / 30 - 1), 0, 1))) for i in range(90)]
    assert moves(tap, 30) == []


def test_a_trembling_landmark_is_no_move() -> None:
    noise = np.random.default_rng(1)
    feet = FootMoves()
    for o in observe([STAND] * 120, 30):
        o.pose.image_xy[:] += noise.normal(0, 1.0, o.pose.image_xy.shape)
        assert feet.update(o) == []


def test_rest_is_timed() -> None:
    feet = FootMoves()
    for o in observe([STAND] * 60, 30):
        feet.update(o)
    assert feet.resting_for_s(59 / 30) == pytest.approx(59 / 30, abs=0.1)
    assert feet.gap() == pytest.approx(0.6, abs=0.02)

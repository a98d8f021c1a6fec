"""The trunk's lean to the side: the same whoever is left and right, and nothing of shoulders that run together."""

import math
from dataclasses import replace

import numpy as np
import pytest
from standing_figure import Figure, landmarks, observe

from formcheck.frames import Landmark as L
from formcheck.measurement.weight_bearing.trunk_lean import SQUATTING, WALKING, Lean, TrunkLean
from formcheck.signals.body import exchanged


@pytest.mark.parametrize("lean", [WALKING, SQUATTING])
@pytest.mark.parametrize("deg", [-18.0, -9.0, 9.0, 18.0])
def test_a_trunk_that_leans_as_one_piece_is_read_to_a_tenth(lean: Lean, deg: float) -> None:
    """The hips' line of the figure is drawn along by a part of the lean, as the network does it."""
    shown = lean.degrees(landmarks(Figure(lean=deg))) - lean.degrees(landmarks(Figure()))
    assert shown == pytest.approx(deg, rel=0.12)


@pytest.mark.parametrize("lean", [WALKING, SQUATTING])
def test_left_and_right_may_be_mixed_up(lean: Lean) -> None:
    xy = landmarks(Figure(lean=12.0, drop=5.0))
    assert lean.degrees(exchanged(xy)) == pytest.approx(lean.degrees(xy))


def test_shoulders_that_run_together_say_nothing() -> None:
    trunk = TrunkLean(WALKING)
    seen = observe([Figure(lean=3.0)] * 40)
    assert all(math.isfinite(trunk.update(o.pose)) for o in seen)
    xy = seen[-1].pose.image_xy.copy()
    both = [L.LEFT_SHOULDER, L.RIGHT_SHOULDER]
    xy[both] = xy[both].mean(axis=0) + 0.5 * (xy[both] - xy[both].mean(axis=0)) + np.array([8.0, 0.0])
    assert math.isnan(trunk.update(replace(seen[-1].pose, image_xy=xy)))
    assert math.isfinite(trunk.update(seen[-1].pose))

"""How far a drawn stance knee bends, and when its foot strays too far to say so."""

import numpy as np
import pytest
from standing_figure import Figure, observe

from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.weight_bearing.knee_flexion import FOOT_HIDDEN, STANDING_DEG, deepest_flexion
from formcheck.results import Side

RISE = np.sin(np.linspace(0.0, np.pi, 61))


def rep(seen: list[Observation]) -> RepWindow:
    """The last 61 of the frames, 20 a second, are a repetition."""
    times = np.array([o.timestamp_s for o in seen])
    return RepWindow(times, {}, seen, len(seen) - 61, len(seen) - 31, len(seen) - 1, Side.LEFT)


def squat(deg: float, scale: float = 1.0) -> list[Observation]:
    bent = [STANDING_DEG] * 20 + [STANDING_DEG + deg * a for a in RISE]
    return observe([Figure(stance=Side.LEFT, flexion=b, scale=scale) for b in bent])


@pytest.mark.parametrize("deg", [25.0, 50.0, 80.0])
@pytest.mark.parametrize("scale", [0.5, 1.5])
def test_a_bend_is_read_at_any_size(deg: float, scale: float) -> None:
    found = deepest_flexion(rep(squat(deg, scale)), Side.LEFT, "hidden")
    assert found.value == pytest.approx(deg, abs=1.5)
    assert found.uncertainty == pytest.approx(7.0, abs=0.2)


def test_a_longer_leg_before_the_set_does_not_matter() -> None:
    """As when somebody stood nearer to the camera, or on straight legs, before the repetition."""
    seen = squat(50.0)
    for o in seen[:10]:
        o.pose.image_xy[L.LEFT_ANKLE, 1] += 15
    assert deepest_flexion(rep(seen), Side.LEFT, "hidden").value == pytest.approx(50.0, abs=1.5)


def test_a_foot_that_seems_to_move_makes_it_less_sure_and_then_says_nothing() -> None:
    seen, far = squat(50.0), squat(50.0)
    for k, o in enumerate(seen[20:]):
        o.pose.image_xy[L.LEFT_ANKLE] += [8 * RISE[k], 0]
    for k, o in enumerate(far[20:]):
        o.pose.image_xy[L.LEFT_ANKLE] += [20 * RISE[k], 0]
    assert deepest_flexion(rep(seen), Side.LEFT, "hidden").uncertainty == pytest.approx(11.0, abs=0.3)
    assert deepest_flexion(rep(far), Side.LEFT, "hidden").why == FOOT_HIDDEN


def test_what_is_not_seen_is_not_said() -> None:
    seen = squat(50.0)
    for o in seen[30:70]:
        o.pose.image_xy[L.LEFT_HIP] = np.nan
    assert deepest_flexion(rep(seen), Side.LEFT, "hidden").why == "hidden"

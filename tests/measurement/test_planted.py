"""Which turns over planted feet are measured, though the surface's sums drift, and how sure."""

import numpy as np
import pytest

from formcheck.frames import Observation
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.planted import NOT_BACK, SELDOM, drift_unknown, obstacle, turned, why_unsure
from formcheck.results import Measurement

TURN_DEG = 30.0


def turn(
    *, pelvis_off: float = 0.0, spine_off: float = 0.0, joints_off: float = 0.0, every_s: float = 0.05, **shown: float
) -> RepWindow:
    """A pelvis that turns and comes back in 3 s. off: what it seems to lack at the end, rising evenly; shown: of the turn."""
    times = np.arange(0.0, 3.0, every_s)
    share = times / times[-1]
    there = TURN_DEG * np.sin(np.pi * share) ** 2
    series = {
        "pelvis_shown": shown.get("surface", 1.0) * there + pelvis_off * share,
        "trunk_shown": spine_off * share,
        "pelvis_of_joints": shown.get("joints", 1.0) * there + joints_off * share,
        "feet_shift": 0 * times,
    }
    unseen: list[Observation] = []
    return RepWindow(times, series, unseen, 0, len(times) // 2, len(times) - 1, None)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({}, ""),
        ({"pelvis_off": 20.0}, ""),  # the surface's sums have drifted: the joints came back
        ({"pelvis_off": 25.0, "spine_off": -18.0}, ""),
        ({"pelvis_off": 20.0, "joints_off": 20.0}, NOT_BACK),  # the person stayed turned
        ({"joints_off": -20.0}, NOT_BACK),
        ({"pelvis_off": 40.0}, NOT_BACK),  # more than drifts
        ({"pelvis_off": 20.0, "spine_off": 20.0}, NOT_BACK),
        ({"every_s": 0.25}, ""),
        ({"every_s": 0.5}, SELDOM),
    ],
)
def test_a_turn_is_measured_where_the_joints_came_back(how: dict[str, float], why: str) -> None:
    assert obstacle(turn(**how)) == why


def test_what_drifts_more_is_told_less_surely() -> None:
    little, more, most = (drift_unknown(turn(pelvis_off=off)) for off in (5.0, 18.0, -28.0))
    assert little == 0.0 < more < most < 14.0


@pytest.mark.parametrize(
    ("how", "why"), [({}, ""), ({"every_s": 0.25}, SELDOM), ({"pelvis_off": 20.0}, NOT_BACK), ({"pelvis_off": 5.0}, "")]
)
def test_a_turn_within_its_uncertainty_is_none_only_where_it_was_seen_well(how: dict[str, float], why: str) -> None:
    assert why_unsure(turn(**how), Measurement(8.0, "deg", 12.0)) == why
    assert why_unsure(turn(**how), Measurement(30.0, "deg", 12.0)) == ""


@pytest.mark.parametrize(("surface", "joints", "is_one"), [(1.0, 0.0, True), (np.nan, 1.0, True), (np.nan, 0.1, False)])
def test_where_the_surface_is_not_seen_the_joints_must_turn(surface: float, joints: float, is_one: bool) -> None:
    assert turned(turn(surface=surface, joints=joints)) is is_one

"""Single-leg squat: where each fault fires, where it stays quiet, where it cannot be judged."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standing_figure import Figure, flagged, landmarks, observe, repeated, reps_of

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises.single_leg_squat import EXERCISE, stepdown_score
from formcheck.frames import Landmark as L
from formcheck.measurement.weight_bearing.frontal_angles import knee_valgus, trunk_lean
from formcheck.measurement.weight_bearing.stance_leg import find_stance
from formcheck.results import Side

SIDES = [Side.LEFT, Side.RIGHT]


def squat(side: Side, *, valgus: float = 0.0, drop: float = 0.0, lean: float = 0.0) -> Callable[[float, int], Figure]:
    return lambda amount, k: Figure(
        stance=side,
        flexion=5 + 60 * amount,
        valgus=valgus * amount,
        drop=side.sign * drop * amount,
        lean=side.sign * lean * amount,
    )


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("faults", "found"),
    [
        pytest.param({"valgus": 14.0}, {"knee_valgus"}, id="the knee falls in"),
        pytest.param({"valgus": 60.0}, {"knee_valgus"}, id="the knee falls far in"),
        pytest.param({"lean": 14.0}, {"trunk_lean"}, id="the trunk leans over the stance leg"),
        pytest.param({"drop": 10.5}, {"pelvic_drop"}, id="the hip line, which shows part of a drop, sinks"),
        pytest.param({"valgus": 20.0, "lean": 16.0}, {"knee_valgus", "trunk_lean"}, id="both"),
    ],
)
def test_fires(side: Side, faults: dict[str, float], found: set[str]) -> None:
    assert flagged(reps_of(EXERCISE, repeated(squat(side, **faults), 3))) == [found] * 3


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    "faults",
    [
        pytest.param({}, id="straight"),
        pytest.param({"valgus": 6.0}, id="within what 2D video cannot tell"),
        pytest.param({"valgus": -14.0}, id="the knee goes outward"),
        pytest.param({"lean": 6.0}, id="as healthy people lean"),
        pytest.param({"drop": 2.5}, id="as healthy people drop"),
    ],
)
def test_stays_quiet(side: Side, faults: dict[str, float]) -> None:
    reps = reps_of(EXERCISE, repeated(squat(side, **faults), 3))
    assert flagged(reps) == [set()] * 3
    assert all(rep.clean for rep in reps)


def test_measures_depth() -> None:
    for rep in reps_of(EXERCISE, repeated(squat(Side.LEFT), 2)):
        assert rep.measurements["knee_flexion"].value == pytest.approx(60 * 0.95, abs=6)


def test_not_assessable_when_hidden() -> None:
    def pose(amount: float, k: int) -> Figure | None:
        return squat(Side.LEFT, valgus=20.0)(amount, k)

    observations = repeated(pose, 1)
    for o in observations:
        if 2.8 < o.timestamp_s < 4.4:
            o.pose.image_xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]] = math.nan
    (rep,) = reps_of(EXERCISE, observations, Side.LEFT)
    assert rep.measurements["trunk_lean"].value is None
    assert rep.not_assessable["trunk_lean"]
    assert not rep.clean


def test_standing_on_the_other_foot_is_no_repetition() -> None:
    def pose(amount: float, k: int) -> Figure:
        return replace(squat(Side.RIGHT)(amount, k), stance=Side.RIGHT)

    assert reps_of(EXERCISE, repeated(pose, 2), Side.LEFT) == ()


@pytest.mark.parametrize("side", SIDES)
def test_stance_is_the_foot_under_the_pelvis(side: Side) -> None:
    """Also with the free foot held forward, where it is lower in the picture."""
    forward = observe([Figure(stance=side)] * 20)
    free = {Side.LEFT: L.RIGHT_ANKLE, Side.RIGHT: L.LEFT_ANKLE}[side]
    hip = {Side.LEFT: L.RIGHT_HIP, Side.RIGHT: L.LEFT_HIP}[side]
    for o in forward:
        o.pose.image_xy[free] = o.pose.image_xy[hip] + [-side.sign * 25, 175]
    assert find_stance(forward) is side


@pytest.mark.parametrize("side", SIDES)
def test_stance_is_not_the_free_foot_behind_seen_from_aside(side: Side) -> None:
    """From 12 degrees aside a foot held behind stands nearer to the plumb line than the one stood on; its leg looks short."""
    observations = repeated(squat(side), 2)
    free, stance = (L.RIGHT_ANKLE, L.LEFT_ANKLE) if side is Side.LEFT else (L.LEFT_ANKLE, L.RIGHT_ANKLE)
    for o in observations:
        o.pose.image_xy[stance][0] += side.sign * 15  # plumb distance 0.35 torso lengths against 0.2
    assert all(abs(o.pose.image_xy[stance][0] - 320) > abs(o.pose.image_xy[free][0] - 320) + 12 for o in observations)
    assert find_stance(observations[:20]) is side
    assert [rep.side for rep in reps_of(EXERCISE, observations)] == [side] * 2


def test_no_stance_on_both_feet() -> None:
    assert find_stance(observe([Figure()] * 40)) is None


@settings(max_examples=50)
@given(st.floats(-25, 25), st.floats(-25, 25), st.floats(0.4, 3.0), st.floats(-100, 100))
def test_angles_do_not_depend_on_place_size_or_mirror(valgus: float, lean: float, scale: float, shift: float) -> None:
    plain = landmarks(Figure(stance=Side.LEFT, flexion=30, valgus=valgus, lean=lean))
    moved = landmarks(Figure(stance=Side.LEFT, flexion=30, valgus=valgus, lean=lean, scale=scale)) + shift
    mirror = landmarks(Figure(stance=Side.RIGHT, flexion=30, valgus=valgus, lean=-lean))
    assert knee_valgus(moved, Side.LEFT) == pytest.approx(knee_valgus(plain, Side.LEFT), abs=1e-6)
    assert knee_valgus(mirror, Side.RIGHT) == pytest.approx(knee_valgus(plain, Side.LEFT), abs=1e-6)
    assert trunk_lean(moved) == pytest.approx(lean, abs=1e-6)
    assert trunk_lean(mirror) == pytest.approx(-trunk_lean(plain), abs=1e-6)


def test_stepdown_score() -> None:
    assert stepdown_score(0, 0, 0, arms_used=False, unsteady=False) == 0
    assert stepdown_score(12, 0, 11, arms_used=False, unsteady=True) == 3
    assert stepdown_score(20, 14, 14, arms_used=True, unsteady=True) == 6


@pytest.mark.parametrize(
    ("faults", "points"), [({}, 0), ({"valgus": 12.0}, 1), ({"valgus": 25.0, "lean": 14.0}, 3), ({"lean": 19.0, "drop": 16.0}, 2)]
)
def test_step_downs_are_scored(faults: dict[str, float], points: int) -> None:
    analyzer = Analyzer(EXERCISE, variant="step-down")
    for observation in repeated(squat(Side.LEFT, **faults), 2):
        analyzer.update(observation)
    assert [rep.measurements["step_down_score"].value for rep in analyzer.reps] == [points] * 2
    assert all("step_down_score" not in rep.measurements for rep in reps_of(EXERCISE, repeated(squat(Side.LEFT), 1)))

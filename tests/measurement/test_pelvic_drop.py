"""The hip line says a pelvis' drop, surface and waist as far as they agree, and nobody where they are torn."""

import math
from dataclasses import replace

import numpy as np
import pytest
from standing_body import Turn, observations
from standing_figure import Figure, landmarks, observe

from formcheck.frames import Landmark as L
from formcheck.frames import Observation, WaistFrame
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.weight_bearing.pelvic_drop import DROP, LINE, SQUATTING, SURFACE, WAIST, PelvicDrop, largest_drop
from formcheck.results import Side

RISE = np.sin(np.linspace(0.0, np.pi, 31))


def rep(**peaks: float) -> RepWindow:
    """One repetition in which each witness says this much, with offsets of their own."""
    series = {name: 40.0 * i + peak * RISE for i, (name, peak) in enumerate(peaks.items())}
    series[DROP] = np.mean(list(series.values()), axis=0)
    return RepWindow(np.linspace(0.0, 3.0, 31), series, [], 0, 15, 30, Side.LEFT)


def squat(line: float, surface: float, waist: float) -> RepWindow:
    return rep(**{LINE: line, SURFACE: surface, WAIST: waist})


def test_surface_and_waist_that_agree_are_believed() -> None:
    assert largest_drop(squat(6.0, 10.0, 10.2), 4.5, 0.1).value == pytest.approx(10.0, abs=0.2)


def test_the_line_is_believed_where_surface_and_waist_differ() -> None:
    assert largest_drop(squat(6.0, 0.0, 13.0), 4.5, 0.1).value == pytest.approx(6.0, abs=0.5)
    assert largest_drop(squat(9.0, 12.0, -6.0), 4.5, 0.1).value == pytest.approx(9.0, abs=0.5)


def test_of_a_turning_trunk_the_waist_is_not_asked() -> None:
    assert largest_drop(rep(**{LINE: 12.0, SURFACE: 8.0}), 6.0, 0.1).value == pytest.approx(10.0, abs=0.1)


@pytest.mark.parametrize("peaks", [(2.0, 16.0, 20.0), (25.0, -14.0, 3.0)])
def test_torn_witnesses_say_nothing(peaks: tuple[float, float, float]) -> None:
    drop = largest_drop(squat(*peaks), 4.5, 0.1)
    assert drop.value is None
    assert drop.why is not None
    assert "tuck in the shirt" in drop.why


@pytest.mark.parametrize(("surface", "told"), [(1.0, 5.0), (3.0, 6.0), (10.0, 9.5), (12.5, 9.7)])
def test_a_turning_trunk_is_told_by_the_mean_of_two_and_less_by_clothes_that_swing(surface: float, told: float) -> None:
    assert largest_drop(rep(**{LINE: 9.0, SURFACE: surface}), 6.0, 0.1).value == pytest.approx(told, abs=0.1)


@pytest.mark.parametrize(("line", "surface"), [(3.0, 16.0), (22.0, 2.0)])
def test_torn_witnesses_of_a_turning_trunk_say_nothing(line: float, surface: float) -> None:
    assert largest_drop(rep(**{LINE: line, SURFACE: surface}), 6.0, 0.1).value is None


def test_a_trunk_that_leans_is_no_drop() -> None:
    """It tilts shoulders and hips alike; on rendered people the network draws the hip line along by 0.4."""
    upright, leaning, sinking = (SQUATTING.degrees(landmarks(f)) for f in (Figure(), Figure(lean=15.0), Figure(drop=8.0)))
    assert abs(leaning - upright) < 6.0
    assert sinking - upright > 9.0


def tilted(degrees: float) -> list[Observation]:
    """A standing person whose waist tilts to the picture's left by this much, over the whole."""
    seen = observations([Turn(pelvis=0.0)])
    tilts = np.linspace(0.0, degrees, len(seen))
    return [replace(o, waist=WaistFrame(o.timestamp_s, float(t), 1.0)) for o, t in zip(seen, tilts, strict=True)]


@pytest.mark.parametrize(("stance", "sign"), [(Side.LEFT, 1), (Side.RIGHT, -1)])
def test_a_waist_that_rises_at_the_pictures_right_sinks_for_who_stands_on_the_left(stance: Side, sign: int) -> None:
    drop = PelvicDrop()
    said = [drop.update(o, stance)["drop_waist"] for o in tilted(10.0)]
    assert said[-1] - said[0] == pytest.approx(sign * 10.0, abs=0.5)


def test_a_waist_that_is_lost_for_a_while_makes_no_step() -> None:
    seen = tilted(10.0)
    third = len(seen) // 3
    tilts = np.linspace(0.0, 10.0, len(seen))
    tilts[third : 2 * third] = math.nan
    tilts[2 * third :] += 25.0  # taken up afresh, with a zero of its own
    drop = PelvicDrop()
    frames = [replace(o, waist=WaistFrame(o.timestamp_s, float(t), 1.0)) for o, t in zip(seen, tilts, strict=True)]
    said = np.array([drop.update(o, Side.LEFT)["drop_waist"] for o in frames])
    assert np.isfinite(said).all()
    assert np.abs(np.diff(said)).max() < 1.0


@pytest.mark.parametrize(("heel", "told"), [(0.06, True), (0.15, False)])
def test_a_level_pelvis_that_turns_before_a_low_camera_does_not_drop(heel: float, told: bool) -> None:
    """From a low camera the shoulders' line tilts by 15 degrees, the hips' by 6, and the heel lies far below the ankle."""
    drop = PelvicDrop(turning=True)
    said = []
    for i, o in enumerate(observe([Figure(stance=Side.LEFT, drop=6.0 * a) for a in RISE])):
        xy = o.pose.image_xy
        xy[L.LEFT_HEEL] = xy[L.LEFT_ANKLE] + [0.0, 100.0 * heel]
        middle, half = (xy[L.LEFT_SHOULDER] + xy[L.RIGHT_SHOULDER]) / 2, np.radians(15.0 * RISE[i])
        xy[L.LEFT_SHOULDER] = middle + 35 * np.array([np.cos(half), -np.sin(half)])
        xy[L.RIGHT_SHOULDER] = middle - 35 * np.array([np.cos(half), -np.sin(half)])
        said.append(drop.update(o, Side.LEFT)[DROP])
    assert (max(said) - said[0] > 7.0) is told
    assert told or max(said) - said[0] < 2.0

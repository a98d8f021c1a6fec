"""Of three witnesses of a pelvis' drop the middle one is believed, and none where they are torn."""

import math
from dataclasses import replace

import numpy as np
import pytest
from standing_body import Turn, observations

from formcheck.frames import Observation, WaistFrame
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.weight_bearing.pelvic_drop import DROP, WITNESSES, PelvicDrop, largest_drop
from formcheck.results import Side

RISE = np.sin(np.linspace(0.0, np.pi, 31))


def rep(*peaks: float) -> RepWindow:
    """One repetition in which each witness says this much, with offsets of their own."""
    series = {name: 40.0 * i + peak * RISE for i, (name, peak) in enumerate(zip(WITNESSES, peaks, strict=True))}
    series[DROP] = np.mean(list(series.values()), axis=0)
    return RepWindow(np.linspace(0.0, 3.0, 31), series, [], 0, 15, 30, Side.LEFT)


@pytest.mark.parametrize(("peaks", "value"), [((9.0, 12.0, 30.0), 12.0), ((0.0, 2.0, 3.0), 2.0), ((13.0, 6.0, 13.5), 13.0)])
def test_the_middle_one_is_believed(peaks: tuple[float, float, float], value: float) -> None:
    assert largest_drop(rep(*peaks), 5.0, 0.1).value == pytest.approx(value, abs=0.1)


@pytest.mark.parametrize("peaks", [(2.0, 6.0, 20.0), (1.0, 13.0, 15.0)])
def test_torn_witnesses_say_nothing(peaks: tuple[float, float, float]) -> None:
    drop = largest_drop(rep(*peaks), 5.0, 0.1)
    assert drop.value is None
    assert drop.why is not None
    assert "tuck in the shirt" in drop.why


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

"""Curves of a whole set: no step where a repetition starts or ends, and what they say is what the repetitions say."""

import math

import numpy as np
import pytest
from report_cases import session

from formcheck.analysis.curves import Curves, from_starts

FPS = 25
TIMES = np.arange(20 * FPS) / FPS


def opening(offset: float = 80.0) -> list[float]:
    """Four openings of 60 degrees, 3 s each with 2 s between, on a resting level that sinks by a degree a second."""
    return [offset - t + (60.0 * math.sin(math.pi * (t % 5.0) / 3.0) ** 2 if t % 5.0 < 3.0 else 0.0) for t in TIMES]


def test_a_running_curve_has_no_step_of_its_own() -> None:
    curves = Curves({"step_width"})
    shown = [
        curves.update(t, {"hip_opening": v, "step_width": 0.9}, moving=0.2 < t % 5.0 < 3.2)
        for t, v in zip(TIMES, opening(), strict=True)
    ]
    own = np.abs(np.diff(opening())).max()
    assert np.abs(np.diff([s["hip_opening"] for s in shown])).max() < 1.05 * own
    assert max(s["hip_opening"] for s in shown) == pytest.approx(60.0, abs=3.0)
    assert abs(shown[-1]["hip_opening"]) < 2.0  # back at rest, though the level has sunk by 20 degrees
    assert {s["step_width"] for s in shown} == {0.9}  # a ratio is no change


def test_what_was_hidden_for_long_may_come_back_with_another_offset() -> None:
    curves = Curves(())
    assert curves.update(0.0, {"roll": 5.0}, moving=False) == {"roll": 0.0}
    assert math.isnan(curves.update(0.1, {"roll": math.nan}, moving=False)["roll"])
    assert curves.update(3.0, {"roll": 50.0}, moving=False) == {"roll": 0.0}


def test_a_drawn_curve_says_what_the_repetitions_say() -> None:
    done = session(1.0, 2.0, 3.0)
    times = np.arange(0.0, 15.0, 0.04)
    values = np.sin(times) * 8.0 - 0.7 * times + 30.0
    values[100:120] = np.nan
    drawn = from_starts(times, values, done.reps)
    for rep in done.reps:
        inside = (times >= rep.start_s) & (times <= min(rep.end_s, rep.start_s + 1.0))
        assert drawn[inside][0] == pytest.approx(0.0, abs=0.5)
        assert np.nanmax(np.abs(np.diff(drawn[inside]) - np.diff(values[inside]))) < 1e-9
    assert np.nanmax(np.abs(np.diff(drawn))) < 1.5  # degrees in a frame: the signal moves 0.35 at most
    assert np.isnan(drawn[100:120]).all()

"""Where a step starts and ends, for feet that start slowly, pause, or sway before they go."""

import numpy as np
import pytest

from formcheck.counting.segmenter import Span
from formcheck.counting.steps import StepDetector
from formcheck.frames import Floats
from formcheck.results import Side

STAND_S, STEP_S = 2.5, 2.4


def smooth_step(share: Floats) -> Floats:
    u = np.clip(share, 0.0, 1.0)
    return u * u * (3 - 2 * u)


def spans(way: Floats, fps: int) -> list[Span]:
    detector = StepDetector("travel", sides=(Side.LEFT, Side.RIGHT))
    found = [detector.take(i / fps, float(value)) for i, value in enumerate(way)]
    return [span for span in (*found, detector.finish()) if span is not None]


def walk(fps: int, pause_s: float = 0.0) -> Floats:
    """One foot goes 30 forward after a stand, with a pause at a third of the way, then the other does."""
    times = np.arange(0.0, STAND_S + 2 * STEP_S + pause_s + 2.0, 1 / fps)
    since = times - STAND_S
    first = 10 * smooth_step(since / (STEP_S / 2)) + 20 * smooth_step((since - STEP_S / 2 - pause_s) / (STEP_S / 2))
    return np.asarray(first - 30 * smooth_step((since - STEP_S - pause_s - 0.3) / STEP_S))


@pytest.mark.parametrize("fps", [15, 30])
@pytest.mark.parametrize("pause_s", [0.0, 1.0])
def test_a_step_starts_where_the_foot_does_and_ends_where_it_stands(fps: int, pause_s: float) -> None:
    first, second = spans(walk(fps, pause_s), fps)
    assert first.start_s == pytest.approx(STAND_S, abs=0.2)
    assert first.end_s == pytest.approx(STAND_S + STEP_S + pause_s, abs=0.3)
    assert (first.side, second.side) == (Side.LEFT, Side.RIGHT)
    assert second.start_s == pytest.approx(STAND_S + STEP_S + pause_s + 0.3, abs=0.3)


def test_swaying_long_before_is_no_part_of_the_step() -> None:
    way = walk(30)
    way[10:20] += 1.5 * np.sin(np.linspace(0.0, np.pi, 10))
    assert spans(way, 30)[0].start_s == pytest.approx(STAND_S, abs=0.2)

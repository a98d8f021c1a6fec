"""Stances of a rendered walker are found with their side and time; nobody else's movement is a walk."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from runners import figure, observations, pose, runner

from formcheck.counting.segmenter import Span
from formcheck.counting.walking_stances import WalkingStances
from formcheck.frames import LANDMARKS, Observation
from formcheck.frames import Landmark as L


def found(seen: Iterable[Observation]) -> list[Span]:
    stances = WalkingStances()
    spans = [span for o in seen if (span := stances.update(o, {})) is not None]
    while (span := stances.finish()) is not None:
        spans.append(span)
    return spans


def test_a_walkers_stances_are_found_with_side_and_midstance() -> None:
    walk = runner("dev_walk_front")
    spans = found(observations(walk))
    inner = [s for s in walk.stances if 2.1 < s["midstance_s"] < 11.0]
    assert len(inner) > 15
    errors = []
    for truth in inner:
        nearest = min(spans, key=lambda s: abs(s.peak_s - truth["midstance_s"]))
        assert nearest.side == truth["side"]
        errors.append(abs(nearest.peak_s - truth["midstance_s"]))
    assert max(errors) < 0.1
    assert np.mean(errors) < 0.03
    assert len(spans) <= len(walk.stances) + 1


@pytest.mark.parametrize("name", ["dev_run_behind_steady", "dev_run_front"])
def test_a_run_is_no_walk(name: str) -> None:
    assert found(observations(runner(name))) == []


def test_a_run_in_slow_motion_is_no_walk() -> None:
    """84 steps a minute, as a walk has."""
    slowed = (replace(o, pose=replace(o.pose, timestamp_s=2.0 * o.timestamp_s)) for o in observations(runner("dev_run_fatigue")))
    assert found(slowed) == []


def stand(_now_s: float) -> dict[L, tuple[float, float]]:
    return {}


def march(now_s: float) -> dict[L, tuple[float, float]]:
    """A foot is lifted every half second, on the spot."""
    lift = math.sin(2 * math.pi * now_s / 1.1)
    return {L.LEFT_ANKLE: (0.0, -60 * max(0.0, lift)), L.RIGHT_ANKLE: (0.0, -60 * max(0.0, -lift))}


def shift_weight(now_s: float) -> dict[L, tuple[float, float]]:
    aside = 12 * math.sin(2 * math.pi * now_s / 1.1)
    return dict.fromkeys((L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP), (aside, 0.0))


@pytest.mark.parametrize("move", [stand, march, shift_weight])
def test_nobody_walks_who_stands_marches_or_sways(move: Callable[[float], dict[L, tuple[float, float]]]) -> None:
    times = np.arange(0, 12, 1 / 30)
    shaking = np.random.default_rng(3).normal(0.0, 0.01, (len(times), LANDMARKS))
    seen = (Observation(pose(i, t, figure(t, move), (640, 480), shaking[i]), None) for i, t in enumerate(times))
    assert found(seen) == []

"""Stances of rendered runners are found with their side and time; nobody else's movement is a run."""

import math
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from runners import figure, observations, pose, runner

from formcheck.counting.segmenter import Span
from formcheck.counting.stances import Stances
from formcheck.frames import Landmark as L
from formcheck.frames import Observation

RUNS = ["dev_run_behind_left_drop", "dev_run_behind_steady", "dev_run_fatigue", "dev_run_longshirt", "dev_run_front"]


def found(seen: Iterable[Observation]) -> tuple[list[Span], Stances]:
    stances = Stances()
    spans = [span for o in seen if (span := stances.update(o, {})) is not None]
    while (span := stances.finish()) is not None:
        spans.append(span)
    return spans, stances


@pytest.mark.parametrize("name", RUNS)
def test_every_stance_is_found_with_its_side_and_time(name: str) -> None:
    run = runner(name)
    spans, _ = found(observations(run))
    peaks = np.array([s.peak_s for s in spans])
    for truth in run.stances:
        nearest = spans[int(np.argmin(np.abs(peaks - truth["midstance_s"])))]
        assert nearest.peak_s == pytest.approx(truth["midstance_s"], abs=0.06)
        assert nearest.side == truth["side"]
    errors = [np.abs(peaks - truth["midstance_s"]).min() for truth in run.stances]
    assert np.mean(errors) < 0.03
    assert len(spans) <= len(run.stances) + 2  # one at each end of the clip may be cut off
    assert all(a.start_s < a.peak_s < a.end_s for a in spans)


def test_a_runner_is_told_while_he_runs() -> None:
    run = runner("dev_run_behind_steady")
    stances, late = Stances(), []
    for o in observations(run):
        span = stances.update(o, {})
        if span is not None and span.peak_s > 3.0:
            late.append(o.timestamp_s - span.peak_s)
    assert late
    assert max(late) < 1.0


def test_the_phase_runs_from_left_contact_to_left_contact() -> None:
    run = runner("dev_run_behind_steady")
    stances, errors = Stances(), []
    contacts = [s["contact_s"] for s in run.stances if s["side"] == "left"]
    for o in observations(run):
        stances.update(o, {})
        now_s = o.timestamp_s
        before = [c for c in contacts if c <= now_s]
        after = [c for c in contacts if c > now_s]
        phase = stances.phase_at(now_s)
        if now_s > 4.0 and before and after and math.isfinite(phase):
            true = (now_s - before[-1]) / (after[0] - before[-1])
            errors.append(abs((phase - true + 0.5) % 1.0 - 0.5))
    assert len(errors) > 150
    assert np.mean(errors) < 0.05


def stand(_now_s: float) -> dict[L, tuple[float, float]]:
    return {}


def squat(now_s: float) -> dict[L, tuple[float, float]]:
    down = 40 * (1 - math.cos(2 * math.pi * now_s / 2.0))
    return dict.fromkeys((L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP), (0.0, down))


def quick_knee_bends(now_s: float) -> dict[L, tuple[float, float]]:
    down = 6 * (1 - math.cos(2 * math.pi * now_s / 0.35))
    return dict.fromkeys((L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP), (0.0, down))


def march(now_s: float) -> dict[L, tuple[float, float]]:
    """A foot is lifted every half second, and the trunk is highest over the foot that stands."""
    lift = math.sin(2 * math.pi * now_s / 0.9)
    high = -6 * abs(lift)
    trunk = dict.fromkeys((L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP), (0.0, high))
    return trunk | {L.LEFT_ANKLE: (0.0, -60 * max(0.0, lift)), L.RIGHT_ANKLE: (0.0, -60 * max(0.0, -lift))}


@pytest.mark.parametrize("move", [stand, squat, quick_knee_bends, march])
def test_nobody_runs_who_stands_squats_or_marches(move: Callable[[float], dict[L, tuple[float, float]]]) -> None:
    times = np.arange(0, 12, 1 / 30)
    spans, _ = found(Observation(pose(i, t, figure(t, move), (640, 480)), None) for i, t in enumerate(times))
    assert spans == []


def test_a_walk_is_no_run() -> None:
    assert found(observations(runner("dev_walk_front")))[0] == []


def test_twelve_pictures_a_second_are_too_few() -> None:
    spans, stances = found(observations(runner("dev_run_longshirt"), every=2))
    assert spans == []
    assert stances.too_seldom


def test_who_stops_and_runs_on_is_told_both_times() -> None:
    run = runner("dev_run_behind_steady")
    seen = [o for o in observations(run) if not 5.0 < o.timestamp_s < 6.5]
    spans, _ = found(seen)
    assert not any(5.2 < s.peak_s < 6.3 for s in spans)
    assert sum(s.peak_s < 5.0 for s in spans) > 9
    assert sum(s.peak_s > 6.5 for s in spans) > 9

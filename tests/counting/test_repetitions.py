"""The detector of repetitions on drawn movements: what counts, what does not, whatever the frame rate."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.counting.false_starts import FalseStarts
from formcheck.counting.repetitions import RepetitionDetector
from formcheck.counting.segmenter import Span


def bell(phase: np.ndarray) -> np.ndarray:
    """0 to 1 and back with short holds, as people move."""
    up, down = np.clip((phase - 0.02) / 0.42, 0, 1), np.clip((phase - 0.52) / 0.42, 0, 1)
    return up * up * (3 - 2 * up) - down * down * (3 - 2 * down)


def movement(extents: list[float], *, fps: float = 30, rep_s: float = 3.5, lead_s: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    times = np.arange(0, lead_s + rep_s * len(extents) + 1.0, 1 / fps)
    phase = (times - lead_s) / rep_s
    rep = np.clip(np.floor(phase).astype(int), 0, len(extents) - 1)
    inside = (phase >= 0) & (phase < len(extents))
    return times, np.where(inside, np.array(extents)[rep] * bell(phase - rep), 0.0)


def detect(times: np.ndarray, values: np.ndarray, min_extent: float = 8.0) -> list[Span]:
    detector = RepetitionDetector("opening", min_extent)
    return [span for t, v in zip(times, values, strict=True) if (span := detector.take(float(t), float(v)))]


@pytest.mark.parametrize("fps", [10, 15, 20, 30, 60])
@pytest.mark.parametrize("extents", [[40.0] * 5, [12.0] * 4, [25.0, 40.0, 30.0, 47.0]])
def test_counts_at_any_rate(fps: float, extents: list[float]) -> None:
    spans = detect(*movement(extents, fps=fps))
    assert len(spans) == len(extents)
    for k, span in enumerate(spans):
        true_start, true_end = 2.0 + 3.5 * (k + 0.077), 2.0 + 3.5 * (k + 0.883)  # where the bell passes 5 %
        assert span.start_s == pytest.approx(true_start, abs=0.25)
        assert span.end_s == pytest.approx(true_end, abs=0.25)
        assert span.extent == pytest.approx(extents[k], rel=0.15)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(np.zeros(600), id="lying still"),
        pytest.param(np.random.default_rng(1).normal(0, 1.5, 600), id="noise"),
        pytest.param(np.linspace(0, 60, 600), id="a slow change of posture"),
        pytest.param(np.r_[np.zeros(200), np.full(400, 45.0)], id="a new posture"),
        pytest.param(np.r_[np.zeros(200), np.full(5, 40.0), np.zeros(395)], id="a twitch"),
        pytest.param(np.full(600, np.nan), id="nobody"),
    ],
)
def test_not_a_repetition(values: np.ndarray) -> None:
    assert detect(np.arange(len(values)) / 30, values) == []


def test_fidgeting_between_repetitions_does_not_count() -> None:
    times, values = movement([40.0, 5.0, 40.0, 9.0, 40.0])
    assert len(detect(times, values)) == 3


def test_leaving_in_mid_movement_is_not_a_repetition() -> None:
    times, values = movement([40.0, 40.0, 40.0])
    values[(times > 6.5) & (times < 8.6)] = np.nan
    assert len(detect(times, values)) == 2


def test_a_flicker_of_sight_is_bridged() -> None:
    times, values = movement([40.0, 40.0, 40.0])
    values[(times > 7.0) & (times < 7.4)] = np.nan
    assert len(detect(times, values)) == 3


def test_says_that_it_moves_while_it_moves() -> None:
    times, values = movement([40.0])
    detector = RepetitionDetector("opening")
    since = [detector.moving_since_s for t, v in zip(times, values, strict=True) if detector.take(t, v) or True]
    first = next(i for i, s in enumerate(since) if s is not None)
    assert times[first] == pytest.approx(2.4, abs=0.3)
    assert since[-1] is None


def test_lying_down_first_costs_no_repetition() -> None:
    """The leg comes to rest on a level that it has never been on, and no fall follows the rise."""
    times, values = movement([30.0, 40.0, 35.0], lead_s=6.0)
    values[times < 3.0] -= 35.0
    assert [round(s.extent) for s in detect(times, values)] == pytest.approx([30, 40, 35], rel=0.15)


def test_the_first_repetition_after_lying_down_is_seen_as_it_moves() -> None:
    down = np.interp(np.arange(0, 6, 1 / 30), [0, 1, 3], [0, 0, 25])  # to another level, and three seconds of rest there
    rise = 25 + 30 * bell(np.arange(0, 1, 1 / 105))
    detector, seen = RepetitionDetector("opening"), []
    for i, value in enumerate([*down, *rise]):
        detector.take(i / 30, float(value))
        seen.append(detector.moving_since_s)
    assert seen[len(down) - 1] is None
    assert seen[len(down) + 52] == pytest.approx(6.0, abs=0.5)


@pytest.mark.parametrize("hold_s", [3.0, 8.0])
def test_a_hold_at_the_top_is_one_repetition(hold_s: float) -> None:
    knots_s = np.cumsum([0, 2, 1.5, hold_s, 1.5, 1.5, 1.5, hold_s, 1.5, 2])
    times = np.arange(0, knots_s[-1], 1 / 30)
    assert len(detect(times, np.interp(times, knots_s, [0, 0, 40, 40, 0, 0, 35, 36, 0, 0]))) == 2


def test_a_hesitation_on_the_way_up_and_down_is_one_repetition() -> None:
    knots_s, at = [0, 2, 2.8, 3.6, 4.4, 5.4, 6.2, 6.6, 7.4, 12], [0, 0, 20, 20, 40, 40, 22, 22, 0, 0]
    times = np.arange(0, 12, 1 / 30)
    spans = detect(times, np.interp(times, knots_s, at))
    assert [(round(s.start_s), round(s.end_s)) for s in spans] == [(2, 7)]


def test_what_is_below_a_third_is_an_attempt() -> None:
    times, values = movement([40.0, 42.0, 11.0, 38.0])
    detector = RepetitionDetector("movement", 8.0)
    spans = [s for t, v in zip(times, values, strict=True) if (s := detector.take(float(t), float(v)))]
    assert len(spans) == 3
    assert [round(a.extent) for a in detector.attempts] == [11]
    assert detector.attempts[0].start_s == pytest.approx(9.3, abs=0.3)


def test_a_false_start_before_the_set_counts_no_more_once_the_set_is_known() -> None:
    starts = FalseStarts()
    assert [starts.take(extent) for extent in (8.0, 50.0, 48.0, 52.0, 20.0)] == [[0], [0, 1], [1, 2], [0, 1, 2], [0, 1, 2, 3]]
    assert starts.found == 1


def test_what_was_measured_of_a_repetition_says_more_than_what_it_was_counted_by() -> None:
    """A foot that shifts looks like half a squat whose knee bent by a quarter; a squat seen from below looks like a small one."""
    starts = FalseStarts()
    for extent, measured in ((45.0, 50.0), (42.0, None), (45.0, 48.0)):
        starts.take(extent, measured)
    assert starts.take(16.0, 46.0) == [0, 1, 2, 3]
    assert starts.take(22.0, 11.0) == [0, 1, 2, 3, 4]
    assert starts.take(44.0, 50.0) == [0, 1, 2, 3, 5]
    assert starts.found == 1


def test_a_shift_of_the_weight_between_turns_is_too_brief_and_too_small_for_one() -> None:
    starts = FalseStarts()
    for extent, lasted_s in ((44.6, 3.4), (35.6, 3.1), (13.9, 1.0), (30.6, 3.3)):
        kept = starts.take(extent, None, lasted_s)
    assert kept == [0, 1, 3]
    assert starts.take(16.0, None, 3.2) == [0, 1, 2, 3]  # as small, but as slow as the others
    assert starts.take(33.0, None, 1.2) == [0, 1, 2, 3, 4]  # as brief, but as large
    assert starts.found == 1


@settings(max_examples=60)
@given(
    extents=st.lists(st.floats(20, 50), min_size=1, max_size=5),
    seed=st.integers(0, 10_000),
    offset=st.floats(-90, 90),
    fps=st.sampled_from([12, 20, 30]),
)
def test_count_does_not_depend_on_offset_noise_or_missing_frames(
    extents: list[float], seed: int, offset: float, fps: int
) -> None:
    rng = np.random.default_rng(seed)
    times, values = movement(extents, fps=fps)
    values = values + offset + rng.normal(0, 0.8, len(values))
    keep = rng.random(len(times)) > 0.2
    values[rng.random(len(times)) < 0.05] = np.nan
    assert len(detect(times[keep], values[keep])) == len(extents)


@settings(max_examples=40)
@given(st.lists(st.one_of(st.just(math.nan), st.floats(-1e6, 1e6)), max_size=80), st.floats(0.01, 3))
def test_survives_anything(values: list[float], step_s: float) -> None:
    for span in detect(np.arange(len(values)) * step_s, np.array(values)):
        assert span.start_s <= span.peak_s <= span.end_s
        assert math.isfinite(span.extent)

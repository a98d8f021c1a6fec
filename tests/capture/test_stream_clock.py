"""Capture times of network streams: rising, true to the stream's clock, and never fooled by one that jumps."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from formcheck.capture.stream_clock import StreamClock


def test_uneven_delays_do_not_reach_the_times() -> None:
    clock, rng = StreamClock(), np.random.default_rng(0)
    stream = np.arange(300) / 30
    times = [clock.stamp(float(s), 100.0 + float(s) + float(rng.uniform(0.02, 0.12))) for s in stream]
    steps = np.diff(times)[60:]
    assert abs(steps - 1 / 30).max() < 0.01


def test_arrival_counts_where_the_stream_has_no_times() -> None:
    clock = StreamClock()
    assert [round(clock.stamp(None, t), 3) for t in (5.0, 5.04, 5.5)] == [0.0, 0.04, 0.5]


def test_a_clock_that_jumps_is_anchored_anew() -> None:
    clock = StreamClock()
    seen = [clock.stamp(s, 10.0 + i / 25) for i, s in enumerate([0.0, 0.04, 90.0, 90.04, 3.0, 3.04])]
    assert np.allclose(np.diff(seen), 0.04, atol=0.002)


def test_a_stream_that_falls_behind_says_so() -> None:
    clock = StreamClock()
    for i in range(50):
        clock.stamp(i / 30, i / 30 * 1.3)
    assert clock.behind_s > 0.25


@given(st.lists(st.tuples(st.none() | st.floats(-1e6, 1e6), st.floats(0, 0.2)), min_size=2, max_size=60))
def test_times_always_rise(frames: list[tuple[float | None, float]]) -> None:
    clock, now_s, times = StreamClock(), 0.0, []
    for stream_s, step_s in frames:
        now_s += step_s
        times.append(clock.stamp(stream_s, now_s))
    assert all(b > a for a, b in pairwise(times))

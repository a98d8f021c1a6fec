"""Frame times rise, whatever the file or the device says."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.capture.clock import FileClock, steady_s

TIMES = st.lists(st.none() | st.floats(-1e9, 1e9), min_size=1, max_size=60)


@given(TIMES, st.floats(0.1, 1000))
def test_times_rise_from_zero(times: list[float | None], fps: float) -> None:
    clock = FileClock(fps)
    stamped = [clock.stamp(t) for t in times]
    assert stamped[0] == 0.0
    assert all(later > earlier for earlier, later in pairwise(stamped))


def test_good_times_are_kept() -> None:
    clock = FileClock(30)
    assert [round(clock.stamp(t), 6) for t in (7.0, 7.1, 7.15, 12.0)] == [0.0, 0.1, 0.15, 5.0]


def test_a_frame_out_of_order_does_not_shift_the_rest() -> None:
    clock = FileClock(10)
    stamped = [clock.stamp(t) for t in (0.0, 0.2, 0.1, 0.3)]
    assert stamped[3] == 0.3
    assert 0.2 < stamped[2] < 0.25


def test_a_joined_file_goes_on_where_the_first_part_ended() -> None:
    clock = FileClock(10)
    assert [round(clock.stamp(t), 3) for t in (100.0, 100.1, 0.0, 0.1)] == [0.0, 0.1, 0.2, 0.3]


def test_a_damaged_time_far_ahead_is_not_believed() -> None:
    clock = FileClock(10)
    assert [round(clock.stamp(t), 3) for t in (0.0, 0.1, 1e8, 1e8 + 0.1)] == [0.0, 0.1, 0.2, 0.3]


def test_a_jump_on_purpose_is_believed() -> None:
    clock = FileClock(10)
    clock.stamp(0.0)
    clock.jump(5000.0)
    assert clock.stamp(5000.0) == 5000.0


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="Linux only")
def test_a_camera_s_clock_goes_on_while_the_computer_sleeps() -> None:
    assert steady_s() == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=1.0)

"""Gaps in a film's times are named as what they are."""

from pathlib import Path

import pytest
from films import make_film, moving

from formcheck.capture.clock import FileClock, Gap
from formcheck.capture.gaps import gaps_in_words
from formcheck.capture.video_file import VideoFile


def read(path: Path) -> tuple[list[float], str]:
    with VideoFile(path) as video:
        return [frame.timestamp_s for frame in video.frames()], video.notice or ""


def test_forty_minutes_are_left_out_and_named(tmp_path: Path) -> None:
    times = [i / 10 for i in range(20)] + [2400 + i / 10 for i in range(20)]
    stamped, words = read(make_film(tmp_path / "a.mkv", [moving(i) for i in range(40)], times))
    assert stamped[-1] == pytest.approx(3.9, abs=0.3)
    assert "gap of 40 min after 0:01" in words
    assert "breaks off" not in words


def test_ten_seconds_stay_in_the_times_and_are_named(tmp_path: Path) -> None:
    times = [i / 10 for i in range(20)] + [12 + i / 10 for i in range(20)]
    stamped, words = read(make_film(tmp_path / "a.mp4", [moving(i) for i in range(40)], times))
    assert stamped[-1] == pytest.approx(13.9, abs=0.01)
    assert "gap of 10 s after 0:01" in words
    assert "not known" in words


@pytest.mark.parametrize(
    "times",
    [
        pytest.param([i / 10 + (0.4 if i >= 10 else 0) for i in range(30)], id="a few lost pictures"),
        pytest.param([2.0 * i for i in range(30)], id="a picture every two seconds"),
    ],
)
def test_what_is_no_gap(tmp_path: Path, times: list[float]) -> None:
    fps = 1 if times[1] > 1 else 10
    assert read(make_film(tmp_path / "a.mkv", [moving(i) for i in range(30)], times, fps=fps))[1] == ""


def test_a_clock_that_goes_back_is_named() -> None:
    clock = FileClock(10)
    for time_s in (100.0, 100.1, 0.0, 0.1):
        clock.stamp(time_s)
    assert "goes back after 0:00" in gaps_in_words(clock.gaps)


def test_the_longest_is_named_and_the_others_are_counted() -> None:
    gaps = [Gap(5.0, 3.0, False), Gap(75.0, 240.0, False), Gap(90.0, 4.0, False)]
    assert gaps_in_words(gaps).startswith("The film has a gap of 4 min after 1:15")
    assert gaps_in_words(gaps).endswith("There are 2 more gaps like it.")
    assert gaps_in_words([]) == ""

"""The same movement at 10 to 60 frames a second, evenly and unevenly sampled, gives the same findings."""

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from film_cases import reps_of_frames

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame
from formcheck.results import Rep
from formcheck.system.resources import folder


@pytest.fixture(scope="module")
def clip() -> list[Frame]:
    """Two repetitions of the demo: one held well, and one in which the pelvis rolls."""
    with VideoFile(folder("assets") / "demo.mp4", start_s=12.5) as source:
        frames = [frame for frame in source.frames() if frame.timestamp_s < 21.5]
    return [Frame(frame.picture, i, frame.timestamp_s - frames[0].timestamp_s) for i, frame in enumerate(frames)]


def resampled(clip: Sequence[Frame], times_s: np.ndarray) -> Iterator[Frame]:
    """The clip's nearest picture at each of other times."""
    own = np.array([f.timestamp_s for f in clip])
    for i, t in enumerate(times_s):
        yield Frame(clip[int(np.abs(own - t).argmin())].image, i, float(t))


def analysed(frames: Iterator[Frame]) -> tuple[Rep, ...]:
    return reps_of_frames(frames, EXERCISES["clam"])


def pelvis(reps: Sequence[Rep]) -> list[list[str]]:
    return [sorted(f.fault for f in rep.findings if f.fault.startswith("pelvic")) for rep in reps]


@pytest.fixture(scope="module")
def at_own_rate(clip: list[Frame]) -> tuple[Rep, ...]:
    reps = analysed(iter(clip))
    assert pelvis(reps) == [[], ["pelvic_roll"]]
    return reps


@pytest.mark.parametrize("fps", [10, 60, "irregular"])
def test_findings_do_not_depend_on_the_rate(clip: list[Frame], at_own_rate: tuple[Rep, ...], fps: float | str) -> None:
    end_s = clip[-1].timestamp_s
    if isinstance(fps, str):
        times = np.cumsum(np.random.default_rng(5).uniform(0.03, 0.12, 1000))
        times = times[times < end_s]
    else:
        times = np.arange(0, end_s, 1 / fps)
    reps = analysed(resampled(clip, times))
    assert pelvis(reps) == pelvis(at_own_rate)
    for rep, other in zip(reps, at_own_rate, strict=True):
        assert rep.start_s == pytest.approx(other.start_s, abs=0.3)
        for name in ("hip_opening", "pelvic_roll", "pelvic_hike"):
            here, there = rep.measurements[name], other.measurements[name]
            assert here.value == pytest.approx(there.value, abs=max(there.uncertainty or 0, 3.0)), name

"""A computer that cannot keep up sheds the overlay first, then poses, never the recording; and takes them up again."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from live_cases import SteadyCamera, clam_set, opening  # type: ignore[import-not-found]

from formcheck.frames import Frame, PoseFrame
from formcheck.live import keeping_up
from formcheck.live.keeping_up import STEPS, KeepingUp, Load
from formcheck.live.live_set import LiveSet, LiveUpdate
from formcheck.live.run import run_set
from formcheck.overlay.overlay import Overlay
from formcheck.recording.video_writer import VideoWriter


def fed(keeper: KeepingUp, seconds: float, late_s: float, backlog: float, start_s: float = 0.0) -> list[Load]:
    """The loads it passes through, once each."""
    seen = [keeper.load]
    for i in range(round(seconds * 30)):
        load = keeper.update(start_s + i / 30, late_s, backlog)
        if load is not seen[-1]:
            seen.append(load)
    return seen


def test_lateness_costs_the_overlay_only() -> None:
    assert fed(KeepingUp(), 30.0, 0.5, 0.0) == list(STEPS[:3])


def test_a_recorder_in_danger_costs_the_overlay_first_and_then_the_poses() -> None:
    assert fed(KeepingUp(), 30.0, 0.05, 0.8) == list(STEPS)
    assert [load.pose_s > 0 for load in STEPS] == [False, False, False, True, True]


def test_a_short_stutter_costs_nothing() -> None:
    keeper = KeepingUp()
    for start in range(20):
        assert fed(keeper, 0.8, 0.5, 0.2, start) == [STEPS[0]]
        assert fed(keeper, 0.2, 0.01, 0.0, start + 0.8) == [STEPS[0]]


def test_it_takes_up_again_what_it_shed_step_by_step() -> None:
    keeper = KeepingUp()
    fed(keeper, 10.0, 0.5, 0.8)
    assert fed(keeper, 40.0, 0.05, 0.0, 10.0) == list(reversed(STEPS))


def test_it_tries_ever_less_often_where_trying_fails() -> None:
    keeper, falls = KeepingUp(), []
    for i in range(30 * 300):
        before = keeper.load
        busy = keeper.load is STEPS[0]  # only with all there is to do
        if keeper.update(i / 30, 0.5 if busy else 0.05, 0.0) is STEPS[1] and before is STEPS[0]:
            falls.append(i / 30)
    waits = np.diff(falls)
    assert waits[0] < 10.0
    assert waits[-1] > 30.0


class Tracker:
    """Replayed poses that take as long as a slow computer needs."""

    def __init__(self, cost: Callable[[], None]) -> None:
        self._cost = cost

    def process(self, frame: Frame) -> PoseFrame:
        self._cost()
        return opening(frame)


class FairLock:
    """Whoever has waited longest comes first, as with a scheduler."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._waiting: list[object] = []

    def __enter__(self) -> None:
        ticket = object()
        with self._turn:
            self._waiting.append(ticket)
            self._turn.wait_for(lambda: self._waiting[0] is ticket)

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._waiting.pop(0)
            self._turn.notify_all()


@pytest.fixture
def quiet() -> None:
    """These tests take real time, and what they ask a free core for."""
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 4 * (os.cpu_count() or 1):
        pytest.skip("this computer is busy with other things")


def run(live: LiveSet, camera: SteadyCamera, cost: Callable[[], None]) -> list[LiveUpdate]:
    updates: list[LiveUpdate] = []
    with camera:
        run_set(live, camera, Tracker(cost), updates.append)
    return updates


def assert_filmed(live: LiveSet, camera: SteadyCamera, updates: list[LiveUpdate]) -> None:
    """Every frame from the one on that began the set is in the film, at its time."""
    with av.open(str(live.folder / "annotated.mp4")) as film:
        times = np.array([float(frame.time) for frame in film.decode(video=0)])
    captured = np.array(camera.times_s)[updates[0].result.frame.index :]
    assert len(times) == len(captured)
    np.testing.assert_allclose(times, captured - captured[0], atol=0.002)


def loads(updates: list[LiveUpdate]) -> list[Load]:
    out: list[Load] = []
    for update in updates:
        if not out or update.load != out[-1]:
            out.append(update.load)
    return out


@pytest.mark.usefixtures("quiet")
def test_a_slow_overlay_is_painted_less_often_and_again_more_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "UP_S", (1.0, 1.0))
    paint, slow = Overlay.annotate, [True]

    def annotate(self: Overlay, *given: object) -> object:
        time.sleep(0.12 if slow[0] else 0.0)
        return paint(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Overlay, "annotate", annotate)
    live, camera = clam_set(tmp_path), SteadyCamera(8.0)
    threading.Timer(4.0, lambda: slow.__setitem__(0, False)).start()
    updates = run(live, camera, lambda: None)
    session = live.close()
    assert_filmed(live, camera, updates)
    assert session.notices == ()
    shed = loads(updates)
    assert shed[:2] == [STEPS[0], STEPS[1]]
    assert STEPS.index(shed[-1]) < max(map(STEPS.index, shed))  # taken up again


@pytest.mark.usefixtures("quiet")
def test_a_pose_model_of_two_and_a_half_poses_a_second_costs_no_frame_of_the_film(tmp_path: Path) -> None:
    live, camera = clam_set(tmp_path), SteadyCamera(4.0)
    updates = run(live, camera, lambda: time.sleep(0.4))
    live.close()
    assert_filmed(live, camera, updates)
    assert loads(updates)[:2] == [STEPS[0], STEPS[1]]


@pytest.mark.usefixtures("quiet")
def test_poses_and_encoder_on_one_core_share_it_in_favour_of_the_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pose takes 40 ms and a picture 12 ms of the only core: more than there is at 30 poses a second, less at 10."""
    core, write = FairLock(), VideoWriter.write

    def busy(seconds: float) -> None:
        with core:
            time.sleep(seconds)

    def slow_write(self: VideoWriter, image: np.ndarray, timestamp_s: float) -> None:
        busy(0.012)
        write(self, image, timestamp_s)

    monkeypatch.setattr(VideoWriter, "write", slow_write)
    live, camera = clam_set(tmp_path), SteadyCamera(9.0)
    updates = run(live, camera, lambda: busy(0.04))
    session = live.close()
    shed = loads(updates)
    assert shed[:4] == list(STEPS[:4])
    assert session.notices == ()
    assert_filmed(live, camera, updates)

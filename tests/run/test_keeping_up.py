"""A computer that cannot keep up sheds the overlay first, then poses, never the recording; and takes them up again."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from live_cases import NOISE, clam_set, opening

from formcheck.capture.live import Listener, LiveSource
from formcheck.frames import Frame, PoseFrame
from formcheck.overlay.overlay import Overlay
from formcheck.recording.video_writer import VideoWriter
from formcheck.run import film
from formcheck.run.live import run as live_run
from formcheck.run.live.keeping_up import STEPS, KeepingUp, Load
from formcheck.run.live.live_set import LiveSet, LiveUpdate
from formcheck.run.live.run import run_set


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


def test_an_exercise_that_needs_many_poses_keeps_them() -> None:
    assert fed(KeepingUp(least_hz=15.0), 30.0, 0.05, 0.8) == list(STEPS[:4])
    assert fed(KeepingUp(least_hz=25.0), 30.0, 0.05, 0.8) == list(STEPS[:3])


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


def assert_filmed(live: LiveSet, times_s: list[float], updates: list[LiveUpdate]) -> None:
    """Every frame from the one on that began the set is in the film, at its time."""
    with av.open(str(live.folder / "annotated.mp4")) as video:
        filmed = np.array([float(frame.time) for frame in video.decode(video=0)])
    captured = np.array(times_s)[updates[0].result.frame.index :]
    assert len(filmed) == len(captured)
    np.testing.assert_allclose(filmed, captured - captured[0], atol=0.002)


def loads(updates: list[LiveUpdate]) -> list[Load]:
    out: list[Load] = []
    for update in updates:
        if not out or update.load != out[-1]:
            out.append(update.load)
    return out


class SlowComputer(LiveSource):
    """A camera of thirty pictures a second, a pose model and an encoder, all on a scripted clock: what takes time moves it.

    The set, its loop, its films and what is shed are the program's own.
    """

    TICK_S = 0.001
    pose_s = write_s = 0.0
    """What a pose and a picture take."""
    found_every = 1
    """One pose in so many is found, the others are carried."""

    def __init__(self, seconds: float, *, one_core: bool = False) -> None:
        super().__init__("scripted")
        self.times_s: list[float] = []
        self._seconds, self._one_core = seconds, one_core
        self._ticks = 0
        self._waiting: deque[object] = deque()
        """Who wants the only core: whoever has waited longest comes first, as with a scheduler."""
        self.work = [self._poses()]
        self.found: tuple[Frame, PoseFrame] | None = None
        self.every_s = 0.0

    def now_s(self) -> float:
        return self._ticks * self.TICK_S

    def _run(self) -> None:
        """It has no thread: pass_time() is all there is."""

    def start(self) -> "SlowComputer":
        return self

    def pass_time(self, seconds: float) -> None:
        for _ in range(max(1, round(seconds / self.TICK_S))):
            self._ticks += 1
            if len(self.times_s) < round(self._seconds * 30) and self.now_s() >= len(self.times_s) / 30:
                self.times_s.append(self.now_s())
                self._publish(NOISE[len(self.times_s) % len(NOISE)], self.now_s())
            for worker in self.work:
                next(worker)

    def busy(self, seconds: float) -> Iterator[None]:
        """One tick after the other until so much was worked, alone on the core if there is only one."""
        me, left = object(), round(seconds / self.TICK_S)
        self._waiting.append(me)
        while left > 0:
            yield
            left -= not self._one_core or self._waiting[0] is me
        self._waiting.remove(me)

    def _poses(self) -> Iterator[None]:
        """As PosesAhead finds them."""
        last_s = -1.0
        while True:
            if self._has_new() and self._newest is not None and self._newest.timestamp_s - last_s >= self.every_s - 0.005:
                frame = self.async_read(0.0)
                last_s = frame.timestamp_s
                yield from self.busy(self.pose_s)
                while self.found is not None:
                    yield
                self.found = frame, replace(opening(frame), found=frame.index % self.found_every == 0)
            yield

    def over(self) -> bool:
        return self.now_s() > self._seconds + 1.0 and self.found is None


class ScriptedPoses:
    """Stands for PosesAhead."""

    def __init__(self, computer: SlowComputer, _tracker: object) -> None:
        self._computer = computer

    def __enter__(self) -> "ScriptedPoses":
        return self

    def __exit__(self, *_: object) -> None: ...

    @property
    def ended(self) -> bool:
        return self._computer.over()

    @property
    def every_s(self) -> float:
        return self._computer.every_s

    @every_s.setter
    def every_s(self, seconds: float) -> None:
        self._computer.every_s = seconds

    def next(self, timeout_s: float) -> tuple[Frame, PoseFrame] | None:
        end_s = self._computer.now_s() + timeout_s
        while self._computer.found is None and self._computer.now_s() < end_s:
            self._computer.pass_time(0.001)
        found, self._computer.found = self._computer.found, None
        return found


def scripted(computer: SlowComputer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The set's loop and its films on the computer's clock."""

    class ScriptedWriter:
        """Stands for BackgroundWriter; the file is written all the same."""

        failure = None
        notice = None

        def __init__(self, writer: VideoWriter, *, live: bool, waiting: int) -> None:
            assert live
            self.dropped, self._room = 0, waiting
            self._writer, self._queue = writer, deque[tuple[np.ndarray, float]]()
            computer.work.append(self._run())

        @property
        def waiting(self) -> int:
            return len(self._queue)

        def write(self, image: np.ndarray, timestamp_s: float) -> None:
            if len(self._queue) < self._room:
                self._queue.append((image, timestamp_s))
            else:
                self.dropped += 1

        def close(self) -> None:
            while self._queue:
                computer.pass_time(0.01)
            computer.pass_time(1.0)
            self._writer.close()

        def _run(self) -> Iterator[None]:
            while True:
                if self._queue:
                    item = self._queue.popleft()
                    yield from computer.busy(computer.write_s)
                    self._writer.write(*item)
                yield

    monkeypatch.setattr(live_run, "PosesAhead", ScriptedPoses)
    monkeypatch.setattr(live_run, "time", SimpleNamespace(sleep=computer.pass_time))
    monkeypatch.setattr(film, "BackgroundWriter", ScriptedWriter)


def test_a_slow_overlay_is_painted_less_often_and_again_more_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computer, paint, painted = SlowComputer(20.0), Overlay.paint, []
    scripted(computer, monkeypatch)

    def slowly(self: Overlay, *given: object) -> object:
        painted.append(computer.now_s())
        computer.pass_time(0.12 if computer.now_s() < 6.0 else 0.0)
        return paint(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Overlay, "paint", slowly)
    live, updates = clam_set(tmp_path), list[LiveUpdate]()
    run_set(live, computer, object(), updates.append)  # type: ignore[arg-type]
    session = live.close()
    assert_filmed(live, computer.times_s, updates)
    assert session.notices == ()
    assert loads(updates) == [STEPS[0], STEPS[1], STEPS[2], STEPS[1], STEPS[0]]
    a_second = np.histogram(painted, range(21))[0]
    assert max(a_second[4:6]) <= 5
    assert min(a_second[15:]) >= 28


def test_poses_and_encoder_on_one_core_share_it_in_favour_of_the_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pose takes 40 ms and a picture 12 ms of the only core: more than there is at 30 poses a second, less at 10."""
    computer = SlowComputer(20.0, one_core=True)
    computer.pose_s, computer.write_s = 0.04, 0.012
    scripted(computer, monkeypatch)
    live, updates = clam_set(tmp_path), list[LiveUpdate]()
    run_set(live, computer, object(), updates.append)  # type: ignore[arg-type]
    session = live.close()
    assert loads(updates)[:4] == list(STEPS[:4])
    assert session.notices == ()
    assert_filmed(live, computer.times_s, updates)


def test_every_picture_is_shown_and_filmed_with_its_pose_and_two_of_three_are_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer = SlowComputer(20.0)
    computer.found_every = 3
    scripted(computer, monkeypatch)
    live, updates = clam_set(tmp_path), list[LiveUpdate]()
    run_set(live, computer, object(), updates.append)  # type: ignore[arg-type]
    session = live.close()
    assert_filmed(live, computer.times_s, updates)
    assert len(updates) == len(computer.times_s)
    assert all(update.result.pose.index == update.result.frame.index for update in updates)
    assert session.video.frames == session.frames_with_pose == len(computer.times_s)
    measured = len((live.folder / "angles.csv").read_text().splitlines()) - 1
    assert measured == pytest.approx(session.video.frames * 2 / 3, rel=0.03)
    told = [update.result.snapshot.finished.number for update in updates if update.result.snapshot.finished is not None]
    assert told == [rep.number for rep in session.reps]
    assert len(told) >= 3


class PatientCamera(LiveSource):
    """Thirty pictures a second, on a real clock; however busy the test's computer is, it waits for room at whoever films."""

    def __init__(self, pictures: int) -> None:
        super().__init__("patient")
        self.times_s: list[float] = []
        self.pictures = pictures
        self._zero_s = time.monotonic()
        self._film: Listener | None = None

    def now_s(self) -> float:
        return time.monotonic() - self._zero_s

    def listen(self, room: int = 90) -> Listener:
        self._film = super().listen(room)
        return self._film

    def _run(self) -> None:
        while len(self.times_s) < self.pictures and not self._stop.wait(1 / 30):
            if self._film is not None and self._film.waiting < 30:
                self.times_s.append(self.now_s())
                self._publish(NOISE[len(self.times_s) % len(NOISE)], self.times_s[-1])


class SlowTracker:
    """A pose model that needs the time of twelve pictures for a pose."""

    def __init__(self, camera: PatientCamera) -> None:
        self._camera = camera

    def process(self, frame: Frame) -> PoseFrame:
        while self._camera.captured < min(frame.index + 12, self._camera.pictures):
            time.sleep(0.002)
        return opening(frame)


def test_a_pose_model_of_two_and_a_half_poses_a_second_costs_no_frame_of_the_film(tmp_path: Path) -> None:
    """In real time and real threads; judged by what was filmed and in which order things were shed."""
    live, camera, updates = clam_set(tmp_path), PatientCamera(100), list[LiveUpdate]()
    with camera:
        run_set(live, camera, SlowTracker(camera), updates.append)  # type: ignore[arg-type]
    session = live.close()
    assert all("repetition" in notice for notice in session.notices)  # what could not be judged, and nothing of the film
    assert_filmed(live, camera.times_s, updates)
    assert loads(updates)[:2] == [STEPS[0], STEPS[1]]
    assert len(updates) <= len(camera.times_s) / 12 + 2

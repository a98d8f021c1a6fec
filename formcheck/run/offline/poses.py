"""Poses of a whole video file, by several trackers on several stretches of it at once.

Every frame is inferred, none skipped. A stretch begins some time early, so that its tracker has settled where it takes over.
The first is the shortest: whoever measures follows on its heels in the same pictures, and has caught up when the others end.
"""

import functools
import itertools
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.capture.video_file import VideoFile
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.tracker import PoseTracker
from formcheck.run.measuring import tracker_for

WARM_UP_S = 1.0
SHORTEST_STRETCH_S = 5.0
MEASURING = 0.25
"""Measuring a frame takes this share of the time of inferring it: the first stretch is so much shorter for each of the others,
which are measured after it."""
LEAST_SHARE = 0.2
PROMPT_S = 0.0005
"""Alone, inference gets the interpreter back this soon: all wait for it, and every frame would wait for up to 5 ms else."""
WAITING = 16
"""Frames with their pose that may wait to be measured."""


class PosesOfFile:
    """Iterates (frame, pose) over the file in order. A context manager; close() stops the trackers."""

    def __init__(self, path: Path, exercise: Exercise, model: Path, *, mirrored: bool, stretches: int) -> None:
        self._tracker = functools.partial(tracker_for, exercise, model)
        source = functools.partial(VideoFile, path, mirrored=mirrored)
        self.source = source()
        duration_s = self.source.info.duration_s or 0.0
        count = max(1, min(stretches, int(duration_s / SHORTEST_STRETCH_S)))
        first = max(1.0 - MEASURING * (count - 1), LEAST_SHARE)
        part_s = duration_s / (first + count - 1)
        edges = [part_s * (first + k) for k in range(count - 1)] + [float("inf")]
        self._usual_s = sys.getswitchinterval()
        if count == 1:
            sys.setswitchinterval(PROMPT_S)
        self._frames = self.source.frames()
        self._first = _First(self._frames, self._tracker, edges[0])
        self._stretches = [_Stretch(source, self._tracker, *edge) for edge in itertools.pairwise(edges)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._first.close()
        for stretch in self._stretches:
            stretch.close()
        self.source.close()
        sys.setswitchinterval(self._usual_s)

    def __iter__(self) -> Iterator[tuple[Frame, PoseFrame]]:
        tracker = None
        try:
            for frame, pose in itertools.chain(self._first, ((frame, None) for frame in self._frames)):
                if pose is None:
                    stretch = next(s for s in self._stretches if frame.timestamp_s < s.end_s)
                    pose = stretch.pose_at(frame.timestamp_s)
                if pose is None:  # the file says other times when read from its middle: go on alone
                    tracker = tracker or self._tracker()
                    pose = tracker.process(frame)
                yield frame, pose
        finally:
            if tracker is not None:
                tracker.close()


class _First:
    """The beginning's frames with their poses, found in a thread of its own; last the first frame beyond it, without one."""

    def __init__(self, frames: Iterator[Frame], tracker: Callable[[], PoseTracker], end_s: float) -> None:
        self._frames, self._tracker, self._end_s = frames, tracker, end_s
        self._found: queue.Queue[tuple[Frame, PoseFrame | None] | BaseException | None] = queue.Queue(WAITING)
        self._closed = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True, name="poses from the start")
        self.thread.start()

    def __iter__(self) -> Iterator[tuple[Frame, PoseFrame | None]]:
        while (item := self._found.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def close(self) -> None:
        self._closed.set()
        self.thread.join()

    def _run(self) -> None:
        try:
            with self._tracker() as tracker:
                for frame in self._frames:
                    inside = frame.timestamp_s < self._end_s
                    self._put((frame, tracker.process(frame) if inside else None))
                    if not inside or self._closed.is_set():
                        break
        except BaseException as error:  # handed to the reader: nothing is lost in the thread
            self._put(error)
        self._put(None)

    def _put(self, item: tuple[Frame, PoseFrame | None] | BaseException | None) -> None:
        while not self._closed.is_set():
            try:
                return self._found.put(item, timeout=0.2)
            except queue.Full:
                continue
        return None


class _Stretch:
    """The poses of a later stretch, found in a thread of its own. Its pictures are decoded again by whoever measures: too many
    to wait in memory."""

    def __init__(
        self, source: Callable[..., VideoFile], tracker: Callable[[], PoseTracker], start_s: float, end_s: float
    ) -> None:
        self.end_s = end_s
        self._start_s = start_s
        self._source, self._tracker = source, tracker
        self._poses: dict[float, PoseFrame] = {}
        self._reached_s = -1.0
        self._ended = False
        self._error: BaseException | None = None
        self._news = threading.Condition()
        self.thread = threading.Thread(target=self._run, daemon=True, name=f"poses from {start_s:.0f} s")
        self.thread.start()

    def pose_at(self, timestamp_s: float) -> PoseFrame | None:
        """Waits for the pose at exactly this time; None if the stretch holds no such frame."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self._reached_s >= timestamp_s)
            if self._error is not None:
                raise self._error
            return self._poses.pop(timestamp_s, None)

    def close(self) -> None:
        with self._news:
            self._ended = True
            self._news.notify_all()
        self.thread.join()

    def _run(self) -> None:
        try:
            with self._source(start_s=max(0.0, self._start_s - WARM_UP_S)) as source, self._tracker() as tracker:
                for frame in source.frames():
                    if self._ended or frame.timestamp_s >= self.end_s:
                        break
                    self._add(frame.timestamp_s, tracker.process(frame))
        except BaseException as error:  # handed to the reader: nothing is lost in the thread
            self._error = error
        with self._news:
            self._ended = True
            self._news.notify_all()

    def _add(self, timestamp_s: float, pose: PoseFrame) -> None:
        with self._news:
            if timestamp_s >= self._start_s:
                self._poses[timestamp_s] = pose
            self._reached_s = timestamp_s
            self._news.notify_all()

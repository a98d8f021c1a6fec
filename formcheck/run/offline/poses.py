"""Poses of a whole video file: found in a thread of its own on the frames that the schedule chooses, filled in on the others.

There is one tracker for the whole film, whatever the computer: the same film has the same poses everywhere. Finding, measuring
and encoding run beside each other, and a folder of films is analysed by several processes (batch.py).
"""

import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.capture.video_file import VideoFile
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, PoseFrame
from formcheck.planes import waiting
from formcheck.pose.between import fill_between
from formcheck.pose.person import Chooser
from formcheck.pose.schedule import Schedule, Work
from formcheck.run.tracking import tracker_for

PROMPT_S = 0.0005
"""Inference gets the interpreter back this soon: all else waits for it, and every frame would wait for up to 5 ms else."""


class PosesOfFile:
    """Iterates (frame, pose) over the file in order; no pose: the frame is only filmed. close() stops the tracker and the source.

    every_frame: find a pose on every frame, as a reference to hold the schedule against. choose: who is followed, in place of
    the exercise's rule. graphics_card: try to find poses on it.
    """

    def __init__(
        self,
        source: VideoFile,
        exercise: Exercise,
        model: Path,
        *,
        every_frame: bool = False,
        choose: Chooser | None = None,
        graphics_card: bool = False,
    ) -> None:
        self.source = source
        self.found = 0
        """How many poses were looked for."""
        self.notice: str | None = None
        """Once frames come: what the user should know of how poses are found."""
        self._exercise, self._model, self._choose, self._graphics_card = exercise, model, choose, graphics_card
        self._schedule = None if every_frame else Schedule(exercise.pose_rate)
        room = waiting(source.info.fps, (source.info.width, source.info.height))
        self._waiting: queue.Queue[tuple[Frame, Work, PoseFrame | None] | BaseException | None] = queue.Queue(room)
        self._closed = threading.Event()
        self._usual_s = sys.getswitchinterval()
        sys.setswitchinterval(PROMPT_S)
        self._thread = threading.Thread(target=self._run, daemon=True, name="poses")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        self.source.close()
        sys.setswitchinterval(self._usual_s)

    def __iter__(self) -> Iterator[tuple[Frame, PoseFrame | None]]:
        return fill_between(self._items())

    def _items(self) -> Iterator[tuple[Frame, Work, PoseFrame | None]]:
        while (item := self._waiting.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def _run(self) -> None:
        try:
            with tracker_for(self._exercise, self._model, self._choose, graphics_card=self._graphics_card) as tracker:
                self.notice = tracker.notice
                for frame in self.source.frames():
                    work = Work.FIND if self._schedule is None else self._schedule.plan(frame.timestamp_s)
                    pose = tracker.process(frame) if work is Work.FIND else None
                    self.found += pose is not None
                    if pose is not None and self._schedule is not None:
                        self._schedule.found(pose)
                    if not self._put((frame, work, pose)):
                        return
        except BaseException as error:  # handed to the reader: nothing is lost in the thread
            self._put(error)
        self._put(None)

    def _put(self, item: tuple[Frame, Work, PoseFrame | None] | BaseException | None) -> bool:
        """Whether it was taken before the reader left."""
        while not self._closed.is_set():
            try:
                self._waiting.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

"""Drives one live set: source -> poses -> set, and sheds work where the computer cannot keep up. No Qt."""

import math
import time
from collections.abc import Callable, Iterator

from formcheck.analysis.handsfree import Stage
from formcheck.capture.live import Listener, LiveSource
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.scheduled import ScheduledTracker, Tracker
from formcheck.run.live.keeping_up import KeepingUp
from formcheck.run.live.live_set import LiveSet, LiveUpdate
from formcheck.run.live.poses_ahead import PosesAhead
from formcheck.run.loop import run

WAIT_S = 0.2
"""How long to wait for a pose before looking whether the set was ended, and recording what came meanwhile."""
ROOM = 60
"""Pictures that may wait to be recorded: two seconds of a stalled computer."""


def run_set(live: LiveSet, source: LiveSource, tracker: Tracker, offer: Callable[[LiveUpdate], None]) -> None:
    """Until the set ends or the source does; the caller closes the set.

    offer: shows an update; called in this thread, as often as the load allows and for each repetition and change of stage.
    """
    keeping_up = KeepingUp(live.exercise.pose_rate.least_hz)
    film = _Film(source.listen(ROOM) if live.plan.record else None)
    shown: tuple[float, Stage | None] = (-math.inf, None)

    def wait_on() -> bool:
        live.film(film.take(live.room) if live.running else ())  # what came while a pose is late need not wait for it
        return not live.ended

    def take(update: LiveUpdate) -> None:
        nonlocal shown
        frame = update.result.frame
        news = update.stage is not shown[1] or update.result.snapshot.finished is not None
        if news or frame.timestamp_s - shown[0] >= live.load.overlay_s:
            shown = (frame.timestamp_s, update.stage)
            offer(update)
        live.film(film.take(live.room, frame))  # the person sees the picture first
        late_s = source.now_s() - frame.timestamp_s
        live.load = keeping_up.update(frame.timestamp_s, late_s, max(film.backlog, live.backlog))
        poses.every_s = live.load.pose_s

    def to_measure() -> Iterator[tuple[Frame, PoseFrame]]:
        for frame, pose in _each(poses, wait_on):
            if live.shows_only(pose):
                take(live.show(frame, pose))
            else:
                yield frame, pose

    follower = tracker if live.plan.every_frame else ScheduledTracker(tracker, live.exercise.pose_rate, in_time=True)
    with PosesAhead(source, follower) as poses:
        for update in run(to_measure(), live):
            take(update)
        while film.waits:
            live.film(film.take(live.room))
            time.sleep(0.0 if live.room else 0.01)
    live.overrun = film.dropped


def _each(poses: PosesAhead, wait_on: Callable[[], bool]) -> Iterator[tuple[Frame, PoseFrame]]:
    """All in order. wait_on: called when none came in time; whether to go on waiting."""
    while not poses.ended:
        found = poses.next(WAIT_S)
        if found is not None:
            yield found
        elif not wait_on():
            return


class _Film:
    """The frames that are still to be recorded, whether or not they were analysed."""

    def __init__(self, every: Listener | None) -> None:
        self._every = every
        self._next: Frame | None = None

    @property
    def backlog(self) -> float:
        """Share of the room that is taken."""
        return self._every.waiting / ROOM if self._every else 0.0

    @property
    def dropped(self) -> int:
        return self._every.dropped if self._every else 0

    @property
    def waits(self) -> bool:
        return self._every is not None and (self._next is not None or self._every.waiting > 0)

    def take(self, room: int, last: Frame | None = None) -> list[Frame]:
        """Up to `room` of those that were not taken yet, in order; not beyond `last`."""
        taken: list[Frame] = []
        while self._every is not None and len(taken) < room:
            self._next = self._next or self._every.get(0.0)
            if self._next is None or (last is not None and self._next.index > last.index):
                break
            taken.append(self._next)
            self._next = None
        return taken

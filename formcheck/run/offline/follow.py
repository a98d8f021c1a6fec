"""Follows somebody through a film and keeps what was seen of them: signals, from which a set can be measured."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from formcheck.capture.video_file import VideoFile
from formcheck.exercises.contract import Exercise
from formcheck.frames import Floats, Frame, Observation
from formcheck.pose.person import NearestTo, distance_to_body, torso_span
from formcheck.run.frame_files import call
from formcheck.run.loop import run
from formcheck.run.offline.analyze import Cancelled
from formcheck.run.offline.poses import PosesOfFile
from formcheck.session.signals import SignalsWriter
from formcheck.system.errors import UserError
from formcheck.system.language import tr

ON_THE_BODY = 0.5
"""Torso spans that a click may lie beside the body it means."""


class _KeptSignals:
    """An AnySet that writes what it sees."""

    ended = False

    def __init__(self, exercise: Exercise, signals: Path) -> None:
        self.exercise = exercise
        self.first: Observation | None = None
        """The first in which somebody was seen."""
        self._writer = SignalsWriter(signals, call)

    def step(self, frame: Frame, observation: Observation) -> Observation:
        self._writer.add(frame.timestamp_s, observation)
        if self.first is None and observation.pose.detected:
            self.first = observation
        return observation

    def finish(self) -> None:
        self._writer.finish()


def follow(
    film: VideoFile,
    exercise: Exercise,
    model: Path,
    signals: Path,
    *,
    person: tuple[float, float] | None = None,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write the signals of whoever does the exercise in a film, or of the person at a place in its first picture.

    Closes the film. person: in shares of the picture's width and height. UserError where nobody is there; Cancelled.
    """
    kept = _KeptSignals(exercise, signals)
    choose = _At(person) if person is not None else None
    with PosesOfFile(film, exercise, model, choose=choose) as poses:
        measured = ((frame, pose) for frame, pose in poses if pose is not None)
        for done, _ in enumerate(run(measured, kept), 1):
            if cancelled():
                raise Cancelled
            if done == 1 or kept.first is None:
                _check(kept.first, person)
            progress(done, poses.source.info.frames)
    kept.finish()
    if kept.first is None:
        raise UserError(tr("nobody was seen in the film"))


def _check(first: Observation | None, person: tuple[float, float] | None) -> None:
    if first is None or person is None:
        return
    xy, place = first.pose.image_xy, np.array([person]) * np.array(first.pose.image_size)
    if float(distance_to_body(place, xy)[0]) > ON_THE_BODY * torso_span(xy):
        raise UserError(tr("nobody was found there in the first picture: click the middle of the body"))


class _At:
    """The one nearest to a place that is said in shares of the picture."""

    def __init__(self, place: tuple[float, float]) -> None:
        self._place = place

    def __call__(self, candidates: Sequence[Floats], size: tuple[int, int]) -> int | None:
        return NearestTo((self._place[0] * size[0], self._place[1] * size[1]))(candidates, size)

    def fits(self, xy: Floats) -> bool:  # noqa: ARG002
        return True

"""The set in a film: measured and, if wanted, filmed anew with the overlay, from the first frame to the last."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.run.film import SetFilm
from formcheck.run.loop import MeasuredFrame
from formcheck.run.measured_set import FrameSink, MeasuredSet
from formcheck.signals.pace import Pace


class FilmSet:
    """Feed it by loop.run(to_measure(...)). With neither sink nor film nothing is kept but what was measured."""

    ended = False

    def __init__(
        self, analyzer: Analyzer, *, sink: FrameSink | None = None, film: SetFilm | None = None, folder: Path | None = None
    ) -> None:
        """film: goes into `folder`."""
        self.exercise = analyzer.exercise
        self.measured = MeasuredSet(analyzer, sink=sink)
        self.pace = Pace()
        self._film, self._folder = film, folder
        self._last: MeasuredFrame | None = None

    def to_measure(self, poses: Iterable[tuple[Frame, PoseFrame | None]]) -> Iterator[tuple[Frame, PoseFrame]]:
        """Those with a pose; the others are counted and filmed on the way, with what is known."""
        for frame, pose in poses:
            if pose is not None:
                yield frame, pose
            else:
                self.measured.pass_over(frame.timestamp_s)
                self._record(frame)

    def step(self, frame: Frame, observation: Observation) -> MeasuredFrame:
        if self._last is None and self._film is not None and self._folder is not None:
            self._film.start(self._folder, frame)
        self.pace.update(observation.pose)
        self._last = MeasuredFrame(frame, observation.pose, self.measured.add(observation))
        self._record(frame)
        return self._last

    def finish(self) -> MeasuredSet:
        """Nothing more will come."""
        self.measured.finish()
        return self.measured

    def _record(self, frame: Frame) -> None:
        if self._film is not None and self._last is not None:
            self._film.add((frame,), self._last)

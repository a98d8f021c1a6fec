"""Wires the stages: frame -> pose -> trunk surface -> analysis. The same for a camera and a file; no Qt, no output.

What comes out is handed on by whoever drives it: the window's worker, or offline.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.base import Exercise
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.motion.surface import TrunkSurface
from formcheck.pose.person import Chooser, choose_lying, choose_standing
from formcheck.pose.tracker import PoseTracker
from formcheck.results import Limits, Side


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """One frame and all that is known after it."""

    frame: Frame
    pose: PoseFrame
    snapshot: Snapshot


class Pipeline:
    """One set, frame by frame. Synchronous; use it from one thread."""

    def __init__(
        self,
        exercise: Exercise,
        model: Path,
        *,
        side: Side | None = None,
        variant: str = "standard",
        limits: Mapping[str, Limits] | None = None,
    ) -> None:
        self.analyzer = Analyzer(exercise, side=side, variant=variant, limits=limits)
        self._tracker = PoseTracker(model, choose_lying if exercise.lying else choose_standing)
        self._surface = TrunkSurface()
        self.frames_with_pose = 0

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._tracker.close()

    def follow(self, choose: Chooser) -> None:
        """Follow somebody else from the next frame on."""
        self._tracker.follow(choose)

    def process(self, frame: Frame) -> Result:
        return self.observe(frame, self.find_pose(frame))

    def find_pose(self, frame: Frame) -> PoseFrame:
        """The slow half: may run in another thread than observe(), frames in order in both."""
        return self._tracker.process(frame)

    def observe(self, frame: Frame, pose: PoseFrame) -> Result:
        """The other half: measure what the frame and its pose say."""
        self.frames_with_pose += pose.detected
        surface = self._surface.update(frame, pose)
        return Result(frame, pose, self.analyzer.update(Observation(pose, surface)))

"""Wires the stages: frame -> pose -> trunk surface -> analysis. The same for a camera and a file; no Qt, no output.

What comes out is handed on by whoever drives it: the window's worker, or offline.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import cv2

from formcheck.analysis.analyzer import Analyzer
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, Observation, PoseFrame
from formcheck.motion.picture import PictureWatch
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


class Measuring:
    """One set from frames and their poses on: surface motion and analysis. Use it from one thread."""

    def __init__(
        self,
        exercise: Exercise,
        *,
        side: Side | None = None,
        variant: str | None = None,
        limits: Mapping[str, Limits] | None = None,
    ) -> None:
        cv2.setNumThreads(1)  # pictures this small are not quicker in several, and those that wait burn a core meanwhile
        self.analyzer = Analyzer(exercise, side=side, variant=variant, limits=limits)
        self.frames_with_pose = self.poses_found = 0
        self._surface = TrunkSurface()
        self._picture = PictureWatch()

    def observe(self, frame: Frame, pose: PoseFrame) -> Result:
        """Measure what the next frame and its pose say."""
        self.frames_with_pose += pose.detected
        self.poses_found += pose.found
        observation = Observation(pose, self._surface.update(frame, pose), self._picture.update(frame))
        return Result(frame, pose, self.analyzer.update(observation))


class Pipeline(Measuring):
    """One set from frames on. Synchronous; use it from one thread."""

    def __init__(
        self,
        exercise: Exercise,
        model: Path,
        *,
        side: Side | None = None,
        variant: str | None = None,
        limits: Mapping[str, Limits] | None = None,
    ) -> None:
        super().__init__(exercise, side=side, variant=variant, limits=limits)
        self._tracker = tracker_for(exercise, model)

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
        return self.observe(frame, self._tracker.process(frame))


def tracker_for(exercise: Exercise, model: Path) -> PoseTracker:
    """A tracker that follows whoever can be doing this exercise."""
    return PoseTracker(model, choose_lying if exercise.posture.lies else choose_standing)

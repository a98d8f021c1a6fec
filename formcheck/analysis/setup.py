"""Whether the person and the camera are ready for a set: checks in the order in which a person can mend them.

Only geometry and brightness, no Qt.
"""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.gates import light, whole_body
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises.contract import Exercise, SetupCheck
from formcheck.frames import Floats, Image, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics
from formcheck.signals.camera_angle import limit_deg, off_front_deg

STILL_S = 2.0
STILL_WITHIN = 0.05
"""Share of the torso length that joints may move by while the person counts as still."""
NEAR_TORSO, FAR_TORSO = 0.5, 0.11
"""Torso length as a share of the picture's smaller side: beyond, too near; below, too far."""
_STEADY = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_KNEE, L.RIGHT_KNEE, L.LEFT_ANKLE, L.RIGHT_ANKLE)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check's outcome; `words` say what to do, empty when it passes."""

    check: SetupCheck
    ok: bool
    words: str = ""


class SetupChecks:
    """Feed it every frame; it says how far the set-up has come."""

    def __init__(self, exercise: Exercise, variant: str | None = None) -> None:
        self._exercise = exercise
        self._posture = exercise.posture_of(variant)
        self._held: deque[tuple[float, Floats, float]] = deque()

    def update(self, image: Image, pose: PoseFrame, snapshot: Snapshot) -> tuple[CheckResult, ...]:
        """All checks up to and including the first that fails; all of them when ready."""
        self._hold(pose)
        done: list[CheckResult] = []
        for check in self._exercise.checks:
            words = self._words(check, image, pose, snapshot)
            done.append(CheckResult(check, not words, words))
            if words:
                break
        return tuple(done)

    def _words(self, check: SetupCheck, image: Image, pose: PoseFrame, snapshot: Snapshot) -> str:
        if check is SetupCheck.LIGHT:
            return _light(image)
        if check is SetupCheck.PERSON:
            return "" if pose.detected else "Step into the picture"
        if check is SetupCheck.POSITION:
            wrong = snapshot.state in (AnalysisState.WRONG_POSITION, AnalysisState.NOBODY)
            return self._posture.words.set_up if wrong else ""
        if check is SetupCheck.IN_FRAME:
            return whole_body(pose)
        if check is SetupCheck.DISTANCE:
            return _distance(pose)
        if check is SetupCheck.ANGLE:
            return self._angle()
        if check is SetupCheck.SIDE:
            finding = snapshot.state is AnalysisState.FINDING_SIDE
            return "Move once, slowly, so that the side can be seen - or choose the side above" if finding else ""
        return "" if self._still(pose.timestamp_s) else "Now hold still for two seconds"

    def _angle(self) -> str:
        """The camera's place against the body, by what the last seconds say together."""
        lies = self._posture.lies
        angles = [angle for _, _, angle in self._held if math.isfinite(angle)]
        too_far = bool(angles) and float(np.median(angles)) > limit_deg(lies=lies)
        return "The camera looks from the side" if too_far else ""

    def _hold(self, pose: PoseFrame) -> None:
        if not pose.detected:
            self._held.clear()
            return
        angle = off_front_deg(pose, lies=self._posture.lies)
        self._held.append((pose.timestamp_s, pose.image_xy[list(_STEADY)], angle))
        while self._held[-1][0] - self._held[0][0] > STILL_S + 0.5:
            self._held.popleft()

    def _still(self, now_s: float) -> bool:
        recent = [xy for t, xy, _ in self._held if t >= now_s - STILL_S]
        if not recent or self._held[0][0] > now_s - STILL_S:
            return False
        points = np.array(recent)
        torso = np.linalg.norm((points[:, :2] - points[:, 2:4]).mean(axis=1), axis=1).mean()
        moved = np.percentile(points, 90, axis=0) - np.percentile(points, 10, axis=0)
        return bool(np.median(np.linalg.norm(moved, axis=1)) < STILL_WITHIN * torso)


def ready(results: Iterable[CheckResult]) -> bool:
    """Whether every check passes: SetupChecks stops at the first that fails."""
    outcomes = tuple(results)
    return bool(outcomes) and all(result.ok for result in outcomes)


def _light(image: Image) -> str:
    sample = image[::16, ::16].mean(axis=2)
    return light(float(sample.mean()), float(sample.std()))


def _distance(pose: PoseFrame) -> str:
    share = kinematics.torso_length(pose.image_xy) / min(pose.image_size)
    if share > NEAR_TORSO:
        return "You are too near: move the camera back"
    return "You are too far away: bring the camera nearer" if share < FAR_TORSO else ""

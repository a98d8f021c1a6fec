"""A drawn person who stands before the camera: landmarks in px from a few angles, for the tests of standing exercises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises.contract import Exercise
from formcheck.frames import LANDMARKS, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.results import Rep, Side

FPS = 20
TORSO, THIGH, SHANK, HIPS, SHOULDERS = 100.0, 80.0, 80.0, 40.0, 70.0

HIP_LINE_FOLLOWS = 0.4
"""The network's hip line is drawn along by a leaning trunk, on rendered people by this share."""


@dataclass(frozen=True)
class Figure:
    """Angles in degrees, lengths in torso lengths; left and right are the person's, who faces the camera."""

    flexion: float = 5.0
    """Of the stance knee."""
    valgus: float = 0.0
    """Of the stance knee, inward."""
    drop: float = 0.0
    """Right hip below the left."""
    lean: float = 0.0
    """Of the trunk to the left."""
    left_foot: tuple[float, float] = (0.2, 0.0)
    """Sideways from under the pelvis, and raised."""
    right_foot: tuple[float, float] = (-0.2, 0.0)
    stance: Side | None = None
    """The leg that is posed by flexion and valgus; the other foot hangs bent behind."""
    scale: float = 1.0


def turn(degrees: float) -> np.ndarray:
    a = np.radians(degrees)
    return np.array([np.sin(a), -np.cos(a)])


def landmarks(f: Figure) -> np.ndarray:
    """(33, 2) px; the person's left is at the picture's right."""
    xy = np.full((LANDMARKS, 2), 0.0)
    height = (THIGH + SHANK) * np.cos(np.radians(f.flexion / 2))
    hip = np.array([0.0, -height])
    tilt = np.radians(f.drop - HIP_LINE_FOLLOWS * f.lean)
    across = np.array([np.cos(tilt), -np.sin(tilt)]) * HIPS / 2
    xy[L.LEFT_HIP], xy[L.RIGHT_HIP] = hip + across, hip - across
    top = hip + TORSO * turn(f.lean)
    level = np.array([-turn(f.lean)[1], turn(f.lean)[0]]) * SHOULDERS / 2
    xy[L.LEFT_SHOULDER], xy[L.RIGHT_SHOULDER] = top + level, top - level
    xy[: L.LEFT_SHOULDER] = top + 25 * turn(f.lean)
    for side, (h, k, a), foot in (
        (Side.LEFT, (L.LEFT_HIP, L.LEFT_KNEE, L.LEFT_ANKLE), f.left_foot),
        (Side.RIGHT, (L.RIGHT_HIP, L.RIGHT_KNEE, L.RIGHT_ANKLE), f.right_foot),
    ):
        if f.stance is None:
            xy[a] = TORSO * np.array([foot[0], -foot[1]])
            xy[k] = (xy[h] + xy[a]) / 2
        elif f.stance is side:
            xy[a] = [xy[h][0], 0.0]
            middle, half = (xy[h] + xy[a]) / 2, np.linalg.norm(xy[a] - xy[h]) / 2
            xy[k] = middle - [side.sign * half * np.tan(np.radians(f.valgus / 2)), 0]
        else:
            xy[k] = xy[h] + [0, 0.9 * THIGH]
            xy[a] = xy[k] + [0, -0.1 * SHANK]
    return np.array([320.0, 420.0]) + f.scale * xy


def observe(figures: Sequence[Figure | None], fps: float = FPS) -> list[Observation]:
    """One observation per figure; None: nobody's joints are seen."""
    out = []
    for i, figure in enumerate(figures):
        xy = landmarks(figure) if figure is not None else np.full((LANDMARKS, 2), np.nan)
        seen = np.zeros((LANDMARKS, 3)) if figure is not None else np.full((LANDMARKS, 3), np.nan)
        out.append(Observation(PoseFrame(i, i / fps, (640, 480), xy, seen, np.ones(LANDMARKS)), None))
    return out


def reps_of(exercise: Exercise, observations: Sequence[Observation], side: Side | None = None) -> tuple[Rep, ...]:
    analyzer = Analyzer(exercise, side=side)
    for observation in observations:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer.reps


def repeated(
    pose: Callable[[float, int], Figure | None], count: int, *, rep_s: float = 3.0, fps: float = FPS
) -> list[Observation]:
    """Two seconds of rest, then `count` repetitions of pose(amount 0-1-0, number from 0), then one second of rest."""
    figures = []
    for i in range(int((2 + rep_s * count + 1) * fps)):
        phase = (i / fps - 2) / rep_s
        k = min(max(int(np.floor(phase)), 0), count - 1)
        amount = float(np.sin(np.pi * (phase - k)) ** 2) if 0 <= phase < count else 0.0
        figures.append(pose(amount, k))
    return observe(figures, fps)


def flagged(reps: Sequence[Rep]) -> list[set[str]]:
    return [{f.fault for f in rep.findings} for rep in reps]

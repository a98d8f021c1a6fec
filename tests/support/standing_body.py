"""A standing body as landmarks and surface motion show it on average, for tests: turns in, observations out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises.contract import Exercise
from formcheck.frames import LANDMARKS, Floats, Observation, PoseFrame, SurfaceFrame, WaistFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals.body import LEG

FPS = 20.0
TORSO = 100.0
SHANK, LIFTED_DOWN = 0.75, 0.55
"""Length of a shank, torso lengths, and how much of it a lifted one is upright."""
FOLLOWS = np.array([0.05, 0.2, 0.38, 0.48, 0.68, 0.86, 0.95, 1.0, 1.0, 1.0])
"""How much of the thorax' turn on the pelvis each band of the trunk shares, and"""
DEPTH = np.array([0.17, 0.2, 0.19, 0.21, 0.225, 0.245, 0.265, 0.27, 0.27, 0.27])
"""how far it lies in front of the axis, torso lengths (medians of the rendered clips)."""


@dataclass(frozen=True)
class Turn:
    """One repetition's extremes, degrees; + to the person's left. late_s: how much later than the thorax the pelvis starts."""

    pelvis: float
    trunk: float = 0.0
    arms: float = 0.0
    drop: float = 0.0
    lean: float = 0.0
    late_s: float = 0.0
    step: float = 0.0
    leg: float | None = None
    """How far the lifted leg turns; None: with the pelvis."""
    rep_s: float = 3.0


def phase(now_s: float, rep_s: float) -> float:
    """0 to 1 and back over one repetition."""
    share = min(max(now_s / rep_s, 0.0), 1.0)
    return float(0.5 - 0.5 * np.cos(2 * np.pi * share))


def observations(
    turns: Sequence[Turn], *, stance: Side | None = None, azimuth: float = 0.0, hidden: bool = False
) -> list[Observation]:
    """Two seconds of rest, the repetitions with half a second between them, one second of rest."""
    starts = 2.0 + np.cumsum([0.0, *(t.rep_s + t.late_s + 0.5 for t in turns)])
    out = []
    for i in range(int((starts[-1] + 1.0) * FPS)):
        now = i / FPS
        k = min(max(int(np.searchsorted(starts, now, side="right")) - 1, 0), len(turns) - 1)
        out.append(_observation(i, now - starts[k], turns[k], stance, azimuth, hidden))
    return out


def play(exercise: Exercise, seen: Sequence[Observation], **options: object) -> Analyzer:
    analyzer = Analyzer(exercise, **options)  # type: ignore[arg-type]
    for observation in seen:
        analyzer.update(observation)
    return analyzer


def _observation(index: int, since_s: float, turn: Turn, stance: Side | None, azimuth: float, hidden: bool) -> Observation:
    share = phase(since_s, turn.rep_s)
    pelvis = np.radians(turn.pelvis) * phase(since_s - turn.late_s, turn.rep_s)
    thorax = np.radians(turn.pelvis + turn.trunk) * share if turn.late_s else pelvis + np.radians(turn.trunk) * share
    hands = thorax + np.radians(turn.arms) * share
    image, world = np.zeros((LANDMARKS, 2)), np.zeros((LANDMARKS, 3))
    lean = np.tan(np.radians(turn.lean) * share) * (stance.sign if stance else 1)

    def place(left: L, right: L, half: float, angle: float, height: float, depth: float) -> None:
        for mark, side in ((left, 1), (right, -1)):
            x = side * half * np.cos(angle) + lean * max(height, 0.0)
            image[mark] = (320 + TORSO * x, 300 - TORSO * height)
            world[mark] = (x, -height, side * depth * np.sin(angle))

    place(L.LEFT_HIP, L.RIGHT_HIP, 0.194, pelvis, 0.0, 0.095)
    place(L.LEFT_SHOULDER, L.RIGHT_SHOULDER, 0.32, thorax, 1.0, 0.25)
    for left, right, out in ((L.LEFT_WRIST, L.RIGHT_WRIST, 1.0), (L.LEFT_ELBOW, L.RIGHT_ELBOW, 0.55)):
        for mark, shoulder in ((left, L.LEFT_SHOULDER), (right, L.RIGHT_SHOULDER)):
            image[mark] = image[shoulder] + (TORSO * out * np.degrees(hands) / 80.0, 5)
            world[mark] = world[shoulder] + (out * np.sin(hands), 0.05, -out * np.cos(hands))
    stepping = turn.step * share
    _feet(image, stance, azimuth, stepping)
    if stance is not None:
        _shanks(image, stance, pelvis if turn.leg is None else np.radians(turn.leg) * share)
    world[[L.LEFT_FOOT_INDEX, L.RIGHT_FOOT_INDEX], 2] = -0.45  # toes point ahead, to the camera
    around = np.radians(azimuth)
    world = world @ np.array([[np.cos(around), 0, -np.sin(around)], [0, 1, 0], [np.sin(around), 0, np.cos(around)]])
    if stance is not None:
        tilt = stance.sign * np.tan(np.radians(turn.drop) * share / 1.85)
        image[L.LEFT_HIP, 1] -= TORSO * 0.194 * tilt
        image[L.RIGHT_HIP, 1] += TORSO * 0.194 * tilt
    shift = np.zeros((10, 4, 2))
    heights = (np.arange(10) + 0.5) / 10
    shift[..., 1] = (DEPTH * (pelvis + FOLLOWS * (thorax - pelvis)) + lean * heights)[:, None]
    shift[:, [0, 3], 1] -= (0.6 * DEPTH * (pelvis + FOLLOWS * (thorax - pelvis)))[:, None]
    if stance is not None:
        sunk = stance.sign * np.sin(np.radians(turn.drop) * share)
        shift[:2, :, 0] = 0.86 * 0.388 * sunk * np.array([-1 / 2, -1 / 6, 1 / 6, 1 / 2])  # its left rises with the hip
    points = np.full((10, 4), 4)
    if hidden:
        shift[:], points[:] = np.nan, 0
    pose = PoseFrame(index, index / FPS, (640, 480), image, world, np.ones(LANDMARKS))
    waist = None if stance is None else WaistFrame(index / FPS, stance.sign * turn.drop * share, 1.0)
    return Observation(pose, SurfaceFrame(index / FPS, shift, points, np.zeros((10, 4))), waist=waist)


def _feet(image: Floats, stance: Side | None, azimuth: float, step: float) -> None:
    toes = -0.45 * np.sin(np.radians(azimuth))
    for side, ankle, heel, toe in (
        (Side.LEFT, L.LEFT_ANKLE, L.LEFT_HEEL, L.LEFT_FOOT_INDEX),
        (Side.RIGHT, L.RIGHT_ANKLE, L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX),
    ):
        lifted = 0.5 if stance is side.other else 0.0
        x = side.sign * 0.35 + (step if side is Side.LEFT else 0.0)
        for mark, ahead in ((ankle, 0.0), (heel, 0.0), (toe, toes)):
            image[mark] = (320 + TORSO * (x + ahead), 300 + TORSO * (1.6 - lifted))


def _shanks(image: Floats, stance: Side, turned: float) -> None:
    """The stance leg's stands; the other one's points away from the camera and swings as the leg turns."""
    for side in Side:
        _, knee, ankle = LEG[side]
        image[knee] = image[ankle] - TORSO * np.array([0.0, SHANK if side is stance else SHANK * LIFTED_DOWN])
    _, knee, ankle = LEG[stance.other]
    image[ankle, 0] = image[knee, 0] - TORSO * SHANK * np.sqrt(1 - LIFTED_DOWN**2) * np.sin(turned)

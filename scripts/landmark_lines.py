"""What fit_drop.py and fit_lean.py have in common: the lines that landmarks draw in a film, and weights for them.

Ridge regression of an angle's change since a repetition's start on the changes of the lines since then. Every repetition weighs
the same, whatever its length, except for what its script weighs more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_record import cached
from numpy.typing import NDArray

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.pose.model import model_file
from formcheck.run.offline.poses import PosesOfFile
from formcheck.signals.body import FOOT
from formcheck.signals.kinematics import torso_length
from formcheck.signals.smoothing import smooth

FRONT_DEG = 20.0
"""Clips from cameras farther aside of the front are left out."""
REALISTIC = 2.0
"""Weight of a realistic render, against 1 of a plain one."""
SMOOTHING_S = 0.06
FEWEST = 5
"""Frames of a repetition."""


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """Changes since its start, degrees."""

    clip: str
    move: str
    """Movement of the rendered clip; empty for real people."""
    lines: Floats
    """(n, 3)"""
    truth: Floats
    """(n,)"""
    weight: float


def lines_of(path: Path, cache: Path | None, exercise: str) -> tuple[Floats, Floats]:
    """(n,) s, (n, 5) smoothed: hips, lean and shoulders in degrees, + right side lower, or to the left; the left and the right
    heel, torso lengths below the ankle."""

    def seen() -> dict[str, Floats]:
        with PosesOfFile(VideoFile(path), EXERCISES[exercise], model_file()) as found:
            poses = [pose for _, pose in found if pose is not None]
        return {"t": np.array([p.timestamp_s for p in poses]), "lines": np.array([_lines(p.image_xy) for p in poses])}

    raw = cached(cache, path.stem, seen)
    return raw["t"], smooth(raw["t"], raw["lines"], SMOOTHING_S)


def _lines(xy: Floats) -> list[float]:
    heels = [(xy[heel][1] - xy[ankle][1]) / torso_length(xy) for ankle, heel, _ in FOOT.values()]
    return [wb.hip_line_tilt(xy), wb.trunk_lean(xy), wb.shoulder_line_tilt(xy), *heels]


def seen_within(times_s: Floats, span_s: tuple[float, float], lines: Floats) -> NDArray[np.intp]:
    """Indices of a repetition's frames in which all lines are seen; none where they are too few."""
    inside = np.flatnonzero((times_s >= span_s[0]) & (times_s <= span_s[1]) & np.isfinite(lines).all(axis=1))
    return inside if len(inside) >= FEWEST else inside[:0]


def fit(reps: Sequence[Repetition], used: int, ridge: float) -> Floats:
    """(used,) weights of the first lines. ridge: square degrees."""
    square, product, total = np.zeros((used, used)), np.zeros(used), 0.0
    for rep in reps:
        x, weight = rep.lines[:, :used], rep.weight / len(rep.lines)
        square += weight * x.T @ x
        product += weight * x.T @ rep.truth
        total += rep.weight
    return np.asarray(np.linalg.solve(square + ridge * total * np.eye(used), product), dtype=np.float64)


def extreme(values: Floats) -> float:
    """The largest in size, with its sign."""
    return float(values[np.argmax(np.abs(values))])

"""Two runs laid over each other at the same phase of the gait cycle: hips on hips, as large as each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from formcheck.frames import Floats, Image
from formcheck.measurement.running.cycles import STRIDE_S
from formcheck.report.midstance import HIGH, WIDE
from formcheck.results import Rep
from formcheck.session.layout import SIGNALS
from formcheck.session.signals import BadSignals, read_signals
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S

FEW = 40
"""Stances that a usual stride is taken from."""
TORSO_PX = 150.0
"""Of the picture that is made."""


@dataclass(frozen=True, slots=True, eq=False)
class HipTrack:
    """Where the hips are in a film."""

    times_s: Floats
    hips: Floats
    """(n, 2) px"""
    torso_px: float
    """Median length."""

    def at(self, time_s: float) -> Floats:
        """(2,) px, of the picture that is shown then: the joints lag behind it."""
        return np.array([np.interp(time_s + LAG_S, self.times_s, self.hips[:, k]) for k in (0, 1)])


def hip_track(folder: Path) -> HipTrack | None:
    """None where a session's signals were not kept."""
    rows = []
    try:
        for o in read_signals(folder / SIGNALS):
            length = kinematics.torso_length(o.pose.image_xy)
            if length > 0:
                rows.append((o.timestamp_s, *kinematics.mid_hip(o.pose.image_xy), length))
    except (BadSignals, OSError):
        return None
    if not rows:
        return None
    table = np.array(rows)
    return HipTrack(table[:, 0], table[:, 1:3], float(np.median(table[:, 3])))


def stride_s(reps: Sequence[Rep], rep: Rep) -> float:
    """From a stance's contact to the next one of the same foot; the run's usual stride where that was not seen."""
    strides = [
        (a.start_s, b.start_s - a.start_s) for side in (rep.side,) for a, b in pairwise([r for r in reps if r.side is side])
    ]
    usual = [length for _, length in strides if STRIDE_S[0] < length < STRIDE_S[1]]
    own = next((length for start_s, length in strides if start_s == rep.start_s and STRIDE_S[0] < length < STRIDE_S[1]), None)
    if own is not None:
        return own
    return float(np.median(usual)) if usual else rep.end_s - rep.start_s


def moments(reps: Sequence[Rep]) -> tuple[float, float]:
    """Midstance and toe-off as shares of the gait cycle that begins with contact: medians over the run. Zeros without stances."""
    if not reps:
        return 0.0, 0.0
    shares = [((rep.peak_s - rep.start_s), (rep.end_s - rep.start_s)) for rep in reps]
    usual = float(np.median([stride_s(reps, rep) for rep in reps[:FEW]]))
    middle, end = (float(np.median(of)) / usual for of in zip(*shares, strict=True))
    return middle, end


def time_in_cycle(reps: Sequence[Rep], rep: Rep, share: float) -> float:
    """When a stride that begins with this stance has gone so far, 0-1 from contact to contact."""
    return rep.start_s + share * stride_s(reps, rep)


def laid_over(first: Image, first_at: tuple[Floats, float], second: Image, second_at: tuple[Floats, float]) -> Image:
    """(H, W, 3) BGR: what is darker in the first is blue, what is darker in the second orange, what is alike grey.

    first_at, second_at: where the hips are, (2,) px, and how long the torso is, px.
    """
    size = round(2 * WIDE * TORSO_PX), round(sum(HIGH) * TORSO_PX)
    middle = np.array([size[0] / 2, HIGH[0] * TORSO_PX])
    grey = []
    for image, (hips, torso) in ((first, first_at), (second, second_at)):
        scale = TORSO_PX / torso
        place = np.hstack([scale * np.eye(2), (middle - scale * hips).reshape(2, 1)])
        laid = cv2.warpAffine(image, place, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
        grey.append(cv2.cvtColor(laid, cv2.COLOR_BGR2GRAY).astype(np.uint16))
    return np.stack([grey[1], (grey[0] + grey[1]) // 2, grey[0]], axis=2).astype(np.uint8)

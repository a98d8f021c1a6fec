"""Left and right midstance of a run as mean pictures of ten stances, laid over each other at the hips, with the pelvis' line."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from formcheck.frames import Floats, Image
from formcheck.report.document import Picture
from formcheck.report.key_frames import frames_at, jpeg
from formcheck.report.run_blocks import is_run
from formcheck.report.words import number
from formcheck.results import Rep, Session, Side
from formcheck.session.layout import RAW, SIGNALS, film
from formcheck.session.signals import BadSignals, read_signals
from formcheck.signals import kinematics
from formcheck.signals.body import LAG_S
from formcheck.system.language import tr

STANCES = 10
SETTLED_S = 2.0
"""Stances before that are left out: the runner is only just followed."""
ABOVE = 0.25
"""Torso lengths above the hip landmarks: where the line is drawn, at the waist."""
REACH = 0.5
"""Torso lengths to each side of the middle that the line goes."""
WIDE, HIGH = 1.6, (1.9, 2.4)
"""Torso lengths about the hips that are shown: to each side; above and below."""
LINE, LEVEL = (0, 94, 213), (255, 255, 255)
NEAR_S = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Midstance:
    """One side's mean picture."""

    side: Side
    image: Image
    stances: int
    drop_deg: float
    """NaN where the pelvis was not seen."""

    @property
    def words(self) -> str:
        values = {"n": self.stances, "drop": number(self.drop_deg, "deg")}
        if math.isfinite(self.drop_deg):
            left = tr("Left midstance, mean of {n} stances: pelvis {drop} lower on the other side", **values)
            right = tr("Right midstance, mean of {n} stances: pelvis {drop} lower on the other side", **values)
        else:
            left = tr("Left midstance, mean of {n} stances: pelvis not seen", **values)
            right = tr("Right midstance, mean of {n} stances: pelvis not seen", **values)
        return left if self.side is Side.LEFT else right


def midstances(folder: Path, session: Session) -> tuple[Midstance, ...]:
    """Left and right; empty for a session without sides, and where film or signals were not kept."""
    video = folder / RAW if (folder / RAW).is_file() else film(folder)
    if not is_run(session) or video is None:
        return ()
    chosen = {side: _chosen(session, side) for side in Side}
    hips = _hips(folder / SIGNALS, [rep.peak_s for reps in chosen.values() for rep in reps])
    made = (_midstance(video, session, side, reps, hips) for side, reps in chosen.items())
    return tuple(m for m in made if m is not None)


def midstance_pictures(folder: Path, session: Session) -> tuple[Picture, ...]:
    """The same for a report."""
    return tuple(Picture(jpeg(m.image), m.words) for m in midstances(folder, session))


def _chosen(session: Session, side: Side) -> list[Rep]:
    own = [rep for rep in session.reps if rep.side is side and rep.start_s > SETTLED_S]
    return own[:STANCES]


def _hips(signals: Path, times_s: Sequence[float]) -> dict[float, tuple[Floats, float]]:
    """Midstance -> (2,) px where the hips are then, and the torso's length; those that are not known are left out."""
    out: dict[float, tuple[Floats, float]] = {}
    if not times_s:
        return out
    try:
        for o in read_signals(signals):
            near = [t for t in times_s if abs(o.timestamp_s - t - LAG_S) < NEAR_S]
            length = kinematics.torso_length(o.pose.image_xy)
            out |= {t: (kinematics.mid_hip(o.pose.image_xy), length) for t in near if t not in out and length > 0}
            if o.timestamp_s > max(times_s) + 1.0:
                break
    except (BadSignals, OSError):
        return {}
    return out


def _midstance(
    video: Path, session: Session, side: Side, reps: Sequence[Rep], hips: dict[float, tuple[Floats, float]]
) -> Midstance | None:
    known = [rep for rep in reps if rep.peak_s in hips]
    images = frames_at(video, [rep.peak_s for rep in known])
    seen = [(*hips[rep.peak_s], image) for rep, image in zip(known, images, strict=True) if image is not None]
    if not seen:
        return None
    torso = float(np.median([length for _, length, _ in seen]))
    width, height = round(2 * WIDE * torso), round(sum(HIGH) * torso)
    middle = np.array([width / 2, HIGH[0] * torso])
    laid = []
    for at, _, image in seen:
        shift = np.array([[1.0, 0.0, middle[0] - at[0]], [0.0, 1.0, middle[1] - at[1]]])
        laid.append(cv2.warpAffine(image, shift, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.float32))
    mean = np.mean(np.sort(laid, axis=0)[_trimmed(len(laid))], axis=0).astype(np.uint8)
    figure = session.sides.get(side.value, {}).get("pelvic_drop")
    drop = figure.value if figure is not None else math.nan
    _draw_line(mean, middle - (0, ABOVE * torso), torso, drop, side, behind=session.view != "front")
    return Midstance(side, mean, len(seen), drop)


def _trimmed(pictures: int) -> slice:
    """Without the darkest and the brightest fifth of each pixel: what is written over a few of the pictures leaves no ghost."""
    out = pictures // 5
    return slice(out, pictures - out)


def _draw_line(image: Image, middle: Floats, torso: float, drop_deg: float, side: Side, *, behind: bool) -> None:
    """A level line, thin, and the pelvis' line over it."""
    if not math.isfinite(drop_deg):
        return
    width = max(1, round(torso / 60))
    lower_left = side is Side.RIGHT  # the swing side of the person is the lower one
    picture_left_lower = lower_left if behind else not lower_left
    slope = math.tan(math.radians(drop_deg)) * (-1 if picture_left_lower else 1)
    for rise, colour, thick in ((0.0, LEVEL, width), (slope, LINE, 2 * width)):
        reach = REACH * torso
        ends = [(round(middle[0] + d * reach), round(middle[1] + d * reach * rise)) for d in (-1, 1)]
        cv2.line(image, ends[0], ends[1], colour, thick, cv2.LINE_AA)

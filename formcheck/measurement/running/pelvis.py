"""How far a runner's pelvis drops, from how the patch about the waist tilts in the picture (motion/waist.py).

The patch tells a change of the tilt well (r 0.9 and more of rendered runners), but not where level is: a seam is curved, and off
the patch's middle a curve looks like a slope. So the zero is the median tilt of the last strides: the pelvis is above it for as
long as below. A mean would not do: it follows the side that drops farther, and a third of the sides' difference was lost with it.
The zero takes out a tilted camera as well; a pelvis that hangs to one side all the time is not seen.
"""

import math
import statistics
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from formcheck.frames import Floats, Observation, WaistFrame
from formcheck.measurement.running.stance import SEEN, Stance
from formcheck.results import Measurement
from formcheck.signals import kinematics
from formcheck.system.language import to_translate

LOADING = 0.65
"""Share of a stance, from contact on, in which the pelvis drops farthest."""
LEAST_SEAM = 0.19
"""Torso lengths above the hip landmarks: a seam lower than that is a hem, not a waist. Rendered runners: tucked in 0.21-0.26, a
loose shirt's hem 0.13."""
LEAST_QUALITY = 0.9
FOLLOWS = 0.88
"""Share of the pelvis' tilt that the waist shows at its extreme: cloth and skin over the lumbar spine lie between pelvis and
thorax. Frame by frame rendered runners show 0.79-0.86; the extreme of a stance takes some of the noise along."""
ZERO_S, LEAST_ZERO_S = 10.0, 2.0
"""The zero is taken over the first, and over at least the second: three strides."""
ZERO_EVERY_S = 0.2
GAP_S = 1.0
"""A waist unseen for longer is taken up afresh by motion/waist.py, and its zero with it."""

PELVIS = slice(0, 4)
"""Of the ten bands of the trunk's surface."""
BOUNCES, STANDS = 0.05, 0.25
"""A runner's shoulders go up and down by at least BOUNCES torso lengths. A band in the pelvis' place that moves by less than the
share STANDS of that is something that stands still before it. Rendered runners 0.7 and more, behind a console 0.05 at most."""
STANDS_BEFORE = to_translate(
    "something that stands still hides the pelvis, such as a rail, a console or another treadmill: move it or the camera"
)
NO_WAIST = to_translate("the waist is hidden: tuck the shirt in, and wear trousers of another colour than the shirt")
FROM_FRONT = to_translate("the pelvis can only be seen from behind: film from behind, with the shirt tucked in")
NOT_FOLLOWED = to_translate("the picture about the waist was not kept with this session: analyse the film itself")


Middle: TypeAlias = Callable[[Sequence[float]], float]
"""Of the tilts -> the one that is level."""


class PelvisTilt:
    """Feed update() each frame; it returns by how many degrees the pelvis' right side is higher than usual in this run."""

    def __init__(self, middle: Middle = statistics.median) -> None:
        self._middle = middle
        self._held: deque[tuple[float, float]] = deque()
        self._zero, self._zero_s = math.nan, -math.inf

    def update(self, observation: Observation, facing: float) -> float:
        """NaN where it cannot be seen: always from in front. facing: seen_from_front()."""
        waist = observation.waist
        if waist is None or not facing < 0 or not _good(waist):
            return math.nan
        if self._held and waist.timestamp_s - self._held[-1][0] > GAP_S:
            self._held.clear()
            self._zero, self._zero_s = math.nan, -math.inf
        self._held.append((waist.timestamp_s, waist.tilt_deg))
        while waist.timestamp_s - self._held[0][0] > ZERO_S:
            self._held.popleft()
        known_s = waist.timestamp_s - self._held[0][0]
        if known_s >= LEAST_ZERO_S and waist.timestamp_s - self._zero_s >= ZERO_EVERY_S:
            self._zero, self._zero_s = self._middle([tilt for _, tilt in self._held]), waist.timestamp_s
        return self.of(waist)

    def seen(self, waist: WaistFrame) -> float:
        """As of(); NaN also where the waist is not seen well enough."""
        return self.of(waist) if _good(waist) else math.nan

    def of(self, waist: WaistFrame) -> float:
        """Degrees, + right side higher, of a frame that update() was fed before; NaN while the zero is not known."""
        return (waist.tilt_deg - self._zero) / FOLLOWS


def pelvic_drop(stance: Stance, facing: float, tilt: PelvisTilt, uncertainty: float) -> Measurement:
    """The largest drop of the swing side below the stance side in loading, degrees in the picture. facing: seen_from_front();
    uncertainty: half-width of the 90 % interval, degrees."""
    end_s = stance.start_s + LOADING * (stance.end_s - stance.start_s)
    waists = [o.waist for o in stance.observations if stance.start_s <= o.timestamp_s <= end_s]
    if facing > 0:
        return Measurement(None, "deg", why=FROM_FRONT)
    known = [w for w in waists if w is not None]
    if not known:
        return Measurement(None, "deg", why=NOT_FOLLOWED)
    drops = {w.timestamp_s: -stance.side.sign * tilt.of(w) for w in known if _good(w)}
    seen = {at_s: drop for at_s, drop in drops.items() if math.isfinite(drop)}
    if len(seen) < SEEN * len(waists):
        return Measurement(None, "deg", why=STANDS_BEFORE if _behind_something(stance.observations) else NO_WAIST)
    at_s = max(seen, key=lambda s: seen[s])
    return Measurement(seen[at_s], "deg", uncertainty, at_s=at_s)


def _behind_something(observations: Sequence[Observation]) -> bool:
    """Whether what lies in the pelvis' place stands still while the shoulders go up and down."""
    surfaces = [o.surface for o in observations if o.surface is not None]
    if not surfaces:
        return False
    torso = statistics.median(kinematics.torso_length(o.pose.image_xy) for o in observations)
    shoulders = np.array([[kinematics.mid_shoulder(o.still_xy)[1]] for o in observations]) / torso
    rises = np.array([np.where(s.points > 0, s.shift[..., 0], np.nan) for s in surfaces])
    bounce = _way(shoulders)
    return bounce > BOUNCES and any(_way(rises[:, band]) < STANDS * bounce for band in range(rises.shape[1])[PELVIS])


def _way(rises: Floats) -> float:
    """How far a band (frames, columns) goes up and down, by the median of its columns; NaN where half of it is not seen."""
    ways = []
    for column in rises.T:
        seen = column[np.isfinite(column)]
        if len(seen) >= len(column) / 2:
            ways.append(float(np.ptp(np.percentile(seen, (5.0, 95.0)))))
    return statistics.median(ways) if len(ways) >= rises.shape[1] / 2 else math.nan


def _good(waist: WaistFrame) -> bool:
    """Whether a waist is seen, and well enough. A patch without a level of its own does not show both sides of a back."""
    seen = waist.seam >= LEAST_SEAM and waist.quality >= LEAST_QUALITY
    return seen and bool(np.isfinite(waist.tilt_deg + waist.level_deg))

"""How far the camera stands off the belt's axis, read from the feet: a foot that is down moves with the belt.

Seen along the belt it comes straight toward the camera (from behind) or goes straight away (from in front); seen from aside it
moves across the picture as well. Its speed across, divided by the belt's speed, is the tangent of the angle between the belt and
the line of sight to the runner. The mean of both feet is taken, so that landmarks that drift outward on both feet cancel out.
"""

import math
import statistics
from collections import deque
from dataclasses import dataclass

import numpy as np

from formcheck.measurement.running.stance import Stance
from formcheck.results import Measurement, Side
from formcheck.signals.body import LAG_S, LEG
from formcheck.system.language import to_translate

FLAT_S = 0.08
"""The ankle is followed for this long before and after midstance, while the foot is flat on the belt."""
BELT_M_S = 2.8
"""Usual speed of a runner's belt (10 km/h); not known from the picture."""
BELT_SHARE = 0.25
"""Share by which the belt may be faster or slower (7.5 to 12.5 km/h), and so the angle larger or smaller."""
OFF_DEG = 1.5
"""The rest of the angle's half-width. In all it is 1.2 degrees off on average on twelve rendered runners, 3.9 at most."""
LEAST_DOWN_M_S = 0.12
"""The foot must move down the picture (from in front: up) at least this fast. Else it is on no belt, or the lens is too low."""
LEAST_STANCES, MOST_STANCES = 3, 16
"""Of each side; the last ones count."""
KNEE_SHARE = 0.78
"""Degrees by which a knee that is bent by 45 degrees is shown farther in or out for each degree off the axis (rendered runners
0.75-0.82): the knee lies in front of the line from hip to ankle."""
NEARER_DEG = 1.4
"""Seen from in front the knee is nearer to the camera than hip and ankle, and appears so much too far out. From behind it is
farther away, and appears too far in (rendered runners at 2-3 m)."""
MOST_DEG = 20.0
"""Farther off the axis no knee is corrected: not knowing the belt's speed would leave an error of 3 degrees."""
Z90 = 1.645

NOT_YET = to_translate("where the camera stands is told from the first steps of both feet")
NO_BELT = to_translate(
    "the feet do not move as on a belt, so it is not known where the camera stands: film a treadmill from hip height"
)
OFF_AXIS = to_translate("the camera stands more than 20 degrees off the belt's axis: film in line with the belt")


@dataclass(frozen=True, slots=True)
class CameraBearing:
    """Where the camera stands."""

    deg: float
    """Off the belt's axis; + where the left knee is shown too far out and the right one too far in."""
    uncertainty: float

    def knee_shift(self, side: Side) -> float:
        """Degrees to be added to what the picture shows of this knee."""
        return side.sign * KNEE_SHARE * self.deg

    @property
    def knee_uncertainty(self) -> float:
        return KNEE_SHARE * self.uncertainty


class BeltAxis:
    """Feed add() each stance; `camera` is where the camera stands, None while that is not known, `why` then the reason."""

    def __init__(self) -> None:
        self._tracks: dict[Side, deque[tuple[float, float]]] = {side: deque(maxlen=MOST_STANCES) for side in Side}
        """m/s of the ankle across the picture, + to the runner's left turned to his back, and along the belt's way."""
        self.camera: CameraBearing | None = None
        self.why = NOT_YET
        """Why it is not known; empty where it is."""

    def add(self, stance: Stance, facing: float, px_per_m: float) -> None:
        """facing: seen_from_front()."""
        late_s = stance.mid_s + LAG_S
        near = [o for o in stance.observations if abs(o.timestamp_s - late_s) <= FLAT_S]
        ankle = LEG[stance.side][2]
        points = np.array([(o.timestamp_s - late_s, *o.pose.image_xy[ankle]) for o in near])
        if len(near) < 3 or not (np.isfinite(points).all() and px_per_m > 0):
            return
        across, down = np.polyfit(points[:, 0], points[:, 1:], 1)[0] / px_per_m
        self._tracks[stance.side].append((-facing * float(across), -facing * float(down)))
        self.why = self._why()
        self.camera = None if self.why else self._bearing()

    def _bearing(self) -> CameraBearing:
        left, right = (np.array(track) for track in self._tracks.values())
        across = float(np.median(left[:, 0]) + np.median(right[:, 0])) / 2
        scatter = math.hypot(*(statistics.stdev(track[:, 0].tolist()) / len(track) ** 0.5 for track in (left, right))) / 2
        deg, by_chance = math.degrees(math.atan(across / BELT_M_S)), Z90 * math.degrees(scatter / BELT_M_S)
        return CameraBearing(deg, math.hypot(by_chance, BELT_SHARE * deg, OFF_DEG))

    def _why(self) -> str:
        if min(len(track) for track in self._tracks.values()) < LEAST_STANCES:
            return NOT_YET
        down = statistics.fmean(statistics.fmean(down for _, down in track) for track in self._tracks.values())
        return NO_BELT if down < LEAST_DOWN_M_S else ""

    def in_line(self, knee: Measurement, side: Side, facing: float) -> Measurement:
        """The knee as a camera in line with the belt, far away, would show it, degrees. facing: seen_from_front()."""
        camera = self.camera
        if knee.value is None:
            return knee
        if camera is None or abs(camera.deg) > MOST_DEG:
            return Measurement(None, knee.unit, why=self.why or OFF_AXIS)
        wide = math.hypot(knee.uncertainty or 0.0, camera.knee_uncertainty)
        return Measurement(self.turned(knee.value, side, facing), knee.unit, wide, at_s=knee.at_s)

    def turned(self, knee_deg: float, side: Side, facing: float) -> float:
        """The same in degrees; NaN while it is not known where the camera stands."""
        camera = self.camera
        return math.nan if camera is None else knee_deg + camera.knee_shift(side) + facing * NEARER_DEG

"""Whether a person who turns over planted feet has moved to another place, by walking or by a cut in the film."""

import math

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics
from formcheck.signals.smoothing import Exponential

HOME_S = 4.0
"""Time constant of the feet's usual place."""
AWAY = 0.6
"""Torso lengths that the middle of both feet must move. A shift of the stance, or a bumped camera, moves it less."""
AWAY_S = 0.5
"""How long it must stay away, so that a foot that is misread for a moment does not count."""


class PlaceWatch:
    """Observations of one set in order."""

    def __init__(self) -> None:
        self._home = Exponential(HOME_S)
        self._away_since_s: float | None = None

    def update(self, observation: Observation) -> bool:
        """Whether the person is in another place now than before."""
        if observation.picture is not None and observation.picture.cut:
            self._settle()
            return True
        now_s, feet = observation.timestamp_s, _feet(observation)
        if not np.isfinite(feet).all():
            return False
        before = self._home.update(now_s, feet)
        if before is None or float(np.linalg.norm(feet - before)) < AWAY:
            self._away_since_s = None
            return False
        self._away_since_s = now_s if self._away_since_s is None else self._away_since_s
        if now_s - self._away_since_s < AWAY_S:
            return False
        self._settle()
        return True

    def _settle(self) -> None:
        self._home, self._away_since_s = Exponential(HOME_S), None


def _feet(observation: Observation) -> Floats:
    """(2,) between the ankles, the camera's own motion taken out, torso lengths; NaN where they are not seen."""
    xy = observation.still_xy
    torso_px = kinematics.torso_length(xy)
    middle = (xy[L.LEFT_ANKLE] + xy[L.RIGHT_ANKLE]) / 2
    return np.asarray(middle / torso_px if torso_px > 0 else np.full(2, math.nan))

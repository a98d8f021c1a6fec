"""Whether the steps are those of a run or of a walk, where no stance is found: a film in slow motion shows neither."""

import statistics
from collections import deque

import numpy as np

from formcheck.frames import Landmark as L
from formcheck.frames import Observation
from formcheck.signals.smoothing import Exponential
from formcheck.system.language import to_translate

CENTRE_S = 5.0
"""Time constant of the ankles' usual difference in height."""
LEAST_RISE = 0.1
"""Torso lengths by which an ankle rises above the other one: less is no step."""
CHANGES = 5
"""How many of the last changes of the higher ankle are looked at."""
SLOW_S, QUICK_S, LASTING_S = 0.46, 0.38, 5.0
"""Duration of a step: above SLOW_S no run, below QUICK_S no walk, above LASTING_S a stand."""

TOO_SLOW = to_translate(
    "the steps follow each other too slowly for a run: choose treadmill walking for a walk, and for slow motion say how many "
    "pictures a second it was filmed at"
)
TOO_QUICK = to_translate("the steps follow each other too quickly for a walk: choose running for a run")


class StepPace:
    """Feed update() each frame."""

    def __init__(self) -> None:
        self._centre = Exponential(CENTRE_S)
        self._higher = 0.0
        self._changed_s: deque[float] = deque(maxlen=CHANGES)

    def update(self, observation: Observation, torso_px: float) -> None:
        xy, now_s = observation.pose.image_xy, observation.timestamp_s
        lift = float(xy[L.RIGHT_ANKLE][1] - xy[L.LEFT_ANKLE][1]) / torso_px
        centre = self._centre.update(now_s, np.array(lift))
        if centre is None or not abs(lift - float(centre)) > LEAST_RISE:
            return
        higher = 1.0 if lift > float(centre) else -1.0
        if higher != self._higher:
            self._higher = higher
            self._changed_s.append(now_s)

    def step_s(self, now_s: float) -> float | None:
        """How long a step takes; None where the feet do not take turns."""
        times = [*self._changed_s]
        if len(times) < CHANGES or now_s - times[-1] > LASTING_S or max(np.diff(times)) > LASTING_S:
            return None
        return statistics.median(np.diff(times).tolist())

    def too_slow(self, now_s: float) -> bool:
        step_s = self.step_s(now_s)
        return step_s is not None and step_s > SLOW_S

    def too_quick(self, now_s: float) -> bool:
        step_s = self.step_s(now_s)
        return step_s is not None and step_s < QUICK_S

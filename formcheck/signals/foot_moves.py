"""When a foot is put somewhere else, and how far: from where the ankles rest in the picture, the camera's motion taken out."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.results import Side
from formcheck.signals.body import LEG, TorsoScale
from formcheck.signals.smoothing import Exponential

SMOOTHING_S = 0.06
REST_S = 0.25
"""A foot rests once it has kept its place for this long, be it in the air,"""
REST_WITHIN = 0.05
"""within this many torso lengths;"""
LEFT_BY = 0.08
"""and has left it once it is this far away."""
LEAST_WAY = 0.1
"""Torso lengths: a foot that comes down nearer to where it was has not gone anywhere."""
FORGOTTEN_S = 1.0
"""Feet that were not seen for longer may have gone anywhere: they are taken up afresh."""


@dataclass(frozen=True, slots=True)
class FootMove:
    """A foot was lifted or slid, and put down somewhere else."""

    side: Side
    """Whose foot."""
    start_s: float
    end_s: float
    left: float
    """Torso lengths that it went to the person's left."""
    down: float
    """Torso lengths that it went down in the picture: toward a camera that looks down."""

    @property
    def outward(self) -> bool:
        """Away from the other foot, sideways."""
        return self.side.sign * self.left > 0


class FootMoves:
    """Observations of one set in order -> the moves of the feet as they end. The person faces the camera."""

    def __init__(self) -> None:
        self._scale = TorsoScale()
        self._feet: Mapping[Side, _Foot] = {side: _Foot(side) for side in Side}

    def update(self, observation: Observation) -> list[FootMove]:
        torso = self._scale.update(observation.pose)
        ankles = {side: observation.still_xy[LEG[side][2]] / torso for side in Side}
        moves = [self._feet[side].update(observation.timestamp_s, ankles[side]) for side in Side]
        return sorted([m for m in moves if m is not None], key=lambda m: m.end_s)

    @property
    def torso_px(self) -> float:
        return self._scale.px

    def moving_since_s(self, side: Side) -> float | None:
        """Since when this foot has been on its way; None while it rests."""
        return self._feet[side].gone_s

    def under_way(self, side: Side) -> FootMove | None:
        """How far this foot has gone from where it last rested; None while it rests."""
        return self._feet[side].under_way()

    def gap(self) -> float:
        """Torso lengths from the right ankle to the left one, sideways, + to the left; NaN while they are not seen."""
        left, right = (self._feet[side].here for side in Side)
        return math.nan if left is None or right is None else float(left[0] - right[0])

    def resting_for_s(self, now_s: float) -> float:
        """For how long both feet have kept their places."""
        if any(foot.place is None or foot.gone_s is not None for foot in self._feet.values()):
            return 0.0
        return min(now_s - foot.here_s for foot in self._feet.values())


class _Foot:
    """One ankle: where it rests, or since when it has been away."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._smoothed = Exponential(SMOOTHING_S)
        self._recent: deque[tuple[float, Floats]] = deque()
        self.place: Floats | None = None
        self.here_s = math.nan
        """Since when it rests at its place."""
        self.gone_s: float | None = None

    @property
    def here(self) -> Floats | None:
        return self._smoothed.value

    def under_way(self) -> FootMove | None:
        if self.gone_s is None or self.here is None or self.place is None:
            return None
        way = self.here - self.place
        return FootMove(self._side, self.gone_s, self._smoothed.last_s, float(way[0]), float(way[1]))

    def update(self, now_s: float, at: Floats) -> FootMove | None:
        """at: (2,) torso lengths, NaN where it is not seen."""
        if now_s - self._smoothed.last_s > FORGOTTEN_S:
            self._smoothed.reset()
            self._recent.clear()
            self.place, self.gone_s = None, None
        here = self._smoothed.update(now_s, at)
        if here is None or not np.isfinite(at).all():
            return None
        self._recent.append((now_s, here))
        while len(self._recent) > 2 and now_s - self._recent[1][0] >= REST_S:
            self._recent.popleft()
        if self.place is None:
            self.place, self.here_s = here, now_s  # where a set begins in motion, its first place will have to do
        if self.gone_s is not None:
            return self._land(now_s, self.gone_s, self.place) if self._rests(now_s) else None
        self._rest(now_s, here, self.place)
        return None

    def _rest(self, now_s: float, here: Floats, place: Floats) -> None:
        if np.linalg.norm(here - place) > LEFT_BY:
            near = [t for t, p in self._recent if np.linalg.norm(p - place) < REST_WITHIN]
            self.gone_s = near[-1] if near else self._recent[0][0]
        elif self._rests(now_s):
            self.place = self._middle()  # a foot settles, and a camera breathes

    def _land(self, now_s: float, gone_s: float, place: Floats) -> FootMove | None:
        now = self._middle()
        came_s = next((t for t, p in self._recent if np.linalg.norm(p - now) < REST_WITHIN), now_s)
        self.place, self.here_s, self.gone_s = now, came_s, None
        way = now - place
        if np.linalg.norm(way) < LEAST_WAY:
            return None
        return FootMove(self._side, gone_s - SMOOTHING_S, max(came_s - SMOOTHING_S, gone_s), float(way[0]), float(way[1]))

    def _rests(self, now_s: float) -> bool:
        places = np.array([p for _, p in self._recent])
        return now_s - self._recent[0][0] >= REST_S and float(np.ptp(places, axis=0).max()) < REST_WITHIN

    def _middle(self) -> Floats:
        return np.asarray(np.median([p for _, p in self._recent], axis=0))

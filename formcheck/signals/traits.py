"""What moves in a set, told without any exercise's estimator: so that a movement can be told from another one.

Each trait is the median over windows of a few seconds, so that lying down, a pause or a single stumble does not decide it.
"""

import math
from collections import deque
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, left_above

WINDOW_S = 5.0
"""A repetition takes two to five seconds."""
EVERY_S = 1.0
SAMPLE_S = 0.09
"""Ten samples a second tell a range as well as sixty."""
LEAST_WINDOWS = 5
LEAST_SAMPLES = 25
REMEMBERED = 600
"""Windows: ten minutes."""
LYING_DEG = 50.0
"""The trunk's inclination beyond which somebody lies."""
STACKED = 0.5
"""How far one hip and shoulder stand over the others in somebody who lies on the side, torso lengths; on the back 0.4 at most."""
BENT_DEG = 90.0
"""A knee whose flexion cannot be told is taken to be bent."""
STAYS = 0.1
"""Torso lengths by which a foot that stays seems to move at most."""
OFF_THE_FLOOR = 0.25
"""Torso lengths by which one ankle stands over the other where a foot is held up: 0.4 and more there, at most 0.2 else."""


@dataclass(frozen=True, slots=True)
class LyingTraits:
    """Ranges within a few seconds of somebody who lies on one side, torso lengths."""

    top_knee: float
    """Of the upper knee's height over the hips."""
    low_foot: float
    """Of the lower ankle's height over the hips."""
    top_knee_deg: float
    """The upper knee's flexion in their middle."""


@dataclass(frozen=True, slots=True)
class StandingTraits:
    """Of somebody on their feet. Ranges within a few seconds, lengths in torso lengths."""

    foot_up: float
    """0-1: share of the time in which one foot stands higher than the other."""
    sinking: float
    """Of the hips' height over the lower foot."""
    feet_across: float
    """Of the sideways place of the foot that moves less."""
    feet_along: float
    """The same of its place up and down in the picture."""
    turning_deg: float
    """Of the shoulder line's turn."""
    feet_apart: float
    """How far one foot is to the side of the other; no range."""

    @property
    def still(self) -> bool:
        """The foot that moves less stays where it is."""
        return max(self.feet_across, self.feet_along) < STAYS


LEAST_TURN_DEG = 22.0
LEAST_TURNS = 100
"""Samples, ten seconds, before the side is told."""
AT_AN_END = 0.3
"""Share of the way between the two ends of the turns within which somebody stands at one of them."""
LONGER = 1.18
"""Where a set starts and rests is where more time is spent, by this factor."""

Traits: TypeAlias = LyingTraits | StandingTraits


class TraitWatch:
    """Observations of one set in order -> the traits so far."""

    def __init__(self, *, lies: bool) -> None:
        """lies: look at the time in which the person lies, else at the time on the feet."""
        self._lies = lies
        self._rows: deque[Floats] = deque()
        self._windows: deque[Floats] = deque(maxlen=REMEMBERED)
        self._looked_s = -math.inf
        self._turns: deque[float] = deque(maxlen=REMEMBERED * round(EVERY_S / SAMPLE_S))
        self._start: list[float] = []

    def update(self, observation: Observation) -> bool:
        """Whether a new window was looked at."""
        now_s = observation.timestamp_s
        if not observation.pose.detected or (self._rows and now_s - self._rows[-1][0] < SAMPLE_S):
            return False
        self._rows.append(_row(observation))
        self._take_turn(*self._rows[-1][[1, 11]])
        while self._rows[0][0] < now_s - WINDOW_S:
            self._rows.popleft()
        if math.isinf(self._looked_s):
            self._looked_s = now_s + WINDOW_S - EVERY_S
        if now_s - self._looked_s < EVERY_S:
            return False
        self._looked_s = now_s
        rows = np.array(self._rows)
        rows = rows[_in_posture(rows, lies=self._lies) & np.isfinite(rows).all(axis=1)]
        if len(rows) >= LEAST_SAMPLES:
            self._windows.append(_lying(rows) if self._lies else _standing(rows))
        return True

    @property
    def turned_to(self) -> Side | None:
        """The side to which somebody on their feet turns from where they start and rest; None where it cannot be told."""
        if len(self._turns) < LEAST_TURNS:
            return None
        turns = np.degrees(np.unwrap(np.radians(self._turns)))
        low, high = np.percentile(turns, (5, 95))
        if high - low < LEAST_TURN_DEG:
            return None
        along = (turns - low) / (high - low)
        at_low, at_high = float((along < 0.2).mean()), float((along > 0.8).mean())
        start = (float(np.median(self._start)) - low) / (high - low)
        if start < AT_AN_END and at_low > LONGER * at_high:
            return Side.LEFT
        return Side.RIGHT if start > 1 - AT_AN_END and at_high > LONGER * at_low else None

    def _take_turn(self, inclination_deg: float, turn_deg: float) -> None:
        if self._lies or inclination_deg > LYING_DEG or not math.isfinite(turn_deg):
            return
        self._turns.append(turn_deg)
        if len(self._start) < LEAST_SAMPLES // 3:
            self._start.append(turn_deg)

    @property
    def traits(self) -> Traits | None:
        """None where too little was seen."""
        if len(self._windows) < LEAST_WINDOWS:
            return None
        medians = [float(v) for v in np.median(np.array(self._windows), axis=0)]
        return LyingTraits(*medians) if self._lies else StandingTraits(*medians)


def _row(observation: Observation) -> Floats:
    """time, trunk's inclination, torso's length, mid-hip y, knees' y, ankles' x and y (left, right), left over right, turn,
    flexion of the left and of the right knee."""
    xy, world = observation.still_xy, observation.pose.world_xyz
    shoulders = world[L.LEFT_SHOULDER] - world[L.RIGHT_SHOULDER]
    return np.array(
        [
            observation.timestamp_s,
            kinematics.trunk_inclination(xy),
            kinematics.torso_length(xy),
            kinematics.mid_hip(xy)[1],
            *xy[[L.LEFT_KNEE, L.RIGHT_KNEE], 1],
            *xy[[L.LEFT_ANKLE, L.RIGHT_ANKLE]].T.ravel(),
            left_above(xy),
            math.degrees(math.atan2(shoulders[2], shoulders[0])),
            *(np.nan_to_num(kinematics.flexion(world, *LEG[side]), nan=BENT_DEG) for side in (Side.LEFT, Side.RIGHT)),
        ]
    )


def _in_posture(rows: Floats, *, lies: bool) -> NDArray[np.bool_]:
    """(n,) whether the person lies on one side, or stands."""
    lying: NDArray[np.bool_] = rows[:, 1] > LYING_DEG
    return lying & (np.abs(rows[:, 10]) > STACKED) if lies else ~lying


def _lying(rows: Floats) -> Floats:
    left_is_up = np.median(rows[:, 10]) > 0
    top_knee, low_ankle = rows[:, 4 if left_is_up else 5], rows[:, 9 if left_is_up else 8]
    torso, flexion = np.median(rows[:, [2, 12 if left_is_up else 13]], axis=0)
    return np.array([_range(top_knee - rows[:, 3]) / torso, _range(low_ankle - rows[:, 3]) / torso, flexion])


def _standing(rows: Floats) -> Floats:
    torso = np.median(rows[:, 2])
    left_x, right_x, left_y, right_y = (rows[:, c] / torso for c in (6, 7, 8, 9))
    hips_over_floor = np.maximum(left_y, right_y) - rows[:, 3] / torso
    return np.array(
        [
            float((np.abs(left_y - right_y) > OFF_THE_FLOOR).mean()),
            _range(hips_over_floor),
            min(_range(left_x), _range(right_x)),
            min(_range(left_y), _range(right_y)),
            _range(np.degrees(np.unwrap(np.radians(rows[:, 11])))),
            float(np.median(np.abs(left_x - right_x))),
        ]
    )


def _range(values: Floats) -> float:
    low, high = np.percentile(values, (5, 95))
    return float(high - low)

"""How far a standing person's pelvis, thorax and hands have turned, in degrees, from the signals of standing.py.

The weights are fitted by scripts/fit_rotation.py on rendered people (fitted/standing_turns.json); run it again when a signal
changes. PLANTED is for both feet on the floor and takes a trunk's sideways lean for a sign of the thorax' turn; LEANING does not,
for those who balance on one leg.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.standing.trunk_signals import Signals
from formcheck.system import fitted_file

LEARN_FROM_DEG = 10.0
"""Smaller turns of the thorax say nothing of a body's shape."""
PRIOR = 1.0
"""The usual body counts as so many repetitions of this one."""
USUAL_SHARE, LARGEST_SHARE = 0.12, 0.25
"""A thorax that only goes along with the pelvis looks as if it turned on it, by this share of its turn: of bodies in general, and
the most that is taken for a body's own. A larger share is a turn of the spine."""
TOP = 0.85
"""That share is read where the thorax has turned by this share of its largest turn."""
ENDS = 1 / 12
"""Share of a repetition's frames, at its start and at its end, whose mean is where it began and ended."""
AVERAGED_S = 0.5
"""A turn is a mean over this time. Over a shorter one the largest value would be mostly noise of landmarks and surface."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Degrees per torso length of each signal, for a turn to the left; a mirrored turn has the same."""

    odd: tuple[float, ...]
    """hip_depth, shoulder_depth, lean, front of zones 0-3, flanks of zones 0-3"""
    even: tuple[float, ...]
    """hip_width, shoulder_width, spread of zones 0-3"""

    def degrees(self, signals: Signals, sign: int) -> float:
        """sign: +1 where the turn to the left counts as positive, -1 the turn to the right. NaN where the surface is not seen."""
        return self.total(signals, sign) if signals.surface_seen else float("nan")

    def total(self, signals: Signals, sign: int) -> float:
        """The same, of what is seen."""
        return float(sign * (signals.odd @ np.array(self.odd)) + signals.even @ np.array(self.even))


@dataclass(frozen=True, slots=True)
class TurnModel:
    """What a turn of the pelvis, and of the thorax on it, looks like."""

    pelvis: Weights
    trunk: Weights
    riding: float
    trust: float
    """Where the thorax only goes along with the pelvis, the trunk's weights show riding + trust x (this body's share) of its
    turn."""
    gain: float
    """Factor on what they show beyond that: weights that hold for other bodies too show too little of a turn."""


@dataclass(frozen=True, slots=True)
class CountingModel:
    """The thorax' turn as trunk, arms and head show it together: good enough to count repetitions, not to judge them. In dark
    cloth, whose surface is not seen, only joints, arms and head are left, and show less of each turn."""

    trunk: Weights
    riders: tuple[float, ...]
    """Degrees per unit of trunk.RIDERS."""

    def degrees(self, signals: Signals, riders: Floats, sign: int) -> float:
        return self.trunk.total(signals, sign) + float(sign * (riders @ np.array(self.riders)))


PLANTED = fitted_file.values("standing_turns", "planted", TurnModel)
LEANING = fitted_file.values("standing_turns", "leaning", TurnModel)
COUNTING = fitted_file.values("standing_turns", "counting", CountingModel)


class Spine:
    """How far the thorax turns on the pelvis: what the weights show, less what they show of a thorax that only goes along.

    The latter differs between bodies, as chests and clothes do. It is learned from the set's repetitions so far, but never from
    one that shows more than LARGEST_SHARE: uncoached people turn a third of the way from the spine, with every repetition.
    """

    def __init__(self, model: TurnModel) -> None:
        self._model = model
        self._shares: list[float] = []
        self.share = USUAL_SHARE

    def turn(self, trunk: Floats, thorax: Floats) -> Floats:
        """Degrees, any offset. trunk, thorax: as the weights show them, degrees."""
        riding = self._model.riding + self._model.trust * self.share
        return np.asarray(self._model.gain * (trunk - riding * thorax))

    def learn(self, trunk: Floats, thorax: Floats) -> None:
        """One repetition's changes since its start, as the weights show them."""
        if not (np.isfinite(trunk).all() and np.isfinite(thorax).all()) or thorax.max() < LEARN_FROM_DEG:
            return
        share = float(trunk[thorax >= TOP * thorax.max()].mean() / thorax.max())
        if share < LARGEST_SHARE:
            self._shares.append(share)
            self.share = (sum(self._shares) + PRIOR * USUAL_SHARE) / (len(self._shares) + PRIOR)


def ends(values: Floats, start: int, end: int) -> tuple[float, float]:
    """Where a repetition's `values` began, and where they ended."""
    few = max(1, round(ENDS * (end - start + 1)))
    return float(values[start : start + few].mean()), float(values[end + 1 - few : end + 1].mean())


def without_drift(times_s: Floats, values: Floats, start: int, end: int) -> Floats:
    """(n,) a repetition's `values` less their start, without the drift of the surface's sums. Drift is what has not come back by
    the end; it is taken to grow at a constant rate."""
    first, last = ends(values, start, end)
    share = np.clip((times_s - times_s[start]) / max(times_s[end] - times_s[start], 1e-9), 0.0, 1.0)
    return np.asarray(values - first - share * (last - first))


def averaged(times_s: Floats, values: Floats, start: int, end: int) -> Floats:
    """(n,) `values` of a repetition, from without_drift(), each the mean over AVERAGED_S about it; 0 at the start."""
    out = np.array(values)
    inside, now = values[start : end + 1], times_s[start : end + 1]
    near = (np.abs(now[:, None] - now) <= AVERAGED_S / 2) & np.isfinite(inside)
    seen = near.sum(axis=1)
    out[start : end + 1] = np.where(seen > 0, (near @ np.nan_to_num(inside)) / np.maximum(seen, 1), np.nan)
    out[start] = 0.0
    return out


@dataclass(frozen=True, slots=True)
class Reaches:
    """From the shoulders' middle to that of hands and elbows, by form, torso lengths."""

    hands_reach: dict[str, float]
    elbows_reach: dict[str, float]
    """Those of straight arms are at 0.47, and taken to be further away: they would point too far as soon as they bend."""


REACHES = fitted_file.values("standing_turns", "arms", Reaches)
HANDS_SHARE = 0.6
"""Weight of the hands; the elbows have the rest. Hands that are drawn in show too little of a pull; elbows miss what the wrists
do."""
ARM_GAIN = 1.1
"""Arms that pull bend a little, and draw the chest's landmarks along: they seem to turn less than they do."""
ARM_SPAN = (0.6, 1.35)
"""Bounds of the factor that Arms learns."""
ARMS_TAUGHT = 3
"""Repetitions, including the measured one, after which it is known how this body's arms go along with its thorax."""


class Arms:
    """How far the arms turn on the thorax, for one form of holding the hands.

    Arms that are held out swing through r·sin(turn) in the picture. Arms that only go along with the thorax seem to turn by a
    factor more than it does, and that factor differs by some 25 % between people. It is learned from the half of the repetitions
    so far in which it was least, starts at 1, and stays within bounds, so that pulling with the arms every time does not become
    the rule.
    """

    def __init__(self, form: str) -> None:
        self._hands, self._elbows = REACHES.hands_reach[form], REACHES.elbows_reach[form]
        self._ratios = [1.0]
        self.factor = 1.0

    @property
    def taught(self) -> bool:
        return len(self._ratios) > ARMS_TAUGHT

    def point(self, hands: Floats, elbows: Floats) -> Floats:
        """Hands and elbows beside the shoulders in torso lengths -> degrees that the arms point off the camera's line."""
        return HANDS_SHARE * _point(hands / self._hands) + (1.0 - HANDS_SHARE) * _point(elbows / self._elbows)

    def turn(self, pointing: Floats, thorax: Floats) -> Floats:
        """Degrees on the thorax, any offset. pointing: from point(); thorax: its turn in degrees."""
        return np.asarray(ARM_GAIN * (pointing / self.factor - thorax))

    def learn(self, pointing: Floats, thorax: Floats) -> None:
        """One repetition's changes since its start."""
        if not (np.isfinite(pointing).all() and np.isfinite(thorax).all()):
            return
        peak = int(np.argmax(thorax))
        if thorax[peak] < LEARN_FROM_DEG:
            return
        self._ratios.append(float(np.clip(pointing[peak] / thorax[peak], *ARM_SPAN)))
        least = sorted(self._ratios)[: (len(self._ratios) + 1) // 2]
        self.factor = float(np.exp(np.log(least).sum() / (len(least) + PRIOR)))


def _point(share: Floats) -> Floats:
    return np.asarray(np.degrees(np.arcsin(np.clip(share, -0.99, 0.99))))

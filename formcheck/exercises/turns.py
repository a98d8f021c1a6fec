"""How far a standing person's pelvis, thorax and hands have turned, in degrees, from the signals of standing.py.

The weights were found by scripts/fit_rotation.py on 40 rendered sets (each measured by weights found on the others: pelvis 3.6
degrees off, thorax on pelvis 4.4, hands on thorax 6.9). PLANTED is for both feet on the floor and takes a trunk's sideways
lean for a sign of the thorax' turn; LEANING does not, for those who balance on one leg. Run the script and replace the numbers
when a signal changes.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.standing import ArmSignals, Signals
from formcheck.frames import Floats

LARGEST_FACTOR = 1.5
LEARN_FROM_DEG = 10.0
PRIOR = 0.5
"""How many repetitions the factor 1 weighs as."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Degrees per torso length of each signal, for a turn to the left; a mirrored turn has the same."""

    odd: tuple[float, ...]
    """hip_depth, shoulder_depth, lean, front of zones 0-3, flanks of zones 0-3"""
    even: tuple[float, ...]
    """hip_width, shoulder_width, spread of zones 0-3"""

    def degrees(self, signals: Signals, sign: int) -> float:
        """sign: +1 where the turn to the left counts as positive, -1 the turn to the right."""
        return float(sign * (signals.odd @ np.array(self.odd)) + signals.even @ np.array(self.even))


@dataclass(frozen=True, slots=True)
class TurnModel:
    """What a turn of the pelvis, and of the thorax on it, looks like."""

    pelvis: Weights
    trunk: Weights


PLANTED = TurnModel(
    pelvis=Weights((61, 2, -117, 138, 24, 18, 19, 91, -115, -57, -67), (-51, 21, -122, 11, -8, 18)),
    trunk=Weights((8, 6, 196, -98, -19, 82, 17, -140, 27, 129, 16), (121, -69, 86, -26, 12, -9)),
)
LEANING = TurnModel(
    pelvis=Weights((96, -7, 0, 162, 26, 29, 5, 71, -125, -95, -7), (-90, 25, 0, 0, 0, 0)),
    trunk=Weights((-32, 29, 0, -133, -15, 40, 26, -60, 30, 69, 10), (221, -129, 0, 0, 0, 0)),
)


@dataclass(frozen=True, slots=True)
class ArmWeights:
    """What a turn of the arms looks like: the hands' turn in the room, and which share of its excess over the thorax' counts."""

    hands: float
    elbows: float
    """Degrees per torso length."""
    share: float

    def hands_turn(self, arms: ArmSignals, sign: int) -> float:
        """Degrees in the room, any offset; right only up to a factor that differs with the length of the arms."""
        return sign * (self.hands * arms.hands + self.elbows * arms.elbows)

    def on_thorax(self, hands_turn: Floats, thorax_turn: Floats, factor: float) -> Floats:
        """Degrees by which the hands turn on the thorax; factor: from ArmFactor."""
        return self.share * (hands_turn / factor - thorax_turn)


ARMS = {
    "close": ArmWeights(hands=9.0, elbows=246.0, share=0.51),
    "straight": ArmWeights(hands=54.0, elbows=40.0, share=0.87),
}


class ArmFactor:
    """By how much this person's hands seem to turn further than the thorax when the arms only ride along.

    It differs by some 25 % between people. It is learned from the half of the repetitions so far in which the hands turned
    least, starts at 1, and stays within bounds, so that pulling with the arms every time does not become the rule.
    """

    def __init__(self) -> None:
        self._ratios: list[float] = []
        self.value = 1.0

    def learn(self, hands_turn: Floats, thorax_turn: Floats) -> None:
        """One repetition's changes since its start."""
        if not (np.isfinite(hands_turn).all() and np.isfinite(thorax_turn).all()):
            return
        peak = int(np.argmax(thorax_turn))
        if thorax_turn[peak] < LEARN_FROM_DEG:
            return
        self._ratios.append(float(np.clip(hands_turn[peak] / thorax_turn[peak], 0.4, LARGEST_FACTOR)))
        least = sorted(self._ratios)[: (len(self._ratios) + 1) // 2]
        self.value = float(np.exp(np.log(least).sum() / (len(least) + PRIOR)))

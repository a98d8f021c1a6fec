"""How far a standing person's pelvis, thorax and hands have turned, in degrees, from the signals of standing.py.

The weights were found by scripts/fit_rotation.py on 26 rendered bodies (each measured by weights found on the other 25: pelvis
4.3 degrees off, thorax on pelvis 4.4, hands on thorax 7.2). PLANTED is for both feet on the floor and takes a trunk's sideways
lean for a sign of the thorax' turn; LEANING does not, for those who balance on one leg. Run the script and replace the numbers
when a signal changes.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.standing import ArmSignals, Signals


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
    pelvis=Weights((76, 2, -104, 138, 0, 28, 6, 89, -127, -25, -74), (-86, 25, -115, -23, 3, 20)),
    trunk=Weights((-2, 6, 212, -106, -24, 77, 27, -147, 28, 139, 44), (82, -63, 81, -31, 4, -21)),
)
LEANING = TurnModel(
    pelvis=Weights((66, -5, 0, 188, -12, 47, 0, 73, -162, 6, -64), (-156, 35, 0, 0, 0, 0)),
    trunk=Weights((3, 16, 0, -169, -6, 61, 34, -128, 67, 71, 47), (184, -96, 0, 0, 0, 0)),
)


@dataclass(frozen=True, slots=True)
class ArmWeights:
    """What a turn of the hands on the thorax looks like."""

    hands: float
    elbows: float
    """Degrees per torso length."""
    direction: float
    turn: float
    """Degrees per degree: of the arms' direction in the world landmarks, and of the thorax' turn."""

    def degrees(self, arms: ArmSignals, thorax_deg: float, sign: int) -> float:
        """thorax_deg: + in the direction in which `sign` makes a turn positive."""
        own = self.hands * arms.hands + self.elbows * arms.elbows + self.direction * arms.direction
        return sign * own + self.turn * thorax_deg


ARMS = {
    "close": ArmWeights(hands=5.0, elbows=96.0, direction=0.17, turn=-0.41),
    "straight": ArmWeights(hands=35.0, elbows=38.0, direction=-0.12, turn=-0.67),
}

"""The body of somebody who turns with the arms held: what its repetitions so far say of how its chest and arms ride along."""

from collections.abc import Sequence

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.measurement.standing import trunk as standing
from formcheck.measurement.standing.turns import REACHES, Arms, Spine, TurnModel, settled
from formcheck.results import Measurement
from formcheck.system.language import to_translate

STRAIGHT_REACH = 0.77
"""Shoulders to hands as a share of the arms' length: 0.5-0.7 with hands close, 0.82-0.98 with straight arms (rendered clips)."""
ARMS_HALF_WIDTH_DEG = 27.0
ARMS_UNSURE = to_translate("how far the arms turn on the chest cannot be told through clothes: watch your hands in a mirror")
"""On rendered people in real clothes the arms' turn is off by 9 degrees in the mean, as much as saying that they never pull."""
ARMS_FROM = 0.85
"""Share of the turn from which the arms are judged: before it, arms and thorax move too differently in the picture."""


class TurningBody:
    """Of one set. Angles in degrees, + in the direction of the turn."""

    def __init__(self, model: TurnModel) -> None:
        self._spine = Spine(model)
        self._arms = {name: Arms(name) for name in REACHES.hands_reach}

    def running(
        self, pelvis: float, shown: float, hands: float, elbows: float, reach: float
    ) -> tuple[float, float, dict[str, float]]:
        """Turn of the thorax on the pelvis, of the hands on the thorax, and where the arms point for each form of holding them.

        shown: of the thorax on the pelvis as the weights show it; hands, elbows: beside the shoulders, torso lengths.
        """
        trunk = float(self._spine.turn(np.array(shown), np.array(pelvis + shown)))
        pointing = {name: float(held.point(np.array(hands), np.array(elbows))) for name, held in self._arms.items()}
        seen = form(reach)
        return trunk, float(self._arms[seen].turn(np.array(pointing[seen]), np.array(pelvis + trunk))), pointing

    def turns(self, rep: RepWindow) -> dict[str, Floats]:
        """The turns of pelvis, thorax and hands in this repetition, by what this body showed in it and in those before."""
        pelvis, shown = (settled(rep.times_s, rep.series[n], rep.start, rep.end) for n in ("pelvis_rotation", "trunk_shown"))
        inside = slice(rep.start, rep.end + 1)

        def since(values: Floats) -> Floats:
            return np.asarray(values[inside] - values[rep.start])

        self._spine.learn(since(shown), since(pelvis + shown))
        trunk = self._spine.turn(shown, pelvis + shown)
        thorax = pelvis + trunk
        seen = form(standing.reach(rep.observations[inside]))
        held, pointing = self._arms[seen], rep.series[f"pointing_{seen}"]
        held.learn(since(pointing), since(thorax))
        arm = held.turn(pointing, thorax)
        early = since(thorax) < ARMS_FROM * np.nanmax(since(thorax), initial=0.0)
        arm[inside] = np.where(early, arm[rep.start], arm[inside])
        return {"pelvis_rotation": pelvis, "trunk_rotation": trunk, "thorax_rotation": thorax, "arm_rotation": arm}


def form(reach: float) -> str:
    """The variant that a reach belongs to."""
    return "straight" if reach > STRAIGHT_REACH else "close"


def find_variant(observations: Sequence[Observation]) -> str | None:
    """Arms straight or hands close to the chest."""
    reach = standing.reach(observations)
    if not np.isfinite(reach):
        return None
    return form(reach)


def arms_turn(rep: RepWindow, hidden: str) -> Measurement:
    """How far the hands turned on the thorax; not assessable where that is no more than its uncertainty. hidden: why, if
    unseen."""
    arms = extreme(rep, "arm_rotation", uncertainty=lambda _: ARMS_HALF_WIDTH_DEG, why=hidden)
    sure = arms.value is None or abs(arms.value) > ARMS_HALF_WIDTH_DEG
    return arms if sure else Measurement(None, "deg", why=ARMS_UNSURE)

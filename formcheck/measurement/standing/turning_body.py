"""Turns of thorax and arms, corrected by how this body's chest and arms went along with the turns so far."""

import math
from collections.abc import Sequence

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.measurement.repetition import RepWindow, extreme
from formcheck.measurement.standing import trunk as standing
from formcheck.measurement.standing.turns import REACHES, Arms, Spine, TurnModel, averaged, without_drift
from formcheck.results import Measurement
from formcheck.system.language import to_translate

STRAIGHT_REACH = 0.77
"""Shoulders to hands as a share of the arms' length: 0.5-0.7 with hands close, 0.82-0.98 with straight arms (rendered clips)."""
ARMS_HALF_WIDTH_DEG = 20.0
ARMS_UNSURE = to_translate("how far the arms turn on the chest cannot be told through clothes: watch your hands in a mirror")
"""On rendered people in real clothes the arms' turn is off by 8 degrees on average, and saying that they never pull would be off
by 11 (each left out of the fit): only a large pull can be told from none."""
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

        pelvis, shown: turn of the pelvis, and of the thorax on it, as the weights show them, degrees. hands, elbows: where they
        are beside the shoulders, torso lengths. reach: trunk.reach(). Degrees; the hands' is NaN until it was learned how they go
        along.
        """
        thorax = pelvis + shown
        trunk = float(self._spine.turn(np.array(shown), np.array(thorax)))
        pointing = {name: float(held.point(np.array(hands), np.array(elbows))) for name, held in self._arms.items()}
        seen = form(reach)
        arm = float(self._arms[seen].turn(np.array(pointing[seen]), np.array(thorax))) if self._arms[seen].taught else math.nan
        return trunk, arm, pointing

    def turns(self, rep: RepWindow) -> dict[str, Floats]:
        """The turns of pelvis, thorax and hands in this repetition, by what this body showed in it and in those before."""
        names = ("pelvis_shown", "trunk_shown", "pelvis_rotation")
        pelvis, shown, turned = (without_drift(rep.times_s, rep.series[n], rep.start, rep.end) for n in names)
        inside = slice(rep.start, rep.end + 1)

        def since(values: Floats) -> Floats:
            return np.asarray(values[inside] - values[rep.start])

        self._spine.learn(since(shown), since(pelvis + shown))
        trunk = self._spine.turn(shown, pelvis + shown)
        seen = form(standing.reach(rep.observations[inside]))
        arms, pointing = self._arms[seen], without_drift(rep.times_s, rep.series[f"pointing_{seen}"], rep.start, rep.end)
        arms.learn(since(pointing), since(pelvis + shown))
        arm = arms.turn(pointing, pelvis + shown)
        early = since(pelvis + trunk) < ARMS_FROM * np.nanmax(since(pelvis + trunk), initial=0.0)
        arm[inside] = np.where(early, arm[rep.start], arm[inside])
        turns = {"pelvis_rotation": turned, "trunk_rotation": trunk, "thorax_rotation": turned + trunk}
        return {name: averaged(rep.times_s, values, rep.start, rep.end) for name, values in turns.items()} | {"arm_rotation": arm}

    def arms(self, rep: RepWindow, hidden: str) -> Measurement:
        """How far the hands turned on the thorax in a repetition that holds turns(); not assessable where that is no more than
        its uncertainty, or too few repetitions have shown how the arms ride along. hidden: why, if unseen."""
        arms = extreme(rep, "arm_rotation", uncertainty=lambda _: ARMS_HALF_WIDTH_DEG, why=hidden)
        taught = self._arms[form(standing.reach(rep.observations[rep.start : rep.end + 1]))].taught
        sure = arms.value is None or (taught and abs(arms.value) > ARMS_HALF_WIDTH_DEG)
        return arms if sure else Measurement(None, "deg", why=ARMS_UNSURE)


def form(reach: float) -> str:
    """The variant that a reach belongs to."""
    return "straight" if reach > STRAIGHT_REACH else "close"


def find_variant(observations: Sequence[Observation]) -> str | None:
    """Arms straight or hands close to the chest."""
    reach = standing.reach(observations)
    if not np.isfinite(reach):
        return None
    return form(reach)

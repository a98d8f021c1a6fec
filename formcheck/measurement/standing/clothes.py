"""Whether the clothes of a standing person move with the body.

A wide shirt or hoodie can hang still while the pelvis turns in it. The surface about the hips then shows a pelvis that rests, and
the chest's turn is read as one of the spine. The joints show the pelvis' turn less exactly, but whatever is worn. Where the
surface shows much less of it than the joints do, over the set so far, pelvis and spine are not assessable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats
from formcheck.measurement.repetition import RepWindow
from formcheck.measurement.standing.trunk_signals import Signals
from formcheck.measurement.standing.turns import TOP, Weights, without_drift
from formcheck.system import fitted_file
from formcheck.system.language import to_translate

HANGS = 0.4
"""Surface against joints, over the set so far: below it clothes hang still. 40 rendered bodies, each left out of the fit: the
pelvis was 13 degrees off in the sets below it, 5 in the others (docs/validity.md)."""
LOOSE = to_translate("the clothes hang still while the body turns in them: wear something tighter")


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The pelvis' turn by the surface about the hips alone, and by the joints alone."""

    surface: Weights
    joints: Weights

    def degrees(self, signals: Signals, sign: int) -> dict[str, float]:
        """By the names that Clothes reads; sign: +1 where the turn to the left counts as positive."""
        return {"pelvis_of_surface": self.surface.degrees(signals, sign), "pelvis_of_joints": self.joints.total(signals, sign)}


WITNESSES = fitted_file.values("standing_turns", "witnesses", Witnesses)


class Clothes:
    """Of one set."""

    def __init__(self) -> None:
        self._surface = self._joints = 0.0
        self.hang = False
        """Whether the clothes hang still, as of the last repetition."""

    def learn(self, surface: float, joints: float) -> bool:
        """Whether they hang still, by the pelvis' turn at the top of one more repetition as both show it, degrees."""
        self._surface += surface
        self._joints += joints
        self.hang = self._surface < HANGS * self._joints
        return self.hang

    def obstacle(self, rep: RepWindow) -> str:
        """Why this turn cannot be measured, in words for the user; empty where it can. The series hold pelvis_shown,
        trunk_shown and what Witnesses say, degrees."""
        names = ("pelvis_shown", "trunk_shown", "pelvis_of_surface", "pelvis_of_joints")
        changes = (without_drift(rep.times_s, rep.series[name], rep.start, rep.end) for name in names)
        pelvis, spine, surface, joints = (change[rep.start : rep.end + 1] for change in changes)
        shown = at_top(pelvis + spine, (surface, joints))
        return LOOSE if np.isfinite(shown).all() and self.learn(*shown) else ""


def at_top(thorax: Floats, values: Sequence[Floats]) -> list[float]:
    """Mean of each while the thorax' turn is at its top. thorax, values: (n,) of one repetition, degrees since its start."""
    top = thorax >= TOP * np.nanmax(thorax, initial=0.0)
    return [float(v[top].mean()) if top.any() else float("nan") for v in values]

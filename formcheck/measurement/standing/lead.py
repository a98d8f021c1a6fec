"""Which of pelvis and thorax begins a standing turn, and by how much earlier."""

import numpy as np

from formcheck.measurement.repetition import RepWindow
from formcheck.results import Measurement
from formcheck.system.language import to_translate

LEAD_GAIN = 1.4
"""True lead over measured lead (rendered clips): the signals of pelvis and thorax each hold part of the other."""
LEAD_S = 0.8
"""The longest lead that is looked for."""
LEAST_TURN_DEG = 9.0
"""A pelvis that turns less has no start that could be timed."""
HALF_WIDTH_S = 0.3
UNSURE = (-0.3, -0.1)
"""Seconds: measured leads between these two do not show which was first."""
CLOSE = to_translate("hips and shoulders started too close to each other to say which was first")


def hip_lead(rep: RepWindow) -> Measurement:
    """By how much the pelvis' rise must be moved in time to lie on the thorax' rise, + when the pelvis is the earlier one."""
    unseen = Measurement(None, "s", why=to_translate("the start of the turn was not seen clearly enough"))
    upto = slice(0, rep.start + int(np.argmax(rep.series["thorax_rotation"][rep.start : rep.end + 1])) + 1)
    times, pelvis, thorax = (values[upto] for values in (rep.times_s, rep.series["pelvis_shown"], rep.series["thorax_rotation"]))
    if not (np.isfinite(pelvis).all() and np.isfinite(thorax).all()) or len(times) < 5:
        return unseen
    pelvis, thorax = (v - np.median(v[: max(3, rep.start)]) for v in (pelvis, thorax))
    if pelvis.max() < LEAST_TURN_DEG:
        return Measurement(None, "s", why=to_translate("the pelvis turned too little to say when it started"))

    def misfit(shift_s: float) -> float:
        moved = np.interp(times - shift_s, times, thorax)
        return float(np.sum((pelvis - moved * (pelvis @ moved) / max(float(moved @ moved), 1e-9)) ** 2))

    late_s = min(np.arange(-LEAD_S, LEAD_S, 0.02), key=misfit)
    lead_s = float(-LEAD_GAIN * late_s)
    if UNSURE[0] < lead_s < UNSURE[1]:
        return Measurement(None, "s", why=CLOSE)
    return Measurement(lead_s, "s", HALF_WIDTH_S, at_s=float(rep.times_s[rep.start]))

"""How far the spine turns of somebody who balances on one leg, against this body's own quieter repetitions.

There the pelvis tilts and leans as well, clothes follow less, and what the trunk shows of a thorax that only rides along is 3 %
of its turn on one body and 40 % on another (12 rendered ones). One repetition against the quieter half of the set's is told
apart; what all of them show alike may be the body or the habit, and is not assessable.
"""

from formcheck.results import Measurement
from formcheck.system.language import to_translate

TAUGHT = 3
"""Repetitions, the one that is measured among them, after which the quieter half is known."""
BEYOND_DEG = 7.0
"""What no riding spine showed beyond the quieter half, as the weights show it."""
UNSEEN_DEG = 15.0
"""So much more such a spine turns than the weights show beyond the quieter half."""
QUIET_DEG = 8.0
"""A spine that shows no more than this rides along, whatever the others show."""
LEAST_THORAX_DEG = 10.0
BEYOND_HALF_WIDTH_DEG, QUIET_HALF_WIDTH_DEG = 12.0, 8.0
UNSURE = to_translate("hips and chest turned too much alike to say how far the one turned on the other")


class QuietShare:
    """Of one set. All in degrees, as the weights show them."""

    def __init__(self) -> None:
        self._shares: list[float] = []

    def turn(self, shown: float, thorax: float, at_s: float) -> Measurement:
        """One repetition's turn of the thorax on the pelvis. shown: its largest value as the weights show it; thorax: the thorax'
        largest turn; at_s: when. Repetitions come in their order: each is learned from."""
        if thorax >= LEAST_THORAX_DEG:
            self._shares.append(shown / thorax)
        beyond = shown - self._quiet() * thorax
        if len(self._shares) >= TAUGHT and beyond > BEYOND_DEG:
            return Measurement(beyond + UNSEEN_DEG, "deg", BEYOND_HALF_WIDTH_DEG, at_s=at_s)
        if shown <= QUIET_DEG:
            return Measurement(shown, "deg", QUIET_HALF_WIDTH_DEG, at_s=at_s)
        return Measurement(None, "deg", why=UNSURE)

    def _quiet(self) -> float:
        """Mean share of the quieter half, 0 before the first."""
        quieter = sorted(self._shares)[: (len(self._shares) + 1) // 2]
        return sum(quieter) / max(len(quieter), 1)

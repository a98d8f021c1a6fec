"""How far the spine turns while the person balances on one leg, compared with this body's own quieter repetitions.

On one leg the pelvis tilts and leans as well, and clothes follow less. A thorax that only goes along with the pelvis then looks
as if it turned on it, by 3 % of its turn on one body and 40 % on another (12 rendered ones). A repetition that shows more than
the quieter half of the set can be recognised. What all of them show alike may be the body or a habit, and is not assessable.
"""

from formcheck.results import Measurement
from formcheck.system.language import to_translate

TAUGHT = 3
"""Repetitions, including the measured one, after which the quieter half is known."""
BEYOND_DEG = 7.0
"""A spine that shows more than this beyond the quieter half turns. None that only went along with the pelvis showed as much."""
UNSEEN_DEG = 15.0
"""Added to what such a spine shows beyond the quieter half: it turns by so much more."""
QUIET_DEG = 8.0
"""A spine that shows no more than this does not turn, whatever the other repetitions show."""
LEAST_THORAX_DEG = 10.0
"""Repetitions with a smaller turn of the thorax teach nothing."""
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

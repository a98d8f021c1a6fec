"""Keeps left left: undoes it when all left and right landmarks change places from one frame to the next."""

import numpy as np

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.signals.body import exchanged

GAP_S = 0.4
"""After a longer loss nothing is known of how the person stood before."""
INSIST_S = 0.7
"""A labelling that lasts longer is taken to be right, and what came before it to have been the swap."""
BEGIN, STAY = 0.5, 1.0
"""How much nearer the exchanged landmarks must be to the last frame's: clearly to begin with, then just nearer, since the
landmarks are poor while they are swapped."""
_APART = 0.1
"""Body lengths by which the sides must lie apart to be told apart: seen in profile a swap cannot be told, nor does it matter."""
_JOINTS = [
    L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_ELBOW, L.RIGHT_ELBOW, L.LEFT_HIP, L.RIGHT_HIP,
    L.LEFT_KNEE, L.RIGHT_KNEE, L.LEFT_ANKLE, L.RIGHT_ANKLE,
]  # fmt: skip


class Continuity:
    """Frame by frame and causal. A person who turns round does so gradually: nothing is exchanged then."""

    def __init__(self) -> None:
        self._last: Floats | None = None
        self._last_s = -np.inf
        self._swapped_since_s: float | None = None

    def swapped(self, xy: Floats, timestamp_s: float) -> bool:
        """Whether the sides of this frame's landmarks (33, 2) are to be exchanged."""
        since_s = self._swapped_since_s
        swap = (
            self._last is not None
            and timestamp_s - self._last_s <= GAP_S
            and (since_s is None or timestamp_s - since_s <= INSIST_S)
            and _exchanged_is_nearer(xy, self._last, BEGIN if since_s is None else STAY)
        )
        if not swap:
            self._swapped_since_s = None
        elif self._swapped_since_s is None:
            self._swapped_since_s = timestamp_s
        self._last = exchanged(xy) if swap else xy
        self._last_s = timestamp_s
        return swap


def _exchanged_is_nearer(xy: Floats, last: Floats, margin: float) -> bool:
    before = last[_JOINTS]
    as_is = float(np.linalg.norm(xy[_JOINTS] - before, axis=1).mean())
    other_way = float(np.linalg.norm(exchanged(xy)[_JOINTS] - before, axis=1).mean())
    return as_is > _APART * float(np.linalg.norm(np.ptp(before, axis=0))) and other_way < margin * as_is

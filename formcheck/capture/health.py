"""What is wrong with the pictures a camera gives: they come, but nothing can be seen in them."""

from collections import deque
from enum import StrEnum

import numpy as np

from formcheck.frames import Image


class Trouble(StrEnum):
    """The value says in words for the user what is wrong and what to do."""

    DARK = "The picture is black: take off the lens cover, or switch on a light."
    BLANK = "The picture is one even colour: the camera's driver gives no image. Unplug the camera and plug it in again."
    FROZEN = "The picture is frozen: unplug the camera and plug it in again."
    SMALL = "The picture is too small to see a person well: choose a larger size in the settings."
    SLOW = "The camera gives few pictures a second: more light helps, and a smaller picture size."
    DAMAGED = "The camera gives damaged pictures: try another cable or port."


PATIENCE_S = 2.0
"""How long it must last before it is said."""
FROZEN_S = 3.0
DARK_LEVEL = 10.0
BLANK_SPREAD = 2.0
SMALL_SIDE = 200
SLOW_FPS = 10.0
"""Below it a repetition of 1.6 s, the fastest clean one, has too few pictures to tell its pace."""


class PictureHealth:
    """Watches one camera's pictures, about 30 µs each; says what lasts."""

    def __init__(self) -> None:
        self._since_s: dict[Trouble, float] = {}
        self._last: Image | None = None
        self._times_s: deque[float] = deque(maxlen=120)

    def update(self, image: Image | None, timestamp_s: float) -> Trouble | None:
        """The trouble that has lasted, the worst first. image None: what came was no picture."""
        wrong = {Trouble.DAMAGED} if image is None else self._wrong_with(image, timestamp_s)
        self._since_s = {trouble: self._since_s.get(trouble, timestamp_s) for trouble in wrong}
        for trouble in (Trouble.DAMAGED, Trouble.DARK, Trouble.BLANK, Trouble.FROZEN, Trouble.SMALL, Trouble.SLOW):
            patience_s = FROZEN_S if trouble is Trouble.FROZEN else PATIENCE_S
            if trouble in wrong and timestamp_s - self._since_s[trouble] >= patience_s:
                return trouble
        return None

    @property
    def fps(self) -> float:
        """Pictures a second over the last two seconds; NaN before there are any."""
        times_s = [t for t in self._times_s if t >= self._times_s[-1] - PATIENCE_S]
        return (len(times_s) - 1) / (times_s[-1] - times_s[0]) if len(times_s) > 1 else float("nan")

    def _wrong_with(self, image: Image, timestamp_s: float) -> set[Trouble]:
        self._times_s.append(timestamp_s)
        small = image[:: max(1, image.shape[0] // 48), :: max(1, image.shape[1] // 64)].copy()
        wrong = set()
        level, spread = float(small.mean()), float(small.std(axis=(0, 1)).max())
        if level < DARK_LEVEL and spread < 4 * BLANK_SPREAD:
            wrong.add(Trouble.DARK)
        elif spread < BLANK_SPREAD:
            wrong.add(Trouble.BLANK)
        elif self._last is not None and np.array_equal(small, self._last):  # a sensor's noise differs from picture to picture
            wrong.add(Trouble.FROZEN)
        self._last = small
        if min(image.shape[:2]) < SMALL_SIDE:
            wrong.add(Trouble.SMALL)
        if self.fps < SLOW_FPS:
            wrong.add(Trouble.SLOW)
        return wrong

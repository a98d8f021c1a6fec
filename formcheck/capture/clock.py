"""Times that can be relied on: rising, starting at 0, whatever a file or a device's clock says."""

import time
from dataclasses import dataclass

_SLEEPLESS = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
"""Linux's monotonic clock, and Python's on macOS, stand still while the computer sleeps; these go on. Windows' does anyway."""


def steady_s() -> float:
    """Seconds on a clock that nobody sets and that goes on while the computer sleeps, so that a gap is seen as one."""
    return time.monotonic() if _SLEEPLESS is None else time.clock_gettime(_SLEEPLESS)


BACKWARD_S = 1.0
"""A step back of less is a frame out of order; of more, a clock that was set or a file that was joined."""
FORWARD_S = 600.0
"""A longer gap is closed: a pause as long as that belongs to no set, and a damaged time may be years away."""
GAP_S = 1.0
"""A longer one between two frames, and of more than GAP_FRAMES of them, is worth a word: nothing was filmed meanwhile."""
GAP_FRAMES = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Two frames that follow each other in the file and are further apart in time than its others."""

    at_s: float
    """Of the frame before."""
    length_s: float
    """Negative where the file's clock goes back."""
    closed: bool
    """The times after it go on as though it was not there."""


class FileClock:
    """A file's frame times -> seconds since its first frame, strictly rising by at least 1 ms."""

    def __init__(self, fps: float) -> None:
        self.gaps: list[Gap] = []
        """Of the frames that were stamped so far."""
        self._step_s = 1 / fps
        self._offset_s: float | None = None
        self._last_s: float | None = None

    def stamp(self, time_s: float | None) -> float:
        """The next frame's time. `time_s` is what the file says, if anything."""
        if self._last_s is None or self._offset_s is None:
            self._offset_s = -(time_s or 0.0)
            self._last_s = 0.0
            return 0.0
        expected_s = self._last_s + self._step_s
        if time_s is None:
            time_s = expected_s - self._offset_s
        now_s = time_s + self._offset_s
        closed = not self._last_s - BACKWARD_S < now_s < self._last_s + FORWARD_S
        if closed or now_s - expected_s > max(GAP_S, GAP_FRAMES * self._step_s):
            self.gaps.append(Gap(self._last_s, now_s - expected_s, closed))
        if closed:
            self._offset_s += expected_s - now_s
            now_s = expected_s
        self._last_s = max(round(now_s, 3), self._last_s + 0.001)  # containers round differently: the same film, the same times
        return self._last_s

    def peek(self, time_s: float | None) -> float:
        """What a frame that says `time_s` would be stamped if nothing were wrong; infinite where it says nothing."""
        return float("inf") if time_s is None or self._offset_s is None else time_s + self._offset_s

    def jump(self, time_s: float | None) -> None:
        """The next frame says `time_s` because the file was read on from there: the gap before it is no damage."""
        if time_s is not None and self._offset_s is not None:
            self._last_s = time_s + self._offset_s - 0.001

    def rewind(self) -> None:
        """The file is read again from its beginning."""
        self.gaps.clear()
        self._last_s = None
        self._offset_s = None

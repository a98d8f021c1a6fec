"""When a frame of a network stream was captured: by the stream's own clock where it can be relied on, else by its arrival."""

DRIFT_S = 1.0
"""The stream's clock is anchored anew when it leaves the arrival times by more: it jumped, was reset or runs at another speed."""
ANCHOR_S = 30.0
"""The anchor follows the shortest delay of about this long, so that clocks that run apart do not add up."""
LEAST_STEP_S = 0.001


class StreamClock:
    """Stream times and arrival times -> capture times in seconds since the first frame, strictly rising.

    The network delays frames unevenly, never negatively: the frame that arrived with the least delay anchors the stream's
    clock to ours.
    """

    def __init__(self) -> None:
        self._zero_s: float | None = None
        self._anchor_s: float | None = None
        self._stream_s = 0.0
        self._last_s = -LEAST_STEP_S
        self.behind_s = 0.0
        """How much later than the fastest frame the last one arrived; grows where decoding cannot keep up."""

    def stamp(self, stream_s: float | None, arrival_s: float) -> float:
        """The next frame's time. `stream_s`: the stream's own time, None where it has none. `arrival_s`: our steady clock."""
        if self._zero_s is None:
            self._zero_s = arrival_s
        captured_s = arrival_s if stream_s is None else self._anchored(stream_s, arrival_s)
        self._last_s = max(captured_s - self._zero_s, self._last_s + LEAST_STEP_S)
        return self._last_s

    def restart(self) -> None:
        """The stream was opened again: its clock may begin anew. Our own times go on."""
        self._anchor_s = None
        self.behind_s = 0.0

    def _anchored(self, stream_s: float, arrival_s: float) -> float:
        delay_s = arrival_s - stream_s
        backward = self._anchor_s is not None and stream_s <= self._stream_s
        if self._anchor_s is None or backward or abs(delay_s - self._anchor_s) > DRIFT_S or delay_s < self._anchor_s:
            self._anchor_s = delay_s
        else:  # let the anchor rise slowly, or a clock that runs slower than ours would seem ever later
            self._anchor_s += (delay_s - self._anchor_s) * min(1.0, max(0.0, stream_s - self._stream_s) / ANCHOR_S)
        self._stream_s = stream_s
        self.behind_s = delay_s - self._anchor_s
        return stream_s + self._anchor_s

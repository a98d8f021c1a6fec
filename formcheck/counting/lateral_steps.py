"""Cuts a sideways walk into step pairs: the lead foot goes out, the trail foot comes after it. A pair has its own direction."""

import math
import statistics
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace

from formcheck.counting.segmenter import Span
from formcheck.frames import Observation
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.foot_moves import FootMove, FootMoves

LEAST_WAY = 0.2
"""Torso lengths that a lead foot goes sideways."""
FOLLOWS = 0.3
"""A trail foot goes at least this share of the lead foot's way,"""
CARRIED = 0.4
"""and the pelvis this share of it: a foot that taps the floor carries nobody."""
NARROWEST = 0.15
"""Torso lengths between the feet after the step: nearer they touch or cross, and no band is tight."""
BACK = 0.6
"""A lead foot that comes back by this share of its way has tapped the floor, and nothing follows."""
AT_THE_END = 0.6
"""A trail foot that has come this share of the way when the film ends has taken its step."""
TOO_LATE_S = 5.0
"""A trail foot that waits for longer does not belong to that step."""
USUAL_WAY = 0.3
"""Torso lengths of the lead foot, while nothing is known of the set."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """The lead foot has gone out."""

    move: FootMove
    hips: float
    """Where the pelvis was before it went, sideways."""


class LateralSteps:
    """The Segmenter of walks to the side. A set may begin in mid-step; a walk back is signed by its own direction."""

    def __init__(self, _movement: str = "") -> None:
        """No measured movement is needed: the feet say it all."""
        self._ways: list[float] = []
        self.reset()

    def reset(self) -> None:
        self._moves = FootMoves()
        self._lead: _Lead | None = None
        self._hips: deque[tuple[float, float]] = deque()
        """When, and where the pelvis was sideways, torso lengths, + to the person's left."""

    @property
    def moving_since_s(self) -> float | None:
        if self._lead is not None:
            return self._lead.move.start_s
        since = [s for side in Side if (s := self._moves.moving_since_s(side)) is not None]
        return min(since, default=None)

    @property
    def usual_extent(self) -> float:
        """% of the torso length, as the stride is said."""
        return 100.0 * (statistics.median(self._ways) if self._ways else USUAL_WAY)

    def update(self, observation: Observation, _values: Mapping[str, float]) -> Span | None:
        now_s = observation.timestamp_s
        moves = self._moves.update(observation)
        hips = float(kinematics.mid_hip(observation.still_xy)[0]) / self._moves.torso_px
        if math.isfinite(hips):
            self._hips.append((now_s, hips))
        while self._hips and now_s - self._hips[0][0] > TOO_LATE_S:
            self._hips.popleft()
        spans = [span for move in moves if (span := self._take(move)) is not None]
        if self._lead is not None and self._moves.resting_for_s(now_s) > 0 and now_s - self._lead.move.end_s > TOO_LATE_S:
            self._lead = None
        return spans[0] if spans else None

    def finish(self) -> Span | None:
        lead = self._lead
        trail = None if lead is None else self._moves.under_way(lead.move.side.other)
        if lead is None or trail is None or abs(trail.left) < AT_THE_END * abs(lead.move.left):
            return None
        return self._take(trail)

    def _take(self, move: FootMove) -> Span | None:
        lead = self._lead
        if move.outward:
            self._lead = self._led(move)
        elif lead is not None and move.side is lead.move.side:
            if abs(move.left) > BACK * abs(lead.move.left):
                self._lead = None
        elif lead is not None and abs(move.left) >= FOLLOWS * abs(lead.move.left):
            self._lead = None
            return self._paired(lead, move)
        return None

    def _led(self, move: FootMove) -> _Lead:
        """The lead foot's way so far: it may have paused."""
        if self._lead is not None and self._lead.move.side is move.side:
            before = self._lead.move
            whole = replace(move, start_s=before.start_s, left=before.left + move.left, down=before.down + move.down)
            return replace(self._lead, move=whole)
        return _Lead(move, next((x for t, x in self._hips if t >= move.start_s), math.nan))

    def _paired(self, lead: _Lead, trail: FootMove) -> Span | None:
        way, direction = lead.move.left, Side.LEFT if lead.move.left > 0 else Side.RIGHT
        carried = direction.sign * (self._hips[-1][1] - lead.hips) if self._hips else math.nan
        sideways = abs(way) >= LEAST_WAY and abs(way) > abs(lead.move.down)
        if not (sideways and carried > CARRIED * abs(way) and self._moves.gap() > NARROWEST):
            return None
        self._ways.append(abs(way))
        return Span(lead.move.start_s, (lead.move.end_s + trail.start_s) / 2, trail.end_s, 100.0 * abs(way), direction)

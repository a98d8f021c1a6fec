"""Repetitions that turn out to have been false starts, once more of the set was seen."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

FEW = 2
"""So few repetitions do not tell what is usual."""
LEAST_SHARE = 0.4
"""A repetition reaches at least this share of the set's usual range. Half repetitions of 30 % at most were measured as 22 to 40 %
of it, 658 whole ones as 47 % and more (rendered people)."""
BRIEF, SMALL = 0.55, 0.6
"""What takes less than these shares of the usual time and range is a shift of the weight or the beginning of a repetition: three
such took 31 to 44 % of the time and 41 to 47 % of the range. Whole ones of less than 60 % of the range took 82 % of the time and
more (33 rendered sets)."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One repetition's extent as it was counted by, and as it was measured (NaN: not assessable); how long it lasted."""

    counted: float
    measured: float
    lasted_s: float


class FalseStarts:
    """One set's repetitions in order -> which of them still count."""

    def __init__(self) -> None:
        self._moves: list[_Move] = []
        """Those that count."""
        self.found = 0

    def take(self, extent: float, measured: float | None = None, lasted_s: float = math.nan) -> list[int]:
        """The next repetition; returns the indices, among those that counted and this one, of those that count now.

        extent: of what the repetitions are counted by. measured: of the movement itself, known better; None: not assessable.
        """
        moves = [*self._moves, _Move(extent, math.nan if measured is None else abs(measured), lasted_s)]
        usual = _usual(moves)
        kept = [i for i, some in enumerate(moves) if _is_whole(some, usual) or i == len(moves) - 1]
        self.found += len(moves) - len(kept)
        self._moves = [moves[i] for i in kept]
        return kept

    def keep(self, count: int) -> None:
        """Forget all but the first of those that count."""
        del self._moves[count:]


def _usual(moves: list[_Move]) -> _Move:
    """NaN for what is not known."""
    return _Move(_median(m.counted for m in moves), _median(m.measured for m in moves), _median(m.lasted_s for m in moves))


def _median(values: Iterable[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return statistics.median(known) if len(known) > FEW else math.nan


def _is_whole(some: _Move, usual: _Move) -> bool:
    """By what was measured, where that is known; a brief one by both."""
    too_little = some.counted < LEAST_SHARE * usual.counted
    if math.isfinite(some.measured) and math.isfinite(usual.measured):
        too_little = some.measured < LEAST_SHARE * usual.measured
    brief = some.lasted_s < BRIEF * usual.lasted_s
    small = some.counted < SMALL * usual.counted or some.measured < SMALL * usual.measured
    return not (too_little or (brief and small))

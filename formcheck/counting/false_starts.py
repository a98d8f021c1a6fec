"""Repetitions that turn out to have been false starts, once more of the set was seen."""

import statistics

from formcheck.counting.movement import USUAL

FEW = 2
"""So few repetitions do not tell what is usual."""


class FalseStarts:
    """Extents of one set's repetitions in order -> which of them still count."""

    def __init__(self) -> None:
        self._extents: list[float] = []
        self.found = 0

    def take(self, extent: float) -> list[int]:
        """The next repetition's extent; returns the indices, among those that counted and this one, of those that count now."""
        extents = [*self._extents, extent]
        least = USUAL * statistics.median(extents) if len(extents) > FEW else 0.0
        kept = [i for i, some in enumerate(extents) if some >= least or i == len(extents) - 1]
        self.found += len(extents) - len(kept)
        self._extents = [extents[i] for i in kept]
        return kept

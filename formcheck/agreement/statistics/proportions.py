"""Shares with Wilson's interval, and what a yes-or-no finding is worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.agreement.statistics.differences import NORMAL_95


@dataclass(frozen=True, slots=True)
class Share:
    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 %, Wilson 1927 as in Newcombe 1998, Stat Med 17:857, method 3."""
        if not self.of:
            return None
        n, p, z2 = self.of, self.hits / self.of, NORMAL_95**2
        off = NORMAL_95 * math.sqrt(z2 + 4 * n * p * (1 - p))
        low, high = ((2 * n * p + z2 + sign * off) / (2 * (n + z2)) for sign in (-1, 1))
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True, slots=True)
class Finding:
    """How often a fault was found when the reference has it, and not found when it has not."""

    sensitivity: Share
    specificity: Share
    not_assessable: int


def finding(judged: Sequence[tuple[bool | None, bool]]) -> Finding:
    """(found by the program, present by the reference) of each repetition; None where the program could not judge."""
    sure = [(found, present) for found, present in judged if found is not None]
    with_it = [found for found, present in sure if present]
    without = [found for found, present in sure if not present]
    return Finding(Share(sum(with_it), len(with_it)), Share(len(without) - sum(without), len(without)), len(judged) - len(sure))

"""Repetitions of one person are alike: what that does to the limits of agreement, and intervals that know it."""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.statistics.differences import NORMAL_95
from formcheck.frames import Floats

RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Components:
    """Of the differences, in the measure's unit."""

    within_sd: float
    """Between repetitions of one person."""
    between_sd: float
    """Between people, 0 where their means differ by no more than chance."""

    @property
    def total_sd(self) -> float:
        return math.hypot(self.within_sd, self.between_sd)

    @property
    def alike(self) -> float:
        """Intraclass correlation of one person's differences, 0-1."""
        return self.between_sd**2 / self.total_sd**2 if self.total_sd else 0.0

    def limits(self, bias: float) -> tuple[float, float]:
        """95 % limits of agreement of a single repetition of anybody."""
        return bias - NORMAL_95 * self.total_sd, bias + NORMAL_95 * self.total_sd


def components(groups: Sequence[Floats]) -> Components | None:
    """Differences of each person; None for fewer than two people or no person with two repetitions.

    One-way analysis of variance with unequal numbers, as Bland and Altman 2007, J Biopharm Stat 17:571, section 3.
    """
    sizes = np.array([len(g) for g in groups if len(g)])
    held = [g for g in groups if len(g)]
    total, k = int(sizes.sum()), len(sizes)
    if k < 2 or total <= k:
        return None
    means = np.array([g.mean() for g in held])
    grand = float((sizes * means).sum() / total)
    between = float((sizes * (means - grand) ** 2).sum()) / (k - 1)
    within = float(sum(((g - m) ** 2).sum() for g, m in zip(held, means, strict=True))) / (total - k)
    usual = (total - float((sizes**2).sum()) / total) / (k - 1)
    return Components(math.sqrt(within), math.sqrt(max(0.0, (between - within) / usual)))


def bootstrap(
    people: Mapping[Hashable, Floats], statistic: Callable[[Floats], float | None], seed: int = 15
) -> tuple[float, float] | None:
    """95 % interval of a statistic of rows (n, k), people drawn with replacement and with all their rows.

    Percentiles of the cluster bootstrap (Davison and Hinkley 1997, chapter 3.8). None for fewer than five people, whose
    resamples repeat each other.
    """
    rows = list(people.values())
    if len(rows) < 5:
        return None
    rng = np.random.default_rng(seed)
    drawn = (statistic(np.concatenate([rows[i] for i in rng.integers(0, len(rows), len(rows))])) for _ in range(RESAMPLES))
    values = [v for v in drawn if v is not None and math.isfinite(v)]
    if len(values) < RESAMPLES / 2:
        return None
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)

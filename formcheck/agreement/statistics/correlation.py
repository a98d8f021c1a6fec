"""Intraclass correlation of two methods on the same repetitions."""

from dataclasses import dataclass

import numpy as np

from formcheck.frames import Floats


@dataclass(frozen=True, slots=True)
class Intraclass:
    agreement: float
    """ICC(2,1): a constant difference between the methods counts against them."""
    consistency: float
    """ICC(3,1): it does not."""


def intraclass(ratings: Floats) -> Intraclass | None:
    """ratings (targets, raters), complete; None for fewer than three targets or where nothing varies.

    Shrout and Fleiss 1979, Psychol Bull 86:420, from the mean squares of a two-way analysis of variance.
    """
    n, k = ratings.shape
    if n < 3 or k < 2:
        return None
    grand = ratings.mean()
    targets = k * float(((ratings.mean(axis=1) - grand) ** 2).sum()) / (n - 1)
    raters = n * float(((ratings.mean(axis=0) - grand) ** 2).sum()) / (k - 1)
    total = float(((ratings - grand) ** 2).sum())
    error = (total - targets * (n - 1) - raters * (k - 1)) / ((n - 1) * (k - 1))
    below = (targets + (k - 1) * error + k * (raters - error) / n, targets + (k - 1) * error)
    if min(below) <= 1e-12 or np.isclose(total, 0.0):
        return None
    return Intraclass((targets - error) / below[0], (targets - error) / below[1])

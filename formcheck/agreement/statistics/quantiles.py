"""Quantiles of Student's t from its density: scipy for one function would be the program's largest package."""

import math
from functools import lru_cache

import numpy as np

_STEPS = 4000


@lru_cache(maxsize=512)
def t_quantile(share: float, freedom: float) -> float:
    """The value that Student's t with `freedom` degrees (>= 1) stays below with probability `share`, 0.5 <= share < 1."""
    # t = sqrt(freedom) tan(angle): the density becomes a power of a cosine, which is smooth and ends at a right angle
    angle = np.linspace(0.0, math.pi / 2, _STEPS + 1)
    density = np.cos(angle) ** (freedom - 1.0)
    mass = np.concatenate([[0.0], np.cumsum((density[:-1] + density[1:]) / 2)])
    return math.sqrt(freedom) * math.tan(float(np.interp(2.0 * share - 1.0, mass / mass[-1], angle)))

"""Bland and Altman's comparison of two methods: bias, limits of agreement, and how sure both are."""

import math
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.statistics.quantiles import t_quantile
from formcheck.frames import Floats

NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Differences:
    """Of program less reference, in the measure's unit; intervals are 95 %."""

    n: int
    bias: float
    bias_interval: tuple[float, float]
    sd: float
    loa: tuple[float, float]
    """Limits of agreement: between them 95 % of single differences are expected."""
    loa_intervals: tuple[tuple[float, float], tuple[float, float]]
    """Of the lower and of the upper limit."""
    mae: float
    rmse: float
    mdc: float
    """Minimal detectable change of two values of the program: 1.96 √2 SD, the reference taken as exact."""


def differences(program: Floats, reference: Floats) -> Differences | None:
    """(n,) each; None for fewer than two pairs.

    Bland and Altman 1986, Lancet 327:307, with the standard error of a limit as in their 1999 paper (Stat Methods Med Res
    8:135): SD √(1/n + 1.96² / (2 (n - 1))). The minimal detectable change as in de Vet 2006, J Clin Epidemiol 59:1033.
    """
    d = program - reference
    n = len(d)
    if n < 2:
        return None
    bias, sd = float(d.mean()), float(d.std(ddof=1))
    t = t_quantile(0.975, n - 1)
    low, high = bias - NORMAL_95 * sd, bias + NORMAL_95 * sd
    off = t * sd / math.sqrt(n)
    limit_off = t * sd * math.sqrt(1 / n + NORMAL_95**2 / (2 * (n - 1)))
    return Differences(
        n,
        bias,
        (bias - off, bias + off),
        sd,
        (low, high),
        ((low - limit_off, low + limit_off), (high - limit_off, high + limit_off)),
        float(np.abs(d).mean()),
        float(np.sqrt((d**2).mean())),
        NORMAL_95 * math.sqrt(2.0) * sd,
    )

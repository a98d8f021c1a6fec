"""Two people's judgements of the same things: percent agreement and kappa."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from formcheck.agreement.statistics.differences import NORMAL_95
from formcheck.agreement.statistics.proportions import Share


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    same: Share
    kappa: float | None
    """Agreement beyond chance; None where both always said the same one thing."""
    kappa_interval: tuple[float, float] | None
    """95 %; None also where they never differed."""


def rater_agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> RaterAgreement:
    """Cohen 1960, Educ Psychol Meas 20:37, with the standard error of Fleiss, Cohen and Everitt 1969, Psychol Bull 72:323."""
    n = len(first)
    same = Share(sum(a == b for a, b in zip(first, second, strict=True)), n)
    if not n:
        return RaterAgreement(same, None, None)
    ones, others = ({k: v / n for k, v in Counter(x).items()} for x in (first, second))
    kinds = ones.keys() | others.keys()
    by_chance = sum(ones.get(k, 0.0) * others.get(k, 0.0) for k in kinds)
    if by_chance >= 1.0:
        return RaterAgreement(same, None, None)
    observed = same.hits / n
    kappa = (observed - by_chance) / (1 - by_chance)
    cells = {k: v / n for k, v in Counter(zip(first, second, strict=True)).items()}
    kept = sum(
        p
        * (
            (1 - (ones[a] + others[a]) * (1 - kappa)) ** 2
            if a == b
            else (1 - kappa) ** 2 * (ones.get(b, 0.0) + others.get(a, 0.0)) ** 2
        )
        for (a, b), p in cells.items()
    )
    variance = (kept - (kappa - by_chance * (1 - kappa)) ** 2) / (n * (1 - by_chance) ** 2)
    if variance < 1e-12:  # always alike: the formula then knows no doubt, however few there are
        return RaterAgreement(same, kappa, None)
    off = NORMAL_95 * variance**0.5
    return RaterAgreement(same, kappa, (max(-1.0, kappa - off), min(1.0, kappa + off)))

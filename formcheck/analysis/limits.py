"""How strictly a set is judged: an exercise's limits made stricter or more lenient, or replaced by the user's own."""

from collections.abc import Mapping

from formcheck.exercises.contract import Exercise, Fault
from formcheck.results import Limits

STRICT, LENIENT = 0.75, 1.35
"""Factors on an upper limit; a lower limit (a pace, a width) moves the other way. Our proposal: the cautions in between keep
the order of the published means and standard deviations."""


def limits_for(
    exercise: Exercise, strictness: str = "standard", custom: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, Limits]:
    """Fault -> limits. strictness: strict, standard, lenient or custom; custom: fault -> (caution, fault), others standard."""
    return {fault.name: _limits(fault, strictness, (custom or {}).get(fault.name)) for fault in exercise.faults}


def _limits(fault: Fault, strictness: str, custom: tuple[float, float] | None) -> Limits:
    standard = fault.limits
    if strictness == "custom" and custom is not None:
        return Limits(*custom, standard.unit)
    factor = {"strict": STRICT, "lenient": LENIENT}.get(strictness, 1.0)
    if fault.direction == -1:
        factor = 1 / factor
    return Limits(round(standard.caution * factor, 2), round(standard.fault * factor, 2), standard.unit)

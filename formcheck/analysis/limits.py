"""How strictly a set is judged: an exercise's limits made stricter or more lenient, or replaced by the user's own."""

from collections.abc import Mapping

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise, Fault
from formcheck.results import Limits
from formcheck.system.language import tr
from formcheck.system.setting_kinds import CustomLimits

STRICT, LENIENT = 0.75, 1.35
"""Factors on an upper limit; a lower limit (a pace, a width) moves the other way. Our proposal: the cautions in between keep
the order of the published means and standard deviations."""
MOST = 4.0
"""Times the exercise's own larger limit: no body moves farther in a compensation, so such a limit would never be passed."""


def limits_for(
    exercise: Exercise,
    strictness: str = "standard",
    custom: Mapping[str, tuple[float, float]] | None = None,
    planned: Mapping[str, Limits] | None = None,
) -> dict[str, Limits]:
    """Fault -> limits. strictness: strict, standard, lenient or custom; custom: fault -> (caution, fault), others standard.

    planned: a plan's, which stand before all others. Limits that make no sense (limits_problem) are left out.
    """
    out = {fault.name: _limits(fault, strictness, (custom or {}).get(fault.name)) for fault in exercise.faults}
    for fault in exercise.faults:
        limits = (planned or {}).get(fault.name)
        if limits is not None and not limits_problem(fault, limits):
            out[fault.name] = limits
    return out


def limit_range(fault: Fault) -> tuple[float, float]:
    """The smallest and the largest limit that a fault may have, in its unit."""
    own = fault.limits
    most = MOST * max(abs(own.caution), abs(own.fault))
    return (-most, 0.0) if own.fault < 0 else (0.0, most)


def limits_problem(fault: Fault, limits: Limits) -> str:
    """Why nothing can be judged by these limits, in words for the user; empty where it can."""
    words = {"caution": f"{limits.caution:g}", "fault": f"{limits.fault:g}"}
    if limits.unit != fault.limits.unit:
        return tr(
            "“{what}” is measured in {unit}, not in {other}", what=tr(fault.title), unit=fault.limits.unit, other=limits.unit
        )
    low, high = limit_range(fault)
    if not all(low <= value <= high for value in (limits.caution, limits.fault)):
        bounds = {"low": f"{low:g}", "high": f"{high:g}", "unit": limits.unit}
        return tr("a limit of “{what}” must lie between {low} and {high} {unit}", what=tr(fault.title), **bounds)
    if fault.direction == -1 and limits.fault > limits.caution:
        return tr("the fault limit of “{what}” ({fault}) lies above its caution ({caution})", what=tr(fault.title), **words)
    if fault.direction != -1 and limits.fault < limits.caution:
        return tr("the fault limit of “{what}” ({fault}) lies below its caution ({caution})", what=tr(fault.title), **words)
    return ""


def ignored_limits(custom: CustomLimits) -> tuple[str, ...]:
    """A notice for each of the user's own limits that limits_for() leaves out."""
    return tuple(
        tr(
            "Your limits for {exercise} were ignored: {problem}. Set them again in the settings.",
            exercise=tr(EXERCISES[exercise].title),
            problem=problem,
        )
        for exercise, pairs in custom.items()
        if exercise in EXERCISES
        for fault in EXERCISES[exercise].faults
        if fault.name in pairs and (problem := limits_problem(fault, Limits(*pairs[fault.name], fault.limits.unit)))
    )


def _limits(fault: Fault, strictness: str, custom: tuple[float, float] | None) -> Limits:
    standard = fault.limits
    if strictness == "custom" and custom is not None:
        own = Limits(*custom, standard.unit)
        return standard if limits_problem(fault, own) else own
    factor = {"strict": STRICT, "lenient": LENIENT}.get(strictness, 1.0)
    if fault.direction == -1:
        factor = 1 / factor
    return Limits(round(standard.caution * factor, 2), round(standard.fault * factor, 2), standard.unit)

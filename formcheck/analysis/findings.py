"""From measurements to findings: which limits a repetition passed, and which faults could not be judged."""

from collections.abc import Iterable, Mapping

from formcheck.exercises.contract import Fault, Quantity
from formcheck.results import Finding, Limits, Measurement, Severity
from formcheck.system.language import to_translate

TOO_UNSURE = to_translate(
    "this was measured too roughly to tell a fault from no movement: more light, closer, or tighter clothes"
)

NOT_MEASURED = to_translate("not measured")
NO_BODY = to_translate("more was read than a body can do: the joints were not seen right")


def believed(quantity: Quantity, measurement: Measurement) -> Measurement:
    """The measurement, or "not assessable" where it is larger than `quantity.most`."""
    if quantity.most is None or measurement.value is None or abs(measurement.value) <= quantity.most:
        return measurement
    return Measurement(None, measurement.unit, why=NO_BODY)


def judge(
    faults: Iterable[Fault], limits: Mapping[str, Limits], measurements: Mapping[str, Measurement], at_s: float
) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Findings, the most important first, and fault -> why it is not assessable.

    A caution is a value beyond the caution limit; a fault one that lies beyond the fault limit by more than its uncertainty.
    Where the interval holds both 0 and the fault limit, nothing is judged. at_s: the finding's time where the measurement has
    none.
    """
    findings = []
    unseen = {}
    for fault in sorted(faults, key=lambda f: f.priority):
        measurement = measurements.get(fault.quantity) or Measurement(None, "", why=NOT_MEASURED)
        if measurement.value is None:
            unseen[fault.name] = measurement.why or ""
            continue
        if _undecided(fault, limits[fault.name], measurement.value, measurement.uncertainty or 0.0):
            unseen[fault.name] = TOO_UNSURE
            continue
        found = found_in(fault, limits[fault.name], measurement.value, measurement.uncertainty or 0.0)
        if found is not None:
            severity, limit = found
            when = at_s if measurement.at_s is None else measurement.at_s
            findings.append(Finding(fault.name, severity, when, measurement.value, limit, measurement.unit))
    return tuple(findings), unseen


def _undecided(fault: Fault, limits: Limits, value: float, uncertainty: float) -> bool:
    """Whether the interval holds both no movement and a fault. Where less is the fault there is no such thing as no movement."""
    size = fault.excess(value)
    return fault.direction != -1 and size - uncertainty <= 0.0 and size + uncertainty > limits.fault


def found_in(fault: Fault, limits: Limits, value: float, uncertainty: float) -> tuple[Severity, float] | None:
    """How severe this value is, and the limit that it passes; None where it passes none."""
    toward_zero = -uncertainty if fault.excess(value) == value else uncertainty
    if fault.passes(value + toward_zero, limits.fault):
        return Severity.FAULT, limits.fault
    if fault.passes(value, limits.caution):
        return Severity.CAUTION, limits.caution
    return None

"""What the program said beside what the reference says: per repetition, and frame by frame."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from formcheck.agreement.film import Film
from formcheck.agreement.measures import parts
from formcheck.agreement.reference import Reference
from formcheck.exercises import EXERCISES
from formcheck.exercises.body_angle import Part
from formcheck.frames import Floats
from formcheck.results import Rep, Session

LEAST_KNOWN = 0.6
"""Share of a repetition that the reference must cover."""
CENTRED = (
    "pelvic_obliquity_right_up",
    "pelvis_rotation_left",
    "trunk_rotation_left",
    "knee_flexion_left",
    "knee_flexion_right",
    "pelvic_roll",
    "pelvic_hike",
)
"""Absolute angles whose zero no camera can know: compared less their medians."""
HELD_ABOVE = ("pelvis_rotation_left", "trunk_rotation_left", "pelvic_roll", "pelvic_hike")
"""What the angles' table knows as changes within repetitions alone: compared as such."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One measure of one repetition."""

    rep: int
    side: str
    measure: str
    at_s: float
    program: float | None
    """None where the program called it not assessable."""
    uncertainty: float | None
    reference: float | None
    """None where the reference does not cover it."""
    fault: str = ""
    """The fault that this measure betrays, where there is one."""
    limit: float = math.nan
    flagged: bool | None = None
    """Whether the program found the fault, caution or worse; None where it could not judge."""
    present: bool | None = None
    """Whether the reference lies beyond the fault's caution limit."""


@dataclass(frozen=True, slots=True)
class FramePair:
    """One value of one frame: within a repetition less the value at its start, or an absolute angle."""

    rep: int
    """0 for absolute angles."""
    measure: str
    t_s: float
    program: float
    reference: float


def repetition_pairs(film: Film, reference: Reference) -> list[Pair]:
    """One for each repetition and measure that the reference knows, those the sensor fell off before left out."""
    pairs = []
    for rep, measure, part in _kept(film.session, reference):
        values = reference.of_measure(part)
        if values is not None:
            pairs.append(
                _pair(film.session, rep, measure, extreme_within(reference.times_s, values, rep, way(film.session, measure)))
            )
    return pairs


def way(session: Session, measure: str) -> int:
    """Which way the program looks for a measure's extreme: that of its fault, +1 or -1; 0: whichever is further."""
    fault = next((f for f in EXERCISES[session.exercise].faults if f.quantity == measure), None)
    return 0 if fault is None else fault.direction


def extreme_within(times_s: Floats, values: Floats, rep: Rep, direction: int = 0) -> float | None:
    """The extreme within the repetition less the value at its start, as session.json's values are; None where unknown.

    direction: as way() says."""
    part = values[(times_s >= rep.start_s) & (times_s <= rep.end_s)]
    known = np.isfinite(part)
    if not len(part) or known.mean() < LEAST_KNOWN or not known[0]:
        return None
    change = np.where(known, part - part[0], 0.0)
    return float(change[int(np.argmax(change * direction if direction else np.abs(change)))])


def frame_pairs(film: Film, reference: Reference) -> list[FramePair]:
    """Running values within repetitions, both less their values at the start; then absolute angles, where there are any."""
    pairs: list[FramePair] = []
    for rep, measure, part in _kept(film.session, reference):
        theirs = reference.of_measure(part)
        said = film.series.get(measure)
        if theirs is not None and said is not None:
            inside = (film.times_s >= rep.start_s) & (film.times_s <= rep.end_s)
            pairs += _frames(rep.number, measure, film.times_s[inside], said[inside], reference.times_s, theirs, _less_first)
    for name, values in film.angles.items():
        if name in reference.angles and name not in HELD_ABOVE:
            centre = _less_median if name in CENTRED else None
            pairs += _frames(0, name, film.angle_times_s, values, reference.times_s, reference.angles[name], centre)
    return pairs


def _less_first(values: Floats) -> Floats:
    less: Floats = values - values[0]
    return less


def _less_median(values: Floats) -> Floats:
    centred: Floats = values - np.median(values)
    return centred


def _frames(
    rep: int, measure: str, at: Floats, said: Floats, times_s: Floats, theirs: Floats, centre: Callable[[Floats], Floats] | None
) -> Iterator[FramePair]:
    known = np.interp(at, times_s, theirs, math.nan, math.nan)
    both = np.isfinite(said) & np.isfinite(known)
    if not both.any():
        return
    values = [v[both] if centre is None else centre(v[both]) for v in (said, known)]
    for t, a, b in zip(at[both], *values, strict=True):
        yield FramePair(rep, measure, float(t), float(a), float(b))


def _kept(session: Session, reference: Reference) -> Iterator[tuple[Rep, str, Part]]:
    for rep in session.reps:
        if rep.start_s < reference.until_s:
            for measure, part in parts(session, rep.side).items():
                yield rep, measure, part


def _pair(session: Session, rep: Rep, measure: str, reference: float | None) -> Pair:
    said = rep.measurements.get(measure)
    fault = next((f for f in EXERCISES[session.exercise].faults if f.quantity == measure), None)
    value, off = (said.value, said.uncertainty) if said is not None else (None, None)
    pair = Pair(rep.number, str(rep.side or session.side or ""), measure, rep.peak_s, value, off, reference)
    if fault is None or reference is None:
        return pair
    limit = session.thresholds.get(fault.name, fault.limits).caution
    found = any(f.fault == fault.name for f in rep.findings)
    return replace(
        pair,
        fault=fault.name,
        limit=limit,
        flagged=None if fault.name in rep.not_assessable else found,
        present=fault.passes(reference, limit),
    )

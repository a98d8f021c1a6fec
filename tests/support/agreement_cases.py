"""Sets whose pelvis is known, the session that a program with known mistakes would make of them, and what a phone records."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from series import write_series
from simulated_phone import Phone, Samples, axis_turn, wear

from formcheck.agreement.sensors.recording import Kind, Recording, Stream
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.results import Finding, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import write_session

FPS = 25.0
LEAD_S = 3.0
LATE_S = {"pelvic_roll": -0.06, "pelvic_hike": 0.08, "pelvis_rotation": 0.08, "pelvic_drop": 0.05}
"""What the program's running values are known to come late by, measured on clips; written down here by hand."""


@dataclass(frozen=True)
class TrueSet:
    """(n,) over the film; degrees."""

    exercise: str
    side: Side
    times_s: Floats
    measures: Mapping[str, Floats]
    spans_s: tuple[tuple[float, float], ...]
    pelvis: Any
    place_m: Any

    def value(self, measure: str, k: int) -> float:
        """Extreme within repetition k less the value at its start, the way that the exercise's page says it is measured."""
        start, end = self.spans_s[k]
        part = self.measures[measure][(self.times_s >= start) & (self.times_s <= end)]
        change = part - part[0]
        one_way = measure in ("pelvic_hike", "pelvic_drop") or (self.exercise, measure) == ("clam", "pelvic_roll")
        return float(change[int(np.argmax(change if one_way else np.abs(change)))])


def bell(x: Floats) -> Floats:
    return np.asarray(np.sin(np.pi * np.clip(x, 0, 1)) ** 2)


def true_set(exercise: str, side: Side, **sizes: Sequence[float]) -> TrueSet:
    """sizes: measure -> degrees of each repetition, under the program's sign. Repetitions last 2.4 to 3.6 s."""
    count = len(next(iter(sizes.values())))
    rng = np.random.default_rng(count)
    lengths, rests = rng.uniform(2.4, 3.6, count), rng.uniform(0.5, 1.2, count)
    starts = LEAD_S + np.concatenate([[0], np.cumsum(lengths + rests)[:-1]])
    times = np.arange(0, starts[-1] + lengths[-1] + 2.0, 1 / FPS)
    shapes = [bell((times - s) / d) for s, d in zip(starts, lengths, strict=True)]
    measures = {m: sum((a * shape for a, shape in zip(amounts, shapes, strict=True)), 0.0) for m, amounts in sizes.items()}
    spans = tuple((float(s + 0.1 * d), float(s + 0.9 * d)) for s, d in zip(starts, lengths, strict=True))
    held = {m: np.asarray(v, float) for m, v in measures.items()}
    return TrueSet(exercise, side, times, held, spans, _pelvis(exercise, side, held), np.zeros((len(times), 3)))


def _pelvis(exercise: str, side: Side, measures: Mapping[str, Floats]) -> Any:
    """Columns left, back, head in a room with z up; from the definition of each measure, not from the program's code."""
    nothing = np.zeros(len(next(iter(measures.values()))))
    sign = 1 if side is Side.LEFT else -1
    if exercise in ("clam", "sidelying-er"):
        top = sign if exercise == "clam" else -sign
        left, head = np.array([0, 0, 1.0]) * top, np.array([1.0, 0, 0])
        lying = np.stack([left, np.cross(head, left), head], axis=1)
        roll, hike = measures.get("pelvic_roll", nothing), measures.get("pelvic_hike", nothing)
        return lying @ axis_turn("z", top * roll) @ axis_turn("y", -top * hike)
    turn = measures.get("pelvis_rotation", nothing) * (sign if exercise == "banded-rotation" else -sign)
    return axis_turn("z", turn) @ axis_turn("y", -sign * measures.get("pelvic_drop", nothing))


def write_set(folder: Path, truth: TrueSet, *, bias: float = 0.0, gain: float = 1.0, missing: Sequence[int] = ()) -> Session:
    """A session folder in which every value is gain times the truth plus bias, ± 3; repetitions in `missing` have none."""
    folder.mkdir(parents=True, exist_ok=True)
    exercise = EXERCISES[truth.exercise]
    reps = []
    for k, (start, end) in enumerate(truth.spans_s):
        seen = k not in missing
        measurements = {
            m: Measurement(gain * truth.value(m, k) + bias, "deg", 3.0) if seen else Measurement(None, "deg", why="hidden")
            for m in truth.measures
        }
        findings, unseen = [], {}
        for fault in exercise.faults:
            value = measurements[fault.quantity].value if fault.quantity in measurements else None
            if fault.quantity in measurements and value is None:
                unseen[fault.name] = "hidden"
            elif value is not None and fault.passes(value, fault.limits.caution):
                findings.append(Finding(fault.name, Severity.CAUTION, start, value, fault.limits.caution, "deg"))
        reps.append(Rep(k + 1, truth.side, start, (start + end) / 2, end, measurements, tuple(findings), unseen))
    last = float(truth.times_s[-1])
    session = Session(
        *("0.2.0", truth.exercise, exercise.variants[0].name, truth.side),
        VideoInfo("set.mp4", 640, 480, FPS, last, len(truth.times_s)),
        *("full", len(truth.times_s), {f.name: f.limits for f in exercise.faults}, tuple(reps)),
    )
    write_session(folder, session)
    rows = [(t, {m: _running(truth, m, t, gain) for m in truth.measures}) for t in truth.times_s]
    write_series(folder / "series.csv", list(truth.measures), rows)
    return session


def _running(truth: TrueSet, measure: str, t: float, gain: float) -> float:
    return gain * float(np.interp(t - LATE_S[measure], truth.times_s, truth.measures[measure]))


def recorded(truth: TrueSet, phone: Phone) -> tuple[Recording, Samples]:
    """What the phone's accelerometer and gyroscope give, read already."""
    samples = wear(truth.times_s, truth.pelvis, truth.place_m, phone)
    streams = {
        Kind.ROTATION: Stream(samples.times_s, samples.rotation),
        Kind.ACCELERATION: Stream(samples.times_s, samples.acceleration),
    }
    return Recording("test", streams), samples


def write_angles(path: Path, times_s: Floats, angles: Mapping[str, Floats]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["t_s", *angles])
        writer.writerows(zip(times_s, *angles.values(), strict=True))


def fallen(recording: Recording, at_s: float) -> Recording:
    """The phone lies on its back on the floor from then on."""
    streams = {}
    for kind, stream in recording.streams.items():
        values = stream.values.copy()
        after = stream.times_s > at_s
        values[after] = [0.0, 0.0, 9.81] if kind is Kind.ACCELERATION else 0.0
        values[after] += np.random.default_rng(0).normal(0, 0.002, (int(after.sum()), 3))
        streams[kind] = Stream(stream.times_s, values)
    return Recording(recording.app, streams)

"""The truth of rendered people on a treadmill, stance by stance, beside what the program says of them (validate.py)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcheck.measurement.running.sides import by_sides, cadence
from formcheck.results import Measurement, Rep, Side

EXERCISES = {"run": "running", "walk": "treadmill-walking"}
"""The truth's gait -> the exercise."""
BEHIND_DEG = 15.0
"""The camera stands this far off the belt's axis at most."""
TOGETHER_S = 0.12
"""A stance is the truth's where their midstances are no further apart."""


@dataclass(frozen=True, slots=True)
class Stance:
    """A true stance, and the one that was found at its time."""

    side: Side
    truth: Mapping[str, float]
    """Quantity -> value."""
    found: Rep | None
    late_s: float
    """By how much the found midstance is later; NaN where none was found."""


@dataclass(frozen=True, slots=True)
class RunnerResult:
    clip: str
    behind: bool
    stances: Sequence[Stance]
    extra: int
    """Stances that are none, between the first and the last true one."""
    cadence: tuple[float, float | None]
    """Truth, and as measured."""
    sides: Mapping[str, tuple[float, float]]
    """ "left pelvic_drop" -> mean of the truth, mean as measured."""


def is_runner(data: Mapping[str, Any]) -> bool:
    return "stances" in data


def exercise_of(data: Mapping[str, Any]) -> str:
    return EXERCISES[data["spec"]["kw"].get("gait", "run")]


def near_the_axis(data: Mapping[str, Any]) -> bool:
    """Whether it is filmed from behind, within BEHIND_DEG of the belt's axis."""
    return bool(data["view"] == "behind" and abs(data["spec"]["cam"]["az"] - 180.0) <= BEHIND_DEG)


def compare(clip: str, data: Mapping[str, Any], names: Mapping[str, str], reps: Sequence[Rep]) -> RunnerResult:
    """names: quantity -> its name in the truth's stances."""
    facing = 1.0 if data["view"] == "front" else -1.0
    tilt_deg = facing * data["spec"]["cam"].get("roll", 0.0)
    stances = [_stance(true, names, reps, tilt_deg) for true in data["stances"]]
    mids = [true["midstance_s"] for true in data["stances"]]
    between = [rep for rep in reps if mids[0] - 0.3 < rep.peak_s < mids[-1] + 0.3]
    extra = sum(all(abs(rep.peak_s - mid) > TOGETHER_S for mid in mids) for rep in between)
    said: Measurement = cadence(reps)
    return RunnerResult(
        clip,
        near_the_axis(data),
        stances,
        extra,
        (data["cadence_spm"], said.value),
        _sides(stances, names, reps),
    )


def _stance(true: Mapping[str, Any], names: Mapping[str, str], reps: Sequence[Rep], tilt_deg: float) -> Stance:
    """tilt_deg: what the camera's own tilt adds to a lean to the right as the picture shows it."""
    nearest = min(reps, key=lambda r: abs(r.peak_s - true["midstance_s"]), default=None)
    late_s = np.nan if nearest is None else nearest.peak_s - true["midstance_s"]
    known = {quantity: float(true[name]) for quantity, name in names.items() if true[name] is not None}
    if "trunk_lean" in known:
        known["trunk_lean"] += Side(true["side"]).sign * tilt_deg
    close = abs(late_s) <= TOGETHER_S
    return Stance(Side(true["side"]), known, nearest if close else None, late_s if close else np.nan)


def _sides(stances: Sequence[Stance], names: Mapping[str, str], reps: Sequence[Rep]) -> dict[str, tuple[float, float]]:
    figures = by_sides(reps)
    out: dict[str, tuple[float, float]] = {}
    for quantity in names:
        mean = {
            side: float(np.mean([s.truth[quantity] for s in stances if s.side is side and quantity in s.truth]))
            for side in Side
            if any(s.side is side for s in stances)
        }
        if len(mean) == 2:
            true = {"left": mean[Side.LEFT], "right": mean[Side.RIGHT], "difference": mean[Side.LEFT] - mean[Side.RIGHT]}
            out |= {f"{key} {quantity}": (true[key], f.value) for key, of in figures.items() if (f := of.get(quantity))}
    return out


def tables(results: Iterable[RunnerResult]) -> str:
    """Stances, and the means of the sides, as Markdown."""
    results = list(results)
    out = [
        "| clip | stances found | right side | invented | midstance, mean abs. s | cadence (truth) |",
        "|---|---|---|---|---|---|",
    ]
    out += [_found(result) for result in results]
    out += [
        "",
        "| measure | means | side's mean, mean abs. error (largest) | left less right, mean abs. error (largest) |",
        "|---|---|---|---|",
    ]
    return "\n".join([*out, *_means(results)])


def _found(result: RunnerResult) -> str:
    found = [s for s in result.stances if s.found is not None]
    right = sum(s.found.side is s.side for s in found if s.found)
    late = f"{np.mean([abs(s.late_s) for s in found]):.3f}" if found else ""
    true, said = result.cadence
    rate = "" if said is None else f"{said:.1f} ({true:.1f})"
    return f"| {result.clip} | {len(found)} of {len(result.stances)} | {right} | {result.extra} | {late} | {rate} |"


def _means(results: Sequence[RunnerResult]) -> Iterator[str]:
    for quantity in dict.fromkeys(key.split()[1] for result in results for key in result.sides):
        errors = {"side": [], "difference": []}  # type: dict[str, list[float]]
        for result in results:
            for key, (true, said) in result.sides.items():
                which, name = key.split()
                if name == quantity:
                    errors["difference" if which == "difference" else "side"].append(abs(said - true))
        digits = 3 if quantity == "step_width" else 1
        side, apart = (f"{np.mean(e):.{digits}f} ({max(e):.{digits}f})" for e in errors.values())
        yield f"| {quantity} | {len(errors['side'])} | {side} | {apart} |"

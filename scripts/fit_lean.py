"""Fits the weights of formcheck/measurement/weight_bearing/trunk_lean.py on people whose lean is known.

    python scripts/fit_lean.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds rendered clips (NAME.mp4 beside NAME.json.gz) of band walks and single-leg squats, cameras within 20 degrees of
the front. Prints how well each clip is measured by weights found on all the others, and what would change; --write puts it into
formcheck/fitted/standing_lean.json. --cache keeps each clip's landmarks' lines.

Ridge regression of the true lean since a repetition's start on what the landmarks' lines changed since. Each repetition weighs
the same, but that realistic renders and large leans weigh twice.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from fit_drop import extreme, lines_of
from fit_record import add_options, finish
from truth import Truth, clips_of, read_truth

from formcheck.frames import Floats
from formcheck.measurement.weight_bearing.trunk_lean import Lean
from formcheck.system.fitted_file import LeftOut

FRONT_DEG = 20.0
RIDGE = 0.25
"""Square degrees."""
REALISTIC, LEANING = 2.0, 2.0
LEANING_DEG = 8.0
PARTS = {"walking": ("band_walk", 2), "squatting": ("single_leg_squat", 3)}
"""Movement of the clips, and how many of the lines are used: of a pelvis that stays level, the hips' line says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """What changed since its start, + to the person's left."""

    clip: str
    move: str
    lines: Floats
    """(n, 3) degrees: the trunk's middle, shoulders, hips."""
    lean: Floats
    """(n,) degrees."""
    weight: float


def repetitions(path: Path, cache: Path | None) -> Iterator[Repetition]:
    data = read_truth(path)
    spec = data["spec"]
    if spec["move"] not in {move for move, _ in PARTS.values()} or abs(spec["cam"].get("az", 0.0)) > FRONT_DEG:
        return
    times, lines = lines_of(path, cache, Truth().exercise_of(spec))
    shown = np.stack([lines[:, 1], -lines[:, 2], -lines[:, 0]], axis=1)
    truth = np.interp(times, [f["t"] for f in data["frames"]], [f["trunk_lean_left"] for f in data["frames"]])
    for start_s, end_s in data["reps_s"]:
        inside = np.flatnonzero((times >= start_s) & (times <= end_s) & np.isfinite(shown).all(axis=1))
        if len(inside) < 5:
            continue
        lean = truth[inside] - truth[inside[0]]
        weight = (REALISTIC if "human" in spec else 1.0) * (LEANING if abs(extreme(lean)) > LEANING_DEG else 1.0)
        yield Repetition(path.stem, spec["move"], shown[inside] - shown[inside[0]], lean, weight)


def fit(reps: list[Repetition], used: int) -> Floats:
    """(used,) weights."""
    square, product, total = np.zeros((used, used)), np.zeros(used), 0.0
    for rep in reps:
        x, weight = rep.lines[:, :used], rep.weight / len(rep.lines)
        square += weight * x.T @ x
        product += weight * x.T @ rep.lean
        total += rep.weight
    return np.asarray(np.linalg.solve(square + RIDGE * total * np.eye(used), product), dtype=np.float64)


def left_out(reps: list[Repetition], used: int) -> LeftOut:
    errors = []
    for clip in dict.fromkeys(rep.clip for rep in reps):
        weights = fit([r for r in reps if r.clip != clip], used)
        errors += [abs(extreme(r.lines[:, :used] @ weights) - extreme(r.lean)) for r in reps if r.clip == clip]
    return LeftOut(error=round(float(np.mean(errors)), 2), unit="deg", repetitions=len(errors))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    options = parser.parse_args()
    paths = clips_of(options.clips)
    read = {path: list(repetitions(path, options.cache)) for path in paths}
    values, errors = {}, {}
    for part, (move, used) in PARTS.items():
        reps = [rep for some in read.values() for rep in some if rep.move == move]
        found = [*np.round(fit(reps, used), 2).tolist(), 0.0]
        values[part] = asdict(Lean(*found[:3]))
        errors[f"{part}_lean"] = left_out(reps, used)
    finish("standing_lean", values, errors, [path for path, reps in read.items() if reps], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

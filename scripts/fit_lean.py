"""Fits the weights of formcheck/measurement/weight_bearing/trunk_lean.py on people whose lean is known.

    python scripts/fit_lean.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds rendered clips (NAME.mp4 beside NAME.json.gz) of band walks and single-leg squats, cameras within 20 degrees of
the front. Prints how well each clip is measured by weights found on all the others, and what would change; --write puts it into
formcheck/fitted/standing_lean.json. --cache keeps each clip's landmarks' lines.

landmark_lines.py says how they are found. Realistic renders and large leans weigh twice.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
from fit_record import add_options, clips_left_out, finish
from landmark_lines import FRONT_DEG, REALISTIC, Repetition, extreme, fit, lines_of, seen_within
from truth import Truth, clips_of, read_truth

from formcheck.frames import Floats
from formcheck.measurement.weight_bearing.trunk_lean import Lean

RIDGE = 0.25
"""Square degrees."""
LEANING, LEANING_DEG = 2.0, 8.0
"""Weight of a repetition whose trunk leans by more."""
PARTS = {"walking": ("band_walk", 2), "squatting": ("single_leg_squat", 3)}
"""Movement of the clips, and how many of the lines are used: of a pelvis that stays level, the hips' line says nothing."""


def repetitions(path: Path, cache: Path | None) -> Iterator[Repetition]:
    """+ to the person's left. Lines: the trunk's middle, shoulders, hips."""
    data = read_truth(path)
    spec = data["spec"]
    if spec["move"] not in {move for move, _ in PARTS.values()} or abs(spec["cam"].get("az", 0.0)) > FRONT_DEG:
        return
    times, lines = lines_of(path, cache, Truth().exercise_of(spec))
    shown = np.stack([lines[:, 1], -lines[:, 2], -lines[:, 0]], axis=1)
    truth = np.interp(times, [f["t"] for f in data["frames"]], [f["trunk_lean_left"] for f in data["frames"]])
    for span_s in data["reps_s"]:
        inside = seen_within(times, span_s, shown)
        if not len(inside):
            continue
        lean = truth[inside] - truth[inside[0]]
        weight = (REALISTIC if "human" in spec else 1.0) * (LEANING if abs(extreme(lean)) > LEANING_DEG else 1.0)
        yield Repetition(path.stem, spec["move"], shown[inside] - shown[inside[0]], lean, weight)


def error(rep: Repetition, weights: Floats) -> float:
    """By how much the largest lean is read too large, degrees."""
    return extreme(rep.lines[:, : len(weights)] @ weights) - extreme(rep.truth)


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
        weights = partial(fit, used=used, ridge=RIDGE)
        found = [*np.round(weights(reps), 2).tolist(), 0.0]
        values[part] = asdict(Lean(*found[:3]))
        errors[f"{part}_lean"] = clips_left_out(reps, weights, error)
    finish("standing_lean", values, errors, [path for path, reps in read.items() if reps], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

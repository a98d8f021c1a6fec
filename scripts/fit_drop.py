"""Fits the weights of formcheck/measurement/weight_bearing/pelvic_drop.py on people whose pelvis is known.

    python scripts/fit_drop.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds rendered clips (NAME.mp4 beside NAME.json.gz) of single-leg squats and pivots, cameras within 20 degrees of the
front, and may hold films of real people with motion capture who squat on two legs, seen from so far: their pelvis hardly moves,
and nothing should be read of it. Prints how well each clip is measured by weights found on all the others, and what would
change; --write puts it into formcheck/fitted/standing_drop.json. --cache keeps each clip's landmarks' lines.

landmark_lines.py says how they are found. Realistic renders weigh twice, drops three times, and a real person's bend counts for
each side.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from fit_record import add_options, clips_left_out, finish
from landmark_lines import FRONT_DEG, REALISTIC, Repetition, extreme, fit, lines_of, seen_within
from truth import clips_of, read_truth

from formcheck.frames import Floats
from formcheck.measurement.weight_bearing.pelvic_drop import LEVEL_HEEL, HipLine, seeming_drop

RIDGE = 0.15
"""Square degrees."""
DROPS, A_DROP_DEG = 3.0, 10.0
"""Weight of a repetition whose pelvis drops by more."""
UPRIGHT_DEG = 15.0
"""Knees of real people that are bent by less stand."""
PARTS = {"squatting": ("single_leg_squat", 3), "turning": ("pivot", 2)}
"""Movement of the clips, and how many of the lines are used: of a trunk that turns, the shoulders' line says nothing."""


def repetitions(path: Path, cache: Path | None) -> Iterator[Repetition]:
    """+ the free side lower. Lines: hips, lean, shoulders. A low camera sees a drop where a trunk turns: it is in the truth."""
    data = read_truth(path)
    spec: dict[str, Any] = data.get("spec", {})
    off_front = spec["cam"].get("az", 0.0) if spec else data["faces_deg_off_camera"]
    of_interest = spec.get("move") in {move for move, _ in PARTS.values()} if spec else "squat" in path.stem
    if abs(off_front) > FRONT_DEG or not of_interest:
        return
    times, lines = lines_of(path, cache, "single-leg-squat")
    heel = LEVEL_HEEL
    if spec.get("move") == "pivot":
        heel = float(np.nanmedian(lines[:, 3 if spec["kw"]["stance"] == "L" else 4]))
    lines = lines[:, :3]
    true_times = np.array([f["t"] for f in data["frames"]])
    column = "pelvic_drop" if spec else "pelvic_obliquity_right_up"
    truth = np.interp(times, true_times, [f[column] for f in data["frames"]])
    signs = ((1 if spec["kw"]["stance"] == "L" else -1),) if spec else (1, -1)
    for span_s in data["reps_s"] if spec else bends(data):
        inside = seen_within(times, span_s, lines)
        if not len(inside):
            continue
        changes, drop = lines[inside] - lines[inside[0]], truth[inside] - truth[inside[0]]
        seeming = seeming_drop(heel, 1.0) * signs[0] * changes[:, 2]
        weight = (REALISTIC if "human" in spec else 1.0) * (DROPS if drop[np.argmax(np.abs(drop))] > A_DROP_DEG else 1.0)
        for sign in signs:  # rendered truth is of the free side already
            true = drop + seeming if spec else -sign * drop
            yield Repetition(path.stem, spec.get("move", ""), sign * changes, true, weight)


def bends(data: dict[str, Any]) -> list[tuple[float, float]]:
    """Start and end of each squat of a captured film."""
    times = np.array([f["t"] for f in data["frames"]])
    bent = np.array([f["knee_flexion_left"] for f in data["frames"]]) > UPRIGHT_DEG
    edges = np.flatnonzero(np.diff(bent.astype(int)))
    starts, ends = edges[~bent[edges]], edges[bent[edges]]
    return [(float(times[a]), float(times[min(ends[ends > a])])) for a in starts if (ends > a).any()]


def error(rep: Repetition, weights: Floats) -> float:
    """By how much the largest drop is read too large, degrees."""
    return float((rep.lines[:, : len(weights)] @ weights).max()) - extreme(rep.truth)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    options = parser.parse_args()
    paths = clips_of(options.clips, (".mp4", ".mov"))
    read = {path: list(repetitions(path, options.cache)) for path in paths}
    every = [rep for reps in read.values() for rep in reps]
    people = [rep for rep in every if not rep.move]
    values, errors = {}, {}
    for part, (move, used) in PARTS.items():
        reps = [rep for rep in every if rep.move == move]

        def weights(some: list[Repetition], used: int = used) -> Floats:
            return fit([*some, *people], used, RIDGE)

        found = [*np.round(weights(reps), 2).tolist(), 0.0]
        values[part] = asdict(HipLine(*found[:3]))
        errors[f"{part}_hip_line"] = clips_left_out(reps, weights, error)
    finish("standing_drop", values, errors, [path for path, reps in read.items() if reps], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

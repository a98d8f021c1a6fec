"""Fits the weights of formcheck/measurement/weight_bearing/pelvic_drop.py on people whose pelvis is known.

    python scripts/fit_drop.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds rendered clips (NAME.mp4 beside NAME.json.gz) of single-leg squats and pivots, cameras within 20 degrees of the
front, and may hold films of real people with motion capture who squat on two legs, seen from so far: their pelvis hardly moves,
and nothing should be read of it. Prints how well each clip is measured by weights found on all the others, and what would
change; --write puts it into formcheck/fitted/standing_drop.json. --cache keeps each clip's landmarks' lines.

Ridge regression of the true drop since a repetition's start on what the landmarks' lines changed since. Each repetition weighs
the same, but for three things: realistic renders weigh twice, drops three times, and a real person's bend counts for each side.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fit_record import add_options, finish

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.measurement.weight_bearing import frontal_angles as wb
from formcheck.measurement.weight_bearing.pelvic_drop import LEVEL_HEEL, HipLine, seeming_drop
from formcheck.pose.model import model_file
from formcheck.run.offline.poses import PosesOfFile
from formcheck.signals.body import FOOT
from formcheck.signals.kinematics import torso_length
from formcheck.signals.smoothing import smooth
from formcheck.system.fitted_file import LeftOut

FRONT_DEG = 20.0
RIDGE = 0.3
"""Square degrees."""
SMOOTHING_S = 0.06
REALISTIC, DROPS = 2.0, 3.0
A_DROP_DEG = 10.0
UPRIGHT_DEG = 15.0
"""Knees of real people that are bent by less stand."""
PARTS = {"squatting": ("single_leg_squat", 3), "turning": ("pivot", 2)}
"""Movement of the clips, and how many of the lines are used: of a trunk that turns, the shoulders' line says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """What changed since its start, + the free side lower."""

    clip: str
    move: str
    """Empty for real people."""
    lines: Floats
    """(n, 3) degrees: hips, lean, shoulders."""
    drop: Floats
    """(n,) degrees: of a trunk that turns what a low camera shows of it, too."""
    weight: float


def lines_of(path: Path, cache: Path | None, exercise: str = "single-leg-squat") -> tuple[Floats, Floats]:
    """(n,) s, (n, 5) smoothed: hips, lean and shoulders in degrees, + right side lower, or to the left; the left and the right
    heel, torso lengths below the ankle."""
    kept = cache / f"{path.stem}.npz" if cache else None
    if kept and kept.exists():
        raw = np.load(kept)
        times, lines = raw["t"], raw["lines"]
    else:
        with PosesOfFile(VideoFile(path), EXERCISES[exercise], model_file()) as found:
            poses = [pose for _, pose in found if pose is not None]
        times = np.array([pose.timestamp_s for pose in poses])
        lines = np.array([_lines(pose.image_xy) for pose in poses])
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.savez(kept, t=times, lines=lines)
    return times, smooth(times, lines, SMOOTHING_S)


def _lines(xy: Floats) -> list[float]:
    heels = [(xy[heel][1] - xy[ankle][1]) / torso_length(xy) for ankle, heel, _ in FOOT.values()]
    return [wb.hip_line_tilt(xy), wb.trunk_lean(xy), wb.shoulder_line_tilt(xy), *heels]


def repetitions(path: Path, cache: Path | None) -> Iterator[Repetition]:
    data = json.loads(gzip.decompress(path.with_name(f"{path.name.split('.')[0]}.json.gz").read_bytes()))
    spec: dict[str, Any] = data.get("spec", {})
    off_front = spec["cam"].get("az", 0.0) if spec else data["faces_deg_off_camera"]
    of_interest = spec.get("move") in {move for move, _ in PARTS.values()} if spec else "squat" in path.stem
    if abs(off_front) > FRONT_DEG or not of_interest:
        return
    times, lines = lines_of(path, cache)
    heel = LEVEL_HEEL
    if spec.get("move") == "pivot":
        heel = float(np.nanmedian(lines[:, 3 if spec["kw"]["stance"] == "L" else 4]))
    lines = lines[:, :3]
    true_times = np.array([f["t"] for f in data["frames"]])
    column = "pelvic_drop" if spec else "pelvic_obliquity_right_up"
    truth = np.interp(times, true_times, [f[column] for f in data["frames"]])
    signs = ((1 if spec["kw"]["stance"] == "L" else -1),) if spec else (1, -1)
    for start_s, end_s in data["reps_s"] if spec else bends(data):
        inside = np.flatnonzero((times >= start_s) & (times <= end_s) & np.isfinite(lines).all(axis=1))
        if len(inside) < 5:
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


def fit(reps: list[Repetition], used: int) -> Floats:
    """(used,) weights."""
    square, product, total = np.zeros((used, used)), np.zeros(used), 0.0
    for rep in reps:
        x, weight = rep.lines[:, :used], rep.weight / len(rep.lines)
        square += weight * x.T @ x
        product += weight * x.T @ rep.drop
        total += rep.weight
    return np.asarray(np.linalg.solve(square + RIDGE * total / 2 * np.eye(used), product), dtype=np.float64)


def extreme(values: Floats) -> float:
    return float(values[np.argmax(np.abs(values))])


def left_out(reps: list[Repetition], people: list[Repetition], used: int) -> LeftOut:
    errors = []
    for clip in dict.fromkeys(rep.clip for rep in reps):
        weights = fit([r for r in reps if r.clip != clip] + people, used)
        errors += [abs(float((r.lines[:, :used] @ weights).max()) - extreme(r.drop)) for r in reps if r.clip == clip]
    return LeftOut(error=round(float(np.mean(errors)), 2), unit="deg", repetitions=len(errors))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    options = parser.parse_args()
    paths = [p for folder in options.clips for p in sorted(folder.iterdir()) if p.suffix in (".mp4", ".mov")]
    paths = [p for p in paths if p.with_name(f"{p.stem}.json.gz").exists()]
    read = {path: list(repetitions(path, options.cache)) for path in paths}
    every = [rep for reps in read.values() for rep in reps]
    people = [rep for rep in every if not rep.move]
    values, errors = {}, {}
    for part, (move, used) in PARTS.items():
        reps = [rep for rep in every if rep.move == move]
        found = [*np.round(fit(reps + people, used), 2).tolist(), 0.0]
        values[part] = asdict(HipLine(*found[:3]))
        errors[f"{part}_hip_line"] = left_out(reps, people, used)
    finish("standing_drop", values, errors, [path for path, reps in read.items() if reps], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

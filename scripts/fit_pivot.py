"""Fits the weights of lifted_leg.py and pivoting_spine.py on people who turn on one leg and whose turns are known.

    python scripts/fit_pivot.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds rendered clips (NAME.mp4 beside NAME.json.gz) of single-leg pivots, best some 25 bodies; cameras within 20 degrees
of the front. Prints how well each clip is measured by weights found on all the others, and what would change; --write puts it
into formcheck/fitted/pivot.json. --cache keeps what was measured of each clip.

Least squares without a constant of the true turn about the pelvis' top, less that at the repetition's start, on what trunk,
lifted shank and joints show there: one row a repetition, all alike.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from fit_record import add_options, cached, clips_left_out, finish
from truth import Truth, clips_of, read_truth

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.exercises.pivot import BY_SHANK, BY_TRUNK, Pivot
from formcheck.frames import Floats, Observation
from formcheck.measurement.standing.pivoting_spine import SpineWeights, at_top, shoulders_on_hips
from formcheck.measurement.standing.turns import averaged, without_drift
from formcheck.measurement.weight_bearing.lifted_leg import PelvisShares
from formcheck.pose.model import model_file
from formcheck.results import Side
from formcheck.run.loop import surface_for
from formcheck.run.offline.poses import PosesOfFile
from formcheck.signals.smoothing import smooth

FRONT_DEG = 20.0
SMOOTHING_S = 0.06
TRUNK, SHANK, SHOWN, LINES = range(4)
DRIFTING = (TRUNK, SHOWN)
"""What is summed up from picture to picture, and drifts."""
PARTS = {
    "pelvis": ([TRUNK, SHANK], "pelvis"),
    "pelvis_by_shank": ([SHANK], "pelvis"),
    "spine": ([LINES, SHOWN, SHANK], "spine"),
}
"""What is read for which truth."""


@dataclass(frozen=True, slots=True, eq=False)
class Repetition:
    """At the pelvis' top, less the start, in degrees, + away from the stance leg."""

    clip: str
    shown: Floats
    """(4,)"""
    truth: dict[str, float]


def measure(path: Path, stance: Side) -> dict[str, Floats]:
    """t: (n,) s. shown: (n, 4) degrees, any offset: what trunk and shank show of the pelvis, weights and joints of the spine."""
    exercise, times, rows = EXERCISES["pivot"], [], []
    estimator, surface = Pivot(stance), surface_for(EXERCISES["pivot"])
    with PosesOfFile(VideoFile(path), exercise, model_file()) as found:
        for frame, pose in found:
            if pose is None:
                continue
            values = estimator.update(Observation(pose, surface.update(frame, pose)))
            lines = -stance.sign * shoulders_on_hips(pose)
            times.append(frame.timestamp_s)
            rows.append([values[BY_TRUNK], values[BY_SHANK], values["trunk_shown"], lines])
    return {"t": np.array(times), "shown": np.array(rows)}


def repetitions(path: Path, cache: Path | None) -> Iterator[Repetition]:
    data = read_truth(path)
    spec = data["spec"]
    if spec["move"] != "pivot" or abs(spec["cam"].get("az", 0.0)) > FRONT_DEG:
        return
    stance = Side.LEFT if spec["kw"]["stance"] == "L" else Side.RIGHT
    raw = cached(cache, path.stem, lambda: measure(path, stance))
    times, shown = raw["t"], smooth(raw["t"], raw["shown"], SMOOTHING_S)
    series, true_times = Truth().series("pivot", data), [f["t"] for f in data["frames"]]
    pelvis, spine = (np.interp(times, true_times, series[name]) for name in ("pelvis_rotation", "trunk_rotation"))
    for start_s, end_s in data["reps_s"]:
        start, end = np.searchsorted(times, (start_s, end_s + 1e-6)) - [0, 1]
        inside = slice(start, end + 1)
        since = [without_drift(times, v, start, end) if i in DRIFTING else v - v[start] for i, v in enumerate(shown.T)]
        tops = [
            at_top(times[inside], averaged(times, v, start, end)[inside], pelvis[inside]) if np.isfinite(v[start]) else np.nan
            for v in since
        ]
        true = {name: at_top(times[inside], v[inside], pelvis[inside]) for name, v in (("pelvis", pelvis), ("spine", spine))}
        yield Repetition(path.stem, np.array(tops), true)


def fit(reps: list[Repetition], part: str) -> Floats:
    """The weights of what this part reads."""
    read, truth = PARTS[part]
    x, y = np.array([r.shown[read] for r in reps]), np.array([r.truth[truth] for r in reps])
    return np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], dtype=np.float64)


def seen(reps: list[Repetition], part: str) -> list[Repetition]:
    return [r for r in reps if np.isfinite(r.shown[PARTS[part][0]]).all()]


def error(rep: Repetition, weights: Floats, part: str) -> float:
    """By how much the turn is read too large, degrees."""
    read, truth = PARTS[part]
    return float(rep.shown[read] @ weights) - rep.truth[truth]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    options = parser.parse_args()
    paths = clips_of(options.clips)
    read = {path: list(repetitions(path, options.cache)) for path in paths}
    every = [rep for reps in read.values() for rep in reps]
    found = {part: np.round(fit(seen(every, part), part), 2).tolist() for part in PARTS}
    errors = {part: clips_left_out(seen(every, part), partial(fit, part=part), partial(error, part=part)) for part in PARTS}
    values = {
        "pelvis": asdict(PelvisShares(*found["pelvis"], *found["pelvis_by_shank"])),
        "spine": asdict(SpineWeights(*found["spine"])),
    }
    finish("pivot", values, errors, [path for path, reps in read.items() if reps], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

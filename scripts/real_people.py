"""Holds the angles of every frame (angles.csv) against motion capture of real people: `validate.py --real DIR`.

DIR holds films beside NAME.json.gz with the truth, as ../shared/real_truth/README.md describes it. A camera cannot know the
laboratory's zero: turns, obliquity and knee flexion are compared less their medians, lean and FPPA as they are.
"""

import csv
import gzip
import json
import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.exercises import EXERCISES
from formcheck.frames import Floats
from formcheck.measurement.angles import ANGLES
from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import Request, analyze_video

ANY_STANDING = "single-leg-squat"
"""Angles do not depend on the exercise, only on whether people stand in it."""
AS_THEY_ARE = ("trunk_lean_left", "fppa_left", "fppa_right")
FEW = 10
"""Frames: of fewer nothing is said."""
FILMS = (".mov", ".mp4")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One angle of one film beside the capture's, degrees."""

    share: float
    """Of the capture's frames in which it was measured."""
    truth: tuple[float, float]
    error: float = math.nan
    """Mean, absolute."""
    still: float = math.nan
    """The same of saying that nothing moves: a measure that does not beat it knows nothing."""
    worst: float = math.nan
    correlation: float = math.nan
    drift: float = math.nan
    """Change of the error over the film, by a straight line."""


def agreement(name: str, times_s: Floats, values: Floats, true_times_s: Floats, true: Floats) -> Agreement:
    """name: of ANGLES. values: NaN where not measured."""
    inside = (times_s >= true_times_s[0]) & (times_s <= true_times_s[-1])
    seen = inside & np.isfinite(values)
    span = (float(true.min()), float(true.max()))
    share = float(seen.sum() / max(inside.sum(), 1))
    if seen.sum() < FEW:
        return Agreement(share, span)
    times_s, measured = times_s[seen], values[seen]
    truth = np.interp(times_s, true_times_s, true)
    if name not in AS_THEY_ARE:
        measured, truth = measured - np.median(measured), truth - np.median(truth)
    error = measured - truth
    moves = measured.std() > 0 and truth.std() > 0
    return Agreement(
        share,
        span,
        float(np.abs(error).mean()),
        float(np.abs(truth - np.median(truth)).mean()),
        float(np.abs(error).max()),
        float(np.corrcoef(measured, truth)[0, 1]) if moves else math.nan,
        float(np.polyfit(times_s, error, 1)[0] * (times_s[-1] - times_s[0])),
    )


def film_agreement(film: Path) -> tuple[dict[str, Any], dict[str, Agreement]]:
    """The truth's file, and each of ANGLES that it holds."""
    data = json.loads(gzip.decompress(film.with_suffix(".json.gz").read_bytes()))
    with tempfile.TemporaryDirectory() as folder:
        analyze_video(Request(film, EXERCISES[ANY_STANDING], Path(folder), model_file(), annotated=False))
        with (Path(folder) / "angles.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
    times_s = np.array([float(row["t_s"]) for row in rows])
    true_times_s = np.array([frame["t"] for frame in data["frames"]])
    found = {}
    for name in ANGLES:
        if name in data["frames"][0]:
            values = np.array([float(row[name] or "nan") for row in rows])
            true = np.array([frame[name] for frame in data["frames"]])
            found[name] = agreement(name, times_s, values, true_times_s, true)
    return data, found


def real_table(folder: Path, only: str = "") -> str:
    """Markdown: a line for each film and angle."""
    out = [
        "| film (camera off front) | angle | measured | true range | mean abs. error | of nothing moved | worst | r | drift |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for film in sorted(folder.iterdir()):
        if film.suffix in FILMS and only in film.name and film.with_suffix(".json.gz").exists():
            data, found = film_agreement(film)
            out += [_line(f"{film.stem} ({abs(data['faces_deg_off_camera']):.0f}°)", name, a) for name, a in found.items()]
    return "\n".join(out)


def _line(film: str, name: str, a: Agreement) -> str:
    low, high = a.truth
    start = f"| {film} | {name} | {a.share:.0%} | {low:.0f} to {high:.0f} "
    if math.isnan(a.error):
        return f"{start}| | | | | |"
    return f"{start}| {a.error:.1f} | {a.still:.1f} | {a.worst:.1f} | {a.correlation:.2f} | {a.drift:+.1f} |"

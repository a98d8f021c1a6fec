"""Fits how far off a change within one run or walk is measured: what formcheck/report/run_course.py lets a change exceed.

    python scripts/fit_run_change.py CLIPS_DIR [CLIPS_DIR ...] [--only WORD] [--cache DIR] [--write]

CLIPS_DIR holds rendered people on a treadmill (NAME.mp4 beside NAME.json.gz). Each clip is analysed as a film is; of each side
the mean of the second half of its stances less that of the first half is held against the truth of the same stances. What is
wrong in all stances alike cancels out there, and left over is what the picture makes of a change. Prints for each measure how far
off it is on average and at most, and what would change; --write puts the largest, rounded up, into
formcheck/fitted/run_change.json. --only takes the clips whose name holds a word; --cache keeps what was measured of each clip, so
that a second run takes a second.
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_record import add_options, finish
from validate import run_clip

from formcheck.results import Side
from formcheck.system.fitted_file import LeftOut

LEAST_STANCES = 8
"""Of a side: four in each half."""
UNITS = {"step_width": "m"}
DIGITS = {"step_width": 3}


@dataclass(frozen=True, slots=True)
class Measured:
    """One stance's measure beside its truth."""

    quantity: str
    side: str
    at_s: float
    value: float
    truth: float


def stances_of(video: Path, cache: Path | None) -> list[Measured]:
    kept = cache / f"{video.stem}.json" if cache else None
    if kept and kept.exists():
        return [Measured(*row) for row in json.loads(kept.read_text())]
    runner = run_clip(video).runner
    rows = []
    for stance in runner.stances if runner is not None else ():
        for quantity, truth in stance.truth.items():
            found = stance.found.measurements.get(quantity) if stance.found is not None else None
            if stance.found is not None and found is not None and found.value is not None:
                rows.append(Measured(quantity, stance.side.value, stance.found.peak_s, found.value, truth))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([[r.quantity, r.side, r.at_s, r.value, r.truth] for r in rows]))
    return rows


def errors(rows: Sequence[Measured]) -> Iterator[tuple[str, float]]:
    """Quantity, and by how much the measured change is larger than the true one; of each side."""
    for quantity in dict.fromkeys(row.quantity for row in rows):
        for side in Side:
            own = sorted((r.at_s, r.value - r.truth) for r in rows if r.quantity == quantity and r.side == side)
            if len(own) >= LEAST_STANCES:
                off = np.array([far for _, far in own])
                half = len(off) // 2
                yield quantity, float(off[half:].mean() - off[:half].mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="CLIPS_DIR")
    parser.add_argument("--only", default="", metavar="WORD", help="clips whose name holds this word")
    add_options(parser)
    options = parser.parse_args()
    videos = [
        video for folder in options.folders for video in sorted(folder.glob("*.mp4"))
        if options.only in video.stem and video.with_name(f"{video.stem}.json.gz").exists()
    ]  # fmt: skip
    far: dict[str, list[float]] = defaultdict(list)
    for video in videos:
        for quantity, off in errors(stances_of(video, options.cache)):
            far[quantity].append(abs(off))
    values = {}
    left_out = {}
    for quantity, found in far.items():
        digits, unit = DIGITS.get(quantity, 1), UNITS.get(quantity, "deg")
        values[quantity] = math.ceil(max(found) * 10**digits) / 10**digits
        left_out[quantity] = LeftOut(error=round(float(np.mean(found)), digits + 1), unit=unit, repetitions=len(found))
        print(f"{quantity}: {len(found)} changes, {np.mean(found):.3f} {unit} off on average, {max(found):.3f} at most")
    finish("run_change", {"within_a_run": values}, left_out, videos, options)


if __name__ == "__main__":
    main()

"""Fits the weights of formcheck/measurement/standing/turns.py on rendered people whose turns are known.

    python scripts/fit_rotation.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds clips (NAME.mp4 beside NAME.json.gz) of banded rotations, best some 25 bodies, and of a few single-leg pivots,
which only LEANING is fitted to; cameras within 20 degrees of the front. Prints how well each clip
is measured by weights found on all the others, and what would change; --write puts it into formcheck/fitted/standing_turns.json.
--cache keeps each clip's signals, so that a second run takes a second.

Ridge regression of the true change since a repetition's start on the signals' change since then. Turns to the right are
mirrored, each clip weighs the same, and frames far into the movement weigh more. Two things are asked of the weights beside a
good fit: to be small, and, for SWAY, that a trunk that leans a little does not read as one that turns.

Turns are read between a repetition's start and end, what has not come back by the end rising evenly. COUNTING, for the thorax'
turn, takes the arms and the head as well: it tells repetitions apart, and nothing of how well they were done.

Then, with each clip measured by the others' weights: the share of the thorax' turn that they show of a thorax that only rides
on the pelvis, the gain that a turn of the spine wants beyond that, and how far hands and elbows are from the shoulders.
"""

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fit_record import add_options, finish

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats, Observation
from formcheck.measurement.standing import trunk as standing
from formcheck.measurement.standing import trunk_signals
from formcheck.pose.model import model_file
from formcheck.run.loop import surface_for
from formcheck.run.offline.poses import PosesOfFile
from formcheck.signals.body import TorsoScale
from formcheck.signals.smoothing import smooth
from formcheck.system.fitted_file import LeftOut

FRONT_DEG = 20.0
RIDGE = 5e-2
SWAY = 0.004
"""Standard deviation, in torso lengths, of the sideways sway that the weights of PLANTED must bear."""
SMOOTHING_S = 0.06
LEAN = trunk_signals.ODD.index("lean")
ARMS = ("hands", "elbows")
FORMS = ("close", "straight")
STILL_DEG, TURNED_DEG = 6.0, 18.0
"""A spine, or arms, that turn no more than this ride along; a spine that turns as much as that does not."""
TOP = 0.85
LARGEST_GAIN = 1.7
"""Weights that show less than this share of a turn know too little of it to be blown up."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One clip's repetitions, mirrored so that every turn is to the left."""

    name: str
    form: str
    """"close" or "straight"; empty for a single-leg pivot."""
    signals: list[Floats]
    """Per repetition (n, odd + even): change since its start, without what has not come back by its end."""
    riders: list[Floats]
    """The same, (n, RIDERS), of what rides on the thorax."""
    arms: list[Floats]
    """Per repetition (n, 2) torso lengths beside the shoulders, + in the direction of the turn."""
    truth: list[Floats]
    """Per repetition (n, 3): change of pelvis, thorax on pelvis and hands on thorax, degrees."""
    weight: list[Floats]
    """Per repetition (n,)"""


def measure(path: Path) -> dict[str, Floats]:
    """Times and raw signals of every frame."""
    rows, arm_rows, rider_rows, times = [], [], [], []
    exercise = EXERCISES["banded-rotation"]
    trunk, scale, surface = trunk_signals.TrunkSignals(), TorsoScale(), surface_for(exercise)
    with PosesOfFile(VideoFile(path), exercise, model_file()) as found:
        for frame, pose in found:
            if pose is None:
                continue
            signals, torso = trunk.update(Observation(pose, surface.update(frame, pose))), scale.update(pose)
            arms = standing.arms(pose, torso)
            times.append(frame.timestamp_s)
            rows.append(np.concatenate([signals.odd, signals.even]))
            arm_rows.append([getattr(arms, name) for name in ARMS])
            rider_rows.append(standing.riders(pose, torso))
    found_rows = {"signals": rows, "arms": arm_rows, "riders": rider_rows}
    return {"t": np.array(times)} | {name: np.array(values) for name, values in found_rows.items()}


def load(path: Path, cache: Path | None) -> Clip | None:
    data = json.loads(gzip.decompress(path.with_suffix(".json.gz").read_bytes()))
    spec = data["spec"]
    planted = spec["move"] == "banded_rotation"
    if not (planted or spec["move"] == "pivot") or abs(spec["cam"].get("az", 0.0)) > FRONT_DEG:
        return None
    kept = cache / f"{path.stem}.npz" if cache else None
    if kept and kept.exists():
        raw = dict(np.load(kept))
    else:
        raw = measure(path)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            np.savez(kept, t=raw["t"], signals=raw["signals"], arms=raw["arms"], riders=raw["riders"])
    times = raw["t"]
    sign = spec["kw"]["toward"] if planted else -1 if spec["kw"]["stance"] == "L" else 1

    def smoothed(values: Floats) -> Floats:
        return np.stack([smooth(times, column, SMOOTHING_S) for column in values.T], axis=1)

    mirror = np.array([sign] * len(trunk_signals.ODD) + [1] * len(trunk_signals.EVEN))
    signals, arms, riders = smoothed(raw["signals"]) * mirror, smoothed(raw["arms"]) * sign, smoothed(raw["riders"]) * sign
    true_times = np.array([f["t"] for f in data["frames"]])

    def known(name: str) -> Floats:
        return np.asarray(np.interp(times, true_times, [f.get(name) or 0.0 for f in data["frames"]]))

    truth = sign * np.stack([known(name) for name in ("pelvis_yaw", "separation", "arm_yaw")], axis=1)
    amount = known("amount")
    reps = [np.flatnonzero((times >= start - 1e-6) & (times <= end + 1e-6)) for start, end in data["reps_s"]]
    reps = [i for i in reps if np.isfinite(signals[i]).all()]
    return Clip(
        name=path.stem,
        form=spec["kw"]["reach"] if planted else "",
        signals=[returned(signals[i]) for i in reps],
        riders=[returned(riders[i]) for i in reps],
        arms=[arms[i] for i in reps],
        truth=[truth[i] - truth[i[0]] for i in reps],
        weight=[(amount[i] + 0.02) / len(i) for i in reps],
    )


def returned(values: Floats) -> Floats:
    """(n, k) change since the first, without what has not come back by the last, rising evenly."""
    share = np.linspace(0.0, 1.0, len(values))[:, None]
    return np.asarray(values - values[0] - share * (values[-1] - values[0]))


def ridge(x: Floats, y: Floats, weight: Floats, bear: Floats) -> Floats:
    """(n, features), (n, targets) -> (features, targets). The penalty is on features of unit size; bear: (features,) standard
    deviation of a disturbance that the weights must bear."""
    good = np.isfinite(x).all(axis=1)
    x, y, weight = x[good], y[good], weight[good]
    size = np.sqrt((weight[:, None] * x**2).sum(axis=0) / weight.sum()) + 1e-9
    scaled = x / size
    square = (scaled * weight[:, None]).T @ scaled / weight.sum() + np.diag(RIDGE + (bear / size) ** 2)
    return np.linalg.solve(square, (scaled * weight[:, None]).T @ y / weight.sum()) / size[:, None]  # type: ignore[no-any-return]


def stacked(clips: list[Clip], name: str) -> Floats:
    return np.concatenate([rep for clip in clips for rep in getattr(clip, name)])


def fit_turns(clips: list[Clip], leaning: bool) -> Floats:
    """(odd + even, 2): degrees of pelvis and of thorax on pelvis per torso length."""
    clips = [clip for clip in clips if clip.form or leaning]
    bear = np.zeros(len(trunk_signals.ODD) + len(trunk_signals.EVEN))
    bear[LEAN] = 1e3 if leaning else SWAY
    x = stacked(clips, "signals")
    if leaning:
        bear[-len(trunk_signals.ZONES) :] = 1e3  # a leaning trunk spreads and narrows, too
    few = sum(not clip.form for clip in clips)
    alike = [np.full(sum(map(len, c.weight)), 1.0 if c.form else len(clips) / few - 1.0) for c in clips]  # both movements
    return ridge(x, stacked(clips, "truth")[:, :2], stacked(clips, "weight") * np.concatenate(alike), bear)


def fit_counting(clips: list[Clip]) -> Floats:
    """(odd + even + riders,): degrees of the thorax' turn per torso length."""
    clips = [clip for clip in clips if clip.form]
    x = np.concatenate([stacked(clips, "signals"), stacked(clips, "riders")], axis=1)
    thorax = stacked(clips, "truth")[:, :2].sum(axis=1, keepdims=True)
    return ridge(x, thorax, np.ones(len(x)), np.zeros(x.shape[1]))[:, 0]


def riding_and_gain(clips: list[Clip], turns: dict[str, Floats]) -> tuple[float, float]:
    """Of the thorax on the pelvis as the weights show it: its share of a riding thorax' turn, and the gain beyond that."""
    shares, beyond = [], []
    for clip in clips:
        for signals, truth in zip(clip.signals, clip.truth, strict=True):
            shown = signals @ turns[clip.name]
            thorax = shown.sum(axis=1)
            top = thorax >= TOP * np.nanmax(thorax)
            true = float(np.nanmax(np.abs(truth[:, 1])))
            if true <= STILL_DEG:
                shares.append(float(shown[top, 1].mean() / np.nanmax(thorax)))
            elif np.nanmax(truth[:, 1]) >= TURNED_DEG:
                beyond.append((true, float(shown[top, 1].mean()), float(thorax[top].mean())))
    riding = float(np.median(shares))
    print(f"    a riding thorax shows {riding:.3f} of its turn (standard deviation {np.std(shares):.3f})")
    true, shown, thorax = np.array(beyond).T
    more = shown - riding * thorax
    return riding, min(LARGEST_GAIN, float(true @ more / (more @ more)))


def reach(clips: list[Clip], form: str, which: int) -> float:
    """Torso lengths from the shoulders' middle to hands (0) or elbows (1) whose way makes the thorax' true turn."""
    lengths = np.geomspace(0.15, 2.0, 200)
    found = []
    for clip in clips:
        for arms, truth in zip(clip.arms, clip.truth, strict=True):
            turn = truth[:, 0] + truth[:, 1]
            peak = int(np.argmax(turn))
            if clip.form == form and np.abs(truth[:, 2]).max() <= STILL_DEG:
                pointed = np.degrees(np.arcsin(np.clip(arms[[0, peak], which] / lengths[:, None], -0.99, 0.99)))
                found.append(lengths[np.argmin(np.abs(pointed[:, 1] - pointed[:, 0] - turn[peak]))])
    return float(np.median(found)) if found else float("nan")


def extremes(values: list[Floats]) -> Floats:
    """(repetitions,) the largest change in the turn's direction."""
    return np.array([np.nanmax(v) for v in values])


def report(title: str, truth: Floats, found: Floats, turn: Floats) -> LeftOut:
    error = found - truth
    share = np.linalg.lstsq(np.column_stack([np.ones(len(turn)), turn]), np.abs(error), rcond=None)[0]
    wide = np.quantile(np.abs(error) / np.maximum(share @ [np.ones(len(turn)), turn], 1.0), 0.9) * share
    gates = ", ".join(
        f">{limit}: {np.mean(found[truth >= 18] > limit):.0%} of >=18, {np.mean(found[np.abs(truth) <= 6] > limit):.0%} of <=6"
        for limit in (10, 11, 12, 13)
    )
    mean = f"mean error {np.abs(error).mean():.1f}, bias {error.mean():+.1f}"
    print(f"{title}: {mean}, 90 % within {wide[0]:.1f} + {wide[1]:.2f} x turn; {gates}")
    return LeftOut(error=round(float(np.abs(error).mean()), 2), unit="deg", repetitions=len(error))


def fit(clips: list[Clip]) -> tuple[dict[str, Any], dict[str, LeftOut]]:
    """The values of standing_turns.json but for the arms, and how far off each clip is measured with weights found on the
    others."""
    rest = {clip.name: [other for other in clips if other is not clip] for clip in clips}
    values, left_out = {}, {}
    for name, leaning in (("leaning", True), ("planted", False)):
        turns = {clip.name: fit_turns(rest[clip.name], leaning) for clip in clips}
        judged = [clip for clip in clips if bool(clip.form) != leaning] or clips
        found = [s @ turns[clip.name] for clip in judged for s in clip.signals]
        true = [t for clip in judged for t in clip.truth]
        turn = extremes([f.sum(axis=1) for f in found])
        for i, part in enumerate(("pelvis", "thorax_on_pelvis")):
            title = f"{name}_{part}"
            left_out[title] = report(title, extremes([t[:, i] for t in true]), extremes([f[:, i] for f in found]), turn)
        riding, gain = riding_and_gain(judged, turns)
        weights = fit_turns(clips, leaning)
        pelvis, trunk = (weights_of(weights[:, i]) for i in range(2))
        values[name] = {"pelvis": pelvis, "trunk": trunk, "riding": round(riding, 3), "gain": round(gain, 2)}
    return values, left_out


def weights_of(column: Floats) -> dict[str, list[float]]:
    odd = len(trunk_signals.ODD)
    rounded = [round(w, 4) if abs(w) < 1 else round(w, 1) for w in column.tolist()]
    return {"odd": rounded[:odd], "even": rounded[odd : odd + len(trunk_signals.EVEN)]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    options = parser.parse_args()
    paths = [p for folder in options.clips for p in sorted(folder.glob("*.mp4")) if p.with_suffix(".json.gz").exists()]
    read = {path: load(path, options.cache) for path in paths}
    clips = [clip for clip in read.values() if clip is not None]
    values, left_out = fit(clips)
    hands, elbows = ({form: round(reach(clips, form, which), 2) for form in FORMS} for which in range(2))
    counting = fit_counting(clips)
    riders = [round(w, 1) for w in counting[-len(standing.RIDERS) :].tolist()]
    values["counting"] = {"trunk": weights_of(counting[: -len(standing.RIDERS)]), "riders": riders}
    values["arms"] = {"hands_reach": hands, "elbows_reach": elbows}
    finish("standing_turns", values, left_out, [path for path, clip in read.items() if clip is not None], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Finds the weights of formcheck/exercises/turns.py on rendered people whose turns are known.

    python scripts/fit_rotation.py CLIPS_DIR [--cache DIR]

CLIPS_DIR holds clips (NAME.mp4 beside NAME.json.gz) of banded rotations, best some 25 bodies, and of a few single-leg pivots,
which only LEANING is fitted to; cameras within 20 degrees of the front. Prints the table for turns.py, and how well each clip
is measured by weights found on all the others. --cache keeps each clip's signals, so that a second run takes a second.

Ridge regression of the true change since a repetition's start on the signals' change since then. Turns to the right are
mirrored, each clip weighs the same, and frames far into the movement weigh more. Two things are asked of the weights beside a
good fit: to be small, and, for SWAY, that a trunk that leans a little does not read as one that turns.
"""

import argparse
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.analysis.smoothing import smooth
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import standing
from formcheck.frames import Floats, Observation
from formcheck.motion.surface import TrunkSurface
from formcheck.pose.model import model_file
from formcheck.pose.person import choose_standing
from formcheck.pose.tracker import PoseTracker

FRONT_DEG = 20.0
RIDGE = 1e-2
SWAY = 0.004
"""Standard deviation, in torso lengths, of the sideways sway that the weights of PLANTED must bear."""
SMOOTHING_S = 0.06
LEAN = standing.ODD.index("lean")
ARMS = ("hands", "elbows")
FORMS = ("close", "straight")
ARM_GAIN = 1.3
"""Undoes part of the regression to the mean that comes of an uncertain thorax turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One clip's repetitions, mirrored so that every turn is to the left."""

    name: str
    form: str
    """"close" or "straight"; empty for a single-leg pivot."""
    signals: list[Floats]
    """Per repetition (n, odd + even): change since its start."""
    arms: list[Floats]
    """Per repetition (n, 2): change since its start."""
    truth: list[Floats]
    """Per repetition (n, 3): change of pelvis, thorax on pelvis and hands on thorax, degrees."""
    weight: list[Floats]
    """Per repetition (n,)"""


def measure(path: Path) -> dict[str, Floats]:
    """Times and raw signals of every frame."""
    rows, arm_rows, times = [], [], []
    trunk, scale, surface = standing.TrunkSignals(), standing.Scale(), TrunkSurface()
    with VideoFile(path) as source, PoseTracker(model_file(), choose_standing) as tracker:
        for frame in source.frames():
            pose = tracker.process(frame)
            seen = Observation(pose, surface.update(frame, pose))
            signals, (torso, _) = trunk.update(seen), scale.update(pose)
            arms = standing.arms(pose, torso)
            times.append(frame.timestamp_s)
            rows.append(np.concatenate([signals.odd, signals.even]))
            arm_rows.append([getattr(arms, name) for name in ARMS])
    return {"t": np.array(times), "signals": np.array(rows), "arms": np.array(arm_rows)}


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
            np.savez(kept, t=raw["t"], signals=raw["signals"], arms=raw["arms"])
    count = min(len(raw["t"]), len(data["frames"]))
    times = raw["t"][:count]
    sign = spec["kw"]["toward"] if planted else -1 if spec["kw"]["stance"] == "L" else 1

    def smoothed(values: Floats) -> Floats:
        return np.stack([smooth(times, column, SMOOTHING_S) for column in values[:count].T], axis=1)

    mirror = np.array([sign] * len(standing.ODD) + [1] * len(standing.EVEN))
    signals, arms = smoothed(raw["signals"]) * mirror, smoothed(raw["arms"]) * sign
    truth = sign * np.array([[f["pelvis_yaw"], f["separation"], f.get("arm_yaw", 0.0)] for f in data["frames"][:count]])
    amount = np.array([f["amount"] for f in data["frames"][:count]])
    reps = [np.flatnonzero((times >= start - 1e-6) & (times <= end + 1e-6)) for start, end in data["reps_s"]]
    return Clip(
        name=path.stem,
        form=spec["kw"]["reach"] if planted else "",
        signals=[signals[i] - np.nanmean(signals[i[:3]], axis=0) for i in reps],
        arms=[arms[i] - np.nanmean(arms[i[:3]], axis=0) for i in reps],
        truth=[truth[i] - truth[i[0]] for i in reps],
        weight=[(amount[i] + 0.02) / len(i) for i in reps],
    )


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
    bear = np.zeros(len(standing.ODD) + len(standing.EVEN))
    bear[LEAN] = 1e3 if leaning else SWAY
    x = stacked(clips, "signals")
    if leaning:
        bear[-len(standing.ZONES) :] = 1e3  # a leaning trunk spreads and narrows, too
    few = sum(not clip.form for clip in clips)
    alike = [np.full(sum(map(len, c.weight)), 1.0 if c.form else len(clips) / few - 1.0) for c in clips]  # both movements
    return ridge(x, stacked(clips, "truth")[:, :2], stacked(clips, "weight") * np.concatenate(alike), bear)


def arm_features(clip: Clip, turns: Floats) -> list[Floats]:
    """Per repetition (n, 3): the arms' signals and the thorax' turn as measured."""
    return [np.column_stack([a, (s @ turns).sum(axis=1)]) for a, s in zip(clip.arms, clip.signals, strict=True)]


def fit_arms(clips: list[Clip], turns: dict[str, Floats], form: str) -> Floats:
    """(2 + 1, 1): degrees of the hands on the thorax per torso length, and per degree of the thorax' turn."""
    some = [clip for clip in clips if clip.form == form]
    x = np.concatenate([rep for clip in some for rep in arm_features(clip, turns[clip.name])])
    return ridge(x, stacked(some, "truth")[:, 2:], stacked(some, "weight"), np.zeros(3))


def extremes(values: list[Floats]) -> Floats:
    """(repetitions,) the largest change in the turn's direction."""
    return np.array([np.nanmax(v) for v in values])


def report(title: str, truth: Floats, found: Floats, turn: Floats) -> None:
    error = found - truth
    share = np.linalg.lstsq(np.column_stack([np.ones(len(turn)), turn]), np.abs(error), rcond=None)[0]
    wide = np.quantile(np.abs(error) / np.maximum(share @ [np.ones(len(turn)), turn], 1.0), 0.9) * share
    gates = ", ".join(
        f">{limit}: {np.mean(found[truth >= 18] > limit):.0%} of >=18, {np.mean(found[np.abs(truth) <= 6] > limit):.0%} of <=6"
        for limit in (10, 11, 12, 13)
    )
    mean = f"mean error {np.abs(error).mean():.1f}, bias {error.mean():+.1f}"
    print(f"{title}: {mean}, 90 % within {wide[0]:.1f} + {wide[1]:.2f} x turn; {gates}")


def left_one_out(clips: list[Clip]) -> None:
    """Each clip measured with weights found on the others."""
    rest = {clip.name: [other for other in clips if other is not clip] for clip in clips}
    turns: dict[str, Floats] = {}
    for leaning in (True, False):
        turns = {clip.name: fit_turns(rest[clip.name], leaning) for clip in clips}
        judged = [clip for clip in clips if bool(clip.form) != leaning] or clips
        found = [s @ turns[clip.name] for clip in judged for s in clip.signals]
        true = [t for clip in judged for t in clip.truth]
        turn = extremes([f.sum(axis=1) for f in found])
        for i, name in enumerate(("pelvis", "thorax on pelvis")):
            title = f"{'LEANING' if leaning else 'PLANTED'} {name}"
            report(title, extremes([t[:, i] for t in true]), extremes([f[:, i] for f in found]), turn)
    for form in FORMS:
        some = [clip for clip in clips if clip.form == form]
        measured = [(f, fit_arms(rest[clip.name], turns, form)) for clip in some for f in arm_features(clip, turns[clip.name])]
        report(
            f"arms {form}",
            extremes([t[:, 2] for clip in some for t in clip.truth]),
            extremes([(f @ weights)[:, 0] for f, weights in measured]),
            extremes([f[:, -1] for f, _ in measured]),
        )


def show(title: str, names: tuple[str, ...], weights: Floats) -> None:
    values = ", ".join(f"{w:.4g}" if abs(w) < 1 else f"{w:.0f}" for w in weights)
    print(f"{title}: {', '.join(names)}\n    ({values})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, metavar="CLIPS_DIR")
    parser.add_argument("--cache", type=Path, metavar="DIR")
    options = parser.parse_args()
    paths = [p for p in sorted(options.clips.glob("*.mp4")) if p.with_suffix(".json.gz").exists()]
    clips = [clip for path in paths if (clip := load(path, options.cache)) is not None]
    left_one_out(clips)
    odd = len(standing.ODD)
    planted = fit_turns(clips, leaning=False)
    for leaning in (False, True):
        turns = fit_turns(clips, leaning)
        for i, name in enumerate(("pelvis", "trunk")):
            show(f"{'LEANING' if leaning else 'PLANTED'} {name} odd", standing.ODD, turns[:odd, i])
            show(f"{'LEANING' if leaning else 'PLANTED'} {name} even", standing.EVEN, turns[odd:, i])
    for form in FORMS:
        weights = fit_arms(clips, {clip.name: planted for clip in clips}, form)
        share = -weights[-1, 0]
        values = np.array([*weights[:-1, 0] / share, ARM_GAIN * share])
        show(f"ARMS {form}", (*ARMS, "share"), values)


if __name__ == "__main__":
    main()

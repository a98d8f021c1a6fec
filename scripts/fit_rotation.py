"""Fits the weights of formcheck/measurement/standing/turns.py on rendered people whose turns are known.

    python scripts/fit_rotation.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds clips (NAME.mp4 beside NAME.json.gz) of banded rotations, best some 25 bodies, and of a few single-leg pivots,
which only LEANING is fitted to; cameras within 20 degrees of the front. Prints how well each clip
is measured by weights found on all the others, and what would change; --write puts it into formcheck/fitted/standing_turns.json.
--cache keeps each clip's signals, so that a second run takes a second.

Ridge regression of the true turn at its top (where the thorax has turned by TOP of its most) on what the signals have changed by
then, one row a repetition: noise of single pictures is left out. Turns to the right are mirrored, each clip weighs the same. Two
things are asked of the weights beside a good fit: to be small, and, for SWAY, that a trunk that leans a little does not read as
one that turns. What has not come back by a repetition's end is taken to rise evenly. COUNTING, for the thorax' turn, takes the
arms and the head as well and is fitted to all pictures: it tells repetitions apart, and nothing of how well they were done.

Then, with each clip measured by the others' weights, as the program does it (turns.py): what share of the thorax' turn they show
of a thorax that only rides on the pelvis, how far this body's own share is to be trusted, the gain that a turn of the spine wants
beyond that; and how far hands and elbows are from the shoulders.
"""

import argparse
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from fit_record import add_options, cached, finish
from truth import clips_of

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Floats, Observation
from formcheck.measurement.standing import trunk as standing
from formcheck.measurement.standing import trunk_signals
from formcheck.measurement.standing.clothes import Clothes
from formcheck.measurement.standing.turns import TOP, Spine, TurnModel, Weights, averaged, without_drift
from formcheck.pose.model import model_file
from formcheck.run.loop import surface_for
from formcheck.run.offline.poses import PosesOfFile
from formcheck.signals.body import TorsoScale
from formcheck.signals.smoothing import smooth
from formcheck.system import fitted_file
from formcheck.system.fitted_file import LeftOut

FRONT_DEG = 20.0
RIDGE = 2e-2
LEANING_RIDGE = 5e-2
IDEAL_WEIGHT = 3.0
"""What a clip in which nothing stands between skin and camera counts against one that is as people are."""
SWAY = 0.004
"""Standard deviation, in torso lengths, of the sideways sway that the weights of PLANTED must bear."""
SMOOTHING_S = 0.06
LEAN = trunk_signals.ODD.index("lean")
SURFACE = [i for i, n in enumerate((*trunk_signals.ODD, *trunk_signals.EVEN)) if n == "lean" or n[-2:] in ("_0", "_1")]
JOINTS = [i for i, n in enumerate((*trunk_signals.ODD, *trunk_signals.EVEN)) if n == "lean" or n.endswith(("depth", "width"))]
"""What the two witnesses of the pelvis' turn read."""
ROUNDS = 3
"""Of fitting the witnesses to the clips that they say can be read."""
ARMS = ("hands", "elbows")
FORMS = ("close", "straight")
STILL_DEG, TURNED_DEG = 6.0, 18.0
"""A spine, or arms, that turn no more than this ride along; a spine that turns as much as that does not."""
RIDING_RIDGE = 2e-2
"""Of the three numbers that make a turn of the spine of what its weights show."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """One clip's repetitions, mirrored so that every turn is to the left."""

    name: str
    form: str
    """"close" or "straight"; empty for a single-leg pivot."""
    times: list[Floats]
    """Per repetition (n,) seconds."""
    signals: list[Floats]
    """Per repetition (n, odd + even): change since its start, without what has not come back by its end."""
    riders: list[Floats]
    """The same, (n, RIDERS), of what rides on the thorax."""
    arms: list[Floats]
    """Per repetition (n, 2) torso lengths beside the shoulders, + in the direction of the turn."""
    truth: list[Floats]
    """Per repetition (n, 3): change of pelvis, thorax on pelvis and hands on thorax, degrees."""

    @property
    def ideal(self) -> bool:
        """Whether nothing of what people wear and do was rendered."""
        return "_r" not in self.name.replace("_rotation", "")


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
            row = np.concatenate([signals.odd, signals.even])
            rows.append(row if signals.surface_seen else np.full_like(row, np.nan))
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
    raw = cached(cache, path.stem, lambda: measure(path))
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
    reps = [np.flatnonzero((times >= start - 1e-6) & (times <= end + 1e-6)) for start, end in data["reps_s"]]
    reps = [i for i in reps if np.isfinite(signals[i]).all()]
    return Clip(
        name=path.stem,
        form=spec["kw"]["reach"] if planted else "",
        times=[times[i] for i in reps],
        signals=[returned(times[i], signals[i]) for i in reps],
        riders=[returned(times[i], riders[i]) for i in reps],
        arms=[arms[i] for i in reps],
        truth=[truth[i] - truth[i[0]] for i in reps],
    )


def returned(times: Floats, values: Floats) -> Floats:
    """(n, k) change since the start, without what has not come back by the end."""
    return np.stack([without_drift(times, column, 0, len(times) - 1) for column in values.T], axis=1)


def ridge(x: Floats, y: Floats, weight: Floats, bear: Floats, penalty: float = RIDGE) -> Floats:
    """(n, features), (n, targets) -> (features, targets). The penalty is on features of unit size; bear: (features,) standard
    deviation of a disturbance that the weights must bear."""
    good = np.isfinite(x).all(axis=1)
    x, y, weight = x[good], y[good], weight[good]
    size = np.sqrt((weight[:, None] * x**2).sum(axis=0) / weight.sum()) + 1e-9
    scaled = x / size
    square = (scaled * weight[:, None]).T @ scaled / weight.sum() + np.diag(penalty + (bear / size) ** 2)
    return np.linalg.solve(square, (scaled * weight[:, None]).T @ y / weight.sum()) / size[:, None]  # type: ignore[no-any-return]


def stacked(clips: list[Clip], name: str) -> Floats:
    return np.concatenate([rep for clip in clips for rep in getattr(clip, name)])


def at_top(clip: Clip, name: str) -> Floats:
    """(repetitions, k) means while the thorax has truly turned by TOP of its most."""
    thorax = [truth[:, :2].sum(axis=1) for truth in clip.truth]
    return np.array([v[t >= TOP * t.max()].mean(axis=0) for v, t in zip(getattr(clip, name), thorax, strict=True)])


def fit_turns(clips: list[Clip], leaning: bool) -> Floats:
    """(odd + even, 2): degrees of pelvis and of thorax on pelvis per torso length."""
    clips = [clip for clip in clips if clip.signals and (clip.form or leaning)]
    bear = np.zeros(len(trunk_signals.ODD) + len(trunk_signals.EVEN))
    bear[LEAN] = 1e3 if leaning else SWAY
    if leaning:
        bear[-len(trunk_signals.ZONES) :] = 1e3  # a leaning trunk spreads and narrows, too
    few = max(1, sum(not clip.form for clip in clips))
    usual = [IDEAL_WEIGHT if c.ideal and not leaning else 1.0 for c in clips]
    each = [w if c.form else len(clips) / few - 1.0 for c, w in zip(clips, usual, strict=True)]
    alike = [np.full(len(c.signals), weight / len(c.signals)) for c, weight in zip(clips, each, strict=True)]
    x, y = (np.concatenate([at_top(clip, name) for clip in clips]) for name in ("signals", "truth"))
    return ridge(x, y[:, :2], np.concatenate(alike), bear, LEANING_RIDGE if leaning else RIDGE)


def fit_witnesses(clips: list[Clip]) -> tuple[Floats, Floats]:
    """(odd + even,) twice: the pelvis' turn by the surface about the hips alone, and by the joints alone, on the clips whose
    clothes go along by what the two say."""
    read = clips = [clip for clip in clips if clip.signals and clip.form]
    found: tuple[Floats, Floats] = (np.zeros(0), np.zeros(0))
    for _ in range(ROUNDS):
        x, y = (np.concatenate([at_top(clip, name) for clip in read]) for name in ("signals", "truth"))
        alike = np.concatenate([np.full(len(c.signals), 1.0 / len(c.signals)) for c in read])
        found = _only(x, y, alike, SURFACE), _only(x, y, alike, JOINTS)
        read = [clip for clip in clips if not hang(clip, found)[-1]]
    return found


def _only(x: Floats, y: Floats, weight: Floats, columns: list[int]) -> Floats:
    weights = np.zeros(x.shape[1])
    bear = np.array([SWAY if i == LEAN else 0.0 for i in columns])
    weights[columns] = ridge(x[:, columns], y[:, :1], weight, bear)[:, 0]
    return weights


def hang(clip: Clip, witnesses: tuple[Floats, Floats]) -> list[bool]:
    """Per repetition, whether the clothes hang still by what the set showed so far."""
    clothes = Clothes()
    return [clothes.learn(float(shown @ witnesses[0]), float(shown @ witnesses[1])) for shown in at_top(clip, "signals")]


def fit_counting(clips: list[Clip]) -> Floats:
    """(odd + even + riders,): degrees of the thorax' turn per torso length."""
    clips = [clip for clip in clips if clip.form]
    x = np.concatenate([stacked(clips, "signals"), stacked(clips, "riders")], axis=1)
    thorax = stacked(clips, "truth")[:, :2].sum(axis=1, keepdims=True)
    return ridge(x, thorax, np.ones(len(x)), np.zeros(x.shape[1]), LEANING_RIDGE)[:, 0]


def largest(times: Floats, values: Floats) -> float:
    return float(np.nanmax(averaged(times, values, 0, len(times) - 1)))


def fit_riding(clips: list[Clip], turns: dict[str, Floats]) -> TurnModel:
    """What the program makes of the weights' thorax on pelvis; its own weights are left empty."""
    none = TurnModel(Weights((), ()), Weights((), ()), 0.0, 0.0, 1.0)
    rows, true = [], []
    for clip in clips:
        spine = Spine(none)
        for times, signals, truth in zip(clip.times, clip.signals, clip.truth, strict=True):
            pelvis, shown = (signals @ turns[clip.name]).T
            spine.learn(shown, pelvis + shown)
            thorax = largest(times, pelvis + shown)
            rows.append([largest(times, shown), thorax, spine.share * thorax])
            true.append(truth[np.argmax(np.abs(truth[:, 1])), 1])
    found = ridge(np.array(rows), np.array(true)[:, None], np.ones(len(rows)), np.zeros(3), RIDING_RIDGE)[:, 0]
    gain, riding, trust = float(found[0]), float(-found[1] / found[0]), float(-found[2] / found[0])
    return TurnModel(none.pelvis, none.trunk, round(riding, 3), round(trust, 3), round(gain, 2))


def read_as_the_program_does(
    clip: Clip, weights: Floats, model: TurnModel, still: list[bool]
) -> list[tuple[float, float, float]]:
    """Per repetition the largest turn of pelvis, thorax on pelvis, and thorax. still: whether nothing is learned from it."""
    spine, found = Spine(model), []
    for times, signals, hangs in zip(clip.times, clip.signals, still, strict=True):
        pelvis, shown = (signals @ weights).T
        if not hangs:
            spine.learn(shown, pelvis + shown)
        trunk = spine.turn(shown, pelvis + shown)
        found.append((largest(times, pelvis), largest(times, trunk), largest(times, pelvis + trunk)))
    return found


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


def fit(clips: list[Clip], parts: dict[str, bool]) -> tuple[dict[str, Any], dict[str, LeftOut]]:
    """The values of standing_turns.json but for the arms, and how far off each clip is measured with all that was found on the
    others. parts: name -> whether these bodies balance on one leg and lean."""
    values: dict[str, Any] = {}
    left_out: dict[str, LeftOut] = {}
    for name, leaning in parts.items():
        judged = [clip for clip in clips if bool(clip.form) != leaning and clip.signals]
        rest = {clip.name: [other for other in clips if other is not clip] for clip in judged}
        still = {clip.name: [not leaning and h for h in hang(clip, fit_witnesses(rest[clip.name]))] for clip in judged}
        fitted = {body: [c for c in others if leaning or not (still.get(c.name) or [False])[-1]] for body, others in rest.items()}
        turns = {clip.name: fit_turns(fitted[clip.name], leaning) for clip in judged}
        found: list[tuple[float, float, float]] = []
        for clip in judged:
            others = [other for other in judged if other is not clip and not still[other.name][-1]]
            found += read_as_the_program_does(clip, turns[clip.name], fit_riding(others, turns), still[clip.name])
        read = np.array(found)
        true = np.array([[v[np.argmax(np.abs(v))] for v in t[:, :2].T] for clip in judged for t in clip.truth])
        ideal = np.array([clip.ideal for clip in judged for _ in clip.truth])
        told = np.array([not h for clip in judged for h in still[clip.name]])
        print(f"{name}: clothes that hang still: " + ", ".join(c.name for c in judged if still[c.name][-1]))
        for i, part in enumerate(("pelvis", "thorax_on_pelvis")):
            for kind, some in (("", told), (" ideal", told & ideal), (" realistic", told & ~ideal), (" hanging still", ~told)):
                if some.any():
                    far = report(f"{name}_{part}{kind}", true[some, i], read[some, i], read[some, 2])
                    left_out |= {} if kind else {f"{name}_{part}": far}
        follow = [clip for clip in judged if not still[clip.name][-1]]
        model = fit_riding(follow, turns)
        weights = fit_turns(clips if leaning else follow, leaning)
        pelvis, trunk = (weights_of(weights[:, i]) for i in range(2))
        values[name] = {"pelvis": pelvis, "trunk": trunk, "riding": model.riding, "trust": model.trust, "gain": model.gain}
    return values, left_out


def weights_of(column: Floats) -> dict[str, list[float]]:
    odd = len(trunk_signals.ODD)
    rounded = [round(w, 4) if abs(w) < 1 else round(w, 1) for w in column.tolist()]
    return {"odd": rounded[:odd], "even": rounded[odd : odd + len(trunk_signals.EVEN)]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIPS_DIR")
    add_options(parser)
    parser.add_argument("--only-planted", action="store_true", help="fit planted and witnesses, and leave the rest as it is")
    options = parser.parse_args()
    paths = clips_of(options.clips)
    read = {path: load(path, options.cache) for path in paths}
    clips = [clip for clip in read.values() if clip is not None]
    parts = {"planted": False} if options.only_planted else {"leaning": True, "planted": False}
    values, left_out = fit(clips, parts)
    surface, joints = fit_witnesses(clips)
    values["witnesses"] = {"surface": weights_of(surface), "joints": weights_of(joints)}
    if options.only_planted:
        kept = fitted_file.read("standing_turns")
        values, left_out = {**kept.values, **values}, {**kept.left_out, **left_out}
    else:
        hands, elbows = ({form: round(reach(clips, form, which), 2) for form in FORMS} for which in range(2))
        counting = fit_counting(clips)
        riders = [round(w, 1) for w in counting[-len(standing.RIDERS) :].tolist()]
        values["counting"] = {"trunk": weights_of(counting[: -len(standing.RIDERS)]), "riders": riders}
        values["arms"] = {"hands_reach": hands, "elbows_reach": elbows}
    finish("standing_turns", values, left_out, [path for path, clip in read.items() if clip is not None], options)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Fits the numbers of the lying trunk's model to rendered clips with known truth, and prints what would change.

    python scripts/fit_pelvis.py CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

CLIPS_DIR holds NAME.mp4 with NAME.json.gz beside it (clams and sidelying external rotations; others are passed over). --write
puts the result into formcheck/fitted/lying_trunk.json. Each clip is also measured with numbers found on the clips of other
bodies. Judge the result on other clips.
"""

import argparse
import dataclasses
import gzip
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from fit_record import add_options, finish, folds

from formcheck.capture.video_file import VideoFile
from formcheck.frames import CameraMotion, Floats, Observation, PoseFrame, SurfaceFrame
from formcheck.measurement.lying.pelvis import BANDS, COLUMNS, EDGE, Track, moved_cells, track
from formcheck.measurement.lying.surface_fit import (
    CHEST,
    HIKE,
    LIFT,
    MOTIONS,
    OPENING,
    ROLL,
    TRUNK,
    Noise,
    PelvisFit,
    Section,
    TrunkModel,
)
from formcheck.measurement.repetition import RepWindow
from formcheck.motion.surface import TrunkSurface
from formcheck.pose.model import model_file
from formcheck.pose.person import choose_lying
from formcheck.pose.tracker import PoseTracker
from formcheck.results import Side
from formcheck.system.fitted_file import LeftOut

FRONT_DEG = 25.0
TETHER = 30.0
"""How firmly the numbers are held near where they were: what the clips hardly tell of must not run off."""
HELD = 1e3
"""The belly is not fitted: clams alone say 0.11, rotations with the hips bent further 0.02; 0.05 errs least over all."""
SCALE = 0.006
"""Torso lengths: what a cell's misfit is measured in."""
NAMES = {"clam": ("opening", "feet_gap"), "sidelying_er": ("er", "knee_lift")}


class Clip(NamedTuple):
    video: Path
    truth: dict[str, Any]
    observations: list[Observation]

    @property
    def clam(self) -> bool:
        return bool(self.truth["spec"]["move"] == "clam")

    @property
    def top(self) -> Side:
        return Side.LEFT if self.truth["spec"]["kw"].get("top", "L") == "L" else Side.RIGHT

    @property
    def body(self) -> str:
        """The same for clips of the same person."""
        return json.dumps(self.truth["spec"]["body"], sort_keys=True)

    def camera(self, name: str) -> float:
        return float(self.truth["spec"]["cam"].get(name, 0.0))


class Case(NamedTuple):
    """One repetition at its extreme."""

    clip: Clip
    cells: Floats
    motion: Floats
    """(motions,) degrees, the truth."""
    leg: tuple[float, float]
    """Opening and feet gap, or rotation and knee lift."""
    track: Track
    at: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="+")
    add_options(parser)
    arguments = parser.parse_args()
    clips = [clip for folder in arguments.clips for clip in read_clips(folder, arguments.cache)]
    if not clips:
        print(f"no clips of lying exercises with their truth in {arguments.clips[0]}", file=sys.stderr)
        return 2
    front = [clip for clip in clips if abs(clip.camera("az")) < FRONT_DEG]
    found = [case for clip in front for case in cases(clip)]
    print(f"{len(clips)} clips, {len(found)} repetitions in front views\n")
    errors = np.concatenate([errors_of(fit_trunk(rest), left) for rest, left in folds(found, lambda case: case.clip.body)])
    roll, hike = np.abs(errors).mean(axis=0)
    left_out = {
        "pelvic_roll": LeftOut(error=round(float(roll), 2), unit="deg", repetitions=len(errors)),
        "pelvic_hike": LeftOut(error=round(float(hike), 2), unit="deg", repetitions=len(errors)),
    }
    model, noise = fit_trunk(found)
    values = {"model": model, "noise": Noise(along=rounded(noise[:, 0]), across=rounded(noise[:, 1]))}
    finish("lying_trunk", values, left_out, [clip.video for clip in front], arguments)
    return 0


def read_clips(folder: Path, cache: Path | None) -> Iterator[Clip]:
    for path in sorted(folder.glob("*.json.gz")):
        truth = json.loads(gzip.decompress(path.read_bytes()))
        video = path.with_name(path.name.removesuffix(".json.gz") + ".mp4")
        if truth["spec"]["move"] in NAMES and video.exists():
            observations = observe(video, cache)
            truth["frames"] = truth["frames"][: len(observations)]
            yield Clip(video, truth, observations[: len(truth["frames"])])


def observe(video: Path, cache: Path | None) -> list[Observation]:
    kept = None if cache is None else cache / f"{video.stem}.npz"
    if kept is None or not kept.exists():
        observations = list(tracked(video))
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            surfaces = [o.surface for o in observations if o.surface is not None]
            np.savez_compressed(
                kept,
                t=[o.timestamp_s for o in observations],
                xy=[o.pose.image_xy for o in observations],
                world=[o.pose.world_xyz for o in observations],
                shift=[surface.shift for surface in surfaces],
                camera=[surface.camera.matrix for surface in surfaces],
            )
        return observations
    stored = np.load(kept)
    rows = zip(*(stored[name] for name in ("t", "xy", "world", "shift", "camera")), strict=True)
    blank = np.zeros((BANDS, COLUMNS))
    return [
        Observation(
            PoseFrame(i, float(t), (0, 0), xy, world, np.ones(len(xy))),
            SurfaceFrame(float(t), shift, blank.astype(np.int64), blank, CameraMotion(camera)),
        )
        for i, (t, xy, world, shift, camera) in enumerate(rows)
    ]


def tracked(video: Path) -> Iterator[Observation]:
    print(f"tracking {video.name}", file=sys.stderr)
    source, surface = VideoFile(video), TrunkSurface()
    with PoseTracker(model_file(), choose_lying) as tracker:
        for frame in source.frames():
            pose = tracker.process(frame)
            yield Observation(pose, surface.update(frame, pose))
    source.close()


def cases(clip: Clip) -> Iterator[Case]:
    frames = clip.truth["frames"]
    times = np.array([o.timestamp_s for o in clip.observations])
    share = clip.truth["spec"]["kw"].get("trunk_follow", 0.6 if clip.clam else 0.5)
    for start_s, end_s in clip.truth["reps_s"]:
        start, end = (int(np.argmin(np.abs(times - t))) for t in (start_s, end_s))
        amount = [frame["amount"] for frame in frames[start : end + 1]]
        at = int(np.argmax(amount))
        rep = RepWindow(times, {}, clip.observations, start, start + at, end, clip.top)
        moved, seen = moved_cells(rep, clip.top), track(rep, clip.top)
        if moved is None or seen is None:
            continue

        def extent(name: str, at: int = at, start: int = start, end: int = end) -> float:
            ends = [frames[i][name] for i in (start, end)]
            return float(frames[start + at][name] - np.interp(at, [0, end - start], ends))

        leg = tuple(extent(name) for name in NAMES[clip.truth["spec"]["move"]])
        motion = np.zeros(MOTIONS)
        motion[ROLL], motion[CHEST], motion[HIKE] = extent("pelvis_roll"), share * extent("pelvis_roll"), extent("pelvis_hike")
        motion[OPENING if clip.clam else LIFT] = leg[0 if clip.clam else 1]
        yield Case(clip, moved[at], motion, (leg[0], leg[1]), seen, at)


def fit_trunk(found: list[Case]) -> tuple[TrunkModel, Floats]:
    """The model, and (bands, 2) what it leaves."""
    moved, motion = np.array([c.cells for c in found]), np.array([c.motion for c in found])
    model = fitted_model(moved, motion)
    noise = noise_of(moved - motion @ templates(model).T)
    return rescaled(model, found, noise), noise


def errors_of(fitted: tuple[TrunkModel, Floats], found: list[Case]) -> Floats:
    """(cases, 2) degrees by which roll and hike are off."""
    solved = motions(*fitted, found)
    truth = np.array([case.motion for case in found])
    return np.stack([solved[:, 0] - truth[:, ROLL], solved[:, 1] - truth[:, HIKE]], axis=1)


def motions(model: TrunkModel, noise: Floats, found: list[Case]) -> Floats:
    """(cases, 2) roll and hike as the program reads them from the cells."""
    fits = {clam: PelvisFit(BANDS, COLUMNS, EDGE, clam=clam, model=model, noise=noise) for clam in (True, False)}
    read = [fits[case.clip.clam].whole(case.cells[None]) for case in found]
    return np.array([(motion.roll[0], motion.hike[0]) for motion in read])


def rounded(values: Floats) -> tuple[float, ...]:
    return tuple(values.round(4).tolist())


def templates(model: TrunkModel) -> Floats:
    return model.templates(BANDS, COLUMNS, EDGE).reshape(-1, MOTIONS)


def numbers(model: TrunkModel) -> Floats:
    """All numbers of a model in a row."""
    parts = (getattr(model, field.name) for field in dataclasses.fields(model))
    return np.hstack([dataclasses.astuple(part) if isinstance(part, Section) else part for part in parts])


def model_of(values: Floats) -> TrunkModel:
    rest = iter(values.tolist())
    out: dict[str, Any] = {}
    for field in dataclasses.fields(TrunkModel):
        like = getattr(TRUNK, field.name)
        if isinstance(like, Section):
            out[field.name] = Section(*(next(rest) for _ in range(4)))
        elif isinstance(like, tuple):
            out[field.name] = tuple(next(rest) for _ in like)
        else:
            out[field.name] = next(rest)
    return TrunkModel(**out)


def fitted_model(moved: Floats, motion: Floats) -> TrunkModel:
    """Levenberg-Marquardt with Cauchy weights: a cell on an arm or a fold must not pull."""
    seen = np.isfinite(moved)
    start = numbers(TRUNK)
    values, damping, cost = start.copy(), 1.0, math.inf
    tether = TETHER / (0.5 * np.abs(start) + 0.02)
    tether[numbers(dataclasses.replace(TRUNK, belly=TRUNK.belly + 1.0)) != start] *= HELD

    def misfit(at: Floats) -> Floats:
        return np.where(seen, moved - motion @ templates(model_of(at)).T, 0.0).ravel() / SCALE

    for _ in range(80):
        left = misfit(values)
        weight = 1 / (1 + left**2)
        slope = np.stack([(misfit(values + step) - left) / step.sum() for step in 1e-4 * np.eye(len(values))], axis=1)
        normal = slope.T @ (weight[:, None] * slope) + np.diag(tether**2)
        pull = slope.T @ (weight * left) + tether**2 * (values - start)
        trial = values - np.linalg.solve(normal + damping * np.diag(np.diag(normal)), pull)
        reached = float(np.log1p(misfit(trial) ** 2).sum() + ((trial - start) ** 2 * tether**2).sum())
        if reached < cost:
            values, cost, damping = trial, reached, damping / 3
        else:
            damping *= 4
    return model_of(values)


def noise_of(left: Floats) -> Floats:
    """(bands, 2) standard deviations of what is left, far outliers reined in."""
    left = left.reshape(-1, BANDS, COLUMNS, 2)
    middle = 1.4826 * np.nanmedian(np.abs(left), axis=(0, 2))
    reined = np.clip(left, -4 * middle[:, None], 4 * middle[:, None])
    return np.sqrt(np.nanmean(reined**2, axis=(0, 2)))  # type: ignore[no-any-return]


def rescaled(model: TrunkModel, found: list[Case], noise: Floats) -> TrunkModel:
    """Depths such that a roll is neither under- nor overstated on the whole: fits with outliers reined in are shy."""
    for _ in range(3):
        pairs = np.array([(roll, case.motion[ROLL]) for (roll, _), case in zip(motions(model, noise, found), found, strict=True)])
        large = pairs[np.abs(pairs[:, 1]) > 8]
        gain = float((large[:, 0] * large[:, 1]).sum() / (large[:, 1] ** 2).sum())
        model = dataclasses.replace(model, pelvis=deeper(model.pelvis, gain), chest=deeper(model.chest, gain))
    error = pairs[:, 0] - pairs[:, 1]
    print(f"roll: mean absolute error {np.abs(error).mean():.2f}, gain before scaling {gain:.3f}")
    return model_of(numbers(model).round(4))


def deeper(part: Section, gain: float) -> Section:
    return dataclasses.replace(part, front=part.front * gain, bulge=part.bulge * gain, tilt=part.tilt * gain)


if __name__ == "__main__":
    sys.exit(main())

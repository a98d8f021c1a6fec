"""Fits the numbers of the lying camera and legs to stills and clips of rendered people with known truth, and prints what would
change.

    python scripts/fit_lying.py STILLS_DIR CLIPS_DIR [CLIPS_DIR ...] [--cache DIR] [--write]

STILLS_DIR holds what scripts/render_stills.py writes, NAME.pkl each; CLIPS_DIR what scripts/fit_pelvis.py takes. The camera's
azimuth comes from all stills, hip opening and external rotation from both. --write puts the result into
formcheck/fitted/lying_legs.json. Each body is also measured with numbers found on the others. Judge the result on other bodies.
"""

import argparse
import math
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

import cv2
import numpy as np
from fit_pelvis import FRONT_DEG, Case, cases, read_clips
from fit_record import add_options, finish, folds

from formcheck.frames import Floats, Frame
from formcheck.measurement.lying.posture import turn, with_side_up
from formcheck.measurement.lying.upper_leg import foot_rise, height_over_line
from formcheck.pose.model import model_file
from formcheck.pose.person import choose_lying
from formcheck.pose.tracker import PoseTracker
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, exchanged
from formcheck.signals.camera_angle import lying_slopes
from formcheck.system.fitted_file import LeftOut

T = TypeVar("T", "View", "Sample")
Values: TypeAlias = dict[str, Any]

HELD_FRAMES = 6
"""How often a still is shown to the tracker, as a video shows a pose that lasts."""
FEET_APART_DEG = 8.0
"""Feet farther apart are no clam: hip opening is not fitted to them."""
SMALLEST = 0.03
"""Torso lengths: a smaller error of a reach weighs no more."""


class Body(NamedTuple):
    """One rendered person: a resting pose and a few others, each with its truth."""

    name: str
    clam: bool
    top: Side
    azimuth: float
    """Of the camera, degrees, as the renderer has it."""
    poses: list[Floats]
    """(33, 2) px, swaps undone, the first at rest."""
    world: list[Floats]
    truth: list[dict[str, float]]


class Sample(NamedTuple):
    """One movement of a leg, from a still or a clip."""

    rest: Floats
    moved: Floats
    """(33, 2) px"""
    top: Side
    angle: float
    """Hip opening or external rotation, degrees."""
    beside: float
    """Feet gap or knee lift, degrees."""
    body: str


class View(NamedTuple):
    """One pose, for the camera's azimuth."""

    slopes: Floats
    """(3,) of body and trunk, degrees, and 1."""
    azimuth: float
    """Toward the feet, degrees."""
    body: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stills", type=Path)
    parser.add_argument("clips", type=Path, nargs="+")
    add_options(parser)
    arguments = parser.parse_args()
    files = sorted(arguments.stills.glob("*.pkl"))
    bodies = [body for path in files for body in read_bodies(path, arguments.cache)]
    clips = [clip for folder in arguments.clips for clip in read_clips(folder, arguments.cache)]
    front = [clip for clip in clips if abs(clip.camera("az")) < FRONT_DEG]
    found = [case for clip in front for case in cases(clip)]
    seen = [body for body in bodies if abs(body.azimuth) < FRONT_DEG]
    print(f"{len(bodies)} bodies, {len(seen)} of them and {len(found)} repetitions in front views\n")
    views = views_of(bodies)
    clams = samples_of([b for b in seen if b.clam], [c for c in found if c.clip.clam], "opening", "feet_gap")
    turns = samples_of([b for b in seen if not b.clam], [c for c in found if not c.clip.clam], "er", "knee_lift")
    left_out = {
        "camera_azimuth": left_out_error(views, fit_camera, lambda view, fit: float(view.slopes @ fit["azimuth"]) - view.azimuth),
        "hip_opening": left_out_error(clams, fit_clam, lambda s, fit: opening(s, [fit["knees_apart"], *fit["reach"]]) - s.angle),
        "hip_external_rotation": left_out_error(turns, fit_rotation, lambda s, fit: rotation(s, length_of(s, fit)) - s.angle),
    }
    values = {"camera": fit_camera(views), "clam": fit_clam(clams), "sidelying_er": fit_rotation(turns)}
    finish("lying_legs", values, left_out, [*files, *(clip.video for clip in front)], arguments)
    return 0


def left_out_error(items: list[T], fit: Callable[[list[T]], Values], error: Callable[[T, Values], float]) -> LeftOut:
    """Each item measured with numbers found on the other bodies."""
    errors = [
        abs(error(item, values)) for rest, left in folds(items, lambda i: i.body) for values in [fit(rest)] for item in left
    ]
    return LeftOut(error=round(float(np.mean(errors)), 2), unit="deg", repetitions=len(errors))


def views_of(bodies: list[Body]) -> list[View]:
    return [
        View(np.array([*lying_slopes(xy, world), 1.0]), toward_feet(xy, body.azimuth), body.name)
        for body in bodies
        for xy, world in zip(body.poses, body.world, strict=True)
    ]


def samples_of(bodies: list[Body], found: list[Case], angle: str, beside: str) -> list[Sample]:
    stills = [
        Sample(b.poses[0], pose, b.top, truth[angle], truth[beside], b.name)
        for b in bodies
        for pose, truth in zip(b.poses[1:], b.truth[1:], strict=True)
    ]
    return stills + [Sample(c.track.rest, c.track.xy[c.at], c.clip.top, *c.leg, c.clip.body) for c in found]


def read_bodies(path: Path, cache: Path | None) -> list[Body]:
    kept = None if cache is None else cache / f"{path.stem}.poses.pkl"
    if kept is not None and kept.exists():
        people = pickle.loads(kept.read_bytes())
    else:
        people = pickle.loads(path.read_bytes())
        for i, person in enumerate(people):
            print(f"{path.name}: {i + 1} of {len(people)}", file=sys.stderr)
            track_stills(person["frames"])
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(people))
    return [
        body_of(f"{path.stem} {i}", person)
        for i, person in enumerate(people)
        if all(np.isfinite(f["xy"]).all() for f in person["frames"])
    ]


def track_stills(stills: list[dict[str, Any]]) -> None:
    """Puts beside each still what MediaPipe sees in it."""
    with PoseTracker(model_file(), choose_lying) as tracker:
        index = 0
        for still in stills:
            image = np.asarray(cv2.imdecode(still.pop("jpg"), cv2.IMREAD_COLOR), dtype=np.uint8)
            poses = []
            for _ in range(HELD_FRAMES):
                poses.append(tracker.process(Frame(image, index, index * 0.12)))
                index += 1
            still["xy"] = np.mean([pose.image_xy for pose in poses[-2:]], axis=0)
            still["world"] = np.mean([pose.world_xyz for pose in poses[-2:]], axis=0)


def body_of(name: str, person: dict[str, Any]) -> Body:
    top = Side.LEFT if person["kw"]["top"] == "L" else Side.RIGHT
    frames = person["frames"]
    poses = [with_side_up(frame["xy"], top) for frame in frames]
    world = [f["world"] if pose is f["xy"] else exchanged(f["world"]) for f, pose in zip(frames, poses, strict=True)]
    return Body(name, person["move"] == "clam", top, person["cam"]["az"], poses, world, [f["truth"] for f in frames])


def toward_feet(xy: Floats, azimuth: float) -> float:
    return -azimuth if kinematics.mid_shoulder(xy)[0] >= kinematics.mid_hip(xy)[0] else azimuth


def fit_camera(views: list[View]) -> Values:
    azimuth = np.linalg.lstsq(np.array([view.slopes for view in views]), np.array([view.azimuth for view in views]))[0]
    return {"azimuth": tuple(azimuth.round(2).tolist())}


def fit_clam(samples: list[Sample]) -> Values:
    numbers = np.array([0.11, 0.67, 0.25])
    together = [s for s in samples if s.beside < FEET_APART_DEG]
    numbers = levenberg(lambda p: np.array([opening(s, p) - s.angle for s in together]) / 4.0, numbers)
    gaps = [(gap(s), s.beside) for s in samples]
    return {
        "reach": tuple(numbers[1:].round(2).tolist()),
        "knees_apart": round(float(numbers[0]), 3),
        "gap_gain": round(slope_of(gaps), 3),
    }


def opening(sample: Sample, numbers: Sequence[float] | Floats) -> float:
    """As upper_leg.py has it: the top knee's turn from where it rests over the lower one."""
    apart, constant, of_shank = numbers
    _, knee, ankle = (sample.rest[i] for i in LEG[sample.top])
    torso = kinematics.torso_length(sample.rest)
    reach = min(max(constant + of_shank * float(np.linalg.norm(ankle - knee)) / torso, 0.4), 1.1)
    rest = height_over_line(sample.rest, sample.top, lower=True) / torso + apart
    return turn(height_over_line(sample.moved, sample.top) / torso / reach) - turn(rest / reach)


def levenberg(misfit: Any, numbers: Floats) -> Floats:
    """Gauss-Newton with Cauchy weights: a landmark on the wrong leg must not pull."""
    for _ in range(30):
        left = misfit(numbers)
        weight = 1 / (1 + left**2)
        slope = np.stack([(misfit(numbers + step) - left) / 1e-4 for step in 1e-4 * np.eye(len(numbers))], axis=1)
        normal = slope.T @ (weight[:, None] * slope)
        numbers = numbers - 0.7 * np.linalg.solve(normal + 1e-3 * np.diag(np.diag(normal)), slope.T @ (weight * left))
    return numbers


def gap(sample: Sample) -> float:
    """How far the top foot rose, as an angle over the leg's length, degrees."""
    hip, _, ankle = LEG[sample.top]
    rest = sample.rest
    return math.degrees(foot_rise(sample.moved, rest, sample.top) / float(np.linalg.norm(rest[ankle] - rest[hip])))


def fit_rotation(samples: list[Sample]) -> Values:
    rows, wanted = [], []
    lengths = np.arange(0.4, 1.6, 0.005)
    for sample in samples:
        read = np.array([rotation(sample, length) for length in lengths])
        at = int(np.argmin(np.abs(read - sample.angle)))
        if 2 < at < len(lengths) - 2:
            wanted.append(lengths[at])
            rows.append(shank_seen(sample))
    numbers = least_absolute(np.array(rows), np.array(wanted))
    return {
        "usual_reach": round(float(np.median(wanted)), 3),
        "reach": tuple(numbers.round(2).tolist()),
        "thigh": round(1 / slope_of([(lift(s), s.beside) for s in samples]), 3),
    }


def shank_seen(sample: Sample) -> tuple[float, float, float]:
    """1, the lower shank's extent along the ground, and how far its knee lies below the hip, torso lengths."""
    hip, knee, ankle = (sample.rest[i] for i in LEG[sample.top.other])
    torso = kinematics.torso_length(sample.rest)
    return 1.0, abs(float(ankle[0] - knee[0])) / torso, float(knee[1] - hip[1]) / torso


def length_of(sample: Sample, fit: Values) -> float:
    """As lower_leg.py has it."""
    return min(max(float(np.dot(fit["reach"], shank_seen(sample))), 0.5), 1.1)


def rotation(sample: Sample, length: float) -> float:
    """What the lower shank's height says of its turn if it is this long, torso lengths; degrees."""
    _, knee, ankle = LEG[sample.top.other]
    torso = kinematics.torso_length(sample.rest)
    low, high = (float(xy[knee][1] - xy[ankle][1]) / torso / length for xy in (sample.rest, sample.moved))
    return math.degrees(math.asin(min(max(high, -1.0), 1.0)) - math.asin(min(max(low, -1.0), 1.0)))


def lift(sample: Sample) -> float:
    """How far the lower knee rose, as an angle over the torso's length, degrees."""
    knee = LEG[sample.top.other][1]
    return math.degrees(float(sample.rest[knee][1] - sample.moved[knee][1]) / kinematics.torso_length(sample.rest))


def least_absolute(rows: Floats, wanted: Floats) -> Floats:
    """Least absolute errors: a foot taken for the other one must not pull."""
    weight = np.ones(len(wanted))
    for _ in range(30):
        numbers = np.linalg.lstsq(rows * weight[:, None], wanted * weight)[0].astype(np.float64)
        weight = 1 / np.sqrt(np.maximum(np.abs(wanted - rows @ numbers), SMALLEST))
    return numbers


def slope_of(pairs: list[tuple[float, float]]) -> float:
    """The factor from the first to the second, least squares."""
    x, y = np.array(pairs).T
    return float((x @ y) / (x @ x))


if __name__ == "__main__":
    sys.exit(main())

"""Fits the numbers of the lying camera and legs to stills and clips of rendered people with known truth, and prints them.

    python scripts/fit_lying.py STILLS_DIR CLIPS_DIR [CLIPS_DIR ...] [--cache DIR]

STILLS_DIR holds what scripts/render_stills.py writes, NAME.pkl each; CLIPS_DIR what scripts/fit_pelvis.py takes. AZIMUTH comes
from all stills, hip opening and external rotation from both. What comes out stands
in formcheck/exercises/lying.py, clam.py and sidelying_er.py. Judge the result on other bodies.
"""

import argparse
import math
import pickle
import sys
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from fit_pelvis import FRONT_DEG, Case, cases, read_clips

from formcheck.exercises.clam import foot_rise, height_over_line
from formcheck.frames import Floats, Frame
from formcheck.measurement.lying.posture import turn, with_side_up
from formcheck.pose.model import model_file
from formcheck.pose.person import choose_lying
from formcheck.pose.tracker import PoseTracker
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, exchanged
from formcheck.signals.camera_angle import lying_slopes

HELD_FRAMES = 6
"""How often a still is shown to the tracker, as a video shows a pose that lasts."""
SMALLEST = 0.03
"""Torso lengths: a smaller error of a reach weighs no more."""


class Body(NamedTuple):
    """One rendered person: a resting pose and a few others, each with its truth."""

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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stills", type=Path)
    parser.add_argument("clips", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path, help="keep what was tracked here, for the next time")
    arguments = parser.parse_args()
    bodies = [body for path in sorted(arguments.stills.glob("*.pkl")) for body in read_bodies(path, arguments.cache)]
    clips = [clip for folder in arguments.clips for clip in read_clips(folder, arguments.cache)]
    front = [clip for clip in clips if abs(clip.camera("az")) < FRONT_DEG]
    found = [case for clip in front for case in cases(clip)]
    seen = [body for body in bodies if abs(body.azimuth) < FRONT_DEG]
    print(f"{len(bodies)} bodies, {len(seen)} of them and {len(found)} repetitions in front views\n")
    fit_camera(bodies)
    fit_clam([body for body in seen if body.clam], [case for case in found if case.clip.clam])
    fit_rotation([body for body in seen if not body.clam], [case for case in found if not case.clip.clam])
    return 0


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
    return [body_of(person) for person in people if all(np.isfinite(f["xy"]).all() for f in person["frames"])]


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


def body_of(person: dict[str, Any]) -> Body:
    top = Side.LEFT if person["kw"]["top"] == "L" else Side.RIGHT
    frames = person["frames"]
    poses = [with_side_up(frame["xy"], top) for frame in frames]
    world = [f["world"] if pose is f["xy"] else exchanged(f["world"]) for f, pose in zip(frames, poses, strict=True)]
    return Body(person["move"] == "clam", top, person["cam"]["az"], poses, world, [f["truth"] for f in frames])


def toward_feet(xy: Floats, azimuth: float) -> float:
    return -azimuth if kinematics.mid_shoulder(xy)[0] >= kinematics.mid_hip(xy)[0] else azimuth


def fit_camera(bodies: list[Body]) -> None:
    pairs = [(xy, world, body.azimuth) for body in bodies for xy, world in zip(body.poses, body.world, strict=True)]
    slopes = np.array([(*lying_slopes(xy, world), 1.0) for xy, world, _ in pairs])
    wanted = np.array([toward_feet(xy, azimuth) for xy, _, azimuth in pairs])
    azimuth = np.linalg.lstsq(slopes, wanted)[0]
    print("# lying.py\nAZIMUTH =", tuple(azimuth.round(2).tolist()), f"# {rms(slopes @ azimuth - wanted):.1f} degrees off")


def fit_clam(bodies: list[Body], found: list[Case]) -> None:
    opened = [Sample(b.poses[0], b.poses[i], b.top, b.truth[i]["opening"]) for b in bodies for i in (1, 2)]
    opened += [Sample(c.track.rest, c.track.xy[c.at], c.clip.top, c.leg[0]) for c in found]
    apart, constant, of_shank = 0.11, 0.67, 0.25
    numbers = np.array([apart, constant, of_shank])
    numbers = levenberg(lambda p: np.array([opening(s, p) - s.angle for s in opened]) / 4.0, numbers)
    error = np.array([opening(s, numbers) - s.angle for s in opened])
    print("\n# clam.py\nKNEES_APART =", round(float(numbers[0]), 3))
    print("REACH =", tuple(numbers[1:].round(2).tolist()), f"# {np.abs(error).mean():.1f} degrees off")
    gaps = [(gap(b.poses[0], b.poses[i], b.top), b.truth[i]["feet_gap"]) for b in bodies for i in (1, 2, 3)]
    gaps += [(gap(c.track.rest, c.track.xy[c.at], c.clip.top), c.leg[1]) for c in found]
    print("GAP_GAIN =", round(slope_of(gaps), 3))


def opening(sample: Sample, numbers: Floats) -> float:
    """As clam.py has it: the top knee's turn from KNEES_APART over the lower one."""
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


def gap(rest: Floats, moved: Floats, top: Side) -> float:
    """How far the top foot rose, as an angle over the leg's length, degrees."""
    hip, _, ankle = LEG[top]
    return math.degrees(foot_rise(moved, rest, top) / float(np.linalg.norm(rest[ankle] - rest[hip])))


def fit_rotation(bodies: list[Body], found: list[Case]) -> None:
    turns = [Sample(b.poses[0], b.poses[i], b.top, b.truth[i]["er"]) for b in bodies for i in (1, 2, 3)]
    turns += [Sample(c.track.rest, c.track.xy[c.at], c.clip.top, c.leg[0]) for c in found]
    rows, wanted = [], []
    lengths = np.arange(0.4, 1.6, 0.005)
    for sample in turns:
        hip, knee, ankle = (sample.rest[i] for i in LEG[sample.top.other])
        torso = kinematics.torso_length(sample.rest)
        read = np.array([rotation(sample, length) for length in lengths])
        at = int(np.argmin(np.abs(read - sample.angle)))
        if 2 < at < len(lengths) - 2:
            wanted.append(lengths[at])
            rows.append((1.0, abs(ankle[0] - knee[0]) / torso, (knee[1] - hip[1]) / torso))
    print("\n# sidelying_er.py\nUSUAL_REACH =", round(float(np.median(wanted)), 3))
    numbers = least_absolute(np.array(rows), np.array(wanted))
    print("REACH =", tuple(numbers.round(2).tolist()))
    lifts = [(lift(b.poses[0], b.poses[i], b.top), b.truth[i]["knee_lift"]) for b in bodies for i in (1, 2, 3)]
    lifts += [(lift(c.track.rest, c.track.xy[c.at], c.clip.top), c.leg[1]) for c in found]
    print("THIGH =", round(1 / slope_of(lifts), 3))


def rotation(sample: Sample, length: float) -> float:
    """What the lower shank's height says of its turn if it is this long, torso lengths; degrees."""
    _, knee, ankle = LEG[sample.top.other]
    torso = kinematics.torso_length(sample.rest)
    low, high = (float(xy[knee][1] - xy[ankle][1]) / torso / length for xy in (sample.rest, sample.moved))
    return math.degrees(math.asin(min(max(high, -1.0), 1.0)) - math.asin(min(max(low, -1.0), 1.0)))


def lift(rest: Floats, moved: Floats, top: Side) -> float:
    """How far the lower knee rose, as an angle over the torso's length, degrees."""
    knee = LEG[top.other][1]
    return math.degrees(float(rest[knee][1] - moved[knee][1]) / kinematics.torso_length(rest))


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


def rms(values: Floats) -> float:
    return float(np.sqrt(np.mean(values**2)))


if __name__ == "__main__":
    sys.exit(main())

"""A lying person for tests: landmarks, and the trunk's surface moved as a solid body turns, seen by a pinhole camera.

It shares no formula with measurement.lying.surface_fit: points on an elliptical trunk are turned in space and projected.
"""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.frames import LANDMARKS, CameraMotion, Floats, Observation, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side

BANDS, COLUMNS = 10, 4
TORSO = 110.0
REST_S, REP_S, RATE = 1.0, 3.0, 20.0


@dataclass(frozen=True)
class Lying:
    """One repetition. Degrees at its middle."""

    opening: float = 0.0
    rotation: float = 0.0
    roll: float = 0.0
    hike: float = 0.0
    gap: float = 0.0
    lift: float = 0.0
    follow: float = 0.5
    """How much of the roll the chest takes."""
    depth: float = 0.19
    """Half the trunk's thickness, torso lengths."""
    azimuth: float = 0.0
    back: bool = False
    top: Side = Side.LEFT
    seen: float = 1.0
    """Share of the cells that have points."""
    swapped: tuple[float, float] = (0.0, 0.0)
    """From when to when the landmarks' left and right are exchanged, seconds."""
    crossed: tuple[float, float] = (0.0, 0.0)
    """From when to when the lower foot's landmarks lie on the upper foot, which rests on the floor in front of it, seconds."""
    crumpled: float = 0.0
    """Torso lengths by which each cell goes its own way, as an arm or a thigh before the trunk makes it."""
    nudge_px: float = 0.0
    """The camera is knocked by this much in mid-repetition."""
    legs: bool = True


def observations(person: Lying) -> list[Observation]:
    rng = np.random.default_rng(1)
    hidden = rng.permutation(BANDS * COLUMNS).reshape(BANDS, COLUMNS) >= round(person.seen * BANDS * COLUMNS)
    return [_observation(person, i / RATE, hidden) for i in range(int((REP_S + 2 * REST_S) * RATE))]


def window(seen: list[Observation], series: dict[str, list[float]]) -> RepWindow:
    times = np.array([o.timestamp_s for o in seen])
    start, peak, end = (int(np.argmin(np.abs(times - t))) for t in (REST_S, REST_S + REP_S / 2, REST_S + REP_S))
    return RepWindow(times, {name: np.array(v) for name, v in series.items()}, seen, start, peak, end, None)


def _observation(person: Lying, t: float, hidden: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> Observation:
    amount = np.sin(np.pi * np.clip((t - REST_S) / REP_S, 0, 1)) ** 2
    knocked = np.array([person.nudge_px if t > REST_S + REP_S / 2 else 0.0, 0.0])
    xy = _landmarks(person, amount)
    if person.crossed[0] <= t < person.crossed[1]:
        upper = xy[[L.LEFT_ANKLE, L.LEFT_HEEL, L.LEFT_FOOT_INDEX]]
        xy[[L.RIGHT_ANKLE, L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX]] = upper + np.array([0.0, 0.4 * TORSO])
    xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER], 1] -= TORSO * np.tan(np.radians(person.azimuth)) * np.sin(np.radians(12.0))
    world = np.zeros((LANDMARKS, 3))
    turn = np.radians(person.azimuth)
    body = np.array([-np.cos(turn), 0.0, np.sin(turn)])
    world[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]] = 0.5 * body
    world[[L.LEFT_ANKLE, L.RIGHT_ANKLE]] = -0.8 * body
    if person.top is Side.RIGHT:  # the mirror image: the other side up, the head at the other end
        xy, world = exchanged(xy * [-1, 1] + [640, 0]), exchanged(world * [-1, 1, 1])
    if person.back:
        xy = xy * [-1, 1] + [640, 0]
    xy = xy + knocked
    if person.swapped[0] <= t < person.swapped[1]:
        xy = exchanged(xy)
    shift = _surface(person, amount)
    shift = shift + amount * person.crumpled * np.random.default_rng(2).choice([-1.0, 1.0], shift.shape)
    if person.top is Side.RIGHT:
        shift = shift[:, ::-1] * [1, -1]
    shift = np.where(hidden[..., None], np.nan, shift)
    camera = CameraMotion(np.column_stack([np.eye(2), knocked]))
    pose = PoseFrame(round(t * RATE), t, (640, 480), xy, world, np.ones(LANDMARKS))
    surface = SurfaceFrame(t, shift, np.where(hidden, 0, 5), np.full((BANDS, COLUMNS), 1e-3), camera)
    return Observation(pose, surface)


def _landmarks(person: Lying, amount: float) -> Floats:
    """Head at the picture's left, left side up, front toward the camera, which looks down a little."""
    xy = np.full((LANDMARKS, 2), 200.0) + np.arange(LANDMARKS)[:, None] * 0.1
    hip, stack = np.array([320.0, 220.0]), np.array([0.0, 20.0])
    xy[L.LEFT_HIP], xy[L.RIGHT_HIP] = hip - stack, hip + stack
    shoulder = hip - [TORSO, 0]
    xy[L.LEFT_SHOULDER], xy[L.RIGHT_SHOULDER] = shoulder - 1.6 * stack, shoulder + 1.6 * stack
    reach, look = 0.78 * TORSO, np.radians(12.0)
    opened, turned = np.radians(person.opening * amount), np.radians(person.rotation * amount)
    gap, lift = np.radians(person.gap * amount), np.radians(person.lift * amount)
    ankle = np.array([80.0, 22.0])
    clam = not (person.rotation or person.lift)  # its legs lie on each other; in the rotation the top one is out of the way
    for knee, foot, side, on_top in (
        (L.LEFT_KNEE, L.LEFT_ANKLE, L.LEFT_HIP, True),
        (L.RIGHT_KNEE, L.RIGHT_ANKLE, L.RIGHT_HIP, False),
    ):
        line = ankle / np.linalg.norm(ankle)
        off = np.array([line[1], -line[0]]) * reach * np.sin((opened if on_top else 0.0) - look)
        xy[foot] = xy[side] + ankle - [0.0, np.linalg.norm(ankle) * np.sin(gap) if on_top else 0.0]
        xy[knee] = xy[side] + 0.6 * ankle + off
        if not on_top and clam:
            xy[[knee, foot]] += xy[L.LEFT_HIP] + [0.0, 0.11 * TORSO] - xy[side]
        elif not on_top:
            xy[knee] -= [0.0, TORSO * np.sin(lift)]
            xy[foot] = xy[knee] + [0.92 * TORSO * np.cos(turned), -0.92 * TORSO * np.sin(turned)]
        xy[[foot + 2, foot + 4]] = xy[foot] + [[-5.0, 5.0], [20.0, 8.0]]
    if not person.legs:
        xy[L.LEFT_KNEE :] = np.nan
    return np.asarray(xy)


def _surface(person: Lying, amount: float) -> Floats:
    """(bands, columns, 2) torso lengths: where points of an elliptical trunk went, left side up, head along -x in space."""
    look, far = np.radians(12.0), 4.5
    s = np.repeat((np.arange(BANDS)[:, None] + 0.5) / BANDS, COLUMNS, axis=1)
    height = np.repeat(((np.arange(COLUMNS) + 0.5) / 2 - 1)[None] * 0.23, BANDS, axis=0)
    front = person.depth * np.sqrt(1 - (height / 0.25) ** 2) + 0.02
    chest = np.clip((s - 0.3) / 0.2, 0, 1)
    roll = np.radians(person.roll * amount) * (1 - chest + person.follow * chest)
    hike = np.radians(person.hike * amount)

    def project(up: Floats, out: Floats, along: Floats) -> Floats:
        near = out * np.cos(look) + up * np.sin(look)
        scale = far / (far - near)
        return np.stack([along * scale, (up * np.cos(look) - out * np.sin(look)) * scale], axis=-1)

    up = height * np.cos(roll) + front * np.sin(roll)
    out = front * np.cos(roll) - height * np.sin(roll)
    hinge, pivot = 0.26, -0.03
    turned = np.clip(s, None, hinge) - pivot
    along = s + np.where(s < hinge, turned * (np.cos(hike) - 1) + up * np.sin(hike), (hinge - pivot) * (np.cos(hike) - 1))
    up = up - turned * np.sin(hike)
    return project(up, out, along) - project(height, front, s)


def exchanged(points: Floats) -> Floats:
    order = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + (1 if i % 2 else -1) for i in range(11, LANDMARKS))]
    return points[order]


def like(person: Lying, **changes: object) -> Lying:
    return replace(person, **changes)  # type: ignore[arg-type]

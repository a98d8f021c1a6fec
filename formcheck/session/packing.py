"""Frames as small arrays, for signals.npz.

A quantity is rounded to a fixed step, finer than what the network and the trackers know, and stored as its whole steps from frame
to frame, the bytes of one place together: so they deflate to about a third of a megabyte a minute at 30 frames a second, half
of what float16 takes, which would round joints to half a pixel. Rounding does not add up: what is summed are whole numbers.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.frames import (
    LANDMARKS,
    CameraMotion,
    Floats,
    LegFrame,
    Observation,
    PictureFrame,
    PoseFrame,
    SurfaceFrame,
    WaistFrame,
)

Array: TypeAlias = NDArray[Any]
Arrays: TypeAlias = dict[str, Array]

STEPS_ACROSS = 16_384
"""Steps of a joint's place across the picture's longer side."""
WORLD_M = 1 / 4096
VISIBILITY = 1 / 255
SHIFT = 1 / 8192
"""Torso lengths."""
CAMERA_TURN = 1e-6
CAMERA_PX = 1 / 64
LIGHT = 1 / 16
"""Grey levels of 255."""
WAIST = 1 / 1024
"""Degrees, torso lengths, and of 1."""
MAX_PX = 100_000


def pack(frames: Sequence[tuple[float, Observation]]) -> Arrays:
    """(time, observation) of frames with pictures of one size; the time takes the place of the observation's own.

    The spread of the surface's points is not kept.
    """
    poses = [observation.pose for _, observation in frames]
    surfaces = [observation.surface for _, observation in frames]
    size = poses[0].image_size
    arrays = {
        "times_s": np.array([time_s for time_s, _ in frames]),
        "size": np.array(size),
        "people": np.array([min(pose.people, 255) for pose in poses], np.uint8),
        "found": np.array([pose.found for pose in poses]),
        **_packed("image_xy", [pose.image_xy for pose in poses], max(size) / STEPS_ACROSS),
        **_packed("world_xyz", [pose.world_xyz for pose in poses], WORLD_M),
        **_packed("visibility", [pose.visibility for pose in poses], VISIBILITY),
    }
    known = [surface for surface in surfaces if surface is not None]
    if len(known) == len(surfaces):
        arrays |= _packed("shift", [surface.shift for surface in known], SHIFT)
        arrays |= _packed("points", [surface.points for surface in known], 1)
        arrays |= _packed("camera_turn", [surface.camera.matrix[:, :2] for surface in known], CAMERA_TURN)
        arrays |= _packed("camera_shift", [surface.camera.matrix[:, 2] for surface in known], CAMERA_PX)
        arrays["camera_known"] = np.array([surface.camera.known for surface in known])
    pictures = [observation.picture for _, observation in frames if observation.picture is not None]
    if len(pictures) == len(frames):
        arrays |= _packed("light", [np.array([p.brightness, p.contrast]) for p in pictures], LIGHT)
        arrays["cut"] = np.array([p.cut for p in pictures])
        if any(np.isfinite(p.tilt_deg) for p in pictures):
            arrays |= _packed("tilt", [np.array([p.tilt_deg]) for p in pictures], WAIST)
    waists = [observation.waist for _, observation in frames if observation.waist is not None]
    if len(waists) == len(frames):
        arrays |= _packed("waist", [np.array([w.tilt_deg, w.level_deg, w.quality, w.seam]) for w in waists], WAIST)
    legs = [observation.legs for _, observation in frames if observation.legs is not None]
    if len(legs) == len(frames):
        arrays |= _packed("legs", [np.array([leg.left, leg.right]) for leg in legs], WAIST)
    return arrays


def unpack(arrays: Arrays) -> Iterator[Observation]:
    """The reverse of pack(). ValueError or LookupError for what it could not have made."""
    times_s, people, found = arrays["times_s"], arrays["people"], arrays["found"]
    width, height = (int(px) for px in arrays["size"])
    if times_s.ndim != 1 or not np.isfinite(times_s).all() or not (0 < width <= MAX_PX and 0 < height <= MAX_PX):
        raise ValueError("no times, or pictures of no size")
    if not people.shape == found.shape == times_s.shape:
        raise ValueError("frames of which something is missing")
    xy = _unpacked(arrays, "image_xy", max(width, height) / STEPS_ACROSS, (LANDMARKS, 2))
    world = _unpacked(arrays, "world_xyz", WORLD_M, (LANDMARKS, 3))
    visibility = _unpacked(arrays, "visibility", VISIBILITY, (LANDMARKS,))
    surfaces: Sequence[SurfaceFrame | None] = _surfaces(arrays) if "shift" in arrays else [None] * len(times_s)
    pictures: Sequence[PictureFrame | None] = _pictures(arrays) if "light" in arrays else [None] * len(times_s)
    waists: Sequence[WaistFrame | None] = _waists(arrays) if "waist" in arrays else [None] * len(times_s)
    legs: Sequence[LegFrame | None] = _legs(arrays) if "legs" in arrays else [None] * len(times_s)
    for i, time_s in enumerate(times_s.tolist()):
        pose = PoseFrame(i, time_s, (width, height), xy[i], world[i], visibility[i], int(people[i]), bool(found[i]))
        yield Observation(pose, surfaces[i], pictures[i], waists[i], legs[i])


def _surfaces(arrays: Arrays) -> list[SurfaceFrame]:
    cells = arrays["points"].shape[1:-1]
    if len(cells) != 2:
        raise ValueError("a surface without bands and columns")
    shift = _unpacked(arrays, "shift", SHIFT, (*cells, 2))
    points = _unpacked(arrays, "points", 1, cells)
    turn = _unpacked(arrays, "camera_turn", CAMERA_TURN, (2, 2))
    camera = np.concatenate([turn, _unpacked(arrays, "camera_shift", CAMERA_PX, (2,))[..., None]], axis=-1)
    known = arrays["camera_known"]
    if known.shape != arrays["times_s"].shape:
        raise ValueError("a camera of another form")
    counts, blank = np.nan_to_num(points).astype(np.int64), np.full(cells, np.nan)
    return [
        SurfaceFrame(float(time_s), shift[i], counts[i], blank, CameraMotion(camera[i], bool(known[i])))
        for i, time_s in enumerate(arrays["times_s"])
    ]


def _pictures(arrays: Arrays) -> list[PictureFrame]:
    light = _unpacked(arrays, "light", LIGHT, (2,)).tolist()
    tilts = _unpacked(arrays, "tilt", WAIST, (1,))[:, 0].tolist() if "tilt" in arrays else [math.nan] * len(light)
    return [
        PictureFrame(brightness, contrast, bool(cut), tilt)
        for (brightness, contrast), cut, tilt in zip(light, arrays["cut"], tilts, strict=True)
    ]


def _waists(arrays: Arrays) -> list[WaistFrame]:
    rows = _unpacked(arrays, "waist", WAIST, (4,)).tolist()
    return [
        WaistFrame(float(time_s), tilt, quality, level, seam)
        for time_s, (tilt, level, quality, seam) in zip(arrays["times_s"], rows, strict=True)
    ]


def _legs(arrays: Arrays) -> list[LegFrame]:
    rows = _unpacked(arrays, "legs", WAIST, (2,)).tolist()
    return [LegFrame(float(time_s), left, right) for time_s, (left, right) in zip(arrays["times_s"], rows, strict=True)]


def _packed(name: str, values: Sequence[Array], step: float) -> Arrays:
    """(bytes of a number, ..., frames), and where some are unknown a bit for each that is known."""
    steps = np.round(np.moveaxis(np.array(values, np.float64), 0, -1) / step)
    known = np.isfinite(steps)
    last = np.maximum.accumulate(np.where(known, np.arange(steps.shape[-1]), 0), axis=-1)
    held = np.take_along_axis(np.where(known, steps, 0), last, axis=-1).astype(np.int64)
    change = np.diff(held, axis=-1, prepend=0)
    small = np.abs(change).max(initial=0) < 2**15
    whole = np.ascontiguousarray(change, "<i2" if small else "<i8")
    planes = whole.view(np.uint8).reshape(*whole.shape, whole.itemsize)
    arrays = {name: np.ascontiguousarray(np.moveaxis(planes, -1, 0))}
    return arrays if known.all() else arrays | {f"{name}_known": np.packbits(known)}


def _unpacked(arrays: Arrays, name: str, step: float, shape: tuple[int, ...]) -> Floats:
    """(frames, *shape), NaN where unknown."""
    planes = arrays[name]
    frames = len(arrays["times_s"])
    if planes.dtype != np.uint8 or planes.shape[1:] != (*shape, frames) or len(planes) not in (2, 8):
        raise ValueError(f"{name} of another form")
    change = np.ascontiguousarray(np.moveaxis(planes, 0, -1)).view("<i2" if len(planes) == 2 else "<i8")[..., 0]
    values: Floats = np.cumsum(change, axis=-1, dtype=np.int64) * np.float64(step)
    bits = arrays.get(f"{name}_known")
    if bits is not None:
        if bits.dtype != np.uint8:
            raise ValueError(f"{name} of another form")
        values[np.unpackbits(bits, count=values.size).reshape(values.shape) == 0] = np.nan
    return np.moveaxis(values, -1, 0)

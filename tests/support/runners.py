"""Rendered treadmill runners beside the checkout, their true joints seen as a pose network sees them: late, and shaking."""

import gzip
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.frames import LANDMARKS, Floats, Frame, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.motion.leg_edge import LegEdge
from formcheck.motion.surface import TrunkSurface
from formcheck.motion.waist import Waist
from formcheck.results import View

FOLDER = Path(__file__).parents[3] / "shared" / "running"
LAG_S, JITTER_PX = 0.04, 1.0
TORSO_M = 0.5


@dataclass(frozen=True, slots=True)
class Runner:
    """One clip's truth."""

    name: str
    truth: dict[str, Any]

    @property
    def stances(self) -> list[dict[str, Any]]:
        return list(self.truth["stances"])

    def times(self) -> Floats:
        return np.array([f["t"] for f in self.truth["frames"]])

    def joints(self) -> Floats:
        """(frames, 33, 2) px, late and shaking; NaN for joints that the truth does not have."""
        frames = self.truth["frames"]
        out = np.full((len(frames), LANDMARKS, 2), np.nan)
        times = self.times()
        for joint in L:
            name = joint.name.lower()
            if name in frames[0]["px"]:
                xy = np.array([f["px"][name] for f in frames])
                out[:, joint] = np.stack([np.interp(times - LAG_S, times, xy[:, k]) for k in (0, 1)], axis=1)
        return out + np.random.default_rng(1).normal(0.0, JITTER_PX, out.shape)

    def depths(self) -> Floats:
        """(frames, 33) metres away from the camera, from mid-hip on, as late as the joints; 0 for joints that the truth lacks."""
        frames, times = self.truth["frames"], self.times()
        away = 1.0 if self.truth["view"] == "front" else -1.0
        out = np.zeros((len(frames), LANDMARKS))
        for joint in L:
            name = joint.name.lower()
            if name in frames[0]["xyz"]:
                y = [f["xyz"][name][1] - (f["xyz"]["left_hip"][1] + f["xyz"]["right_hip"][1]) / 2 for f in frames]
                out[:, joint] = np.interp(times - LAG_S, times, away * np.array(y))
        return out


@cache
def runner(name: str) -> Runner:
    path = FOLDER / f"{name}.json.gz"
    if not path.exists():
        pytest.skip("needs the rendered runners beside the checkout: ../shared/running")
    return Runner(name, json.loads(gzip.decompress(path.read_bytes())))


def pose(index: int, time_s: float, xy: Floats, size: tuple[int, int], depth: Floats | None = None) -> PoseFrame:
    """World landmarks: the picture's own, flat or with depth (33,) m, at the scale of a torso of TORSO_M."""
    torso = float(np.linalg.norm((xy[L.LEFT_SHOULDER] + xy[L.RIGHT_SHOULDER] - xy[L.LEFT_HIP] - xy[L.RIGHT_HIP]) / 2))
    away = np.zeros(LANDMARKS) if depth is None else depth
    world = np.concatenate([xy * TORSO_M / torso, away[:, None]], axis=1)
    return PoseFrame(index, time_s, size, xy, world, np.ones(LANDMARKS))


def _nothing(_: NDArray[np.uint8]) -> None: ...


def observations(run: Runner, *, seconds: float = 99.0, pictures: bool = False, **how: Any) -> Iterator[Observation]:
    """pictures: look at waist and legs in the film as well; how: see _observed()."""
    seen = _looked_at(run) if pictures and not how else _observed(run, pictures=pictures, **how)
    return itertools.takewhile(lambda o: o.timestamp_s <= seconds, seen)


_LOOKED_AT: dict[str, tuple[list[Observation], Iterator[Observation]]] = {}
"""By the runner's name: what was seen in the film so far, and what is still to be looked at."""


def _looked_at(run: Runner) -> Iterator[Observation]:
    """The film's pictures are looked at once, however many tests ask."""
    seen, more = _LOOKED_AT.setdefault(run.name, ([], _observed(run, pictures=True)))
    for i in itertools.count():
        if i == len(seen):
            new = next(more, None)
            if new is None:
                return
            seen.append(new)
        yield seen[i]


def _observed(
    run: Runner,
    *,
    pictures: bool,
    every: int = 1,
    squeeze: float = 1.0,
    before_it: Callable[[NDArray[np.uint8]], object] = _nothing,
    surface: bool = False,
) -> Iterator[Observation]:
    """every: leave frames out; squeeze: of the width, as seen from aside; before_it: paints what stands before the runner into
    each picture; surface: follow the trunk's."""
    trunk = TrunkSurface()
    film, waist = cv2.VideoCapture(str(FOLDER / f"{run.name}.mp4")), Waist()
    edge = LegEdge()
    joints, depths, (width, height) = run.joints(), run.depths(), run.truth["size"]
    joints[..., 0] = width / 2 + squeeze * (joints[..., 0] - width / 2)
    for i, now_s in enumerate(run.times()):
        image = film.read()[1] if pictures else None
        if i % every:
            continue
        seen = pose(i, float(now_s), joints[i], (width, height), depths[i])
        if image is not None:
            before_it(np.asarray(image, np.uint8))
        if image is None:
            yield Observation(seen, None)
            continue
        frame = Frame(np.asarray(image, np.uint8), i, float(now_s))
        moved = trunk.update(frame, seen) if surface else None
        yield Observation(seen, moved, None, waist.update(frame, seen), edge.update(frame, seen))


def analysed(seen: Iterator[Observation], view: View | None = None, exercise: str = "running") -> Analyzer:
    analyzer = Analyzer(EXERCISES[exercise], view=view)
    for observation in seen:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer


def figure(now_s: float, move: Callable[[float], dict[L, tuple[float, float]]]) -> Floats:
    """Somebody who stands, a torso of 100 px, with some joints moved by so many px."""
    base = {
        L.LEFT_SHOULDER: (270, 100), L.RIGHT_SHOULDER: (330, 100), L.LEFT_HIP: (282, 200), L.RIGHT_HIP: (318, 200),
        L.LEFT_KNEE: (280, 290), L.RIGHT_KNEE: (320, 290), L.LEFT_ANKLE: (280, 380), L.RIGHT_ANKLE: (320, 380),
    }  # fmt: skip
    xy = np.full((LANDMARKS, 2), np.nan)
    for joint, place in base.items():
        xy[joint] = np.array(place) + move(now_s).get(joint, (0.0, 0.0))
    return xy + np.random.default_rng(int(now_s * 1000)).normal(0.0, 0.5, xy.shape)

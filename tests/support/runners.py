"""Rendered treadmill runners beside the checkout, their true joints seen as a pose network sees them: late, and shaking."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import View
from formcheck.frames import LANDMARKS, Floats, Frame, Observation, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.motion.waist import Waist

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


def runner(name: str) -> Runner:
    path = FOLDER / f"{name}.json.gz"
    if not path.exists():
        pytest.skip("needs the rendered runners beside the checkout: ../shared/running")
    return Runner(name, json.loads(gzip.decompress(path.read_bytes())))


def pose(index: int, time_s: float, xy: Floats, size: tuple[int, int]) -> PoseFrame:
    """World landmarks: the picture's own, flat, at the scale of a torso of TORSO_M."""
    torso = float(np.linalg.norm((xy[L.LEFT_SHOULDER] + xy[L.RIGHT_SHOULDER] - xy[L.LEFT_HIP] - xy[L.RIGHT_HIP]) / 2))
    world = np.concatenate([xy * TORSO_M / torso, np.zeros((LANDMARKS, 1))], axis=1)
    return PoseFrame(index, time_s, size, xy, world, np.ones(LANDMARKS))


def observations(
    run: Runner, *, seconds: float = 99.0, pictures: bool = False, every: int = 1, squeeze: float = 1.0
) -> Iterator[Observation]:
    """pictures: look at the waist in the film as well; every: leave frames out; squeeze: of the width, as seen from aside."""
    film, waist = cv2.VideoCapture(str(FOLDER / f"{run.name}.mp4")), Waist()
    joints, (width, height) = run.joints(), run.truth["size"]
    joints[..., 0] = width / 2 + squeeze * (joints[..., 0] - width / 2)
    for i, now_s in enumerate(run.times()):
        if now_s > seconds:
            return
        image = film.read()[1] if pictures else None
        if i % every:
            continue
        seen = pose(i, float(now_s), joints[i], (width, height))
        at = None if image is None else waist.update(Frame(np.asarray(image, np.uint8), i, float(now_s)), seen)
        yield Observation(seen, None, None, at)


def analysed(seen: Iterator[Observation], view: View | None = None) -> Analyzer:
    analyzer = Analyzer(EXERCISES["running"], view=view)
    for observation in seen:
        analyzer.update(observation)
    analyzer.finish()
    return analyzer

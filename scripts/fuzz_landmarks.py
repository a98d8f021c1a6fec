"""Throws mutated landmark streams at the analysis: no crash, no nonsense in what it says, no repetition made of NaN.

    python scripts/fuzz_landmarks.py [--streams 10000] [--seed 0] [--processes 2]

Half of the streams show somebody who holds still: whatever blinks there, nothing may be counted. The others move. Mutations:
missing and infinite values, left and right exchanged, jumps, frozen and repeated frames, gaps in time, trunk surfaces that
vanish. Exit 0 if all held.
"""

import argparse
import math
import time
import traceback
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool

import numpy as np

from formcheck.analysis.analyzer import Analyzer
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import LANDMARKS, Observation, PoseFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.motion.cells import BANDS, COLUMNS

HANG_S = 60.0
"""Of the processor. Eight seconds of landmarks take a tenth of a second."""
FPS = 12
SECONDS = 8
LEFT = [m for m in L if m.name.startswith("LEFT") or m is L.MOUTH_LEFT]
RIGHT = [L[m.name.replace("LEFT", "RIGHT")] for m in LEFT]
STANDING = {
    L.NOSE: (0, -2.0),
    L.LEFT_SHOULDER: (0.35, -1.5),
    L.LEFT_ELBOW: (0.4, -1.1),
    L.LEFT_WRIST: (0.15, -1.2),
    L.LEFT_HIP: (0.2, -0.5),
    L.LEFT_KNEE: (0.22, 0.2),
    L.LEFT_ANKLE: (0.24, 0.9),
    L.LEFT_HEEL: (0.24, 1.0),
    L.LEFT_FOOT_INDEX: (0.3, 1.0),
}


def skeleton(exercise: Exercise) -> np.ndarray:
    """(33, 2) px of somebody in the exercise's position, facing the camera."""
    xy = np.tile(np.array([0.0, -2.0]), (LANDMARKS, 1))
    for mark, (x, y) in STANDING.items():
        xy[mark] = (x, y)
        if mark in LEFT:
            xy[RIGHT[LEFT.index(mark)]] = (-x, y)
    if exercise.posture.lies:
        xy = np.stack([xy[:, 1], -0.6 * xy[:, 0]], axis=1)  # the head to the left, the left side up
        xy[[L.LEFT_ANKLE, L.LEFT_HEEL, L.LEFT_FOOT_INDEX, L.RIGHT_ANKLE, L.RIGHT_HEEL, L.RIGHT_FOOT_INDEX]] += (-0.5, 0.1)
    return np.array([320.0, 240.0]) + 90.0 * xy


def stream(exercise: Exercise, rng: np.random.Generator, still: bool) -> Iterator[Observation]:
    base = skeleton(exercise)
    moves = rng.normal(0, 0 if still else 25, (LANDMARKS, 2)) * (rng.random((LANDMARKS, 1)) < 0.3)
    mutations = rng.choice(["nan", "inf", "swap", "jump", "repeat", "gap", "surface"], size=rng.integers(1, 4), replace=False)
    if still:
        mutations = np.intersect1d(mutations, ["nan", "surface", "gap"])
    bad_from, bad_to = np.sort(rng.uniform(0, SECONDS, 2))
    now_s, last = 0.0, base
    walk = np.zeros((BANDS, COLUMNS, 2))
    for i in range(FPS * SECONDS):
        now_s += 1 / FPS
        bad = bad_from <= now_s <= bad_to
        xy = base + moves * math.sin(math.pi * now_s / 3.0) ** 2 + rng.normal(0, 0.4, base.shape)
        world = np.concatenate([xy - base.mean(axis=0), rng.normal(0, 1, (LANDMARKS, 1))], axis=1) / 180.0
        walk = walk + rng.normal(0, 0.0002, walk.shape)
        shift = walk.copy()
        for mutation in mutations if bad else ():
            xy = mutate(str(mutation), rng, xy, world, shift, last)
        if bad and "gap" in mutations and rng.random() < 0.05:
            now_s += float(rng.choice([0.5, 2.0, 600.0]))
        last = xy
        pose = PoseFrame(i, now_s, (640, 480), xy, world, np.ones(LANDMARKS))
        surface = SurfaceFrame(now_s, shift, np.full((BANDS, COLUMNS), 5), np.full((BANDS, COLUMNS), 0.001))
        yield Observation(pose, None if "surface" in mutations and bad and i % 3 else surface)


def mutate(
    mutation: str, rng: np.random.Generator, xy: np.ndarray, world: np.ndarray, shift: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """The landmarks in the picture after the mutation; the others are changed in place."""
    if mutation in ("nan", "inf"):
        where = rng.random(LANDMARKS) < rng.choice([0.2, 1.0])
        xy[where] = world[where, :2] = math.nan if mutation == "nan" else math.inf
    elif mutation == "swap":
        xy[LEFT + RIGHT], world[LEFT + RIGHT] = xy[RIGHT + LEFT], world[RIGHT + LEFT]
    elif mutation == "jump":
        return xy + rng.normal(0, 300, 2)
    elif mutation == "repeat":
        return last.copy()
    elif mutation == "surface":
        shift[rng.random((BANDS, COLUMNS)) < 0.5] = math.nan
    return xy


def trouble(exercise: Exercise, rng: np.random.Generator, still: bool) -> str | None:
    """What is wrong with what the analysis says of one stream, None if nothing is."""
    analyzer = Analyzer(exercise)
    try:
        for observation in stream(exercise, rng, still):
            analyzer.update(observation)
        analyzer.finish()
    except Exception:
        return traceback.format_exc()
    if still and analyzer.reps:
        return f"{len(analyzer.reps)} repetitions of somebody who holds still"
    for rep in analyzer.reps:
        if not rep.start_s <= rep.peak_s <= rep.end_s:
            return f"repetition {rep.number} runs backward"
        for name, m in rep.measurements.items():
            if m.value is not None and not math.isfinite(m.value):
                return f"{name} is {m.value}"
    return None


def one(seed: int, n: int) -> str | None:
    """The n-th stream: what is wrong with it, None if nothing is."""
    exercise = list(EXERCISES.values())[n % len(EXERCISES)]
    start_s = time.process_time()
    found = trouble(exercise, np.random.default_rng([seed, n]), still=n // len(EXERCISES) % 2 == 0)
    if found is None and time.process_time() - start_s > HANG_S:
        found = f"took more than {HANG_S:g} s"
    return found and f"stream {n}, {exercise.id}: {found}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--streams", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    failures = 0
    with Pool(options.processes) as pool:
        tried = pool.imap_unordered(partial(one, options.seed), range(options.streams), chunksize=20)
        for n, said in enumerate(tried, 1):
            if n % 500 == 0:
                print(f"{n} streams, {failures} made trouble so far", flush=True)
            if said:
                failures += 1
                print(said, flush=True)
    print(f"{options.streams} streams, {failures} made trouble")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Renders lying people for scripts/fit_lying.py: each at rest and at the extremes of three repetitions, with the truth.

    python scripts/render_stills.py --synth DIR MOVE SEED COUNT OUT.pkl

DIR is the renderer's folder (body.py, moves.py, render.py); run it with the renderer's Python. MOVE is clam or sidelying_er.
The shipped numbers: clam 101 70 and sidelying_er 102 70, of which the first 70 and 56 bodies were used.
"""

import argparse
import importlib
import pickle
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np

MOST_AZIMUTH_DEG = 50.0
TIMES = (-1.0, 0.48, 1.48, 2.48)


class Dice:
    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def one_of(self, *values: Any) -> Any:
        return values[int(self.rng.integers(len(values)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--synth", type=Path, required=True)
    parser.add_argument("move", choices=["clam", "sidelying_er"])
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.synth))
    dice = Dice(arguments.seed)
    people = [person(dice, arguments.move, i) for i in range(arguments.count)]
    arguments.out.write_bytes(pickle.dumps(people))
    return 0


def person(dice: Dice, move: str, i: int) -> dict[str, Any]:
    body_module, moves, render = (importlib.import_module(name) for name in ("body", "moves", "render"))
    u, look = dice.between, int(dice.rng.integers(1000))
    body = body_module.Body(
        gender=u(0, 1), age=u(0.5, 0.75), muscle=u(0.35, 0.75), weight=u(0.35, 0.7), height=u(0.35, 0.7), look=look
    )
    top = "LR"[i % 2]
    kw = {"top": top, "head_left": top == "L", "trunk_follow": u(0.15, 0.9), "hand": dice.one_of("hip", "floor", "far")}
    if move == "clam":
        kw |= {"hip_flex": u(40, 66), "knee_flex": u(75, 95)}
        reps = [
            {"open_deg": u(22, 48), "roll": u(0, 4), "hike": u(0, 2)},
            {"open_deg": u(22, 48), "roll": u(0, 24), "hike": u(0, 2)},
            {"open_deg": u(22, 48), "roll": u(0, 4), "hike": 0, "feet_gap": u(10, 17)},
        ]
    else:
        kw |= {"hip_flex": float(dice.one_of(60, 80, 90, 60, 30))}
        reps = [
            {"er_deg": u(20, 42), "roll": u(-3, 3), "hike": u(0, 2)},
            {"er_deg": u(20, 42), "roll": u(-20, 20), "hike": u(0, 2)},
            {"er_deg": u(20, 42), "roll": u(-3, 3), "hike": 0, "knee_lift": u(11, 20)},
        ]
    azimuth = u(-MOST_AZIMUTH_DEG, MOST_AZIMUTH_DEG)
    elevation = u(5, 26) if move == "clam" else u(9, 33)
    cam = {"az": azimuth, "el": elevation, "dist": u(2.0, 2.85), "hfov": u(56, 72)}
    size = (1280, 720) if dice.rng.random() < 0.17 else (640, 480)
    noise, seed, room, frames = u(1.5, 3), int(dice.rng.integers(1_000_000)), None, []
    for t in TIMES:
        pose, world, truth = getattr(moves, move)(body, t, reps=reps, **kw)
        vertices, joints, _ = body.pose(pose, root_t=np.zeros(3), world=world)
        if room is None:
            lift = np.array([0, 0, 0.012 - np.percentile(vertices[:, 2], 0.05)])
            room = room_around(render, body, joints[0] + lift, cam, size, seed)
        image = np.clip(room.shot(vertices + lift, noise=noise), 0, 255).astype(np.uint8)
        jpg = cv2.imencode(".jpg", image[..., ::-1], [1, 92])[1]
        frames.append({"jpg": jpg, "truth": {name: float(value) for name, value in truth.items()}})
    assert room is not None
    room.p.close()
    return {"move": move, "kw": kw, "reps": reps, "cam": cam, "size": size, "frames": frames}


def room_around(render: Any, body: Any, base: Any, cam: dict[str, float], size: tuple[int, int], seed: int) -> Any:
    az, el = np.radians(cam["az"]), np.radians(cam["el"])
    at = base + cam["dist"] * np.array([np.sin(az) * np.cos(el), -np.cos(az) * np.cos(el), np.sin(el)])
    at[2] = max(at[2], 0.12)
    mat = ((base[0], base[1]), 1.9, 0.7)
    return render.Room(body, tuple(at), tuple(base), size=size, hfov=cam["hfov"], seed=seed, mat=mat)


if __name__ == "__main__":
    sys.exit(main())

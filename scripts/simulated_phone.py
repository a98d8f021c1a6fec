"""A phone on the sacrum of somebody whose pelvis is known: what its sensors would write, with a phone's faults.

The mounting is turned at random; gyroscope and accelerometer have bias and noise; samples come unevenly; soft tissue swings
after every acceleration; the clock has an offset and a drift; three taps come before the set. None of the program's code is
used, so that a mistake in it cannot hide here.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

GRAVITY = 9.80665
FINE = 500.0
"""Steps a second of the motion that is sampled."""


@dataclass(frozen=True)
class Phone:
    """Degrees, seconds, rad/s and m/s² as each name says."""

    seed: int = 0
    rate: float = 100.0
    jitter: float = 0.15
    """Standard deviation of a step, as a share of it."""
    offset_s: float = 12.0
    """Sensor time of the film's first frame."""
    drift_ppm: float = 0.0
    gyro_bias: float = 0.01
    gyro_noise: float = 0.002
    acceleration_bias: float = 0.04
    acceleration_noise: float = 0.03
    wobble_hz: float = 7.0
    wobble_share: float = 0.25
    """Of each angular acceleration that the soft tissue answers by swinging."""
    poses: tuple[str, ...] = ("stand", "start")
    """Calibration before the film: stand, bow (bent forward), start (the set's own posture)."""
    taps: bool = True
    after_s: float = 3.0
    mounting: Any = None
    """(3, 3) columns: the pelvis' left, back and head axes on the phone's; random when left out."""


@dataclass(frozen=True)
class Samples:
    """On the phone's clock and axes."""

    times_s: Any
    rotation: Any
    acceleration: Any
    attitude: Any
    """(n, 4) w, x, y, z: phone to level, z up."""
    film_times_s: Any
    pelvis: Any
    """(n, 3, 3) columns left, back, head in the room; the truth at film_times_s."""
    tap_film_s: tuple[float, ...] = field(default=())


def axis_turn(axis: str, degrees: Any) -> Any:
    a = np.radians(np.asarray(degrees, float))
    c, s, o, i = np.cos(a), np.sin(a), np.zeros_like(a), np.ones_like(a)
    rows = {
        "x": [[i, o, o], [o, c, -s], [o, s, c]],
        "y": [[c, o, s], [o, i, o], [-s, o, c]],
        "z": [[c, -s, o], [s, c, o], [o, o, i]],
    }
    return np.moveaxis(np.array(rows[axis]), (0, 1), (-2, -1))


def pelvis_of(data: dict[str, Any]) -> tuple[Any, Any, Any]:
    """(n,) film times, (n, 3, 3) the pelvis in a room with z up and (n, 3) its place in m, of a rendered clip's truth."""
    times = np.array([f["t"] for f in data["frames"]])
    hips = [np.add(f["xyz"]["left_hip"], f["xyz"]["right_hip"]) / 2 for f in data["frames"]]
    return times, _turn_of_pelvis(data, times), np.array(hips)


def _turn_of_pelvis(data: dict[str, Any], times: Any) -> Any:
    move, kw, frames = data["spec"]["move"], data["spec"]["kw"], data["frames"]

    def angle(name: str) -> Any:
        values = np.array([np.nan if f.get(name) is None else f[name] for f in frames], float)
        known = np.isfinite(values)
        return np.interp(times, times[known], values[known])

    if move in ("clam", "sidelying_er"):
        top = 1 if kw["top"] == "L" else -1
        head = np.array([-1.0 if kw["head_left"] else 1.0, 0, 0])
        left = np.array([0, 0, 1.0]) * top
        lying = np.stack([left, np.cross(head, left), head], axis=1)
        return lying @ axis_turn("z", top * angle("pelvis_roll")) @ axis_turn("y", -top * angle("pelvis_hike"))
    if move == "banded_rotation":
        return axis_turn("z", angle("pelvis_yaw"))
    stance = 1 if kw.get("stance") == "L" else -1
    yaw = angle("pelvis_yaw") if "pelvis_yaw" in frames[0] else np.zeros(len(times))
    return axis_turn("z", yaw) @ axis_turn("y", -stance * angle("pelvic_drop"))


def wear(times_s: Any, pelvis: Any, place_m: Any, phone: Phone) -> Samples:
    """What `phone` records of a pelvis that turns (n, 3, 3) and travels (n, 3) like this, poses and taps before the film too."""
    rng = np.random.default_rng(phone.seed)
    film, turns = _with_poses(times_s, pelvis, phone)
    taps = tuple(film[0] + 1.6 + 0.5 * k + rng.uniform(-0.05, 0.05) for k in range(3)) if phone.taps else ()
    mounting = phone.mounting if phone.mounting is not None else _random_turn(rng)
    swinging = turns @ _turn_of_vectors(_wobble(film, turns, phone, rng))
    heading = axis_turn("z", rng.uniform(0, 360))
    phone_turns = heading @ swinging @ mounting.T
    rates = _rates(phone_turns, film)
    at = _sample_times(film, phone, rng)
    rates = np.stack([np.interp(at, film, r) for r in rates.T], axis=1)
    sampled = phone_turns[np.clip(np.searchsorted(film, at), 0, len(film) - 1)]
    pushed = np.stack([np.interp(at, film, a) for a in _travel(times_s, place_m, film).T], axis=1)
    felt = np.einsum("nji,nj->ni", sampled, pushed @ heading.T + [0, 0, GRAVITY])
    for tap in taps:
        push = rng.normal(size=3)
        felt += np.exp(-(((at - tap) / 0.012) ** 2))[:, None] * push / np.linalg.norm(push) * rng.uniform(10, 25)
    size = (len(at), 3)
    rates = rates + rng.normal(0, phone.gyro_bias, 3) + rng.normal(0, phone.gyro_noise, size)
    felt = felt + rng.normal(0, phone.acceleration_bias, 3) + rng.normal(0, phone.acceleration_noise, size)
    clock = phone.offset_s + at * (1 + phone.drift_ppm * 1e-6)
    return Samples(clock, rates, felt, quaternions(sampled), film, turns, taps)


def _with_poses(times_s: Any, pelvis: Any, phone: Phone) -> tuple[Any, Any]:
    """Still poses before the film, one of 4 s each with 2.5 s between, on the film's clock (negative before it)."""
    pose = {"stand": np.eye(3), "bow": axis_turn("x", 40.0), "start": pelvis[0]}
    facing = np.eye(3) if abs(pelvis[0][2, 0]) > 0.5 else pelvis[0]
    held = [facing @ pose[name] if name != "start" else pelvis[0] for name in phone.poses]
    lead = max(phone.offset_s if not held else 6.5 * len(held), 1.0)
    keys, turns = [-lead], [held[0] if held else pelvis[0]]
    for k, turn in enumerate(held):
        start = -lead + 6.5 * k
        keys += [start + 0.01, start + 4.0]
        turns += [turn, turn]
    keys += [-0.5, *times_s, times_s[-1] + phone.after_s]
    turns += [pelvis[0], *pelvis, pelvis[-1]]
    fine = np.arange(-lead, times_s[-1] + phone.after_s, 1 / FINE)
    quats = _continuous(quaternions(np.array(turns)))
    mixed = np.stack([np.interp(fine, keys, q) for q in quats.T], axis=1)
    smooth = np.stack([_smooth(q, 0.03) for q in mixed.T], axis=1)
    return fine, matrices(smooth / np.linalg.norm(smooth, axis=1, keepdims=True))


def _travel(times_s: Any, place_m: Any, film: Any) -> Any:
    """(n, 3) m/s² of the pelvis' own path, smoothed as the truth's rate allows."""
    path = np.stack([np.interp(film, times_s, p) for p in place_m.T], axis=1)
    for _ in range(2):
        path = np.stack([_smooth(p, 0.08) for p in path.T], axis=1)
    return np.gradient(np.gradient(path, film, axis=0), film, axis=0)


def _smooth(values: Any, sigma_s: float) -> Any:
    width = round(sigma_s * FINE)
    kernel = np.exp(-0.5 * (np.arange(-4 * width, 4 * width + 1) / width) ** 2)
    return np.convolve(np.pad(values, 4 * width, mode="edge"), kernel / kernel.sum(), "valid")


def _wobble(film: Any, turns: Any, phone: Phone, rng: Any) -> Any:
    """(n, 3) rad: a damped swing about each axis, driven by the pelvis' own angular acceleration, and a little sway."""
    drive = np.gradient(_rates(turns, film), film, axis=0) * phone.wobble_share
    omega, damping, dt = 2 * np.pi * phone.wobble_hz, 0.2, 1 / FINE
    place, speed, out = np.zeros(3), np.zeros(3), np.zeros_like(drive)
    for i, push in enumerate(drive):
        speed = speed + dt * (-push - omega**2 * place - 2 * damping * omega * speed)
        place = place + dt * speed
        out[i] = place
    breath = np.sin(2 * np.pi * 0.25 * film + rng.uniform(0, 6))[:, None] * np.radians(rng.uniform(0, 0.2, 3))
    return out + breath


def _sample_times(film: Any, phone: Phone, rng: Any) -> Any:
    n = int((film[-1] - film[0]) * phone.rate)
    steps = np.clip(rng.normal(1, phone.jitter, n), 0.3, 3) / phone.rate
    at = film[0] + 0.01 + np.cumsum(steps)
    return at[at < film[-1] - 0.01]


def _rates(turns: Any, times: Any) -> Any:
    """(n, 3) rad/s about the body's own axes."""
    step = np.einsum("nji,njk->nik", turns[:-1], turns[1:])
    rates = np.stack([step[:, 2, 1] - step[:, 1, 2], step[:, 0, 2] - step[:, 2, 0], step[:, 1, 0] - step[:, 0, 1]], axis=1) / 2
    return np.concatenate([rates, rates[-1:]]) / np.gradient(times)[:, None]


def _random_turn(rng: Any) -> Any:
    q = rng.normal(size=4)
    return matrices(q[None] / np.linalg.norm(q))[0]


def _turn_of_vectors(v: Any) -> Any:
    half = np.linalg.norm(v, axis=1, keepdims=True) / 2
    return matrices(np.concatenate([np.cos(half), v / 2 * np.sinc(half / np.pi)], axis=1))


def _continuous(q: Any) -> Any:
    flips = np.sign((q[1:] * q[:-1]).sum(axis=1))
    return q * np.concatenate([[1], np.cumprod(np.where(flips < 0, -1, 1))])[:, None]


def matrices(q: Any) -> Any:
    w, x, y, z = q.T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), (0, 1), (-2, -1))


def quaternions(turns: Any) -> Any:
    """(n, 3, 3) to (n, 4), by the largest of the four."""
    m = np.asarray(turns)
    trace = np.array([m[:, 0, 0] + m[:, 1, 1] + m[:, 2, 2], m[:, 0, 0], m[:, 1, 1], m[:, 2, 2]])
    k = np.stack(
        [
            np.stack([1 + trace[0], m[:, 2, 1] - m[:, 1, 2], m[:, 0, 2] - m[:, 2, 0], m[:, 1, 0] - m[:, 0, 1]], axis=1),
            np.stack(
                [m[:, 2, 1] - m[:, 1, 2], 1 + 2 * m[:, 0, 0] - trace[0], m[:, 0, 1] + m[:, 1, 0], m[:, 0, 2] + m[:, 2, 0]], axis=1
            ),
            np.stack(
                [m[:, 0, 2] - m[:, 2, 0], m[:, 0, 1] + m[:, 1, 0], 1 + 2 * m[:, 1, 1] - trace[0], m[:, 1, 2] + m[:, 2, 1]], axis=1
            ),
            np.stack(
                [m[:, 1, 0] - m[:, 0, 1], m[:, 0, 2] + m[:, 2, 0], m[:, 1, 2] + m[:, 2, 1], 1 + 2 * m[:, 2, 2] - trace[0]], axis=1
            ),
        ]
    )
    best = k[np.argmax(trace, axis=0), np.arange(len(m))]
    return best / np.linalg.norm(best, axis=1, keepdims=True)

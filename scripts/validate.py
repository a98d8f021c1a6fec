"""Runs every clip of a folder through the program and holds what it says against the clips' exact truth.

    python scripts/validate.py CLIPS_DIR [--jobs 2] [--only WORD] [--markdown FILE] [--rows FILE]

Each clip is NAME.mp4 beside NAME.json.gz. Prints how many repetitions were counted, the table of docs/validity.md, the same
for landmarks alone (the naive estimate), and the worst clips by name. --rows keeps every single comparison as JSON.
"""

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Landmark, PoseFrame
from formcheck.pose.model import model_file
from formcheck.results import Rep
from formcheck.run.measuring import Pipeline

FRONT_DEG = 20.0
NAIVE = "naive landmarks"


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity of one true repetition beside what was measured."""

    clip: str
    exercise: str
    front: bool
    rep: int
    quantity: str
    truth: float
    value: float | None
    uncertainty: float | None
    flagged: bool
    naive: float | None


@dataclass(frozen=True, slots=True)
class ClipResult:
    clip: str
    exercise: str
    front: bool
    counted: int
    true_count: int
    edges_s: list[tuple[float, float]]
    """Start and end of the matched repetitions less the truth's."""
    rows: list[Row]
    cues: list[tuple[str, float]]
    """Quantity, and seconds from the truth's crossing of the caution limit to the live cue; infinite where none came."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of the table: |truth| >= high should be flagged, <= low should not."""

    exercises: tuple[str, ...]
    quantity: str
    aim: float | None
    high: float | None = None
    caught: float = 0.95
    low: float | None = None
    false: float = 0.03
    direction: int = 0


LYING = ("clam", "sidelying-er")
WALKS = ("lateral-band-walk", "monster-walk")
GATES = (
    Gate(LYING, "pelvic_roll", 3, 13, 0.95, 6),
    Gate(LYING, "pelvic_hike", 3, 12, 0.90, 4),
    Gate(("clam",), "hip_opening", 5),
    Gate(("clam",), "feet_gap", None, 10, 0.95, 1),
    Gate(("sidelying-er",), "hip_external_rotation", 6),
    Gate(("sidelying-er",), "knee_lift", None, 10, 0.95, 1),
    Gate(("banded-rotation",), "pelvis_rotation", 6),
    Gate(("banded-rotation",), "trunk_rotation", 5, 18, 0.95, 6),
    Gate(("banded-rotation",), "arm_rotation", 8, 18, 0.95, 5),
    Gate(("banded-rotation",), "hip_lead_s", 0.15, -0.3, 0.80, -0.01, 0.05, direction=-1),
    Gate(("single-leg-squat",), "knee_flexion", 8),
    Gate(("single-leg-squat",), "knee_valgus", None, 14, 0.95, 6, direction=1),
    Gate(("single-leg-squat",), "pelvic_drop", 3, 14, 0.90, 5),
    Gate(("single-leg-squat",), "trunk_lean", 3, 13, 0.95, 6),
    Gate(WALKS, "trunk_lean", 3, 13, 0.95, 5),
    Gate(WALKS, "step_width", 0.1, 0.8, 0.95, 0.95, direction=-1),
    Gate(("pivot",), "trunk_rotation", 6, 18, 0.90, 5),
    Gate(("pivot",), "pelvic_drop", 4, 14, 0.90, 5),
    Gate(("pivot",), "pelvis_rotation", None),
    Gate(("pivot",), "trunk_lean", None),
)


def exercise_of(spec: dict[str, Any]) -> str:
    move = spec["move"]
    if move == "band_walk":
        return "monster-walk" if spec["kw"]["kind"] == "monster" else "lateral-band-walk"
    return str(move).replace("_", "-")


def true_series(exercise: str, data: dict[str, Any]) -> dict[str, np.ndarray]:
    """The truth's quantities per frame under the program's names and signs."""
    frames = data["frames"]
    kw = data["spec"]["kw"]

    def column(name: str) -> np.ndarray:
        return np.array([f.get(name, np.nan) for f in frames])

    if exercise == "clam":
        names = {"hip_opening": "opening", "pelvic_roll": "pelvis_roll", "pelvic_hike": "pelvis_hike", "feet_gap": "feet_gap"}
        return {k: column(v) for k, v in names.items()}
    if exercise == "sidelying-er":
        names = {
            "hip_external_rotation": "er",
            "pelvic_roll": "pelvis_roll",
            "pelvic_hike": "pelvis_hike",
            "knee_lift": "knee_lift",
        }
        return {k: column(v) for k, v in names.items()}
    if exercise == "banded-rotation":
        names = {"pelvis_rotation": "pelvis_yaw", "trunk_rotation": "separation", "arm_rotation": "arm_yaw"}
        return {k: kw["toward"] * column(v) for k, v in names.items()}
    stance = 1 if kw.get("stance") == "L" else -1
    if exercise == "single-leg-squat":
        side = "left" if stance > 0 else "right"
        return {
            "knee_flexion": column("knee_flexion"),
            "knee_valgus": column(f"fppa_{side}"),
            "pelvic_drop": column("pelvic_drop"),
            "trunk_lean": stance * column("trunk_lean_left"),
        }
    if exercise == "pivot":
        return {
            "pelvis_rotation": -stance * column("pelvis_yaw"),
            "trunk_rotation": -stance * column("separation"),
            "pelvic_drop": column("pelvic_drop"),
            "trunk_lean": stance * column("trunk_lean_left"),
        }
    return {
        "trunk_lean": column("moving_side") * column("trunk_lean_left"),
        "step_width": column("width_ratio"),
        "pelvic_drop": column("pelvic_drop"),
    }


def true_value(quantity: str, series: np.ndarray) -> float:
    """The extreme within the repetition less the value at its start; the smallest ratio for step_width."""
    if quantity == "step_width":
        return float(series.min())
    change = series - series[0]
    return float(change[np.argmax(np.abs(change))])


def naive_series(exercise: str, data: dict[str, Any], poses: list[PoseFrame]) -> dict[str, np.ndarray]:
    """What a checker on MediaPipe's world landmarks alone would say: the turn of the hip line, and of the others against it."""
    world = np.array([p.world_xyz for p in poses])

    def turn(left: Landmark, right: Landmark, vertical: bool = False) -> np.ndarray:
        line = world[:, left] - world[:, right]
        across = np.hypot(line[:, 0], line[:, 1]) if vertical else line[:, 0]
        return np.asarray(np.degrees(np.arctan2(line[:, 2], across)))

    if exercise in LYING:
        return {"pelvic_roll": turn(Landmark.LEFT_HIP, Landmark.RIGHT_HIP, vertical=True)}
    if exercise not in ("banded-rotation", "pivot"):
        return {}
    kw = data["spec"]["kw"]
    sign = kw["toward"] if exercise == "banded-rotation" else (-1 if kw["stance"] == "L" else 1)
    hips = sign * turn(Landmark.LEFT_HIP, Landmark.RIGHT_HIP)
    shoulders = sign * turn(Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER)
    reach = (world[:, [15, 16]] - world[:, [11, 12]]).mean(axis=1)
    hands = sign * np.degrees(np.arctan2(reach[:, 0], -reach[:, 2]))
    return {"pelvis_rotation": hips, "trunk_rotation": shoulders - hips, "arm_rotation": hands - shoulders}


def run_clip(path: Path) -> ClipResult:
    data = json.loads(gzip.decompress(path.with_suffix(".json.gz").read_bytes()))
    exercise = exercise_of(data["spec"])
    poses = []
    active: list[tuple[float, set[str]]] = []
    with VideoFile(path) as source, Pipeline(EXERCISES[exercise], model_file()) as pipeline:
        for frame in source.frames():
            result = pipeline.process(frame)
            poses.append(result.pose)
            active.append((frame.timestamp_s, {f.fault for f in result.snapshot.active}))
        pipeline.analyzer.finish()
        reps = pipeline.analyzer.reps
    return compare(path.stem, exercise, data, poses, reps, active)


def compare(
    clip: str,
    exercise: str,
    data: dict[str, Any],
    poses: list[PoseFrame],
    reps: tuple[Rep, ...],
    active: list[tuple[float, set[str]]],
) -> ClipResult:
    times = np.array([f["t"] for f in data["frames"]])
    truth = true_series(exercise, data)
    naive = naive_series(exercise, data, poses)
    front = abs(data["spec"]["cam"].get("az", 0.0)) <= FRONT_DEG
    rows, edges, cues = [], [], []
    for k, (start_s, end_s) in enumerate(data["reps_s"]):
        rep = max(reps, key=lambda r: min(r.end_s, end_s) - max(r.start_s, start_s), default=None)
        if rep is not None and min(rep.end_s, end_s) - max(rep.start_s, start_s) < 0.3 * (end_s - start_s):
            rep = None
        inside = (times >= start_s) & (times <= end_s)
        if rep is not None:
            edges.append((rep.start_s - start_s, rep.end_s - end_s))
        values = {q: true_value(q, s[inside]) for q, s in truth.items()}
        if front:
            cues += cue_delays(exercise, times[inside], {q: s[inside] for q, s in truth.items()}, active)
        if exercise == "banded-rotation":
            spec_rep = data["spec"]["reps"][k]
            values["hip_lead_s"] = -spec_rep.get("lead", 0.0) * data["spec"]["rep_s"] * spec_rep.get("_dur", 1.0)
        for quantity, value in values.items():
            naive_value = None
            if quantity in naive and len(poses) == len(times):
                naive_value = true_value(quantity, naive[quantity][inside])
            rows.append(_row(clip, exercise, front, k + 1, quantity, value, rep, naive_value))
    return ClipResult(clip, exercise, front, len(reps), len(data["reps_s"]), edges, rows, cues)


def cue_delays(
    exercise: str, times: np.ndarray, truth: dict[str, np.ndarray], active: list[tuple[float, set[str]]]
) -> list[tuple[str, float]]:
    """For each quantity that goes clearly beyond its limit in one repetition: how long after its crossing the cue came."""
    out = []
    for gate in GATES:
        if exercise not in gate.exercises or gate.high is None or gate.quantity not in truth:
            continue
        series = truth[gate.quantity] if gate.quantity == "step_width" else truth[gate.quantity] - truth[gate.quantity][0]
        if not beyond(gate, true_value(gate.quantity, truth[gate.quantity])):
            continue
        fault = next(f for f in EXERCISES[exercise].faults if f.quantity == gate.quantity)
        crossed_s = next((t for t, v in zip(times, series, strict=True) if fault.passes(v, fault.limits.caution)), None)
        if crossed_s is not None:
            said = (t for t, names in active if times[0] <= t <= times[-1] + 1.0 and fault.name in names)
            out.append((gate.quantity, next(said, float("inf")) - float(crossed_s)))
    return out


def cue_table(results: list[ClipResult]) -> str:
    """How soon the live cue follows the truth's crossing of the limit; early ones are negative."""
    groups: dict[tuple[str, str], list[float]] = defaultdict(list)
    for result in results:
        for quantity, delay_s in result.cues:
            groups[result.exercise, quantity].append(delay_s)
    out = ["| exercise | measure | cases | median delay s | within 0.3 s | no cue |", "|---|---|---|---|---|---|"]
    for (exercise, quantity), delays in groups.items():
        d = np.array(delays)
        out.append(f"| {exercise} | {quantity} | {len(d)} | {np.median(d):.2f} | {(d <= 0.3).sum()} | {np.isinf(d).sum()} |")
    return "\n".join(out)


def _row(
    clip: str, exercise: str, front: bool, number: int, quantity: str, truth: float, rep: Rep | None, naive: float | None
) -> Row:
    measured = rep.measurements.get(quantity) if rep is not None else None
    faults = [f.name for f in EXERCISES[exercise].faults if f.quantity == quantity]
    flagged = rep is not None and any(f.fault in faults for f in rep.findings)
    value = measured.value if measured else None
    return Row(clip, exercise, front, number, quantity, truth, value, measured.uncertainty if measured else None, flagged, naive)


def beyond(gate: Gate, truth: float) -> bool:
    return gate.high is not None and (truth <= gate.high if gate.direction < 0 else _size(gate, truth) >= gate.high)


def within(gate: Gate, truth: float) -> bool:
    return gate.low is not None and (truth >= gate.low if gate.direction < 0 else _size(gate, truth) <= gate.low)


def _size(gate: Gate, truth: float) -> float:
    return truth if gate.direction else abs(truth)


def table(rows: Iterable[Row]) -> str:
    """The gates as a markdown table: what was measured, caught, cried wolf over, and how often the interval held."""
    out = [
        "| exercise | measure | repetitions | not assessable | mean abs. error (aim) | flagged when present "
        "| flagged when absent | 90 % interval holds | naive error |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = list(rows)
    for gate in GATES:
        mine = [r for r in rows if r.exercise in gate.exercises and r.quantity == gate.quantity]
        if mine:
            out.append(_line(gate, mine))
    return "\n".join(out)


def _line(gate: Gate, rows: list[Row]) -> str:
    pairs = [(r.value, r.truth, r.uncertainty or 0.0) for r in rows if r.value is not None]
    errors = np.array([abs(v - t) for v, t, _ in pairs])
    held = np.array([abs(v - t) <= u for v, t, u in pairs])
    naive = np.array([abs(r.naive - r.truth) for r in rows if r.naive is not None])
    present = [r for r in rows if beyond(gate, r.truth) and r.value is not None]
    absent = [r for r in rows if within(gate, r.truth) and r.value is not None]
    aim = "" if gate.aim is None else f" ({gate.aim:g})"
    unit = 2 if gate.quantity in ("hip_lead_s", "step_width") else 1
    return (
        f"| {', '.join(gate.exercises)} | {gate.quantity} | {len(rows)} | {len(rows) - len(pairs)} "
        f"| {errors.mean() if len(errors) else np.nan:.{unit}f}{aim} "
        f"| {_share(present, gate.high, f'≥ {gate.caught:.0%}')} | {_share(absent, gate.low, f'≤ {gate.false:.0%}')} "
        f"| {held.mean() if len(held) else np.nan:.0%} | {f'{naive.mean():.1f}' if len(naive) else ''} |"
    )


def _share(rows: list[Row], limit: float | None, goal: str) -> str:
    if limit is None:
        return ""
    return f"{sum(r.flagged for r in rows)} of {len(rows)} ({goal})"


def detectable(rows: Iterable[Row]) -> str:
    """Smallest detectable differences: 1.96·√2·SEM, where SEM is the spread of one truth as several cameras and seeds saw it.

    Clips of one truth are told by equal true values of the same repetition.
    """
    groups: dict[tuple[str, str, int, float], list[float]] = defaultdict(list)
    for r in rows:
        if r.value is not None:
            groups[r.exercise, r.quantity, r.rep, round(r.truth, 3)].append(r.value)
    pooled: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for (exercise, quantity, _, _), values in groups.items():
        if len(values) > 1:
            pooled[exercise, quantity].append((float(np.var(values, ddof=1)), len(values) - 1))
    out = ["| exercise | measure | repetitions | SEM | smallest detectable difference |", "|---|---|---|---|---|"]
    for (exercise, quantity), parts in sorted(pooled.items()):
        sem = float(np.sqrt(sum(v * n for v, n in parts) / sum(n for _, n in parts)))
        out.append(f"| {exercise} | {quantity} | {len(parts)} | {sem:.2f} | {1.96 * np.sqrt(2) * sem:.2f} |")
    return "\n".join(out)


def worst(rows: Iterable[Row], per_gate: int = 3) -> list[str]:
    out = []
    rows = list(rows)
    for gate in GATES:
        mine = [r for r in rows if r.exercise in gate.exercises and r.quantity == gate.quantity and r.value is not None]
        mine.sort(key=lambda r: -abs(float(r.value or 0) - r.truth))
        wrong = [r for r in mine if (within if r.flagged else beyond)(gate, r.truth)]
        for mark, some in (("", mine[:per_gate]), ("WRONG ", wrong)):
            out += [
                f"{mark}{gate.quantity}: {r.clip} rep {r.rep}: {r.value:.2f} ±{r.uncertainty or 0:.2f}, truth {r.truth:.2f}"
                for r in some
            ]
    return out


def counts(results: list[ClipResult]) -> str:
    """Repetitions counted per exercise, and how far their edges lie from the truth's 5 % points."""
    out = ["| exercise | clips | exact count | start error s | end error s |", "|---|---|---|---|---|"]
    groups: dict[str, list[ClipResult]] = defaultdict(list)
    for result in results:
        groups[result.exercise].append(result)
    for exercise, some in groups.items():
        edges = np.abs(np.array([e for r in some for e in r.edges_s] or [(np.nan, np.nan)])).mean(axis=0)
        exact = sum(r.counted == r.true_count for r in some)
        out.append(f"| {exercise} | {len(some)} | {exact} | {edges[0]:.2f} | {edges[1]:.2f} |")
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, metavar="CLIPS_DIR")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", metavar="WORD", help="clips whose name holds this")
    parser.add_argument("--retest", action="store_true", help="clips of one truth by several cameras: smallest differences")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables here as well")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="write every comparison as JSON")
    options = parser.parse_args()
    model_file()
    clips = [p for p in sorted(options.clips.glob("*.mp4")) if options.only in p.name and p.with_suffix(".json.gz").exists()]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(pool.map(run_clip, clips))
    rows = [row for result in results for row in result.rows]
    text = f"{counts(results)}\n\nCamera within {FRONT_DEG:.0f}° of front\n\n{table(r for r in rows if r.front)}\n"
    if any(not r.front for r in rows):
        text += f"\nCamera further off\n\n{table(r for r in rows if not r.front)}\n"
    if options.retest:
        text += f"\nTest-retest\n\n{detectable(rows)}\n"
    text += f"\nLive cues\n\n{cue_table(results)}\n"
    print(text)
    miscounted = [f"{r.clip} {r.counted}/{r.true_count}" for r in results if r.counted != r.true_count]
    print("Miscounted:", ", ".join(miscounted) or "none")
    print("\n".join(worst(rows)))
    if options.markdown:
        options.markdown.write_text(text)
    if options.rows:
        options.rows.write_text(json.dumps([asdict(r) for r in rows], indent=0))


if __name__ == "__main__":
    main()

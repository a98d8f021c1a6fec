"""Runs every clip of a folder through the program and holds what it says against the clips' exact truth.

    python scripts/validate.py CLIPS_DIR [--jobs 2] [--only WORD] [--poses scheduled|live|every] [--markdown FILE] [--rows FILE]
    python scripts/validate.py --real FILMS_DIR [--only WORD] [--markdown FILE]

Each clip is NAME.mp4 beside NAME.json.gz. Prints how many repetitions were counted, the table of docs/validity.md, the same
for landmarks alone (the naive estimate), and the worst clips by name. --rows keeps every clip with every single comparison as
JSON, of which side_by_side.py makes tables.
--real holds the angles of every frame against motion capture of real people (real_people.py).
"""

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from live_cues import Cue, Told, cue_table, cues_of_rep, true_value
from real_people import real_table
from true_stances import RunnerResult, exercise_of, is_runner
from true_stances import compare as compare_runner
from true_stances import tables as runner_tables
from truth import Gate, Truth, clips_of, read_truth

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame, PoseFrame
from formcheck.pose.model import model_file
from formcheck.pose.scheduled import ScheduledTracker, only_shown
from formcheck.results import Rep
from formcheck.run.loop import run
from formcheck.run.offline.film_set import FilmSet
from formcheck.run.offline.poses import PosesOfFile
from formcheck.run.tracking import tracker_for

FRONT_DEG = 20.0
DIFFICULTIES = ("moderate", "hard")


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
    cues: list[Cue]
    difficulty: str = ""
    """moderate or hard, where the clip's spec says so."""
    runner: RunnerResult | None = None


def poses_of(path: Path, exercise: Exercise, how: str) -> Iterator[tuple[Frame, PoseFrame | None]]:
    """how: scheduled, as a film is analysed; live, as a camera is; every, a pose found on every frame."""
    if how != "live":
        with PosesOfFile(VideoFile(path), exercise, model_file(), every_frame=how == "every") as found:
            yield from found
        return
    with VideoFile(path) as film, tracker_for(exercise, model_file()) as tracker:
        follower, measured_s = ScheduledTracker(tracker, exercise.pose_rate), -math.inf
        for frame in film.frames():
            pose = follower.process(frame)
            if pose is not None and only_shown(pose, measured_s, exercise.pose_rate):
                pose = None
            measured_s = measured_s if pose is None else frame.timestamp_s
            yield frame, pose


def run_clip(path: Path, how: str = "scheduled") -> ClipResult:
    data = read_truth(path)
    if is_runner(data):
        return run_runner(path, data, how)
    exercise = Truth().exercise_of(data["spec"])
    poses = []
    told: list[tuple[float, dict[str, float]]] = []
    film = FilmSet(Analyzer(EXERCISES[exercise]))
    for measured in run(film.to_measure(poses_of(path, EXERCISES[exercise], how)), film):
        poses.append(measured.pose)
        told.append((measured.frame.timestamp_s, {f.fault: f.at_s for f in measured.snapshot.active}))
    reps = film.finish().reps
    return compare(path.stem, exercise, data, poses, reps, told)


def run_runner(path: Path, data: dict[str, Any], how: str) -> ClipResult:
    """Of a run or walk each stance has one true value."""
    exercise = exercise_of(data)
    film = FilmSet(Analyzer(EXERCISES[exercise]))
    for _ in run(film.to_measure(poses_of(path, EXERCISES[exercise], how)), film):
        pass
    reps = film.finish().reps
    result = compare_runner(path.stem, data, Truth().exercises[exercise]["stance"], reps)
    rows = [
        _row(path.stem, exercise, result.behind, number, quantity, truth, stance.found, None)
        for number, stance in enumerate(result.stances, 1)
        for quantity, truth in stance.truth.items()
    ]
    pairs = [(s.found, true) for s, true in zip(result.stances, data["stances"], strict=False) if s.found is not None]
    edges = [(rep.start_s - true["contact_s"], rep.end_s - true["toe_off_s"]) for rep, true in pairs]
    return ClipResult(path.stem, exercise, result.behind, len(reps), len(result.stances), edges, rows, [], runner=result)


def compare(
    clip: str,
    exercise: str,
    data: dict[str, Any],
    poses: list[PoseFrame],
    reps: tuple[Rep, ...],
    told: Told,
) -> ClipResult:
    times = np.array([f["t"] for f in data["frames"]])
    known = Truth()
    truth, naive = known.series(exercise, data), known.naive(exercise, data, poses)
    quantity_of = EXERCISES[exercise].quantity
    front = abs(data["spec"]["cam"].get("az", 0.0)) <= FRONT_DEG
    rows, edges, cues = [], [], []
    for k, (start_s, end_s) in enumerate(data["reps_s"]):
        rep = max(reps, key=lambda r: min(r.end_s, end_s) - max(r.start_s, start_s), default=None)
        if rep is not None and min(rep.end_s, end_s) - max(rep.start_s, start_s) < 0.3 * (end_s - start_s):
            rep = None
        inside = (times >= start_s) & (times <= end_s)
        if rep is not None:
            edges.append((rep.start_s - start_s, rep.end_s - end_s))
        values = {q: true_value(quantity_of(q), s[inside]) for q, s in truth.items()} | known.of_rep(exercise, data["spec"], k)
        if front:
            cues += cues_of_rep(known, exercise, times[inside], {q: s[inside] for q, s in truth.items()}, rep, told)
        for quantity, value in values.items():
            naive_value = None
            if quantity in naive and len(poses) == len(times):
                naive_value = true_value(quantity_of(quantity), naive[quantity][inside])
            rows.append(_row(clip, exercise, front, k + 1, quantity, value, rep, naive_value))
    difficulty = next((tag for tag in data["spec"].get("tags", ()) if tag in DIFFICULTIES), "")
    return ClipResult(clip, exercise, front, len(reps), len(data["reps_s"]), edges, rows, cues, difficulty)


def _row(
    clip: str, exercise: str, front: bool, number: int, quantity: str, truth: float, rep: Rep | None, naive: float | None
) -> Row:
    measured = rep.measurements.get(quantity) if rep is not None else None
    faults = [f.name for f in EXERCISES[exercise].faults if f.quantity == quantity]
    flagged = rep is not None and any(f.fault in faults for f in rep.findings)
    value = measured.value if measured else None
    return Row(clip, exercise, front, number, quantity, truth, value, measured.uncertainty if measured else None, flagged, naive)


def table(rows: Iterable[Row]) -> str:
    """The gates as a markdown table: what was measured, caught, cried wolf over, and how often the interval held."""
    out = [
        "| exercise | measure | repetitions | not assessable | mean abs. error (aim) | flagged when present "
        "| flagged when absent | 90 % interval holds | naive error |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = list(rows)
    for gate in Truth().gates:
        mine = [r for r in rows if r.exercise in gate.exercises and r.quantity == gate.quantity]
        if mine:
            out.append(_line(gate, mine))
    return "\n".join(out)


def _line(gate: Gate, rows: list[Row]) -> str:
    pairs = [(r.value, r.truth, r.uncertainty or 0.0) for r in rows if r.value is not None]
    errors = np.array([abs(v - t) for v, t, _ in pairs])
    held = np.array([abs(v - t) <= u for v, t, u in pairs])
    naive = np.array([abs(r.naive - r.truth) for r in rows if r.naive is not None])
    present = [r for r in rows if gate.beyond(r.truth) and r.value is not None]
    absent = [r for r in rows if gate.within(r.truth) and r.value is not None]
    aim = "" if gate.aim is None else f" ({gate.aim:g})"
    unit = 1 if EXERCISES[gate.exercises[0]].quantity(gate.quantity).unit == "deg" else 2
    return (
        f"| {', '.join(gate.exercises)} | {gate.quantity} | {len(rows)} | {len(rows) - len(pairs)} "
        f"| {errors.mean() if len(errors) else np.nan:.{unit}f}{aim} "
        f"| {_share(present, gate.present, f'≥ {gate.caught:.0%}')} | {_share(absent, gate.absent, f'≤ {gate.false:.0%}')} "
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
    for gate in Truth().gates:
        mine = [r for r in rows if r.exercise in gate.exercises and r.quantity == gate.quantity and r.value is not None]
        mine.sort(key=lambda r: -abs(float(r.value or 0) - r.truth))
        wrong = [r for r in mine if (gate.within if r.flagged else gate.beyond)(r.truth)]
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


def _show(tables: str, markdown: Path | None) -> None:
    print(tables)
    if markdown:
        markdown.write_text(tables)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path, nargs="?", metavar="CLIPS_DIR")
    parser.add_argument("--real", type=Path, metavar="FILMS_DIR", help="films of real people with motion capture")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", metavar="WORD", help="clips whose name holds this")
    parser.add_argument("--poses", default="scheduled", choices=("scheduled", "live", "every"), help="how poses are found")
    parser.add_argument("--retest", action="store_true", help="clips of one truth by several cameras: smallest differences")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables here as well")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="write clips and comparisons as JSON")
    options = parser.parse_args()
    if (options.clips is None) == (options.real is None):
        parser.error("name CLIPS_DIR, or --real FILMS_DIR")
    model_file()
    if options.real:
        _show(real_table(options.real, options.only), options.markdown)
        return
    clips = [p for p in clips_of([options.clips]) if options.only in p.name]
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(pool.map(partial(run_clip, how=options.poses), clips))
    rows = [row for result in results for row in result.rows]
    text = f"{counts(results)}\n\nCamera within {FRONT_DEG:.0f}° of front\n\n{table(r for r in rows if r.front)}\n"
    if any(not r.front for r in rows):
        text += f"\nCamera further off\n\n{table(r for r in rows if not r.front)}\n"
    if options.retest:
        text += f"\nTest-retest\n\n{detectable(rows)}\n"
    if runners := [r.runner for r in results if r.runner is not None]:
        text += f"\nRuns (above: within 15° behind the belt)\n\n{runner_tables(runners)}\n"
    text += f"\nLive cues\n\n{cue_table([(result.exercise, cue) for result in results for cue in result.cues])}\n"
    _show(text, options.markdown)
    miscounted = [f"{r.clip} {r.counted}/{r.true_count}" for r in results if r.counted != r.true_count]
    print("Miscounted:", ", ".join(miscounted) or "none")
    print("\n".join(worst(rows)))
    if options.rows:
        options.rows.write_text(json.dumps([asdict(replace(r, runner=None)) for r in results]))


if __name__ == "__main__":
    main()

"""The truth of rendered clips under the program's names and signs, by the table in validation.toml."""

import gzip
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.frames import Floats, PoseFrame
from formcheck.frames import Landmark as L

TABLE = Path(__file__).with_name("validation.toml")
LEAD = "lead of the thorax"


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of the table in docs/validity.md: |truth| >= present should be flagged, <= absent should not."""

    exercises: tuple[str, ...]
    quantity: str
    aim: float | None = None
    present: float | None = None
    caught: float = 0.95
    absent: float | None = None
    false: float = 0.03
    direction: int = 0

    def beyond(self, truth: float) -> bool:
        """Whether this much should be flagged."""
        if self.present is None:
            return False
        return truth <= self.present if self.direction < 0 else self._size(truth) >= self.present

    def within(self, truth: float) -> bool:
        """Whether this much should not be flagged."""
        if self.absent is None:
            return False
        return truth >= self.absent if self.direction < 0 else self._size(truth) <= self.absent

    def _size(self, truth: float) -> float:
        return truth if self.direction else abs(truth)


class Truth:
    """What the clips' truth says of each exercise, and what is aimed at."""

    def __init__(self, table: Path = TABLE) -> None:
        data = tomllib.loads(table.read_text(encoding="utf-8"))
        self.gates = tuple(Gate(**(gate | {"exercises": tuple(gate["exercises"])})) for gate in data["gate"])
        self.exercises: Mapping[str, Any] = data["exercise"]

    def exercise_of(self, spec: Mapping[str, Any]) -> str:
        """The exercise that a clip shows. ValueError where the table has none for it."""
        said = {**spec.get("kw", {}), "move": spec["move"]}
        for exercise, how in self.exercises.items():
            if all(said.get(field) == value for field, value in how["clips"].items()):
                return exercise
        raise ValueError(f"{TABLE.name} names no exercise for a clip of {said}")

    def series(self, exercise: str, data: Mapping[str, Any]) -> dict[str, Floats]:
        """Quantity -> (frames,) of the truth."""
        frames, kw = data["frames"], data["spec"]["kw"]

        def column(name: str) -> Floats:
            return np.array([frame.get(name, np.nan) for frame in frames], dtype=float)

        wanted = self.exercises[exercise]["truth"].items()
        return {quantity: _product(words, kw, column) for quantity, words in wanted if words != LEAD}

    def of_rep(self, exercise: str, spec: Mapping[str, Any], number: int) -> dict[str, float]:
        """Quantity -> what the spec says of a repetition (from 0 on), for what no frame shows."""
        rep = spec["reps"][number] if number < len(spec["reps"]) else {}
        lead_s = rep.get("lead", 0.0) * spec["rep_s"] * rep.get("_dur", 1.0)
        return {quantity: -lead_s for quantity, words in self.exercises[exercise]["truth"].items() if words == LEAD}

    def naive(self, exercise: str, data: Mapping[str, Any], poses: Sequence[PoseFrame]) -> dict[str, Floats]:
        """Quantity -> (frames,) what a checker on MediaPipe's world landmarks alone would say."""
        world, kw = np.array([p.world_xyz for p in poses]), data["spec"]["kw"]
        wanted = self.exercises[exercise].get("naive", {}).items()
        return {quantity: _product(words, kw, lambda name: NAIVE[name](world)) for quantity, words in wanted}


def clips_of(folders: Iterable[Path], endings: Sequence[str] = (".mp4",)) -> list[Path]:
    """The videos in these folders that have their truth beside them."""
    videos = [p for folder in folders for p in sorted(folder.iterdir()) if p.suffix in endings]
    return [p for p in videos if p.with_suffix(".json.gz").exists()]


def read_truth(clip: Path) -> Any:
    """The truth beside a clip's video."""
    return json.loads(gzip.decompress(clip.with_suffix(".json.gz").read_bytes()))


def _product(words: str, kw: Mapping[str, Any], column: Callable[[str], Floats]) -> Floats:
    """ "-stance * pelvis_yaw" -> the column, times what the clip's parameters say."""
    sides = {"L": 1.0, "R": -1.0}
    *factors, last = (part.strip() for part in words.split("*"))
    values = column(last.format(side="left" if kw.get("stance") == "L" else "right"))
    for factor in factors:
        name = factor.removeprefix("-")
        known = sides.get(kw[name], kw[name]) if name in kw else column(name)
        values = values * known * (-1.0 if factor.startswith("-") else 1.0)
    return values


def _turn(world: Floats, left: L, right: L) -> Floats:
    """Degrees by which the line between two joints is turned out of the picture, about the vertical."""
    line = world[:, left] - world[:, right]
    return np.asarray(np.degrees(np.arctan2(line[:, 2], line[:, 0])))


def _hips(world: Floats) -> Floats:
    return _turn(world, L.LEFT_HIP, L.RIGHT_HIP)


def _shoulders(world: Floats) -> Floats:
    return _turn(world, L.LEFT_SHOULDER, L.RIGHT_SHOULDER)


def _hip_roll(world: Floats) -> Floats:
    """The same for a lying person, about the trunk."""
    line = world[:, L.LEFT_HIP] - world[:, L.RIGHT_HIP]
    return np.asarray(np.degrees(np.arctan2(line[:, 2], np.hypot(line[:, 0], line[:, 1]))))


def _hands(world: Floats) -> Floats:
    reach = (world[:, [L.LEFT_WRIST, L.RIGHT_WRIST]] - world[:, [L.LEFT_SHOULDER, L.RIGHT_SHOULDER]]).mean(axis=1)
    return np.asarray(np.degrees(np.arctan2(reach[:, 0], -reach[:, 2])))


NAIVE: Mapping[str, Callable[[Floats], Floats]] = {
    "hip line about the trunk": _hip_roll,
    "hip line": _hips,
    "shoulder line on hip line": lambda world: _shoulders(world) - _hips(world),
    "hands on shoulder line": lambda world: _hands(world) - _shoulders(world),
}

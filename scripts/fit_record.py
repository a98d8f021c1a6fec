"""What the scripts that fit numbers have in common: they say what a refit would change, and write their file with --write."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np

from formcheck.frames import Floats
from formcheck.system import fitted_file, json_format
from formcheck.system.fitted_file import Fit, LeftOut

T = TypeVar("T")
FOLDS = 5


class OfClip(Protocol):
    """Something that was seen in one clip."""

    @property
    def clip(self) -> str: ...


C = TypeVar("C", bound=OfClip)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep what was tracked here, for the next time")
    parser.add_argument("--write", action="store_true", help="put the result into formcheck/fitted/")
    parser.add_argument("--note", default="", help="what whoever reads the file should know")


def cached(cache: Path | None, name: str, make: Callable[[], Mapping[str, Floats]]) -> Mapping[str, Floats]:
    """The arrays that `make` gives, by name; kept as NAME.npz in the folder `cache`, where there is one."""
    kept = cache / f"{name}.npz" if cache else None
    if kept and kept.exists():
        return dict(np.load(kept))
    made = make()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, allow_pickle=False, **made)
    return made


def clips_left_out(items: Sequence[C], fit: Callable[[list[C]], Floats], error: Callable[[C, Floats], float]) -> LeftOut:
    """How far off each item is measured, degrees, by weights found on the other clips."""
    errors = []
    for clip in dict.fromkeys(item.clip for item in items):
        weights = fit([item for item in items if item.clip != clip])
        errors += [abs(error(item, weights)) for item in items if item.clip == clip]
    return LeftOut(error=round(float(np.mean(errors)), 2), unit="deg", repetitions=len(errors))


def folds(items: Iterable[T], body: Callable[[T], str]) -> list[tuple[list[T], list[T]]]:
    """(the others, left out) for each fold: no body stands on both sides."""
    items = list(items)
    bodies = sorted({body(item) for item in items})
    out = []
    for fold in range(min(FOLDS, len(bodies))):
        left = set(bodies[fold :: min(FOLDS, len(bodies))])
        out.append(([i for i in items if body(i) not in left], [i for i in items if body(i) in left]))
    return out


def finish(
    name: str, values: Mapping[str, Any], left_out: dict[str, LeftOut], videos: Sequence[Path], options: argparse.Namespace
) -> None:
    """Print the error on what was left out and the changes; write formcheck/fitted/NAME.json where the options say so."""
    for quantity, far in left_out.items():
        print(f"left out: {quantity} {far.error:.2f} {far.unit} off in {far.repetitions} repetitions")
    old = fitted_file.read(name)
    found = json_format.plain(values)
    for line in fitted_file.changes(old.values, found) or ["nothing changes"]:
        print(line)
    if options.write:
        command = shlex.join(["python", f"scripts/{Path(sys.argv[0]).name}", *sys.argv[1:]])
        fit = Fit(
            command=command,
            made_on=date.today(),
            clips=fitted_file.hashes(videos),
            left_out=left_out,
            note=options.note,
            units=old.units,
            values=found,
        )
        fitted_file.write(name, fit)
        print(f"written: {fitted_file.path_of(name)}")

"""The exercises: every module of this package that holds `EXERCISE`, found by being there.

Folders named in the environment variable FORMCHECK_EXERCISES are searched as well. Ids are read from the modules' text, and a
module is loaded only when its exercise is asked for: it loads numpy, which --help need not wait for.
"""

import functools
import importlib
import importlib.util
import os
import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib.abc import InspectLoader
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcheck.exercises.contract import Exercise

__path__ = [*__path__, *filter(None, os.environ.get("FORMCHECK_EXERCISES", "").split(os.pathsep))]

_DEFINED = re.compile(r"^EXERCISE\b[^=\n]*=", re.MULTILINE)
_ID, _ORDER = re.compile(r"^    id=\"([^\"]+)\"", re.MULTILINE), re.compile(r"^    order=(\d+)", re.MULTILINE)


class _Found(Mapping[str, "Exercise"]):
    """Id -> exercise, in the order of the lists."""

    def __getitem__(self, exercise: str) -> "Exercise":
        return _loaded(_modules(tuple(__path__))[exercise])

    def __contains__(self, exercise: object) -> bool:
        return exercise in _modules(tuple(__path__))

    def __iter__(self) -> Iterator[str]:
        return iter(_modules(tuple(__path__)))

    def __len__(self) -> int:
        return len(_modules(tuple(__path__)))


EXERCISES: Mapping[str, "Exercise"] = _Found()


@functools.cache
def _modules(path: tuple[str, ...]) -> dict[str, str]:
    """Id -> module, of every exercise in these folders. ValueError where two have one id."""
    found: dict[str, tuple[int, str]] = {}
    for info in pkgutil.iter_modules(path):
        name = f"{__name__}.{info.name}"
        glanced = _glance(name)
        if glanced is None:
            continue
        exercise, order = glanced
        if exercise in found:
            raise ValueError(f"{name} and {found[exercise][1]} hold the same exercise {exercise!r}: give one of them another id")
        found[exercise] = order, name
    return {e: found[e][1] for e in sorted(found, key=lambda e: (found[e][0], e))}


def _glance(name: str) -> tuple[str, int] | None:
    """(id, order) of the exercise that a module holds; None if it holds none. From its text where that says them plainly."""
    spec = importlib.util.find_spec(name)
    loader = spec.loader if spec is not None else None
    text = loader.get_source(name) if isinstance(loader, InspectLoader) else None
    if text is not None:
        if not _DEFINED.search(text):
            return None
        exercise, order = _ID.search(text), _ORDER.search(text)
        if exercise is not None and order is not None:
            return exercise[1], int(order[1])
    exercise = getattr(importlib.import_module(name), "EXERCISE", None)
    return None if exercise is None else (exercise.id, exercise.order)


@functools.cache
def _loaded(name: str) -> "Exercise":
    from formcheck.exercises.checks import checked

    return checked(importlib.import_module(name).EXERCISE, name)

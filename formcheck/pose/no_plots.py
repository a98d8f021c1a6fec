"""Keeps MediaPipe from loading matplotlib's pyplot, which it does for drawings nobody here asks for: half of its loading time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

PYPLOT = "matplotlib.pyplot"


@contextmanager
def without_plots() -> Iterator[None]:
    """While MediaPipe is imported an empty module stands in; whoever wants pyplot afterwards gets the real one."""
    if PYPLOT in sys.modules:
        yield
        return
    stand_in = sys.modules[PYPLOT] = ModuleType(PYPLOT)
    try:
        yield
    finally:
        if sys.modules.get(PYPLOT) is stand_in:
            del sys.modules[PYPLOT]
        matplotlib = sys.modules.get("matplotlib")
        if matplotlib is not None and getattr(matplotlib, "pyplot", None) is stand_in:
            del matplotlib.pyplot

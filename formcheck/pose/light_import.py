"""Keeps MediaPipe from loading what it asks for on behalf of drawings and sounds nobody here wants: most of its loading time.

sounddevice would also open the computer's sound system, which a program that only looks has no business with.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

LEFT_OUT = ("matplotlib", "matplotlib.pyplot", "sounddevice")


@contextmanager
def without_plots_and_sound() -> Iterator[None]:
    """While MediaPipe is imported empty modules stand in; whoever wants them afterwards gets the real ones."""
    stand_ins = {name: ModuleType(name) for name in LEFT_OUT if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
        matplotlib = sys.modules.get("matplotlib")  # the real one, if somebody had it already
        if matplotlib is not None and getattr(matplotlib, "pyplot", None) is stand_ins.get("matplotlib.pyplot", matplotlib):
            del matplotlib.pyplot

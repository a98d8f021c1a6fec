"""A screen reader's ears, for the system's Python (pyatspi is no wheel): prints what a program announces, then shows.

python3 screen_reader.py SECONDS: EVENT lines while it listens, then one line per control, "role | name".
"""

import sys
import threading
import time
from typing import Any

import pyatspi


def show(node: Any, depth: int = 0) -> None:
    if node is None or depth > 12:
        return
    print(f"{node.getRoleName()} | {node.name}", flush=True)
    for i in range(min(node.childCount, 40)):
        show(node.getChildAtIndex(i), depth + 1)


def later(seconds: float) -> None:
    time.sleep(seconds)
    for program in pyatspi.Registry.getDesktop(0):
        show(program)
    pyatspi.Registry.stop()


pyatspi.Registry.registerEventListener(lambda e: print(f"EVENT {e.any_data}", flush=True), "object:announcement")
print("LISTENING", flush=True)
threading.Thread(target=later, args=(float(sys.argv[1]),), daemon=True).start()
pyatspi.Registry.start()

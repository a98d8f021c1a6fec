"""A screen reader's ears, for the system's Python (pyatspi is no wheel): prints what a program announces, then shows.

python3 screen_reader.py FOLDER LAST SECONDS: makes FOLDER/listening, prints EVENT lines until LAST was heard (SECONDS at most),
then one line per control, "role | name"; makes FOLDER/heard at its end.
"""

import sys
import threading
from pathlib import Path
from typing import Any

import pyatspi

folder, last, seconds = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
over = threading.Event()


def hear(event: Any) -> None:
    print(f"EVENT {event.any_data}", flush=True)
    if event.any_data == last:
        over.set()


def show(node: Any, depth: int = 0) -> None:
    if node is None or depth > 12:
        return
    print(f"{node.getRoleName()} | {node.name}", flush=True)
    for i in range(min(node.childCount, 40)):
        show(node.getChildAtIndex(i), depth + 1)


def later() -> None:
    over.wait(seconds)
    for program in pyatspi.Registry.getDesktop(0):
        show(program)
    (folder / "heard").touch()
    pyatspi.Registry.stop()


pyatspi.Registry.registerEventListener(hear, "object:announcement")
(folder / "listening").touch()
threading.Thread(target=later, daemon=True).start()
pyatspi.Registry.start()

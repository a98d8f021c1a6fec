"""Cyclic garbage is collected in the window's thread alone.

Python collects in whichever thread happens to allocate. Where that was a worker's, a Qt object with a timer was destroyed beside
its own thread, its timer stayed, and the next tick ended the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
LIMITS = (700, 10, 60)
"""Of allocations, and of collections of the generation before, after which one is due. The oldest takes long: in five minutes."""


class GarbageInWindow(QObject):
    """While it lives, Python collects nothing by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.freeze()  # what is there now stays, and need not be looked through each time
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(EVERY_MS)

    def collect(self) -> None:
        """The oldest generation that is due."""
        due = [generation for generation, count in enumerate(gc.get_count()) if count > LIMITS[generation]]
        if due:
            gc.collect(due[-1])

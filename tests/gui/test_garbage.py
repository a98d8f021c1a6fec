"""Qt's objects are destroyed in the window's thread, whoever makes garbage."""

import gc
import threading
import weakref

from gui_fakes import PATIENCE_MS
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from formcheck.gui.shell.garbage import GarbageInWindow


class Ring(QObject):
    """A timer in a ring of references: only the collector finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        self.timer = QTimer(self)
        self.timer.start(1)


def test_a_worker_that_makes_garbage_destroys_no_timer(qtbot: QtBot) -> None:
    gc.enable()  # as in a program that has just begun
    parent = QObject()
    collector = GarbageInWindow(parent)
    assert not gc.isenabled()
    gone = []
    ring = Ring()
    watched = weakref.finalize(ring, lambda: gone.append(threading.current_thread()))
    del ring
    worker = threading.Thread(target=lambda: [[[]] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert watched.alive
    for _ in range(1000):  # what the window makes meanwhile
        held = [[]]
        held.append(held)
    qtbot.waitUntil(lambda: not watched.alive, timeout=PATIENCE_MS)
    assert gone == [threading.main_thread()]
    assert collector.parent() is parent

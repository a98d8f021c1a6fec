"""Any key, so a foot pedal too, works the set: it starts, pauses and goes on; Escape ends it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from formcheck.gui.sets.sets import Sets

_IGNORED = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


class SetKeys(QObject):
    """An event filter for the window: it sees the keys that no widget took for itself."""

    def __init__(self, sets: Sets) -> None:
        super().__init__()
        self._sets = sets

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress or not self._sets.running:
            return super().eventFilter(watched, event)
        if event.isAutoRepeat() or Qt.Key(event.key()) in _IGNORED:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self._sets.stop()
        else:
            self._sets.signal()
        return True
